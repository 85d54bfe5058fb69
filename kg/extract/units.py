"""Units without a name: "two battalions of the front"."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spacy.tokens import Token

from kg.extract.entities import Entity
from kg.extract.phrases import is_definite
from kg.extract.syntax import children
from kg.model import Kind

if TYPE_CHECKING:
    from kg.extract.fillers import Filler
    from kg.extract.referents import Referents


def unnamed_unit(token: Token, owners: Sequence[Filler], referents: Referents) -> Entity | None:
    """Unnamed units as an actor of their own: counted ("two battalions of X"), or of a side without a name.

    "Units of X" without a number are X acting.
    """
    counted = bool(children(token, "nummod"))
    if owners and owners[0].entity.kind is not Kind.BLOC and not counted:
        return None
    if is_definite(token) and not (owners and children(token, "nmod:poss")):
        recalled = referents.memory.last_unit()
        if recalled:
            recalled.call(referents.phrase(token))
            return recalled
    return _new_unit(token, owners[0].entity if owners else None, referents) if counted or owners else None


def _new_unit(token: Token, owner: Entity | None, referents: Referents) -> Entity:
    phrase = referents.phrase(token)
    if token.i == 0:  # a capital that only opens the sentence
        phrase = phrase[0].lower() + phrase[1:]
    name = f"{phrase} of {owner.name}" if owner else phrase
    entity = referents.roster.found(name, Kind.MILITARY_UNIT, "an unnamed unit")
    for drop in ((), ("det",), ("det", "nummod")):
        entity.call(referents.phrase(token, drop=drop))
    entity.call(referents.phrase_with_place(token) or "")
    return entity
