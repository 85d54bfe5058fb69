"""Claims of a small world as hypothesis draws them: two that move, three sides, and the same claims moved in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from claim_makers import claim
from hypothesis import strategies as st

from kg.model import Claim, Period

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
        return claim(type_, actor, to=side, from_=from_, on=day, reported=str(report), document=document)
    return claim(type_, actor, side, on=day, reported=str(report), document=document)


def moved(one: Claim, days: int) -> Claim:
    """The same claim, everything in it so many days later."""
    return replace(one, period=_moved(one.period, days), reported=_moved(one.reported, days))


def _moved(period: Period | None, days: int) -> Period | None:
    if period is None:
        return None
    parts = [part if part == ".." else str(date.fromisoformat(part) + timedelta(days)) for part in period.edtf.split("/")]
    return Period.parse("/".join(parts))
