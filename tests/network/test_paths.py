"""Paths between actors. Expected paths are read off the small graphs; `all_best` is the brute force that `path` must agree with."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Certainty, ties
from kg.network.paths import Path, path, paths
from kg.network.project import project


def signed(*edges):
    graph = nx.Graph()
    for a, b, sign, *more in edges:
        graph.add_edge(a, b, sign=sign, **(more[0] if more else {}))
    return graph


WEAK, STRONG = {"certainty": "disputed"}, {"certainty": "stated"}
# two ways of two steps from a to d; that through c is attested better at its weakest
DIAMOND = signed(("a", "b", 1, STRONG), ("b", "d", -1, WEAK), ("a", "c", -1, {"certainty": "unverified"}),
                 ("c", "d", -1, {"certainty": "unverified"}), ("d", "e", 1), ("x", "y", 1))


def test_the_best_attested_of_the_shortest():
    found = path(DIAMOND, "a", "d")
    assert found is not None
    assert (found.actors, found.sign) == (("a", "c", "d"), 1)  # an enemy's enemy
    assert found.weakest == found.steps[0]  # of equals the first
    assert [way.actors for way in paths(DIAMOND, "a", "d", k=5)] == [("a", "c", "d"), ("a", "b", "d")]
    assert paths(DIAMOND, "a", "d", k=1) == (found,)


@pytest.mark.parametrize(("better", "worse"), [
    ({"certainty": "stated"}, {"certainty": "unverified"}), ({"certainty": "unverified"}, {"certainty": "disputed"}),
    ({"answer": "yes"}, {"answer": "maybe"}),
    ({"certainty": "stated", "answer": "maybe"}, {"certainty": "unverified", "answer": "yes"}),  # certainty goes first
])
def test_what_makes_a_step_stronger(better, worse):
    graph = signed(("a", "b", 1, worse), ("b", "d", 1), ("a", "c", 1, better), ("c", "d", 1))
    found = path(graph, "a", "d")
    assert found is not None
    assert found.actors == ("a", "c", "d")


@pytest.mark.parametrize(("signs", "product"), [((1, 1), 1), ((1, -1), -1), ((-1, -1), 1), ((-1, 0), None), ((1, 0), None)])
def test_signs_multiply(signs, product):
    found = path(signed(("a", "b", signs[0]), ("b", "c", signs[1])), "a", "c")
    assert found is not None
    assert found.sign == product


def test_positive_paths_only():
    assert path(DIAMOND, "a", "d", positive=True) is None
    graph = signed(("a", "b", -1), ("b", "d", -1), ("a", "p", 1), ("p", "q", 1), ("q", "d", 1))
    found = path(graph, "a", "d", positive=True)
    assert found is not None
    assert found.actors == ("a", "p", "q", "d")


def test_no_path_and_no_actor():
    assert path(DIAMOND, "a", "x") is None
    assert paths(DIAMOND, "a", "x", k=3) == ()
    with pytest.raises(KgError, match="'zz' has no tie in this network"):
        path(DIAMOND, "a", "zz")
    with pytest.raises(KgError, match="cannot look for 0 paths"):
        paths(DIAMOND, "a", "d", k=0)


def test_from_an_actor_to_itself_there_is_no_step():
    assert path(DIAMOND, "a", "a") == Path(())
    assert (Path(()).sign, Path(()).weakest, Path(()).actors) == (None, None, ())


def test_steps_of_a_projected_network():
    told = [claim("attack", "army", "aa", on="2023-11-10"), claim("attack", "army", "aa", on="2023-11-10", document="b.txt"),
            claim("allied_with", "aa", "tnla", on="2023-11-10", certainty=Certainty.UNVERIFIED),
            claim("allied_with", "aa", "tnla", on="2023-11", document="c.txt")]
    found = path(project(ties(told)), "tnla", "army")
    assert found is not None
    first, second = found.steps
    assert (first.source, first.target, first.sign, first.certainty, first.documents) == ("tnla", "aa", 1, "stated", 2)
    assert (second.source, second.target, second.sign, second.documents, second.types) == ("aa", "army", -1, 2, ("attack",))
    assert set(second.claims) == {told[0].id, told[1].id}
    assert found.sign == -1


def test_a_mixed_step_counts_its_claims_for_the_sign_that_prevails():
    told = [claim("attack", "army", "aa", on="2023-11-10"), claim("attack", "army", "aa", on="2023-11-11"),
            claim("ceasefire", "army", "aa", on="2023-11-12")]
    found = path(project(ties(told)), "army", "aa")
    assert found is not None
    [step] = found.steps
    assert (step.sign, step.mixed, step.types, len(step.claims)) == (-1, True, ("attack",), 2)


@st.composite
def graphs(draw):
    graph = nx.gnp_random_graph(draw(st.integers(2, 7)), draw(st.sampled_from([0.3, 0.5, 0.8])), seed=draw(st.integers(0, 9999)))
    graph = nx.relabel_nodes(graph, str)
    for a, b in graph.edges:
        graph.edges[a, b].update(sign=draw(st.sampled_from([-1, 0, 1])), certainty=draw(st.sampled_from(list(Certainty))).value,
                                 answer=draw(st.sampled_from(["yes", "maybe"])))
    return graph


def all_best(graph, a, b):
    """How many steps, and the best bottleneck over every simple path of so many."""
    ways = list(nx.all_simple_paths(graph, a, b))
    if not ways:
        return None
    shortest = min(len(way) for way in ways)
    rank = ["disputed", "unverified", "stated"]

    def weakest(way):
        edges = [graph.edges[pair] for pair in pairwise(way)]
        return min((rank.index(edge["certainty"]), edge["answer"] == "yes", 0) for edge in edges)

    return shortest - 1, max(weakest(way) for way in ways if len(way) == shortest)


@given(graphs())
def test_the_path_is_as_good_as_the_best_of_all(graph):
    found, best = path(graph, "0", "1"), all_best(graph, "0", "1")
    assert (found is None) == (best is None)
    if found is not None:
        assert (len(found.steps), found.strength) == best


@given(graphs(), st.integers(1, 6))
def test_k_paths_are_different_ascending_and_all_there_are(graph, k):
    found = paths(graph, "0", "1", k=k)
    every = list(nx.all_simple_paths(graph, "0", "1"))
    assert len(found) == len({way.actors for way in found}) == min(k, len(every))
    assert [len(way.steps) for way in found] == sorted(len(way) - 1 for way in every)[:k]
    order = [(len(way.steps), tuple(-x for x in way.strength)) for way in found]
    assert order == sorted(order)
