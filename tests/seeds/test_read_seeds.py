"""What the loader makes of well-formed files, and the canonical form."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Actor, Kind, Name, NameKind, Period, Place
from kg.seeds import Source, canonical, load_seeds, write_canonical
from kg.seeds.actors import read_actors
from kg.seeds.canonical import canonical_csv
from kg.seeds.places import places_of_countries, read_places
from kg.seeds.sources import read_sources

BOOK = {"book": Source("book", "A book")}


def test_an_actor_with_everything() -> None:
    text = """\
- id: ta-army
  kind: armed_group
  country: MM
  period: "1992/.."
  names:
    - Ta’ Army
    - {text: TA, kind: abbreviation, period: "2009/2011", source: book#3}
  sources: [book]
  wikidata: Q42
"""
    [(actor, where)] = read_actors(text, file="x.yaml", sources=BOOK)
    assert where == "x.yaml, line 1"
    assert actor == Actor(
        "ta-army", Kind.ARMED_GROUP,
        (Name("Ta’ Army"), Name("TA", NameKind.ABBREVIATION, Period.parse("2009/2011"), "book#3")),
        "MM", Period.parse("1992/.."), ("book",), "Q42",
    )
    assert canonical(text) == text


def test_what_is_not_told_stays_unknown() -> None:
    [source] = read_sources("- id: a\n", file="sources.yaml").values()
    assert source == Source("a", None)
    [(place, _)] = read_places(
        "id,name,names,kind,country,within,latitude,longitude,geonames,source\na,A,,town,MM,,,,,book\n", file="p.csv", sources=BOOK
    )
    assert place == Place("a", "A", (), "town", "MM")


def test_a_state_is_a_place_under_the_same_id_without_point_and_without_its_capital() -> None:
    state = Actor("ruritania", Kind.STATE, (
        Name("Ruritania"), Name("Kingdom of Ruritania", NameKind.ALIAS), Name("Strelsau", NameKind.ALIAS),
        Name("RUR", NameKind.ABBREVIATION), Name("Ruritanian", NameKind.ADJECTIVE)), "RU")
    army = Actor("army", Kind.ARMED_GROUP, (Name("Army"),), "RU")
    town = Place("strelsau", "Strelsau", (), "town", "RU")
    [place] = places_of_countries([state, army], [town])
    assert place == Place("ruritania", "Ruritania", ("Kingdom of Ruritania", "RUR"), "country", "RU")


def test_canonical_sorts_orders_and_quotes() -> None:
    text = '# Head.\n- {names: [{kind: full, text: B}, "12"], id: b, kind: media}\n- {kind: person, id: a, country: "NO"}\n'
    assert canonical(text) == """\
# Head.

- id: a
  kind: person
  country: "NO"

- id: b
  kind: media
  names:
    - B
    - "12"
"""


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1).map(str.strip).filter(bool)


@given(st.dictionaries(st.from_regex(r"[a-z]{1,4}(-[0-9]{1,2})?", fullmatch=True), st.lists(TEXTS, min_size=1, max_size=3), max_size=4))
def test_canonical_keeps_every_text_and_is_its_own_canonical_form(actors: dict[str, list[str]]) -> None:
    lists = {id_: ", ".join(map(_quoted, names)) for id_, names in actors.items()}
    text = canonical("".join(f"- {{id: {_quoted(id_)}, kind: media, names: [{names}], sources: [book]}}\n" for id_, names in lists.items()))
    assert canonical(text) == text
    read = {actor.id: [name.text for name in actor.names] for actor, _ in read_actors(text, file="x", sources=BOOK)}
    assert read == actors


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def test_canonical_csv_sorts_and_unquotes() -> None:
    assert canonical_csv('id,name\r\nb,"B"\r\na,"A, or B"\r\n') == 'id,name\na,"A, or B"\nb,B\n'


def test_write_canonical_repairs_a_folder_and_says_what_changed(tmp_path: Path) -> None:
    (tmp_path / "actors").mkdir()
    (tmp_path / "sources.yaml").write_text("- id: book\n", encoding="utf-8")
    (tmp_path / "actors/a.yaml").write_text("- {sources: [book], names: [A], kind: media, id: a}\n", encoding="utf-8")
    with pytest.raises(KgError, match="canonical"):
        load_seeds(tmp_path)
    assert write_canonical(tmp_path) == (tmp_path / "actors/a.yaml",)
    assert [actor.name for actor in load_seeds(tmp_path).actors] == ["A"]
    assert write_canonical(tmp_path) == ()
