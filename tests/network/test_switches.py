"""Switches found and not found. Claims are made by hand; the expected values follow from the rules, worked out by hand."""

from dataclasses import replace
from datetime import timedelta

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from small_world import moved, told

from kg.model import Certainty, Ending, LoyaltyPolicy, Modality, Period, Polarity, Quantity, SwitchKind
from kg.network.histories import histories
from kg.network.switches import find_switches

SWITCH = claim("defect", "guards", from_="army", to="rebels", on="2023-06", reported="2023-06-26", document="a.txt")
RENAMED = claim("succeeds", "commission", "council", on="2025-07-31")
WAR = claim("attack", "army", "rebels", on="2020-01-01", reported="2020-01-02", document="war.txt")


def switches(*claims, policy=None):
    return find_switches(claims, policy=policy or LoyaltyPolicy()).switches


def brief(found):
    return [(s.who and s.who.id, s.from_ and s.from_.id, s.to and s.to.id, s.earliest and str(s.earliest), s.latest and str(s.latest),
             s.kind.value) for s in found]


def test_a_defection_happened_no_later_than_it_was_told_of():
    assert brief(switches(SWITCH)) == [("guards", "army", "rebels", "2023-06-01", "2023-06-26", "defection")]
    assert brief(switches(replace(SWITCH, period=None))) == [("guards", "army", "rebels", None, "2023-06-26", "defection")]
    assert brief(switches(replace(SWITCH, period=None, reported=None))) == [("guards", "army", "rebels", None, None, "defection")]


def test_unnamed_people_of_a_side():
    (found,) = switches(claim("defect", from_="army", to="rebels", on="2023-11-12", count=Quantity(200, None, "more than 200")))
    assert (found.who, found.minimum, found.maximum, found.approximate) == (None, 200, None, False)


def test_a_split():
    (found,) = switches(claim("split_from", "militia", "front", on="1978"))
    assert brief([found]) == [("militia", "front", None, "1978-01-01", "1978-12-31", "split")]


# none of these is a change of side
@pytest.mark.parametrize("claims", [
    pytest.param([RENAMED], id="a renaming"),
    pytest.param([RENAMED, claim("defect", "colonel", from_="council", to="commission")], id="from a side to itself under its new name"),
    pytest.param([RENAMED, WAR, claim("part_of", "guards", "council", on="2024/2025-07-30"),
                  claim("part_of", "guards", "commission", on="2025-08-01")], id="a member of the renamed"),
    pytest.param([claim("member_of", "guards", "front", on=day, document=day) for day in ("2019-01-01", "2023-01-01")],
                 id="two sightings apart"),
    pytest.param([claim("member_of", "guards", "front", on="2019/.."), claim("member_of", "guards", "pact", on="2020/.."),
                  claim("opposes", "front", "pact")], id="two opposed alliances at once"),
    pytest.param([claim("member_of", "guards", "front", on="2019-01-01"), claim("member_of", "guards", "pact", on="2020-01-01")],
                 id="one alliance, later another, nothing ended and nobody opposed"),
    pytest.param([claim("attack", "guards", "army", on=f"2023-0{n}-01") for n in (1, 2, 3)]
                 + [claim("ceasefire", "guards", "army", on=f"2024-0{n}-01") for n in (1, 2, 3)], id="a ceasefire between enemies"),
    pytest.param([claim("desert", from_="army", on="2023-11-01", count=Quantity(750, 750, "750"))], id="desertion"),
    pytest.param([claim("surrender", from_="army", to="rebels", on="2023-11-01")], id="surrender"),
    pytest.param([replace(SWITCH, polarity=Polarity.NEGATIVE)], id="a denied defection"),
    pytest.param([claim("holds_role", "colonel", "army", on="2019/2020-01-01"),
                  claim("holds_role", "colonel", "council", on="2020-02-01")], id="another office"),
    pytest.param([WAR, claim("part_of", "guards", "army", on="2021-01-01"), claim("member_of", "guards", "rebels", on="2022-01-01"),
                  claim("part_of", "guards", "army", on="2023-01-01")], id="seen with the old side later"),
    pytest.param([WAR, claim("part_of", "guards", "army"), claim("member_of", "guards", "rebels")],
                 id="with both on the day of one report"),
    pytest.param([WAR, claim("member_of", "guards", "army", on="2019/2021-03-31"),
                  claim("member_of", "guards", "rebels", on="2020-01-01")], id="joined before the other ended"),
    pytest.param([WAR, claim("part_of", "militia", "army"), claim("part_of", "guards", "army", on="2021/2022-01-01"),
                  claim("part_of", "guards", "militia", on="2022-02-01")], id="from a whole to a part of it"),
    pytest.param([claim("capture", "army", "town", on="2025-04-21"), claim("controls", "rebels", "town", on="2024-07/..")],
                 id="a change of control"),
    pytest.param([claim("attack", "guards", "army", on="2023-01-01"), claim("allied_with", "guards", "army", on="2023-02-01"),
                  claim("attack", "guards", "army", on="2023-03-01"), claim("allied_with", "guards", "army", on="2023-04-01")],
                 id="frenemies"),
])
def test_no_switch(claims):
    assert switches(*claims) == ()


