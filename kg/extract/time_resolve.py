"""Gives date expressions their dates, once it is known when the text was written and which dates it told before.

Readings, all EDTF level 1. A unit named as a whole is written to its own precision ("last month" is 2023-10, "three years
ago" is 2020). What is said loosely (late 2023, around 5 May, last week, a few days ago) is written to the next precision
with `~`: an interval would say that something began at its first and ended at its last day, which a point in a
range does not. "more than a decade ago" is a bound, ../2013. Where only the month or the year of publication is known,
what lies within days of it ("on Friday", "last week") is that month or year, approximate: 2023-11~.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, timedelta

from kg.extract.time_values import Calendar, Expression, Fixed, Moment, Past, Shift, Unit, Which
from kg.model import Period

# What a vague number of units is taken for, and the precision that leaves room for it.
_VAGUE = {Unit.DAY: (3, Unit.DAY), Unit.WEEK: (3, Unit.MONTH), Unit.MONTH: (4, Unit.YEAR)}


def resolve(expression: Expression, published: Moment | None, anchors: Sequence[Period], *, future: bool = False) -> str | None:
    """The EDTF date or interval an expression means; None where something needed for it is unknown.

    Args:
        published: the day of publication, as far as it is known.
        anchors: dates told before, the latest last.
        future: whether an undated "December" or "Friday" is the next one instead of the last.
    """
    try:
        if isinstance(expression, Fixed):
            return expression.edtf
        if isinstance(expression, Past):
            return _past(expression, published)
        if isinstance(expression, Shift):
            return _shift(expression, published, anchors)
        return _calendar(expression, published, anchors, future)
    except (ValueError, OverflowError):  # a day that does not exist, or outside the calendar
        return None


def blur(edtf: str) -> str:
    """The same date, approximate.

    >>> blur("2023"), blur("2023-06~"), blur("199X")
    ('2023~', '2023-06~', '199X')
    """
    return edtf if edtf[-1] in "~?%X" or "/" in edtf else edtf + "~"


def shift_moment(moment: Moment, unit: Unit, amount: int) -> str | None:
    """`moment` moved by `amount` units, written to the precision of the unit; None where it is not known that well.

    Raises:
        ValueError, OverflowError: outside the years 1 to 9999.

    >>> shift_moment(Moment(2024, 1, date(2024, 1, 11)), Unit.MONTH, -2)
    '2023-11'
    """
    if unit is Unit.DAY or unit is Unit.WEEK or unit is Unit.HOUR:
        if moment.day is None or unit is Unit.HOUR:
            return None
        day = moment.day + timedelta(amount if unit is Unit.DAY else 7 * amount)
        return _written(day.year, day.month, day.day) + ("~" if moment.doubt or unit is Unit.WEEK else "")
    if unit is Unit.MONTH:
        if moment.month is None:
            return None
        months = 12 * moment.year + moment.month - 1 + amount
        return _written(months // 12, months % 12 + 1)
    return _written(moment.year + (10 * amount if unit is Unit.DECADE else amount)) + ("~" if unit is Unit.DECADE else "")


def _written(year: int, month: int | None = None, day: int | None = None) -> str:
    if not 1 <= year <= 9999:
        raise ValueError("outside the calendar")
    if month is None:
        return f"{year:04}"
    return f"{year:04}-{month:02}" if day is None else date(year, month, day).isoformat()


def _told(anchors: Sequence[Period], unit: Unit) -> Moment | None:
    """The latest date told that is known well enough to count units from."""
    for anchor in reversed(anchors):
        moment = Moment.told(anchor)
        if moment and (moment.day or unit in (Unit.YEAR, Unit.DECADE) or (unit is Unit.MONTH and moment.month)):
            return moment
    return None


def _shift(shift: Shift, published: Moment | None, anchors: Sequence[Period]) -> str | None:
    base = _told(anchors, shift.unit) if shift.narrative else published
    if base is None:
        return None
    unit, amount = shift.unit, shift.amount
    if amount is None:
        if unit not in _VAGUE:
            return None
        count, precision = _VAGUE[unit]
        moved = shift_moment(base, unit, -count if shift.backwards else count)
        return blur(_cut(moved, precision)) if moved else None
    if unit is Unit.DECADE and amount == 0:
        return f"{base.year // 10:03}X"
    moved = shift_moment(base, unit, amount)
    if moved is None and not shift.narrative and not shift.beyond:
        return _near(base, unit, amount)
    if moved is None or not (shift.beyond or shift.about):
        return moved
    return f"../{moved.rstrip('~')}" if shift.beyond else blur(moved)


def _cut(edtf: str, precision: Unit) -> str:
    length = {Unit.DAY: 10, Unit.MONTH: 7, Unit.YEAR: 4}[precision]
    return edtf[:length]


def _near(base: Moment, unit: Unit, amount: int) -> str | None:
    """A date near a day that is known to its month or year only: that month or year, approximate. None where it is too far."""
    days = abs(amount) * {Unit.DAY: 1, Unit.WEEK: 7, Unit.MONTH: 31}.get(unit, 0)
    if base.month is not None and days <= _SLACK_OF_MONTH:
        return blur(_written(base.year, base.month))
    return blur(_written(base.year)) if days <= _SLACK_OF_YEAR else None


_SLACK_OF_MONTH, _SLACK_OF_YEAR = 31, 366  # days that `~` adds on either side (see `Period`)


def _past(past: Past, published: Moment | None) -> str | None:
    if published is None:
        return None
    unit, amount = past.unit, past.amount
    if unit is Unit.HOUR:
        unit, amount = Unit.DAY, -(-amount // 24)
    begin, end = shift_moment(published, unit, -amount), shift_moment(published, unit, 0)
    return f"{begin.rstrip('~')}/{end.rstrip('~')}" if begin and end else None


def _calendar(told: Calendar, published: Moment | None, anchors: Sequence[Period], future: bool) -> str | None:
    if told.which_month is not None:
        base = _told(anchors, Unit.MONTH) if told.which_month.narrative else published
        month = shift_moment(base, Unit.MONTH, told.which_month.step) if base else None
        return date.fromisoformat(f"{month}-{told.day:02}").isoformat() if month else None
    if told.month is None and told.day is None and told.weekday is not None:
        return _weekday(told, told.weekday, published, anchors, future)
    year = told.year
    if year is None and told.which_year is not None:
        base = _told(anchors, Unit.YEAR) if told.which_year.narrative else published
        year = base.year + told.which_year.step if base else None
    elif year is None:
        year = _year_of(told, published, anchors, future)
    if year is None:
        return None
    edtf = _written(year, told.month, told.day)
    if told.last_day is not None:
        return f"{edtf}/{_written(year, told.month, told.last_day)}"
    return blur(edtf) if told.about else edtf


def _year_of(told: Calendar, published: Moment | None, anchors: Sequence[Period], future: bool) -> int | None:
    """The year of a month or a day that is told without one."""
    which, base = told.which, published
    if which is None and (long_ago := _story_year(published, anchors)):
        return long_ago
    if which is not None and which.narrative:
        base = _told(anchors, Unit.MONTH if which is not Which.SAME else Unit.YEAR)
        if base and which is Which.SAME:
            return base.year
    if base is None or told.month is None:
        return None
    if which is Which.THIS:
        return base.year
    if base.month is None:
        return None
    month = told.month if told.month <= 12 else _SEASON_BEGINS[told.month]
    here, there = (base.month, base.day.day if base.day else None), (month, told.day)
    ahead = which in (Which.NEXT, Which.FOLLOWING) or (future and which is None)
    strict = which in (Which.LAST, Which.NEXT, Which.FOLLOWING, Which.PREVIOUS)
    if there[0] != here[0]:
        later = there[0] > here[0]
    elif there[1] is None or here[1] is None or there[1] == here[1]:
        return base.year + ((1 if ahead else -1) if strict else 0)
    else:
        later = there[1] > here[1]
    step = (0 if later else 1) if ahead else (-1 if later else 0)
    if (told.month, told.day) == (2, 29):
        return _leap(base.year + step, 1 if ahead else -1)
    return base.year + step


def _story_year(published: Moment | None, anchors: Sequence[Period]) -> int | None:
    """The year of a story told of long ago: that of the last two dates, both with their months and years before the report's."""
    told = [Moment.told(anchor) for anchor in anchors[-2:]]
    years = {moment.year for moment in told if moment is not None and moment.month}
    single = len(told) == 2 and len(years) == 1 and all(moment is not None and moment.month for moment in told)
    year = years.pop() if single else None
    return year if year and published and year <= published.year - _LONG_AGO else None


