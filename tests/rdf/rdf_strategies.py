"""Random claims, documents and actors for the property tests of the rdf room."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kg.model import (
    CLAIM_TYPES,
    Actor,
    Certainty,
    Claim,
    Document,
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

# Any text that UTF-8 can hold: control characters, quotes, backslashes, right-to-left marks, emoji; no half surrogates.
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
identifiers = st.one_of(st.from_regex(r"[a-z0-9]+(-[a-z0-9]+){0,2}", fullmatch=True), words)

EDTF = ("2023-10-27", "2023-10", "2021", "2023-10~", "2023-10-27/..", "../2024", "1978", "202X", "2023-06-15?", "2024-21",
        "0001", "9999-12-31")
periods = st.builds(lambda edtf, day: Period.parse(edtf) if day is None else Period.parse(edtf).as_reported(day),
                    st.sampled_from(EDTF), st.none() | st.dates(min_value=date(1900, 1, 1)))
published = st.sampled_from(EDTF).map(Period.parse)
references = st.builds(Reference, identifiers, st.sampled_from(Kind), texts, st.lists(texts, max_size=4).map(tuple))
counts = st.integers(0, 10**30)
quantities = st.one_of(
    st.builds(lambda low, more, text, about: Quantity(low, low + more, text, about), counts, counts, texts, st.booleans()),
    st.builds(lambda low, text: Quantity(low, None, text), counts, texts),
    st.builds(lambda high, text: Quantity(None, high, text), counts, texts),
)


@st.composite
def evidences(draw: st.DrawFn, document: str, text: str) -> tuple[Evidence, ...]:
    """One to four different sentences of one text, in any order."""
    spans = draw(st.lists(st.tuples(st.integers(0, len(text) - 1), st.integers(1, 9)), min_size=1, max_size=4, unique=True))
    found = {Span(start, min(start + length, len(text))): None for start, length in spans}
    return tuple(Evidence(document, span, span.of(text)) for span in found)


@st.composite
def claims_of_document(draw: st.DrawFn, document: st.SearchStrategy[str] = identifiers) -> tuple[Claim, ...]:
    """Claims of one document, with every field."""
    name, text = draw(document), draw(words.map(lambda w: w * 5))
    return tuple(draw(st.lists(claims(name, text), min_size=1, max_size=5, unique_by=lambda claim: claim.id)))


@st.composite
def claims(draw: st.DrawFn, document: str, text: str) -> Claim:
    """A claim of any type with its key roles filled, the others perhaps."""
    kind = draw(st.sampled_from(sorted(CLAIM_TYPES)))
    key = draw(st.sampled_from(CLAIM_TYPES[kind].keys))
    roles = {"from_" if role == "from" else role: draw(references if role in key else st.none() | references)
             for role in ("subject", "object", "place", "from", "to", "operation")}
    return Claim(
        type=kind, evidence=draw(evidences(document, text)), **roles,
        role=draw(st.none() | texts), outcome=draw(st.none() | texts), period=draw(st.none() | periods),
        quantity=draw(quantities if "count" in key else st.none() | quantities), attributed_to=draw(st.none() | references),
        certainty=draw(st.sampled_from(Certainty)), polarity=draw(st.sampled_from(Polarity)), modality=draw(st.sampled_from(Modality)),
        reported=draw(st.none() | published), rule=draw(texts))


documents = st.builds(Document, identifiers, texts, st.none() | texts, st.none() | texts, st.lists(texts, max_size=3).map(tuple),
                      st.none() | published, st.none() | texts, st.none() | texts, st.none() | texts)
names = st.builds(Name, texts, st.sampled_from(NameKind), st.none() | periods, st.none() | texts)
actors = st.builds(Actor, identifiers, st.sampled_from([kind for kind in Kind if kind is not Kind.PLACE]),
                   st.lists(names, min_size=1, max_size=3).map(tuple), st.none() | texts, st.none() | periods,
                   st.lists(texts, max_size=3).map(tuple), st.none() | st.from_regex(r"Q[1-9][0-9]{0,8}", fullmatch=True))
degrees = st.none() | st.floats(-90, 90)
places = st.builds(
    lambda id, name, others, kind, country, within, point, geonames: Place(id, name, others, kind, country, within, *point, geonames),
    identifiers, texts, st.lists(texts, max_size=3).map(tuple), words, texts, st.none() | identifiers,
    st.just((None, None)) | st.tuples(st.floats(-90, 90), st.floats(-180, 180)), st.none() | st.integers(1, 10**8))
