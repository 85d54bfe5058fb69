"""Places by their common nouns: "the town of X", "four army outposts", and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.extract.entities import Entity
from kg.extract.fillers import Filler
from kg.extract.phrases import is_definite
from kg.extract.syntax import children, conjuncts, morphology, preposition, whole_list
from kg.extract.words import word_list
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extract.referents import Referents


def locality(token: Token, lemma: str, referents: Referents) -> Iterator[Filler]:
    """A place by its common noun: "the town of X", "Shan state", "the town", "four army outposts"."""
    if any(c.lower_ == "no" for c in children(token, "det")):
        return  # "they hold no town"
    here = referents.here().mentions
    beside = [p for c in children(token, "compound", "appos", "flat", "amod", "nmod:desc") for p in conjuncts(c)]
    named = [c for c in beside if c.i in here and not here[c.i].adjective]
    inner = [p for c in children(token, "nmod") if preposition(c) == "of" for p in conjuncts(c) if p.i in here]
    before = [c for c in named if here[c.i].entity.kind in (Kind.PLACE, Kind.STATE)]
    if before and inner:  # "the Nor State town of Garat" is Garat, "the Garat district of Nor State" too
        named, inner = ([c for c in named if c not in before], inner) if lemma in word_list("settlement_nouns") else (named, [])
    named += inner
    if token.dep_ == "appos" and token.head.i in here and here[token.head.i].entity.kind is Kind.PLACE:
        # "Garat and Nor, two towns that it took"
        described = conjuncts(whole_list(token.head)) if "Plur" in morphology(token, "Number") else [token.head]
        yield from (Filler(here[c.i].entity, token) for c in described if c.i in here and here[c.i].entity.kind is Kind.PLACE)
        return
    if lemma == "command" and not named and not children(token, "amod", "compound"):
        return  # "took over the command"
    facility = lemma in word_list("facility_nouns")
    if lemma == "country" and not named and is_definite(token) and referents.country is None and (home := referents.roster.home):
        home.call(referents.phrase(token))
        yield Filler(home, token, uncertain=True)
        return
    places = [here[c.i].entity for c in named if here[c.i].entity.kind in (Kind.PLACE, Kind.STATE)]
    named_so = facility and lemma in word_list("named_sites") and all(preposition(c) == "of" for c in children(token, "nmod"))
    if places and (not facility or children(token, "appos") or (named_so and not owner_of_place(token, referents))):
        for entity in places:
            entity.settle(Kind.PLACE)
            entity.call(referents.phrase(token))
            entity.call(f"{referents.phrase(token)} of {entity.name}")
            yield Filler(entity, token)
        return
    if (
        lemma in word_list("recalled_places")
        and is_definite(token)
        and "Plur" not in morphology(token, "Number")
        and not children(token, "acl:relcl")
    ):
        recalled = referents.memory.last_place(lemma, [m.entity for i, m in sorted(here.items()) if i < token.i])
        if recalled:
            recalled.settle(Kind.PLACE)
            recalled.call(referents.phrase(token))
            yield Filler(recalled, token, uncertain=True)
            return
    if facility or (lemma in ("town", "village", "city", "area", "territory") and not is_definite(token)):
        phrase = referents.phrase(token)
        entity = referents.roster.found(phrase, Kind.PLACE, f"the common noun {lemma!r}")
        entity.call(referents.phrase_with_place(token) or "")
        for shorter in (
            referents.phrase(token, drop=()),
            referents.phrase(token, drop=("nummod", "advmod", "det")),
            referents.phrase(token, drop=("nummod", "advmod", "det", "amod")),
            token.text,
        ):
            entity.call(shorter)
        yield Filler(entity, token, uncertain=True)


def owner_of_place(token: Token, referents: Referents) -> Entity | None:
    """The side that a facility belongs to: "army outposts", "a base of the front"."""
    for filler in referents.owners(token, 2):
        return filler.entity
    state = referents.country_of(token)
    if state:
        return referents.states.force(state)
    for child in children(token, "compound", "amod"):
        if child.lemma_ in ("army", "military") and referents.country:
            home = referents.states.own()
            return referents.states.force(home) if home else None
    return None
