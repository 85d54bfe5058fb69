"""Commands that follow alliances through time: `align` and `blocs`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.counting import (
    Certainties,
    ClaimDocuments,
    EndedByHostility,
    KnownBy,
    PairDocuments,
    Sighting,
    Sure,
    Types,
    WithoutDocuments,
    WithoutSources,
    read_policy,
)
from kg.cli.doubting import Draws, Sensitivity, doubt_through
from kg.cli.options import OUT, Format, Out, StoreAddress, parse_day, reading
from kg.cli.progress import counted, watched
from kg.cli.tables import Table
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.alignment import Alignment
    from kg.network.changepoints import ChangePoint
    from kg.network.columns import TieTable
    from kg.network.fragmentation import Fragmentation, YearOfSplits
    from kg.network.lifecycle import LifeCycle
    from kg.network.policy import Policy
    from kg.network.windows import Window
    from kg.rdf.store import Store

_STEPS = 12  # how many windows are shown when no first day is given
_HARMONIC = "harmonic score of the signed Laplacian: each actor stands at the mean of its allies and of its enemies reversed"
_FACTIONS = "factions: the side, what is told to have split from it, and what they split into; parts: factions joined by friendship"


class StepName(StrEnum):
    """The steps of `kg.network.windows.Step`, here so that the help does not load the room."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


From = Annotated[str | None, typer.Option("--from", help=f"First day.  [default: {_STEPS} steps up to the last]", metavar="DAY",
                                          show_default=False)]
To = Annotated[str | None, typer.Option("--to", help="Last day.  [default: the last that the documents tell of]", metavar="DAY",
                                        show_default=False)]


