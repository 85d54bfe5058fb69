"""The map: points, projection, boundaries, labels."""

from __future__ import annotations

from datetime import date
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_checks import SVG, check, parse, said
from picture_samples import ARABIC, ARMY, BURMESE, HOSTILE, LEAGUE, REBELS, actor

from kg.model import Answer, Kind, Place, Reference
from kg.view.pictures.boundaries import load_boundaries
from kg.view.pictures.ground import Projection, choose_view, fit_view
from kg.view.pictures.map import Control, Held, draw_map, draw_maps, finding_of_control, main_country
from kg.view.pictures.picture import to_svg

DAY = date(2023, 12, 15)


def place(id_, latitude, longitude, *, country="MM", kind="town"):
    return Place(id_, id_.title(), (), kind, country, None, latitude, longitude)


LASHIO, MESE, SHAN, GOMA = (place("lashio", 22.93, 97.75), place("mese", 18.61, 97.66), place("shan state", 22.0, 98.0, kind="region"),
                            place("goma", -1.68, 29.22, country="CD"))
PLACES = (LASHIO, MESE, SHAN, GOMA)


def held(where, who, answer=Answer.MAYBE, **more):
    return Held(Reference(where if isinstance(where, str) else where.id, Kind.PLACE, where if isinstance(where, str) else where.name), who,
                answer, **more)


def draw(*holdings, country="MM", places=PLACES):
    return draw_map(Control(DAY, holdings), places, country=country, boundaries=load_boundaries(country), told="Told.", sources="Sources.")


def test_points_holders_and_what_is_not_on_the_map():
    drawn = draw(held(LASHIO, REBELS, Answer.YES), held(MESE, REBELS), held(MESE, ARMY), held(SHAN, LEAGUE), held(GOMA, ARMY),
                 held("a hill", ARMY))
    svg = to_svg(drawn)
    check(svg)
    texts = said(svg)
    assert {"Lashio", "Mese", "Shan State", "a hill: Grand Army", "Goma: Grand Army", "Hill Rebels (2)"} <= set(texts)
    titles = [node.text for node in parse(svg).iter(f"{SVG}title")]
    assert {"Lashio: Hill Rebels, surely", "Mese: Hill Rebels, perhaps", "Mese: Grand Army, perhaps"} <= set(titles)
    assert drawn.frame.finding == "Hill Rebels is told to hold two of three places on the map on 15 December 2023, one surely"
    assert "before Naypyitaw was a union territory" in drawn.notes[0]


def test_distances_are_true_at_the_middle_latitude():
    # Equirectangular: a degree of longitude is cos(latitude) of a degree of latitude.
    projection = Projection(90, 30, cos(radians(20)), 100, 0, 0)
    assert projection.at(91, 29) == pytest.approx((100 * cos(radians(20)), 100))


def test_a_country_without_boundaries_has_a_net_of_degrees():
    svg = to_svg(draw(held(GOMA, ARMY), country="CD"))
    check(svg)
    assert "No boundaries are at hand." in " ".join(said(svg))
    assert {"2°S", "29°E"} & set(said(svg))


def test_other_places_of_the_gazetteer_lie_around_where_there_are_no_boundaries():
    near, far = place("bukavu", -2.5, 28.86, country="CD"), place("kinshasa", -4.3, 15.3, country="CD")
    svg = to_svg(draw(held(GOMA, ARMY), country="CD", places=(*PLACES, near, far)))
    check(svg)
    assert "Bukavu" in said(svg)
    assert "Kinshasa" not in said(svg)


def test_nothing_held_is_a_map_all_the_same():
    drawn = draw()
    check(to_svg(drawn))
    assert drawn.frame.finding == "No place with a known point is told to be held by anybody on 15 December 2023"


@pytest.mark.parametrize(("holdings", "finding"), [
    ([held(LASHIO, ARMY), held(MESE, ARMY)],
     "The Grand Army is told to hold two of two places on the map on 15 December 2023, each only perhaps"),
    ([held(LASHIO, ARMY, Answer.YES)], "The Grand Army is told to hold one of one place on the map on 15 December 2023"),
    ([held(LASHIO, ARMY), held(MESE, REBELS)], "Two holders of two places are told of on 15 December 2023, each of one"),
])
def test_the_finding(holdings, finding):
    assert finding_of_control(Control(DAY, tuple(holdings)), holdings) == finding


