"""Groups within which actors stand together and between which they stand against each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.errors import UsageError
from kg.network.layers import against, camp_ties, together
from kg.network.local_moving import Level, divide, level, value
from kg.network.naming import Node, by_size, ordered, pairs_of, ranks
from kg.network.progress import Progress
from kg.network.signs import SignedGraph

_STARTS = 40
_TIES = 100_000  # ties times starts at most, but for the first start: some ten seconds


@dataclass(frozen=True, slots=True)
class Communities:
    """A division of all actors, the largest group first.

    `quality` is its signed modularity, `None` where no tie has a sign. `method` says how it was found: the best division of many,
    not proven to be the best of all.
    """

    groups: tuple[tuple[str, ...], ...]
    quality: float | None
    method: str


@dataclass(frozen=True, slots=True)
class Blocs:
    """A division of all actors, the largest group first, with the ties that speak against it."""

    groups: tuple[tuple[str, ...], ...]
    enmities: tuple[tuple[str, str], ...]  # pairs of one bloc that stand against each other
    friendships: tuple[tuple[str, str], ...]  # pairs of two blocs that stand together
    method: str


def communities(graph: SignedGraph, *, resolution: float = 1.0, starts: int | None = None, seed: int = 0,
                progress: Progress | None = None, sign: str = "sign") -> Communities:
    """The communities of a signed graph: the division of highest signed modularity that is found.

    Within a community there are more friends and fewer enemies than the actors' numbers of friends and enemies would let
    expect:

        Q = 1 / (2 w+ + 2 w-) sum_ij [ w_ij - g (w+_i w+_j / 2 w+  -  w-_i w-_j / 2 w-) ] delta(c_i, c_j)

    with w_ij the sign of a tie, w+_i and w-_i how many friends and enemies i has, w+ and w- the numbers of ties by sign, g the
    resolution. Without enmity it is Newman's modularity. Two who never met but have the same enemies can share a community. Actors
    without a signed tie are communities of their own.

    Args:
        graph: any undirected simple graph; what matters is whether a tie is positive, negative or 0.
        resolution: more than 1 for smaller communities, less for larger.
        starts: how often to begin anew; `None`: 40, fewer on more than 2,500 ties.
        seed: of the shuffling; the same seed gives the same result.
        progress: told after each start how many of how many are done.
        sign: the edge attribute whose sign counts.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.
        UsageError: fewer than one start.

    Cost: each start some ten passes over the ties.

    Sources: S. Gómez, P. Jensen and A. Arenas, Analysis of community structure in networks of correlated data, Physical
    Review E 80 (2009) 016114, doi:10.1103/PhysRevE.80.016114. V. A. Traag and J. Bruggeman, Community detection in
    networks with positive and negative links, Physical Review E 80 (2009) 036115, doi:10.1103/PhysRevE.80.036115. The search:
    V. D. Blondel, J.-L. Guillaume, R. Lambiotte and E. Lefebvre, Fast unfolding of communities in large networks, Journal of Statistical
    Mechanics (2008) P10008, doi:10.1088/1742-5468/2008/10/P10008, with nodes moved again after each merging.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("c", "d")], sign=+1)
    >>> graph.add_edges_from([("b", "c")], sign=-1)
    >>> communities(graph).groups
    (('a', 'b'), ('c', 'd'))
    """
    nodes, signed = _checked(graph, sign)
    whole = level(signed, nodes, resolution=resolution)
    times = _starts(whole, starts)
    found = divide(whole, starts=times, seed=seed, progress=progress)
    method = f"signed modularity, local moving, best of {times} (seed {seed})"
    return Communities(_groups(nodes, found, whole), _quality(whole, found), method)


def signed_modularity(
    graph: SignedGraph, groups: Iterable[Iterable[Node]], *, resolution: float = 1.0, sign: str = "sign"
) -> float | None:
    """The signed modularity Q of a division (see `communities`); `None` where no tie has a sign.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.
        UsageError: an actor is in no group or in two.
    """
    nodes, signed = _checked(graph, sign)
    of = [(actor, number) for number, group in enumerate(groups) for actor in group]
    number = dict(of)
    if len(of) != len(number) or number.keys() != set(nodes):
        raise UsageError("each actor of the graph belongs to one group", where="signed_modularity")
    return _quality(level(signed, nodes, resolution=resolution), [number[node] for node in nodes])


def blocs(graph: SignedGraph, *, starts: int | None = None, seed: int = 0, sign: str = "sign") -> Blocs:
    """The camps of a signed graph, parted where enmity parts them: the division with the fewest ties against it that is found.

    Against it speak enmities inside a bloc and friendships between blocs, each as one; the number of blocs is free. Friendships are ties
    that bind, as in `camps`. This is the
    relaxed k-balance of Doreian and Mrvar with k left open and both kinds of fault alike, known as correlation clustering. A camp
    without enmity stays whole; who has no friend is a bloc alone.

    Args and errors: those of `communities`.

    Sources: P. Doreian and A. Mrvar, A partitioning approach to structural balance, Social Networks 18 (1996) 149-168,
    doi:10.1016/0378-8733(95)00259-6. N. Bansal, A. Blum and S. Chawla, Correlation clustering, Machine Learning 56 (2004)
    89-113, doi:10.1023/B:MACH.0000033116.57574.95.
    """
    nodes, _ = _checked(graph, sign)
    friends, enemies = camp_ties(graph, sign=sign), against(graph, sign=sign)
    whole = level(_signed(friends, enemies), nodes, resolution=0)
    times = _starts(whole, starts)
    found = divide(whole, starts=times, seed=seed)
    # Groups that nothing holds together are as good joined as apart: apart.
    connected = [part for group in _groups(nodes, found, whole) for part in nx.connected_components(friends.subgraph(group))]
    groups = by_size(connected)
    of = {actor: number for number, group in enumerate(groups) for actor in group}
    rank = ranks(nodes)
    return Blocs(
        groups,
        pairs_of(((a, b) for a, b in enemies.edges if of[a] == of[b]), rank),
        pairs_of(((a, b) for a, b in friends.edges if of[a] != of[b]), rank),
        f"fewest ties against it, local moving, best of {times} (seed {seed})",
    )


def _checked(graph: SignedGraph, sign: str) -> tuple[list[str], SignedGraph]:
    """The nodes in order, and the ties with +1 or -1 as `sign`; what is no signed graph is refused."""
    return list(ordered(graph)), _signed(together(graph, sign=sign), against(graph, sign=sign))


def _signed(friends: SignedGraph, enemies: SignedGraph) -> SignedGraph:
    whole: SignedGraph = nx.Graph()
    whole.add_nodes_from(friends)
    whole.add_edges_from(friends.edges, sign=+1)
    whole.add_edges_from(enemies.edges, sign=-1)
    return whole


def _starts(whole: Level, starts: int | None) -> int:
    if starts is not None and starts < 1:
        raise UsageError(f"there must be one start at least, not {starts}", where="communities")
    ties = sum(map(len, whole.links)) // 2
    return starts or max(1, min(_STARTS, _TIES // max(ties, 1)))


def _groups(nodes: Sequence[str], found: Sequence[int], whole: Level) -> tuple[tuple[str, ...], ...]:
    """The groups by name; who has no signed tie stands alone."""
    groups: defaultdict[object, list[str]] = defaultdict(list)
    for i, (node, group) in enumerate(zip(nodes, found, strict=True)):
        groups[group if whole.links[i] else (node,)].append(node)
    return by_size(groups.values())


def _quality(whole: Level, groups: Sequence[int]) -> float | None:
    ties = sum(whole.plus) / 2 + sum(whole.minus) / 2
    return value(whole, groups) / ties if ties else None
