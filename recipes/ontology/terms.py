"""The files of the ontology as the rows and entries of its page: nothing here is written twice, and nothing is HTML."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rdflib import DCTERMS, OWL, RDF, RDFS, SH, SKOS, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from kg.model import CLAIM_TYPES, ClaimType
from kg.rdf.names import KG, KIND, PREFIXES, TERMS
from kg.rdf.names import Term as Written
from kg.rdf.validate import Check, load_checks

NON_EXAMPLE = URIRef(KG + "nonExample")
KINDS = {OWL.Class: "class", OWL.ObjectProperty: "object property", OWL.DatatypeProperty: "data property",
         OWL.AnnotationProperty: "annotation property"}
CHARACTERISTICS = {OWL.FunctionalProperty: "functional", OWL.SymmetricProperty: "symmetric", OWL.TransitiveProperty: "transitive",
                   OWL.IrreflexiveProperty: "irreflexive"}

VOCABULARIES = {
    "acled": "ACLED sub-event types", "crm": "CIDOC CRM", "dcterms": "Dublin Core", "edtf": "EDTF, Library of Congress", "foaf": "FOAF",
    "geo": "GeoSPARQL", "gn": "GeoNames", "oa": "Web Annotation", "org": "W3C Organization Ontology", "plover": "PLOVER event types",
    "prov": "PROV-O", "schema": "schema.org", "sem": "Simple Event Model", "time": "OWL-Time", "wd": "Wikidata",
    "wgs84": "WGS84 Geo Positioning",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One class or property. The tuples hold compact names (`kg:Actor`, `prov:Agent`)."""

    name: str  # its local name, which is its anchor
    kind: str
    label: str
    definition: str
    example: str
    note: str
    non_example: str
    facts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """One claim type: the class, what it reads, its roles and its sign."""

    type: ClaimType
    written: Written


@dataclass(frozen=True, slots=True)
class Scheme:
    """A closed list of concepts."""

    name: str
    title: str
    description: str
    concepts: tuple[tuple[str, str, str, str], ...]  # local name, label, definition, example


@dataclass(frozen=True, slots=True)
class Ontology:
    """All that the page shows."""

    header: dict[str, str]
    terms: tuple[Term, ...]
    claims: tuple[ClaimRow, ...]
    schemes: tuple[Scheme, ...]
    shapes: tuple[tuple[str, str, str], ...]  # name, what is wrong, what to do
    checks: tuple[Check, ...]
    matches: tuple[tuple[str, tuple[tuple[str, str, str], ...]], ...]  # vocabulary → (ours, relation, theirs)
    namespaces: tuple[tuple[str, str], ...]

    @property
    def names(self) -> set[str]:
        """The local names of all terms."""
        return {term.name for term in self.terms}

    def of(self, *kinds: str) -> list[Term]:
        """The terms of some kinds, in the order of the file's names."""
        return [term for term in self.terms if term.kind in kinds]


    def below(self, name: str) -> list[str]:
        """A class and all classes below it, by name."""
        above = {term.name: dict(term.facts).get("subclass of", ()) for term in self.of("class")}
        found = [name]
        for one in found:  # grows while it is read
            found += sorted(child for child, parents in above.items() if f"kg:{one}" in parents)
        return sorted(found)


def read_ontology(folder: Path) -> Ontology:
    """Read the files of a folder such as `ontology/`."""
    terms, aligned = Graph().parse(folder / "kg.ttl"), Graph().parse(folder / "alignments.ttl")
    names = _Names({**{prefix: str(iri) for prefix, iri in aligned.namespaces()}, **PREFIXES})
    shapes = Graph().parse(folder / "shapes.ttl")
    own = sorted({term for kind in KINDS for term in terms.subjects(RDF.type, kind) if str(term).startswith(KG)})
    return Ontology(
        header={str(p).rpartition("/")[2].rpartition("#")[2]: str(o) for p, o in terms.predicate_objects(URIRef(KG.rstrip("#")))},
        terms=tuple(_term(terms, aligned, term, names) for term in own if isinstance(term, URIRef)),
        claims=tuple(ClaimRow(type, TERMS[name]) for name, type in CLAIM_TYPES.items()),
        schemes=tuple(_schemes(Graph().parse(folder / "kinds.ttl"))),
        shapes=tuple(sorted((str(s).rpartition("/")[2], str(shapes.value(s, SH.message)), str(shapes.value(s, RDFS.comment)))
                            for s in shapes.objects(None, SH.property))),
        checks=tuple(load_checks(folder / "checks")),
        matches=tuple(_matches(aligned, names)),
        namespaces=tuple(sorted(names.prefixes.items())),
    )


