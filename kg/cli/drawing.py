"""Commands that draw pictures: `timeline`, `map` and `matrix`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Format, StoreAddress, parse_day, reading
from kg.cli.tables import Table
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.model import Flow
    from kg.view.pictures.picture import Picture

SUFFIXES = (".svg", ".png", ".html")


class Step(StrEnum):
    """How far apart the days of small multiples are."""

    YEAR = "year"


Drawn = Annotated[Path | None, typer.Option("--out", help="File to write: .svg, .png or .html.  [default: kg-out/NAME.svg]",
                                            metavar="FILE", show_default=False)]
On = Annotated[str | None, typer.Option(help="The day.  [default: the last that a document was published on]", metavar="DAY",
                                        show_default=False)]
ByYear = Annotated[Step | None, typer.Option("--by", help="Small pictures of this day in each year up to then.", show_default=False)]
Shape = Annotated[Format | None, typer.Option(help="Write what the picture shows as a table instead: table, json, csv.",
                                              show_default=False)]


def timeline(
    actor: Annotated[str | None, typer.Option(help="The sides of this actor alone, by name or id, with the sentences.",
                                              show_default=False)] = None,
    from_: Annotated[str | None, typer.Option("--from", help="First day shown.", metavar="DAY", show_default=False)] = None,
    to: Annotated[str | None, typer.Option(help="Last day shown.", metavar="DAY", show_default=False)] = None,
    out: Drawn = None,
    format: Shape = None,
    store: StoreAddress = None,
) -> None:
    """Draw who stood with whom through time.

    Without --actor, all actors as lines through the sides they belong to; with it, one actor's sides, each with its evidence.

    \b
    Examples:
      kg timeline
      kg timeline --actor "Arakan Army" --out arakan.svg
      kg timeline --from 2023-01-01 --to 2024-12-31 --out war.html
    """
    from kg.api.drawing import draw_timeline, read_publishers
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id
    from kg.rdf.reading import read_claims

    first, last = parse_day(from_, option="--from"), parse_day(to, option="--to")
    with reading(store, OUT) as opened:
        id_ = local_id(find_actor(opened, actor).value) if actor else None
        claims = list(read_claims(opened))
        publishers = read_publishers(opened)
    deliver(draw_timeline(claims, publishers, actor=id_, first=first, last=last), out, format)


def matrix(
    on: On = None,
    by: ByYear = None,
    sure: Annotated[bool, typer.Option("--sure", help="Only ties that surely held on the day.")] = False,
    out: Drawn = None,
    format: Shape = None,
    store: StoreAddress = None,
) -> None:
    """Draw who stands with and against whom.

    The signed matrix of a day, ordered by camp: a disc together, a square against, open where it only perhaps held.

    \b
    Examples:
      kg matrix --on 2023-11-15
      kg matrix --on 2025-06-30 --by year --out years.svg
      kg matrix --on 2023-11-15 --sure --format csv
    """
    from kg.api.drawing import draw_standings, read_publishers
    from kg.network.policy import Policy
    from kg.rdf.reading import read_claims

    day = parse_day(on, option="--on")
    with reading(store, OUT) as opened:
        claims = list(read_claims(opened))
        publishers = read_publishers(opened)
    deliver(draw_standings(claims, publishers, on=day, by_year=by is not None, policy=Policy(maybe=not sure)), out, format)


def map(  # the command's name is its function's
    on: On = None,
    by: ByYear = None,
    country: Annotated[str | None, typer.Option(help="Its ISO 3166-1 code, MM say.  [default: where most of the places lie]",
                                                metavar="CODE", show_default=False)] = None,
    out: Drawn = None,
    format: Shape = None,
    store: StoreAddress = None,
) -> None:
    """Draw who holds which places on a day.

    Points of the gazetteer with the signs of their holders; places without a point are listed beside the map. No map service is asked.

    \b
    Examples:
      kg map --on 2023-12-15
      kg map --on 2024-12-31 --country SD --out sudan.svg
      kg map --on 2025-06-30 --by year --out years.html
    """
    from kg.api.drawing import draw_control, read_publishers
    from kg.rdf.reading import read_claims, read_places

    day = parse_day(on, option="--on")
    with reading(store, OUT) as opened:
        claims = list(read_claims(opened))
        publishers, places = read_publishers(opened), list(read_places(opened))
    deliver(draw_control(claims, publishers, places, on=day, by_year=by is not None, country=country), out, format)


def flows_picture(whole: Sequence[Flow], stretches: Sequence[Flow], address: str | None, *, by: str, together: bool) -> Picture:
    """The picture of `kg flows`: what was found of all time, and by stretches of it."""
    from kg.api.drawing import draw_leavers, read_publishers

    with reading(address, OUT) as opened:
        publishers = read_publishers(opened)
    return draw_leavers(whole, stretches, publishers, by=by, together=together)


def deliver(picture: Picture, out: Path | None, format: Format | None) -> None:
    """Write a picture to its file and say what it shows, or write its table.

    Raises:
        UsageError: the file's name ends in something else.
        KgError: it cannot be written.
    """
    from kg.view.pictures.picture import to_html, to_svg

    if format is not None:
        tables.write(Table(picture.columns, picture.rows), format)
        tables.write_line(picture.frame.finding, to=sys.stderr)
        if out is None:
            return
    path = out or OUT / f"{picture.name}.svg"
    if path.suffix not in SUFFIXES:
        raise UsageError(f"{path.name!r} is no picture", where="--out", advice=f"end it in {', '.join(SUFFIXES)}")
    if path.suffix == ".png":
        from kg.view.pictures.png import to_png

        written = to_png(to_svg(picture))
    else:
        written = (to_html(picture) if path.suffix == ".html" else to_svg(picture)).encode("utf-8")
    try:
        path.write_bytes(written)
    except OSError as problem:
        raise KgError(f"cannot be written: {problem.strerror}", where=str(path), advice="see that its folder exists") from None
    if format is None:
        tables.write_line(f"{path}: {picture.frame.finding}")
