"""Whom a pronoun means: every entity told before is weighed, and the weights are in a table that can be read.

The weights are those of a log-linear ranker, learnt on the documents about invented wars (`recipes/claims/antecedents.py`).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType

from spacy.tokens import Token

from kg.extract.entities import Entity
from kg.extract.lexicon import plain_words
from kg.extract.words import RULES
from kg.model import Kind

PRONOUNS: Mapping[str, str] = MappingProxyType({
    "it": "it", "its": "its", "itself": "itself",
    "they": "they", "their": "their", "theirs": "their", "them": "them", "themselves": "themselves",
    "he": "he", "she": "he", "his": "his", "her": "his", "him": "him", "himself": "himself", "herself": "himself",
})
"""The pronouns that stand for an actor or place, each with the one whose weights it shares."""
PERSONAL = frozenset({"he", "his", "him", "himself"})
_FAMILIES = {
    Kind.PERSON: "person", Kind.PLACE: "place", Kind.OPERATION: "operation", Kind.PEOPLE: "people", Kind.MEDIA: "media",
    Kind.STATE: "state",
}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
_RECENT = 3  # sentences in which a subject still stands out


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where an entity was told of: its grammatical function, how, and in which clause."""

    sentence: int
    token: int
    function: str
    how: str  # name, description, pronoun
    clause: int  # the verb that it hangs on
    joined: bool  # in a list of names

    @classmethod
    def of(cls, token: Token, sentence: int, how: str) -> Occurrence:
        """That of a word of a sentence."""
        joined = token.dep_ == "conj" or any(c.dep_ == "conj" for c in token.children)
        return cls(sentence, token.i, _function(token), how, _clause(token).i, joined)


@dataclass(slots=True)
class History:
    """Every entity of a document with where it was told of, in order."""

    _told: dict[str, tuple[Entity, list[Occurrence]]] = field(default_factory=dict)

    def note(self, entity: Entity, occurrence: Occurrence) -> None:
        """Remember one more place."""
        self._told.setdefault(entity.id, (entity, []))[1].append(occurrence)

    def weigh(self, pronoun: Token, sentence: int, here: Sequence[tuple[Entity, Occurrence]]) -> Iterator[tuple[Entity, list[str]]]:
        """Everyone whom a pronoun may mean, the last told first, with what speaks for or against him (`features`).

        Args:
            pronoun: one of `PRONOUNS`.
            sentence: the number of its sentence.
            here: who was told of in its sentence before it, in order.
        """
        told = {id_: (entity, list(occurrences)) for id_, (entity, occurrences) in self._told.items()}
        for entity, occurrence in here:
            told.setdefault(entity.id, (entity, []))[1].append(occurrence)
        fitting = (pair for pair in told.values() if fits(PRONOUNS[pronoun.lower_], pair[0]))
        order = sorted(fitting, key=lambda pair: (pair[1][-1].sentence, pair[1][-1].token), reverse=True)
        ranks: Counter[str] = Counter()
        for number, (entity, occurrences) in enumerate(order):
            family = _family(entity)
            yield entity, list(features(pronoun, sentence, entity, occurrences, number, ranks[family]))
            ranks[family] += 1


