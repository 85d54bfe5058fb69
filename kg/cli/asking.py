"""Commands that question a graph as a whole: `query` and `check`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Format, Out, QueryFormat, StoreAddress, reading
from kg.cli.tables import Table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.rdf.formats import Result
    from kg.rdf.validate import Problem

_WIDEST = 100  # characters of a sentence in a table; JSON and CSV have all of it


def query(
    name: Annotated[str | None, typer.Argument(help="A named query, a file of SPARQL, or - for standard input.", metavar="NAME|FILE|-",
                                               show_default=False)] = None,
    list_all: Annotated[bool, typer.Option("--list", help="List the named queries with their questions and parameters.")] = False,
    param: Annotated[list[str] | None, typer.Option(help="A parameter of a named query; may be repeated.", metavar="NAME=VALUE",
                                                    show_default=False)] = None,
    format: Annotated[QueryFormat, typer.Option(help="How the answer is written; turtle for CONSTRUCT.")] = QueryFormat.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Answer a named query or SPARQL.

    \b
    Examples:
      kg query --list
      kg query largest-alliances
      kg query members --param alliance="Three Brotherhood Alliance" --format csv
      echo 'SELECT * WHERE { ?claim a kg:Defection ; kg:from ?side }' | kg query -
    """
    from kg.rdf.queries import list_queries, load_query, run_query, run_sparql

    if list_all or name is None:
        rows = tuple((q.topic, q.name, " ".join(p.name if p.required else f"[{p.name}]" for p in q.parameters), q.question)
                     for q in list_queries())
        tables.write(Table(("about", "query", "parameters", "answers"), rows), _table_format(format))
        return
    answer: Result
    given = dict(_parameter(text) for text in param or ())
    path = Path(name)
    if name != "-" and path.suffix not in (".rq", ".sparql") and not path.is_file():
        named = load_query(name)
        with reading(store, out) as opened:
            answer = run_query(opened, named, given)
    else:
        if given:
            raise UsageError("only named queries take parameters", where="--param", advice="write the values into the query")
        text = sys.stdin.read() if name == "-" else _text_of(path)
        with reading(store, out) as opened:
            answer = run_sparql(opened, text)
    _write_answer(answer, format)


def _table_format(format: QueryFormat) -> Format:
    try:
        return Format(format.value)
    except ValueError:
        raise UsageError(f"this cannot be written as {format}", where="--format", advice=f"one of {', '.join(Format)}") from None


def _parameter(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise UsageError(f"{text!r} is no parameter", where="--param", advice="write it as NAME=VALUE")
    return name, value


def _text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise UsageError(f"cannot be read: {problem}", where=str(path), advice="kg query --list names the queries") from None


def _write_answer(answer: Result, format: QueryFormat) -> None:
    from kg.rdf.formats import Rows, serialize

    if format is QueryFormat.TABLE and isinstance(answer, Rows):
        tables.write(Table(answer.columns, answer.rows), Format.TABLE)
    elif format is QueryFormat.TABLE and isinstance(answer, bool):
        tables.write_line("yes" if answer else "no")
    else:
        text = serialize(answer, "turtle" if format is QueryFormat.TABLE else format.value)
        tables.write_line(text.rstrip("\r\n"))


def check(
    shapes: Annotated[Path | None, typer.Option(help="A SHACL file of your own, in Turtle, checked besides.", metavar="FILE",
                                                show_default=False)] = None,
    format: Annotated[Format, typer.Option(help="How the problems are written.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Check the graph for mistakes.

    Against its shapes, and for what contradicts itself. Exit code 1: something must not be as it is.

    \b
    Examples:
      kg check
      kg check --format json
      kg check --shapes mine.ttl
    """
    from kg.rdf.validate import Problem, Severity
    from kg.rdf.validate import check as find_problems

    with reading(store, out) as opened:
        problems = find_problems(opened)
        if shapes is not None:
            from kg.rdf.shacl import check_shapes

            problems = sorted([*problems, *check_shapes(opened, shapes)], key=Problem.order)
    if format is Format.TABLE:
        _tell(problems)
    else:
        columns = ("severity", "check", "node", "claim", "document", "sentence", "message", "advice")
        tables.write(Table(columns, tuple((p.severity.value, p.shape, p.node, p.claim, p.document, p.sentence, p.message, p.advice)
                                          for p in problems)), format)
    if any(p.severity is Severity.VIOLATION for p in problems):
        raise typer.Exit(1)


def _tell(problems: Sequence[Problem]) -> None:
    """Each check with what to do once, and below it where it found something."""
    for (severity, name, message, advice), found in groupby(problems, key=lambda p: (p.severity, p.shape, p.message, p.advice)):
        rows = tuple((p.claim, p.document, None if p.node in (p.claim, p.document) else p.node, _shortened(p.sentence)) for p in found)
        tables.write_line(tables.bold(f"{severity}: {name}, {len(rows)}") + f"\n{message}\nTo do: {advice}\n")
        used = [i for i, column in enumerate(zip(*rows, strict=True)) if any(column)]
        columns = ("claim", "document", "node", "sentence")
        tables.write(Table(tuple(columns[i] for i in used), tuple(tuple(row[i] for i in used) for row in rows)), Format.TABLE)
        tables.write_line()
    tables.write_line(f"{len(problems)} to look at" if problems else "nothing is wrong")


def _shortened(sentence: str | None) -> str | None:
    return sentence if sentence is None or len(sentence) <= _WIDEST else sentence[: _WIDEST - 1] + "…"
