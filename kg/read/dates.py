"""Dates as they are written at the top of a text. A year that is not there stays unknown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model import Period

_MONTHS = ("jan(?:uary)?", "feb(?:ruary)?", "mar(?:ch)?", "apr(?:il)?", "may", "june?", "july?", "aug(?:ust)?",
           "sept?(?:ember)?", "oct(?:ober)?", "nov(?:ember)?", "dec(?:ember)?")
_STEMS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTH = rf"(?:{'|'.join(_MONTHS)})\b\.?"
_YEAR = r"(?:19|20)\d\d"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DATE = re.compile(
    rf"""(?<![\w/.-])(?:(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?\s{{1,3}})?(?:
      (?P<y1>{_YEAR})(?P<sep1>[-/.])(?P<m1>\d\d?)(?P=sep1)(?P<d1>\d\d?)(?:T[\d:.]{{4,15}}(?:Z|[+-]\d\d:?\d\d)?)?
    | (?P<a>\d\d?)(?P<sep2>[-/.])(?P<b>\d\d?)(?P=sep2)(?P<y2>{_YEAR})
    | (?P<d3>\d\d?){_ORDINAL}(?:\s{{1,3}}of)?[\s-]{{0,3}}(?P<m3>{_MONTH})(?:,?[\s-]{{1,3}}(?P<y3>{_YEAR}))?
    | (?P<m4>{_MONTH})\s{{0,3}}(?P<d4>\d\d?){_ORDINAL}(?!\d)(?:,?\s{{1,3}}(?P<y4>{_YEAR}))?
    | (?P<m5>{_MONTH}),?\s{{1,3}}(?P<y5>{_YEAR})
    )(?:(?=\d\d?\s{{1,3}}{_MONTH})|(?![\w/]|[.-]\d))  # some pages print a date twice without a space between""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class ShownDate:
    """A date as a text shows it, at `start` to `end` of the string searched.

    `year` is None when it is not written. `ambiguous`: day and month could be exchanged ("03/04/2024").
    """

    text: str
    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    weekday: int | None = None  # Monday is 0, as in `date.weekday`
    ambiguous: bool = False

    @property
    def period(self) -> Period | None:
        """The period it means, or None: no year, ambiguous, or no day of the calendar."""
        if self.year is None or self.ambiguous:
            return None
        try:
            return Period.parse(f"{self.year:04}-{self.month:02}" + (f"-{self.day:02}" if self.day else ""))
        except ValueError:
            return None


def find_dates(text: str) -> Iterator[ShownDate]:
    """The dates written in a short text, such as one line.

    >>> [(d.text, d.year) for d in find_dates("Bangkok, Nov 17 (EFE)")]
    [('Nov 17', None)]
    >>> [str(d.period) for d in find_dates("Monday 26 June 2023 07:53 EDT, 2024/03/06, 03/04/2024")]
    ['2023-06-26', '2024-03-06', 'None']
    """
    for m in _DATE.finditer(text):
        year = m["y1"] or m["y2"] or m["y3"] or m["y4"] or m["y5"]
        word = m["m3"] or m["m4"] or m["m5"]
        month = _STEMS.index(word[:3].lower()) + 1 if word else int(m["m1"] or m["b"])
        day = m["d1"] or m["d3"] or m["d4"] or m["a"]
        ambiguous = False
        if m["a"]:
            first, second = int(m["a"]), int(m["b"])
            ambiguous = first != second and first <= 12 and second <= 12
            if second > 12:  # the American order
                month, day = first, str(second)
        weekday = _WEEKDAYS.index(m["weekday"].lower()) if m["weekday"] else None
        yield ShownDate(m[0], m.start(), m.end(), int(year) if year else None, month, int(day) if day else None, weekday, ambiguous)


def complete_date(shown: ShownDate, given: str) -> Period | None:
    """A date without a year, completed by the year, month or day that the user gives.

    A given year is taken; a given month or day decides for the nearest year ("Dec 31" given 2024-01-02 is 2023).

    Returns:
        None when that is no day of the calendar, or not the weekday that the text names.

    >>> next(find_dates("Nov 17")), str(complete_date(next(find_dates("Nov 17")), "2023"))
    (ShownDate(text='Nov 17', start=0, end=6, year=None, month=11, day=17, weekday=None, ambiguous=False), '2023-11-17')
    """
    middle = Period.parse(given).begin_earliest
    if middle is None or shown.day is None:
        return None
    years = [middle.year] if len(given) == 4 else [middle.year - 1, middle.year, middle.year + 1]
    if len(given) == 7:
        middle += timedelta(14)
    days = [day for year in years if (day := _day(year, shown.month, shown.day))]
    if not days:
        return None
    nearest = min(days, key=lambda day: abs(day - middle))
    return None if shown.weekday not in (None, nearest.weekday()) else Period.of(nearest)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