def test_the_country_is_where_most_places_lie():
    assert main_country([held(GOMA, ARMY), held(LASHIO, ARMY), held(MESE, ARMY)], PLACES) == "MM"
    assert main_country([held("a hill", ARMY)], PLACES) is None


@given(st.lists(st.tuples(st.floats(-89, 89), st.floats(-180, 180)), min_size=1, max_size=8))
def test_every_point_lies_in_the_view(spots):
    points = [place(str(i), latitude, longitude) for i, (latitude, longitude) in enumerate(spots)]
    projection, box = fit_view(choose_view(points, None), 24, 495)
    for latitude, longitude in spots:
        x, y = projection.at(longitude, latitude)
        assert box.left - 1 <= x <= box.right + 1
        assert box.top - 1 <= y <= box.bottom + 1


@pytest.mark.parametrize("name", ["Town of a long name", HOSTILE, BURMESE, ARABIC, "x" * 3000])
def test_no_label_covers_another_in_a_crowd(name):
    places = [place(f"{name} {i}", 20 + i % 7 * 0.15, 96 + i // 7 * 0.12) for i in range(60)]
    holdings = [held(p, actor(f"{name} {i % 9}")) for i, p in enumerate(places)]
    check(to_svg(draw(*holdings, *(held(f"{name} hill {i}", ARMY) for i in range(20)), places=places)))


def test_years_share_scale_and_signs():
    series = [Control(date(2022, 12, 15), (held(LASHIO, ARMY),)), Control(DAY, (held(LASHIO, REBELS), held(MESE, ARMY)))]
    drawn = draw_maps(series, PLACES, country="MM", boundaries=load_boundaries("MM"), told="Told.", sources="Sources.")
    check(to_svg(drawn))
    assert drawn.frame.finding == "Hill Rebels is told to hold one place on 15 December 2023, perhaps, and no place on 15 December 2022"


def test_the_boundaries_are_closed_and_in_the_country():
    found = load_boundaries("mm")
    assert [division.name for division in found.divisions] == [
        "Ayeyarwady", "Bago", "Chin", "Kachin", "Kayah", "Kayin", "Magway", "Mandalay", "Mon", "Rakhine", "Sagaing", "Shan", "Tanintharyi",
        "Yangon"]
    for division in found.divisions:
        for ring in division.rings:
            assert ring[0] == ring[-1]
            # Myanmar reaches from 92.2 to 101.2 degrees east and from 9.5 to 28.6 north.
            assert all(92 <= x <= 101.5 and 9.5 <= y <= 28.7 for x, y in ring)


@pytest.mark.parametrize("code", ["", "ZZ", "../MM", "M\u0130", "MMR"])
def test_no_boundaries_for_other_codes(code):
    assert load_boundaries(code) is None


@pytest.mark.parametrize(("then", "now", "finding"), [
    ((LASHIO,), (LASHIO,), "One place on the map is told to be held on 15 December 2023, by the same holders as on 15 December 2022"),
    ((LASHIO, MESE), (), "The Grand Army is told to hold no place on 15 December 2023 and two places on 15 December 2022"),
    ((LASHIO,), (LASHIO, MESE), "The Grand Army is told to hold two places on 15 December 2023, perhaps, and one on 15 December 2022"),
    ((), (), "No place with a known point is told to be held by anybody from 15 December 2022 to 15 December 2023"),
])
def test_the_finding_of_years_says_whose_places_became_more_or_fewer(then, now, finding):
    series = [Control(date(2022, 12, 15), tuple(held(p, ARMY) for p in then)), Control(DAY, tuple(held(p, ARMY) for p in now))]
    drawn = draw_maps(series, PLACES, country="MM", boundaries=None, told="Told.", sources="Sources.")
    assert drawn.frame.finding == finding
