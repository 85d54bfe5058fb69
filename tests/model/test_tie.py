"""The days on which a tie counts. What each policy makes of them is tested with the networks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Answer, Claim, Evidence, Kind, Period, Reference, Span, Spell, spell, ties

A, B = (Reference(name, Kind.ARMED_GROUP, name) for name in "ab")
SAID = (Evidence("report.txt", Span(0, 8), "A met B."),)


def told(type_: str, edtf: str | None, reported: str | None) -> Claim:
    return Claim(type_, SAID, A, B, period=Period.parse(edtf) if edtf else None, reported=Period.parse(reported) if reported else None)


# An event counts 90 days more (2023-10-27 and 90 days: 2024-01-25); a relation for ever, unless it is said to have ended.
@pytest.mark.parametrize(("claim", "expected"), [
    (told("attack", "2023-10-27", None), ["2023-10-27", "2023-10-27", "2023-10-27", "2024-01-25"]),
    (told("attack", "2023-11", None), ["2023-11-01", "2023-11-30", "2023-11-01", "2024-02-28"]),
    (told("attack", "2023-10-27/..", "2023-11-17"), ["2023-10-27", "2023-10-27", "2023-11-17", "2024-02-15"]),
    (told("attack", "2023-10-27?", None), ["2023-10-27", None, None, "2024-01-25"]),
    (told("attack", None, "2023-11-17"), ["2023-11-17", None, None, "2024-02-15"]),
    (told("attack", None, None), [None, None, None, None]),
    (told("attack", "9999-12", None), ["9999-12-01", "9999-12-31", "9999-12-01", None]),
    (told("member_of", "2019/..", "2023-11-17"), ["2019-01-01", "2019-12-31", "2023-11-17", None]),
    (told("member_of", "2015/2019-05-01", "2023-11-17"), ["2015-01-01", "2015-12-31", "2019-05-01", "2019-05-01"]),
    (told("member_of", "../2019", None), [None, "2019-12-31", "2019-01-01", "2019-12-31"]),
])
def test_the_days_on_which_a_claim_counts(claim: Claim, expected: list[str | None]) -> None:
    days = [date.fromisoformat(day) if day else None for day in expected]
    assert spell(claim) == Spell(*days)
    assert [spell(tie) for tie in ties([claim])] == [Spell(*days)]


PERIODS = ["2023-10", "2023-10-27", "2023-10-27/..", "2023-10/2023-12", "2023-10-27?", "../2023-10", "2023~/", "202X", "2023-11%/2024"]


@given(st.sampled_from(PERIODS), st.sampled_from(["attack", "member_of"]), st.sampled_from(["2023-11-17", "2023-11"]),
       st.integers(0, 400), st.integers(-800, 1200))
def test_while_its_period_reaches_it_counts_as_the_period_says(edtf: str, type_: str, reported: str, keep: int, days: int) -> None:
    """Oracle: `Period.covers`, and after the last day that is known of, "maybe" for as long as asked."""
    period = Period.parse(edtf).as_reported(date(2023, 11, 17 if len(reported) > 7 else 1))
    day = date(2023, 10, 27) + timedelta(days)
    known_until = period.end_latest or period.end_earliest
    assert known_until is not None
    over = type_ == "member_of" and "/" in edtf and period.end_latest is not None
    if day <= known_until:
        expected = period.covers(day)
    else:
        expected = Answer.MAYBE if not over and day <= known_until + timedelta(keep) else Answer.NO
    assert spell(told(type_, edtf, reported), sighting_days=keep, relation_days=keep).answer(day) is expected
