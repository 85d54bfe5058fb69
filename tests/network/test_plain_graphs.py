"""Every measure on small signed graphs whose values are worked out by hand, and on graphs as other people make them."""

from __future__ import annotations

import math
from fractions import Fraction

import networkx as nx
import numpy as np
import pytest
from signed_examples import graph_of

from kg.network.alignment import align
from kg.network.assortativity import assortativity
from kg.network.balance import local_balance, pn_centrality, triangle_balance, walk_balance
from kg.network.blockmodel import blockmodel, relaxed_blockmodel
from kg.network.brokers import bridges, brokers, constraint, parts_without
from kg.network.camps import alone, camps
from kg.network.cohesion import cohesion
from kg.network.communities import blocs, communities, signed_modularity
from kg.network.core import core_numbers, core_periphery
from kg.network.frustration import frustration
from kg.network.layers import together
from kg.network.paths import path
from kg.network.realignment import network_realignment, realignments

FRIENDS = graph_of(("a", "b", 1), ("b", "c", 1), ("a", "c", 1))
ENEMIES = graph_of(("a", "b", -1), ("b", "c", -1), ("a", "c", -1))
QUARREL = graph_of(("a", "b", 1), ("b", "c", 1), ("a", "c", -1))  # two friends of one are enemies
COALITION = graph_of(("a", "b", 1), ("b", "c", -1), ("a", "c", -1))  # two against one
SQUARE = graph_of(("a", "b", 1), ("b", "c", 1), ("c", "d", 1), ("a", "d", -1))  # a cycle of four with one enmity
K5 = nx.complete_graph(5)
nx.set_edge_attributes(K5, -1, "sign")
# Two triangles of friends, a bridge of enmity between them.
BARBELL = graph_of(("a", "b", 1), ("b", "c", 1), ("a", "c", 1), ("x", "y", 1), ("y", "z", 1), ("x", "z", 1), ("c", "x", -1))
STAR = graph_of(("h", "a", 1), ("h", "b", 1), ("h", "c", 1))
E = math.e


@pytest.mark.parametrize(("graph", "balanced", "total"), [
    (FRIENDS, 1, 1), (ENEMIES, 0, 1), (QUARREL, 0, 1), (COALITION, 1, 1), (SQUARE, 0, 0), (BARBELL, 2, 2), (STAR, 0, 0),
    (K5, 0, 10),  # 5 choose 3 triangles, each with three enmities
])
def test_triangles(graph, balanced, total):
    found = triangle_balance(graph)
    assert (found.balanced, found.total) == (balanced, total)
    assert found.share == (balanced / total if total else None)


@pytest.mark.parametrize(("graph", "expected"), [
    (FRIENDS, 1), (COALITION, 1), (BARBELL, 1), (STAR, 1),
    # |A| of a triangle has the eigenvalues 2, -1, -1; A of an unbalanced one their negatives 1, 1, -2.
    (ENEMIES, (2 * E + E**-2) / (E**2 + 2 / E)), (QUARREL, (2 * E + E**-2) / (E**2 + 2 / E)),
    # |A| of a square: 2, 0, 0, -2; with one enmity (the square turned by a half): sqrt 2, sqrt 2, -sqrt 2, -sqrt 2.
    (SQUARE, 4 * math.cosh(math.sqrt(2)) / (2 + 2 * math.cosh(2))),
    # |A| of the complete graph of 5: 4 once, -1 four times; A its negative.
    (K5, (math.exp(-4) + 4 * E) / (math.exp(4) + 4 / E)),
])
def test_walks(graph, expected):
    assert walk_balance(graph) == pytest.approx(expected)


def test_local_walks_of_a_square_are_those_of_the_whole():
    """Every node of it is like every other, so that the share of each is that of all."""
    assert {round(share, 9) for share in local_balance(SQUARE).values()} == {round(walk_balance(SQUARE), 9)}


@pytest.mark.parametrize(("graph", "index", "ties"), [
    (FRIENDS, 0, 3), (ENEMIES, 1, 3), (QUARREL, 1, 3), (COALITION, 0, 3), (SQUARE, 1, 4), (BARBELL, 0, 7), (STAR, 0, 3),
    (K5, 4, 10),  # camps of 2 and 3: 1 + 3 enmities inside
])
def test_frustration(graph, index, ties):
    found = frustration(graph)
    assert (found.index, found.ties) == (index, ties)
    assert found.normalised == pytest.approx(1 - 2 * index / ties)


