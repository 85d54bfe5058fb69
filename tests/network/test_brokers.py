"""Who stands between others; each expected value says where it is from."""

import math

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_camps import SIGNED, signed

from kg.network.brokers import Bridge, Broker, bridges, brokers, constraint, parts_without
from kg.network.layers import together

GRAPHS = st.builds(lambda n, p, seed: nx.relabel_nodes(nx.gnp_random_graph(n, p, seed=seed), str), st.integers(1, 9), st.floats(0, 1),
                   st.integers(0, 999))


def test_a_broker_between_two_groups():
    # a-b, a-c, b-c and c-d: of the three pairs without c two need it: 2 of 3. b and a are enemies of nobody else; d and a are enemies.
    graph = signed(["ab", "ac", "bc", "cd"], ["ad"])
    found = brokers(graph, groups=[("a", "b"), ("c", "d")])
    # constraint by Burt's formula: c has shares 1/3 each, a and b know each other: 2 (1/3 + 1/3 1/2)^2 + (1/3)^2 = 11/18
    assert found.actors[0] == Broker("c", pytest.approx(2 / 3), pytest.approx(11 / 18), True, 1, (0, 1))
    assert [(one.actor, one.torn, one.joins) for one in found.actors[1:]] == [("a", 0, (0, 1)), ("b", 0, (0, 1)), ("d", 0, (1,))]
    assert found.method == "exact, NetworkX"


def test_who_has_no_friend_is_no_broker():
    assert [one.actor for one in brokers(signed(["ab"], ["bc"], actors="d")).actors] == ["a", "b"]


def test_the_medici():
    # Wasserman and Faust, Social Network Analysis (1994): betweenness of the Florentine families' marriages
    graph = nx.florentine_families_graph()
    nx.set_edge_attributes(graph, 1, "sign")
    found = {one.actor: round(one.betweenness, 3) for one in brokers(graph).actors}
    assert found.items() >= {"Medici": 0.522, "Guadagni": 0.255, "Albizzi": 0.212, "Salviati": 0.143, "Pazzi": 0.0}.items()


@given(GRAPHS)
def test_constraint_is_that_of_networkx(graph):
    expected = nx.constraint(graph)
    found = constraint(graph)
    assert found == {node: None if math.isnan(value) else pytest.approx(value) for node, value in expected.items()}


def test_constraint_of_a_star_and_of_nobody():
    # n partners who do not know each other: n (1/n)^2 = 1/n; one partner: 1
    star = nx.relabel_nodes(nx.star_graph(4), str)
    star.add_node("alone")
    assert constraint(star) == {"0": 0.25, "1": 1.0, "2": 1.0, "3": 1.0, "4": 1.0, "alone": None}
    assert constraint(nx.Graph()) == {}


def test_an_actor_tied_to_itself_gains_nothing():
    assert constraint(nx.Graph([("a", "b"), ("a", "a")])) == {"a": 1.0, "b": 1.0}


def test_bridges_are_of_friendship():
    assert bridges(signed(["ab", "bc", "ca", "cd?", "ef"], ["de"])) == (Bridge(("c", "d"), False), Bridge(("e", "f"), True))


@given(SIGNED)
def test_cutting_a_bridge_makes_one_part_more(graph):
    friends = together(graph)
    before = nx.number_connected_components(friends)
    found = {bridge.pair for bridge in bridges(graph)}
    for tie in list(friends.edges):
        less = friends.copy()
        less.remove_edge(*tie)
        assert (tuple(sorted(tie)) in found) == (nx.number_connected_components(less) == before + 1)


@given(SIGNED)
def test_a_cut_point_leaves_several_parts(graph):
    for one in brokers(graph).actors:
        assert one.cut == (len(parts_without(graph, one.actor)) > 1)


@given(SIGNED, st.permutations("abcdef"))
def test_other_names_make_the_same_brokers(graph, names):
    renamed = dict(zip("abcdef", names, strict=True))
    here, there = ({one.actor: one for one in brokers(g).actors} for g in (graph, nx.relabel_nodes(graph, renamed)))
    for actor, one in here.items():
        other = there[renamed[actor]]
        assert (other.betweenness, other.constraint, other.cut, other.torn) == (
            pytest.approx(one.betweenness), pytest.approx(one.constraint), one.cut, one.torn)


def test_parts_without_somebody_unknown():
    with pytest.raises(nx.NetworkXError, match="the actor z is not in the graph"):
        parts_without(signed(["ab"]), "z")


@pytest.mark.parametrize("measure", [brokers, bridges, constraint])
def test_directed_graphs_are_refused(measure):
    with pytest.raises(nx.NetworkXNotImplemented):
        measure(nx.DiGraph([("a", "b")]))
