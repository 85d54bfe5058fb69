"""Places in the picture. No exact coordinates: what a reader needs of them."""

import itertools
import math

import networkx as nx
import pytest

from kg.network.layout import positions


def camps() -> nx.Graph:
    """Two camps of five, everybody allied inside and against everybody outside."""
    graph = nx.Graph()
    for a, b in itertools.combinations([f"{camp}{n}" for camp in "xy" for n in range(5)], 2):
        graph.add_edge(a, b, sign=1 if a[0] == b[0] else -1)
    return graph


def test_nothing_has_no_places():
    assert positions(nx.Graph()) == {}


def test_allies_near_adversaries_far():
    place = positions(camps())
    distance = {pair: math.dist(place[pair[0]], place[pair[1]]) for pair in itertools.combinations(place, 2)}
    inside = max(d for (a, b), d in distance.items() if a[0] == b[0])
    centres = [[sum(place[f"{camp}{n}"][k] for n in range(5)) / 5 for k in (0, 1)] for camp in "xy"]
    assert math.dist(*centres) > 1.5
    assert inside < max(distance.values())


def test_equal_graphs_have_equal_places_whatever_the_order():
    graph = camps()
    other = nx.Graph()
    other.add_nodes_from(reversed(list(graph)))
    other.add_edges_from((b, a, data) for a, b, data in reversed(list(graph.edges(data=True))))
    assert positions(graph) == positions(other)


def test_the_seed_changes_the_picture():
    star = nx.Graph([("hub", f"leaf{n}") for n in range(12)])
    assert positions(star) != positions(star, seed=1)


@pytest.mark.parametrize("graph", [
    nx.Graph([("hub", f"leaf{n}") for n in range(40)]),  # all leaves want to be on one ring
    nx.relabel_nodes(nx.path_graph(30), str),
    nx.relabel_nodes(nx.barabasi_albert_graph(300, 2, seed=1), str),  # above the size where all distances count
    nx.disjoint_union_all([nx.path_graph(n) for n in (9, 4, 2, 1, 1, 1)]),
])
def test_nobody_stands_on_another(graph):
    place = list(positions(graph).values())
    assert min(math.hypot(a - c, (b - d) / 0.62) for (a, b), (c, d) in itertools.combinations(place, 2)) > 0.9


def test_single_nodes_do_not_squash_the_largest_part():
    part = camps()
    alone = positions(part)
    together = nx.union(part, nx.empty_graph([f"single{n}" for n in range(20)]))
    placed = positions(together)
    assert math.dist(placed["x0"], placed["y0"]) == pytest.approx(math.dist(alone["x0"], alone["y0"]), abs=0.01)


def test_parts_do_not_overlap():
    graph = nx.union(camps(), nx.relabel_nodes(nx.complete_graph(6), lambda n: f"z{n}"))
    placed = positions(graph)
    boxes = [[(min(v), max(v)) for v in zip(*(placed[n] for n in part), strict=True)] for part in nx.connected_components(graph)]
    (first, second) = boxes
    assert any(a[1] < b[0] or b[1] < a[0] for a, b in zip(first, second, strict=True))


@pytest.mark.parametrize("graph", [
    nx.MultiDiGraph([("a", "b"), ("b", "a"), ("a", "a")]), nx.DiGraph([("a", "b")]), nx.empty_graph(["a", "b"])])
def test_every_kind_of_graph_is_placed(graph):
    placed = positions(graph)
    assert placed.keys() == {"a", "b"}
    assert placed["a"] != placed["b"]
