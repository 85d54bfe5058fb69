"""Commands that weigh what the documents say: `flows`, `disagreements` and `control`."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Format, Out, StoreAddress, parse_day, reading
from kg.cli.tables import Table

if TYPE_CHECKING:
    from kg.model import Claim, Disagreement, Flow, Reference
    from kg.network.control import Holding
    from kg.rdf.store import Store

_SHOWN_DIGITS = 8  # of a claim's id: enough for `kg why`
_UNNAMED = ("bloc", "people")  # kinds of what has no identity of its own
_SOURCE = ("date", "reported", "says", "certainty", "document", "claim", "sentence")


class By(StrEnum):
    """How long a stretch of time one flow sums up."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


class About(StrEnum):
    """What claims disagree about."""

    COUNT = "count"
    CONTROL = "control"
    BELONGING = "belonging"
    DEED = "deed"
    DENIAL = "denial"
    OFFICE = "office"
    FOUNDING = "founding"


def flows(
    by: Annotated[By, typer.Option(help="How long a stretch of time one line sums up.")] = By.MONTH,
    from_: Annotated[str | None, typer.Option("--from", help="Only who leaves this side, by name or id.", show_default=False)] = None,
    to: Annotated[str | None, typer.Option(help="Only who joins this side, by name or id.", show_default=False)] = None,
    together: Annotated[bool, typer.Option("--together", help="Defections, desertions and surrenders as one flow a side.")] = False,
    whole_forces: Annotated[bool, typer.Option("--whole-forces", help="Who leaves a unit leaves the force it is part of.")] = False,
    format: Annotated[Format, typer.Option(help="How it is written; json has every claim.")] = Format.TABLE,
    out: Annotated[Path, typer.Option("--out", help="Folder of the results, or a picture to draw: FILE.svg, .png or .html.",
                                      metavar="DIR|FILE")] = OUT,
    store: StoreAddress = None,
) -> None:
    """Count who left which side for which.

    Defections, desertions and surrenders by month, as ranges: at least, at most. What may be the same people is not added up.
    A claim of a longer time is not divided: it stands in a line of its own days, with all that lies in them. So lines overlap, and
    their numbers are not to be added up. "(unnamed)": a side as a report has it ("the resistance"), perhaps one of those named.

    \b
    Examples:
      kg flows
      kg flows --from Tatmadaw --together --by year
      kg flows --by all --format json
      kg flows --from Tatmadaw --out flows.svg
    """
    from kg.cli.drawing import SUFFIXES, deliver, flows_picture
    from kg.network.flows import Stretch
    from kg.network.flows import flows as find_flows
    from kg.rdf.reading import read_claims

    drawn = out.suffix in SUFFIXES and not out.is_dir()
    with reading(store, OUT if drawn else out) as opened:
        left, joined = (_actor_id(opened, name) if name else None for name in (from_, to))
        told = list(read_claims(opened))

    def find(step: By) -> tuple[Flow, ...]:
        return tuple(flow for flow in find_flows(told, by=Stretch(step), together=together, whole_forces=whole_forces)
                     if (left is None or _is(flow.from_, left)) and (joined is None or _is(flow.to, joined)))

    found = find(by)
    if drawn:
        deliver(flows_picture(find(By.ALL), found, store, by=by.value, together=together), out, None)
        return
    if format is Format.JSON:
        tables.write_json([_flow_record(flow) for flow in found])
        return
    columns = ("from", "to", "what", "since", "until", "people", "least", "most", "claims", "uncounted", "not added")
    rows = tuple((_side(flow.from_, format), _side(flow.to, format), flow.kind, flow.first, flow.last, flow.notation, flow.minimum,
                  flow.maximum, _ids({c.id: c for c in (*flow.lowest, *flow.highest)}.values()), _ids(flow.uncounted),
                  tables.joined([f"{one.claim.id[:_SHOWN_DIGITS]} ({one.why})" for one in flow.left_out])) for flow in found)
    if format is Format.CSV:
        tables.write(Table(columns, rows), format)
        return
    tables.write(Table((*columns[:6], *columns[8:10]), tuple((*row[:6], *row[8:10]) for row in rows)), format)
    if found:
        tables.write_line("People: 200+ is 200 or more, <450 is 450 at most, ~ about, none: not told as a number of people.\n"
                          "Lines of longer days hold those inside them: their numbers are not to be added up.")
    apart = sorted({(one.claim.type, one.claim.quantity and one.claim.quantity.notation, one.why, one.claim.id[:_SHOWN_DIGITS],
                     one.claim.document) for flow in found for one in flow.left_out}, key=str)
    if apart:
        tables.write_line("\nNot added")
        tables.write(Table(("what", "count", "why", "claim", "document"), tuple(apart)), format)


