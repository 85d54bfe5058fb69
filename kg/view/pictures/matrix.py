"""Who stands with and against whom: a signed matrix of a day, ordered by camp, alone or one for each of several days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import ceil
from xml.etree.ElementTree import Element

from kg.view.looks import COLOURS
from kg.view.pictures.picture import GREY, INK, INNER, MARGIN, RULE, Frame, KeyEntry, Picture
from kg.view.pictures.svg import element, fit, measure, number, text
from kg.view.pictures.wording import counted, day_words, in_words, sentence, the

MOST_ACTORS = 30
_GAP = 6.0  # between camps
_MIXED = "#6a4c93"
_NAME_ROOM, _RIGHT_ROOM = 186.0, 66.0
_TURN = 60.0  # degrees; its cosine is a half
_LONGEST = 138.0  # of a turned name


@dataclass(frozen=True, slots=True)
class Stand:
    """How two actors stand to each other on a day."""

    a: str  # ids
    b: str
    sign: int  # +1 together, -1 against, 0 neither
    sure: bool  # False: perhaps
    mixed: bool  # told of both
    claims: int


@dataclass(frozen=True, slots=True)
class Standings:
    """One day: who stands how to whom, and the camps."""

    day: date | None  # None: of all time
    stands: tuple[Stand, ...]
    camps: tuple[tuple[str, ...], ...]  # ids; in the order in which they are shown; who is in none is shown after them


def draw_matrix(standings: Standings, names: Mapping[str, str], *, told: str, sources: str) -> Picture:
    """The signed matrix of one day."""
    order, camps, left_out = _order([standings])
    cell = max(12.0, min(22.0, (INNER - _NAME_ROOM - _RIGHT_ROOM - _GAP * len(camps)) / max(len(order), 1)))
    at, extent = _positions(order, camps, cell)
    label, turned = min(12.0, cell * 0.78), min(11.0, cell * 0.75)
    short = {actor: fit(names[actor], _LONGEST, turned) for actor in order}
    left, top = MARGIN + _NAME_ROOM, 16 + 0.87 * max((measure(words, turned) for words in short.values()), default=0)
    made: list[Element] = []
    for actor in order:
        middle = at[actor] + cell / 2
        name = fit(names[actor], _NAME_ROOM - 12, label)
        made.append(text(name, left - 8, top + middle + label * 0.35, size=label, fill=INK, anchor="end"))
        made.append(text(short[actor], left + middle + turned * 0.3, top - 6, size=turned, fill=INK, turn=-_TURN))
    made += _cells(standings, order, camps, at, cell, left, top)
    notes = ([f"{sentence(counted(left_out, 'actor'))} with the fewest ties not shown; the table has all."] if left_out else [])
    return Picture("matrix", Frame(finding_of_stands(standings, names), told, sources), tuple(made), top + extent + 6,
                   ("actor", "stands", "other", "how surely", "claims"), _rows([standings], names), _key(), tuple(notes))


def draw_matrices(series: Sequence[Standings], names: Mapping[str, str], *, told: str, sources: str) -> Picture:
    """One small matrix for each of several days, all in the order of the whole: what stays in its place has not changed."""
    order, camps, left_out = _order(series, most=26)
    columns = 2 if len(order) > 14 else 3
    numbers = {actor: i + 1 for i, actor in enumerate(order)}
    width = (INNER - 24 * (columns - 1)) / columns
    cell = max(6.0, min(14.0, (width - 24 - 3 * len(camps)) / max(len(order), 1)))
    at, extent = _positions(order, camps, cell, gap=3)
    high = extent + 44
    made: list[Element] = []
    for place, one in enumerate(series):
        left, top = MARGIN + (place % columns) * (width + 24) + 22, (place // columns) * high + 30
        made.append(text(_day(one), left - 22, top - 14, size=13, fill=INK, bold=True))
        pairs = Counter(stand.sign for stand in one.stands)
        label = f"{pairs[1]} together, {pairs[-1]} against"
        made.append(text(label, left - 22 + measure(_day(one), 13, bold=True) + 10, top - 14, size=11, fill=GREY))
        made += _cells(one, order, camps, at, cell, left, top)
        for actor in order:
            size = min(9.5, cell)
            made.append(text(str(numbers[actor]), left - 4, top + at[actor] + cell / 2 + size * 0.35, size=size, fill=GREY, anchor="end"))
    bottom = ceil(len(series) / columns) * high + 14
    listed, height = _listed(order, numbers, names, bottom)
    made += listed
    notes = [f"{sentence(counted(left_out, 'actor'))} with the fewest ties not shown; the table has all."] if left_out else []
    return Picture("matrix-by-year", Frame(_change(series, names), told, sources), tuple(made), height,
                   ("on", "actor", "stands", "other", "how surely", "claims"), _rows(series, names, dated=True), _key(), tuple(notes))


def finding_of_stands(standings: Standings, names: Mapping[str, str]) -> str:
    """What the matrix shows first: who has the most against it."""
    when = f"on {day_words(standings.day)}" if standings.day else "at some time"
    enemies = Counter(actor for s in standings.stands if s.sign < 0 for actor in (s.a, s.b))
    friends = Counter(actor for s in standings.stands if s.sign > 0 for actor in (s.a, s.b))
    if not enemies:
        together = sum(s.sign > 0 for s in standings.stands)
        return f"No two actors are told to stand against each other {when}, {counted(together, 'pair')} together"
    most = max(enemies.values())
    first = sorted(actor for actor in enemies if enemies[actor] == most)
    if len(first) > 1:
        total, pairs = sum(s.sign < 0 for s in standings.stands), sum(s.sign > 0 for s in standings.stands)
        who = f"{the(names[first[0]])} and {the(names[first[1]])} are" if total == 1 else f"{counted(total, 'pair')} are"
        return sentence(f"{who} told to stand against each other {when}, {counted(pairs, 'pair')} together")
    one = first[0]
    perhaps = sum(not s.sure for s in standings.stands if s.sign < 0 and one in (s.a, s.b))
    doubt = "" if not perhaps else ", perhaps" if perhaps == most else f", {in_words(perhaps)} of them only perhaps"
    with_ = f", and with {in_words(friends[one])}" if friends[one] else ", and with nobody"
    return sentence(f"{the(names[one])} is told to stand against {counted(most, 'actor')} {when}{doubt}{with_}")


def _change(series: Sequence[Standings], names: Mapping[str, str]) -> str:
    """Whose enemies changed most in number from the first day to the last; where no single actor's did, how many pairs there are."""
    counts = [(one, sum(s.sign > 0 for s in one.stands), sum(s.sign < 0 for s in one.stands)) for one in series]
    first, last = counts[0], counts[-1]
    if first is last:
        return f"{_day(first[0])}: {counted(first[1], 'pair')} together, {in_words(first[2])} against"
    begin, end = (Counter(actor for s in one.stands if s.sign < 0 for actor in (s.a, s.b)) for one in (series[0], series[-1]))
    moved = {actor: abs(end[actor] - begin[actor]) for actor in (*begin, *end)}
    most = [actor for actor in moved if moved[actor] == max(moved.values())]
    if len(most) == 1 and moved[most[0]] > 1:
        one = most[0]
        return sentence(f"{the(names[one])} is told to stand against {_actors(end[one])} on {_day(last[0])}, "
                        f"and against {_actors(begin[one])} on {_day(first[0])}")
    return sentence(f"{counted(last[2], 'pair')} told to stand against each other on {_day(last[0])}, "
                    f"{in_words(first[2], none='none')} on {_day(first[0])}; together {in_words(last[1], none='none')}, "
                    f"and {in_words(first[1], none='none')} then")


