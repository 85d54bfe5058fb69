"""What a reader remembers of a document while reading: whom it spoke of last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from kg.extract.entities import OF_STATE, Entity, Roster
from kg.extract.lexicon import plain_words
from kg.model import Kind

ORGANISATIONS = (Kind.ARMED_GROUP, Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION, Kind.MILITARY_UNIT)
_DESCRIBES: Mapping[str, tuple[Kind, ...]] = MappingProxyType(
    {
        "group": ORGANISATIONS,
        "movement": ORGANISATIONS,
        "organization": ORGANISATIONS,
        "organisation": ORGANISATIONS,
        "faction": ORGANISATIONS,
        "alliance": (Kind.ALLIANCE,),
        "coalition": (Kind.ALLIANCE,),
        "bloc": (Kind.ALLIANCE,),
        "brotherhood": (Kind.ALLIANCE,),
        "party": (Kind.POLITICAL_ORGANIZATION,),
        "front": ORGANISATIONS,
        "council": (Kind.GOVERNMENT, Kind.ALLIANCE),
        "force": (Kind.ARMED_GROUP, Kind.MILITARY_UNIT),
        "militia": (Kind.ARMED_GROUP, Kind.MILITARY_UNIT),
        "rebel": (Kind.ARMED_GROUP, Kind.ALLIANCE),
        "insurgent": (Kind.ARMED_GROUP, Kind.ALLIANCE),
        "guerrilla": (Kind.ARMED_GROUP,),
        "paramilitary": (Kind.ARMED_GROUP,),
        "unit": (Kind.MILITARY_UNIT,),
        "brigade": (Kind.MILITARY_UNIT,),
        "union": (Kind.POLITICAL_ORGANIZATION, Kind.INTERNATIONAL_ORGANIZATION),
        "army": (Kind.ARMED_GROUP,),
        "committee": (Kind.POLITICAL_ORGANIZATION, Kind.GOVERNMENT),
        "operation": (Kind.OPERATION,),
        "offensive": (Kind.OPERATION,),
        "campaign": (Kind.OPERATION,),
        "junta": (Kind.GOVERNMENT,),
        "regime": (Kind.GOVERNMENT,),
    }
)
# What only a place of that kind is called.
_PECULIAR = frozenset(
    {"bay", "lake", "pass", "plateau", "island", "valley", "oilfield", "plant", "refinery", "marsh", "delta", "corridor", "peninsula"}
)


class Memory:
    """Entities in the order of their last mention, and who was last spoken of as subject."""

    def __init__(self, roster: Roster) -> None:
        self._roster = roster
        self._recent: dict[str, Entity] = {}
        self._subjects: list[Entity] = []

    def begin(self) -> None:
        """Start a sentence: only the subjects of the last few sentences stay in focus."""
        del self._subjects[:-4]

    def note(self, entity: Entity, subject: bool) -> None:
        """Remember a mention."""
        self._recent.pop(entity.id, None)
        self._recent[entity.id] = entity
        if subject and entity.kind not in (Kind.PLACE, Kind.OPERATION, Kind.PEOPLE, Kind.MEDIA):
            self._subjects.append(entity)

    def focus(self) -> Entity | None:
        """The organisation that a plain "it" or "they" most likely means."""
        return next((e for e in reversed(self._subjects) if e.kind not in (Kind.PERSON, Kind.PEOPLE)), None)

    def note_person(self, person: Entity) -> None:
        """Remember an unnamed person who spoke: "a member of the front"."""
        self._subjects.append(person)

    def last_unit(self) -> Entity | None:
        """The unit that "the two units" most likely means."""
        return next((e for e in reversed(self._recent.values()) if e.kind is Kind.MILITARY_UNIT), None)

    def last_person(self) -> Entity | None:
        """The person that "he" or "she" most likely means: the last subject, or else the last one named."""
        persons = [e for e in self._subjects if e.kind in (Kind.PERSON, Kind.PEOPLE)] or [
            e for e in self._recent.values() if e.kind is Kind.PERSON
        ]
        return persons[-1] if persons else None

    def persons(self) -> list[Entity]:
        """The persons named so far, the last one first."""
        return [e for e in reversed(self._recent.values()) if e.kind is Kind.PERSON]

    def last_place(self, noun: str, earlier: Sequence[Entity] = ()) -> Entity | None:
        """The place that "the town" most likely means, those named earlier in its sentence first."""
        recent = [*reversed(earlier), *reversed(self._recent.values())]
        for entity in recent:
            if entity.kind is Kind.PLACE and any(noun in plain_words(n) for n in entity.names):
                return entity
        if noun in _PECULIAR:
            return None
        wide = {"state", "region", "province", "area", "country", "border", "district", "territory", "zone", "republic", "enclave"}
        for entity in recent:
            if entity.kind is Kind.PLACE and (noun in wide) == _is_wide(entity):
                return entity
        return None

    def last_described(self, noun: str) -> Entity | None:
        """The last one spoken of that the noun can describe: whom "that force" points at."""
        return next((e for e in reversed(self._recent.values()) if e.kind in _DESCRIBES.get(noun, ())), None)

    def recall(self, noun: str, states_own: frozenset[str], earlier: Sequence[Entity] = ()) -> Entity | None:
        """The actor that "the group" or "the alliance" most likely means: one named so before, or the last that fits.

        Args:
            noun: the noun of the description, singular.
            states_own: ids of national armed forces, which nobody calls "the group" or "the rebels".
            earlier: whom the same sentence named before the noun.
        """
        kinds = _DESCRIBES.get(noun, ())
        national = noun in ("army", "force")
        recent = [e for e in (*reversed(earlier), *reversed(self._recent.values())) if national or not _serves_state(e, states_own)]
        named = [e for e in recent if any(plain_words(n)[-1:] == (noun,) for n in e.names) and e.kind is not Kind.BLOC]
        if named:
            return named[0]
        fits = [e for e in recent if e.kind in kinds]
        subjects = [e for e in (*earlier, *reversed(self._subjects)) if e.kind in kinds and e in recent]
        return next(iter(subjects or fits), None)


def _serves_state(entity: Entity, states_own: frozenset[str]) -> bool:
    return entity.id in states_own or any(reason.startswith(OF_STATE) for reason in entity.reasons)


def _is_wide(entity: Entity) -> bool:
    words = plain_words(entity.name)
    return bool(words) and (
        words[-1] in ("state", "region", "province", "district", "area")
        or (entity.within is not None and entity.within in ("mm", "myanmar"))
    )
