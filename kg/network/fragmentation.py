"""How split a side is: the factions that came of it, splits by year, and how many factions it is in effect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

import networkx as nx

from kg.model import Answer, Claim, Polarity
from kg.network.acting import enough
from kg.network.columns import TieTable
from kg.network.policy import Policy, admits
from kg.network.snapshots import signed_graphs
from kg.network.windows import Window

_DEFAULT = Policy()


@dataclass(frozen=True, slots=True)
class Split:
    """That a splinter broke away from its parent, by all claims that say so.

    It happened from `first` to `last`; `None` sets no bound. The dates are those told of the split, or else of the founding of
    the splinter; without any, it had happened by the day of the earliest report. Of several dates the span of all is taken.
    """

    splinter: str
    parent: str
    first: date | None
    last: date | None
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearOfSplits:
    """Splits of one year: those that surely fell in it, and those that can have."""

    year: int
    sure: int
    most: int


@dataclass(frozen=True, slots=True)
class Faction:
    """One faction of a side in a window: an actor, with the names it was renamed from and to."""

    actors: tuple[str, ...]  # ids, sorted
    exists: Answer  # yes or maybe
    strength: float | None  # fighters by the latest count; the middle of a range, the only bound of a half one; None: not counted


@dataclass(frozen=True, slots=True)
class Fragmentation:
    """How split a side is in a window."""

    window: Window
    factions: tuple[Faction, ...]
    parts: tuple[tuple[str, ...], ...]  # the factions joined by ties of sign +1 among themselves, by their first ids; the largest first
    hostile: tuple[tuple[str, str], ...]  # pairs of factions with a tie of sign -1

    @property
    def sure(self) -> int:
        """How many factions surely exist."""
        return sum(faction.exists is Answer.YES for faction in self.factions)

    @property
    def most(self) -> int:
        """How many factions can exist."""
        return len(self.factions)

    @property
    def effective(self) -> float | None:
        """The effective number of factions by their fighters; `None` unless each of them was counted."""
        counted = [faction.strength for faction in self.factions if faction.strength is not None]
        return effective_number(counted) if len(counted) == len(self.factions) else None

    @property
    def effective_parts(self) -> float | None:
        """The effective number of parts by how many factions each has."""
        return effective_number([len(part) for part in self.parts])


def effective_number(sizes: Iterable[float]) -> float | None:
    r"""The effective number of factions: how many equal ones would be as concentrated.

    $N = 1 / \sum_i p_i^2$ with $p_i$ the share of faction $i$.

    Args:
        sizes: members of each faction, 0 or more.

    Returns:
        From 1 (one holds all) to the number of factions (all equal); `None`, undefined, without any member.

    Raises:
        ValueError: a negative size.

    Reference: Laakso and Taagepera, "Effective" number of parties: a measure with application to West Europe, Comparative Political
        Studies 12, 1979, https://doi.org/10.1177/001041407901200101.

    >>> effective_number([100, 100]), effective_number([300, 100])
    (2.0, 1.6)
    """
    given = list(sizes)
    if any(size < 0 for size in given):
        raise ValueError("the size of a faction is not negative")
    total = sum(given)
    return total**2 / sum(size**2 for size in given) if total else None


def splits(claims: Iterable[Claim], *, policy: Policy = _DEFAULT) -> tuple[Split, ...]:
    """Who split from whom, when, by which claims; by date, those without last.

    Args:
        claims: any claims; `split_from` and, for dates, `form` are read.
        policy: which claims count, by what they say and who says it. A denied split is none.
    """
    told, founded = defaultdict(list), defaultdict(list)
    for claim in _counting(claims, policy):
        if claim.type == "split_from" and claim.subject and claim.object and claim.subject.id != claim.object.id:
            told[claim.subject.id, claim.object.id].append(claim)
        elif claim.type == "form" and claim.object and claim.period:
            founded[claim.object.id].append(claim)
    found = []
    for (splinter, parent), saying in told.items():
        dating = [] if any(claim.period for claim in saying) else founded[splinter]
        first, last = _when(dating or saying)
        found.append(Split(splinter, parent, first, last, tuple(sorted({claim.id for claim in (*saying, *dating)}))))
    return tuple(sorted(found, key=lambda split: (split.last or date.max, split.first or date.min, split.splinter, split.parent)))


def splits_by_year(found: Iterable[Split], first: int, last: int) -> tuple[YearOfSplits, ...]:
    """How many splits each year from `first` to `last` saw, surely and at most.

    One whose date is known to a span of years counts as possible in each of them, so the years' `most` must not be added up.

    >>> day = date(1978, 5, 1)
    >>> splits_by_year([Split("knplf", "knpp", day, day, ()), Split("x", "y", day, date(1979, 1, 1), ())], 1978, 1979)
    (YearOfSplits(year=1978, sure=1, most=2), YearOfSplits(year=1979, sure=0, most=1))
    """
    given = list(found)
    years = []
    for year in range(first, last + 1):
        possible = [split for split in given if (split.first is None or split.first.year <= year)
                    and (split.last is None or split.last.year >= year)]
        sure = sum(split.first is not None and split.last is not None and split.first.year == split.last.year for split in possible)
        years.append(YearOfSplits(year, sure, len(possible)))
    return tuple(years)


def fragmentation(
    claims: Iterable[Claim], table: TieTable, side: Collection[str], over: Sequence[Window], *, policy: Policy = _DEFAULT
) -> tuple[Fragmentation, ...]:
    """How split a side is in each window.

    The idea: the side is the actors given and all that split from them or from their splinters. Those that `succeeds` links are one faction
    under several names. A splinter exists from its split on (surely from the latest day it can have happened), a faction no longer
    after it was dissolved; the actors given exist throughout unless they are founded later or dissolved. One of them that has ties before
    its founding exists perhaps: the claims contradict each other.

    Args:
        claims: those that tell of splits, foundings, dissolutions, renamings and strengths.
        table: the ties, for who of the side stands together.
        side: ids of the actors to begin with.
        over: the windows, in order.
        policy: what counts.

    Raises:
        ValueError: windows out of order, or a table that was made without its ties and a policy that asks for them.
    """
    given = list(_counting(claims, policy))
    broken = splits(given, policy=policy)
    lineage = _lineage(given, side, broken)
    found = []
    for window, graph in zip(over, signed_graphs(table, over, policy=policy), strict=True):
        factions = []
        for actors in lineage:
            exists = _exists(given, actors, broken, window, first=not set(actors).isdisjoint(side))
            if exists is None:
                exists = Answer.MAYBE if any(actor in graph for actor in actors) else Answer.NO
            if exists is not Answer.NO:
                factions.append(Faction(actors, exists, _strength(given, actors, window)))
        found.append(Fragmentation(window, tuple(factions), *_stand(factions, graph)))
    return tuple(found)


def _counting(claims: Iterable[Claim], policy: Policy) -> Iterator[Claim]:
    believed = replace(policy, types=None)
    return (claim for claim in claims if claim.polarity is Polarity.POSITIVE and enough(admits(believed, claim), policy))


def _when(claims: Iterable[Claim]) -> tuple[date | None, date | None]:
    """The earliest and the latest day on which what these claims tell can have begun."""
    given = list(claims)
    dated = [claim.period for claim in given if claim.period]
    if dated:
        firsts, lasts = [period.begin_earliest for period in dated], [period.begin_latest for period in dated]
        known = [day for day in lasts if day is not None]
        return (None if None in firsts else min(day for day in firsts if day)), max(known) if len(known) == len(lasts) else None
    reported = [claim.reported.end_latest for claim in given if claim.reported and claim.reported.end_latest]
    return None, min(reported, default=None)


def _lineage(claims: Iterable[Claim], side: Collection[str], broken: Iterable[Split]) -> tuple[tuple[str, ...], ...]:
    """The factions that came of a side, each with all its names."""
    renamed: nx.Graph[str] = nx.Graph()
    renamed.add_edges_from((claim.subject.id, claim.object.id) for claim in claims
                           if claim.type == "succeeds" and claim.subject and claim.object)
    splinters = defaultdict(list)
    for split in broken:
        splinters[split.parent].append(split.splinter)
    open_, found = list(side), set[str]()
    while open_:
        actor = open_.pop()
        if actor not in found:
            found.add(actor)
            renamed.add_node(actor)
            open_.extend((*renamed[actor], *splinters[actor]))
    return tuple(sorted(tuple(sorted(part)) for part in nx.connected_components(renamed.subgraph(found))))


def _stand(factions: Iterable[Faction], graph: nx.Graph[str]) -> tuple[tuple[tuple[str, ...], ...], tuple[tuple[str, str], ...]]:
    """The parts and the hostile pairs of factions in a signed graph."""
    home = {actor: faction.actors[0] for faction in factions for actor in faction.actors}
    friends: nx.Graph[str] = nx.Graph()
    friends.add_nodes_from(home.values())
    hostile = set()
    for a, b, tie in graph.edges(data=True):
        if a in home and b in home and home[a] != home[b]:
            one, other, sign = *sorted((home[a], home[b])), tie["sign"]
            if sign > 0:
                friends.add_edge(one, other)
            elif sign < 0:
                hostile.add((one, other))
    parts = sorted((tuple(sorted(part)) for part in nx.connected_components(friends)), key=lambda part: (-len(part), part))
    return tuple(parts), tuple(sorted(hostile))


def _exists(claims: Iterable[Claim], actors: Collection[str], broken: Iterable[Split], window: Window, *, first: bool) -> Answer | None:
    """Whether a faction exists on some day of a window; `None`: it is one of the side's `first` actors, and said to be founded later."""
    given = list(claims)
    if first:
        founding = [claim for claim in given if claim.type == "form" and claim.period and claim.object and claim.object.id in actors]
        begun = [_when(founding)] if founding else []
    else:
        begun = [(split.first, split.last) for split in broken if split.splinter in actors and split.parent not in actors]
    earliest = min((day or date.min for day, _ in begun), default=date.min)
    latest = max((day or date.max for _, day in begun), default=date.min)
    if earliest > window.last:
        return None if first else Answer.NO
    answer = Answer.YES if latest <= window.last else Answer.MAYBE
    replaced = {claim.object.id for claim in given if claim.type == "succeeds" and claim.subject and claim.object}
    ends = [_when([claim]) for claim in given
            if claim.type == "dissolve" and claim.object and claim.object.id in actors and claim.object.id not in replaced]
    if any(day is not None and day < window.first for _, day in ends):
        return Answer.NO
    return Answer.MAYBE if any((day or date.min) < window.first for day, _ in ends) else answer


def _strength(claims: Iterable[Claim], actors: Collection[str], window: Window) -> float | None:
    """How many fighters the latest count by the end of a window gives a faction; of counts of one day the largest."""
    counts = []
    for claim in claims:
        if claim.type == "strength" and claim.subject and claim.subject.id in actors and claim.quantity:
            period = claim.period or claim.reported
            day = period.begin_earliest if period else None
            bounds = [bound for bound in (claim.quantity.minimum, claim.quantity.maximum) if bound is not None]
            if day is not None and day <= window.last:
                counts.append((day, sum(bounds) / len(bounds)))
    return max(counts)[1] if counts else None
