"""A request that gets no answer: why, and what to do."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from kg.errors import KgError

_COMMAND = re.compile(r"`kg query ([\w-]+)`")  # what the command line advises has an address here
_POSITION = re.compile(r"at (\d+):(\d+)")


class Refusal(Exception):
    """An HTTP status of 400 or more, with its reason in words."""

    def __init__(self, status: int, what: str, *, advice: str | None = None, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(what)
        self.status, self.what, self.advice, self.headers = status, what, advice, dict(headers or {})

    @classmethod
    def of(cls, problem: KgError, status: int = 400) -> Refusal:
        """What the library found wrong with a request."""
        advice = _COMMAND.sub(r"/queries/\1", problem.advice) if problem.advice else None
        return cls(status, f"{problem.where}: {problem.what}" if problem.where else problem.what, advice=advice)

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Refusal:
        """The refusal that `dump` wrote."""
        return cls(row["status"], row["what"], advice=row["advice"])

    def dump(self) -> dict[str, Any]:
        """It as a JSON object, for the way from a worker."""
        return {"status": self.status, "what": self.what, "advice": self.advice}

    @property
    def position(self) -> tuple[int, int] | None:
        """Line and column of a syntax error.

        >>> Refusal(400, "the query cannot be read: error at 2:8: expected '}'").position
        (2, 8)
        """
        match = _POSITION.search(self.what)
        return (int(match[1]), int(match[2])) if match else None

    def text(self) -> str:
        """It as text.

        >>> Refusal(404, "no such claim", advice="see /queries").text()
        'no such claim\\nsee /queries\\n'
        """
        return "".join(f"{line}\n" for line in (self.what, self.advice) if line)
