"""Where the facts of the reference data come from."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import Period
from kg.seeds.entries import read_entries

SOURCE_KEYS = ("id", "title", "publisher", "published", "url", "licence", "note")


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that facts are taken from. None: not known."""

    id: str
    title: str | None
    publisher: str | None = None
    published: Period | None = None
    url: str | None = None
    licence: str | None = None  # under which its facts or texts are given on
    note: str | None = None


def read_sources(text: str, *, file: str) -> dict[str, Source]:
    """The sources of `sources.yaml`, by id.

    Raises:
        KgError: an entry is not well-formed, or an id is given twice.
    """
    sources: dict[str, Source] = {}
    for entry in read_entries(text, file=file, keys=SOURCE_KEYS):
        source = Source(
            entry.id(), entry.text("title"), entry.text("publisher"), entry.period("published"),
            entry.text("url"), entry.text("licence"), entry.text("note"),
        )
        if source.id in sources:
            raise entry.error(f"the source {source.id!r} is given twice", key="id")
        if source.url and not source.url.startswith(("http://", "https://")):
            raise entry.error(f"{source.url!r} is no web address", key="url")
        sources[source.id] = source
    return sources


def source_problem(cited: str, sources: dict[str, Source]) -> str | None:
    """What is wrong with a citation, or None. After `#` stands the record within the source: `ucdp-actor-22-1#880`.

    >>> source_problem("reuters-1#3", {})
    "unknown source 'reuters-1'"
    """
    name, hash_, record = cited.partition("#")
    if name not in sources:
        return f"unknown source {name!r}"
    return f"{cited!r} names no record" if hash_ and not record else None