def _actors(number: int) -> str:
    return counted(number, "actor") if number else "nobody"


def _day(one: Standings) -> str:
    return day_words(one.day) if one.day else "all time"


def _order(series: Sequence[Standings], *, most: int = MOST_ACTORS) -> tuple[list[str], list[list[str]], int]:
    """Actors by camp: camps by their size, in a camp who has the most ties first; and how many are left out."""
    ties = Counter(actor for one in series for s in one.stands if s.sign or s.mixed for actor in (s.a, s.b))
    camps, seen = [], set()
    groups = sorted((camp for one in series for camp in one.camps), key=lambda camp: (-len(camp), camp))
    kept = {actor for actor, _ in sorted(ties.items(), key=lambda pair: (-pair[1], pair[0]))[:most]}
    for group in groups:
        camp = sorted((a for a in group if a in kept and a not in seen), key=lambda a: (-ties[a], a))
        seen |= set(camp)
        if camp:
            camps.append(camp)
    alone = sorted(kept - seen, key=lambda a: (-ties[a], a))
    large = [camp for camp in camps if len(camp) > 1]
    rest = [a for camp in camps if len(camp) == 1 for a in camp] + alone
    found = [*large, sorted(rest, key=lambda a: (-ties[a], a))] if rest else large
    return [a for camp in found for a in camp], found, len(ties) - len(kept)


def _positions(order: Sequence[str], camps: Sequence[Sequence[str]], cell: float, *, gap: float = _GAP) -> tuple[dict[str, float], float]:
    at, here = {}, 0.0
    for camp in camps:
        for actor in camp:
            at[actor] = here
            here += cell
        here += gap
    return at, max(here - gap, 0) if order else 0


