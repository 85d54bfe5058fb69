"""The command `shifts`: who changed sides, the history of an actor's allegiance, and whose place is strained."""

from __future__ import annotations

import dataclasses
from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Format, Out, StoreAddress, parse_day, reading
from kg.cli.tables import Cell, Table
from kg.errors import UsageError
from kg.model import CLAIM_TYPES, Ending

if TYPE_CHECKING:
    from kg.model import Allegiance, Shifts, Switch, Tension
    from kg.network.sides import Sides

_MOST_RANKED = 20  # of the ranking in a table; what is left out is said
_BRIEF = 3  # names told in a cell before "and 4 more"


def shifts(
    actor: Annotated[str | None, typer.Option(help="Only this actor's, by name or id, after its history.", show_default=False)] = None,
    since: Annotated[str | None, typer.Option(help="Only what may have happened on this day or later.", metavar="DAY",
                                              show_default=False)] = None,
    until: Annotated[str | None, typer.Option(help="Only what may have happened on this day or earlier; with --next, the day asked about.",
                                              metavar="DAY", show_default=False)] = None,
    sure: Annotated[bool, typer.Option("--sure", help="Only what a document plainly says and nothing speaks against.")] = False,
    announced: Annotated[bool, typer.Option("--announced", help="Instead, what is planned, possible, asked for or denied.")] = False,
    next_: Annotated[bool, typer.Option("--next", help="Instead, the actors whose place in their camp is strained, with reasons.")] = False,
    format: Annotated[Format, typer.Option(help="json has every claim id and the policy; csv leaves out the history.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """List changes of side.

    Who left whom for whom, when, how many, and who says so. Numbers of claims: that tell of it (for), that it stood with the old side
    until then (before), that it stands with the new side since (after), and that speak against it. `kg why ID` shows the sentence
    behind the claim at the end of a line. Below stand those who fell out: alliances that nobody tells to be over, and that hostility told
    of later ended. A ranking (--next) orders reasons; it is no probability.

    \b
    Examples:
      kg shifts --since 2023-01-01
      kg shifts --actor TNLA
      kg shifts --announced
      kg shifts --next --until 2024-01-01 --format json
    """
    from kg.network.histories import histories
    from kg.network.sides import read_sides
    from kg.network.switches import find_switches
    from kg.network.tension import rank_tension
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id
    from kg.rdf.reading import read_claims

    first, last = parse_day(since, option="--since"), parse_day(until, option="--until")
    if next_ and (announced or sure or since):
        raise UsageError("--next ranks actors on one day", where="kg shifts", advice="leave out --announced, --sure and --since")
    if sure and announced:
        raise UsageError("what is only announced or denied is never sure", where="kg shifts", advice="leave out --sure or --announced")
    with reading(store, out) as opened:
        id_ = local_id(find_actor(opened, actor).value) if actor else None
        claims = list(read_claims(opened))
    sides = read_sides(claims)
    line = sides.line(id_) if id_ else None
    if next_:
        ranking = [one for one in rank_tension(claims, on=last) if line is None or one.actor.id == line]
        _write_ranking(ranking, format)
        return
    found = select(find_switches(claims, sides=sides), lambda switch: (
        switch.within(first, last) and (switch.sure or not sure) and (line is None or line in _lines(switch, sides))))
    known = histories(claims, sides=sides)
    history = known.get(line, ()) if line else ()
    fell_out = [span for span in _fell_out(known.values()) if _ended_within(span, first, last)
                and (line is None or line in (sides.line(span.actor), sides.line(span.side)))]
    if format is Format.JSON:
        tables.write_json({**({"actor": line, "history": history_records(history)} if line else {}), **shift_records(found),
                           "fell_out": history_records(fell_out)})
        return
    if line and format is Format.TABLE:
        tables.write(history_table(history), format)
        tables.write_line()
    tables.write(switch_table((*found.announced, *found.denied) if announced else found.switches), format)
    if fell_out and format is Format.TABLE and not (announced or sure):
        tables.write_line("\n" + tables.bold("Fell out  (not told to be over, but the two fought later; kg why CLAIM has the sentence)"))
        tables.write(_quarrel_table(fell_out), format)


def _fell_out(known: Iterable[Sequence[Allegiance]]) -> list[Allegiance]:
    """The allegiances that hostility ended, allies once, by the day by which they were over."""
    spans = [span for spans in known for span in spans if span.ending is Ending.HOSTILITY and (
        not CLAIM_TYPES[span.relation].symmetric or span.actor.id < span.side.id)]
    return sorted(spans, key=lambda span: (span.last or date.max, span.actor.name, span.side.name, span.relation))


def _ended_within(span: Allegiance, since: date | None, until: date | None) -> bool:
    """Whether it can have ended from `since` to `until`: after it was last seen, and no later than its last day."""
    seen = max((first for first, _ in span.sightings), default=None)
    return not ((since and span.last and span.last < since) or (until and seen and seen > until))


def _quarrel_table(spans: Iterable[Allegiance]) -> Table:
    """One row an allegiance that hostility ended."""
    return Table(("who", "with", "as", "last told", "over by", "for", "claim", "hostile", "ended by"), tuple(
        (span.actor.name, span.side.name, span.relation, max((last for _, last in span.sightings), default=None), span.last,
         len(span.claims), span.claims[0], len(span.ended_by), tables.joined(span.ended_by)) for span in spans))


def select(found: Shifts, wanted: Callable[[Switch], bool]) -> Shifts:
    """The switches that are wanted, of each standing."""
    return dataclasses.replace(found, switches=tuple(filter(wanted, found.switches)), announced=tuple(filter(wanted, found.announced)),
                               denied=tuple(filter(wanted, found.denied)))


def involving(found: Shifts, sides: Sides, line: str) -> Shifts:
    """The switches in which an actor, meant by its line, left, was left or was joined."""
    return select(found, lambda switch: line in _lines(switch, sides))


def _lines(switch: Switch, sides: Sides) -> set[str]:
    return {sides.line(reference) for reference in (switch.who, *switch.also, switch.from_, switch.to) if reference}


def switch_table(switches: Iterable[Switch]) -> Table:
    """One row a switch, readable across; the claim is one of those that tell it."""
    columns = ("when", "who", "from → to", "how many", "kind", "how sure", "sources", "for", "before", "after", "against", "claim")
    return Table(columns, tuple(_switch_row(switch) for switch in switches))


def _switch_row(switch: Switch) -> tuple[Cell, ...]:
    others = f" ({_brief([other.name for other in switch.also])})" if switch.also else ""
    unnamed = f"people of {switch.from_.name}" if switch.from_ else "people"
    from_, to = (side.name if side else "?" for side in (switch.from_, switch.to))
    return (_when(switch.earliest, switch.latest), f"{switch.who.name}{others}" if switch.who else unnamed, f"{from_} → {to}",
            tables.joined(list(dict.fromkeys(figure.quantity.notation for figure in switch.figures))) or None, switch.kind.value,
            _standing(switch), _sources(switch), len(switch.claims), len(switch.before), len(switch.after), len(switch.against),
            switch.claims[0])


def _standing(switch: Switch) -> str:
    """How surely it happened; of the others, whether planned, possible, asked for or denied."""
    if switch.standing == "announced":
        return tables.joined([mood.value for mood in switch.modalities])
    return switch.standing.value if switch.standing == "denied" else switch.certainty.value


def _sources(switch: Switch) -> str:
    """Each document with those it names as its sources."""
    named: dict[str, list[str]] = {}
    for voice in switch.voices:
        named.setdefault(voice.document, []).extend([voice.attributed_to] if voice.attributed_to else [])
    return "; ".join(f"{document} ({', '.join(names)})" if names else document for document, names in named.items())


def history_table(history: Iterable[Allegiance]) -> Table:
    """One row an allegiance: from when to when at most, when surely, until when it is told of, and what ended it."""
    columns = ("first", "surely", "told until", "last", "with", "as", "ended", "how sure", "documents", "for", "against", "claim",
               "ended by")
    return Table(columns, tuple(_span_row(span) for span in history))


def _span_row(span: Allegiance) -> tuple[Cell, ...]:
    surely = [_when(told.sure_from, told.sure_until) for told in span.spells
              if told.sure_from and told.sure_until and told.sure_from <= told.sure_until]
    return (span.first, tables.joined(surely) or None, max((last for _, last in span.sightings), default=None), span.last, span.side.name,
            tables.joined([span.relation, *span.roles]), span.ending and span.ending.value, span.certainty.value, len(span.documents),
            len(span.claims), len(span.against), span.claims[0], _claims(span.ended_by))


def _claims(ids: Sequence[str]) -> str | None:
    return ids[0] + (f" and {len(ids) - 1} more" if len(ids) > 1 else "") if ids else None


def _write_ranking(ranking: Sequence[Tension], format: Format) -> None:
    from kg.network.tension import TensionPolicy

    records = [{"rank": rank if one.score is not None else None, **_record(one)} for rank, one in enumerate(ranking, 1) if one.reasons]
    if format is Format.JSON:
        tables.write_json({"what": "a ranking by the sum of the reasons' points; no probability", "policy": _plain(TensionPolicy()),
                           "ranking": records})
        return
    rows = [(rank if one.score is not None else None, one.actor.name, one.score if one.score is not None else "undefined", one.statements,
             "; ".join(f"{reason.strain.value} ({_brief([r.name for r in reason.others])}): {reason.count} × {reason.weight:g}"
                       for reason in one.reasons), one.reasons[0].claims[0])
            for rank, one in enumerate(ranking, 1) if one.reasons]
    shown = rows if format is Format.CSV else rows[:_MOST_RANKED]
    tables.write(Table(("rank", "actor", "score", "statements", "reasons", "claim"), tuple(shown)), format)
    if len(rows) > len(shown):
        tables.write_line(f"{len(rows) - len(shown)} more: --format csv has all")
    if format is Format.TABLE and rows:
        tables.write_line("\nThe score adds up each reason's count times its weight; too few statements, or no camp, leave it undefined.\n"
                          "It puts reasons in order and says nothing of how likely a change of side is.")


def shift_records(found: Shifts) -> dict[str, object]:
    """Switches with all their claims, and the policy, for JSON."""
    return {"switches": [_record(one) for one in found.switches], "announced": [_record(one) for one in found.announced],
            "denied": [_record(one) for one in found.denied], "policy": _plain(found.policy)}


def history_records(history: Iterable[Allegiance]) -> list[object]:
    """A history for JSON."""
    return [{**_record(span), "first": span.first, "last": span.last} for span in history]


def _record(value: Switch | Allegiance | Tension) -> dict[str, object]:
    record = {name.rstrip("_"): _plain(getattr(value, name)) for name in (field.name for field in dataclasses.fields(value))}
    for name in ("minimum", "maximum", "approximate"):
        if hasattr(value, "figures"):
            record[name] = getattr(value, name)
    return record


def _plain(value: object) -> object:
    """A value of the model as JSON has it."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (set, frozenset)):
        return sorted(str(one) for one in value)
    if isinstance(value, (tuple, list)):
        return [_plain(one) for one in value]
    return value


def _when(earliest: date | None, latest: date | None) -> str | None:
    """Two bounds the short way: a day, a month, a year, from/to, "by" the latest alone."""
    if earliest is None or latest is None:
        return f"by {latest}" if latest else f"since {earliest}" if earliest else None
    if earliest == latest:
        return str(earliest)
    if (earliest.year, earliest.day, latest.day) == (latest.year, 1, monthrange(latest.year, latest.month)[1]):
        if earliest.month == latest.month:
            return f"{earliest:%Y-%m}"
        if (earliest.month, latest.month) == (1, 12):
            return f"{earliest.year:04}"
    return f"{earliest}/{latest}"


def _brief(names: Sequence[str]) -> str:
    more = f" and {len(names) - _BRIEF} more" if len(names) > _BRIEF else ""
    return tables.joined(names[:_BRIEF]) + more
