"""The signed matrix, of a day and by year."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from picture_checks import SVG, check, parse, said
from picture_samples import ARABIC, BURMESE, HOSTILE

from kg.view.pictures.matrix import Stand, Standings, draw_matrices, draw_matrix, finding_of_stands
from kg.view.pictures.picture import to_svg

DAY = date(2023, 11, 15)
NAMES = {"a": "Alpha Army", "b": "Beta Front", "c": "Gamma Force", "d": "Delta Guard"}


def stand(a, b, sign, *, sure=True, mixed=False, claims=1):
    return Stand(a, b, sign, sure, mixed, claims)


FOUR = Standings(DAY, (stand("a", "b", 1), stand("a", "c", -1), stand("b", "c", -1, sure=False), stand("c", "d", 1, sure=False)),
                 (("a", "b"), ("c", "d")))


def draw(standings, names=NAMES):
    return draw_matrix(standings, names, told="Told.", sources="Sources: 1 document.")


def marks(svg):
    """The drawn signs without those of the key: shape, filled or open."""
    body = parse(svg).findall(f"{SVG}g")[-1]
    circles = ["circle open" if c.get("fill") == "#ffffff" else "circle" for c in body.iter(f"{SVG}circle")]
    squares = ["square open" if r.get("fill") == "#ffffff" else "square" for r in body.iter(f"{SVG}rect") if r.get("stroke")]
    return Counter([*circles, *squares, *("diamond" for _ in body.iter(f"{SVG}polygon"))])


def test_each_pair_stands_twice_by_shape_and_filling():
    svg = to_svg(draw(FOUR))
    check(svg)
    # Two pairs together and two against, one of each sure; both halves of the matrix.
    assert marks(svg) == {"circle": 2, "circle open": 2, "square": 2, "square open": 2}


def test_actors_stand_by_camp_and_the_busiest_first():
    names = [name for name in said(to_svg(draw(FOUR))) if name in NAMES.values()][::2]
    # Ties: a 2, b 2, c 3, d 1. Camps of equal size stand by their names; in the second c has more ties.
    assert names == ["Alpha Army", "Beta Front", "Gamma Force", "Delta Guard"]


def test_what_is_told_both_ways_is_a_diamond_even_when_as_many_say_the_one_as_the_other():
    svg = to_svg(draw(Standings(DAY, (stand("a", "b", 0, mixed=True),), ())))
    assert marks(svg) == {"diamond": 2}


def test_the_table_twin_says_it_in_words():
    assert draw(FOUR).rows == (
        ("Alpha Army", "together", "Beta Front", "surely", 1), ("Gamma Force", "together", "Delta Guard", "perhaps", 1),
        ("Alpha Army", "against", "Gamma Force", "surely", 1), ("Beta Front", "against", "Gamma Force", "perhaps", 1))


@pytest.mark.parametrize(("stands", "finding"), [
    (FOUR.stands, "The Gamma Force is told to stand against two actors on 15 November 2023, one of them only perhaps, and with one"),
    ((stand("a", "b", 1),), "No two actors are told to stand against each other on 15 November 2023, one pair together"),
    ((stand("a", "b", -1),),
     "The Alpha Army and the Beta Front are told to stand against each other on 15 November 2023, no pairs together"),
    ((), "No two actors are told to stand against each other on 15 November 2023, no pairs together"),
])
def test_the_finding(stands, finding):
    assert finding_of_stands(Standings(DAY, stands, ()), NAMES) == finding


def crowd(count, name):
    ids = [f"{i:02}" for i in range(count)]
    stands = tuple(stand(a, b, 1 if int(a) % 4 == int(b) % 4 else -1, sure=int(b) % 3 > 0) for a in ids for b in ids if a < b)
    return Standings(DAY, stands, tuple(tuple(i for i in ids if int(i) % 4 == n) for n in range(4))), {i: f"{name} {i}" for i in ids}


@pytest.mark.parametrize("name", ["Army of a very long and ceremonious name", HOSTILE, BURMESE, ARABIC, "x" * 3000])
@pytest.mark.parametrize("count", [2, 16, 60])
def test_no_label_covers_another_however_many(count, name):
    standings, names = crowd(count, name)
    check(to_svg(draw(standings, names)))
    check(to_svg(draw_matrices([standings] * 4, names, told="Told.", sources="Sources.")))


def test_who_is_left_out_is_said():
    standings, names = crowd(60, "Army")
    assert draw(standings, names).notes == ("30 actors with the fewest ties not shown; the table has all.",)


def test_years_keep_every_actor_in_its_place():
    earlier = Standings(date(2022, 11, 15), (stand("c", "d", 1),), (("c", "d"),))
    drawn = draw_matrices([earlier, FOUR], NAMES, told="Told.", sources="Sources.")
    svg = to_svg(drawn)
    check(svg)
    assert [words for words in said(svg) if words.endswith(" against")] == ["1 together, 0 against", "2 together, 2 against"]
    assert drawn.frame.finding == (
        "The Gamma Force is told to stand against two actors on 15 November 2023, and against nobody on 15 November 2022")