def _cells(one: Standings, order: Sequence[str], camps: Sequence[Sequence[str]], at: Mapping[str, float], cell: float, left: float,
           top: float) -> list[Element]:
    made: list[Element] = []
    for camp in camps:
        for other in camps:
            own = camp is other and len(camp) > 1 and set(camp) <= {a for group in one.camps if len(group) > 1 for a in group}
            made.append(element("rect", x=left + at[other[0]], y=top + at[camp[0]], width=len(other) * cell, height=len(camp) * cell,
                                fill="#eaf2f8" if own else "#f7f8f9"))
    grid = []
    for camp in camps:
        first, last = at[camp[0]], at[camp[-1]] + cell
        for other in camps:
            low, high = at[other[0]], at[other[-1]] + cell
            grid += [f"M{number(left + low)} {number(top + at[a])}H{number(left + high)}" for a in camp[1:]]
            grid += [f"M{number(left + at[a])} {number(top + first)}V{number(top + last)}" for a in other[1:]]
    made.append(element("path", d="".join(grid) or "M0 0", stroke="#ffffff", stroke_width=1, fill="none"))
    made += [element("rect", x=left + at[a] + 0.5, y=top + at[a] + 0.5, width=cell - 1, height=cell - 1, fill=RULE) for a in order]
    shown = set(order)
    for s in one.stands:
        if (s.sign or s.mixed) and {s.a, s.b} <= shown:
            for row, column in ((s.a, s.b), (s.b, s.a)):
                made += mark(s.sign, s.sure, s.mixed, left + at[column] + cell / 2, top + at[row] + cell / 2, cell * 0.34)
    return made


def mark(sign: int, sure: bool, mixed: bool, x: float, y: float, r: float) -> list[Element]:
    """The sign of a stand: a disc with, a square against, a diamond for both; open where it only perhaps held."""
    colour = _MIXED if mixed and not sign else COLOURS[sign]
    look: dict[str, str | float] = {"fill": colour if sure else "#ffffff", "stroke": colour, "stroke_width": min(1.8, r * 0.45)}
    if mixed:
        r *= 1.2
        points = f"{number(x)},{number(y - r)} {number(x + r)},{number(y)} {number(x)},{number(y + r)} {number(x - r)},{number(y)}"
        return [element("polygon", points=points, **look)]
    if sign > 0:
        return [element("circle", cx=x, cy=y, r=r, **look)]
    return [element("rect", x=x - r * 0.92, y=y - r * 0.92, width=r * 1.84, height=r * 1.84, **look)]


def _key() -> tuple[KeyEntry, ...]:
    return (
        KeyEntry(tuple(mark(+1, True, False, 0, 0, 6)), "together", 14), KeyEntry(tuple(mark(-1, True, False, 0, 0, 6)), "against", 14),
        KeyEntry((*mark(+1, False, False, -8, 0, 6), *mark(-1, False, False, 8, 0, 6)), "perhaps (open)", 30),
        KeyEntry((*mark(+1, True, True, -15, 0, 5.5), *mark(-1, True, True, 0, 0, 5.5), *mark(0, True, True, 15, 0, 5.5)),
                 "told of both: more together, more against, as many", 46),
        KeyEntry((element("rect", x=-8, y=-7, width=16, height=14, fill="#eaf2f8"),), "camp", 16),
    )


def _listed(order: Sequence[str], numbers: Mapping[str, int], names: Mapping[str, str], top: float) -> tuple[list[Element], float]:
    """The names that the numbers stand for, in three columns."""
    columns = 3
    rows = ceil(len(order) / columns)
    width = INNER / columns
    made = []
    for i, actor in enumerate(order):
        x, y = MARGIN + (i // rows) * width, top + (i % rows) * 16
        made.append(text(str(numbers[actor]), x + 16, y, size=11, fill=GREY, anchor="end"))
        made.append(text(fit(names[actor], width - 34, 11), x + 22, y, size=11, fill=INK))
    return made, top + rows * 16


def _rows(series: Iterable[Standings], names: Mapping[str, str], *, dated: bool = False) -> tuple[tuple[object, ...], ...]:
    words = {1: "together", -1: "against", 0: "neither"}
    rows = []
    for one in series:
        for s in sorted(one.stands, key=lambda s: (-s.sign, names[s.a], names[s.b])):
            stand = f"{words[s.sign]} (told of both)" if s.mixed else words[s.sign]
            row = (names[s.a], stand, names[s.b], "surely" if s.sure else "perhaps", s.claims)
            rows.append((one.day, *row) if dated else row)
    return tuple(rows)
