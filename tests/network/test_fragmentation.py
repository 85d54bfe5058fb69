"""Fragmentation of a side, on claims made by hand. Effective numbers from the formula 1 / sum p^2."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Certainty, Claim, Evidence, Kind, Modality, Period, Polarity, Quantity, Reference, Span, ties
from kg.network.columns import make_table
from kg.network.fragmentation import Faction, Split, effective_number, fragmentation, splits, splits_by_year
from kg.network.project import Policy
from kg.network.windows import Step, windows


def actor(id_):
    return Reference(id_, Kind.ARMED_GROUP, id_.upper())


def claim(type_, subject=None, object_=None, *, edtf=None, reported="2023-11-17", count=None, at=0, **others):
    sides = (actor(subject) if subject else None, actor(object_) if object_ else None)
    return Claim(type_, (Evidence("report", Span(at, at + 5), "They."),), *sides,
                 period=Period.parse(edtf) if edtf else None, reported=Period.parse(reported) if reported else None,
                 quantity=Quantity(*count, "many") if count else None, **others)


@pytest.mark.parametrize(("sizes", "expected"), [
    ([10], 1.0), ([10, 10, 10], 3.0), ([60, 30, 10], 1 / 0.46),  # 0.36 + 0.09 + 0.01
    ([45, 45, 10], 1 / 0.415), ([5, 0], 1.0), ([], None), ([0, 0], None),
])
def test_the_effective_number(sizes, expected):
    assert effective_number(sizes) == (None if expected is None else pytest.approx(expected))


@given(st.lists(st.integers(1, 10**6), min_size=1, max_size=9))
def test_it_lies_between_one_and_the_number_of_factions(sizes):
    assert 1 - 1e-9 <= effective_number(sizes) <= len(sizes) + 1e-9
    assert effective_number(sizes) == pytest.approx(effective_number([3 * size for size in reversed(sizes)]))


def test_a_negative_size_is_refused():
    with pytest.raises(ValueError, match="not negative"):
        effective_number([-1, 2])


@pytest.mark.parametrize(("edtf", "reported", "founded", "first", "last"), [
    ("1978", "2023-11-17", None, date(1978, 1, 1), date(1978, 12, 31)),
    ("1978", "2023-11-17", "1980-05-01", date(1978, 1, 1), date(1978, 12, 31)),  # its own date, not the founding
    (None, "2023-11-17", "1978-05-01", date(1978, 5, 1), date(1978, 5, 1)),  # the founding dates the split
    (None, "2023-11-17", None, None, date(2023, 11, 17)),  # it had happened by the report
    ("../2022-07", None, None, None, date(2022, 7, 31)),
    (None, None, None, None, None),
])
def test_when_a_split_happened(edtf, reported, founded, first, last):
    said = [claim("split_from", "b", "a", edtf=edtf, reported=reported)]
    said += [claim("form", None, "b", edtf=founded)] if founded else []
    (found,) = splits(said)
    assert (found.splinter, found.parent, found.first, found.last) == ("b", "a", first, last)
    assert len(found.claims) == (2 if founded and not edtf else 1)


def test_two_dates_of_one_split_are_a_span():
    one, other = claim("split_from", "b", "a", edtf="1978"), claim("split_from", "b", "a", edtf="1980")
    assert splits([one, other]) == (Split("b", "a", date(1978, 1, 1), date(1980, 12, 31), tuple(sorted([one.id, other.id]))),)


def test_a_denied_planned_or_left_out_split_is_none():
    said = [claim("split_from", "b", "a", polarity=Polarity.NEGATIVE), claim("split_from", "c", "a", modality=Modality.PLANNED),
            claim("split_from", "d", "a", certainty=Certainty.DISPUTED)]
    assert [split.splinter for split in splits(said)] == ["d"]
    assert splits(said, policy=Policy(certainties=frozenset({Certainty.STATED}))) == ()


def test_splits_of_years():
    found = splits([claim("split_from", "b", "a", edtf="1978"), claim("split_from", "c", "a", edtf="1979-05/1980"),
                    claim("split_from", "d", "a", edtf="1980-02")])
    # c split in May 1979; what the interval says of its end is no matter
    assert [(year.year, year.sure, year.most) for year in splits_by_year(found, 1977, 1981)] == [
        (1977, 0, 0), (1978, 1, 1), (1979, 1, 1), (1980, 1, 1), (1981, 0, 0)]
    vague = splits([claim("split_from", "b", "a", edtf="197X"), claim("split_from", "c", "a", reported="1978-01-05")])
    assert [(year.sure, year.most) for year in splits_by_year(vague, 1978, 1980)] == [(0, 2), (0, 1), (0, 0)]


# b splits in 1994, c in 1995 and is dissolved in 1998, b is renamed d; b and a fight, then make peace
SAID = [
    claim("split_from", "b", "a", edtf="1994-12-21"), claim("split_from", "c", "a", edtf="1995"),
    claim("dissolve", None, "c", edtf="1998-06-01"),
    claim("succeeds", "d", "b", edtf="1999"), claim("attack", "b", "a", edtf="1995-02-01"), claim("ceasefire", "a", "d", edtf="2000-03-01"),
    claim("strength", "a", edtf="1995", count=(3000, 5000)), claim("strength", "b", edtf="1995", count=(400, None)),
    claim("strength", "a", edtf="2000", count=(1000, 1000)), claim("strength", "x", edtf="1995", count=(1, 1)),
    claim("split_from", "x", "y", edtf="1990"),
]


def by_year(first, last, said=SAID):
    over = windows(date(first, 1, 1), date(last, 1, 1), Step.YEAR)
    return fragmentation(said, make_table(ties(said)), ["a"], over)


def test_a_side_through_the_years():
    found = by_year(1993, 2000)
    assert [(str(one.window), one.sure, one.most) for one in found] == [
        ("1993", 1, 1), ("1994", 2, 2), ("1995", 3, 3), ("1996", 3, 3), ("1997", 3, 3), ("1998", 3, 3), ("1999", 2, 2), ("2000", 2, 2)]
    in_1995, in_2000 = found[2], found[7]
    assert in_1995.factions == (Faction(("a",), "yes", 4000.0), Faction(("b", "d"), "yes", 400.0), Faction(("c",), "yes", None))
    assert (in_1995.parts, in_1995.hostile) == ((("a",), ("b",), ("c",)), (("a", "b"),))
    assert (in_1995.effective, in_1995.effective_parts) == (None, 3.0)  # c was not counted
    assert (in_2000.parts, in_2000.hostile, in_2000.effective_parts) == ((("a", "b"),), (), 1.0)
    assert in_2000.effective == pytest.approx(1400**2 / (1000**2 + 400**2))


def test_a_splinter_without_a_date_perhaps_exists_until_the_report():
    found = by_year(2022, 2024, [claim("split_from", "b", "a")])
    assert [(one.sure, one.most) for one in found] == [(1, 2), (2, 2), (2, 2)]


def test_a_side_founded_later_has_no_faction_before():
    assert [(one.sure, one.most, one.effective_parts) for one in by_year(1947, 1948, [claim("form", None, "a", edtf="1948-03-11")])] == [
        (0, 0, None), (1, 1, 1.0)]


def test_a_side_with_ties_before_its_founding_perhaps_exists():
    said = [claim("form", None, "a", edtf="1948-03-11"), claim("attack", "a", "z", edtf="1947-05-01")]
    assert [(one.sure, one.most) for one in by_year(1946, 1948, said)] == [(0, 0), (0, 1), (1, 1)]


def test_a_faction_that_only_changed_its_name_goes_on():
    said = [*SAID, claim("dissolve", None, "b", edtf="1999-01-01")]
    assert by_year(2000, 2000, said) == by_year(2000, 2000)
    gone = [*SAID, claim("dissolve", None, "d", edtf="1999-01-01")]
    assert [faction.actors for faction in by_year(2000, 2000, gone)[0].factions] == [("a",)]


def test_a_dissolution_of_unknown_day_leaves_a_maybe():
    found = by_year(2022, 2024, [claim("dissolve", None, "a")])
    assert [(one.sure, one.most) for one in found] == [(0, 1), (0, 1), (0, 0)]  # reported 17 November 2023


@given(st.permutations(SAID))
def test_the_order_of_claims_does_not_matter(said):
    assert by_year(1994, 2000, said) == by_year(1994, 2000)


@pytest.mark.parametrize(("policy", "factions"), [
    (Policy(), 3), (Policy(without_sources=frozenset("x")), 2), (Policy(without_documents=frozenset({"report"})), 1),
    (Policy(known_by=date(2023, 11, 16)), 1), (Policy(types=frozenset({"attack"})), 3),
])
def test_whose_word_counts_decides_about_splits_too(policy, factions):
    said = [claim("split_from", "b", "a", edtf="1978"), claim("split_from", "c", "a", edtf="1979", at=9, attributed_to=actor("x"))]
    over = windows(date(1980, 1, 1), date(1980, 12, 31), Step.YEAR)
    (found,) = fragmentation(said, make_table(ties(said)), ["a"], over, policy=policy)
    assert len(found.factions) == factions
