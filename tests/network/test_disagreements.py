"""What cannot all be true, and what only looks so. Expected values follow from the docstring of `disagreements`, worked out by hand."""

from __future__ import annotations

from itertools import combinations

import pytest
from claim_makers import claim
from hypothesis import example, given
from hypothesis import strategies as st

from kg.model import Modality, Polarity
from kg.network import disagreements as module
from kg.network.disagreements import disagreements

NO = Polarity.NEGATIVE


def found(*claims, **options):
    return [(d.topic.value, d.sure.value, [p.says for p in d.positions]) for d in disagreements(claims, **options)]


def deserted(count, on, document="b.txt", **roles):
    return claim("desert", from_="army", count=count, on=on, document=document, **roles)


@pytest.mark.parametrize(("one", "other", "sure"), [
    # 750 in 20 days cannot be fewer than 450 in those days and more; "nearly 450" is 405 to 450
    (deserted("750+", "2023-10-27/2023-11-17", "a.txt"), deserted("<450", "2023-10-27/2023-11-30"), "must"),
    (deserted("~750", "2023-11-12", "a.txt"), deserted("<450", "2023-10-27/..", reported="2023-12-01"), "must"),
    # a smaller count in a part of the days
    (deserted("200+", "2023-11-12", "a.txt"), deserted("750", "2023-10-27/2023-11-17"), None),
    # both fit: 460 is in 450 ± a tenth, 440 in "nearly 450", 800 in "over 750"
    (deserted("460", "2023-10-27/2023-11-17", "a.txt"), deserted("~450", "2023-10-27/2023-11-17"), None),
    (deserted("440", "2023-10-27/2023-11-17", "a.txt"), deserted("<450", "2023-10-27/2023-11-17"), None),
    (deserted("800", "2023-10-27/2023-11-17", "a.txt"), deserted("750+", "2023-10-27/2023-11-17"), None),
    # 400 is less than "nearly 450" leaves open (405)
    (deserted("400", "2023-10-27/2023-11-17", "a.txt"), deserted("<450", "2023-10-27/2023-11-17"), "must"),
    # the day of the larger figure is only perhaps among the others' days
    (deserted("750", "2023-10", "a.txt"), deserted("450", "2023-10-20/2023-10-30"), "may"),
    # of other days
    (deserted("750", "2023-09-01/2023-09-30", "a.txt"), deserted("450", "2023-10-01/2023-10-30"), None),
    # two events without a place, of one month: perhaps two events
    (deserted("750", "2023-10", "a.txt"), deserted("450", "2023-10"), None),
    (deserted("750", "2023-10", "a.txt", place="town"), deserted("450", "2023-10", place="town"), "may"),
    (deserted("750", "2023-10-12", "a.txt", place="town"), deserted("450", "2023-10-12", place="town"), "must"),
    # the larger figure is not narrowed as the smaller one is
    (deserted("750", "2023-10-27/2023-11-17", "a.txt"), deserted("450", "2023-10-27/2023-11-17", place="town"), None),
    (deserted("750", "2023-10-27/2023-11-17", "a.txt", place="town"), deserted("450", "2023-10-27/2023-11-17"), "must"),
    # undated: only between reports near each other; never with what is dated
    (deserted("750", None, "a.txt", reported="2023-11-17"), deserted("450", None, reported="2023-12-01"), "may"),
    (deserted("750", None, "a.txt", reported="2023-11-17"), deserted("450", None, reported="2024-12-01"), None),
    (deserted("750", None, "a.txt", reported=None), deserted("450", None, reported="2024-12-01"), "may"),
    (deserted("750", None, "a.txt"), deserted("450", "2023-10-27/2023-11-17"), None),
    # one voice does not contradict itself
    (deserted("750", "2023-10-27/2023-11-17"), deserted("450", "2023-10-27/2023-11-17"), None),
    (deserted("750", "2023-10-27/2023-11-17", by="x"), deserted("450", "2023-10-27/2023-11-17", by="y"), "must"),
    # people and battalions
    (deserted("750", "2023-10-27/2023-11-17", "a.txt"), deserted("2", "2023-10-27/2023-11-17", quote="2 battalions deserted."), None),
    # planned, denied, another side
    (deserted("750", "2023-11-12", "a.txt", modality=Modality.PLANNED), deserted("450", "2023-10-27/2023-11-17"), None),
    (deserted("750", "2023-11-12", "a.txt", polarity=NO), deserted("450", "2023-10-27/2023-11-17"), None),
    (claim("desert", from_="police", count="750", on="2023-11-12"), deserted("450", "2023-10-27/2023-11-17"), None),
])
def test_figures_of_one_thing(one, other, sure):
    expected = [] if sure is None else [("count", sure)]
    assert [(topic, how) for topic, how, _ in found(one, other)] == expected
    assert [(topic, how) for topic, how, _ in found(other, one)] == expected


