"""Title, byline, date line and dateline: what the top of a text shows, and that nothing more is told."""

from __future__ import annotations

import pytest

from kg.errors import UsageError
from kg.model import Document
from kg.read import read_documents

TITLE = "Mutineers hold the barracks in Lakeside"
STORY = "Soldiers who rose against the governor on Monday still held the barracks, and three officers were in their hands."


def _read(tmp_path, *lines: str, date: str | None = None) -> Document:
    (tmp_path / "a.txt").write_text("\n\n".join(lines), "utf-8")
    (document,) = read_documents([tmp_path / "a.txt"], date=date)
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(("dateline", "place", "publisher", "published"), [
    ("BANGKOK (AP) – ", "BANGKOK", "AP", None),
    ("Bangkok, Nov 17 (EFE).- ", "Bangkok", "EFE", None),
    ("SITTWE - ", "SITTWE", None, None),
    ("NEW YORK, March 3, 2024 (Reuters) - ", "NEW YORK", "Reuters", "2024-03-03"),
    ("KHARTOUM, Sudan (AP) — ", "KHARTOUM, Sudan", "AP", None),
    ("YANGON, Jan. 4, 2024 (Xinhua) -- ", "YANGON", "Xinhua", "2024-01-04"),
    ("N'Djamena, 3 May 2021 (AFP) – ", "N'Djamena", "AFP", "2021-05-03"),
    ("GENEVA/JUBA (3 March 2024) – ", "GENEVA/JUBA", None, "2024-03-03"),
    ("(Reuters) - ", None, "Reuters", None),
    ("KABUL (Pajhwok): ", "KABUL", "Pajhwok", None),
    ("RSF - ", None, None, None),  # an abbreviation that the text uses again
])
def test_dateline(tmp_path, dateline: str, place: str | None, publisher: str | None, published: str | None) -> None:
    document = _read(tmp_path, TITLE, dateline + STORY + " The RSF denied it.")
    assert (document.dateline, document.publisher) == (place, publisher)
    assert (document.published and document.published.edtf) == published
    assert (document.title, document.furniture) == (TITLE, ())


@pytest.mark.parametrize("opening", [
    "The Lakeside Guard (LG) – a militia of the north – said on Monday that it would not leave the barracks it holds.",
    "Guard units - some of them from the north - said on Monday that they would not leave the barracks they hold.",
    "WHAT NOW - asked the soldiers who rose against the governor, and who still hold the barracks of the town.",
    "Talks (March 3, 2024) failed.",
])
def test_prose_with_dashes_and_brackets_is_no_dateline(tmp_path, opening: str) -> None:
    document = _read(tmp_path, TITLE, opening, STORY)
    assert (document.dateline, document.publisher) == (None, None)


@pytest.mark.parametrize(("line", "published"), [
    ("Monday 26 June 2023 07:53 EDT", "2023-06-26"),
    ("Published: 12 May 2024", "2024-05-12"),
    ("Updated 3 Jun 2024", "2024-06-03"),
    ("Updated 3 Jun 2024 | Published 12 May 2024, 10:15 a.m. GMT", "2024-05-12"),
    ("2024-03-06", "2024-03-06"),
    ("2024-03-06T10:15:00+06:30", "2024-03-06"),
    ("2024/03/06", "2024-03-06"),
    ("25/03/2024", "2024-03-25"),
    ("03/25/2024 at 9:30 pm", "2024-03-25"),
    ("05/05/2024", "2024-05-05"),
    ("March 2024", "2024-03"),
    ("Published On 11 Feb 202511 Feb 2025", "2025-02-11"),
    ("Posted on Sept. 1st, 2024", "2024-09-01"),
    ("By Ada Bell | June 3, 2024", "2024-06-03"),
    ("31 February 2024", None),
    ("03/04/2024", None),
    ("Nov 17", None),
])
def test_date_line(tmp_path, line: str, published: str | None) -> None:
    document = _read(tmp_path, TITLE, line, STORY)
    assert (document.published and document.published.edtf) == published
    assert document.title == TITLE
    assert bool(document.notes) == (published is None or line == "Updated 3 Jun 2024")


def test_a_date_in_the_story_or_in_a_title_is_not_the_publication_date(tmp_path) -> None:
    document = _read(tmp_path, "What happened on 7 October 2023 in Lakeside", STORY, "The truce began on January 4, 2024, they said.")
    assert document.published is None
    assert document.notes == (
        "The text shows no publication date: add `--date YYYY-MM-DD` or write `published:` in a side-car NAME.meta.yaml.",)


