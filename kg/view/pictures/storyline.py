"""A storyline: actors as lines that run through the sides they stand with, and cross over when they change."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from xml.etree.ElementTree import Element

from kg.model import Allegiance, Ending, Reference, Switch, SwitchKind
from kg.view.pictures.axis import TimeScale, draw_axis
from kg.view.pictures.findings import finding_of_switches, switch_words
from kg.view.pictures.picture import GREY, INK, MARGIN, PALETTE, WIDTH, Frame, KeyEntry, Picture, joined
from kg.view.pictures.svg import element, fit, line, measure, number, text
from kg.view.pictures.wording import counted, sentence

BINDING = ("member_of", "part_of", "defect", "split_from")
"""The relations that put an actor on a side: whom one is allied with or backs, one does not belong to."""

_MOST_ACTORS = 22
_MOST_SIDES = 10
_ROW, _HEADING, _SPACE = 26.0, 24.0, 10.0
_LABEL, _LONGEST = 11.5, 250.0
_SHORTEST = 16.0  # of a curve, across

_Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class _Stay:
    """The time of an actor on one side."""

    actor: Reference
    side: Reference
    first: date | None
    last: date | None
    sure: tuple[_Stretch, ...]
    documents: frozenset[str]
    ended: Ending | None = None
    leaves: bool = False  # its end is a change of side, and no new side is told of
    turn: tuple[date | None, date | None] | None = None  # the days within which it came here from another side


@dataclass(slots=True)
class _Drawn:
    """Where a stay is drawn."""

    stay: _Stay
    left: float
    right: float
    label: float
    words: str
    y: float = 0.0
    below: bool = False  # the label, where the line turns up into it


def draw_storyline(histories: Mapping[str, Sequence[Allegiance]], switches: Sequence[Switch], *, first: date, last: date, told: str,
                   sources: str) -> Picture:
    """The lines of all actors whose membership is told of, those that change sides first.

    Args:
        histories: whom each actor stood with.
        switches: changes of side that are said to have happened; the finding is made from those that can lie in the days shown.
        first: first day shown.
        last: last day shown.
        told: what the subtitle says.
        sources: the line of sources.
    """
    scale = TimeScale(first, last, MARGIN, WIDTH - MARGIN)
    shown = [s for s in switches if s.who and s.kind is not SwitchKind.TIES and s.within(first, last) and (s.earliest or s.latest)]
    routes = [inside for actor, spans in histories.items() for route in _routes(spans, _moves(shown, actor, spans))
              if (inside := _within(route, first, last))]
    chosen, left_out = _chosen(routes)
    lanes = _lanes(chosen)
    colours = {lane: PALETTE[i] if i < len(PALETTE) else GREY for i, lane in enumerate(lanes)}
    names = {stay.side.id: stay.side.name for route in chosen for stay in route}
    drawn: dict[int, _Drawn] = {}
    made: list[Element] = []
    front: list[Element] = []
    y = 0.0
    for band, lane in enumerate(lanes):
        rows: list[float] = []
        members = [stay for route in chosen for stay in route if _lane(stay) == lane]
        for stay in sorted(members, key=lambda s: (_pull(s, chosen, lanes), s.first or date.min, s.actor.name, s.actor.id)):
            one = _horizontal(stay, chosen, scale)
            one.below = _next(stay, chosen, lanes) < 0 and one.label + measure(one.words, _LABEL) > one.right - 6
            begin, end = min(one.left, one.label), max(one.right, one.label + measure(one.words, _LABEL)) + 14
            row = next((i for i, right in enumerate(rows) if right <= begin), len(rows))
            rows[row:row + 1] = [end]
            one.y = y + _HEADING + (row + 1) * _ROW - 4 - (12 if one.below else 0)
            drawn[id(stay)] = one
        height = _HEADING + len(rows) * _ROW + 8
        made.append(element("rect", x=MARGIN, y=y, width=WIDTH - 2 * MARGIN, height=height, fill="#fbfbfb" if band % 2 else "#f5f7f8"))
        made.append(element("rect", x=MARGIN, y=y, width=3, height=height, fill=colours[lane]))
        front.append(text(fit(names[lane], 500, 12.5, bold=True), MARGIN + 10, y + 17, size=12.5, fill=INK, bold=True, halo=True))
        y += height + _SPACE
    bottom = max(y - _SPACE, 20.0)
    made += draw_axis(scale, 0, bottom)
    for route in chosen:
        made += _draw_route(route, drawn, colours, scale)
        front += [text(one.words, one.label, one.y + (14 if one.below else -6), size=_LABEL, fill=INK, halo=True)
                  for one in (drawn[id(stay)] for stay in route)]
    return Picture("timeline", Frame(finding_of_switches(shown, first, last), told, sources), (*made, *front), bottom + 22,
                   ("actor", "stood with", "as", "perhaps from", "surely", "perhaps until", "ended", "documents"), _rows(histories),
                   _key(chosen), _notes(switches, shown, left_out))


def _routes(spans: Sequence[Allegiance], moves: Sequence[Switch]) -> list[list[_Stay]]:
    """The lines of an actor: through the sides that its changes tell of; without any, on the side that most documents tell of.

    A change from another side than the last one joined begins a line of its own: the two are told by different voices.
    """
    sides: defaultdict[str, list[Allegiance]] = defaultdict(list)
    for span in spans:
        if span.relation in BINDING:
            sides[span.side.id].append(span)
    stays = {side: _stay(group) for side, group in sides.items()}
    if not moves:
        ranked = sorted(stays.values(), key=lambda s: (s.ended is not None, -len(s.documents), not s.sure, s.side.name))
        return [[ranked[0]]] if ranked else []
    routes: list[list[_Stay]] = []
    for move in moves:
        old, new = (_joined(stays, side, move) if side else None for side in (move.from_, move.to))
        if old and not (routes and _lane(routes[-1][-1]) == _lane(old)):
            routes.append([old])
        if old:
            routes[-1][-1] = replace(routes[-1][-1], last=move.latest, leaves=new is None)
        if new:
            arrived = replace(new, first=move.earliest, turn=(move.earliest, move.latest))
            if old:
                routes[-1].append(arrived)
            else:
                routes.append([arrived])
    return routes


def _joined(stays: Mapping[str, _Stay], side: Reference, move: Switch) -> _Stay:
    known = stays.get(side.id)
    return known or _Stay(move.who or side, side, None, None, (), frozenset(voice.document for voice in move.voices))


def _stay(group: Sequence[Allegiance]) -> _Stay:
    firsts, lasts = [span.first for span in group], [span.last for span in group]
    sure = sorted((s.sure_from, s.sure_until) for span in group for s in span.spells
                  if s.sure_from and s.sure_until and s.sure_from <= s.sure_until)
    endings = [span.ending for span in group]
    return _Stay(
        group[0].actor, group[0].side, None if None in firsts else min(d for d in firsts if d),
        None if None in lasts else max(d for d in lasts if d), tuple(sure),
        frozenset(d for span in group for d in span.documents), None if None in endings else endings[-1])


def _moves(switches: Sequence[Switch], actor: str, spans: Sequence[Allegiance]) -> list[Switch]:
    """The changes of one actor in their order."""
    ids = {actor, *(span.actor.id for span in spans)}
    return [s for s in switches if s.who and s.who.id in ids]


def _within(route: Sequence[_Stay], first: date, last: date) -> list[_Stay]:
    return [s for s in route if not ((s.last and s.last < first) or (s.first and s.first > last))]


def _chosen(routes: Sequence[list[_Stay]]) -> tuple[list[list[_Stay]], int]:
    """The lines with room: those that change sides, then the best attested on sides that others are on too; how many are left out."""
    count = Counter(lane for route in routes for lane in {_lane(stay) for stay in route})
    moving = {lane for route in routes if _moved(route) for lane in map(_lane, route)}
    fitting = [route for route in routes if _moved(route) or any(count[_lane(s)] > 1 or _lane(s) in moving for s in route)]
    ranked = sorted(fitting, key=lambda r: (not _moved(r), -max(len(s.documents) for s in r), r[0].actor.name, r[0].actor.id))
    chosen: list[list[_Stay]] = []
    sides: set[str] = set()
    for route in ranked:
        if len(chosen) < _MOST_ACTORS and len(sides | set(map(_lane, route))) <= _MOST_SIDES:
            chosen.append(route)
            sides |= set(map(_lane, route))
    return chosen, len(routes) - len(chosen)


def _moved(route: Sequence[_Stay]) -> bool:
    return len(route) > 1 or route[0].turn is not None or route[0].leaves


def _lane(stay: _Stay) -> str:
    return stay.side.id


def _lanes(routes: Sequence[list[_Stay]]) -> list[str]:
    """The sides from top to bottom: the one with most changes first, then whichever exchanges most with those above it."""
    size = Counter(_lane(stay) for route in routes for stay in route)
    moves = Counter(frozenset(map(_lane, pair)) for route in routes for pair in itertools.pairwise(route))
    changes = Counter(lane for pair, count in moves.items() for lane in pair for _ in range(count))
    left = Counter(_lane(stay) for route in routes for stay in route[:-1])
    rest, placed = set(size), list[str]()
    while rest:
        best = min(rest, key=lambda lane: (-moves[frozenset((lane, placed[-1]))] if placed else 0,
                                           -sum(moves[frozenset((lane, other))] for other in placed), -changes[lane], -left[lane],
                                           -size[lane], lane))
        placed.append(best)
        rest.discard(best)
    return placed


def _horizontal(stay: _Stay, routes: Sequence[list[_Stay]], scale: TimeScale) -> _Drawn:
    """From where to where the straight part of a stay reaches, and where its name stands."""
    route = next(r for r in routes if any(s is stay for s in r))
    at = next(i for i, s in enumerate(route) if s is stay)
    left, right = scale.x(stay.first), scale.x(stay.last, end=True)
    if at:
        left = _curve(route[at - 1], stay, scale)[1]
    if at + 1 < len(route):
        right = _curve(stay, route[at + 1], scale)[0]
    right = max(left, right)
    words = fit(stay.actor.name, _LONGEST, _LABEL)
    begin = right + 8 if stay.leaves and right - left < 12 else left + 4  # beside the mark of a stay that is too short for it
    label = max(min(begin, scale.right - measure(words, _LABEL) - 2), scale.left + 10)
    return _Drawn(stay, left, right, label, words)


def _next(stay: _Stay, routes: Sequence[list[_Stay]], lanes: Sequence[str], *, step: int = 1) -> int:
    """How many lanes down (up: below 0) the next side of the line lies; with `step` -1, the side before."""
    route = next(r for r in routes if any(s is stay for s in r))
    at = next(i for i, s in enumerate(route) if s is stay) + step
    return lanes.index(_lane(route[at])) - lanes.index(_lane(stay)) if 0 <= at < len(route) else 0


def _pull(stay: _Stay, routes: Sequence[list[_Stay]], lanes: Sequence[str]) -> int:
    """Where in its lane a line lies best: near those lanes that it comes from and goes to."""
    pull = _next(stay, routes, lanes) + _next(stay, routes, lanes, step=-1)
    return (pull > 0) - (pull < 0)


def _curve(old: _Stay, new: _Stay, scale: TimeScale) -> tuple[float, float]:
    low, high = new.turn or (new.first, old.last)
    low = low or max([until for _, until in old.sure if not high or until <= high], default=old.first or high)
    x0, x1 = scale.x(low), scale.x(high or low, end=True)
    more = max(_SHORTEST - (x1 - x0), 0) / 2
    return max(x0 - more, scale.left), min(x1 + more, scale.right)


def _draw_route(route: Sequence[_Stay], drawn: Mapping[int, _Drawn], colours: Mapping[str, str], scale: TimeScale) -> list[Element]:
    made: list[Element] = []
    moves = len(route) > 1
    width = 3.2 if moves else 2.0
    for stay in route:
        one = drawn[id(stay)]
        colour = colours[_lane(stay)]
        made.append(line(one.left, one.y, one.right, one.y, stroke=colour, width=1.6 if not moves else 2.2, dash="2 4"))
        for begin, until in stay.sure:
            x0, x1 = max(scale.x(begin), one.left), min(scale.x(until, end=True), one.right)
            if x1 >= x0:
                made.append(line(x0, one.y, max(x1, x0 + 4), one.y, stroke=colour, width=width + 1.6))
        if stay.leaves and scale.left < one.right < scale.right:
            made += [line(one.right - 4, one.y + 5 * way, one.right + 4, one.y - 5 * way, stroke=INK, width=2.2) for way in (1, -1)]
    if route[0].turn and drawn[id(route[0])].left > scale.left:
        start = drawn[id(route[0])]
        made.append(element("circle", cx=start.left, cy=start.y, r=3.4, fill="#ffffff", stroke=INK, stroke_width=2))
    for old, new in itertools.pairwise(route):
        a, b = drawn[id(old)], drawn[id(new)]
        middle = (a.right + b.left) / 2
        curve = (f"M{number(a.right)} {number(a.y)}C{number(middle)} {number(a.y)} {number(middle)} {number(b.y)} "
                 f"{number(b.left)} {number(b.y)}")
        made.append(element("path", d=curve, fill="none", stroke=INK, stroke_width=2.2))
        made += [element("circle", cx=x, cy=y, r=3.4, fill=INK) for x, y in ((a.right, a.y), (b.left, b.y))]
    return made


def _key(routes: Sequence[list[_Stay]]) -> tuple[KeyEntry, ...]:
    """The signs that are drawn."""
    curve = element("path", d="M-14 6C0 6 0 -6 14 -6", fill="none", stroke=INK, stroke_width=2.2)
    dots = (element("circle", cx=-14, cy=6, r=3.2, fill=INK), element("circle", cx=14, cy=-6, r=3.2, fill=INK))
    cross = (line(-4, 5, 4, -5, stroke=INK, width=2.2), line(-4, -5, 4, 5, stroke=INK, width=2.2))
    ring = element("circle", cx=0, cy=0, r=3.4, fill="#ffffff", stroke=INK, stroke_width=2)
    made = [KeyEntry((line(-13, 0, 13, 0, stroke=GREY, width=4.8),), "surely on this side", 26),
            KeyEntry((line(-13, 0, 13, 0, stroke=GREY, width=2, dash="2 4"),), "perhaps", 26)]
    if any(len(route) > 1 for route in routes):
        made.append(KeyEntry((curve, *dots), "changed sides, within the days that the curve spans", 34))
    if any(stay.leaves for route in routes for stay in route):
        made.append(KeyEntry(cross, "left, nobody tells for whom", 12))
    if any(route[0].turn for route in routes):
        made.append(KeyEntry((ring,), "came, nobody tells from whom", 12))
    return tuple(made)


def _notes(switches: Sequence[Switch], shown: Iterable[Switch], left_out: int) -> tuple[str, ...]:
    kept = set(map(id, shown))
    others = [s for s in switches if id(s) not in kept and s.who and s.kind is not SwitchKind.TIES]
    unnamed = sum(not s.who for s in switches)
    notes = []
    if unnamed:
        are = "is no line" if unnamed == 1 else "are no lines"
        notes.append(f"{sentence(counted(unnamed, 'change'))} of side by unnamed people {are} here: kg flows counts people.")
    if others:
        told = joined([switch_words(s) for s in others[:4]])
        more = f"; and {len(others) - 4} more" if len(others) > 4 else ""
        notes.append(f"Outside these days or without a date: {told}{more}.")
    if left_out:
        notes.append(f"{sentence(counted(left_out, 'actor'))} whose side nobody else shares, or for whom there is no room: in the table.")
    return tuple(notes)


def _rows(histories: Mapping[str, Sequence[Allegiance]]) -> tuple[tuple[object, ...], ...]:
    return tuple(allegiance_row(span) for spans in histories.values() for span in spans)


def allegiance_row(span: Allegiance) -> tuple[object, ...]:
    """An allegiance as a row of a table twin."""
    surely = "; ".join(f"{s.sure_from}/{s.sure_until}" for s in span.spells if s.sure_from and s.sure_until and s.sure_from <= s.sure_until)
    return (span.actor.name, span.side.name, span.relation, span.first, surely or None, span.last, span.ending and span.ending.value,
            len(span.documents))
