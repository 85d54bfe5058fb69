"""Relaxed balance: published values, brute force over all divisions, and the line index of frustration for two camps."""

from __future__ import annotations

import itertools

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from signed_examples import graph_of, signed_graphs, tribes

from kg.network.blockmodel import blockmodel, relaxed_blockmodel
from kg.network.frustration import frustration


def price(graph: nx.Graph, camp: dict[object, int], alpha: float) -> float:
    """alpha negative ties within, 1 - alpha positive ties between."""
    return sum(alpha if sign < 0 else 1 - alpha for a, b, sign in graph.edges(data="sign") if sign and (sign > 0) != (camp[a] == camp[b]))


def brute_force(graph: nx.Graph, k: int, alpha: float) -> float:
    names = sorted(graph)
    return min(price(graph, dict(zip(names, camps, strict=True)), alpha) for camps in itertools.product(range(k), repeat=len(names)))


def test_the_tribes_in_three_camps() -> None:
    """2 inconsistent ties, P = 1.0 at alpha = 1/2, and these camps: the README of the R package signnet (signed_blockmodel, k = 3)."""
    found = blockmodel(tribes(), 3)
    assert (found.inconsistency, found.exact) == (1.0, True)
    assert found.inconsistent == (("Masil", "Nagam"), ("Masil", "Uheto"))
    assert [len(camp) for camp in found.camps] == [7, 5, 4]
    assert found.camps[2] == ("Gama", "Gavev", "Kotun", "Nagad")


@pytest.mark.parametrize(("k", "inconsistency"), [(1, 14.5), (2, 3.5), (3, 1.0), (4, 1.0)])
def test_the_tribes_in_other_numbers_of_camps(k: int, inconsistency: float) -> None:
    """One camp: 29 enmities within, half each. Two: L/2 with the published L = 7. Four are no better than three."""
    found = blockmodel(tribes(), k)
    assert (found.inconsistency, found.exact) == (inconsistency, True)


@given(signed_graphs(most=6), st.integers(1, 4), st.sampled_from([0.25, 0.5, 0.8]))
@settings(max_examples=60)
def test_as_brute_force_finds_it(graph: nx.Graph, k: int, alpha: float) -> None:
    found = blockmodel(graph, k, alpha=alpha, time_limit=None)
    assert found.exact
    assert found.inconsistency == pytest.approx(brute_force(graph, k, alpha))
    assert found.lower == pytest.approx(found.inconsistency)
    camp = {node: i for i, camp in enumerate(found.camps) for node in camp}
    assert len(found.camps) <= k
    assert price(graph.subgraph(camp), camp, alpha) == pytest.approx(found.inconsistency)
    assert all((graph.edges[tie]["sign"] > 0) != (camp[tie[0]] == camp[tie[1]]) for tie in found.inconsistent)


@given(signed_graphs())
@settings(max_examples=50)
def test_two_camps_are_the_line_index(graph: nx.Graph) -> None:
    assert blockmodel(graph, 2).inconsistency == (frustration(graph).index or 0) / 2


def test_more_camps_than_are_needed_stay_empty() -> None:
    """Three enemies fill three camps, of five offered."""
    graph = graph_of(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))
    assert blockmodel(graph, 5).camps == (("a",), ("b",), ("c",))
    assert blockmodel(graph, 2).inconsistency == 0.5


def test_who_only_share_an_enemy_are_not_torn_apart() -> None:
    """a and b both fight c: three camps would cost nothing, and two neither."""
    assert blockmodel(graph_of(("a", "c", -1), ("b", "c", -1)), 3).camps == (("a", "b"), ("c",))


def test_alpha_decides_what_weighs_more() -> None:
    """a and b are enemies with a common friend: apart costs 1 - alpha, together alpha."""
    graph = graph_of(("a", "b", -1), ("a", "c", 1), ("b", "c", 1))
    assert blockmodel(graph, 2, alpha=0.1).inconsistent == (("a", "b"),)
    assert blockmodel(graph, 2, alpha=0.9).inconsistent != (("a", "b"),)
    assert blockmodel(graph, 2, alpha=0.9).inconsistency == pytest.approx(0.1)


