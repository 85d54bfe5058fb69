"""Claims built by hand, for the tests of what is worked out from claims."""

from __future__ import annotations

from kg.model import Certainty, Claim, Evidence, Kind, Modality, Period, Polarity, Quantity, Reference, Span

KINDS = {
    "front": Kind.ALLIANCE, "pact": Kind.ALLIANCE, "league": Kind.ALLIANCE, "council": Kind.GOVERNMENT, "commission": Kind.GOVERNMENT,
    "neighbour": Kind.STATE, "1st-battalion": Kind.MILITARY_UNIT, "2nd-battalion": Kind.MILITARY_UNIT, "colonel": Kind.PERSON,
    "general": Kind.PERSON, "soldiers": Kind.PEOPLE, "civilians": Kind.PEOPLE, "resistance": Kind.BLOC, "town": Kind.PLACE,
    "hill": Kind.PLACE, "operation-1": Kind.OPERATION,
}
"""What is no armed group: the army, the rebels, the guards and whoever else is named are."""


def who(id_: str | None) -> Reference | None:
    """The actor or place of an id; `None` for none."""
    return Reference(id_, KINDS.get(id_, Kind.ARMED_GROUP), id_.title()) if id_ else None


def number(told: str | None) -> Quantity | None:
    """A quantity by the codebook's notation, in words that a text would use."""
    if told is None:
        return None
    if told.startswith("<"):
        return Quantity(None, int(told[1:]), f"nearly {told[1:]}")
    if told.endswith("+"):
        return Quantity(int(told[:-1]), None, f"over {told[:-1]}")
    digits = int(told.lstrip("~"))
    return Quantity(digits, digits, f"about {digits}" if told.startswith("~") else str(digits), approximate=told.startswith("~"))


def claim(type_: str, subject: str | None = None, object_: str | None = None, *, from_: str | None = None, to: str | None = None,
          place: str | None = None, operation: str | None = None, count: str | Quantity | None = None, on: str | None = None,
          reported: str | None = "2024-01-31", document: str = "a.txt", by: str | None = None, quote: str | None = None,
          at: int | None = None, role: str | None = None, outcome: str | None = None, certainty: str = "stated",
          polarity: str = "positive", modality: str = "actual") -> Claim:
    quantity = count if isinstance(count, Quantity) else number(count)
    words = quote or (f"{quantity.text} soldiers." if quantity else "Some.")
    said = "|".join(map(str, (type_, subject, object_, from_, to, place, count, on, by, polarity)))
    start = at if at is not None else sum(i * ord(c) for i, c in enumerate(said, 1))  # other words stand elsewhere in the text
    return Claim(
        type_, (Evidence(document, Span(start, start + len(words)), words),), subject=who(subject), object=who(object_), place=who(place),
        from_=who(from_), to=who(to), operation=who(operation), role=role, outcome=outcome, quantity=quantity,
        period=Period.parse(on) if on else None, reported=Period.parse(reported) if reported else None, attributed_to=who(by),
        certainty=Certainty(certainty), polarity=Polarity(polarity), modality=Modality(modality))
