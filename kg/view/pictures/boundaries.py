"""The boundaries that ship with the program, as the background of maps."""

from __future__ import annotations

import json
from dataclasses import dataclass

from kg.data import data_folder

Ring = tuple[tuple[float, float], ...]  # longitude, latitude in degrees; closed


@dataclass(frozen=True, slots=True)
class Division:
    """A state or region: its outlines and the holes in them."""

    name: str
    rings: tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Boundaries:
    """The first-level divisions of a country, and how old they are."""

    vintage: str
    divisions: tuple[Division, ...]


def load_boundaries(country: str) -> Boundaries | None:
    """The boundaries of a country by its ISO 3166-1 alpha-2 code; `None`: there are none here, and its map has none.

    >>> found = load_boundaries("MM")
    >>> len(found.divisions), found.divisions[0].name
    (14, 'Ayeyarwady')
    """
    if not (len(country) == 2 and country.isascii() and country.isalpha()):
        return None
    path = data_folder("seeds") / "boundaries" / f"{country.upper()}.geojson"
    if not path.is_file():
        return None
    document = json.loads(path.read_text(encoding="utf-8"))
    divisions = tuple(Division(feature["properties"]["name"],
                               tuple(tuple((x, y) for x, y in ring) for polygon in feature["geometry"]["coordinates"] for ring in polygon))
                      for feature in document["features"])
    return Boundaries(document["vintage"], divisions)
