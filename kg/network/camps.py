"""Who stands with whom, who stands alone, and who is friend and foe at once."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import networkx as nx

from kg.network.layers import against, camp_ties, is_sure, together
from kg.network.naming import by_size, pair_of, pairs_of, ranks
from kg.network.signs import SignedGraph, read_sign


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


def camps(graph: SignedGraph, *, sign: str = "sign") -> tuple[Camp, ...]:
    """The camps of a signed graph: what its binding ties of positive sign join, two actors or more, the largest first.

    Binding is membership, alliance, or having gone over (`kg.model.BINDING`): adversaries meet and agree truces, and a patron may
    back both sides. An edge that does not tell whether it `binds` does.
    A camp is wide: the friend of a friend belongs to it, and enemies can meet in one (`Camp.enmities`). `blocs` and
    `communities` in `kg.network.communities` part what enmity parts. An edge without `answer` is sure.

    Args:
        graph: any undirected simple graph. sign: the edge attribute whose sign counts.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.

    Cost: linear.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1, answer="yes")
    >>> graph.add_edge("b", "c", sign=+1, answer="maybe")
    >>> graph.add_edge("a", "c", sign=-1)
    >>> camps(graph)
    (Camp(actors=('a', 'b', 'c'), parts=(('a', 'b'), ('c',)), enmities=(('a', 'c'),)),)
    """
    friends, enemies = camp_ties(graph, sign=sign), against(graph, sign=sign)
    rank = ranks(friends)
    found = []
    for actors in nx.connected_components(friends):
        if len(actors) > 1:
            certain = nx.Graph((a, b) for a, b, edge in friends.edges(actors, data=True) if is_sure(edge))
            certain.add_nodes_from(actors)
            members = tuple(sorted(actors, key=rank.__getitem__))
            found.append(Camp(members, by_size(nx.connected_components(certain)), pairs_of(enemies.subgraph(actors).edges, rank)))
    return tuple(sorted(found, key=lambda camp: (-len(camp.actors), rank[camp.actors[0]])))


def alone(graph: SignedGraph, *, sign: str = "sign") -> Alone:
    """The actors of a signed graph that stand with nobody. Ties of sign 0 are no company. Raises what `camps` raises.

    >>> graph = nx.Graph()
    >>> graph.add_nodes_from("abc")
    >>> graph.add_edge("a", "b", sign=-1)
    >>> alone(graph)
    Alone(isolated=('c',), friendless=('a', 'b'))
    """
    friends, enemies = together(graph, sign=sign), against(graph, sign=sign)
    without = [actor for actor in friends if not friends.degree[actor]]
    return Alone(tuple(a for a in without if not enemies.degree[a]), tuple(a for a in without if enemies.degree[a]))


def frenemies(graph: SignedGraph, *, sign: str = "sign") -> tuple[Frenemies, ...]:
    """The pairs of a network that are told of both together and against, on its day or in its window.

    A fight and a truce within one window make such a pair, so a window of years finds more than a day. The policy's way to combine the
    signs plays no part. After Gade, Hafez and Gabbay, "Fratricide in rebel movements", Journal of Peace Research (2019), where rebel groups
    fought those with whom they also operated.

    Args:
        graph: as `project` makes it, or any multigraph. sign: the edge attribute whose sign counts. An edge without a `claim` has no
            claim's id.

    Raises:
        networkx.NetworkXNotImplemented: a graph with one edge a pair, which has one sign too.
        networkx.NetworkXError: an edge has no sign.

    >>> graph = nx.MultiDiGraph()
    >>> _ = graph.add_edge("a", "b", sign=+1, claim="x")
    >>> _ = graph.add_edge("b", "a", sign=-1, claim="y")
    >>> frenemies(graph)
    (Frenemies(pair=('a', 'b'), together=('x',), against=('y',)),)
    """
    if not graph.is_multigraph():
        raise nx.NetworkXNotImplemented("frenemies need a multigraph, such as `project` makes: one edge a pair has one sign")
    told: defaultdict[tuple[str, str], dict[bool, set[str]]] = defaultdict(dict)
    for a, b, edge in graph.edges(data=True):
        value = read_sign(edge, a, b, sign=sign)
        if value and a != b:
            claims = edge.get("rests_on", (edge["claim"],) if "claim" in edge else ())
            told[pair_of(a, b)].setdefault(value > 0, set()).update(claims)
    both = pairs_of((pair for pair, by in told.items() if len(by) == 2), ranks(graph))
    return tuple(Frenemies(pair, tuple(sorted(told[pair][True])), tuple(sorted(told[pair][False]))) for pair in both)
