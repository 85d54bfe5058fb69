"""Claims about the same thing that cannot all be true: counts, control, belonging, deeds, denials, offices, foundings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import combinations

import networkx as nx

from kg.model import CLAIM_TYPES, Claim, Contradiction, Disagreement, Kind, Modality, Polarity, Position, Reference, Spell, Topic, spell
from kg.network.counted import widest
from kg.network.days import Days, hull, overlap, overlapping
from kg.network.disagreeing_counts import common_days, disagreeing_counts, said_together, surely_together
from kg.network.naming import best_names
from kg.network.same_side import OneSide

NEAR_DAYS = 90
"""How far apart two reports may be whose undated claims are still taken to be of the same time: about a season."""

ONE_PERSON = frozenset(("president", "prime minister", "commander-in-chief", "commander in chief"))
"""Offices that one person holds at a time; two holders on a sure day must contradict each other."""
USUALLY_ONE = ONE_PERSON | {"leader", "head", "chief", "chairman", "chairperson", "commander", "founder and leader", "supreme leader"}
"""Offices that one person holds as a rule; co-leaders exist."""

_MUST, _MAY = Contradiction.MUST, Contradiction.MAY
_Found = tuple[Contradiction, str] | None  # how surely two claims contradict each other, and why


def disagreements(claims: Iterable[Claim], *, growth: bool = False) -> tuple[Disagreement, ...]:
    """Claims about the same thing that cannot all be true, side by side.

    Two claims *must* contradict each other when no reading of their dates and roundings makes both true, and *may* when some reading
    does not. Only what is said to be so is compared, and what one document says in one voice never contradicts itself. Topics:

    - count: a figure that is larger than another whose days, place and other circumstances hold all of its own. "About" leaves
      open a tenth both ways, "nearly" a tenth below (`counted.bounds`); people, units and families are never compared. So a
      smaller count in a part of the days is no contradiction, nor a total that has grown by a later report. Undated figures
      may contradict each other when their reports are at most 31 days apart or undated too. Strengths are compared for one
      actor on one day, and for the fighters in one operation where a side is unnamed or both are of one side.
    - control: two actors, not of one side (`same_side.OneSide`), who hold a place on the same day.
    - belonging: an actor in two alliances or forces that fight each other, when no claim tells that it left one.
    - deed: one victim on one day at one place, by two who are not of one side; two who attack each other first, on one day at one
      place, in different reports.
    - denial: the same statement, affirmed and denied of the same time.
    - office: two persons in an office of one holder (`ONE_PERSON`, `USUALLY_ONE`) at one time, in different reports.
    - founding: one actor founded at two times.

    Args:
        claims: any claims.
        growth: also figures that differ because a total has grown between two reports; both can be true.

    Returns:
        the surest first, then by topic and what they are about.

    Cost: n log n, and the pairs of claims about one thing whose days overlap (of foundings: all pairs).

    >>> from kg.model import Evidence, Period, Quantity, Span
    >>> def told(document, quantity, days):
    ...     return Claim("desert", (Evidence(document, Span(0, 5), "Some."),), from_=Reference("army", Kind.ARMED_GROUP, "Army"),
    ...                  period=Period.parse(days), quantity=quantity)
    >>> [found] = disagreements([told("a.txt", Quantity(750, None, "at least 750"), "2023-10-27/2023-11-17"),
    ...                          told("b.txt", Quantity(None, 450, "nearly 450"), "2023-10-27/2023-11-30")])
    >>> str(found.sure), found.about, [position.says for position in found.positions]
    ('must', 'desertions from Army', ['<450', '750+'])
    """
    told = list(claims)
    one_side, names = OneSide(told), best_names(told)
    actual = [claim for claim in told if claim.modality is Modality.ACTUAL]
    said = [claim for claim in actual if claim.polarity is Polarity.POSITIVE]
    found = [
        *disagreeing_counts(told, growth=growth),
        *_pairs(Topic.CONTROL, _by_object(said, "controls", "capture"), lambda a, b: _control(a, b, one_side), "who holds {}", _holder,
                names),
        *_belonging(said, one_side, names),
        *_pairs(Topic.DEED, _deeds(said), lambda a, b: _deed(a, b, one_side), "who attacked at {}", _holder, names),
        *_denials(actual, names),
        *_pairs(Topic.OFFICE, _offices(said), _office, "who leads {}", _holder, names),
        *_pairs(Topic.FOUNDING, _by_object(said, "form"), _founding, "when {} was founded", _date, names, at_once=False),
    ]
    return tuple(sorted(found, key=_order))


_Groups = Iterable[tuple[str, Sequence[Claim]]]  # id of what they are about, and the claims


def _pairs(topic: Topic, groups: _Groups, compare: Callable[[Claim, Claim], _Found], about: str, says: Callable[[Claim], str],
           names: dict[str, Reference], *, at_once: bool = True) -> Iterator[Disagreement]:
    """The disagreements of each group: claims linked by contradictions, with one position for each thing said.

    `at_once`: only claims that can be of one time contradict each other, so that others need not be compared.
    """
    for id_, members in groups:
        graph: nx.Graph[str] = nx.Graph()
        reasons: list[tuple[bool, str]] = []
        candidates = overlapping((_reach(claim), claim) for claim in members) if at_once else combinations(members, 2)
        for a, b in candidates:
            if says(a) != says(b) and not said_together(a, b) and (reason := compare(a, b)):
                graph.add_edge(a.id, b.id, why=(reason[0] is not _MUST, reason[1]))
        for part in nx.connected_components(graph):
            reasons = sorted(edge["why"] for _, _, edge in graph.edges(part, data=True))
            positions = _positions([claim for claim in members if claim.id in part], says)
            days = common_days(claim for position in positions for claim in position.claims)
            name = names[id_].name if id_ in names else id_
            sure = _MAY if reasons[0][0] else _MUST
            yield Disagreement(topic, about.format(name), sure, positions, reasons[0][1], *days)


def _reach(claim: Claim) -> Days:
    """The days that another claim has to share to be possibly of one time with this one."""
    if claim.period is None:
        day = claim.reported.begin_earliest if claim.reported else None
        return (day, date.fromordinal(min(day.toordinal() + NEAR_DAYS, date.max.toordinal()))) if day else (None, None)
    told, known = spell(claim), [(claim.period.begin_earliest, claim.period.end_latest), widest(claim)]
    return hull([*known, (told.sure_from, told.sure_until)] if told.sure_from and told.sure_until else known)


def _positions(claims: Sequence[Claim], says: Callable[[Claim], str]) -> tuple[Position, ...]:
    sides: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(claims, key=lambda c: c.id):
        sides[says(claim)].append(claim)
    return tuple(Position(words, tuple(sides[words])) for words in sorted(sides))


def _by_object(claims: Sequence[Claim], *types: str) -> _Groups:
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type in types and claim.object and claim.object.kind not in (Kind.PEOPLE, Kind.BLOC):
            groups[claim.object.id].append(claim)
    return groups.items()


def _control(a: Claim, b: Claim, one_side: OneSide) -> _Found:
    if a.subject is None or b.subject is None or one_side.same(a.subject.id, b.subject.id):
        return None
    if a.type == b.type == "capture":
        loser = a.from_ and b.from_ and a.from_.id == b.from_.id
        both = widest(a) == widest(b) and a.period is not None and b.period is not None
        taken = loser and both and a.from_ and a.from_.id not in (a.subject.id, b.subject.id)
        return (_MAY, "both took it from the same holder in the same days") if taken else None
    if a.type == b.type and surely_together(a, b):
        return _MUST, "both held it on the same days"
    for holds, other in ((a, b), (b, a)):
        if holds.type == "controls" and _while(other, spell(holds)):
            return _MUST, f"the one held it all the time in which the other {'took' if other.type == 'capture' else 'held'} it"
    if a.type == b.type and a.period and b.period and overlap(widest(a), widest(b)):
        return _MAY, "both held it, perhaps on the same days"
    return None


def _while(claim: Claim, other: Spell) -> bool:
    """Whether what a dated claim says was so on days on which something else surely other; a capture not on the first or last of them."""
    first, last = widest(claim)
    if claim.period is None or first is None or last is None or other.sure_from is None or other.sure_until is None:
        return False
    if claim.type == "capture":
        return other.sure_from < first and last < other.sure_until
    return other.sure_from <= first and last <= other.sure_until


def _belonging(claims: Sequence[Claim], one_side: OneSide, names: dict[str, Reference]) -> Iterator[Disagreement]:
    """Actors in two bodies that fight each other."""
    left = {(claim.subject.id, side.id) for claim in claims if claim.type in ("defect", "split_from") and claim.subject
            for side in (claim.from_, claim.object) if side}
    groups: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type not in ("member_of", "part_of") or claim.subject is None or claim.object is None:
            continue
        if claim.subject.kind is not Kind.PERSON and (claim.subject.id, claim.object.id) not in left:
            groups[claim.subject.id].append(claim)

    def compare(a: Claim, b: Claim) -> _Found:
        if a.object is None or b.object is None or not one_side.against(a.object.id, b.object.id) or not _one_time(a, b):
            return None
        return _MAY, f"{names[a.object.id].name} and {names[b.object.id].name} stand against each other"

    yield from _pairs(Topic.BELONGING, groups.items(), compare, "where {} belongs", _object, names)


def _deeds(claims: Sequence[Claim]) -> _Groups:
    """Attacks and casualties that can be one and the same, by place and day."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        (first, last), where = widest(claim), claim.place
        if claim.subject is None or claim.object is None or first is None or first != last:
            continue
        if claim.type == "casualties" and (where or claim.object.kind is Kind.PERSON):
            at = where.id if where else claim.object.id
            groups[at, claim.type, claim.object.id, claim.outcome or "", str(first)].append(claim)
        elif claim.type == "attack" and where:
            groups[where.id, claim.type, *sorted((claim.subject.id, claim.object.id)), str(first)].append(claim)
    return ((key[0], members) for key, members in groups.items())


