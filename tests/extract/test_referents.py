"""Who is meant: pronouns and descriptions stand for the actors spoken of. All names are invented (invented_wars.py)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_wars import document, says

from kg.extract.entities import Entity, Roster
from kg.extract.extractor import Extractor
from kg.extract.memory import Memory
from kg.model import Kind


def claims(text: str, reader: Extractor) -> set[str]:
    return {says(claim) for claim in reader.extract(document(text))}


KLF = "The Kasso Liberation Front attacked the Zambaran Armed Forces in Agdal."
PRONOUNS = [
    (f"{KLF} It took Tindalo.", "capture kasso-front > tindalo"),
    (f"{KLF} The group took Tindalo.", "capture kasso-front > tindalo"),
    (f"{KLF} The front took Tindalo.", "capture kasso-front > tindalo"),
    (f"{KLF} The rebels took Tindalo.", "capture kasso-front > tindalo"),
    (f"{KLF} Its fighters took Tindalo.", "capture kasso-front > tindalo"),
    (f"{KLF} The army took Tindalo.", "capture zambaran-army > tindalo"),
    (f"{KLF} The army retook the town.", "capture zambaran-army > agdal"),
    ("The Desert Unity Platform met the Kasso Liberation Front. The alliance took Agdal.", "capture desert-platform > agdal"),
    ("Moussa Dembo leads the Kasso Liberation Front. He attacked the Zambaran Armed Forces.", "attack moussa-dembo > zambaran-army"),
    ("The Kachar Independence Army left. The group, which opposes the Tatmahal, took Pyin Daw.", "opposes kachar-army > tatmahal"),
    ("The Kachar Independence Army left. The group, which opposes the Tatmahal, took Pyin Daw.", "capture kachar-army > pyin-daw"),
    ("The Kachar Independence Army, whose fighters attacked the Tatmahal, left.", "attack kachar-army > tatmahal"),
]


@pytest.mark.parametrize(("text", "expected"), PRONOUNS)
def test_a_pronoun_or_a_description_stands_for_the_actor_spoken_of(text: str, expected: str, war_reader: Extractor) -> None:
    assert expected in claims(text, war_reader)


OWNERS = [
    ("Members of the Kasso Liberation Front attacked the Zambaran Armed Forces.", "attack kasso-front > zambaran-army"),
    ("Fighters from the Kasso Liberation Front attacked the Zambaran Armed Forces.", "attack kasso-front > zambaran-army"),
    ("Kasso Liberation Front fighters attacked the Zambaran Armed Forces.", "attack kasso-front > zambaran-army"),
    ("The Kasso Liberation Front's fighters attacked the Zambaran Armed Forces.", "attack kasso-front > zambaran-army"),
    ("Some 200 members of the Kasso Liberation Front surrendered.", "surrender from kasso-front = ~200"),
]


@pytest.mark.parametrize(("text", "expected"), OWNERS)
def test_what_an_actor_owns_acts_for_it(text: str, expected: str, war_reader: Extractor) -> None:
    assert claims(text, war_reader) == {expected}


STATES = [
    ("Zambaran troops attacked the Kasso Liberation Front.", "attack zambaran-army > kasso-front"),
    ("Zambaran soldiers attacked the Kasso Liberation Front.", "attack zambaran-army > kasso-front"),
    ("Zambara's military attacked the Kasso Liberation Front.", "attack zambaran-army > kasso-front"),
    # nobody listed Vardonia's armed forces
    ("Vardonian troops attacked the Olvian Guard.", "attack vardonian-military > olvian-guard"),
    ("The Vardonian army attacked the Olvian Guard.", "attack vardonian-military > olvian-guard"),
    ("The army of Vardonia attacked the Olvian Guard.", "attack vardonian-military > olvian-guard"),
    ("The Zambaran government supports the Desert Unity Platform.", "supports zambaran-government > desert-platform"),
    ("The government of Zambara supports the Desert Unity Platform.", "supports zambaran-government > desert-platform"),
    ("Zambara supports the Desert Unity Platform.", "supports zambara > desert-platform"),
]


@pytest.mark.parametrize(("text", "expected"), STATES)
def test_a_states_troops_are_its_armed_force(text: str, expected: str, war_reader: Extractor) -> None:
    assert claims(text, war_reader) == {expected}


@pytest.mark.parametrize("noun", ["The army", "Soldiers"])
def test_an_army_without_a_name_is_that_of_the_country_the_text_is_about(noun: str, war_reader: Extractor) -> None:
    at_home = claims(f"The Kasso Liberation Front took Agdal. {noun} attacked the Kasso Liberation Front.", war_reader)
    assert "attack zambaran-army > kasso-front" in at_home
    elsewhere = claims(f"The Olvian Guard took Drenović. {noun} attacked the Olvian Guard.", war_reader)
    assert "attack vardonian-military > olvian-guard" in elsewhere


def test_two_phrases_for_one_unnamed_side_are_one_bloc(war_reader: Extractor) -> None:
    text = "Local resistance groups attacked the Tatmahal. Resistance forces took Pyin Daw."
    attack, capture = war_reader.extract(document(text))
    assert attack.subject is not None
    assert attack.subject == capture.subject
    assert (attack.subject.kind, attack.object.id if attack.object else None) == (Kind.BLOC, "tatmahal")
    assert {"Local resistance groups", "Resistance forces"} <= set(attack.subject.names)


@pytest.mark.parametrize("text", [
    "They attacked Agdal.",
    "It took Tindalo.",
    "The group took Tindalo.",
    "The other group attacked the Tatmahal.",
])
def test_nobody_is_guessed_where_nobody_was_named(text: str, war_reader: Extractor) -> None:
    assert claims(text, war_reader) == set()


def test_a_claim_carries_every_name_the_document_uses(war_reader: Extractor) -> None:
    text = "The Kasso Liberation Front took Agdal. The group left. The KLF said so."
    first = war_reader.extract(document(text))[0]
    assert first.subject is not None
    assert {"Kasso Liberation Front", "KLF"} <= set(first.subject.names)


NAMED = {
    "Zambaran Armed Forces": Kind.ARMED_GROUP,
    "Kasso Front": Kind.ARMED_GROUP,
    "Orma Front": Kind.ARMED_GROUP,
    "Desert Platform": Kind.ALLIANCE,
    "Moussa Dembo": Kind.PERSON,
    "Agdal": Kind.PLACE,
}
STATES_OWN = frozenset({"zambaran-armed-forces"})


def entities(roster: Roster) -> dict[str, Entity]:
    return {entity.id: entity for entity in (roster.found(name, kind, "named in this test") for name, kind in NAMED.items())}


def test_the_last_that_fits_is_recalled() -> None:
    roster = Roster()
    known = entities(roster)
    memory = Memory(roster)
    memory.begin()
    for identity in ("zambaran-armed-forces", "orma-front", "desert-platform", "kasso-front", "moussa-dembo", "agdal"):
        memory.note(known[identity], subject=identity in ("kasso-front", "desert-platform"))
    assert memory.recall("alliance", STATES_OWN) is known["desert-platform"]
    assert memory.recall("group", STATES_OWN) is known["kasso-front"]
    assert memory.recall("front", STATES_OWN) is known["kasso-front"]
    assert memory.recall("party", STATES_OWN) is None
    assert memory.recall("bicycle", STATES_OWN) is None
    assert (memory.focus(), memory.last_person(), memory.last_place("town")) == (
        known["kasso-front"], known["moussa-dembo"], known["agdal"]
    )


@given(st.lists(st.sampled_from(["kasso-front", "zambaran-armed-forces", "agdal"]), max_size=9))
def test_a_states_own_army_is_never_called_the_group(order: list[str]) -> None:
    roster = Roster()
    known = entities(roster)
    memory = Memory(roster)
    for identity in order:
        memory.begin()
        memory.note(known[identity], subject=True)
    recalled = memory.recall("group", STATES_OWN)
    assert recalled is (known["kasso-front"] if "kasso-front" in order else None)


def test_several_bodies_are_not_the_one_spoken_of(war_reader: Extractor) -> None:
    first = "The Kasso Liberation Front captured Agdal."
    one = claims(f"{first} The group attacked the Zambaran Armed Forces.", war_reader)
    several = claims(f"{first} The groups attacked the Zambaran Armed Forces.", war_reader)
    assert "attack kasso-front > zambaran-army" in one
    assert "attack kasso-front > zambaran-army" not in several


def test_a_people_is_no_armed_group(war_reader: Extractor) -> None:
    found = claims("Some members of an ethnic Oro organization attacked the Kasso Liberation Front.", war_reader)
    assert found == {"attack ethnic-oro-organization > kasso-front"}
