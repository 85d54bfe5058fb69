"""Where to draw the actors: allies near, adversaries far, nobody on top of another."""

from __future__ import annotations

from collections.abc import Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra
from scipy.spatial import cKDTree

Floats = NDArray[np.float64]

_LENGTHS = {+1: 1.2, 0: 1.8, -1: 2.4}  # how far apart neighbours want to be, by the sign of their edge
_ALL_PAIRS = 250  # up to so many nodes every distance counts; above, those to the neighbours and to the pivots
_PIVOTS = 60
_STEPS = 100
_PUSHES = 60
_CROWD = 1.4  # the area, in squares of the gap, that one node takes in a crowd
_COMPRESSION = 0.75  # long ways count for less, which keeps the rim near
_GAP = 1.0  # no two nodes are nearer than this sideways ...
_FLATNESS = 0.62  # ... or than this upwards: labels are wider than high
_MARGIN = 1.5  # between the parts of a disconnected network
_ASPECT = 1.5  # a picture is wider than high


def positions(graph: nx.Graph[str], *, seed: int = 0) -> dict[str, tuple[float, float]]:
    """A position for each node of a network: deterministic for equal graphs, whatever the order of nodes and edges.

    The idea: neighbours want to be 1.2 apart when they stand together, 2.4 when against each other and 1.8 when neither (the
    attribute `sign`, absent: 0; of parallel edges the sum), others as far as the shortest path between them, to the power of
    0.75. Stress majorization finds the places that fit best, starting from a projection (pivot MDS). Then nodes too near are
    pushed apart, and the parts of a disconnected network are set beside each other, the largest first, so that single
    nodes do not squash the rest.

    Args:
        graph: any networkx graph.
        seed: another number, another of several equally good pictures.

    Returns:
        (x, y) by node, y downwards, in a unit that leaves room for a label: no two nodes are nearer than 1 unit sideways
        or 0.62 upwards (a twentieth less in a crowd; more in the densest parts of networks of over a thousand nodes).
        The centre is near (0, 0).

    Cost: about 0.5 s for 300 nodes on one core; above 250 nodes only the distances to neighbours and 60 pivots count: about 2 s
    for 1,500 nodes, 7 s for 5,000.

    Sources: Gansner, Koren, North 2004, doi:10.1007/978-3-540-31843-9_25 (stress); Brandes, Pich 2007,
    doi:10.1007/978-3-540-70904-6_6 (pivots); Ortmann, Klimenta, Brandes 2017, doi:10.7155/jgaa.00440 (few distances).

    >>> graph = nx.Graph([("a", "b", {"sign": 1}), ("b", "c", {"sign": -1})])
    >>> place = positions(graph)
    >>> distance = lambda a, b: np.hypot(*np.subtract(place[a], place[b]))
    >>> bool(distance("a", "b") < distance("b", "c"))
    True
    """
    names = sorted(graph)
    if not names:
        return {}
    index = {name: i for i, name in enumerate(names)}
    lengths = _lengths(graph, index)
    parts = sorted((sorted(index[n] for n in part) for part in nx.connected_components(graph.to_undirected(as_view=True))),
                   key=lambda part: (-len(part), part[0]))
    generator = np.random.default_rng(seed)
    placed = np.zeros((len(names), 2))
    drawn = [_spread(_place(lengths[part][:, part], generator)) for part in parts]
    for part, at, corner in zip(parts, drawn, _pack([_size(d) for d in drawn]), strict=True):
        placed[part] = at - at.min(axis=0) + corner
    placed -= (placed.min(axis=0) + placed.max(axis=0)) / 2
    return {name: (round(float(x), 3), round(float(y), 3)) for name, (x, y) in zip(names, placed, strict=True)}


def _lengths(graph: nx.Graph[str], index: dict[str, int]) -> csr_array:
    """The wanted lengths of the edges, as a symmetric sparse matrix."""
    signs: dict[tuple[int, int], int] = {}
    for a, b, data in graph.edges(data=True):
        if a != b:
            pair = min(index[a], index[b]), max(index[a], index[b])
            signs[pair] = signs.get(pair, 0) + int(data.get("sign", 0))
    pairs = np.array(sorted(signs), dtype=np.intp).reshape(-1, 2)
    values = [_LENGTHS[(total > 0) - (total < 0)] for _, total in sorted(signs.items())]
    rows, columns = np.concatenate([pairs, pairs[:, ::-1]]).T
    return csr_array((np.array(values * 2), (rows, columns)), shape=(len(index), len(index)))


def _place(lengths: csr_array, generator: np.random.Generator) -> Floats:
    """A connected part, placed so that distances in the plane fit the wanted ones."""
    n = lengths.shape[0]
    if n == 1:
        return np.zeros((1, 2))
    pivots, distances = _distances(lengths)
    distances = distances**_COMPRESSION
    at = _project(distances, generator)
    first, second = np.divmod(np.arange(n * len(pivots)), len(pivots))
    second = pivots[second]
    wanted = distances.T.ravel()
    if len(pivots) < n:
        edges = lengths.tocoo()
        first, second = np.concatenate([first, edges.row]), np.concatenate([second, edges.col])
        wanted = np.concatenate([wanted, edges.data])
        first, second, wanted = np.concatenate([first, second]), np.concatenate([second, first]), np.tile(wanted, 2)
    keep = first != second
    return _majorize(at, first[keep], second[keep], wanted[keep])


