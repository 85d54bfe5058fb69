"""The ontology keeps its own style (`style.ttl`), and each rule of it can be broken."""

from __future__ import annotations

from collections.abc import Callable

import pyshacl
import pytest
from example_store import ONTOLOGY
from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, XSD, Graph, Literal, Namespace, URIRef

from kg.rdf.names import KG, KIND

STYLE = Graph().parse(ONTOLOGY / "style.ttl")
BIBO, VANN = Namespace("http://purl.org/ontology/bibo/"), Namespace("http://purl.org/vocab/vann/")
HOME, ATTACK, NON_EXAMPLE = URIRef(KG.rstrip("#")), URIRef(KG + "Attack"), URIRef(KG + "nonExample")
STATED = URIRef(KIND + "stated")
RULES = {str(shape).rpartition("/")[2] for shape in {*STYLE.objects(None, SH.property), *STYLE.subjects(SH.message)}
         if isinstance(shape, URIRef)}
Change = Callable[[Graph], object]


def ontology() -> Graph:
    graph = Graph()
    for name in ("kg", "kinds", "alignments"):
        graph.parse(ONTOLOGY / f"{name}.ttl")
    return graph


def broken(graph: Graph) -> set[tuple[str, str]]:
    """(rule, term) wherever the style is not kept."""
    _, report, _ = pyshacl.validate(graph, shacl_graph=STYLE, inference="none")
    return {(str(report.value(result, SH.sourceShape)).rpartition("/")[2], str(report.value(result, SH.focusNode)))
            for result in report.subjects(RDF.type, SH.ValidationResult)}


def test_the_ontology_keeps_its_style() -> None:
    assert broken(ontology()) == set()


def without(node: URIRef, name: URIRef) -> Change:
    return lambda graph: graph.remove((node, name, None))


def instead(node: URIRef, name: URIRef, value: Literal | URIRef) -> Change:
    return lambda graph: graph.set((node, name, value))


def besides(node: URIRef, name: URIRef, value: Literal | URIRef) -> Change:
    return lambda graph: graph.add((node, name, value))


def named(name: str, *said: tuple[URIRef, URIRef]) -> Change:
    """A foreign term under a name that is against the rules."""
    return lambda graph: [graph.add((URIRef("http://example.org/#" + name), *pair)) for pair in said]


BREAKING = [
    ("file-title", HOME, without(HOME, DCTERMS.title)),
    ("file-description", HOME, instead(HOME, DCTERMS.description, Literal("An ontology.", lang="en"))),
    ("file-licence", HOME, instead(HOME, DCTERMS.license, Literal("CC BY"))),
    ("file-creator", HOME, without(HOME, DCTERMS.creator)),
    ("file-created", HOME, instead(HOME, DCTERMS.created, Literal("2026"))),
    ("file-modified", HOME, instead(HOME, DCTERMS.modified, Literal("2026", datatype=XSD.gYear))),
    ("file-version-iri", HOME, instead(HOME, OWL.versionIRI, URIRef(KG + "latest"))),
    ("file-version", HOME, instead(HOME, OWL.versionInfo, Literal("1"))),
    ("ontology-prior-version", HOME, without(HOME, OWL.priorVersion)),
    ("ontology-abstract", HOME, without(HOME, DCTERMS.abstract)),
    ("ontology-publisher", HOME, without(HOME, DCTERMS.publisher)),
    ("ontology-issued", HOME, without(HOME, DCTERMS.issued)),
    ("ontology-citation", HOME, instead(HOME, DCTERMS.bibliographicCitation, Literal("The Allegiance team"))),
    ("ontology-status", HOME, instead(HOME, BIBO.status, Literal("published"))),
    ("ontology-prefix", HOME, instead(HOME, VANN.preferredNamespacePrefix, Literal("onto"))),
    ("ontology-namespace", HOME, without(HOME, VANN.preferredNamespaceUri)),
    ("ontology-changes", HOME, without(HOME, VANN.changes)),
    ("term-label", ATTACK, besides(ATTACK, RDFS.label, Literal("assault", lang="en"))),
    ("term-definition", ATTACK, instead(ATTACK, SKOS.definition, Literal("attacks somebody", lang="en"))),
    ("term-example", ATTACK, without(ATTACK, SKOS.example)),
    ("term-non-example", ATTACK, instead(ATTACK, NON_EXAMPLE, Literal("a threat", lang="en"))),
    ("term-home", ATTACK, instead(ATTACK, RDFS.isDefinedBy, URIRef("http://example.org/"))),
    ("term-kind", ATTACK, besides(ATTACK, RDF.type, RDFS.Class)),
    ("deprecated-replacement", ATTACK, besides(ATTACK, OWL.deprecated, Literal(True))),
    ("class-name", URIRef("http://example.org/#an_attack"), named("an_attack", (RDFS.subClassOf, ATTACK))),
    ("property-name", URIRef("http://example.org/#Attacked"), named("Attacked", (RDF.type, OWL.ObjectProperty))),
    ("claim-type", ATTACK, without(ATTACK, NON_EXAMPLE)),
    ("concept-label", STATED, without(STATED, SKOS.prefLabel)),
    ("concept-scheme", STATED, besides(STATED, SKOS.inScheme, URIRef(KIND + "modalities"))),
    ("concept-notation", STATED, without(STATED, SKOS.notation)),
    ("concept-definition", STATED, without(STATED, SKOS.definition)),
    ("concept-example", STATED, without(STATED, SKOS.example)),
]


def test_every_rule_is_broken_once_below() -> None:
    assert [rule for rule, _, _ in BREAKING if rule not in RULES] == []
    assert RULES - {rule for rule, _, _ in BREAKING} == set()


@pytest.mark.parametrize(("rule", "node", "change"), BREAKING, ids=[rule for rule, _, _ in BREAKING])
def test_a_rule_can_be_broken_alone(rule: str, node: URIRef, change: Change) -> None:
    graph = ontology()
    change(graph)
    assert broken(graph) == {(rule, str(node))}
