"""The ontology is complete, says the same as the code, and every term that anything uses is in it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from example_store import ONTOLOGY
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, URIRef
from rdflib.collection import Collection

from kg.model import CLAIM_TYPES, Certainty, Kind, Modality, NameKind, Polarity
from kg.rdf.names import ACTOR_CLASSES, KG, KIND, TERMS

TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
KG_TTL = Graph().parse(ONTOLOGY / "kg.ttl")
OWN = sorted({str(term) for kind in TERM_KINDS for term in KG_TTL.subjects(RDF.type, kind) if str(term).startswith(KG)})


def test_how_many_terms() -> None:
    # 30 claim types, their 3 superclasses, 14 kinds with 3 superclasses, 3 others: 53 classes; the rest are properties.
    classes = set(KG_TTL.subjects(RDF.type, OWL.Class)) & {URIRef(term) for term in OWN}
    assert len(classes) == 30 + 3 + 14 + 3 + 3
    assert len(OWN) > len(classes) + 26


@pytest.mark.parametrize("iri", OWN)
def test_every_term_is_explained_once(iri: str) -> None:
    term = URIRef(iri)
    for name in (RDFS.label, SKOS.definition, SKOS.example):
        (text,) = KG_TTL.objects(term, name)
        assert text.language == "en"
        assert str(text).strip() == str(text) != ""
    (home,) = KG_TTL.objects(term, RDFS.isDefinedBy)
    assert str(home) + "#" == KG


def test_labels_tell_terms_apart() -> None:
    kinds = {}
    for iri in OWN:
        term = URIRef(iri)
        is_class = (term, RDF.type, OWL.Class) in KG_TTL
        kinds.setdefault((str(KG_TTL.value(term, RDFS.label)), is_class), []).append(iri)
    assert {label: terms for label, terms in kinds.items() if len(terms) > 1} == {}


def notations(kind: URIRef, above: str) -> dict[str, str]:
    """Notation → local name, of the terms of one kind below one superclass or superproperty."""
    below = RDFS.subClassOf if kind == OWL.Class else RDFS.subPropertyOf
    terms = set(KG_TTL.transitive_subjects(below, URIRef(KG + above))) & set(KG_TTL.subjects(RDF.type, kind))
    return {str(n): str(term)[len(KG):] for term in terms for n in KG_TTL.objects(term, SKOS.notation)}


def test_every_claim_type_has_its_class_and_every_class_its_type() -> None:
    assert notations(OWL.Class, "Claim") == {name: term.claim_class for name, term in TERMS.items()}
    assert TERMS.keys() == CLAIM_TYPES.keys()


@pytest.mark.parametrize(("above", "lasting"), [("RelationClaim", True), ("EventClaim", False)])
def test_relations_and_events_are_those_of_the_codebook(above: str, lasting: bool) -> None:
    assert notations(OWL.Class, above).keys() == {name for name, kind in CLAIM_TYPES.items() if kind.lasting is lasting}


def test_every_direct_property_has_its_claim_type() -> None:
    assert notations(OWL.ObjectProperty, "linkedTo") == {name: term.direct for name, term in TERMS.items() if term.direct}


@pytest.mark.parametrize("name", [n for n, kind in CLAIM_TYPES.items() if TERMS[n].direct])
def test_a_direct_property_is_symmetric_exactly_when_its_type_is(name: str) -> None:
    symmetric = (URIRef(KG + str(TERMS[name].direct)), RDF.type, OWL.SymmetricProperty) in KG_TTL
    assert symmetric == CLAIM_TYPES[name].symmetric


def test_every_kind_has_its_class() -> None:
    assert notations(OWL.Class, "Entity") == {kind.value: name for kind, name in ACTOR_CLASSES.items()}
    assert set(ACTOR_CLASSES) == set(Kind)


@pytest.mark.parametrize(("scheme", "values"), [
    ("certainties", Certainty), ("polarities", Polarity), ("modalities", Modality), ("entities", Kind), ("names", NameKind),
])
def test_every_value_has_its_concept(scheme: str, values: type[Certainty]) -> None:
    kinds = Graph().parse(ONTOLOGY / "kinds.ttl")
    concepts = {str(c)[len(KIND):] for c in kinds.subjects(SKOS.inScheme, URIRef(KIND + scheme))}
    assert concepts == {value.value for value in values}


def test_a_concept_is_in_one_scheme() -> None:
    kinds = Graph().parse(ONTOLOGY / "kinds.ttl")
    assert [c for c in kinds.subjects(RDF.type, SKOS.Concept) if len(list(kinds.objects(c, SKOS.inScheme))) != 1] == []


FILES = [p for p in sorted(ONTOLOGY.rglob("*")) if p.suffix in (".ttl", ".rq")]


def test_files_are_found() -> None:
    assert len(FILES) >= 5 + 15 + 14 + 35


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_every_term_in_use_is_declared(path: Path) -> None:
    text = re.sub(r'"(?:[^"\\]|\\.)*"|^\s*#.*$', "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    used = {KG + name for name in re.findall(r"(?<![\w?])kg:(\w+)", text)}
    assert used - set(OWN) == ({KG + "Rumour"} & used)
    assert "https://w3id.org/allegiance/ontology#" in text or not used


def test_the_header_says_what_fair_vocabularies_say() -> None:
    header = URIRef(KG.rstrip("#"))
    said = {str(p).rpartition("/")[2].rpartition("#")[2] for p in KG_TTL.predicates(header)}
    assert said >= {"versionIRI", "versionInfo", "title", "description", "license", "creator", "created", "modified",
                    "preferredNamespacePrefix", "preferredNamespaceUri"}


def test_the_shape_of_a_claim_knows_the_same_types() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    allowed = shapes.value(URIRef("https://w3id.org/allegiance/shape/claim-type"), SH["in"])
    assert {str(c) for c in Collection(shapes, allowed)} == {KG + term.claim_class for term in TERMS.values()}


def test_the_check_of_key_roles_knows_the_same_keys() -> None:
    rows = re.findall(r"\(kg:(\w+) kg:(\w+) kg:(\w+)\)", (ONTOLOGY / "checks" / "key-role-missing.rq").read_text())
    assert sorted(rows) == sorted((TERMS[name].claim_class, key[0], key[-1]) for name, kind in CLAIM_TYPES.items() for key in kind.keys)
    assert max(len(key) for kind in CLAIM_TYPES.values() for key in kind.keys) == 2  # else the check needs more columns