def _side(side: Reference | None, format: Format) -> str | None:
    """A side by name; for a reader also whether it has one of its own."""
    if side is None:
        return None
    return f"{side.name} (unnamed)" if side.kind in _UNNAMED and format is Format.TABLE else side.name


def _flow_record(flow: Flow) -> dict[str, object]:
    return {
        "from": _reference(flow.from_), "to": _reference(flow.to), "what": flow.kind, "since": flow.first, "until": flow.last,
        "people": flow.notation, "minimum": flow.minimum, "maximum": flow.maximum, "approximate": flow.approximate,
        "minimum_from": [_claim(claim) for claim in flow.lowest], "maximum_from": [_claim(claim) for claim in flow.highest],
        "uncounted": [_claim(claim) for claim in flow.uncounted],
        "not_added": [{**_claim(one.claim), "why": one.why} for one in flow.left_out],
    }


def disagreements(
    about: Annotated[About | None, typer.Option(help="Only of this kind.", show_default=False)] = None,
    actor: Annotated[str | None, typer.Option(help="Only with claims about this actor, by name or id.", show_default=False)] = None,
    must: Annotated[bool, typer.Option("--must", help="Only where not all can be true whatever the dates leave open.")] = False,
    growth: Annotated[bool, typer.Option("--growth", help="Also totals that had grown by a later report; both can be true.")] = False,
    format: Annotated[Format, typer.Option(help="How it is written; csv has a line for each claim.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Set side by side what cannot all be true.

    Counts, who holds a place, who belongs where, who did it, denials, offices, foundings: each position with its sources.

    \b
    Examples:
      kg disagreements
      kg disagreements --actor Tatmadaw --about count
      kg disagreements --growth --format json
    """
    from kg.model import Contradiction
    from kg.network.disagreements import disagreements as find_disagreements
    from kg.rdf.reading import read_claims

    with reading(store, out) as opened:
        id_ = _actor_id(opened, actor) if actor else None
        everything = find_disagreements(read_claims(opened), growth=True)
    everything = tuple(found for found in everything if (about is None or found.topic.value == about.value)
                       and (id_ is None or any(_is(r, id_) for claim in found.claims for _, r in claim.references())))
    found = tuple(one for one in everything if (growth or one.sure is not Contradiction.GROWTH)
                  and (not must or one.sure is Contradiction.MUST))
    if format is Format.JSON:
        tables.write_json([_disagreement_record(one) for one in found])
    elif format is Format.CSV:
        columns = ("number", "sure", "about", "topic", "position", *_SOURCE, "why")
        rows = tuple((number, one.sure.value, one.about, one.topic.value, position.says, *_source(claim), one.why)
                     for number, one in enumerate(found, 1) for position in one.positions for claim in position.claims)
        tables.write(Table(columns, rows), format)
    else:
        for one in found:
            _tell(one)
    grown = sum(one.sure is Contradiction.GROWTH for one in everything)
    hidden = f"; {grown} more with --growth: totals that may only have grown" if grown and not growth and not must else ""
    tables.write_line(f"{len(found)} disagreement{'' if len(found) == 1 else 's'}{hidden}", to=sys.stderr)


def _tell(found: Disagreement) -> None:
    """One disagreement for a reader: what, why, and each position with its sentences."""
    words = {"must": "must contradict", "may": "may contradict", "growth": "may only have grown"}
    tables.write_line(tables.bold(tables.joined([f"{found.about}: {words[found.sure.value]}"])) + f"  ({found.topic.value})")
    tables.write_line(tables.joined([f"  {found.why}"]))
    for position in found.positions:
        for claim in position.claims:
            by = f"{claim.attributed_to.name}, in " if claim.attributed_to else ""
            told = tables.joined([value for value in (claim.period and claim.period.edtf, claim.certainty.value,
                                                      f"reported {claim.reported.edtf}" if claim.reported else None) if value])
            tables.write_line(tables.joined([f"  {position.says}  {by}{claim.document} ({told}; claim {claim.id[:_SHOWN_DIGITS]})"]))
            tables.write_line(tables.joined([f"      “{claim.evidence[0].quote}”"]))
    tables.write_line()


def _disagreement_record(found: Disagreement) -> dict[str, object]:
    return {"about": found.about, "topic": found.topic.value, "sure": found.sure.value, "why": found.why, "since": found.first,
            "until": found.last, "positions": [{"says": position.says, "claims": [_claim(claim) for claim in position.claims]}
                                               for position in found.positions]}


def control(
    place: Annotated[str | None, typer.Argument(help="A place by name or id; every place when none is given.", show_default=False)] = None,
    on: Annotated[str | None, typer.Option(help="The day; all time when none is given.", metavar="DAY", show_default=False)] = None,
    format: Annotated[Format, typer.Option(help="How it is written; json has every claim.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Tell who holds a place, and since when.

    From captures, losses and claims of control: perhaps since and until, surely on some days, and who contradicts it.

    \b
    Examples:
      kg control Lashio
      kg control Lashio --on 2024-12-01
      kg control --on 2023-11-15 --format csv
    """
    from kg.model import Topic
    from kg.network.control import control as find_holdings
    from kg.network.disagreements import disagreements as find_disagreements
    from kg.rdf.lookup import find_place
    from kg.rdf.names import local_id
    from kg.rdf.reading import read_claims

    day = parse_day(on, option="--on")
    with reading(store, out) as opened:
        id_ = local_id(find_place(opened, place).value) if place else None
        told = list(read_claims(opened))
    found = find_holdings(told, place=id_, on=day)
    against = {claim.id: one for one in find_disagreements(told) if one.topic in (Topic.CONTROL, Topic.DENIAL) for claim in one.claims}
    if format is Format.JSON:
        tables.write_json([_holding_record(holding, day, against) for holding in found])
    else:
        columns = ("place", "holder", "since", "until", "that day" if day else "surely", "claims", "ended by", "denied by", "contradicted")
        rows = tuple((h.place.name, h.holder.name, h.first, h.last, h.answer(day).value if day else _stretches(h), _ids(h.claims),
                      _ids(h.ended), _ids(h.denied), _contradicted(h, against)) for h in found)
        tables.write(Table(columns, rows), format)
    if place and not found:
        tables.write_line(f"no claim tells who holds {place}{f' on {on}' if on else ''}", to=sys.stderr)


def _stretches(holding: Holding) -> str:
    return tables.joined([str(begin) if begin == end else f"{begin}/{end}" for begin, end in holding.sure])


def _contradicted(holding: Holding, against: dict[str, Disagreement]) -> str | None:
    reasons = {f"{against[claim.id].sure.value}: {against[claim.id].why}" for claim in holding.claims if claim.id in against}
    return tables.joined(sorted(reasons)) or None


def _holding_record(holding: Holding, day: date | None, against: dict[str, Disagreement]) -> dict[str, object]:
    return {
        "place": _reference(holding.place), "holder": _reference(holding.holder), "since": holding.first, "until": holding.last,
        **({"that_day": holding.answer(day).value} if day else {}), "surely": [{"since": b, "until": e} for b, e in holding.sure],
        "claims": [_claim(claim) for claim in holding.claims], "ended_by": [_claim(claim) for claim in holding.ended],
        "denied_by": [_claim(claim) for claim in holding.denied], "contradicted": _contradicted(holding, against),
    }


def _actor_id(store: Store, name: str) -> str:
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id

    return local_id(find_actor(store, name).value)


def _is(reference: Reference | None, id_: str) -> bool:
    return reference is not None and reference.id == id_


def _ids(claims: Iterable[Claim]) -> str:
    return tables.joined([claim.id[:_SHOWN_DIGITS] for claim in claims])


def _reference(reference: Reference | None) -> dict[str, object] | None:
    return {"id": reference.id, "name": reference.name, "kind": reference.kind.value} if reference else None


def _source(claim: Claim) -> tuple[object, ...]:
    return (claim.period and claim.period.edtf, claim.reported and claim.reported.edtf, claim.attributed_to and claim.attributed_to.name,
            claim.certainty.value, claim.document, claim.id, claim.evidence[0].quote)


def _claim(claim: Claim) -> dict[str, object]:
    return {"type": claim.type, "count": claim.quantity and claim.quantity.notation, **dict(zip(_SOURCE, _source(claim), strict=True))}
