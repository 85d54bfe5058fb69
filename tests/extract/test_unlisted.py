"""Wars that no seed knows: countries, leaders and names told by the text alone. All names are invented."""

from __future__ import annotations

import pytest
from invented_wars import PLACES, WARS, document, says

from kg.extract.countries import is_adjective_of
from kg.extract.extractor import Extractor
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.sentences import split_sentences
from kg.model import Claim

LEXICON = Lexicon(WARS, PLACES)


def named(text: str) -> dict[str, str]:
    """Every entity that the text names, with its kind."""
    report = document(text)
    _, by_sentence, _ = find_names(report, list(split_sentences(report)), LEXICON)
    return {m.entity.name: m.entity.kind.value for sentence in by_sentence for m in sentence}


def claims(text: str, reader: Extractor) -> list[Claim]:
    return list(reader.extract(document(text)))


COUNTRIES = [
    ("They fought in Qeldoria. Qeldorian troops left.", {"Qeldoria": "state"}),
    ("They fought in Qeldoria. Qeldoria's government fell.", {"Qeldoria": "state"}),
    ("They feared the Qeldorese soldiers.", {"Qeldorese": "state"}),
    ("They fought in Qeldoria.", {"Qeldoria": "place"}),
]


@pytest.mark.parametrize(("text", "expected"), COUNTRIES)
def test_a_country_is_told_by_its_army_its_government_or_its_adjective(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


@pytest.mark.parametrize(("word", "name", "expected"), [
    ("Qeldorian", "Qeldoria", True), ("Hannamese", "Hannam", True), ("Zarlavians", "Zarlav", True), ("Qeldoria", "Qeldoria", False),
    ("Qeldora", "Qeldoria", False),
])
def test_an_adjective_is_formed_from_the_name(word: str, name: str, expected: bool) -> None:
    assert is_adjective_of(word, name) is expected


NAMES = [
    ("They feared the Supreme Kasso Liberation Front.", {"Supreme Kasso Liberation Front": "armed_group"}),
    ("They feared the Herders' Defence Force.", {"Herders' Defence Force": "armed_group"}),
    ("They feared the Front for Peace and Justice.", {"Front for Peace and Justice": "armed_group"}),
    ("They feared the Islamic State.", {"Islamic State": "armed_group"}),
    ("Tarek Belmo left Qeldor.", {"Tarek Belmo": "place", "Qeldor": "place"}),  # open: a role will tell
    ("They feared the Sons of the Dune.", {"Sons of the Dune": "armed_group"}),
    ("The column was led by Tarek Belmo.", {"Tarek Belmo": "person"}),
    ("They met Qeldor Interior Minister Tarek Belmo.", {"Tarek Belmo": "person", "Qeldor": "place"}),
    ('They met "General" Tarek Belmo.', {"Tarek Belmo": "person"}),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_a_name_is_taken_whole_and_with_what_tells_its_kind(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


def test_a_person_is_also_called_by_the_title_before_the_name() -> None:
    report = document("They met Gen. Tarek Belmo.")
    roster, _, _ = find_names(report, list(split_sentences(report)), LEXICON)
    assert [list(e.names) for e in roster.by_id.values()] == [["Tarek Belmo", "Gen. Tarek Belmo"]]


def names_of_attacker(text: str, reader: Extractor) -> set[str]:
    (attack,) = [c for c in claims(text, reader) if c.type == "attack"]
    assert attack.subject is not None
    return set(attack.subject.names)


FORCES = [
    ("Qeldorian troops returned to Qeldoria. The army attacked Velm Town.", {"Qeldorian troops", "army"}),
    ("Tarek Belmo, leader of the Velm Liberation Front, spoke. His men attacked Arvo Town.", {"Velm Liberation Front"}),
    ("Gen. Tarek Belmo fled. Belmo's fighters attacked Arvo Town.", {"Belmo's fighters"}),
    ("Velm militia fighters left. Gen. Tarek Belmo came. The general attacked Arvo Town.", {"Tarek Belmo", "general"}),
]


@pytest.mark.parametrize(("text", "names"), FORCES)
def test_whoever_is_meant_bears_every_name_the_text_uses(text: str, names: set[str], war_reader: Extractor) -> None:
    assert names <= names_of_attacker(text, war_reader)


def test_villagers_are_people_and_no_village(war_reader: Extractor) -> None:
    said = [says(c) for c in claims("The Kasso Liberation Front killed 12 villagers.", war_reader)]
    assert ["civilians" in claim for claim in said] == [True] * max(1, len(said))


def test_an_actors_own_army_is_not_that_of_the_country(war_reader: Extractor) -> None:
    text = "The army was quiet. The Kasso Liberation Front and its army attacked Agdal."
    assert [says(c) for c in war_reader.extract(document(text))] == ["attack kasso-front at agdal"]


def test_counted_groups_are_the_names_listed_after_them(war_reader: Extractor) -> None:
    text = (
        "Three ethnic armies that march together as the Desert Unity Platform - the Kasso Liberation Front (KLF), "
        "the Sierra Command and the Olvian Guard - attacked Agdal."
    )
    told = {says(c) for c in war_reader.extract(document(text)) if c.type == "attack"}
    assert told == {"attack kasso-front at agdal", "attack sierra-command at agdal", "attack olvian-guard at agdal"}
    told = {says(c) for c in war_reader.extract(document(text.replace("Three", "Seven"))) if c.type == "attack"}
    assert told.isdisjoint({"attack sierra-command at agdal", "attack olvian-guard at agdal"})
