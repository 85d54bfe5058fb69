"""Who opposes whom, and when."""

from datetime import date

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from small_world import told

from kg.model import LoyaltyPolicy, ties
from kg.network.sides import read_sides, sides_of_ties

# enemies until a ceasefire of 2012 and an alliance since 2020
CLAIMS = [
    claim("attack", "army", "guards", on="2010-05-01", at=1), claim("attack", "guards", "army", on="2011-05-01", at=2),
    claim("attack", "army", "guards", on="2011-06-01", at=3), claim("allied_with", "army", "guards", on="2020-02-01", at=4),
]


@pytest.mark.parametrize(("year", "opposed"), [(2010, True), (2012, True), (2019, False), (2020, False), (2016, True)])
def test_what_is_told_of_the_time_decides(year, opposed):
    # 2012 and 2019 lie within a year of the fights and of the alliance; of 2016 nothing is told: three fights against one alliance
    during = date(year, 1, 1), date(year, 12, 31)
    assert read_sides(CLAIMS).opposed("army", "guards", during=during) is opposed


def test_without_days_all_that_is_told_decides():
    assert read_sides(CLAIMS).opposed("guards", "army")
    assert read_sides(CLAIMS).opposed("guards", "army", during=(date(2020, 1, 1), None), policy=LoyaltyPolicy(opposed_days=None))


def test_days_at_the_ends_of_the_calendar():
    assert read_sides(CLAIMS).opposed("guards", "army", during=(date.min, date.max))


@given(st.lists(told(), max_size=8))
def test_ties_tell_of_sides_what_their_claims_tell(claims):
    one, other = read_sides(claims), sides_of_ties(ties(claims))
    assert (one.lines, one.parents, one.wholes, one.led) == (other.lines, other.parents, other.wholes, other.led)
    assert all(one.opposed(a, b) == other.opposed(a, b) for a in ("guards", "militia") for b in ("army", "rebels", "front"))
