"""The words of a noun phrase, as far as they name what it speaks of."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.syntax import morphology, noun_lemma
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


def is_apposed(token: Token) -> bool:
    """Whether a common noun in a list of names more likely describes the name before it."""
    indefinite = any(c.lower_ in ("a", "an") for c in token.children)
    left = token.left_edge
    return indefinite or (any(c.lower_ == "the" for c in token.children) and left.i > 0 and left.nbor(-1).text == ",")


def is_prefixed(token: Token) -> bool:
    """Whether "anti-" or the like stands before a word."""
    return token.i > 0 and token.nbor(-1).text.endswith("-")


def last_word(name: str) -> str:
    """The last word of a description in lower case, singular; empty for a proper name."""
    word = name.rsplit(maxsplit=1)[-1]
    return (word[:-1] if word.endswith("s") else word) if word.islower() else ""


def in_main_clause(token: Token) -> bool:
    """Whether a subject is that of the main clause or of what is said in it."""
    return token.head.dep_ in ("ROOT", "ccomp", "conj", "parataxis")


def is_one_person(token: Token) -> bool:
    """Whether a noun speaks of one unnamed person: "a member of the front"."""
    lemma = noun_lemma(token)
    return "Sing" in morphology(token, "Number") and (lemma in word_list("role_nouns") or lemma in word_list("people_nouns"))
