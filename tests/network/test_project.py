"""Which ties count on a day. Expected values follow from the docstrings of `Policy` and `held`, worked out by hand."""

from datetime import date, timedelta

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.project import Policy, held, project, signed_graph

TNLA = Reference("tnla", Kind.ARMED_GROUP, "Ta'ang National Liberation Army", ("TNLA",))
ALLIANCE = Reference("3ba", Kind.ALLIANCE, "Three Brotherhood Alliance")
ARMY = Reference("tatmadaw", Kind.ARMED_GROUP, "Tatmadaw")
SIGNS = {"member_of": 1, "allied_with": 1, "attack": -1, "opposes": -1, "ceasefire": 1, "split_from": 0}


def tie(source=TNLA, target=ARMY, type_="attack", *, edtf="2023-10-27", reported="2023-11-17", claim="c1", key=None, sign=None,
        certainty=Certainty.STATED, polarity=Polarity.POSITIVE, modality=Modality.ACTUAL, by=None):
    return Tie(source, target, type_, SIGNS[type_] if sign is None else sign, type_ in ("allied_with", "opposes", "ceasefire"), claim,
               key or claim, "report.txt", Period.parse(edtf) if edtf else None, Period.parse(reported) if reported else None,
               certainty, polarity, modality, by)


@pytest.mark.parametrize(("type_", "edtf", "reported", "day", "answer"), [
    # an event: on its day, then for 90 days (2023-10-27 + 90 days = 2024-01-25)
    ("attack", "2023-10-27", "2023-11-17", "2023-10-26", "no"),
    ("attack", "2023-10-27", "2023-11-17", "2023-10-27", "yes"),
    ("attack", "2023-10-27", "2023-11-17", "2023-10-28", "maybe"),
    ("attack", "2023-10-27", "2023-11-17", "2024-01-25", "maybe"),
    ("attack", "2023-10-27", "2023-11-17", "2024-01-26", "no"),
    # known to the month only: no day of it is sure; 2023-10-31 + 90 days = 2024-01-29
    ("attack", "2023-10", None, "2023-10-15", "maybe"),
    ("attack", "2023-10", None, "2024-01-29", "maybe"),
    ("attack", "2023-10", None, "2024-01-30", "no"),
    # an offensive since a day: sure until the report, then a sighting of that day (2023-11-17 + 90 days = 2024-02-15)
    ("attack", "2023-10-27/..", "2023-11-17", "2023-11-17", "yes"),
    ("attack", "2023-10-27/..", "2023-11-17", "2024-02-15", "maybe"),
    ("attack", "2023-10-27/..", "2023-11-17", "2024-02-16", "no"),
    # no date: seen on the day of the report at the latest, never sure
    ("attack", None, "2023-11-17", "2023-11-16", "no"),
    ("attack", None, "2023-11-17", "2023-11-17", "maybe"),
    ("attack", None, "2023-11-17", "2024-02-16", "no"),
    ("attack", None, None, "1950-01-01", "maybe"),
    # a lasting relation: sure as long as told, then a maybe for ever
    ("member_of", "2019/..", "2023-11-17", "2018-12-31", "no"),
    ("member_of", "2019/..", "2023-11-17", "2019-06-01", "maybe"),
    ("member_of", "2019/..", "2023-11-17", "2020-01-01", "yes"),
    ("member_of", "2019/..", "2023-11-17", "2023-11-17", "yes"),
    ("member_of", "2019/..", "2023-11-17", "2040-01-01", "maybe"),
    ("member_of", "2019", "2023-11-17", "2022-01-01", "maybe"),
    ("member_of", None, "2023-11", "2023-10-31", "no"),
    ("member_of", None, "2023-11", "2030-01-01", "maybe"),
    # one that is said to have ended is over
    ("member_of", "2015/2019-05-01", "2023-11-17", "2019-05-01", "yes"),
    ("member_of", "2015/2019-05-01", "2023-11-17", "2019-05-02", "no"),
    ("member_of", "../2019", "2023-11-17", "2020-01-01", "no"),
    # an uncertain date is never sure
    ("attack", "2023-10-27?", "2023-11-17", "2023-10-27", "maybe"),
])
def test_held_on_a_day(type_, edtf, reported, day, answer):
    assert held(tie(type_=type_, edtf=edtf, reported=reported), date.fromisoformat(day)) == answer


