"""A real reasoner on the ontology: it is consistent, no class is empty for ever, and what it infers is what the paths in queries give."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

import pytest
from example_store import ONTOLOGY, example, turtle
from hermit import Inferred, infer, needs_java
from pyoxigraph import NamedNode, QuerySolutions, RdfFormat, Triple, parse
from rdflib import OWL, RDF, Graph, URIRef

from kg.model import Claim, Evidence, Kind, Reference, Span
from kg.rdf import Store, claims_quads, open_store
from kg.rdf.names import ID, KG, PREFIXES

pytestmark = needs_java

TERMS = [quad.triple for name in ("kg", "kinds", "alignments") for quad in turtle(ONTOLOGY / f"{name}.ttl")]
NEIGHBOURS = [quad.triple for quad in turtle(Path(__file__).parent / "neighbours.ttl")]
README = (ONTOLOGY / "README.md").read_text(encoding="utf-8")


def said(type: str, subject: str, object: str, kind: Kind = Kind.MILITARY_UNIT) -> Claim:
    return Claim(type, (Evidence("chain.md", Span(0, 4), "text"),), subject=Reference(subject, kind, subject),
                 object=Reference(object, kind, object))


CHAIN = [said("part_of", "platoon", "company"), said("part_of", "company", "battalion"), said("part_of", "battalion", "brigade"),
         said("located_in", "mill", "ford", Kind.PLACE), said("located_in", "ford", "district", Kind.PLACE),
         said("ceasefire", "company", "brigade"), said("meet", "company", "brigade"), said("opposes", "platoon", "brigade")]
"""Units and places three deep, which the example does not have."""


@pytest.fixture(scope="module")
def store() -> Store:
    """The example and the chain, with what they derive."""
    both = open_store("memory:")
    both.add(example().inner)  # type: ignore[attr-defined]  # an embedded store
    both.add(claims_quads(CHAIN))
    return both


@pytest.fixture(scope="module")
def inferred(store: Store, tmp_path_factory: pytest.TempPathFactory) -> Inferred:
    data = [quad.triple for quad in store.inner]  # type: ignore[attr-defined]
    return infer([*TERMS, *NEIGHBOURS, *data], tmp_path_factory.mktemp("hermit"))


def test_terms_alignments_neighbours_and_example_can_all_be_true(inferred: Inferred) -> None:
    assert inferred.consistent


def test_no_class_is_empty_for_ever(inferred: Inferred) -> None:
    assert inferred.unsatisfiable == frozenset()
    assert len(inferred.types) > 100  # it did read the data


WRONG = {
    "a person is an organisation": "actor:x a kg:Person, kg:ArmedGroup .",
    "a claim is of two types": "claim:x a kg:Attack, kg:Ceasefire .",
    "a claim is a relation and an event": "claim:x a kg:Membership, kg:Attack .",
    "a place is an actor": "place:x a kg:Place, kg:State .",
    "a place makes a claim": "place:x a kg:Place ; kg:subject actor:y .",
    "a claim fills a role": "claim:x kg:subject claim:y . claim:y a kg:Attack .",
    "an actor is its own ally": "actor:x kg:alliedWith actor:x .",
    "a claim has two keys": 'claim:x kg:key "a", "b" .',
    "a claim has two different subjects": "claim:x kg:subject actor:x, actor:y . actor:x a kg:Person . actor:y a kg:State .",
    "a place is a geometry": "place:x a kg:Place, sf:Point .",
    "a person is a FOAF organisation": "actor:x a kg:Person, foaf:Organization .",
}


@pytest.mark.parametrize("data", WRONG.values(), ids=WRONG)
def test_what_cannot_be_true_is_found(data: str, tmp_path: Path) -> None:
    prefixes = {**PREFIXES, "sf": "http://www.opengis.net/ont/sf#", "foaf": "http://xmlns.com/foaf/0.1/"}
    text = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes.items()) + data
    wrong = [Triple(*quad.triple) for quad in parse(text, format=RdfFormat.TURTLE)]
    assert not infer([*TERMS, *NEIGHBOURS, *wrong], tmp_path).consistent


def test_a_class_that_can_have_no_member_is_found(tmp_path: Path) -> None:
    nonsense, below = NamedNode(KG + "Nonsense"), NamedNode(PREFIXES["rdfs"] + "subClassOf")
    added = [Triple(nonsense, NamedNode(PREFIXES["rdf"] + "type"), NamedNode(str(OWL.Class))),
             *(Triple(nonsense, below, NamedNode(KG + name)) for name in ("Attack", "Ceasefire"))]
    assert infer([*TERMS, *added], tmp_path).unsatisfiable == {nonsense.value}


ROWS = re.findall(r"^\| (`kg:[^|]*`) \|[^|]*\| `(.*)` \|$", README, re.MULTILINE)
PATHS = {name: path.replace("\\|", "|") for names, path in ROWS for name in re.findall(r"kg:(\w+)", names)}
"""Property → the path of the README's table, in which `X` stands for the property itself."""


def test_the_table_has_every_property_from_which_something_follows() -> None:
    terms = Graph().parse(ONTOLOGY / "kg.ttl")
    kinds = {*terms.subjects(RDF.type, OWL.SymmetricProperty), *terms.subjects(RDF.type, OWL.TransitiveProperty),
             *terms.objects(None, OWL.inverseOf)}
    assert PATHS.keys() == {str(term)[len(KG):] for term in kinds if isinstance(term, URIRef)} - {"linkedTo"}


@pytest.mark.parametrize("name", sorted(PATHS))
def test_a_path_finds_what_the_reasoner_infers(name: str, store: Store, inferred: Inferred) -> None:
    path = PATHS[name].replace("X", f"kg:{name}")
    rows = cast(QuerySolutions, store.query(f"SELECT DISTINCT ?a ?b WHERE {{ ?a {path} ?b }}", union=True))
    assert {(row["a"].value, row["b"].value) for row in rows} == inferred.values[KG + name]
    assert inferred.values[KG + name]  # else it shows nothing


def test_more_is_inferred_than_is_stored(inferred: Inferred) -> None:
    # Worked out by hand: three steps, and platoon-battalion, company-brigade, platoon-brigade.
    chain = {("platoon", "company"), ("company", "battalion"), ("battalion", "brigade"),
             ("platoon", "battalion"), ("company", "brigade"), ("platoon", "brigade")}
    found = {(a.removeprefix(ID + "actor/"), b.removeprefix(ID + "actor/")) for a, b in inferred.values[KG + "partOf"]}
    assert chain <= found


def test_a_superclass_needs_the_ontology_beside_the_data(store: Store, inferred: Inferred) -> None:
    """With `kg.ttl` in the same dataset, `a/rdfs:subClassOf*` finds whom the reasoner takes for an actor by its class."""
    both = open_store("memory:")
    both.add(store.inner)  # type: ignore[attr-defined]
    both.add(turtle(ONTOLOGY / "kg.ttl"))
    rows = cast(QuerySolutions, both.query("SELECT DISTINCT ?x WHERE { ?x a/rdfs:subClassOf* kg:Organization }", union=True))
    below = Graph().parse(ONTOLOGY / "kg.ttl")
    classes = {str(c) for c in below.transitive_subjects(URIRef(PREFIXES["rdfs"] + "subClassOf"), URIRef(KG + "Organization"))}
    assert {row["x"].value for row in rows} == {x for x, c in inferred.types if c in classes}
