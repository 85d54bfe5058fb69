"""A small extractor and small reference data, so that builds are tested without a language model."""

from __future__ import annotations

import re
from functools import partial
from pathlib import Path

import pytest

from kg.build import Recipe
from kg.cli import run
from kg.model import Claim, Document, Evidence, Kind, Period, Reference, Span, slug

_SENTENCE = re.compile(r"(?P<subject>[A-Z]{2,}) (?P<verb>attacked|joined) (?P<object>[A-Z]{2,})(?: on (?P<date>\d{4}-\d\d-\d\d))?\.")
_TYPES = {"attacked": "attack", "joined": "member_of"}


class SentenceExtractor:
    """Reads "AA attacked SAC on 2023-10-27." and "AA joined TBA."; fails on the word "unbearable"."""

    def __init__(self, log: Path | None = None) -> None:
        self.log = log
        self.note("made")

    def note(self, what: str) -> None:
        """One line a use: tests count them, in whatever process it happens."""
        if self.log:
            with self.log.open("a") as file:
                file.write(what + "\n")

    def extract(self, document: Document) -> tuple[Claim, ...]:
        self.note(document.id)
        if "unbearable" in document.text:
            raise RuntimeError("it was unbearable")
        return tuple(self.claim(document, match) for match in _SENTENCE.finditer(document.text))

    def claim(self, document: Document, match: re.Match[str]) -> Claim:
        return Claim(
            _TYPES[match["verb"]], (Evidence(document.id, Span(*match.span()), match[0]),),
            subject=self.group(match["subject"]), object=self.group(match["object"]),
            period=Period.parse(match["date"]) if match["date"] else None, reported=document.published, rule=match["verb"],
        )

    def group(self, name: str) -> Reference:
        return Reference(slug(name), Kind.ALLIANCE if name == "TBA" else Kind.ARMED_GROUP, name, (name,))


def toy_recipe(log: Path | None = None, *, digest: str = "toy") -> Recipe:
    return Recipe(digest, partial(SentenceExtractor, log))


def write_documents(folder: Path, **texts: str) -> Path:
    """One NAME.txt for each text."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return folder


def write_seeds(folder: Path) -> Path:
    """Reference data with one actor, the AA."""
    (folder / "actors").mkdir(parents=True, exist_ok=True)
    (folder / "sources.yaml").write_text("- id: by-hand\n  title: Written for a test\n", encoding="utf-8")
    (folder / "actors" / "a.yaml").write_text(
        "- id: aa\n  kind: armed_group\n  names:\n    - AA\n    - {text: Arakan Army, kind: alias}\n  sources: [by-hand]\n",
        encoding="utf-8")
    return folder


def kg(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error of one command."""
    code = run(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err
