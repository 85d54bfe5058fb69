"""Changes of side that no document tells in so many words: from memberships and from ties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from kg.model import CLAIM_TYPES, Allegiance, Claim, Ending, Kind, LoyaltyPolicy, Reference, SwitchKind
from kg.network.days import Days
from kg.network.ends import is_change
from kg.network.histories import histories, stay_of
from kg.network.sides import DEFAULT, MEMBERSHIPS, Sides, counts, is_named, points

_UMBRELLAS = (Kind.ALLIANCE, Kind.GOVERNMENT, Kind.STATE)
_DIRECTED = ("member_of", "part_of", "supports")


@dataclass(frozen=True, slots=True)
class Change:
    """One change of side, with the claims that tell of it or from which it follows."""

    kind: SwitchKind
    who: Reference | None
    from_: Reference | None
    to: Reference | None
    days: Days
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class _Moment:
    """A moment at which a claim says that a pair stood together or fought."""

    first: date
    last: date
    sign: int
    claim: Claim


def conclude(claims: Sequence[Claim], *, sides: Sides, policy: LoyaltyPolicy = DEFAULT) -> list[Change]:
    """Changes of side that follow from memberships, and those that follow from ties alone.

    **Membership.** An actor was in one side (`member_of`, `part_of`; a person: `holds_role`) and is in another that is neither within the
    first nor around it. Either the two are opposed (`Sides.opposed`) and it was never seen in the first since it was first seen
    in the second; or it is told when the first ended, and the second began with a date within `policy.gap_days` (not for
    persons: who leaves one office for another has not changed sides). It happened between the last day on which it was
    surely in the first and the first on which it was surely in the second.

    **Ties.** The statements about a pair, in the order of their days, where "together" is an allegiance and "against" is hostile by the
    policy. At least `policy.tie_statements` different ones on end with one sign make a time; two such times of opposite sign,
    one after the other, make a change. Fewer ones between them are contradictions, not times. Days with both signs say
    nothing. Who moved: the one that is told to join, support or belong to the other; else the one that is no alliance, government
    or state where the other is; else nobody can tell, and the first by id is named.
    """
    told = [claim for claim in claims if counts(claim, policy)]
    return [*_memberships(told, sides, policy), *_ties(told, sides, policy)]


def _memberships(claims: Sequence[Claim], sides: Sides, policy: LoyaltyPolicy) -> Iterator[Change]:
    by_id = {claim.id: claim for claim in claims}
    for spans in histories(claims, policy=policy, sides=sides).values():
        held = [span for span in spans if span.relation in MEMBERSHIPS and span.sightings]
        found: dict[tuple[str, str], Change] = {}
        for new in held:
            left = [old for old in held if old is not new and _left_for(old, new, sides, policy, by_id)]
            if not left:
                continue
            old = max(left, key=lambda span: (max(first for first, _ in span.sightings), span.side.id, span.relation))
            days = max(first for first, _ in old.sightings), min(last for _, last in new.sightings)
            ids = sorted({*old.claims, *new.claims})
            found.setdefault((sides.line(old.side), sides.line(new.side)), Change(
                SwitchKind.MEMBERSHIP, new.actor, old.side, new.side, (min(days), max(days)), tuple(by_id[id_] for id_ in ids)))
        yield from (found[key] for key in sorted(found))


def _left_for(old: Allegiance, new: Allegiance, sides: Sides, policy: LoyaltyPolicy, by_id: dict[str, Claim]) -> bool:
    """Whether an actor left one membership for another."""
    if is_change(stay_of(old, sides), stay_of(new, sides), sides, policy):
        return True
    a, b = sides.line(old.side), sides.line(new.side)
    if old.ending is not Ending.STATED or sides.nested(a, b):
        return False
    ended, begun = max(first for first, _ in old.sightings), min(last for _, last in new.sightings)
    if begun < ended:
        return False  # in both at once
    if sides.opposed(a, b, during=(ended, begun), policy=policy):
        return True
    dated = any(by_id[id_].period for id_ in new.claims)
    return dated and "holds_role" not in (old.relation, new.relation) and (begun - ended).days <= policy.gap_days


def _ties(claims: Sequence[Claim], sides: Sides, policy: LoyaltyPolicy) -> Iterator[Change]:
    pairs: defaultdict[tuple[str, str], list[_Moment]] = defaultdict(list)
    for claim in claims:
        other = claim.from_ if claim.type == "capture" else claim.object
        sign = -1 if claim.type in policy.hostile else CLAIM_TYPES[claim.type].sign if claim.type in policy.allegiances else 0
        if sign and claim.subject and other and is_named(claim.subject) and is_named(other):
            a, b = sorted((sides.line(claim.subject), sides.line(other)))
            if a != b and claim.subject.kind.is_actor and other.kind.is_actor:
                pairs[a, b] += [_Moment(first, last, sign, claim) for first, last in points(claim)]
    for pair in sorted(pairs):
        times = _times(pairs[pair], policy)
        for earlier, later in pairwise(times):
            yield _realigned(pair, earlier, later, sides)


def _times(moments: Iterable[_Moment], policy: LoyaltyPolicy) -> list[list[_Moment]]:
    """The times of hostility and of alliance of a pair, in their order, neighbours of opposite sign."""
    clear: list[_Moment] = []
    for _, same in groupby(sorted(moments, key=lambda m: (m.first, m.last, m.sign, m.claim.id)), key=lambda m: (m.first, m.last)):
        at_once = list(same)
        if len({moment.sign for moment in at_once}) == 1:
            clear += at_once
    times: list[list[_Moment]] = []
    for sign, same in groupby(clear, key=lambda moment: moment.sign):
        run = list(same)
        if len({moment.claim.key for moment in run}) < policy.tie_statements:
            continue
        if times and times[-1][0].sign == sign:
            times[-1] += run
        else:
            times.append(run)
    return times


def _realigned(pair: tuple[str, str], earlier: Sequence[_Moment], later: Sequence[_Moment], sides: Sides) -> Change:
    """The change between two times of a pair."""
    together = [moment.claim for moment in (later if later[0].sign > 0 else earlier)]
    joining = Counter(sides.line(claim.subject) for claim in together if claim.type in _DIRECTED and claim.subject)
    umbrella = [sides.reference(line).kind in _UMBRELLAS for line in pair]
    # Most often told to join; then no umbrella itself; then the first by id.
    who = min(pair, key=lambda line: (-joining[line], umbrella[pair.index(line)], line))
    other = sides.reference(pair[1] if who == pair[0] else pair[0])
    days = max(moment.first for moment in earlier), min(moment.last for moment in later)
    claims = {moment.claim.id: moment.claim for moment in (*earlier, *later)}
    joined = later[0].sign > 0
    return Change(SwitchKind.TIES, sides.reference(who), None if joined else other, other if joined else None, (min(days), max(days)),
                  tuple(claims[id_] for id_ in sorted(claims)))
