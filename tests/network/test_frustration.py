"""The line index of frustration: published values, brute force, bounds when the time is up."""

from __future__ import annotations

import itertools
import random

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from signed_examples import graph_of, signed_graphs, tribes

from kg.network.cycles import disjoint_cycles
from kg.network.frustration import Frustration, _Block, frustration


def brute_force(graph: nx.Graph) -> int:
    """The fewest frustrated ties over all divisions."""
    names = sorted(graph)
    ties = [tie for tie in graph.edges(data="sign") if tie[2]]
    return min(sum(sign != side[a] * side[b] for a, b, sign in ties)
               for sides in itertools.product((1, -1), repeat=len(names)) for side in [dict(zip(names, sides, strict=True))])


def planted(size: int, ties: int, noise: float, *, seed: int) -> nx.Graph:
    """Two camps, and a share of the ties with the wrong sign."""
    draw = random.Random(seed)  # noqa: S311
    graph = nx.gnm_random_graph(size, ties, seed=seed)
    for a, b in graph.edges:
        graph.edges[a, b]["sign"] = (1 if (a - b) % 2 == 0 else -1) * (-1 if draw.random() < noise else 1)
    return graph


def check(graph: nx.Graph, found: Frustration) -> None:
    """What holds of every result: the camps are a division, and the frustrated ties are those against it."""
    ties = {frozenset(tie[:2]): tie[2] for tie in graph.edges(data="sign") if tie[2]}
    side = {node: s for pair in found.camps for s, camp in zip((1, -1), pair, strict=True) for node in camp}
    assert side.keys() == {node for tie in ties for node in tie}
    assert sum(len(camp) for pair in found.camps for camp in pair) == len(side)
    against = {tie for tie, sign in ties.items() if sign != side[min(tie)] * side[max(tie)]}
    assert {frozenset(tie) for tie in found.frustrated} == against
    assert found.lower <= found.upper == len(found.frustrated) == sum(times for _, times in found.actors) / 2
    assert found.ties == len(ties)


def test_the_tribes() -> None:
    """L = 7 and F = 0.7586: Aref & Wilson (2018) for Read's tribes; signnet's frustration_exact: 7."""
    found = frustration(tribes())
    check(tribes(), found)
    assert (found.index, found.exact) == (7, True)
    assert found.normalised == pytest.approx(1 - 2 * 7 / 58)
    assert round(found.normalised, 4) == 0.7586


@given(signed_graphs(most=9))
@settings(max_examples=200)
def test_as_brute_force_finds_it(graph: nx.Graph) -> None:
    found = frustration(graph)
    assert found.index == brute_force(graph)
    check(graph, found)


@pytest.mark.parametrize(("density", "seed"), list(itertools.product((0.4, 0.7, 1.0), range(4))))
def test_signs_by_chance_of_ten_actors(density: float, seed: int) -> None:
    """Dense graphs of ten, where bounds alone are not enough: as brute force finds it."""
    draw = random.Random(seed)  # noqa: S311
    graph = nx.gnp_random_graph(10, density, seed=seed)
    for tie in graph.edges:
        graph.edges[tie]["sign"] = draw.choice((1, -1))
    assert frustration(graph).index == brute_force(graph)


@pytest.mark.parametrize("seed", range(12))
def test_branching_alone_finds_the_best_division_from_a_poor_one(seed: int) -> None:
    """Eight actors all tied, signs by chance, no annealing and no rounding: what brute force finds."""
    draw = random.Random(seed)  # noqa: S311
    ties = np.array([(a, b, draw.choice((1, -1, -1))) for a, b in itertools.combinations(range(8), 2)])
    block = _Block(8, ties[:, :2], ties[:, 2], np.arange(len(ties)))
    block.side = np.ones(8, dtype=np.int64)  # all in one camp
    block.upper = len(block.frustrated())
    block._add(disjoint_cycles(block.ends, block.switched()))
    block._branch(None)
    least = brute_force(graph_of(*ties.tolist()))
    assert block.lower == block.upper == len(block.frustrated()) == least


