"""Which of the formats on offer a client wants most (RFC 9110, section 12.5.1)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.server.refusal import Refusal

_TOKEN = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"  # noqa: S105  # a token of HTTP
_RANGE = re.compile(rf"\s*({_TOKEN})/({_TOKEN})\s*((?:;[^;]*)*)")
_QUALITY = re.compile(r"q\s*=\s*(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Format:
    """A way to write an answer: its short name, its media type, and other types that it satisfies."""

    name: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header of an answer in it."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


JSON = Format("json", "application/sparql-results+json", ("application/json",))
XML = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv")
TSV = Format("tsv", "text/tab-separated-values")
HTML = Format("html", "text/html", ("application/xhtml+xml",))
TURTLE = Format("turtle", "text/turtle", ("application/x-turtle",))
NTRIPLES = Format("ntriples", "application/n-triples", ("text/plain",))
RDFXML = Format("rdfxml", "application/rdf+xml", ("application/xml", "text/xml"))
JSONLD = Format("jsonld", "application/ld+json", ("application/json",))
PLAIN_JSON = Format("json", "application/json", ("application/sparql-results+json", "application/ld+json", "application/problem+json"))
TEXT = Format("text", "text/plain")

ROWS = (JSON, XML, CSV, TSV)
"""For SELECT and ASK, what the server would rather give first."""
TRIPLES = (TURTLE, NTRIPLES, RDFXML, JSONLD)
"""For CONSTRUCT, DESCRIBE and descriptions."""


def prefer(accept: str | None, offered: Sequence[Format]) -> Format | None:
    """The format that a client wants most, the first on offer among equals; `None` where it wants none of them.

    >>> prefer("text/csv;q=0.5, application/json", ROWS).name, prefer("image/png", ROWS), prefer(None, ROWS).name
    ('json', None, 'json')
    """
    ranges = list(_ranges(accept)) if accept is not None else [("*", "*", 1.0)]
    best, wanted = None, 0.0
    for format in offered:
        quality = max(_quality(type_, ranges) for type_ in (format.media_type, *format.aliases))
        if quality > wanted:
            best, wanted = format, quality
    return best


def choose(accept: str | None, offered: Sequence[Format]) -> Format:
    """The same, where something must be given.

    Raises:
        Refusal: 406, with what is on offer.
    """
    found = prefer(accept, offered)
    if found is None:
        types = ", ".join(format.media_type for format in offered)
        raise Refusal(406, f"this cannot be given as {accept!r}", advice=f"it can be given as {types}")
    return found


def _ranges(accept: str) -> Iterator[tuple[str, str, float]]:
    """The media ranges of a header with their qualities; what is none is passed over."""
    for part in accept.split(","):
        match = _RANGE.fullmatch(part)
        if not match:
            continue
        quality = 1.0
        for parameter in match[3].split(";"):
            if found := _QUALITY.fullmatch(parameter.strip()):
                quality = float(found[1])
        yield match[1].lower(), match[2].lower(), quality


def _quality(media_type: str, ranges: Sequence[tuple[str, str, float]]) -> float:
    """The quality of the range that fits closest."""
    main, _, sub = media_type.partition("/")
    fitting = [((kind != "*") + (part != "*"), quality) for kind, part, quality in ranges
               if kind in (main, "*") and part in (sub, "*") and (kind != "*" or part == "*")]
    return max(fitting, key=lambda found: found[0])[1] if fitting else 0.0