@pytest.mark.parametrize(("graph", "k", "inconsistent"), [
    (FRIENDS, 2, 0), (ENEMIES, 2, 1), (ENEMIES, 3, 0), (QUARREL, 3, 1),  # a cycle with one enmity is never free of one (Davis 1967)
    (SQUARE, 4, 1), (K5, 1, 10), (K5, 2, 4), (K5, 3, 2), (K5, 4, 1), (K5, 5, 0),  # camps of 2, 2, 1 and so on
])
def test_k_balance(graph, k, inconsistent):
    found = blockmodel(graph, k)
    assert (len(found.inconsistent), 2 * found.inconsistency, found.exact) == (inconsistent, inconsistent, True)


def test_a_weight_of_enmity_decides_which_ties_are_given_up():
    """The quarrel: one enmity within a camp, or one friendship between two; the cheaper one."""
    assert blockmodel(QUARREL, 2, alpha=0.25).inconsistent == (("a", "c"),)  # 0.25 against 0.75
    [given_up] = blockmodel(QUARREL, 2, alpha=0.75).inconsistent  # 0.75 against 0.25
    assert QUARREL.edges[given_up]["sign"] == 1
    assert relaxed_blockmodel(ENEMIES, 1).blocks == ((-1,),)  # one camp of enemies, and nothing against it


def test_pn_centrality():
    """PN = (I - M / (2n - 2))^-1 1, M = P - 2N. Where all are alike, with d friends and e enemies: 1 / (1 - (d - 2e) / (2n - 2))."""
    assert list(pn_centrality(FRIENDS).values()) == pytest.approx([2] * 3)  # 1 / (1 - 2/4)
    assert list(pn_centrality(ENEMIES).values()) == pytest.approx([Fraction(1, 2)] * 3)  # 1 / (1 + 4/4)
    assert list(pn_centrality(K5).values()) == pytest.approx([Fraction(1, 2)] * 5)  # 1 / (1 + 8/8)
    # A star of three friends: h = 1 + 3 l / 6, l = 1 + h / 6, so h = 1 + 1/2 + h/12 = 18/11 and l = 14/11.
    found = pn_centrality(STAR)
    assert [found[node] for node in "ha"] == pytest.approx([18 / 11, 14 / 11])
    # Two against one: a = 1 + (b - 2c)/4, the same for b, c = 1 - (2a + 2b)/4 = 1 - a; so a = 1 + a/4 - 1/2 + a/2 = 2 and c = -1.
    assert list(pn_centrality(COALITION).values()) == pytest.approx([2, 2, -1])


@pytest.mark.parametrize(("graph", "groups", "expected"), [
    # Newman's, 6 of 6 friendships inside: 6/6 - 2 (6/12)^2 = 1/2, times 6 of 7 ties. The enmity: -(0 - 2 (1/2)^2) / 7 = 1/14.
    (BARBELL, ("abc", "xyz"), 6 / 7 * 1 / 2 + 1 / 14),
    # All as one: 1 - 1 of each sign.
    (BARBELL, ("abcxyz",), 0),
    # Enemies apart: -(0 - 3 (2/6)^2) = 1/3.
    (ENEMIES, ("a", "b", "c"), 1 / 3),
    # Two against one, apart from him: + (1 - 1) times 1/3; - (0 - (2/4)^2 - (2/4)^2) = 1/2 times 2/3.
    (COALITION, ("ab", "c"), 1 / 3),
    (graph_of(("a", "b", 0)), ("a", "b"), None),
])
def test_signed_modularity(graph, groups, expected):
    """Q = (w+ Q+ - w- Q-) / (w+ + w-), Gomez, Jensen and Arenas (2009)."""
    assert signed_modularity(graph, groups) == (None if expected is None else pytest.approx(expected))


@pytest.mark.parametrize(("graph", "quality"), [(BARBELL, 1 / 2), (ENEMIES, 1 / 3), (COALITION, 1 / 3), (FRIENDS, 0)])
def test_the_best_division(graph, quality):
    """The values above; three friends gain nothing by any division."""
    assert communities(graph).quality == pytest.approx(quality)