def test_a_total_that_grew_is_no_disagreement_but_can_be_shown():
    told = [claim("displace", count="200000", on="2023-10-27/2023-11-17", reported="2023-11-17", operation="operation-1", by="un"),
            claim("displace", count="<335000", on="2023-10-27/..", reported="2023-12-07", by="un", document="b.txt"),
            claim("attack", "army", "nug"), claim("attack", "army", "nug", document="b.txt")]  # both reports are of one war
    assert found(*told) == []
    assert found(*told, growth=True) == [("count", "growth", ["200000", "<335000"])]


def test_figures_of_unnamed_people_need_a_common_war():
    told = [claim("displace", count="200000", on="2023-10-01/2023-11-17"),
            claim("displace", count="1000", on="2023-10-01/2023-11-30", document="b.txt")]
    assert found(*told) == []
    same_war = [claim("attack", "army", "nug", document=name) for name in ("a.txt", "b.txt")]
    assert found(*told, *same_war) == [("count", "must", ["1000", "200000"])]
    in_town = [claim("displace", count=n, on="2023-10-01/2023-11-17", document=d, place="town")
               for n, d in (("900", "a.txt"), ("50", "b.txt"))]
    assert found(*in_town) == [("count", "must", ["50", "900"])]


@pytest.mark.parametrize(("one", "other", "sure"), [
    ({"on": "2023-11-15"}, {"on": "2023-11-15"}, "must"),
    ({"on": "2023"}, {"on": "2023-11"}, "may"),
    ({"on": "2022"}, {"on": "2023"}, None),  # strengths change
    ({"on": None, "reported": "2023-10-01"}, {"on": None, "reported": "2023-12-01"}, "may"),
    ({"on": None, "reported": "2023-10-01"}, {"on": None, "reported": "2024-12-01"}, None),
])
def test_strengths(one, other, sure):
    told = [claim("strength", "army", count="10000", **one), claim("strength", "army", count="20000+", document="b.txt", **other)]
    assert found(*told) == ([("count", sure, ["10000", "20000+"])] if sure else [])


def test_the_fighters_of_one_operation():
    # 10,000 of the league, over 20,000 of unnamed rebels, in one operation; another named army is another side.
    told = [claim("strength", "league", count="~10000", operation="operation-1"),
            claim("strength", "resistance", count="20000+", operation="operation-1", document="b.txt")]
    assert found(*told) == [("count", "may", ["~10000", "20000+"])]
    assert found(told[0], claim("strength", "army", count="20000+", operation="operation-1", document="b.txt")) == []


@pytest.mark.parametrize(("other", "sure"), [
    (claim("controls", "nug", "town", on="2023-10-01/2023-12-31", document="b.txt"), "must"),
    (claim("capture", "nug", "town", on="2023-11-15", document="b.txt"), "must"),  # in the middle of the army's days
    (claim("capture", "nug", "town", on="2023-12-15", document="b.txt"), None),  # afterwards
    (claim("controls", "nug", "town", on="2023-11", document="b.txt"), "must"),  # whichever day of November
    (claim("controls", "nug", "town", on="2023-12", document="b.txt"), None),
    (claim("controls", "nug", "town", on="2023-10", document="b.txt"), None),
    (claim("controls", "army", "town", on="2023-10-01/2023-12-31", document="b.txt"), None),
    (claim("controls", "nug", "hill", on="2023-10-01/2023-12-31", document="b.txt"), None),
    (claim("controls", "nug", "town", on="2023-11-20/2024", document="b.txt"), "must"),
    (claim("controls", "nug", "town", on="2023-11-29~/2024", document="b.txt"), "may"),
])
def test_who_holds_a_place(other, sure):
    held = claim("controls", "army", "town", on="2023-11-01/2023-11-30")
    assert found(held, other) == ([("control", sure, ["Army", "Nug"])] if sure else [])


