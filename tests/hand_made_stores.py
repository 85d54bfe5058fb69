"""Stores of claims written by hand, where a build leaves its own, for tests of commands that only read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from kg.model import Claim, Document, Evidence, Kind, Period, Reference, Span
from kg.rdf.mapping import claims_quads, document_quads
from kg.rdf.store import open_store

REPORTED = "2023-12-01"
ARMY = Reference("army", Kind.ARMED_GROUP, "National Army", ("NA",))
FRONT = Reference("front", Kind.ARMED_GROUP, "Free Front")


def told(type_: str, start: int, quote: str, *, document: str = "a.txt", on: str | None = None, reported: str = REPORTED,
         **more: Any) -> Claim:
    """A claim whose sentence stands at `start` of its document."""
    return Claim(type_, (Evidence(document, Span(start, start + len(quote)), quote),), period=Period.parse(on) if on else None,
                 reported=Period.parse(reported), **more)


def write_store(folder: Path, claims: Iterable[Claim]) -> Path:
    """Write claims and their documents to `folder`/kg-out/store.

    Returns:
        The folder in which a command finds them.
    """
    given = list(claims)
    documents = [Document(name, "Some text.", publisher="The Daily", published=reported)
                 for name, reported in sorted({claim.document: claim.reported for claim in given}.items())]
    (folder / "kg-out").mkdir(parents=True)
    store = open_store(str(folder / "kg-out" / "store"))
    store.add([*claims_quads(given), *(quad for document in documents for quad in document_quads(document))])
    store.close()
    return folder
