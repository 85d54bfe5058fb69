"""What `kg build` tells: how much there is, what stands out, and where to go on."""

from __future__ import annotations

import shlex
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from kg.cli.options import OUT, Format, reading
from kg.cli.tables import Table, bold, write, write_json, write_line

if TYPE_CHECKING:
    from kg.build import BuildReport
    from kg.rdf.store import Store

_WIDEST = 36  # characters of a cell
_ROWS = 6  # of each section; the query named beside it gives all


# Each section: its heading, the named query, and which of its columns are shown under which heading.
_SECTIONS = (
    ("Largest alliances", "largest-alliances", {"name": "alliance", "members": "members", "documents": "documents"}),
    ("Side switches", "side-switches",
     {"when": "when", "what": "what", "who": "who", "from": "from", "to": "to", "count": "count", "source": "says",
      "document": "document"}),
    ("Figures that disagree", "disagreeing-counts",
     {"type": "type", "subject": "who", "from": "of", "place": "place", "count": "count", "document": "document",
      "other_count": "or", "other_document": "other document"}),
)


def show_report(report: BuildReport, *, out: Path, store: str | None, format: Format) -> None:
    """Problems and notes to standard error, the summary to standard output."""
    _complain(report)
    if format is Format.JSON:
        write_json({**asdict(report), "problems": report.problems, "out": str(out)})
        return
    if format is Format.CSV:
        write(Table(("what", "number"), tuple(_numbers(report).items())), format)
        return
    write_line(_headline(report))
    write_line(_changes(report))
    with reading(store, out) as opened:
        for heading, name, columns in _SECTIONS:
            _show_section(opened, heading, name, columns)
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
    numbers = " · ".join(f"{number:,} {what}" for what, number in _numbers(report).items())
    return bold(numbers)


def _changes(report: BuildReport) -> str:
    counts = {"new": report.new, "changed": report.changed, "unchanged": report.unchanged, "removed": report.removed}
    told = [f"{len(ids)} {what}" for what, ids in counts.items() if ids]
    told += [f"{report.extracted} extracted"] if report.extracted else ["nothing to extract"]
    told += [f"{report.problems} not read"] if report.problems else []
    removed = f" ({', '.join(report.removed[:3])}{' ...' if len(report.removed) > 3 else ''})" if report.removed else ""
    return f"documents of this run: {', '.join(told)}{removed}"


def _show_section(store: Store, heading: str, name: str, columns: dict[str, str]) -> None:
    from kg.rdf.queries import load_query, run_query

    answer = run_query(store, load_query(name))
    if not answer.rows:
        return
    at = [answer.columns.index(column) for column in columns]
    rows = tuple(tuple(_short(row[i]) for i in at) for row in answer.rows[:_ROWS])
    used = [i for i in range(len(at)) if any(row[i] not in (None, "") for row in rows)]
    table = Table(tuple(tuple(columns.values())[i] for i in used), tuple(tuple(row[i] for i in used) for row in rows))
    more = f"{len(rows)} of {len(answer.rows)}, " if len(answer.rows) > len(rows) else ""
    write_line(f"\n{bold(heading)}  ({more}kg query {name})")
    write(table, Format.TABLE)


def _short(value: object) -> object:
    """A cell that keeps the summary on the page: without the prefix of an identifier, and cut when long."""
    if not isinstance(value, str):
        return value
    text = value.split(":", 1)[1] if value.startswith(("document:", "kg:", "actor:")) else value
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1].rstrip() + "…"


def _show_ways_on(out: Path, store: str | None) -> None:
    usual = out == OUT
    where = ("" if usual else f" --out {shlex.quote(str(out))}") + (f" --store {shlex.quote(store)}" if store else "")
    at = "" if usual and not store else f" --store {shlex.quote(store or str(out / 'store'))}"
    write_line(f"\n{bold('Page')}    {out / 'explorer.html'}  (kg explore --open{where})")
    write_line(f"{bold('Store')}   {store or out / 'store'}")
    write_line(f"{bold('Claims')}  {out / 'claims.jsonl'}")
    write_line(f"{bold('Next')}    kg query --list  ·  kg actor NAME{where}  ·  kg network --on DAY{at}")
