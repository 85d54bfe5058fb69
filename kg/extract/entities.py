"""Whom and what one document speaks of, and where it names them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.extract.lexicon import Entry, Lexicon, local_id, plain_words
from kg.extract.words import word_list
from kg.model import Kind, NameKind, Reference, Span

ORGANISED = frozenset({Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION, Kind.GOVERNMENT})
"""What acts as one body."""
OF_STATE = "the armed force of"
"""How the reason begins for which an unnamed army is one."""
# Words that tell no unnamed side from another.
_NATIONAL = (("armed", "forces"), ("defence", "forces"), ("defense", "forces"), ("arab", "army"))


@dataclass(eq=False, slots=True)
class Entity:
    """An actor, place or operation of one document, with every name the document uses for it."""

    id: str
    kind: Kind
    name: str
    names: dict[str, None] = field(default_factory=dict)
    country: str | None = None
    known: bool = False
    reasons: list[str] = field(default_factory=list)
    within: str | None = None  # id of the place it lies in, from the gazetteer
    open: bool = False  # a name that nothing has told the kind of yet: its first role will

    def settle(self, kind: Kind) -> None:
        """Let a role tell what an open name stands for."""
        if self.open:
            self.kind, self.open = kind, False
            self.reasons.append("told by its role")

    def reference(self) -> Reference:
        """The entity as claims carry it."""
        return Reference(self.id, self.kind, self.name, tuple(self.names))

    def call(self, name: str) -> None:
        """Remember one more name of it."""
        if name:
            self.names.setdefault(name)


@dataclass(eq=False, slots=True)
class Mention:
    """One place in the text that names an entity.

    `span` is everything the parser sees as one word: the name, a title before it, an abbreviation in brackets after it.
    """

    span: Span
    entity: Entity
    surrogate: str  # the single word the parser reads instead
    adjective: bool = False  # "Chinese": qualifies, does not name
    title: str | None = None  # "Vice Senior General" before a person's name


class Roster:
    """All entities of one document, by id and by name."""

    def __init__(self) -> None:
        self.by_id: dict[str, Entity] = {}
        self.by_words: dict[tuple[str, ...], Entity] = {}
        self.mentioned: Counter[str] = Counter()
        self.blocs: dict[tuple[str, ...], Entity] = {}
        self.adjectives: dict[str, tuple[str, ...]] = {}  # of the countries that only the document knows
        self.home: Entity | None = None  # the one of them that the document is about

    @property
    def references(self) -> dict[str, Reference]:
        """Every entity as claims carry it, with the names used so far."""
        return {e.id: e.reference() for e in self.by_id.values()}

    def known(self, entry: Entry) -> Entity:
        """The entity of a known name; made when the document first names it."""
        entity = self.by_id.get(entry.id)
        if entity is None:
            source = entry.actor or entry.place
            name = source.name if source else entry.text
            entity = Entity(
                entry.id,
                entry.kind,
                name,
                {name: None},
                entry.country,
                True,
                [f"known name {entry.text!r}"],
                entry.place.within if entry.place else None,
            )
            if entry.actor:
                for other in entry.actor.names:
                    if other.kind in (NameKind.FULL, NameKind.ABBREVIATION, NameKind.ALIAS):
                        entity.call(other.text)
            self.by_id[entry.id] = entity
            if entity.kind is not Kind.PLACE:
                for known in entity.names:
                    self.by_words.setdefault(plain_words(known), entity)
        entity.call(entry.text)
        return entity

    def found(self, name: str, kind: Kind, reason: str, *, country: str | None = None) -> Entity:
        """The entity of a name that nobody listed; the same name means the same entity."""
        words = plain_words(name)
        entity = self.by_words.get(words)
        if entity is None:
            identity = local_id(name)
            while identity in self.by_id and self.by_id[identity].kind is not kind:
                identity += f"-{kind.value.replace('_', '-')}"
            entity = self.by_id.get(identity) or Entity(identity, kind, name, {}, country, False, [reason])
            self.by_id[identity] = entity
            self.by_words[words] = entity
        entity.call(name)
        return entity

    def state(self, country: str | None, lexicon: Lexicon) -> Entity | None:
        """The state with that ISO code, when the seeds know it."""
        entry = lexicon.states.get(country or "")
        return self.known(entry) if entry else None

    def country(self, name: str, adjectives: Sequence[str]) -> Entity:
        """A country that only the document knows."""
        state = self.found(name, Kind.STATE, "it has an army or a government")
        self.adjectives[state.id] = tuple(adjectives)
        return state

    def _adjectives(self, state: Entity, lexicon: Lexicon) -> Sequence[str]:
        return self.adjectives.get(state.id) or tuple(lexicon.adjectives.get(state.id, ()))

    def national_force(self, state: Entity, lexicon: Lexicon) -> Entity:
        """A state's armed forces: the known ones, the ones the document names, or an unnamed "... military"."""
        entry = lexicon.national_forces.get(state.country or "")
        if entry:
            return self.known(entry)
        stems = {plain_words(n)[0] for n in (state.name, *self._adjectives(state, lexicon)) if plain_words(n)}
        for words, entity in self.by_words.items():
            if (entity.kind is Kind.ARMED_GROUP and words and words[0] in stems and words[-2:] in _NATIONAL) or (
                words[-1:] == ("army",) and words[0] in stems and len(words) <= 3
            ):
                return entity
        adjective = next(iter(self._adjectives(state, lexicon)), state.name)
        return self.found(f"{adjective} military", Kind.ARMED_GROUP, f"{OF_STATE} {state.name}", country=state.country)

    def government(self, state: Entity, lexicon: Lexicon) -> Entity:
        """A state's government, unnamed."""
        adjective = next(iter(self._adjectives(state, lexicon)), state.name)
        return self.found(f"{adjective} government", Kind.GOVERNMENT, f"the government of {state.name}", country=state.country)

    def open(self, name: str) -> Entity:
        """The entity of a name whose kind its role will tell."""
        entity = self.found(name, Kind.PLACE, "a name without a sign of its kind")
        entity.open = not entity.known and entity.reasons == ["a name without a sign of its kind"]
        return entity

    def bloc(self, phrase: str, reason: str) -> Entity:
        """The unnamed side that a phrase speaks of: "resistance forces" and "local resistance groups" are one."""
        core = tuple(
            w for w in plain_words(phrase) if w not in word_list("bloc_fillers") and w.removesuffix("s") not in word_list("bloc_fillers")
        )
        entity = self.blocs.get(core) if core else None
        if entity is None:
            entity = self.found(phrase, Kind.BLOC, reason)
            if core:
                self.blocs[core] = entity
        entity.call(phrase)
        return entity

    def alias(self, name: str, entity: Entity) -> None:
        """Let one more name mean an entity, in this document."""
        self.by_words.setdefault(plain_words(name), entity)
        entity.call(name)
