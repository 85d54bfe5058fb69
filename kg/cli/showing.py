"""Commands that draw a graph: `network` and `explore`."""

from __future__ import annotations

import sys
import webbrowser
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Format, Out, parse_day, reading
from kg.cli.tables import Table
from kg.errors import KgError


def network(
    on: Annotated[str | None, typer.Option(help="The day; all time when none is given.", metavar="DAY", show_default=False)] = None,
    out: Annotated[Path | None, typer.Option(help="File to write: .gexf, .graphml or .json.", metavar="FILE", show_default=False)] = None,
    sure: Annotated[bool, typer.Option("--sure", help="Only ties that surely held on the day, none that perhaps did.")] = False,
    sighting_days: Annotated[int, typer.Option(help="For how many days after an event its tie is shown, as a maybe.", min=0)] = 90,
    format: Annotated[Format, typer.Option(help="How the list of pairs is written when there is no --out.")] = Format.TABLE,
    store: Annotated[str, typer.Option(help="Folder of the store.", metavar="DIR")] = str(OUT / "store"),
) -> None:
    """Project the network of a day.

    Who stands with whom and against whom: lists the pairs, or writes the graph to a file.

    \b
    Examples:
      kg network --on 2023-11-15
      kg network --on 2023-11-15 --out day.gexf
      kg network --sure --on 2023-11-15 --format csv
    """
    from kg.model import ties
    from kg.network.files import write_graph
    from kg.network.project import Policy, project, signed_graph
    from kg.network.structure import overview
    from kg.rdf.reading import read_claims

    policy = replace(Policy(), maybe=not sure, sighting_days=sighting_days)
    with reading(store, OUT) as opened:
        graph = project(ties(read_claims(opened)), on=parse_day(on, option="--on"), policy=policy)
    signed = signed_graph(graph)
    size = overview(signed)
    told = (f"{size.actors} actors, {size.together} pairs together, {size.against} against, {size.mixed} mixed"
            f"{f', on {on}' if on else ', of all time'}")
    if out is not None:
        try:
            write_graph(graph, out)
        except OSError as problem:
            raise KgError(f"cannot be written: {problem.strerror}", where=str(out), advice="see that its folder exists") from None
        tables.write_line(f"{out}: {told}")
        return
    signs = {1: "together", -1: "against", 0: "neither"}
    rows = sorted((str(graph.nodes[a]["label"]), signs[edge["sign"]], str(graph.nodes[b]["label"]), "mixed" if edge["mixed"] else None,
                   str(edge["answer"]), int(edge["weight"])) for a, b, edge in signed.edges(data=True))
    tables.write(Table(("actor", "stand", "other", "mixed", "holds", "statements"), tuple(rows)), format)
    tables.write_line(told, to=sys.stderr)


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
        raise KgError("there is no page yet", where=str(page), advice="build it: kg build DOCUMENTS")
    tables.write_line(str(page))
    if open_page and not webbrowser.open(page.resolve().as_uri()):
        raise KgError("no web browser was found", where=str(page), advice="open the file by hand")
