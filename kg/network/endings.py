"""Which ties are over because who had them changed sides: what one claim says of another's end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from kg.model import LoyaltyPolicy, Spell, Tie
from kg.network.days import Days
from kg.network.sides import DEFAULT, MEMBERSHIPS, Sides, is_named, points, sides_of_ties, when

Link: TypeAlias = tuple[str, str, str]
"""A tie: the id of its claim, and of its source and target."""


@dataclass(frozen=True, slots=True)
class End:
    """That a tie was over by a day, at the latest."""

    by: date
    before: bool  # the tie has no date, and is told as what was so before the change

    def bound(self, told: Spell) -> Spell:
        """A spell that is over by then, but for the days for which its own claim vouches."""
        if self.before:
            return Spell(None, None, None, self.by)
        if told.last is not None and told.last <= self.by:
            return told
        vouched = told.sure_until if told.sure_from else None
        return replace(told, last=max(day for day in (self.by, vouched, told.first) if day))


@dataclass(frozen=True, slots=True)
class _Exit:
    """A change of side that a tie tells: out of one side, or over to another."""

    tie: Tie
    left: str | None  # lines
    joined: str | None
    days: Days
    relation: str | None = None  # what alone it ends; `None`: whatever tied the actor to that side


def link(tie: Tie) -> Link:
    """What names a tie."""
    return tie.claim, tie.source.id, tie.target.id


def endings(ties: Iterable[Tie], *, policy: LoyaltyPolicy = DEFAULT) -> dict[Link, End]:
    """The ties that a change of side ended, as `histories` tells of allegiances.

    A tie of allegiance ends when its actor is told to have left that side or what it is part of (`defect`, `split_from`), to have
    gone over to an opponent of it, or is a member of an opponent later and was never seen in the first since (`Sides.opposed`).
    It perhaps lasted until the latest day of the change. One that began later, or is told again of later days, is not ended by it.
    Dissolutions end nothing here: they are no ties.

    Args:
        ties: those from which changes are read: told, actual, and believed. Each is ended by the first change that ends it.
        policy: which types are allegiances, and who counts as opposed.

    Cost: one pass over the ties; of each actor that moved, its allegiances times its changes.
    """
    told = list(ties)
    sides = sides_of_ties(told, policy=policy)
    exits: defaultdict[str, list[_Exit]] = defaultdict(list)
    stands: defaultdict[str, list[tuple[str, Tie]]] = defaultdict(list)  # by actor: the side it stands with, by which tie
    for tie in told:
        a, b = sides.line(tie.source), sides.line(tie.target)
        if a == b:
            continue
        if tie.type == "split_from" or (tie.type == "defect" and tie.sign < 0):
            if is_named(tie.source):
                exits[a].append(_Exit(tie, b, None, when(tie)))
        elif tie.type in policy.allegiances or tie.type == "defect":
            if tie.type == "defect" and is_named(tie.source):
                exits[a].append(_Exit(tie, None, b, when(tie)))
            stands[a].append((b, tie))
            if tie.symmetric:
                stands[b].append((a, tie))
    found: dict[Link, End] = {}
    for actor, standing in stands.items():
        moved = actor in exits or len({side for side, _ in standing}) > 1
        changes = [*exits[actor], *_later(standing, exits[actor], sides, policy)] if moved else []
        for side, tie in standing:
            ends = [end for change in changes if (end := _end(tie, side, change, sides, policy))]
            if ends:
                found[link(tie)] = min((found[link(tie)], *ends) if link(tie) in found else ends, key=lambda end: (end.by, not end.before))
    return found


def _later(standing: Iterable[tuple[str, Tie]], exits: Iterable[_Exit], sides: Sides, policy: LoyaltyPolicy) -> Iterator[_Exit]:
    """The memberships after which an actor was never seen in an opposed one, or not in the same way: each as the change that it tells of.

    Once an arrival, for each way to be in a side: who left it and is seen in it again arrives once more.
    """
    seen: defaultdict[str, list[tuple[date, date, Tie]]] = defaultdict(list)
    for side, tie in standing:
        if tie.type in MEMBERSHIPS:
            seen[side] += [(first, last, tie) for first, last in points(tie)]
    for new, later in seen.items():
        left = [by for change in exits if change.left in (new, *sides.above(new)) and (by := change.days[1])]
        ways = [[moment for moment in later if moment[2].type == relation] for relation in MEMBERSHIPS]
        stays = [*ways, *([moment for moment in way if moment[0] > by] for way in ways for by in left)]
        arrivals = {min(stay, key=lambda moment: (moment[0], moment[1], moment[2].claim)) for stay in stays if stay}
        for first, last, tie in sorted(arrivals, key=lambda moment: (moment[0], moment[1], moment[2].claim)):
            for old, moments in seen.items():
                for relation in (None, *MEMBERSHIPS):
                    last_seen = max((until for _, until, other in moments if relation in (None, other.type)), default=date.max)
                    if last_seen < first and sides.opposed(old, new, during=(last_seen, first), policy=policy):
                        yield _Exit(tie, old, None, (last_seen, last), relation)


def _end(tie: Tie, side: str, change: _Exit, sides: Sides, policy: LoyaltyPolicy) -> End | None:
    """How a change ends a tie; `None`: it does not."""
    by = change.days[1]
    if by is None or change.tie is tie or change.tie.claim == tie.claim or change.relation not in (None, tie.type):
        return None
    if change.left is not None and change.left != side and change.left not in sides.above(side):
        return None
    if change.joined is not None and (change.joined == side or not sides.opposed(change.joined, side, during=change.days, policy=policy)):
        return None
    told = change.tie.type not in MEMBERSHIPS and change.tie.document == tie.document
    if told and tie.period is None and tie.type in (*MEMBERSHIPS, "defect"):
        return End(by, True)  # a report that tells of both tells the undated one of the time before
    begun = min((first for first, _ in points(tie)), default=None)
    return None if begun is not None and by < begun else End(by, False)


NOTHING: Mapping[Link, End] = {}