def test_one_that_is_renamed_and_changes_sides_has_switched():
    claims = [WAR, claim("part_of", "guards", "army", on="2023-01-05", reported="2023-01-06"),
              claim("succeeds", "new-guards", "guards", on="2024-03-01"),
              claim("member_of", "new-guards", "rebels", on="2024-05-01", document="b.txt", reported="2024-05-02")]
    assert brief(switches(*claims)) == [("new-guards", "army", "rebels", "2023-01-05", "2024-05-01", "change of membership")]
    assert switches(*claims[:-1]) == ()


def test_a_membership_that_ended_and_one_that_began():
    claims = [claim("member_of", "guards", "front", on="2019/2021-03-31"), claim("member_of", "guards", "pact", on="2021-05-01/..")]
    assert brief(switches(*claims)) == [("guards", "front", "pact", "2021-03-31", "2021-05-01", "change of membership")]
    assert switches(*claims, policy=LoyaltyPolicy(gap_days=30)) == ()  # 31 days lie between
    assert switches(*claims, policy=LoyaltyPolicy(gap_days=31)) != ()


def test_a_person_who_served_one_side_and_then_its_enemy():
    (found,) = switches(WAR, claim("holds_role", "colonel", "army", on="../2022-07", reported="2022-08-01"),
                        claim("holds_role", "colonel", "rebels", reported="2022-08-01"))
    assert brief([found]) == [("colonel", "army", "rebels", "2022-07-01", "2022-08-01", "change of membership")]


HOSTILE = [claim("attack", "guards", "army", on=f"2020-0{n}-01", document=f"{n}.txt") for n in (1, 2)]
ALLIED = [claim("supports", "guards", "army", on=f"2022-0{n}-01", document=f"{n}.txt") for n in (3, 4)]


def test_a_pair_that_fought_and_stands_together():
    assert brief(switches(*HOSTILE, *ALLIED)) == [("guards", None, "army", "2020-02-01", "2022-03-01", "change of ties")]
    assert switches(*HOSTILE, ALLIED[0]) == ()  # one statement is too few
    assert switches(HOSTILE[0], *ALLIED) == ()
    assert len(switches(HOSTILE[0], ALLIED[0], policy=LoyaltyPolicy(tie_statements=1))) == 1


def test_a_pair_that_stood_together_and_fights():
    later = [moved(one, 1000) for one in HOSTILE]  # from 2022-09-27 on
    assert brief(switches(*ALLIED, *later)) == [("guards", "army", None, "2022-04-01", "2022-09-27", "change of ties")]


def test_the_same_statement_in_other_documents_is_no_further_evidence():
    again = replace(ALLIED[0], evidence=(replace(ALLIED[0].evidence[0], document="other.txt"),))
    assert switches(*HOSTILE, ALLIED[0], again) == ()


