"""What a date expression can mean, before it is known when it was written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import Enum, StrEnum

from kg.model import Period

_TOLD = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>[0-9]{2})(?:-(?P<day>[0-9]{2}))?)?(?P<doubt>[~?%]?)")


class Which(Enum):
    """Which of the days, months or years of one name is meant."""

    LAST = "last"  # the latest before the day of publication
    THIS = "this"
    NEXT = "next"
    SAME = "same"  # these three count from the date told before
    FOLLOWING = "following"
    PREVIOUS = "previous"

    @property
    def narrative(self) -> bool:
        """Whether it counts from the date told before, not from the day of publication."""
        return self in (Which.SAME, Which.FOLLOWING, Which.PREVIOUS)

    @property
    def step(self) -> int:
        """How many units it lies after the one counted from."""
        return {Which.LAST: -1, Which.PREVIOUS: -1, Which.NEXT: 1, Which.FOLLOWING: 1}.get(self, 0)


class Unit(StrEnum):
    """A length of time."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    DECADE = "decade"


@dataclass(frozen=True, slots=True)
class Fixed:
    """A date that needs no context: "1978", "the 1990s"."""

    edtf: str


@dataclass(frozen=True, slots=True)
class Calendar:
    """A date by its place in the calendar; what is not told is None. "late October last year", "1 to 3 March"."""

    year: int | None = None
    month: int | None = None  # 21 to 24 for seasons, as in EDTF
    day: int | None = None
    last_day: int | None = None
    weekday: int | None = None  # Monday is 0; used when there is no day
    which: Which | None = None  # "last October", "the following Monday"
    which_year: Which | None = None  # "October last year"
    which_week: Which | None = None  # "Monday last week"
    which_month: Which | None = None  # "the 27th of last month"
    about: bool = False


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units before or after the day of publication or the date told before. "two weeks ago", "the next day"."""

    unit: Unit
    amount: int | None  # below zero: before; None: told vaguely ("a few days later")
    narrative: bool = False
    about: bool = False
    beyond: bool = False  # "more than a decade ago": a bound, not a date
    backwards: bool = True  # only for a vague amount


@dataclass(frozen=True, slots=True)
class Past:
    """A stretch that ends with the day of publication. "over the past 20 days"."""

    unit: Unit
    amount: int


Expression = Fixed | Calendar | Shift | Past


@dataclass(frozen=True, slots=True)
class Moment:
    """What is known of a day that others are counted from; unknown parts are None."""

    year: int
    month: int | None = None
    day: date | None = None
    doubt: bool = False

    @classmethod
    def published(cls, period: Period | None) -> Moment | None:
        """The parts that every day of the period shares; None when not even its year is known."""
        first, last = (period.begin_earliest, period.end_latest) if period else (None, None)
        if first is None or last is None or first.year != last.year:
            return None
        same_month = first.month == last.month
        return cls(first.year, first.month if same_month else None, first if first == last else None)

    @classmethod
    def told(cls, period: Period) -> Moment | None:
        """The date a text told before, as it can be counted on from: the end of an interval, or what it has of one."""
        sides = [side for side in period.edtf.split("/") if side not in ("", "..")]
        parts = _TOLD.fullmatch(sides[-1]) if sides else None
        if not parts:
            return None
        month = int(parts["month"]) if parts["month"] and int(parts["month"]) <= 12 else None
        day = date(int(parts["year"]), month, int(parts["day"])) if month and parts["day"] else None
        return cls(int(parts["year"]), month, day, bool(parts["doubt"]))
