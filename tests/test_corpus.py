"""The training documents: every file reads without a mistake, and a mistake is told where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from recipes.claims.corpus import Mistake, problems, read_corpus

CORPUS = sorted((Path(__file__).parents[1] / "recipes" / "claims" / "corpus").glob("*.txt"))

GOOD = """= a-01
published 2019-05-03
title Rebels seize town
@ front armed_group
@ garat place
* [[front:The Front]] took [[garat:Garat]], {it} said.
- capture s=front o=garat d=2019-05-02 by=front
"""


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_a_file_of_the_corpus_is_sound(path: Path) -> None:
    texts = [text for _, text in read_corpus(path)]
    assert texts
    assert [str(text) for text in texts if isinstance(text, Mistake)] == []
    assert [f"{text.name}: {problem}" for text in texts if not isinstance(text, Mistake) for problem in problems(text)] == []


def test_no_two_documents_bear_one_name() -> None:
    names = [text.name for path in CORPUS for _, text in read_corpus(path) if not isinstance(text, Mistake)]
    assert len(names) == len(set(names))


def test_marks_become_mentions_at_their_places(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD.replace("{it}", "[[front:it]]"), encoding="utf-8")
    ((number, text),) = read_corpus(path)
    assert not isinstance(text, Mistake)
    (line,) = text.lines
    assert number == 1
    assert line.text == "The Front took Garat, it said."
    assert [(line.text[a:b], entity) for a, b, entity in line.mentions] == [("The Front", "front"), ("Garat", "garat"), ("it", "front")]
    assert line.claims[0].type == "capture"
    assert line.claims[0].values == {"s": "front", "o": "garat", "d": "2019-05-02", "by": "front"}
    assert list(problems(text)) == []


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("capture s=", "conquer s=", "no claim type conquer"),
    ("{it}", "[[front:it", "a mark that is not"),
    ("@ garat place", "@ garat town", "no kind town"),
    ("o=garat", "garat", "no key=value"),
])
def test_a_line_that_says_nothing_is_a_mistake(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD.replace(old, new).replace("{it}", "it"), encoding="utf-8")
    assert any(problem in str(text) for _, text in read_corpus(path) if isinstance(text, Mistake))


@pytest.mark.parametrize(("old", "new", "problem"), [
    ("published 2019-05-03", "published May", "no date of publication"),
    ("@ garat place\n", "", "garat is marked and not declared"),
    ("o=garat", "o=belku", "o=belku is not declared"),
    (" o=garat", "", "it lacks its key roles"),
    ("d=2019-05-02", "d=yesterday", "is no date in EDTF"),
    ("o=garat", "o=front", "subject and object are one"),
])
def test_what_is_wrong_in_a_document_is_told(tmp_path: Path, old: str, new: str, problem: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(GOOD.replace(old, new).replace("{it}", "it"), encoding="utf-8")
    texts = [text for _, text in read_corpus(path) if not isinstance(text, Mistake)]
    assert any(problem in found for text in texts for found in problems(text))
