"""Where each actor stands between two poles, through time: a score from -1 to +1 with its method, its claims and its doubt."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, diags_array
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import cg, splu

from kg.network.columns import TieTable, unknown_choices
from kg.network.progress import Progress
from kg.network.project import Policy, project, signed_graph
from kg.network.signed import Node, SignedGraph, signed_arrays
from kg.network.snapshots import Snapshot, claims_of, snapshots
from kg.network.windows import Window

_DEFAULT = Policy()
_LARGE = 1000  # unknowns from which a system is solved by steps
_Node = TypeVar("_Node", bound=Node)
Floats = NDArray[np.float64]
Whole = NDArray[np.int8] | NDArray[np.int32] | NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Where an actor stands in a window: +1 with the first pole, -1 with the second.

    `score` and `sure` are `None` where they are undefined: no chain of signed ties leads from the actor to a pole.
    """

    window: Window
    actor: str
    score: float | None  # by all ties that count under the policy
    sure: float | None  # by those alone that surely held
    ties: int  # the actor's own pairs of a sign
    claims: tuple[str, ...]  # ids of the claims behind these pairs

    @property
    def interval(self) -> tuple[float, float] | None:
        """The score by sure ties alone and by all, the lower first; `None` where one is undefined, so that nothing sure bounds it.

        It shows what the score owes to ties that only perhaps held. It is no bound over every choice among them.
        """
        if self.score is None or self.sure is None:
            return None
        return min(self.score, self.sure), max(self.score, self.sure)


def align(graph: SignedGraph, first: Node, second: Node, *, sign: str = "sign") -> dict[Node, float | None]:
    r"""Where each actor of a signed graph stands between two poles.

    The idea: who is tied to an actor stands where it stands, who is against it on the other side, and who has several such ties
    stands at their mean. The poles stay at +1 and -1. The score is the harmonic function of the signed Laplacian:
    $x_i = \sum_j s_{ij} x_j / \sum_j |s_{ij}|$ for every $i$ but the poles, with $s_{ij}$ the sign of a pair, +1 or -1
    (pairs of sign 0 say nothing). Equally: the mean, over walks from $i$ along random ties to the first pole they meet, of that
    pole's value times the signs on the way. So an ally of an ally counts as with it, the enemy of an enemy too, near ties weigh
    more than far ones, and no length of path has to be chosen. A pair counts once, however often it is reported.

    Args:
        graph: any undirected simple graph.
        first: the actor at +1. second: the actor at -1.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).

    Returns:
        For each actor a number from -1 to 1. `None`, undefined, where no chain of signed ties leads to a pole. The poles are +1 and
        -1 by choice, whatever ties they have. A pole that is not in the graph pulls nobody.

    Raises:
        ValueError: both poles are one actor.
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value, or joins a node to itself.

    Cost: one sparse linear system; some 60 steps of conjugate gradients for 20,000 actors with 45,000 pairs.

    References: Zhu, Ghahramani and Lafferty, Semi-supervised learning using Gaussian fields and harmonic functions, ICML 2003 (harmonic
        functions); Kunegis et al., Spectral analysis of signed graphs for clustering, prediction and visualization, SDM 2010 (the signed
        Laplacian). Their joining into a score between two poles is this project's.

    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "x", 1), ("x", "b", -1), ("a", "y", 1), ("y", "b", 1), ("u", "v", 1)], weight="sign")
    >>> align(graph, "a", "b")
    {'a': 1.0, 'x': 1.0, 'b': -1.0, 'y': 0.0, 'u': None, 'v': None}
    """
    first, second = _two(first, second)
    arrays = signed_arrays(graph, sign=sign)
    number = {node: n for n, node in enumerate(arrays.nodes)}
    scores = _harmonic(len(number), arrays.ends[:, 0], arrays.ends[:, 1], arrays.signs, number.get(first), number.get(second))
    return {node: _number(scores[number[node]]) for node in graph}


def align_through(
    table: TieTable, first: str, second: str, over: Sequence[Window], *, policy: Policy = _DEFAULT, actors: Iterable[str] | None = None,
    progress: Progress | None = None,
) -> tuple[Alignment, ...]:
    """Where actors stand between two poles in each window (`align`), with the claims behind it and its doubt.

    Args:
        table: the ties.
        first: the actor at +1. second: the actor at -1.
        over: the windows, in order.
        policy: what counts as a tie, and for whom.
        actors: whom to score, in this order, in every window; `None`: in each window, by id, whoever has a tie of a sign in it.
        progress: told after each window how many of how many are done.

    Returns:
        By window, then by actor. The poles are left out unless they are named in `actors`.

    Raises:
        ValueError: both poles are one actor, windows out of order, or a table that was made without its ties and a policy that asks for
            them.

    Cost: for each window two sparse linear systems and one pass over the table for the claims; under a choice that tables do not know
    (`signed_graphs`) two projections besides.
    """
    poles = _two(first, second)
    wanted = None if actors is None else tuple(dict.fromkeys(actors))
    views = _projected(table, poles, over, policy) if unknown_choices(policy) else _cut(table, poles, over, policy, wanted)
    found = []
    for done, (window, view) in enumerate(zip(over, views, strict=True)):
        if progress:
            progress(done, len(over), f"alignment, harmonic score, {window}")
        for actor in wanted if wanted is not None else [actor for actor in table.actors if view.ties.get(actor) and actor not in poles]:
            fixed = {first: 1.0, second: -1.0}.get(actor)
            found.append(Alignment(
                window, actor, view.scores.get(actor) if fixed is None else fixed, view.sure.get(actor) if fixed is None else fixed,
                view.ties.get(actor, 0), view.claims.get(actor, ())))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _View:
    """What is known of the actors of one window."""

    scores: Mapping[str, float | None]
    sure: Mapping[str, float | None]
    ties: Mapping[str, int]
    claims: Mapping[str, tuple[str, ...]]


