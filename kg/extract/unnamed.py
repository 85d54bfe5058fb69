"""Sides and people that a text does not name: "the rebels", "police", "300 pupils"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.extract.fillers import Filler
from kg.extract.phrases import is_definite, loyal_to
from kg.extract.syntax import children, morphology
from kg.extract.words import word_list
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extract.referents import Referents


def unnamed(token: Token, lemma: str, referents: Referents) -> Iterator[Filler]:
    """The side or people that a common noun speaks of, when nobody named before is meant."""
    phrase = referents.phrase(token, drop=("nummod", "det", "advmod"))
    reason = f"the common noun {lemma!r}"
    followed = next((f.entity for c in loyal_to(token) for f in referents.one(c)), None)
    if followed is not None and lemma in word_list("force_nouns"):
        yield Filler(referents.roster.bloc(f"{phrase} loyal to {followed.name}", reason), token, people=True, uncertain=True)
        return
    if lemma in word_list("government_nouns") and any(c.lower_ in word_list("government_adjectives") for c in children(token, "amod")):
        governing = referents.roster.found(referents.phrase(token), Kind.GOVERNMENT, "a government told by an adjective")
        yield Filler(governing, token, uncertain=True)
    elif lemma in word_list("civilian_nouns"):
        name = "civilians" if lemma in word_list("plain_civilians") else lemma
        entity = referents.roster.found(name, Kind.PEOPLE, reason)
        entity.call(phrase)
        yield Filler(entity, token, people=True)
    elif lemma in word_list("people_nouns") and (lemma not in word_list("bloc_nouns") or (_is_counted(token) and not _is_described(token))):
        yield Filler(referents.roster.found(phrase, Kind.PEOPLE, reason), token, people=True)
    elif lemma in word_list("bloc_nouns") | word_list("unnamed_sides"):
        plural = "Plur" in morphology(token, "Number") or lemma == "police"
        meant = is_definite(token) and lemma in word_list("unnamed_sides") | word_list("sides_by_themselves")
        if _is_described(token) or meant or (plural and lemma in word_list("sides_by_themselves")):
            yield Filler(referents.roster.bloc(phrase, reason), token, uncertain=True)


def _is_counted(token: Token) -> bool:
    """Whether people are counted and nobody tells whose: "killed 12 fighters"."""
    return bool(children(token, "nummod")) and not is_definite(token)


def _is_described(token: Token) -> bool:
    """Whether other words tell which side: "resistance groups", "Turkish-backed factions"."""
    described = [c for c in children(token, "amod", "compound", "nmod:desc") if c.lower_ not in word_list("other_words")]
    return bool(described) or any(c.text.startswith("-") for c in token.children)
