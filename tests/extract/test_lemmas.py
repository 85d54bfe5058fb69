"""Lemmas: edit rules, forms known by heart, and what a dictionary knows."""

from __future__ import annotations

import pytest

from kg.extract.lemmas import Lemmatizer, form_key, lemmatize


@pytest.mark.parametrize(
    ("word", "rule", "lemma"),
    [
        ("Fighters", "l:1:", "fighter"),
        ("ARMIES", "l:3:y", "army"),
        ("Shans", "k:1:", "Shan"),
        ("REUTERS", "t:0:", "Reuters"),
        ("'s", "l:2:be", "be"),
        ("a", "l:5:", "a"),  # a rule that leaves nothing leaves the word
    ],
)
def test_a_rule_edits_the_end_of_a_word(word: str, rule: str, lemma: str) -> None:
    assert lemmatize(word, rule) == lemma


@pytest.mark.parametrize(
    ("word", "pos", "rules", "lemma"),
    [
        ("Fled", "VERB", ["l:2:"], "flee"),  # by heart, whatever its capitals
        ("Fled", "PROPN", ["k:0:"], "Fled"),  # but no name is a verb
        ("sided", "VERB", ["l:2:", "l:1:"], "side"),  # a verb seen comes before a word of another kind
        ("tolled", "VERB", ["l:1:", "l:2:"], "toll"),  # a word of any kind comes before none
        ("zorked", "VERB", ["l:2:", "l:1:"], "zork"),  # where nothing is known, the best rule holds
        ("dead", "ADJ", ["l:0:", "l:1:"], "dead"),  # a rule that changes nothing is not doubted
        ("Sids", "PROPN", ["k:0:", "k:1:"], "Sids"),  # names are in no dictionary
    ],
)
def test_the_lemma_is_the_first_that_is_known(word: str, pos: str, rules: list[str], lemma: str) -> None:
    lemmatizer = Lemmatizer({"fled VERB": "flee"}, frozenset({"side VERB", "sid NOUN"}), frozenset({"toll", "sid", "dea"}))
    assert lemmatizer.choose(word, pos, rules) == lemma


def test_capitals_count_in_names_only() -> None:
    assert (form_key("Union", "NOUN"), form_key("Union", "PROPN")) == ("union NOUN", "Union PROPN")
