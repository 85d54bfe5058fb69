"""Named mentions: whom a text names, known beforehand or not. All names are invented (invented_wars.py)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_wars import PLACES, WARS, document

from kg.extract.entities import Mention
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.sentences import split_sentences
from kg.model import Place

LEXICON = Lexicon(WARS, PLACES)


def mentions(text: str) -> list[Mention]:
    report = document(text)
    _, by_sentence, _ = find_names(report, list(split_sentences(report)), LEXICON)
    return [mention for sentence in by_sentence for mention in sentence]


def named(text: str) -> dict[str, str]:
    """Every entity that the text names, by its id, with its kind."""
    return {m.entity.id: m.entity.kind.value for m in mentions(text)}


@pytest.mark.parametrize(("text", "country"), [
    ("The Kasso Liberation Front left Tindalo.", "XZ"),
    ("The Kasso Liberation Front left Tindalo. Vardonia watched.", "XZ"),
    ("The Olvian Guard left Drenović. The Kerska Corps came. Zambara watched.", "XV"),
    ("They left.", None),
])
def test_a_text_is_about_the_country_that_most_known_names_belong_to(text: str, country: str | None) -> None:
    report = document(text)
    assert find_names(report, list(split_sentences(report)), LEXICON)[2] == country


# An actor named in the lead says which country a text is about.
KNOWN = [
    ("The Tatmahal came. Then the TNA left.", {"tatmahal": "armed_group", "taong-army": "armed_group"}),
    ("The Sierra Command came. Then the TNA left.", {"sierra-command": "armed_group", "tna-cartel": "armed_group"}),
    ("The Kachar Independence Army came. Then the junta left.", {"kachar-army": "armed_group", "tatmahal": "armed_group"}),
    ("The Kasso Liberation Front came. Then the junta left.", {"kasso-front": "armed_group"}),
    ("The Kachar Independence Army came. The anti-junta groups left.", {"kachar-army": "armed_group"}),
    ("The Kachar Independence Army came. The former junta left.", {"kachar-army": "armed_group"}),
    ("The Ta’ong National Party left.", {"taong-party": "political_organization"}),
    ("The Ta’ong National Party (Renewal) left.", {"taong-national-party-renewal": "political_organization"}),
    ("They feared the Tindalo Brigade.", {"tindalo-brigade": "military_unit"}),
    ("They feared the Zambaran Redemption Army.", {"zambaran-redemption-army": "armed_group"}),
    ("They feared General Moussa Dembo.", {"moussa-dembo": "person"}),
    ("They feared Operation Harmattan.", {"operation-harmattan": "operation"}),
]


@pytest.mark.parametrize(("text", "expected"), KNOWN)
def test_known_names_mean_whom_the_text_can_mean(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


def test_of_two_bearers_of_a_name_the_one_in_the_texts_country_is_meant() -> None:
    lexicon = Lexicon(WARS, [Place("besk-xa", "Besk", (), "town", "XA"), Place("besk-xv", "Besk", (), "town", "XV")])
    report = document("The Olvian Guard left Besk.")
    _, by_sentence, _ = find_names(report, list(split_sentences(report)), lexicon)
    assert [m.entity.id for sentence in by_sentence for m in sentence] == ["olvian-guard", "besk-xv"]


DEFINED = [
    ("The Reform Committee of Dalmar (RCD) came. Then the RCD left.", {"reform-committee-of-dalmar": "political_organization"}),
    ("They met the Ruzin Volunteer Corps (RVC). The RVC's men left.", {"ruzin-volunteer-corps": "armed_group"}),
    # known as the Ta’ong National Army's, but this text says whose it is here
    (
        "The Tatmahal met the Tarkan National Alliance (TNA). The TNA left.",
        {"tatmahal": "armed_group", "tarkan-national-alliance": "alliance"},
    ),
    ("The Ta’ong National Army (TNA) came. The TNA left.", {"taong-army": "armed_group"}),
]


@pytest.mark.parametrize(("text", "expected"), DEFINED)
def test_an_abbreviation_means_what_the_text_says_it_does(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


UNKNOWN = [
    ("They met the Gelba Army.", {"gelba-army": "armed_group"}),
    ("They met the Red Marsh Front.", {"red-marsh-front": "armed_group"}),
    ("They met the Movement for the Liberation of Orma.", {"movement-for-the-liberation-of-orma": "armed_group"}),
    ("They met the Volunteer Corps of Ruzin.", {"volunteer-corps-of-ruzin": "armed_group"}),
    ("They met the Ormic Army of Redemption.", {"ormic-army-of-redemption": "armed_group"}),
    ("They met the Popular Union for the Republic.", {"popular-union-for-the-republic": "political_organization"}),
    ("They met the Bravo Committee.", {"bravo-committee": "political_organization"}),
    ("They met the Comando Aurora Brigade.", {"comando-aurora-brigade": "military_unit"}),
    ("They met the Five Rivers Alliance.", {"five-rivers-alliance": "alliance"}),
    ("They met the 6th Infantry Division.", {"6th-infantry-division": "military_unit"}),
    ("They met the 444th Battalion.", {"444th-battalion": "military_unit"}),
    ("They met Brigade 5.", {"brigade-5": "military_unit"}),
    ("They began Operation Green Dawn.", {"operation-green-dawn": "operation"}),
    ("They met XPF fighters.", {"xpf": "armed_group"}),
]


@pytest.mark.parametrize(("text", "expected"), UNKNOWN)
def test_a_name_that_nobody_listed_is_told_by_its_head_word(text: str, expected: dict[str, str]) -> None:
    assert named(text) == expected


PERSONS = [
    ("They met Colonel Idris Kole.", "Colonel"),
    ("They met Vice President Idris Kole.", "Vice President"),
    ("They met the commander, Idris Kole, there.", None),
    ("They met Idris Kole, a spokesman of the rebels.", None),
    ("They met Idris Kole, who leads the rebels.", None),
    ("“We left,” Idris Kole said.", None),
]


@pytest.mark.parametrize(("text", "title"), PERSONS)
def test_a_person_is_told_by_title_office_or_speech(text: str, title: str | None) -> None:
    assert [(m.entity.id, m.entity.kind.value, m.entity.name, m.title) for m in mentions(text)] == [
        ("idris-kole", "person", "Idris Kole", title)
    ]


def test_a_person_is_known_again_by_the_last_name() -> None:
    assert named("They met Colonel Idris Kole. They feared Kole.") == {"idris-kole": "person"}


@pytest.mark.parametrize(("text", "expected"), [
    ("They fought in Lomira.", {"lomira"}),
    ("They fought near Lomira and around Besk.", {"lomira", "besk"}),
    ("They hold the town of Lomira.", {"lomira"}),
    ("They fought in Lomira, Besk and Norra.", {"lomira", "besk", "norra"}),
    ("They saw Orma Province, Ruzin City and the Besk River.", {"orma-province", "ruzin-city", "besk-river"}),
])
def test_a_place_is_told_by_what_stands_before_it_or_by_its_last_word(text: str, expected: set[str]) -> None:
    assert named(text) == dict.fromkeys(expected, "place")


NO_NAMES = [
    "On Monday in May, no one left.",
    "No one left.",
    "However, many left. The rest stayed. Then They came.",
    "January and Sunday were quiet.",
    "Yes, Thursday was quiet. Residents left.",
    "The War in the east goes on. No, they said.",
    "“No,” he said. “Who came?”",
    "They left on 3 March, in Ramadan, before Christmas.",
    "Rebels fled. Soldiers came. Government forces left.",
]


@pytest.mark.parametrize("text", NO_NAMES)
def test_capitals_alone_make_no_name(text: str) -> None:
    assert named(text) == {}


def test_a_mention_is_all_that_the_parser_reads_as_one_word() -> None:
    text = "Then Colonel Idris Kole of the Gelba Army (GLA) met the Ta’ong National Army’s men."
    outer = [m.span.of(text) for m in mentions(text) if m.span.of(text) != "GLA"]
    assert outer == ["Colonel Idris Kole", "Gelba Army (GLA)", "Ta’ong National Army"]


def test_an_entity_keeps_every_name_the_text_uses() -> None:
    corps, *_ = mentions("They met the Ruzin Volunteer Corps (RVC). The RVC left.")
    assert corps.entity.reference().name == "Ruzin Volunteer Corps"
    assert {"Ruzin Volunteer Corps", "RVC"} <= set(corps.entity.reference().names)
    assert (corps.entity.known, mentions("The KLF left.")[0].entity.known) == (False, True)


SAID = [t for t, *_ in (*KNOWN, *DEFINED, *UNKNOWN, *PERSONS)] + NO_NAMES


@given(st.lists(st.one_of(st.sampled_from([*SAID, " ", "\n", "(", ") ", "’s "]), st.text(max_size=8)), max_size=6).map("".join))
def test_mentions_lie_in_their_sentences_in_order(text: str) -> None:
    report = document(text)
    spans = list(split_sentences(report))
    roster, by_sentence, _ = find_names(report, spans, LEXICON)
    assert len(by_sentence) == len(spans)
    for sentence, found in zip(spans, by_sentence, strict=True):
        assert all(sentence.contains(m.span) for m in found)
        assert [m.span.start for m in found] == sorted(m.span.start for m in found)
        assert all(roster.by_id[m.entity.id] is m.entity for m in found)
        assert all(m.surrogate and " " not in m.surrogate for m in found)
