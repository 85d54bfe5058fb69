"""Who holds a place through time. Expected days follow from the docstring of `control`, worked out by hand."""

from __future__ import annotations

from datetime import date

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st

from kg.model import Answer, Modality, Polarity
from kg.network.control import control


def held(*claims, **options):
    return [(h.holder.id, h.first and str(h.first), h.last and str(h.last), [f"{a}/{b}" for a, b in h.sure])
            for h in control(claims, **options)]


TAKEN = claim("capture", "mndaa", "town", from_="army", on="2024-08-03", reported="2024-08-05")
RETAKEN = claim("capture", "army", "town", from_="mndaa", on="2025-04", reported="2025-05-02")


def test_a_town_changes_hands_twice():
    assert held(TAKEN, RETAKEN) == [
        ("army", None, "2024-08-03", ["2024-08-02/2024-08-02"]),  # lost on a known day: surely held the day before
        ("mndaa", "2024-08-03", "2025-04-30", ["2024-08-03/2024-08-03"]),
        ("army", "2025-04-01", None, []),  # some day of April: surely on none of them
    ]


@pytest.mark.parametrize(("day", "answers"), [
    ("2024-08-02", {"army": "yes"}), ("2024-08-03", {"army": "maybe", "mndaa": "yes"}), ("2024-12-01", {"mndaa": "maybe"}),
    ("2025-04-15", {"mndaa": "maybe", "army": "maybe"}), ("2025-05-01", {"army": "maybe"}), ("2020-01-01", {"army": "maybe"}),
])
def test_on_a_day(day, answers):
    on = date.fromisoformat(day)
    assert {h.holder.id: h.answer(on).value for h in control([TAKEN, RETAKEN], on=on)} == answers


def test_a_claim_of_control_is_sure_as_long_as_told():
    told = claim("controls", "army", "town", on="2023-10-01/..", reported="2023-11-17")
    assert held(told) == [("army", "2023-10-01", None, ["2023-10-01/2023-11-17"])]
    # somebody else is seen holding it later: the end lies before
    assert held(told, claim("controls", "nug", "town", on="2024-02-01/2024-02-10")) == [
        ("army", "2023-10-01", "2024-02-01", ["2023-10-01/2023-11-17"]), ("nug", "2024-02-01", "2024-02-10", ["2024-02-01/2024-02-10"])]


def test_two_sightings_are_no_period():
    told = [claim("controls", "army", "town", on="2023-01-05"), claim("controls", "army", "town", on="2023-03-05"),
            claim("controls", "army", "town", on="2023-01-05/..", reported="2023-01-07")]
    [holding] = control(told)
    assert [str(a) + "/" + str(b) for a, b in holding.sure] == ["2023-01-05/2023-01-07", "2023-03-05/2023-03-05"]
    assert holding.answer(date(2023, 2, 1)) is Answer.MAYBE


def test_allies_do_not_end_each_others_hold():
    told = [claim("capture", "league", "town", on="2023-11-10"), claim("controls", "mndaa", "town", on="2023-12-01")]
    assert held(*told)[0] == ("league", "2023-11-10", "2023-12-01", ["2023-11-10/2023-11-10"])
    assert held(*told, claim("member_of", "mndaa", "league"))[0] == ("league", "2023-11-10", None, ["2023-11-10/2023-11-10"])


def test_who_takes_a_place_again_did_not_hold_it():
    told = [claim("capture", "m23", "town", on="2012-11-20"), claim("capture", "m23", "town", on="2025-01-27", reported="2025-02-01")]
    assert held(*told) == [("m23", "2012-11-20", "2025-01-27", ["2012-11-20/2012-11-20"]),
                           ("m23", "2025-01-27", None, ["2025-01-27/2025-01-27"])]


def test_an_undated_capture_is_the_dated_one_of_its_holder_or_of_any_time():
    undated = claim("capture", "army", "town", reported="2025-11-01")
    assert held(undated) == [("army", None, None, [])]
    [holding] = [h for h in control([undated, RETAKEN]) if h.holder.id == "army"]
    assert (str(holding.first), len(holding.claims)) == ("2025-04-01", 2)


def test_an_undated_holding_ends_when_its_holder_loses_the_place():
    assert held(claim("capture", "mndaa", "town", reported="2025-06-01"), RETAKEN)[0] == ("mndaa", None, "2025-04-30", [])


def test_one_loss_told_twice_is_one():
    # lost on 21 April, says the one; in April, the other: one holding of the loser, up to the earlier bound
    told = [claim("capture", "army", "town", from_="mndaa", on="2025-04-21", reported="2025-05-02", document="b.txt"), RETAKEN]
    assert [h for h in held(*told) if h[0] == "mndaa"] == [("mndaa", None, "2025-04-21", ["2025-04-20/2025-04-20"])]


def test_a_place_lost_twice_was_held_twice():
    told = [claim("capture", "army", "town", from_="mndaa", on=day, reported=day) for day in ("2009-08-24", "2025-04-21")]
    assert [h[2] for h in held(*told) if h[0] == "mndaa"] == ["2009-08-24", "2025-04-21"]


def test_denials_stand_beside_and_plans_do_not_count():
    told = [TAKEN, claim("controls", "mndaa", "town", on="2024-10-01", polarity=Polarity.NEGATIVE),
            claim("capture", "army", "town", on="2024-10-05", modality=Modality.PLANNED)]
    [holding] = [h for h in control(told) if h.holder.id == "mndaa"]
    assert (holding.last, [c.id for c in holding.denied], holding.ended) == (None, [told[1].id], ())


def test_places_are_kept_apart_and_nothing_gives_nothing():
    told = [TAKEN, claim("capture", "nug", "hill", on="2024-10-05")]
    assert [h.place.id for h in control(told)] == ["hill", "town", "town"]
    assert [h.place.id for h in control(told, place="hill")] == ["hill"]
    assert control([claim("attack", "army", "nug", place="town", on="2024-10-05")]) == ()


@given(st.permutations([TAKEN, RETAKEN, claim("controls", "mndaa", "town", on="2024-09-01/2024-10-01"),
                        claim("capture", "army", "town", reported="2025-11-01"),
                        claim("controls", "army", "town", on="2024-09-15", document="b.txt")]))
def test_the_order_of_the_claims_changes_nothing(told):
    assert [(h.holder.id, h.first, h.last, h.sure, {c.id for c in h.claims}, h.ended) for h in control(told)] == \
        [(h.holder.id, h.first, h.last, h.sure, {c.id for c in h.claims}, h.ended) for h in control(sorted(told, key=lambda c: c.id))]
