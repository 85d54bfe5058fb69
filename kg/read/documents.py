"""Paths → documents: each file by its suffix, each document with what is told of it and its page furniture."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, TextIO

from kg.errors import UsageError
from kg.model import Document, Period, Unread
from kg.read.dateline import read_head
from kg.read.dates import ShownDate, complete_date
from kg.read.files import MAX_BYTES, SIDE_CARS, Source, decode, find_sources, load, too_large
from kg.read.furniture import find_furniture, score_paragraphs
from kg.read.jsonl import read_records
from kg.read.paragraphs import split_paragraphs
from kg.read.plain import Body, split_front_matter
from kg.read.told import Told, parse_fields

_GIVEN = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
_HOW = "add `--date {form}` or write `published:` in a side-car NAME.meta.yaml"


def read_documents(paths: Sequence[str | Path], *, date: str | None = None, stdin: TextIO | BinaryIO | None = None,
                   max_bytes: int = MAX_BYTES) -> Iterator[Document | Unread]:
    """Read files, folders and standard input, one document in memory at a time.

    A bad file, or a bad line of a JSON lines file, is one `Unread` that says why and what to do; the rest goes on.
    What is told of a document comes from its side-car, else its front matter, record or page head, else the top of
    its text. Nothing is guessed: `notes` say what stayed unknown.

    Args:
        paths: files (.txt, .md, .html, .htm, .jsonl), folders (with all below them), and "-" for standard input.
        date: "2023", "2023-11" or "2023-11-17": completes a date that the text shows without its year, and is the
            publication date of documents that show none.
        stdin: what "-" reads; by default the standard input of the program.
        max_bytes: the size above which a document is not read.

    Raises:
        UsageError: `date` is no such date.
    """
    if date is not None:
        _check_date(date)
    return _read_all(paths, date, stdin, max_bytes)


def _check_date(date: str) -> None:
    try:
        if _GIVEN.fullmatch(date):
            Period.parse(date)
            return
    except ValueError:
        pass
    raise UsageError(f"{date!r} is no date", where="--date", advice="write 2023, 2023-11 or 2023-11-17")


def _read_all(paths: Sequence[str | Path], date: str | None, stdin: TextIO | BinaryIO | None, limit: int) -> Iterator[Document | Unread]:
    seen: dict[str, str] = {}  # id -> where it was read
    for source in find_sources(paths):
        if isinstance(source, Unread):
            yield source
            continue
        for document in _read_source(source, date, stdin, limit):
            if isinstance(document, Document) and document.id in seen:
                yield Unread(str(source.path), f"a document called {document.id!r} was already read from {seen[document.id]}",
                             "rename one, or name the folder that holds both")
                continue
            if isinstance(document, Document):
                seen[document.id] = str(source.path)
            yield document


def _read_source(source: Source, date: str | None, stdin: TextIO | BinaryIO | None, limit: int) -> Iterator[Document | Unread]:
    suffix = source.path.suffix.lower()
    if suffix == ".jsonl":
        for record in read_records(source.path, limit):
            yield record if isinstance(record, Unread) else _describe(f"{source.id}#{record.name}", record.body, date)
        return
    is_stdin = str(source.path) == "-"
    data = _load_stdin(stdin, limit) if is_stdin else load(source.path, limit)
    if isinstance(data, Unread):
        yield data
    elif suffix in (".html", ".htm"):
        yield _read_page(source, data, date)
    else:
        yield _read_plain(source, data, date, side_car=Told() if is_stdin else _read_side_car(source.path))


def _read_plain(source: Source, data: bytes, date: str | None, side_car: Told) -> Document | Unread:
    decoded = decode(data, str(source.path))
    if isinstance(decoded, Unread):
        return decoded
    body = split_front_matter(decoded.text)
    if not body.text.strip():
        below = " below the front matter" if decoded.text.strip() else ""
        return Unread(str(source.path), f"it holds no text{below}", "remove the file or fill it")
    return _describe(source.id, body, date, side_car=side_car, note=decoded.note)


def _read_page(source: Source, data: bytes, date: str | None) -> Document | Unread:
    html = import_module("kg.read.html")  # on demand: trafilatura costs more start-up than all else here
    decoded = decode(data, str(source.path), declared=html.declared_encoding(data))
    if isinstance(decoded, Unread):
        return decoded
    body: Body | None = html.extract_page(decoded.text)
    if body is None:
        return Unread(str(source.path), "no main text was found in the page", "save the text of the article as .txt")
    return _describe(source.id, body, date, side_car=_read_side_car(source.path), note=decoded.note)


def _load_stdin(stdin: TextIO | BinaryIO | None, limit: int) -> bytes | Unread:
    stream = sys.stdin if stdin is None else stdin
    data = getattr(stream, "buffer", stream).read(limit + 1)
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    return too_large("-", f"more than {limit:,} bytes", limit) if len(data) > limit else data


def _read_side_car(path: Path) -> Told:
    """What NAME.meta.yaml (or .yml, .json) beside NAME.txt tells; nothing where there is none."""
    side_car = next((p for ending in SIDE_CARS if os.path.isfile(p := path.with_name(path.stem + ending))), None)
    if side_car is None:
        return Told()
    data = load(side_car, MAX_BYTES)
    decoded = data if isinstance(data, Unread) else decode(data, side_car.name)
    if isinstance(decoded, Unread):
        return Told(notes=(f"Nothing was taken from {side_car.name}: {decoded.reason}; {decoded.advice}.",))
    return parse_fields(decoded.text, where=side_car.name)


def _describe(document_id: str, body: Body, date: str | None, *, side_car: Told | None = None, note: str | None = None) -> Document:
    """The document, with the text's own top read for what nobody else tells, and its furniture found."""
    text = body.text
    paragraphs = split_paragraphs(text)
    scores = score_paragraphs(text, paragraphs)
    head = read_head(text, paragraphs, scores)
    furniture = find_furniture(text, paragraphs, scores, head=head.lines, labels=head.labels)
    outside = (side_car or Told()).or_else(body.told)
    shown = head.told if outside.published is None else replace(head.told, notes=())
    told = outside.or_else(shown)
    notes = [note] if note else []
    notes.extend(told.notes)
    published = told.published
    if published is None:
        published, doubt = _settle_date(head.shown, date)
        notes.extend([doubt] if doubt else [])
    if len(furniture) == len(paragraphs):
        notes.append("Nothing but page furniture was found in it; check that the article itself was saved.")
    return Document(document_id, text, told.title, told.publisher, told.authors, published, told.dateline, told.url, told.licence,
                    furniture, tuple(notes))


def _settle_date(shown: ShownDate | None, given: str | None) -> tuple[Period | None, str | None]:
    """The publication date of a text that does not show a whole one, by what the user gives; and what to tell him."""
    if shown is not None and shown.year is None:
        if given is None:
            return None, f"The text shows the date “{shown.text}” without a year: {_HOW.format(form='YYYY')}."
        completed = complete_date(shown, given)
        doubt = None if completed else f"The date “{shown.text}” of the text does not fit `--date {given}`: {_HOW.format(form='YYYY')}."
        return completed, doubt
    if given is not None:
        return Period.parse(given), None
    if shown is None:
        return None, f"The text shows no publication date: {_HOW.format(form='YYYY-MM-DD')}."
    why = "can be read in two ways" if shown.ambiguous else "is no day of the calendar"
    return None, f"The date “{shown.text}” of the text {why}: {_HOW.format(form='YYYY-MM-DD')}."
