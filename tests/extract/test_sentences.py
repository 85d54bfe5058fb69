"""Sentences: where they begin and end, and what is left out. Texts are invented."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_wars import document

from kg.extract.sentences import MAX_SENTENCE, split_sentences
from kg.model import Span


def sentences(text: str, furniture: tuple[Span, ...] = ()) -> list[str]:
    return [span.of(text) for span in split_sentences(document(text, furniture=furniture))]


BOUNDARIES = [
    ("It left. They came.", ["It left.", "They came."]),
    ("It left! Has it? They came.", ["It left!", "Has it?", "They came."]),
    ("They went?! Yes.", ["They went?!", "Yes."]),
    ("They hold 12 towns. 14 fell.", ["They hold 12 towns.", "14 fell."]),
    ("Élan came. Ñu left. 军队 came.", ["Élan came.", "Ñu left.", "军队 came."]),
    ("They left.  \t They came.  ", ["They left.", "They came."]),
    ("\u00a0They left.\u00a0They came.", ["They left.", "They came."]),
    ("They left.\r\nThey came.\r\n", ["They left.", "They came."]),
    ("Rebels take Garat\nThe rebels took Garat on Friday", ["Rebels take Garat", "The rebels took Garat on Friday"]),
    ("“We left.” He fled.", ["“We left.”", "He fled."]),
    ("“We left,” he said. “They came.”", ["“We left,” he said.", "“They came.”"]),
    ("‘Go!’ he cried. They went.", ["‘Go!’ he cried.", "They went."]),
    ('"We left." "They came."', ['"We left."', '"They came."']),
    ("(They left.) The rest stayed.", ["(They left.)", "The rest stayed."]),
    ("He paused … and left.", ["He paused … and left."]),
    ("He paused... and left.", ["He paused... and left."]),
    ("He left… Then he came.", ["He left…", "Then he came."]),
    ("He left... Then he came.", ["He left...", "Then he came."]),
    ("They said no. Then they left.", ["They said no.", "Then they left."]),
    ("", []),
    (" \n\t\n ", []),
]


@pytest.mark.parametrize(("text", "expected"), BOUNDARIES)
def test_sentences_end_where_a_reader_ends_them(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


ONE_SENTENCE = [
    "The U.S. Army left.",
    "U.S. troops left.",
    "Gen. Ko and Lt. Col. Sow said on Nov. 12 it fell.",
    "Mr. Kole met Dr. Besk on Jan. 5.",
    "J. R. Kole left.",
    "Brigade No. 5 left.",
    "The St. Mark Brigade left.",
    "It lost 2.5 million men.",
    "It fell at 4 a.m. on Friday.",
    "The A.B.C. left.",
    "e.g. the 2nd, i.e. the army.",
    "He said: “We left.”",
    "They left.They came.",
    "The army - the rebels - the police - came.",
]


@pytest.mark.parametrize("text", ONE_SENTENCE)
def test_a_full_stop_inside_a_sentence_ends_none(text: str) -> None:
    assert sentences(f"{text} It is so.") == [text, "It is so."]


@pytest.mark.parametrize("dateline", [
    "BANGKOK (AP) – ", "Bangkok, Nov 17 (EFE).- ", "SITTWE - ", "NAY PYI TAW, Lankara (AP) — ", "GOMA, Congo, March 3 (Reuters) - ",
])
def test_where_it_was_written_is_left_out(dateline: str) -> None:
    assert sentences(f"{dateline}The army left. It came.\n{dateline}They met.") == ["The army left.", "It came.", "They met."]


def test_lines_of_furniture_are_left_out() -> None:
    text = "Share this.\nThe army left. It came.\nRead more. Now.\nThey met."
    furniture = (Span(36, 51), Span(0, 11))  # the first and the third line, in any order
    assert [s.of(text) for s in furniture] == ["Read more. Now.", "Share this."]
    assert sentences(text, furniture) == ["The army left.", "It came.", "They met."]


def test_a_sentence_that_never_ends_is_cut_at_a_space() -> None:
    text = " ".join(["abcdefghi"] * 500)  # 4,999 code points: three pieces at least
    found = sentences(text)
    assert (len(found), " ".join(found)) == (3, text)
    assert all(len(piece) <= 2_000 for piece in found)


def test_a_word_that_never_ends_is_cut_all_the_same() -> None:
    assert [len(s) for s in sentences("x" * 4_500)] == [2_000, 2_000, 500]


PIECES = st.one_of(
    st.sampled_from([text for text, _ in BOUNDARIES] + ONE_SENTENCE),
    st.sampled_from(["\n", " ", ".", "…", "“", "”", "x" * 2_100, "BANGKOK (AP) – ", "AB - "]),
    st.text(max_size=12),
)


@given(st.lists(PIECES, max_size=8).map("".join), st.lists(st.tuples(st.integers(0, 200), st.integers(1, 40)), max_size=3))
def test_spans_are_ordered_apart_trimmed_and_outside_furniture(text: str, furniture: list[tuple[int, int]]) -> None:
    marked = tuple(Span(start, start + size) for start, size in furniture)
    spans = list(split_sentences(document(text, furniture=marked)))
    assert all(a.end <= b.start for a, b in pairwise(spans))
    for span in spans:
        said = span.of(text)
        assert (said, len(said)) == (said.strip(), span.end - span.start)
        assert "\n" not in said
        assert len(said) <= MAX_SENTENCE
        assert not any(span.overlaps(other) for other in marked)


# Lines without a dash cannot be taken for a dateline; those that have one say how long it is.
PLAIN = PIECES.filter(lambda piece: not set(piece) & set("-–—\n"))
DATELINES = st.sampled_from(["", "", "BANGKOK (AP) – ", "Bangkok, Nov 17 (EFE).- ", "SITTWE - "])
LINES = st.tuples(DATELINES, st.lists(PLAIN, max_size=5).map("".join), st.booleans())


@given(st.lists(LINES, max_size=5))
def test_nothing_else_is_lost_and_nothing_read_twice(lines: list[tuple[str, str, bool]]) -> None:
    text, wanted, furniture = "", set(), []
    for dateline, body, is_furniture in lines:
        line = dateline + body
        if is_furniture and line:
            furniture.append(Span(len(text), len(text) + len(line)))
        else:
            first = len(text) + len(dateline)
            wanted |= {first + i for i, c in enumerate(body) if not c.isspace()}
        text += line + "\n"
    read = [i for s in split_sentences(document(text, furniture=tuple(furniture))) for i in range(s.start, s.end) if not text[i].isspace()]
    assert read == sorted(wanted)
