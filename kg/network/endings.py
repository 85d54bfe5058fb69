"""Which ties are over because who had them changed sides or fell out: what one claim says of another's end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from kg.model import CLAIM_TYPES, Ending, LoyaltyPolicy, Spell, Tie
from kg.network.ends import End, Stay, all_ends, bounded, end_of, is_background, is_change, parted, seen, stated_end
from kg.network.naming import pair_of
from kg.network.quarrels import quarrels
from kg.network.sides import DEFAULT, Sides, is_named, sides_of_ties, when

Link: TypeAlias = tuple[str, str, str]
"""A tie: the id of its claim, and of its source and target."""


@dataclass(frozen=True, slots=True)
class Over:
    """That a tie was over by a day, at the latest, and what tells so."""

    by: date
    before: bool  # the tie has no date, and is told as what was so before the change
    ending: Ending
    claims: tuple[str, ...]  # ids of those that tell of the end

    def bound(self, told: Spell) -> Spell:
        """A spell that is over by then, but for the days for which its own claim vouches."""
        return Spell(None, None, None, self.by) if self.before else bounded(told, self.by)


@dataclass(frozen=True, slots=True)
class _Exit:
    """A change of side that a tie tells: out of one side, or over to another."""

    tie: Tie
    left: str | None  # lines
    joined: str | None


def link(tie: Tie) -> Link:
    """What names a tie."""
    return tie.claim, tie.source.id, tie.target.id


def endings(ties: Iterable[Tie], *, policy: LoyaltyPolicy = DEFAULT, by_switch: bool = True) -> dict[Link, Over]:
    """The ties that a change of side, hostility or an end told elsewhere ended, as `histories` tells of allegiances.

    A tie of allegiance ends when its actor, or of two allies either, is told to have left that side or what it is part of (`defect`,
    `split_from`) or to have gone over to an opponent of it; when a membership in an opponent is told later and none in the first since
    (`Sides.opposed`); when a claim states that it ended; and when the two are told to fight later than the last that tells that they
    stood together (`kg.network.quarrels`). It perhaps lasted until the latest day of the change, or of the first hostile act. One that
    began later, or is told again of later days, is not ended by it. Dissolutions end nothing here: they are no ties.

    Args:
        ties: those from which changes are read: told, actual, and believed. Each is ended by the first change that ends it.
        policy: which types are allegiances, who counts as opposed, and how much hostility ends an alliance.
        by_switch: whether changes of side and stated ends end anything; else hostility alone does.

    Cost: one pass over the ties; of each actor that moved, its allegiances times its changes.
    """
    told = list(ties)
    sides = sides_of_ties(told, policy=policy)
    fell_out = quarrels(told, sides=sides, policy=policy)
    exits: defaultdict[str, list[_Exit]] = defaultdict(list)
    stands: defaultdict[str, list[tuple[str, Tie]]] = defaultdict(list)  # by actor: the side it stands with, by which tie
    ended: set[tuple[str, str]] = set()  # the pairs of which an end is stated
    for tie in told:
        a, b = sides.line(tie.source), sides.line(tie.target)
        if a == b:
            continue
        if tie.type == "split_from" or (tie.type == "defect" and tie.sign < 0):
            if is_named(tie.source):
                exits[a].append(_Exit(tie, b, None))
        elif tie.type in policy.allegiances or tie.type == "defect":
            if tie.type == "defect" and is_named(tie.source):
                exits[a].append(_Exit(tie, None, b))
            for one, other in ((a, b), (b, a)) if tie.symmetric else ((a, b),):
                stands[one].append((other, tie))
                if stated_end(tie):
                    ended.add((one, other))
    found: dict[Link, Over] = {}
    for actor, standing in stands.items():
        changes = exits.get(actor, []) if by_switch else []
        several = by_switch and len({side for side, _ in standing}) > 1
        groups: defaultdict[tuple[str, str], list[Tie]] = defaultdict(list)
        for side, tie in standing:
            if changes or several or side in exits or (actor, side) in ended or pair_of(actor, side) in fell_out:
                groups[side, tie.type].append(tie)
        stays: list[tuple[Stay, list[Tie], End | None]] = []
        for (side, relation), group in groups.items():
            left = [end_of(Ending.LEFT, change.tie) for change in changes if _leaves(change, side, sides, policy)]
            if by_switch and CLAIM_TYPES[relation].symmetric:
                left += [end_of(Ending.LEFT, change.tie) for change in exits.get(side, ()) if _leaves(change, actor, sides, policy)]
            stated = [end for tie in group if by_switch and (end := stated_end(tie))]
            ends = all_ends([*left, *stated], fell_out.get(pair_of(actor, side), ()))
            stays += [(Stay(side, relation, seen(part, end), any(tie.period for tie in part)), part, end)
                      for part, end in parted(group, ends)]
        for stay, part, end in stays:
            given_way = _given_way(end, [new for new in stays if is_change(stay, new[0], sides, policy)] if several else ())
            for tie in part:
                for over in (*_told_over(tie, end), *given_way):
                    known = found.get(link(tie), over)
                    found[link(tie)] = min((known, over), key=lambda one: (one.by, not one.before))
    return found


def _leaves(change: _Exit, side: str, sides: Sides, policy: LoyaltyPolicy) -> bool:
    """Whether a change of side is one out of this side."""
    if change.left is not None:
        return change.left == side or change.left in sides.above(side)
    return change.joined is not None and change.joined != side and sides.opposed(
        change.joined, side, during=when(change.tie), policy=policy)


def _told_over(tie: Tie, end: End | None) -> Iterator[Over]:
    """What ended a tie, if anything did but its own claim."""
    if end is not None and (by := end.days[1]) and end.claims != (tie.claim,):
        before = is_background(tie, end)
        if before or end.ending is not Ending.STATED or stated_end(tie) is None:
            yield Over(by, before, end.ending, end.claims)


def _given_way(end: End | None, later: Sequence[tuple[Stay, list[Tie], End | None]]) -> tuple[Over, ...]:
    """The first membership in an opponent, which ended what nothing else did, but perhaps a quarrel later."""
    if not later or (end is not None and end.ending is not Ending.HOSTILITY):
        return ()
    stay, part, _ = min(later, key=lambda new: (new[0].seen[0], sorted(one.claim for one in new[1])))
    return (Over(min(last for _, last in stay.seen), False, Ending.OPPONENT, tuple(sorted({one.claim for one in part}))),)


NOTHING: Mapping[Link, Over] = {}
