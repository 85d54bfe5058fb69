"""Relaxed balance: a signed network divided into several camps, allies within, adversaries between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

from kg.network.cycles import disjoint_cycles, negative_triangles
from kg.network.frustration import frustration
from kg.network.signed import Node, SignedArrays, SignedGraph, anneal, signed_arrays

_EPS = 1e-6
_LARGEST = 20_000  # ties times camps: above that no proof is tried


@dataclass(frozen=True, slots=True)
class Blockmodel:
    """A division into camps, and how many ties stand against it.

    Other divisions may be as good; and which camp of one connected part is put together with which of another is arbitrary.
    """

    camps: tuple[tuple[Node, ...], ...]  # the largest first; actors without a signed tie are in none
    inconsistency: float  # P, attained by `camps`
    lower: float  # proven: no division into so many camps has less
    inconsistent: tuple[tuple[Node, Node], ...]  # negative ties within a camp, positive ties between camps
    alpha: float
    method: str  # how it was found, and whether that is proven

    @property
    def exact(self) -> bool:
        """Whether no division is better, for sure."""
        return self.inconsistency - self.lower < _EPS


def blockmodel(
    graph: SignedGraph, k: int, *, alpha: float = 0.5, sign: str = "sign", seed: int = 0, restarts: int = 10,
    time_limit: float | None = 5.0,
) -> Blockmodel:
    """The division into at most k camps with the least inconsistency (Doreian & Mrvar).

    The idea: balance asks for two camps; relaxed balance for as many as fit. With N_within the negative ties within camps and
    P_between the positive ties between them, minimise

        P = alpha N_within + (1 - alpha) P_between

    The method: the best of some annealings (`restarts`, each ended by steps downhill). That nothing is better is proven where it can be
    in time: by cycles with one negative tie that share no tie, each of which costs something in any number of camps (Davis 1967); for
    k = 2 and alpha = 1/2 by the line index of frustration, L = 2P; else by `scipy.optimize.milp`. "At most k": P never rises with k, and
    camps of a connected part that can be put together at no cost are, so that two who only share an enemy are not torn apart.

    Args:
        graph: any undirected simple graph.
        k: how many camps at most, 1 or more.
        alpha: the weight of negative ties within camps, above 0 and below 1.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).
        seed: of the annealing; equal graphs and seeds give equal results, unless the time limit stops the proof.
        restarts: how many annealings, 1 or more.
        time_limit: seconds for the proof; 0: none is tried, `None`: no limit.

    Returns:
        The camps, P, and the ties against them. A graph without signed ties has no camps and P = 0.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.
        ValueError: k, alpha, restarts or time_limit out of range.

    Cost: O(restarts * (ties + nodes)) * 150 sweeps, and the proof.

    References:
        Doreian, P., Mrvar, A. (1996): A partitioning approach to structural balance. Social Networks 18, 149-168.
        Davis, J. A. (1967): Clustering and structural balance in graphs. Human Relations 20, 181-187.

    >>> import networkx as nx
    >>> enemies = nx.complete_graph(["a", "b", "c"])
    >>> nx.set_edge_attributes(enemies, -1, "sign")
    >>> blockmodel(enemies, 2).inconsistency, blockmodel(enemies, 3).camps
    (0.5, (('a',), ('b',), ('c',)))
    """
    if k < 1 or restarts < 1 or not 0 < alpha < 1 or (time_limit is not None and time_limit < 0):
        raise ValueError("k and restarts must be 1 or more, alpha between 0 and 1, time_limit 0 or more seconds or None, not "
                         f"k={k}, restarts={restarts}, alpha={alpha}, time_limit={time_limit}")
    arrays = signed_arrays(graph, sign=sign)
    weights = np.where(arrays.signs < 0, alpha, 1 - alpha)
    size, inside = len(arrays.nodes), np.where(arrays.signs < 0, alpha, alpha - 1)  # what a tie adds when it lies within a camp
    searches = [np.array(anneal(size, arrays.ends, inside, k, seed=seed + i), dtype=np.int64) for i in range(restarts)]
    camp = min(searches, key=lambda found: _price(arrays, weights, found))
    lower = len(disjoint_cycles(arrays.ends, arrays.signs)) * min(alpha, 1 - alpha)
    method = f"best of {restarts} annealings, negative cycles apart"
    if _price(arrays, weights, camp) - lower > _EPS and time_limit != 0:
        if k == 2 and alpha == 0.5:
            best = frustration(graph, sign=sign, time_limit=time_limit, seed=seed)
            lower = max(lower, best.lower / 2)
            second = {node for _, other in best.camps for node in other}
            turned = np.array([int(node in second) for node in arrays.nodes], dtype=np.int64)
            camp = min(camp, turned, key=lambda found: _price(arrays, weights, found))
            method += ", line index of frustration"
        elif k > 1 and len(arrays.ends) * k <= _LARGEST:
            camp, bound = _prove(arrays, weights, camp, k, lower, time_limit)
            lower = max(lower, min(bound, _price(arrays, weights, camp)))  # the solver's bound is rounded
            method += ", branch and bound"
    camp = _merged(arrays, inside, camp)
    price = _price(arrays, weights, camp)
    lower = price if k == 1 else lower
    proven = price - lower < _EPS
    wrong = np.flatnonzero(_wrong(arrays, camp))
    return Blockmodel(
        _camps(arrays, camp), price, lower, tuple((arrays.nodes[a], arrays.nodes[b]) for a, b in arrays.ends[wrong].tolist()), alpha,
        f"{'exact' if proven else 'not proven'}: {method}")


@dataclass(frozen=True, slots=True)
class RelaxedBlockmodel:
    """A division into camps where any two camps, and any camp within itself, may be of either sign."""

    camps: tuple[tuple[Node, ...], ...]  # the largest first; actors without a signed tie are in none
    blocks: tuple[tuple[int, ...], ...]  # the sign within (diagonal) and between camps; 0: no ties, or as many reasons for one as the other
    inconsistency: float  # attained, not proven to be the least
    inconsistent: tuple[tuple[Node, Node], ...]  # ties of the other sign than their block; in a block of sign 0 the negative ones
    alpha: float
    method: str


def relaxed_blockmodel(
    graph: SignedGraph, k: int, *, alpha: float = 0.5, sign: str = "sign", seed: int = 0, restarts: int = 10
) -> RelaxedBlockmodel:
    """A division into at most k camps where positive blocks may lie off the diagonal and negative ones on it (Doreian & Mrvar 2009).

    The idea: mediators are friends of both sides, and some who share all their friends quarrel among themselves. With N_cd and P_cd the
    negative and positive ties between the camps c and d (within one for c = d), each block takes the sign that costs less:

        P = sum over c <= d of min(alpha N_cd, (1 - alpha) P_cd)

    The method: local search. From the division of `blockmodel` and from random ones, each actor in turn moves to the camp that costs least
    until nobody moves; the best is kept. It is never worse than `blockmodel` with the same k, and not proven to be the least. With k = n
    every division fits: choose k by what the blocks mean, not by P.

    Args:
        graph: any undirected simple graph.
        k: how many camps at most, 1 or more.
        alpha: the weight of negative ties in positive blocks, above 0 and below 1.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).
        seed: of the random divisions; equal graphs and seeds give equal results.
        restarts: how many random divisions, 1 or more.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.
        ValueError: k, alpha or restarts out of range.

    Cost: O(restarts * rounds * nodes * k^3).

    References:
        Doreian, P., Mrvar, A. (2009): Partitioning signed social networks. Social Networks 31, 1-11.

    >>> import networkx as nx
    >>> ties = [("x", "y", -1), ("x", "m1", 1), ("x", "m2", 1), ("y", "m1", 1), ("y", "m2", 1)]
    >>> graph = nx.Graph()
    >>> graph.add_edges_from((a, b, {"sign": s}) for a, b, s in ties)
    >>> blockmodel(graph, 3).inconsistency, relaxed_blockmodel(graph, 2).inconsistency
    (0.5, 0.0)
    >>> relaxed_blockmodel(graph, 2).camps, relaxed_blockmodel(graph, 2).blocks
    ((('m1', 'm2'), ('x', 'y')), ((0, 1), (1, -1)))
    """
    start = blockmodel(graph, k, alpha=alpha, sign=sign, seed=seed, restarts=restarts, time_limit=0)  # refuses what is out of range
    arrays = signed_arrays(graph, sign=sign)
    tied = np.unique(arrays.ends)
    draw = np.random.default_rng(seed)
    place = {node: c for c, camp in enumerate(start.camps) for node in camp}
    starts = [np.array([place.get(node, 0) for node in arrays.nodes], dtype=np.int64)]
    starts += [draw.integers(k, size=len(arrays.nodes)) for _ in range(restarts)]
    searched = [_relocate(arrays, camp, k, alpha) for camp in starts]
    camp = min(searched, key=lambda one: _cost(*_blocks(arrays, one, k), alpha))
    camps = _camps(arrays, camp)
    order = [int(camp[arrays.nodes.index(members[0])]) for members in camps]
    positive, negative = (counts[np.ix_(order, order)] for counts in _blocks(arrays, camp, k))
    signs = np.sign((1 - alpha) * positive - alpha * negative).astype(np.int64)
    rank = {c: i for i, c in enumerate(order)}
    own = [int(signs[rank[int(camp[a])], rank[int(camp[b])]]) for a, b in arrays.ends] if len(tied) else []
    wrong = [e for e, block in enumerate(own) if arrays.signs[e] != (block or 1)]
    return RelaxedBlockmodel(
        camps, tuple(tuple(map(int, row)) for row in signs), _cost(positive, negative, alpha),
        tuple((arrays.nodes[a], arrays.nodes[b]) for a, b in arrays.ends[wrong].tolist()), alpha,
        f"local search: best of {restarts + 1} descents, not proven")


def _blocks(arrays: SignedArrays, camp: NDArray[np.int64], k: int) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The numbers of positive and of negative ties between any two camps, symmetric."""
    found = []
    for value in (1, -1):
        ends = camp[arrays.ends[arrays.signs == value]]
        counts = np.zeros((k, k))
        np.add.at(counts, (ends.min(axis=1, initial=k), ends.max(axis=1, initial=0)), 1)
        found.append(counts + np.triu(counts, 1).T)
    return found[0], found[1]