@pytest.mark.parametrize(("policy", "type_", "edtf", "day", "answer"), [
    (Policy(sighting_days=0), "attack", "2023-10-27", "2023-10-28", "no"),
    (Policy(sighting_days=None), "attack", "2023-10-27", "2099-01-01", "maybe"),
    (Policy(relation_days=10), "member_of", "2019/..", "2023-11-27", "maybe"),
    (Policy(relation_days=10), "member_of", "2019/..", "2023-11-28", "no"),
    (Policy(relation_days=10), "attack", "2023-10-27", "2023-11-28", "maybe"),
    (Policy(undated=False), "attack", None, "2023-11-17", "no"),
])
def test_held_under_a_policy(policy, type_, edtf, day, answer):
    assert held(tie(type_=type_, edtf=edtf), date.fromisoformat(day), policy=policy) == answer


@given(st.sampled_from(["2023-10", "2023-10-27/..", "2023?", "../2023-10", None]), st.sampled_from(["attack", "member_of"]),
       st.integers(0, 400), st.integers(0, 400))
def test_a_longer_memory_never_shows_less(edtf, type_, days, more):
    rank = {"no": 0, "maybe": 1, "yes": 2}
    day = date(2023, 6, 1) + timedelta(days)
    short, long = (held(tie(type_=type_, edtf=edtf), day, policy=Policy(sighting_days=d, relation_days=d)) for d in (30, 30 + more))
    assert rank[long] >= rank[short]


def test_an_edge_says_all_that_the_tie_says():
    graph = project([tie(TNLA, ALLIANCE, "member_of", edtf="2019/..", by=ARMY, certainty=Certainty.DISPUTED)], on=date(2023, 1, 1))
    assert dict(graph.nodes(data=True)) == {
        "tnla": {"label": "Ta'ang National Liberation Army", "kind": "armed_group"},
        "3ba": {"label": "Three Brotherhood Alliance", "kind": "alliance"},
    }
    assert list(graph.edges(keys=True, data=True)) == [("tnla", "3ba", "c1", {
        "type": "member_of", "sign": 1, "answer": "yes", "edtf": "2019/..", "begin": date(2019, 1, 1), "end": None,
        "certainty": "disputed", "polarity": "positive", "modality": "actual", "document": "report.txt", "claim": "c1",
        "claim_key": "c1", "attributed_to": "Tatmadaw", "symmetric": False})]
    assert graph.graph == {"day": date(2023, 1, 1), "policy": Policy(), "denied": (), "ended": ()}


def test_all_time_holds_every_tie():
    graph = project([tie(claim="a"), tie(claim="b", edtf=None, reported=None), tie(claim="c", edtf="1950")])
    assert {(key, data["answer"]) for _, _, key, data in graph.edges(keys=True, data=True)} == {("a", "yes"), ("b", "yes"), ("c", "yes")}


def test_parallel_claims_are_parallel_edges():
    graph = project([tie(claim="a"), tie(claim="b"), tie(ARMY, TNLA, claim="c")])
    assert sorted(graph.edges(keys=True)) == [("tatmadaw", "tnla", "c"), ("tnla", "tatmadaw", "a"), ("tnla", "tatmadaw", "b")]


@pytest.mark.parametrize(("policy", "claims"), [
    (Policy(), {"sure", "perhaps", "disputed"}),
    (Policy(maybe=False), {"sure", "disputed"}),
    (Policy(certainties=frozenset({Certainty.STATED})), {"sure", "perhaps"}),
    (Policy(modalities=frozenset(Modality)), {"sure", "perhaps", "disputed", "planned"}),
    (Policy(types=frozenset({"member_of"})), {"perhaps"}),
])
def test_the_policy_decides_what_counts(policy, claims):
    ties = [tie(claim="sure"), tie(type_="member_of", edtf="2023-10", claim="perhaps"), tie(claim="disputed", certainty=Certainty.DISPUTED),
            tie(claim="planned", modality=Modality.PLANNED)]
    assert {key for _, _, key in project(ties, on=date(2023, 10, 27), policy=policy).edges(keys=True)} == claims


def test_a_denial_is_listed_and_is_no_edge():
    denial = tie(type_="allied_with", claim="no", polarity=Polarity.NEGATIVE)
    graph = project([denial], on=date(2023, 10, 27))
    assert (len(graph), graph.graph["denied"]) == (0, ("no",))
    assert project([denial], on=date(2020, 1, 1)).graph["denied"] == ()


def test_a_denial_that_a_policy_asks_for_is_no_enmity():
    denial = tie(type_="allied_with", claim="no", polarity=Polarity.NEGATIVE)
    graph = project([denial], policy=Policy(polarities=frozenset(Polarity)))
    assert [(d["sign"], d["polarity"]) for _, _, d in graph.edges(data=True)] == [(0, "negative")]


def test_actors_without_ties_only_where_asked_for():
    assert set(project([tie()], on=date(2000, 1, 1))) == set()
    assert dict(project([], actors=[ALLIANCE]).nodes(data=True)) == {"3ba": {"label": "Three Brotherhood Alliance", "kind": "alliance"}}