def _deed(a: Claim, b: Claim, one_side: OneSide) -> _Found:
    if a.subject is None or b.subject is None or one_side.same(a.subject.id, b.subject.id):
        return None
    if a.type == "attack":
        return _MAY, "each is said to have attacked the other"
    return (_MUST if a.object and a.object.kind is Kind.PERSON else _MAY), "the same victims, on the same day"


def _denials(claims: Sequence[Claim], names: dict[str, Reference]) -> Iterator[Disagreement]:
    """Statements affirmed and denied."""
    groups: defaultdict[tuple[str, ...], list[Claim]] = defaultdict(list)
    for claim in claims:
        sides = [(role, one.id) for role, one in claim.references() if role != "operation"]
        if CLAIM_TYPES[claim.type].symmetric:
            sides = [("", id_) for id_ in sorted(id_ for _, id_ in sides)]
        groups[claim.type, claim.role or "", *(part for side in sides for part in side)].append(claim)
    for key, members in groups.items():
        if len({claim.polarity for claim in members}) < 2:
            continue
        first = members[0]
        who = " – ".join(names[reference.id].name for _, reference in first.references())
        for found in _pairs(Topic.DENIAL, ((key[0], members),), _denial, "", _whether, names):
            yield replace(found, about=f"{who}: {CLAIM_TYPES[first.type].reads}")


