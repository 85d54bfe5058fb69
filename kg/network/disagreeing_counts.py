"""Figures of the same thing that cannot all be right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

import networkx as nx

from kg.model import Claim, Contradiction, Disagreement, Kind, Modality, Polarity, Position, Reference, Topic, spell
from kg.network.counted import bounds, counted, is_total, widest
from kg.network.days import Days, common, overlap, overlapping
from kg.network.naming import best_names
from kg.network.same_side import OneSide

NEAR_DAYS = 31
"""How far apart two reports may be whose undated figures are still taken to be of the same days."""

_SEASON = 90  # the same for strengths, which change more slowly

# What the figure is of, and how it is told; the other roles narrow it: killed by whom, fled from where, in which operation.
_OF: Mapping[str, tuple[str, str]] = {
    "strength": ("subject", "strength of {}"), "recruit": ("subject", "recruits of {}"), "desert": ("from", "desertions from {}"),
    "surrender": ("from", "surrenders of {}"), "defect": ("from", "defections from {}"), "casualties": ("object", "{} {}"),
    "detain": ("object", "{} detained"), "release": ("object", "{} released"), "displace": ("object", "people displaced"),
}
_NARROWING = ("subject", "object", "place", "from", "to", "operation")
_SURENESS = tuple(Contradiction)  # the surest first
_ACTING = (Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.ALLIANCE, Kind.GOVERNMENT)


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two figures that contradict each other: the larger, the one it should lie within, how surely, and why."""

    more: Claim
    less: Claim
    sure: Contradiction
    why: str


def disagreeing_counts(claims: Iterable[Claim], *, growth: bool = False) -> list[Disagreement]:
    """Figures of the same thing that cannot all be right, as `disagreements` tells them; its docstring has the rules."""
    told = list(claims)
    one_side, names = OneSide(told), best_names(told)
    context = _context(told)
    things: defaultdict[tuple[str | None, ...], list[Claim]] = defaultdict(list)
    for claim in told:
        if claim.type in _OF and claim.quantity and claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ACTUAL:
            for thing in _things(claim):
                things[thing].append(claim)
    found: list[Disagreement] = []
    known: set[frozenset[str]] = set()
    for thing, members in things.items():
        pairs = [pair for a, b in _near(members, growth) if (pair := _compare(a, b, context, one_side, growth))]
        about = _about(thing, names)
        for part in _parts(pairs):
            ids = frozenset(claim.id for claim in part.claims)
            if ids not in known:
                known.add(ids)
                found.append(Disagreement(Topic.COUNT, about, part.sure, part.positions, part.why, part.first, part.last))
    return found


def _things(claim: Claim) -> list[tuple[str | None, ...]]:
    """What a figure is of, as keys under which alike figures meet: its side, and for a strength in an operation also that."""
    what = (claim.type, claim.outcome, counted(claim))
    main = claim.reference(_OF[claim.type][0])
    keys: list[tuple[str | None, ...]] = [(*what, main.id if main and claim.type != "displace" else None)]
    if claim.type == "strength" and claim.operation:
        keys.append((*what, "operation", claim.operation.id))
    return keys


def _near(claims: Sequence[Claim], growth: bool) -> Iterator[tuple[Claim, Claim]]:
    """The pairs that can be of common days: dated ones whose days overlap, undated ones whose reports are near each other or undated."""
    dated = [(widest(c), c) for c in claims if c.period]
    undated = [c for c in claims if c.period is None]
    reports = [((day, _later(day)), c) for c in undated if c.reported and (day := c.reported.begin_earliest)]
    yield from overlapping(dated)
    yield from overlapping(reports)
    unknown = [c for c in undated if c.reported is None or c.reported.begin_earliest is None]
    yield from combinations(unknown, 2)
    yield from product(unknown, (c for _, c in reports))
    if growth and claims[0].type == "displace":
        yield from product(undated, (c for _, c in dated))


def _later(day: date) -> date:
    return date.fromordinal(min(day.toordinal() + _SEASON, date.max.toordinal()))


