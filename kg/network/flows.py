"""Defections, desertions and surrenders as flows from side to side: at least how many, at most how many, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

import networkx as nx

from kg.model import Claim, Flow, LeftOut, Modality, Polarity, Quantity
from kg.network.counted import Figure, counted, fewest, is_total, most, widest
from kg.network.days import Days, inside
from kg.network.naming import best_names
from kg.network.windows import Step, window_of

KINDS = ("defect", "desert", "surrender")
"""The claim types that tell of people who leave a side."""
TOGETHER = "leave"
"""The kind of a flow that takes all of them as one."""

_Group = tuple[str, str | None, str | None]  # kind, id of the side left, id of the side joined


class Stretch(StrEnum):
    """How long a stretch of time one flow sums up."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class _Told:
    """One statement, with every claim that makes it."""

    claims: tuple[Claim, ...]
    days: Days
    counts: bool  # whether it has a number of people
    shared: bool  # whether the number is one of several acts: "surrendered, defected or deserted"

    @property
    def quantity(self) -> Quantity | None:
        return self.claims[0].quantity if self.counts else None

    @property
    def words(self) -> str:
        quantity, period = self.claims[0].quantity, self.claims[0].period
        return f"{quantity.notation if quantity else 'uncounted'} of {period.edtf if period else 'no date'} in {self.claims[0].document}"

    def figure(self) -> Figure:
        quantity = self.quantity or Quantity(0, 0, "none")
        first, last = self.days
        return Figure(first.toordinal() if first else float("-inf"), last.toordinal() if last else float("inf"),
                      None if self.shared else quantity.minimum, quantity.maximum, is_total(self.claims[0]))


def flows(claims: Iterable[Claim], *, by: Stretch = Stretch.MONTH, together: bool = False, whole_forces: bool = False) -> tuple[Flow, ...]:
    """How many left which side for which, in each stretch of time, as ranges; cumulative claims are never added up.

    What a claim counts are acts: one person leaving on one day, within the claim's days. For a stretch of time W, a flow takes the
    claims all of whose possible days lie in W (nothing happened after the report), each statement once however many documents
    make it, and gives

        minimum = the largest sum of smallest numbers over statements of surely different days (`counted.fewest`);
        maximum = the sum of largest numbers over statements that lie within no other's total (`counted.most`).

    So the minimum is the fewest acts that make all its claims true, and the maximum the most that they can tell of: it is no
    bound on what nobody reported. "200+" has no maximum, "<450" no minimum; "~300" counts as 300 and marks the range approximate.
    A claim whose days pass one stretch is not divided: it stands in a flow of its own span, with everything that lies in
    that span, and a claim without a first day in a flow without days, with everything. One figure of several acts in one sentence ("450
    surrendered, defected or deserted") is of each act only a maximum, and of all together one figure. Claims without a number of
    people ("two battalions", "Colonel X") are listed, not counted. Denials and what is planned, possible or asked for are left out
    and listed.

    A side without a name of its own ("the resistance") stays a side as the text has it, and is never taken for a named one: a report
    may mean the same side by both. So the people of two flows from one side may be the same; `together` counts them once, whichever
    side they joined.

    Args:
        claims: any claims; those of other types only tell who is part of whom.
        by: how long a stretch is.
        together: defections, desertions and surrenders as one flow for each side left, whichever side was joined. The same people
            are often called by several of these words.
        whole_forces: what leaves a unit leaves the force that it is `part_of`, however far up, where claims name just one.
            Off, since a unit may belong elsewhere by then.

    Returns:
        the flows by side left, side joined, kind and days; undated and longer spans after those inside them.

    Cost: n log n in the statements of a flow, and their square for totals.

    >>> from kg.model import Evidence, Kind, Period, Reference, Span
    >>> def told(number, days):
    ...     return Claim("desert", (Evidence("report.txt", Span(0, 5), "Some."),), from_=Reference("army", Kind.ARMED_GROUP, "Army"),
    ...                  period=Period.parse(days), quantity=Quantity(number, number, str(number)))
    >>> for flow in flows([told(750, "2023-10-27/2023-11-17"), told(200, "2023-11-12"), told(40, "2023-12-02")]):
    ...     print(flow.first, flow.last, flow.notation)
    2023-10-27 2023-11-17 750
    2023-11-01 2023-11-30 200
    2023-12-01 2023-12-31 40
    """
    told = list(claims)
    forces = _forces(told) if whole_forces else {}
    names = best_names(told)
    groups: defaultdict[_Group, list[Claim]] = defaultdict(list)
    for claim in told:
        if claim.type in KINDS:
            groups[_group(claim, forces, together)].append(claim)
    shared = set() if together else _shared(told)
    found = []
    for (kind, left, joined), members in groups.items():
        base = Flow(kind, names.get(left or ""), names.get(joined or ""), None, None, None, None, False, (), (), (), ())
        found += _flows(base, members, by, shared)
    return tuple(sorted(found, key=_order))


def _group(claim: Claim, forces: Mapping[str, str], together: bool) -> _Group:
    left, joined = (forces.get(side.id, side.id) if side else None for side in (claim.from_, claim.to))
    return (TOGETHER, left, None) if together else (claim.type, left, joined)


