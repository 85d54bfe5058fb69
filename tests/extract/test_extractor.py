"""The extractor's contract: what holds for every text, whatever the rules find in it. Names are invented (invented_wars.py)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from invented_wars import PLACES, WARS, document, says

from kg.errors import KgError
from kg.extract.extractor import Extractor
from kg.model import CLAIM_TYPES, Claim, Document, Span

# Sentences that say something (each alone makes at least one claim), and what may stand between them.
TELLING = (
    "The Kasso Liberation Front captured Agdal from the Zambaran Armed Forces on May 3.",
    "According to Moussa Dembo, Vardonia supports the Zambaran Armed Forces.",
    "“The Ta’ong National Army attacked the Tatmahal,” Colonel Idris Kole said.",
    "Some 200 soldiers of the Tatmahal surrendered to the Kachar Independence Army.",
    "The Olvian Guard and the Kerska Volunteer Corps (KVC) signed a ceasefire.",
    "The Gelba Army, formed in 2019, attacked the Red Marsh Front in Lomira.",
    "The Tránsito People’s Army reportedly attacked the Sierra Command near Puerto Nevado.",
    "At least 20 civilians were killed in\u00a0Agdal on  Monday.",
)
# What another document may say, which would matter if it were remembered.
ELSEWHERE = ("The Gelba Army (GLA) and the Red Marsh Front (RMF) met in Lomira.", "The Kerska Volunteer Corps, formed in 2001, is a party.")
ODD = (
    " ", "  ", "\n", "\n\n", "\t", "\u00a0", "\u2003", "\u2028", "\r\n", "“", "”", "‘", "«", "(", "…", " – ", "BANGKOK (AP) – ",
    "It took the town. ", "His claim could not be verified. ", "They ", "e\u0301", "\u200f", "\ufeff", "𝔘", "🏴", "\x00", "ﬁ",
)


def read(text: str, reader: Extractor) -> tuple[Claim, ...]:
    return reader.extract(document(text, published="2024-05-15"))


@pytest.mark.parametrize("text", TELLING)
def test_the_sentences_of_this_file_say_something(text: str, whole_reader: Extractor) -> None:
    assert read(text, whole_reader)


@given(pieces=st.lists(st.one_of(st.sampled_from(TELLING), st.sampled_from(ODD), st.text(max_size=5)), max_size=9))
def test_every_claim_is_quoted_from_its_place_in_the_text(pieces: list[str], whole_reader: Extractor) -> None:
    report = document("".join(pieces), published="2024-05-15")
    claims = whole_reader.extract(report)
    for claim in claims:
        assert claim.type in CLAIM_TYPES
        assert claim.reported == report.published
        assert claim.rule
        assert claim.attributed_to is None or claim.attributed_to.id != report.id
        for evidence in claim.evidence:
            assert (evidence.document, evidence.quote) == (report.id, evidence.span.of(report.text))
            assert evidence.quote == evidence.quote.strip() != ""
        for _, reference in claim.references():
            assert reference.id
            assert reference.name
    assert len({c.id for c in claims}) == len(claims)


@settings(max_examples=30)
@given(
    before=st.lists(st.sampled_from(TELLING + ELSEWHERE), max_size=4),
    sentences=st.lists(st.sampled_from(TELLING), min_size=1, max_size=4),
)
def test_what_was_read_before_changes_nothing(before: list[str], sentences: list[str], whole_reader: Extractor) -> None:
    report = document("\n".join(sentences), published="2024-05-15")
    first = whole_reader.extract(report)
    whole_reader.extract(Document("another.txt", " ".join(before)))
    again = whole_reader.extract(report)
    assert [c.id for c in again] == [c.id for c in first]
    assert again == first


def test_a_name_defined_in_another_document_means_nothing_here(whole_reader: Extractor) -> None:
    read("The Xeric People's Front (XPF) attacked the Olvian Guard in Lomira.", whole_reader)
    claims = read("XPF fighters attacked the Olvian Guard. He took Tindalo.", whole_reader)
    assert [says(claim) for claim in claims] == ["attack xpf > olvian-guard"]


def test_another_extractor_of_the_same_seeds_says_the_same(whole_reader: Extractor) -> None:
    report = document("\n".join(TELLING), published="2024-05-15")
    other = Extractor(WARS[::-1], PLACES[::-1])  # the order of the seeds means nothing
    assert other.extract(report) == whole_reader.extract(report)


_IDS = """
from invented_wars import PLACES, WARS, document
from kg.extract.extractor import Extractor
import sys
print(*[c.id for c in Extractor(WARS, PLACES).extract(document(sys.argv[1]))])
"""


def test_another_process_says_the_same(whole_reader: Extractor) -> None:
    text = "\n".join(TELLING)
    expected = " ".join(c.id for c in whole_reader.extract(document(text)))
    for seed in ("1", "2"):  # sets and dictionaries of words may be walked in another order
        environment = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join([os.path.dirname(__file__), *sys.path])}
        done = subprocess.run([sys.executable, "-c", _IDS, text], env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


def test_the_document_is_in_the_id_of_a_claim_and_not_in_its_key(whole_reader: Extractor) -> None:
    left, = whole_reader.extract(Document("a.txt", TELLING[1]))
    right, = whole_reader.extract(Document("b.txt", TELLING[1]))
    assert left.key == right.key
    assert left.id != right.id


def test_furniture_says_nothing(whole_reader: Extractor) -> None:
    text = f"{TELLING[0]}\n{TELLING[3]}\n{TELLING[1]}"
    first = len(TELLING[0]) + 1
    hidden = Span(first, first + len(TELLING[3]))
    assert hidden.of(text) == TELLING[3]
    shown = {says(c) for c in whole_reader.extract(document(text, furniture=(hidden,)))}
    assert shown == {"capture kasso-front > agdal from zambaran-army", "supports vardonia > zambaran-army, says moussa-dembo"}
    assert whole_reader.extract(document(text, furniture=(Span(0, len(text)),))) == ()


SILENT = {
    "nothing": "",
    "white space": " \n\t\u00a0\r\n",
    "a list of names": "Moussa Dembo\nIdris Kole\nMin Thura Oo\nKasso Liberation Front\nDesert Unity Platform\nTindalo\nAgdal",
    "names in a row": "Kasso Liberation Front; Desert Unity Platform; Zambaran Armed Forces; Tatmahal; Agdal; Tindalo",
    "Spanish": "El Ejército Popular de Tránsito atacó ayer la ciudad de Puerto Nevado y mató a doce soldados, según fuentes militares.",
    "French": "Le Front de libération de Kasso a attaqué l'armée zambarane à Tindalo, selon un porte-parole.",
    "German": "Die Armee von Vardonia hat am Montag die Stadt Drenović eingenommen.",
    "Russian": "Армия Вардонии атаковала город в понедельник.",
    "Chinese": "瓦尔多尼亚军队周一袭击了该镇。",
    "Arabic": "هاجم الجيش المدينة يوم الاثنين.",
    "the English of another field": "The committee approved the budget of the school. Rain is expected in the north on Tuesday.",
}


@pytest.mark.parametrize("name", SILENT)
def test_a_text_that_says_nothing_of_ours_makes_no_claim(name: str, whole_reader: Extractor) -> None:
    assert [says(c) for c in read(SILENT[name], whole_reader)] == []


HOSTILE = {
    "10,000 quotation marks, nested": "“" * 5_000 + "They left" + "”" * 5_000,
    "300,000 letters without a space": "x" * 300_000,
    "300,000 letters, every other one a capital": "Ab" * 150_000,
    "3,000 words of a hundred letters in a line": ("x" * 99 + " ") * 3_000,
    "300,000 full stops": "." * 300_000,
    "100,000 line ends": "\n" * 100_000,
    "5,000 names in a line": "Kasso " * 5_000,
    "a name that never ends": "The Kasso Liberation Front " * 1_000,
    "open brackets": "The Gelba Army (" * 500,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_text_ends_and_is_quoted_truly(name: str, whole_reader: Extractor) -> None:
    text = f"{TELLING[1]}\n{HOSTILE[name]}\n{TELLING[3]}"
    claims = read(text, whole_reader)
    around = {"supports vardonia > zambaran-army, says moussa-dembo", "surrender from tatmahal to kachar-army = ~200"}
    assert around <= {says(c) for c in claims}
    assert all(e.span.of(text) == e.quote for c in claims for e in c.evidence)


def test_a_parser_that_is_not_there_is_a_clear_error() -> None:
    with pytest.raises(KgError, match="no parser no-such-parser"):
        Extractor((), (), parser="no-such-parser")


def test_without_seeds_the_unknown_are_found_all_the_same() -> None:
    found = {says(c) for c in Extractor((), ()).extract(document("The Gelba Army attacked the Red Marsh Front in Lomira."))}
    assert found == {"attack gelba-army > red-marsh-front at lomira"}