def test_the_label_is_the_commonest_name_of_all_days():
    short = Reference("tnla", Kind.ARMED_GROUP, "TNLA")
    ties = [tie(short, claim="a"), tie(short, claim="b", edtf="1990"), tie(claim="c", edtf="1990")]
    assert project(ties, on=date(2023, 10, 27)).nodes["tnla"]["label"] == "TNLA"


@given(st.permutations([tie(claim="a"), tie(ARMY, TNLA, "ceasefire", claim="b"), tie(TNLA, ALLIANCE, "member_of", claim="c", edtf=None)]))
def test_order_does_not_matter(ties):
    first = project([tie(claim="a"), tie(ARMY, TNLA, "ceasefire", claim="b"), tie(TNLA, ALLIANCE, "member_of", claim="c", edtf=None)])
    assert nx.utils.graphs_equal(project(ties), first)


@pytest.mark.parametrize(("setting", "message"), [
    ({"sighting_days": -1}, "sighting_days must be 0 or more"),
    ({"relation_days": -1}, "relation_days must be 0 or more"),
    ({"types": frozenset({"befriend"})}, "unknown claim type befriend; known: member_of"),
])
def test_a_policy_that_makes_no_sense_is_refused(setting, message):
    with pytest.raises(ValueError, match=message):
        Policy(**setting)


@pytest.mark.parametrize(("types", "expected"), [
    (["attack"], (-1, False, 1)),
    (["ceasefire"], (1, False, 1)),
    (["split_from"], (0, False, 1)),
    (["attack", "ceasefire"], (0, True, 2)),  # -1 + 1
    (["attack", "opposes", "ceasefire"], (-1, True, 3)),  # -1 - 1 + 1
    (["attack", "split_from"], (-1, False, 2)),
])
def test_one_signed_edge_a_pair(types, expected):
    ties = [tie(*((TNLA, ARMY) if n % 2 else (ARMY, TNLA)), type_, claim=type_) for n, type_ in enumerate(types)]
    edge = signed_graph(project(ties)).edges["tnla", "tatmadaw"]
    assert (edge["sign"], edge["mixed"], edge["weight"]) == expected
    assert edge["claims"] == tuple(sorted(types))


def test_what_is_said_twice_counts_once():
    ties = [tie(claim="a", key="same"), tie(claim="b", key="same"), tie(type_="ceasefire", claim="c")]
    edge = signed_graph(project(ties)).edges["tnla", "tatmadaw"]
    assert (edge["sign"], edge["mixed"], edge["weight"], edge["claims"]) == (0, True, 2, ("a", "b", "c"))


def test_a_signed_edge_is_sure_when_one_tie_is():
    ties = [tie(claim="a"), tie(claim="b", edtf="2023-10")]
    assert signed_graph(project(ties, on=date(2023, 10, 27))).edges["tnla", "tatmadaw"]["answer"] == "yes"
    assert signed_graph(project(ties, on=date(2023, 10, 28))).edges["tnla", "tatmadaw"]["answer"] == "maybe"


@pytest.mark.parametrize("kind", [nx.Graph, nx.DiGraph, nx.MultiGraph, nx.MultiDiGraph])
def test_any_graph_becomes_signed(kind):
    """Whatever has a sign: text and numbers, loops (nobody is tied to himself), nodes of any kind."""
    graph = kind()
    graph.add_edges_from([(1, "x", {"s": "+1"}), ("x", (2, 3), {"s": -2.5}), (1, 1, {"s": -1}), (1, (2, 3), {"s": 0})])
    signed = signed_graph(graph, sign="s")
    assert {frozenset((a, b)): sign for a, b, sign in signed.edges(data="sign")} == {
        frozenset((1, "x")): 1, frozenset(("x", (2, 3))): -1, frozenset((1, (2, 3))): 0}
    assert {(edge["answer"], edge["binds"], edge["mixed"], edge["claims"]) for *_, edge in signed.edges(data=True)} == {
        ("yes", True, False, ()), ("yes", False, False, ())}


def test_edges_of_both_directions_are_weighed_against_each_other():
    graph = nx.DiGraph([("a", "b", {"sign": 1}), ("b", "a", {"sign": -1}), ("b", "c", {"sign": -1}), ("c", "b", {"sign": -1})])
    signed = signed_graph(graph)
    assert (signed.edges["a", "b"]["sign"], signed.edges["a", "b"]["mixed"], signed.edges["b", "c"]["sign"]) == (0, True, -1)


def test_an_edge_without_a_sign_is_refused():
    with pytest.raises(nx.NetworkXError, match="the tie 'a'-'b' has sign None"):
        signed_graph(nx.MultiDiGraph([("a", "b")]))

