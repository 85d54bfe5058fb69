"""Time as a span with honest uncertainty: four bounds, EDTF level 1 in and out.

EDTF: Library of Congress, Extended Date/Time Format (2019), https://www.loc.gov/standards/datetime/.
The four bounds are CIDOC CRM's P82a, P81a, P81b and P82b.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

_DATE = re.compile(r"(?P<year>-?(?:\d{4}|\d{3}X|\d{2}XX))(?:-(?P<month>\d{2}|XX)(?:-(?P<day>\d{2}|XX))?)?(?P<doubt>[~?%]?)")
_LONG_YEAR = re.compile(r"Y-?\d{5,}")
# Seasons begin where most calendars of the northern hemisphere put them; EDTF leaves it open.
_SEASONS = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_OPEN = ("..", "")


class Answer(StrEnum):
    """Whether something held on a day."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True, slots=True)
class Period:
    """When something happened or held: the earliest and latest day it can have begun and ended.

    Read one with `Period.parse`. `None` for a bound means that nothing bounds it. One date ("2023-10") is an event
    or a state somewhere inside it; an interval ("2023-10-27/..") is a state from its first date to its second.
    An open or unknown end says nothing of the future: the state lasted at least until it began, and `as_reported`
    raises that to the day of the report. `~` and `%` widen each bound by one unit of the precision written
    (a day by seven days, a month or a season by 31, a year or more by 366); `?` turns every "yes" into "maybe".

    >>> p = Period.parse("2023-10-27/2024-01")
    >>> p.begin_earliest, p.end_earliest, p.end_latest
    (datetime.date(2023, 10, 27), datetime.date(2024, 1, 1), datetime.date(2024, 1, 31))
    >>> [str(p.covers(date(2024, 1, d))) for d in (1, 2)], str(p.covers(date(2023, 10, 26)))
    (['yes', 'maybe'], 'no')
    """

    edtf: str
    begin_earliest: date | None
    begin_latest: date | None
    end_earliest: date | None
    end_latest: date | None

    @classmethod
    def parse(cls, edtf: str) -> Period:
        """Read an EDTF level 1 date or interval (years 0001 to 9999).

        Raises:
            ValueError: not EDTF level 1, an impossible date, a year outside 1 to 9999, a time of day,
                or an interval that ends before it begins.

        >>> Period.parse("2023-06-15~").edtf
        '2023-06-15~'
        """
        left, slash, right = edtf.partition("/")
        if not slash:
            first, last = _bounds(edtf)
            return cls(edtf, first, last, first, last)
        if left in _OPEN and right in _OPEN:
            raise ValueError(f"{edtf!r} says no date at all")
        begin = _bounds(left) if left not in _OPEN else (None, None)
        end = _bounds(right) if right not in _OPEN else (None, None)
        if begin[0] and end[1] and begin[0] > end[1]:
            raise ValueError(f"{edtf!r} ends before it begins")
        return cls(edtf, begin[0], _least(begin[1], end[1]), _most(end[0], begin[0]), end[1])

    @classmethod
    def of(cls, first: date, last: date | None = None) -> Period:
        """The period of one day, or of the days from `first` to `last` (both included).

        >>> Period.of(date(2023, 11, 1), date(2023, 11, 15)).edtf
        '2023-11-01/2023-11-15'
        """
        return cls.parse(first.isoformat() if last in (None, first) else f"{first}/{last}")

    @property
    def doubtful(self) -> bool:
        """Whether the text marks the date as approximate or uncertain."""
        return any(c in self.edtf for c in "~?%")

    def covers(self, day: date) -> Answer:
        """Whether it held on `day`: yes, maybe or no.

        Yes when it had surely begun and surely not ended; no when it had surely not begun or was surely over.
        """
        if (self.begin_earliest and day < self.begin_earliest) or (self.end_latest and day > self.end_latest):
            return Answer.NO
        begun = self.begin_latest is not None and self.begin_latest <= day
        lasting = self.end_earliest is not None and day <= self.end_earliest
        uncertain = "?" in self.edtf or "%" in self.edtf
        return Answer.YES if begun and lasting and not uncertain else Answer.MAYBE

    def overlaps(self, first: date | None, last: date | None) -> Answer:
        """Whether it held on some day from `first` to `last` (`None`: unbounded).

        >>> str(Period.parse("2023").overlaps(date(2023, 6, 1), date(2023, 6, 30)))
        'maybe'
        >>> str(Period.parse("2023-06-15").overlaps(date(2023, 6, 1), None))
        'yes'
        """
        if (first and self.end_latest and self.end_latest < first) or (last and self.begin_earliest and self.begin_earliest > last):
            return Answer.NO
        begun = last is None or (self.begin_latest is not None and self.begin_latest <= last)
        lasting = first is None or (self.end_earliest is not None and self.end_earliest >= first)
        uncertain = "?" in self.edtf or "%" in self.edtf
        return Answer.YES if begun and lasting and not uncertain else Answer.MAYBE

    def as_reported(self, day: date) -> Period:
        """The same period as told on `day`: what is open-ended lasted at least until then.

        >>> told = Period.parse("2023-10-27/..").as_reported(date(2023, 11, 17))
        >>> str(told.covers(date(2023, 11, 10))), str(told.covers(date(2024, 11, 10)))
        ('yes', 'maybe')
        """
        if self.end_latest is not None or (self.end_earliest and self.end_earliest >= day):
            return self
        return replace(self, end_earliest=day)

    def __str__(self) -> str:
        return self.edtf


