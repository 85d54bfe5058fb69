"""Periods: bounds, three-valued answers, EDTF in and out."""

from __future__ import annotations

from datetime import date

import pytest
from claim_strategies import days, periods
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Answer, Period

YES, MAYBE, NO = Answer.YES, Answer.MAYBE, Answer.NO


# What each notation means is given by the EDTF specification (https://www.loc.gov/standards/datetime/); the slack of "~" and the
# months of the seasons are ours (`Period`, `_SEASONS`).
@pytest.mark.parametrize(("edtf", "bounds"), [
    ("2023-10-27", ("2023-10-27", "2023-10-27", "2023-10-27", "2023-10-27")),
    ("2023-10", ("2023-10-01", "2023-10-31", "2023-10-01", "2023-10-31")),
    ("2024-02", ("2024-02-01", "2024-02-29", "2024-02-01", "2024-02-29")),
    ("1978", ("1978-01-01", "1978-12-31", "1978-01-01", "1978-12-31")),
    ("197X", ("1970-01-01", "1979-12-31", "1970-01-01", "1979-12-31")),
    ("19XX", ("1900-01-01", "1999-12-31", "1900-01-01", "1999-12-31")),
    ("2023-XX", ("2023-01-01", "2023-12-31", "2023-01-01", "2023-12-31")),
    ("2023-10-XX", ("2023-10-01", "2023-10-31", "2023-10-01", "2023-10-31")),
    ("2023-24", ("2023-12-01", "2024-02-29", "2023-12-01", "2024-02-29")),
    ("2023-10-27~", ("2023-10-20", "2023-11-03", "2023-10-20", "2023-11-03")),
    ("2023-10-27/..", ("2023-10-27", "2023-10-27", "2023-10-27", None)),
    ("2023-10-27/", ("2023-10-27", "2023-10-27", "2023-10-27", None)),
    ("../2024", (None, "2024-12-31", "2024-01-01", "2024-12-31")),
    ("2021/2023", ("2021-01-01", "2021-12-31", "2023-01-01", "2023-12-31")),
    ("2023-10/2023-10-15", ("2023-10-01", "2023-10-15", "2023-10-15", "2023-10-15")),
])
def test_the_bounds_of_a_period(edtf: str, bounds: tuple[str | None, ...]) -> None:
    period = Period.parse(edtf)
    found = (period.begin_earliest, period.begin_latest, period.end_earliest, period.end_latest)
    assert tuple(day.isoformat() if day else None for day in found) == bounds


@pytest.mark.parametrize("edtf", [
    "", "..", "../..", "/", "2023-13", "2023-02-30", "2023-10-27T10:00", "27.10.2023", "23", "0000", "-0044", "Y17000", "2024/2023",
    "2023-10-27/2023-10-26", "2023-21-01", "202X-10", "2023-XX-01", " 2023", "2023?~",
])
def test_what_is_no_period_is_refused(edtf: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Period.parse(edtf)


@pytest.mark.parametrize(("edtf", "day", "answer"), [
    ("2023-10-27", "2023-10-26", NO), ("2023-10-27", "2023-10-27", YES), ("2023-10-27", "2023-10-28", NO),
    ("2023-10", "2023-09-30", NO), ("2023-10", "2023-10-15", MAYBE), ("2023-10", "2023-11-01", NO),  # some day of the month
    ("2021/2023", "2021-06-01", MAYBE), ("2021/2023", "2022-06-01", YES), ("2021/2023", "2023-06-01", MAYBE),
    ("2023-10-27/..", "2023-10-27", YES), ("2023-10-27/..", "2024-01-01", MAYBE), ("2023-10-27/..", "2023-10-26", NO),
    ("../2024", "1990-01-01", MAYBE), ("../2024", "2025-01-01", NO),
    ("2023-10-27?", "2023-10-27", MAYBE), ("2023-10-27%", "2023-10-27", MAYBE), ("2023-10-27~", "2023-10-27", MAYBE),
    ("2023-10-27~", "2023-11-04", NO),
])
def test_whether_it_held_on_a_day(edtf: str, day: str, answer: Answer) -> None:
    assert Period.parse(edtf).covers(date.fromisoformat(day)) is answer


@pytest.mark.parametrize(("edtf", "first", "last", "answer"), [
    ("2023-10", "2023-10-01", "2023-10-31", YES), ("2023-10", "2023-10-05", "2023-12-31", MAYBE),
    ("2023-10", "2023-11-01", None, NO), ("2023-10", None, "2023-09-30", NO), ("2023-10", None, None, YES),
    ("2021/2023", "2022-01-01", "2022-12-31", YES), ("2023-10?", None, None, MAYBE),
])
def test_whether_it_held_on_some_day_of_a_span(edtf: str, first: str | None, last: str | None, answer: Answer) -> None:
    bounds = (date.fromisoformat(day) if day else None for day in (first, last))
    assert Period.parse(edtf).overlaps(*bounds) is answer


def test_a_report_on_an_open_period_shows_that_it_lasted_until_then() -> None:
    told = Period.parse("2023-10-27/..").as_reported(date(2023, 11, 17))
    assert told.edtf == "2023-10-27/.."
    assert [told.covers(date(2023, 11, day)) for day in (17, 18)] == [YES, MAYBE]


@given(periods)
def test_the_notation_is_kept(period: Period) -> None:
    assert Period.parse(period.edtf) == period
    assert str(period) == period.edtf


@given(periods)
def test_the_bounds_are_in_order(period: Period) -> None:
    begin, end = (period.begin_earliest, period.begin_latest), (period.end_earliest, period.end_latest)
    for early, late in (begin, end, (begin[0], end[1])):
        assert early is None or late is None or early <= late


@given(periods, days)
def test_a_period_surely_held_on_a_day_only_if_it_did_on_some_day_of_a_span_with_it(period: Period, day: date) -> None:
    if period.covers(day) is YES:
        assert period.overlaps(day, day) is YES
    if period.overlaps(day, day) is NO:
        assert period.covers(day) is NO


@given(days, st.none() | days)
def test_a_period_of_days_is_those_days(first: date, last: date | None) -> None:
    if last is not None and last < first:
        first, last = last, first
    period = Period.of(first, last)
    assert period.covers(first) is YES
    assert period.covers(last or first) is YES
