"""The example is what the code writes, and nothing is wrong with it; each bad file is wrong in one way."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from example_store import ONTOLOGY, example, turtle
from pyoxigraph import NamedNode
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef

from kg.rdf import actor_quads, claims_quads, list_queries, open_store, place_quads, read_actors, read_claims, read_places
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import DERIVED, KG, KIND, TERMS
from kg.rdf.validate import Severity, check, load_checks

BAD = sorted((ONTOLOGY / "bad").glob("*.ttl"))


def test_what_is_read_from_the_example_is_written_the_same() -> None:
    store = example()
    written = {*claims_quads(read_claims(store)), *(q for a in read_actors(store) for q in actor_quads(a)),
               *(q for p in read_places(store) for q in place_quads(p))}
    documents = [q for q in turtle(ONTOLOGY / "example.ttl") if "/id/document/" in q.subject.value and "#" not in q.subject.value]
    assert {q for q in written if q.graph_name != DERIVED} | set(documents) == set(turtle(ONTOLOGY / "example.ttl"))


def test_claims_of_the_example_have_the_ids_of_their_nodes() -> None:
    nodes = {q.subject.value.rpartition("/")[2] for q in turtle(ONTOLOGY / "example.ttl") if q.predicate.value.endswith("#key")}
    assert {claim.id for claim in read_claims(example())} == nodes
    assert len(nodes) == 67


def test_nothing_is_wrong_with_the_example() -> None:
    assert check(example()) == []


def test_every_shape_and_check_has_a_bad_file() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    properties = {str(shape).rpartition("/")[2] for shape in shapes.objects(None, SH.property)}
    checks = {one.name for one in load_checks(ONTOLOGY / "checks")}
    assert {path.stem for path in BAD} == properties | checks
    assert (len(properties), len(checks)) == (32, 14)


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_a_bad_file_is_wrong_in_one_way(path: Path) -> None:
    store = open_store("memory:")
    store.add(turtle(path))
    problems = check(store)
    assert {problem.shape for problem in problems} == {path.stem}
    assert all(problem.message.endswith(".") and problem.advice.endswith(".") for problem in problems)


def test_a_problem_says_where_it_is() -> None:
    store = open_store("memory:")
    store.add(turtle(ONTOLOGY / "bad" / "minimum-above-maximum.ttl"))
    (problem,) = check(store)
    assert (problem.severity, problem.claim, problem.document, problem.sentence) == (
        Severity.VIOLATION, "claim:one", "document:report.md", "The Hill Army killed 12 of the River Guard on 1 Mar")


def test_every_claim_type_occurs_in_the_example() -> None:
    assert {claim.type for claim in read_claims(example())} == set(TERMS)


NAMES = re.compile(r"(?<![\w?])(kg|kind):([\w-]+)")
KG_TTL = Graph().parse(ONTOLOGY / "kg.ttl")
OWN = sorted(str(term)[len(KG):] for kind in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
             for term in KG_TTL.subjects(RDF.type, kind) if str(term).startswith(KG))
CONCEPTS = sorted(str(c)[len(KIND):] for c in Graph().parse(ONTOLOGY / "kinds.ttl").subjects(RDF.type, SKOS.Concept))


def below(names: set[str]) -> set[str]:
    """Terms that stand for others: superclasses and superproperties of these, and inverses, which nobody writes."""
    implied = {str(term) for name in names for above in (RDFS.subClassOf, RDFS.subPropertyOf)
               for term in KG_TTL.transitive_objects(URIRef(KG + name), above)}
    implied |= {str(other) for name in names for a, b in KG_TTL.subject_objects(OWL.inverseOf) for other in (a, b)
                if URIRef(KG + name) in (a, b)}
    return {iri[len(KG):] for iri in implied if iri.startswith(KG)} | names


def test_every_term_occurs_in_the_example_or_follows_from_it() -> None:
    store = example()
    if not isinstance(store, EmbeddedStore):
        raise TypeError(store)
    used = {node.value for quad in store.inner for node in (quad.predicate, quad.object) if isinstance(node, NamedNode)}
    assert set(OWN) - below({iri[len(KG):] for iri in used if iri.startswith(KG)}) == set()
    assert set(CONCEPTS) - {iri[len(KIND):] for iri in used if iri.startswith(KIND)} == set()


def test_every_term_is_used_by_a_question() -> None:
    """A superclass or superproperty is used with what is below it, an inverse with what it inverts."""
    texts = [re.sub(r'^\s*#.*$|"(?:[^"\\]|\\.)*"', "", query.text, flags=re.MULTILINE) for query in list_queries()]
    used = {name for text in texts for prefix, name in NAMES.findall(text) if prefix == "kg"}
    assert set(OWN) - below(used) == set()
