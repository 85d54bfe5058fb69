"""The two who face each other: "the two sides", "both armies", "the warring parties"."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.candidates import Candidate
from kg.extract.entities import Entity
from kg.extract.phrases import is_definite
from kg.extract.syntax import children, morphology
from kg.extract.words import word_list
from kg.model import Kind

_FACING = frozenset({"attack", "ceasefire", "meet", "opposes", "split_from"})
_NEITHER = frozenset({Kind.PLACE, Kind.PEOPLE, Kind.PERSON, Kind.OPERATION, Kind.MEDIA})


@dataclass(slots=True)
class Opponents:
    """Those of whom the document said that they fight, negotiate or part, or that somebody mediates between them."""

    _faced: dict[frozenset[str], tuple[Entity, Entity]] = field(default_factory=dict)  # the last one told comes last
    _times: Counter[frozenset[str]] = field(default_factory=Counter)
    _between: list[Entity] = field(default_factory=list)
    _mediator: Token | None = None

    @property
    def main(self) -> tuple[Entity, Entity] | tuple[()]:
        """The two most often told to face each other; of several the last told."""
        last = list(self._faced)
        return self._faced[max(last, key=lambda pair: (self._times[pair], last.index(pair)))] if last else ()

    def note(self, candidate: Candidate) -> None:
        """Remember whom a claim sets against or beside each other."""
        one, other = candidate.roles.get("subject"), candidate.roles.get("object")
        if candidate.type in _FACING:
            self._face(one, other)
        elif candidate.type == "capture":
            self._face(one, candidate.roles.get("from"))
        elif candidate.type == "mediate" and other is not None:
            if candidate.trigger is not self._mediator:
                self._between, self._mediator = [], candidate.trigger
            self._between.append(other)
            if len(self._between) > 1:
                self._face(*self._between[-2:])

    def _face(self, one: Entity | None, other: Entity | None) -> None:
        if one is None or other is None or one is other or {one.kind, other.kind} & _NEITHER:
            return
        pair = frozenset((one.id, other.id))
        self._faced.pop(pair, None)
        self._faced[pair] = (one, other)
        self._times[pair] += 1


def speaks_of_both(token: Token, lemma: str) -> bool:
    """Whether a noun phrase speaks of two that face each other: "both sides", "the two groups", "the warring parties"."""
    if "Plur" not in morphology(token, "Number"):
        return False
    words = {c.lower_ for c in children(token, "det", "nummod", "amod", "det:predet")}
    two = bool(words & {"two", "both"}) and ("both" in words or is_definite(token))
    facing = bool(words & word_list("facing_adjectives")) and is_definite(token)
    if lemma in word_list("side_nouns"):
        return two or facing or (lemma == "side" and words == {"the"})
    told_apart = words - {"two", "both", "the", "these", "those"} - word_list("facing_adjectives")  # "the two northern groups"
    return two and lemma in word_list("paired_nouns") and not told_apart