def _distances(lengths: csr_array) -> tuple[NDArray[np.intp], Floats]:
    """The pivots, and the shortest path from each of them to every node.

    All nodes are pivots of a small network; of a large one, each next pivot is the node farthest from those before.
    """
    n = lengths.shape[0]
    if n <= _ALL_PAIRS:
        return np.arange(n), np.asarray(dijkstra(lengths))
    pivots = [int(np.argmax(np.diff(lengths.indptr)))]
    rows = [np.asarray(dijkstra(lengths, indices=pivots[0]))]
    nearest = rows[0]
    while len(pivots) < _PIVOTS:
        pivots.append(int(np.argmax(nearest)))
        rows.append(np.asarray(dijkstra(lengths, indices=pivots[-1])))
        nearest = np.minimum(nearest, rows[-1])
    return np.array(pivots), np.array(rows)


def _project(distances: Floats, generator: np.random.Generator) -> Floats:
    """Pivot MDS: the two directions in which the squared distances to the pivots vary most, a little shaken."""
    squared = distances.T**2
    centred = squared - squared.mean(axis=0) - squared.mean(axis=1, keepdims=True) + squared.mean()
    _, vectors = np.linalg.eigh(centred.T @ centred)
    at = centred @ vectors[:, -2:][:, ::-1] if vectors.shape[1] > 1 else np.hstack([centred, centred])
    largest = np.argmax(np.abs(at), axis=0)
    at = at * np.where(at[largest, [0, 1]] < 0, -1, 1)  # eigenvectors come with any sign: fix it
    spread = max(float(np.abs(at).max()), 1e-9)
    # Nodes with the same neighbours fall on one point, from which nothing would ever part them.
    return at / spread * float(distances.max()) / 2 + generator.normal(scale=0.05, size=at.shape)


def _majorize(at: Floats, first: NDArray[np.intp], second: NDArray[np.intp], wanted: Floats) -> Floats:
    """Each node to the mean of where its partners want it, again and again; far partners weigh less (1 / distance squared)."""
    n = len(at)
    weight = wanted**-2.0
    total = np.bincount(first, weight, n)
    for _ in range(_STEPS):
        delta = at[first] - at[second]
        scale = wanted / np.maximum(np.sqrt((delta**2).sum(axis=1)), 1e-9)
        target = [np.bincount(first, weight * (at[second, k] + delta[:, k] * scale), n) / total for k in (0, 1)]
        at = (at + 2 * np.stack(target, axis=1)) / 3  # the whole way could swing to and fro
    return at


def _spread(at: Floats) -> Floats:
    """Lay the longer side level, then push nodes apart that lie closer than a label needs."""
    if len(at) == 1:
        return at
    centred = at - at.mean(axis=0)
    _, axes = np.linalg.eigh(centred.T @ centred)
    at = centred @ axes[:, ::-1]
    at[:, 1] /= _FLATNESS  # in this measure the room that a node needs is round
    radius = np.sqrt((at**2).sum(axis=1))
    order = np.argsort(radius, kind="stable")
    # What lies inside a circle must find room there: a crowded core is blown up from its middle before anybody is pushed.
    wanted = _GAP * np.sqrt(_CROWD * np.arange(len(at)) / np.pi)
    at[order] *= (np.maximum(radius[order], wanted) / np.maximum(radius[order], 1e-9))[:, None]
    for _ in range(_PUSHES):
        close = cKDTree(at).query_pairs(_GAP, output_type="ndarray")
        if not len(close):
            break
        close = close[np.lexsort(close.T[::-1])]
        a, b = close.T
        delta = at[a] - at[b]
        apart = np.sqrt((delta**2).sum(axis=1, keepdims=True))
        push = delta / np.maximum(apart, 1e-9) * (_GAP * 1.02 - apart) / 2
        move = np.stack([np.bincount(a, push[:, k], len(at)) - np.bincount(b, push[:, k], len(at)) for k in (0, 1)], axis=1)
        far = np.sqrt((move**2).sum(axis=1, keepdims=True))
        at += move * np.minimum(1, _GAP / 3 / np.maximum(far, 1e-9))  # pushed from all sides, nobody flies off
    at[:, 1] *= _FLATNESS
    return at


def _size(at: Floats) -> tuple[float, float]:
    width, height = at.max(axis=0) - at.min(axis=0)
    return float(width), float(height)


def _pack(sizes: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """The upper left corners of boxes, each put beside or below the earlier ones where the whole stays smallest and nearest the aspect."""
    room = np.array(sizes) + np.array([_MARGIN, _MARGIN * _FLATNESS])
    corners = np.zeros_like(room)
    for i in range(1, len(room)):
        low, high = corners[:i], corners[:i] + room[:i]
        edges = np.unique(np.concatenate([np.column_stack([high[:, 0], low[:, 1]]), np.column_stack([low[:, 0], high[:, 1]])]), axis=0)
        ends = edges + room[i]
        apart = (edges[:, None] >= high - 1e-9) | (ends[:, None] <= low + 1e-9)
        free = apart.any(axis=2).all(axis=1)
        whole = np.maximum(ends, high.max(axis=0))
        cost = np.maximum(whole[:, 0] / _ASPECT, whole[:, 1]) + 1e-3 * (ends[:, 0] + ends[:, 1])
        corners[i] = edges[np.argmin(np.where(free, cost, np.inf))]
    return [(float(x), float(y)) for x, y in corners]
