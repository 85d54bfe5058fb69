"""Betweenness is the same by every method, and the method is told."""

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_brokers import GRAPHS

from kg.errors import UsageError
from kg.network import accelerate
from kg.network.accelerate import Betweenness, betweenness, is_installed

fast = pytest.mark.skipif(not is_installed(), reason="rustworkx is not installed: pip install 'allegiance-kg[fast]'")


@pytest.mark.parametrize("method", ["networkx", pytest.param("rustworkx", marks=fast)])
@given(graph=GRAPHS)
def test_exact_methods_agree_with_networkx(method, graph):
    found = betweenness(graph, method=method)
    assert found.values == pytest.approx(nx.betweenness_centrality(graph))
    assert (found.method, found.exact, found.seed) == (method, True, None)


@given(GRAPHS, st.integers(0, 9))
def test_a_sample_of_everybody_is_exact(graph, seed):
    found = betweenness(graph, samples=len(graph), seed=seed)
    assert found.values == pytest.approx(nx.betweenness_centrality(graph))


def test_the_mean_of_all_samples_of_one_is_the_whole():
    # each source once, times n: together n times the exact value
    graph = nx.relabel_nodes(nx.krackhardt_kite_graph(), str)
    drawn = {}
    for seed in range(200):
        found = betweenness(graph, samples=1, seed=seed).values
        drawn[tuple(sorted(found.items()))] = found
    assert len(drawn) == len(graph)
    exact = nx.betweenness_centrality(graph)
    assert {node: sum(found[node] for found in drawn.values()) / len(graph) for node in graph} == pytest.approx(exact)


def test_the_same_seed_samples_the_same():
    graph = nx.relabel_nodes(nx.gnm_random_graph(60, 150, seed=3), str)
    assert betweenness(graph, samples=5, seed=7) == betweenness(graph, samples=5, seed=7)
    assert betweenness(graph, samples=5, seed=7).values != betweenness(graph, samples=5, seed=8).values


@pytest.mark.parametrize(("exact", "exact_fast", "installed", "method"), [
    (100, 1_000, True, "networkx"), (10, 1_000, True, "rustworkx"), (10, 1_000, False, "sampled"), (10, 20, True, "sampled")])
def test_the_size_chooses_the_method(monkeypatch, exact, exact_fast, installed, method):
    # 5 actors times 10 ties: 50 visits
    if installed and not is_installed():
        pytest.skip("rustworkx is not installed: pip install 'allegiance-kg[fast]'")
    monkeypatch.setattr(accelerate, "_EXACT", exact)
    monkeypatch.setattr(accelerate, "_EXACT_FAST", exact_fast)
    monkeypatch.setattr(accelerate, "is_installed", lambda: installed)
    assert betweenness(nx.relabel_nodes(nx.complete_graph(5), str)).method == method


def test_a_large_graph_is_sampled_within_bounds(monkeypatch):
    monkeypatch.setattr(accelerate, "_EXACT", 0)
    monkeypatch.setattr(accelerate, "_EXACT_FAST", 0)
    monkeypatch.setattr(accelerate, "_SAMPLED", 3_000)
    graph = nx.relabel_nodes(nx.gnm_random_graph(80, 200, seed=1), str)
    assert str(betweenness(graph, seed=4)) == "estimated from 15 sampled sources (seed 4), NetworkX"  # 3,000 / 200
    monkeypatch.setattr(accelerate, "_SAMPLED", 1)
    assert betweenness(graph).samples == 10


def test_it_tells_how_far_it_is():
    told = []
    graph = nx.relabel_nodes(nx.path_graph(45), str)
    betweenness(graph, progress=lambda *step: told.append(step))
    assert told == [(done, 45, "betweenness, exact, NetworkX") for done in (0, 20, 40, 45)]


@fast
def test_rustworkx_is_counted_in_another_process_where_somebody_watches():
    """The same values, its name from the first moment, and nobody knows of how many steps."""
    told = []
    graph = nx.relabel_nodes(nx.gnm_random_graph(60, 150, seed=3), str)
    watched = betweenness(graph, method="rustworkx", progress=lambda *step: told.append(step))
    assert watched.values == pytest.approx(betweenness(graph, method="rustworkx").values)  # it adds up in another order each time
    assert told[0] == (0, 0, "betweenness, exact, rustworkx, 0 s")


@fast
def test_who_is_tired_of_waiting_stops_it():
    def stop(*_step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        betweenness(nx.relabel_nodes(nx.path_graph(2_000), str), method="rustworkx", progress=stop)


@pytest.mark.parametrize("size", [0, 1, 2])
@pytest.mark.parametrize("method", ["networkx", "sampled", pytest.param("rustworkx", marks=fast)])
def test_fewer_than_three_have_nobody_between(size, method):
    graph = nx.relabel_nodes(nx.path_graph(size), str)
    assert set(betweenness(graph, method=method).values.values()) <= {0.0}


def test_the_words_for_a_method():
    assert str(Betweenness({}, "rustworkx")) == "exact, rustworkx"


@pytest.mark.parametrize(("options", "problem", "message"), [
    ({"samples": 0}, UsageError, "a sample has one source at least, not 0"),
])
def test_what_makes_no_sense_is_refused(options, problem, message):
    with pytest.raises(problem, match=message):
        betweenness(nx.Graph([("a", "b")]), **options)


def test_directed_graphs_are_refused():
    with pytest.raises(nx.NetworkXNotImplemented, match="undirected"):
        betweenness(nx.DiGraph())


def test_what_is_missing_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "rustworkx", None)
    with pytest.raises(UsageError, match=r"rustworkx is not installed \(pip install 'allegiance-kg\[fast\]'\)"):
        betweenness(nx.Graph([("a", "b")]), method="rustworkx")
