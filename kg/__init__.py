"""Allegiance: who stands with whom, since when, says who.

What notebooks and scripts use is here, under one name each, and is loaded when it is first used:

    import kg

    graph = kg.build_graph(kg.example_documents())       # documents to a graph, in ./kg-out
    graph = kg.open_graph("kg-out")                      # the same graph, next time
    graph.claims(type="defect")                          # what the documents say
    graph.query("members", alliance="Three Brotherhood Alliance")
    graph.sparql("SELECT ?claim WHERE { ?claim a kg:Attack }")
    kg.signed_graph(graph.network(on="2023-11-15"))      # networkx

>>> import kg
>>> kg.Period.parse("2023-11").end_latest
datetime.date(2023, 11, 30)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kg.api.graph import KnowledgeGraph, build_graph, example_documents, open_graph
    from kg.api.table import Table
    from kg.errors import KgError
    from kg.model import Actor, Claim, Document, Period
    from kg.network.project import Policy, signed_graph
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
    "build_graph",
    "example_documents",
    "open_graph",
    "read_documents",
    "signed_graph",
]

_HOMES = {
    "kg.api.graph": ("KnowledgeGraph", "build_graph", "example_documents", "open_graph"),
    "kg.api.table": ("Table",),
    "kg.errors": ("KgError",),
    "kg.model": ("Actor", "Claim", "Document", "Period"),
    "kg.network.project": ("Policy", "signed_graph"),
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
