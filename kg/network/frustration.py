"""The line index of frustration: how many ties stand against the best division into two camps."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array

from kg.network.cycles import disjoint_cycles, negative_triangles, short_cycles
from kg.network.signed import Node, SignedArrays, SignedGraph, anneal, signed_arrays, spins

_EPS = 1e-6
_INFEASIBLE, _OPTIMAL = 2, 0  # scipy.optimize.milp's status codes


@dataclass(frozen=True, slots=True)
class Frustration:
    """The line index of frustration, or the bounds between which it surely lies, and a division into camps that attains `upper`.

    The division is one of the best; others may be as good, and then other ties are the frustrated ones. How the camps of one
    connected part stand to those of another is not determined: each part has its own two.
    """

    lower: int  # proven: no division frustrates fewer ties
    upper: int  # attained by `camps`
    ties: int  # with a sign
    camps: tuple[tuple[tuple[Node, ...], tuple[Node, ...]], ...]  # of each connected part, the largest part and camp first
    frustrated: tuple[tuple[Node, Node], ...]  # positive ties between the camps, negative ties within one
    actors: tuple[tuple[Node, int], ...]  # frustrated ties of each actor that has some, the most first
    method: str  # how it was found, and whether it was stopped

    @property
    def exact(self) -> bool:
        """Whether the index is proven."""
        return self.lower == self.upper

    @property
    def index(self) -> int | None:
        """The line index L; `None` when only its bounds are known."""
        return self.upper if self.exact else None

    @property
    def normalised(self) -> float | None:
        """F = 1 - 2L/m: 1 balanced, about 0 no better than chance; `None` without ties, or when only bounds are known."""
        return 1 - 2 * self.upper / self.ties if self.exact and self.ties else None


def frustration(graph: SignedGraph, *, sign: str = "sign", time_limit: float | None = 10.0, seed: int = 0) -> Frustration:
    """The line index of frustration L, exactly, or bounds of it when the time is up.

    The idea: divide the actors into two camps so that as many positive ties as possible lie within a camp and negative ties between them.
    The ties that do not, the frustrated ones, are the least number whose removal (or change of sign) makes the network balanced:

        L = min over x in {-1,+1}^n of the number of ties ij with s_ij != x_i x_j,    F = 1 - 2L/m

    The method: L adds up over biconnected blocks, since every cycle lies in one; so trees, pendant actors and bridges, positive or
    negative, cost nothing and never disturb. In each block, annealing and rounding give an upper bound. Negative cycles that share no
    tie give a lower one, since each has a frustrated tie. A better one is the linear programme "every negative cycle has a frustrated
    tie" (Barahona & Mahjoub's cycle inequalities), with the cycles found by shortest paths as they are needed; it is often whole, and
    then all is proven. What is left goes to branch and bound
    (`scipy.optimize.milp`) in the model of Aref, Mason and Wilson, turned so that the best division known is all zeros (one
    actor is fixed, so a division and its mirror count once), strengthened by the same cycles, and asked only for fewer ties.

    Args:
        graph: any undirected simple graph, connected or not.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).
        time_limit: seconds for the proof, `None` for no limit. Building the arrays and the first search are not counted in it.
        seed: of the annealing. Equal graphs and seeds give equal results, unless the time limit stops the proof.

    Returns:
        Bounds, camps, frustrated ties and the actors that have them. A graph without signed ties has L = 0, and F undefined.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.
        ValueError: a negative time limit.

    Cost: NP-hard, but real networks are far from the worst: 150 actors with 1,250 ties and L = 50 take 0.1 s, L = 230 one to two;
        20,000 actors with 100,000 ties end within one tie of the proof. With signs by chance, 60 actors with 600 ties may not end.

    References:
        Harary, F. (1959): On the measurement of structural balance. Behavioral Science 4, 316-323.
        Barahona, F., Mahjoub, A. R. (1986): On the cut polytope. Mathematical Programming 36, 157-173.
        Aref, S., Mason, A. J., Wilson, M. C. (2020): A modeling and computational study of the frustration index in signed networks.
        Networks 75, 95-110.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1)
    >>> graph.add_edge("b", "c", sign=+1)
    >>> graph.add_edge("a", "c", sign=-1)
    >>> found = frustration(graph)
    >>> found.index, found.exact, found.normalised
    (1, True, 0.33333333333333337)
    """
    if time_limit is not None and time_limit < 0:
        raise ValueError(f"time_limit must be 0 or more seconds, or None for no limit, not {time_limit}")
    arrays = signed_arrays(graph, sign=sign)
    size, ends, signs = len(arrays.nodes), arrays.ends, arrays.signs
    bad: list[int] = []
    lower, stopped = 0, False
    methods: set[str] = set()
    blocks = [_Block.of(places, ends[places], signs[places]) for places in _blocks(arrays)]
    blocks = [block for block in blocks if block.upper]
    for block in blocks:
        block.search(seed)
    deadline = None if time_limit is None else time.monotonic() + time_limit
    for block in sorted(blocks, key=lambda block: len(block.ties)):  # the small ones first: they are surely proven
        block.prove(deadline)
        lower += block.lower
        stopped = stopped or block.lower < block.upper
        methods.add(block.method)
        bad += block.ties[block.frustrated()].tolist()
    kept = np.setdiff1d(np.arange(len(ends)), bad)
    side = spins(size, ends, signs, [*kept.tolist(), *bad])
    wrong = np.flatnonzero(side[ends[:, 0]] * side[ends[:, 1]] != signs)
    pairs = tuple((arrays.nodes[a], arrays.nodes[b]) for a, b in ends[wrong].tolist())
    order = {node: i for i, node in enumerate(arrays.nodes)}
    actors = sorted(Counter(node for pair in pairs for node in pair).items(), key=lambda told: (-told[1], order[told[0]]))
    how = ", ".join(name for name in _METHODS if name in methods) or "balanced"
    limit = "" if time_limit is None else f" by the time limit of {time_limit:g} s"
    told = f"bounds: {how}, stopped{limit}" if stopped else f"exact: {how}"
    return Frustration(lower, len(wrong), len(ends), _camps(arrays, side), pairs, tuple(actors), told)


_SEARCH, _PACKING, _CYCLES, _BRANCHING = "annealing", "negative cycles apart", "linear programme of negative cycles", "branch and bound"
_METHODS = (_SEARCH, _PACKING, _CYCLES, _BRANCHING)
_RESTARTS = 3
_STEPS = 400_000  # about so many moves are offered in one annealing of a large block


class _Block:
    """One unbalanced biconnected block while it is solved: the best sides so far, and what is proven."""

    def __init__(self, size: int, ends: NDArray[np.int64], signs: NDArray[np.int64], ties: NDArray[np.int64]) -> None:
        self.size, self.ends, self.signs, self.ties = size, ends, signs, ties
        self.side = spins(size, ends, signs, range(len(ends)))
        self.upper = len(self.frustrated())
        self.lower = min(1, self.upper)  # one that is not balanced has at least one
        self.method = _SEARCH
        self.cycles: dict[tuple[int, ...], None] = {}  # negative cycles, as sorted ties, in the order they were found

    @classmethod
    def of(cls, ties: NDArray[np.int64], ends: NDArray[np.int64], signs: NDArray[np.int64]) -> _Block:
        """The block of these ties, its actors numbered anew."""
        places, renumbered = np.unique(ends, return_inverse=True)
        return cls(len(places), renumbered.reshape(-1, 2), signs, ties)

    def switched(self) -> NDArray[np.int64]:
        """The signs seen from the best division: -1 where a tie is frustrated."""
        turned: NDArray[np.int64] = self.signs * self.side[self.ends[:, 0]] * self.side[self.ends[:, 1]]
        return turned

    def frustrated(self) -> NDArray[np.int64]:
        """The ties that the best division frustrates."""
        return np.flatnonzero(self.switched() < 0)

    def propose(self, side: NDArray[np.int64]) -> None:
        """Keep a division if it is better than the best."""
        wrong = int(np.count_nonzero(side[self.ends[:, 0]] * side[self.ends[:, 1]] != self.signs))
        if wrong < self.upper:
            self.side, self.upper = side, wrong

    def search(self, seed: int) -> None:
        """The best of a few annealings."""
        for restart in range(_RESTARTS):
            if self.lower == self.upper:
                return
            camp = anneal(self.size, self.ends, -self.signs.astype(float), 2, seed=seed + restart,
                          sweeps=min(150, max(20, _STEPS // self.size)))
            self.propose(1 - 2 * np.array(camp))

    def prove(self, deadline: float | None) -> None:
        """Raise the lower bound and lower the upper one until they meet or the time is up."""
        self._add(negative_triangles(self.ends, self.switched()))
        packed = disjoint_cycles(self.ends, self.switched())
        self.lower = max(self.lower, len(packed))
        self._add(packed)
        self.method = _PACKING if self.lower == self.upper and self.method == _SEARCH else self.method
        while self.lower < self.upper and not _over(deadline):
            weights = self._relax(deadline)
            if weights is None:
                return
            self.method = _CYCLES
            self.propose(spins(self.size, self.ends, self.signs, np.argsort(weights, kind="stable").tolist()))
            if self.lower == self.upper:
                return
            if not self._add(short_cycles(self.size, self.ends, self.switched(), weights, deadline=deadline)):
                break
        if self.lower < self.upper and not _over(deadline):
            self._branch(deadline)

    def _add(self, cycles: list[tuple[int, ...]]) -> bool:
        before = len(self.cycles)
        self.cycles.update(dict.fromkeys(cycles))
        return len(self.cycles) > before

    def _rows(self) -> csr_array:
        """One row for each cycle, 1 at its ties."""
        lengths = [len(cycle) for cycle in self.cycles]
        columns = np.fromiter((tie for cycle in self.cycles for tie in cycle), dtype=np.int64, count=sum(lengths))
        rows = np.repeat(np.arange(len(lengths)), lengths)
        return csr_array((np.ones(len(columns)), (rows, columns)), shape=(len(lengths), len(self.ties)))

    def _relax(self, deadline: float | None) -> NDArray[np.float64] | None:
        """Solve the linear programme of the cycles known; its value is a lower bound. `None`: no time was left."""
        if not self.cycles:
            return np.zeros(len(self.ties))
        rows = self._rows()
        found = linprog(np.ones(len(self.ties)), A_ub=-rows, b_ub=-np.ones(rows.shape[0]), bounds=(0, None), method="highs",
                        options=_limit(deadline))
        if found.status != _OPTIMAL:
            return None
        self.lower = max(self.lower, int(np.ceil(found.fun - _EPS)))
        weights: NDArray[np.float64] = np.maximum(found.x, 0)
        return weights

    def _branch(self, deadline: float | None) -> None:
        """Ask for a division with fewer frustrated ties than the best; that there is none proves it.

        Variables: for each actor whether it changes sides (the first does not), for each tie whether it is frustrated then.
        """
        self.method = _BRANCHING
        signs, ties, size = self.switched().astype(float), len(self.ties), self.size
        row, one = np.arange(ties), np.ones(ties)
        first, second, own = (row, self.ends[:, 0]), (row, self.ends[:, 1]), (row, size + row)

        def table(a: NDArray[np.float64], b: NDArray[np.float64]) -> coo_array:
            places = [np.concatenate(pair) for pair in zip(first, second, own, strict=True)]
            return coo_array((np.concatenate([a, b, one]), tuple(places)), shape=(ties, size + ties))

        # tie e is frustrated: y >= xa - xb and y >= xb - xa if positive, y >= xa + xb - 1 and y >= 1 - xa - xb if negative
        negative = signs < 0
        cycles = self._rows()
        wide = csr_array((cycles.data, cycles.indices + size, cycles.indptr), shape=(cycles.shape[0], size + ties))
        cost = np.concatenate([np.zeros(size), one])
        highest = np.ones(size + ties)
        highest[0] = 0
        found = milp(
            cost, integrality=np.ones(size + ties), bounds=Bounds(np.zeros(size + ties), highest), options=_limit(deadline),
            constraints=[
                LinearConstraint(table(-one, signs), lb=np.where(negative, -1, 0), ub=np.inf),
                LinearConstraint(table(one, -signs), lb=np.where(negative, 1, 0), ub=np.inf),
                LinearConstraint(wide, lb=1, ub=np.inf),
                LinearConstraint(cost[None, :], lb=self.lower, ub=self.upper - 1),
            ])
        if found.status == _INFEASIBLE:
            self.lower = self.upper
            return
        if found.mip_dual_bound is not None and np.isfinite(found.mip_dual_bound):
            self.lower = min(self.upper, max(self.lower, int(np.ceil(found.mip_dual_bound - _EPS))))
        if found.x is not None:
            self.propose(self.side * (1 - 2 * np.rint(found.x[:size]).astype(np.int64)))
        if found.status == _OPTIMAL:
            self.lower = self.upper


def _limit(deadline: float | None) -> dict[str, float]:
    """The time that is left, as an option of the solvers."""
    return {} if deadline is None else {"time_limit": max(0.01, deadline - time.monotonic())}


def _over(deadline: float | None) -> bool:
    return deadline is not None and time.monotonic() >= deadline


def _blocks(arrays: SignedArrays) -> list[NDArray[np.int64]]:
    """The ties of each biconnected block with a cycle."""
    graph: nx.Graph[int] = nx.Graph()
    graph.add_edges_from(arrays.ends.tolist())
    number = {(a, b): e for e, (a, b) in enumerate(arrays.ends.tolist())}
    found = ([number[min(tie), max(tie)] for tie in block] for block in nx.biconnected_component_edges(graph))
    return [np.array(block) for block in sorted(sorted(block) for block in found if len(block) > 2)]


def _camps(arrays: SignedArrays, side: NDArray[np.int64]) -> tuple[tuple[tuple[Node, ...], tuple[Node, ...]], ...]:
    """The two camps of each connected part, the largest first; of equals the one with the first actor."""
    found = []
    for part in arrays.parts():
        both = [tuple(arrays.nodes[i] for i in part if side[i] == s) for s in (1, -1)]
        one, other = sorted(both, key=lambda camp: -len(camp))
        found.append((one, other))
    return tuple(sorted(found, key=lambda pair: -len(pair[0]) - len(pair[1])))
