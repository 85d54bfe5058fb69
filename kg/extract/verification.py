"""Disclaimers that reach back: "His claim could not be independently verified"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg.extract.parsing import Sentence
from kg.extract.words import word_list
from kg.model import Certainty, Claim

_REACH = 3  # sentences that "these claims" may reach back over


def doubt_unverified(claims: Sequence[Claim], sentences: Sequence[Sentence]) -> list[Claim]:
    """Mark what the document itself says it could not confirm.

    A disclaimer in a sentence of its own reaches the attributed claims of the sentence before it, and with a plural
    ("these claims") those of the last few; inside a sentence it reaches that sentence's.
    """
    doubted: set[int] = set()
    for sentence in sentences:
        if not _disclaims(sentence):
            continue
        words = {t.lower_ for t in sentence.tree}
        reach = _REACH if words & {"claims", "reports", "accounts", "figures"} and words & {"these", "those", "the"} else 1
        doubted.update(range(max(0, sentence.index - reach), sentence.index + 1))
    if not doubted:
        return list(claims)
    index = {s.span: s.index for s in sentences}
    return [
        replace(c, certainty=Certainty.UNVERIFIED)
        if c.attributed_to and index.get(c.evidence[0].span) in doubted and c.certainty is Certainty.STATED
        else c
        for c in claims
    ]


def _disclaims(sentence: Sentence) -> bool:
    for token in sentence.tree:
        if token.lemma_ in word_list("unverified_words") and token.pos_ in ("VERB", "AUX"):
            negated = any(c.lower_ in ("not", "n't", "never") for c in token.children)
            head = token.head
            if (
                negated
                or head.lemma_ in word_list("unable_words")
                or any(
                    c.lower_ in ("not", "n't") for c in head.children if head != token and token.dep_ in ("xcomp", "csubj", "ccomp", "acl")
                )
            ):
                return True
    return False
