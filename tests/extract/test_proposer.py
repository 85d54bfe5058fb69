"""From arcs between words to claims: arcs put in by hand, the actors they mean read by the pipeline."""

from __future__ import annotations

import numpy as np
import pytest
from invented_wars import document, says

from kg.extract.arcs import ANSWERS, ARCS, LINKS, STANDINGS
from kg.extract.claims import make_claims
from kg.extract.extractor import Extractor
from kg.extract.passages import passages
from kg.extract.proposer import Proposer, propose
from kg.extract.scoring import load_reader
from kg.model import CLAIM_TYPES

ANSWER = {str(arc): i for i, arc in enumerate(ARCS)} | {name: len(ARCS) + i for i, name in enumerate((*LINKS, *STANDINGS))}


def claims(extractor: Extractor, text: str, arcs: dict[tuple[str, str, str], float], *, frames: bool = False) -> list[str]:
    """What is claimed when the model gives these answers: (first word, second word, answer) to probability."""
    report = document(text, published="2024-05-10")
    sentences, told = extractor.sentences(report)
    (passage,) = passages(sentences, told, *load_reader())
    words = [t.text for t in passage.tokens]
    rows = {pair: i for i, pair in enumerate(map(tuple, passage.pairs.tolist()))}
    scores = np.zeros((len(rows), ANSWERS), np.float32)
    for (first, second, answer), probability in arcs.items():
        scores[rows[1 + words.index(first), 1 + words.index(second)], ANSWER[answer]] = probability
    proposer, found = Proposer(), []
    proposer.add(propose(passage, scores, 0.5))
    for step in extractor.steps(report):
        candidates = list(proposer.candidates(step.referents, step.candidates))
        chosen = [*step.candidates, *candidates] if frames else candidates
        found += [says(c) for c in make_claims(chosen, report, step.referents, step.told)]
    return found


# The parser reads a name as one plain word: "NATO" stands for the front, "London" for a town.
QUIET = "Kasso Liberation Front and Agdal: the story of soldiers on 3 May 2024."


def words_of(extractor: Extractor, text: str) -> list[str]:
    return [t.text for s in extractor.sentences(document(text))[0] for t in s.tree]


def test_the_words_that_stand_for_names(war_reader: Extractor) -> None:
    assert words_of(war_reader, QUIET)[:3] == ["NATO", "and", "London"]


def test_an_arc_makes_a_claim_with_the_date_linked_to_it(war_reader: Extractor) -> None:
    arcs = {("NATO", "London", "capture:subject>object"): 0.9, ("Monday", "London", "when"): 0.8}
    assert claims(war_reader, QUIET, arcs) == ["capture kasso-front > agdal on 2024-05-03"]


def test_an_arc_below_the_threshold_makes_none(war_reader: Extractor) -> None:
    assert claims(war_reader, QUIET, {("NATO", "London", "capture:subject>object"): 0.5}) == []


def test_a_heading_says_nothing(war_reader: Extractor) -> None:
    arcs = {("NATO", "NATO", "form:object>object"): 0.9}
    assert claims(war_reader, "Kasso Liberation Front.", arcs) == []
    assert claims(war_reader, "Kasso Liberation Front was there.", arcs) == ["form > kasso-front"]


def test_arcs_of_one_type_are_joined_at_the_word_they_share(war_reader: Extractor) -> None:
    text = "Kasso Liberation Front and Agdal and the Sierra Command: a story."
    assert words_of(war_reader, text)[:6] == ["NATO", "and", "London", "and", "the", "group"]
    arcs = {("NATO", "London", "capture:subject>object"): 0.9, ("group", "London", "capture:from>object"): 0.6}
    assert claims(war_reader, text, arcs) == ["capture kasso-front > agdal from sierra-command"]


