"""Every frame's own examples: what each says, and what each counter-example does not. Names are invented."""

from __future__ import annotations

import pytest

from kg.extract.extractor import Extractor
from kg.extract.frames import Frame, load_frames
from kg.model import CLAIM_TYPES, Actor, Claim, Document, Kind, Name, NameKind, Place

ACTORS = (
    Actor("redland", Kind.STATE, (Name("Redland"), Name("Redlandic", NameKind.ADJECTIVE)), "XR"),
    Actor("redland-army", Kind.ARMED_GROUP, (Name("Redland Army"),), "XR"),
    Actor("blue-front", Kind.ARMED_GROUP, (Name("Blue Front"),), "XR"),
    Actor("green-army", Kind.ARMED_GROUP, (Name("Green Army"),), "XR"),
    Actor("green-brigade", Kind.MILITARY_UNIT, (Name("Green Brigade"),), "XR"),
    Actor("blue-party", Kind.POLITICAL_ORGANIZATION, (Name("Blue Party"),), "XR"),
    Actor("northern-alliance", Kind.ALLIANCE, (Name("Northern Alliance"),), "XR"),
    Actor("amin-tarak", Kind.PERSON, (Name("Amin Tarak"),), "XR"),
    Actor("operation-thunder", Kind.OPERATION, (Name("Operation Thunder"),), "XR"),
)
PLACES = (Place("garat", "Garat", (), "town", "XR"), Place("nor-state", "Nor State", (), "region", "XR"))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(ACTORS, PLACES, model=False)


def says(claim: Claim) -> str:
    """A claim in the notation of frames.yaml."""
    words = [claim.type]
    if claim.subject:
        words.append(claim.subject.name)
    if claim.object:
        words += [">", claim.object.name] if claim.subject else [claim.object.name]
    for role, preposition in (("place", "at"), ("from", "from"), ("to", "to")):
        reference = claim.reference(role)
        if reference:
            words += [preposition, reference.name]
    if claim.quantity:
        words += ["=", claim.quantity.notation]
    return " ".join(words)


EXAMPLES = [(frame, example) for frame in load_frames() for example in frame.examples]
COUNTEREXAMPLES = [(frame, text) for frame in load_frames() for text in frame.counterexamples]


@pytest.mark.parametrize(("frame", "example"), EXAMPLES, ids=[f"{f.id}: {e['text'][:50]}" for f, e in EXAMPLES])
def test_example_says_just_that(frame: Frame, example: dict[str, str], extractor: Extractor) -> None:
    claims = extractor.extract(Document("example.txt", example["text"]))
    # "attack ... at": what an example leaves out of its notation after the claim is not compared
    assert {says(c) for c in claims if c.type == frame.type} == set(example["says"].split("; "))


@pytest.mark.parametrize(("frame", "text"), COUNTEREXAMPLES, ids=[f"{f.id}: {t[:50]}" for f, t in COUNTEREXAMPLES])
def test_counterexample_says_nothing_of_the_kind(frame: Frame, text: str, extractor: Extractor) -> None:
    claims = extractor.extract(Document("example.txt", text))
    assert [says(c) for c in claims if c.type == frame.type] == []


def test_every_claim_type_that_is_no_noun_phrase_has_a_frame_with_an_example() -> None:
    by_noun_phrase = {"located_in"}  # kg/extract/nominals.py
    assert {f.type for f, _ in EXAMPLES} | by_noun_phrase == set(CLAIM_TYPES)
