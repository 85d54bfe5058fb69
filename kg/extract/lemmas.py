"""Lemmas: edit rules that a model proposes, forms that follow no rule, and words that are known to exist."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

CHECKED = frozenset({"ADJ", "ADV", "AUX", "NOUN", "VERB"})
"""The parts of speech whose lemmas stand in a dictionary."""


def lemmatize(word: str, rule: str) -> str:
    """The lemma of a word by an edit rule `case:cut:ending`.

    Case `l` writes the word small, `t` with one capital, `k` keeps it; then that many last letters give way to the ending.

    >>> lemmatize("Armies", "l:3:y"), lemmatize("Kachins", "k:1:"), lemmatize("WAS", "l:3:be")
    ('army', 'Kachin', 'be')
    """
    case, cut, ending = rule.split(":", 2)
    cased = word.lower() if case == "l" else word[:1].upper() + word[1:].lower() if case == "t" else word
    return cased[: max(len(cased) - int(cut), 0)] + ending or word


def form_key(word: str, pos: str) -> str:
    """What a form is looked up by: capitals count in names only.

    >>> form_key("Armies", "NOUN"), form_key("Armies", "PROPN")
    ('armies NOUN', 'Armies PROPN')
    """
    return f"{word if pos == 'PROPN' else word.lower()} {pos}"


@dataclass(frozen=True, slots=True)
class Lemmatizer:
    """The forms learnt by heart, and the words a lemma may be."""

    forms: Mapping[str, str]  # lemmas by `form_key`
    lemmas: frozenset[str]  # of `form_key`: lemmas seen, with their part of speech
    words: frozenset[str]  # small letters; words of any kind

    def choose(self, word: str, pos: str, rules: Iterable[str]) -> str:
        """The lemma: of a form learnt by heart, or else by the first of the rules (best first) that makes a lemma seen, or a word.

        Where no rule does, or where the first leaves the word as it is, the first holds.

        >>> some = Lemmatizer({"took VERB": "take"}, frozenset({"clash NOUN"}), frozenset({"clashe"}))
        >>> some.choose("Clashes", "NOUN", ["l:1:", "l:2:"]), some.choose("took", "VERB", ["l:1:"]), some.choose("drones", "NOUN", ["l:1:"])
        ('clash', 'take', 'drone')
        """
        if known := self.forms.get(form_key(word, pos)):
            return known
        made = [lemmatize(word, rule) for rule in rules]
        if pos not in CHECKED or made[0].lower() == word.lower():
            return made[0]
        seen = (lemma for lemma in made if form_key(lemma, pos) in self.lemmas)
        words = (lemma for lemma in made if lemma.lower() in self.words)
        return next(seen, None) or next(words, made[0])