def _compare(a: Claim, b: Claim, context: Mapping[str, set[str]], one_side: OneSide, growth: bool) -> _Pair | None:
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    if low_a <= high_b and low_b <= high_a:
        return None
    more, less = (a, b) if low_a > high_b else (b, a)
    if said_together(a, b) or (a.document == b.document and (a.period is None or b.period is None)) or not _alike(a, b, context):
        return None
    if a.type == "strength":
        return _compare_strength(more, less, one_side)
    running = growth and _running(more, less)
    if not (running or _narrower(more, less)):
        return None
    words = f"{_words(more)} is more than {_words(less)}"
    if more.period is None or less.period is None:
        apart = _apart(more, less)
        if more.period is less.period and _narrower(more, less) and (apart is None or abs(apart) <= NEAR_DAYS):
            return _Pair(more, less, Contradiction.MAY, f"{words}; neither is dated")
        grown = running and apart is not None and apart > 0 and a.type == "displace"
        return _Pair(more, less, Contradiction.GROWTH, f"{words}, and was reported later") if grown else None
    if _narrower(more, less) and _surely_within(more, less):
        return _Pair(more, less, Contradiction.MUST, f"{words}, whose days hold all of its days")
    if _narrower(more, less) and _perhaps_within(more, less):
        return _Pair(more, less, Contradiction.MAY, f"{words}, whose days may hold all of its days")
    grown = running and is_total(more) and is_total(less) and more.period.begin_earliest == less.period.begin_earliest
    return _Pair(more, less, Contradiction.GROWTH, f"{words}, and reaches further") if grown else None


def _compare_strength(more: Claim, less: Claim, one_side: OneSide) -> _Pair | None:
    """Two strengths: of one actor on one day, or of those who fight in one operation."""
    words = f"{_words(more)} is more than {_words(less)}"
    same = more.subject is not None and less.subject is not None and more.subject.id == less.subject.id
    if not same:
        unnamed = any(c.subject is not None and c.subject.kind is Kind.BLOC for c in (more, less))
        related = more.subject and less.subject and one_side.same(more.subject.id, less.subject.id)
        if not (unnamed or related):
            return None
        return _Pair(more, less, Contradiction.MAY, f"{words}, both of the fighters in one operation")
    if any((x := more.reference(role)) and (y := less.reference(role)) and x.id != y.id for role in ("place", "operation")):
        return None
    if more.period is None and less.period is None:
        apart = _apart(more, less)
        near = apart is None or abs(apart) <= _SEASON
        return _Pair(more, less, Contradiction.MAY, f"{words}; neither is dated") if near else None
    if more.period is None or less.period is None:
        return None
    if surely_together(more, less):
        return _Pair(more, less, Contradiction.MUST, f"{words}, on the same day")
    if overlap(widest(more), widest(less)):
        return _Pair(more, less, Contradiction.MAY, f"{words}, perhaps on the same day")
    return None


def said_together(a: Claim, b: Claim) -> bool:
    """Whether one document lets one voice say both, or tells both in one sentence of its own: then they are of different things.

    Nobody contradicts himself in print.
    """
    by = [claim.attributed_to.id if claim.attributed_to else None for claim in (a, b)]
    sentence = a.evidence[0].span == b.evidence[0].span and None in by
    return a.document == b.document and (by[0] == by[1] or sentence)


def surely_together(a: Claim, b: Claim) -> bool:
    """Whether there is a day on which both surely held."""
    one, other = spell(a), spell(b)
    if not (one.sure_from and one.sure_until and other.sure_from and other.sure_until):
        return False
    return max(one.sure_from, other.sure_from) <= min(one.sure_until, other.sure_until)


def _alike(a: Claim, b: Claim, context: Mapping[str, set[str]]) -> bool:
    """Whether figures of unnamed people ("civilians") are of one war: by place, operation, or two armed actors in both reports.

    Without dates, the actors do not suffice: one source must have counted twice.
    """
    main = a.reference(_OF[a.type][0])
    if main is not None and main.kind not in (Kind.PEOPLE, Kind.BLOC, Kind.PLACE) and a.type != "displace":
        return True
    for role in ("place", "operation"):
        x, y = a.reference(role), b.reference(role)
        if x and y and x.id == y.id:
            return True
    undated = a.period is None and b.period is None
    same_source = a.attributed_to is not None and b.attributed_to is not None and a.attributed_to.id == b.attributed_to.id
    return len(context[a.document] & context[b.document]) > 1 and (same_source or not undated)


def _narrower(inner: Claim, outer: Claim) -> bool:
    """Whether all that narrows the outer figure narrows the inner one too."""
    return all(_same(role, inner, outer) for role in _NARROWING if outer.reference(role) is not None)


def _running(more: Claim, less: Claim) -> bool:
    """Whether two figures can be one source's running total: narrowed alike, or the larger not at all."""
    source = more.attributed_to is not None and less.attributed_to is not None and more.attributed_to.id == less.attributed_to.id
    unscoped = more.type == "displace" and more.place is None and more.operation is None
    return source and (unscoped or _narrower(more, less))


