"""Claims, documents, actors and places as quads. Every node has an IRI of its own, so that nothing is ever pasted or renamed.

Claims and reference data go to the default graph, what only follows from claims to the graph `names.DERIVED`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from kg.errors import KgError
from kg.model import Actor, Claim, Document, Evidence, Kind, Modality, Period, Place, Polarity, Quantity, Reference
from kg.rdf.names import (
    ACTOR_CLASSES,
    DERIVED,
    GEONAMES,
    ID,
    PREFIXES,
    TERMS,
    WIKIDATA,
    claim_iri,
    document_iri,
    entity_iri,
    kg,
    kind_iri,
    reference_iri,
)

TYPE = NamedNode(PREFIXES["rdf"] + "type")
LABEL = NamedNode(PREFIXES["rdfs"] + "label")
ALT_LABEL = NamedNode(PREFIXES["skos"] + "altLabel")
DERIVED_FROM = NamedNode(PREFIXES["prov"] + "wasDerivedFrom")
TITLE = NamedNode(PREFIXES["dcterms"] + "title")
HAS_SOURCE, HAS_SELECTOR, EXACT, START, END = (
    NamedNode(PREFIXES["oa"] + name) for name in ("hasSource", "hasSelector", "exact", "start", "end"))

_TARGET, _QUOTE, _POSITION = (
    NamedNode(PREFIXES["oa"] + name) for name in ("SpecificResource", "TextQuoteSelector", "TextPositionSelector"))
_HAS_GEOMETRY, _AS_WKT, _WKT = (NamedNode(PREFIXES["geo"] + name) for name in ("hasGeometry", "asWKT", "wktLiteral"))
_POINT = NamedNode("http://www.opengis.net/ont/sf#Point")
_DATE, _INTEGER = NamedNode(PREFIXES["xsd"] + "date"), NamedNode(PREFIXES["xsd"] + "integer")
_ROLES = {role: (kg(role), kg(role + "Mention")) for role in ("subject", "object", "place", "from", "to", "operation")}
_ATTRIBUTED, _ATTRIBUTED_MENTION = kg("attributedTo"), kg("attributedToMention")
_CLASSES = {kind: kg(name) for kind, name in ACTOR_CLASSES.items()}
_TYPES = {name: kg(term.claim_class) for name, term in TERMS.items()}
_DIRECT = {name: kg(term.direct) for name, term in TERMS.items() if term.direct}
_MENTION, _MENTION_OF, _MENTION_KIND, _NAME, _NAME_WRITTEN = (
    kg(name) for name in ("Mention", "mentionOf", "mentionKind", "name", "nameWritten"))
_KEY, _EVIDENCE, _FURTHER, _RULE, _ORDER = (kg(name) for name in ("key", "evidence", "furtherEvidence", "rule", "inOrder"))
_ROLE_NAME, _OUTCOME = kg("roleName"), kg("outcome")
_CERTAINTY, _POLARITY, _MODALITY = kg("certainty"), kg("polarity"), kg("modality")
_EDTF, _BOUNDS = kg("edtf"), tuple(kg(name) for name in ("beginEarliest", "beginLatest", "endEarliest", "endLatest"))
_REPORTED, _REPORTED_EARLIEST, _REPORTED_LATEST = kg("reportedEdtf"), kg("reportedEarliest"), kg("reportedLatest")
_COUNT, _COUNT_TEXT, _MINIMUM, _MAXIMUM, _APPROXIMATE = (
    kg(name) for name in ("count", "countText", "countMinimum", "countMaximum", "countApproximate"))
_kind = lru_cache(maxsize=256)(kind_iri)


def claim_quads(claim: Claim) -> Iterator[Quad]:
    """The quads of one claim with its mentions and evidence, and what follows from it; about 45, fewer in company.

    Raises:
        KgError: a text holds half a surrogate pair, which RDF cannot.
    """
    return claims_quads([claim])


def claims_quads(claims: Iterable[Claim]) -> Iterator[Quad]:
    """The quads of several claims; mentions and sentences that claims of one document share are written once.

    Raises:
        KgError: as `claim_quads`.
    """
    mentions: dict[tuple[str, Reference], NamedNode] = {}
    targets: dict[Evidence, NamedNode] = {}
    for claim in claims:
        try:
            yield from _claim(claim, mentions, targets)
        except UnicodeEncodeError as problem:
            raise KgError(f"the text holds half a surrogate pair: {problem.reason}", where=f"claim {claim.id} of {claim.document}",
                          advice="read the document again with its right encoding") from None


def _claim(claim: Claim, mentions: dict[tuple[str, Reference], NamedNode], targets: dict[Evidence, NamedNode]) -> Iterator[Quad]:
    node, document = claim_iri(claim.id), document_iri(claim.document)
    yield Quad(node, TYPE, _TYPES[claim.type])
    yield Quad(node, _KEY, Literal(claim.key))
    yield Quad(node, DERIVED_FROM, document)
    spoken = [(*_ROLES[role], reference) for role, reference in claim.references()]
    if claim.attributed_to:
        spoken.append((_ATTRIBUTED, _ATTRIBUTED_MENTION, claim.attributed_to))
    for role, role_mention, reference in spoken:
        mention = mentions.get((claim.document, reference))
        if mention is None:
            mention = mentions[claim.document, reference] = _mention_iri(claim.document, reference)
            yield from _mention(mention, document, reference)
        yield Quad(node, role, reference_iri(reference))
        yield Quad(node, role_mention, mention)
    yield Quad(node, _CERTAINTY, _kind(claim.certainty.value))
    yield Quad(node, _POLARITY, _kind(claim.polarity.value))
    yield Quad(node, _MODALITY, _kind(claim.modality.value))
    if claim.role is not None:
        yield Quad(node, _ROLE_NAME, Literal(claim.role))
    if claim.outcome is not None:
        yield Quad(node, _OUTCOME, Literal(claim.outcome))
    if claim.rule:
        yield Quad(node, _RULE, Literal(claim.rule))
    if claim.period:
        yield from _period(node, claim.period)
    yield from _reported(node, claim.reported)
    if claim.quantity:
        yield from _quantity(node, claim.quantity)
    for evidence in claim.evidence:
        if evidence not in targets:
            targets[evidence] = _evidence_iri(evidence)
            yield from _evidence(targets[evidence], evidence)
    first, *more = (targets[evidence] for evidence in claim.evidence)
    yield Quad(node, _EVIDENCE, first)
    yield from _ordered(node, _FURTHER, more)
    yield from _direct(claim)


def derived_quads(claim: Claim) -> Iterator[Quad]:
    """The part of `claim_quads` that other claims may imply as well: the graph `DERIVED`."""
    yield from _direct(claim)
    for _, reference in claim.references():
        yield from _named(reference)
    if claim.attributed_to:
        yield from _named(claim.attributed_to)


def _direct(claim: Claim) -> Iterator[Quad]:
    """The direct triple that follows from a claim, when it is affirmed and actual and its type links two things."""
    direct = _DIRECT.get(claim.type)
    if direct is not None and claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ACTUAL:
        term = TERMS[claim.type]
        source, target = claim.reference(term.source), claim.reference(term.target)
        if source is not None and target is not None:
            yield Quad(reference_iri(source), direct, reference_iri(target), DERIVED)


def _named(reference: Reference) -> Iterator[Quad]:
    """How documents name and type an actor, place or operation; derived, since a document may be wrong."""
    entity = reference_iri(reference)
    yield Quad(entity, TYPE, _CLASSES[reference.kind], DERIVED)
    yield Quad(entity, LABEL, Literal(reference.name), DERIVED)


def document_quads(document: Document) -> Iterator[Quad]:
    """What is known about a document: about ten quads. Its text is not stored."""
    node = document_iri(document.id)
    yield Quad(node, TYPE, kg("Document"))
    yield Quad(node, kg("path"), Literal(document.id))
    yield Quad(node, kg("digest"), Literal(document.digest))
    for name, value in (("publisher", document.publisher), ("dateline", document.dateline), ("url", document.url),
                        ("licence", document.licence)):
        if value is not None:
            yield Quad(node, kg(name), Literal(value))
    if document.title is not None:
        yield Quad(node, TITLE, Literal(document.title))
    yield from _ordered(node, kg("author"), [Literal(author) for author in document.authors])
    yield from _reported(node, document.published)


def actor_quads(actor: Actor) -> Iterator[Quad]:
    """An actor with its names, their kinds, periods and sources: about five quads, and five a name."""
    node = entity_iri(actor.id, actor.kind)
    yield Quad(node, TYPE, _CLASSES[actor.kind])
    yield Quad(node, LABEL, Literal(actor.name))
    for number, name in enumerate(actor.names, 1):
        form = NamedNode(f"{node.value}#name-{number}")
        yield Quad(node, kg("hasName"), form)
        yield Quad(form, TYPE, kg("Name"))
        yield Quad(form, kg("nameNumber"), Literal(number))
        yield Quad(form, _NAME, Literal(name.text))
        yield Quad(form, kg("nameKind"), _kind(name.kind.value))
        if number > 1:
            yield Quad(node, ALT_LABEL, Literal(name.text))
        if name.period:
            yield from _period(form, name.period)
        if name.source is not None:
            yield Quad(form, kg("source"), Literal(name.source))
    if actor.country is not None:
        yield Quad(node, kg("country"), Literal(actor.country))
    if actor.period:
        yield from _period(node, actor.period)
    yield from _ordered(node, kg("source"), [Literal(source) for source in actor.sources])
    if actor.wikidata is not None:
        yield Quad(node, kg("wikidata"), NamedNode(WIKIDATA + actor.wikidata))


def place_quads(place: Place) -> Iterator[Quad]:
    """A place of the gazetteer: about ten quads."""
    node = entity_iri(place.id, Kind.PLACE)
    yield Quad(node, TYPE, _CLASSES[Kind.PLACE])
    yield Quad(node, LABEL, Literal(place.name))
    yield from _ordered(node, ALT_LABEL, [Literal(name) for name in place.names])
    yield Quad(node, kg("placeKind"), _kind(place.kind))
    yield Quad(node, kg("country"), Literal(place.country))
    if place.within is not None:
        yield Quad(node, kg("within"), entity_iri(place.within, Kind.PLACE))
    if place.latitude is not None and place.longitude is not None:
        yield Quad(node, kg("latitude"), Literal(place.latitude))
        yield Quad(node, kg("longitude"), Literal(place.longitude))
        yield from _point(node, place.latitude, place.longitude)
    if place.geonames is not None:
        yield Quad(node, kg("geonames"), NamedNode(f"{GEONAMES}{place.geonames}/"))


def _point(place: NamedNode, latitude: float, longitude: float) -> Iterator[Quad]:
    """The same point for GeoSPARQL: well-known text has the longitude first, and means WGS 84 where it names no system."""
    point = NamedNode(f"{place.value}#point")
    yield Quad(place, _HAS_GEOMETRY, point)
    yield Quad(point, TYPE, _POINT)
    yield Quad(point, _AS_WKT, Literal(f"POINT({longitude!r} {latitude!r})", datatype=_WKT))


def _mention_iri(document: str, reference: Reference) -> NamedNode:
    said = "\x1f".join((document, reference.id, reference.kind.value, reference.name, *reference.names))
    return NamedNode(f"{ID}mention/{hashlib.sha256(said.encode()).hexdigest()[:16]}")


def _mention(node: NamedNode, document: NamedNode, reference: Reference) -> Iterator[Quad]:
    """How one document speaks of something; the names there may differ from those elsewhere."""
    yield Quad(node, TYPE, _MENTION)
    yield Quad(node, DERIVED_FROM, document)
    yield Quad(node, _MENTION_OF, reference_iri(reference))
    yield Quad(node, _MENTION_KIND, _kind(reference.kind.value))
    yield Quad(node, _NAME, Literal(reference.name))
    yield from _ordered(node, _NAME_WRITTEN, [Literal(name) for name in reference.names])
    yield from _named(reference)


def _evidence_iri(evidence: Evidence) -> NamedNode:
    """The document's IRI with the fragment that RFC 5147 gives a stretch of plain text."""
    return NamedNode(f"{document_iri(evidence.document).value}#char={evidence.span.start},{evidence.span.end}")


