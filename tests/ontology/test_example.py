"""The example is what the code writes, and nothing is wrong with it; each bad file is wrong in one way."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_store import ONTOLOGY, example, turtle
from rdflib import SH, Graph

from kg.rdf import actor_quads, claims_quads, open_store, place_quads, read_actors, read_claims, read_places
from kg.rdf.names import DERIVED, TERMS
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
    assert len(nodes) == 75


def test_nothing_is_wrong_with_the_example() -> None:
    assert check(example()) == []


def test_every_shape_and_check_has_a_bad_file() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    properties = {str(shape).rpartition("/")[2] for shape in shapes.objects(None, SH.property)}
    checks = {one.name for one in load_checks(ONTOLOGY / "checks")}
    assert {path.stem for path in BAD} == properties | checks
    assert (len(properties), len(checks)) == (21, 14)


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


def test_the_example_uses_many_types() -> None:
    assert len({claim.type for claim in read_claims(example())} & TERMS.keys()) >= 10
