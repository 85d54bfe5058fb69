"""Whether like stands with like. Expected values by Newman's formula, worked out by hand."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_camps import SIGNED, signed

from kg.errors import UsageError
from kg.network.assortativity import Mixing, assortativity


def with_values(graph, **values):
    nx.set_node_attributes(graph, values, "value")
    return graph


def test_kinds_by_sign():
    # together: ties xx, xy, yy; ends: 2/6 xx, 2/6 yy, a = 1/2 each: (4/6 - 1/2) / (1 - 1/2) = 1/3. against: two ties xy: (0 - 1/2) / (1/2)
    graph = with_values(signed(["ab", "bc", "cd"], ["ac", "bd"]), a="x", b="x", c="y", d="y")
    found = assortativity(graph, "value")
    assert (found.attribute, found.numeric) == ("value", False)
    assert found.together == Mixing(pytest.approx(1 / 3), 3, 0)
    assert found.against == Mixing(pytest.approx(-1), 2, 0)


def test_numbers_by_sign():
    # ends 1-2 and 3-4: mean 2.5, covariance 4 (0.75), variance 2.25 + 0.25 + 0.25 + 2.25: 3 / 5. Against: 1-4 and 2-3: (-4.5 - 0.5) / 5
    graph = with_values(signed(["ab", "cd"], ["ad", "bc"]), a=1, b=2, c=3, d=4.0)
    found = assortativity(graph, "value")
    assert found.numeric
    assert (found.together.coefficient, found.against.coefficient) == (pytest.approx(0.6), pytest.approx(-1.0))


@pytest.mark.parametrize("values", [{"a": "x", "b": "x"}, {"a": 1, "b": 1}, {"a": "x"}])
def test_of_one_value_nothing_can_be_said(values):
    assert assortativity(with_values(signed(["ab"]), **values), "value").together.coefficient is None


def test_without_ties_nothing_can_be_said():
    assert assortativity(with_values(signed(["ab"]), a="x", b="y"), "value").against == Mixing(None, 0, 0)


def test_who_has_no_value_is_left_out_with_its_ties():
    graph = with_values(signed(["ab", "bc", "cd", "de"]), a="x", b="y", c="x", d=None)
    assert assortativity(graph, "value").together == Mixing(pytest.approx(-1), 2, 2)


def test_true_and_false_are_kinds():
    assert not assortativity(with_values(signed(["ab"]), a=True, b=False), "value").numeric


@given(SIGNED, st.permutations("abcdef"), st.lists(st.integers(0, 3), min_size=6, max_size=6))
def test_other_names_change_nothing(graph, names, values):
    nx.set_node_attributes(graph, dict(zip("abcdef", values, strict=True)), "value")
    other = nx.relabel_nodes(graph, dict(zip("abcdef", names, strict=True)))
    here, there = assortativity(graph, "value"), assortativity(other, "value")
    for one, two in ((here.together, there.together), (here.against, there.against)):
        assert two == Mixing(one.coefficient if one.coefficient is None else pytest.approx(one.coefficient), one.ties, 0)


def test_an_unknown_attribute_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match=r"no actor has the attribute 'size' \(they have value\)"):
        assortativity(with_values(signed(["ab"]), a=1), "size")