def _same(role: str, one: Claim, other: Claim) -> bool:
    """Whether both have the same in a role. People displaced from nowhere in particular flee what the report speaks of: any operation."""
    x, y = one.reference(role), other.reference(role)
    unscoped = one.type == "displace" and role == "operation" and x is None and one.place is None
    return unscoped or (x is not None and y is not None and x.id == y.id)


def _surely_within(inner: Claim, outer: Claim) -> bool:
    """Whether every act of the inner figure must be one of the outer: its days are a span that surely holds those of the inner."""
    first, last = widest(inner)
    held = outer.period and (outer.period.as_reported(outer.reported.begin_earliest) if outer.reported and outer.reported.begin_earliest
                             else outer.period)
    if not held or first is None or last is None or held.begin_latest is None or held.end_earliest is None or held.doubtful:
        return False
    place = inner.place is not None and outer.place is not None and inner.place.id == outer.place.id
    return (is_total(outer) or place) and held.begin_latest <= first and last <= held.end_earliest


def _perhaps_within(inner: Claim, outer: Claim) -> bool:
    """Whether the inner figure's days may all be days of the outer's; what merely happened sometime needs a common place, too."""
    if inner.period is None or outer.period is None:
        return False
    if not is_total(outer) and not (inner.place and outer.place and inner.place.id == outer.place.id):
        return False
    end = _reported(inner.period.end_earliest, inner)
    begin, first, last = inner.period.begin_latest, outer.period.begin_earliest, widest(outer)[1]
    return (begin is None or first is None or first <= begin) and (end is None or last is None or end <= last)


def _reported(day: date | None, claim: Claim) -> date | None:
    """The earliest day on which it can have ended, for what goes on: the report's."""
    told = claim.reported.begin_earliest if claim.reported else None
    ongoing = claim.period is not None and claim.period.end_latest is None
    return max(day, told) if ongoing and day and told else day


def _apart(later: Claim, earlier: Claim) -> int | None:
    """How many days lie between two reports; `None` when one is undated."""
    days = [claim.reported.begin_earliest if claim.reported else None for claim in (later, earlier)]
    return (days[0] - days[1]).days if days[0] and days[1] else None


def _context(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """The armed actors of each document."""
    context: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        context[claim.document] |= {reference.id for _, reference in claim.references() if reference.kind in _ACTING}
    return context


def _parts(pairs: Sequence[_Pair]) -> list[Disagreement]:
    """Pairs that share a claim as one disagreement, with one position for each number."""
    graph: nx.Graph[str] = nx.Graph()
    claims = {claim.id: claim for pair in pairs for claim in (pair.more, pair.less)}
    graph.add_edges_from((pair.more.id, pair.less.id) for pair in pairs)
    found = []
    for part in nx.connected_components(graph):
        own = sorted((pair for pair in pairs if pair.more.id in part), key=lambda p: (_SURENESS.index(p.sure), p.more.id, p.less.id))
        positions: defaultdict[str, list[Claim]] = defaultdict(list)
        for id_ in sorted(part):
            quantity = claims[id_].quantity
            positions[quantity.notation if quantity else ""].append(claims[id_])
        ordered = sorted(positions.items(), key=lambda item: (bounds(item[1][0]), item[0]))
        sides = tuple(Position(says, tuple(members)) for says, members in ordered)
        days = common_days(claims[id_] for id_ in part)
        found.append(Disagreement(Topic.COUNT, "", own[0].sure, sides, own[0].why, *days))
    return found


def common_days(claims: Iterable[Claim]) -> Days:
    """The days that all claims may speak of; nothing where they are not bounded or have none in common."""
    shared = common(widest(claim) for claim in claims)
    return shared if shared and None not in shared else (None, None)


def _about(thing: Sequence[str | None], names: Mapping[str, Reference]) -> str:
    type_, outcome, unit, *of = thing
    name = names[of[-1]].name if of[-1] else "people"
    told = _OF[type_ or ""][1].format(name, outcome or "killed or wounded") if of[0] != "operation" else f"strength in {name}"
    return told if unit == "people" else f"{told}, in {unit}"


def _words(claim: Claim) -> str:
    """A figure in words: "750+ (since 2023-10-27)"."""
    quantity = claim.quantity.notation if claim.quantity else "?"
    return f"{quantity} ({claim.period.edtf if claim.period else 'undated'})"
