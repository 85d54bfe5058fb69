"""How close groups are, and who is at the core. Expected values are worked out by hand."""

import itertools

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_brokers import GRAPHS
from test_camps import SIGNED, signed

from kg.network import core
from kg.network.cohesion import alliance_cohesion, cohesion
from kg.network.core import core_numbers, core_periphery


def test_ties_inside_and_outside():
    # inside abc: friends ab, enemies bc; out of it: friends ad, bd, enemies ce; friends de lie outside
    found = cohesion(signed(["ab", "ad", "bd", "de"], ["bc", "ce"]), ["a", "b", "c", "unknown"])
    assert (found.actors, found.pairs) == (("a", "b", "c"), 3)
    assert (found.together, found.against, found.together_outside, found.against_outside) == (1, 1, 2, 1)
    assert (found.share_together, found.share_against) == (1 / 3, 1 / 3)
    assert found.enmities == (("b", "c"),)
    assert found.conductance == 0.5  # 2 ties lead out; ends inside: a 2, b 2; ends outside: d 3, e 1: 2 / min(4, 4)


@pytest.mark.parametrize("group", ["", "a", "z"])
def test_shares_of_no_pair_are_undefined(group):
    found = cohesion(signed(["ab"]), group)
    assert (found.share_together, found.share_against) == (None, None)


@pytest.mark.parametrize(("group", "conductance"), [
    ("ab", 0.0),  # a camp: nothing leads out
    ("abcd", None),  # nobody is outside
    ("xy", None),  # no friends
    ("ac", 1.0),  # none inside
])
def test_conductance_at_its_ends(group, conductance):
    assert cohesion(signed(["ab", "cd"], ["xy"]), group).conductance == conductance


@given(SIGNED, st.sets(st.sampled_from("abcdef")))
def test_a_group_and_the_rest_share_what_is_between_them(graph, group):
    inside, outside = cohesion(graph, group), cohesion(graph, set("abcdef") - group)
    assert inside.together_outside == outside.together_outside
    assert inside.conductance == outside.conductance
    ties = sum(1 for *_, sign in graph.edges(data="sign") if sign)
    assert inside.together + inside.against + outside.together + outside.against + inside.together_outside + inside.against_outside == ties


def test_the_alliance_itself_is_left_aside():
    graph = nx.MultiDiGraph()
    for member, answer in (("a", "yes"), ("b", "maybe")):
        graph.add_edge(member, "x", type="member_of", answer=answer)
    [(alliance, ties)] = alliance_cohesion(graph, signed(["ax", "bx", "ab", "bc", "xd"], ["ac"]))
    assert (alliance.members, alliance.perhaps) == (("a",), ("b",))
    assert (ties.actors, ties.pairs) == (("a", "b"), 1)
    assert (ties.together, ties.against, ties.together_outside, ties.against_outside) == (1, 0, 1, 1)


def test_core_numbers_are_of_friendship():
    # a triangle with a tail; enmity makes no core
    assert core_numbers(signed(["ab", "bc", "ca", "cd"], ["ad", "bd"])) == {"a": 2, "b": 2, "c": 2, "d": 1}


@pytest.mark.parametrize(("friends", "actors", "inside", "fit"), [
    (["ab", "ac", "ad"], "", "a", 1.0),  # a star
    (["ab", "ac", "bc", "ad", "bd", "ae", "be"], "", "ab", 1.0),  # two who know all, three who know only these
    # a path: N = 6 pairs, M = 3 ties, of which b has S = 2 of D = 3: (6 2 - 3 3) / sqrt(9 9) = 1/3; both b and c: S = 3 of D = 5:
    # (6 3 - 3 5) / sqrt(9 5) = 0.447
    (["ab", "bc", "cd"], "", "bc", 3 / 45 ** 0.5),
    (["ab"], "c", "a", 0.5),  # N = 3, M = 1, D = 2, S = 1: (3 - 2) / sqrt(2 2); b fits as well, and comes later
])
def test_the_core_of_small_graphs(friends, actors, inside, fit):
    found = core_periphery(signed(friends, actors=actors))
    assert "".join(found.core) == inside
    assert found.correlation == pytest.approx(fit)