def features(pronoun: Token, sentence: int, entity: Entity, told: Sequence[Occurrence], place: int, rank: int) -> Iterator[str]:
    """What speaks for or against a pronoun meaning an entity, in words; the weight of each stands in the table.

    Args:
        pronoun: the pronoun.
        sentence: the number of its sentence.
        entity: the candidate.
        told: where it was told of, in order.
        place: how many others were told of since.
        rank: how many others of its family (persons, places, groups ...) were told of since.
    """
    word, function, clause = PRONOUNS[pronoun.lower_], _function(pronoun), _clause(pronoun)
    last, family = told[-1], _family(entity)
    back = min(sentence - last.sentence, 4)
    near = min(back, 2)
    yield f"{word}: a {entity.kind.value}"
    yield f"{word}: a {entity.kind.value}, {'known' if entity.known else 'not known'}"
    yield f"{word}: {back} sentences back"
    yield f"{family}, {back} sentences back"
    yield f"{word}: was {last.function}, {near} back"
    yield f"{function} after {last.function}, {near} back"
    yield f"{word}: {min(rank, 5)} of its family since"
    yield f"{min(rank, 5)} of its family since, {near} back"
    yield f"{min(place, 6)} others since"
    yield f"{word}: told {min(len(told), 5)} times"
    yield f"{word}: last by {last.how}"
    yield f"{word}: {'ends in s' if (plain_words(entity.name) or ('',))[-1].endswith('s') else 'does not end in s'}"
    if last.joined:
        yield f"{word}: in a list"
    if told[0].sentence == 0:
        yield "in the first sentence" + (" as subject" if told[0].function == "subject" else "")
    subjects = [o for o in told if o.function == "subject" and sentence - o.sentence <= _RECENT]
    yield f"{word}: subject {min(len(subjects), 2)} times of late"
    if subjects:
        yield f"{word}: subject {sentence - subjects[-1].sentence} back"
    above = _above(clause)
    for occurrence in told:
        if occurrence.sentence == sentence:
            if occurrence.clause == clause.i:
                yield f"{word}: {function} beside the {occurrence.function} of its clause"
            elif occurrence.clause in above:
                yield f"{word}: {occurrence.function} {above.index(occurrence.clause)} clauses above"
            else:
                yield f"{word}: {occurrence.function} of another clause"
    if last.sentence == sentence:
        yield f"{word}: {min((pronoun.i - last.token) // 4, 4)} times four words before"
    yield f"{family} as {function} of {(_governor(pronoun) if function == 'owner' else clause).lemma_.lower()}"


@lru_cache(maxsize=1)
def load_weights() -> Mapping[str, float]:
    """The table of weights."""
    found: dict[str, float] = json.loads((RULES / "antecedents.json").read_text("utf-8"))
    return MappingProxyType(found)


def score(found: Sequence[str], weights: Mapping[str, float]) -> float:
    """The sum of the weights of what was found."""
    return sum(weights.get(feature, 0.0) for feature in found)


def reasons(found: Sequence[str], weights: Mapping[str, float], *, most: int = 3) -> tuple[str, ...]:
    """The weightiest of what was found, in words with their weights."""
    heavy = sorted(((weights.get(f, 0.0), f) for f in found), key=lambda pair: (-abs(pair[0]), pair[1]))
    return (f"score {score(found, weights):.2f}", *(f"{feature} ({weight:+.2f})" for weight, feature in heavy[:most] if weight))


def fits(pronoun: str, entity: Entity) -> bool:
    """Nobody calls a group "he", or a person "it"."""
    if pronoun in PERSONAL:
        return entity.kind in (Kind.PERSON, Kind.PEOPLE) or (entity.open and len(entity.name.split()) > 1)
    return entity.kind is not Kind.PERSON or pronoun not in ("it", "its", "itself")


def _family(entity: Entity) -> str:
    return _FAMILIES.get(entity.kind, "group")


def _function(token: Token) -> str:
    """What a noun or pronoun does in its sentence, that of the list it stands in."""
    for _ in range(4):
        if token.dep_ in ("conj", "flat", "appos", "compound") and token.head.pos_ in ("NOUN", "PROPN") and token.head != token:
            token = token.head
    label = token.dep_
    if label.startswith("nsubj"):
        return "subject" if token.head.dep_ in ("ROOT", "ccomp", "conj", "parataxis") else "lower subject"
    if label in ("obj", "iobj"):
        return "object"
    if label == "nmod:poss":
        return "owner"
    if label.startswith("obl"):
        return "agent" if label == "obl:agent" else "adjunct"
    return "modifier" if label == "nmod" else "other"


def _governor(token: Token) -> Token:
    """What a noun or its list hangs on."""
    while token.dep_ in ("conj", "flat", "appos") and token.head.pos_ in _NOMINAL:
        token = token.head
    return token.head


def _clause(token: Token) -> Token:
    """The verb that a word stands under, or the root."""
    while token.pos_ not in ("VERB", "AUX") and token.head != token:
        token = token.head
    return token


def _above(clause: Token) -> list[int]:
    """A verb and the words above it."""
    found = [clause.i]
    while clause.head != clause and len(found) < 6:
        clause = clause.head
        found.append(clause.i)
    return found
