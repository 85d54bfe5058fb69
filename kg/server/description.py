"""What the service says of itself in RDF: SPARQL 1.1 Service Description, and VoID about its data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Triple

from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import ID, KG, PREFIXES
from kg.server.negotiation import ROWS, TRIPLES

_SD = "http://www.w3.org/ns/sparql-service-description#"
_VOID = "http://rdfs.org/ns/void#"
_W3 = "http://www.w3.org/ns/formats/"
_FORMATS = {"json": "SPARQL_Results_JSON", "xml": "SPARQL_Results_XML", "csv": "SPARQL_Results_CSV", "tsv": "SPARQL_Results_TSV",
            "turtle": "Turtle", "ntriples": "N-Triples", "rdfxml": "RDF_XML", "jsonld": "JSON-LD"}
PREFIXES_OF_SERVICE = {"sd": _SD, "void": _VOID}
_TYPE = NamedNode(PREFIXES["rdf"] + "type")

_CLASSES = "SELECT ?class (COUNT(?s) AS ?n) WHERE { ?s a ?class } GROUP BY ?class ORDER BY ?class"
_GRAPHS = "SELECT ?graph (COUNT(*) AS ?n) WHERE { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph ORDER BY ?graph"
_DEFAULT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def describe_service(store: EmbeddedStore, base: str) -> Iterator[Triple]:
    """The description of the endpoint under the address `base`; it counts once over the store."""
    service, dataset, graph = (BlankNode(name) for name in ("service", "dataset", "defaultGraph"))
    endpoint_iri = NamedNode(f"{base}/sparql")
    yield Triple(service, _TYPE, _sd("Service"))
    yield Triple(service, _sd("endpoint"), endpoint_iri)
    yield Triple(service, _sd("supportedLanguage"), _sd("SPARQL11Query"))
    yield Triple(service, _sd("feature"), _sd("UnionDefaultGraph"))
    for format in (*ROWS, *TRIPLES):
        yield Triple(service, _sd("resultFormat"), NamedNode(_W3 + _FORMATS[format.name]))
    yield Triple(service, _sd("defaultDataset"), dataset)
    yield Triple(dataset, _TYPE, _sd("Dataset"))
    yield Triple(dataset, _TYPE, _void("Dataset"))
    yield Triple(dataset, _void("sparqlEndpoint"), endpoint_iri)
    yield Triple(dataset, _void("uriSpace"), Literal(ID))
    yield Triple(dataset, _void("vocabulary"), NamedNode(KG))
    yield Triple(dataset, _sd("defaultGraph"), graph)
    yield Triple(graph, _TYPE, _sd("Graph"))
    yield from _counted(store, graph, dataset)


def _counted(store: EmbeddedStore, graph: BlankNode, dataset: BlankNode) -> Iterator[Triple]:
    # The default graph that a query sees is the union of all: its named graphs are counted in it.
    total = next(cast(QuerySolutions, store.query(_DEFAULT, union=True)))["n"]
    yield Triple(graph, _void("triples"), total)
    yield Triple(dataset, _void("triples"), total)
    for row in cast(QuerySolutions, store.query(_CLASSES)):
        part = BlankNode()
        yield Triple(dataset, _void("classPartition"), part)
        yield Triple(part, _void("class"), row["class"])
        yield Triple(part, _void("entities"), row["n"])
    for row in cast(QuerySolutions, store.query(_GRAPHS)):
        named, content = BlankNode(), BlankNode()
        yield Triple(dataset, _sd("namedGraph"), named)
        yield Triple(named, _TYPE, _sd("NamedGraph"))
        yield Triple(named, _sd("name"), row["graph"])
        yield Triple(named, _sd("graph"), content)
        yield Triple(content, _TYPE, _sd("Graph"))
        yield Triple(content, _void("triples"), row["n"])


def _sd(name: str) -> NamedNode:
    return NamedNode(_SD + name)


def _void(name: str) -> NamedNode:
    return NamedNode(_VOID + name)
