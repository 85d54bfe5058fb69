"""The SVG writer, the frame of pictures, labels and scales."""

from __future__ import annotations

from datetime import date
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st
from picture_checks import SVG, check, meet, overlaps, parse, said, words
from picture_samples import ARABIC, BURMESE, HOSTILE

from kg.view.pictures.axis import TimeScale
from kg.view.pictures.picture import Frame, KeyEntry, Picture, sources_line, to_html, to_svg
from kg.view.pictures.placing import Box, Wanted, place_labels
from kg.view.pictures.svg import clean, element, fit, hatch, measure, text, to_text, wrap
from kg.view.pictures.wording import day_words, when_words


def picture(finding="A finding", told="What is shown.", drawing=(), rows=((1, "x"),), **more):
    return Picture("sample", Frame(finding, told, sources_line(["a.txt"], ["The Daily"])), tuple(drawing), 40.0, ("number", "word"), rows,
                   **more)


@given(st.text())
def test_any_text_is_well_formed_and_stays_text(words_):
    parsed = parse(to_text(element("text", words_, title=words_)))
    assert len(parsed) == 0
    assert (parsed.text or "") == clean(words_)


def test_hostile_text_is_text_everywhere():
    drawn = picture(HOSTILE, HOSTILE, [text(HOSTILE, 30, 20)], ((HOSTILE, HOSTILE),), notes=(HOSTILE,))
    svg, page = to_svg(drawn), to_html(drawn)
    check(svg)
    assert "<script" not in svg
    assert "<script" not in page
    assert "\u202e" not in svg + page
    assert '<script>alert("x")</script> & evil' in said(svg)


def test_a_picture_has_title_text_alternative_and_sources():
    svg = to_svg(picture())
    check(svg)
    root = parse(svg)
    assert root.find(f"{SVG}title").text == "A finding"
    assert root.find(f"{SVG}desc").text == "What is shown. number, word: 1, x."
    assert said(svg) == ["A finding", "What is shown.", "Sources: 1 document, by The Daily."]


def test_the_page_runs_nothing_and_holds_the_table():
    page = to_html(picture())
    assert "default-src 'none'" in page
    assert "<td dir=\"auto\">x</td>" in page
    assert "<svg xmlns=" in page


def test_a_notebook_shows_an_image_with_words():
    shown = picture(HOSTILE)._repr_html_()
    assert shown.startswith('<img src="data:image/svg+xml;base64,')
    assert "<script" not in shown


@pytest.mark.parametrize("name", [BURMESE, ARABIC, "民族民主同盟军", "Ta’ang", "e\u0301" * 40])
def test_other_scripts_are_kept_whole_and_have_a_width(name):
    assert fit(name, 2000, 12) == name
    cut = fit(name, 40, 12)
    assert measure(cut, 12) <= 40
    assert name.startswith(cut.removesuffix("…"))


def test_a_cut_never_parts_a_mark_from_its_letter():
    # Three letters of 5.6 units each with a mark, and an ellipsis of 6.2 (Noto Sans' widths as the table has them): two fit in 18.
    assert fit("e\u0301e\u0301e\u0301e\u0301", 18, 10) == "e\u0301e\u0301…"


@given(st.text(max_size=200), st.integers(20, 400))
def test_wrapped_lines_fit(words_, width):
    lines = wrap(words_, width, 12)
    assert len(lines) <= 3
    assert all(measure(line, 12) <= width for line in lines)


def test_hatching_stays_inside_its_rectangle():
    # A square of 10 with lines 5 apart: they cut the edges at 5, at 10 (the corners), and at 15 (from (5, 10) to (10, 5)).
    assert hatch(0, 0, 10, 10, gap=5) == "M0 5L5 0M0 10L10 0M5 10L10 5"


def test_days_on_a_scale():
    # 2023 has 365 days over 365 units: day n begins at n - 1; what lies outside is at the edge.
    scale = TimeScale(date(2023, 1, 1), date(2023, 12, 31), 0, 365)
    found = [scale.x(date(2023, 2, 1)), scale.x(date(2023, 2, 1), end=True), scale.x(date(2022, 1, 1)), scale.x(None, end=True)]
    assert found == [31, 32, 0, 365]


def test_ticks_thin_out_with_time():
    def labels(first, last):
        return " ".join(label for _, label in TimeScale(first, last, 0, 200).ticks())

    assert labels(date(2020, 1, 1), date(2024, 12, 31)) == "2020 2021 2022 2023 2024"
    assert labels(date(1948, 1, 4), date(2024, 12, 31)) == "1960 1980 2000 2020"
    assert labels(date.min, date.max) == "2000 4000 6000 8000"


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(0, 200), st.text("abcdefg", min_size=1, max_size=12)), max_size=25))
def test_placed_labels_never_meet(points):
    frame = Box(0, 0, 300, 200)
    found = [one for one in place_labels([Wanted(name, x, y, 5) for x, y, name in points], frame, size=11) if one]
    assert all(one.box.within(frame) for one in found)
    assert not [1 for i, a in enumerate(found) for b in found[i + 1:] if a.box.meets(b.box)]
    marks = [Box(x - 5, y - 5, x + 5, y + 5) for x, y, _ in points]
    assert not [1 for one in found for mark in marks if one.box.meets(mark)]


def test_the_checker_of_overlaps_sees_one():
    svg = to_svg(picture(drawing=[text("one", 30, 20), text("two", 35, 22), text("far", 300, 20)]))
    assert overlaps(svg) == [("one", "two")]


def test_the_checker_sees_turned_texts():
    apart, crossing = (to_svg(picture(drawing=[text("a long word", 100, 60, turn=-60), text("another one", x, 60, turn=-60)]))
                       for x in (116, 104))
    a, b = words(apart)[2:4]
    assert not meet(a, b)
    assert overlaps(crossing) == [("a long word", "another one")]


def test_a_long_key_goes_on_in_a_second_line():
    key = tuple(KeyEntry((element("circle", cx=0, cy=0, r=5),), f"an entry of the key, number {i}") for i in range(8))
    check(to_svg(picture(key=key)))


@pytest.mark.parametrize(("first", "last", "words_"), [
    ("2023-06-05", "2023-06-05", "on 5 June 2023"), ("2023-01-01", "2023-12-31", "in 2023"),
    ("2024-02-01", "2024-02-29", "in February 2024"),
    ("2022-12-30", "2023-01-02", "between 30 December 2022 and 2 January 2023"), (None, None, "at a time not told"),
    ("2023-06-05", None, "on 5 June 2023 or later"),
])
def test_days_in_words(first, last, words_):
    assert when_words(*(date.fromisoformat(day) if day else None for day in (first, last))) == words_


def test_a_day_in_words():
    assert day_words(date(2024, 2, 29)) == "29 February 2024"


@given(words=st.text("abc ilM W’é\u0301\u1019\u1031漢\u200dX…", max_size=40), width=st.floats(0, 200), bold=st.booleans())
def test_a_text_is_cut_where_one_letter_more_would_not_fit(words, width, bold):
    """Against the plain way: one letter less, until it fits."""
    def fits(text):
        return measure(text, 12, bold=bold) <= width

    whole = clean(words)
    expected = whole
    if not fits(whole):
        ends = [end for end in range(len(whole)) if fits(whole[:end] + "…") and not category(whole[end]).startswith("M")]
        expected = whole[: max(ends)].rstrip() + "…" if max(ends, default=0) else ""
    assert fit(words, width, 12, bold=bold) == expected


def test_a_name_of_a_whole_book_is_cut_like_any_other():
    assert fit("x" * 3_000_000, 60, 12) == fit("x" * 30, 60, 12)
