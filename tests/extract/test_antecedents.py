"""Whom pronouns mean: what speaks for each candidate is in words, and the table decides."""

from __future__ import annotations

import pytest
from invented_wars import document, says

from kg.extract.antecedents import History, Occurrence, load_weights, reasons, score
from kg.extract.explanation import explain
from kg.extract.extractor import Extractor


def weighed(text: str, pronoun: str, reader: Extractor) -> dict[str, list[str]]:
    """What speaks for each candidate of the last such pronoun of a text."""
    history = History()
    found: dict[str, list[str]] = {}
    for step in reader.steps(document(text)):
        told = [pair for pair in step.referents.told_before(None) if pair[1].how != "pronoun"]
        for token in step.sentence.tree:
            if token.lower_ == pronoun:
                before = [pair for pair in told if pair[1].token < token.i]
                found = {entity.id: list(why) for entity, why in history.weigh(token, step.sentence.index, before)}
        for entity, occurrence in told:
            history.note(entity, occurrence)
    return found


def test_what_speaks_for_a_candidate_is_told_in_words(war_reader: Extractor) -> None:
    found = weighed("The Olvian Guard attacked the Kerska Corps. It took Drenović.", "it", war_reader)
    assert list(found) == ["kerska-corps", "olvian-guard"]  # the last told first
    assert {"it: a armed_group", "it: 1 sentences back", "it: was subject, 1 back", "subject after subject, 1 back", "1 others since",
            "in the first sentence as subject", "it: told 1 times", "it: last by name"} <= set(found["olvian-guard"])
    other = set(found["kerska-corps"])
    assert {"it: was object, 1 back", "subject after object, 1 back", "0 others since", "in the first sentence"} <= other


@pytest.mark.parametrize(("pronoun", "candidates"), [
    ("he", {"moussa-dembo"}), ("it", {"kasso-front", "agdal"}), ("they", {"moussa-dembo", "kasso-front", "agdal"})])
def test_nobody_calls_a_group_he_or_a_person_it(pronoun: str, candidates: set[str], war_reader: Extractor) -> None:
    text = f"Moussa Dembo joined the Kasso Liberation Front in Agdal. Then {pronoun} left."
    assert weighed(text, pronoun, war_reader).keys() == candidates


def test_the_table_decides_and_says_why() -> None:
    weights = {"it: a armed_group": 1.5, "it: 1 sentences back": -0.25}
    assert score(["it: a armed_group", "it: 1 sentences back", "unheard of"], weights) == 1.25
    assert reasons(["it: 1 sentences back", "it: a armed_group", "x"], weights, most=1) == ("score 1.25", "it: a armed_group (+1.50)")


def test_a_subject_told_before_outweighs_one_long_ago() -> None:
    """The shipped table: nearer and as a subject is likelier, as any grammar says."""
    weights = load_weights()
    assert weights["it: 0 sentences back"] > weights["it: 4 sentences back"]
    assert weights["he: a person"] > weights.get("he: a people", 0.0)


def test_an_occurrence_tells_its_function_and_clause(war_reader: Extractor) -> None:
    (step,) = war_reader.steps(document("The Olvian Guard and the Kerska Corps attacked."))
    tokens = list(step.sentence.mentions)
    first, second = (Occurrence.of(step.sentence.tree[i], 0, "name") for i in tokens)
    assert (first.function, second.function) == ("subject", "subject")
    assert first.clause == second.clause
    assert first.joined
    assert second.joined


@pytest.mark.parametrize(("text", "expected"), [
    ("The Olvian Guard is based in Agdal. It attacked the Kerska Corps.", "attack olvian-guard > kerska-corps"),
    ("Moussa Dembo leads the Kasso Liberation Front. He was arrested in Agdal.", "detain > moussa-dembo at agdal"),
    ("The Olvian Guard and the Kerska Corps said that they attacked the Sierra Command.",
     "attack kerska-corps > sierra-command, says olvian-guard"),
])
def test_pronouns_fill_roles(text: str, expected: str, war_reader: Extractor) -> None:
    assert expected in {says(claim) for claim in war_reader.extract(document(text))}


def test_nothing_before_means_nobody(war_reader: Extractor) -> None:
    assert list(History().weigh(next(war_reader.steps(document("It left."))).sentence.tree[0], 0, [])) == []


def test_the_explanation_shows_the_score_and_its_reasons(war_reader: Extractor) -> None:
    text = "The Olvian Guard is based in Agdal. It attacked the Kerska Corps."
    _, second = explain(war_reader, document(text))
    (link,) = [link for link in second.links if link.words == "It"]
    assert link.id == "olvian-guard"
    assert link.reasons[0].startswith("score ")
    assert len(link.reasons) == 4
