"""Blocs matched between windows: which goes on, grows, splits, merges, is born or dies."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

Partition = Sequence[Collection[str]]
"""The blocs of one window: sets of actors that share none, as `camps`, `blocs` or `communities` find them."""


class Event(StrEnum):
    """What happened to a bloc on the way to the next window, or how it came about."""

    BIRTH = "birth"  # from no bloc before
    DEATH = "death"  # into no bloc after
    CONTINUATION = "continuation"  # one into one, of the same size
    GROWTH = "growth"  # one into one, larger
    CONTRACTION = "contraction"  # one into one, smaller
    MERGE = "merge"  # of several into one
    SPLIT = "split"  # of one into several


@dataclass(frozen=True, slots=True)
class Bloc:
    """A bloc in a window. `line` is its number through time: the bloc that goes on keeps it."""

    window: int  # number of the window, from 0
    line: int  # from 1, in the order of appearance
    members: tuple[str, ...]  # ids, sorted


@dataclass(frozen=True, slots=True)
class Change:
    """What happened between a window and the one before it, to which blocs."""

    window: int  # number of the later window
    event: Event
    before: tuple[int, ...]  # lines, in order
    after: tuple[int, ...]
    joined: tuple[str, ...]  # members after and not before
    left: tuple[str, ...]  # members before and not after


@dataclass(frozen=True, slots=True)
class LifeCycle:
    """Blocs of all windows and what happened to them, in the order of windows, larger blocs first."""

    blocs: tuple[Bloc, ...]
    changes: tuple[Change, ...]
    threshold: float  # what they were matched by (`match_blocs`)
    share: float


def match_blocs(partitions: Sequence[Partition], *, threshold: float = 0.3, share: float = 0.5) -> LifeCycle:
    r"""Match the blocs of each window with those of the window before, and name what happened.

    The idea: two blocs $A$, $B$ of windows in a row are matched when their Jaccard coefficient $|A \cap B| / |A \cup B|$ is at
    least `threshold` (Greene et al.), or when more than `share` of the smaller one lies in the other: a small splinter has a small
    Jaccard coefficient with the large bloc it left, and would else pass for newly born. A bloc matched with several later ones
    split, several matched with one later merged (both at once where both hold), one with one continues, grows or contracts, one
    with none was born or died (Palla et al.'s events). Of all matches the one with the largest Jaccard coefficient hands on the
    line (its number), then the next among blocs that have neither handed on nor received one; of equal ones that of the larger
    blocs, then the first in the order of their members.

    Args:
        partitions: the blocs of each window. An empty window is one in which all blocs died.
        threshold: the least Jaccard coefficient of a match, above 0 and at most 1.
        share: the share of the smaller bloc that has to be exceeded, 0 to 1; 1: never, so that only the Jaccard coefficient matches.

    Raises:
        ValueError: a threshold or share out of range, an empty bloc, or an actor in two blocs of one window.

    A bloc that is unseen for a window is dead there and born anew after: matches reach one window back.

    Cost: for each window one pass over its actors, and the pairs of blocs that share one.

    References: Palla, Barabási and Vicsek, Quantifying social group evolution, Nature 446, 2007, https://doi.org/10.1038/nature05670;
        Greene, Doyle and Cunningham, Tracking the evolution of communities in dynamic social networks, ASONAM 2010.

    >>> told = match_blocs([[{"a", "b", "c", "d"}], [{"a", "b"}, {"c", "d", "e"}]])
    >>> [(change.event.value, change.before, change.after, change.joined) for change in told.changes]
    [('birth', (), (1,), ('a', 'b', 'c', 'd')), ('split', (1,), (1, 2), ('e',))]
    """
    if not 0 < threshold <= 1 or not 0 <= share <= 1:
        raise ValueError(f"the threshold is above 0 and at most 1, the share from 0 to 1, not {threshold} and {share}")
    blocs: list[Bloc] = []
    changes: list[Change] = []
    before: list[Bloc] = []
    lines = 0
    for window, partition in enumerate(partitions):
        sets = _ordered(partition, window)
        matches = _matches([frozenset(bloc.members) for bloc in before], sets, threshold, share)
        inherited: dict[int, int] = {}  # number of the bloc here, and the line it goes on
        for _, old, new in sorted((-jaccard, old, new) for (old, new), jaccard in matches.items()):
            if new not in inherited and before[old].line not in inherited.values():
                inherited[new] = before[old].line
        after = []
        for number, members in enumerate(sets):
            if number not in inherited:
                lines += 1
            after.append(Bloc(window, inherited.get(number, lines), tuple(sorted(members))))
        changes.extend(_changes(before, after, matches, window))
        blocs.extend(after)
        before = after
    return LifeCycle(tuple(blocs), tuple(changes), threshold, share)


def _ordered(partition: Partition, window: int) -> list[frozenset[str]]:
    sets = [frozenset(bloc) for bloc in partition]
    if not all(sets) or len(frozenset[str]().union(*sets)) != sum(map(len, sets)):
        raise ValueError(f"window {window}: blocs are not empty and share no actor")
    return sorted(sets, key=lambda bloc: (-len(bloc), sorted(bloc)))


def _matches(
    before: Sequence[frozenset[str]], after: Sequence[frozenset[str]], threshold: float, share: float
) -> dict[tuple[int, int], float]:
    """Which blocs match, by number, with their Jaccard coefficients."""
    home = {actor: number for number, bloc in enumerate(before) for actor in bloc}
    found = {}
    for new, bloc in enumerate(after):
        for old in {home[actor] for actor in bloc if actor in home}:
            common = len(bloc & before[old])
            jaccard = common / len(bloc | before[old])
            if jaccard >= threshold or common > share * min(len(bloc), len(before[old])):
                found[old, new] = jaccard
    return found


def _changes(before: Sequence[Bloc], after: Sequence[Bloc], matches: Collection[tuple[int, int]], window: int) -> list[Change]:
    heirs = {old: [new for o, new in matches if o == old] for old in range(len(before))}
    sources = {new: [old for old, n in matches if n == new] for new in range(len(after))}

    def change(event: Event, old: Collection[int], new: Collection[int]) -> Change:
        was, now = ({actor for bloc in blocs for actor in bloc.members} for blocs in ([before[n] for n in old], [after[n] for n in new]))
        return Change(window, event, tuple(sorted(before[n].line for n in old)), tuple(sorted(after[n].line for n in new)),
                      tuple(sorted(now - was)), tuple(sorted(was - now)))

    found = []
    for bloc, origins in sources.items():
        if not origins:
            found.append(change(Event.BIRTH, (), (bloc,)))
        elif len(origins) > 1:
            found.append(change(Event.MERGE, origins, (bloc,)))
        elif len(heirs[origins[0]]) == 1:
            was, now = len(before[origins[0]].members), len(after[bloc].members)
            found.append(change(Event.GROWTH if now > was else Event.CONTRACTION if now < was else Event.CONTINUATION, origins, (bloc,)))
    for bloc, into in heirs.items():
        if not into:
            found.append(change(Event.DEATH, (bloc,), ()))
        elif len(into) > 1:
            found.append(change(Event.SPLIT, (bloc,), into))
    return found