def _cost(positive: NDArray[np.float64], negative: NDArray[np.float64], alpha: float) -> float:
    return float(np.triu(np.minimum(alpha * negative, (1 - alpha) * positive)).sum())


def _relocate(arrays: SignedArrays, camp: NDArray[np.int64], k: int, alpha: float) -> NDArray[np.int64]:
    """Move one actor at a time to the camp where the whole costs least, until no move helps."""
    camp = camp.copy()
    matrix = arrays.adjacency()
    counts = _blocks(arrays, camp, k)
    tied = np.unique(arrays.ends).tolist()
    cost, moved = _cost(*counts, alpha), True
    while moved:
        moved = False
        for i in tied:
            near, values = matrix.indices[matrix.indptr[i]:matrix.indptr[i + 1]], matrix.data[matrix.indptr[i]:matrix.indptr[i + 1]]
            own = [np.bincount(camp[near[values == value]], minlength=k).astype(float) for value in (1, -1)]
            without = [_shifted(block, int(camp[i]), -ties) for block, ties in zip(counts, own, strict=True)]
            choices = [tuple(_shifted(block, c, ties) for block, ties in zip(without, own, strict=True)) for c in range(k)]
            prices = [_cost(positive, negative, alpha) for positive, negative in choices]
            best = int(np.argmin(prices))
            if prices[best] < cost - _EPS:
                camp[i], cost, moved = best, prices[best], True
                counts = (choices[best][0], choices[best][1])
    return camp


