"""Who stands with whom. Expected values are worked out by hand on the graphs drawn here."""

from datetime import date

import networkx as nx
import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from signed_examples import tribes

from kg.model import BINDING, CLAIM_TYPES, ties
from kg.network.camps import Alone, Camp, Frenemies, alone, camps, frenemies
from kg.network.communities import blocs
from kg.network.layers import against, together
from kg.network.project import project, signed_graph


def signed(friends=(), enemies=(), neither=(), actors=""):
    """A graph from pairs of letters; a friendship written with a question mark is a maybe."""
    graph = nx.Graph()
    graph.add_nodes_from(actors)
    for pair in friends:
        graph.add_edge(pair[0], pair[1], sign=+1, answer="maybe" if "?" in pair else "yes")
    graph.add_edges_from(enemies, sign=-1)
    graph.add_edges_from(neither, sign=0)
    return graph


SIGNED = st.lists(st.sampled_from([1, -1, 0, None, None]), min_size=15, max_size=15).map(
    lambda signs: _graph(signs, [(a, b) for a in "abcdef" for b in "abcdef" if a < b]))


def _graph(signs, pairs):
    graph = nx.Graph()
    graph.add_nodes_from("abcdef")
    graph.add_edges_from((a, b, {"sign": sign}) for (a, b), sign in zip(pairs, signs, strict=True) if sign is not None)
    return graph


def test_camps_with_what_is_sure_and_who_are_enemies_in_them():
    graph = signed(["ab", "bc?", "cd", "ef"], ["ad", "ae"], ["fg"])
    assert camps(graph) == (Camp(tuple("abcd"), (("a", "b"), ("c", "d")), (("a", "d"),)), Camp(("e", "f"), (("e", "f"),), ()))
    assert [camp.sure for camp in camps(graph)] == [False, True]


def test_a_camp_joined_twice_is_sure_when_one_way_is():
    assert camps(signed(["ab?", "ac", "bc"]))[0].sure


def test_the_tribes_are_one_camp_but_for_four():
    # Masil and its ties to Nagam and Uheto join two of the three blocs; the third, of four tribes, has no friend outside
    found = camps(tribes())
    assert [len(camp.actors) for camp in found] == [12, 4]
    assert found[1] == Camp(("Gama", "Gavev", "Kotun", "Nagad"), (("Gama", "Gavev", "Kotun", "Nagad"),), ())


def test_who_stands_alone():
    assert alone(signed(["ab"], ["ac", "cd"], ["ef", "fa"], "g")) == Alone(("e", "f", "g"), ("c", "d"))


@given(SIGNED)
def test_everybody_is_in_one_camp_or_alone(graph):
    groups = [*(camp.actors for camp in camps(graph)), alone(graph).isolated, alone(graph).friendless]
    assert sorted(actor for group in groups for actor in group) == sorted(graph)


@given(SIGNED, st.permutations("abcdef"))
def test_other_names_make_the_same_camps(graph, names):
    renamed = dict(zip("abcdef", names, strict=True))
    other = nx.relabel_nodes(graph, renamed)
    assert {frozenset(renamed[a] for a in camp.actors) for camp in camps(graph)} == {frozenset(camp.actors) for camp in camps(other)}
    assert {renamed[a] for a in alone(graph).isolated} == set(alone(other).isolated)


@given(SIGNED)
def test_the_layers_share_no_tie(graph):
    friends, enemies = together(graph), against(graph)
    assert not set(friends.edges) & set(enemies.edges)
    assert set(friends) == set(enemies) == set(graph)
    assert friends.number_of_edges() + enemies.number_of_edges() == sum(1 for *_, sign in graph.edges(data="sign") if sign)


def test_friend_and_foe_with_the_claims_of_each():
    graph = nx.MultiDiGraph()
    for a, b, sign, id_ in [("a", "b", 1, "1"), ("b", "a", -1, "2"), ("a", "b", -1, "3"), ("b", "c", 1, "4"), ("c", "b", 0, "5")]:
        graph.add_edge(a, b, sign=sign, claim=id_)
    graph.add_edge("c", "b", sign=-1, claim="6", rests_on=("6", "7"))
    assert frenemies(graph) == (Frenemies(("a", "b"), ("1",), ("2", "3")), Frenemies(("b", "c"), ("4",), ("6", "7")))


@pytest.mark.parametrize("measure", [camps, alone])
@pytest.mark.parametrize("graph", [nx.DiGraph(), nx.MultiGraph()])
def test_other_kinds_of_graphs_are_refused(measure, graph):
    with pytest.raises(nx.NetworkXNotImplemented, match="undirected simple graph"):
        measure(graph)


def test_graphs_of_one_tie_a_pair_have_no_frenemies():
    with pytest.raises(nx.NetworkXNotImplemented, match="need a multigraph"):
        frenemies(nx.Graph())


def test_any_multigraph_has_frenemies_without_claims_too():
    graph = nx.MultiGraph([(2, 1, {"s": "+"}), (1, 2, {"s": "-1"}), (2, "x", {"s": 1}), (1, 1, {"s": 1}), (1, 1, {"s": -1})])
    assert frenemies(graph, sign="s") == (Frenemies((1, 2), (), ()),)


def test_a_tie_without_a_sign_is_refused():
    with pytest.raises(nx.NetworkXError, match="the tie 'a'-'b' has sign None: it must be"):
        camps(nx.Graph([("a", "b")]))


@pytest.mark.parametrize(("type_", "one_camp"), [
    ("member_of", True), ("part_of", True), ("allied_with", True),
    ("meet", False), ("ceasefire", False), ("release", False), ("supports", False),
])
def test_who_only_met_or_agreed_a_truce_is_of_no_camp(type_, one_camp):
    signed = signed_graph(project(ties([claim(type_, "army", "guards", on="2023-11-01")]), on=date(2023, 11, 1)))
    assert signed.edges["army", "guards"]["sign"] == 1  # they are on terms all the same
    assert bool(camps(signed)) is one_camp
    assert (len(blocs(signed).groups) == 1) is one_camp


def test_one_tie_that_binds_is_enough():
    told = [claim("meet", "army", "guards", on="2023-11-01"), claim("allied_with", "army", "guards", on="2023-10/..")]
    assert len(camps(signed_graph(project(ties(told), on=date(2023, 11, 1))))) == 1


def test_who_went_over_is_of_the_camp_he_joined():
    told = [claim("defect", "guards", from_="army", to="league", on="2023-11-01")]
    [camp] = camps(signed_graph(project(ties(told), on=date(2023, 11, 1))))
    assert camp.actors == ("guards", "league")


def test_the_binding_types_have_a_positive_sign():
    assert all(CLAIM_TYPES[name].sign > 0 for name in BINDING - {"defect"})  # a defection has a tie of each sign
    assert {name for name, kind in CLAIM_TYPES.items() if kind.sign > 0} - BINDING == {"meet", "ceasefire", "release", "supports"}
