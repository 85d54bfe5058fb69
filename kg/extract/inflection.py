"""The forms of a word: triggers are found by form, since a lemmatizer may miss words it was not trained on."""

from __future__ import annotations

from functools import lru_cache

from kg.extract.words import irregular_forms

_VOWELS = "aeiou"
_SIBILANTS = ("s", "x", "z", "ch", "sh")
# Longer verbs stressed on their last syllable, which double its consonant as short ones do.
_STRESSED_LAST = frozenset({
    "admit", "begin", "commit", "compel", "control", "deter", "expel", "kidnap", "occur", "overrun", "patrol", "permit", "rebel", "refer",
    "regret", "repel", "submit", "transfer",
})


@lru_cache(maxsize=4096)
def verb_forms(lemma: str) -> frozenset[str]:
    """All forms of an English verb, the lemma included.

    >>> sorted(verb_forms("flee"))
    ['fled', 'flee', 'fleeing', 'flees']
    >>> sorted(verb_forms("ally"))
    ['allied', 'allies', 'ally', 'allying']
    >>> sorted(verb_forms("expel"))
    ['expel', 'expelled', 'expelling', 'expels']
    """
    past = irregular_forms().get(lemma) or (_past(lemma),)
    return frozenset({lemma, _third(lemma), _gerund(lemma), *past})


@lru_cache(maxsize=4096)
def noun_forms(lemma: str) -> frozenset[str]:
    """Singular and plural of an English noun.

    >>> sorted(noun_forms("ally"))
    ['allies', 'ally']
    """
    return frozenset({lemma, _third(lemma)})


def _third(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(_SIBILANTS) or word.endswith("go") else "s")


def _past(word: str) -> str:
    if word.endswith("e"):
        return word + "d"
    if word.endswith("y") and word[-2] not in _VOWELS:
        return word[:-1] + "ied"
    return _doubled(word) + "ed"


def _gerund(word: str) -> str:
    if word.endswith("ee") or not word.endswith("e"):
        return _doubled(word) + "ing"
    return (word[:-2] + "y" if word.endswith("ie") else word[:-1]) + "ing"


def _doubled(word: str) -> str:
    """One vowel and one consonant at the end of a short word double the consonant: "split", "overrun"."""
    short = len(word) >= 3 and word[-1] not in _VOWELS + "wxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS
    syllables = sum(c in _VOWELS and (i == 0 or word[i - 1] not in _VOWELS) for i, c in enumerate(word))
    return word + word[-1] if short and (syllables == 1 or word in _STRESSED_LAST) else word
