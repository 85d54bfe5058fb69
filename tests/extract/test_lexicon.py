"""Known names: how each must be written to be found. All names are invented (invented_wars.py)."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_wars import PLACES, WARS

from kg.extract.lexicon import Lexicon, fold, local_id, plain_words
from kg.model import Actor, Kind, Name, Place, Span

LEXICON = Lexicon(WARS, PLACES)


def found(text: str, country: str | None = None) -> list[tuple[str, str]]:
    """Each name found, as written, with the actors or places it may mean."""
    spans = LEXICON.find(text, Span(0, len(text)), country)
    return [(f.span.of(text), " ".join(sorted(e.id for e in f.entries))) for f in spans]


@pytest.mark.parametrize(("text", "name", "identity"), [
    ("The Kasso Liberation Front left.", "Kasso Liberation Front", "kasso-front"),
    ("KASSO LIBERATION FRONT men left.", "KASSO LIBERATION FRONT", "kasso-front"),
    ("The Kasso Liberation Front’s men left.", "Kasso Liberation Front", "kasso-front"),
    ("The Kasso Liberation Front-led alliance left.", "Kasso Liberation Front", "kasso-front"),
    ("The Kasso\u00a0Liberation Front left.", "Kasso\u00a0Liberation Front", "kasso-front"),
    ("The Ta’ong National Army left.", "Ta’ong National Army", "taong-army"),
    ("The Ta'ong National Army left.", "Ta'ong National Army", "taong-army"),
    ("The Taong National Army left.", "Taong National Army", "taong-army"),
    ("The Tránsito People’s Army left.", "Tránsito People’s Army", "transito-army"),
    ("The Transito People's Army left.", "Transito People's Army", "transito-army"),
    ("Men of the KLF left.", "KLF", "kasso-front"),
    ("The KLF's men left.", "KLF", "kasso-front"),
    ("Kerska Corps men left.", "Kerska Corps", "kerska-corps"),
    ("It is in Mong Lai.", "Mong Lai", "mong-lai"),
    ("It is in Drenovic.", "Drenovic", "drenovic"),
    ("It is in Drenović.", "Drenović", "drenovic"),
    ("It is in Tin-Dalo.", "Tin-Dalo", "tindalo"),
    ("It is Zambaran.", "Zambaran", "zambara"),
])
def test_a_known_name_is_found_however_it_is_spelt(text: str, name: str, identity: str) -> None:
    assert found(text) == [(name, identity)]


@pytest.mark.parametrize("text", [
    "The klf left.", "The Klf left.", "The KLFs are many.",  # an abbreviation keeps its capitals
    "The kasso liberation front left.",  # a name has a capital
    "Kasso, Liberation, Front.", "The Kasson Liberation Frontier.", "The Liberation Front.", "drenović", "Mong. Lai.",
])
def test_what_is_written_otherwise_is_not_the_name(text: str) -> None:
    assert [pair for pair in found(text) if pair[1] != "kasso"] == []  # "Kasso" alone is a region


def test_the_longest_name_wins() -> None:
    assert found("The Kasso Liberation Front is in Kasso.") == [("Kasso Liberation Front", "kasso-front"), ("Kasso", "kasso")]
    assert found("The Kerska Volunteer Corps and the Kerska Corps.") == [
        ("Kerska Volunteer Corps", "kerska-corps"), ("Kerska Corps", "kerska-corps"),
    ]


def test_a_name_inside_a_longer_one_is_not_found_apart() -> None:
    lexicon = Lexicon([Actor("besk-front", Kind.ARMED_GROUP, (Name("Free Besk Front"),))], [Place("besk", "Besk", (), "town", "XO")])
    text = "The Free Besk Front left Besk."
    assert [f.span.of(text) for f in lexicon.find(text, Span(0, len(text)), None)] == ["Free Besk Front", "Besk"]


@pytest.mark.parametrize(("text", "country", "expected"), [
    ("Then the junta left.", "XL", [("junta", "tatmahal")]),
    ("Then the junta left.", "XZ", []),
    ("Then the junta left.", None, []),
    ("Then the army left.", "XZ", [("army", "zambaran-army")]),
    ("Then the army left.", "XL", []),
])
def test_a_description_means_its_actor_only_in_its_own_country(text: str, country: str | None, expected: list[tuple[str, str]]) -> None:
    assert found(text, country) == expected


def test_an_abbreviation_that_two_actors_bear_means_either() -> None:
    assert found("The TNA left.") == [("TNA", "taong-army tna-cartel")]


def test_a_state_is_preferred_to_the_country_of_the_same_name_in_the_gazetteer() -> None:
    lexicon = Lexicon([Actor("oria", Kind.STATE, (Name("Oria"),), "XO")], [Place("oria", "Oria", (), "country", "XO")])
    assert [[e.kind for e in f.entries] for f in lexicon.find("Oria left.", Span(0, 10), None)] == [[Kind.STATE]]


def test_only_the_span_is_searched() -> None:
    text = "KLF. KLF. KLF."
    assert [f.span for f in LEXICON.find(text, Span(4, 9), None)] == [Span(5, 8)]


def test_the_digest_tells_other_names_and_not_another_order() -> None:
    assert Lexicon(WARS[::-1], PLACES[::-1]).digest == LEXICON.digest
    assert Lexicon(WARS[1:], PLACES).digest != LEXICON.digest
    assert Lexicon(WARS, PLACES[1:]).digest != LEXICON.digest


@pytest.mark.parametrize(("word", "folded"), [
    ("Ta’ang", "taang"), ("ʼNa", "na"), ("Kīdal", "kidal"), ("TRÁNSITO", "transito"), ("ﬁrm", "firm"),
])
def test_two_spellings_fold_to_one(word: str, folded: str) -> None:
    assert fold(word) == folded


def test_a_name_without_its_article() -> None:
    assert plain_words("the Ta’ong National Army’s") == ("taong", "national", "army")
    assert (local_id("The Gelba Army"), local_id("Theban Army")) == ("gelba-army", "theban-army")


NESTED = Lexicon(WARS, [*PLACES, Place("front", "Front", (), "town", "XO"), Place("national", "National", (), "town", "XO")])
NAMES = st.sampled_from([n.text for a in WARS for n in a.names] + [p.name for p in PLACES] + [" ", "-", "’s ", " of the ", ". "])


@given(st.lists(st.one_of(NAMES, st.text(max_size=6)), max_size=8).map("".join), st.sampled_from([None, "XZ", "XL"]))
def test_names_found_lie_in_the_text_and_apart(text: str, country: str | None) -> None:
    spans = [f.span for f in NESTED.find(f"x {text} y", Span(2, 3 + len(text)), country)]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(s.start >= 2 and s.end <= 3 + len(text) for s in spans)
