"""Whether a tie held on a day or in a window, by its dates and the policy's."""

from __future__ import annotations

from datetime import date
from typing import TypeAlias

from kg.model import Answer, Spell, Tie, spell
from kg.network.policy import Policy

Window: TypeAlias = tuple[date | None, date | None]
"""The first and the last day of a window; `None`: unbounded on that side."""

_DEFAULT = Policy()


def as_window(on: date | Window) -> Window:
    """A day as the window that begins and ends on it; a window as it is.

    Raises:
        ValueError: the window ends before it begins.
    """
    first, last = (on, on) if isinstance(on, date) else on
    if first and last and first > last:
        raise ValueError(f"the window ends before it begins: {first} to {last}")
    return first, last


def held(tie: Tie, day: date | Window, *, policy: Policy = _DEFAULT) -> Answer:
    """Whether a tie held on `day`, or on some day of a window, by its dates and the policy's (`kg.model.spell`).

    The policy's other choices play no part. Of a window it can be sure where no single day is: an event of some day in
    October surely held in October.

    Raises:
        ValueError: the window ends before it begins.
    """
    window = as_window(day)
    return Answer.NO if tie.period is None and not policy.undated else _within(_spell(tie, policy), window)


def held_at_once(a: Tie, b: Tie, on: date | Window, *, policy: Policy = _DEFAULT) -> Answer:
    """Whether two ties held on one and the same day, `on` or some day of a window. On a day it is the weaker of the two answers.

    Raises:
        ValueError: the window ends before it begins.
    """
    window = as_window(on)
    if not policy.undated and None in (a.period, b.period):
        return Answer.NO
    one, other = _spell(a, policy), _spell(b, policy)
    common = _common(_common((one.first, one.last), (other.first, other.last)), window)
    if _is_empty(common):
        return Answer.NO
    for x, y in ((one, other), (other, one)):  # x surely held on one of the days on which y surely held throughout
        if y.sure_from and y.sure_until and y.sure_from <= y.sure_until:
            throughout = _common((y.sure_from, y.sure_until), window)
            if not _is_empty(throughout) and _within(x, throughout) is Answer.YES:
                return Answer.YES
    return Answer.MAYBE


def weaker(*answers: Answer) -> Answer:
    """The least sure of several answers.

    >>> str(weaker(Answer.YES, Answer.MAYBE))
    'maybe'
    """
    return next((answer for answer in (Answer.NO, Answer.MAYBE) if answer in answers), Answer.YES)


def _spell(tie: Tie, policy: Policy) -> Spell:
    return spell(tie, sighting_days=policy.sighting_days, relation_days=policy.relation_days)


def _within(days: Spell, window: Window) -> Answer:
    first, last = window
    if (first and days.last and days.last < first) or (last and days.first and days.first > last):
        return Answer.NO
    begun = days.sure_from is not None and (last is None or days.sure_from <= last)
    lasting = days.sure_until is not None and (first is None or days.sure_until >= first)
    return Answer.YES if begun and lasting else Answer.MAYBE


def _common(a: Window, b: Window) -> Window:
    """The days that lie in both windows."""
    first = max((d for d in (a[0], b[0]) if d), default=None)
    last = min((d for d in (a[1], b[1]) if d), default=None)
    return first, last


def _is_empty(window: Window) -> bool:
    return window[0] is not None and window[1] is not None and window[0] > window[1]
