"""Alignment between two poles. Expected scores are solved by hand from x_i = mean of s_ij x_j, poles at +1 and -1."""

from dataclasses import replace
from datetime import date

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import CLAIM_TYPES, Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.alignment import Alignment, align, align_through
from kg.network.changepoints import find_changes
from kg.network.columns import make_table
from kg.network.project import Policy
from kg.network.windows import Window, windows


def graph(*edges):
    made = nx.Graph()
    made.add_weighted_edges_from(edges, weight="sign")
    return made


@pytest.mark.parametrize(("edges", "actor", "score"), [
    ([("A", "x", 1)], "x", 1.0),  # an ally
    ([("A", "x", -1)], "x", -1.0),  # an enemy
    ([("B", "x", -1)], "x", 1.0),  # the enemy of the other pole, where the first is not even there
    ([("A", "x", 1), ("x", "y", 1)], "y", 1.0),  # an ally's ally
    ([("B", "x", -1), ("x", "y", -1)], "y", -1.0),  # the enemy of an enemy
    ([("A", "x", 1), ("B", "x", 1)], "x", 0.0),  # with both
    ([("A", "x", 1), ("B", "x", -1)], "x", 1.0),
    ([("A", "x", 1), ("A", "y", 1), ("B", "y", 1), ("x", "y", 1)], "x", 0.6),  # x = (1 + y) / 2, y = x / 3: x = 3/5
    ([("A", "x", 1), ("A", "y", 1), ("B", "y", 1), ("x", "y", 1)], "y", 0.2),
    ([("A", "x", 1), ("x", "y", 1), ("y", "z", 1), ("z", "B", 1)], "x", 0.5),  # a chain between the poles: 1/2, 0, -1/2
    # an ally with a quarrel below it: x = (1 + y - z) / 3, y = (x + z) / 2, z = (y - x) / 2, so 3z = -x, y = -z, x = 3/7
    ([("A", "x", 1), ("x", "y", 1), ("y", "z", 1), ("x", "z", -1)], "x", 3 / 7),
    ([("A", "x", 1), ("x", "y", 1), ("y", "z", 1), ("x", "z", -1)], "z", -1 / 7),
    ([("A", "x", 1), ("u", "v", 1)], "u", None),  # no chain to a pole
    ([("A", "x", 0), ("x", "y", 1)], "y", None),  # a pair of sign 0 says nothing
    ([("A", "B", 1)], "B", -1.0),  # the poles stay
])
def test_scores_by_hand(edges, actor, score):
    found = align(graph(*edges), "A", "B")[actor]
    assert found == (None if score is None else pytest.approx(score))


@st.composite
def signed_graphs(draw):
    size = draw(st.integers(2, 7))
    signs = draw(st.lists(st.sampled_from([-1, 0, 1, None]), min_size=size * size, max_size=size * size))
    made = nx.Graph()
    made.add_nodes_from(range(size))
    made.add_edges_from((a, b, {"sign": signs[a * size + b]}) for a in range(size) for b in range(a) if signs[a * size + b] is not None)
    return made


@given(signed_graphs())
def test_scores_are_the_mean_of_the_neighbours(made):
    scores = align(made, 0, 1)
    for node in set(made) - {0, 1}:
        near = [(data["sign"], scores[other]) for _, other, data in made.edges(node, data=True) if data["sign"]]
        reached = nx.Graph((a, b) for a, b, data in made.edges(data=True) if data["sign"])
        tied = any(pole in reached and node in nx.node_connected_component(reached, pole) for pole in (0, 1))
        assert (scores[node] is not None) is tied
        if tied:
            assert -1 <= scores[node] <= 1
            assert scores[node] == pytest.approx(np.mean([sign * x for sign, x in near]), abs=1e-6)


@given(signed_graphs())
def test_exchanging_the_poles_turns_every_score(made):
    there, back = align(made, 0, 1), align(made, 1, 0)
    assert {n: None if x is None else pytest.approx(-x, abs=1e-6) for n, x in there.items()} == back


@given(signed_graphs(), st.permutations(range(7)))
def test_names_do_not_matter(made, names):
    scores, named = align(made, 0, 1), align(nx.relabel_nodes(made, dict(enumerate(names))), names[0], names[1])
    assert {names[n]: None if x is None else pytest.approx(x, abs=1e-6) for n, x in scores.items()} == named


