"""Documents and claims as hypothesis draws them."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from kg.model import (
    CLAIM_TYPES,
    Certainty,
    Claim,
    Document,
    Evidence,
    Kind,
    Modality,
    Period,
    Polarity,
    Quantity,
    Reference,
    Span,
)

words = st.text(min_size=1, max_size=12)  # any code points but half surrogate pairs
days = st.dates(date(1, 1, 1), date(9999, 12, 31))


@st.composite
def dates(draw: st.DrawFn) -> str:
    """One EDTF level 1 date."""
    day = draw(days).isoformat()
    season = f"{day[:4]}-{draw(st.integers(21, 24))}"
    written = draw(st.sampled_from([
        day, day[:7], day[:4], season, day[:3] + "X", day[:2] + "XX", day[:4] + "-XX", day[:7] + "-XX", day[:4] + "-XX-XX"]))
    return written + draw(st.sampled_from(["", "~", "?", "%"]))


@st.composite
def edtf(draw: st.DrawFn) -> str:
    """An EDTF level 1 date or interval that `Period.parse` reads."""
    one, other = draw(dates()), draw(dates())
    text = draw(st.sampled_from([one, f"{one}/{other}", f"{other}/{one}", f"{one}/..", f"../{one}", f"{one}/", f"/{one}"]))
    try:
        Period.parse(text)
    except ValueError:
        return one  # an interval that ends before it begins, or a decade with X before year 1
    return text


periods = edtf().map(Period.parse)


@st.composite
def quantities(draw: st.DrawFn) -> Quantity:
    bounds = sorted(draw(st.lists(st.integers(0, 10**12), min_size=2, max_size=2)))
    minimum, maximum = draw(st.sampled_from([(bounds[0], bounds[1]), (bounds[0], bounds[0]), (None, bounds[1]), (bounds[0], None)]))
    # The exchange format marks "about" in the notation, which has room for it only where there are both bounds.
    about = draw(st.booleans()) and minimum is not None and maximum is not None
    return Quantity(minimum, maximum, draw(words), approximate=about)


references = st.builds(Reference, words, st.sampled_from(Kind), words, st.lists(words, max_size=3).map(tuple))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = draw(st.text(min_size=1, max_size=200))
    return Document(draw(words), text, title=draw(st.none() | words), published=draw(st.none() | periods))


@st.composite
def spans(draw: st.DrawFn, text: str) -> Span:
    start = draw(st.integers(0, len(text) - 1))
    return Span(start, draw(st.integers(start + 1, len(text))))


@st.composite
def claims(draw: st.DrawFn, document: Document | None = None) -> Claim:
    """Any claim that is allowed, with evidence in its document."""
    source = document or draw(documents())
    kind = draw(st.sampled_from(list(CLAIM_TYPES.values())))
    needed = draw(st.sampled_from(kind.keys))
    roles = {("from_" if role == "from" else role): draw(references if role in needed else st.none() | references)
             for role in ("subject", "object", "place", "from", "to", "operation")}
    found = [draw(spans(source.text)) for _ in range(draw(st.integers(1, 3)))]
    return Claim(
        kind.name, tuple(Evidence(source.id, span, span.of(source.text)) for span in found), **roles,
        role=draw(st.none() | words), outcome=draw(st.none() | words), period=draw(st.none() | periods),
        quantity=draw(quantities() if "count" in needed else st.none() | quantities()),
        attributed_to=draw(st.none() | references), certainty=draw(st.sampled_from(Certainty)),
        polarity=draw(st.sampled_from(Polarity)), modality=draw(st.sampled_from(Modality)),
        reported=draw(st.none() | periods), rule=draw(st.just("") | words),
    )