def test_without_a_proof_it_says_so() -> None:
    """Ten enemies in three camps of 4, 3 and 3: 6 + 3 + 3 ties within. No cycle has just one negative tie."""
    graph = nx.complete_graph(10)
    nx.set_edge_attributes(graph, -1, "sign")
    found = blockmodel(graph, 3, time_limit=0)
    assert (found.inconsistency, found.lower, found.exact) == (6.0, 0.0, False)
    assert found.method.startswith("not proven: ")


def test_no_ties_no_camps() -> None:
    found = blockmodel(nx.empty_graph(3), 3)
    assert (found.camps, found.inconsistency, found.exact) == ((), 0, True)


@pytest.mark.parametrize("wrong", [{"k": 0}, {"alpha": 0}, {"alpha": 1}, {"restarts": 0}, {"time_limit": -1}])
def test_values_out_of_range_are_refused(wrong: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="must be 1 or more, alpha between 0 and 1"):
        blockmodel(tribes(), **{"k": 2, **wrong})


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_other_graphs_are_refused_aloud(kind) -> None:
    with pytest.raises(nx.NetworkXNotImplemented):
        blockmodel(kind(), 2)


def block_price(graph: nx.Graph, camp: dict[object, int], alpha: float) -> float:
    """The sum over pairs of camps of what the cheaper sign costs."""
    costs: dict[tuple[int, int], list[float]] = {}
    for a, b, sign in graph.edges(data="sign"):
        if sign:
            first, second = sorted((camp[a], camp[b]))
            costs.setdefault((first, second), [0, 0])[sign > 0] += alpha if sign < 0 else 1 - alpha
    return sum(min(both) for both in costs.values())


@given(signed_graphs(most=6), st.integers(1, 3), st.sampled_from([0.3, 0.5]))
@settings(max_examples=60)
def test_relaxed_camps_are_what_they_say_and_no_worse_than_balanced_ones(graph: nx.Graph, k: int, alpha: float) -> None:
    found = relaxed_blockmodel(graph, k, alpha=alpha)
    camp = {node: i for i, camp in enumerate(found.camps) for node in camp}
    assert block_price(graph.subgraph(camp), camp, alpha) == pytest.approx(found.inconsistency)
    least = min(block_price(graph, dict(zip(sorted(graph), camps, strict=True)), alpha)
                for camps in itertools.product(range(k), repeat=len(graph)))
    assert least - 1e-9 <= found.inconsistency <= blockmodel(graph, k, alpha=alpha).inconsistency + 1e-9
    moves = [{**camp, node: to} for node in camp for to in range(k)]
    assert all(block_price(graph.subgraph(camp), moved, alpha) >= found.inconsistency - 1e-9 for moved in moves)
    weights = [alpha if graph.edges[tie]["sign"] < 0 else 1 - alpha for tie in found.inconsistent]
    assert sum(weights) == pytest.approx(found.inconsistency)


def test_the_tribes_in_relaxed_camps() -> None:
    """At most what three balanced camps cost, 1.0; the same for the same seed."""
    found = relaxed_blockmodel(tribes(), 3)
    assert found.inconsistency <= 1.0
    assert found == relaxed_blockmodel(tribes(), 3)


def test_mediators_and_rivals_are_camps_of_their_own() -> None:
    """Two sides at war, two mediators who are friends of both and rivals of each other: nothing is inconsistent in three camps."""
    sides = [(a, b, 1 if a[0] == b[0] else -1) for a, b in itertools.combinations(["x1", "x2", "x3", "y1", "y2", "y3"], 2)]
    graph = graph_of(*sides, ("m1", "m2", -1), *((m, s, 1) for m in ("m1", "m2") for s in ("x1", "x2", "x3", "y1", "y2", "y3")))
    found = relaxed_blockmodel(graph, 3)
    assert found.camps == (("x1", "x2", "x3"), ("y1", "y2", "y3"), ("m1", "m2"))
    assert found.blocks == ((1, -1, 1), (-1, 1, 1), (1, 1, -1))
    assert (found.inconsistency, found.inconsistent) == (0, ())
    assert blockmodel(graph, 3).inconsistency > 0
