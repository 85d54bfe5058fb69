"""The ontology and its example keep to OWL 2 DL.

The conditions are those of the structural specification (W3C, 2012, sections 4, 5 and 11) that a file in Turtle can break.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from example_store import ONTOLOGY
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from kg.rdf.names import KG

PROPERTIES = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
BUILT_IN_ANNOTATIONS = {RDFS.label, RDFS.comment, RDFS.seeAlso, RDFS.isDefinedBy, OWL.versionInfo, OWL.deprecated, OWL.priorVersion,
                        OWL.incompatibleWith, OWL.backwardCompatibleWith}
LANGUAGE = (str(RDF), str(RDFS), str(OWL))
# Section 4 of the specification: the types of literals that a reasoner must know, as far as they are likely here.
DATATYPES = {XSD.string, XSD.boolean, XSD.integer, XSD.decimal, XSD.double, XSD.float, XSD.nonNegativeInteger, XSD.positiveInteger,
             XSD.anyURI, XSD.dateTime, RDFS.Literal, RDF.langString, None}
# Known and said in the README: days compare in SPARQL as xsd:date, points are geo:wktLiteral. A reasoner skips both.
BEYOND = {XSD.date, URIRef("http://www.opengis.net/ont/geosparql#wktLiteral")}
# A non-simple property (transitive, or above a transitive one) may not be any of these (section 11.2).
ONLY_SIMPLE = (OWL.FunctionalProperty, OWL.InverseFunctionalProperty, OWL.IrreflexiveProperty, OWL.AsymmetricProperty)


def everything() -> Graph:
    graph = Graph()
    for name in ("kg", "kinds", "alignments", "example"):
        graph.parse(ONTOLOGY / f"{name}.ttl")
    return graph


def faults(graph: Graph) -> set[str]:
    """What is outside OWL 2 DL."""
    return {fault for find in (undeclared, punned, wrong_values, not_simple, strange_literals) for fault in find(graph)}


def is_language(term: Node) -> bool:
    return str(term).startswith(LANGUAGE)


def declared(graph: Graph, *kinds: URIRef) -> set[Node]:
    return {term for kind in kinds for term in graph.subjects(RDF.type, kind)}


def undeclared(graph: Graph) -> Iterator[str]:
    """Every class and property in use must be declared as what it is used for."""
    classes = {*graph.objects(None, RDF.type), *graph.objects(None, RDFS.subClassOf), *graph.subjects(RDFS.subClassOf, None),
               *graph.objects(None, RDFS.domain)}
    for term in classes - declared(graph, OWL.Class):
        if not is_language(term) and not isinstance(term, BNode):
            yield f"no class: {term}"
    for term in set(graph.predicates()) - declared(graph, *PROPERTIES) - BUILT_IN_ANNOTATIONS:
        if not is_language(term):
            yield f"no property: {term}"


def punned(graph: Graph) -> Iterator[str]:
    """One IRI may be a class and an individual, but not two kinds of property, nor a class and a datatype (section 5.8.1)."""
    for term in declared(graph, *PROPERTIES):
        if len(set(graph.objects(term, RDF.type)) & set(PROPERTIES)) > 1:
            yield f"two kinds of property: {term}"
    for term in declared(graph, OWL.Class) & declared(graph, RDFS.Datatype):
        yield f"class and datatype: {term}"


def wrong_values(graph: Graph) -> Iterator[str]:
    """An object property has no literal, a data property nothing else; domains and ranges fit."""
    objects, data = declared(graph, OWL.ObjectProperty), declared(graph, OWL.DatatypeProperty)
    for _, name, value in graph:
        if (name in objects and isinstance(value, Literal)) or (name in data and not isinstance(value, Literal)):
            yield f"value of another kind: {name} {value}"
    for name in data:
        for value in graph.objects(name, RDFS.range):
            if value not in DATATYPES:
                yield f"range is no datatype of OWL 2: {name}"


def not_simple(graph: Graph) -> Iterator[str]:
    transitive = declared(graph, OWL.TransitiveProperty)
    turned = {other for name in transitive for other in (*graph.objects(name, OWL.inverseOf), *graph.subjects(OWL.inverseOf, name))}
    above = {other for name in transitive | turned for other in graph.transitive_objects(name, RDFS.subPropertyOf)}
    for name in above & declared(graph, *ONLY_SIMPLE):
        yield f"not simple: {name}"
    for name in above & {*graph.objects(None, OWL.propertyDisjointWith), *graph.subjects(OWL.propertyDisjointWith, None)}:
        yield f"not simple: {name}"


def strange_literals(graph: Graph) -> Iterator[str]:
    for literal in graph.objects():
        if isinstance(literal, Literal) and literal.datatype not in DATATYPES | BEYOND:
            yield f"datatype beyond OWL 2: {literal.datatype}"


def test_the_ontology_and_its_example_keep_to_owl_2_dl() -> None:
    assert faults(everything()) == set()


@pytest.mark.parametrize("names", [("kg",), ("kg", "kinds")], ids="+".join)
def test_a_file_stands_without_those_that_build_on_it(names: tuple[str, ...]) -> None:
    graph = Graph()
    for name in names:
        graph.parse(ONTOLOGY / f"{name}.ttl")
    assert faults(graph) == set()


PART, MEMBER, COUNT = URIRef(KG + "partOf"), URIRef(KG + "memberOf"), URIRef(KG + "count")
ALLY, FACT = URIRef(KG + "alliedWith"), URIRef(KG + "Fact")
BREAKING: dict[str, tuple[Callable[[Graph], object], str]] = {
    "functional and transitive": (lambda g: g.add((PART, RDF.type, OWL.FunctionalProperty)), f"not simple: {PART}"),
    "irreflexive above transitive": (lambda g: g.add((URIRef(KG + "linkedTo"), RDF.type, OWL.IrreflexiveProperty)),
                                     f"not simple: {KG}linkedTo"),
    "disjoint and transitive": (lambda g: g.add((PART, OWL.propertyDisjointWith, MEMBER)), f"not simple: {PART}"),
    "object and data property": (lambda g: g.add((COUNT, RDF.type, OWL.ObjectProperty)), f"two kinds of property: {COUNT}"),
    "class and datatype": (lambda g: g.add((URIRef(KG + "Claim"), RDF.type, RDFS.Datatype)), f"class and datatype: {KG}Claim"),
    "undeclared class": (lambda g: g.add((URIRef(KG + "Attack"), RDFS.subClassOf, FACT)), f"no class: {FACT}"),
    "undeclared property": (lambda g: g.add((FACT, DCTERMS.subject, FACT)), f"no property: {DCTERMS.subject}"),
    "text where a thing belongs": (lambda g: g.add((FACT, ALLY, Literal("x"))), f"value of another kind: {ALLY} x"),
    "thing where text belongs": (lambda g: g.add((FACT, COUNT, FACT)), f"value of another kind: {COUNT} {FACT}"),
    "a year as range": (lambda g: g.set((COUNT, RDFS.range, XSD.gYear)), f"range is no datatype of OWL 2: {COUNT}"),
    "a year as value": (lambda g: g.add((FACT, SKOS.notation, Literal("2026", datatype=XSD.gYear))), f"datatype beyond OWL 2: {XSD.gYear}"),
}


@pytest.mark.parametrize(("change", "fault"), BREAKING.values(), ids=BREAKING)
def test_what_is_outside_is_found(change: Callable[[Graph], object], fault: str) -> None:
    graph = everything()
    change(graph)
    assert fault in faults(graph)
