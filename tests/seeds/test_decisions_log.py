"""The append-only log of decisions."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.model import Action, Decision
from kg.seeds import append_decision, load_decisions

MERGE = Decision(Action.MERGE, "kpnlf", "Ada", date(2024, 2, 29), "a misspelling", "knplf")
REJECT = Decision(Action.REJECT, "0123456789abcdef", "Ada", date(2024, 3, 1), "„nein“ – not\nsaid")


def test_no_file_means_no_decisions(tmp_path: Path) -> None:
    assert load_decisions(tmp_path / "decisions.jsonl") == ()


def test_what_is_appended_is_read_in_order(tmp_path: Path) -> None:
    log = tmp_path / "new" / "decisions.jsonl"
    append_decision(log, MERGE)
    first = log.read_bytes()
    assert first == (
        b'{"action": "merge", "target": "kpnlf", "into": "knplf", "by": "Ada", "on": "2024-02-29", "reason": "a misspelling"}\n'
    )
    append_decision(log, REJECT)
    assert log.read_bytes().startswith(first)
    assert load_decisions(log) == (MERGE, REJECT)


def test_a_torn_last_line_does_not_swallow_the_next_decision(tmp_path: Path) -> None:
    log = tmp_path / "decisions.jsonl"
    log.write_text('{"action": "mer', encoding="utf-8")
    append_decision(log, MERGE)
    with pytest.raises(KgError, match="line 1"):
        load_decisions(log)
    log.write_text(log.read_text(encoding="utf-8").split("\n", 1)[1], encoding="utf-8")
    assert load_decisions(log) == (MERGE,)


@given(st.text(min_size=1).filter(str.strip).map(lambda s: s.encode("utf-8", "replace").decode()))
def test_any_reason_survives(tmp_path_factory: pytest.TempPathFactory, reason: str) -> None:
    log = tmp_path_factory.mktemp("log") / "decisions.jsonl"
    decision = Decision(Action.ANNOTATE, "tnla", "Ada", date(2024, 1, 1), reason)
    append_decision(log, decision)
    assert load_decisions(log) == (decision,)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "not a decision"),
        ("[]", "no JSON object"),
        ('{"action": "erase", "target": "a", "by": "b", "on": "2024-01-01", "reason": "c"}', "erase"),
        ('{"action": "reject", "target": "a", "by": "b", "on": "yesterday", "reason": "c"}', "yesterday"),
        ('{"action": "reject", "target": "a", "by": "b", "on": "2024-01-01", "reason": " "}', "no reason"),
        ('{"action": "reject", "target": "a", "by": "b", "on": "2024-01-01"}', "'reason' is missing"),
        ('{"action": "reject", "target": 7, "by": "b", "on": "2024-01-01", "reason": "c"}', "'target' is missing or is no text"),
        ('{"action": "merge", "target": "a", "by": "b", "on": "2024-01-01", "reason": "c"}', "needs `into`"),
        ('{"action": "reject", "target": "a", "by": "b", "on": "2024-01-01", "reason": "c", "why": "d"}', "unknown key 'why'"),
    ],
)
def test_refusal_names_the_line(tmp_path: Path, line: str, words: str) -> None:
    log = tmp_path / "decisions.jsonl"
    append_decision(log, MERGE)
    with log.open("a", encoding="utf-8") as out:
        out.write(f"\n{line}\n")
    with pytest.raises(KgError) as refused:
        load_decisions(log)
    assert refused.value.where == f"{log}, line 3"
    assert words in str(refused.value)


def test_a_log_that_cannot_be_written_is_an_error_for_the_user(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(KgError, match="cannot write"):
        append_decision(tmp_path / "file" / "decisions.jsonl", MERGE)
