"""What `kg build` tells: how much there is, what stands out, and where to go on."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import OUT, Format, reading
from kg.cli.tables import Table, bold, write, write_json, write_line

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.rdf.store import Store

Row = dict[str, object]
_PAGE = 140  # characters of a line where no terminal says how many
_GAP = 3  # between two columns, at most
_NARROWEST = 16  # characters of a cell: what is cut further says nothing
_BETWEEN = re.compile("( → |: )")  # what stands between the names of one cell


def _alliance(row: Row) -> Row:
    return {"alliance": row["name"], "members": row["members"], "documents": row["documents"]}


def _switch(row: Row) -> Row:
    who = f"{row['who']}: " if row["who"] else ""
    when = row["when"] or (f"by {row['reported']}" if row["reported"] else None)
    return {"when": when, "who, from whom to whom": f"{who}{row['from'] or '?'} → {row['to'] or '?'}", "count": row["count"],
            "according to": row["source"], "document": row["document"]}


def _figures(row: Row) -> Row:
    sides = ((word, row[role]) for word, role in (("", "subject"), ("", "object"), ("from", "from"), ("to", "to"), ("at", "place")))
    act = " ".join([str(row["type"]).removeprefix("kg:").lower(), *(f"{word} {side}".strip() for word, side in sides if side)])
    return {"what": act, "figure": row["count"], "in": row["document"], "other figure": row["other_count"],
            "in the other": row["other_document"]}


# Each section: its heading, the named query that answers it, how a row of the answer is told, and how many are: the query gives all.
_SECTIONS: tuple[tuple[str, str, Callable[[Row], Row], int], ...] = (
    ("Largest alliances", "largest-alliances", _alliance, 6),
    ("Side switches", "side-switches", _switch, 16),
    ("Figures that disagree", "disagreeing-counts", _figures, 6),
)


def show_report(report: BuildReport, *, out: Path, store: str | None, format: Format) -> None:
    """Problems and notes to standard error, the summary to standard output."""
    _complain(report)
    with reading(store, out) as opened:
        answers = {name: _ask(opened, name) for _, name, _, _ in _SECTIONS}
    if format is Format.JSON:
        write_json({**asdict(report), "problems": report.problems, "out": str(out), **answers})
        return
    if format is Format.CSV:
        write(Table(("what", "number"), tuple(_numbers(report).items())), format)
        return
    write_line(_headline(report))
    write_line(_changes(report))
    for heading, name, tell, most in _SECTIONS:
        _show_section(heading, name, [tell(row) for row in answers[name]], most=most)
    _show_ways_on(out, store)


def _complain(report: BuildReport) -> None:
    lines = [str(item) for item in report.unread]
    lines += [f"{id_}: no claims extracted, {why} (please report it; what was known of the document stays)" for id_, why in report.failed]
    lines += [f"{id_}: {note}" for id_, note in report.notes if id_ not in report.undated]
    if report.undated:
        some = ", ".join(report.undated[:3]) + (" ..." if len(report.undated) > 3 else "")
        lines.append(f"{len(report.undated)} of the documents do not tell when they were published: {some} "
                     "(give it with --date or in the front matter, and their dates can be resolved)")
    lines += [f"the decision about {target} met no claim (its document left, or is read differently now)"
              for target in report.without_effect]
    for line in lines:
        write_line(f"kg build: {' '.join(line.split())}", to=sys.stderr)


def _numbers(report: BuildReport) -> dict[str, int]:
    return {"documents": report.documents, "claims": report.claims, "actors known": report.actors_known,
            "actors found": report.actors_found}


def _headline(report: BuildReport) -> str:
    numbers = _numbers(report).items()
    return bold(" · ".join(f"{number:,} {what.removesuffix('s') if number == 1 else what}" for what, number in numbers))


def _changes(report: BuildReport) -> str:
    counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged, "removed": report.removed}
    told = [f"{len(ids)} {what}" for what, ids in counts.items() if ids]
    told += [f"{report.extracted} extracted"] if report.extracted else ["nothing to extract"]
    told += [f"{report.problems} not read"] if report.problems else []
    removed = f" ({', '.join(report.removed[:3])}{' ...' if len(report.removed) > 3 else ''})" if report.removed else ""
    return f"documents of this run: {', '.join(told)}{removed}"


def _ask(store: Store, name: str) -> list[Row]:
    from kg.rdf.queries import load_query, run_query

    answer = run_query(store, load_query(name))
    return [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]


def _show_section(heading: str, name: str, rows: list[Row], *, most: int) -> None:
    shown = rows[:most]
    used = [column for column in shown[0] if any(row[column] is not None for row in shown)] if shown else []
    if not used:
        return
    more = f"{len(shown)} of {len(rows)}, " if len(rows) > len(shown) else ""
    write_line(f"\n{bold(heading)}  ({more}kg query {name})")
    columns = [(column, *(_brief(row[column]) for row in shown)) for column in used]
    room = shutil.get_terminal_size(fallback=(_PAGE, 0)).columns - _GAP * (len(columns) - 1)
    head, *body = zip(*(map(partial(_cut, width=width), column) for column, width in
                        zip(columns, _widths(columns, room), strict=True)), strict=True)
    write(Table(tuple(map(str, head)), tuple(body)), Format.TABLE)


def _brief(value: object) -> object:
    """A document without its prefix."""
    return value.removeprefix("document:") if isinstance(value, str) else value


def _widths(columns: Sequence[Sequence[object]], room: int, *, least: int = _NARROWEST) -> list[int]:
    """How wide each column may be, so that all fit into `room`: the widest give way first, down to `least`.

    >>> _widths([["2023"], ["a" * 50], ["b" * 30]], 70)
    [4, 36, 30]
    """
    widths = [min(max(room, least), max(len(str(cell)) for cell in column if cell is not None)) for column in columns]
    while sum(widths) > room and max(widths) > least:
        widths[widths.index(max(widths))] -= 1
    return widths


def _cut(value: object, *, width: int) -> object:
    """A cell no wider than its column. Of several names the longest are cut, so that who went to whom stays.

    >>> _cut("Army of the Free North: ? → Government", width=30)
    'Army of the F…: ? → Government'
    """
    if not isinstance(value, str) or len(value) <= width:
        return value
    parts = _BETWEEN.split(value)
    widths = _widths([[part] for part in parts], width, least=len(" → "))
    return "".join(part if len(part) <= room else part[: room - 1].rstrip() + "…" for part, room in zip(parts, widths, strict=True))


def _show_ways_on(out: Path, store: str | None) -> None:
    usual = out == OUT
    where = ("" if usual else f" --out {shlex.quote(str(out))}") + (f" --store {shlex.quote(store)}" if store else "")
    at = "" if usual and not store else f" --store {shlex.quote(store or str(out / 'store'))}"
    drawn = (out / "explorer.html").is_file()
    page = f"{out / 'explorer.html'}  (kg explore --open{where})" if drawn else f"too many claims for one; parts of the graph: kg serve{at}"
    write_line(f"\n{bold('Page')}    {page}")
    write_line(f"{bold('Store')}   {store or out / 'store'}")
    write_line(f"{bold('Claims')}  {out / 'claims.jsonl'}")
    write_line(f"{bold('Next')}    kg query --list  ·  kg actor NAME{where}  ·  kg network --on DAY{at}")
