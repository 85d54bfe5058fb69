"""The two layers of a signed graph: who stands together, who stands against. Its ties as arrays are in `kg.network.signed`."""

from __future__ import annotations

import networkx as nx

from kg.network.naming import ordered
from kg.network.signs import SignedGraph, read_sign, undirected


def together(graph: SignedGraph, *, sign: str = "sign") -> SignedGraph:
    """All actors of a signed graph, and its ties of positive sign.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1)
    >>> graph.add_edge("b", "c", sign=-1)
    >>> list(together(graph).edges), list(against(graph).edges)
    ([('a', 'b')], [('b', 'c')])

    A tie of an actor to itself is none.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign, or one that is no number.
    """
    return _layer(graph, +1, sign)


def against(graph: SignedGraph, *, sign: str = "sign") -> SignedGraph:
    """All actors of a signed graph, and its ties of negative sign. Raises what `together` raises."""
    return _layer(graph, -1, sign)


def camp_ties(graph: SignedGraph, *, sign: str = "sign") -> SignedGraph:
    """All actors of a signed graph, and of its ties of positive sign those that make two actors one camp (`kg.model.BINDING`).

    A meeting, a ceasefire, a release or support from outside alone does not. An edge without `binds` does. Raises what `together` raises.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1, binds=True)
    >>> graph.add_edge("b", "c", sign=+1, binds=False)
    >>> list(camp_ties(graph).edges)
    [('a', 'b')]
    """
    friends = together(graph, sign=sign)
    friends.remove_edges_from([(a, b) for a, b, edge in friends.edges(data=True) if not edge.get("binds", True)])
    return friends


def is_sure(edge: dict[str, object]) -> bool:
    """Whether an edge surely holds; one that says nothing of it does."""
    return edge.get("answer", "yes") == "yes"


def _layer(graph: SignedGraph, which: int, sign: str) -> SignedGraph:
    undirected(graph, "the layers of a signed graph")
    layer: SignedGraph = nx.Graph()
    layer.add_nodes_from(ordered(graph))
    for a, b, edge in graph.edges(data=True):
        if read_sign(edge, a, b, sign=sign) * which > 0 and a != b:
            layer.add_edge(a, b, **edge)
    return layer
