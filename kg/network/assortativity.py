"""Whether like stands with like, and against whom."""

from __future__ import annotations

from dataclasses import dataclass
from numbers import Real

import networkx as nx

from kg.errors import UsageError
from kg.network.layers import against, together
from kg.network.signs import SignedGraph


@dataclass(frozen=True, slots=True)
class Mixing:
    """Newman's assortativity on the ties of one sign, `None` where it is undefined, and on how many ties it rests."""

    coefficient: float | None  # 1: only like with like, 0: as chance has it; below 0: rather with unlike
    ties: int  # between actors of whom the attribute is known
    left_out: int  # ties of this sign with an actor of whom it is not


@dataclass(frozen=True, slots=True)
class Assortativity:
    """How the ties of a signed graph lie to an attribute of its actors, by sign."""

    attribute: str
    numeric: bool
    together: Mixing
    against: Mixing


def assortativity(graph: SignedGraph, attribute: str, *, sign: str = "sign") -> Assortativity:
    """Whether actors alike in an attribute stand together, and whether they stand against each other, more than chance has it.

    For a kind, with e_xy the share of ties' ends that join the kinds x and y and a_x the share of all ends at kind x:

        r = (sum_x e_xx - sum_x a_x^2) / (1 - sum_x a_x^2)

    For a number, Pearson's correlation of the numbers at both ends of the ties. Both are undefined without a tie, and when all ends of the
    ties have the same value. Actors without the attribute (or with `None`) are left out with their ties, and counted.

    Args:
        graph: any undirected simple graph.
        attribute: of the nodes. It counts as a number when all its values are numbers (true and false are kinds).
        sign: the edge attribute whose sign counts.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.
        UsageError: no actor has the attribute.

    Cost: linear.

    Source: M. E. J. Newman, Mixing patterns in networks, Physical Review E 67 (2003) 026126, doi:10.1103/PhysRevE.67.026126.

    >>> graph = nx.Graph()
    >>> graph.add_nodes_from([("a", {"kind": "rebel"}), ("b", {"kind": "rebel"}), ("c", {"kind": "army"}), ("d", {"kind": "army"})])
    >>> graph.add_edges_from([("a", "b"), ("c", "d")], sign=+1)
    >>> graph.add_edge("a", "c", sign=-1)
    >>> found = assortativity(graph, "kind")
    >>> found.together.coefficient, found.against.coefficient
    (1.0, -1.0)
    """
    values = {node: data[attribute] for node, data in graph.nodes(data=True) if data.get(attribute) is not None}
    if not values:
        known = sorted({str(key) for _, data in graph.nodes(data=True) for key in data})
        raise UsageError(f"no actor has the attribute {attribute!r}", where="assortativity",
                         advice=f"they have {', '.join(known) or 'none'}")
    numeric = all(isinstance(value, Real) and not isinstance(value, bool) for value in values.values())
    friends, enemies = (_mixing(layer(graph, sign=sign), values, numeric) for layer in (together, against))
    return Assortativity(attribute, numeric, friends, enemies)


def _mixing(layer: SignedGraph, values: dict[str, object], numeric: bool) -> Mixing:
    known: SignedGraph = nx.Graph(layer.subgraph(values).edges)
    nx.set_node_attributes(known, {node: values[node] for node in known}, "value")
    ties = known.number_of_edges()
    left_out = layer.number_of_edges() - ties
    if len({values[node] for node in known}) < 2:
        return Mixing(None, ties, left_out)
    measure = nx.numeric_assortativity_coefficient if numeric else nx.attribute_assortativity_coefficient
    return Mixing(float(measure(known, "value")), ties, left_out)
