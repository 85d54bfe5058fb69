"""The reference data that ships with the package. One bad record is one named failure."""

import re
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.data import data_folder
from kg.model import Actor, Answer, Kind, NameKind, Place, slug
from kg.seeds import Seeds, canonical, load_seeds
from kg.seeds.canonical import canonical_csv
from kg.seeds.sources import source_problem

SEEDS = load_seeds()
ACTORS = {actor.id: actor for actor in SEEDS.actors}
PLACES = {place.id: place for place in SEEDS.places}
SOURCES = {source.id: source for source in SEEDS.sources}
FOLDER = data_folder("seeds")
FILES = sorted([*FOLDER.glob("*.yaml"), *FOLDER.glob("actors/*.yaml"), *FOLDER.glob("*.csv")])


def named(things: Iterable[Actor], name: str) -> list[str]:
    return [actor.id for actor in things if name in [n.text for n in actor.names]]


def places_named(name: str, country: str) -> list[Place]:
    return [place for place in SEEDS.places if place.country == country and name in (place.name, *place.names)]


def test_loading_twice_gives_the_same() -> None:
    again = load_seeds()
    assert isinstance(again, Seeds)
    assert again == SEEDS


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_is_canonical(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    form = canonical_csv(text) if path.suffix == ".csv" else canonical(text)
    assert text == form, 'python -c "from kg.seeds import write_canonical; write_canonical()"'


@pytest.mark.parametrize("actor", SEEDS.actors, ids=lambda actor: actor.id)
def test_every_actor_is_sourced_and_its_names_are_of_their_kind(actor: Actor) -> None:
    cited = [*actor.sources, *(name.source for name in actor.names if name.source)]
    assert actor.sources
    assert [source_problem(source, SOURCES) for source in cited] == [None] * len(cited)
    assert actor.wikidata is None  # none was read from a file so far
    shown = actor.names[0]
    assert shown.kind in (NameKind.FULL, NameKind.ABBREVIATION)
    for name in actor.names:
        letters = re.sub(r"[^A-Za-z]", "", name.text)
        if name.kind is NameKind.ABBREVIATION:
            assert sum(map(str.isupper, letters)) > len(letters) / 2, name.text  # BGFs, PDFs
        if name.kind is NameKind.DESCRIPTION:
            assert actor.country, name.text  # else it could never be matched
            assert not name.text.lower().startswith(("the ", "a ", "an ")), name.text


def test_the_record_within_ucdp_is_a_number() -> None:
    records = [s.partition("#")[2] for a in SEEDS.actors for s in a.sources if s.startswith("ucdp-actor")]
    assert records
    assert all(record.isdigit() for record in records)


def test_every_report_cited_is_a_document_that_ships() -> None:
    documents = {path.name[:3] for path in (FOLDER / "documents").glob("[0-9][0-9][0-9]_*")}
    reports = {source.id.removeprefix("report-") for source in SEEDS.sources if source.id.startswith("report-")}
    assert reports <= documents


@pytest.mark.parametrize(
    ("name", "actor"),
    [
        ("Ta'ang National Liberation Army", "tnla"), ("Ta-ang National Liberation Army", "tnla"),
        ("Taang National Liberation Army", "tnla"), ("PSLF", "tnla"), ("Arakan Army", "arakan-army"),
        ("Arakkha Army", "arakan-army"), ("KNPLF", "knplf"), ("KPNLF", "knplf"),
        ("Karenni National People's Liberation Front", "knplf"), ("People's Defence Force", "peoples-defense-force"),
        ("People's Defense Forces", "peoples-defense-force"), ("Three Brotherhood Alliance", "three-brotherhood-alliance"),
        ("Brotherhood Alliance", "three-brotherhood-alliance"), ("Chin Brotherhood", "chin-brotherhood"),
        ("Tatmadaw", "myanmar-military"), ("junta", "myanmar-military"), ("Military Council", "myanmar-military"),
        ("SAC", "state-administration-council"), ("SSPC", "state-security-and-peace-commission"),
        ("NUG", "national-unity-government"), ("Operation 1027", "operation-1027"), ("Chinese", "china"), ("Burmese", "myanmar"),
        ("UN", "united-nations"), ("Associated Press", "associated-press"),
    ],
)
def test_a_name_means_one_actor(name: str, actor: str) -> None:
    assert named(SEEDS.actors, name) == [actor]


def test_descriptions_of_the_regime_are_marked_so() -> None:
    kinds = {name.text: name.kind for name in ACTORS["myanmar-military"].names}
    assert {kinds[text] for text in ("junta", "regime", "army", "military", "junta forces")} == {NameKind.DESCRIPTION}


def test_periods_are_those_of_the_sources() -> None:
    operation = ACTORS["operation-1027"].period  # report-001, report-100: launched on October 27, 2023
    assert operation is not None
    assert operation.edtf == "2023-10-27/.."
    founded = {actor.id: actor.period.edtf for actor in SEEDS.actors if actor.period}
    assert founded["knplf"] == "1978/.."  # report-103
    assert founded["nmsp-ad"] == "2024-02-14/.."  # report-024: "announced on Wednesday", the day it was published
    assert all(period.parse(period.edtf).covers(period.begin_latest) is not Answer.NO
               for a in SEEDS.actors if (period := a.period) and period.begin_latest)


@pytest.mark.parametrize(
    "spellings",
    [
        "Laukkai Laukkaing", "Mogok Mogoke", "Nawnghkio Naungcho Naunghkio", "Momeik Mongmit", "Hsenwi Hseni",
        "Chin_Shwe_Haw Chinshwehaw", "Pyin_Oo_Lwin May_Myo", "Monekoe Mong_Ko", "Kyaukphyu Kyauk_Pyu Kyaukpyu",
        "Naypyitaw Nay_Pyi_Taw Naypyidaw", "Hpa-an Pa-an", "Mawlamyine Moulmein", "Magway Magwe", "Kyin_Dwe Kyindwe",
        "Yangon Rangoon", "Loikaw", "Demoso", "Mese", "Kawkareik", "Myawaddy", "Lay_Kay_Kaw", "Shwe_Kokko", "Bhamo", "Hpakant",
        "Kutkai", "Muse", "Lashio", "Namkham", "Kyaukme", "Hsipaw", "Namhsan", "Mantong", "Paletwa", "Kanpetlet", "Matupi",
        "Hakha", "Thantlang", "Dawei", "Sittwe", "Bago", "Sagaing", "Mandalay", "Mongyai", "Myitkyina", "Mindat", "Laiza",
    ],
)
def test_the_spellings_of_a_town_of_myanmar_are_one_place_with_a_point(spellings: str) -> None:
    found = [places_named(name.replace("_", " "), "MM") for name in spellings.split()]
    assert all(len(places) == 1 for places in found), found
    assert {places[0].id for places in found} == {found[0][0].id}
    latitude, longitude = found[0][0].latitude, found[0][0].longitude
    assert latitude is not None
    assert longitude is not None
    assert 9.5 < latitude < 28.6  # a box around all that GeoNames places in Myanmar
    assert 92.1 < longitude < 101.3


@pytest.mark.parametrize(
    ("name", "region"),
    [
        ("Kayah", "kayah-state"), ("Karenni", "kayah-state"), ("Karenni State", "kayah-state"), ("Rakhine", "rakhine-state"),
        ("Arakan State", "rakhine-state"), ("Karen State", "kayin-state"), ("Magwe Region", "magway-region"), ("Shan", "shan-state"),
    ],
)
def test_both_names_of_a_region(name: str, region: str) -> None:
    assert [place.id for place in places_named(name, "MM")] == [region]
    assert PLACES[region].within == "myanmar"
    assert PLACES[region].kind == "region"


def test_myanmar_has_its_fifteen_states_regions_and_territory() -> None:
    regions = [place for place in SEEDS.places if place.country == "MM" and place.kind == "region"]
    assert len(regions) == 15
    assert [place.id for place in regions if place.latitude is None] == []


@pytest.mark.parametrize(
    ("name", "country"),
    [("Goma", "CD"), ("Kinshasa", "CD"), ("Khartoum", "SD"), ("Tripoli", "LY"), ("Tripoli", "LB"), ("Kunming", "CN"), ("Beijing", "CN"),
     ("Bangkok", "TH"), ("Kiev", "UA"), ("Raqqa", "SY"), ("Idleb", "SY"), ("Kidal", "ML"), ("Cotabato", "PH")],
)
def test_cities_of_the_world_have_a_point(name: str, country: str) -> None:
    [place] = places_named(name, country)
    assert place.latitude is not None
    assert place.geonames


def test_a_place_and_an_actor_share_an_id_only_as_a_state() -> None:
    shared = ACTORS.keys() & PLACES.keys()
    assert {ACTORS[id_].kind for id_ in shared} == {Kind.STATE}
    assert {PLACES[id_].kind for id_ in shared} == {"country"}


def test_every_place_lies_in_its_country_and_every_id_is_a_slug() -> None:
    wrong = []
    for place in SEEDS.places:
        top = place
        while top.within:
            top = PLACES[top.within]
        if top.kind != "country" or top.country != place.country or slug(place.id) != place.id:
            wrong.append(place.id)
    assert wrong == []


def test_city_names_are_no_codes_and_in_latin_script() -> None:
    towns = [place for place in SEEDS.places if place.geonames]
    assert [n for p in towns for n in p.names if len(n) < 4 or n.isupper() or not n.isascii()] == []
