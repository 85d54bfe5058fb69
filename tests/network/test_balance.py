"""Balance of triangles and walks, and PN centrality: published values, brute force, and what holds for every graph."""

from __future__ import annotations

import itertools
import math

import networkx as nx
import numpy as np
import pytest
import scipy.linalg
from hypothesis import given
from hypothesis import strategies as st
from signed_examples import graph_of, signed_graphs, tribes

from kg.network.balance import local_balance, pn_centrality, triangle_balance, unbalanced_triangles, walk_balance

# The example of the vignette "Centrality" of the R package signnet (Schoch), where all nodes have the same ratio of signs;
# Everett & Borgatti (2014) is its source for the index.
PN_EXAMPLE = [
    [0, 1, 0, 1, 0, 0, 0, -1, -1, 0], [1, 0, 1, -1, 1, -1, -1, 0, 0, 0], [0, 1, 0, 1, -1, 0, 0, 0, -1, 0],
    [1, -1, 1, 0, 1, -1, -1, 0, 0, 0], [0, 1, -1, 1, 0, 1, 0, -1, 0, -1], [0, -1, 0, -1, 1, 0, 1, 0, 1, -1],
    [0, -1, 0, -1, 0, 1, 0, 1, -1, 1], [-1, 0, 0, 0, -1, 0, 1, 0, 1, 0], [-1, 0, -1, 0, 0, 1, -1, 1, 0, 1],
    [0, 0, 0, 0, -1, -1, 1, 0, 1, 0],
]
MEASURES = [triangle_balance, unbalanced_triangles, walk_balance, local_balance, pn_centrality]


def example(matrix: list[list[int]]) -> nx.Graph:
    graph = nx.empty_graph(len(matrix))
    graph.add_edges_from((a, b, {"sign": s}) for a, row in enumerate(matrix) for b, s in enumerate(row) if s)
    return graph


def test_triangle_balance_of_the_tribes() -> None:
    """59 of 68: Aref & Wilson (2018), table of Read's tribes: T = 0.868; signnet's 0.8676471."""
    found = triangle_balance(tribes())
    assert (found.balanced, found.total) == (59, 68)
    assert found.share == pytest.approx(0.8676471, abs=1e-7)
    assert len(unbalanced_triangles(tribes())) == 68 - 59


def test_walk_balance_of_the_tribes() -> None:
    """signnet's balance_score(tribes, method = "walk"): 0.3575761."""
    assert walk_balance(tribes()) == pytest.approx(0.3575761, abs=1e-7)


def test_pn_centrality_of_the_published_example() -> None:
    """signnet's pn_index of its ten-node example."""
    published = [0.900975, 0.861348, 0.907700, 0.861348, 0.841066, 0.849656, 0.861732, 0.901591, 0.850985, 0.907293]
    assert list(pn_centrality(example(PN_EXAMPLE)).values()) == pytest.approx(published, abs=1e-6)


@pytest.mark.parametrize(("signs", "balanced"), [((1, 1, 1), 1), ((1, -1, -1), 1), ((1, 1, -1), 0), ((-1, -1, -1), 0)])
def test_the_four_triangles(signs: tuple[int, int, int], balanced: int) -> None:
    """Heider's four: by the product of signs."""
    graph = graph_of(*((a, b, s) for (a, b), s in zip(("ab", "bc", "ac"), signs, strict=True)))
    assert triangle_balance(graph).balanced == balanced
    assert unbalanced_triangles(graph) == (() if balanced else (("a", "b", "c"),))


def test_undefined_cases() -> None:
    pair = graph_of(("a", "b", -1))
    assert triangle_balance(pair).share is None
    assert walk_balance(nx.Graph()) is None
    assert walk_balance(graph_of(("a", "b", 0))) is None
    assert local_balance(graph_of(("a", "b", 0))) == {"a": None, "b": None}
    assert pn_centrality(nx.Graph()) == {}
    assert pn_centrality(nx.empty_graph(1)) == {0: None}
    assert pn_centrality(pair) == {"a": None, "b": None}  # I - (P - 2N)/2 is a matrix of ones
    assert pn_centrality(nx.union(pair, nx.empty_graph(["c"])))["c"] == 1