class _Names:
    """Compact names of IRIs, by the longest namespace that fits."""

    def __init__(self, prefixes: dict[str, str]) -> None:
        used = ("kg", "kind", "prov", "oa", "skos", "dcterms", "foaf", "org", "sem", "geo", "gn", "crm", "edtf", "time", "schema", "wd",
                "wgs84", "plover", "acled", "xsd", "rdfs", "owl")
        self.prefixes = {prefix: prefixes[prefix] for prefix in used}
        self._longest = sorted(((iri, prefix) for prefix, iri in self.prefixes.items()), key=lambda pair: -len(pair[0]))

    def __call__(self, term: Node) -> str:
        for iri, prefix in self._longest:
            if str(term).startswith(iri):
                return f"{prefix}:{str(term)[len(iri):]}"
        return str(term)


def _term(terms: Graph, aligned: Graph, term: URIRef, names: _Names) -> Term:
    def text(name: URIRef) -> str:
        return str(terms.value(term, name) or "")

    def named(nodes: Iterator[Node] | list[Node]) -> tuple[str, ...]:
        return tuple(sorted(name for node in nodes for name in _members(terms, node, names)))

    types = set(terms.objects(term, RDF.type))
    kind = next(word for owl, word in KINDS.items() if owl in types)
    is_claim_type = any(str(term) == KG + written.claim_class for written in TERMS.values())
    sort = "class" if kind == "class" else "property"
    facts = {
        f"sub{sort} of": named([*terms.objects(term, RDFS.subClassOf), *terms.objects(term, RDFS.subPropertyOf)]),
        f"super{sort} of": named([*terms.subjects(RDFS.subClassOf, term), *terms.subjects(RDFS.subPropertyOf, term)]),
        "is": tuple(word for kind, word in CHARACTERISTICS.items() if kind in types),
        "inverse of": named([*terms.objects(term, OWL.inverseOf), *terms.subjects(OWL.inverseOf, term)]),
        "domain": named(terms.objects(term, RDFS.domain)),
        "range": named(terms.objects(term, RDFS.range)),
        "disjoint with": () if is_claim_type else _excluded(terms, term, names),  # that a claim has one type is said once
        "domain of": named(terms.subjects(RDFS.domain, term)),
        "follows from": tuple(sorted("kg:" + written.claim_class for written in TERMS.values() if str(term) == f"{KG}{written.direct}")),
        "notation": tuple(str(n) for n in terms.objects(term, SKOS.notation)),
        f"sub{sort} of, elsewhere": named([*aligned.objects(term, RDFS.subClassOf), *aligned.objects(term, RDFS.subPropertyOf)]),
        "close match": tuple(sorted(names(o) for o in aligned.objects(term, SKOS.closeMatch))),
    }
    return Term(str(term)[len(KG):], kind, text(RDFS.label), text(SKOS.definition), text(SKOS.example), text(SKOS.scopeNote),
                text(NON_EXAMPLE), tuple((name, values) for name, values in facts.items() if values))


def _members(terms: Graph, node: Node, names: _Names) -> Iterator[str]:
    """The name of a class, or of each class of a union."""
    if isinstance(node, BNode):
        union = terms.value(node, OWL.unionOf)
        yield from (names(member) for member in Collection(terms, union)) if union else ()
    else:
        yield names(node)


def _excluded(terms: Graph, term: URIRef, names: _Names) -> tuple[str, ...]:
    found = {*terms.objects(term, OWL.disjointWith), *terms.subjects(OWL.disjointWith, term)}
    for group in terms.subjects(RDF.type, OWL.AllDisjointClasses):
        members = set(Collection(terms, terms.value(group, OWL.members)))
        found |= members if term in members else set()
    return tuple(sorted(names(other) for other in found - {term}))


def _schemes(kinds: Graph) -> Iterator[Scheme]:
    def text(node: Node, name: URIRef) -> str:
        return str(kinds.value(node, name))

    for scheme in sorted(kinds.subjects(RDF.type, SKOS.ConceptScheme)):
        yield Scheme(str(scheme)[len(KIND):], text(scheme, DCTERMS.title), text(scheme, DCTERMS.description), tuple(
            (str(c)[len(KIND):], text(c, SKOS.prefLabel), text(c, SKOS.definition), text(c, SKOS.example))
            for c in sorted(kinds.subjects(SKOS.inScheme, scheme))))


def _matches(aligned: Graph, names: _Names) -> Iterator[tuple[str, tuple[tuple[str, str, str], ...]]]:
    relations = {RDFS.subClassOf: "is a kind of", RDFS.subPropertyOf: "is a kind of", SKOS.closeMatch: "is close to"}
    rows = sorted((names(theirs), names(ours), word) for relation, word in relations.items()
                  for ours, theirs in aligned.subject_objects(relation) if str(ours).startswith(KG))
    for vocabulary in sorted({theirs.partition(":")[0] for theirs, _, _ in rows}, key=lambda prefix: VOCABULARIES[prefix].casefold()):
        yield VOCABULARIES[vocabulary], tuple((ours, word, theirs) for theirs, ours, word in rows if theirs.startswith(vocabulary + ":"))
