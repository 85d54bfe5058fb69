"""How a document was read: the same claims as extraction, and a true reason for each frame that made none."""

from __future__ import annotations

from invented_wars import document

from kg.extract.explanation import Unmatched, explain, unmatched
from kg.extract.extractor import Extractor
from kg.model import Kind


def test_names_dates_numbers_and_claims_of_a_sentence(war_reader: Extractor) -> None:
    text = "About 40 fighters of the Kasso Liberation Front attacked Agdal on 3 May 2024."
    (reading,) = explain(war_reader, document(text))
    assert reading.sentence == text
    assert [(link.words, link.id, link.kind, link.known) for link in reading.links] == [
        ("Kasso Liberation Front", "kasso-front", Kind.ARMED_GROUP, True), ("Agdal", "agdal", Kind.PLACE, True)
    ]
    assert reading.links[0].reasons == ("known name 'Kasso Liberation Front'",)
    assert reading.dates == (("3 May 2024", "2024-05-03"),)
    assert reading.numbers == (("About 40", "~40"),)
    assert [(c.type, c.rule) for c in reading.claims] == [("attack", "attack")]


def test_the_claims_are_those_of_extraction(war_reader: Extractor) -> None:
    text = "The Sierra Command took Puerto Nevado. It then joined the Tránsito People's Army, the TPA said. A truce failed."
    told = [claim for reading in explain(war_reader, document(text)) for claim in reading.claims]
    assert [(c.type, c.subject and c.subject.id, c.object and c.object.id) for c in told] == [
        (c.type, c.subject and c.subject.id, c.object and c.object.id) for c in war_reader.extract(document(text))
    ]


def test_a_refused_frame_says_what_it_lacks(war_reader: Extractor) -> None:
    (reading,) = explain(war_reader, document("The Kasso Liberation Front attacked yesterday."))
    (refusal,) = [r for r in reading.refusals if r.type == "attack"]
    assert refusal.word == "attacked"
    assert refusal.why.startswith("nothing fills object")
    (reading,) = explain(war_reader, document("The minister attacked Agdal in a speech."))
    assert [r.why for r in reading.refusals if r.type == "attack"] == ["subject: 'minister' names nobody"]


def test_verbs_without_a_frame_and_names_without_reference_data(war_reader: Extractor) -> None:
    first = "The Sierra Command admired the Ombu Front."
    found = unmatched(war_reader, [document(f"{first} The Ombu Front slept.")])
    assert Unmatched("armed_group", "Ombu Front", 2, first) in found
    assert Unmatched("verb", "admire", 1, first) in found
    assert [u.count for u in found] == sorted((u.count for u in found), reverse=True)
    assert not [u for u in found if u.text in ("Sierra Command", "attack")]
