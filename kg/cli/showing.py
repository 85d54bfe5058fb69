"""Commands that draw a graph: `network` and `explore`."""

from __future__ import annotations

import sys
import webbrowser
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables
from kg.cli.counting import (
    Certainties,
    ClaimDocuments,
    EndedByHostility,
    KnownBy,
    PairDocuments,
    Sighting,
    Sure,
    Types,
    WithoutDocuments,
    WithoutSources,
    read_policy,
)
from kg.cli.options import OUT, Format, Out, parse_day, reading
from kg.cli.progress import counted, watched
from kg.cli.survey import pair_table, survey_json, write_sections
from kg.errors import KgError, UsageError
from kg.network.policy import Combine, Policy


def network(
    on: Annotated[str | None, typer.Option(help="The day; all time when none is given.", metavar="DAY", show_default=False)] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day of a window, instead of --on.", metavar="DAY",
                                              show_default=False)] = None,
    to: Annotated[str | None, typer.Option(help="Last day of a window.", metavar="DAY", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option(help="File to write: .gexf, .graphml or .json.", metavar="FILE", show_default=False)] = None,
    sure: Sure = False,
    sighting_days: Sighting = 90,
    relation_days: Annotated[int | None, typer.Option(help="The same for a relation not said to have ended.  [default: for ever]", min=0,
                                                      show_default=False)] = None,
    ended_by_switch: Annotated[bool, typer.Option(
        "--ended-by-switch/--not-ended-by-switch", help="A change of side ends what its actor had with the side it left.")] = True,
    ended_by_hostility: EndedByHostility = 2,
    undated: Annotated[bool, typer.Option("--undated/--no-undated", help="Count claims without a date, from the day of their report.")
                       ] = True,
    known_by: KnownBy = None,
    down: Annotated[bool, typer.Option("--down", help="What an alliance does, its members do.")] = False,
    up: Annotated[bool, typer.Option("--up", help="What a member does, its alliance does.")] = False,
    types: Types = None,
    certainties: Certainties = None,
    without_sources: WithoutSources = None,
    without_documents: WithoutDocuments = None,
    claim_documents: ClaimDocuments = 1,
    pair_documents: PairDocuments = 1,
    combine: Annotated[Combine, typer.Option(help="Which sign a pair gets that is told both together and against.")] = Combine.SUM,
    format: Annotated[Format, typer.Option(help="How it is written when there is no --out; csv: the list of pairs.")] = Format.TABLE,
    store: Annotated[str, typer.Option(help="Folder of the store.", metavar="DIR")] = str(OUT / "store"),
) -> None:
    """Project the network of a day or a window.

    Who stands with whom and against whom: camps, alliances, brokers, who is friend and foe at once, and the pairs. Or writes the
    graph to a file. Which claims count is a policy, which the options change and the output tells.

    \b
    Examples:
      kg network --on 2023-11-15
      kg network --on 2023-11-15 --out day.gexf
      kg network --sure --on 2023-11-15 --format csv
      kg network --from 2023-10-27 --to 2023-12-31 --down --pair-documents 2
      kg network --on 2023-11-15 --known-by 2023-11-15 --without-sources Tatmadaw --format json
    """
    from kg.model import ties
    from kg.network.files import write_graph
    from kg.network.project import project, signed_graph
    from kg.network.structure import overview
    from kg.network.survey import survey
    from kg.rdf.reading import read_claims

    day, window = parse_day(on, option="--on"), _window(from_, to)
    if day and window:
        raise UsageError("a day and a window", where="--on", advice="give --on, or --from and --to")
    with reading(store, OUT) as opened:
        told = list(ties(read_claims(opened)))
        usual = Policy(relation_days=relation_days, ended_by_switch=ended_by_switch, undated=undated,
                       down=down, up=up, combine=combine)
        policy = read_policy(
            opened, told, usual=usual, sure=sure, sighting_days=sighting_days, ended_by_hostility=ended_by_hostility, types=types,
            certainties=certainties, without_sources=without_sources, without_documents=without_documents, known_by=known_by,
            claim_documents=claim_documents, pair_documents=pair_documents)
    graph = project(told, on=day or window, policy=policy)
    signed = signed_graph(graph)
    size = overview(signed)
    when = f"on {on}" if on else f"from {from_ or 'the beginning'} to {to or 'the end'}" if window else "of all time"
    line = f"{size.actors} actors, {size.together} pairs together, {size.against} against, {size.mixed} mixed, {when}"
    if out is not None:
        try:
            write_graph(graph, out)
        except OSError as problem:
            raise KgError(f"cannot be written: {problem.strerror}", where=str(out), advice="see that its folder exists") from None
        tables.write_line(f"{out}: {line}")
        return
    if format is Format.CSV:
        tables.write(pair_table(signed), format)
    else:
        with watched() as bar:
            found = survey(graph, progress=counted(bar))
        if format is Format.TABLE:
            write_sections(found, signed, when=when)
            return
        tables.write_json(survey_json(found, signed))
    tables.write_line(line, to=sys.stderr)


def _window(first: str | None, last: str | None) -> tuple[date | None, date | None] | None:
    """The window that two options set, or none.

    Raises:
        UsageError: no day, or the window ends before it begins.
    """
    begin, end = parse_day(first, option="--from"), parse_day(last, option="--to")
    if begin and end and begin > end:
        raise UsageError(f"the window ends before it begins: {begin} to {end}", where="--from", advice="give the earlier day first")
    return (begin, end) if begin or end else None


def explore(
    open_page: Annotated[bool, typer.Option("--open", help="Open it in the web browser.")] = False,
    out: Out = OUT,
) -> None:
    """Show the explorer page.

    Tells where it is: one self-contained file, which needs no network.

    \b
    Examples:
      kg explore --open
      kg explore --out out/war
    """
    page = out / "explorer.html"
    if not page.is_file():
        if (out / "claims.jsonl").is_file():
            raise KgError("the graph is too large for one page", where=str(page), advice="kg serve draws the parts that you ask for")
        raise KgError("there is no page yet", where=str(page), advice="build it: kg build DOCUMENTS")
    tables.write_line(str(page))
    if open_page and not webbrowser.open(page.resolve().as_uri()):
        raise KgError("no web browser was found", where=str(page), advice="open the file by hand")
