"""Histories of allegiance. Claims are made by hand; the expected days follow from the docstrings, worked out by hand."""

from datetime import date, timedelta

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from small_world import moved, told

from kg.model import Answer, Ending, LoyaltyPolicy
from kg.network.histories import histories

FIGHT = claim("attack", "army", "rebels", on="2020-01-01", document="war.txt")


def history(actor, *claims, policy=None):
    return histories(claims, policy=policy or LoyaltyPolicy()).get(actor, ())


def brief(spans):
    return [(s.side.id, s.relation, s.first and str(s.first), s.last and str(s.last), s.ending) for s in spans]


def test_an_undated_relation_perhaps_holds_from_its_report_on():
    (span,) = history("guards", claim("part_of", "guards", "army", reported="2023-05-01"))
    assert (span.first, span.last, span.ending) == (date(2023, 5, 1), None, None)
    assert [span.answer(day) for day in (date(2023, 4, 30), date(2023, 5, 1), date(2030, 1, 1))] == [
        Answer.NO, Answer.MAYBE, Answer.MAYBE]


def test_two_sightings_are_one_allegiance_and_no_continuous_period():
    claims = [claim("member_of", "guards", "front", on=f"{day}/{day}", reported=day, document=day) for day in ("2020-01-01", "2022-01-01")]
    # each states that it ended on its day, so that they are two; without ends they are one that was perhaps held between
    assert len(history("guards", *claims)) == 2
    claims = [claim("member_of", "guards", "front", on=day, reported=day, document=day) for day in ("2020-01-01", "2022-01-01")]
    (span,) = history("guards", *claims)
    assert [span.answer(date(y, 1, 1)) for y in (2020, 2021, 2022)] == [Answer.YES, Answer.MAYBE, Answer.YES]
    assert span.documents == ("2020-01-01", "2022-01-01")


def test_sightings_are_continuous_where_the_policy_says_so():
    claims = [claim("member_of", "guards", "front", on=day, reported=day, document=day) for day in ("2020-01-01", "2020-01-31")]
    for days, answer in ((28, Answer.MAYBE), (29, Answer.YES)):  # 29 days lie between
        (span,) = history("guards", *claims, policy=LoyaltyPolicy(continuous_days=days))
        assert span.answer(date(2020, 1, 15)) is answer


def test_a_stated_end_ends():
    (span,) = history("guards", claim("member_of", "guards", "front", on="2019-03-01/2021-06-30"))
    assert brief([span]) == [("front", "member_of", "2019-03-01", "2021-06-30", Ending.STATED)]
    assert span.answer(date(2021, 7, 1)) is Answer.NO


def test_a_defection_bounds_what_was_before_and_begins_what_is_after():
    member, left = claim("part_of", "guards", "army", on="2010/..", reported="2020-06-01"), claim(
        "defect", "guards", from_="army", to="rebels", on="2023-06", reported="2023-07-10", document="b.txt")
    old, new = history("guards", member, left)
    assert brief([old, new]) == [("army", "part_of", "2010-01-01", "2023-06-30", Ending.LEFT),
                                 ("rebels", "defect", "2023-06-01", None, None)]
    assert old.ended_by == (left.id,)
    # sure until the report of 2020, then perhaps until the last day of June 2023
    assert [old.answer(d) for d in (date(2020, 6, 1), date(2023, 6, 30), date(2023, 7, 1))] == [Answer.YES, Answer.MAYBE, Answer.NO]


def test_the_background_of_the_report_of_a_switch_is_what_was_before():
    old, _ = history("guards", claim("part_of", "guards", "army", reported="2023-06-26"),
                     claim("defect", "guards", to="rebels", from_="army", on="2023-06-10", reported="2023-06-26"))
    assert (old.first, old.last, old.sightings) == (None, date(2023, 6, 10), ())


def test_who_goes_over_to_an_opponent_has_left_wherever_from():
    spans = history("guards", FIGHT, claim("part_of", "guards", "army", on="2021-05-01", reported="2021-05-02"),
                    claim("defect", "guards", to="rebels", on="2023-06-10", document="b.txt"))
    assert brief(spans)[0] == ("army", "part_of", "2021-05-01", "2023-06-10", Ending.LEFT)


def test_who_leaves_a_whole_leaves_its_part():
    spans = history("colonel", claim("part_of", "guards", "army"), claim("holds_role", "colonel", "guards", on="2020", role="commander"),
                    claim("defect", "colonel", from_="army", on="2023-06-10", document="b.txt"))
    assert brief(spans)[0] == ("guards", "holds_role", "2020-01-01", "2023-06-10", Ending.LEFT)
    assert spans[0].roles == ("commander",)


def test_a_later_membership_with_an_opponent_bounds_the_earlier():
    first, second = claim("part_of", "guards", "army", on="2021-05-01", reported="2021-05-02"), claim(
        "member_of", "guards", "rebels", on="2022-03-01", reported="2022-03-02", document="b.txt")
    spans = history("guards", FIGHT, first, second)
    assert brief(spans) == [("army", "part_of", "2021-05-01", "2022-03-01", Ending.OPPONENT),
                            ("rebels", "member_of", "2022-03-01", None, None)]
    assert spans[0].ended_by == (second.id,)


