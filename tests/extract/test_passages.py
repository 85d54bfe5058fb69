"""What the model that proposes claims sees: words in their trees, pairs near enough, each sentence new once."""

from __future__ import annotations

import numpy as np
import pytest

from kg.extract.extractor import Extractor
from kg.extract.passages import CONTEXT, GAPS, KINDS, MAX_PIECES, TYPES, Passage, passages
from kg.extract.scoring import load_reader
from kg.model import Document

TEXT = "Tiga forces attacked the town of Garat on Monday. They took it. Some 40 soldiers fled. The rest stayed."


def read(extractor: Extractor, text: str) -> list[Passage]:
    sentences, told = extractor.sentences(Document("a", text))
    return list(passages(sentences, told, *load_reader()))


@pytest.fixture(scope="module")
def passage(war_reader: Extractor) -> Passage:
    (found,) = read(war_reader, TEXT)
    return found


def at(passage: Passage, word: str) -> int:
    return 1 + [t.text for t in passage.tokens].index(word)


def test_every_word_points_where_its_tree_says(passage: Passage) -> None:
    for word, token in enumerate(passage.tokens, start=1):
        above = passage.tokens[passage.parents[word] - 1]
        assert above == token.head
        ancestors = {a.i for a in token.ancestors} | {token.i}
        row = [passage.tokens[i - 1].i for i in np.flatnonzero(passage.above[word])]
        assert set(row) == ancestors
    assert passage.above[0].sum() == passage.above[:, 0].sum() == 0  # the mark before all words


def test_kinds_and_triggers_are_those_of_the_pipeline(passage: Passage) -> None:
    assert KINDS[passage.kinds[at(passage, "They")]] == "pronoun"
    assert KINDS[passage.kinds[at(passage, "40")]] == "count"
    assert KINDS[passage.kinds[at(passage, "Monday")]] == "date"
    assert KINDS[passage.kinds[at(passage, "attacked")]] == "verb"
    told = passage.triggers[at(passage, "attacked")]
    assert told[TYPES.index("attack")] == 1
    assert told[TYPES.index("form")] == 0
    assert passage.triggers[at(passage, "stayed")].sum() == 0


def test_pairs_are_near_and_know_the_word_above_both(passage: Passage) -> None:
    pairs = {tuple(pair): i for i, pair in enumerate(passage.pairs.tolist())}
    forces, town, rest = at(passage, "forces"), at(passage, "town"), at(passage, "rest")
    together = pairs[forces, town]
    assert passage.tokens[passage.lowest[together] - 1].text == "attacked"
    assert passage.gaps[together] % (GAPS // 2) == 2  # one step up, one down
    assert passage.gaps[together] >= GAPS // 2 > passage.gaps[pairs[town, forces]]  # which one stands first
    they = pairs[forces, at(passage, "They")]
    assert passage.lowest[they] == 0
    assert passage.gaps[they] % (GAPS // 2) == GAPS // 2 - 4 + 1
    assert (forces, rest) not in pairs  # three sentences apart
    assert CONTEXT == 2


def test_each_sentence_is_new_once_and_has_what_stood_before_it(war_reader: Extractor) -> None:
    found = read(war_reader, " ".join(f"The army of district {i} took another village from the rebels near the river." for i in range(60)))
    assert len(found) > 2
    assert [s.index for p in found for s in p.sentences[p.context :]] == list(range(60))
    assert all(p.context == CONTEXT for p in found[1:])
    assert all(len(p.pieces) <= MAX_PIECES for p in found)
    for p in found:
        new = p.places[p.pairs].max(1) >= p.context
        assert new.all()


def test_sentences_without_names_or_words_make_no_pairs(war_reader: Extractor) -> None:
    assert read(war_reader, "") == []
    (lonely,) = read(war_reader, "Go!")
    assert lonely.pairs.shape == (0, 2)
    assert lonely.lowest.shape == lonely.gaps.shape == (0,)
