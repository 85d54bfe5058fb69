"""Claims that cannot all be true, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.claim import Claim


class Topic(StrEnum):
    """What claims disagree about."""

    COUNT = "count"  # how many
    CONTROL = "control"  # who holds a place
    BELONGING = "belonging"  # who belongs where
    DEED = "deed"  # who did it, or who attacked whom
    DENIAL = "denial"  # whether it is so
    OFFICE = "office"  # who leads
    FOUNDING = "founding"  # when it was founded


class Contradiction(StrEnum):
    """How surely claims contradict each other."""

    MUST = "must"  # whatever their dates and roundings leave open, not all of them are true
    MAY = "may"  # they are not all true if they speak of the same days or the same people
    GROWTH = "growth"  # both can be true: a total that had grown by the later report


@dataclass(frozen=True, slots=True)
class Position:
    """One of the things said, and every claim that says it."""

    says: str
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Positions of which not all can be true."""

    topic: Topic
    about: str  # in words: "desertions from the Tatmadaw"
    sure: Contradiction
    positions: tuple[Position, ...]  # two or more, in the order of what they say
    why: str
    first: date | None = None  # the days they all may speak of
    last: date | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim of every position, in their order."""
        return tuple(claim for position in self.positions for claim in position.claims)
