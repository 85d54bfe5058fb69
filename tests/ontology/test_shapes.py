"""Shapes as SPARQL find what pyshacl finds: in every bad file, and in data that is wrong at random."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_store import ONTOLOGY, example, turtle
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, Quad
from rdflib import SH, Graph

from kg.errors import KgError
from kg.rdf import Store, open_store
from kg.rdf.names import KG, KIND, PREFIXES, compact
from kg.rdf.shacl import check_shapes
from kg.rdf.shapes import load_shapes
from kg.rdf.validate import check

SHAPES = load_shapes(ONTOLOGY / "shapes.ttl")
BAD = sorted((ONTOLOGY / "bad").glob("*.ttl"))
TYPE = NamedNode(PREFIXES["rdf"] + "type")
ONE = turtle(ONTOLOGY / "bad" / "minimum-above-maximum.ttl")  # one claim to which no shape objects


def by_sparql(store: Store) -> set[tuple[str, str]]:
    return {(shape.name, compact(node if isinstance(node := row["node"], str) else node.value))
            for shape in SHAPES for row in store.query(shape.query)}  # type: ignore[union-attr]  # a SELECT


def by_pyshacl(store: Store) -> set[tuple[str, str]]:
    return {(problem.shape, problem.node) for problem in check_shapes(store, ONTOLOGY / "shapes.ttl")}


def holding(quads: list[Quad]) -> Store:
    store = open_store("memory:")
    store.add(quads)
    return store


def test_every_property_shape_is_translated() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    assert {shape.name for shape in SHAPES} == {str(shape).rpartition("/")[2] for shape in shapes.objects(None, SH.property)}
    assert len(SHAPES) == 32
    assert all(shape.message.endswith(".") and shape.advice.endswith(".") for shape in SHAPES)


def test_both_find_nothing_in_the_example() -> None:
    assert by_sparql(example()) == by_pyshacl(example()) == set()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_both_find_the_same_in_a_bad_file(path: Path) -> None:
    store = holding(turtle(path))
    assert by_sparql(store) == by_pyshacl(store)


VALUES = st.sampled_from([
    NamedNode("http://example.org/x"), NamedNode(KG + "Attack"), NamedNode(KIND + "stated"), NamedNode(KIND + "place"),
    Literal(""), Literal("text"), Literal("86435456e3fcbe76"), Literal("2031-03-01"), Literal(7), Literal(-1),
    Literal("blue", language="en"),
    Literal("2031-03-01", datatype=NamedNode(PREFIXES["xsd"] + "date")), Literal("soon", datatype=NamedNode(PREFIXES["xsd"] + "date")),
    Literal("many", datatype=NamedNode(PREFIXES["xsd"] + "integer")), Literal("2031", datatype=NamedNode(PREFIXES["xsd"] + "gYear")),
    BlankNode("b"),
])
ON_THE_WAY = {NamedNode(PREFIXES["oa"] + "hasSelector"), NamedNode(PREFIXES["geo"] + "hasGeometry")}  # paths of shapes go on after them
OBJECTLESS = sorted({(quad.subject, quad.predicate) for quad in ONE}, key=str)


@settings(max_examples=60, deadline=None)
@given(gone=st.sets(st.sampled_from(ONE), max_size=4),
       added=st.lists(st.tuples(st.sampled_from(OBJECTLESS), VALUES), max_size=4))
def test_both_find_the_same_in_data_that_is_wrong_at_random(gone: set[Quad], added: list[tuple[tuple[object, object], object]]) -> None:
    changed = [Quad(*where, value) for where, value in added]  # type: ignore[arg-type]
    # pyshacl itself fails on a class that is text, and on a text in the middle of a path.
    walked = {TYPE, *ON_THE_WAY}
    store = holding([quad for quad in ONE if quad not in gone]
                    + [quad for quad in changed if quad.predicate not in walked or isinstance(quad.object, NamedNode)])
    assert by_sparql(store) == by_pyshacl(store)


HEAD = """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix kg: <https://w3id.org/allegiance/ontology#> .
"""
ONE_SHAPE = '<http://e/s> a sh:NodeShape ; sh:targetClass kg:Claim ; sh:property <http://e/p> . <http://e/p> sh:path kg:rule ; '


@pytest.mark.parametrize(("rest", "message"), [
    ('sh:lessThan kg:key ; sh:message "m" ; rdfs:comment "c" .', "sh:lessThan <https://w3id.org/allegiance/ontology#key> is not"),
    ('sh:minCount 2 ; sh:message "m" ; rdfs:comment "c" .', "sh:minCount"),
    ('sh:minCount 1 ; rdfs:comment "c" .', "a shape needs sh:message"),
], ids=["component", "number", "message"])
def test_what_is_not_translated_is_refused_aloud(rest: str, message: str, tmp_path: Path) -> None:
    file = tmp_path / "shapes.ttl"
    file.write_text(HEAD + ONE_SHAPE + rest)
    with pytest.raises(KgError, match=r"shapes\.ttl: p") as caught:
        load_shapes(file)
    assert message in str(caught.value)


def test_shapes_of_ones_own_may_say_all_of_shacl(tmp_path: Path) -> None:
    file = tmp_path / "mine.ttl"
    file.write_text(HEAD + """
        <http://e/s> a sh:NodeShape ; sh:targetSubjectsOf kg:key ; sh:property
            [ sh:path kg:rule ; sh:not [ sh:hasValue "by-hand"^^<http://www.w3.org/2001/XMLSchema#string> ] ; sh:severity sh:Warning ;
              sh:message "Found by hand." ; rdfs:comment "Name a rule." ] .""")
    problems = check_shapes(example(), file)
    claims = {f"claim:{q.subject.value.rpartition('/')[2]}" for q in turtle(ONTOLOGY / "example.ttl")
              if q.predicate.value == KG + "rule" and q.object == Literal("by-hand")}
    assert {problem.claim for problem in problems} == claims != set()
    assert {(p.shape, p.severity, p.message, p.advice) for p in problems} == {("on kg:rule", "warning", "Found by hand.", "Name a rule.")}
    assert all(problem.sentence and problem.document for problem in problems)


@pytest.mark.parametrize("text", ["nonsense", HEAD + "<http://e/s> a sh:PropertyShape ; sh:minCount 1 ."])
def test_shapes_that_cannot_be_used_are_refused(text: str, tmp_path: Path) -> None:
    (tmp_path / "mine.ttl").write_text(text)
    with pytest.raises(KgError, match=r"these shapes cannot be used"):
        check_shapes(example(), tmp_path / "mine.ttl")


def test_a_problem_of_a_mention_shows_a_claim_and_its_sentence() -> None:
    problems = check(holding(turtle(ONTOLOGY / "bad" / "kind-in-dispute.ttl")))
    assert problems
    for problem in problems:
        assert problem.node.startswith("mention:")
        assert problem.claim
        assert problem.sentence
        assert problem.document