@pytest.mark.parametrize(("shown", "date", "published"), [
    ("Nov 17", "2023", "2023-11-17"),
    ("Nov 17", "2023-11-20", "2023-11-17"),
    ("Dec 31", "2024-01-02", "2023-12-31"),  # the nearest year
    ("Dec 31", "2024-01", "2023-12-31"),
    ("Friday, Nov 17", "2023", "2023-11-17"),  # 17 November 2023 was a Friday
    ("Friday, Nov 17", "2022", None),
    ("Feb 29", "2023", None),
    ("3 May 2021", "2023", "2021-05-03"),  # the text wins
    ("03/04/2024", "2024-04-03", "2024-04-03"),
    ("nothing", "2023", "2023"),
    ("nothing", "2023-11-17", "2023-11-17"),
])
def test_the_date_given_completes_or_replaces_what_is_not_shown(tmp_path, shown: str, date: str, published: str | None) -> None:
    document = _read(tmp_path, TITLE, shown, STORY, date=date)
    assert (document.published and document.published.edtf) == published
    assert bool(document.notes) == (published is None)


def test_a_missing_year_is_told_with_what_to_do(tmp_path) -> None:
    document = _read(tmp_path, TITLE, "Bangkok, Nov 17 (EFE).- " + STORY)
    assert document.notes == (
        "The text shows the date “Nov 17” without a year: add `--date YYYY` or write `published:` in a side-car NAME.meta.yaml.",)


@pytest.mark.parametrize("date", ["yesterday", "2023-13", "23", "2023-11-17/2024", ""])
def test_a_date_given_wrongly_is_refused_at_once(tmp_path, date: str) -> None:
    with pytest.raises(UsageError, match="--date"):
        read_documents([tmp_path], date=date)


@pytest.mark.parametrize(("byline", "authors", "publisher"), [
    ("By: Ada Stuart Bell", ("Ada Stuart Bell",), None),
    ("By Ada Bell and Omar al-Hadi", ("Ada Bell", "Omar al-Hadi"), None),
    ("BY ADA BELL, STAFF WRITER", ("Ada Bell",), None),
    ("By Ada Bell, Associated Press", ("Ada Bell",), "AP"),
    ("By Ada Bell in Lakeside", ("Ada Bell",), None),
    ("By Ada Bell | Lakeside Gazette", ("Ada Bell",), None),
    ("By Ada Bell | Reuters", ("Ada Bell",), "Reuters"),
    ("By Reuters", (), "Reuters"),
    ("By: Lahpai", ("Lahpai",), None),
    ("By contrast, little changed", (), None),
    ("By Land and Sea", (), None),
    ("By Staff Reporter", (), None),
])
def test_byline(tmp_path, byline: str, authors: tuple[str, ...], publisher: str | None) -> None:
    document = _read(tmp_path, TITLE, byline, STORY)
    assert (document.authors, document.publisher, document.title) == (authors, publisher, TITLE)


def test_a_name_above_a_date_line_is_the_author_and_elsewhere_it_is_not(tmp_path) -> None:
    assert _read(tmp_path, TITLE, "Ada Bell", "3 May 2021", STORY).authors == ("Ada Bell",)
    assert _read(tmp_path, TITLE, "World News", "3 May 2021", STORY).authors == ()
    assert _read(tmp_path, TITLE, "Ada Bell", STORY).authors == ()


@pytest.mark.parametrize(("last", "publisher"), [
    ("The talks go on. EFE", "EFE"), ("They fled.” (AFP)", "AFP"), ("Source: Xinhua", "Xinhua"), ("He spoke to Reuters.", None),
    ("They met at MENA", None), ("© 2024 Border Watch. All rights reserved.", "Border Watch"),
])
def test_publisher_from_the_last_lines(tmp_path, last: str, publisher: str | None) -> None:
    assert _read(tmp_path, TITLE, STORY, last).publisher == publisher


def test_a_text_that_begins_with_its_story_has_no_title(tmp_path) -> None:
    assert _read(tmp_path, STORY, STORY).title is None


def test_the_title_is_not_the_furniture_or_section_above_it(tmp_path) -> None:
    assert _read(tmp_path, "Skip to main content", "World News", "# " + TITLE, STORY).title == TITLE


def test_a_short_title(tmp_path) -> None:
    assert _read(tmp_path, "Lakeside mutiny", STORY).title == "Lakeside mutiny"
