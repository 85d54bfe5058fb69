"""Public clients of SPARQL endpoints, as their users call them."""

from __future__ import annotations

import subprocess

import pytest
from rdflib import Graph
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from server_fixtures import Server
from SPARQLWrapper import CSV, JSON, JSONLD, N3, POST, RDFXML, TSV, TURTLE, XML, SPARQLWrapper

ONTOLOGY = "https://w3id.org/allegiance/ontology#"
SELECT = "SELECT ?c WHERE { ?c a kg:Attack } ORDER BY ?c"
CONSTRUCT = "CONSTRUCT { ?c a kg:Attack } WHERE { ?c a kg:Attack }"


@pytest.mark.parametrize("format", ["json", "xml"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_sparqlstore(server: Server, format: str, method: str) -> None:
    store = SPARQLStore(f"{server.address}/sparql", returnFormat=format, method=method)
    graph = Graph(store)
    assert len(list(graph.query(SELECT))) == 2
    assert len(list(graph.triples((None, None, None)))) > 50


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize(("format", "is_found"), [
    (JSON, lambda found: len(found["results"]["bindings"]) == 2), (XML, lambda found: len(found.getElementsByTagName("result")) == 2),
    (CSV, lambda found: found.count(b"\n") == 3), (TSV, lambda found: found.count(b"\n") == 3),
])
def test_sparqlwrapper_rows(server: Server, method: str, format: str, is_found: object) -> None:
    wrapper = SPARQLWrapper(f"{server.address}/sparql", returnFormat=format)
    wrapper.setMethod(method)
    wrapper.setQuery(SELECT)
    assert is_found(wrapper.query().convert())  # type: ignore[operator]  # one of the functions above


@pytest.mark.parametrize("format", [TURTLE, RDFXML, JSONLD, N3])
def test_sparqlwrapper_triples(server: Server, format: str) -> None:
    wrapper = SPARQLWrapper(f"{server.address}/sparql", returnFormat=format)
    wrapper.setQuery(CONSTRUCT)
    found = wrapper.query().convert()
    assert len(found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")) == 2


@pytest.mark.parametrize(("accept", "start"), [
    ("application/sparql-results+json", b'{"head"'), ("application/sparql-results+xml", b"<?xml"), ("text/csv", b"c\r\n"),
    ("text/tab-separated-values", b"?c\n"),
])
def test_curl(server: Server, accept: str, start: bytes) -> None:
    done = subprocess.run(["curl", "-sf", "-H", f"Accept: {accept}", "--data-urlencode", f"query={SELECT}",  # noqa: S607
                           f"{server.address}/sparql"], capture_output=True, check=True)
    assert done.stdout.startswith(start)
