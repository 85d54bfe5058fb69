"""Who stands with whom, who stands alone, and who is friend and foe at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.network.layers import against, camp_ties, is_sure, together
from kg.network.naming import by_size, pair_of


@dataclass(frozen=True, slots=True)
class Camp:
    """Actors whom ties of positive sign join, each to some other, not each to each."""

    actors: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]  # what sure ties alone hold together: one part, and the camp is sure
    enmities: tuple[tuple[str, str], ...]  # pairs in it that stand against each other

    @property
    def sure(self) -> bool:
        """Whether it holds together without what only perhaps held."""
        return len(self.parts) == 1


@dataclass(frozen=True, slots=True)
class Alone:
    """Actors in no camp: `isolated` have no tie of either sign, `friendless` have enemies only."""

    isolated: tuple[str, ...]
    friendless: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Frenemies:
    """Two actors told of both together and against, with the ids of the claims that say so."""

    pair: tuple[str, str]
    together: tuple[str, ...]
    against: tuple[str, ...]


def camps(graph: nx.Graph[str]) -> tuple[Camp, ...]:
    """The camps of a signed graph: what its binding ties of positive sign join, two actors or more, the largest first.

    Binding is membership, alliance, or having gone over (`kg.model.BINDING`): adversaries meet and agree truces, and a patron may
    back both sides. An edge that does not tell whether it `binds` does.
    A camp is wide: the friend of a friend belongs to it, and enemies can meet in one (`Camp.enmities`). `blocs` and
    `communities` in `kg.network.communities` part what enmity parts. An edge without `answer` is sure.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        UsageError: an edge has no `sign`.

    Cost: linear.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1, answer="yes")
    >>> graph.add_edge("b", "c", sign=+1, answer="maybe")
    >>> graph.add_edge("a", "c", sign=-1)
    >>> camps(graph)
    (Camp(actors=('a', 'b', 'c'), parts=(('a', 'b'), ('c',)), enmities=(('a', 'c'),)),)
    """
    friends, enemies = camp_ties(graph), against(graph)
    found = []
    for actors in nx.connected_components(friends):
        if len(actors) > 1:
            certain = nx.Graph((a, b) for a, b, edge in friends.edges(actors, data=True) if is_sure(edge))
            certain.add_nodes_from(actors)
            inside = sorted(pair_of(a, b) for a, b in enemies.subgraph(actors).edges)
            found.append(Camp(tuple(sorted(actors)), by_size(nx.connected_components(certain)), tuple(inside)))
    return tuple(sorted(found, key=lambda camp: (-len(camp.actors), camp.actors)))


def alone(graph: nx.Graph[str]) -> Alone:
    """The actors of a signed graph that stand with nobody. Ties of sign 0 are no company. Raises what `camps` raises.

    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc")
    >>> graph.add_edge("a", "b", sign=-1)
    >>> alone(graph)
    Alone(isolated=('c',), friendless=('a', 'b'))
    """
    friends, enemies = together(graph), against(graph)
    without = [actor for actor in friends if not friends.degree[actor]]
    return Alone(tuple(a for a in without if not enemies.degree[a]), tuple(a for a in without if enemies.degree[a]))


def frenemies(graph: nx.MultiDiGraph[str]) -> tuple[Frenemies, ...]:
    """The pairs of a projected network that are told of both together and against, on its day or in its window.

    A fight and a truce within one window make such a pair, so a window of years finds more than a day. The policy's way to combine the
    signs plays no part. After Gade, Hafez and Gabbay, "Fratricide in rebel movements", Journal of Peace Research (2019), where rebel groups
    fought those with whom they also operated.

    Raises:
        networkx.NetworkXNotImplemented: the graph is no directed multigraph, as `project` makes it.

    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("a", "b", sign=+1, claim="x")
    >>> _ = graph.add_edge("b", "a", sign=-1, claim="y")
    >>> frenemies(graph)
    (Frenemies(pair=('a', 'b'), together=('x',), against=('y',)),)
    """
    if not (graph.is_directed() and graph.is_multigraph()):
        raise nx.NetworkXNotImplemented("frenemies needs the directed multigraph that `project` makes")
    told: defaultdict[tuple[str, str], dict[int, set[str]]] = defaultdict(lambda: {1: set(), -1: set()})
    for a, b, edge in graph.edges(data=True):
        if edge["sign"]:
            told[pair_of(a, b)][1 if edge["sign"] > 0 else -1] |= set(edge.get("rests_on", (edge["claim"],)))
    return tuple(Frenemies(pair, tuple(sorted(by[1])), tuple(sorted(by[-1]))) for pair, by in sorted(told.items()) if by[1] and by[-1])
