"""Flows as ranges. Expected numbers are worked out by hand from the definitions of `fewest`, `most` and `flows`."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import combinations, product

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Modality, Polarity
from kg.network.counted import Figure, bounds, counted, fewest, most, widest
from kg.network.flows import TOGETHER, Stretch, flows

DAYS = 5


@st.composite
def figures(draw: st.DrawFn) -> Figure:
    first = draw(st.integers(0, DAYS - 1))
    low, high = draw(st.none() | st.integers(0, 3)), draw(st.none() | st.integers(3, 6))
    return Figure(first, draw(st.integers(first, DAYS - 1)), low, high, draw(st.booleans()))


@given(st.lists(figures(), max_size=4))
def test_no_smaller_number_of_acts_makes_all_figures_true(told: list[Figure]) -> None:
    # The oracle tries every number of acts on every day, up to the largest minimum.
    largest = max((f.minimum or 0 for f in told), default=0)
    least = min(sum(acts) for acts in product(range(largest + 1), repeat=DAYS)
                if all(sum(acts[int(f.first):int(f.last) + 1]) >= (f.minimum or 0) for f in told))
    assert (fewest(told)[0] or 0) == least


@given(st.lists(figures(), max_size=6))
def test_the_fewest_are_those_of_surely_different_days(told: list[Figure]) -> None:
    number, chosen = fewest(told)
    assert all(told[a].last < told[b].first or told[b].last < told[a].first for a, b in combinations(chosen, 2))
    assert number == (sum(told[i].minimum or 0 for i in chosen) if any(f.minimum is not None for f in told) else None)


@given(st.data())
def test_what_truly_happened_lies_between_the_fewest_and_the_most(data: st.DataObject) -> None:
    # Acts on days; true figures of them: a total counts all of its days, others some; bounds looser than the truth, or none.
    acts = data.draw(st.lists(st.integers(0, 9), max_size=10))
    told: list[Figure] = []
    known: set[int] = set()
    for _ in range(data.draw(st.integers(1, 5))):
        first = data.draw(st.integers(0, 9))
        last, total = data.draw(st.integers(first, 9)), data.draw(st.booleans())
        inside = [i for i, day in enumerate(acts) if first <= day <= last]
        counted_ = inside if total or not inside else data.draw(st.lists(st.sampled_from(inside), unique=True))
        known.update(counted_)
        size = len(counted_)
        told.append(Figure(first, last, data.draw(st.sampled_from([size, max(0, size - 1), None])),
                           data.draw(st.sampled_from([size, size + 2, None])), total))
    low, high = fewest(told)[0], most(told)[0]
    assert (low or 0) <= len(known)
    assert high is None or len(known) <= high


@given(st.lists(figures(), max_size=7))
def test_the_most_is_never_less_than_the_fewest(told: list[Figure]) -> None:
    low, high = fewest(told)[0], most(told)[0]
    assert low is None or high is None or low <= high


@pytest.mark.parametrize(("told", "number", "chosen"), [
    # 200 on one day of the 750 in 20 days are among them
    ([Figure(1, 20, 750, 750, True), Figure(12, 12, 200, 200)], 750, (0,)),
    # two totals that overlap may count different people; 750 + 300
    ([Figure(1, 20, 750, 750, True), Figure(10, 30, 300, 300, True)], 1050, (0, 1)),
    # "over 200" in a total of 750 cannot be more; alone nothing bounds it
    ([Figure(1, 20, 750, 750, True), Figure(12, 12, 200, None)], 750, (0,)),
    ([Figure(12, 12, 200, None)], None, (0,)),
    # a total of 450 that 750 in its days contradict bounds nothing: 750
    ([Figure(1, 30, None, 450, True), Figure(1, 20, 750, 750, True)], 750, (1,)),
    ([Figure(1, 30, None, 450, True), Figure(1, 20, 750, None, True)], None, (1,)),
    # totals of the same days: the larger one
    ([Figure(1, 20, 750, None, True), Figure(1, 20, 750, 750, True)], 750, (1,)),
    # two events of one day may be two
    ([Figure(3, 3, 40, 40), Figure(3, 3, 200, 200)], 240, (0, 1)),
    ([], None, ()),
])
def test_the_most_that_figures_tell_of(told: list[Figure], number: int | None, chosen: tuple[int, ...]) -> None:
    assert most(told) == (number, chosen)


def summary(claims, **options):
    return [(f.kind, f.to.id if f.to else None, str(f.first), str(f.last), f.notation) for f in flows(claims, **options)]


def test_cumulative_claims_are_never_added_up():
    # "13,000 since the coup" (told in June 2023), "750 in 20 days", "over 200 on 12 November": 13,000 and 750 are of different days.
    told = [claim("defect", from_="army", to="nug", count="~13000", on="2021-02-01/..", reported="2023-06-26"),
            claim("defect", from_="army", to="nug", count="750", on="2023-10-27/2023-11-17", reported="2023-11-17"),
            claim("defect", from_="army", to="nug", count="200+", on="2023-11-12", reported="2023-11-17")]
    assert summary(told) == [
        ("defect", "nug", "2021-02-01", "2023-06-26", "~13000"),
        ("defect", "nug", "2023-10-27", "2023-11-17", "750"),
        ("defect", "nug", "2023-11-01", "2023-11-30", "200+"),
    ]
    [whole] = flows(told, by=Stretch.ALL)
    assert (whole.notation, whole.first, whole.last) == ("~13750", None, None)
    assert [one.why for one in whole.left_out] == ["part of the total 750 of 2023-10-27/2023-11-17 in a.txt"]


def test_a_total_told_twice_and_grown_is_one():
    # 13,000 since February 2021 in June, 14,000 since then in September: the later one holds the earlier.
    told = [claim("defect", from_="army", to="nug", count="13000", on="2021-02-01/..", reported="2023-06-26"),
            claim("defect", from_="army", to="nug", count="14000+", on="2021-02-01/..", reported="2023-09-30")]
    [whole] = flows(told, by=Stretch.ALL)
    assert whole.notation == "14000+"


def test_open_bounds_stay_open_and_the_uncounted_are_listed():
    told = [claim("desert", from_="army", count="<450", on="2023-11-10"), claim("desert", from_="army", on="2023-11-20"),
            claim("desert", from_="army", count="2", on="2023-11-21", quote="2 battalions deserted.")]
    [flow] = flows(told)
    assert (flow.minimum, flow.maximum, flow.notation) == (None, 450, "<450")
    assert {c.id for c in flow.uncounted} == {told[1].id, told[2].id}
    [uncounted] = flows(told[1:])
    assert (uncounted.minimum, uncounted.maximum, uncounted.notation) == (None, None, None)


def test_the_same_statement_of_several_documents_counts_once():
    told = [claim("surrender", from_="army", count="18", on="2023-06-24", document=name) for name in ("a.txt", "b.txt", "c.txt")]
    [flow] = flows(told)
    assert (flow.notation, len(flow.lowest)) == ("18", 3)


def test_one_figure_of_several_acts_is_a_maximum_of_each_and_one_of_all():
    # "200 surrendered or deserted": of each at most 200, of both together 200.
    told = [claim(kind, from_="army", count="200", on="2023-11-10", at=7) for kind in ("surrender", "desert")]
    assert summary(told) == [("desert", None, "2023-11-01", "2023-11-30", "<200"), ("surrender", None, "2023-11-01", "2023-11-30", "<200")]
    assert summary(told, together=True) == [(TOGETHER, None, "2023-11-01", "2023-11-30", "200")]


def test_the_same_people_by_other_words_count_once_together():
    # 40 deserters of one day and 30 who defected that day: at least 40, at most 70; a day later 5 more.
    told = [claim("desert", from_="army", count="40", on="2023-11-10"),
            claim("defect", from_="army", to="nug", count="30", on="2023-11-10"),
            claim("surrender", from_="army", count="5", on="2023-11-11")]
    assert summary(told, together=True) == [(TOGETHER, None, "2023-11-01", "2023-11-30", "45-75")]


def test_denied_and_planned_are_listed_apart():
    told = [claim("defect", from_="army", to="nug", count="50", on="2023-11-10", polarity=Polarity.NEGATIVE),
            claim("defect", from_="army", to="nug", count="60", on="2023-11-11", modality=Modality.PLANNED)]
    [flow] = flows(told)
    assert flow.notation is None
    assert [one.why for one in flow.left_out] == ["denied", "planned, not said to have happened"]


def test_a_unit_counts_to_its_force_when_asked():
    told = [claim("part_of", "battalion", "brigade"), claim("part_of", "brigade", "army"),
            claim("desert", from_="battalion", count="5", on="2023-11-10"), claim("desert", from_="army", count="7", on="2023-11-11")]
    assert {f.from_.id: f.notation for f in flows(told)} == {"battalion": "5", "army": "7"}
    assert {f.from_.id: f.notation for f in flows(told, whole_forces=True)} == {"army": "12"}
    # two forces above it: nobody says which
    assert {f.from_.id for f in flows([*told, claim("part_of", "battalion", "league")], whole_forces=True)} == {"battalion", "army"}


def test_undated_claims_stand_in_a_flow_without_days():
    told = [claim("desert", from_="army", count="1000"), claim("desert", from_="army", count="40", on="2023-11-10")]
    assert summary(told) == [("desert", None, "2023-11-01", "2023-11-30", "40"), ("desert", None, "None", "None", "1000-1040")]


@pytest.mark.parametrize(("step", "first", "last"), [
    (Stretch.MONTH, "2023-12-01", "2023-12-31"), (Stretch.QUARTER, "2023-10-01", "2023-12-31"), (Stretch.YEAR, "2023-01-01", "2023-12-31"),
    (Stretch.ALL, "None", "None"),
])
def test_steps(step, first, last):
    assert summary([claim("desert", from_="army", count="40", on="2023-12-10")], by=step) == [("desert", None, first, last, "40")]


@given(st.permutations(range(5)))
def test_the_order_of_the_claims_changes_nothing(order):
    told = [claim("desert", from_="army", count=n, on=d) for n, d in
            [("40", "2023-11-10"), ("750+", "2023-10-27/2023-11-17"), ("~30", "2023-11"), ("<9", None), (None, "2023")]]
    assert flows([told[i] for i in order]) == flows(told)


@pytest.mark.parametrize(("quote", "count", "unit"), [
    ("About 300 men fled.", "~300", "people"), ("Over 200 army soldiers fled.", "200+", "people"),
    ("about 24 border guard units nationwide", "~24", "units"), ("two units, each with about 300 men", "~300", "people each"),
    ("nearly 450 families fled", "<450", "households"), ("about 12 of the villages", "~12", "people"), ("no such number", "5", "people"),
])
def test_what_is_counted(quote, count, unit):
    assert counted(claim("desert", from_="army", count=count, quote=quote)) == unit


def test_nothing_happened_after_the_report():
    assert widest(claim("desert", from_="army", on="2023-10-27/..", reported="2023-11-17")) == (date(2023, 10, 27), date(2023, 11, 17))
    assert widest(claim("desert", from_="army", reported="2023-11-17")) == (None, date(2023, 11, 17))


@pytest.mark.parametrize(("count", "low", "high"), [
    ("~300", 270, 330), ("<450", 405, 450), ("200+", 200, float("inf")), ("18", 18, 18),  # a tenth of 300 is 30, of 450 is 45
])
def test_how_many_a_number_can_mean(count, low, high):
    assert bounds(claim("desert", from_="army", count=count)) == pytest.approx((low, high))


def test_claims_of_other_types_make_no_flow():
    assert flows([claim("attack", "army", "nug", on="2023-11-10")]) == ()
    assert Counter(f.kind for f in flows([])) == Counter()
