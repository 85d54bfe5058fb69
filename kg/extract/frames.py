"""Frames: the data that says which words make which claim."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import yaml
from spacy.tokens import Token

from kg.errors import KgError
from kg.extract.inflection import noun_forms, verb_forms
from kg.extract.words import RULES
from kg.model import CLAIM_TYPES, Kind

GROUPS = frozenset(
    {
        Kind.ARMED_GROUP,
        Kind.MILITARY_UNIT,
        Kind.ALLIANCE,
        Kind.GOVERNMENT,
        Kind.POLITICAL_ORGANIZATION,
        Kind.BLOC,
        Kind.CIVIL_SOCIETY,
        Kind.INTERNATIONAL_ORGANIZATION,
        Kind.STATE,
    }
)
ACTORS = GROUPS | {Kind.PERSON}
FILLERS: Mapping[str, frozenset[Kind]] = {
    "actor": ACTORS,
    "group": GROUPS - {Kind.STATE},
    "named": GROUPS - {Kind.STATE, Kind.BLOC},
    "body": frozenset(
        {Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.GOVERNMENT, Kind.POLITICAL_ORGANIZATION, Kind.INTERNATIONAL_ORGANIZATION}
    ),
    "usurper": ACTORS - {Kind.STATE, Kind.INTERNATIONAL_ORGANIZATION},
    "alliance": frozenset({Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION, Kind.GOVERNMENT, Kind.INTERNATIONAL_ORGANIZATION}),
    "side": GROUPS,
    "union": frozenset({Kind.ARMED_GROUP, Kind.ALLIANCE, Kind.POLITICAL_ORGANIZATION}),
    "place": frozenset({Kind.PLACE}),
    "coalition": frozenset({Kind.ALLIANCE}),
    "operation": frozenset({Kind.OPERATION}),
    "person": frozenset({Kind.PERSON}),
    "victims": ACTORS | {Kind.PEOPLE},
}
ROLE_NAMES = ("subject", "object", "place", "from", "to")
_KEYS = {
    "id",
    "type",
    "verbs",
    "nouns",
    "adjectives",
    "joined",
    *ROLE_NAMES,
    "count",
    "counted",
    "reciprocal",
    "role",
    "outcome",
    "polarity",
    "modality",
    "kinds",
    "side",
    "needs",
    "needs_obj",
    "needs_agent",
    "needs_from",
    "needs_place",
    "needs_object",
    "needs_operation",
    "active",
    "no_object",
    "no_complement",
    "only_people",
    "examples",
    "counterexamples",
}
_CLASSES = {"VERB": "verb", "NOUN": "noun", "PROPN": "noun", "AUX": "verb", "ADJ": "adjective"}
_TRIGGERS = {"verbs": "verb", "nouns": "noun", "adjectives": "adjective", "joined": "joined"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry of frames.yaml."""

    id: str
    type: str
    triggers: tuple[tuple[str, tuple[str, ...]], ...]  # ("verb", "noun", "adjective" or "joined", lemmas; the first is the trigger's own)
    roles: Mapping[str, tuple[str, ...]]  # role to grammatical functions, best first
    kinds: Mapping[str, frozenset[Kind]]
    options: Mapping[str, Any]
    examples: tuple[Mapping[str, str], ...] = ()
    counterexamples: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def load_frames() -> tuple[Frame, ...]:
    """The frames that ship with the package.

    Raises:
        KgError: an entry has an unknown key or claim type.
    """
    return tuple(_frame(entry) for entry in yaml.safe_load((RULES / "frames.yaml").read_text("utf-8")))


def _frame(entry: dict[str, Any]) -> Frame:
    where = f"frames.yaml, {entry.get('id')}"
    unknown = sorted(entry.keys() - _KEYS)
    if unknown or entry["type"] not in CLAIM_TYPES:
        raise KgError(f"unknown {', '.join(unknown) or 'claim type ' + entry['type']}", where=where, advice="see the head of the file")
    triggers = [(kind, tuple(words.split())) for key, kind in _TRIGGERS.items() for words in _split(entry.get(key, ""))]
    kinds = {role: FILLERS[name] for role, name in entry.get("kinds", {}).items()}
    return Frame(
        entry["id"],
        entry["type"],
        tuple(triggers),
        {r: tuple(entry[r].split()) for r in (*ROLE_NAMES, "count") if r in entry},
        kinds,
        entry,
        tuple(entry.get("examples", ())),
        tuple(entry.get("counterexamples", ())),
    )


def types_told(token: Token) -> frozenset[str]:
    """The claim types that a word can tell: those of the frames it may trigger."""
    return _trigger_types().get((word_class(token), token.lower_), frozenset())


@lru_cache(maxsize=1)
def _trigger_types() -> Mapping[tuple[str, str], frozenset[str]]:
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for frame in load_frames():
        for kind, lemmas in frame.triggers:
            for form in forms_of(kind, lemmas[0]):
                found[kind, form].add(frame.type)
    return {key: frozenset(types) for key, types in found.items()}


def forms_of(kind: str, lemma: str) -> frozenset[str]:
    """The forms in which a trigger of that kind appears."""
    return {"verb": verb_forms, "noun": noun_forms}.get(kind, lambda word: frozenset({word}))(lemma)


def _split(words: str) -> list[str]:
    return [w.strip() for w in words.split(",") if w.strip()]


def word_class(token: Token) -> str:
    """The kind of trigger that a word can be: "verb", "noun", "adjective", or none ("")."""
    return _CLASSES.get(token.pos_, "")
