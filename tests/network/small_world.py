"""Claims of a small world as hypothesis draws them: two that move, three sides, and the same claims moved in time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from claim_makers import claim
from hypothesis import strategies as st

from kg.model import Claim, Period

DAYS = st.dates(date(2000, 1, 1), date(2030, 1, 1))
EVENTS = ("defect", "attack", "split_from")
KINDS = ("member_of", "part_of", "allied_with", *EVENTS)
QUARRELS = ("allied_with", "supports", "attack", "opposes")


@st.composite
def told(draw: st.DrawFn, kinds: Sequence[str] = KINDS, sides: Sequence[str] = ("army", "rebels", "front")) -> Claim:
    """Claims of a small world: two that move, three sides, days exact or not told, what lasts with an end, open or of one day."""
    type_ = draw(st.sampled_from(kinds))
    actor, side = draw(st.sampled_from(["guards", "militia"])), draw(st.sampled_from(sides))
    begin = draw(st.none() | DAYS)
    report = begin + timedelta(draw(st.integers(0, 900))) if begin else draw(DAYS)
    last = begin + timedelta(draw(st.integers(0, 3000))) if begin else None
    end = draw(st.sampled_from(["", "/..", f"/{last}"])) if type_ not in EVENTS else ""
    document, day = f"{draw(st.sampled_from('xy'))}-{report}", f"{begin}{end}" if begin else None  # one report, one day
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