def _cut(
    table: TieTable, poles: tuple[str, str], over: Sequence[Window], policy: Policy, wanted: Sequence[str] | None
) -> Iterator[_View]:
    """Each window cut from the table."""
    number = {actor: n for n, actor in enumerate(table.actors)}
    for every, surely in zip(*(snapshots(table, over, policy=choice) for choice in (policy, replace(policy, maybe=False))), strict=True):
        scores, sure = ({actor: _number(score) for actor, score in zip(table.actors, _scores(shot, number, poles), strict=True)}
                        for shot in (every, surely))
        ties = {table.actors[n]: int(count) for n, count in enumerate(_degrees(every).tolist()) if count}
        yield _View(scores, sure, ties, claims_of(every, wanted if wanted is not None else ties))


def _projected(table: TieTable, poles: tuple[str, str], over: Sequence[Window], policy: Policy) -> Iterator[_View]:
    """Each window projected by itself, under a policy whose choices tables do not know.

    Raises:
        ValueError: the table was made without its ties.
    """
    if table.ties is None:
        raise ValueError(f"a table made of arrays does not know the policy's {', '.join(unknown_choices(policy))}: make it of ties "
                         "with `make_table`")
    told = table.ties.tolist()
    for window in over:
        every, surely = (project(told, on=window, policy=choice) for choice in (policy, replace(policy, maybe=False)))
        signed = signed_graph(every)
        scores, sure = ({str(actor): score for actor, score in align(graph, *poles).items()} for graph in (signed, signed_graph(surely)))
        ties = {actor: sum(bool(edge["sign"]) for edge in others.values()) for actor, others in signed.adjacency()}
        claims: defaultdict[str, set[str]] = defaultdict(set)
        for a, b, edge in every.edges(data=True):
            if edge["sign"]:
                for actor in (a, b):
                    claims[actor].add(edge["claim"])  # a membership that it rests on has a tie of its own
        yield _View(scores, sure, ties, {actor: tuple(sorted(told_of)) for actor, told_of in claims.items()})


def _two(first: _Node, second: _Node) -> tuple[_Node, _Node]:
    if first == second:
        raise ValueError(f"the two poles are one actor, {first}")
    return first, second


def _number(score: float) -> float | None:
    # Rounded, for the last digits hang on the order of the equations; `+ 0.0` makes -0.0 a plain zero.
    return None if np.isnan(score) else round(float(score), 9) + 0.0


def _scores(shot: Snapshot, number: dict[str, int], poles: tuple[str, str]) -> Floats:
    return _harmonic(len(number), *shot.ends, shot.sign, number.get(poles[0]), number.get(poles[1]))


def _degrees(shot: Snapshot) -> NDArray[np.intp]:
    """How many pairs of a sign each actor has."""
    signed = shot.sign != 0
    return sum((np.bincount(end[signed], minlength=len(shot.table.actors)) for end in shot.ends), np.zeros(len(shot.table.actors), np.intp))


def _harmonic(
    size: int, one: Whole, other: Whole, sign: Whole, first: int | None, second: int | None
) -> Floats:
    """The harmonic scores; not a number where they are undefined."""
    scores = np.full(size, np.nan)
    fixed: dict[int, float] = {n: value for n, value in ((first, 1.0), (second, -1.0)) if n is not None}
    if not fixed:
        return scores
    signed = sign != 0
    ends = np.concatenate((one[signed], other[signed])), np.concatenate((other[signed], one[signed]))
    adjacency = csr_array((np.tile(sign[signed], 2).astype(np.float64), ends), shape=(size, size))
    _, part = connected_components(adjacency, directed=False)
    free = np.isin(part, part[list(fixed)])
    free[list(fixed)] = False
    inner = np.flatnonzero(free)
    known = list(fixed)
    scores[known] = list(fixed.values())
    if len(inner):
        degree = abs(adjacency).sum(axis=1)
        laplacian = (diags_array(degree).tocsr() - adjacency)[inner][:, inner]
        pull = adjacency[inner][:, known] @ np.array(list(fixed.values()))
        scores[inner] = np.clip(_solve(laplacian.tocsr(), pull), -1.0, 1.0)
    return scores


def _solve(matrix: csr_array, right: Floats) -> Floats:
    """The solution of a system that is symmetric and positive definite, as every part of it is tied to a pole.

    Large ones by conjugate gradients, since the factors of a large tangled network fill up; by factors where these do not settle.
    """
    if len(right) > _LARGE:
        found, unsettled = cg(matrix, right, rtol=1e-12, maxiter=10 * len(right), M=diags_array(1 / matrix.diagonal()))
        if not unsettled:
            return np.asarray(found)
    return np.asarray(splu(matrix.tocsc(), permc_spec="MMD_AT_PLUS_A").solve(right))
