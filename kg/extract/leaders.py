"""Persons and what they lead: "his men" are the group he commands, "the general" is the one called so before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kg.extract.candidates import Candidate
from kg.extract.entities import Entity, Roster
from kg.extract.lexicon import plain_words
from kg.model import CLAIM_TYPES, Kind

_BONDS = frozenset({"allied_with", "member_of", "supports"})
_SHORT = {"gen": "general", "col": "colonel", "capt": "captain", "lt": "lieutenant", "maj": "major", "sgt": "sergeant", "brig": "brigadier"}
_LED = frozenset({Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION})
_LEADS = ("leader", "commander", "chief", "head", "chairman", "founder", "warlord", "emir", "president", "general", "colonel")


class Leaders:
    """Which body each person of the document leads or belongs to, and by which words for an office he goes."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._bodies: dict[str, Entity] = {}
        self._offices: dict[str, set[str]] = {}
        self._wholes: dict[str, Entity] = {}  # what a unit or a militia was told to be part of
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

    def enlist(self, roles: Mapping[str, Entity]) -> None:
        """Remember what somebody is part of: subject and object of a claim."""
        if "subject" in roles and "object" in roles:
            self._wholes.setdefault(roles["subject"].id, roles["object"])

    def side(self, actor: Entity) -> Entity | None:
        """The side that an actor was told to stand on: of a person the body he leads or serves, of a unit what it is part of."""
        return self.body(actor) if actor.kind is Kind.PERSON else self._wholes.get(actor.id)

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


def name_sides(candidates: Sequence[Candidate], leaders: Leaders) -> list[Candidate]:
    """The candidates of a sentence, changes of side with the sides that other words tell; without those of which none is told.

    Who goes over leaves the body that he was told to lead or serve, a unit what it was told to be part of; and he joins whom he allies
    himself with in doing so: "have switched sides, allying themselves with the front".
    """
    for candidate in candidates:
        if candidate.type == "part_of" and candidate.rule != "unit-of":  # "its two battalions" may serve another
            leaders.enlist(candidate.roles)
    for candidate in candidates:
        who = candidate.roles.get("subject")
        if candidate.type != "defect" or who is None:
            continue
        if "to" not in candidate.roles:
            joined = [c.roles["object"] for c in candidates if "object" in c.roles and _in_doing_so(c, candidate, who)]
            candidate.roles |= {"to": joined[0]} if joined else {}
        side = leaders.side(who)
        if "from" not in candidate.roles and side is not None and side is not candidate.roles.get("to"):
            candidate.roles["from"] = side
    keys = CLAIM_TYPES["defect"].keys
    return [c for c in candidates if c.type != "defect" or any(all(role in c.roles for role in key) for key in keys)]


def _in_doing_so(bond: Candidate, change: Candidate, who: Entity) -> bool:
    """Whether a clause under the change of side tells the bond, of the same one: "..., allying themselves with the front"."""
    under = bond.trigger.head == change.trigger and bond.trigger.dep_ in ("advcl", "conj", "xcomp")
    return under and bond.type in _BONDS and bond.roles.get("subject") is who
