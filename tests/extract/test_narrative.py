"""Dates that a report does not repeat: taken from the event told just before, always as approximate."""

from __future__ import annotations

import pytest
from invented_wars import document, says

from kg.extract.extractor import Extractor

FIRST = "The Kasso Liberation Front attacked Agdal on 3 May 2024."


def told(extractor: Extractor, text: str, published: str | None = "2024-05-10") -> list[str]:
    return [says(claim) for claim in extractor.extract(document(text, published=published))]


def test_an_undated_event_takes_the_date_of_the_one_before_with_the_same_actor(war_reader: Extractor) -> None:
    assert told(war_reader, f"{FIRST} The Kasso Liberation Front captured Tindalo.")[1] == "capture kasso-front > tindalo on 2024-05-03~"


@pytest.mark.parametrize("second", [
    "The Sierra Command captured Puerto Nevado.",  # nobody and nowhere of the first
    "The Kasso Liberation Front captured Tindalo years later, in an undated raid of 2019.",  # a date of its own
])
def test_other_events_do_not(war_reader: Extractor, second: str) -> None:
    assert "2024-05-03~" not in " ".join(told(war_reader, f"{FIRST} {second}"))


def test_a_plan_has_no_date_yet(war_reader: Extractor) -> None:
    assert told(war_reader, f"{FIRST} The Kasso Liberation Front plans to capture Tindalo.")[1] == "capture kasso-front > tindalo planned"


def test_it_is_not_handed_on_over_many_sentences(war_reader: Extractor) -> None:
    text = f"{FIRST} Rain fell. It was cold. Nobody came. The Kasso Liberation Front captured Tindalo."
    assert told(war_reader, text)[1] == "capture kasso-front > tindalo"


def test_what_has_happened_happened_about_the_month_of_the_report(war_reader: Extractor) -> None:
    text = "The Kasso Liberation Front has captured Tindalo."
    assert told(war_reader, text) == ["capture kasso-front > tindalo on 2024-05~"]
    assert told(war_reader, text, published="2024") == told(war_reader, text, published=None) == ["capture kasso-front > tindalo"]
    assert told(war_reader, "The Kasso Liberation Front had captured Tindalo.") == ["capture kasso-front > tindalo"]


def test_a_line_of_a_chronicle_is_dated_by_its_head(war_reader: Extractor) -> None:
    text = "1994: The rains came, and the Kasso Liberation Front, long expected, captured Tindalo."
    assert told(war_reader, text) == ["capture kasso-front > tindalo on 1994"]
