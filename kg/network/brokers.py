"""Who holds a camp together, and who stands between others."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import networkx as nx
import numpy as np

from kg.network.accelerate import Method, betweenness
from kg.network.layers import against, is_sure, together
from kg.network.naming import by_size, pair_of


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


def brokers(graph: nx.Graph[str], *, groups: Iterable[Iterable[str]] = (), method: Method | None = None, samples: int | None = None,
            seed: int = 0, progress: Callable[[int, int], None] | None = None) -> Brokers:
    """Who brokers in a signed graph: betweenness, constraint and cut points of its positive ties.

    Enmity carries no message, so paths lead over positive ties only; who has friends that are enemies of each other is torn.

    Args:
        graph: undirected, each edge with `sign`.
        groups: a division of the actors (`blocs`, `communities`), to tell which groups each of them joins.
        method, samples, seed, progress: how betweenness is found (`kg.network.accelerate.betweenness`).

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        UsageError: an edge has no `sign`, or what `betweenness` raises.

    Cost: that of betweenness; the rest grows with the number of pairs of friends.

    Sources: see `betweenness` and `constraint`.
    """
    friends, enemies = together(graph), against(graph)
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
    return Brokers(tuple(sorted(found, key=lambda one: (-one.betweenness, one.actor))), str(between))


def bridges(graph: nx.Graph[str]) -> tuple[Bridge, ...]:
    """The ties of positive sign that alone hold a camp together, in the order of the alphabet. Raises what `brokers` raises.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")], sign=+1)
    >>> bridges(graph)
    (Bridge(pair=('c', 'd'), sure=True),)
    """
    friends = together(graph)
    return tuple(Bridge(pair, is_sure(friends.edges[pair])) for pair in sorted(pair_of(*tie) for tie in nx.bridges(friends)))


def parts_without(graph: nx.Graph[str], actor: str) -> tuple[tuple[str, ...], ...]:
    """What is left of an actor's camp without it, the largest part first: several parts, if it is a cut point.

    Raises:
        networkx.NetworkXError: the actor is not in the graph. Besides, what `brokers` raises.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("b", "c")], sign=+1)
    >>> parts_without(graph, "b")
    (('a',), ('c',))
    """
    friends = together(graph)
    if actor not in friends:
        raise nx.NetworkXError(f"the actor {actor} is not in the graph")
    camp = nx.node_connected_component(friends, actor) - {actor}
    return by_size(nx.connected_components(friends.subgraph(camp)))


def constraint(graph: nx.Graph[str]) -> dict[str, float | None]:
    """Burt's constraint of each actor: how much its partners are partners of each other.

        C(i) = sum over partners j of (p_ij + sum over q of p_iq p_qj)^2,  p_ij = 1 / (number of partners of i)

    With one partner it is 1, between n partners who do not know each other 1 / n; of actors without a partner it is undefined: `None`.
    Every tie weighs the same.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.

    Cost: the number of paths of two ties.

    Source: R. S. Burt, Structural holes and good ideas, American Journal of Sociology 110 (2004) 349-399, doi:10.1086/421787.

    >>> constraint(nx.Graph([("a", "b"), ("a", "c")]))
    {'a': 0.5, 'b': 1.0, 'c': 1.0}
    """
    if graph.is_directed() or graph.is_multigraph():
        raise nx.NetworkXNotImplemented("constraint needs an undirected graph with one edge a pair")
    nodes = sorted(graph)
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
