"""Members of a side who leave it: how many at least and at most, in which days, and the claims behind each number."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.model.claim import Claim, Reference


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A claim that is not added to a number, and why."""

    claim: Claim
    why: str


@dataclass(frozen=True, slots=True)
class Flow:
    """Who left which side for which, within some days, as a range.

    `minimum` is the fewest acts that make all its claims true, `maximum` the most that its claims can tell of. `None`: nothing bounds it,
    or nothing is counted.
    """

    kind: str  # defect, desert, surrender, or "leave": all of them together
    from_: Reference | None  # None: not told
    to: Reference | None  # None: not told, or every side
    first: date | None  # None: no day bounds it
    last: date | None
    minimum: int | None
    maximum: int | None
    approximate: bool  # whether a number in it is one of "about"
    lowest: tuple[Claim, ...]  # whose smallest numbers add up to `minimum`: their days surely differ
    highest: tuple[Claim, ...]  # whose largest numbers add up to `maximum`: none lies within another's total
    uncounted: tuple[Claim, ...]  # they tell of it without a number of people; never counted as 0 or 1
    left_out: tuple[LeftOut, ...]  # denied or not said to be so, and what may be the same people

    @property
    def claims(self) -> tuple[Claim, ...]:
        """Every claim behind it, in the order of their ids."""
        known = {c.id: c for c in (*self.lowest, *self.highest, *self.uncounted, *(one.claim for one in self.left_out))}
        return tuple(known[id_] for id_ in sorted(known))

    @property
    def notation(self) -> str | None:
        """The range as the codebook writes counts; `None` where nothing is counted.

        >>> Flow("desert", None, None, None, None, 200, None, False, (), (), (), ()).notation
        '200+'
        >>> Flow("desert", None, None, None, None, 200, 950, True, (), (), (), ()).notation
        '~200-950'
        """
        about = "~" if self.approximate else ""
        if self.minimum is None:
            return None if self.maximum is None else f"<{about}{self.maximum}"
        if self.maximum is None:
            return f"{about}{self.minimum}+"
        return f"{about}{self.minimum}" + (f"-{self.maximum}" if self.maximum > self.minimum else "")
