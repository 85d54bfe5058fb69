"""Commands that draw pictures: `timeline`, `map` and `matrix`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, Format, StoreAddress, parse_day, reading
from kg.cli.tables import Table
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.model import Allegiance, Claim, Flow, Place, Switch, Tie
    from kg.network.policy import Policy
    from kg.rdf.store import Store
    from kg.view.pictures.map import Control
    from kg.view.pictures.matrix import Standings
    from kg.view.pictures.picture import Picture
    from kg.view.pictures.swimlane import Sentence

SUFFIXES = (".svg", ".png", ".html")
_MOST_YEARS = 6  # of small multiples


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
    from kg.network.histories import histories
    from kg.network.sides import read_sides
    from kg.network.switches import find_switches
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id
    from kg.rdf.reading import read_claims
    from kg.view.pictures.storyline import draw_storyline
    from kg.view.pictures.swimlane import draw_swimlane

    first, last = parse_day(from_, option="--from"), parse_day(to, option="--to")
    with reading(store, OUT) as opened:
        id_ = local_id(find_actor(opened, actor).value) if actor else None
        claims = list(read_claims(opened))
        publishers = _publishers(opened)
    sides = read_sides(claims)
    known = histories(claims, sides=sides)
    switches = find_switches(claims, sides=sides).switches
    line = sides.line(id_) if id_ else None
    if line:
        history = known.get(line, ())
        switches = tuple(s for s in switches if line in {sides.line(r) for r in (s.who, *s.also) if r})
        begin, end = _days_of(history, switches, claims, first, last)
        used = {c for a in history for c in (*a.claims, *a.ended_by, *a.against)} | {c for s in switches for c in s.claims}
        told = [claim for claim in claims if claim.id in used]
        name = history[0].actor.name if history else sides.references[line].name if line in sides.references else str(actor)
        picture = draw_swimlane(name, history, switches, _sentences(told, publishers), first=begin, last=end,
                                told=_loyalty_words(name, begin, end), sources=_sources(told, publishers))
    else:
        spans = [a for history in known.values() for a in history]
        begin, end = _days_of(spans, switches, claims, first, last)
        used = {c for a in spans for c in a.claims} | {c for s in switches for c in s.claims}
        picture = draw_storyline(known, switches, first=begin, last=end, told=_loyalty_words(None, begin, end),
                                 sources=_sources([claim for claim in claims if claim.id in used], publishers))
    deliver(picture, out, format)


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
    from kg.model import ties
    from kg.network.policy import Policy
    from kg.rdf.reading import read_claims
    from kg.view.pictures.matrix import draw_matrices, draw_matrix
    from kg.view.pictures.wording import day_words

    day = parse_day(on, option="--on")
    with reading(store, OUT) as opened:
        claims = list(read_claims(opened))
        publishers = _publishers(opened)
    day = day or _last_day(claims)
    policy = Policy(maybe=not sure)
    told = list(ties(claims))
    names: dict[str, str] = {}
    days = _years(day, min((d for c in claims if (d := c.period and c.period.begin_earliest)), default=day)) if by else [day]
    series: list[Standings] = []
    used: set[str] = set()
    for one in days:
        standing, labels, rests_on = _standings(told, one, policy)
        series.append(standing)
        names |= labels
        used |= rests_on
    sources = _sources([c for c in claims if c.id in used], publishers)
    if by:
        series = [s for s in series if s.stands] or series[-1:]
        each = day_words(day).rpartition(" ")[0]
        words = f"Pairs of actors told to stand together or against each other on {each} of each year. {_policy_words(policy)}"
        picture = draw_matrices(series[-_MOST_YEARS:], names, told=words, sources=sources)
    else:
        words = f"Pairs of actors told to stand together or against each other on {day_words(day)}. {_policy_words(policy)}"
        picture = draw_matrix(series[0], names, told=words, sources=sources)
    deliver(picture, out, format)


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
    from kg.rdf.reading import read_claims, read_places
    from kg.view.pictures.boundaries import load_boundaries
    from kg.view.pictures.map import draw_map, draw_maps, main_country
    from kg.view.pictures.wording import day_words

    day = parse_day(on, option="--on")
    with reading(store, OUT) as opened:
        claims = list(read_claims(opened))
        publishers = _publishers(opened)
        stored = {place.id: place for place in read_places(opened)}
    places = tuple({**_gazetteer(), **stored}.values())
    day = day or _last_day(claims)
    one, used = _control(claims, day)
    code = (country or main_country(one.held, places) or "").upper()
    if country and code not in {place.country for place in places}:
        raise UsageError(f"no place lies in the country {country!r}", where="--country", advice="give its two-letter code: MM, SD, UA")
    words = ("Who is told to hold a place: from captures, losses and claims of control, until another side is told to take it. "
             "A place told of once is perhaps held ever after.")
    if by:
        begin = min((d for c in claims if c.type in ("capture", "controls") and (d := c.period and c.period.begin_earliest)), default=day)
        series = [_control(claims, when)[0] for when in _years(day, begin)][-_MOST_YEARS:]
        picture = draw_maps(series, places, country=code, boundaries=load_boundaries(code), sources=_sources(used, publishers),
                            told=f"On {day_words(day).rpartition(' ')[0]} of each year. {words}")
    else:
        picture = draw_map(one, places, country=code, boundaries=load_boundaries(code), sources=_sources(used, publishers),
                           told=f"On {day_words(day)}. {words}")
    deliver(picture, out, format)


def flows_picture(whole: Sequence[Flow], stretches: Sequence[Flow], address: str | None, *, by: str, together: bool) -> Picture:
    """The picture of `kg flows`: what was found of all time, and by stretches of it."""
    from kg.view.pictures.flows import draw_flows

    with reading(address, OUT) as opened:
        publishers = _publishers(opened)
    told = [claim for flow in whole for claim in flow.claims]
    kinds = "Defections, desertions and surrenders as one" if together else "Defections, desertions and surrenders"
    columns = "" if by == "all" else f" Columns: by {by}."
    months = {"month": 1, "quarter": 3}.get(by, 12)
    return draw_flows(whole, [] if by == "all" else stretches, months=months, sources=_sources(told, publishers),
                      told=f"{kinds}, as ranges from the fewest to the most that the claims allow; what may be the same people is not "
                           f"added up.{columns}")


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


def _standings(told: Sequence[Tie], day: date, policy: Policy) -> tuple[Standings, dict[str, str], set[str]]:
    """Who stands how to whom on a day, the names, and the claims it rests on."""
    from kg.network.communities import blocs
    from kg.network.project import project, signed_graph
    from kg.view.pictures.matrix import Stand, Standings

    graph = signed_graph(project(told, on=day, policy=policy))
    found = tuple(sorted((Stand(min(a, b), max(a, b), e["sign"], e["answer"] == "yes", e["mixed"], len(e["claims"]))
                          for a, b, e in graph.edges(data=True) if e["sign"] or e["mixed"]), key=lambda s: (s.a, s.b)))
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    return Standings(day, found, blocs(graph).groups), labels, {c for *_, e in graph.edges(data=True) for c in e["claims"]}


def _control(claims: Sequence[Claim], day: date) -> tuple[Control, list[Claim]]:
    from kg.model import Answer
    from kg.network.control import control
    from kg.view.pictures.map import Control, Held

    found = control(claims, on=day)
    held: dict[tuple[str, str], Held] = {}
    for one in found:  # a holder can have held a place at several times that are all perhaps this day
        told = Held(one.place, one.holder, one.answer(day), bool(one.denied))
        known = held.setdefault((one.place.id, one.holder.id), told)
        if known.answer is not Answer.YES and told.answer is Answer.YES:
            held[one.place.id, one.holder.id] = told
    return Control(day, tuple(held.values())), [claim for one in found for claim in one.claims]


def _gazetteer() -> dict[str, Place]:
    from kg.data import data_folder
    from kg.seeds import load_seeds

    return {place.id: place for place in load_seeds(data_folder("seeds")).places}


def _years(day: date, begin: date) -> list[date]:
    """The same day of each year from `begin` on; the 28th for a 29th of February."""
    day = day.replace(day=28) if (day.month, day.day) == (2, 29) else day
    return [day.replace(year=year) for year in range(max(begin.year, day.year - 3 * _MOST_YEARS, 1), day.year + 1)]


def _last_day(claims: Iterable[Claim]) -> date:
    """The last day on which a document was published.

    Raises:
        UsageError: none tells one.
    """
    days = [day for claim in claims if claim.reported and (day := claim.reported.end_earliest or claim.reported.begin_earliest)]
    if not days:
        raise UsageError("no document tells when it was published", where="--on", advice="give a day")
    return max(days)


def _days_of(spans: Iterable[Allegiance], switches: Iterable[Switch], claims: Sequence[Claim], first: date | None,
             last: date | None) -> tuple[date, date]:
    """The days to show: as asked, or from where nine tenths of what is dated begin up to the last report.

    Raises:
        UsageError: the last day is before the first.
    """
    days = sorted(day for a in spans for moment in a.sightings for day in moment)
    moved = [day for s in switches for day in (s.earliest, s.latest) if day]
    end = last or max([*days[-1:], *moved, *([_last_day(claims)] if any(c.reported for c in claims) else [])], default=date(2000, 12, 31))
    dated = sorted([*days, *moved])
    begin = first or (dated[len(dated) // 10].replace(month=1, day=1) if dated else end - timedelta(365))
    if last is None and first is None and begin >= end:
        begin = end - timedelta(365)
    if begin >= end:
        raise UsageError(f"nothing lies between {begin} and {end}", where="--from", advice="give an earlier --from or a later --to")
    return begin, end


def _publishers(opened: Store) -> dict[str, str]:
    from kg.rdf.reading import read_documents

    return {document.id: document.publisher or "" for document in read_documents(opened)}


def _sources(claims: Iterable[Claim], publishers: dict[str, str]) -> str:
    from kg.view.pictures.picture import sources_line

    documents = sorted({claim.document for claim in claims})
    return sources_line(documents, [publishers.get(document, "") for document in documents])


def _sentences(claims: Iterable[Claim], publishers: dict[str, str]) -> dict[str, Sentence]:
    from kg.view.pictures.swimlane import Sentence

    found: dict[str, Sentence] = {}
    for claim in claims:
        says = f"{claim.attributed_to.name}, in " if claim.attributed_to else ""
        parts = (publishers.get(claim.document), claim.reported and claim.reported.edtf, claim.document)
        where = " · ".join(part for part in parts if part)
        found[claim.id] = Sentence(f"{says}{where}", claim.evidence[0].quote)
    return found


def _loyalty_words(name: str | None, begin: date, end: date) -> str:
    from kg.view.pictures.wording import day_words, the

    days = f"{day_words(begin)} to {day_words(end)}"
    what = f"Sides that {the(name)} is told to stand with" if name else "Sides that actors are told to belong to"
    return (f"{what}, {days}. Claims of every certainty count; an allegiance lasts until it is told to have ended, "
            "perhaps, and surely only on the days for which a claim vouches.")


def _policy_words(policy: Policy) -> str:
    from kg.network.policy import describe

    return " ".join(describe(policy).splitlines()[:3])
