"""Everything a seeds folder is refused for, with the file and the line that the message gives."""

from pathlib import Path

import pytest

from kg.errors import KgError
from kg.seeds import load_seeds

SOURCES = """\
- id: book
  title: A book

- id: report-1
  publisher: A paper
"""
ACTORS = """\
- id: red-army
  kind: armed_group
  country: MM
  names:
    - Red Army
    - {text: RA, kind: abbreviation, source: report-1}
  sources: [book#7]

- id: ruritania
  kind: state
  country: RU
  names:
    - Ruritania
    - {text: Strelsau, kind: alias}
    - {text: Ruritanian, kind: adjective}
  sources: [book]
"""
PLACES = """\
id,name,names,kind,country,within,latitude,longitude,geonames,source
strelsau,Strelsau,Strelzau|Strelsow,town,RU,zenda-region,50.5,-12.25,17,book
zenda-region,Zenda Region,,region,RU,ruritania,,,,book
"""
FILES = {"sources.yaml": SOURCES, "actors/a.yaml": ACTORS, "places.csv": PLACES}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    root = tmp_path / "seeds"
    (root / "actors").mkdir(parents=True)
    for name, text in FILES.items():
        (root / name).write_text(text, encoding="utf-8")
    return root


def test_the_folder_that_the_cases_break_is_fine(folder: Path) -> None:
    seeds = load_seeds(folder)
    assert [actor.id for actor in seeds.actors] == ["red-army", "ruritania"]
    assert [place.id for place in seeds.places] == ["ruritania", "strelsau", "zenda-region"]
    assert [source.id for source in seeds.sources] == ["book", "report-1"]


@pytest.mark.parametrize(
    ("file", "old", "new", "line", "words"),
    [
        ("actors/a.yaml", "kind: armed_group", "kind: army", 2, "unknown kind 'army'"),
        ("actors/a.yaml", "kind: armed_group", "kind: place", 2, "unknown kind 'place'"),
        ("actors/a.yaml", "kind: abbreviation", "kind: nickname", 6, "unknown kind 'nickname'"),
        ("actors/a.yaml", "country: MM", "land: MM", 3, "unknown key 'land'"),
        ("actors/a.yaml", "country: MM", "country: Myanmar", 3, "alpha-2"),
        ("actors/a.yaml", "country: MM", "country: NO", 3, "'NO' is not a text"),
        ("actors/a.yaml", "country: MM", "country: MM\n  country: TH", 4, "given twice"),
        ("actors/a.yaml", "country: MM", 'country: MM\n  period: "2021-13"', 4, "2021-13"),
        ("actors/a.yaml", "country: MM", "country: MM\n  period: 2021", 4, "quotes"),
        ("actors/a.yaml", "country: MM", "country: MM\n  wikidata: tnla", 4, "no Wikidata identifier"),
        ("actors/a.yaml", "  kind: armed_group\n", "", 1, "no 'kind'"),
        ("actors/a.yaml", "- id: red-army", "- id: Red Army", 1, "write 'red-army'"),
        ("actors/a.yaml", "- id: red-army", "- id: ruritania", 9, "actors/a.yaml, line 1"),
        ("actors/a.yaml", "source: report-1", "source: report-2", 6, "unknown source 'report-2'"),
        ("actors/a.yaml", "[book#7]", "[boook#7]", 7, "unknown source 'boook'"),
        ("actors/a.yaml", "[book#7]", "book", 7, "not a list"),
        ("actors/a.yaml", "[book#7]", "[book#]", 7, "names no record"),
        ("actors/a.yaml", "  sources: [book#7]\n", "", 1, "no sources"),
        ("actors/a.yaml", "    - Red Army\n", "    - [Red, Army]\n", 5, "expected a text"),
        ("actors/a.yaml", "    - Red Army\n", '    - " "\n', 5, "empty"),
        ("actors/a.yaml", ACTORS, "red-army: {}\n", 1, "not a list"),
        ("actors/a.yaml", ACTORS, "- red-army\n", 1, "expected a mapping"),
        ("actors/a.yaml", "country: MM", "country: [MM", 4, "not YAML"),
        ("actors/a.yaml", "- {text: RA, kind: abbreviation, source: report-1}", "- {kind: alias}", 6, "no 'text'"),
        ("sources.yaml", "- id: report-1", "- id: book", 4, "given twice"),
        ("sources.yaml", "publisher: A paper", "url: ftp.example.org", 5, "no web address"),
        ("sources.yaml", "publisher: A paper", "published: 27 May 2024", 5, "not a text|EDTF"),
        ("places.csv", "names,kind", "alias,kind", 1, "columns differ"),
        ("places.csv", "town,RU", "twon,RU", 2, "unknown kind 'twon'"),
        ("places.csv", "strelsau,Strelsau", "Strelsau,Strelsau", 2, "write 'strelsau'"),
        ("places.csv", "strelsau,Strelsau", "strelsau,", 2, "no name"),
        ("places.csv", "town,RU", "town,RUR", 2, "alpha-2"),
        ("places.csv", "50.5,", "90.5,", 2, "between -90 and 90"),
        ("places.csv", "-12.25", "-180.25", 2, "between -180 and 180"),
        ("places.csv", "50.5,", "nan,", 2, "between -90 and 90"),
        ("places.csv", "50.5,", "north,", 2, "north"),
        ("places.csv", "50.5,", ",", 2, "without the other"),
        ("places.csv", ",17,", ",Q17,", 2, "Q17"),
        ("places.csv", "zenda-region,50.5", "hentzau,50.5", 2, "lies in 'hentzau', which is no known place"),
        ("places.csv", "ruritania,,,,book", "zenda-region,,,,book", 2, "lies within itself"),
        ("places.csv", "ruritania,,,,book", "ruritania,,,book", 3, "9 cells"),
        ("places.csv", "ruritania,,,,book", "ruritania,,,,", 3, "unknown source ''"),
        ("places.csv", "zenda-region,Zenda", "strelsau,Zenda", 3, "places.csv, line 2"),
        ("places.csv", "strelsau,Strelsau", "red-army,Strelsau", 2, "write red-army-ru"),
    ],
)
def test_refusal_names_file_and_line(folder: Path, file: str, old: str, new: str, line: int, words: str) -> None:
    text = FILES[file]
    assert text.count(old) >= 1
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KgError) as refused:
        load_seeds(folder)
    where = str(refused.value.where)
    if words == "lies within itself":  # the circle is met at either place of it
        assert where.startswith("seeds/places.csv, line ")
    else:
        assert where == f"seeds/{file}, line {line}"
    assert any(word in str(refused.value) for word in words.split("|"))