def test_walk_balance_of_a_triangle_of_enemies_by_hand() -> None:
    """Eigenvalues of A: -2, 1, 1; of |A|: 2, -1, -1. An isolated node adds 1 to both sums."""
    enemies = graph_of(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))
    told, every = math.exp(-2) + 2 * math.e, math.exp(2) + 2 / math.e
    assert walk_balance(enemies) == pytest.approx(told / every)
    enemies.add_node("d")
    assert walk_balance(enemies) == pytest.approx((told + 1) / (every + 1))
    assert list(local_balance(enemies).values()) == [*[pytest.approx(told / every)] * 3, None]


def test_walk_balance_of_a_dense_network_does_not_overflow() -> None:
    """A balanced complete graph of 720: exp(719) is no float, yet K is 1."""
    graph = nx.complete_graph(720)
    nx.set_edge_attributes(graph, {(a, b): -1 if (a < 300) != (b < 300) else 1 for a, b in graph.edges}, "sign")
    assert walk_balance(graph) == pytest.approx(1)


@given(signed_graphs())
def test_walks_as_the_matrix_exponential_has_them(graph: nx.Graph) -> None:
    signed = nx.to_numpy_array(graph, nodelist=sorted(graph), weight="sign")
    told, every = np.diag(scipy.linalg.expm(signed)), np.diag(scipy.linalg.expm(abs(signed)))
    if signed.any():
        assert walk_balance(graph) == pytest.approx(told.sum() / every.sum())
    expected = [share if row.any() else None for share, row in zip(told / every, signed, strict=True)]
    assert list(local_balance(graph).values()) == pytest.approx(expected)


@given(signed_graphs())
def test_triangles_as_counted_one_by_one(graph: nx.Graph) -> None:
    ties = {frozenset(tie[:2]): tie[2] for tie in graph.edges(data="sign") if tie[2]}
    products = {}
    for corners in itertools.combinations(sorted(graph), 3):
        signs = [ties.get(frozenset(pair)) for pair in itertools.combinations(corners, 2)]
        if all(signs):
            products[corners] = math.prod(s for s in signs if s)
    found = triangle_balance(graph)
    assert (found.balanced, found.total) == (list(products.values()).count(1), len(products))
    assert unbalanced_triangles(graph) == tuple(corners for corners, product in products.items() if product < 0)


@given(signed_graphs(), st.sets(st.integers(0, 7)))
def test_switching_sides_changes_no_balance(graph: nx.Graph, camp: set[int]) -> None:
    """Whoever changes all his signs changes the product of no cycle."""
    turned = graph.copy()
    for a, b, tie in turned.edges(data=True):
        tie["sign"] *= -1 if (a in camp) != (b in camp) else 1
    assert triangle_balance(turned) == triangle_balance(graph)
    assert walk_balance(turned) == pytest.approx(walk_balance(graph))


@given(signed_graphs(least=3))
def test_pn_centrality_solves_its_equation(graph: nx.Graph) -> None:
    names = sorted(graph)
    signs = nx.to_numpy_array(graph, nodelist=names, weight="sign")
    ranks = np.array([pn_centrality(graph)[name] for name in names])
    weights = np.where(signs < 0, -2, signs)
    assert ranks == pytest.approx(1 + weights @ ranks / (2 * len(names) - 2))


@pytest.mark.parametrize("measure", MEASURES)
@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_other_graphs_are_refused_aloud(measure, kind) -> None:
    with pytest.raises(nx.NetworkXNotImplemented, match="undirected simple graph"):
        measure(kind([("a", "b", {"sign": 1})]))


@pytest.mark.parametrize(("tie", "message"), [
    (("a", "b", {}), "the tie 'a'-'b' has sign None"), (("a", "b", {"sign": 0.5}), "has sign 0.5: it must be"),
    (("a", "a", {"sign": -1}), "'a' has a signed tie to itself")])
@pytest.mark.parametrize("measure", MEASURES)
def test_ties_that_are_not_signed_are_refused_aloud(measure, tie, message: str) -> None:
    with pytest.raises(nx.NetworkXError, match=message):
        measure(nx.Graph([tie]))


def test_another_attribute_may_hold_the_sign() -> None:
    graph = nx.Graph([("a", "b", {"w": 1}), ("b", "c", {"w": 1}), ("a", "c", {"w": -1})])
    assert triangle_balance(graph, sign="w").share == 0
    assert unbalanced_triangles(graph, sign="w") == (("a", "b", "c"),)