def _bounds(text: str) -> tuple[date, date]:
    """The first and last day that one EDTF date can mean."""
    match = _DATE.fullmatch(text)
    if not match:
        hint = "years outside 0001 to 9999 are not supported" if _LONG_YEAR.fullmatch(text) else "write 2023-10-27, 2023-10 or 2023"
        raise ValueError(f"{text!r} is not an EDTF level 1 date: {hint}")
    year, month, day = match["year"], match["month"], match["day"]
    if year.startswith("-") or ("X" in year and month) or (month == "XX" and day not in (None, "XX")):
        raise ValueError(f"{text!r} is not an EDTF level 1 date of the years 0001 to 9999")
    low, high = int(year.replace("X", "0")), int(year.replace("X", "9"))
    first, last, slack = _days(max(low, 1), high, month, day, text)
    if match["doubt"] not in ("~", "%"):
        return first, last
    return _shift(first, -slack), _shift(last, slack)


def _days(low: int, high: int, month: str | None, day: str | None, text: str) -> tuple[date, date, int]:
    """First day, last day and the slack in days of an approximate date of this precision."""
    try:
        if month is None or month == "XX":
            return date(low, 1, 1), date(high, 12, 31), 366
        number = int(month)
        if number in _SEASONS:
            if day:
                raise ValueError("a season has no day")
            first, last = _SEASONS[number]
            end_year, end_month = (high, last) if last <= 12 else (high + 1, last - 12)
            return date(low, first, 1), date(end_year, end_month, monthrange(end_year, end_month)[1]), 31
        if day is None or day == "XX":
            return date(low, number, 1), date(high, number, monthrange(high, number)[1]), 31
        return date(low, number, int(day)), date(high, number, int(day)), 7
    except ValueError as problem:
        raise ValueError(f"{text!r} is no date: {problem}") from None


def _shift(day: date, days: int) -> date:
    """`day` moved, and kept inside the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _least(a: date | None, b: date | None) -> date | None:
    """What begins no later than it ends: the earlier of the two latest days."""
    return min(d for d in (a, b) if d) if a or b else None


def _most(a: date | None, b: date | None) -> date | None:
    """What ends no earlier than it begins: the later of the two earliest days."""
    return max(d for d in (a, b) if d) if a or b else None
