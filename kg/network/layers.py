"""The two layers of a signed graph: who stands together, who stands against. Its ties as arrays are in `kg.network.signed`."""

from __future__ import annotations

import networkx as nx

from kg.errors import UsageError


def together(graph: nx.Graph[str]) -> nx.Graph[str]:
    """All actors of a signed graph, and its ties of positive sign.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1)
    >>> graph.add_edge("b", "c", sign=-1)
    >>> list(together(graph).edges), list(against(graph).edges)
    ([('a', 'b')], [('b', 'c')])

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        UsageError: an edge has no `sign`.
    """
    return _layer(graph, +1)


def against(graph: nx.Graph[str]) -> nx.Graph[str]:
    """All actors of a signed graph, and its ties of negative sign. Raises what `together` raises."""
    return _layer(graph, -1)


def camp_ties(graph: nx.Graph[str]) -> nx.Graph[str]:
    """All actors of a signed graph, and of its ties of positive sign those that make two actors one camp (`kg.model.BINDING`).

    A meeting, a ceasefire, a release or support from outside alone does not. An edge without `binds` does. Raises what `together` raises.

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1, binds=True)
    >>> graph.add_edge("b", "c", sign=+1, binds=False)
    >>> list(camp_ties(graph).edges)
    [('a', 'b')]
    """
    friends = together(graph)
    friends.remove_edges_from([(a, b) for a, b, edge in friends.edges(data=True) if not edge.get("binds", True)])
    return friends


def is_sure(edge: dict[str, object]) -> bool:
    """Whether an edge surely holds; one that says nothing of it does."""
    return edge.get("answer", "yes") == "yes"


def _layer(graph: nx.Graph[str], sign: int) -> nx.Graph[str]:
    if graph.is_directed() or graph.is_multigraph():
        raise nx.NetworkXNotImplemented("a signed graph has one undirected edge a pair: see `signed_graph`")
    layer: nx.Graph[str] = nx.Graph()
    layer.add_nodes_from(sorted(graph))
    for a, b, edge in graph.edges(data=True):
        if "sign" not in edge:
            raise UsageError(f"the tie of {a} and {b} has no sign", where="signed graph", advice='give each edge sign=+1, -1 or 0')
        if edge["sign"] * sign > 0 and a != b:
            layer.add_edge(a, b, **edge)
    return layer
