"""The model that ships: what it adds on invented sentences, that it answers for a document alone, and what it may cost."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from invented_wars import document

from kg.errors import KgError
from kg.extract.arcs import ANSWERS, ARCS
from kg.extract.extractor import Extractor
from kg.extract.passages import passages
from kg.extract.scoring import THRESHOLD, Calibration, load_model, load_reader

TEXT = "The Zambaran Armed Forces, which rule the country, are at war with the Kasso Liberation Front."  # no frame has words for it


def test_what_the_model_adds_says_so_with_its_probability(war_reader: Extractor, whole_reader: Extractor) -> None:
    assert [c for c in war_reader.extract(document(TEXT)) if c.type == "opposes"] == []
    (claim,) = [c for c in whole_reader.extract(document(TEXT)) if c.type == "opposes"]
    assert {claim.subject and claim.subject.id, claim.object and claim.object.id} == {"kasso-front", "zambaran-army"}
    name, probability = claim.rule.split()
    assert name == "model"
    assert THRESHOLD < float(probability) <= 1


def test_the_frames_are_asked_first(war_reader: Extractor, whole_reader: Extractor) -> None:
    text = "The Kasso Liberation Front captured Agdal from the Zambaran Armed Forces on 3 May 2024."
    rules = {c.type: c.rule for c in whole_reader.extract(document(text))}
    (frame,) = {c.rule for c in war_reader.extract(document(text)) if c.type == "capture"}
    assert rules["capture"] == frame


def test_every_pair_gets_a_probability_for_every_answer(war_reader: Extractor) -> None:
    (passage,) = passages(*war_reader.sentences(document(TEXT)), *load_reader())
    scores = load_model().score(passage)
    assert scores.shape == (len(passage.pairs), ANSWERS)
    assert ((scores >= 0) & (scores <= 1)).all()
    assert len(ARCS) == 51
    assert np.array_equal(scores, load_model().score(passage))


def test_a_passage_without_pairs_gets_none(war_reader: Extractor) -> None:
    (passage,) = passages(*war_reader.sentences(document("Go!")), *load_reader())
    assert load_model().score(passage).shape == (0, ANSWERS)


def test_a_folder_without_a_model_is_a_clear_error(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no model of claims in .*install the package anew"):
        load_model(tmp_path)


def test_a_calibration_makes_what_is_too_sure_less_sure(tmp_path: Path) -> None:
    # logit 0.9 = 2.197; half of it less 0.5 is 0.599, the logit of 0.645; "form" has an intercept of its own, -0.101: 0.5 again less
    path = tmp_path / "calibration.json"
    path.write_text('{"slope": 0.5, "intercept": -0.5, "by_type": {"form": -0.6}}')
    scores = np.full((1, ANSWERS), 0.9, np.float32)
    found = Calibration.read(path).apply(scores)[0]
    by_type = {arc.type: round(float(p), 3) for arc, p in zip(ARCS, found, strict=False)}
    assert (by_type["attack"], by_type["form"]) == (0.645, 0.5)
    assert found[len(ARCS) :].tolist() == pytest.approx([0.9] * (ANSWERS - len(ARCS)))  # dates and sources have none


def test_the_calibration_that_ships_lowers_and_keeps_the_order() -> None:
    calibration = load_model().calibration
    scores = np.repeat(np.linspace(0.05, 0.95, 19, dtype=np.float32)[:, None], ANSWERS, axis=1)
    found = calibration.apply(scores)[:, : len(ARCS)]
    assert (np.diff(found, axis=0) > 0).all()
    assert found[-1].mean() < 0.95