@pytest.mark.parametrize("size", [3, 4, 5, 6, 7, 9])
def test_enemies_all_round(size: int) -> None:
    """Complete, all negative: the best camps are halves. From five on the bound by cycles is not enough."""
    graph = nx.complete_graph(size)
    nx.set_edge_attributes(graph, -1, "sign")
    halves = (size // 2, size - size // 2)
    found = frustration(graph)
    assert found.index == sum(half * (half - 1) // 2 for half in halves)
    check(graph, found)


@pytest.mark.parametrize(("graph", "camps"), [
    (graph_of(("a", "b", -1), ("b", "c", 1), ("b", "d", -1)), ((("a", "d"), ("b", "c")),)),  # a tree is always balanced
    (graph_of(("a", "b", 1)), ((("a", "b"), ()),)),
    (graph_of(("a", "b", -1), ("x", "y", 1), ("y", "z", 1)), ((("x", "y", "z"), ()), (("a",), ("b",)))),  # each part has its own two
    (graph_of(("a", "b", 0)), ()),
    (nx.Graph(), ()),
])
def test_what_costs_nothing(graph: nx.Graph, camps: tuple[object, ...]) -> None:
    found = frustration(graph)
    assert (found.index, found.frustrated, found.actors, found.camps) == (0, (), (), camps)
    assert found.normalised == (1 if found.ties else None)


def test_a_bridge_between_two_quarrels_is_never_frustrated() -> None:
    """Two triangles of enemies (one frustrated tie each) joined by a negative bridge."""
    graph = graph_of(("a", "b", -1), ("b", "c", -1), ("a", "c", -1), ("c", "x", -1), ("x", "y", -1), ("y", "z", -1), ("x", "z", -1))
    found = frustration(graph)
    assert found.index == 2
    assert ("c", "x") not in found.frustrated
    check(graph, found)


def test_the_actor_who_causes_it_comes_first() -> None:
    """Two camps of four, and m allied with three of each: its three ties to one side are frustrated (6 of 6 either way)."""
    ties = [(a, b, 1 if a[0] == b[0] else -1) for a, b in itertools.combinations([f"{c}{i}" for c in "xy" for i in range(4)], 2)]
    found = frustration(graph_of(*ties, *(("m", f"{c}{i}", 1) for c in "xy" for i in range(3))))
    assert found.index == 3
    assert found.actors[0] == ("m", 3)


def test_a_network_of_the_size_of_the_world_is_proven() -> None:
    """150 actors, 1,250 ties, 4 % noise (the size of the Correlates of War network of 1996-99, where L = 45): planted errors bound L."""
    graph = planted(150, 1250, 0.04, seed=1)
    found = frustration(graph, time_limit=None)
    wrong = sum(sign != (1 if (a - b) % 2 == 0 else -1) for a, b, sign in graph.edges(data="sign"))
    assert found.exact
    assert 40 <= found.upper <= wrong <= 60
    check(graph, found)


def test_when_the_time_is_up_both_bounds_are_told() -> None:
    """No time for a proof: at least 1, since it is not balanced; the division still attains the upper bound."""
    graph = nx.complete_graph(12)
    nx.set_edge_attributes(graph, -1, "sign")  # L = 30
    found = frustration(graph, time_limit=0)
    assert not found.exact
    assert (found.index, found.normalised) == (None, None)
    assert found.lower <= 30 <= found.upper
    assert "stopped by the time limit of 0 s" in found.method
    check(graph, found)


@given(st.randoms(use_true_random=False))
@settings(max_examples=20)
def test_equal_graphs_have_equal_results_whatever_the_order(draw: random.Random) -> None:
    ties = list(tribes().edges(data="sign"))
    draw.shuffle(ties)
    assert frustration(graph_of(*((b, a, s) for a, b, s in ties))) == frustration(tribes())


@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_other_graphs_are_refused_aloud(kind) -> None:
    with pytest.raises(nx.NetworkXNotImplemented):
        frustration(kind())


def test_a_negative_time_is_refused() -> None:
    with pytest.raises(ValueError, match="time_limit must be 0 or more"):
        frustration(nx.Graph(), time_limit=-1)
