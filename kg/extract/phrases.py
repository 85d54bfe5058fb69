"""The words of a noun phrase, as far as they name what it speaks of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.words import word_list

_MODIFIERS = ("det", "amod", "compound", "nummod", "flat", "advmod", "nmod:desc", "nmod:poss")


def phrase_tokens(token: Token, drop: tuple[str, ...] = ("det",)) -> list[Token]:
    """The head of a noun phrase and what stands before it, from the right, up to the first word that is left out.

    Args:
        token: the head.
        drop: labels of dependents to leave out; possessors go with "det".
    """
    kept = [token]
    for child in reversed(list(token.lefts)):
        if child.dep_ == "punct" or child.lower_ in word_list("directions"):
            continue
        if child.dep_ not in _MODIFIERS or child.dep_ in drop or (child.dep_ == "nmod:poss" and "det" in drop):
            break
        if any(t.pos_ == "PUNCT" and t.text not in "-'" for t in child.subtree):
            break
        kept += list(child.subtree)
    return kept