def _shifted(block: NDArray[np.float64], c: int, ties: NDArray[np.float64]) -> NDArray[np.float64]:
    """Counts between camps with ties to each camp added for camp c."""
    found = block.copy()
    found[c, :] += ties
    found[:, c] += ties
    found[c, c] -= ties[c]
    return found


def _wrong(arrays: SignedArrays, camp: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which ties stand against a division."""
    wrong: NDArray[np.bool_] = (camp[arrays.ends[:, 0]] == camp[arrays.ends[:, 1]]) != (arrays.signs > 0)
    return wrong


def _price(arrays: SignedArrays, weights: NDArray[np.float64], camp: NDArray[np.int64]) -> float:
    return float(weights[_wrong(arrays, camp)].sum())


def _merged(arrays: SignedArrays, inside: NDArray[np.float64], camp: NDArray[np.int64]) -> NDArray[np.int64]:
    """The same division with fewer camps where that costs nothing, in each connected part; its largest camp is camp 0."""
    merged = np.zeros_like(camp)
    for part in arrays.parts():
        groups = [part[camp[part] == c] for c in np.unique(camp[part])]
        ties = np.isin(arrays.ends[:, 0], part)
        within, costs = arrays.ends[ties], inside[ties]

        def rise(pair: tuple[int, int], groups: list[NDArray[np.int64]] = groups, within: NDArray[np.int64] = within,
                 costs: NDArray[np.float64] = costs) -> float:
            both = [np.isin(within, groups[i]) for i in pair]
            return float(costs[(both[0][:, 0] & both[1][:, 1]) | (both[0][:, 1] & both[1][:, 0])].sum())

        while len(groups) > 1:
            cost, (one, other) = min((rise(pair), pair) for pair in combinations(range(len(groups)), 2))
            if cost > _EPS:
                break
            groups[one] = np.union1d(groups[one], groups.pop(other))
        for number, group in enumerate(sorted(groups, key=lambda group: (-len(group), int(group[0])))):
            merged[group] = number
    return merged


def _prove(
    arrays: SignedArrays, weights: NDArray[np.float64], camp: NDArray[np.int64], k: int, lower: float, time_limit: float | None
) -> tuple[NDArray[np.int64], float]:
    """The best division and its lower bound, by branch and bound.

    Variables: for each actor and camp whether it is there, for each tie whether it is inconsistent. Camps have no names, so the actor at
    place i is in one of the first i + 1. Triangles with one negative tie have an inconsistent tie in any division.
    """
    tied, local = np.unique(arrays.ends, return_inverse=True)
    ends, size, ties = local.reshape(-1, 2), len(tied), len(arrays.ends)
    every = size * k + ties
    highest = np.ones(every)
    highest[[i * k + c for i in range(min(size, k)) for c in range(i + 1, k)]] = 0
    home = csr_array((np.ones(size * k), (np.repeat(np.arange(size), k), np.arange(size * k))), shape=(size, every))
    rows: list[tuple[list[int], list[float], float]] = []  # columns, factors, the least that their sum may be
    for e, (a, b) in enumerate(ends.tolist()):
        for c in range(k):
            if arrays.signs[e] > 0:
                rows.append(([a * k + c, b * k + c, size * k + e], [-1, 1, 1], 0))
                rows.append(([a * k + c, b * k + c, size * k + e], [1, -1, 1], 0))
            else:
                rows.append(([a * k + c, b * k + c, size * k + e], [-1, -1, 1], -1))
    for triangle in negative_triangles(ends, arrays.signs):
        if arrays.signs[list(triangle)].sum() == 1:
            rows.append(([size * k + e for e in triangle], [1, 1, 1], 1))
    table = csr_array((np.array([f for _, factors, _ in rows for f in factors]),
                       (np.repeat(np.arange(len(rows)), 3), np.array([c for columns, _, _ in rows for c in columns]))),
                      shape=(len(rows), every))
    cost = np.concatenate([np.zeros(size * k), weights])
    options = {"mip_rel_gap": 0.0} | ({} if time_limit is None else {"time_limit": time_limit})
    found = milp(cost, integrality=np.ones(every), bounds=Bounds(np.zeros(every), highest), options=options, constraints=[
        LinearConstraint(home, lb=1, ub=1),
        LinearConstraint(table, lb=np.array([least for *_, least in rows]), ub=np.inf),
        LinearConstraint(cost[None, :], lb=lower, ub=_price(arrays, weights, camp) + _EPS),
    ])
    best = camp
    if found.x is not None:
        better = camp.copy()
        better[tied] = found.x[:size * k].reshape(size, k).argmax(axis=1)
        best = min(camp, better, key=lambda one: _price(arrays, weights, one))
    bound = found.mip_dual_bound
    return best, float(bound) if bound is not None and np.isfinite(bound) else 0.0


def _camps(arrays: SignedArrays, camp: NDArray[np.int64]) -> tuple[tuple[Node, ...], ...]:
    tied = np.unique(arrays.ends)
    camps = [tuple(arrays.nodes[i] for i in tied[camp[tied] == c]) for c in np.unique(camp[tied])]
    order = {node: i for i, node in enumerate(arrays.nodes)}
    return tuple(sorted(camps, key=lambda one: (-len(one), order[one[0]])))
