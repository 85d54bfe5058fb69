"""The documents that ship with the project: front matter that says whose words they are, and words that are our own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

from kg.model import Period

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "seeds" / "documents").glob("*.md"))
RETELLINGS = [path for path in DOCUMENTS if path.stem >= "100"]
# The five press texts that documents 100 to 104 retell are under copyright: they lie beside the checkout, never in it.
ORIGINALS = ROOT.parent / "shared" / "seeds"
TOO_LONG = 8


def parse(path: Path) -> tuple[dict[str, object], str]:
    opening, head, body = path.read_text(encoding="utf-8").split("---\n", 2)
    assert opening == ""
    return yaml.safe_load(head), body


def words(text: str) -> list[str]:
    """Lower-case words: apostrophes and the commas in numbers join, every other punctuation mark separates."""
    return re.findall(r"\w+", re.sub(r"['’‘]|(?<=\d),(?=\d)", "", text.casefold()))


def shared_runs(text: str, original: str, size: int = TOO_LONG) -> list[str]:
    """Every run of `size` words of `text` that `original` has too."""

    def runs(of: str) -> list[str]:
        listed = words(of)
        return [" ".join(listed[i : i + size]) for i in range(len(listed) - size + 1)]

    known = set(runs(original))
    return [run for run in runs(text) if run in known]


def test_documents_are_the_twenty_reports_and_the_five_retellings() -> None:
    # 20 reports (001 to 047, with gaps) and the retellings 100 to 104.
    assert len(DOCUMENTS) == 25
    assert [path.stem[:3] for path in RETELLINGS] == ["100", "101", "102", "103", "104"]


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda p: p.stem)
def test_front_matter_says_who_published_it_when_and_under_which_licence(path: Path) -> None:
    meta, body = parse(path)
    assert {"id", "publisher", "published", "conflict", "licence"} <= meta.keys()
    # Unquoted, YAML turns 001 into a number and 2023-10-27 into a date.
    assert {key: type(value) for key, value in meta.items()} == dict.fromkeys(meta, str)
    assert all(meta.values()), "an empty value is left out"
    assert meta["id"] == path.stem[:3]
    assert meta["licence"] == "CC BY 4.0"
    assert Period.parse(str(meta["published"])).begin_earliest is not None
    assert body.strip()


def test_ids_are_unique() -> None:
    ids = [parse(path)[0]["id"] for path in DOCUMENTS]
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("text", "original", "expected"),
    [
        ("He said THAT 1,000 men of the Ta'ang army fled.", "It’s clear: that 1000 men, of the Ta’ang army, fled", 1),
        ("that 1,000 men of the army fled", "that 1,000 men of the army fled", 0),  # seven words
        ("one two three four five six seven eight nine", "one two three four five six seven eight nine", 2),
        ("one two three four five six seven eight", "one two three four, or five six seven eight", 0),
    ],
)
def test_shared_runs_ignores_case_and_punctuation(text: str, original: str, expected: int) -> None:
    assert len(shared_runs(text, original)) == expected


@pytest.mark.parametrize("path", RETELLINGS, ids=lambda p: p.stem)
def test_a_retelling_names_its_original(path: Path) -> None:
    meta, _ = parse(path)
    assert {"title", "retold_from", "published_note"} <= meta.keys()


@pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the copyrighted originals are not beside this checkout")
@pytest.mark.parametrize("path", RETELLINGS, ids=lambda p: p.stem)
def test_no_retelling_repeats_eight_words_of_any_original(path: Path) -> None:
    meta, body = parse(path)
    # `retold_from` is left out: it has to name the original by its title.
    ours = "\n".join([str(meta["title"]), str(meta["published_note"]), body])
    originals = sorted(ORIGINALS.glob("*.txt"))
    assert len(originals) == 5
    assert [run for original in originals for run in shared_runs(ours, original.read_text(encoding="utf-8"))] == []
