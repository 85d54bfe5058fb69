"""The log of decisions: append-only, one JSON object a line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from kg.errors import KgError
from kg.model import Action, Decision

_KEYS = ("action", "target", "into", "by", "on", "reason")


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """The decisions of a log, oldest first; none where there is no file yet.

    Raises:
        KgError: a line is no decision; the message gives its number.
    """
    if not path.exists():
        return ()
    decisions = []
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except UnicodeDecodeError as problem:
        raise KgError(f"not UTF-8: {problem.reason} at byte {problem.start}", where=str(path)) from None
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                decisions.append(_from_json(json.loads(line)))
            except ValueError as problem:
                raise KgError(
                    f"not a decision: {problem}", where=f"{path}, line {number}",
                    advice="write decisions with `kg decide`, or repair the line by hand",
                ) from None
    return tuple(decisions)


def append_decision(path: Path, decision: Decision) -> None:
    """Add one decision at the end of a log, which is made where it does not exist. Earlier lines are never touched.

    Raises:
        KgError: the log cannot be written.
    """
    row = {"action": decision.action.value, "target": decision.target, "into": decision.into,
           "by": decision.by, "on": decision.on.isoformat(), "reason": decision.reason}
    line = json.dumps({key: value for key, value in row.items() if value is not None}, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as log:
            torn = log.tell() > 0 and log.seek(-1, 2) >= 0 and log.read(1) != b"\n"
            log.write(("\n" * torn + line + "\n").encode("utf-8"))  # after a torn line, begin a new one
    except OSError as problem:
        raise KgError(f"cannot write the log: {problem.strerror}", where=str(path)) from None


def _from_json(row: object) -> Decision:
    """The decision of a JSON object; ValueError tells what is wrong with it."""
    if not isinstance(row, dict):
        raise ValueError("no JSON object")
    unknown = sorted(row.keys() - set(_KEYS))
    if unknown:
        raise ValueError(f"unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}")
    for key in _KEYS:
        if not isinstance(row.get(key, "" if key == "into" else None), str):
            raise ValueError(f"{key!r} is missing or is no text")
    return Decision(Action(row["action"]), row["target"], row["by"], date.fromisoformat(row["on"]), row["reason"], row.get("into"))