def align(
    first: Annotated[str, typer.Argument(help="The actor at +1.", metavar="A", show_default=False)],
    second: Annotated[str, typer.Argument(help="The actor at -1.", metavar="B", show_default=False)],
    actor: Annotated[str | None, typer.Option(help="Show this actor window by window.", show_default=False)] = None,
    since: From = None,
    until: To = None,
    step: Annotated[StepName, typer.Option(help="How long a window is.")] = StepName.MONTH,
    sure: Sure = False,
    sighting_days: Sighting = 90,
    types: Types = None,
    certainties: Certainties = None,
    without_sources: WithoutSources = None,
    without_documents: WithoutDocuments = None,
    known_by: KnownBy = None,
    claim_documents: ClaimDocuments = 1,
    pair_documents: PairDocuments = 1,
    ended_by_hostility: EndedByHostility = 2,
    sensitivity: Sensitivity = False,
    draws: Draws = 200,
    format: Annotated[Format, typer.Option(help="How it is written; with --actor, json and csv name the claims.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Score who stands with A, who with B.

    From +1, with A, to -1, with B: allies of an actor share its side, its enemies have the other, and who has both stands between.
    No score: no chain of ties leads to A or B. "sure" is the score by the ties that surely held in the window alone; where
    there is none, the score rests on maybes. A change is one of level, from the window named (penalised least squares).

    \b
    Examples:
      kg align "Arakan Army" Tatmadaw
      kg align TNLA Tatmadaw --actor China --from 2023-01-01 --to 2024-12-31 --step quarter
      kg align TNLA Tatmadaw --certainties stated --without-sources Tatmadaw --pair-documents 2
      kg align TNLA Tatmadaw --actor China --sensitivity --draws 50
    """
    from kg.model import ties
    from kg.network.alignment import align_through
    from kg.network.columns import make_table
    from kg.rdf.reading import read_claims

    with reading(store, out) as opened:
        poles = [_actor(opened, name) for name in (first, second)]
        chosen = None if actor is None else [_actor(opened, actor)]
        told = list(ties(read_claims(opened)))
        policy = read_policy(
            opened, told, sure=sure, sighting_days=sighting_days, ended_by_hostility=ended_by_hostility, types=types,
            certainties=certainties, without_sources=without_sources, without_documents=without_documents, known_by=known_by,
            claim_documents=claim_documents, pair_documents=pair_documents)
    table = make_table(told)
    if sensitivity and actor is None:
        raise UsageError("--sensitivity asks of one actor", where="kg align", advice="name it with --actor")
    if poles[0] == poles[1]:
        raise UsageError(f"{first!r} and {second!r} are one actor, {poles[0]}", where="kg align", advice="name two")
    over = _windows(table, since, until, step)
    if sensitivity and chosen:
        scores = {f"score of {actor}": partial(_score, poles=poles, actor=chosen[0])}
        write_with_policy(doubt_through(told, scores, over, policy=policy, draws=draws), format, method=_HARMONIC, policy=policy)
        return
    with watched() as bar:
        found = align_through(table, poles[0], poles[1], over, policy=policy, actors=chosen, progress=counted(bar))
    names = dict(zip(table.actors, table.labels, strict=True))
    rows = _by_window(found, format) if chosen else _by_actor(found, over, names)
    write_with_policy(rows, format, method=_HARMONIC, policy=policy)
    absent = [pole for pole in poles if pole not in names]
    scored = sum(one.score is not None for one in found)
    tables.write_line(f"+1 {names.get(poles[0], poles[0])}, -1 {names.get(poles[1], poles[1])}, {over[0]} to {over[-1]}: {scored} scores"
                      + "".join(f"; {pole} has no ties" for pole in absent), to=sys.stderr)


def _score(signed: nx.Graph[str], *, poles: Sequence[str], actor: str) -> float | None:
    """The score of one actor in one signed graph; `None` where it is undefined."""
    from kg.network.alignment import align
    from kg.network.signed import signed_part

    return align(signed_part(signed), poles[0], poles[1]).get(actor)


def write_with_policy(rows: Table, format: Format, *, method: str, policy: Policy) -> None:
    """A table; as JSON an object, with the method and what counts as a tie in words."""
    from kg.network.policy import describe

    if format is Format.JSON:
        tables.write_json({"method": method, "policy_in_words": describe(policy).splitlines(), "rows": rows.records()})
    else:
        tables.write(rows, format)


def _by_window(found: Sequence[Alignment], format: Format) -> Table:
    changes = {change.first: change for change in _changes(found)}
    rows = []
    for number, one in enumerate(found):
        low, high = one.interval or (None, None)
        change = changes.get(number)
        rows.append((str(one.window), _short(one.score), _short(one.sure), _short(low), _short(high),
                     change and f"{change.before:+.2f} to {change.after:+.2f}", one.ties, _claims(one.claims, format)))
    return Table(("window", "score", "sure", "low", "high", "change", "ties", "claims"), tuple(rows))


def _by_actor(found: Iterable[Alignment], over: Sequence[Window], names: Mapping[str, str]) -> Table:
    from kg.network.alignment import Alignment

    series: dict[str, dict[Window, Alignment]] = {}
    for one in found:
        series.setdefault(one.actor, {})[one.window] = one
    rows = []
    for actor, shown in series.items():
        whole = [shown.get(window) or Alignment(window, actor, None, None, 0, ()) for window in over]
        scored = [one for one in whole if one.score is not None]
        if scored:
            told = "; ".join(f"{whole[change.first].window}: {change.before:+.2f} to {change.after:+.2f}" for change in _changes(whole))
            rows.append((names[actor], _short(scored[0].score), _short(scored[-1].score), _short(scored[-1].sure), str(scored[0].window),
                         str(scored[-1].window), len(scored), told or None))
    rows.sort(key=lambda row: (-(row[2] or 0), str(row[0])))
    return Table(("actor", "first score", "last score", "sure", "from", "to", "windows", "changes"), tuple(rows))


def _changes(found: Sequence[Alignment]) -> tuple[ChangePoint, ...]:
    from kg.network.changepoints import find_changes

    return find_changes([one.score for one in found])


def blocs(
    side: Annotated[str | None, typer.Option(help="Show how split the side of this actor is instead.", metavar="ACTOR",
                                             show_default=False)] = None,
    since: From = None,
    until: To = None,
    step: Annotated[StepName, typer.Option(help="How long a window is.")] = StepName.YEAR,
    threshold: Annotated[float, typer.Option(help="Least Jaccard coefficient of two blocs that are the same.", min=0.01, max=1)] = 0.3,
    sure: Sure = False,
    sighting_days: Sighting = 90,
    types: Types = None,
    certainties: Certainties = None,
    without_sources: WithoutSources = None,
    without_documents: WithoutDocuments = None,
    known_by: KnownBy = None,
    claim_documents: ClaimDocuments = 1,
    pair_documents: PairDocuments = 1,
    ended_by_hostility: EndedByHostility = 2,
    sensitivity: Sensitivity = False,
    draws: Draws = 200,
    format: Annotated[Format, typer.Option(help="How it is written.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Show blocs through time.

    Who stood together in each window, and what came of them: birth, growth, contraction, merge, split, death. A bloc is a camp
    of kg network: whoever is joined by chains of alliance and membership (meetings, truces, releases and support from outside
    join nobody). A death says that no report joins its members in that window. "quarrels" are pairs in a bloc that are against
    each other.

    \b
    Examples:
      kg blocs --from 2015-01-01 --to 2024-12-31
      kg blocs --step quarter --format json
      kg blocs --from 2020-01-01 --certainties stated --sensitivity --draws 50
      kg blocs --side "Karen National Union" --from 1990-01-01
    """
    from kg.model import ties
    from kg.network.camps import camps
    from kg.network.columns import make_table
    from kg.network.fragmentation import fragmentation, splits, splits_by_year
    from kg.network.lifecycle import match_blocs
    from kg.network.snapshots import signed_graphs
    from kg.rdf.reading import read_claims

    with reading(store, out) as opened:
        root = None if side is None else _actor(opened, side)
        claims = list(read_claims(opened))
        told = list(ties(claims))
        policy = read_policy(
            opened, told, sure=sure, sighting_days=sighting_days, ended_by_hostility=ended_by_hostility, types=types,
            certainties=certainties, without_sources=without_sources, without_documents=without_documents, known_by=known_by,
            claim_documents=claim_documents, pair_documents=pair_documents)
    table = make_table(told)
    over = _windows(table, since, until, step)
    names = dict(zip(table.actors, table.labels, strict=True))
    if sensitivity:
        if root is not None:
            raise UsageError("--sensitivity is of all blocs, not of one side", where="kg blocs", advice="leave out --side")
        measures = {"blocs": _number, "actors in the largest": _largest}
        rows = doubt_through(told, measures, over, policy=policy, draws=draws)
        write_with_policy(rows, format, method="camps of the network of each window", policy=policy)
        return
    if root is not None:
        found = fragmentation(claims, table, [root], over, policy=policy)
        family = {actor for one in found for faction in one.factions for actor in faction.actors}
        broken = [split for split in splits(claims, policy=policy) if split.parent in family]
        years = splits_by_year(broken, over[0].first.year, over[-1].last.year) if step is StepName.YEAR else ()
        write_with_policy(_side(found, {year.year: year for year in years}, names), format, method=_FACTIONS, policy=policy)
        return
    graphs = list(signed_graphs(table, over, policy=policy))
    cycle = match_blocs([[camp.actors for camp in camps(graph)] for graph in graphs], threshold=threshold)
    quarrels = {(bloc.window, bloc.line): sum(data["sign"] < 0 for *_, data in graphs[bloc.window].subgraph(bloc.members).edges(data=True))
                for bloc in cycle.blocs}
    matched = f"camps matched from window to window: Jaccard coefficient {threshold:g} or more, or most of the smaller in the other"
    write_with_policy(_life(cycle, over, quarrels, names, format), format, method=matched, policy=policy)


def _number(signed: nx.Graph[str]) -> float | None:
    from kg.network.camps import camps

    return len(camps(signed))


def _largest(signed: nx.Graph[str]) -> float | None:
    from kg.network.camps import camps

    return max((len(camp.actors) for camp in camps(signed)), default=None)


def _life(cycle: LifeCycle, over: Sequence[Window], quarrels: Mapping[tuple[int, int], int], names: Mapping[str, str],
          format: Format) -> Table:
    from kg.network.lifecycle import Event

    rows: list[tuple[object, ...]] = []
    for number, window in enumerate(over):
        told = [change for change in cycle.changes if change.window == number]
        for bloc in (bloc for bloc in cycle.blocs if bloc.window == number):
            here = [change for change in told if bloc.line in change.after]
            events = [change.event.value + _of(change.event, change.before) for change in here]
            own = [change for change in here if change.event is not Event.BIRTH]
            lines = {line for change in own for line in change.before}
            before = {actor for old in cycle.blocs if old.window == number - 1 and old.line in lines for actor in old.members}
            rows.append((str(window), bloc.line, ", ".join(events), len(bloc.members), quarrels[number, bloc.line] or None,
                         _listed([names[actor] for actor in bloc.members], format),
                         _listed([names[actor] for actor in bloc.members if actor not in before], format) if own else None))
        rows.extend((str(window), line, change.event.value, None, None, None, None)
                    for change in told if change.event is Event.DEATH for line in change.before)
    return Table(("window", "bloc", "what", "size", "quarrels", "members", "joined"), tuple(rows))


def _of(event: StrEnum, lines: Iterable[int]) -> str:
    return f" of {' and '.join(map(str, lines))}" if event in ("merge", "split") else ""


def _side(found: Iterable[Fragmentation], years: Mapping[int, YearOfSplits], names: Mapping[str, str]) -> Table:
    rows = []
    for one in found:
        year = years.get(one.window.first.year)
        called = {faction.actors[0]: " = ".join(names.get(actor, actor) for actor in faction.actors) for faction in one.factions}
        rows.append((str(one.window), one.sure, one.most, year and year.sure, year and year.most, len(one.parts),
                     _short(one.effective_parts), _short(one.effective),
                     tables.joined([called[faction.actors[0]] + " (maybe)" * (faction.exists != "yes") for faction in one.factions]),
                     "; ".join(f"{called[a]} - {called[b]}" for a, b in one.hostile) or None))
    return Table(("window", "factions", "at most", "splits", "splits at most", "parts", "effective parts", "effective by fighters", "who",
                  "against each other"), tuple(rows))


def _windows(table: TieTable, since: str | None, until: str | None, step: StepName) -> tuple[Window, ...]:
    """The windows asked for; without days, the last ones that the ties tell of."""
    from kg.network.columns import NEVER_BEFORE
    from kg.network.project import Policy
    from kg.network.windows import Step, windows

    first, last = parse_day(since, option="--from"), parse_day(until, option="--to")
    if last is None:
        begun = table.first[table.bounds(Policy()).counts]
        begun = begun[begun > NEVER_BEFORE]
        if not len(begun):
            raise KgError("no tie has a date", where="--to", advice="give the days: --from and --to")
        last = max(date.fromordinal(int(begun.max())), first or date.min)
    if first is None:
        return windows(date.fromordinal(max(1, last.toordinal() - _STEPS * 366)), last, Step(step))[-_STEPS:]
    if last < first:
        raise UsageError(f"{last} lies before {first}", where="--to", advice="exchange --from and --to")
    return windows(first, last, Step(step))


def _actor(store: Store, name: str) -> str:
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id

    return local_id(find_actor(store, name).value)


def _listed(names: list[str], format: Format) -> object:
    """Names in a cell: a list for a program."""
    return names if format is Format.JSON else tables.joined(names)


def _short(number: float | None) -> float | None:
    return None if number is None else round(number, 2)


def _claims(ids: tuple[str, ...], format: Format) -> object:
    """The claims: how many for a person, all for a program."""
    return len(ids) if format is Format.TABLE else list(ids) if format is Format.JSON else " ".join(ids)