def _flows(base: Flow, claims: Sequence[Claim], by: Stretch, shared: set[tuple[str, str]]) -> list[Flow]:
    refused = [LeftOut(claim, why) for claim in claims if (why := _refused(claim))]
    told = _statements([claim for claim in claims if not _refused(claim)], shared, base.kind == TOGETHER)
    spans = {_stretch(days, by) for days in (*(t.days for t in told), *(widest(one.claim) for one in refused))}
    return [_flow(replace(base, first=span[0], last=span[1]), [t for t in told if inside(t.days, span)],
                  [one for one in refused if inside(widest(one.claim), span)]) for span in spans]


def _flow(base: Flow, told: Sequence[_Told], refused: Sequence[LeftOut]) -> Flow:
    """The flow of the statements inside one stretch of time."""
    numbers = [t for t in told if t.counts]
    figures = [t.figure() for t in numbers]
    (low, low_at), (high, high_at) = fewest(figures), most(figures)
    lowest, highest = [numbers[i] for i in low_at], [numbers[i] for i in high_at]
    apart = [LeftOut(claim, _unadded(t, lowest, highest)) for t in numbers if t not in lowest and t not in highest for claim in t.claims]
    return replace(
        base, minimum=low, maximum=high, approximate=any(t.quantity and t.quantity.approximate for t in (*lowest, *highest)),
        lowest=_all(lowest), highest=_all(highest), uncounted=_all([t for t in told if not t.counts]), left_out=(*refused, *apart))


def _statements(claims: Sequence[Claim], shared: set[tuple[str, str]], together: bool) -> list[_Told]:
    """Claims that say the same as one: with the same key or, where all kinds count as one, of one figure in one sentence."""
    links: nx.Graph[object] = nx.Graph()
    for number, claim in enumerate(claims):
        links.add_edge(number, claim.key)
        if together and claim.quantity:
            who = tuple((role, reference.id) for role, reference in claim.references() if role in ("subject", "place"))
            links.add_edge(number, (_figure_of(claim), who))
    parts = [[claims[n] for n in part if isinstance(n, int)] for part in nx.connected_components(links)]
    # Of equal statements the one that was reported first says most of when it happened.
    parts = sorted((sorted(part, key=lambda c: (widest(c)[1] or date.max, c.id)) for part in parts), key=lambda part: part[0].id)
    return [_Told(tuple(part), widest(part[0]), counted(part[0]) == "people", _figure_of(part[0]) in shared) for part in parts]


def _figure_of(claim: Claim) -> tuple[str, str]:
    """Which figure of which sentence it is."""
    first = claim.evidence[0]
    return f"{first.document} {first.span.start}-{first.span.end}", claim.quantity.notation if claim.quantity else ""


def _shared(claims: Iterable[Claim]) -> set[tuple[str, str]]:
    """The figures of sentences that count several kinds of leaving in one number."""
    kinds: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for claim in claims:
        if claim.type in KINDS and claim.quantity and not _refused(claim):
            kinds[_figure_of(claim)].add(claim.type)
    return {figure for figure, types in kinds.items() if len(types) > 1}


def _refused(claim: Claim) -> str | None:
    if claim.polarity is Polarity.NEGATIVE:
        return "denied"
    return None if claim.modality is Modality.ACTUAL else f"{claim.modality.value}, not said to have happened"


def _unadded(told: _Told, lowest: Sequence[_Told], highest: Sequence[_Told]) -> str:
    """Why a statement is in neither sum: what it may, or does, share its people with."""
    figure = told.figure()
    around = [t for t in highest if (other := t.figure()).total and other.first <= figure.first and figure.last <= other.last]
    if around:
        return f"part of the total {around[0].words}"
    beside = [t for t in lowest if (other := t.figure()).first <= figure.last and figure.first <= other.last]
    return f"may be the same people as {beside[0].words}" if beside else "sets no bound that the others do not set"


def _all(told: Iterable[_Told]) -> tuple[Claim, ...]:
    return tuple(claim for t in told for claim in t.claims)


def _stretch(days: Days, by: Stretch) -> Days:
    """The stretch of time that holds these days, or the days themselves when they pass it."""
    first, last = days
    if by is Stretch.ALL or first is None:
        return None, None
    window = window_of(first, Step(by.value))
    return (window.first, window.last) if last is not None and last <= window.last else days


def _forces(claims: Iterable[Claim]) -> dict[str, str]:
    """Unit → the force at the top, where the `part_of` claims lead to just one."""
    above: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if claim.type == "part_of" and claim.subject and claim.object and not _refused(claim):
            above[claim.subject.id].add(claim.object.id)
    tops: dict[str, str] = {}
    for unit in above:
        seen, edge, ends = {unit}, [unit], set()
        while edge:
            here = edge.pop()
            if here not in above:
                ends.add(here)
            new = above.get(here, set()) - seen
            seen |= new
            edge += new
        if len(ends) == 1:
            tops[unit] = ends.pop()
    return tops


def _order(flow: Flow) -> tuple[object, ...]:
    sides = (flow.from_.name if flow.from_ else "~", flow.to.name if flow.to else "~")
    return (*sides, flow.kind, flow.first is None, flow.first or date.min, flow.last or date.max)
