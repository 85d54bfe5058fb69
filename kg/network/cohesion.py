"""How close a group is: ties within it and ties that lead out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import networkx as nx

from kg.network.layers import against, together
from kg.network.naming import Node, pairs_of, ranks
from kg.network.signs import SignedGraph
from kg.network.structure import Alliance, alliances


@dataclass(frozen=True, slots=True)
class Cohesion:
    """The ties of a group, counted by sign. Shares are of the pairs possible inside, `None` for a group of fewer than two."""

    actors: tuple[str, ...]  # of the group, as far as the graph knows them
    pairs: int  # possible inside: n (n - 1) / 2
    together: int  # ties inside
    against: int
    together_outside: int  # ties from inside to outside
    against_outside: int
    conductance: float | None  # 0: no friend outside, 1: none inside; `None`: no friends at all, or none beyond the group's own
    enmities: tuple[tuple[str, str], ...]  # pairs inside that stand against each other

    @property
    def share_together(self) -> float | None:
        """The share of the possible pairs that stand together."""
        return self.together / self.pairs if self.pairs else None

    @property
    def share_against(self) -> float | None:
        """The share of the possible pairs that stand against each other."""
        return self.against / self.pairs if self.pairs else None


def cohesion(graph: SignedGraph, group: Iterable[Node], *, sign: str = "sign") -> Cohesion:
    """How close a group of actors of a signed graph is.

    The conductance of a group S on the positive ties is

        cut(S) / min(vol(S), vol(rest))

    with cut(S) the ties that lead out and vol the sum of the numbers of friends. It is undefined where one of the volumes is 0.

    Args:
        graph: any undirected simple graph.
        group: actors; those that the graph does not know are left out.
        sign: the edge attribute whose sign counts.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.

    Source: R. Kannan, S. Vempala and A. Vetta, On clusterings: good, bad and spectral, Journal of the ACM 51 (2004) 497-515,
    doi:10.1145/990308.990313.

    >>> graph = nx.Graph()
    >>> graph.add_edges_from([("a", "b"), ("c", "d"), ("b", "d")], sign=+1)
    >>> graph.add_edge("a", "c", sign=-1)
    >>> found = cohesion(graph, "abc")
    >>> found.share_together, found.enmities, found.conductance
    (0.3333333333333333, (('a', 'c'),), 1.0)
    """
    return _cohesion(together(graph, sign=sign), against(graph, sign=sign), frozenset(group))


def alliance_cohesion(graph: nx.MultiDiGraph[str], signed: nx.Graph[str]) -> tuple[tuple[Alliance, Cohesion], ...]:
    """Each alliance of a projected network with the cohesion of its members, the largest first.

    Counted are ties between the members and from them to others, the alliance itself left aside: that all are members of it is
    no tie between them, as reports rarely tell what each does with each.

    Args:
        graph: as `project` makes it.
        signed: `signed_graph(graph)`.

    Raises:
        networkx.NetworkXNotImplemented: `signed` is a directed graph or a multigraph.
    """
    friends, enemies = together(signed), against(signed)
    found = []
    for alliance in alliances(graph):
        rest = [actor for actor in friends if actor != alliance.id]
        members = frozenset((*alliance.members, *alliance.perhaps))
        found.append((alliance, _cohesion(friends.subgraph(rest), enemies.subgraph(rest), members)))
    return tuple(found)


def _cohesion(friends: SignedGraph, enemies: SignedGraph, group: frozenset[Any]) -> Cohesion:
    inside = group & set(friends)
    rank = ranks(inside)
    n = len(inside)
    counted = []
    for layer in (friends, enemies):
        within = layer.subgraph(inside).number_of_edges()
        counted.append((within, sum(layer.degree[actor] for actor in inside) - 2 * within))
    (friendly, friendly_out), (hostile, hostile_out) = counted
    volume = 2 * friendly + friendly_out
    least = min(volume, 2 * friends.number_of_edges() - volume)
    return Cohesion(
        tuple(rank), n * (n - 1) // 2, friendly, hostile, friendly_out, hostile_out,
        friendly_out / least if least else None,
        pairs_of(enemies.subgraph(inside).edges, rank),
    )