def test_allies_may_hold_a_place_together():
    told = [claim("controls", x, "town", on="2023-11-01/2023-11-30", document=f"{x}.txt") for x in ("aa", "tnla")]
    assert len(found(*told)) == 1
    members = [claim("member_of", x, "league") for x in ("aa", "tnla")]
    assert found(*told, *members) == []
    assert len(found(*told, *members, claim("attack", "aa", "tnla"))) == 1  # who fight each other are no allies there


def test_who_belongs_to_both_of_two_enemies():
    told = [claim("part_of", "unit", "army"), claim("member_of", "unit", "nug", document="b.txt"), claim("attack", "army", "nug")]
    assert found(*told) == [("belonging", "may", ["Army", "Nug"])]
    assert found(*told, claim("defect", "unit", from_="army", to="nug")) == []  # it changed sides


@pytest.mark.parametrize(("one", "other", "sure"), [
    (("army", "civilians", {}), ("nug", "civilians", {}), "may"),
    (("army", "general", {}), ("nug", "general", {}), "must"),  # one man dies once
    (("army", "civilians", {}), ("nug", "civilians", {"on": "2023-11-13"}), None),
    (("army", "civilians", {}), ("army", "civilians", {"count": "5"}), None),
])
def test_who_did_it(one, other, sure):
    def killed(subject, victim, more, document):
        usual = {"place": "town", "on": "2023-11-12", "outcome": "killed", "document": document}
        return claim("casualties", subject, victim, **{**usual, **more})

    assert found(killed(*one, "a.txt"), killed(*other, "b.txt")) == ([("deed", sure, ["Army", "Nug"])] if sure else [])


def test_who_attacked_whom():
    told = [claim("attack", "army", "nug", place="town", on="2023-11-12"),
            claim("attack", "nug", "army", place="town", on="2023-11-12", document="b.txt")]
    assert found(*told) == [("deed", "may", ["Army", "Nug"])]


@pytest.mark.parametrize(("affirmed", "denied", "sure"), [
    (("attack", "army", "nug", {"on": "2023-11-12"}), ("attack", "army", "nug", {"on": "2023-11-12", "document": "b.txt"}), "must"),
    (("attack", "army", "nug", {"on": "2023-11"}), ("attack", "army", "nug", {"on": "2023-11-12", "document": "b.txt"}), "may"),
    (("attack", "army", "nug", {"on": "2023-10"}), ("attack", "army", "nug", {"on": "2023-11-12", "document": "b.txt"}), None),
    (("allied_with", "army", "nug", {"on": "2022/2024"}), ("allied_with", "nug", "army", {"on": "2023-11-12", "by": "x"}), "must"),
    (("allied_with", "army", "nug", {}), ("allied_with", "nug", "army", {}), None),  # one voice
    (("attack", "army", "nug", {}), ("attack", "nug", "army", {"document": "b.txt"}), None),  # an attack has a direction
    (("detain", "army", "nug", {"count": "5"}), ("detain", "army", "nug", {"count": "9", "document": "b.txt"}), None),
    (("detain", "army", "nug", {"count": "5"}), ("detain", "army", "nug", {"count": "5", "document": "b.txt"}), "may"),
    (("detain", "army", "nug", {"count": "5"}), ("detain", "army", "nug", {"document": "b.txt"}), "may"),
])
def test_affirmed_and_denied(affirmed, denied, sure):
    told = [claim(*affirmed[:3], **affirmed[3]), claim(*denied[:3], **denied[3], polarity=NO)]
    assert found(*told) == ([("denial", sure, ["no", "yes"])] if sure else [])


