"""The storyline and the swim lane."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import pytest
from picture_checks import SVG, check, parse, said
from picture_samples import ARABIC, ARMY, BURMESE, GUARDS, HOSTILE, LEAGUE, REBELS, actor, allegiance, switch

from kg.model import Certainty, Ending, SwitchKind
from kg.view.pictures.findings import finding_of_switches
from kg.view.pictures.picture import to_svg
from kg.view.pictures.storyline import draw_storyline
from kg.view.pictures.swimlane import Sentence, draw_swimlane

FIRST, LAST = date(2023, 1, 1), date(2023, 12, 31)
LEFT = allegiance(GUARDS, ARMY, ("2010-01-01", "2010-01-01", "2023-05-31", "2023-06-30"), ending=Ending.LEFT, ended_by=("c9",))
JOINED = allegiance(GUARDS, REBELS, ("2023-06-01", "2023-06-30", "2023-09-30", None), relation="defect", claims=("c9",))
MOVED = switch(GUARDS, ARMY, REBELS, "2023-06-01", "2023-06-30")
OTHER = allegiance(actor("Valley Force"), REBELS, ("2023-03-01", None, None, None), relation="member_of", claims=("c2",))


def storyline(histories, switches=(), first=FIRST, last=LAST):
    return draw_storyline(histories, switches, first=first, last=last, told="Told.", sources="Sources: 1 document.")


def test_a_line_crosses_over_within_the_days_of_its_change():
    svg = to_svg(storyline({"river-guards": [LEFT, JOINED], "valley-force": [OTHER]}, [MOVED]))
    check(svg)
    # 712 units for 365 days from x = 24: the change begins on day 151 (1 June), and is over after day 181 (30 June).
    x0, x1 = round(24 + 712 * 151 / 365, 1), round(24 + 712 * 181 / 365, 1)
    (curve,) = [p.get("d") for p in parse(svg).iter(f"{SVG}path") if "C" in p.get("d") and p.get("stroke-width") == "2.2"
                and not p.get("d").startswith("M-14")]
    assert curve.startswith(f"M{x0} ")
    assert curve.split()[-2] == str(x1)
    texts = said(svg)
    assert texts.count("River Guards") == 2
    assert [name for name in texts if name in ("Grand Army", "Hill Rebels")] == ["Grand Army", "Hill Rebels"]
    assert texts[0] == "River Guards left the Grand Army for Hill Rebels in June 2023"


def test_sure_days_are_thick_and_others_dotted():
    svg = to_svg(storyline({"river-guards": [LEFT, JOINED], "valley-force": [OTHER]}, [MOVED]))
    lines = [node for node in parse(svg).iter(f"{SVG}line") if node.get("stroke-width") == "4.8"]
    spans = [(float(node.get("x1")), float(node.get("x2"))) for node in lines if float(node.get("x1")) >= 24]
    # Surely with the army up to the change (24 is the left edge), surely with the rebels after it until 30 September, day 273.
    assert spans == [(24.0, round(24 + 712 * 151 / 365, 1)), (round(24 + 712 * 181 / 365, 1), round(24 + 712 * 273 / 365, 1))]


def test_what_is_told_without_the_one_side_is_no_crossing():
    svg = to_svg(storyline({"river-guards": [JOINED], "valley-force": [OTHER]}, [switch(GUARDS, None, REBELS, "2023-06-01", "2023-06-30")]))
    check(svg)
    assert "came, nobody tells from whom" in said(svg)
    assert "changed sides, within the days that the curve spans" not in said(svg)


def test_a_split_without_a_new_side_ends_in_a_mark():
    svg = to_svg(storyline({"river-guards": [LEFT]}, [switch(GUARDS, ARMY, None, "2023-06-01", "2023-06-30", kind=SwitchKind.SPLIT)]))
    check(svg)
    assert "left, nobody tells for whom" in said(svg)


def test_changes_outside_the_days_and_of_unnamed_people_are_said():
    drawn = storyline({"river-guards": [LEFT, JOINED]}, [MOVED, switch(None, ARMY, REBELS, "2023-06-01", "2023-06-30"),
                                                        switch(GUARDS, LEAGUE, ARMY, "2001-01-01", "2001-12-31")])
    check(to_svg(drawn))
    assert drawn.notes == ("One change of side by unnamed people is no line here: kg flows counts people.",
                           "Outside these days or without a date: River Guards left the Hill League for the Grand Army in 2001.")


@pytest.mark.parametrize(("switches", "finding"), [
    ((), "No change of side is told of from 1 January 2023 to 31 December 2023"),
    ((MOVED,), "River Guards left the Grand Army for Hill Rebels in June 2023"),
    ((switch(GUARDS, ARMY, None, None, "2023-06-30", certainty=Certainty.UNVERIFIED),),
     "River Guards reportedly left the Grand Army by 30 June 2023"),
    ((switch(GUARDS, ARMY, REBELS, None, None, certainty=Certainty.DISPUTED),),
     "River Guards left the Grand Army for Hill Rebels at a time not told, which is disputed"),
    ((switch(GUARDS, ARMY, REBELS, None, None, kind=SwitchKind.MEMBERSHIP),),
     "River Guards left the Grand Army for Hill Rebels at a time not told (concluded, not told)"),
    ((MOVED, MOVED, switch(GUARDS, REBELS, ARMY, None, "2023-07-01", kind=SwitchKind.MEMBERSHIP)),
     "Two of the three changes of side in 2023 are away from the Grand Army; one of the three is only concluded"),
    ((MOVED, switch(GUARDS, REBELS, ARMY, None, "2023-07-01"), switch(GUARDS, LEAGUE, ARMY, None, "2023-07-01")),
     "River Guards left Hill Rebels for the Grand Army by 1 July 2023; two more changes of side are told of in 2023"),
])
def test_the_finding_claims_no_more_than_the_switches(switches, finding):
    assert finding_of_switches(switches, FIRST, LAST) == finding


def crowd(count):
    """Many actors with long names on few sides, some of whom move, several at once."""
    sides = [actor(f"Side number {i} of a war with a very long name indeed") for i in range(6)]
    histories, switches = {}, []
    for i in range(count):
        who = actor(f"Fighters of the {i}th mountain brigade, western command")
        month = f"2023-{i % 11 + 1:02}"
        histories[who.id] = [allegiance(who, sides[i % 6], (f"{month}-01", None, None, None), documents=tuple(map(str, range(i % 4 + 1))))]
        if i % 3 == 0:
            switches.append(switch(who, sides[i % 6], sides[(i + 1) % 6], f"{month}-05", f"{month}-25"))
    return histories, switches


@pytest.mark.parametrize("count", [0, 1, 9, 40])
def test_no_label_covers_another_however_many(count):
    histories, switches = crowd(count)
    check(to_svg(storyline(histories, switches)))


@pytest.mark.parametrize("name", [HOSTILE, BURMESE, ARABIC, "x" * 5000])
def test_any_name_can_be_drawn(name):
    who = actor(name)
    span = allegiance(who, actor(name + "2"), ("2023-03-01", None, None, None), claims=("c1",))
    check(to_svg(storyline({who.id: [span], "b": [allegiance(actor("b"), span.side, ("2023-01-01", None, None, None))]})))
    check(to_svg(swimlane([span], sentences={"c1": Sentence(name, name)}, name=name)))


def swimlane(history, switches=(), sentences=None, name="River Guards"):
    return draw_swimlane(name, history, switches, sentences or {}, first=FIRST, last=LAST, told="Told.", sources="Sources: 1 document.")


def test_lanes_refer_to_sentences_by_number():
    sentences = {"c1": Sentence("The Daily", "They are part of it."), "c9": Sentence("AP", "They left.")}
    svg = to_svg(swimlane([LEFT, JOINED], [MOVED], sentences))
    check(svg)
    texts = said(svg)
    assert "Grand Army → Hill Rebels, in June 2023 [1]" in texts
    assert texts[texts.index("part of it") + 1:][:2] == ["left", "1 2"]  # the end is told by sentence 1, the belonging by 2
    assert texts[texts.index("What the documents say"):][1:7] == ["1", "AP", "“They left.”", "2", "The Daily", "“They are part of it.”"]


def test_sure_days_are_full_and_others_hatched():
    svg = to_svg(swimlane([JOINED]))
    # 436 units for 365 days from x = 224: from 1 June, day 151, open to the right edge, 660; surely from day 180 to day 273.
    x0, sure, until = (round(224 + 436 * n / 365, 1) for n in (151, 180, 273))
    bars = [(float(r.get("x")), round(float(r.get("x")) + float(r.get("width")), 1), r.get("fill"))
            for r in parse(svg).iter(f"{SVG}rect") if r.get("height") == "14" and float(r.get("x")) > 200]
    assert bars == [(x0, 660.0, "#ffffff"), (sure, until, "#0072b2")]


def test_two_claims_of_one_sentence_are_one_number():
    same = Sentence("AP", "They left.")
    svg = to_svg(swimlane([LEFT, JOINED], sentences={"c1": same, "c9": same}))
    assert said(svg).count("“They left.”") == 1


def test_nothing_known_is_said():
    assert swimlane([]).frame.finding == "Nobody is told to have River Guards on a side in 2023"


def test_the_same_values_give_the_same_bytes():
    histories, switches = crowd(20)
    reverse = dict(reversed(histories.items()))
    assert to_svg(storyline(histories, switches)) == to_svg(storyline(histories, switches))
    drawn = [parse(to_svg(storyline(one, switches))).findall(f"{SVG}g")[-1] for one in (histories, reverse)]
    assert ElementTree.tostring(drawn[0]) == ElementTree.tostring(drawn[1])
