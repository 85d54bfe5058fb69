"""Windows of time: single days, or the weeks, months, quarters and years of the calendar."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Step(StrEnum):
    """How long a window is: a unit of the calendar."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """The days from `first` to `last`, both included. A tie counts in it when it counts on some day of it, and surely when it
    surely does on some day, whichever: an event of some day in June surely happened in June.

    Raises:
        ValueError: it ends before it begins.
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"the window from {self.first} to {self.last} ends before it begins")

    def __str__(self) -> str:
        for step, length in ((Step.YEAR, 4), (Step.MONTH, 7)):
            if self.first == _floor(self.first, step) and self.last == _end(self.first, step):
                return self.first.isoformat()[:length]
        return self.first.isoformat() if self.first == self.last else f"{self.first}/{self.last}"


def windows(first: date, last: date, step: Step = Step.MONTH) -> tuple[Window, ...]:
    """The calendar's days, weeks (Monday to Sunday), months, quarters or years that hold the days from `first` to `last`, whole.

    Raises:
        ValueError: `last` lies before `first`.

    >>> [str(window) for window in windows(date(2023, 11, 15), date(2024, 1, 1))]
    ['2023-11', '2023-12', '2024-01']
    """
    if last < first:
        raise ValueError(f"{last} lies before {first}")
    found = [window_of(first, step)]
    while found[-1].last < last:
        found.append(window_of(found[-1].last + timedelta(1), step))
    return tuple(found)


def window_of(day: date, step: Step) -> Window:
    """The day, week, month, quarter or year of the calendar in which a day lies.

    >>> str(window_of(date(2023, 11, 15), Step.QUARTER))
    '2023-10-01/2023-12-31'
    """
    begin = _floor(day, step)
    return Window(begin, _end(begin, step))


def days(*given: date) -> tuple[Window, ...]:
    """Each day as a window of one day."""
    return tuple(Window(day, day) for day in given)


def _floor(day: date, step: Step) -> date:
    match step:
        case Step.DAY:
            return day
        case Step.WEEK:
            return day - timedelta(day.weekday())  # the calendar begins on a Monday
        case Step.MONTH:
            return day.replace(day=1)
        case Step.QUARTER:
            return day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1)
        case Step.YEAR:
            return day.replace(month=1, day=1)


def _end(begin: date, step: Step) -> date:
    match step:
        case Step.DAY:
            return begin
        case Step.WEEK:
            return date.fromordinal(min(begin.toordinal() + 6 - begin.weekday(), date.max.toordinal()))
        case Step.MONTH | Step.QUARTER | Step.YEAR:
            months = {Step.MONTH: 1, Step.QUARTER: 3, Step.YEAR: 12}[step]
            year, month = divmod(begin.year * 12 + begin.month - 1 + months, 12)
            return date(year, month + 1, 1) - timedelta(1) if year <= date.max.year else date.max
