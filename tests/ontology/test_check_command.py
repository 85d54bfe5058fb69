"""`kg check` says what is wrong, in which claim, document and sentence, and what to do."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from example_store import ONTOLOGY, turtle

from kg.cli import run
from kg.rdf import open_store

SENTENCE = "The Hill Army killed 12 of the River Guard on 1 Mar"


@pytest.fixture
def store_of(tmp_path: Path):  # type: ignore[no-untyped-def]  # a fixture that makes folders
    def make(name: str) -> str:
        folder = tmp_path / name
        store = open_store(str(folder))
        store.add(turtle(ONTOLOGY / "bad" / f"{name}.ttl"))
        store.close()
        return str(folder)

    return make


def test_a_violation_is_told_with_its_place_and_ends_with_1(store_of, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert run(["check", "--store", store_of("minimum-above-maximum")]) == 1
    out = capsys.readouterr().out
    assert out == (
        "violation: minimum-above-maximum, 1\n"
        "The least it can be is more than the most it can be.\n"
        "To do: Correct the count; a bound that the text does not set is left out.\n\n"
        "claim      document            sentence\n"
        f"claim:one  document:report.md  {SENTENCE}\n\n"
        "1 to look at\n")


def test_a_warning_does_not_end_with_1(store_of, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert run(["check", "--store", store_of("undated-document")]) == 0
    assert "warning: undated-document, 1\n" in capsys.readouterr().out


def test_programs_get_everything(store_of, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    assert run(["check", "--store", store_of("stretch-end"), "--format", "json"]) == 1
    (row,) = json.loads(capsys.readouterr().out)
    assert row == {"severity": "violation", "check": "stretch-end", "node": "document:report.md#char=0,51", "claim": "claim:one",
                   "document": "document:report.md", "sentence": SENTENCE,
                   "message": "A stretch of text has an end, which its offsets exclude.",
                   "advice": "Add oa:end to its oa:TextPositionSelector, in code points."}


def test_shapes_of_ones_own_are_checked_besides(store_of, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:  # type: ignore[no-untyped-def]
    mine = tmp_path / "mine.ttl"
    mine.write_text("""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <https://w3id.org/allegiance/ontology#> .
        <http://e/place> a sh:NodeShape ; sh:targetClass kg:Casualties ; sh:property <http://e/where> .
        <http://e/where> sh:path kg:place ; sh:minCount 1 ; sh:message "We want the place." ; sh:description "Ask the archive." .""")
    assert run(["check", "--store", store_of("claim-key"), "--shapes", str(mine), "--format", "csv"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(",")[:4] for line in lines[1:]] == [["violation", "claim-key", "claim:one", "claim:one"],
                                                           ["violation", "where", "claim:one", "claim:one"]]
    assert lines[2].endswith("We want the place.,Ask the archive.")


def test_shapes_that_cannot_be_read_are_an_error_without_a_traceback(store_of, tmp_path: Path,  # type: ignore[no-untyped-def]
                                                                     capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.ttl").write_text("no shapes")
    assert run(["check", "--store", store_of("claim-key"), "--shapes", str(tmp_path / "mine.ttl")]) == 1
    told = capsys.readouterr().err
    assert "these shapes cannot be used" in told
    assert "Traceback" not in told
    assert run(["check", "--store", store_of("claim-type"), "--shapes", str(tmp_path / "none.ttl")]) != 0
    assert "Traceback" not in capsys.readouterr().err
