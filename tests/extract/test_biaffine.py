"""The parser that ships: how a sentence is put to it, and what may not change its answers."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.tokens import Doc

import kg.extract
from kg.errors import KgError
from kg.extract.biaffine import MAX_PIECES, MAX_WORDS, Annotator, encode, load, shape

SENTENCES = (
    "The town , which had been captured by the Army in 2019 , was retaken by an alliance of three groups .",
    "Fled",
    "Rebels claimed responsibility for the ambush , but officials denied it .",
)
FOLDER = Path(kg.extract.__file__).parent / "parser"


@pytest.fixture(scope="module")
def annotator() -> Annotator:
    return load(FOLDER)


def doc_of(sentence: str) -> Doc:
    return Doc(spacy.blank("en").vocab, words=sentence.split())


def told(doc: Doc) -> list[tuple[str, int, str, str, str]]:
    return [(t.dep_, t.head.i, t.pos_, str(t.morph), t.lemma_) for t in doc]


@pytest.mark.parametrize(
    ("one", "other"),
    [("army", "Army"), ("Army", "ARMY"), ("A", "An"), ("12", "B12"), ("12", "twelve"), ("McCoy", "Mccoy")],
)
def test_shapes_tell_words_apart(one: str, other: str) -> None:
    assert shape(one, first=False) != shape(other, first=False)
    assert shape(one, first=False) != shape(one, first=True)


def test_a_passive_with_a_relative_clause(annotator: Annotator) -> None:
    (doc,) = annotator.pipe([doc_of(SENTENCES[0])])
    found = {t.text: (t.dep_, t.head.text, t.lemma_) for t in doc}
    assert found["town"] == ("nsubj:pass", "retaken", "town")
    assert found["captured"] == ("acl:relcl", "town", "capture")
    assert found["Army"] == ("obl:agent", "captured", "Army")
    assert found["retaken"] == ("ROOT", "retaken", "retake")
    assert found["alliance"] == ("obl:agent", "retaken", "alliance")


@pytest.mark.parametrize("size", [1, 2, 64])
def test_no_neighbour_and_no_batch_changes_a_tree(annotator: Annotator, size: int) -> None:
    alone = [told(next(annotator.pipe([doc_of(s)]))) for s in SENTENCES]
    together = [told(doc) for doc in annotator.pipe(map(doc_of, reversed(SENTENCES)), batch_size=size)]
    assert together == alone[::-1]


@pytest.mark.parametrize("words", [0, 1, MAX_WORDS, MAX_WORDS + 1, 3 * MAX_WORDS + 7])
def test_a_sentence_of_any_length_is_one_tree(annotator: Annotator, words: int) -> None:
    (doc,) = annotator.pipe([Doc(spacy.blank("en").vocab, words=(["Bo", "fled", ","] * words)[:words])])
    assert sum(t.head.i == t.i for t in doc) == (1 if len(doc) else 0)
    assert all(t.dep_ and t.pos_ and t.lemma_ for t in doc)


@pytest.mark.parametrize("words", [["x" * 1_000_000, "fled"], [" ", "\u200b", "fled"], ["-/" * 1_000], ["ความขัดแย้ง"] * 100])
def test_odd_words_stay_within_what_the_encoder_reads(annotator: Annotator, words: list[str]) -> None:
    stretches = list(encode(words, annotator.read))
    assert sum(len(s.first) - 1 for s in stretches) == len(words)
    assert all(len(s.pieces) <= MAX_PIECES + 2 and (s.first <= s.last).all() for s in stretches)


def test_a_folder_without_a_parser_is_named(tmp_path: Path) -> None:
    with pytest.raises(KgError, match="no parser in"):
        load(tmp_path)