def _denial(a: Claim, b: Claim) -> _Found:
    denied, affirmed = (a, b) if a.polarity is Polarity.NEGATIVE else (b, a)
    if denied.quantity and (affirmed.quantity is None or denied.quantity.notation != affirmed.quantity.notation):
        return None  # that there were 750 is denied, not that there were any
    if CLAIM_TYPES[a.type].lasting:
        if surely_together(a, b):
            return _MUST, "affirmed and denied of the same days"
    elif a.period and b.period and a.period.edtf == b.period.edtf and widest(a)[0] == widest(a)[1]:
        return _MUST, "affirmed and denied of the same day"
    return (_MAY, "affirmed and denied, perhaps of the same time") if _one_time(a, b) else None


def _one_time(a: Claim, b: Claim) -> bool:
    """Whether two claims can be of the same time: their days overlap; without days, their reports are near each other or undated."""
    if a.period and b.period:
        return overlap(widest(a), widest(b))
    reports = [claim.reported.begin_earliest if claim.reported else None for claim in (a, b)]
    if a.period or b.period:
        dated, other = (a, b) if a.period else (b, a)
        day = other.reported.begin_earliest if other.reported else None
        return day is not None and spell(dated).answer(day).value == "yes"
    return reports[0] is None or reports[1] is None or abs((reports[0] - reports[1]).days) <= NEAR_DAYS


def _offices(claims: Sequence[Claim]) -> _Groups:
    groups: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type == "holds_role" and claim.subject and claim.object and (claim.role or "").lower() in USUALLY_ONE:
            groups[claim.object.id, (claim.role or "").lower()].append(claim)
    return ((key[0], members) for key, members in groups.items())


def _office(a: Claim, b: Claim) -> _Found:
    if a.document == b.document or not _one_time(a, b):
        return None
    sure = surely_together(a, b) and (a.role or "").lower() in ONE_PERSON
    return (_MUST if sure else _MAY), f"two persons as {(a.role or '').lower()}"


def _founding(a: Claim, b: Claim) -> _Found:
    if a.period is None or b.period is None:
        return None
    return None if overlap(widest(a), widest(b)) else (_MUST, "founded at two times")


def _holder(claim: Claim) -> str:
    return claim.subject.name if claim.subject else ""


def _object(claim: Claim) -> str:
    return claim.object.name if claim.object else ""


def _date(claim: Claim) -> str:
    return claim.period.edtf if claim.period else ""


def _whether(claim: Claim) -> str:
    return "no" if claim.polarity is Polarity.NEGATIVE else "yes"


def _order(found: Disagreement) -> tuple[object, ...]:
    return (tuple(Contradiction).index(found.sure), tuple(Topic).index(found.topic), found.about, [c.id for c in found.claims])
