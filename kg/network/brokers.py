"""Who holds a camp together, and who stands between others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.network.accelerate import Method, betweenness
from kg.network.layers import against, is_sure, together
from kg.network.naming import Node, by_size, ordered, pairs_of, ranks
from kg.network.progress import Progress
from kg.network.signs import SignedGraph, undirected


@dataclass(frozen=True, slots=True)
class Broker:
    """An actor's place between others, by its ties of positive sign.

    `betweenness`: the share of shortest paths between two others that lead over it. `constraint`: Burt's, low for who links
    actors that have no tie to each other; `None` without a friend. `cut`: its camp falls apart without it. `torn`: how many pairs
    of its friends stand against each other. `joins`: the groups, by number, in which it has friends or stands itself.
    """

    actor: str
    betweenness: float
    constraint: float | None
    cut: bool
    torn: int
    joins: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Brokers:
    """The actors with a friend, the greatest betweenness first, and how that was found ("exact, NetworkX")."""

    actors: tuple[Broker, ...]
    method: str


@dataclass(frozen=True, slots=True)
class Bridge:
    """A tie of positive sign without which a camp falls apart."""

    pair: tuple[str, str]
    sure: bool


def brokers(graph: SignedGraph, *, groups: Iterable[Iterable[Node]] = (), method: Method | None = None, samples: int | None = None,
            seed: int = 0, progress: Progress | None = None, sign: str = "sign") -> Brokers:
    """Who brokers in a signed graph: betweenness, constraint and cut points of its positive ties.

    Enmity carries no message, so paths lead over positive ties only; who has friends that are enemies of each other is torn.

    Args:
        graph: any undirected simple graph.
        groups: a division of the actors (`blocs`, `communities`), to tell which groups each of them joins.
        method, samples, seed, progress: how betweenness is found (`kg.network.accelerate.betweenness`).
        sign: the edge attribute whose sign counts.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.
        UsageError: what `betweenness` raises.

    Cost: that of betweenness; the rest grows with the number of pairs of friends.

    Sources: see `betweenness` and `constraint`.
    """
    friends, enemies = together(graph, sign=sign), against(graph, sign=sign)
    rank = ranks(friends)
    between = betweenness(friends, method=method, samples=samples, seed=seed, progress=progress)
    burt = constraint(friends)
    cuts = set(nx.articulation_points(friends))
    number = {actor: i for i, group in enumerate(groups) for actor in group}
    found = []
    for actor in friends:
        if friends.degree[actor]:
            near = set(friends[actor])
            torn = sum(1 for friend in near for enemy in enemies[friend] if enemy in near) // 2
            joins = {number[one] for one in (actor, *near) if one in number}
            found.append(Broker(actor, between.values[actor], burt[actor], actor in cuts, torn, tuple(sorted(joins))))
    return Brokers(tuple(sorted(found, key=lambda one: (-one.betweenness, rank[one.actor]))), str(between))


def bridges(graph: SignedGraph, *, sign: str = "sign") -> tuple[Bridge, ...]:
    """The ties of positive sign that alone hold a camp together, in the order of the alphabet. Raises what `brokers` raises.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], sign=+1)
    >>> bridges(graph)
    (Bridge(pair=('c', 'd'), sure=True),)
    """
    friends = together(graph, sign=sign)
    return tuple(Bridge(pair, is_sure(friends.edges[pair])) for pair in pairs_of(nx.bridges(friends), ranks(friends)))


def parts_without(graph: SignedGraph, actor: Node, *, sign: str = "sign") -> tuple[tuple[str, ...], ...]:
    """What is left of an actor's camp without it, the largest part first: several parts, if it is a cut point.

    Raises:
        networkx.NetworkXError: the actor is not in the graph. Besides, what `brokers` raises.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c")], sign=+1)
    >>> parts_without(graph, "b")
    (('a',), ('c',))
    """
    friends = together(graph, sign=sign)
    if actor not in friends:
        raise nx.NetworkXError(f"the actor {actor} is not in the graph")
    camp = nx.node_connected_component(friends, actor) - {actor}
    return by_size(nx.connected_components(friends.subgraph(camp)))


def constraint(graph: SignedGraph) -> dict[str, float | None]:
    """Burt's constraint of each actor: how much its partners are partners of each other.

        C(i) = sum over partners j of (p_ij + sum over q of p_iq p_qj)^2,  p_ij = 1 / (number of partners of i)

    With one partner it is 1, between n partners who do not know each other 1 / n; of actors without a partner it is undefined: `None`.
    Every tie weighs the same, whatever its sign or weight, and a tie to oneself is none: for the friends of a signed graph alone, ask it of
    `kg.network.layers.together(graph)`, as `brokers` does.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.

    Cost: the number of paths of two ties.

    Source: R. S. Burt, Structural holes and good ideas, American Journal of Sociology 110 (2004) 349-399, doi:10.1086/421787.

    >>> constraint(nx.Graph([("a", "b"), ("a", "c")]))
    {'a': 0.5, 'b': 1.0, 'c': 1.0}
    """
    undirected(graph, "constraints")
    nodes = ordered(graph)
    if not graph.number_of_edges():
        return dict.fromkeys(nodes)
    ties = nx.to_scipy_sparse_array(graph, nodelist=nodes, weight=None).astype(float)
    ties.setdiag(0)
    ties.eliminate_zeros()
    partners = np.asarray(ties.sum(axis=1))
    share = ties.multiply(np.divide(1.0, partners, out=np.zeros_like(partners), where=partners > 0)[:, None]).tocsr()
    direct_and_not = (share + share @ share).multiply(ties > 0)
    total = np.asarray(direct_and_not.power(2).sum(axis=1))
    return {node: float(total[i]) if partners[i] else None for i, node in enumerate(nodes)}
