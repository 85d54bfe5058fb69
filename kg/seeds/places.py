"""The gazetteer from CSV, and the countries as places."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping

from kg.errors import KgError
from kg.model import Actor, Kind, NameKind, Place, slug
from kg.seeds.sources import Source, source_problem

PLACE_COLUMNS = ("id", "name", "names", "kind", "country", "within", "latitude", "longitude", "geonames", "source")
PLACE_KINDS = ("country", "region", "district", "township", "town", "village")
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_COUNTRY = re.compile(r"[A-Z]{2}")


def read_places(text: str, *, file: str, sources: dict[str, Source]) -> Iterator[tuple[Place, str]]:
    """The places of one CSV file, each with the line it stands on ("seeds/places.csv, line 7").

    Other spellings are joined by `|`; an empty cell means unknown.

    Raises:
        KgError: other columns, a row that is not well-formed, or an unknown source.
    """
    rows = csv.reader(text.splitlines(keepends=True), strict=True)
    try:
        header = next(rows, [])
        if tuple(header) != PLACE_COLUMNS:
            raise KgError("the columns differ", where=f"{file}, line 1", advice=f"write {','.join(PLACE_COLUMNS)}")
        for row in rows:
            where = f"{file}, line {rows.line_num}"
            if len(row) != len(PLACE_COLUMNS):
                raise KgError(f"{len(row)} cells instead of {len(PLACE_COLUMNS)}", where=where)
            try:
                yield _place(row, sources), where
            except ValueError as problem:
                raise KgError(str(problem), where=where) from None
    except csv.Error as problem:
        raise KgError(f"not CSV: {problem}", where=f"{file}, line {rows.line_num}") from None


def _place(row: list[str], sources: dict[str, Source]) -> Place:
    """The place of a row; ValueError tells what is wrong with it."""
    id_, name, names, kind, country, within, latitude, longitude, geonames, source = row
    if not _ID.fullmatch(id_):
        raise ValueError(f"{id_!r} is no identifier; write {slug(id_)!r}")
    if not name.strip():
        raise ValueError(f"the place {id_!r} has no name")
    if kind not in PLACE_KINDS:
        raise ValueError(f"unknown kind {kind!r}; known: {', '.join(PLACE_KINDS)}")
    if not _COUNTRY.fullmatch(country):
        raise ValueError(f"{country!r} is no ISO 3166-1 alpha-2 code")
    if bool(latitude) != bool(longitude):
        raise ValueError("one coordinate without the other")
    problem = source_problem(source, sources)
    if problem:
        raise ValueError(problem)
    return Place(
        id_, name, tuple(names.split("|")) if names else (), kind, country, within or None,
        _degrees(latitude, 90), _degrees(longitude, 180), int(geonames) if geonames else None,
    )


def _degrees(text: str, limit: int) -> float | None:
    if not text:
        return None
    value = float(text)
    if not -limit <= value <= limit:  # false for "nan", too
        raise ValueError(f"the coordinate {text} is not between -{limit} and {limit} degrees")
    return value


def places_of_countries(actors: Iterable[Actor], towns: Iterable[Place]) -> Iterator[Place]:
    """Each state as a place, with the state's id.

    A name that a town of the same country bears stays with the town: Beijing may stand for China, but is not all of it.
    The point of a country is unknown: its capital is not it.
    """
    taken = {(town.country, name) for town in towns for name in (town.name, *town.names)}
    for actor in actors:
        if actor.kind is Kind.STATE and actor.country:
            names = tuple(
                name.text for name in actor.names[1:]
                if name.kind is not NameKind.ADJECTIVE and (actor.country, name.text) not in taken
            )
            yield Place(actor.id, actor.name, names, "country", actor.country)


def check_places(places: Iterable[tuple[Place, str]], actors: Mapping[str, Actor]) -> None:
    """Refuse an id given twice or taken by an actor that is no state, and a `within` that leads nowhere or in a circle.

    Raises:
        KgError: names the place it stands at.
    """
    within: dict[str, str | None] = {}
    where_of: dict[str, str] = {}
    for place, where in places:
        if place.id in where_of:
            raise KgError(f"the place {place.id!r} is given twice: the other stands in {where_of[place.id]}", where=where)
        actor = actors.get(place.id)
        if actor is not None and place.kind != "country":
            raise KgError(f"{place.id!r} is the id of an actor", where=where, advice=f"write {place.id}-{place.country.lower()}")
        where_of[place.id], within[place.id] = where, place.within
    for start, where in where_of.items():
        here, seen = start, {start}
        while (outer := within[here]) is not None:
            if outer not in within:
                raise KgError(f"{here!r} lies in {outer!r}, which is no known place", where=where_of[here])
            if outer in seen:
                raise KgError(f"{start!r} lies within itself", where=where)
            seen.add(outer)
            here = outer
