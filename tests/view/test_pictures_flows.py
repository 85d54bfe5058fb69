"""The picture of flows from side to side."""

from __future__ import annotations

from datetime import date

import pytest
from picture_checks import SVG, check, parse, said
from picture_samples import ARABIC, ARMY, BURMESE, HOSTILE, LEAGUE, REBELS, actor, day

from kg.model import Claim, Evidence, Flow, LeftOut, Span
from kg.view.pictures.flows import draw_flows, finding_of_flows, range_words
from kg.view.pictures.picture import to_svg

UNCOUNTED = Claim("desert", (Evidence("a.txt", Span(0, 4), "Some"),), from_=ARMY)


def flow(kind, from_, to, first, last, minimum, maximum, *, approximate=False, uncounted=(), left_out=()):
    return Flow(kind, from_, to, day(first), day(last), minimum, maximum, approximate, (), (), tuple(uncounted), tuple(left_out))


WHOLE = [
    flow("desert", ARMY, None, None, None, 790, None, approximate=True, uncounted=[UNCOUNTED]),
    flow("surrender", ARMY, None, None, None, 18, 468),
    flow("defect", ARMY, REBELS, None, None, None, None, uncounted=[UNCOUNTED]),
    flow("defect", REBELS, LEAGUE, None, None, None, None, left_out=[LeftOut(UNCOUNTED, "denied")]),
]
MONTHS = [
    flow("desert", ARMY, None, "2023-10-01", "2023-10-31", 400, 800), flow("surrender", ARMY, None, "2023-10-01", "2023-10-31", 18, 18),
    flow("desert", ARMY, None, "2023-11-01", "2023-11-30", 40, None), flow("desert", ARMY, None, "2023-10-27", "2023-12-31", None, 450),
]


def draw(whole, months, **more):
    return draw_flows(whole, months, months=1, told="Told.", sources="Sources: 1 document.", **more)


def test_ranges_uncounted_and_what_is_not_added_are_told():
    drawn = draw(WHOLE, MONTHS)
    svg = to_svg(drawn)
    check(svg)
    texts = said(svg)
    assert {"about 790 or more", "18 to 468", "uncounted", "not added"} <= set(texts)
    assert {"400-800", "18", "40+", "deserted: 450 or fewer"} <= set(texts)
    assert drawn.notes == ("One claim of leaving gives no number of people (a unit, a name, “some”): never counted as 0 or 1.",
                           "One claim not added: denied, not said to have happened, or perhaps the same people.")


def test_columns_are_as_high_as_the_least_and_hatched_up_to_the_most():
    svg = to_svg(draw([flow("desert", ARMY, None, None, None, 400, 800)], MONTHS[:1]))
    # The largest number, 800, is 150 units high: the least, 400, is 75, and the hatched part above it another 75.
    heights = [r.get("height") for r in parse(svg).iter(f"{SVG}rect") if r.get("height") == "75"]
    assert heights == ["75", "75"]


def test_links_are_as_thick_as_their_numbers():
    svg = to_svg(draw(WHOLE[:2], []))
    # 790 is the largest and 46 units thick; 18 of 790 would be 1 unit and is drawn as 2; 468 of 790 is 27.3.
    found = {r.get("height") for r in parse(svg).iter(f"{SVG}rect") if r.get("x") == "214"}
    assert found == {"46", "2", "27.3"}


@pytest.mark.parametrize(("whole", "finding"), [
    ([], "Nobody is told to have left a side"),
    (WHOLE, "About 790 people or more are told to have deserted the Grand Army; nobody sets an upper bound"),
    (WHOLE[2:3], "One claim of people leaving a side, none with a least number"),
    ([flow("defect", ARMY, REBELS, "2023-06-01", "2023-06-30", 20, 30)],
     "20 to 30 people are told to have gone over from the Grand Army to Hill Rebels in June 2023"),
    ([flow("surrender", ARMY, None, None, None, 18, 18)], "18 people are told to have surrendered, of the Grand Army"),
])
def test_the_finding(whole, finding):
    assert finding_of_flows(whole) == finding


@pytest.mark.parametrize(("minimum", "maximum", "words"), [(None, 450, "450 or fewer"), (3, 3, "3"), (1000, 2000, "1,000 to 2,000")])
def test_a_range_in_words(minimum, maximum, words):
    assert range_words(flow("desert", ARMY, None, None, None, minimum, maximum)) == words


@pytest.mark.parametrize("name", [HOSTILE, BURMESE, ARABIC])
def test_any_name_can_be_drawn(name):
    side = actor(name)
    check(to_svg(draw([flow("defect", side, side, None, None, 1, 2)], [flow("defect", side, side, "2023-10-01", "2023-10-31", 1, 2)])))


def test_many_flows_do_not_cover_each_other():
    sides = [actor(f"A side with quite a long name, number {i}") for i in range(9)]
    whole = [flow("defect", a, b, None, None, 10 * i, 20 * i or None) for i, a in enumerate(sides) for b in sides[:3]]
    months = [flow(kind, sides[i % 4], None, f"{2020 + n // 12}-{n % 12 + 1:02}-01", _end(n), 5 * n, 9 * n)
              for i in range(4) for n in range(1, 40, 2) for kind in ("desert", "surrender")]
    check(to_svg(draw(whole, months)))


def _end(n):
    year, month = 2020 + n // 12, n % 12 + 1
    return str(date.fromordinal(date(year + month // 12, month % 12 + 1, 1).toordinal() - 1))


@pytest.mark.parametrize(("first", "last"), [("0001-01-01", "9999-12-31"), ("9999-12-01", "9999-12-31")])
def test_the_ends_of_the_calendar(first, last):
    check(to_svg(draw(WHOLE, [flow("desert", ARMY, None, first, last, 1, 2)])))
