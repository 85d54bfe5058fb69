"""Persons and what they lead: "his men" are the group he commands, "the general" is the one called so before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.extract.candidates import Candidate
from kg.extract.entities import Entity, Roster
from kg.extract.lexicon import plain_words
from kg.model import Kind

_SHORT = {"gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant", "maj": "major", "sgt": "sergeant", "brig": "brigadier"}
_LED = frozenset({Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION})
_LEADS = ("leader", "commander", "chief", "head", "chairman", "founder", "warlord", "emir", "president", "general", "colonel")


class Leaders:
    """Which body each person of the document leads or belongs to, and by which words for an office he goes."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._bodies: dict[str, Entity] = {}
        self._offices: dict[str, set[str]] = {}
        self._nameless: set[str] = set()  # persons whose body is but "his men", until a named one is told

    def learn(self, roles: Mapping[str, Entity], office: str) -> None:
        """Remember who holds an office in which body: subject and object of a claim."""
        person, body = roles.get("subject"), roles.get("object")
        if person is not None and body is not None and person.kind is Kind.PERSON:
            words = plain_words(office)
            self._offices.setdefault(person.id, set()).update(words)
            first = person.id not in self._bodies or person.id in self._nameless
            if body.kind in _LED and (first or any(w in _LEADS for w in words)):
                self._bodies[person.id] = body
                self._nameless.discard(person.id)

    def body(self, person: Entity) -> Entity | None:
        """The named body that a person leads or belongs to, as far as was told."""
        return None if person.id in self._nameless else self._bodies.get(person.id)

    def force(self, person: Entity, phrase: str) -> Entity:
        """Whose men a person's are: those of the body he leads, or else a side of their own.

        Args:
            phrase: how the text calls them, without the owner: "fighters".
        """
        body = self._bodies.get(person.id)
        if body is None:
            surname = person.name.rsplit(maxsplit=1)[-1]
            body = self._roster.found(f"{person.name}'s {phrase}", Kind.ARMED_GROUP, f"whom {person.name} leads")
            body.call(f"{surname}'s {phrase}")
            self._bodies[person.id] = body
            self._nameless.add(person.id)
        else:
            body.call(f"{person.name.rsplit(maxsplit=1)[-1]}'s {phrase}")
        return body

    def called(self, noun: str, persons: Iterable[Entity]) -> Entity | None:
        """The first of some persons who bears the rank or office that a noun names: "the general"."""
        for person in persons:
            words = {_SHORT.get(w, w) for name in person.names for w in plain_words(name)[:-1]}
            if noun in words or noun in self._offices.get(person.id, ()):
                return person
        return None


def name_side_left(candidates: Iterable[Candidate], leaders: Leaders) -> None:
    """Let a person who goes over to another side leave the body he was told to lead or serve."""
    for candidate in candidates:
        person = candidate.roles.get("subject")
        if candidate.type == "defect" and "from" not in candidate.roles and person is not None:
            body = leaders.body(person)
            if body is not None and body is not candidate.roles.get("to"):
                candidate.roles["from"] = body
