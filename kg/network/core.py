"""Core and periphery of a signed graph's positive ties."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.network.layers import together
from kg.network.naming import ordered, ranks
from kg.network.signs import SignedGraph

_ENUMERATED = 14  # with so many actors that have a tie, all divisions are tried
_LEAST = 1e-9  # a gain below this is a rounding error
_EXCHANGED = 2_000  # with more actors than this, only cores of the best connected are tried


@dataclass(frozen=True, slots=True)
class CorePeriphery:
    """A division into core and periphery, and how well it fits: `correlation` from -1 to 1, `None` where it is undefined."""

    core: tuple[str, ...]
    periphery: tuple[str, ...]
    correlation: float | None
    method: str


def core_numbers(graph: SignedGraph, *, sign: str = "sign") -> dict[str, int]:
    """For each actor of a signed graph the greatest k so that it has k friends who all have k friends among themselves.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.

    Cost: linear.

    Source: S. B. Seidman, Network structure and minimum degree, Social Networks 5 (1983) 269-287, doi:10.1016/0378-8733(83)90028-X.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], sign=+1)
    >>> core_numbers(graph)
    {'a': 2, 'b': 2, 'c': 2, 'd': 1}
    """
    found: dict[str, int] = nx.core_number(together(graph, sign=sign))
    return found


def core_periphery(graph: SignedGraph, *, sign: str = "sign") -> CorePeriphery:
    """The core and the periphery of a signed graph: the division most like a core whose actors have ties to all.

    The ideal has a tie wherever one of two actors is in the core, and none between two of the periphery. The fit is Pearson's
    correlation between the positive ties and the ideal over all N = n (n - 1) / 2 pairs:

        r = (N S - M D) / sqrt(M (N - M) D (N - D))

    with M ties, S of them with an actor of the core, and D ties in the ideal. It is undefined without a tie, with all ties, and so for
    fewer than three actors: then there is no core. A division with a low r says that the graph has no such shape.

    With 14 actors or fewer that have a tie, all divisions are compared; with more, for each size of core the best connected
    actors, and from the best of these on single moves and exchanges until none helps (only moves above 2,000 actors). Of equal
    divisions the smaller core counts, then the one with more ties inside, then the first in the alphabet.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.

    Cost: 2^14 divisions, or some passes over the pairs of actors.

    Source: S. P. Borgatti and M. G. Everett, Models of core/periphery structures, Social Networks 21 (2000) 375-395,
    doi:10.1016/S0378-8733(99)00019-2.

    >>> star = nx.Graph()
    >>> star.add_edges_from([("a", "b"), ("a", "c"), ("a", "d")], sign=+1)
    >>> core_periphery(star)
    CorePeriphery(core=('a',), periphery=('b', 'c', 'd'), correlation=1.0, method='all divisions compared')
    """
    friends = together(graph, sign=sign)
    nodes = ordered(friends)
    rank = ranks(nodes)
    n, ties = len(nodes), friends.number_of_edges()
    pairs = n * (n - 1) // 2
    if not 0 < ties < pairs:
        return CorePeriphery((), tuple(nodes), None, "undefined: no tie, or nothing but ties")
    tied = sorted((node for node in nodes if friends.degree[node]), key=lambda node: (-friends.degree[node], rank[node]))
    index = {node: i for i, node in enumerate(tied)}
    first, second = np.array([(index[a], index[b]) for a, b in friends.edges]).T
    if len(tied) <= _ENUMERATED:
        core, method = _enumerate(n, [rank[node] for node in tied], first, second), "all divisions compared"
    else:
        core, method = _improve(n, len(tied), first, second), "best connected first, then moves and exchanges"
    inside = np.zeros(len(tied), dtype=bool)
    inside[list(core)] = True
    correlation = _fit(n, ties, len(core), int((inside[first] | inside[second]).sum()))
    chosen = {tied[i] for i in core}
    inner, outer = (tuple(node for node in nodes if (node in chosen) is within) for within in (True, False))
    return CorePeriphery(inner, outer, correlation, method)


def _fit(n: int, ties: int, size: int, covered: int) -> float:
    """The correlation for a core of some size whose actors have so many of the ties; -1 where the ideal has all ties or none."""
    pairs = n * (n - 1) // 2
    ideal = size * (size - 1) // 2 + size * (n - size)
    if not 0 < ideal < pairs:
        return -1.0
    return (pairs * covered - ties * ideal) / (math.sqrt(ties * (pairs - ties)) * math.sqrt(ideal * (pairs - ideal)))


def _enumerate(n: int, nodes: Sequence[int], first: NDArray[np.intp], second: NDArray[np.intp]) -> frozenset[int]:
    """The core of highest fit among all; `nodes` are their ranks."""
    cores = np.arange(1, 1 << len(nodes))
    member = (cores[:, None] >> np.arange(len(nodes))) & 1
    covered = (member[:, first] | member[:, second]).sum(axis=1)
    fits = np.array([_fit(n, len(first), int(size), int(ties)) for size, ties in zip(member.sum(axis=1), covered, strict=True)])
    found = np.flatnonzero(fits > fits.max() - _LEAST)
    best = [frozenset(np.flatnonzero(member[i]).tolist()) for i in found]
    inside = [int((member[i, first] & member[i, second]).sum()) for i in found]
    return min(zip(best, inside, strict=True), key=lambda one: (len(one[0]), -one[1], sorted(nodes[i] for i in one[0])))[0]


def _improve(n: int, count: int, first: NDArray[np.intp], second: NDArray[np.intp]) -> frozenset[int]:
    """A core from which no move and no exchange leads to a higher fit; nodes are numbered the best connected first."""
    ties = len(first)
    prefix = np.bincount(np.minimum(first, second), minlength=count).cumsum()  # ties covered by the first 1, 2, 3 ... nodes
    size = max(range(1, count + 1), key=lambda k: (round(_fit(n, ties, k, int(prefix[k - 1])), 9), -k))
    inside = np.arange(count) < size
    adjacent = np.zeros((count, count) if count <= _EXCHANGED else (0, 0), dtype=bool)
    if adjacent.size:
        adjacent[first, second] = adjacent[second, first] = True
    fit = _fit(n, ties, size, int(prefix[size - 1]))
    while True:
        covered = int((inside[first] | inside[second]).sum())
        out = np.bincount(first, ~inside[second], count) + np.bincount(second, ~inside[first], count)  # ties to the periphery
        options: list[tuple[float, tuple[int, ...]]] = []
        core, periphery = np.flatnonzero(inside), np.flatnonzero(~inside)
        if len(periphery):
            best = periphery[np.argmax(out[periphery])]
            options.append((_fit(n, ties, len(core) + 1, covered + int(out[best])), (int(best),)))
        worst = core[np.argmin(out[core])]
        options.append((_fit(n, ties, len(core) - 1, covered - int(out[worst])), (int(worst),)))
        if adjacent.size and len(periphery):
            gain = out[periphery][None, :] - out[core][:, None] + adjacent[np.ix_(core, periphery)]
            i, j = np.unravel_index(np.argmax(gain), gain.shape)
            options.append((_fit(n, ties, len(core), covered + int(gain[i, j])), (int(core[i]), int(periphery[j]))))
        better, moved = max(options, key=lambda option: option[0])
        if better <= fit + _LEAST:
            return frozenset(core.tolist())
        fit = better
        inside[list(moved)] ^= True