def test_a_long_chain_is_exact():
    # actors 0 to n between the poles at both ends: the scores fall evenly; so many unknowns are solved by steps
    size = 1600
    scores = align(graph(*((n, n + 1, 1) for n in range(size))), 0, size)
    assert [scores[n] for n in (1, size // 4, size // 2, size - 1)] == pytest.approx([1 - 2 / size, 0.5, 0.0, 2 / size - 1], abs=1e-6)


def test_a_tangle_solved_by_steps_meets_its_equations():
    made = nx.gnm_random_graph(1500, 4000, seed=3)
    nx.set_edge_attributes(made, {(a, b): (a * 7 + b) % 3 - 1 for a, b in made.edges}, "sign")
    scores = align(made, 0, 1)
    wrong = [abs(scores[n] - np.mean([data["sign"] * scores[m] for _, m, data in made.edges(n, data=True) if data["sign"]]))
             for n in set(made) - {0, 1} if scores[n] is not None]
    assert len(wrong) > 1000
    assert max(wrong) < 1e-6


def test_what_cannot_be_scored_is_refused():
    with pytest.raises(ValueError, match="one actor"):
        align(graph(("A", "x", 1)), "A", "A")
    with pytest.raises(nx.NetworkXError, match="the tie 'A'-'x' has sign 2: it must be"):
        align(graph(("A", "x", 2)), "A", "B")
    with pytest.raises(nx.NetworkXNotImplemented, match="undirected"):
        align(nx.DiGraph(), "A", "B")


def tie(source, target, type_, edtf, claim):
    one, other = (Reference(x, Kind.ARMED_GROUP, x) for x in (source, target))
    return Tie(one, other, type_, CLAIM_TYPES[type_].sign, False, claim, claim, "report", Period.parse(edtf), None, Certainty.STATED,
               Polarity.POSITIVE, Modality.ACTUAL, None)


# x is A's ally until the end of June, attacks A in July to December; y fights A in June, but the day is not told
TIES = [tie("x", "A", "allied_with", "2023-01-01/2023-06-30", "c1"),
        *(tie("x", "A", "attack", f"2023-{m:02}-15", f"c{m}") for m in range(7, 13)),
        tie("A", "B", "opposes", "2020-01-01/2024-01-01", "war"), tie("y", "A", "attack", "2023-06?", "c2")]
YEAR = windows(date(2023, 1, 1), date(2023, 12, 31))


def test_an_actor_through_a_year():
    found = align_through(make_table(TIES), "A", "B", YEAR, policy=Policy(sighting_days=0), actors=["x"])
    assert [one.score for one in found] == [1.0] * 6 + [-1.0] * 6
    assert [one.claims for one in found] == [("c1",)] * 6 + [(f"c{m}",) for m in range(7, 13)]
    assert [one.sure for one in found] == [one.score for one in found]
    assert [(change.last, change.first) for change in find_changes([one.score for one in found])] == [(5, 6)]


def test_a_score_that_rests_on_maybes_has_no_interval():
    (found,) = align_through(make_table(TIES), "A", "B", YEAR[5:6], actors=["y"])
    assert found == Alignment(YEAR[5], "y", -1.0, None, 1, ("c2",))
    assert found.interval is None


def test_what_tables_do_not_know_is_projected():
    # nobody is told to be a member, so that nobody acts for another; and each claim is told in one document
    table = make_table(TIES)
    assert align_through(table, "A", "B", YEAR, policy=Policy(down=True, up=True)) == align_through(table, "A", "B", YEAR)
    assert align_through(table, "A", "B", YEAR, policy=Policy(claim_documents=2)) == ()
    with pytest.raises(ValueError, match="does not know the policy's down: make it of ties"):
        align_through(replace(table, ties=None), "A", "B", YEAR, policy=Policy(down=True))


def test_members_stand_where_their_alliance_stands():
    member = tie("m", "x", "member_of", "2023", "c20")
    (found,) = align_through(make_table([*TIES, member]), "A", "B", YEAR[8:9], policy=Policy(down=True, maybe=True), actors=["m"])
    # In September x attacks A, and m with it: a tie to A (-1), and one to x, which stands at the mean of -1 and of m, so x = m = -1.
    assert (found.score, found.ties, found.claims) == (-1.0, 2, tuple(sorted(("c7", "c8", "c9", "c20"))))


@pytest.mark.parametrize(("surely", "perhaps", "sure", "interval"), [("A", "B", 1.0, (0.0, 1.0)), ("B", "A", -1.0, (-1.0, 0.0))])
def test_the_interval_holds_both_scores(surely, perhaps, sure, interval):
    ties = [tie("x", surely, "allied_with", "2023-06-01", "c1"), tie("x", perhaps, "allied_with", "2023", "c2")]
    (found,) = align_through(make_table(ties), "A", "B", [Window(date(2023, 6, 1), date(2023, 6, 1))])
    assert (found.score, found.sure, found.interval, found.claims) == (0.0, sure, interval, ("c1", "c2"))


def test_everybody_with_a_tie_is_scored_and_the_poles_only_when_asked_for():
    table = make_table(TIES)
    assert [one.actor for one in align_through(table, "A", "B", YEAR[5:6])] == ["x", "y"]
    assert [(one.actor, one.score, one.ties) for one in align_through(table, "A", "B", YEAR[5:6], actors=["B", "nobody", "A"])] == [
        ("B", -1.0, 1), ("nobody", None, 0), ("A", 1.0, 3)]


@given(st.permutations(TIES), st.integers(-300, 300))
def test_order_does_not_matter_and_time_can_shift(ties, years):
    shifted = [tie(t.source.id, t.target.id, t.type, _later(t.period.edtf, years), t.claim) for t in ties]
    over = [Window(w.first.replace(year=2023 + years), w.last.replace(year=2023 + years)) for w in YEAR[:1] + YEAR[2:]]
    found = align_through(make_table(shifted), "A", "B", over, policy=Policy(sighting_days=0))
    usual = align_through(make_table(TIES), "A", "B", YEAR[:1] + YEAR[2:], policy=Policy(sighting_days=0))
    assert [(one.actor, one.score, one.claims) for one in found] == [(one.actor, one.score, one.claims) for one in usual]


def _later(edtf, years):
    return "/".join(f"{int(part[:4]) + years:04}{part[4:]}" for part in edtf.split("/"))
