"""The English word lists of `rules/en/words.yaml`, as sets."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

import yaml

RULES = Path(__file__).parent / "rules" / "en"


@lru_cache(maxsize=1)
def _lists() -> MappingProxyType[str, object]:
    return MappingProxyType(yaml.safe_load((RULES / "words.yaml").read_text("utf-8")))


@lru_cache(maxsize=64)
def word_list(name: str) -> frozenset[str]:
    """The words of one list, lower case.

    >>> "junta" in word_list("government_nouns")
    True
    """
    words = _lists()[name]
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise TypeError(f"words.yaml: {name} is no plain list of words (YAML reads a bare on, no or off as a truth value)")
    return frozenset(words)


@lru_cache(maxsize=1)
def organisation_heads() -> MappingProxyType[str, str]:
    """What each head word of an organisation's name makes of it: word to kind.

    >>> organisation_heads()["front"], organisation_heads()["party"]
    ('armed_group', 'political_organization')
    """
    kinds = _lists()["organisation_heads"]
    if not isinstance(kinds, dict):
        raise TypeError("words.yaml: organisation_heads is no mapping")
    return MappingProxyType({word: kind for kind, words in kinds.items() for word in words})


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """The whole words in the vocabulary of the shipped parser, lower case: what is not among them may be a name.

    >>> "heavy" in common_words(), "kenese" in common_words()
    (True, False)
    """
    vocabulary = json.loads((RULES.parent.parent / "parser" / "tokenizer.json").read_text("utf-8"))["model"]["vocab"]
    return frozenset(word for word in vocabulary if len(word) > 2 and word.isalpha())


@lru_cache(maxsize=1)
def irregular_forms() -> MappingProxyType[str, tuple[str, ...]]:
    """Past forms of irregular verbs.

    >>> irregular_forms()["take"]
    ('took', 'taken')
    """
    forms = _lists()["irregular_forms"]
    if not isinstance(forms, dict):
        raise TypeError("words.yaml: irregular_forms is no mapping")
    return MappingProxyType({lemma: tuple(past) for lemma, past in forms.items()})


@lru_cache(maxsize=1)
def _lemmas() -> frozenset[str]:
    """The lemmas that the parser learnt, of words that are no names."""
    known = json.loads((RULES.parent.parent / "parser" / "lemmas.json").read_text("utf-8"))["lemmas"]
    more = ("function_words", "ordinary_words", "force_nouns", "people_nouns", "civilian_nouns", "bloc_nouns", "role_nouns",
            "government_nouns")
    return frozenset(key.rpartition(" ")[0] for key in known).union(*map(word_list, more))


@lru_cache(maxsize=4096)
def is_common_word(word: str) -> bool:
    """Whether a word that opens a sentence is more likely a common one than a name: some lemma makes it.

    A plural that no lemma makes is a name only when the vocabulary has it whole: "Hamas", not "Peacekeepers".

    >>> [is_common_word(w) for w in ("clashes", "stormed", "peacekeepers", "hezbollah", "hamas", "kenese")]
    [True, True, True, False, False, False]
    """
    stems = {word}
    for ending, *others in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)]
            stems |= {stem + other for other in others}
            stems |= {stem[:-1]} if stem[-1] == stem[-2] else set()  # "planned"
    if not stems.isdisjoint(_lemmas()):
        return True
    return word.endswith(("s", "ed", "ing", "ly")) and word not in common_words()


_ENDINGS = (
    ("s", ""), ("es", ""), ("ies", "y"), ("ed", "", "e"), ("ied", "y"), ("ing", "", "e"), ("ly", ""), ("er", "", "e"), ("est", "", "e"),
    ("men", "man"),
)
