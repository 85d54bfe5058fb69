"""A signed graph as arrays, and the search for camps that two methods share."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from kg.network.naming import Node, ordered
from kg.network.signs import SignedGraph, read_sign, undirected

__all__ = ["Node", "SignedArrays", "SignedGraph", "anneal", "ordered", "signed_arrays", "signed_part", "spins", "symmetric"]


@dataclass(frozen=True, slots=True)
class SignedArrays:
    """The ties of a signed graph that have a sign: `ends[e]` are the two places in `nodes` that tie `e` joins, `signs[e]` is +1 or -1."""

    nodes: tuple[Node, ...]  # all nodes of the graph in a fixed order, those without a signed tie too
    ends: NDArray[np.int64]  # ties x 2, the smaller place first, in order
    signs: NDArray[np.int64]  # ties

    def adjacency(self, *, absolute: bool = False) -> csr_array:
        """The symmetric matrix of signs, or of their absolute values."""
        values = np.abs(self.signs) if absolute else self.signs
        return symmetric(len(self.nodes), self.ends, values)

    def parts(self) -> list[NDArray[np.int64]]:
        """The places of each connected part with a signed tie, in the order of their first places."""
        _, label = connected_components(self.adjacency(absolute=True), directed=False)
        tied = np.unique(self.ends)
        groups: dict[int, list[int]] = {}
        for place in tied:
            groups.setdefault(int(label[place]), []).append(int(place))
        return [np.array(group) for group in groups.values()]


def signed_arrays(graph: SignedGraph, *, sign: str = "sign") -> SignedArrays:
    """The signed ties of a graph as arrays; ties of sign 0 are left out.

    Nodes stand in their own order where they have one, else in the order of their text, so that equal graphs have equal arrays.

    Args:
        graph: any undirected simple graph.
        sign: the edge attribute that holds +1, -1, or 0 for no sign, as a number or its text (`kg.network.signs.read_sign`).

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value, or joins a node to itself.

    >>> arrays = signed_arrays(nx.Graph([("b", "a", {"sign": -1}), ("b", "c", {"sign": 0})]))
    >>> arrays.nodes, arrays.ends.tolist(), arrays.signs.tolist()
    (('a', 'b', 'c'), [[0, 1]], [-1])
    """
    undirected(graph, "signed measures")
    nodes = ordered(graph)
    place = {node: i for i, node in enumerate(nodes)}
    found: list[tuple[int, int, int]] = []
    for a, b, edge in graph.edges(data=True):
        value = read_sign(edge, a, b, sign=sign)
        if value not in (-1, 0, 1):
            raise nx.NetworkXError(f"the tie {a!r}-{b!r} has {sign} {edge[sign]!r}: it must be +1, -1 or 0")
        if value and a == b:
            raise nx.NetworkXError(f"{a!r} has a signed tie to itself: balance is between two")
        if value:
            found.append((min(place[a], place[b]), max(place[a], place[b]), int(value)))
    table = np.array(sorted(found), dtype=np.int64).reshape(-1, 3)
    return SignedArrays(nodes, table[:, :2], table[:, 2])


def signed_part(graph: SignedGraph, *, sign: str = "sign") -> SignedGraph:
    """The nodes that have a signed tie, with those ties, as a graph of its own: who is only spoken of says nothing of balance.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.

    >>> sorted(signed_part(nx.Graph([("b", "a", {"sign": -1}), ("b", "c", {"sign": 0})])))
    ['a', 'b']
    """
    arrays = signed_arrays(graph, sign=sign)
    part: SignedGraph = nx.Graph(**graph.graph)
    ties = [(arrays.nodes[a], arrays.nodes[b]) for a, b in arrays.ends.tolist()]
    part.add_nodes_from((arrays.nodes[i], graph.nodes[arrays.nodes[i]]) for i in np.unique(arrays.ends))
    part.add_edges_from((a, b, graph.edges[a, b]) for a, b in ties)
    return part


def symmetric(size: int, ends: NDArray[np.int64], values: NDArray[Any]) -> csr_array:
    """The symmetric sparse matrix with a value at both places of each tie."""
    rows, columns = np.concatenate([ends[:, 0], ends[:, 1]]), np.concatenate([ends[:, 1], ends[:, 0]])
    return csr_array((np.concatenate([values, values]), (rows, columns)), shape=(size, size))


def anneal(size: int, ends: NDArray[np.int64], costs: NDArray[np.float64], camps: int, *, seed: int, sweeps: int = 150) -> list[int]:
    """Places divided into at most so many camps, by simulated annealing and then steps downhill until no single move helps.

    Minimises the sum of `costs` over ties inside camps: a tie that should lie inside has a negative cost, one that should lie
    between has a positive cost. Every sweep offers each place a move to a random other camp; the temperature falls geometrically
    from a quarter of the mean degree (at least 1) to a twentieth, in units of the largest cost. Deterministic for a seed.

    Cost: O(sweeps * (size + moves * mean degree)).
    """
    draw = random.Random(seed)
    camp = [draw.randrange(camps) for _ in range(size)]
    if camps < 2 or not len(ends):
        return [0] * size
    near: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for (a, b), cost in zip(ends.tolist(), costs.tolist(), strict=True):
        near[a].append((b, cost))
        near[b].append((a, cost))
    bill = [[0.0] * camps for _ in range(size)]  # what a place would pay in each camp
    for a in range(size):
        for b, cost in near[a]:
            bill[a][camp[b]] += cost
    unit = float(np.abs(costs).max())
    hot, cold = unit * max(1.0, len(ends) / size / 2), unit / 20
    fall = (cold / hot) ** (1 / max(1, sweeps - 1))
    heat = hot

    def move(a: int, to: int) -> None:
        was, camp[a] = camp[a], to
        for b, cost in near[a]:
            bill[b][was] -= cost
            bill[b][to] += cost

    for _ in range(sweeps):
        for a in range(size):
            to = (camp[a] + 1 + draw.randrange(camps - 1)) % camps
            rise = bill[a][to] - bill[a][camp[a]]
            if rise <= 0 or draw.random() < math.exp(-rise / heat):
                move(a, to)
        heat *= fall
    better = True
    while better:
        better = False
        for a in range(size):
            to = min(range(camps), key=bill[a].__getitem__)
            if bill[a][to] < bill[a][camp[a]] - 1e-9 * unit:
                move(a, to)
                better = True
    return camp


def spins(size: int, ends: NDArray[np.int64], signs: NDArray[np.int64], order: Sequence[int]) -> NDArray[np.int64]:
    """A side, +1 or -1, for each place, such that a spanning forest agrees with the signs: ties are joined in the given order.

    The whole graph agrees if and only if it is balanced (Harary 1953). Parts are independent; the first place of a part is on side +1.
    """
    root, side = list(range(size)), [1] * size
    members = [[i] for i in range(size)]
    for e in order:
        a, b = int(ends[e, 0]), int(ends[e, 1])
        if root[a] == root[b]:
            continue
        if len(members[root[a]]) < len(members[root[b]]):
            a, b = b, a
        turn = side[a] * side[b] * int(signs[e])
        joined, gone = root[a], root[b]
        for place in members[gone]:
            root[place] = joined
            side[place] *= turn
        members[joined] += members[gone]
    first: dict[int, int] = {}
    for place in range(size):
        first.setdefault(root[place], side[place])
    return np.array([side[place] * first[root[place]] for place in range(size)], dtype=np.int64)
