"""Stretches of days, and whether a tie held on a day or in a window, by its dates and the policy's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import TypeAlias, TypeVar

from kg.model import Answer, Spell, Tie, spell
from kg.network.policy import Policy
from kg.network.windows import Window

Days: TypeAlias = tuple[date | None, date | None]
"""The first and the last day of a stretch, or the earliest and the latest on which something can have been; `None`: no bound on that
side. A `Window` is a stretch with both."""

_DEFAULT = Policy()
_T = TypeVar("_T")


def as_days(on: date | Days | Window) -> Days:
    """A day as the stretch that begins and ends on it; a window as its first and last day.

    Raises:
        ValueError: it ends before it begins.
    """
    if isinstance(on, Window):
        return on.first, on.last
    first, last = (on, on) if isinstance(on, date) else on
    if first and last and first > last:
        raise ValueError(f"the window ends before it begins: {first} to {last}")
    return first, last


def common(stretches: Iterable[Days]) -> Days | None:
    """The days that lie in all of some stretches; `None`: no day does.

    >>> common([(date(2023, 1, 1), None), (None, date(2023, 6, 30))])
    (datetime.date(2023, 1, 1), datetime.date(2023, 6, 30))
    >>> common([(date(2023, 7, 1), None), (None, date(2023, 6, 30))])
    """
    given = list(stretches)
    first = max((day for day, _ in given if day), default=None)
    last = min((day for _, day in given if day), default=None)
    return None if first and last and first > last else (first, last)


def overlap(a: Days, b: Days) -> bool:
    """Whether two stretches share a day."""
    return not ((a[1] and b[0] and a[1] < b[0]) or (b[1] and a[0] and b[1] < a[0]))


def hull(stretches: Iterable[Days]) -> Days:
    """From the first day of any stretch to the last of any; no bound where one has none.

    >>> hull([(date(2023, 1, 1), None), (date(2022, 1, 1), date(2023, 6, 30))])
    (datetime.date(2022, 1, 1), None)
    """
    given = list(stretches)
    firsts, lasts = [first for first, _ in given], [last for _, last in given]
    return (None if None in firsts else min((day for day in firsts if day), default=None),
            None if None in lasts else max((day for day in lasts if day), default=None))


def overlapping(given: Iterable[tuple[Days, _T]]) -> Iterator[tuple[_T, _T]]:
    """The pairs of things whose stretches share a day, by a sweep from the first day to the last. Equal days keep the given order.

    Cost: n log n and one step for each pair that is found.

    >>> days = [date(2023, 1, n) for n in (1, 2, 3)]
    >>> list(overlapping([((days[0], days[1]), "a"), ((days[2], None), "b"), ((days[1], days[2]), "c")]))
    [('a', 'c'), ('c', 'b')]
    """
    spans = sorted(((first or date.min, last or date.max, thing) for (first, last), thing in given), key=lambda span: span[:2])
    for number, (_, last, thing) in enumerate(spans):
        for later in range(number + 1, len(spans)):
            if spans[later][0] > last:
                break
            yield thing, spans[later][2]


def inside(inner: Days, outer: Days) -> bool:
    """Whether every day of a stretch lies in another."""
    (first, last), (begin, end) = inner, outer
    return (begin is None or (first is not None and first >= begin)) and (end is None or (last is not None and last <= end))


def held(tie: Tie, day: date | Days | Window, *, policy: Policy = _DEFAULT) -> Answer:
    """Whether a tie held on `day`, or on some day of a window, by its dates and the policy's (`kg.model.spell`).

    The policy's other choices play no part. Of a window it can be sure where no single day is: an event of some day in
    October surely held in October.

    Raises:
        ValueError: the window ends before it begins.
    """
    days = as_days(day)
    return Answer.NO if tie.period is None and not policy.undated else within(spell_of(tie, policy), days)


def held_at_once(a: Spell, b: Spell, on: Days) -> Answer:
    """Whether two that count in these spells did so on one and the same day of a stretch. Of a single day: the weaker of their answers."""
    shared = common([(a.first, a.last), (b.first, b.last), on])
    if shared is None:
        return Answer.NO
    for x, y in ((a, b), (b, a)):  # x surely held on one of the days on which y surely held throughout
        if y.sure_from and y.sure_until and y.sure_from <= y.sure_until:
            throughout = common([(y.sure_from, y.sure_until), on])
            if throughout is not None and within(x, throughout) is Answer.YES:
                return Answer.YES
    return Answer.MAYBE


def weaker(*answers: Answer) -> Answer:
    """The least sure of several answers.

    >>> str(weaker(Answer.YES, Answer.MAYBE))
    'maybe'
    """
    return next((answer for answer in (Answer.NO, Answer.MAYBE) if answer in answers), Answer.YES)


def spell_of(tie: Tie, policy: Policy) -> Spell:
    """The days on which a tie counts by its own dates and those of a policy."""
    return spell(tie, sighting_days=policy.sighting_days, relation_days=policy.relation_days)


def within(days: Spell, window: Days) -> Answer:
    """Whether what counts in a spell does so on some day of a stretch."""
    first, last = window
    if not overlap((days.first, days.last), window):
        return Answer.NO
    begun = days.sure_from is not None and (last is None or days.sure_from <= last)
    lasting = days.sure_until is not None and (first is None or days.sure_until >= first)
    return Answer.YES if begun and lasting else Answer.MAYBE
