"""Who acts for whom: what an alliance does said of its members, what a member does said of its alliance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Answer, Polarity, Spell, Tie
from kg.network.days import Days, held_at_once, weaker
from kg.network.policy import Policy

_MEMBERSHIP = frozenset({"member_of", "part_of"})  # ties that make an alliance, and are not what it does


@dataclass(frozen=True, slots=True)
class Counting:
    """A tie that counts: how surely on the days asked for (`answer`), and how surely apart from its days (`known`)."""

    tie: Tie
    answer: Answer
    known: Answer
    days: Spell | None  # on which it counts; `None`: on none


@dataclass(frozen=True, slots=True)
class Derived:
    """A tie said of one who has a part in it only through an alliance."""

    tie: Tie  # as it is told
    source: str
    target: str
    via: str  # the alliance, or the member, of which it is told
    answer: Answer  # whether the tie and the membership held on one day
    claims: tuple[str, str]  # the ids of the tie's claim and of the membership's


def enough(answer: Answer, policy: Policy) -> bool:
    """Whether an answer is sure enough to count."""
    return answer is Answer.YES or (answer is Answer.MAYBE and policy.maybe)


def derived_ties(counting: Sequence[Counting], *, on: Days, policy: Policy) -> Iterator[Derived]:
    """The ties that `Policy.down` and `Policy.up` add to those that count.

    Handed on are signed ties that are told, once; not the memberships themselves, nor what happens between an alliance and a
    member of it or between two of its members: that is no act of the alliance. Where several claims tell of the membership,
    the surest counts, of equals the one whose id comes first.
    """
    memberships: defaultdict[tuple[str, str], list[Counting]] = defaultdict(list)  # of (member, alliance)
    for one in counting:
        if one.tie.type == "member_of" and one.tie.polarity is Polarity.POSITIVE:
            memberships[one.tie.source.id, one.tie.target.id].append(one)
    deputies: defaultdict[str, list[str]] = defaultdict(list)  # who acts when this actor acts
    for member, alliance in memberships:
        if policy.down:
            deputies[alliance].append(member)
        if policy.up:
            deputies[member].append(alliance)
    for one in counting:
        tie = one.tie
        if tie.sign == 0 or tie.polarity is not Polarity.POSITIVE or tie.type in _MEMBERSHIP:
            continue
        for actor, other in ((tie.source.id, tie.target.id), (tie.target.id, tie.source.id)):
            for deputy in deputies[actor]:
                if deputy == other or {(other, actor), (other, deputy), (actor, other)} & memberships.keys():
                    continue
                grounds = memberships.get((deputy, actor)) or memberships[actor, deputy]
                answer, ground = _surest(one, grounds, on)
                if enough(answer, policy):
                    source, target = (deputy, other) if actor == tie.source.id else (other, deputy)
                    yield Derived(tie, source, target, actor, answer, (tie.claim, ground.tie.claim))


def _surest(one: Counting, grounds: Sequence[Counting], on: Days) -> tuple[Answer, Counting]:
    """How surely a tie is handed on, and by which membership."""
    rank = {Answer.YES: 0, Answer.MAYBE: 1, Answer.NO: 2}
    answers = [(weaker(one.known, ground.known, held_at_once(one.days, ground.days, on) if one.days and ground.days else Answer.NO), ground)
               for ground in grounds]
    return min(answers, key=lambda pair: (rank[pair[0]], pair[1].tie.claim))
