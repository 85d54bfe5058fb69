"""Negative cycles of a signed graph: each has a tie against any two camps, which is what bounds frustration from below."""

from __future__ import annotations

import time
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import dijkstra

_EPS = 1e-6
_CHUNK = 64  # sources of one run of shortest paths


def negative_triangles(ends: NDArray[np.int64], signs: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """The negative triangles, each as its three ties: those with one or three negative ties.

    Cost: O(sum over negative ties of the degrees at their ends).
    """
    near: dict[int, dict[int, int]] = {}
    for e, (a, b) in enumerate(ends.tolist()):
        near.setdefault(a, {})[b] = e
        near.setdefault(b, {})[a] = e
    found = set()
    for e in np.flatnonzero(signs < 0).tolist():
        a, b = map(int, ends[e])
        for c in near[a].keys() & near[b].keys():
            one, other = near[a][c], near[b][c]
            if signs[one] == signs[other]:
                found.add(tuple(sorted((e, one, other))))
    return sorted(found)


def disjoint_cycles(ends: NDArray[np.int64], signs: NDArray[np.int64]) -> list[tuple[int, ...]]:
    """Negative cycles that share no tie, so each costs a frustrated tie of its own: short ones, one negative tie in each, taken in turn."""
    near: dict[int, dict[int, int]] = {}
    for e, (a, b) in enumerate(ends.tolist()):
        near.setdefault(a, {})
        near.setdefault(b, {})
        if signs[e] > 0:
            near[a][b] = near[b][a] = e
    found = []
    for e in np.flatnonzero(signs < 0).tolist():
        path = _path(near, *map(int, ends[e]))
        if path:
            ties = [near[a][b] for a, b in pairwise(path)]
            for a, b in pairwise(path):
                del near[a][b], near[b][a]
            found.append(tuple(sorted([e, *ties])))
    return found


def _path(near: dict[int, dict[int, int]], start: int, end: int) -> list[int] | None:
    """A shortest path, searched from both sides at once; `None` where there is none."""
    trails: tuple[dict[int, int | None], dict[int, int | None]] = ({start: None}, {end: None})
    fringes = [[start], [end]]
    while fringes[0] and fringes[1]:
        mine = 0 if len(fringes[0]) <= len(fringes[1]) else 1
        reached = []
        for a in fringes[mine]:
            for b in near[a]:
                if b not in trails[mine]:
                    trails[mine][b] = a
                    reached.append(b)
                if b in trails[1 - mine]:
                    return [*_back(trails[0], b)[::-1], *_back(trails[1], b)[1:]]
        fringes[mine] = reached
    return None


def _back(trail: dict[int, int | None], at: int) -> list[int]:
    places: list[int] = []
    step: int | None = at
    while step is not None:
        places.append(step)
        step = trail[step]
    return places


def short_cycles(
    size: int, ends: NDArray[np.int64], signs: NDArray[np.int64], weights: NDArray[np.float64], *, deadline: float | None = None
) -> list[tuple[int, ...]]:
    """Negative cycles of weight below 1: the shortest through each of a set of places that every negative cycle meets.

    A walk is followed on two floors, and a negative tie changes the floor; so a negative closed walk leads to its start on the other floor.
    """
    a, b = ends.T
    cross = np.where(signs < 0, size, 0)
    rows, columns = np.concatenate([a, a + size]), np.concatenate([b + cross, b + size - cross])
    length = np.tile(weights + 1e-4, 2)  # of equal cycles the one with fewer ties
    floors = coo_array((length, (rows, columns)), shape=(2 * size, 2 * size)).tocsr()
    number = {(int(i), int(j)): e for e, (i, j) in enumerate(ends.tolist())}
    sources = np.unique(ends[signs < 0, 0])
    found = []
    for start in range(0, len(sources), _CHUNK):
        if deadline is not None and time.monotonic() >= deadline:
            break
        chunk = sources[start:start + _CHUNK]
        _, before = dijkstra(floors, directed=False, indices=chunk, limit=1.0 + 1e-4 * size, return_predecessors=True)
        for source, back in zip(chunk.tolist(), before, strict=True):
            walk = [source + size]
            while walk[-1] != source and back[walk[-1]] >= 0:
                walk.append(int(back[walk[-1]]))
            if walk[-1] != source:
                continue
            cycle = _simple([(place % size) for place in walk], number, signs)
            if weights[list(cycle)].sum() < 1 - _EPS:
                found.append(cycle)
    return found


def _simple(walk: list[int], number: dict[tuple[int, int], int], signs: NDArray[np.int64]) -> tuple[int, ...]:
    """A negative cycle without repeated places, from a negative closed walk: positive loops are cut off, a negative one is the answer."""
    path: list[int] = []
    ties: list[int] = []
    for place in walk:
        if path:
            ties.append(number[min(path[-1], place), max(path[-1], place)])
        if place in path:
            at = path.index(place)
            loop = ties[at:]
            if np.prod(signs[loop]) < 0:
                return tuple(sorted(loop))
            del path[at:], ties[at:]
        path.append(place)
    raise ValueError("the walk is not closed and negative")
