"""Rows to text: a drawn table for a terminal, plain aligned columns for a pipe, JSON, CSV."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

from kg.cli.options import Format

Cell = object


@dataclass(frozen=True, slots=True)
class Table:
    """Columns and rows; a cell that is `None` is unknown and shown as nothing."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    title: str = ""

    def records(self) -> list[dict[str, Cell]]:
        """The rows by column."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]


def write(table: Table, format: Format, *, to: TextIO | None = None) -> None:
    """Write a table to standard output (or `to`)."""
    stream = to or sys.stdout
    if format is Format.JSON:
        write_json(table.records(), to=stream)
    elif format is Format.CSV:
        stream.write(csv_text(table))
    elif is_terminal(stream):
        _draw(table, stream)
    else:
        stream.write(plain_text(table))


def write_json(value: object, *, to: TextIO | None = None) -> None:
    """Write a value as JSON; days and identifiers become text."""
    (to or sys.stdout).write(json.dumps(value, ensure_ascii=False, indent=2, default=str) + "\n")


def write_line(text: str = "", *, to: TextIO | None = None) -> None:
    """Write one line to standard output (or `to`)."""
    (to or sys.stdout).write(text + "\n")


def is_terminal(stream: TextIO) -> bool:
    """Whether a person looks at it, in a terminal that can draw."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def csv_text(table: Table) -> str:
    """A table as CSV with a header.

    >>> csv_text(Table(("who", "count"), (("AA, of Rakhine", 3), ("TNLA", None))))
    'who,count\\n"AA, of Rakhine",3\\nTNLA,\\n'
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(table.columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in table.rows)
    return text.getvalue()


def plain_text(table: Table) -> str:
    """A table as aligned columns, numbers to the right.

    >>> print(plain_text(Table(("who", "count"), (("TNLA", 3), ("AA", 12)))), end="")
    who   count
    TNLA      3
    AA       12
    """
    rows = [table.columns, *([_one_line(cell) for cell in row] for row in table.rows)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(table.columns))]
    right = _numeric(table)
    lines = ["  ".join(cell.rjust(width) if number else cell.ljust(width)
                       for cell, width, number in zip(row, widths, right, strict=True)).rstrip() for row in rows]
    return "\n".join(lines) + "\n"


def bold(text: str) -> str:
    """Bold where a person looks at it and has not asked for plain text."""
    return f"\033[1m{text}\033[0m" if is_terminal(sys.stdout) and not os.environ.get("NO_COLOR") else text


def _draw(table: Table, stream: TextIO) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table as Drawn
    from rich.text import Text

    drawn = Drawn(box=SIMPLE_HEAD, show_edge=False, pad_edge=False, header_style="" if os.environ.get("NO_COLOR") else "bold")
    for column, number in zip(table.columns, _numeric(table), strict=True):
        drawn.add_column(column, justify="right" if number else "left", overflow="fold")
    for row in table.rows:
        drawn.add_row(*(Text(_one_line(cell)) for cell in row))  # Text: brackets in documents are no markup
    Console(file=stream).print(drawn)


def _numeric(table: Table) -> list[bool]:
    return [any(row[i] is not None for row in table.rows) and all(isinstance(row[i], int | float | None) for row in table.rows)
            for i in range(len(table.columns))]


def _one_line(cell: Cell) -> str:
    """A cell without line ends or control characters: texts of documents must not move the cursor."""
    text = "" if cell is None else ("yes" if cell else "no") if isinstance(cell, bool) else str(cell)
    return "".join(c if c.isprintable() else " " for c in text)


def pairs(values: Mapping[str, Cell]) -> str:
    """Names and values, one a line, aligned; what is unknown is left out.

    >>> print(pairs({"kind": "state", "country": None, "id": "china"}), end="")
    kind  state
    id    china
    """
    known = {name: _one_line(value) for name, value in values.items() if value not in (None, "", ())}
    width = max(map(len, known), default=0)
    return "".join(f"{name.ljust(width)}  {value}\n" for name, value in known.items())


def joined(cells: Sequence[Cell]) -> str:
    """Several values in one cell."""
    return ", ".join(_one_line(cell) for cell in cells)
