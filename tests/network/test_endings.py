"""What a change of side ends. The oracle is `histories`, which reads allegiances from claims."""

from datetime import date

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from small_world import DAYS, QUARRELS, told

from kg.model import CLAIM_TYPES, Answer, Ending, LoyaltyPolicy, Spell, ties
from kg.network.endings import Over
from kg.network.histories import histories
from kg.network.project import Policy, project, signed_graph

LATER = date(2024, 6, 1)
WAR = [claim("opposes", "army", "rebels", on="2022/..")]
MEMBER = claim("part_of", "guards", "army", reported="2022-01-01", document="member.txt")


def stands(claims, day, **policy):
    """Who stands with whom on a day, and how surely."""
    graph = project(ties(claims), on=day, policy=Policy(**policy))
    return {(a, b): edge["answer"] for a, b, edge in graph.edges(data=True) if edge["sign"] > 0}


@pytest.mark.parametrize("change", [
    claim("defect", "guards", from_="army", to="rebels", on="2023-06-15"),
    claim("defect", "guards", to="rebels", on="2023-06-15"),  # over to an opponent: wherever from
    claim("split_from", "guards", "army", on="2023-06-15"),
    claim("member_of", "guards", "rebels", on="2023-06-15", reported="2023-06-20"),
])
def test_a_membership_ends_with_a_change_of_side(change):
    assert stands([MEMBER, *WAR], LATER) == {("guards", "army"): "maybe"}  # no report writes that it is over
    before, after = stands([MEMBER, *WAR, change], date(2023, 6, 15)), stands([MEMBER, *WAR, change], date(2023, 6, 16))
    assert before["guards", "army"] == "maybe"
    assert ("guards", "army") not in after
    assert stands([MEMBER, *WAR, change], LATER, ended_by_switch=False)["guards", "army"] == "maybe"


@pytest.mark.parametrize("change", [
    claim("defect", "guards", from_="army", to="rebels", on="2023-06-15", modality="planned"),
    claim("defect", "guards", from_="army", to="rebels", on="2023-06-15", polarity="negative"),
    claim("defect", "militia", from_="army", to="rebels", on="2023-06-15"),
    claim("defect", None, from_="army", to="rebels", on="2023-06-15"),  # some soldiers
    claim("split_from", "guards", "army", on="2019"),  # it came back since
    claim("member_of", "guards", "front", on="2023-06-15"),  # no opponent of the army
    claim("attack", "guards", "army", on="2023-06-15"),  # a quarrel
])
def test_what_is_no_change_of_side_ends_nothing(change):
    assert ("guards", "army") in stands([MEMBER, *WAR, change], LATER)


def test_who_leaves_the_whole_leaves_its_part():
    unit = claim("part_of", "guards", "1st-battalion", on="2022/..", reported="2022-01-01")
    whole = claim("part_of", "1st-battalion", "army", on="2000/..", reported="2022-01-01", at=3)
    gone = claim("defect", "guards", from_="army", to="rebels", on="2023-06-15")
    assert stands([unit, whole, gone], LATER) == {("1st-battalion", "army"): "maybe"}


def test_an_end_that_another_claim_states_is_an_end():
    ended = claim("part_of", "guards", "army", on="2015/2022-03-31", document="b.txt")
    assert ("guards", "army") in stands([MEMBER, ended], date(2022, 3, 31))
    assert ("guards", "army") not in stands([MEMBER, ended], date(2022, 4, 1))
    assert ("guards", "army") in stands([MEMBER, ended], date(2022, 4, 1), ended_by_switch=False)


def test_an_alliance_ends_when_either_ally_leaves_it():
    allies = claim("allied_with", "front", "guards", reported="2022-01-01", document="b.txt")
    gone = claim("split_from", "guards", "front", on="2023-06-15")
    assert stands([allies], LATER) == {("front", "guards"): "maybe"}
    assert stands([allies, gone], LATER) == {}
    assert {span.last for spans in histories([allies, gone]).values() for span in spans if span.relation == "allied_with"} == {
        date(2023, 6, 15)}


def test_of_two_ends_the_first_counts():
    quarrel = [claim("attack", "guards", "army", on=day, reported=day, document=day) for day in ("2023-08-01", "2023-09-01")]
    over = claim("member_of", "guards", "rebels", on="2023-06-15", reported="2023-06-20", document="c.txt")
    (army,) = [span for span in histories([MEMBER, *WAR, over, *quarrel])["guards"] if span.side.id == "army"]
    assert (army.last, army.ending, army.ended_by) == (date(2023, 6, 15), Ending.OPPONENT, (over.id,))
    late = claim("member_of", "guards", "rebels", on="2023-12-15", reported="2023-12-20", document="c.txt")
    (army,) = [span for span in histories([MEMBER, *WAR, late, *quarrel])["guards"] if span.side.id == "army"]
    assert (army.last, army.ending) == (date(2023, 8, 1), Ending.HOSTILITY)
    for claims, day in (([MEMBER, *WAR, over, *quarrel], date(2023, 6, 16)), ([MEMBER, *WAR, late, *quarrel], date(2023, 8, 2))):
        assert ("guards", "army") not in stands(claims, day)


