"""Groups and blocs: published values, a brute-force oracle, and what names and seeds may not change."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from signed_examples import tribes
from test_camps import SIGNED, signed

from kg.errors import UsageError
from kg.network.communities import blocs, communities, signed_modularity

# Hage and Harary 1983; Doreian and Mrvar 1996: the three blocs, with two ties against them
THREE_BLOCS = (("Alika", "Asaro", "Gahuk", "Geham", "Masil", "Ove", "Ukudz"), ("Kohik", "Nagam", "Notoh", "Seuve", "Uheto"),
               ("Gama", "Gavev", "Kotun", "Nagad"))


def divisions(actors):
    """Every way to divide actors into groups."""
    if not actors:
        yield []
        return
    first, *rest = actors
    for some in divisions(rest):
        yield [[first], *some]
        for i in range(len(some)):
            yield [*some[:i], [first, *some[i]], *some[i + 1:]]


def faults(graph, groups):
    """Enmities inside groups and friendships between them."""
    of = {actor: number for number, group in enumerate(groups) for actor in group}
    return sum(1 for a, b, sign in graph.edges(data="sign") if sign and (sign > 0) != (of[a] == of[b]))


@pytest.fixture(scope="module")
def karate():
    graph = nx.relabel_nodes(nx.karate_club_graph(), str)
    nx.set_edge_attributes(graph, 1, "sign")
    return graph


def test_the_best_modularity_of_the_karate_club(karate):
    # 0.4198: proven best, Brandes et al., On modularity clustering, IEEE Trans. Knowl. Data Eng. 20 (2008); four groups
    found = communities(karate)
    assert round(found.quality, 4) == 0.4198
    assert [len(group) for group in found.groups] == [12, 11, 6, 5]
    assert found.method == "signed modularity, local moving, best of 40 (seed 0)"


def test_without_enmity_it_is_newmans_modularity(karate):
    groups = [{n for n in karate if int(n) % 3 == k} for k in range(3)]
    assert signed_modularity(karate, groups) == pytest.approx(nx.community.modularity(karate, groups, weight=None))


def test_the_three_blocs_of_the_tribes():
    assert communities(tribes()).groups == THREE_BLOCS
    found = blocs(tribes())
    assert found.groups == THREE_BLOCS
    assert (found.enmities, found.friendships) == ((), (("Masil", "Nagam"), ("Masil", "Uheto")))


def test_signed_modularity_by_hand():
    # friends ab, cd; enemies bc. w+ = 2, w- = 1. In {ab}, {cd}: 2 W = 4 of friends; expected friends 2 (2^2 / 4) = 2; enemies 2 (1 / 2) = 1
    # Q = (4 - 2 + 1) / 6
    graph = signed(["ab", "cd"], ["bc"])
    assert signed_modularity(graph, ["ab", "cd"]) == pytest.approx(0.5)
    assert signed_modularity(graph, ["abcd"]) == pytest.approx(0)  # all in one group is what chance has
    assert signed_modularity(graph, ["ab", "cd"], resolution=2) == pytest.approx((4 - 4 + 2) / 6)


@settings(max_examples=60)
@given(SIGNED)
def test_no_division_is_better(graph):
    found = communities(graph)
    if found.quality is None:
        assert not [1 for *_, sign in graph.edges(data="sign") if sign]
    else:
        assert found.quality == pytest.approx(signed_modularity(graph, found.groups))
        assert found.quality == pytest.approx(max(signed_modularity(graph, some) for some in divisions(sorted(graph))))


@settings(max_examples=60)
@given(SIGNED)
def test_no_division_has_fewer_faults(graph):
    found = blocs(graph)
    assert faults(graph, found.groups) == len(found.enmities) + len(found.friendships)
    assert faults(graph, found.groups) == min(faults(graph, some) for some in divisions(sorted(graph)))


@pytest.mark.parametrize("seed", range(4))
def test_eight_actors_against_every_division(seed):
    graph = nx.relabel_nodes(nx.gnp_random_graph(8, 0.6, seed=seed), dict(enumerate("abcdefgh")))
    nx.set_edge_attributes(graph, {tie: -1 if (hash_of(tie) + seed) % 3 else 1 for tie in graph.edges}, "sign")
    every = list(divisions(sorted(graph)))
    assert len(every) == 4140  # Bell's number of 8
    assert communities(graph).quality == pytest.approx(max(signed_modularity(graph, some) for some in every))
    assert faults(graph, blocs(graph).groups) == min(faults(graph, some) for some in every)


def hash_of(tie):
    return sum(map(ord, tie))


@given(SIGNED, st.permutations("abcdef"))
def test_other_names_make_no_better_division(graph, names):
    other = nx.relabel_nodes(graph, dict(zip("abcdef", names, strict=True)))
    assert communities(graph).quality == pytest.approx(communities(other).quality)
    assert faults(graph, blocs(graph).groups) == faults(other, blocs(other).groups)


@given(SIGNED)
def test_a_bloc_holds_together_by_friendship(graph):
    friends = nx.Graph((a, b) for a, b, sign in graph.edges(data="sign") if sign > 0)
    for group in blocs(graph).groups:
        assert len(group) == 1 or nx.is_connected(friends.subgraph(group))


def test_the_order_of_ties_and_the_seed_change_nothing_that_is_told():
    graph = tribes()
    backwards = nx.Graph()
    backwards.add_edges_from(reversed(list(graph.edges(data=True))))
    assert communities(graph) == communities(backwards)
    assert communities(graph, seed=5).groups == communities(graph).groups


def test_common_enemies_can_make_a_community_but_no_bloc():
    graph = signed([], ["ac", "bc"])
    assert communities(graph).groups == (("a", "b"), ("c",))
    assert blocs(graph).groups == (("a",), ("b",), ("c",))


def test_without_a_signed_tie_everybody_is_alone():
    found = communities(signed(neither=["ab"], actors="c"))
    assert (found.groups, found.quality) == ((("a",), ("b",), ("c",)), None)
    assert communities(nx.Graph()).groups == blocs(nx.Graph()).groups == ()


def test_more_resolution_makes_smaller_groups(karate):
    assert len(communities(karate, resolution=3).groups) > len(communities(karate).groups) > len(communities(karate, resolution=0.3).groups)


def test_each_start_is_told(karate):
    told = []
    communities(karate, starts=3, progress=lambda *step: told.append(step))
    assert told == [(done, 3, "communities, signed modularity, local moving") for done in (1, 2, 3)]


@pytest.mark.parametrize("groups", [["ab"], ["ab", "bc"], ["ab", "cd"]])
def test_a_division_that_is_none_is_refused(groups):
    with pytest.raises(UsageError, match="each actor of the graph belongs to one group"):
        signed_modularity(signed(["ab", "bc"]), groups)


@pytest.mark.parametrize("search", [communities, blocs])
def test_no_start_at_all_is_refused(search):
    with pytest.raises(UsageError, match="one start at least, not 0"):
        search(signed(["ab"]), starts=0)


def random_signs(size, density, seed):
    """A random graph whose signs are random too."""
    graph = nx.relabel_nodes(nx.gnp_random_graph(size, density, seed=seed), {n: chr(ord("a") + n) for n in range(size)})
    coins = nx.utils.create_py_random_state(seed)
    nx.set_edge_attributes(graph, {tie: 1 if coins.random() < 0.5 else -1 for tie in sorted(graph.edges)}, "sign")
    return graph


@pytest.mark.parametrize("seed", [20, 26])
def test_where_moving_from_single_actors_misses_the_best(seed):
    graph = random_signs(7, 0.6, seed)
    assert communities(graph).quality == pytest.approx(max(signed_modularity(graph, some) for some in divisions(sorted(graph))))


@pytest.mark.parametrize("seed", [20, 39])
def test_what_nothing_holds_together_is_no_bloc(seed):
    graph = random_signs(14, 0.25, seed)
    friends = nx.Graph((a, b) for a, b, sign in graph.edges(data="sign") if sign > 0)
    assert all(len(group) == 1 or nx.is_connected(friends.subgraph(group)) for group in blocs(graph).groups)
