"""Triples back to claims, documents, actors and places: what `mapping` wrote, equal."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from urllib.parse import quote, unquote

from pyoxigraph import Literal, NamedNode, QuerySolutions, Variable

from kg.errors import KgError
from kg.model import (
    ROLES,
    Actor,
    Certainty,
    Claim,
    Evidence,
    Kind,
    Modality,
    Name,
    NameKind,
    Period,
    Place,
    Polarity,
    Quantity,
    Reference,
    Span,
)
from kg.rdf.names import (
    ACTOR_CLASSES,
    GEONAMES,
    KG,
    KIND,
    PREFIXES,
    TERMS,
    WIKIDATA,
    claim_iri,
    compact,
    document_iri,
    entity_iri,
    kg,
    local_id,
)
from kg.rdf.protocol import Store, Term

_TYPE = PREFIXES["rdf"] + "type"
_LABEL = PREFIXES["rdfs"] + "label"
_ALT_LABEL = PREFIXES["skos"] + "altLabel"
_TITLE = PREFIXES["dcterms"] + "title"
_OA = PREFIXES["oa"]
_TYPE_OF_CLASS = {KG + term.claim_class: name for name, term in TERMS.items()}
_MENTIONS = tuple(f"{KG}{role}Mention" for role in (*ROLES, "attributedTo"))
_FIELDS = {"from": "from_", "attributedTo": "attributed_to"}  # role in RDF → field of `Claim`
_About = Mapping[str, Mapping[str, list[str]]]  # node → property → values
_CHUNK = 500  # claims read at once: enough to share their mentions, little enough to hold

# Claims in the order of documents and of their text; `%s` are the conditions of one call.
_CLAIMS = """
SELECT DISTINCT ?claim ?document ?start WHERE {
  VALUES ?key { UNDEF } VALUES ?document { UNDEF } VALUES ?type { UNDEF } VALUES ?actor { UNDEF }
  VALUES ?since { UNDEF } VALUES ?until { UNDEF }
  ?claim kg:key ?key ; a ?type ; prov:wasDerivedFrom ?document ; kg:evidence/oa:hasSelector/oa:start ?start .
  %s
} ORDER BY ?document ?start ?claim"""
_IDS = """
SELECT ?claim WHERE {
  VALUES ?start { UNDEF }
  ?claim kg:key ?key . FILTER (STRSTARTS(STR(?claim), ?start))
} ORDER BY ?claim"""
_OF_ACTOR = """
  { ?claim kg:subject ?actor } UNION { ?claim kg:object ?actor } UNION { ?claim kg:from ?actor } UNION { ?claim kg:to ?actor }
  UNION { ?claim kg:attributedTo ?actor }"""
_DATED = """
  ?claim kg:edtf ?edtf .
  OPTIONAL { ?claim kg:beginEarliest ?begin } OPTIONAL { ?claim kg:endLatest ?end }"""
_SINCE = "FILTER (COALESCE(?end >= ?since, true))"
_UNTIL = "FILTER (COALESCE(?begin <= ?until, true))"


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """What a store knows of a document: everything of `kg.model.Document` but its text, and the digest of all of it."""

    id: str
    digest: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Period | None = None
    dateline: str | None = None
    url: str | None = None
    licence: str | None = None


def read_claims(store: Store, *, actor: str | None = None, type: str | None = None, document: str | None = None,
                key: str | None = None, since: date | None = None, until: date | None = None) -> Iterator[Claim]:
    """The claims of a store, equal to those that were written, in the order of documents and of their text.

    Args:
        store: the store.
        actor: only claims in which the actor of this id has a part, or whose word it is.
        type: only claims of this type.
        document: only claims of the document of this id.
        key: only claims that say this, whoever says it.
        since: only claims that may hold or have happened on this day or later; undated ones are left out.
        until: the same, on this day or earlier.

    Raises:
        KgError: a claim in the store is not complete, or `type` is no claim type.
    """
    bound: dict[str, Term] = {}
    conditions = []
    if type is not None:
        if type not in TERMS:
            raise KgError(f"unknown claim type {type!r}", where="read_claims", advice=f"one of {', '.join(TERMS)}")
        bound["type"] = kg(TERMS[type].claim_class)
    if document is not None:
        bound["document"] = document_iri(document)
    if key is not None:
        bound["key"] = Literal(key)
    if actor is not None:
        bound["actor"] = entity_iri(actor, Kind.ARMED_GROUP)
        conditions.append(_OF_ACTOR)
    if since or until:
        conditions.append(_DATED)
    for name, day, condition in (("since", since, _SINCE), ("until", until, _UNTIL)):
        if day:
            bound[name] = Literal(day.isoformat(), datatype=NamedNode(PREFIXES["xsd"] + "date"))
            conditions.append(condition)
    rows = store.query(_CLAIMS % "\n".join(conditions), {Variable(name): value for name, value in bound.items()})
    nodes = [row["claim"] for row in cast(QuerySolutions, rows)]
    for chunk in (nodes[i : i + _CHUNK] for i in range(0, len(nodes), _CHUNK)):
        yield from _claims(store, chunk)


def read_claim(store: Store, id: str) -> Claim | None:
    """The claim of this id; `None` where the store holds none. Costs the same however many there are.

    Raises:
        KgError: it is not complete.
    """
    node = _claim_node(id)
    return next(_claims(store, [node])) if any(store.triples([node])) else None


def claim_ids(store: Store, start: str) -> tuple[str, ...]:
    """The ids of the claims whose ids begin so, sorted. Looks at every id, but reads no claim."""
    rows = store.query(_IDS, {Variable("start"): Literal(_claim_node(start).value)})
    return tuple(local_id(row["claim"].value) for row in cast(QuerySolutions, rows))


def read_documents(store: Store, *, document: str | None = None) -> Iterator[StoredDocument]:
    """What the store knows of its documents, by path; or of the one of this id."""
    for node in _instances(store, "Document") if document is None else [document_iri(document)]:
        about = _about(store, [node]).get(node.value)
        if about is None:
            continue
        published = _one(about, KG + "reportedEdtf")
        yield StoredDocument(
            local_id(node.value), _one(about, KG + "digest") or "", _one(about, _TITLE), _one(about, KG + "publisher"),
            _in_order(about, KG + "author"), Period.parse(published) if published else None,
            _one(about, KG + "dateline"), _one(about, KG + "url"), _one(about, KG + "licence"))


def read_actors(store: Store) -> Iterator[Actor]:
    """The actors and operations that were stored as such (`actor_quads`), by IRI; not those that only claims name."""
    for kind, name in ACTOR_CLASSES.items():
        if kind is not Kind.PLACE:
            for node in _instances(store, name):
                yield _actor(store, node, kind)


def read_places(store: Store) -> Iterator[Place]:
    """The places that were stored as such (`place_quads`), by IRI."""
    for node in _instances(store, "Place"):
        about = _about(store, [node])[node.value]
        within, geonames = _one(about, KG + "within"), _one(about, KG + "geonames")
        latitude, longitude = _one(about, KG + "latitude"), _one(about, KG + "longitude")
        yield Place(
            local_id(node.value), about[_LABEL][0], _in_order(about, _ALT_LABEL), unquote(about[KG + "placeKind"][0][len(KIND):]),
            about[KG + "country"][0], local_id(within) if within else None,
            float(latitude) if latitude else None, float(longitude) if longitude else None,
            int(geonames[len(GEONAMES):].strip("/")) if geonames else None)


def _claim_node(id: str) -> NamedNode:
    return claim_iri(quote(id, safe="", errors="replace"))  # whatever a person typed


def _instances(store: Store, class_name: str) -> list[NamedNode]:
    """The members of one class that are named and stored themselves, in order."""
    rows = store.query("SELECT ?node WHERE { VALUES ?class { UNDEF } ?node a ?class } ORDER BY ?node", {Variable("class"): kg(class_name)})
    return [row["node"] for row in cast(QuerySolutions, rows)]


def _about(store: Store, nodes: Iterable[NamedNode]) -> _About:
    """What the store says of some nodes: property → values as text."""
    about: dict[str, dict[str, list[str]]] = {}
    for subject, name, value in store.triples(nodes):
        about.setdefault(subject.value, {}).setdefault(name.value, []).append(value.value)
    return about


def _claims(store: Store, nodes: list[NamedNode]) -> Iterator[Claim]:
    claims = _about(store, nodes)
    mentions = _about(store, _linked(claims, *_MENTIONS))
    stretches = _about(store, _linked(claims, KG + "evidence", KG + "furtherEvidence"))
    selectors = _about(store, _linked(stretches, _OA + "hasSelector"))
    references = {node: _reference(about) for node, about in mentions.items()}
    evidence = {node: _evidence(about, selectors) for node, about in stretches.items()}
    for node in nodes:
        try:
            yield _claim(claims[node.value], references, evidence)
        except (KeyError, IndexError, ValueError) as problem:
            raise KgError(f"the claim is not complete: {problem}", where=compact(node.value),
                          advice="run `kg check`; build the store again with `kg build`") from None


def _claim(about: Mapping[str, list[str]], references: Mapping[str, Reference], evidence: Mapping[str, Evidence]) -> Claim:
    roles: dict[str, Any] = {}
    for role in (*ROLES, "attributedTo"):
        mention = _one(about, f"{KG}{role}Mention")
        if mention:
            roles[_FIELDS.get(role, role)] = references[mention]
    reported = _one(about, KG + "reportedEdtf")
    return Claim(
        type=next(_TYPE_OF_CLASS[c] for c in about[_TYPE] if c in _TYPE_OF_CLASS),
        evidence=tuple(evidence[node] for node in (*about[KG + "evidence"], *_in_order(about, KG + "furtherEvidence"))),
        **roles,
        role=_one(about, KG + "roleName"), outcome=_one(about, KG + "outcome"),
        period=_period(about), quantity=_quantity(about),
        certainty=Certainty(about[KG + "certainty"][0][len(KIND):]),
        polarity=Polarity(about[KG + "polarity"][0][len(KIND):]),
        modality=Modality(about[KG + "modality"][0][len(KIND):]),
        reported=Period.parse(reported) if reported else None,
        rule=_one(about, KG + "rule") or "",
    )


def _reference(about: Mapping[str, list[str]]) -> Reference:
    return Reference(local_id(about[KG + "mentionOf"][0]), Kind(about[KG + "mentionKind"][0][len(KIND):]), about[KG + "name"][0],
                     _in_order(about, KG + "nameWritten"))


def _evidence(about: Mapping[str, list[str]], selectors: _About) -> Evidence:
    # Both selectors speak of the same stretch: one knows its words, the other its offsets.
    both = {name: values[0] for node in about[_OA + "hasSelector"] for name, values in selectors[node].items()}
    span = Span(int(both[_OA + "start"]), int(both[_OA + "end"]))
    return Evidence(local_id(about[_OA + "hasSource"][0]), span, both[_OA + "exact"])


def _period(about: Mapping[str, list[str]]) -> Period | None:
    edtf = _one(about, KG + "edtf")
    if edtf is None:
        return None
    days = (_one(about, KG + bound) for bound in ("beginEarliest", "beginLatest", "endEarliest", "endLatest"))
    return Period(edtf, *(date.fromisoformat(day) if day else None for day in days))


def _quantity(about: Mapping[str, list[str]]) -> Quantity | None:
    text = _one(about, KG + "countText")
    if text is None:
        return None
    low, high = _one(about, KG + "countMinimum"), _one(about, KG + "countMaximum")
    return Quantity(int(low) if low else None, int(high) if high else None, text, KG + "countApproximate" in about)


def _actor(store: Store, node: NamedNode, kind: Kind) -> Actor:
    about = _about(store, [node])[node.value]
    forms = sorted(_about(store, _linked({node.value: about}, KG + "hasName")).values(), key=lambda form: int(form[KG + "nameNumber"][0]))
    names = tuple(Name(form[KG + "name"][0], NameKind(form[KG + "nameKind"][0][len(KIND):]), _period(form), _one(form, KG + "source"))
                  for form in forms)
    wikidata = _one(about, KG + "wikidata")
    return Actor(local_id(node.value), kind, names, _one(about, KG + "country"), _period(about), _in_order(about, KG + "source"),
                 wikidata[len(WIKIDATA):] if wikidata else None)


def _linked(about: _About, *properties: str) -> list[NamedNode]:
    """The nodes that some nodes link to by one of the properties, each once."""
    found = {value: None for node in about.values() for name in properties for value in node.get(name, ())}
    return [NamedNode(value) for value in found]


def _one(about: Mapping[str, list[str]], name: str) -> str | None:
    values = about.get(name)
    return values[0] if values else None


def _in_order(about: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    """The values of a property in the order they were written in."""
    order = _one(about, KG + "inOrder")
    return tuple(json.loads(order)) if order else tuple(about.get(name, ()))
