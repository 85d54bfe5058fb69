"""What the editor completes and proposes: classes, properties and prefixes of the ontology, and the named queries."""

from __future__ import annotations

from pathlib import Path
from typing import Any, cast

from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Store

from kg.data import data_folder
from kg.rdf.names import PREFIXES
from kg.rdf.queries import list_queries

_TERMS = """
SELECT DISTINCT ?term WHERE { VALUES ?kind { %s } ?term a ?kind FILTER (isIRI(?term)) } ORDER BY ?term"""
_CLASSES = "owl:Class"
_PROPERTIES = "owl:ObjectProperty owl:DatatypeProperty owl:AnnotationProperty"
_EVERYWHERE = tuple(PREFIXES[prefix] + name for prefix, name in (("rdf", "type"), ("rdfs", "label"), ("skos", "altLabel"), ("oa", "exact")))


def vocabulary(*, folder: Path | None = None) -> dict[str, Any]:
    """Prefixes, classes and properties by IRI, and queries, as a JSON object."""
    store = Store()
    for path in sorted((folder or data_folder("ontology")).glob("k*.ttl")):
        store.load(path.read_bytes(), RdfFormat.TURTLE, base_iri=path.as_uri())
    return {
        "prefixes": dict(PREFIXES), "classes": _terms(store, _CLASSES),
        "properties": sorted({*_terms(store, _PROPERTIES), *_EVERYWHERE}),
        "queries": [{"name": query.name, "question": query.question, "text": query.text} for query in list_queries()],
    }


def _terms(store: Store, kinds: str) -> list[str]:
    rows = cast(QuerySolutions, store.query(_TERMS % kinds, prefixes=dict(PREFIXES)))
    return [cast(NamedNode, row["term"]).value for row in rows]