def test_a_symmetric_arc_both_ways_is_one_claim(war_reader: Extractor) -> None:
    text = "Kasso Liberation Front and the Sierra Command: a story."
    arcs = {("NATO", "group", "allied_with:subject>object"): 0.7, ("group", "NATO", "allied_with:subject>object"): 0.9}
    assert claims(war_reader, text, arcs) == ["allied_with sierra-command > kasso-front"]


def test_how_it_stands_is_read_off_the_same_two_words(war_reader: Extractor) -> None:
    arcs = {("NATO", "London", "attack:subject>place"): 0.9, ("NATO", "London", "planned"): 0.9, ("NATO", "London", "unverified"): 0.8}
    assert claims(war_reader, QUIET, arcs) == ["attack kasso-front at agdal on 2024-05-03 planned unverified"]


def test_an_actor_of_an_earlier_sentence_can_fill_a_role(war_reader: Extractor) -> None:
    text = "Kasso Liberation Front it was. Agdal is no more."
    arcs = {("NATO", "London", "capture:subject>object"): 0.9}
    assert claims(war_reader, text, arcs) == ["capture kasso-front > agdal"]


def test_a_role_that_its_kind_cannot_fill_makes_none(war_reader: Extractor) -> None:
    assert claims(war_reader, QUIET, {("London", "NATO", "holds_role:subject>object"): 0.9}) == []
    assert claims(war_reader, QUIET, {("NATO", "soldiers", "located_in:subject>object"): 0.9}) == []


def test_a_number_is_never_taken_from_another_sentence(war_reader: Extractor) -> None:
    text = "There were 40 of them. Kasso Liberation Front is what they say."
    assert claims(war_reader, text, {("40", "NATO", "strength:count>subject"): 0.9}) == []


def test_a_place_after_a_preposition_of_its_own_is_not_that_of_the_list_before(war_reader: Extractor) -> None:
    text = "Shells fell in Agdal and Tindalo, and in Mong Lai in Kasso."
    report = document(text)
    (passage,) = passages(*war_reader.sentences(report), *load_reader())
    names = [t.text for t in passage.tokens]
    assert [names[w - 1] for w in range(1, len(names) + 1)].count("London") == 4
    first, second, third, region = (w for w in range(1, len(names) + 1) if names[w - 1] == "London")
    scores = np.zeros((len(passage.pairs), ANSWERS), np.float32)
    for row, pair in enumerate(map(tuple, passage.pairs.tolist())):
        if pair in ((first, region), (second, region), (third, region)):
            scores[row, ANSWER["located_in:subject>object"]] = 0.9
    assert [p.roles["subject"][1] + 1 for p in propose(passage, scores, 0.5)] == [third]


def test_what_the_frames_told_is_not_told_twice(war_reader: Extractor) -> None:
    text = "Kasso Liberation Front captured Agdal."
    arcs = {("NATO", "London", "capture:subject>object"): 0.9}
    assert claims(war_reader, text, arcs, frames=True) == ["capture kasso-front > agdal"]
    assert claims(war_reader, text, arcs) == []


def test_who_is_told_to_be_in_one_is_not_in_what_the_sentence_before_told_of(war_reader: Extractor) -> None:
    text = "Desert Unity Platform left. In the Red Alliance are the Olvian Forces and the Kerska Corps."
    arcs = {("forces", "NATO", "member_of:subject>object"): 0.9}
    told = claims(war_reader, text, arcs, frames=True)
    assert "member_of olvian-forces > red-alliance" in told
    assert not [claim for claim in told if claim.endswith("> desert-platform")]
    quiet = "Desert Unity Platform left. It saw the Olvian Forces."
    assert claims(war_reader, quiet, arcs) == ["member_of olvian-forces > desert-platform"]


@pytest.mark.parametrize("name", CLAIM_TYPES)
def test_the_arcs_of_every_type_can_fill_one_of_its_keys(name: str) -> None:
    roles = {role for arc in ARCS if arc.type == name for role in (arc.first, arc.second)}
    assert any(roles >= set(key) for key in CLAIM_TYPES[name].keys)
