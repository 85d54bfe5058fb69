"""The five press texts the project began with, where they are at hand (they are copyrighted and not part of it)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Document
from kg.read import read_documents

SEEDS = Path(__file__).parents[2].parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the copyrighted press texts are not part of the project")


@pytest.fixture(scope="module")
def seeds() -> dict[str, Document]:
    found = {d.id[:3]: d for d in read_documents([SEEDS]) if isinstance(d, Document)}
    assert len(found) == 5
    return found


@pytest.mark.parametrize(("number", "title", "publisher", "authors", "dateline", "published"), [
    ("000", "Coordinated Offensive", "AP", (), "BANGKOK", None),
    ("001", "Around 750", "EFE", (), "Bangkok", None),
    ("002", None, None, (), None, None),
    ("003", "Pro-government ethnic militias", "The Independent", ("Grant Peck",), None, "2023-06-26"),
    ("004", "Myanmar’s Junta Regains", None, ("David Scott Mathieson",), None, None),
])
def test_metadata(seeds, number, title, publisher, authors, dateline, published) -> None:
    d = seeds[number]
    assert (d.title is None) == (title is None)
    assert (d.title or "").startswith(title or "")
    assert (d.publisher, d.authors, d.dateline) == (publisher, authors, dateline)
    assert (d.published.edtf if d.published else None) == published
    assert bool(d.notes) == (published is None)


def test_the_year_given_completes_the_date_shown() -> None:
    (path,) = SEEDS.glob("001*")
    (d,) = read_documents([path], date="2023")
    assert (d.published.edtf, d.notes) == ("2023-11-17", ())


# First words of every paragraph of furniture, in order.
FURNITURE = {
    "000": ("This website", "Real Truth logo", "Coordinated Offensive", "Learn the why", "Subscribe to", "Subscribe Now", "FREE Email",
            "Contact Information", "Comments or", "Your privacy", "Latest News", "View All"),
    "001": ("Conflicts", "Related Articles", "Back to"),
    "002": (),
    "003": ("Stay up", "Notifications", "Your support helps", "From reproductive", "At such", "The\xa0Independent is", "Your support makes",
            "Thank you", "Please refresh"),
    "004": (),
}


@pytest.mark.parametrize("number", sorted(FURNITURE))
def test_every_paragraph_of_furniture_is_marked_and_nothing_else(seeds, number) -> None:
    d = seeds[number]
    marked = [span.of(d.text) for span in d.furniture]
    assert len(marked) == len(FURNITURE[number])
    for paragraph, words in zip(marked, FURNITURE[number], strict=True):
        assert paragraph.replace("\xa0", " ").startswith(words.replace("\xa0", " "))
