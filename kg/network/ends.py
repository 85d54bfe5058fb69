"""What ends that an actor stood with a side, and which of several ends is that of what a claim tells: of histories and of networks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from kg.model import CLAIM_TYPES, Claim, Ending, LoyaltyPolicy, Spell, Tie
from kg.network.days import Days, overlap
from kg.network.sides import MEMBERSHIPS, Sides, points, when

_Told = TypeVar("_Told", Claim, Tie)

_CAUSES = (Ending.LEFT, Ending.DISSOLVED, Ending.OPPONENT, Ending.STATED)  # that it left tells more than that it was over


@dataclass(frozen=True, slots=True)
class End:
    """Something that ended an allegiance, and when: between two days."""

    ending: Ending
    days: Days
    claims: tuple[str, ...]  # ids of those that tell of it
    documents: frozenset[str]  # that tell of it as of a change, so that they tell what has no date of the time before


@dataclass(frozen=True, slots=True)
class Stay:
    """That an actor stood with a side in one way, until something ended it."""

    side: str  # its line
    relation: str
    seen: Sequence[tuple[date, date]]  # the moments for which its claims vouch, in their order
    dated: bool  # whether one of its claims tells a date, rather than its report alone


def end_of(ending: Ending, told: Claim | Tie, days: Days | None = None) -> End:
    """The end of which one claim, or its tie, tells."""
    return End(ending, days or when(told), (told.id if isinstance(told, Claim) else told.claim,), frozenset({told.document}))


def stated_end(told: Claim | Tie) -> End | None:
    """The end that a claim itself gives of a relation that lasted."""
    held = told.period
    ended = held and CLAIM_TYPES[told.type].lasting and "/" in held.edtf and held.end_latest
    return end_of(Ending.STATED, told, (held.end_earliest, held.end_latest)) if held and ended else None


def joined_ends(ends: Iterable[End]) -> list[End]:
    """Ends in their order; those whose days overlap are one: told of in several ways."""
    joined: list[End] = []
    for end in sorted(ends, key=lambda e: (e.days[1] or date.max, e.days[0] or date.min, _CAUSES.index(e.ending), e.claims)):
        if joined and overlap(joined[-1].days, end.days):
            last = joined[-1]
            first = max((day for day in (last.days[0], end.days[0]) if day), default=None)
            cause = min(last.ending, end.ending, key=_CAUSES.index)
            joined[-1] = End(cause, (first, last.days[1]), tuple(sorted({*last.claims, *end.claims})), last.documents | end.documents)
        else:
            joined.append(end)
    return joined


def all_ends(ends: Iterable[End], quarrels: Iterable[End]) -> list[End]:
    """What ended an allegiance, in its order. A quarrel is told of by what happened, not as an end: it is no other end told otherwise."""
    return sorted((*joined_ends(ends), *quarrels), key=lambda end: end.days[1] or date.max)


def parted(told: Iterable[_Told], ends: Sequence[End]) -> Iterator[tuple[list[_Told], End | None]]:
    """What is told of one allegiance, parted by what ended it, each part with its end; `None`: nothing ended the last part."""
    parts: defaultdict[int, list[_Told]] = defaultdict(list)
    for one in told:
        parts[_number_of_end(ends, one)].append(one)
    for number, part in sorted(parts.items()):
        yield part, ends[number] if number < len(ends) else None


def seen(told: Iterable[Claim | Tie], end: End | None) -> tuple[tuple[date, date], ...]:
    """The moments for which the claims of one part vouch, in their order."""
    return tuple(sorted({moment for one in told if not is_background(one, end) for moment in points(one)}))


def is_change(old: Stay, new: Stay, sides: Sides, policy: LoyaltyPolicy) -> bool:
    """Whether one membership came after another, in a side opposed to the first: not at once, and never seen in the old one since.

    Of a membership without a date only the order of reports tells that it came after. Then as many statements as make a time of hostility
    (`LoyaltyPolicy.tie_statements`) have to say that the sides are opposed: a spokesman whom one report gives to the army and a later
    one to its government has not changed sides because one sentence sets the two against each other.
    """
    if old.relation not in MEMBERSHIPS or new.relation not in MEMBERSHIPS or not old.seen or not new.seen:
        return False
    last_seen, first_seen = max(last for _, last in old.seen), new.seen[0][0]
    if not new.dated:
        policy = replace(policy, opposed_statements=max(policy.opposed_statements, policy.tie_statements))
    return last_seen < first_seen and sides.opposed(old.side, new.side, during=(last_seen, first_seen), policy=policy)


def _number_of_end(ends: Sequence[End], told: Claim | Tie) -> int:
    """Which of some ends, in their order, ended what a claim tells: the first that was not over when it began; their number, if none did.

    A dated arrival is later than an undated departure: reports date the news and not the background.
    """
    begun = min((first for first, _ in points(told)), default=None)
    arrived = told.type == "defect" and told.period is not None
    return next((number for number, end in enumerate(ends) if is_background(told, end) or not (
        (arrived and end.days[0] is None) or (end.days[1] is not None and begun is not None and end.days[1] < begun))), len(ends))


def is_background(told: Claim | Tie, end: End | None) -> bool:
    """Whether a claim without a date tells what was so before an end, and not on the day of its report.

    A report that tells that somebody left a side, and that he belongs to it, tells the second of the time before. Of allies it may
    speak as of today: groups that broke away long ago can be allies now.
    """
    return told.period is None and end is not None and told.type in (*MEMBERSHIPS, "defect") and told.document in end.documents


def bounded(told: Spell, by: date) -> Spell:
    """A spell that is over by a day, but for the days for which its own claim vouches."""
    if told.last is not None and told.last <= by:
        return told
    vouched = told.sure_until if told.sure_from else None
    return replace(told, last=max(day for day in (by, vouched, told.first) if day))
