"""What a policy lets count. Expected values follow from the docstring of `Policy`, worked out by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.model import CLAIM_TYPES, Answer, Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.days import as_days, held_at_once, spell_of, weaker
from kg.network.policy import Combine, Policy, describe, last_told
from kg.network.project import held, project, signed_graph

ACTORS = {id_: Reference(id_, Kind.ARMED_GROUP, id_.upper()) for id_ in "abcxyz"}
SIGNS = {"member_of": 1, "allied_with": 1, "attack": -1, "opposes": -1, "ceasefire": 1, "split_from": 0, "part_of": 1}
ON = date(2023, 11, 1)


def tie(source="a", target="b", type_="attack", *, edtf="2023-10-27", reported="2023-11-17", claim="c1", key=None, document="report.txt",
        by=None, certainty=Certainty.STATED, polarity=Polarity.POSITIVE):
    return Tie(ACTORS[source], ACTORS[target], type_, SIGNS[type_], CLAIM_TYPES[type_].symmetric, claim, key or claim, document,
               Period.parse(edtf) if edtf else None, Period.parse(reported) if reported else None, certainty, polarity, Modality.ACTUAL,
               ACTORS[by] if by else None)


def claims(graph):
    return {key for _, _, key in graph.edges(keys=True)}


def told(graph):
    """The edges as (source, target, type, answer)."""
    return sorted((a, b, edge["type"], edge["answer"]) for a, b, edge in graph.edges(data=True))


@pytest.mark.parametrize(("reported", "edtf", "answer"), [
    ("2023-11-01", "2023-10-27", "yes"),
    ("2023-11-02", "2023-10-27", None),
    ("2023-11", "2023-10-27", "maybe"),  # some day of November, perhaps the first
    ("2023-11-01?", "2023-10-27", "maybe"),
    (None, "2023-10-27", "maybe"),  # nobody says when it was published
    (None, "2023-11-02", None),  # but not before what it tells
    ("2023-12", "2023-10-27", None),
])
def test_what_was_known_on_a_day(reported, edtf, answer):
    graph = project([tie(edtf=edtf, reported=reported)], on=Period.parse(edtf).begin_earliest, policy=Policy(known_by=ON))
    assert [edge["answer"] for _, _, edge in graph.edges(data=True)] == ([answer] if answer else [])


@pytest.mark.parametrize(("policy", "expected"), [
    (Policy(), {"own", "quoted", "elsewhere"}),
    (Policy(without_sources=frozenset({"x"})), {"own", "elsewhere"}),
    (Policy(without_documents=frozenset({"other.txt"})), {"own", "quoted"}),
    (Policy(known_by=date(2023, 11, 17)), {"own", "quoted"}),
])
def test_whose_word_counts(policy, expected):
    ties = [tie(claim="own"), tie(claim="quoted", by="x"), tie(claim="elsewhere", by="y", document="other.txt", reported="2023-11-18")]
    assert claims(project(ties, on=ON, policy=policy)) == expected


def test_what_one_document_says_is_left_out():
    ties = [tie(claim="1", key="k", document="d1"), tie(claim="2", key="k", document="d2"), tie(claim="3", key="k", document="d2"),
            tie(claim="4", key="l", document="d1"), tie(claim="5", key="l", document="d1")]
    assert claims(project(ties, on=ON, policy=Policy(claim_documents=2))) == {"1", "2", "3"}
    assert claims(project(ties, on=ON, policy=Policy(claim_documents=3))) == set()
    # without the second document the first is alone
    assert claims(project(ties, on=ON, policy=Policy(claim_documents=2, without_documents=frozenset({"d2"})))) == set()


def test_what_one_document_tells_of_a_pair_is_left_out():
    ties = [tie(claim="1", document="d1"), tie("b", "a", "opposes", claim="2", document="d2"),  # against, in two
            tie("a", "b", "allied_with", claim="3", document="d3"),  # together, in one
            tie("a", "c", claim="4", document="d1"), tie("a", "c", claim="5", document="d1"),
            tie("b", "c", claim="6", document="d1"), tie("b", "c", claim="7", document="d2", edtf="2020-01-01")]  # the second is long past
    assert claims(project(ties, on=ON, policy=Policy(pair_documents=2))) == {"1", "2"}


@pytest.mark.parametrize(("combine", "sign"), [
    (Combine.SUM, -1), (Combine.LATEST, +1), (Combine.NEGATIVE, -1), (Combine.POSITIVE, +1), (Combine.ZERO, 0)])
def test_how_two_signs_combine(combine, sign):
    ties = [tie(claim="1", edtf="2023-10-01"), tie(claim="2", edtf="2023-10-10"), tie(type_="ceasefire", claim="3", edtf="2023-10-20")]
    edge = signed_graph(project(ties, on=ON, policy=Policy(combine=combine))).edges["a", "b"]
    assert (edge["sign"], edge["mixed"], edge["weight"]) == (sign, True, 3)


@pytest.mark.parametrize("combine", Combine)
@pytest.mark.parametrize(("types", "sign"), [(["attack", "opposes"], -1), (["ceasefire", "split_from"], 1), (["split_from"], 0)])
def test_where_all_agree_there_is_nothing_to_combine(combine, types, sign):
    ties = [tie(type_=type_, claim=type_, edtf=f"2023-10-{day}") for day, type_ in enumerate(types, 10)]
    assert signed_graph(project(ties, on=ON, policy=Policy(combine=combine))).edges["a", "b"]["sign"] == sign


@pytest.mark.parametrize(("edtf", "reported", "until", "day"), [
    ("2023-10-27", "2023-11-17", None, date(2023, 10, 27)),
    ("2019/..", "2023-11-17", None, date(2023, 11, 17)),  # still so when it was reported
    ("2019/..", "2023-11-17", ON, ON),
    (None, "2023-11-17", None, date(2023, 11, 17)),
    (None, None, ON, None),
])
def test_the_latest_day_told_of(edtf, reported, until, day):
    assert last_told(tie(edtf=edtf, reported=reported), until) == day


def test_of_equally_late_signs_the_sum_decides():
    ties = [tie(claim="1"), tie(type_="opposes", claim="2", edtf="2023-10-27"), tie(type_="ceasefire", claim="3"),
            tie(type_="allied_with", claim="4", edtf=None, reported=None)]  # without a date it is not the latest
    assert signed_graph(project(ties, on=ON, policy=Policy(combine=Combine.LATEST))).edges["a", "b"]["sign"] == -1


# X is an alliance of A and B.
MEMBERS = [tie("a", "x", "member_of", edtf="2019/..", claim="ma"), tie("b", "x", "member_of", edtf=None, claim="mb")]


def test_members_act_for_their_alliance():
    ties = [*MEMBERS, tie("x", "y", claim="t", reported="2023-11-20")]
    graph = project(ties, on=date(2023, 10, 27), policy=Policy(down=True, undated=True))
    # B's membership is known from the day of the report on, three weeks later: on this day only A's counts
    assert told(graph) == [("a", "x", "member_of", "yes"), ("a", "y", "attack", "yes"), ("x", "y", "attack", "yes")]
    edge = graph.edges["a", "y", "t/ma"]
    assert edge.items() >= {"derived": True, "via": "x", "rests_on": ("t", "ma"), "claim": "t", "sign": -1, "claim_key": "t"}.items()
    later = project(ties, on=date(2023, 11, 20), policy=Policy(down=True))
    assert ("b", "y", "attack", "maybe") in told(later)
    signed = signed_graph(later)
    assert signed.edges["a", "y"]["claims"] == ("ma", "t")
    assert (signed.edges["a", "y"]["derived"], signed.edges["x", "y"]["derived"]) == (True, False)


def test_an_alliance_acts_for_its_members():
    ties = [*MEMBERS, tie("y", "a", claim="t")]
    graph = project(ties, on=date(2023, 10, 27), policy=Policy(up=True))
    assert ("y", "x", "attack", "yes") in told(graph)
    assert graph.edges["y", "x", "t/ma"]["via"] == "a"


def test_the_weaker_answer_counts():
    ties = [tie("a", "x", "member_of", edtf="2023", claim="m"), tie("x", "y", claim="t")]
    assert ("a", "y", "attack", "maybe") in told(project(ties, on=date(2023, 10, 27), policy=Policy(down=True)))
    assert told(project(ties, on=date(2023, 10, 27), policy=Policy(down=True, maybe=False))) == [("x", "y", "attack", "yes")]


@pytest.mark.parametrize("inner", [
    tie("x", "a", claim="t"),  # an alliance and its member
    tie("a", "b", claim="t"),  # two members
    tie("y", "x", "member_of", claim="t"), tie("y", "x", "part_of", claim="t"),  # what makes it, not what it does
    tie("x", "y", "split_from", claim="t"),  # no sign
])
def test_what_is_not_handed_on(inner):
    ties = [tie("a", "x", "member_of", edtf="2019/..", claim="ma"), tie("b", "x", "member_of", edtf="2019/..", claim="mb"), inner]
    graph = project(ties, policy=Policy(down=True, up=True))
    assert claims(graph) == {"ma", "mb", "t"}


def test_a_denied_membership_hands_nothing_on():
    ties = [tie("a", "x", "member_of", edtf="2019/..", claim="m", polarity=Polarity.NEGATIVE), tie("x", "y", claim="t")]
    assert claims(project(ties, policy=Policy(down=True, polarities=frozenset(Polarity)))) == {"m", "t"}


def test_a_membership_before_the_act_hands_nothing_on():
    ties = [tie("a", "x", "member_of", edtf="2015/2019-12-31", claim="m"), tie("x", "y", claim="t", edtf="2020-01-01")]
    policy = Policy(down=True)
    assert claims(project(ties, policy=policy)) == {"m", "t"}
    assert claims(project(ties, on=(date(2019, 1, 1), date(2020, 12, 31)), policy=policy)) == {"m", "t"}


def test_handed_on_once():
    # two memberships told of, and the act told of by two: one derived edge for each act, from the surest membership
    ties = [tie("a", "x", "member_of", edtf="2023", claim="m1"), tie("a", "x", "member_of", edtf="2019/..", claim="m2"),
            tie("x", "y", claim="t1"), tie("x", "y", claim="t2")]
    derived = [key for _, _, key, edge in project(ties, on=date(2023, 10, 27), policy=Policy(down=True)).edges(keys=True, data=True)
               if "derived" in edge]
    assert derived == ["t1/m2", "t2/m2"]


DATES = st.sampled_from(["2023-10", "2023-10-20", "2023-10-05/2023-10-20", "2023-09/..", "2023-10-10?", "../2023-10-15", "2023~", None])
OFFSET = st.integers(0, 60).map(lambda days: date(2023, 9, 15) + timedelta(days))
RANK = {Answer.NO: 0, Answer.MAYBE: 1, Answer.YES: 2}
TIES = st.lists(st.builds(
    lambda ends, type_, edtf, reported, number: tie(*ends, type_, edtf=edtf, reported=reported, claim=f"c{number}", document=f"d{number}"),
    st.permutations("abcxy").map(lambda names: names[:2]), st.sampled_from(["attack", "allied_with", "member_of", "ceasefire"]), DATES,
    st.sampled_from(["2023-11-17", "2023-10", None]), st.integers(0, 10 ** 6)), max_size=8, unique_by=lambda one: one.claim)


@given(DATES, st.sampled_from(["attack", "member_of"]), OFFSET, st.integers(0, 20), st.sampled_from([0, 5, None]))
def test_a_window_is_at_least_the_union_of_its_days(edtf, type_, first, length, memory):
    policy = Policy(sighting_days=memory, relation_days=memory)
    one = tie(type_=type_, edtf=edtf)
    days = [held(one, first + timedelta(n), policy=policy) for n in range(length + 1)]
    window = held(one, (first, first + timedelta(length)), policy=policy)
    assert (window is Answer.NO) == (set(days) == {Answer.NO})
    assert RANK[window] >= max(RANK[day] for day in days)


@given(DATES, st.sampled_from(["attack", "member_of"]), OFFSET)
def test_a_window_of_one_day_is_that_day(edtf, type_, day):
    assert held(tie(type_=type_, edtf=edtf), (day, day)) == held(tie(type_=type_, edtf=edtf), day)


@given(TIES, OFFSET, st.integers(0, 10), st.booleans())
def test_the_ties_of_a_window_are_those_of_its_days(ties, first, length, maybe):
    policy = Policy(sighting_days=5, maybe=maybe)
    window = claims(project(ties, on=(first, first + timedelta(length)), policy=policy))
    union = set().union(*(claims(project(ties, on=first + timedelta(n), policy=policy)) for n in range(length + 1)))
    assert window >= union
    assert not maybe or window == union


@given(DATES, DATES, OFFSET)
def test_at_once_on_a_day_is_the_weaker_answer(a, b, day):
    one, other = tie(edtf=a), tie(type_="member_of", edtf=b)
    a_days, b_days = spell_of(one, Policy()), spell_of(other, Policy())
    assert held_at_once(a_days, b_days, (day, day)) == weaker(held(one, day), held(other, day)) == held_at_once(b_days, a_days, (day, day))


@given(DATES, DATES, OFFSET, st.integers(0, 12))
def test_at_once_in_a_window_is_on_some_day_of_it(a, b, first, length):
    policy = Policy(sighting_days=3)
    one, other = spell_of(tie(edtf=a), policy), spell_of(tie(type_="member_of", edtf=b), policy)
    days = [held_at_once(one, other, as_days(first + timedelta(n))) for n in range(length + 1)]
    window = held_at_once(one, other, (first, first + timedelta(length)))
    assert (window is Answer.NO) == (set(days) == {Answer.NO})
    assert RANK[window] >= max(RANK[day] for day in days)


@given(TIES, st.sampled_from(Combine), st.booleans(), st.booleans())
def test_saying_the_same_again_changes_no_sign(ties, combine, down, up):
    policy = Policy(combine=combine, down=down, up=up)
    again = [replace(one, claim=f"{one.claim}-again", document="another.txt") for one in ties]
    before, after = (signed_graph(project(some, on=ON, policy=policy)) for some in (ties, [*ties, *again]))
    assert {frozenset(pair): (before.edges[pair]["sign"], before.edges[pair]["mixed"]) for pair in before.edges} == {
        frozenset(pair): (after.edges[pair]["sign"], after.edges[pair]["mixed"]) for pair in after.edges}


@given(TIES, st.booleans(), st.booleans())
def test_derived_edges_rest_on_two_claims_that_count(ties, down, up):
    graph = project(ties, on=ON, policy=Policy(down=down, up=up))
    plain = project(ties, on=ON)
    known = {edge["claim"]: edge for _, _, edge in plain.edges(data=True)}
    for a, b, edge in graph.edges(data=True):
        if "derived" in edge:
            act, membership = (known[claim] for claim in edge["rests_on"])
            assert membership["type"] == "member_of"
            assert edge["sign"] == act["sign"] != 0
            assert RANK[Answer(edge["answer"])] == min(RANK[Answer(act["answer"])], RANK[Answer(membership["answer"])])
            assert a != b
    assert claims(graph) >= claims(plain)


def test_a_graph_says_its_window():
    window = (date(2023, 10, 1), None)
    assert project([], on=window).graph == {"day": None, "window": window, "policy": Policy(), "denied": (), "ended": ()}


def test_a_window_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="ends before it begins: 2023-11-02 to 2023-11-01"):
        project([], on=(date(2023, 11, 2), ON))


@pytest.mark.parametrize("name", ["claim_documents", "pair_documents"])
def test_no_document_at_all_is_too_few(name):
    with pytest.raises(ValueError, match=f"{name} must be 1 or more, not 0"):
        Policy(**{name: 0})


@pytest.mark.parametrize(("least", "words"), [
    (None, "Hostility ends no tie."),
    (1, "A tie of allegiance is over by the first act, once a claim of hostility whose certainty is stated tells of later days than all "
        "that tells of an allegiance between the two."),
])
def test_how_much_hostility_ends_a_tie_in_words(least, words):
    assert words in describe(Policy(ended_by_hostility=least)).splitlines()


def test_the_default_policy_in_words():
    assert describe(Policy()).splitlines() == [
        "Ties that surely held count, those that perhaps held too, marked maybe.",
        "An event's tie counts for 90 days more, a relation's for ever after unless it is said to have ended.",
        "A change of side ends what its actor had with the side it left.",
        "A tie of allegiance is over by the first act, once 2 different claims of hostility, in as many documents, whose certainty is "
        "stated tell of later days than all that tells of an allegiance between the two.",
        "Claims without a date count from the day of their report, as a maybe.",
        "Claims count whose certainty is disputed or stated or unverified, modality actual, polarity positive, type any.",
        "What an alliance does is not held to be done by its members, nor the other way.",
        "A pair told both together and against stands as more claims say; equal numbers are neither.",
    ]


@pytest.mark.parametrize("policy", [
    Policy(maybe=False), Policy(sighting_days=0), Policy(relation_days=7), Policy(ended_by_switch=False), Policy(undated=False),
    Policy(certainties=frozenset({Certainty.STATED})),
    Policy(polarities=frozenset(Polarity)), Policy(modalities=frozenset(Modality)), Policy(types=frozenset({"attack"})), Policy(down=True),
    Policy(up=True), Policy(known_by=ON), Policy(without_sources=frozenset({"x"})), Policy(without_documents=frozenset({"d"})),
    Policy(claim_documents=2), Policy(pair_documents=2), Policy(combine=Combine.LATEST),
], ids=lambda policy: next(f for f in Policy.__dataclass_fields__ if getattr(policy, f) != getattr(Policy(), f)))
def test_each_choice_changes_the_words(policy):
    assert describe(policy) != describe(Policy())
