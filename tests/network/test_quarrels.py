"""When two who stood together fell out. The expected days follow from the docstring of `quarrels`, worked out by hand."""

from datetime import date

import pytest
from claim_makers import claim
from hypothesis import given
from hypothesis import strategies as st
from small_world import DAYS, QUARRELS, told

from kg.model import Answer, Certainty, Ending, LoyaltyPolicy, ties
from kg.network.columns import make_table
from kg.network.histories import histories
from kg.network.project import Ended, Policy, project
from kg.network.quarrels import quarrels
from kg.network.sides import points, sides_of_ties
from kg.network.snapshots import snapshot, to_graph
from kg.network.windows import Window

ALLIES = claim("allied_with", "guards", "militia", reported="2015-03-01", document="old.txt")
FIRST = claim("attack", "militia", "guards", on="2021-05", reported="2021-06-02", document="b.txt")
SECOND = claim("opposes", "guards", "militia", on="2021-07-09", reported="2021-07-20", document="c.txt")
WAR = [FIRST, SECOND]


def ended(claims, **policy):
    """Each time at which they fell out: the bounds, and by how many claims."""
    told = list(ties(claims))
    found = quarrels(told, sides=sides_of_ties(told), policy=LoyaltyPolicy(**policy)).get(("guards", "militia"), ())
    assert {end.ending for end in found} <= {Ending.HOSTILITY}
    return [(*map(str, end.days), len(end.claims)) for end in found]


def test_hostility_after_the_last_sighting_ends_an_undated_alliance():
    # Between the report that still has them allies and the last day on which the first attack can have been: the end of May 2021.
    assert ended([ALLIES, *WAR]) == [("2015-03-01", "2021-05-31", 2)]
    (span,) = histories([ALLIES, *WAR])["guards"]
    assert (span.first, span.last, span.ending) == (date(2015, 3, 1), date(2021, 5, 31), Ending.HOSTILITY)
    assert span.ended_by == tuple(sorted((FIRST.id, SECOND.id)))
    assert span.against == ()  # what ended it does not speak against it before
    assert [span.answer(date(2021, *day)) for day in ((5, 31), (6, 1))] == [Answer.MAYBE, Answer.NO]


def test_the_network_says_what_ended_the_tie():
    before, after = (project(ties([ALLIES, *WAR]), on=date(2021, *day)) for day in ((5, 31), (6, 1)))
    assert [edge["claim"] for *_, edge in before.edges(data=True) if edge["sign"] > 0] == [ALLIES.id]
    assert before.graph["ended"] == ()
    assert [edge["claim"] for *_, edge in after.edges(data=True) if edge["sign"] > 0] == []
    assert after.graph["ended"] == (Ended("guards", "militia", "allied_with", ALLIES.id, date(2021, 5, 31), Ending.HOSTILITY,
                                          tuple(sorted((FIRST.id, SECOND.id))), ("Guards", "Militia")),)


@pytest.mark.parametrize(("alliance", "end"), [
    (claim("allied_with", "guards", "militia", on="2015/..", reported="2016-01-01"), "2016-01-01"),  # known to hold until the report
    (claim("allied_with", "guards", "militia", on="2015", reported="2021-12-01"), "2015-01-01"),  # some day of 2015, told of later
    (claim("supports", "militia", "guards", on="2019-02-03"), "2019-02-03"),
    (claim("part_of", "guards", "militia", reported="2020-01-01"), "2020-01-01"),
    (claim("defect", "guards", from_="army", to="militia", on="2019-02-03"), "2019-02-03"),
    (claim("allied_with", "guards", "militia", on="../2019-02-03"), "2019-02-03"),
])
def test_every_kind_of_allegiance_in_either_direction_ends(alliance, end):
    assert ended([alliance, *WAR]) == [(end, "2021-05-31", 2)]


@pytest.mark.parametrize("claims", [
    [claim("allied_with", "guards", "militia", reported="2021-08-01"), *WAR],  # allies again, or still
    [claim("allied_with", "guards", "militia", on="2015/..", reported="2022-01-01"), *WAR],  # throughout, says one claim
    [claim("allied_with", "guards", "militia", on="2021-05-31", reported="2021-06-02"),  # on one day both, perhaps
     FIRST, claim("attack", "guards", "militia", on="2021-05-31", document="d.txt")],
    [ALLIES, claim("allied_with", "guards", "militia", on="2019/..", reported="2022-01-01"), *WAR],
    [claim("allied_with", "guards", "militia", on="2015/..", reported="2016-01-01"), *WAR,  # perhaps allies all the time
     claim("allied_with", "guards", "militia", on="../2023", reported="2023-12-01")],
    [claim("allied_with", "guards", "militia", reported=None), *WAR],  # nobody knows which was first
    [ALLIES, claim("attack", "militia", "guards", reported="2021-06-02", document="b.txt"),  # hostile, but when?
     claim("opposes", "militia", "guards", reported="2021-07-02", document="c.txt")],
    [ALLIES, SECOND, claim("opposes", "guards", "militia", on="../2022", document="d.txt")],  # perhaps enemies before they were allies
    [ALLIES, FIRST],  # a single statement
    [ALLIES, FIRST, claim("attack", "militia", "guards", on="2021-05", reported="2021-06-03", document="c.txt")],  # the same, copied
    [ALLIES, FIRST, claim("attack", "militia", "guards", on="2021-06-01", reported="2021-06-02", document="b.txt")],  # one author
    [ALLIES, FIRST, claim("opposes", "guards", "militia", on="2021-07-09", document="c.txt", certainty="disputed")],
    [ALLIES, FIRST, claim("opposes", "guards", "militia", on="2021-07-09", document="c.txt", polarity="negative")],
    [ALLIES, FIRST, claim("attack", "guards", "militia", on="2021-07-09", document="c.txt", modality="planned")],
    [ALLIES, FIRST, claim("pressure", "guards", "militia", on="2021-07-09", document="c.txt")],  # happens among friends
    [ALLIES, FIRST, claim("attack", "guards", "army", on="2021-07-09", document="c.txt")],
    [FIRST, SECOND],  # never allies
    [claim("ceasefire", "guards", "militia", on="2015"), *WAR],  # enemies agree it
])
def test_what_ends_no_alliance(claims):
    believed = [one for one in claims if one.polarity == "positive" and one.modality == "actual"]
    assert ended(believed) == []
    assert Ending.HOSTILITY not in {span.ending for span in histories(claims).get("guards", ())}
    day = date(2021, 12, 31)
    stood = [one.id for one in claims if one.type in ("allied_with", "part_of")]
    assert [edge["claim"] for *_, edge in project(ties(claims), on=day).edges(data=True) if edge["type"] == "allied_with"] == stood


