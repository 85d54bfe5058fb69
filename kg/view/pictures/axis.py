"""Days across a drawing: the scale, and its ticks with their labels."""

from __future__ import annotations

from calendar import month_abbr
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from kg.view.pictures.picture import GREY, RULE
from kg.view.pictures.svg import line, measure, text

_SIZE = 11.0
_ROOM = 12.0  # between two labels


@dataclass(frozen=True, slots=True)
class TimeScale:
    """Days from `first` to `last` across `left` to `right`; what lies outside is drawn at the edge."""

    first: date
    last: date
    left: float
    right: float

    def x(self, day: date | None, *, end: bool = False) -> float:
        """Where a day begins (`end`: ends); `None`: the edge, left or with `end` right.

        >>> scale = TimeScale(date(2023, 1, 1), date(2023, 1, 10), 0, 100)
        >>> scale.x(date(2023, 1, 2)), scale.x(date(2023, 1, 2), end=True), scale.x(None), scale.x(date(2024, 1, 1))
        (10.0, 20.0, 0, 100)
        """
        if day is None:
            return self.right if end else self.left
        days = (self.last - self.first).days + 1
        at = self.left + (self.right - self.left) * ((day - self.first).days + end) / days
        return min(max(at, self.left), self.right)

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def ticks(self) -> list[tuple[date, str]]:
        """First days of months, quarters, years or decades, as many as have room for their labels.

        >>> [label for _, label in TimeScale(date(2022, 11, 1), date(2023, 2, 28), 0, 300).ticks()]
        ['Nov 2022', 'Dec', 'Jan 2023', 'Feb']
        """
        for months in (1, 3, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000):
            found = self._every(months)
            rights = [self.x(day) + measure(label, _SIZE) + _ROOM for day, label in found]
            if all(self.x(day) >= right for (day, _), right in zip(found[1:], rights, strict=False)):
                return found
        return []

    def _every(self, months: int) -> list[tuple[date, str]]:
        number = self.first.year * 12 + self.first.month - 1 + (self.first.day > 1)
        number += -number % months
        found: list[tuple[date, str]] = []
        while number // 12 <= min(self.last.year, date.max.year) and (day := date(number // 12, number % 12 + 1, 1)) <= self.last:
            year = f"{day.year}"
            label = year if months >= 12 else month_abbr[day.month] + (f" {year}" if day.month == 1 or not found else "")
            found.append((day, label))
            number += months
        return found


def draw_axis(scale: TimeScale, top: float, bottom: float) -> list[Element]:
    """Thin lines from top to bottom, and their labels under them, 16 high."""
    made: list[Element] = []
    for day, label in scale.ticks():
        x = scale.x(day)
        made.append(line(x, top, x, bottom, stroke=RULE))
        width = measure(label, _SIZE)
        made.append(text(label, min(x, scale.right - width), bottom + 14, size=_SIZE, fill=GREY))
    return made
