"""Claims written by hand, in one line each, for the tests of loyalty."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from kg.model import Certainty, Claim, Evidence, Kind, Modality, Period, Polarity, Quantity, Reference, Span

KINDS = {
    "army": Kind.ARMED_GROUP, "rebels": Kind.ARMED_GROUP, "front": Kind.ALLIANCE, "pact": Kind.ALLIANCE, "militia": Kind.ARMED_GROUP,
    "guards": Kind.ARMED_GROUP, "new-guards": Kind.ARMED_GROUP, "1st-battalion": Kind.MILITARY_UNIT, "2nd-battalion": Kind.MILITARY_UNIT,
    "colonel": Kind.PERSON, "soldiers": Kind.PEOPLE, "resistance": Kind.BLOC, "council": Kind.GOVERNMENT, "commission": Kind.GOVERNMENT,
    "neighbour": Kind.STATE, "town": Kind.PLACE,
}


def ref(name: str | None) -> Reference | None:
    """The actor of a name; what is no key of `KINDS` is an armed group."""
    return Reference(name, KINDS.get(name, Kind.ARMED_GROUP), name) if name else None


def claim(
    type_: str, subject: str | None = None, object_: str | None = None, *, from_: str | None = None, to: str | None = None,
    when: str | None = None, told: str | None = "2024-01-01", document: str = "a.txt", count: Quantity | None = None, by: str | None = None,
    polarity: str = "positive", modality: str = "actual", certainty: str = "stated", role: str | None = None, at: int = 0,
) -> Claim:
    """A claim; `told` is the day of its report, `at` where in the document it stands."""
    return Claim(
        type_, (Evidence(document, Span(at, at + 1), "."),), ref(subject), ref(object_), from_=ref(from_), to=ref(to),
        period=Period.parse(when) if when else None, reported=Period.parse(told) if told else None, quantity=count,
        attributed_to=ref(by), polarity=Polarity(polarity), modality=Modality(modality), certainty=Certainty(certainty), role=role)


DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
EVENTS = ("defect", "attack", "split_from")


@st.composite
def told(draw: st.DrawFn) -> Claim:
    """Claims of a small world: two that move, three sides, days exact or not told."""
    type_ = draw(st.sampled_from(["member_of", "part_of", "allied_with", *EVENTS]))
    actor, side = draw(st.sampled_from(["guards", "militia"])), draw(st.sampled_from(["army", "rebels", "front"]))
    begin = draw(st.none() | DAYS)
    report = begin + timedelta(draw(st.integers(0, 900))) if begin else draw(DAYS)
    open_end = "/.." if type_ not in EVENTS and draw(st.booleans()) else ""
    document, day = f"{draw(st.sampled_from('xy'))}-{report}", f"{begin}{open_end}" if begin else None  # one report, one day
    if type_ == "defect":
        from_ = draw(st.none() | st.sampled_from([other for other in ("army", "rebels", "front") if other != side]))
        return claim(type_, actor, to=side, from_=from_, when=day, told=str(report), document=document)
    return claim(type_, actor, side, when=day, told=str(report), document=document)


def moved(one: Claim, days: int) -> Claim:
    """The same claim, everything in it so many days later."""
    return replace(one, period=_moved(one.period, days), reported=_moved(one.reported, days))


def _moved(period: Period | None, days: int) -> Period | None:
    if period is None:
        return None
    parts = [part if part == ".." else str(date.fromisoformat(part) + timedelta(days)) for part in period.edtf.split("/")]
    return Period.parse("/".join(parts))
