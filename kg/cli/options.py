"""Options that several commands share, and what they stand for."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.rdf.store import Store


class Format(StrEnum):
    """How a table is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


class ClaimFormat(StrEnum):
    """How claims are written."""

    TABLE = "table"
    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"


class QueryFormat(StrEnum):
    """How the answer to a query is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"
    TSV = "tsv"
    XML = "xml"
    TURTLE = "turtle"


Out = Annotated[Path, typer.Option("--out", help="Folder of the results.", metavar="DIR")]
StoreAddress = Annotated[str | None, typer.Option("--store", help="Folder of the store.  [default: store in --out]", metavar="DIR",
                                                  show_default=False)]
Paths = Annotated[list[str], typer.Argument(help="Files (.txt, .md, .html, .jsonl), folders, or - for standard input.",
                                             metavar="PATH...", show_default=False)]
Published = Annotated[str | None, typer.Option(
    "--date", help="When documents that do not tell it were published: 2023-11-17, 2023-11, 2023.", metavar="DATE", show_default=False)]
Parser = Annotated[str | None, typer.Option("--parser", help="spaCy pipeline instead of the one that ships: name or folder.",
                                            metavar="NAME|DIR", show_default=False)]
Seeds = Annotated[Path | None, typer.Option("--seeds", help="Reference data to use instead of what ships.", metavar="DIR",
                                            show_default=False)]
Decisions = Annotated[Path | None, typer.Option(
    "--decisions", help="The log of decisions.  [default: decisions.jsonl beside --out]", metavar="FILE", show_default=False)]
OUT = Path("kg-out")


def decisions_path(given: Path | None, out: Path) -> Path:
    """The log of decisions: not in `out`, which may be deleted and built again at any time."""
    return given or out.resolve().parent / "decisions.jsonl"


@contextmanager
def reading(address: str | None, out: Path) -> Iterator[Store]:
    """The store of a finished build, opened for reading.

    Raises:
        KgError: there is none.
    """
    from kg.rdf.store import open_store

    folder = address or str(out / "store")
    if not Path(folder).is_dir():
        raise KgError("there is no graph yet", where=folder, advice="build one: kg build DOCUMENTS")
    store = open_store(folder, read_only=True)
    try:
        yield store
    finally:
        store.close()


def parse_day(text: str | None, *, option: str) -> date | None:
    """A day given as an option.

    Raises:
        UsageError: it is none.
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise UsageError(f"{text!r} is no day", where=option, advice="write it as 2023-11-15") from None
