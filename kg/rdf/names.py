"""The names of things in RDF: namespaces, IRIs of data, the class and the direct property of every claim type."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from urllib.parse import quote, unquote

from pyoxigraph import NamedNode

from kg.model import Kind, Reference

KG = "https://w3id.org/allegiance/ontology#"
KIND = "https://w3id.org/allegiance/kind/"
ID = "https://w3id.org/allegiance/id/"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
DERIVED = NamedNode("https://w3id.org/allegiance/graph/derived")
"""The graph of what is only a consequence of claims: direct triples, and how documents name and type an actor."""
ONTOLOGY = NamedNode("https://w3id.org/allegiance/graph/ontology")
"""The graph of the ontology itself: labels and definitions, superclasses, inverses, kinds, alignments."""

PREFIXES = MappingProxyType({
    "kg": KG, "kind": KIND,
    "actor": ID + "actor/", "place": ID + "place/", "operation": ID + "operation/",
    "claim": ID + "claim/", "document": ID + "document/", "mention": ID + "mention/",
    "dcterms": "http://purl.org/dc/terms/", "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/", "oa": "http://www.w3.org/ns/oa#", "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#", "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#", "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
})
"""The prefixes that every query may use without declaring them, and that compact IRIs are written with."""

# What a reader of a free query wants first; longer namespaces win over the ones they begin with.
_BY_LENGTH = sorted(((iri, prefix) for prefix, iri in PREFIXES.items()), reverse=True)


@dataclass(frozen=True, slots=True)
class Term:
    """How one claim type is written in RDF.

    `direct` links the fillers of `source` and `target` when a claim is affirmed and actual; `None`: the type
    does not link two things.
    """

    claim_class: str
    direct: str | None = None
    source: str = "subject"
    target: str = "object"


TERMS = MappingProxyType({
    "member_of": Term("Membership", "memberOf"),
    "part_of": Term("Subordination", "partOf"),
    "allied_with": Term("Alliance", "alliedWith"),
    "supports": Term("Support", "supports"),
    "opposes": Term("Opposition", "opposes"),
    "split_from": Term("Split", "splitFrom"),
    "succeeds": Term("Succession", "succeeds"),
    "holds_role": Term("RoleHolding", "holdsRoleIn"),
    "based_in": Term("Basing", "basedIn"),
    "controls": Term("Control", "controls"),
    "located_in": Term("Location", "locatedIn"),
    "strength": Term("Strength"),
    "attack": Term("Attack", "attacked"),
    "launch": Term("Launch", "launched"),
    "capture": Term("Capture", "captured"),
    "defect": Term("Defection", "defectedTo", target="to"),
    "desert": Term("Desertion"),
    "surrender": Term("Surrender", "surrenderedTo", source="from", target="to"),
    "ceasefire": Term("Ceasefire", "agreedCeasefireWith"),
    "form": Term("Formation", "formed"),
    "dissolve": Term("Dissolution", "dissolved"),
    "seize_power": Term("SeizureOfPower", "overthrew"),
    "displace": Term("Displacement"),
    "casualties": Term("Casualties", "inflictedCasualtiesOn"),
    "detain": Term("Detention", "detained"),
    "release": Term("Release", "released"),
    "meet": Term("Meeting", "metWith"),
    "mediate": Term("Mediation", "mediatedFor"),
    "pressure": Term("Pressure", "pressured"),
    "recruit": Term("Recruitment"),
})
"""Claim type → its class and its direct property. `ontology/kg.ttl` and `kg.model.CLAIM_TYPES` have the same, by test."""

ACTOR_CLASSES = MappingProxyType({
    Kind.ARMED_GROUP: "ArmedGroup", Kind.MILITARY_UNIT: "MilitaryUnit", Kind.ALLIANCE: "Coalition",
    Kind.GOVERNMENT: "Government", Kind.POLITICAL_ORGANIZATION: "PoliticalOrganization", Kind.STATE: "State",
    Kind.INTERNATIONAL_ORGANIZATION: "InternationalOrganization", Kind.CIVIL_SOCIETY: "CivilSocietyOrganization",
    Kind.MEDIA: "MediaOrganization", Kind.PERSON: "Person", Kind.PLACE: "Place", Kind.OPERATION: "Operation",
    Kind.BLOC: "Bloc", Kind.PEOPLE: "People",
})
"""Kind of actor, place or operation → its class. An alliance is a kg:Coalition: kg:Alliance is the claim that two are allied."""


def kg(name: str) -> NamedNode:
    """The term `name` of the ontology."""
    return NamedNode(KG + name)


def kind_iri(value: str) -> NamedNode:
    """The SKOS concept of a kind, certainty, polarity or modality.

    >>> kind_iri("unverified").value
    'https://w3id.org/allegiance/kind/unverified'
    """
    return NamedNode(KIND + quote(value, safe=""))


@lru_cache(maxsize=65536)
def entity_iri(id: str, kind: Kind) -> NamedNode:
    """The IRI of an actor, place or operation: equal ids of an actor and a place stay two things.

    >>> entity_iri("tnla", Kind.ARMED_GROUP).value, entity_iri("lashio", Kind.PLACE).value
    ('https://w3id.org/allegiance/id/actor/tnla', 'https://w3id.org/allegiance/id/place/lashio')
    """
    family = kind.value if kind in (Kind.PLACE, Kind.OPERATION) else "actor"
    return NamedNode(f"{ID}{family}/{quote(id, safe='')}")


def reference_iri(reference: Reference) -> NamedNode:
    """The IRI of what a reference stands for."""
    return entity_iri(reference.id, reference.kind)


@lru_cache(maxsize=4096)
def document_iri(id: str) -> NamedNode:
    """The IRI of a document; the slashes of its path stay readable.

    >>> document_iri("reports/2023 11/a.md").value
    'https://w3id.org/allegiance/id/document/reports/2023%2011/a.md'
    """
    parts = (quote(part, safe="") for part in id.split("/"))
    # "." and ".." would be resolved away by whoever reads the IRI as a relative path.
    return NamedNode(ID + "document/" + "/".join(p.replace(".", "%2E") if p in (".", "..") else p for p in parts))


def claim_iri(id: str) -> NamedNode:
    """The IRI of a claim, from its id."""
    return NamedNode(f"{ID}claim/{id}")


def local_id(iri: str) -> str:
    """The id that a data IRI was made from.

    >>> local_id("https://w3id.org/allegiance/id/document/a%20b/c")
    'a b/c'
    """
    return unquote(iri[len(ID):].partition("/")[2])


def compact(iri: str) -> str:
    """An IRI the short way, with one of `PREFIXES`, or unchanged.

    >>> compact("https://w3id.org/allegiance/id/actor/tnla"), compact("http://example.org/")
    ('actor:tnla', 'http://example.org/')
    """
    for namespace, prefix in _BY_LENGTH:
        if iri.startswith(namespace):
            return f"{prefix}:{iri[len(namespace):]}"
    return iri
