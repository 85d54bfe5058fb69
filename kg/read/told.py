"""What is told about a document: by a side-car, front matter, a record, the head of a page, or the text itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import yaml

from kg.model import Period
from kg.read.dates import find_dates

_KEY_LINE = re.compile(r"([A-Za-z_][\w -]{0,40}):(?:[ \t]+(.*))?")
_TIME_OF_DAY = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:.*")


@dataclass(frozen=True, slots=True)
class Told:
    """Metadata from one teller. `None` and `()`: not told. `notes`: what it tells and cannot be used."""

    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Period | None = None
    dateline: str | None = None
    url: str | None = None
    licence: str | None = None
    notes: tuple[str, ...] = ()

    def or_else(self, other: Told) -> Told:
        """This, completed by what only `other` tells; the notes of both.

        >>> Told(title="A").or_else(Told(title="B", url="c"))
        Told(title='A', publisher=None, authors=(), published=None, dateline=None, url='c', licence=None, notes=())
        """
        values = {f.name: getattr(self, f.name) or getattr(other, f.name) for f in fields(Told)}
        return Told(**{**values, "notes": self.notes + other.notes})


class _PlainLoader(yaml.SafeLoader):
    """YAML in which every scalar is the text as written: a date stays "2022-07", an id stays "001"."""

    yaml_implicit_resolvers = {}  # noqa: RUF012 - the name and the shape are PyYAML's


def parse_fields(source: str, *, where: str, first_line: int = 1) -> Told:
    """What a YAML (or JSON) mapping tells. Unknown keys are ignored.

    A mapping of plain `key: value` lines is understood even where YAML would want quotation marks around the value.

    Args:
        source: the mapping.
        where: what is read, for notes ("front matter", the name of the side-car).
        first_line: the number of its first line in its file, for notes.
    """
    try:
        row = yaml.load(source, _PlainLoader)  # noqa: S506 - a SafeLoader, only with fewer types
    except yaml.YAMLError as problem:
        row = _plain_mapping(source)
        if row is None:
            mark = getattr(problem, "problem_mark", None)
            line = first_line + (mark.line if mark else 0)
            why = getattr(problem, "problem", None) or "not YAML"
            return Told(notes=(f"Nothing was taken from {where}: line {line}: {why}; correct it.",))
    except RecursionError:
        return Told(notes=(f"Nothing was taken from {where}: it is nested too deeply; write plain `key: value` lines.",))
    if row is None:
        return Told()
    if not isinstance(row, dict):
        return Told(notes=(f"Nothing was taken from {where}: line {first_line}: it is no mapping; write `key: value` lines.",))
    return tell(row, where=where)


def tell(row: Mapping[Any, Any], *, where: str) -> Told:
    """What a mapping with the keys of `Told` tells; a value of a wrong shape becomes a note.

    >>> tell({"title": "Goma falls", "authors": "A. Bee", "published": "2025-01"}, where="x").published.edtf
    '2025-01'
    """
    notes: list[str] = []
    texts: dict[str, str] = {}
    for key in ("title", "publisher", "published", "dateline", "url", "licence"):
        value: Any = row.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if value is None or value == "":
            continue
        if isinstance(value, str) and _is_text(value):
            texts[key] = " ".join(value.split())
        else:
            notes.append(f"`{key}` of {where} is not a text and was left out; write one line of text.")
    authors = row.get("authors") or ()
    authors = [authors] if isinstance(authors, str) else authors
    if not isinstance(authors, (list, tuple)) or not all(_is_text(a) for a in authors):
        notes.append(f"`authors` of {where} is neither a text nor a list of texts and was left out.")
        authors = ()
    written = texts.pop("published", None)
    published = parse_published(written) if written else None
    if written and not published:
        notes.append(f"`published` of {where} is no date: {written[:40]!r}; write 2023-11-17, 2023-11 or 2023.")
    values = {key: value for key, value in texts.items() if value}
    return Told(**values, authors=tuple(a.strip() for a in authors if a.strip()), published=published, notes=tuple(notes))


def parse_published(written: str) -> Period | None:
    """A publication date as people and programs write it: EDTF, ISO 8601 with a time of day, or words.

    >>> [str(parse_published(s)) for s in ("2022-07", "2024-03-06T10:00:00Z", "3 March 2024", "03/04/2024", "soon")]
    ['2022-07', '2024-03-06', '2024-03-03', 'None', 'None']
    """
    match = _TIME_OF_DAY.fullmatch(written)
    try:
        return Period.parse(match[1] if match else written)
    except ValueError:
        shown = next(find_dates(written[:80]), None)
        return shown.period if shown and shown.text == written else None


def _is_text(value: object) -> bool:
    """Whether it is a string that can be written out: JSON and YAML can smuggle in half a surrogate pair."""
    return isinstance(value, str) and not any("\ud800" <= c <= "\udfff" for c in value)


def _plain_mapping(source: str) -> dict[str, str] | None:
    """Plain `key: value` lines as a mapping, or None when there is anything else among them."""
    row: dict[str, str] = {}
    for line in filter(str.strip, source.splitlines()):
        match = _KEY_LINE.fullmatch(line.rstrip())
        value = (match[2] or "").strip() if match else ""
        if match is None or value[:1] in ("[", "{", "&", "*", "!", "|", ">", "%", "@", "`"):
            return None
        if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"":
            value = value[1:-1]
        row[match[1]] = value
    return row
