"""What claims tell of, in numbers and days: what is counted, how many acts several figures make."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kg.model import Claim

ABOUT = 0.1
"""How far the truth may lie from a number told as approximate, as a share of it: a tenth, what rounding to one digit and a half hides."""

_GROUPS = {
    **dict.fromkeys(("units", "battalions", "brigades", "divisions", "regiments", "companies", "platoons", "columns", "factions", "groups",
                     "militias", "armies", "organizations", "organisations"), "units"),
    **dict.fromkeys(("families", "households"), "households"),
    **dict.fromkeys(("villages", "towns", "cities", "townships", "outposts", "bases", "camps", "houses", "homes"), "places"),
    **dict.fromkeys(("bodies", "corpses"), "bodies"),
}
_STOP = frozenset(["of", "from", "in", "at", "on", "and", "or", "but", "who", "that", "which", "with", "to", "for", "by", "since", "after",
                   "before", "as", "were", "was", "have", "has", "had", "are", "is", "the", "a"])
_NEARLY = re.compile(r"(?i:\b(?:nearly|almost|close to|approaching|just under)\b)")
_WORD = re.compile(r"[^\W\d_][\w'’-]*|[.,;:!?()]")
_LOOKED_AT = 4  # words after a number in which its noun stands


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of acts: the widest days they fall into, as ordinals, and its bounds.

    `total`: it sums up these days ("since the coup"); otherwise it tells of something somewhere in them.
    """

    first: float
    last: float
    minimum: int | None
    maximum: int | None
    total: bool = False


def fewest(figures: Sequence[Figure]) -> tuple[int | None, tuple[int, ...]]:
    """The fewest acts that make all figures true, and the figures that force so many.

    An act happens on one day, so figures of days that surely differ count different acts, and those of days that overlap may
    count the same. Hence the answer is the largest sum of minima over figures with pairwise disjoint days. No smaller number
    will do, and this one does: the least number of points such that each interval holds its minimum of them is a linear
    programme whose matrix, days by intervals, has consecutive ones and is therefore totally unimodular; its dual picks disjoint
    intervals of the largest weight.

    Returns:
        the number (`None` when no figure sets a minimum) and the positions of the figures in it, ascending.

    Cost: sorting, n log n (weighted interval scheduling, Kleinberg and Tardos, Algorithm Design, 2005, section 6.1).

    >>> fewest([Figure(1, 20, 750, 750, True), Figure(12, 12, 200, None), Figure(30, 31, 40, 40)])
    (790, (0, 2))
    """
    order = sorted((i for i, f in enumerate(figures) if f.minimum is not None), key=lambda i: (figures[i].last, figures[i].first, i))
    ends = [figures[i].last for i in order]
    best: list[int] = [0]  # over the first figures of `order`
    before: list[int] = []
    for place, i in enumerate(order):
        before.append(bisect_left(ends, figures[i].first, hi=place))
        best.append(max(best[-1], best[before[-1]] + (figures[i].minimum or 0)))
    chosen, at = [], len(order)
    while at:
        if best[at] == best[at - 1]:
            at -= 1
        else:
            chosen.append(order[at - 1])
            at = before[at - 1]
    return (best[-1] if order else None), tuple(sorted(chosen))


def most(figures: Sequence[Figure]) -> tuple[int | None, tuple[int, ...]]:
    """The most acts that figures can tell of, and the figures that add up to it.

    What lies within the days of a total is part of it and not added to it; any others may count different acts. Hence the
    answer is the sum of maxima over the outermost figures. Totals of the same days stand together with the largest maximum. A
    total contradicted by what lies within it (its maximum is less than their `fewest`) bounds nothing: there the most of its
    parts is taken, if it is more. Never less than `fewest`.

    Returns:
        the number (`None` when nothing bounds it from above, or there are no figures) and the positions of the figures in it,
        ascending; of the unbounded ones alone when there are any.

    Cost: n², times the depth of totals within contradicted totals.

    >>> most([Figure(1, 20, 750, 750, True), Figure(12, 12, 200, None), Figure(15, 40, 30, 40, True)])
    (790, (0, 2))
    """
    number, chosen, unbounded = 0, set[int](), set[int]()
    for group in _outermost(figures, range(len(figures))):
        value, members = _most_of(figures, group)
        if value is None:
            unbounded |= members
        else:
            number += value
            chosen |= members
    if unbounded or not figures:
        return None, tuple(sorted(unbounded))
    return number, tuple(sorted(chosen))