def _evidence(node: NamedNode, evidence: Evidence) -> Iterator[Quad]:
    """A Web Annotation target: the stretch of the document, found by its words or by its offsets in code points."""
    words = NamedNode(node.value.replace("#char=", "#quote=", 1))
    place = NamedNode(node.value.replace("#char=", "#position=", 1))
    yield Quad(node, TYPE, _TARGET)
    yield Quad(node, HAS_SOURCE, document_iri(evidence.document))
    yield Quad(node, HAS_SELECTOR, words)
    yield Quad(node, HAS_SELECTOR, place)
    yield Quad(words, TYPE, _QUOTE)
    yield Quad(words, EXACT, Literal(evidence.quote))
    yield Quad(place, TYPE, _POSITION)
    yield Quad(place, START, Literal(evidence.span.start))
    yield Quad(place, END, Literal(evidence.span.end))


@lru_cache(maxsize=4096)
def _dated(period: Period) -> tuple[tuple[NamedNode, Literal], ...]:
    days = (period.begin_earliest, period.begin_latest, period.end_earliest, period.end_latest)
    return (_EDTF, Literal(period.edtf)), *((bound, _day(day)) for bound, day in zip(_BOUNDS, days, strict=True) if day)


def _period(node: NamedNode, period: Period) -> Iterator[Quad]:
    return (Quad(node, name, value) for name, value in _dated(period))


