"""Who and where: actors with their names, and places."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from kg.model.time import Period


class Kind(StrEnum):
    """What something is that a claim can speak of (codebook, "Actors, places, operations")."""

    ARMED_GROUP = "armed_group"
    MILITARY_UNIT = "military_unit"
    ALLIANCE = "alliance"
    GOVERNMENT = "government"
    POLITICAL_ORGANIZATION = "political_organization"
    STATE = "state"
    INTERNATIONAL_ORGANIZATION = "international_organization"
    CIVIL_SOCIETY = "civil_society"
    MEDIA = "media"
    PERSON = "person"
    PLACE = "place"
    OPERATION = "operation"
    BLOC = "bloc"  # an unnamed side: "resistance forces"
    PEOPLE = "people"  # unnamed persons: a source or a victim, never an actor of the network

    @property
    def is_actor(self) -> bool:
        """Whether it can stand in the network of actors."""
        return self not in (Kind.PLACE, Kind.OPERATION, Kind.PEOPLE)


class NameKind(StrEnum):
    """What sort of name it is, which decides how it may be matched."""

    FULL = "full"
    ABBREVIATION = "abbreviation"  # matched with its capitals
    ALIAS = "alias"  # another proper name, or another spelling
    DESCRIPTION = "description"  # "the junta": means this actor only where the text's country fits
    ADJECTIVE = "adjective"  # "Chinese"


@dataclass(frozen=True, slots=True)
class Name:
    """One way to name an actor or a place, when it was used, and who says so."""

    text: str
    kind: NameKind = NameKind.FULL
    period: Period | None = None  # None: always
    source: str | None = None  # id of an entry in seeds/sources.yaml


@dataclass(frozen=True, slots=True)
class Actor:
    """An actor (or a named operation) known beforehand or found in a text.

    `names[0]` is the name it is shown under.
    """

    id: str
    kind: Kind
    names: tuple[Name, ...]
    country: str | None = None  # ISO 3166-1 alpha-2 code of the country it acts in, where there is one
    period: Period | None = None  # when it existed
    sources: tuple[str, ...] = ()
    wikidata: str | None = None

    @property
    def name(self) -> str:
        """The name it is shown under."""
        return self.names[0].text


@dataclass(frozen=True, slots=True)
class Place:
    """A place of the gazetteer, as a point."""

    id: str
    name: str
    names: tuple[str, ...]  # other spellings
    kind: str  # country, region, district, township, town, village
    country: str  # ISO 3166-1 alpha-2
    within: str | None = None  # id of the place it lies in
    latitude: float | None = None  # degrees, WGS 84
    longitude: float | None = None
    geonames: int | None = None


def slug(name: str) -> str:
    """The identifier made from a name: lower case, no accents, words joined by hyphens.

    A name without a letter or digit of the Latin script keeps its code points, in hexadecimal.

    >>> slug("Ta’ang National Liberation Army"), slug("Hay'at Taḥrīr al-Shām")
    ('taang-national-liberation-army', 'hayat-tahrir-al-sham')
    """
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(c for c in plain if not unicodedata.combining(c)).casefold()
    plain = re.sub(r"['’ʼ‘`]", "", plain)
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words or "u-" + "-".join(f"{ord(c):x}" for c in name.strip())