def test_what_is_told_again_later_is_not_over():
    gone = claim("split_from", "guards", "army", on="2023-06-15")
    again = claim("allied_with", "guards", "army", on="2024-01", reported="2024-01-31")
    assert stands([MEMBER, gone, again], LATER) == {("guards", "army"): "maybe"}  # the ally of today, no longer the part
    signed = signed_graph(project(ties([MEMBER, gone, again]), on=LATER))
    assert signed.edges["army", "guards"]["claims"] == tuple(sorted((again.id, gone.id)))


def test_one_report_tells_the_undated_of_the_time_before():
    # both told on 1 January 2024; else the membership would begin on the day of the report, half a year after it was over
    same = claim("part_of", "guards", "army", at=3)
    gone = claim("defect", "guards", from_="army", to="rebels", on="2023-06-15")
    assert stands([same, gone], date(2020, 1, 1)) == {("guards", "army"): "maybe"}
    assert ("guards", "army") not in stands([same, gone], LATER)
    assert ("guards", "army") in stands([claim("part_of", "guards", "army", document="b.txt"), gone], LATER)


def test_what_nobody_knew_yet_ends_nothing():
    gone = claim("defect", "guards", from_="army", to="rebels", on="2023-06-15", reported="2023-09-01", document="b.txt")
    assert ("guards", "army") in stands([MEMBER, gone], date(2023, 8, 1), known_by=date(2023, 8, 1))
    assert ("guards", "army") not in stands([MEMBER, gone], date(2023, 8, 1))
    assert ("guards", "army") in stands([MEMBER, gone], date(2023, 8, 1), without_documents=frozenset({"b.txt"}))


def test_the_types_that_are_shown_do_not_choose_what_is_over():
    gone = claim("defect", "guards", from_="army", to="rebels", on="2023-06-15")
    assert stands([MEMBER, gone], LATER, types=frozenset({"part_of"})) == {}


def test_all_time_knows_no_end():
    gone = claim("defect", "guards", from_="army", to="rebels", on="2023-06-15")
    assert ("guards", "army") in stands([MEMBER, gone], None)


def test_an_end_leaves_what_the_claim_itself_vouches_for():
    first, sure, end = date(2022, 1, 1), date(2023, 9, 1), date(2023, 6, 15)
    assert Over(end, False, Ending.LEFT, ()).bound(Spell(first, first, sure, None)).last == sure
    assert Over(end, False, Ending.LEFT, ()).bound(Spell(first, None, None, None)).last == end
    assert Over(end, False, Ending.LEFT, ()).bound(Spell(first, first, first, date(2022, 5, 1))).last == date(2022, 5, 1)


@given(st.lists(told() | told(QUARRELS, ("army",)), max_size=8), DAYS, st.sampled_from([None, 1, 2]))
def test_a_network_shows_the_relations_that_histories_tell_of(claims, day, least):
    past = histories(claims, policy=LoyaltyPolicy(ended_by_hostility=least))
    graph = project(ties(claims), on=day, policy=Policy(ended_by_hostility=least))
    shown = {(a, b, edge["type"]) for a, b, edge in graph.edges(data=True) if CLAIM_TYPES[edge["type"]].lasting and edge["sign"] > 0}
    shown |= {(b, a, type_) for a, b, type_ in shown if CLAIM_TYPES[type_].symmetric}
    assert shown == {(span.actor.id, span.side.id, span.relation) for spans in past.values() for span in spans
                     if CLAIM_TYPES[span.relation].sign > 0 and span.answer(day) is not Answer.NO}


def test_two_reports_of_one_departure_tell_the_undated_of_the_time_before_it():
    # Both changes are undated, so that they may be one. Then the membership told beside the later one was over by the earlier report,
    # in the network as in the history.
    left = claim("defect", "guards", from_="army", to="rebels", reported="2000-01-01", document="x.txt")
    member = claim("member_of", "guards", "army", reported="2001-01-01", document="y.txt")
    split = claim("split_from", "guards", "army", reported="2001-01-01", document="y.txt")
    (span,) = [span for span in histories([left, member, split])["guards"] if span.relation == "member_of"]
    assert (span.last, span.ended_by) == (date(2000, 1, 1), tuple(sorted((left.id, split.id))))
    assert ("guards", "army") in stands([left, member, split], date(2000, 1, 1))
    assert ("guards", "army") not in stands([left, member, split], date(2000, 1, 2))


def test_who_goes_to_and_fro_without_dates_left_by_the_earliest_report_that_tells_of_a_departure():
    # Over to the army, in one report; from the front to the army and over to the front, in the next. The departures from the front may be
    # one: by the earlier report. So neither network nor history has the militia with the front on the day after.
    over = claim("defect", "militia", to="army", reported="2000-01-01", document="x.txt")
    fro = [claim("defect", "militia", from_="front", to="army", reported="2000-01-02", document="y.txt"),
           claim("defect", "militia", to="front", reported="2000-01-02", document="y.txt")]
    assert ("militia", "front") in stands([over, *fro], date(2000, 1, 1))
    assert stands([over, *fro], date(2000, 1, 2)) == {("militia", "army"): "maybe"}
    assert {span.side.id: span.last for span in histories([over, *fro])["militia"]} == {
        "front": date(2000, 1, 1), "army": date(2000, 1, 2)}