def test_the_policy_says_how_much_hostility_and_how_sure():
    disputed = claim("attack", "militia", "guards", on="2020-02-02", document="d.txt", certainty="disputed")
    assert ended([ALLIES, FIRST], ended_by_hostility=1) == [("2015-03-01", "2021-05-31", 1)]
    assert ended([ALLIES, disputed, *WAR], ended_by_hostility=3) == []
    assert ended([ALLIES, disputed, *WAR], ended_by_hostility=3, hostility_certainties=frozenset(Certainty)) == [
        ("2015-03-01", "2020-02-02", 3)]
    assert ended([ALLIES, *WAR], ended_by_hostility=None) == []
    with pytest.raises(ValueError, match="ended_by_hostility must be 1 or more, not 0"):
        Policy(ended_by_hostility=0)


def test_allies_again_begin_anew_and_may_fall_out_again():
    again = claim("allied_with", "guards", "militia", on="2022-01-15", reported="2022-01-20", document="d.txt")
    assert ended([ALLIES, *WAR, again]) == [("2015-03-01", "2021-05-31", 2)]
    spans = histories([ALLIES, *WAR, again])["guards"]
    assert [(str(s.first), s.last and str(s.last), s.ending) for s in spans] == [
        ("2015-03-01", "2021-05-31", Ending.HOSTILITY), ("2022-01-15", None, None)]
    more = [claim("attack", "guards", "militia", on=day, reported=day, document=day) for day in ("2023-01-01", "2023-02-01")]
    assert ended([ALLIES, *WAR, again, *more]) == [("2015-03-01", "2021-05-31", 2), ("2022-01-15", "2023-01-01", 2)]


def test_what_was_not_known_yet_ended_nothing():
    graph = project(ties([ALLIES, *WAR]), on=date(2021, 6, 30), policy=Policy(known_by=date(2021, 6, 30)))
    assert ALLIES.id in {edge["claim"] for *_, edge in graph.edges(data=True)}
    without = project(ties([ALLIES, *WAR]), on=date(2021, 8, 1), policy=Policy(without_documents=frozenset({"c.txt"})))
    assert ALLIES.id in {edge["claim"] for *_, edge in without.edges(data=True)}


def test_hostility_ends_also_where_changes_of_side_end_nothing():
    graph = project(ties([ALLIES, *WAR]), on=date(2022, 1, 1), policy=Policy(ended_by_switch=False))
    assert [end.claim for end in graph.graph["ended"]] == [ALLIES.id]


@given(st.lists(told(QUARRELS, ("army",)), max_size=10), DAYS, st.sampled_from([None, 1, 2]), st.booleans())
def test_snapshots_end_what_projections_end(claims, day, least, maybe):
    policy = Policy(ended_by_hostility=least, maybe=maybe)
    table = make_table(ties({one.id: one for one in claims}.values()))
    graph = to_graph(snapshot(table, Window(day, day), policy=policy))
    shown = {tuple(sorted((a, b))) for a, b, edge in project(ties(claims), on=day, policy=policy).edges(data=True)}
    assert {tuple(sorted(pair)) for pair in graph.edges} == shown


@given(st.lists(told(QUARRELS, ("army",)), max_size=12), st.sampled_from([1, 2]))
def test_no_alliance_outlives_the_war_that_followed_it(claims, least):
    """A brute-force reading of the rule for the last war: enough hostility, dated, later than every day of every alliance of the pair."""
    claims = list({one.id: one for one in claims}.values())
    found = histories(claims, policy=LoyaltyPolicy(ended_by_hostility=least))
    for actor in ("guards", "militia"):
        about = [one for one in claims if one.subject.id == actor]
        allied = [max(last for _, last in points(one)) for one in about if one.type in ("allied_with", "supports")]
        hostile = [one for one in about if one.type in ("attack", "opposes") and one.period and allied and points(one)[0][0] > max(allied)]
        over = min(len({one.key for one in hostile}), len({one.document for one in hostile})) >= least and allied
        spans = [span for span in found.get(actor, ()) if span.side.id == "army" and span.last is None]
        assert not (over and spans)
        if not hostile:  # and what ends one is always told
            assert all(span.ended_by for span in found.get(actor, ()) if span.ending)
