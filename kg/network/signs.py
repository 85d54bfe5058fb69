"""The sign of a tie, however the maker of a graph wrote it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

import networkx as nx

from kg.network.naming import Node

SignedGraph: TypeAlias = "nx.Graph[Any]"  # quoted: networkx is generic for type checkers only

_BARE: Mapping[str, float] = {"+": 1.0, "-": -1.0, "\N{MINUS SIGN}": -1.0}


def read_sign(edge: Mapping[str, Any], a: Node, b: Node, *, sign: str = "sign") -> float:
    """The sign of the tie between two nodes, as a number: above 0 together, below 0 against, 0 neither.

    Numbers count, NumPy's too, and their text as a file gives it back ("+1", "-1.0"), also the bare "+" and "-".

    Args:
        edge: the attributes of the tie. sign: which of them holds the sign.

    Raises:
        networkx.NetworkXError: the tie has no sign, or one that is no number.

    >>> [read_sign({"sign": value}, "a", "b") for value in (-1, 0.5, "+1", "-")]
    [-1.0, 0.5, 1.0, -1.0]
    """
    value = edge.get(sign)
    try:
        number = _BARE[value.strip()] if isinstance(value, str) and value.strip() in _BARE else float(value)  # type: ignore[arg-type]  # refused below
    except (TypeError, ValueError):
        number = float("nan")
    if number != number:
        raise nx.NetworkXError(f"the tie {a!r}-{b!r} has {sign} {value!r}: it must be +1, -1 or 0")
    return number


def undirected(graph: SignedGraph, what: str) -> None:
    """Refuse what has a direction, or several ties of one pair.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
    """
    if graph.is_directed() or graph.is_multigraph():
        raise nx.NetworkXNotImplemented(f"{what} need an undirected simple graph, such as `signed_graph` makes of any other")