def _outermost(figures: Sequence[Figure], among: Sequence[int]) -> list[list[int]]:
    """The figures that lie within no total of other days; totals of the same days, with what else has these days, as one group."""
    groups: dict[object, list[int]] = {}
    for i in among:
        around = [j for j in among if j != i and _within(figures[i], figures[j])]
        if not any(_days(figures[j]) != _days(figures[i]) for j in around) and (figures[i].total or not around):
            groups.setdefault(_days(figures[i]) if figures[i].total else i, []).append(i)
    return list(groups.values())


def _most_of(figures: Sequence[Figure], group: Sequence[int]) -> tuple[int | None, set[int]]:
    """The most that one outermost figure, or totals of the same days, can tell of with all that lies within."""
    if not figures[group[0]].total:
        return figures[group[0]].maximum, {group[0]}
    inside = [i for i in range(len(figures)) if i in group or _within(figures[i], figures[group[0]])]
    low = fewest([figures[i] for i in inside])[0] or 0
    maxima = {i: maximum for i in group if (maximum := figures[i].maximum) is not None}
    largest = max(maxima, key=lambda i: maxima[i], default=None)
    if largest is not None and maxima[largest] >= low:
        return maxima[largest], {largest}
    unbounded = {i for i in group if i not in maxima}
    if unbounded:
        return None, unbounded
    rest = [i for i in inside if i not in group]
    number, chosen = most([figures[i] for i in rest])
    parts = {rest[k] for k in chosen}
    if number is None or largest is None or number > maxima[largest]:
        return number, parts
    return maxima[largest], {largest}


def _within(figure: Figure, other: Figure) -> bool:
    return other.total and other.first <= figure.first and figure.last <= other.last


def _days(figure: Figure) -> tuple[float, float]:
    return figure.first, figure.last


def widest(claim: Claim) -> tuple[date | None, date | None]:
    """The first and the last day a claim can speak of; nothing happened after its report. `None`: no day bounds it."""
    told = claim.reported.end_latest if claim.reported else None
    if claim.period is None:
        return None, told
    first, last = claim.period.begin_earliest, claim.period.end_latest
    if told and (first is None or first <= told):
        last = min(last, told) if last else told
    return first, last


def is_total(claim: Claim) -> bool:
    """Whether its number sums up a span of days ("since", "from ... to"), not something that happened somewhere in it."""
    return claim.period is not None and "/" in claim.period.edtf


def counted(claim: Claim) -> str | None:
    """What a claim's number counts: people, units, households, places, bodies, or "people each"; `None` without a number.

    By the noun that follows the number in the sentence; people, where no other noun is known.

    >>> from kg.model import Evidence, Kind, Quantity, Reference, Span
    >>> quote = "Two battalions of the front, each with about 300 men, changed sides."
    >>> told = lambda number, text: Claim("strength", (Evidence("d", Span(0, 68), quote),), Reference("x", Kind.ARMED_GROUP, "x"),
    ...                                   quantity=Quantity(number, number, text))
    >>> counted(told(2, "Two")), counted(told(300, "about 300"))
    ('units', 'people each')
    """
    if claim.quantity is None:
        return None
    for evidence in claim.evidence:
        found = re.search(rf"(?<!\w){re.escape(claim.quantity.text)}(?!\w)", evidence.quote)
        if found:
            return _noun(evidence.quote[: found.start()], evidence.quote[found.end() :])
    return "people"


def _noun(before: str, after: str) -> str:
    things = "people"
    for word in _WORD.findall(after)[:_LOOKED_AT]:
        if word.lower() in _STOP or not word[0].isalpha():
            break
        things = _GROUPS.get(word.lower(), things)
    each = "each" in [w.lower() for w in (*_WORD.findall(before)[-2:], *_WORD.findall(after)[:3])]
    return f"{things} each" if each else things


def bounds(claim: Claim) -> tuple[float, float]:
    """How many a claim can mean, with what "about" and "nearly" leave open (`ABOUT`).

    "about 300" is 270 to 330, "nearly 450" 405 to 450; "over 200" has no upper end, "fewer than 450" begins at 0.

    Raises:
        ValueError: the claim has no number.
    """
    quantity = claim.quantity
    if quantity is None:
        raise ValueError(f"the claim {claim.id} has no number")
    slack = ABOUT if quantity.approximate else 0.0
    low = quantity.minimum * (1 - slack) if quantity.minimum is not None else 0.0
    high = quantity.maximum * (1 + slack) if quantity.maximum is not None else float("inf")
    if quantity.minimum is None and quantity.maximum is not None and _NEARLY.search(quantity.text):
        low = quantity.maximum * (1 - ABOUT)
    return low, high
