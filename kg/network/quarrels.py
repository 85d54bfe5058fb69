"""When two who stood together fell out: hostility that is told of later than the last that tells of their alliance."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from kg.model import Ending, LoyaltyPolicy, Tie
from kg.network.ends import End
from kg.network.naming import pair_of
from kg.network.sides import DEFAULT, Sides, points


@dataclass(frozen=True, slots=True)
class _Stretch:
    """From which to which day one claim says that two stood together, or that they fought."""

    first: date
    begun: date  # the latest day on which it can have begun
    last: date
    seen: date  # the earliest day of the last moment for which the claim vouches
    tie: Tie


def quarrels(ties: Iterable[Tie], *, sides: Sides, policy: LoyaltyPolicy = DEFAULT) -> dict[tuple[str, str], tuple[End, ...]]:
    r"""By pair of lines (`naming.pair_of`): the times at which two who stood together fell out, each as what ended their alliance.

    The idea: an alliance of which nobody tells that it is over is over all the same when the two fight. Let $A$ be the stretches of
    days for which claims of allegiance vouch (`LoyaltyPolicy.allegiances`, and who has gone over), between the two in either
    direction, and $H$ those of the hostile ones that count (`LoyaltyPolicy.hostile`, `hostility_certainties`). A hostile one that shares
    a day with one of $A$ says nothing: they are friend and foe at once. Those left lie before or after each of $A$; those between
    the same two neighbours are one quarrel $Q \subseteq H$. It ended the alliance when some of $A$ lie before it and it has at least
    n = `LoyaltyPolicy.ended_by_hostility` different statements (`Tie.key`), in as many documents.

    When: after the earliest day of the last moment for which a claim before it vouches, and by the latest day of its first act,
    $\min_{h \in Q} \text{begun}(h)$. It is not known better: two may be enemies long before the first shot.

    Undefined, so that nothing is ended: hostility without a date, or of which no begin is told (it may be older than the alliance);
    an alliance of which neither a date nor a report's date is told, by itself. What has no begin is taken to have no first day.

    Args:
        ties: told, actual, and believed, in any order.
        sides: whose successor who is.
        policy: how much hostility ends an alliance; `ended_by_hostility=None`: none does.

    Cost: two passes over the ties, and of each pair a sort.

    Source: our own rule. That an alliance does not survive that its members fight each other is its definition in the literature on
    civil wars (F. Christia, Alliance Formation in Civil Wars, Cambridge University Press, 2012).
    """
    if policy.ended_by_hostility is None:
        return {}
    told = list(ties)
    hostile: defaultdict[tuple[str, str], list[_Stretch]] = defaultdict(list)
    for tie in told:
        if tie.type in policy.hostile and tie.period and tie.certainty in policy.hostility_certainties and (act := _stretch(tie)):
            hostile[_pair(tie, sides)].append(act)
    hostile = defaultdict(list, {pair: acts for pair, acts in hostile.items() if pair[0] != pair[1] and _enough(acts, policy)})
    together: defaultdict[tuple[str, str], list[_Stretch]] = defaultdict(list)
    for tie in told if hostile else ():
        stands = tie.type in policy.allegiances or (tie.type == "defect" and tie.sign > 0)
        if stands and (pair := _pair(tie, sides)) in hostile and (stood := _stretch(tie)):
            together[pair].append(stood)
    found = {pair: _fell_out(together[pair], hostile[pair], policy) for pair in sorted(together)}
    return {pair: ends for pair, ends in found.items() if ends}


def _pair(tie: Tie, sides: Sides) -> tuple[str, str]:
    return pair_of(sides.line(tie.source), sides.line(tie.target))


def _stretch(tie: Tie) -> _Stretch | None:
    """The days for which a tie's claim vouches, throughout; `None`: there are none."""
    moments = points(tie)
    if not moments:
        return None
    open_begin = tie.period is not None and tie.period.begin_earliest is None
    return _Stretch(date.min if open_begin else moments[0][0], moments[0][1], max(last for _, last in moments), moments[-1][0], tie)


def _fell_out(together: Iterable[_Stretch], hostile: Iterable[_Stretch], policy: LoyaltyPolicy) -> tuple[End, ...]:
    """The quarrels of one pair that ended an alliance, in their order."""
    stood = sorted(together, key=lambda one: one.last)
    lasts, seen = [one.last for one in stood], list(accumulate((one.seen for one in stood), max))
    next_ = [*accumulate((one.first for one in reversed(stood)), min)][::-1]  # the first day of those from here on
    quarrel: defaultdict[int, list[_Stretch]] = defaultdict(list)  # by how many claims of alliance lie before it
    for act in hostile:
        before = bisect_left(lasts, act.first)
        if before == len(stood) or act.last < next_[before]:
            quarrel[before].append(act)
    return tuple(
        End(Ending.HOSTILITY, (seen[before - 1], min(act.begun for act in acts)), tuple(sorted({act.tie.claim for act in acts})),
            frozenset())
        for before, acts in sorted(quarrel.items()) if before and _enough(acts, policy))


def _enough(acts: Iterable[_Stretch], policy: LoyaltyPolicy) -> bool:
    """Whether hostile claims are enough: different statements, in different documents."""
    told = [act.tie for act in acts]
    return min(len({tie.key for tie in told}), len({tie.document for tie in told})) >= (policy.ended_by_hostility or 1)


