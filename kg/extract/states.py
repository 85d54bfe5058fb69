"""The armed forces and governments of states, named ("Rwandan troops") or meant ("the army")."""

from __future__ import annotations

from kg.extract.entities import Entity, Roster
from kg.extract.lexicon import Lexicon
from kg.extract.words import word_list
from kg.model import Kind


class States:
    """What belongs to the state that a document is about, and to others it names."""

    def __init__(self, roster: Roster, lexicon: Lexicon, country: str | None) -> None:
        self._roster, self._lexicon, self._country = roster, lexicon, country

    def own(self) -> Entity | None:
        """The state the document is about; `None` when it names none."""
        return self._roster.state(self._country, self._lexicon) or (None if self._country else self._roster.home)

    def force(self, state: Entity) -> Entity:
        """A state's armed forces."""
        return self._roster.national_force(state, self._lexicon)

    def body(self, noun: str, state: Entity | None) -> Entity | None:
        """What a noun means as the force or government of a state; of the document's own when none is given.

        Without a state that the text names, "army" and "government" still mean one, nameless.
        """
        own = state or self.own()
        bare = state is None
        if noun in word_list("military_nouns") and (not bare or noun in ("military", "army")):
            return self.force(own) if own else self._nameless("army", noun, Kind.ARMED_GROUP, "the armed force of an unnamed country")
        if noun in word_list("government_nouns") and (not bare or noun in ("government", "regime", "authority")):
            return (
                self._roster.government(own, self._lexicon)
                if own
                else self._nameless("government", noun, Kind.GOVERNMENT, "the government of an unnamed country")
            )
        return None

    def _nameless(self, name: str, noun: str, kind: Kind, reason: str) -> Entity:
        """The one army or government of a country without a name, however the text calls it."""
        entity = self._roster.found(name, kind, reason)
        entity.call(noun)
        return entity