def test_a_told_switch_explains_what_could_be_concluded():
    ties = [WAR, claim("part_of", "guards", "army", on="2021-05-01", reported="2021-05-02", document="b.txt"),
            claim("member_of", "guards", "rebels", on="2023-09-01", document="c.txt")]
    (found,) = switches(SWITCH, *ties)
    assert found.kind is SwitchKind.DEFECTION
    assert (found.before, found.after, found.against) == ((ties[1].id,), (ties[2].id,), ())


@pytest.mark.parametrize("other", [
    pytest.param({}, id="the same again"),
    pytest.param({"from_": None}, id="without the side left"),
    pytest.param({"to": None}, id="without the side joined"),
    pytest.param({"to": "resistance"}, id="an unnamed bloc for the side joined"),
    pytest.param({"on": "2023-06-14"}, id="the day"),
    pytest.param({"on": None}, id="no date"),
    pytest.param({"on": "2023-06-27", "reported": "2023-07-01"}, id="bounds that touch"),
    pytest.param({"subject": "1st-battalion"}, id="a unit of it"),
    pytest.param({"subject": "colonel"}, id="its leader"),
    pytest.param({"from_": "militia"}, id="a part of the side left"),
])
def test_claims_of_one_switch_are_one(other):
    roles = {"subject": "guards", "from_": "army", "to": "rebels", "on": "2023-06", "reported": "2023-06-26", "document": "b.txt", **other}
    links = [claim("part_of", "1st-battalion", "guards"), claim("holds_role", "colonel", "guards", role="commander"),
             claim("part_of", "militia", "army")]
    second = claim("defect", **roles)
    (found,) = switches(SWITCH, second, *links)
    assert set(found.claims) == {SWITCH.id, second.id}
    assert (found.from_.id, found.to.id) in [("army", "rebels")]
    assert [voice.document for voice in found.voices] == ["a.txt", "b.txt"]


@pytest.mark.parametrize("other", [
    pytest.param({"subject": "militia"}, id="another actor"),
    pytest.param({"subject": None}, id="unnamed people"),
    pytest.param({"to": "front"}, id="to another side"),
    pytest.param({"from_": "front"}, id="from another side"),
    pytest.param({"from_": "rebels", "to": "army"}, id="back again"),
    pytest.param({"on": "2023-08-01", "reported": "2023-08-02"}, id="another time"),
])
def test_claims_of_two_switches_are_two(other):
    roles = {"subject": "guards", "from_": "army", "to": "rebels", "on": "2023-06", "reported": "2023-06-26", "document": "b.txt", **other}
    assert len(switches(SWITCH, claim("defect", **roles))) == 2


def test_units_of_one_body_in_two_documents_are_one_switch_and_in_one_document_two():
    of = [claim("part_of", f"{n}-battalion", "guards") for n in ("1st", "2nd")]
    one, two = (claim("defect", f"{n}-battalion", from_="army", to="rebels", on="2023-06-10", document=n) for n in ("1st", "2nd"))
    (found,) = switches(one, two, *of)
    assert ([found.who.id], [unit.id for unit in found.also]) in [(["1st-battalion"], ["2nd-battalion"])]
    same = replace(two, evidence=one.evidence)
    assert len(switches(one, same, *of)) == 2
    # both are units of the side that they left: nothing but that makes them one
    assert len(switches(one, two, *(claim("part_of", f"{n}-battalion", "army") for n in ("1st", "2nd")))) == 2


OF_THE_GUARDS = claim("part_of", "2nd-battalion", "guards", document="b.txt")
GUARDS_TOLD_OF = claim("based_in", "guards", "town", document="a.txt")


