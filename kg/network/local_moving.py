"""Dividing a signed graph into groups: local moving, from many starts (after Louvain)."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx

from kg.network.progress import Progress

_LEAST = 1e-9  # a gain below this is a rounding error
_EXHAUSTIVE = 64  # with so few groups, each is tried; with more, those to which there is a tie


@dataclass(frozen=True, slots=True)
class Level:
    """A graph to divide, its nodes numbered: the sum of signs between two nodes, and the degrees of each by sign.

    A partition's worth is the sum over its groups C of W(C) - expect_plus K+(C)^2 / 2 + expect_minus K-(C)^2 / 2, with W(C) the sum
    of signs inside, K+(C) and K-(C) the sums of its nodes' degrees.
    """

    links: tuple[dict[int, float], ...]  # without the node itself
    plus: tuple[float, ...]
    minus: tuple[float, ...]
    expect_plus: float
    expect_minus: float


def level(graph: nx.Graph[str], nodes: Sequence[str], *, resolution: float) -> Level:
    """A signed graph with its ties expected at random by the degrees of each sign, times `resolution`; 0: none is expected."""
    index = {node: i for i, node in enumerate(nodes)}
    links: tuple[dict[int, float], ...] = tuple({} for _ in nodes)
    plus, minus = [0.0] * len(nodes), [0.0] * len(nodes)
    for a, b, edge in graph.edges(data=True):
        sign = (edge["sign"] > 0) - (edge["sign"] < 0)
        if sign and a != b:
            i, j = index[a], index[b]
            links[i][j] = links[j][i] = float(sign)
            for k in (i, j):
                (plus if sign > 0 else minus)[k] += 1
    return Level(links, tuple(plus), tuple(minus), *(resolution / sum(degrees) if sum(degrees) else 0.0 for degrees in (plus, minus)))


def divide(whole: Level, *, starts: int, seed: int, progress: Progress | None = None) -> tuple[int, ...]:
    """The best partition found: the group of each node, numbered in the order of their first nodes.

    Every second start begins with each node alone, the others with nodes in groups at random. Nodes are taken in a shuffled order
    and moved to the group where the worth grows most (a new one too), then whole groups likewise, in turn until neither helps.
    Of equal partitions the first found is kept.
    """
    generator = random.Random(seed)
    best: tuple[int, ...] = ()
    most = float("-inf")
    for start in range(starts):
        found = _climb(whole, _first(len(whole.links), start, generator), generator)
        worth = value(whole, found)
        if worth > most + _LEAST:
            best, most = found, worth
        if progress:
            progress(start + 1, starts, "communities, signed modularity, local moving")
    return best


def value(whole: Level, groups: Sequence[int]) -> float:
    """The worth of a partition (see `Level`)."""
    plus, minus = [0.0] * (max(groups, default=-1) + 1), [0.0] * (max(groups, default=-1) + 1)
    inside = 0.0
    for i, group in enumerate(groups):
        plus[group] += whole.plus[i]
        minus[group] += whole.minus[i]
        inside += sum(sign for j, sign in whole.links[i].items() if groups[j] == group) / 2
    return inside - whole.expect_plus * sum(k * k for k in plus) / 2 + whole.expect_minus * sum(k * k for k in minus) / 2


def _first(count: int, start: int, generator: random.Random) -> tuple[int, ...]:
    if start % 2 == 0:
        return tuple(range(count))
    groups = generator.randint(1, max(count, 1))
    return _numbered([generator.randrange(groups) for _ in range(count)])


def _climb(whole: Level, groups: tuple[int, ...], generator: random.Random) -> tuple[int, ...]:
    while True:
        moved = _numbered(_move(whole, groups, generator))
        merged = _numbered(_move(coarse := _coarsen(whole, moved), tuple(range(len(coarse.links))), generator))
        after = _numbered([merged[group] for group in moved])
        if after == groups:
            return groups
        groups = after


def _move(whole: Level, groups: Sequence[int], generator: random.Random) -> list[int]:
    """Each node to its best group, again and again until all stay."""
    of = list(groups)
    plus, minus, size = ([0.0] * len(of) for _ in range(3))
    for i, group in enumerate(of):
        plus[group] += whole.plus[i]
        minus[group] += whole.minus[i]
        size[group] += 1
    used = set(of)
    free = [group for group in range(len(of) - 1, -1, -1) if group not in used]
    order = list(range(len(of)))
    generator.shuffle(order)
    moving = True
    while moving:
        moving = False
        for i in order:
            old = of[i]
            plus[old] -= whole.plus[i]
            minus[old] -= whole.minus[i]
            size[old] -= 1
            near: dict[int, float] = {}
            for j, sign in whole.links[i].items():
                near[of[j]] = near.get(of[j], 0.0) + sign
            if len(used) <= _EXHAUSTIVE:
                for group in used:
                    near.setdefault(group, 0.0)
            out, back = whole.expect_plus * whole.plus[i], whole.expect_minus * whole.minus[i]
            stay = near.get(old, 0.0) - out * plus[old] + back * minus[old]
            new, gain = old, stay + _LEAST
            for group, sign in near.items():
                here = sign - out * plus[group] + back * minus[group]
                if here > gain:
                    new, gain = group, here
            if gain < 0 and size[old] and free:  # better alone
                new = free.pop()
                used.add(new)
            if new != old:
                of[i], moving = new, True
                if not size[old]:
                    used.discard(old)
                    free.append(old)
            plus[new] += whole.plus[i]
            minus[new] += whole.minus[i]
            size[new] += 1
    return of


def _coarsen(whole: Level, groups: Sequence[int]) -> Level:
    """The graph whose nodes are the groups."""
    count = max(groups, default=-1) + 1
    links: tuple[dict[int, float], ...] = tuple({} for _ in range(count))
    plus, minus = [0.0] * count, [0.0] * count
    for i, group in enumerate(groups):
        plus[group] += whole.plus[i]
        minus[group] += whole.minus[i]
        for j, sign in whole.links[i].items():
            other = groups[j]
            if other != group:
                links[group][other] = links[group].get(other, 0.0) + sign
    return Level(links, tuple(plus), tuple(minus), whole.expect_plus, whole.expect_minus)


def _numbered(groups: Sequence[int]) -> tuple[int, ...]:
    """The same groups numbered in the order of their first nodes."""
    number: dict[int, int] = {}
    return tuple(number.setdefault(group, len(number)) for group in groups)