def test_constraint():
    """Burt: with p = 1/n. In a triangle (1/2 + 1/2 * 1/2)^2 twice; at the end of a path 1, in its middle 1/2; alone none."""
    assert constraint(FRIENDS) == pytest.approx(dict.fromkeys("abc", 9 / 8))
    assert constraint(STAR) == pytest.approx({"h": 1 / 3, "a": 1, "b": 1, "c": 1})
    # A square with a diagonal: a and c have three partners, b and d two. b: each of a, c (1/2 + 1/2 * 1/3)^2 = 4/9, twice.
    # a: c (1/3 + 2 * 1/3 * 1/2)^2 = 4/9; b and d each (1/3 + 1/3 * 1/3)^2 = 16/81.
    kite = nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("a", "d"), ("a", "c")])
    assert constraint(kite) == pytest.approx({"a": 68 / 81, "b": 8 / 9, "c": 68 / 81, "d": 8 / 9})
    assert constraint(kite) == pytest.approx(nx.constraint(kite))
    assert constraint(nx.empty_graph(2)) == {0: None, 1: None}


def test_brokers_of_a_path():
    """a - b - c - d: over b and c lead 2 of 3 pairs of others each; both are cut points, and all three ties bridges."""
    line = graph_of(("a", "b", 1), ("b", "c", 1), ("c", "d", 1))
    assert {one.actor: (one.betweenness, one.cut) for one in brokers(line).actors} == {
        "a": (0, False), "b": (pytest.approx(2 / 3), True), "c": (pytest.approx(2 / 3), True), "d": (0, False)}
    assert [bridge.pair for bridge in bridges(line)] == [("a", "b"), ("b", "c"), ("c", "d")]
    assert parts_without(line, "b") == (("c", "d"), ("a",))
    assert bridges(BARBELL) == ()  # enmity bridges nothing


def test_core_and_periphery():
    """A star fits exactly, and so does a pair of hubs with three leaves each has; a ring of five has no such shape."""
    assert (core_periphery(STAR).core, core_periphery(STAR).correlation) == (("h",), pytest.approx(1))
    hubs = graph_of(("g", "h", 1), *((hub, leaf, 1) for hub in "gh" for leaf in "abc"))
    assert (core_periphery(hubs).core, core_periphery(hubs).correlation) == (("g", "h"), pytest.approx(1))
    ring = graph_of(*((a, b, 1) for a, b in zip("abcde", "bcdea", strict=True)))
    # N 10, M 5. A core of one: S 2, D 4, so 0. Of two without a tie: S 4, D 7, 5 / sqrt(25 * 21). Of three that touch all five ties:
    # S 5, D 9, 5 / sqrt(25 * 9).
    assert core_periphery(ring).correlation == pytest.approx(1 / 3)
    assert core_periphery(FRIENDS).correlation is None  # nothing but ties
    assert core_numbers(BARBELL) == dict.fromkeys("abcxyz", 2)


def test_assortativity():
    """Newman. Two kinds and one tie between unlike of three: e = (2, 1; 1, 2) / 6, sum e 4/6, sum a^2 1/2, r = (4/6 - 1/2) / (1/2)."""
    line = graph_of(("a", "b", 1), ("b", "c", 1), ("c", "d", 1))
    nx.set_node_attributes(line, dict(zip("abcd", "xxyy", strict=True)), "kind")
    assert assortativity(line, "kind").together.coefficient == pytest.approx(1 / 3)
    assert assortativity(line, "kind").against.coefficient is None
    nx.set_node_attributes(line, dict(zip("abcd", (1, 2, 3, 4), strict=True)), "size")
    # Pearson over both directions of (1, 2), (2, 3), (3, 4): mean 5/2, of squares 43/6, of products 20/3; (20/3 - 25/4) / (43/6 - 25/4).
    assert assortativity(line, "size").together.coefficient == pytest.approx(5 / 11)


def test_alignment_between_poles():
    """x between A and B, friend of both: 0; friend of A, enemy of B: 1; y behind an enemy of A: -1."""
    assert align(graph_of(("A", "x", 1), ("x", "B", 1)), "A", "B")["x"] == 0
    assert align(graph_of(("A", "x", 1), ("x", "B", -1), ("A", "z", -1), ("z", "y", 1)), "A", "B") == {
        "A": 1, "x": 1, "B": -1, "z": -1, "y": -1}


def test_cohesion_of_a_camp():
    """Three of three pairs inside, one enmity and no friendship out of it."""
    found = cohesion(BARBELL, "abc")
    assert (found.pairs, found.together, found.against) == (3, 3, 0)
    assert (found.together_outside, found.against_outside, found.conductance) == (0, 1, 0)


