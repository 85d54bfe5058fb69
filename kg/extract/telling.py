"""The dates and numbers that a sentence tells."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.counts import CountMention
from kg.extract.parsing import Sentence
from kg.extract.times import DateMention
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Told:
    """The dates and numbers of one sentence."""

    dates: tuple[DateMention, ...]
    counts: tuple[CountMention, ...]


def token_at(sentence: Sentence, span: Span) -> int | None:
    """The topmost token of an expression that may be several words."""
    inside = [i for i, place in enumerate(sentence.spans) if place.overlaps(span)]
    tops = [i for i in inside if sentence.tree[i].head.i not in inside or sentence.tree[i].head.i == i]
    return tops[0] if tops else None
