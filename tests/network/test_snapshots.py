"""Signed snapshots of many windows. The oracle is the slow way: `project` for a day, then `signed_graph`."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import CLAIM_TYPES, Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.columns import make_table
from kg.network.policy import Combine
from kg.network.project import Policy, held, project, signed_graph
from kg.network.snapshots import claims_of, signed_graphs, snapshot, snapshots, to_graph
from kg.network.windows import Step, Window, days, windows

ACTORS = [Reference(x, Kind.ARMED_GROUP, x.upper()) for x in "abcde"]
A, B, C = ACTORS[:3]
TYPES = ("attack", "member_of", "allied_with", "opposes", "ceasefire", "split_from", "defect")
DATES = ("2023-06-10", "2023-06", "2023", "2023-06-10/..", "2023-05/2023-07", "../2023-07-01", "2023-06-10?", "2023-06-10~", "2022/2023-06",
         None)
FIRST = date(2023, 5, 1)


def tie(source=A, target=B, type_="attack", *, edtf="2023-06-10", reported=None, claim="c1", key=None, sign=None, document="report.txt",
        by=None, **others):
    standing = {"certainty": Certainty.STATED, "polarity": Polarity.POSITIVE, "modality": Modality.ACTUAL, **others}
    return Tie(source, target, type_, CLAIM_TYPES[type_].sign if sign is None else sign, CLAIM_TYPES[type_].symmetric, claim,
               key or claim, document, Period.parse(edtf) if edtf else None, Period.parse(reported) if reported else None,
               attributed_to=by, **standing)


@st.composite
def drawn_ties(draw):
    """Some ties; keys are few, so that many say the same, and now and then one key has two signs."""
    found = []
    for number in range(draw(st.integers(0, 12))):
        source, target = draw(st.permutations(ACTORS))[:2]
        found.append(tie(
            source, target, draw(st.sampled_from(TYPES)), edtf=draw(st.sampled_from(DATES)),
            reported=draw(st.sampled_from(("2023-06-20", "2023-07", None))), claim=f"c{number}", key=draw(st.sampled_from("klmn")),
            sign=draw(st.none() | st.sampled_from((-1, 1))), document=draw(st.sampled_from(("report.txt", "other.txt", "third.txt"))),
            by=draw(st.none() | st.sampled_from(ACTORS[:2])),
            certainty=draw(st.sampled_from(Certainty)), polarity=draw(st.sampled_from((Polarity.POSITIVE, *Polarity))),
            modality=draw(st.sampled_from((Modality.ACTUAL, *Modality)))))
    return found


def some_of(values):
    return st.frozensets(st.sampled_from(values), min_size=1)


policies = st.builds(
    Policy, maybe=st.booleans(), sighting_days=st.sampled_from((0, 3, 90, None)), relation_days=st.sampled_from((0, 10, None)),
    undated=st.booleans(), certainties=some_of(Certainty), polarities=some_of(Polarity), modalities=some_of(Modality),
    types=st.none() | some_of(TYPES), combine=st.sampled_from(Combine), ended_by_switch=st.booleans(),
    known_by=st.none() | st.sampled_from([date(2023, 6, 15), date(2023, 6, 20), date(2023, 7, 3)]),
    without_sources=st.frozensets(st.sampled_from(("a", "x"))),
    without_documents=st.frozensets(st.sampled_from(("report.txt", "other.txt"))))
some_days = st.lists(st.integers(0, 120), min_size=1, max_size=6).map(lambda found: [FIRST + timedelta(n) for n in sorted(found)])


def same(found, expected):
    """Equal graphs, but for what the two functions each note of their own."""
    names = ("day", "policy", "denied")
    return (dict(found.nodes.data()) == dict(expected.nodes.data())
            and {frozenset((a, b)): data for a, b, data in found.edges(data=True)} == {
                frozenset((a, b)): data for a, b, data in expected.edges(data=True)}
            and [found.graph[name] for name in names] == [expected.graph[name] for name in names])


@given(drawn_ties(), some_days, policies)
def test_days_are_as_project_makes_them(ties, chosen, policy):
    for shot, day in zip(snapshots(make_table(ties), days(*chosen), policy=policy), chosen, strict=True):
        assert same(to_graph(shot), signed_graph(project(ties, on=day, policy=policy)))


@given(drawn_ties(), st.lists(st.tuples(st.integers(0, 80), st.integers(0, 40)), min_size=1, max_size=4), policies)
def test_windows_are_as_project_makes_them(ties, spans, policy):
    begins, lengths = sorted(begin for begin, _ in spans), sorted(length for _, length in spans)
    over = [Window(FIRST + timedelta(b), FIRST + timedelta(b + n)) for b, n in zip(begins, lengths, strict=True)]
    for shot, window in zip(snapshots(make_table(ties), over, policy=policy), over, strict=True):
        expected = signed_graph(project(ties, on=window, policy=policy))
        assert {frozenset(e[:2]): e[2] for e in to_graph(shot).edges(data=True)} == {
            frozenset(e[:2]): e[2] for e in expected.edges(data=True)}


def test_an_event_of_some_day_of_june_surely_happened_in_june():
    june, half = Window(date(2023, 6, 1), date(2023, 6, 30)), Window(date(2023, 6, 1), date(2023, 6, 29))
    table = make_table([tie(edtf="2023-06")])
    assert [snapshot(table, window, policy=Policy(sighting_days=0)).sure.tolist() for window in (june, half)] == [[True], [False]]
    assert [len(snapshot(table, window, policy=Policy(maybe=False))) for window in (june, half)] == [1, 0]
    assert claims_of(snapshot(table, june, policy=Policy(maybe=False)), ["a"]) == {"a": ("c1",)}


@given(st.permutations([tie(claim="a", key="k"), tie(B, A, claim="b", key="k", edtf="2023-06-01"), tie(B, C, "member_of", claim="c")]))
def test_order_does_not_matter(ties):
    graph = to_graph(snapshot(make_table(ties), Window(FIRST, date(2023, 12, 31))))
    assert sorted(graph.edges(data="claims")) == [("a", "b", ("a", "b")), ("b", "c", ("c",))]


def columns(shot):
    return [column.tolist() for column in (shot.pair, shot.sign, shot.weight, shot.sure)]


@given(drawn_ties(), st.integers(0, 60))
def test_a_series_is_its_snapshots_one_by_one(ties, begin):
    table = make_table(ties)
    over = windows(FIRST + timedelta(begin), FIRST + timedelta(begin + 40), Step.WEEK)
    for one in snapshots(table, over):
        alone = snapshot(table, one.window)
        assert columns(one) == columns(alone)


def test_what_is_said_twice_counts_once_also_after_a_gap():
    # one key on 10 June and, told by another document, on 10 August; no sighting kept
    ties = [tie(claim="a", key="k"), tie(claim="b", key="k", edtf="2023-08-10"), tie(claim="c", key="k", edtf="2023-06-10/2023-06-12")]
    shots = list(snapshots(make_table(ties), days(*(date(2023, m, d) for m, d in ((6, 9), (6, 10), (6, 12), (6, 13), (8, 10), (8, 11)))),
                           policy=Policy(sighting_days=0)))
    assert [shot.weight.tolist() for shot in shots] == [[], [1], [1], [], [1], []]
    assert [shot.against.tolist() for shot in shots] == [[], [1], [1], [], [1], []]


def test_a_long_stay_is_one_run_whatever_lies_in_it():
    ties = [tie(claim=claim, key="k", edtf=edtf) for claim, edtf in (
        ("a", "2023-06-01/2023-06-30"), ("b", "2023-06-02/2023-06-03"), ("c", "2023-06-10/2023-06-11"))]
    over = days(*(date(2023, 6, d) for d in (2, 5, 10, 20, 30)), date(2023, 7, 1))
    shots = snapshots(make_table(ties), over, policy=Policy(sighting_days=0))
    assert [shot.weight.tolist() for shot in shots] == [[1]] * 5 + [[]]


def test_sure_days_may_come_in_another_order_than_first_days():
    # a lasts surely from 31 May (the last day it can have begun) to 30 June, b from 10 to 15 May
    ties = [tie(type_="allied_with", claim="a", key="k", edtf="2023-05/2023-06-30"),
            tie(type_="allied_with", claim="b", key="k", edtf="2023-05-10/2023-05-15")]
    shots = snapshots(make_table(ties), days(*(date(2023, 5, d) for d in (9, 10, 15, 16, 30, 31))), policy=Policy(maybe=False))
    assert [shot.weight.tolist() for shot in shots] == [[], [1], [1], [], [], [1]]


def test_a_pair_with_both_kinds_of_tie_is_mixed():
    ties = [tie(claim="a"), tie(claim="b", type_="ceasefire"), tie(claim="c", type_="opposes")]
    shot = snapshot(make_table(ties), Window(FIRST, FIRST + timedelta(60)))
    assert (shot.sign.tolist(), shot.mixed.tolist(), shot.together.tolist(), shot.against.tolist()) == ([-1], [True], [1], [2])


def test_the_claims_behind_an_actor():
    table = make_table([tie(claim="x"), tie(C, A, "ceasefire", claim="w"), tie(B, C, claim="y"), tie(A, B, "split_from", claim="z")])
    shot = snapshot(table, Window(FIRST, date(2023, 6, 30)))
    # the split says nothing of the two standing together or not
    assert claims_of(shot, ["a", "nobody"]) == {"a": ("w", "x"), "nobody": ()}


def test_window_answers_agree_with_held_on_a_day():
    one = tie(type_="member_of", edtf="2023-05/2023-07")
    for number in range(0, 100, 7):
        day = FIRST + timedelta(number)
        assert len(snapshot(make_table([one]), Window(day, day))) == (held(one, day) != "no")


@pytest.mark.parametrize(("first", "last", "step", "expected"), [
    ("2023-11-15", "2024-01-01", Step.MONTH, ["2023-11", "2023-12", "2024-01"]),
    ("2023-11-15", "2024-01-01", Step.YEAR, ["2023", "2024"]),
    ("2023-11-15", "2024-01-01", Step.QUARTER, ["2023-10-01/2023-12-31", "2024-01-01/2024-03-31"]),
    ("2024-02-28", "2024-03-01", Step.DAY, ["2024-02-28", "2024-02-29", "2024-03-01"]),
    ("2024-01-03", "2024-01-08", Step.WEEK, ["2024-01-01/2024-01-07", "2024-01-08/2024-01-14"]),  # 3 January 2024 is a Wednesday
    ("9999-12-01", "9999-12-31", Step.MONTH, ["9999-12"]),
    ("0001-01-01", "0001-01-01", Step.WEEK, ["0001-01-01/0001-01-07"]),
])
def test_windows_of_the_calendar(first, last, step, expected):
    assert [str(w) for w in windows(date.fromisoformat(first), date.fromisoformat(last), step)] == expected


def test_windows_out_of_order_are_refused():
    table = make_table([tie()])
    with pytest.raises(ValueError, match="windows out of order"):
        list(snapshots(table, days(date(2023, 6, 2), date(2023, 6, 1))))
    with pytest.raises(ValueError, match="ends before it begins"):
        Window(date(2023, 6, 2), date(2023, 6, 1))
    with pytest.raises(ValueError, match="lies before"):
        windows(date(2023, 6, 2), date(2023, 6, 1))


def test_no_windows_and_no_ties_give_nothing():
    assert list(snapshots(make_table([tie()]), ())) == []
    assert [len(shot) for shot in snapshots(make_table([]), days(FIRST))] == [0]
    assert list(to_graph(snapshot(make_table([]), Window(FIRST, FIRST)))) == []


@given(drawn_ties(), st.builds(Policy, down=st.booleans(), up=st.booleans(), maybe=st.booleans(), claim_documents=st.sampled_from((1, 2)),
                               pair_documents=st.sampled_from((1, 2))))
def test_any_policy_through_windows_as_by_projection(ties, policy):
    over = windows(FIRST, date(2023, 8, 31), Step.MONTH)
    table = make_table(ties)
    told = table.ties.tolist()  # one edge a claim and direction
    for window, graph in zip(over, signed_graphs(table, over, policy=policy), strict=True):
        assert same(graph, signed_graph(project(told, on=window, policy=policy)))


def test_what_an_alliance_does_its_members_do_through_windows():
    """The member fights while it is one: from June on; its alliance from May to July."""
    ties = [tie(A, B, "attack", edtf="2023-05/2023-07", claim="war"), tie(C, A, "member_of", edtf="2023-06/..", claim="member")]
    over = windows(FIRST, date(2023, 8, 31), Step.MONTH)
    graphs = list(signed_graphs(make_table(ties), over, policy=Policy(down=True, sighting_days=0)))
    assert [graph.has_edge("c", "b") for graph in graphs] == [False, True, True, False]
    assert graphs[1].edges["b", "c"]["derived"]
    assert graphs[1].edges["b", "c"]["claims"] == ("member", "war")


def test_a_table_of_arrays_knows_no_derived_ties():
    table = make_table([tie()])
    bare = replace(table, ties=None)
    with pytest.raises(ValueError, match="does not know the policy's down"):
        next(signed_graphs(bare, days(FIRST), policy=Policy(down=True)))