def restyled(graph, name, attribute, style):
    """The same graph as somebody else would make it."""
    other = nx.Graph()
    other.add_nodes_from(map(name, graph))
    other.add_edges_from((name(a), name(b), {attribute: style(sign)}) for a, b, sign in graph.edges(data="sign"))
    return other


@pytest.mark.parametrize("style", [float, np.int8, np.float64, str, lambda sign: f"{float(sign)}", lambda sign: "+" if sign > 0 else "-"])
@pytest.mark.parametrize("name", [ord, lambda node: (node,), lambda node: frozenset(node), lambda node: node if node < "c" else ord(node)])
def test_nodes_and_signs_of_any_kind(name, style):
    """Numbers, tuples, sets and mixtures for nodes; numbers and texts for signs, under another name: the same values."""
    graph = restyled(BARBELL, name, "w", style)
    a, b, c, x = map(name, "abcx")
    assert triangle_balance(graph, sign="w").share == 1
    assert walk_balance(graph, sign="w") == pytest.approx(1)
    assert set(local_balance(graph, sign="w")) == set(pn_centrality(graph, sign="w")) == set(graph)
    assert (frustration(graph, sign="w").index, blockmodel(graph, 2, sign="w").inconsistency) == (0, 0)
    assert relaxed_blockmodel(graph, 2, sign="w").inconsistency == 0
    assert {frozenset(camp.actors) for camp in camps(graph, sign="w")} == {frozenset(map(name, "abc")), frozenset(map(name, "xyz"))}
    assert blocs(graph, sign="w").groups == communities(graph, sign="w").groups
    assert signed_modularity(graph, [map(name, "abc"), map(name, "xyz")], sign="w") == pytest.approx(0.5)
    assert alone(graph, sign="w").isolated == ()
    assert {one.actor for one in brokers(graph, sign="w").actors} == set(graph)
    assert (bridges(graph, sign="w"), len(parts_without(graph, c, sign="w"))) == ((), 1)
    assert constraint(together(graph, sign="w"))[a] == pytest.approx(9 / 8)
    assert (core_numbers(graph, sign="w")[a], len(core_periphery(graph, sign="w").core)) == (2, len(core_periphery(BARBELL).core))
    assert cohesion(graph, [a, b, c], sign="w").share_together == 1
    assert align(graph, a, x, sign="w")[b] == pytest.approx(1)
    nx.set_node_attributes(graph, {node: node in (a, b, c) for node in graph}, "side")
    assert assortativity(graph, "side", sign="w").together.coefficient == 1
    assert path(graph, a, x, sign="w").sign == -1
    assert network_realignment(graph, graph, sign="w").index == 0
    assert {one.index for one in realignments(graph, graph, sign="w")} == {0}


EVERY = [triangle_balance, walk_balance, local_balance, pn_centrality, frustration, camps, alone, communities, blocs, brokers, bridges,
         core_numbers, core_periphery, lambda graph: blockmodel(graph, 3), lambda graph: relaxed_blockmodel(graph, 3),
         lambda graph: cohesion(graph, "ab"), lambda graph: signed_modularity(graph, map(str, graph))]


@pytest.mark.parametrize("measure", EVERY)
@pytest.mark.parametrize("graph", [nx.Graph(), nx.empty_graph(["a"]), graph_of(("a", "b", 0)), graph_of(("a", "b", -1)), STAR, ENEMIES])
def test_no_measure_fails_where_there_is_little_to_measure(measure, graph):
    """An empty graph, one node, no sign, no friends, no enemies."""
    before = nx.to_dict_of_dicts(graph)
    measure(graph)
    assert nx.to_dict_of_dicts(graph) == before  # nor does one change what it measures


@pytest.mark.parametrize("measure", EVERY)
@pytest.mark.parametrize("kind", [nx.DiGraph, nx.MultiGraph])
def test_what_has_directions_or_several_ties_is_refused_with_what_to_do(measure, kind):
    with pytest.raises(nx.NetworkXNotImplemented, match="undirected simple graph, such as `signed_graph` makes"):
        measure(kind([("a", "b", {"sign": 1})]))


@pytest.mark.parametrize("measure", EVERY)
@pytest.mark.parametrize("value", [None, "friend", math.nan, [1]])
def test_what_is_no_sign_is_refused(measure, value):
    with pytest.raises(nx.NetworkXError, match=r"the tie 'a'-'b' has sign .*: it must be"):
        measure(nx.Graph([("a", "b", {"sign": value})]))