@pytest.mark.parametrize(("one", "other", "number"), [
    ({}, {}, 1),
    ({"count": "3", "quote": "3 units went over."}, {}, 2),  # not as many
    ({"count": "2", "quote": "2 men went over."}, {}, 2),  # people, not units
    ({"on": "2023-06-01"}, {}, 2),  # a day is less than half of the month
    ({}, {"document": "a.txt"}, 2),  # one document tells of two
    ({}, {"from_": "police"}, 2),  # another side left
])
def test_as_many_units_of_one_window_in_two_documents_are_one_where_both_speak_of_their_body(one, other, number):
    usual = {"from_": "army", "to": "resistance", "count": "2", "quote": "2 units went over.", "on": "2023-06", "document": "a.txt"}
    units = claim("defect", "1st-battalion", **{**usual, **one})
    battalions = claim("defect", "2nd-battalion", **{"to": "nug", "count": "2", "quote": "2 battalions went over.", "on": "2023-06",
                                                     "document": "b.txt", **other})
    found = find_switches([units, battalions, OF_THE_GUARDS, GUARDS_TOLD_OF]).switches
    assert len(found) == number
    if number == 1:
        [switch] = found
        assert ([one.id for one in (switch.who, *switch.also)], switch.from_.id, switch.to.id) == (
            ["2nd-battalion", "1st-battalion"], "army", "nug")
    assert len(find_switches([units, battalions, OF_THE_GUARDS]).switches) == 2  # the other document does not speak of the guards


def test_what_fits_two_switches_stays_apart():
    claims = [SWITCH, claim("defect", "guards", from_="army", to="front", on="2023-06", reported="2023-06-26"),
              claim("defect", "guards", from_="army", to="resistance", on="2023-06", reported="2023-06-26", document="b.txt")]
    assert len(switches(*claims)) == 3


@pytest.mark.parametrize(("one", "other", "number"), [
    ("2021-02-01/2023-09-30", "2021-02-01/2023-06-30", 1),  # 880 of 972 days
    ("2023-10-27/2023-11-30", "2023-11-12", 2),  # 1 of 35 days
    (None, None, 1),
    (None, "2023-11-12", 2),
])
def test_unnamed_people_are_one_flow_in_one_window(one, other, number):
    flow = [claim("defect", from_="army", to="rebels", on=when, document=name) for when, name in ((one, "a.txt"), (other, "b.txt"))]
    assert len(switches(*flow)) == number


def test_figures_that_contradict_each_other_stay_and_make_a_range():
    many = [replace(SWITCH, quantity=Quantity(300, 300, "some 300", approximate=True)),
            replace(SWITCH, quantity=Quantity(600, 600, "600"), evidence=claim("meet", "a", "b", document="b.txt").evidence)]
    (found,) = switches(*many)
    assert (found.minimum, found.maximum, found.approximate) == (300, 600, True)
    assert sorted(figure.quantity.notation for figure in found.figures) == ["600", "~300"]
    (found,) = switches(*many, replace(SWITCH, quantity=Quantity(None, 450, "nearly 450")))
    assert (found.minimum, found.maximum) == (None, 600)


def test_evidence_on_both_sides_and_against():
    before = [claim("part_of", "guards", "army", on="2015/..", reported="2020-01-01"), claim("attack", "guards", "rebels", on="2022-01-01")]
    after = [claim("allied_with", "rebels", "guards", on="2023-09-01"), claim("attack", "army", "guards", on="2023-07-01"),
             claim("supports", "guards", "army", on="2023-08-01", polarity="negative")]
    against = [claim("supports", "guards", "army", on="2023-10-01"), claim("attack", "guards", "rebels", on="2023-11-01"),
               claim("member_of", "guards", "rebels", on="2023-10-01", polarity="negative"),
               claim("defect", "guards", from_="army", to="rebels", polarity="negative", reported="2023-07-01", document="c.txt")]
    nothing = [claim("attack", "militia", "guards", on="2023-07-01"), claim("supports", "guards", "rebels", modality="planned")]
    found = find_switches([SWITCH, *before, *after, *against, *nothing])
    (switch,) = found.switches
    assert switch.before == tuple(sorted(one.id for one in before))
    assert switch.after == tuple(sorted(one.id for one in after))
    assert switch.against == tuple(sorted(one.id for one in against))
    assert (switch.certainty, switch.sure) == (Certainty.DISPUTED, False)
    assert [denied.claims for denied in found.denied] == [(against[3].id,)]
    assert found.denied[0].against == (SWITCH.id,)


