"""Whether a word of a sentence is the trigger that a frame wants: the particles, prepositions and words around it."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token


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


def mentions_any(trigger: Token, words: Sequence[str]) -> bool:
    """Whether one of the words (lemmas) stands close below the trigger."""
    below = {t.lemma_.casefold() for c in trigger.children for t in (c, *c.children)}
    if trigger.dep_ == "amod" and any(c.dep_ == "nsubj" for c in trigger.children):
        below.add(trigger.head.lemma_.casefold())
    return any(word in below for word in words)
