"""The values of loyalty answer for themselves."""

from datetime import date

import pytest

from kg.model import (
    Allegiance,
    Answer,
    Certainty,
    Figure,
    Kind,
    LoyaltyPolicy,
    Modality,
    Quantity,
    Reference,
    Spell,
    Standing,
    Switch,
    SwitchKind,
    Voice,
    surest,
)

WHO, OLD, NEW = (Reference(name, Kind.ARMED_GROUP, name) for name in ("guards", "army", "rebels"))
DAY = date(2023, 6, 15)


def switch(*quantities, kind=SwitchKind.DEFECTION, earliest=DAY, latest=DAY, certainty=Certainty.STATED, against=(),
           standing=Standing.ACTUAL):
    return Switch(kind, standing, WHO, (), OLD, NEW, earliest, latest, tuple(Figure(q, "c") for q in quantities), certainty,
                  (Modality.ACTUAL,), (Voice("a.txt", None),), ("c",), (), (), against)


def span(*spells):
    return Allegiance(WHO, OLD, "part_of", (), spells, (), None, Certainty.STATED, ("c",), ("a.txt",))


@pytest.mark.parametrize(("quantities", "expected"), [
    ((), (None, None, False)),
    ((Quantity(200, None, "over 200"),), (200, None, False)),
    ((Quantity(300, 300, "some 300", approximate=True), Quantity(600, 600, "600")), (300, 600, True)),
    ((Quantity(None, 450, "nearly 450"), Quantity(750, 750, "750")), (None, 750, False)),
    ((Quantity(750, None, "over 750"), Quantity(None, 450, "nearly 450")), (None, None, False)),
    ((Quantity(0, 5, "up to 5"), Quantity(2, 2, "2")), (0, 5, False)),
])
def test_the_range_reaches_over_all_figures(quantities, expected):
    found = switch(*quantities)
    assert (found.minimum, found.maximum, found.approximate) == expected


@pytest.mark.parametrize(("since", "until", "within"), [
    (None, None, True), (DAY, DAY, True), (date(2023, 6, 16), None, False), (None, date(2023, 6, 14), False)])
def test_within_a_stretch(since, until, within):
    assert switch().within(since, until) is within
    assert switch(earliest=None, latest=None).within(since, until)


@pytest.mark.parametrize(("more", "sure"), [
    ({}, True), ({"kind": SwitchKind.SPLIT}, True), ({"kind": SwitchKind.MEMBERSHIP}, False), ({"kind": SwitchKind.TIES}, False),
    ({"certainty": Certainty.UNVERIFIED}, False), ({"against": ("x",)}, False), ({"standing": Standing.ANNOUNCED}, False)])
def test_sure_is_what_is_said_plainly_and_not_contradicted(more, sure):
    assert switch(**more).sure is sure


def test_an_allegiance_answers_by_its_surest_spell():
    told = span(*(Spell(day, day, day, None) for day in (date(2020, 1, 1), date(2022, 1, 1))))
    assert [told.answer(date(y, 1, 1)) for y in (2019, 2020, 2021, 2022, 2023)] == [
        Answer.NO, Answer.YES, Answer.MAYBE, Answer.YES, Answer.MAYBE]
    assert (told.first, told.last) == (date(2020, 1, 1), None)
    assert span(Spell(None, None, None, DAY), Spell(DAY, DAY, DAY, DAY)).first is None


def test_the_surest_certainty():
    assert surest([Certainty.DISPUTED, Certainty.STATED, Certainty.UNVERIFIED]) is Certainty.STATED


@pytest.mark.parametrize(("wrong", "message"), [
    ({"gap_days": -1}, "gap_days"), ({"touching_days": -1}, "touching_days"), ({"opposed_statements": 0}, "opposed_statements"),
    ({"same_window": 1.5}, "same_window"), ({"hostile": frozenset({"hug"})}, "unknown claim type hug")])
def test_a_policy_that_makes_no_sense_is_refused(wrong, message):
    with pytest.raises(ValueError, match=message):
        LoyaltyPolicy(**wrong)
