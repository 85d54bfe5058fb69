"""Adding a claim type or a kind of actor touches several rooms: each place that has to know it is held here."""

from __future__ import annotations

import re

import pytest

from kg.data import data_folder
from kg.extract.frames import load_frames
from kg.model import CLAIM_TYPES, Kind
from kg.rdf.names import ACTOR_CLASSES, TERMS
from kg.view import looks

# Claim types that no frame reads yet. A type leaves this list with its first frame.
WITHOUT_FRAMES: frozenset[str] = frozenset()

TURTLE = (data_folder("ontology") / "kg.ttl").read_text(encoding="utf-8")
KINDS = (data_folder("ontology") / "kinds.ttl").read_text(encoding="utf-8")


@pytest.mark.parametrize("type_", CLAIM_TYPES)
def test_a_claim_type_has_its_class_and_its_direct_property(type_: str) -> None:
    term = TERMS[type_]
    assert re.search(rf"^kg:{term.claim_class} a owl:Class", TURTLE, re.MULTILINE), "add the class to ontology/kg.ttl"
    if term.direct:
        assert re.search(rf"^kg:{term.direct} a ", TURTLE, re.MULTILINE), "add the direct property to ontology/kg.ttl"


@pytest.mark.parametrize("type_", CLAIM_TYPES)
def test_a_claim_type_is_read_by_a_frame_or_is_said_not_to_be(type_: str) -> None:
    read = type_ in {frame.type for frame in load_frames()}
    assert read is not (type_ in WITHOUT_FRAMES), "add a frame to kg/extract/rules/en/frames.yaml, or mend WITHOUT_FRAMES"


@pytest.mark.parametrize("type_", CLAIM_TYPES)
def test_a_claim_type_has_a_place_in_the_legend(type_: str) -> None:
    assert looks.group(type_), "kg/view/looks.py groups the claim types"


def test_no_other_room_knows_a_type_that_the_model_does_not() -> None:
    assert TERMS.keys() == CLAIM_TYPES.keys()
    assert {frame.type for frame in load_frames()} <= CLAIM_TYPES.keys()
    assert set(looks.HIDDEN_TYPES) <= CLAIM_TYPES.keys()
    assert CLAIM_TYPES.keys() >= WITHOUT_FRAMES


@pytest.mark.parametrize("kind", Kind)
def test_a_kind_has_its_class_its_concept_and_its_look(kind: Kind) -> None:
    assert re.search(rf"^kg:{ACTOR_CLASSES[kind]} a owl:Class", TURTLE, re.MULTILINE), "add the class to ontology/kg.ttl"
    assert re.search(rf"^kind:{kind.value} a skos:Concept", KINDS, re.MULTILINE), "add the concept to ontology/kinds.ttl"
    assert (kind in looks.KINDS) is kind.is_actor, "kg/view/looks.py draws actors, and nothing else"