@pytest.mark.parametrize("graph", [nx.Graph(), signed(actors="abc"), signed(["ab"]), signed(["ab", "bc", "ca"]), signed([], ["ab", "ac"])])
def test_where_there_is_no_core_it_says_so(graph):
    found = core_periphery(graph)
    assert (found.core, found.periphery, found.correlation) == ((), tuple(sorted(graph)), None)
    assert found.method.startswith("undefined")


def fit(graph, inside):
    """Pearson's correlation, by NumPy, of the ties and the ideal; `None` where undefined."""
    pairs = list(itertools.combinations(sorted(graph), 2))
    ties, ideal = ([float(graph.has_edge(*pair)) for pair in pairs], [float(bool(inside & {*pair})) for pair in pairs])
    return float(np.corrcoef(ties, ideal)[0, 1]) if len({*ties}) == len({*ideal}) == 2 else None


@pytest.mark.parametrize("enumerated", [14, 0])
@given(graph=GRAPHS)
def test_the_fit_against_every_division(enumerated, graph):
    nx.set_edge_attributes(graph, 1, "sign")
    kept, core._ENUMERATED = core._ENUMERATED, enumerated
    try:
        found = core_periphery(graph)
    finally:
        core._ENUMERATED = kept
    fits = [fit(graph, {*some}) for size in range(1, len(graph) + 1) for some in itertools.combinations(graph, size)]
    best = max((one for one in fits if one is not None), default=None)
    if found.correlation is None:
        assert best is None
    else:
        assert found.correlation == pytest.approx(fit(graph, {*found.core}))
        assert found.correlation == pytest.approx(best) if enumerated else found.correlation <= best + 1e-9


@pytest.mark.parametrize("noise", [0, 12])
def test_a_planted_core_is_found_in_a_larger_graph(noise):
    # 5 actors tied to all 30; then 12 ties of the periphery to each other, which the core does not explain
    graph = nx.Graph()
    names = [f"{n:02}" for n in range(30)]
    graph.add_edges_from(((a, b) for a, b in itertools.combinations(names, 2) if a < "05"), sign=1)
    graph.add_edges_from(((names[5 + n], names[6 + n]) for n in range(noise)), sign=1)
    found = core_periphery(graph)
    assert found.core == ("00", "01", "02", "03", "04")
    assert found.correlation == pytest.approx(fit(graph, {*found.core}))
    assert (found.correlation == pytest.approx(1)) == (noise == 0)


def test_above_the_limit_of_exchanges_only_moves_are_made(monkeypatch):
    monkeypatch.setattr(core, "_EXCHANGED", 20)
    graph = nx.Graph(((f"{a:02}", f"{b:02}") for a, b in itertools.combinations(range(25), 2) if a < 3), sign=1)
    nx.set_edge_attributes(graph, 1, "sign")
    assert core_periphery(graph).core == ("00", "01", "02")


@pytest.mark.parametrize("seed", range(30))  # in some, one is to be taken in, out, or exchanged
def test_no_move_and_no_exchange_makes_a_found_core_fit_better(seed):
    density = 0.15 + 0.6 * nx.utils.create_py_random_state(seed).random()
    graph = nx.relabel_nodes(nx.gnp_random_graph(18, density, seed=seed), {n: f"{n:02}" for n in range(18)})
    nx.set_edge_attributes(graph, 1, "sign")
    found = core_periphery(graph)
    inside, outside = {*found.core}, {*found.periphery}
    others = [*(inside ^ {one} for one in graph), *((inside - {one}) | {other} for one in inside for other in outside)]
    assert found.correlation >= max(one for other in others if (one := fit(graph, other)) is not None) - 1e-9
