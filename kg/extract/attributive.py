"""Sides that a word before a noun names: "Israeli airstrikes", "army shelling", "a rebel offensive"."""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from kg.extract.fillers import Filler
from kg.extract.phrases import is_prefixed
from kg.extract.referents import Referents
from kg.extract.words import word_list
from kg.model import Kind

_FORCES = frozenset({"army", "military"})
_RULERS = frozenset({"government", "junta", "regime"})


def attributive(token: Token, referents: Referents, *, force: bool) -> Iterator[Filler]:
    """Whom a word before a noun makes its doer.

    Args:
        force: whether a state or its government does it with its army: what it bombs, not what it backs.
    """
    mention = referents.here().mentions.get(token.i)
    if mention is not None:
        if mention.adjective and mention.entity.kind is Kind.STATE:
            yield Filler(referents.states.force(mention.entity) if force else mention.entity, token)
        return
    word = token.lower_
    if is_prefixed(token) or token.dep_ not in ("amod", "compound"):
        return
    if word in _FORCES | _RULERS:
        body = referents.states.body("army" if force or word in _FORCES else "government", None)
        if body:
            yield Filler(body, token, uncertain=True)
    elif word in word_list("rebel_nouns"):
        side = referents.memory.recall(word, referents.lexicon.national_ids) or referents.roster.bloc(f"{word}s", f"the noun {word!r}")
        yield Filler(side, token, uncertain=True)