def test_the_membership_told_with_a_switch_is_the_one_before():
    """Reported on 2023-06-26 without a date, it does not say that the guards were in the army after 2023-06-10."""
    with_it, elsewhere = (claim("part_of", "guards", "army", reported="2023-06-26", document=name) for name in ("a.txt", "b.txt"))
    (found,) = switches(replace(SWITCH, period=Period.parse("2023-06-10")), with_it, elsewhere)
    assert (found.before, found.against) == ((with_it.id,), (elsewhere.id,))


def test_the_surest_claim_gives_the_certainty():
    doubtful = replace(SWITCH, certainty=Certainty.UNVERIFIED, evidence=claim("meet", "a", "b", document="b.txt").evidence)
    assert switches(doubtful)[0].certainty is Certainty.UNVERIFIED
    assert switches(doubtful, SWITCH)[0].certainty is Certainty.STATED
    assert switches(doubtful, SWITCH)[0].sure
    assert switches(doubtful, policy=LoyaltyPolicy(certainties=frozenset({Certainty.STATED}))) == ()


@pytest.mark.parametrize("modality", ["planned", "possible", "asked"])
def test_what_has_not_happened_is_announced(modality):
    found = find_switches([replace(SWITCH, modality=Modality(modality))])
    assert (found.switches, [m.value for m in found.announced[0].modalities]) == ((), [modality])


@given(st.lists(told(), max_size=9), st.randoms())
def test_the_order_of_claims_plays_no_part(claims, random):
    mixed = list(claims)
    random.shuffle(mixed)
    assert find_switches(mixed) == find_switches(claims)


@given(st.lists(told(), max_size=9), st.integers(-2000, 2000))
def test_moving_every_day_moves_every_switch(claims, days):
    def days_of(found, shift):
        bounds = [[day and day + timedelta(shift) for day in (one.earliest, one.latest)] for one in found]
        return sorted(str((*one[:3], *days, one[5])) for one, days in zip(brief(found), bounds, strict=True))

    assert days_of(switches(*(moved(one, days) for one in claims)), 0) == days_of(switches(*claims), days)


@given(st.lists(told(), min_size=1, max_size=6), st.data())
def test_the_same_in_another_document_only_adds_a_source(claims, data):
    first = data.draw(st.sampled_from(claims))
    again = replace(first, evidence=(replace(first.evidence[0], document="another.txt"),))
    before, after = switches(*claims), switches(*claims, again)
    assert brief(after) == brief(before)
    for old, new in zip(before, after, strict=True):
        assert set(new.claims) - set(old.claims) <= {again.id}
        assert {voice.document for voice in new.voices} - {voice.document for voice in old.voices} <= {"another.txt"}


@given(st.lists(told(), max_size=9))
def test_every_told_change_is_in_one_switch(claims):
    found = [id_ for switch in switches(*claims) if switch.told for id_ in switch.claims]
    assert sorted(found) == sorted({one.id for one in claims if one.type in ("defect", "split_from")})


@pytest.mark.parametrize(("war", "on", "switches"), [
    (["2022-05-01"], None, 0), (["2022-05-01", "2022-06-01"], None, 1), (["2022-05-01"], "2023-03-01", 1)])
def test_an_undated_membership_in_a_later_report_is_no_change_of_side_by_one_hostile_statement(war, on, switches):
    claims = [claim("holds_role", "colonel", "army", role="spokesperson", reported="2022-01-01"),
              claim("holds_role", "colonel", "council", role="spokesperson", on=on, reported="2023-04-01", document="b.txt"),
              *(claim("attack", "army", "council", on=day, document=day) for day in war)]
    assert len(find_switches(claims).switches) == switches
    assert [span.ending for span in histories(claims)["colonel"]] == [Ending.OPPONENT if switches else None, None]