@pytest.mark.parametrize(
    ("name", "clashes"),
    [
        ("Red Army", True),
        ("red army", True),  # case is no difference
        ("Réd Army", True),
        ("{text: RA, kind: abbreviation}", True),
        ("{text: Ra, kind: abbreviation}", False),  # an abbreviation is matched with its capitals
        ("Red Army Faction", False),
    ],
)
def test_two_actors_of_a_country_never_share_a_name(folder: Path, name: str, clashes: bool) -> None:
    more = f"- id: other\n  kind: media\n  country: MM\n  names:\n    - {name}\n  sources: [book]\n"
    (folder / "actors/b.yaml").write_text(more, encoding="utf-8")
    if clashes:
        with pytest.raises(KgError, match=r"names both 'other' and 'red-army' \(seeds/actors/a.yaml, line 1\)") as refused:
            load_seeds(folder)
        assert refused.value.where == "seeds/actors/b.yaml, line 1"
    else:
        assert len(load_seeds(folder).actors) == 3


def test_the_same_name_in_another_country_is_another_matter(folder: Path) -> None:
    more = "- id: other\n  kind: media\n  country: TH\n  names:\n    - Red Army\n  sources: [book]\n"
    (folder / "actors/b.yaml").write_text(more, encoding="utf-8")
    assert len(load_seeds(folder).actors) == 3


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        ("actors/a.yaml", "    - Red Army\n", "    - {text: Red Army}\n", 5),
        ("actors/a.yaml", "  kind: armed_group\n  country: MM\n", "  country: MM\n  kind: armed_group\n", 2),
        ("actors/a.yaml", "\n- id: ruritania", "- id: ruritania", 8),
        ("actors/a.yaml", "- id: red-army", "- id: zed-army", 1),
        ("actors/a.yaml", "country: MM", "country: MM  # Myanmar", 3),
        ("sources.yaml", "A paper\n", "A paper\n\n", 6),
        ("places.csv", "Strelsau,Strelzau", '"Strelsau",Strelzau', 2),
        ("places.csv", "strelsau,Strelsau", "zzz,Strelsau", 2),
    ],
)
def test_what_is_not_canonical_is_refused_with_the_repair(folder: Path, file: str, old: str, new: str, line: int) -> None:
    assert old in FILES[file]
    (folder / file).write_text(FILES[file].replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KgError, match="write_canonical") as refused:
        load_seeds(folder)
    assert refused.value.where == f"seeds/{file}, line {line}"


def test_a_missing_file_is_named(folder: Path) -> None:
    (folder / "sources.yaml").unlink()
    with pytest.raises(KgError, match="missing") as refused:
        load_seeds(folder)
    assert refused.value.where == "seeds/sources.yaml"


def test_a_file_in_another_encoding_is_named(folder: Path) -> None:
    (folder / "actors/a.yaml").write_bytes("# Léon\n".encode("latin-1"))
    with pytest.raises(KgError, match="not UTF-8") as refused:
        load_seeds(folder)
    assert refused.value.where == "seeds/actors/a.yaml"


def test_a_folder_without_gazetteer_has_the_countries_only(folder: Path) -> None:
    (folder / "places.csv").unlink()
    assert [place.id for place in load_seeds(folder).places] == ["ruritania"]
