"""The realignment index and S. Expected values are worked out by hand from their formulas."""

from datetime import date

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import CLAIM_TYPES, Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.columns import make_table
from kg.network.realignment import Realignment, Undefined, network_realignment, realigned, realignment, realignments, similarity
from kg.network.snapshots import snapshots, to_graph
from kg.network.windows import Step, windows

egos = st.dictionaries(st.sampled_from("abcdefg"), st.sampled_from([-1, 0, 1]))


@pytest.mark.parametrize(("before", "after", "index", "turning"), [
    ({"a": 1, "b": -1}, {"a": 1, "b": -1}, 0.0, 0.0),
    ({"a": 1}, {"a": -1}, 1.0, 1.0),  # turned: union of (a,+) and (a,-), nothing common
    ({"a": 1, "b": -1}, {"a": -1, "b": -1}, 2 / 3, 0.5),  # common (b,-) of (a,+), (a,-), (b,-)
    ({"a": 1}, {"a": 1, "b": 1}, 0.5, 0.0),
    ({"a": 1}, {"b": 1}, 1.0, None),  # nobody met in both
    ({"a": 1, "b": 0}, {"a": 1, "c": 0}, 0.0, 0.0),  # 0 is no tie
])
def test_the_index_by_hand(before, after, index, turning):
    found = realignment(before, after)
    assert (found.index, found.turning) == (pytest.approx(index), turning)


@pytest.mark.parametrize(("before", "after", "why"), [
    ({}, {"a": 1}, Undefined.BEFORE), ({"a": 1}, {"a": 0}, Undefined.AFTER), ({}, {}, Undefined.BOTH)])
def test_an_absent_actor_has_no_index(before, after, why):
    found = realignment(before, after, actor="x")
    assert (found.actor, found.index, found.undefined) == ("x", None, why)


@given(egos, egos)
def test_the_index_is_one_less_the_jaccard_coefficient_of_sets(before, after):
    one, other = ({(who, sign) for who, sign in ties.items() if sign} for ties in (before, after))
    expected = 1 - len(one & other) / len(one | other) if one and other else None
    assert realignment(before, after).index == (None if expected is None else pytest.approx(expected))


@given(egos, egos)
def test_time_turned_round_gives_the_same_index(before, after):
    assert realignment(before, after).index == realignment(after, before).index


def test_the_whole_network():
    before = nx.Graph([("a", "b", {"sign": 1}), ("c", "b", {"sign": -1}), ("c", "d", {"sign": 1})])
    after = nx.Graph([("b", "a", {"sign": 1}), ("b", "c", {"sign": 1}), ("d", "e", {"sign": 0})])
    found = network_realignment(before, after)
    assert found == Realignment("", ("a – b",), ("b – c",), (), ("c – d",))
    assert found.index == 0.75  # common: a-b; union: a-b, b-c twice, c-d
    assert network_realignment(before, nx.Graph()).index is None


def tie(source, target, type_, edtf, claim):
    one, other = (Reference(x, Kind.ARMED_GROUP, x) for x in (source, target))
    return Tie(one, other, type_, CLAIM_TYPES[type_].sign, False, claim, claim, "report", Period.parse(edtf), None, Certainty.STATED,
               Polarity.POSITIVE, Modality.ACTUAL, None)


def test_snapshots_and_graphs_agree():
    table = make_table([tie("x", "a", "allied_with", "2022", "c1"), tie("x", "a", "attack", "2023", "c2"),
                        tie("x", "b", "allied_with", "2022/2024", "c3"), tie("u", "b", "attack", "2023", "c4")])
    before, after = snapshots(table, windows(date(2022, 1, 1), date(2023, 12, 31), Step.YEAR))
    found = {one.actor: one for one in realigned(before, after)}
    # in 2023 x is both allied (2022, still as a maybe) and at war with a: sign 0, no tie; so only b is common
    assert found["x"] == Realignment("x", ("b",), (), (), ("a",))
    assert found["u"].undefined is Undefined.BEFORE
    assert tuple(found.values()) == realignments(to_graph(before), to_graph(after))


def test_snapshots_of_two_tables_are_refused():
    over = windows(date(2022, 1, 1), date(2022, 1, 1))
    (one,), (other,) = (tuple(snapshots(make_table([]), over)) for _ in range(2))
    with pytest.raises(ValueError, match="different tables"):
        realigned(one, other)


@pytest.mark.parametrize(("one", "other", "options", "expected"), [
    ([1, 0, -1], [1, 0, -1], {}, 1.0),
    ([1, 1], [-1, -1], {}, -1.0),
    ([1, 0], [0, 0], {}, 0.5),  # 1 - 2 * 1 / (2 * 2)
    ([3, 0, 0], [0, 0, 0], {"span": 3}, 1 / 3),  # 1 - 2 * (3/3) / 3
    ([1, 0], [0, 0], {"weights": [3, 1]}, 0.25),  # 1 - 2 * 3 / (2 * 4)
    ([], [], {}, None),
    ([1], [1], {"weights": [0]}, None),
])
def test_s_by_hand(one, other, options, expected):
    assert similarity(one, other, **options) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(("one", "other", "options", "message"), [
    ([1], [1, 1], {}, "do not match"), ([1], [1], {"weights": [1, 2]}, "do not match"), ([3], [0], {}, "no two values differ"),
    ([1], [1], {"weights": [-1]}, "weights are not negative"), ([1], [1], {"span": 0}, "span is positive")])
def test_vectors_that_do_not_fit_are_refused(one, other, options, message):
    with pytest.raises(ValueError, match=message):
        similarity(one, other, **options)