def test_a_membership_elsewhere_ends_nothing():
    spans = history("guards", claim("member_of", "guards", "front", on="2021-05-01"),
                    claim("member_of", "guards", "pact", on="2022-03-01"))
    assert [(s.side.id, s.ending) for s in spans] == [("front", None), ("pact", None)]


def test_a_dissolved_alliance_has_no_members_and_a_renamed_one_has():
    member, end = claim("member_of", "guards", "front", on="2019/.."), claim("dissolve", None, "front", on="2022-02-02")
    assert brief(history("guards", member, end))[0][3:] == ("2024-01-31", Ending.DISSOLVED)  # a report of 2024 still has it a member
    early = claim("member_of", "guards", "front", on="2019/..", reported="2020-01-01")
    assert brief(history("guards", early, end))[0][3:] == ("2022-02-02", Ending.DISSOLVED)
    assert brief(history("guards", early, end, claim("succeeds", "pact", "front", on="2022-02-02")))[0][3:] == (None, None)


def test_told_of_again_after_the_end_it_begins_anew():
    spans = history("guards", claim("part_of", "guards", "army", on="2020-01-01", reported="2020-01-02"),
                    claim("defect", "guards", from_="army", to="rebels", on="2021-01-01", reported="2021-01-02", document="b.txt"),
                    claim("part_of", "guards", "army", on="2022-01-01", reported="2022-01-02", document="c.txt"))
    assert [s.ending for s in spans if s.side.id == "army"] == [Ending.LEFT, None]


def test_a_dated_arrival_is_later_than_an_undated_departure():
    spans = history("colonel", claim("defect", "colonel", from_="army", to="rebels", reported="2024-10-30"),
                    claim("defect", "colonel", from_="rebels", to="army", on="2024-10-20", reported="2024-10-30"))
    last = {s.side.id: s.last for s in spans if s.ending is None}
    assert last == {"army": None}
    assert max(s.last for s in spans if s.side.id == "rebels") == date(2024, 10, 20)


def test_a_renamed_side_is_one_side_and_a_renamed_actor_one_actor():
    claims = [claim("member_of", "guards", "council", on="2020"), claim("succeeds", "commission", "council", on="2022"),
              claim("member_of", "guards", "commission", on="2023"), claim("succeeds", "new-guards", "guards", on="2022-05")]
    found = histories(claims)
    assert list(found) == ["new-guards"]
    (span,) = found["new-guards"]
    assert len(span.claims) == 2


@pytest.mark.parametrize(("contrary", "against"), [
    (claim("member_of", "guards", "front", on="2021", polarity="negative", document="b.txt"), True),
    (claim("attack", "guards", "front", on="2021-02-03", document="b.txt"), True),
    (claim("attack", "front", "guards", on="2021-02-03", document="b.txt"), True),
    (claim("attack", "guards", "front", on="2023-02-03", document="b.txt"), False),  # after the end
    (claim("attack", "guards", "army", on="2021-02-03", document="b.txt"), False),
    (claim("member_of", "guards", "front", on="2021", polarity="negative", modality="planned"), False),
])
def test_what_speaks_against_it_is_listed(contrary, against):
    spans = history("guards", claim("member_of", "guards", "front", on="2020-01-01/2022-01-01"), contrary)
    (span,) = [span for span in spans if span.side.id == "front"]
    assert span.against == ((contrary.id,) if against else ())


@pytest.mark.parametrize("type_", ["ceasefire", "meet", "desert", "attack", "opposes"])
def test_no_allegiance(type_):
    one = claim(type_, from_="army") if type_ == "desert" else claim(type_, "guards", "army")
    assert history("guards", one) == ()


def test_unnamed_people_have_no_history_and_plans_make_none():
    assert histories([claim("supports", "soldiers", "army"), claim("part_of", "resistance", "front"),
                      claim("member_of", "guards", "front", modality="planned"),
                      claim("member_of", "guards", "front", polarity="negative")]) == {}


def test_allies_have_each_other_in_their_histories():
    found = histories([claim("allied_with", "guards", "militia")])
    assert {actor: span.side.id for actor, (span,) in found.items()} == {"guards": "militia", "militia": "guards"}


def shifted(actor, span, days):
    """What is compared of a span, every day moved."""
    first, last = (day and day + timedelta(days) for day in (span.first, span.last))
    return actor, span.side.id, span.relation, first, last, span.ending, tuple(
        tuple(day + timedelta(days) for day in moment) for moment in span.sightings)


@given(st.lists(told(), max_size=8), st.integers(-2000, 2000))
def test_moving_every_day_moves_every_result(claims, days):
    before, after = histories(claims), histories([moved(one, days) for one in claims])
    assert sorted(map(str, (shifted(actor, span, days) for actor, spans in before.items() for span in spans))) == sorted(
        map(str, (shifted(actor, span, 0) for actor, spans in after.items() for span in spans)))


@given(st.lists(told(), max_size=8), st.randoms())
def test_the_order_of_claims_plays_no_part(claims, random):
    mixed = list(claims)
    random.shuffle(mixed)
    assert histories(mixed) == histories(claims)


@given(st.lists(told(), min_size=1, max_size=8))
def test_no_claim_is_lost_and_none_invented(claims):
    """Every claim that tells of an allegiance or its end is in some span, and no other is."""
    spans = [span for found in histories(claims).values() for span in found]
    stands = {one.id for one in claims if one.type != "attack"}
    assert {id_ for span in spans for id_ in (*span.claims, *span.ended_by)} == stands
