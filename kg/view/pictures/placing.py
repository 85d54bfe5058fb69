"""Where labels go so that none covers another."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.view.pictures.svg import measure


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Whether two share a point inside both."""
        return self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom

    def within(self, other: Box) -> bool:
        """Whether it lies wholly inside another."""
        return self.left >= other.left and self.top >= other.top and self.right <= other.right and self.bottom <= other.bottom


@dataclass(frozen=True, slots=True)
class Wanted:
    """A label for a point; `radius`: of the mark at the point."""

    words: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True, slots=True)
class Placed:
    """A label with its baseline's start."""

    words: str
    x: float
    y: float
    box: Box


def place_labels(wanted: Sequence[Wanted], frame: Box, *, size: float, taken: Iterable[Box] = ()) -> list[Placed | None]:
    """A place for each label beside its point, the first ones first; `None` where all eight places are taken.

    A label covers no other label, no point's mark and nothing of `taken`, and lies within the frame.

    >>> frame = Box(0, 0, 100, 50)
    >>> [p and (round(p.x), round(p.y)) for p in place_labels([Wanted("ab", 20, 20, 4), Wanted("cd", 20, 20, 4)], frame, size=10)]
    [(27, 24), (2, 24)]
    """
    marks = [Box(w.x - w.radius, w.y - w.radius, w.x + w.radius, w.y + w.radius) for w in wanted]
    blocked = [*marks, *taken]
    found: list[Placed | None] = []
    for one in wanted:
        width, gap = measure(one.words, size), one.radius + 3
        best = None
        for x, y in (
            (one.x + gap, one.y + size * 0.35), (one.x - gap - width, one.y + size * 0.35), (one.x - width / 2, one.y - gap),
            (one.x - width / 2, one.y + gap + size * 0.8), (one.x + gap * 0.7, one.y - gap * 0.7),
            (one.x + gap * 0.7, one.y + gap + size * 0.6),
            (one.x - gap * 0.7 - width, one.y - gap * 0.7), (one.x - gap * 0.7 - width, one.y + gap + size * 0.6),
        ):
            box = Box(x, y - size * 0.85, x + width, y + size * 0.3)
            if box.within(frame) and not any(box.meets(other) for other in blocked):
                best = Placed(one.words, x, y, box)
                blocked.append(box)
                break
        found.append(best)
    return found