def _reported(node: NamedNode, period: Period | None) -> Iterator[Quad]:
    if period:
        yield Quad(node, _REPORTED, Literal(period.edtf))
        if period.begin_earliest:
            yield Quad(node, _REPORTED_EARLIEST, _day(period.begin_earliest))
        if period.end_latest:
            yield Quad(node, _REPORTED_LATEST, _day(period.end_latest))


def _quantity(node: NamedNode, quantity: Quantity) -> Iterator[Quad]:
    yield Quad(node, _COUNT, Literal(quantity.notation))
    yield Quad(node, _COUNT_TEXT, Literal(quantity.text))
    if quantity.minimum is not None:
        yield Quad(node, _MINIMUM, _number(quantity.minimum))
    if quantity.maximum is not None:
        yield Quad(node, _MAXIMUM, _number(quantity.maximum))
    if quantity.approximate:
        yield Quad(node, _APPROXIMATE, Literal(True))


@lru_cache(maxsize=16384)
def _day(day: date) -> Literal:
    return Literal(day.isoformat(), datatype=_DATE)


def _number(value: int) -> Literal:
    """An xsd:integer of any size: pyoxigraph takes no Python int beyond 64 bits."""
    return Literal(str(value), datatype=_INTEGER)


def _ordered(node: NamedNode, name: NamedNode, values: Sequence[Literal | NamedNode]) -> Iterator[Quad]:
    """Values whose order matters: one quad each, and the order as a JSON array where there is one to keep."""
    for value in values:
        yield Quad(node, name, value)
    if len(values) > 1:
        yield Quad(node, _ORDER, Literal(json.dumps([value.value for value in values], ensure_ascii=False)))