@pytest.mark.parametrize(("role", "one", "other", "sure"), [
    ("president", "2023-01-01/2023-12-31", "2023-06-01", "must"),
    ("leader", "2023-01-01/2023-12-31", "2023-06-01", "may"),
    ("president", "2022", "2023", None),
    ("president", None, None, "may"),
    ("spokesperson", "2023-06-01", "2023-06-01", None),
])
def test_two_in_one_office(role, one, other, sure):
    told = [claim("holds_role", "general", "army", role=role, on=one),
            claim("holds_role", "colonel", "army", role=role, on=other, document="b.txt")]
    assert found(*told) == ([("office", sure, ["Colonel", "General"])] if sure else [])


@pytest.mark.parametrize(("on", "sure"), [("1989", "must"), ("1978~", None), ("1978-05", None), (None, None)])
def test_founded_at_two_times(on, sure):
    told = [claim("form", None, "army", on="1978"), claim("form", None, "army", on=on, document="b.txt")]
    assert found(*told) == ([("founding", sure, ["1978", "1989"])] if sure else [])


TOLD = [deserted("750+", "2023-10-27/2023-11-17", "a.txt"), deserted("<450", "2023-10-27/2023-11-30"),
        deserted("1000", "2023-10-27/2023-11-17", "c.txt"), claim("attack", "army", "nug", on="2023-11-12"),
        claim("attack", "army", "nug", on="2023-11-12", document="b.txt", polarity=NO),
        claim("controls", "army", "town", on="2023-11-01/2023-11-30"), claim("controls", "nug", "town", on="2023-11-02", document="c.txt")]


@given(st.permutations(TOLD))
def test_the_order_of_the_claims_changes_nothing(told):
    assert disagreements(told) == disagreements(TOLD)


@given(st.sets(st.sampled_from(range(len(TOLD)))))
def test_fewer_claims_never_disagree_more(kept):
    assert len(disagreements([TOLD[i] for i in kept])) <= len(disagreements(TOLD))


def test_what_agrees_stands_together():
    [counts] = [d for d in disagreements(TOLD) if d.topic.value == "count"]
    assert [(p.says, len(p.claims)) for p in counts.positions] == [("<450", 1), ("750+", 1), ("1000", 1)]
    assert counts.about == "desertions from Army"
    assert (str(counts.first), str(counts.last)) == ("2023-10-27", "2023-11-17")


def all_pairs(given):
    return combinations([thing for _, thing in given], 2)


TYPES = ("controls", "capture", "member_of", "holds_role", "opposes", "attack")
WHEN = ("2023-11", "2023-11-10", "2023-11-20/..", "../2023-11-15", "2023", "2023-02", "2024-01-20?", "2023-06/2023-09", None)


@st.composite
def drawn(draw):
    type_ = draw(st.sampled_from(TYPES))
    subject = draw(st.sampled_from(("a", "b", "general", "colonel")))
    object_ = "town" if type_ in ("controls", "capture") else draw(st.sampled_from(("front", "league")))
    return claim(type_, subject, object_, on=draw(st.sampled_from(WHEN)), role="leader" if type_ == "holds_role" else None,
                 reported=draw(st.sampled_from(("2023-11-12", "2024-01-31", "2024-06-01", None))), document=draw(st.sampled_from("xyz")),
                 polarity=draw(st.sampled_from((Polarity.POSITIVE, *Polarity))))


# Found once: neither report can speak of days after it, whichever of the two claims is looked at first.
SINCE_LATER = [claim("controls", "a", "town", on="2023-11", reported="2023-11-12", document="x"),
               claim("controls", "a", "town", on="2023-11-20/..", reported="2023-11-12", document="x"),
               claim("controls", "b", "town", on="2023-11", reported="2023-11-12", document="y")]


@given(st.lists(drawn(), max_size=10, unique_by=lambda c: c.id))
@example(SINCE_LATER)
def test_the_sweep_by_days_finds_what_all_pairs_do(told):
    swept = disagreements(told)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "overlapping", all_pairs)
        assert disagreements(told) == swept
