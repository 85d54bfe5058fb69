"""What a store knows of one thing that has an IRI: its triples, and the same as values for a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

from pyoxigraph import DefaultGraph, NamedNode, QuerySolutions, Triple, Variable

from kg.model import CLAIM_TYPES, ROLES, Claim, Kind, Period, Polarity, Quantity
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import DERIVED, ID, PREFIXES, claim_iri, document_iri, entity_iri, kg, local_id
from kg.rdf.reading import StoredDocument, read_claim, read_claims, read_documents

FAMILIES = {family: f"{family}s" for family in ("claim", "actor", "place", "operation", "document", "mention")}
"""Family in an IRI → folder of its addresses here."""
PAGES = frozenset(FAMILIES) - {"mention"}  # a mention is part of a claim's page
MOST_CLAIMS = 200  # on one page

_OA = PREFIXES["oa"]
_PARTS = frozenset({kg("hasName"), kg("evidence"), kg("furtherEvidence"), NamedNode(_OA + "hasSelector"), kg("attributedToMention"),
                    *(kg(f"{role}Mention") for role in ROLES)})
_LINKS = (*(kg(role) for role in ROLES), kg("attributedTo"))
_DEFAULT = DefaultGraph()

_CLAIMS_ABOUT = """
SELECT DISTINCT ?claim ?begin WHERE {
  VALUES ?node { UNDEF }
  ?claim kg:subject|kg:object|kg:place|kg:from|kg:to|kg:operation|kg:attributedTo ?node .
  OPTIONAL { ?claim kg:beginEarliest ?begin }
} ORDER BY (!BOUND(?begin)) ?begin ?claim LIMIT %d"""
_CLAIMS_IN = """
SELECT ?claim (MIN(?start) AS ?first) WHERE {
  VALUES ?node { UNDEF }
  ?claim prov:wasDerivedFrom ?node ; kg:evidence/oa:hasSelector/oa:start ?start .
} GROUP BY ?claim ORDER BY ?first ?claim LIMIT %d"""
_NAMES = """
SELECT DISTINCT ?name ?rank WHERE {
  { VALUES ?node { UNDEF } ?node rdfs:label ?name BIND (1 AS ?rank) }
  UNION { VALUES ?node { UNDEF } ?node skos:altLabel ?name BIND (2 AS ?rank) }
  UNION { VALUES ?node { UNDEF } ?mention kg:mentionOf ?node ; kg:name ?name BIND (3 AS ?rank) }
} ORDER BY ?rank ?name"""
_FACTS = (("kind", kg("placeKind")), ("country", kg("country")), ("existed", kg("edtf")), ("latitude", kg("latitude")),
          ("longitude", kg("longitude")), ("lies in", kg("within")), ("GeoNames", kg("geonames")), ("Wikidata", kg("wikidata")))


@dataclass(frozen=True, slots=True)
class Resource:
    """Something with a page of its own."""

    family: str
    id: str
    iri: str
    names: tuple[str, ...]  # the one it is shown under first
    facts: tuple[tuple[str, str], ...]
    claims: tuple[Claim, ...]
    more: bool  # there are further claims
    claim: Claim | None = None  # when it is one
    document: StoredDocument | None = None  # the one it is, or that the claim is from
    same: tuple[Claim, ...] = ()  # claims that say the same
    against: tuple[tuple[str, Claim], ...] = ()  # claims that cannot be true with it, and why


def node_of(family: str, id: str) -> NamedNode:
    """The IRI of a thing, from the id in its address."""
    if family == "claim":
        return claim_iri(quote(id, safe=""))
    if family == "document":
        return document_iri(id)
    if family == "mention":
        return NamedNode(f"{ID}mention/{quote(id, safe='')}")
    return entity_iri(id, {"place": Kind.PLACE, "operation": Kind.OPERATION}.get(family, Kind.ARMED_GROUP))


def about(store: EmbeddedStore, node: NamedNode) -> list[Triple]:
    """What there is to say of a node: its own triples, those of its parts (names, mentions, sentences), and what links to it."""
    own = list(store.triples([node]))
    found = dict.fromkeys(own)
    parts = [triple.object for triple in own if triple.predicate in _PARTS]
    while parts:
        of_parts = list(store.triples(part for part in dict.fromkeys(parts) if isinstance(part, NamedNode)))
        parts = [triple.object for triple in of_parts if triple.predicate in _PARTS and triple not in found]
        found |= dict.fromkeys(of_parts)
    derived = (quad.triple for quad in store.inner.quads_for_pattern(node, None, None, DERIVED))
    linked = (quad.triple for link in _LINKS for quad in store.inner.quads_for_pattern(None, link, node, _DEFAULT))
    return list(found | dict.fromkeys(derived) | dict.fromkeys(linked))


def read(store: EmbeddedStore, family: str, id: str, node: NamedNode) -> Resource:
    """A thing with its claims, the earliest first; those of a document as its text has them."""
    if family == "claim":
        claim = read_claim(store, id)
        if claim:
            return _claim(store, claim, node)
    query = (_CLAIMS_IN if family == "document" else _CLAIMS_ABOUT) % (MOST_CLAIMS + 1)
    rows = list(cast(QuerySolutions, store.query(query, {Variable("node"): node})))
    claims = [claim for row in rows[:MOST_CLAIMS] if (claim := read_claim(store, local_id(row["claim"].value)))]
    document = next(read_documents(store, document=id), None) if family == "document" else None
    names = (document.title or id,) if document else _names(store, node)
    return Resource(family, id, node.value, names or (id,), _facts(store, node), tuple(claims), len(rows) > MOST_CLAIMS, document=document)


def _claim(store: EmbeddedStore, claim: Claim, node: NamedNode) -> Resource:
    same = tuple(other for other in read_claims(store, key=claim.key) if other.id != claim.id)
    return Resource("claim", claim.id, node.value, (claim.type.replace("_", " "),), (), (), False, claim,
                    next(read_documents(store, document=claim.document), None), same, _against(store, claim))


def _against(store: EmbeddedStore, claim: Claim) -> tuple[tuple[str, Claim], ...]:
    """Claims of the same sort about the same things that deny it, or give another figure for perhaps the same time."""
    filled = _fillers(claim)
    sets = [{quad.subject for link in _links(role) for quad in store.inner.quads_for_pattern(None, link, entity, _DEFAULT)}
            for role, entity in filled]
    found = []
    for node in sorted(set.intersection(*sets), key=str) if sets else ():
        other = read_claim(store, local_id(node.value)) if isinstance(node, NamedNode) else None
        if other and other.id != claim.id and other.type == claim.type and _fillers(other) == filled:
            why = contradiction(claim, other)
            if why:
                found.append((why, other))
    return tuple(found)


def _fillers(claim: Claim) -> frozenset[tuple[str, NamedNode]]:
    """Who and what it is about; the two sides of a symmetric claim are equals."""
    sides = ("subject", "object") if CLAIM_TYPES[claim.type].symmetric else ()
    return frozenset(("side" if role in sides else role, entity_iri(one.id, one.kind))
                     for role, one in claim.references() if role != "operation")


def _links(role: str) -> tuple[NamedNode, ...]:
    return (kg("subject"), kg("object")) if role == "side" else (kg(role),)


def contradiction(one: Claim, other: Claim) -> str | None:
    """Why two claims of one type about the same things cannot both be true; `None`: they can, or it cannot be told."""
    if one.modality != "actual" or other.modality != "actual" or not _may_meet(one.period, other.period):
        return None
    if one.polarity != other.polarity:
        return "denied" if other.polarity is Polarity.NEGATIVE else "affirmed"
    if one.polarity is Polarity.POSITIVE and one.outcome == other.outcome and _disjoint(one.quantity, other.quantity):
        return "another figure"
    return None


def _may_meet(one: Period | None, other: Period | None) -> bool:
    if one is None or other is None:
        return True
    return not (_before(one, other) or _before(other, one))


def _before(one: Period, other: Period) -> bool:
    return bool(one.end_latest and other.begin_earliest and one.end_latest < other.begin_earliest)


def _disjoint(one: Quantity | None, other: Quantity | None) -> bool:
    def below(a: Quantity, b: Quantity) -> bool:
        return a.maximum is not None and b.minimum is not None and a.maximum < b.minimum

    return bool(one and other and (below(one, other) or below(other, one)))


def _names(store: EmbeddedStore, node: NamedNode) -> tuple[str, ...]:
    rows = cast(QuerySolutions, store.query(_NAMES, {Variable("node"): node}))
    return tuple(dict.fromkeys(row["name"].value for row in rows))


def _facts(store: EmbeddedStore, node: NamedNode) -> tuple[tuple[str, str], ...]:
    said = list(store.triples([node]))
    return tuple((name, triple.object.value) for name, property in _FACTS for triple in said
                 if triple.predicate == property and not isinstance(triple.object, Triple))
