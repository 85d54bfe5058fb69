"""Documents and places in their text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from kg.model.time import Period


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a document's text, in Unicode code points, end exclusive.

    Raises:
        ValueError: the span is empty or runs backwards.

    >>> Span(4, 9).of("The Tatmadaw")
    'Tatma'
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, not {self.start}..{self.end}")

    def of(self, text: str) -> str:
        """The words the span marks in `text`."""
        return text[self.start : self.end]

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a code point.

        >>> Span(0, 4).overlaps(Span(3, 5)), Span(0, 4).overlaps(Span(4, 5))
        (True, False)
        """
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Whether `other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Document:
    """A report or an analysis, as it was read: its text, and what is known about it.

    `id` is stable while the document is edited: its path below the folder it was read from. `digest`
    changes with every change that could change a claim.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    authors: tuple[str, ...] = ()
    published: Period | None = None  # None when neither the text nor the user tells it
    dateline: str | None = None  # the place named in the dateline, as written
    url: str | None = None
    licence: str | None = None
    furniture: tuple[Span, ...] = ()  # page furniture: says nothing, yields no claim
    notes: tuple[str, ...] = ()  # what the reader could not find out, one sentence each

    @property
    def digest(self) -> str:
        """SHA-256 over everything that claims depend on, as 64 hexadecimal digits.

        >>> Document("a", "x").digest == Document("a", "x").digest != Document("a", "y").digest
        True
        """
        spans = ",".join(f"{s.start}-{s.end}" for s in self.furniture)
        published = self.published.edtf if self.published else ""
        parts = (
            self.id,
            self.text,
            self.title or "",
            self.publisher or "",
            "\x1e".join(self.authors),
            published,
            self.dateline or "",
            self.url or "",
            spans,
        )
        return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that could not be read, why, and what to do; the rest of the work goes on."""

    path: str
    reason: str
    advice: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason} ({self.advice})"
