"""The commands that show how documents are read, run as a user runs them, with the shipped seeds and model."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.cli import run

TEXT = "Some 200 soldiers of the Arakan Army surrendered on 3 May 2024. The Ombu Front attacked. The Ombu Front admired Garat."


@pytest.fixture
def report(tmp_path: Path) -> str:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def kg(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = run(list(arguments))
    told = capsys.readouterr()
    return code, told.out, told.err


def test_explain_shows_each_sentence_with_what_was_read(capsys: pytest.CaptureFixture[str], report: str) -> None:
    code, out, _ = kg(capsys, "explain", report)
    assert code == 0
    assert out.startswith("Some 200 soldiers of the Arakan Army surrendered on 3 May 2024.\n")
    assert "  name     'Arakan Army' = Arakan Army (armed_group, known: known name 'Arakan Army')\n" in out
    assert "  date     '3 May 2024' = 2024-05-03\n" in out
    assert "  number   'Some 200' = ~200\n" in out
    assert "  claim    surrender from='Arakan Army' date='2024-05-03' count='~200'  [surrender]\n" in out
    assert "  refused  'attacked' as attack [attack]: nothing fills object" in out


def test_refusals_can_be_left_out(capsys: pytest.CaptureFixture[str], report: str) -> None:
    assert "refused" not in kg(capsys, "explain", report, "--no-refused")[1]


def test_explain_as_json_and_csv(capsys: pytest.CaptureFixture[str], report: str) -> None:
    first, second, _ = json.loads(kg(capsys, "explain", report, "--format", "json")[1])
    assert first["document"] == "report.txt"
    assert [claim["type"] for claim in first["claims"]] == ["surrender"]
    assert "attack" in [refusal["type"] for refusal in second["refused"]]
    rows = list(csv.DictReader(io.StringIO(kg(capsys, "explain", report, "--format", "csv")[1])))
    assert {row["what"] for row in rows} == {"claim", "refused"}


def test_unmatched_lists_verbs_and_names(capsys: pytest.CaptureFixture[str], report: str) -> None:
    rows = json.loads(kg(capsys, "unmatched", report, "--format", "json")[1])
    assert {"what": "armed_group", "text": "Ombu Front", "count": 2, "example": "The Ombu Front attacked."} in rows
    assert [row["text"] for row in rows if row["what"] == "verb"] == ["admire"]
    assert len(json.loads(kg(capsys, "unmatched", report, "--limit", "1", "--format", "json")[1])) == 1


@pytest.mark.parametrize("command", ["explain", "unmatched"])
def test_what_cannot_be_read_is_told_and_the_rest_is_shown(capsys: pytest.CaptureFixture[str], report: str, command: str) -> None:
    code, out, err = kg(capsys, command, "missing.txt", report)
    assert code == 1
    assert err == "kg: missing.txt: there is no such file (check the path)\n"
    assert "Ombu Front" in out
