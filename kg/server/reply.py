"""The answer of a worker on its way out, counted and held to its limit."""

from __future__ import annotations

import json
from typing import BinaryIO

from kg.server.counting import Counter, row_counter
from kg.server.frames import DATA, END, HEAD, STOP, write_frame
from kg.server.negotiation import ROWS, Format
from kg.server.refusal import Refusal

PIECE = 1 << 16  # bytes that are counted and sent at once
HELD = 1 << 20  # bytes held back at first: what goes wrong before them still gets a status of its own


class Reply:
    """A binary file that pyoxigraph can write to, or a page be written to; what it takes goes out in frames."""

    def __init__(self, stream: BinaryIO, *, most_rows: int) -> None:
        self._stream, self._most = stream, most_rows
        self._held = bytearray()
        self._counted = 0  # bytes of what is held whose rows are counted
        self._head: dict[str, str] = {}
        self._is_out = False
        self._count: Counter | None = None
        self.rows = 0

    def begin(self, format: Format) -> None:
        """Say what the answer is written in."""
        self._head = {"type": format.content_type}
        self._count = row_counter(format.name) if format in ROWS else None

    def write(self, data: bytes) -> int:
        """Take a piece of the answer.

        Raises:
            Refusal: it has more rows than are given.
        """
        self._held += data
        if len(self._held) - self._counted >= PIECE:
            self._tally()
        if len(self._held) >= (PIECE if self._is_out else HELD):
            self._send()
        return len(data)

    def count(self, rows: int) -> None:
        """Note that rows, or triples, were written.

        Raises:
            Refusal: they are more than are given.
        """
        self.rows += rows
        if self.rows > self._most:
            raise Refusal(422, f"the answer has more than {self._most:,} rows or triples",
                          advice="ask for less: narrow the pattern, or add LIMIT, and page by a key")

    def flush(self) -> None:
        """Nothing: pieces are gathered."""

    def end(self) -> None:
        """The answer is complete.

        Raises:
            Refusal: it has more rows than are given.
        """
        self._tally()
        self._send()
        write_frame(self._stream, END, {"rows": self.rows})

    def stop(self, refusal: Refusal) -> None:
        """There is no answer, or none to the end."""
        write_frame(self._stream, STOP, refusal.dump())

    def _send(self) -> None:
        if not self._is_out:
            write_frame(self._stream, HEAD, json.dumps(self._head).encode())
            self._is_out = True
        if self._held:
            write_frame(self._stream, DATA, self._held)
            self._held = bytearray()
            self._counted = 0

    def _tally(self) -> None:
        if self._count and self._counted < len(self._held):
            self.count(self._count(bytes(memoryview(self._held)[self._counted :])))
            self._counted = len(self._held)
