"""How many rows have passed, told from the bytes of a result that the engine writes in pieces.

The engine writes results five to seven times faster than a loop over its rows could, but counts nothing.
"""

from __future__ import annotations

from collections.abc import Callable

Counter = Callable[[bytes], int]
"""Is given the pieces of a result in order, and tells how many rows began or ended in each."""


def row_counter(format: str) -> Counter:
    """A counter for one result in the format json, xml, csv or tsv.

    >>> count = row_counter("csv")
    >>> count(b'who,what\\r\\nAA,"two'), count(b'\\r\\nlines"\\r\\n')
    (0, 1)
    """
    if format == "json":
        return _Json().count
    return _Xml().count if format == "xml" else _Lines(has_quotes=format == "csv").count


class _Lines:
    """CSV and TSV: a row is a line, less the header. In CSV a line end within quotes ends none; in TSV it is escaped."""

    def __init__(self, *, has_quotes: bool) -> None:
        self._has_quotes = has_quotes
        self._quoted = 0
        self._header = 1

    def count(self, piece: bytes) -> int:
        parts = piece.split(b'"') if self._has_quotes else [piece]
        lines = sum(part.count(b"\n") for part in parts[self._quoted :: 2])
        self._quoted ^= (len(parts) - 1) & 1
        header, self._header = (1, 0) if lines and self._header else (0, self._header)
        return lines - header


class _Xml:
    """XML: a row begins with <result>, which no text can hold unescaped."""

    _ROW = b"<result>"

    def __init__(self) -> None:
        self._tail = b""

    def count(self, piece: bytes) -> int:
        text = self._tail + piece
        self._tail = text[-(len(self._ROW) - 1) :]
        return text.count(self._ROW)


class _Json:
    """JSON: outside strings, a row is an object in an array; all other objects follow a colon."""

    def __init__(self) -> None:
        self._tail = b""
        self._quoted = 0

    def count(self, piece: bytes) -> int:
        text = self._tail + piece
        whole = len(text.rstrip(b"\\,["))  # an escape, or the start of a row, is not cut in two
        text, self._tail = text[:whole], text[whole:]
        parts = text.replace(b"\\\\", b"").replace(b'\\"', b"").split(b'"')
        outside = parts[self._quoted :: 2]
        self._quoted ^= (len(parts) - 1) & 1
        return sum(part.count(b",{") + part.count(b"[{") for part in outside)
