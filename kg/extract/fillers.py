"""What a noun phrase speaks of, and in which way."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.entities import Entity


@dataclass(frozen=True, slots=True)
class Filler:
    """One entity that a noun phrase speaks of.

    `people`: the phrase speaks of people or things that belong to it ("750 members of the front"), not of itself.
    `uncertain`: told by a description or a pronoun and not by a name. `named`: by its name alone.
    """

    entity: Entity
    token: Token
    people: bool = False
    uncertain: bool = False
    named: bool = False
