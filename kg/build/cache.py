"""What a build keeps between runs: read documents with their claims, which documents there are, what was published.

Every file is written beside its place and then moved there, so a build that is killed leaves whole files only.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import KgError
from kg.exchange.jsonl import read_claims, write_claims
from kg.model import Claim, Document, Period, Span


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the graph."""

    id: str
    root: str  # the folder it was read from, absolute, or "-"
    digest: str  # of the document
    key: str  # of the cache's file: the document and everything that decides its claims


@dataclass(frozen=True, slots=True)
class Manifest:
    """Which documents the graph is made of, whatever folders they came from."""

    entries: Mapping[str, Entry] = field(default_factory=dict)
    removed: tuple[str, ...] = ()  # ids that have left, until they have left the store

    @classmethod
    def load(cls, path: Path) -> Manifest:
        """The manifest kept at `path`; an empty one where there is none.

        Raises:
            KgError: the file is not what `save` wrote.
        """
        row = _load(path)
        try:
            return cls({e["id"]: Entry(**e) for e in row.get("documents", ())}, tuple(row.get("removed", ())))
        except (TypeError, KeyError) as problem:
            raise _damaged(path, problem) from None

    def save(self, path: Path) -> None:
        """Keep it at `path`."""
        rows = [asdict(self.entries[i]) for i in sorted(self.entries)]
        write_atomically(path, [json.dumps({"documents": rows, "removed": sorted(self.removed)}, ensure_ascii=False, indent=0)])


@dataclass(frozen=True, slots=True)
class Published:
    """What the store, `claims.jsonl` and the page were last written from."""

    store: str = ""
    states: Mapping[str, str] = field(default_factory=dict)  # document → digest of what the store holds of it
    claims: int = 0
    known: int = 0  # actors of the seeds that the claims speak of
    found: int = 0  # actors that only the documents name
    base: str = ""  # digest of what all documents share: mapping, ontology, reference data, the page's code
    without_effect: tuple[str, ...] = ()  # targets of decisions that no claim met

    @classmethod
    def load(cls, path: Path) -> Published:
        """The record kept at `path`; an empty one where there is none.

        Raises:
            KgError: the file is not what `save` wrote.
        """
        row = _load(path)
        try:
            return cls(**{**row, "without_effect": tuple(row.get("without_effect", ()))})
        except TypeError as problem:
            raise _damaged(path, problem) from None

    def save(self, path: Path) -> None:
        """Keep it at `path`."""
        write_atomically(path, [json.dumps(asdict(self), ensure_ascii=False, indent=0, sort_keys=True)])


@dataclass(frozen=True, slots=True)
class Cache:
    """Documents with the claims extracted from them, one file each, named by what decides its content."""

    folder: Path

    def path(self, key: str) -> Path:
        """Where the file of `key` lies."""
        return self.folder / f"{key}.jsonl"

    def holds(self, key: str) -> bool:
        """Whether the document of `key` was extracted."""
        return self.path(key).is_file()

    def write(self, key: str, document: Document, claims: Iterable[Claim]) -> None:
        """Keep a document and its claims, before any decision."""
        self.folder.mkdir(parents=True, exist_ok=True)
        write_atomically(self.path(key), [json.dumps(document_to_json(document), ensure_ascii=False), *write_claims(claims)])

    def document(self, key: str) -> Document:
        """The document that was read."""
        with self.path(key).open(encoding="utf-8", errors="surrogatepass") as lines:
            return document_from_json(json.loads(next(lines)))

    def lines(self, key: str) -> Iterator[str]:
        """The claims as they were extracted, one JSON object a line, without line ends."""
        with self.path(key).open(encoding="utf-8", errors="surrogatepass", newline="\n") as lines:
            for line in islice(lines, 1, None):
                yield line.rstrip("\n")

    def claims(self, key: str) -> Iterator[Claim]:
        """The claims as they were extracted."""
        return read_claims(self.lines(key), where=str(self.path(key)))

    def keep_only(self, keys: Iterable[str]) -> None:
        """Drop the files of all other keys."""
        kept = {self.path(key).name for key in keys}
        if self.folder.is_dir():
            for file in self.folder.iterdir():
                if file.name not in kept:
                    file.unlink(missing_ok=True)


def document_to_json(document: Document) -> dict[str, Any]:
    """A document as a JSON object; `document_from_json` reads it back to an equal document.

    >>> document = Document("a.txt", "The AA.", published=Period.parse("2023-11"), furniture=(Span(0, 3),), notes=("no title",))
    >>> document_from_json(document_to_json(document)) == document
    True
    """
    return {**asdict(document), "published": document.published.edtf if document.published else None,
            "furniture": [[span.start, span.end] for span in document.furniture]}


def document_from_json(row: dict[str, Any]) -> Document:
    """The document that `document_to_json` wrote."""
    return Document(**{
        **row, "authors": tuple(row["authors"]), "notes": tuple(row["notes"]),
        "published": Period.parse(row["published"]) if row["published"] else None,
        "furniture": tuple(Span(start, end) for start, end in row["furniture"]),
    })


def write_atomically(path: Path, lines: Iterable[str]) -> None:
    """Write lines to `path` so that it holds either what it held before or all of them, even after a kill."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            for line in lines:
                file.write(line)
                file.write("\n")
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Drop what killed builds left half-written in a folder."""
    for partial in folder.glob(".*.partial"):
        partial.unlink(missing_ok=True)


def _load(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise _damaged(path, problem) from None
    if not isinstance(row, dict):
        raise _damaged(path, TypeError("no JSON object"))
    return row


def _damaged(path: Path, problem: Exception) -> KgError:
    return KgError(f"damaged: {problem}", where=str(path), advice="delete its folder and build again")
