"""The ontology is complete, says the same as the code, and every term that anything uses is in it."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from example_store import ONTOLOGY
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, Graph, Namespace, URIRef
from rdflib.collection import Collection

from kg.model import CLAIM_TYPES, Certainty, Kind, Modality, NameKind, Polarity
from kg.rdf.names import ACTOR_CLASSES, KG, KIND, TERMS

TERM_KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
KG_TTL = Graph().parse(ONTOLOGY / "kg.ttl")
ALSO_DECLARED = {str(term) for term in KG_TTL.subjects(RDF.type, OWL.AnnotationProperty) if str(term).startswith(KG)}
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
    assert used - set(OWN) - ALSO_DECLARED == ({KG + "Rumour"} & used)
    assert "https://w3id.org/allegiance/ontology#" in text or not used


HEADER = URIRef(KG.rstrip("#"))
OTHER_HEADERS = [pytest.param(path, id=path.stem) for path in (ONTOLOGY / "kinds.ttl", ONTOLOGY / "alignments.ttl")]


def test_the_version_is_the_same_everywhere() -> None:
    version = str(KG_TTL.value(HEADER, OWL.versionInfo))
    assert str(KG_TTL.value(HEADER, OWL.versionIRI)) == f"{HEADER}/{version}"
    assert f"Version {version}." in str(KG_TTL.value(HEADER, DCTERMS.bibliographicCitation))
    assert str(KG_TTL.value(HEADER, OWL.priorVersion)) != f"{HEADER}/{version}"
    told = re.findall(r"^## (\d+\.\d+\.\d+)", (ONTOLOGY / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert [f"{HEADER}/{one}" for one in told[:2]] == [f"{HEADER}/{version}", str(KG_TTL.value(HEADER, OWL.priorVersion))]


@pytest.mark.parametrize("path", OTHER_HEADERS)
def test_the_other_files_are_of_the_same_version(path: Path) -> None:
    (header,) = Graph().parse(path).subjects(RDF.type, OWL.Ontology)
    assert str(Graph().parse(path).value(header, OWL.versionInfo)) == str(KG_TTL.value(HEADER, OWL.versionInfo))


def test_whatever_the_header_names_is_there() -> None:
    vann = Namespace("http://purl.org/vocab/vann/")
    for name in (vann.changes, vann.example):
        assert (ONTOLOGY.parent / str(KG_TTL.value(HEADER, name))).is_file() or ONTOLOGY.parent.name == "_data"


def test_the_citation_file_is_of_the_version_of_the_program() -> None:
    root = Path(__file__).resolve().parents[2]
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "license", "abstract", "date-released"}
    (ontology,) = (one for one in citation["references"] if one["title"] == str(KG_TTL.value(HEADER, DCTERMS.title)))
    assert ontology["version"] == str(KG_TTL.value(HEADER, OWL.versionInfo))


# What OOPS! calls pitfalls, as far as a file shows them (Poveda-Villalón et al. 2014): those of meaning are for a reader.


def test_no_class_or_property_is_its_own_ancestor() -> None:  # P06
    for below in (RDFS.subClassOf, RDFS.subPropertyOf):
        for term, above in KG_TTL.subject_objects(below):
            assert term not in set(KG_TTL.transitive_objects(above, below))


def test_every_class_is_connected() -> None:  # P04
    for iri in OWN:
        if (URIRef(iri), RDF.type, OWL.Class) in KG_TTL:
            assert any(True for _ in KG_TTL.triples((None, None, URIRef(iri)))) or KG_TTL.value(URIRef(iri), RDFS.subClassOf)


def test_every_property_has_a_domain_and_a_range_of_its_own_or_from_above() -> None:  # P11
    without = {(iri[len(KG):], name.rpartition("#")[2]) for iri in OWN if (URIRef(iri), RDF.type, OWL.Class) not in KG_TTL
               for name in (str(RDFS.domain), str(RDFS.range))
               if not any(KG_TTL.value(above, URIRef(name)) for above in KG_TTL.transitive_objects(URIRef(iri), RDFS.subPropertyOf))}
    # Items of Wikidata and GeoNames are not ours to type.
    assert without == {("wikidata", "range"), ("geonames", "range")}


def test_one_domain_and_one_range() -> None:  # P19: several would mean all of them at once
    for iri in OWN:
        for name in (RDFS.domain, RDFS.range):
            assert len(list(KG_TTL.objects(URIRef(iri), name))) <= 1


def test_inverses_point_at_each_other_once() -> None:  # P05
    pairs = list(KG_TTL.subject_objects(OWL.inverseOf))
    assert len({frozenset(pair) for pair in pairs}) == len(pairs) == 3


def test_no_alignment_says_anything_of_terms_that_are_not_ours() -> None:
    alignments = Graph().parse(ONTOLOGY / "alignments.ttl")
    about = {(s, p) for s, p, _ in alignments if not str(s).startswith("https://w3id.org/allegiance/")}
    assert {p for _, p in about} == {RDF.type}  # declarations only


def test_every_term_that_matters_elsewhere_is_aligned() -> None:
    matched = {str(s)[len(KG):] for s, p, _ in Graph().parse(ONTOLOGY / "alignments.ttl")
               if str(s).startswith(KG) and p in (SKOS.closeMatch, RDFS.subClassOf, RDFS.subPropertyOf)}
    events = {term.claim_class for name, term in TERMS.items() if not CLAIM_TYPES[name].lasting}
    assert events - matched == {"Desertion", "Displacement"}  # neither PLOVER nor ACLED has a type for people who run away or flee
    assert {"beginEarliest", "beginLatest", "endEarliest", "endLatest", "edtf", "Place", "within", "evidence", "Actor"} <= matched


def test_the_shape_of_a_claim_knows_the_same_types() -> None:
    shapes = Graph().parse(ONTOLOGY / "shapes.ttl")
    allowed = shapes.value(URIRef("https://w3id.org/allegiance/shape/claim-type"), SH["in"])
    assert {str(c) for c in Collection(shapes, allowed)} == {KG + term.claim_class for term in TERMS.values()}


def test_the_check_of_key_roles_knows_the_same_keys() -> None:
    rows = re.findall(r"\(kg:(\w+) kg:(\w+) kg:(\w+)\)", (ONTOLOGY / "checks" / "key-role-missing.rq").read_text())
    assert sorted(rows) == sorted((TERMS[name].claim_class, key[0], key[-1]) for name, kind in CLAIM_TYPES.items() for key in kind.keys)
    assert max(len(key) for kind in CLAIM_TYPES.values() for key in kind.keys) == 2  # else the check needs more columns
