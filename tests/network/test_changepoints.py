"""Changes of level in hand-made series, and a brute-force oracle."""

from itertools import combinations, pairwise
from math import log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.network.changepoints import NOISE, ChangePoint, find_changes

UP, DOWN = 1.0, -1.0


def cuts(series, **options):
    return [(change.last, change.first) for change in find_changes(series, **options)]


@pytest.mark.parametrize(("series", "expected"), [
    ([UP] * 6 + [DOWN] * 6, [(5, 6)]),
    ([UP] * 3 + [DOWN] * 3 + [UP] * 3, [(2, 3), (5, 6)]),
    ([0.0] * 5 + [0.5] * 4 + [-0.5] * 6, [(4, 5), (8, 9)]),
    ([UP] * 12, []),  # no change
    ([], []),
    ([None] * 9, []),
    ([UP, DOWN, DOWN], []),  # no two segments of two
    ([UP] * 6 + [DOWN] * 2 + [UP] * 6, [(5, 6), (7, 8)]),
    ([UP, 0.0, UP, 0.0, UP, 0.0, UP, UP], []),  # one that jumps to and fro: no cut gains its price
    ([0.0, 0.1] * 6, []),  # a wander of a tenth is no news
    ([0.1 * n for n in range(3)] * 4, []),
])
def test_changes_of_level(series, expected):
    assert cuts(series) == expected


def test_a_stay_shorter_than_the_shortest_segment_is_stretched():
    # to three, and the last segment as long as can be
    assert cuts([UP] * 6 + [DOWN] * 2 + [UP] * 6, shortest=3) == [(4, 5), (7, 8)]


def test_missing_values_lie_between_the_two_sides():
    series = [UP, None, UP, UP, None, None, DOWN, DOWN, None, DOWN]
    assert find_changes(series) == (ChangePoint(3, 6, UP, DOWN),)


@pytest.mark.parametrize(("jump", "found"), [
    # 6 and 6 values: a cut gains 12 / 4 * jump^2; the price is 2 * 0.1^2 * ln 12 = 0.0497: from a jump of 0.1287 on
    (0.128, False), (0.129, True),
])
def test_the_smallest_jump_that_counts(jump, found):
    assert bool(cuts([0.0] * 6 + [jump] * 6)) is found
    assert (12 / 4 * jump**2 > 2 * NOISE**2 * log(12)) is found


def test_the_price_of_a_cut_can_be_chosen():
    series = [0.0] * 6 + [0.5] * 6  # a cut gains 3 * 0.25 = 0.75
    assert cuts(series, penalty=0.74) == [(5, 6)]
    assert cuts(series, penalty=0.76) == []


def test_much_noise_in_the_data_raises_the_price():
    # six differences of 1, one of 0.5: variance 6.25 / 7 / 2 = 0.446, the price 2 * 0.446 * ln 8 = 1.86; the cut gains 8 / 4 * 0.5^2 = 0.5
    series = [0.0, 1.0, 0.0, 1.0, 0.5, 1.5, 0.5, 1.5]
    assert cuts(series) == []
    assert cuts(series, noise=0.1, shortest=4) == [(3, 4)]


def cost(series, edges):
    parts = [series[a:b] for a, b in pairwise(edges)]
    return sum(sum((x - sum(part) / len(part)) ** 2 for x in part) for part in parts)


@given(st.lists(st.sampled_from([-1.0, -0.5, 0.0, 0.3, 1.0]), max_size=10), st.integers(1, 3), st.sampled_from([0.05, 0.2, 0.9]))
def test_no_cut_is_better(series, shortest, penalty):
    found = [first for _, first in cuts(series, shortest=shortest, penalty=penalty)]
    if len(series) < 2 * shortest:
        assert found == []
        return
    costs = []
    for count in range(len(series)):
        for inner in combinations(range(1, len(series)), count):
            edges = [0, *inner, len(series)]
            if all(b - a >= shortest for a, b in pairwise(edges)):
                costs.append(cost(series, edges) + penalty * count)
    assert cost(series, [0, *found, len(series)]) + penalty * len(found) == pytest.approx(min(costs))


@given(st.lists(st.floats(-1, 1, width=16), min_size=6, max_size=20), st.integers(1, 5))
def test_missing_values_in_front_only_shift_the_places(series, gap):
    assert cuts([None] * gap + series) == [(a + gap, b + gap) for a, b in cuts(series)]


@pytest.mark.parametrize(("options", "message"), [
    ({"shortest": 0}, "at least one value"), ({"noise": -1.0}, "not negative"), ({"penalty": float("nan")}, "finite"),
])
def test_options_that_make_no_sense_are_refused(options, message):
    with pytest.raises(ValueError, match=message):
        find_changes([UP] * 6, **options)


def test_a_value_that_is_no_number_is_refused():
    with pytest.raises(ValueError, match="None stands for a missing one"):
        find_changes([UP] * 6 + [float("nan")])
