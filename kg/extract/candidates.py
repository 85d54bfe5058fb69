"""Claims in the making: what is found in a sentence, before its date, number and stance are read."""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract.entities import Entity
from kg.model import Span


@dataclass(frozen=True, slots=True)
class Hint:
    """What the model says of the circumstances of a claim."""

    date: Span | None  # of the words that date it
    source: Token | None  # whose bearer says it
    standing: frozenset[str]  # "negative", a modality, a certainty


@dataclass(slots=True)
class Candidate:
    """A claim in the making: a frame matched at a word of a sentence, its roles filled."""

    type: str
    trigger: Token
    rule: str
    roles: dict[str, Entity] = field(default_factory=dict)
    count_token: Token | None = None
    number: Span | None = None  # where the number stands, when that is known
    role: str | None = None
    outcome: str | None = None
    where: tuple[int, ...] = ()  # tokens of the object and the place, which may have a date of their own
    presupposed: bool = False  # a noun phrase takes it for granted: nobody asserts it
    hint: Hint | None = None