_LONG_AGO = 2  # years
_SEASON_BEGINS = {21: 3, 22: 6, 23: 9, 24: 12}


def _leap(year: int, step: int) -> int:
    while monthrange(year, 2)[1] < 29:
        year += step
    return year


def _weekday(told: Calendar, weekday: int, published: Moment | None, anchors: Sequence[Period], future: bool) -> str | None:
    which = told.which_week or told.which
    base = _told(anchors, Unit.DAY) if which is not None and which.narrative else published
    if base is None:
        return None
    if base.day is None:  # some day of the week before
        return _near(base, Unit.WEEK, 1)
    day = base.day
    if told.which_week is not None or which is Which.SAME:  # a day of a known week, weeks beginning on Monday
        step = told.which_week.step if told.which_week else 0
        day += timedelta(weekday - day.weekday() + 7 * step)
    elif which in (Which.NEXT, Which.FOLLOWING):
        day += timedelta((weekday - day.weekday() - 1) % 7 + 1)
    elif which in (Which.LAST, Which.PREVIOUS):
        day -= timedelta((day.weekday() - weekday - 1) % 7 + 1)
    elif future:
        day += timedelta((weekday - day.weekday()) % 7)
    else:
        day -= timedelta((day.weekday() - weekday) % 7)
    return day.isoformat() + ("~" if base.doubt or told.about else "")
