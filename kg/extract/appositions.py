"""Persons named after their office: "the commander of the Sand Hawks, Colonel Amin Tarak, was wounded"."""

from __future__ import annotations

from kg.extract.parsing import Sentence
from kg.extract.phrases import lemma_of
from kg.extract.syntax import preposition
from kg.extract.words import word_list
from kg.model import Kind


def mend_appositions(sentence: Sentence) -> None:
    """Hang a person's name on the office before it, where the parser hung it on what the office is of."""
    for i, mention in sentence.mentions.items():
        name = sentence.tree[i]
        body = name.head
        if name.dep_ != "appos" or mention.entity.kind is not Kind.PERSON:
            continue
        named = sentence.mentions[body.i].entity.kind is not Kind.PERSON if body.i in sentence.mentions else lemma_of(body) in word_list("place_nouns")
        office = body.head
        of = named and body.dep_ == "nmod" and preposition(body) in ("of", "for", "in")
        if of and office.pos_ == "NOUN" and lemma_of(office) in word_list("role_nouns"):
            name.head = office
