"""What the parser is given: one token for each name and each date, and every token at its place in the document."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st
from invented_wars import PLACES, WARS, document
from spacy.language import Language

from kg.errors import KgError
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.parsing import Sentence, load_parser, parse
from kg.extract.sentences import split_sentences
from kg.model import Span

LEXICON = Lexicon(WARS, PLACES)


def parsed(text: str, parser: Language, folds: dict[Span, str] | None = None) -> list[Sentence]:
    report = document(text)
    spans = list(split_sentences(report))
    _, mentions, _ = find_names(report, spans, LEXICON)
    return list(parse(text, spans, mentions, [folds or {}] * len(spans), parser))


def test_a_name_and_a_date_are_one_token_each(shipped_parser: Language) -> None:
    text = "On May 3, 2024 the Kasso Liberation Front (KLF) left “Agdal”."
    date = Span(3, 14)
    assert date.of(text) == "May 3, 2024"
    sentence, = parsed(text, shipped_parser, {date: "Monday"})
    tokens = [span.of(text) for span in sentence.spans]
    assert tokens == ["On", "May 3, 2024", "the", "Kasso Liberation Front (KLF)", "left", "“", "Agdal", "”", "."]
    assert {i: m.entity.id for i, m in sentence.mentions.items()} == {3: "kasso-front", 6: "agdal"}
    assert sentence.folded == {1: date}
    assert sentence.tree[1].text == "Monday"
    assert sentence.text_of([sentence.tree[4], sentence.tree[2]], text) == "the Kasso Liberation Front (KLF) left"


def test_a_sentence_has_one_root(shipped_parser: Language) -> None:
    sentence, = parsed("They left: the town fell, he said; it burned - all of it.", shipped_parser)
    assert [t.dep_ for t in sentence.tree].count("ROOT") == 1


def test_sentences_keep_their_order_and_number(shipped_parser: Language) -> None:
    text = "They left.\nThe Kasso Liberation Front came.\nIt rained."
    found = parsed(text, shipped_parser)
    assert [(s.index, s.span.of(text)) for s in found] == list(enumerate(text.split("\n")))


PIECES = st.sampled_from([
    "The Kasso Liberation Front (KLF) left Agdal. ", "“The Ta’ong National Army’s men", " fled,” he said", " – ", "\u00a0", "\n",
    "don’t ", "U.S. ",
])


@given(pieces=st.lists(st.one_of(PIECES, st.text(max_size=6)), max_size=6))
def test_every_token_stands_at_its_place(pieces: list[str], shipped_parser: Language) -> None:
    text = "".join(pieces)
    for sentence in parsed(text, shipped_parser):
        assert len(sentence.spans) == len(sentence.tree)
        assert all(sentence.span.contains(span) for span in sentence.spans)
        assert all(a.end <= b.start for a, b in pairwise(sentence.spans))
        read = {i for span in sentence.spans for i in range(span.start, span.end)}
        assert all(text[i].isspace() for i in range(sentence.span.start, sentence.span.end) if i not in read)


def test_a_pipeline_without_a_dependency_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path / "blank")
    with pytest.raises(KgError, match="has no Universal Dependencies parser"):
        load_parser(str(tmp_path / "blank"))
