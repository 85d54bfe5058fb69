"""Who is strained, by stated reasons. The counts follow from the definitions in `rank_tension`, worked out by hand."""

from datetime import date

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from small_world import moved, told

from kg.model import Strain
from kg.network.tension import TensionPolicy, rank_tension

MEMBERS = [claim("member_of", actor, "front", on="2020/..") for actor in ("guards", "militia", "rebels")]
WAR = [claim("attack", "army", "front", on="2023-11-01"), claim("attack", "front", "army", on="2023-11-02")]


def strained(actor, *claims, **options):
    (found,) = [one for one in rank_tension(claims, **options) if one.actor.id == actor]
    return {reason.strain.name: reason.count for reason in found.reasons}, found.score


@pytest.mark.parametrize(("more", "reasons"), [
    pytest.param([claim("attack", "guards", "militia", on="2023-12-01")], {"DIVIDED": 1}, id="fights a member"),
    pytest.param([claim("opposes", "militia", "guards"), claim("attack", "guards", "rebels", on="2023-12-01")], {"DIVIDED": 2},
                 id="two members"),
    pytest.param([claim("attack", "guards", "militia", on="2022-12-01")], {}, id="more than a year ago"),
    pytest.param([claim("attack", "militia", "guards", on="2023-12-01"), claim("pressure", "front", "guards", on="2023-12-02")],
                 {"TURNED_ON": 2}, id="turned on by its own side"),
    pytest.param([claim("pressure", "neighbour", "guards", on="2023-12-02")], {}, id="pressed by somebody else"),
    pytest.param([claim("ceasefire", "guards", "army", on="2023-12-02"), claim("meet", "army", "guards", on="2023-12-03")],
                 {"BETWEEN": 1}, id="talks with the enemy of its alliance"),
    pytest.param([claim("meet", "guards", "neighbour", on="2023-12-02")], {}, id="talks with somebody who is no enemy"),
    pytest.param([claim("allied_with", "militia", "rebels")], {"ISOLATED": 2}, id="the others are tied to each other"),
    pytest.param([claim("allied_with", "militia", "rebels"), claim("allied_with", "guards", "rebels")], {}, id="tied as well"),
    pytest.param([claim("defect", "guards", from_="army", to="front", on="2019-05-01")], {"MOVED": 1}, id="moved before"),
    pytest.param([claim("defect", "guards", from_="front", to="army", modality="possible")], {"ANNOUNCED": 1}, id="may switch"),
    pytest.param([claim("allied_with", "guards", "army", modality="planned")], {"ANNOUNCED": 1}, id="plans another alliance"),
    pytest.param([claim("allied_with", "guards", "rebels", modality="planned")], {}, id="plans one inside its camp"),
    pytest.param([claim("defect", "guards", from_="front", to="army", polarity="negative")], {}, id="a denied switch"),
])
def test_each_reason_is_counted(more, reasons):
    assert strained("guards", *MEMBERS, *WAR, *more, on=date(2024, 1, 31))[0] == reasons


def test_the_score_is_the_sum_of_weights_times_counts_up_to_the_most():
    claims = [*MEMBERS, *WAR, *(claim("attack", "militia", "guards", on=f"2023-12-{day:02}") for day in range(1, 6)),
              claim("ceasefire", "guards", "army", on="2023-12-02")]
    assert strained("guards", *claims) == ({"TURNED_ON": 5, "BETWEEN": 1}, 2 * 3 + 1 * 1)
    weights = dict.fromkeys(Strain, 1.0)
    assert strained("guards", *claims, policy=TensionPolicy(weights=weights, most=10))[1] == 5 + 1


def test_too_little_known_is_undefined_and_last():
    claims = [claim("defect", "colonel", from_="army", to="rebels", on="2023-05-05"), *MEMBERS, *WAR,
              *(claim("attack", "guards", "militia", on=f"2023-12-0{n}") for n in (1, 2))]
    ranking = [(one.actor.id, one.score) for one in rank_tension(claims) if one.reasons]
    assert ranking == [("militia", 4.0), ("guards", 2.0), ("colonel", None)]  # attacked twice; fights one member; one statement about him


def test_reports_after_the_day_play_no_part():
    late = claim("attack", "guards", "militia", on="2023-06-01", reported="2024-03-01")
    assert strained("guards", *MEMBERS, *WAR, late, on=date(2024, 1, 31))[0] == {}
    assert strained("guards", *MEMBERS, *WAR, late, on=date(2024, 3, 1))[0] == {"DIVIDED": 1}


def test_with_the_side_left_there_is_no_strain():
    claims = [*(claim("member_of", actor, "front", on="2020/..", reported="2023-06-01") for actor in ("guards", "militia", "rebels")), *WAR,
              claim("defect", "guards", from_="front", to="army", on="2023-12-01"),
              claim("attack", "guards", "militia", on="2023-12-05")]
    assert strained("guards", *claims)[0] == {"MOVED": 1}


@given(st.lists(told(), max_size=9), st.randoms(), st.integers(-1000, 1000))
def test_neither_the_order_of_claims_nor_the_calendar_plays_a_part(claims, random, days):
    mixed = [moved(one, days) for one in claims]
    random.shuffle(mixed)

    def brief(ranking):
        return [(one.actor, one.score, one.camp, [(r.strain, r.count, r.points) for r in one.reasons]) for one in ranking]

    assert brief(rank_tension(mixed)) == brief(rank_tension(claims))


@given(st.lists(told(), max_size=9))
def test_every_reason_has_its_claims_and_the_score_is_their_sum(claims):
    for one in rank_tension(claims):
        assert all(reason.claims and reason.count > 0 for reason in one.reasons)
        assert one.score is None or one.score == sum(reason.points for reason in one.reasons)


def test_a_policy_that_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="weights needs a number for each reason"):
        TensionPolicy(weights={Strain.MOVED: 1.0})
    with pytest.raises(ValueError, match="must not be negative"):
        TensionPolicy(most=-1)
