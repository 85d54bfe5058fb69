"""The ontology lies beside the data in a graph of its own: queries may ask what a class is called and what it is a kind of."""

from __future__ import annotations

from pathlib import Path

import pytest
from build_fixtures import toy_recipe, write_documents, write_seeds

from kg.build import build
from kg.rdf import open_store, run_sparql
from kg.rdf.formats import Rows
from kg.rdf.names import ONTOLOGY
from kg.rdf.ontology import ontology_quads


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build of two attacks and a membership, to which a third document came later."""
    folder = tmp_path_factory.mktemp("built")
    for documents in ({"a": "AA attacked SAC.\n", "b": "TNLA joined TBA.\n"}, {"c": "AA attacked SAC.\n"}):
        found = write_documents(folder / "documents", **documents)
        build([str(found)], out=folder / "out", seeds_folder=write_seeds(folder / "seeds"), recipe=toy_recipe())
    return folder / "out"


@pytest.mark.parametrize(("query", "rows"), [
    ("SELECT DISTINCT ?label { ?c kg:key ?k ; a ?type . ?type rdfs:label ?label } ORDER BY ?label", [("attack",), ("membership",)]),
    ("SELECT ?super (COUNT(?c) AS ?n) { ?c kg:key ?k ; a/rdfs:subClassOf ?super } GROUP BY ?super ORDER BY ?super",
     [("kg:EventClaim", 2), ("kg:RelationClaim", 1)]),
    ("SELECT ?other { kg:memberOf owl:inverseOf ?other }", [("kg:hasMember",)]),
    ("SELECT DISTINCT ?label { ?c kg:key ?k ; kg:certainty/skos:prefLabel ?label }", [("stated",)]),
    ("SELECT DISTINCT ?a { ?a kg:attacked ?b ; a/rdfs:subClassOf* kg:Organization }", [("actor:aa",)]),
    ("SELECT ?g { GRAPH ?g { kg:Attack a owl:Class } }", [(f"{ONTOLOGY.value}",)]),
])
def test_free_queries_see_what_terms_are(out: Path, query: str, rows: list[tuple[object, ...]]) -> None:
    answer = run_sparql(open_store(str(out / "store"), read_only=True), query)
    assert isinstance(answer, Rows)
    assert list(answer.rows) == rows


def test_a_store_holds_it_once_and_whole(out: Path) -> None:
    answer = run_sparql(open_store(str(out / "store"), read_only=True), f"SELECT (COUNT(*) AS ?n) {{ GRAPH {ONTOLOGY} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Rows)
    assert answer.rows == ((len(set(ontology_quads())),),)


def test_it_says_nothing_of_data() -> None:
    """No claim, actor or document is described there, so no pattern about data meets it."""
    assert not [quad for quad in ontology_quads() if "/allegiance/id/" in str(quad)]
    assert {quad.graph_name for quad in ontology_quads()} == {ONTOLOGY}
