"""Whether a word of a sentence is the trigger that a frame wants: the particles, prepositions and words around it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg.extract.syntax import Arguments, arguments, children, preposition
from kg.extract.words import word_list

_MEASURES = ("nummod", "compound", "obl:unmarked", "obl:npmod", "nmod:npmod", "nmod:unmarked", "advmod", "obl", "nmod")


def has_words(token: Token, words: Sequence[str]) -> bool:
    """Whether each further word of a trigger stands below it: a particle, an object, a preposition."""
    if not words:
        return True
    near = {c.lemma_.casefold() for c in token.children} | {c.lower_ for c in token.children}
    near |= {
        g.lower_
        for c in token.children
        if c.dep_ in ("obl", "nmod", "obj", "xcomp", "obl:agent")
        for g in c.children
        if g.dep_ in ("case", "mark", "compound")
    }
    near |= {
        g.lemma_.casefold() for c in token.children if c.dep_ in ("obj", "obl", "xcomp") for g in c.children if g.dep_ in ("nmod", "amod")
    }
    if token.dep_ == "amod" and any(c.dep_ == "nsubj" for c in token.children):
        near.add(token.head.lemma_.casefold())
    if token.dep_ in ("obl", "obj"):
        near |= {c.lower_ for c in token.head.children if c.dep_ == "compound:prt"}
    return all(word in near for word in words)


def only_prepositions(trigger: Token, words: Sequence[str]) -> bool:
    """Whether the further words of a trigger do no more than introduce one of its arguments."""
    introducing = {g.lower_ for c in trigger.children if c.dep_ in ("obl", "nmod") for g in c.children if g.dep_ == "case"}
    particles = {c.lower_ for c in trigger.children}
    return all(word in introducing and word not in particles for word in words)


def only_adverbs(trigger: Token, words: Sequence[str]) -> bool:
    """Whether the further words of a trigger only tell how: who "jointly attacks" attacks."""
    return {c.lower_ for c in children(trigger, "advmod")} >= set(words)


def mentions_any(trigger: Token, words: Sequence[str]) -> bool:
    """Whether one of the words (lemmas) stands close below the trigger."""
    below = {t.lemma_.casefold() for c in trigger.children for t in (c, *c.children)}
    if trigger.dep_ == "amod" and any(c.dep_ == "nsubj" for c in trigger.children):
        below.add(trigger.head.lemma_.casefold())
    return any(word in below for word in words)


def joined_form(token: Token) -> str:
    """The participle that a hyphen joins to a noun or name, lower case: "backed" in "army-backed"; empty for any other word."""
    if token.i and len(token.text) > 2 and token.text.startswith("-"):
        return token.lower_[1:]
    return token.lower_ if token.i > 1 and token.nbor(-1).text == "-" and token.nbor(-2).text != "-" else ""


def joined_arguments(token: Token) -> Arguments:
    """What stands on either side of a joined participle: "left" and "right", "army" and "town" in "the army-held town"."""
    left = token.nbor(-1) if token.text.startswith("-") else token.nbor(-2)
    right = token.head
    while right.i <= token.i and right.head != right:
        right = right.head
    after = [right] if right.i > token.i else []
    return {"left": [left], "right": after, "party": [party for deal in after for party in _parties(deal)]}


def surroundings(trigger: Token) -> Arguments:
    """Functions that lie outside a trigger's own clause or phrase.

    "self": the trigger, when it is what is counted. "measure": the number before an adjective ("3,000 strong"). "doer": who acts
    with it or under it ("took the town with the help of X"). "server": who acts in or on it ("fought on the side of X"). "held":
    what is in it ("a town in the hands of X"). "weary": who does something after it or in it ("fled after fighting with X"). "claimant",
    "blamed": who claims it, who is said to have done it ("claimed responsibility for it", "blamed on X"). "party": those who sign
    or hold what it brings about ("signed a truce brokered by X").
    """
    found: Arguments = {}
    if trigger.pos_ == "ADJ":
        found["measure"] = [child for child in children(trigger, *_MEASURES) if child.pos_ == "NUM"]
    if trigger.pos_ == "NOUN":
        found["self"] = [trigger]
        if trigger.dep_ == "obl" and preposition(trigger) in ("with", "under", "through", "thanks to", "by"):
            found["doer"] = arguments(trigger.head).get("subj", [])
            found["party"] = [party for deal in children(trigger.head, "obj", "nsubj:pass") for party in _parties(deal)]
        if trigger.dep_ == "obl" and preposition(trigger) in ("in", "on", "at"):
            found["server"] = arguments(trigger.head).get("subj", [])
        if trigger.dep_ == "obl" and preposition(trigger) in ("after", "amid", "during", "following", "in"):
            found["weary"] = arguments(trigger.head).get("subj", [])
        found["blamed"] = [side for clause in children(trigger, "acl") for side in _blamed(clause)]
        if trigger.dep_ in ("nsubj", "nsubj:pass"):
            found["blamed"] += _blamed(trigger.head)
        if preposition(trigger) == "for" and trigger.head.lemma_ in ("responsibility", "credit"):
            found["claimant"] = arguments(trigger.head.head).get("subj", [])
        if preposition(trigger) in ("in", "under") and trigger.head != trigger:
            stays = trigger.dep_ == "obl" and trigger.head.lemma_ in word_list("staying_verbs")
            found["held"] = arguments(trigger.head).get("subj", []) if stays else [trigger.head] if trigger.dep_ == "nmod" else []
    if trigger.pos_ == "VERB":
        outer = arguments(trigger)
        deals = [deal for function in ("obj", "subj") for deal in outer.get(function, ())]
        found["party"] = [party for deal in deals for party in _parties(_deal_around(deal))]
    return found


def _blamed(verb: Token) -> list[Token]:
    return [child for child in children(verb, "obl") if verb.lemma_ in ("blame", "pin") and preposition(child) == "on"]


def _deal_around(noun: Token) -> Token:
    """The deal that a participle after a comma describes, where the tree hangs it on a side: "talks between X and Y, brokered by Z"."""
    above = noun
    while above.dep_ in ("conj", "nmod") and above.lemma_.casefold() not in word_list("deal_nouns") and above.head != above:
        above = above.head
    return above if above.lemma_.casefold() in word_list("deal_nouns") else noun


def _parties(deal: Token) -> list[Token]:
    """The sides of a truce or of talks."""
    if deal.lemma_.casefold() not in word_list("deal_nouns"):
        return []
    found = arguments(deal)
    return [side for function in ("subj", "between", "with", "poss", "comp") for side in found.get(function, ())]
