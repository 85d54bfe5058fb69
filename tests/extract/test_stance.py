"""Who says it, how surely, and whether it is so. All names are invented (invented_wars.py)."""

from __future__ import annotations

import pytest
from invented_wars import document, says

from kg.extract.extractor import Extractor
from kg.model import Kind

SUPPORT = "Vardonia supports the Zambaran Armed Forces"
IS_SO = "supports vardonia > zambaran-army"


def claims(text: str, reader: Extractor) -> set[str]:
    return {says(claim) for claim in reader.extract(document(text))}


@pytest.mark.parametrize(("text", "speaker"), [
    (f"{SUPPORT}.", None),
    (f"According to the Kasso Liberation Front, {SUPPORT}.", "kasso-front"),
    (f"{SUPPORT}, according to Moussa Dembo.", "moussa-dembo"),
    (f"Moussa Dembo said that {SUPPORT}.", "moussa-dembo"),
    (f"Moussa Dembo said {SUPPORT}.", "moussa-dembo"),
    (f"{SUPPORT}, Moussa Dembo said.", "moussa-dembo"),
    (f"“{SUPPORT},” said Moussa Dembo.", "moussa-dembo"),
    (f"“{SUPPORT},” Moussa Dembo told reporters.", "moussa-dembo"),
    (f"A resident said {SUPPORT}.", "resident"),
    (f"Analysts say {SUPPORT}.", "analysts"),
])
def test_who_says_it(text: str, speaker: str | None, war_reader: Extractor) -> None:
    assert claims(text, war_reader) == {IS_SO + (f", says {speaker}" if speaker else "")}


def test_an_actor_may_speak_of_itself(war_reader: Extractor) -> None:
    text = "The Kasso Liberation Front claimed it had captured Agdal."
    assert claims(text, war_reader) == {"capture kasso-front > agdal, says kasso-front"}


def test_unnamed_speakers_are_people(war_reader: Extractor) -> None:
    claim, = war_reader.extract(document(f"A resident said {SUPPORT}."))
    assert claim.attributed_to is not None
    assert claim.attributed_to.kind is Kind.PEOPLE


@pytest.mark.parametrize(("text", "expected"), [
    ("Vardonia reportedly supports the Zambaran Armed Forces.", f"{IS_SO} unverified"),
    ("Vardonia is believed to support the Zambaran Armed Forces.", f"{IS_SO} unverified"),
    ("The Kasso Liberation Front allegedly captured Agdal.", "capture kasso-front > agdal unverified"),
    ("The Kasso Liberation Front is thought to have captured Agdal.", "capture kasso-front > agdal unverified"),
])
def test_a_hedge_leaves_it_unverified(text: str, expected: str, war_reader: Extractor) -> None:
    assert claims(text, war_reader) == {expected}


CAPTURE = "capture kasso-front > agdal"


@pytest.mark.parametrize(("text", "expected"), [
    ("Vardonia does not support the Zambaran Armed Forces.", f"{IS_SO} negative"),
    ("Vardonia stopped supporting the Zambaran Armed Forces.", f"{IS_SO} negative"),
    ("The Kasso Liberation Front never captured Agdal.", f"{CAPTURE} negative"),
    ("The Kasso Liberation Front did not capture Agdal.", f"{CAPTURE} negative"),
    ("The Kasso Liberation Front has not yet captured Agdal.", f"{CAPTURE} negative"),
    ("The Kasso Liberation Front failed to capture Agdal.", f"{CAPTURE} negative"),
    ("The Kasso Liberation Front denied capturing Agdal.", f"{CAPTURE} negative, says kasso-front"),
    ("The Kasso Liberation Front denied that it captured Agdal.", f"{CAPTURE} negative, says kasso-front"),
])
def test_what_is_denied_is_negative(text: str, expected: str, war_reader: Extractor) -> None:
    assert claims(text, war_reader) == {expected}


@pytest.mark.parametrize(("text", "expected"), [
    ("The Kasso Liberation Front will capture Agdal.", f"{CAPTURE} planned"),
    ("The Kasso Liberation Front wants to capture Agdal.", f"{CAPTURE} planned"),
    ("The Kasso Liberation Front vowed to capture Agdal.", f"{CAPTURE} planned"),
    ("The Kasso Liberation Front may capture Agdal.", f"{CAPTURE} possible"),
    ("The Kasso Liberation Front could capture Agdal.", f"{CAPTURE} possible"),
    ("The Kasso Liberation Front is likely to capture Agdal.", f"{CAPTURE} possible"),
    ("If the Kasso Liberation Front captured Agdal, they would leave.", f"{CAPTURE} possible"),
    ("The Kasso Liberation Front should capture Agdal.", f"{CAPTURE} asked"),
    ("Moussa Dembo urged the Kasso Liberation Front to capture Agdal.", f"{CAPTURE} asked"),
    ("Vardonia demanded that the Kasso Liberation Front release Moussa Dembo.", "release kasso-front > moussa-dembo asked"),
    (
        "Moussa Dembo called for a ceasefire between the Kasso Liberation Front and the Zambaran Armed Forces.",
        "ceasefire kasso-front > zambaran-army asked",
    ),
])
def test_plans_possibilities_and_demands_are_not_deeds(text: str, expected: str, war_reader: Extractor) -> None:
    # whether a vow or a demand also is its speaker's word is another question
    assert {said.split(", says")[0] for said in claims(text, war_reader)} == {expected}


SAID = "Moussa Dembo said the Kasso Liberation Front captured Agdal"
CLAIMED = f"{CAPTURE}, says moussa-dembo"
DOUBTED = f"{CAPTURE} unverified, says moussa-dembo"


@pytest.mark.parametrize(("text", "expected"), [
    (f"{SAID}. He left.", {CLAIMED}),
    (f"{SAID}. His claim could not be independently verified.", {DOUBTED}),
    (f"{SAID}. The claim could not be verified.", {DOUBTED}),
    (f"{SAID}. Reporters were unable to confirm his claim.", {DOUBTED}),
    (f"{SAID}, a claim that could not be verified.", {DOUBTED}),
    # what the document says in its own voice is not what it could not verify
    ("The Kasso Liberation Front captured Agdal. The claim could not be verified.", {CAPTURE}),
    # one claim, so the sentence before only
    (f"{SAID}. He left. He said Vardonia left. The claim could not be verified.", {CLAIMED}),
    (
        f"{SAID}. He said it attacked the Sierra Command. These claims could not be independently verified.",
        {DOUBTED, "attack kasso-front > sierra-command unverified, says moussa-dembo"},
    ),
])
def test_a_disclaimer_reaches_back(text: str, expected: set[str], war_reader: Extractor) -> None:
    assert claims(text, war_reader) == expected
