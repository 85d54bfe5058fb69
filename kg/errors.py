"""The errors a user can meet: what is wrong, where, why, and what to do."""

from __future__ import annotations


class KgError(Exception):
    """A problem that the user can act on; the doors print it without a traceback.

    Args:
        what: the problem in one sentence.
        where: file, line, claim or parameter it was met in.
        advice: what to do about it.

    >>> str(KgError("no actor called 'AAA'", where="kg actor", advice="see `kg query actors`"))
    "kg actor: no actor called 'AAA' (see `kg query actors`)"
    """

    def __init__(self, what: str, *, where: str | None = None, advice: str | None = None) -> None:
        self.what, self.where, self.advice = what, where, advice
        head = f"{where}: " if where else ""
        tail = f" ({advice})" if advice else ""
        super().__init__(f"{head}{what}{tail}")


class UsageError(KgError):
    """The command was called with something it cannot use (exit code 2)."""
