"""JSON lines: one document a record. A bad line is one message, and the rest goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.model import Unread
from kg.read.files import too_large, unreadable
from kg.read.plain import Body
from kg.read.told import tell

_ADVICE = 'write one object a line, such as {"text": "...", "title": "..."}'


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its name inside the file (its `id`, or the number of its line), its text, and what it tells."""

    name: str
    line: int
    body: Body


def read_records(path: Path, limit: int) -> Iterator[Record | Unread]:
    """The records of a file, one in memory at a time; empty lines are passed over.

    Args:
        path: the file, in UTF-8.
        limit: the longest line that is read, in bytes.
    """
    try:
        with path.open("rb") as file:
            number = 0
            while line := file.readline(limit + 1):
                number += 1
                where = f"{path}, line {number}"
                if len(line) > limit and not line.endswith(b"\n"):
                    yield too_large(where, f"more than {limit:,} bytes", limit)
                    while line and not line.endswith(b"\n"):
                        line = file.readline(limit + 1)
                elif line.strip(b" \t\r\n\xef\xbb\xbf"):
                    yield _record(line, number, where)
    except OSError as problem:
        yield unreadable(path, problem)


def _record(line: bytes, number: int, where: str) -> Record | Unread:
    try:
        row: Any = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as problem:
        return Unread(where, f"it is not UTF-8 (byte {problem.start:,} of the line)", "save the file as UTF-8")
    except (ValueError, RecursionError) as problem:
        return Unread(where, f"it is not JSON: {problem}", _ADVICE)
    if not isinstance(row, dict):
        return Unread(where, f"it is a {type(row).__name__}, not an object", _ADVICE)
    text = row.get("text")
    if not isinstance(text, str) or not text.strip():
        return Unread(where, "it has no `text`", _ADVICE)
    name = row.get("id")
    named = isinstance(name, (str, int)) and not isinstance(name, bool) and str(name).strip()
    try:
        text.encode(), str(name).encode()
    except UnicodeEncodeError:
        return Unread(where, "it holds half of a surrogate pair, which is no character", "write the text as UTF-8 without \\u escapes")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return Record(str(name).strip() if named else str(number), number, Body(text, tell(row, where=f"line {number}")))
