"""One verb for several dated names: "took A in April, B and C in July". What is left out is put back in the tree."""

from __future__ import annotations

import re

from spacy.tokens import Token

from kg.extract.parsing import Sentence

# Each token as a letter: a Name, a Date, a Preposition, a Comma or "and" or "the", anything else.
_PREPOSITIONS = frozenset({"in", "on", "by", "during", "late", "early"})
_JOINTS = frozenset({",", ";", "and", "then", "the", "followed"})
_GROUP = r"N(?:C+N)*P+D"
_GAPPED = re.compile(rf"{_GROUP}(?:C+P*{_GROUP})+")


def mend_gaps(sentence: Sentence) -> None:
    """Hang names that share a left-out verb on the first of them, and note which date each has.

    A parser finds no verb for "B in July" and hangs B anywhere, often on the date before it. The pattern is sure
    without the tree: names and dates in turns, nothing but prepositions, commas and "and" between them.
    """
    tokens = list(sentence.tree)
    letters = "".join(_letter(token, sentence) for token in tokens)
    for match in _GAPPED.finditer(letters):
        first: Token | None = None
        names: list[Token] = []
        for token in tokens[match.start() : match.end()]:
            letter = letters[token.i]
            if letter == "N":
                names.append(token)
            elif letter == "D":
                for name in names:
                    if first is None:
                        first = _argument(name)
                        sentence.dated[first.i] = sentence.folded[token.i]
                    elif name.head != first:
                        name.head, name.dep_ = first, "conj"
                    sentence.dated[name.i] = sentence.folded[token.i]
                if names[0] != first and names[0].head == first and names[0].dep_ == "conj":
                    token.head, token.dep_ = names[0], "nmod"
                names = []


def _letter(token: Token, sentence: Sentence) -> str:
    mention = sentence.mentions.get(token.i)
    if mention is not None:
        return "X" if mention.adjective else "N"
    if token.i in sentence.folded:
        return "D"
    return "P" if token.lower_ in _PREPOSITIONS else "C" if token.lower_ in _JOINTS else "X"


def _argument(name: Token) -> Token:
    """The word that is the verb's argument: "the town of A"."""
    if name.dep_ == "nmod" and name.head.pos_ == "NOUN" and name.i - 2 == name.head.i and name.nbor(-1).lower_ == "of":
        return name.head
    return name
