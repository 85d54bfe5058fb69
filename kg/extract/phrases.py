"""The words of a noun phrase, as far as they name what it speaks of."""

from __future__ import annotations

from collections.abc import Container
from itertools import pairwise

from spacy.tokens import Token

from kg.extract.number_words import read_number
from kg.extract.syntax import children, morphology, noun_lemma
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


def lemma_of(token: Token) -> str:
    """The singular of a noun; a word for people never becomes that for their home ("villagers" no "village")."""
    singular = token.lower_.removesuffix("s")
    return singular if singular in word_list("people_nouns") else noun_lemma(token)


def loyal_to(noun: Token) -> list[Token]:
    """Whose troops they are by a word: "troops loyal to X"."""
    return [c for word in children(noun, "amod", "acl") if word.lower_ in ("loyal", "faithful") for c in children(word, "obl")]


def is_one_person(token: Token) -> bool:
    """Whether a noun speaks of one unnamed person: "a member of the front"."""
    lemma = lemma_of(token)
    return "Sing" in morphology(token, "Number") and (lemma in word_list("role_nouns") or lemma in word_list("people_nouns"))


def is_people(lemma: str) -> bool:
    """Whether a noun stands for the side that it belongs to."""
    return lemma in word_list("force_nouns") or lemma in word_list("people_nouns")


def is_definite(token: Token) -> bool:
    """Whether a noun speaks of something already spoken of: "the group", "its leader"."""
    words = {c.lower_ for c in children(token, "det", "nmod:poss")}
    described = {c.lower_ for c in children(token, "amod")}
    return bool(words & word_list("determiners")) and not described & word_list("other_words")


def is_qualified(token: Token, mentions: Container[int]) -> bool:
    """Whether an adjective or noun tells this group from the one spoken of: "the allied forces", "the opposition groups".

    Args:
        mentions: the words of its sentence that are names.
    """
    return any(
        c.lower_ not in word_list("neutral_adjectives") and c.i not in mentions for c in children(token, "amod", "compound", "nmod:desc")
    )


def enumerated(token: Token, names: Container[int]) -> list[Token]:
    """The names that a counted noun stands for: "three groups, A, B and C, attacked" speaks of A, B and C.

    As many names as are counted, coordinated, between the noun and its verb; none when the number is another.

    Args:
        token: the head of the noun phrase.
        names: the tokens of the sentence that stand for names of groups.
    """
    counted = next((read_number(c.text) for c in children(token, "nummod")), None)
    verb = token.head.i if token.head.pos_ in ("VERB", "AUX") and token.head.i > token.i else None
    if not counted or counted < 2 or verb is None:
        return []
    found = [t for t in token.doc[token.i + 1 : verb] if t.i in names][-counted:]  # the tree of such a list is seldom right
    joined = all(t.lower_ in (",", "and", "the") for a, b in pairwise(found) for t in token.doc[a.i + 1 : b.i])
    return found if len(found) == counted and joined else []


def last_counted(token: Token) -> Token | None:
    """The people counted before a bare number or "others": "13 people were killed and 30 wounded", "5 soldiers ... and 12 others"."""
    for before in reversed(token.doc[: token.i]):
        if before.pos_ == "NOUN" and children(before, "nummod") and is_people(lemma_of(before)):
            return before
    return None
