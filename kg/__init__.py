"""Allegiance: who stands with whom, since when, says who.

What notebooks and scripts use is here, under one name each, and is loaded when it is first used:

    import kg

    graph = kg.build_graph(kg.example_documents())       # documents to a graph, in ./kg-out
    graph = kg.open_graph("kg-out")                      # the same graph, next time
    graph.claims(type="defect")                          # what the documents say
    graph.query("members", alliance="Three Brotherhood Alliance")
    graph.sparql("SELECT ?claim WHERE { ?claim a kg:Attack }")
    graph.balance(on="2023-11-15")                       # how far from two camps, and what disturbs them
    graph.switches(since="2023-01-01")                   # who changed sides
    kg.signed_graph(graph.network(on="2023-11-15"))      # networkx

The measures take any undirected NetworkX graph whose edges have a `sign`, +1 or -1: `kg.frustration(signed)`, `kg.bridges(signed)`.

>>> import networkx
>>> signed = networkx.Graph()
>>> signed.add_weighted_edges_from([("aa", "tnla", 1), ("aa", "sac", -1), ("tnla", "sac", 1)], weight="sign")
>>> import kg
>>> kg.frustration(signed).index, kg.triangle_balance(signed).share, [bridge.pair for bridge in kg.bridges(signed)]
(1, 0.0, [('aa', 'tnla'), ('sac', 'tnla')])

>>> kg.Period.parse("2023-11").end_latest
datetime.date(2023, 11, 30)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api.graph import KnowledgeGraph
    from kg.api.opening import build_graph, example_documents, open_graph, unmatched
    from kg.api.table import Table
    from kg.errors import KgError
    from kg.model import Actor, Claim, Document, Period
    from kg.network.alignment import align
    from kg.network.assortativity import assortativity
    from kg.network.balance import local_balance, pn_centrality, triangle_balance, unbalanced_triangles, walk_balance
    from kg.network.blockmodel import blockmodel, relaxed_blockmodel
    from kg.network.brokers import bridges, brokers, constraint
    from kg.network.camps import alone, camps, frenemies
    from kg.network.changepoints import find_changes
    from kg.network.cohesion import cohesion
    from kg.network.communities import blocs, communities, signed_modularity
    from kg.network.core import core_numbers, core_periphery
    from kg.network.doubt import bootstrap, influence, sensitivity
    from kg.network.files import write_graph
    from kg.network.frustration import frustration
    from kg.network.lifecycle import match_blocs
    from kg.network.paths import paths
    from kg.network.project import Policy, describe, project, signed_graph
    from kg.network.realignment import network_realignment, similarity
    from kg.read import read_documents

__all__ = [
    "Actor",
    "Claim",
    "Document",
    "KgError",
    "KnowledgeGraph",
    "Period",
    "Policy",
    "Table",
    "align",
    "alone",
    "assortativity",
    "blockmodel",
    "blocs",
    "bootstrap",
    "bridges",
    "brokers",
    "build_graph",
    "camps",
    "cohesion",
    "communities",
    "constraint",
    "core_numbers",
    "core_periphery",
    "describe",
    "example_documents",
    "find_changes",
    "frenemies",
    "frustration",
    "influence",
    "local_balance",
    "match_blocs",
    "network_realignment",
    "open_graph",
    "paths",
    "pn_centrality",
    "project",
    "read_documents",
    "relaxed_blockmodel",
    "sensitivity",
    "signed_graph",
    "signed_modularity",
    "similarity",
    "triangle_balance",
    "unbalanced_triangles",
    "unmatched",
    "walk_balance",
    "write_graph",
]

_HOMES = {
    "kg.api.graph": ("KnowledgeGraph",),
    "kg.api.opening": ("build_graph", "example_documents", "open_graph", "unmatched"),
    "kg.api.table": ("Table",),
    "kg.errors": ("KgError",),
    "kg.model": ("Actor", "Claim", "Document", "Period"),
    "kg.network.alignment": ("align",),
    "kg.network.assortativity": ("assortativity",),
    "kg.network.balance": ("local_balance", "pn_centrality", "triangle_balance", "unbalanced_triangles", "walk_balance"),
    "kg.network.blockmodel": ("blockmodel", "relaxed_blockmodel"),
    "kg.network.brokers": ("bridges", "brokers", "constraint"),
    "kg.network.camps": ("alone", "camps", "frenemies"),
    "kg.network.changepoints": ("find_changes",),
    "kg.network.cohesion": ("cohesion",),
    "kg.network.communities": ("blocs", "communities", "signed_modularity"),
    "kg.network.core": ("core_numbers", "core_periphery"),
    "kg.network.doubt": ("bootstrap", "influence", "sensitivity"),
    "kg.network.files": ("write_graph",),
    "kg.network.frustration": ("frustration",),
    "kg.network.lifecycle": ("match_blocs",),
    "kg.network.paths": ("paths",),
    "kg.network.project": ("Policy", "describe", "project", "signed_graph"),
    "kg.network.realignment": ("network_realignment", "similarity"),
    "kg.read": ("read_documents",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}

if not TYPE_CHECKING:  # a type checker sees the imports above, and with them a name that is misspelt

    def __getattr__(name):
        """Load a public name from its room when it is first asked for (PEP 562)."""
        if name not in _HOME_OF:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = globals()[name] = getattr(import_module(_HOME_OF[name]), name)
        return value

    def __dir__():
        """What there is, loaded or not."""
        return sorted({*globals(), *__all__})
