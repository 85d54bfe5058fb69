"""Who holds which places on a day: points on a map, with the boundaries of the country where there are any."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from kg.model import Answer, Place, Reference
from kg.view.pictures.boundaries import Boundaries
from kg.view.pictures.ground import Projection, choose_view, draw_ground, draw_inset, fit_view, name_divisions, scale_box
from kg.view.pictures.picture import GREY, INK, INNER, MARGIN, PALE, PALETTE, WIDTH, Frame, KeyEntry, Picture, joined
from kg.view.pictures.placing import Box, Wanted, place_labels
from kg.view.pictures.svg import element, fit, path, text, wrap
from kg.view.pictures.wording import counted, day_words, in_words, sentence, the

_SIDE = 225.0  # room beside the map
_LABEL, _RADIUS = 11.5, 6.0
_MOST_NEIGHBOURS = 40
_SHAPES = ("disc", "square", "diamond", "triangle", "cross", "ring")


@dataclass(frozen=True, slots=True)
class Held:
    """That an actor holds a place on a day, surely or perhaps."""

    place: Reference
    holder: Reference
    answer: Answer
    denied: bool = False  # a claim says that it does not


@dataclass(frozen=True, slots=True)
class Control:
    """One day: who holds what."""

    day: date
    held: tuple[Held, ...]


def draw_map(control: Control, places: Sequence[Place], *, country: str, boundaries: Boundaries | None, told: str, sources: str) -> Picture:
    """The map of a country on a day.

    Args:
        control: who holds what, in every country.
        places: the places whose points are known.
        country: the ISO 3166-1 alpha-2 code of the country that is drawn; what lies elsewhere is listed.
        boundaries: the background; `None`: a net of degrees alone.
        told: what the subtitle says of the day and the policy.
        sources: the line of sources.
    """
    known = {place.id: place for place in places if place.latitude is not None and place.longitude is not None}
    here = [held for held in control.held if (place := known.get(held.place.id)) and place.country == country and place.kind != "country"]
    looks = _looks(here)
    side = _SIDE if looks or control.held else 0.0
    view = choose_view([known[h.place.id] for h in here], boundaries)
    projection, box = fit_view(view, MARGIN, WIDTH - MARGIN - side - 16)
    made = [draw_ground(projection, box, boundaries)]
    drawn_ids = {held.place.id for held in here}
    inset, taken = draw_inset(projection, boundaries, box)
    made += _points(here, known, looks, projection, box, boundaries=boundaries, taken=taken,
                    near=() if boundaries else [p for p in places if p.kind not in (*_AREAS, "country") and p.id not in drawn_ids])
    made += inset
    right, used = _aside(control, here, known, looks, box.right + 18)
    made += right
    drawn = f"Boundaries: {boundaries.vintage}; they claim nothing about who holds what." if boundaries else "No boundaries are at hand."
    note = (f"{drawn} A point is the place's, not the extent of what is held; a dotted ring is a whole region or district. "
            "Equirectangular projection, true to scale at the middle latitude.")
    return Picture("map", Frame(finding_of_control(control, here), told, sources), tuple(made), max(box.bottom, used) + 4,
                   ("place", "holder", "that day", "denied", "latitude", "longitude"), _rows(control.held, known), _key(),
                   (note,))


def draw_maps(series: Sequence[Control], places: Sequence[Place], *, country: str, boundaries: Boundaries | None, told: str,
              sources: str) -> Picture:
    """One small map for each of several days, all in one scale and one set of signs."""
    known = {place.id: place for place in places if place.latitude is not None and place.longitude is not None}
    shown = [[h for h in one.held if (p := known.get(h.place.id)) and p.country == country and p.kind != "country"] for one in series]
    every = [held for part in shown for held in part]
    looks = _looks(every)
    columns = 3
    width = (INNER - 20 * (columns - 1)) / columns
    view = choose_view([known[h.place.id] for h in every], boundaries)
    made: list[Element] = []
    bottom = 0.0
    for place, (one, here) in enumerate(zip(series, shown, strict=True)):
        left = MARGIN + (place % columns) * (width + 20)
        if place % columns == 0:
            top = bottom + 24
        projection, box = fit_view(view, left, left + width, top=top, highest=300)
        made.append(text(day_words(one.day), left, top - 8, size=13, fill=INK, bold=True))
        made.append(draw_ground(projection, box, boundaries, small=True))
        made += _points(here, known, looks, projection, box)
        bottom = max(bottom, box.bottom + 8)
    listed, used = _legend(looks, Counter(), MARGIN, bottom + 22, INNER)
    finding = _finding_of_change([one.day for one in series], shown)
    rows = tuple((one.day, *row) for one in series for row in _rows(one.held, known))
    notes = (f"Boundaries: {boundaries.vintage}." if boundaries else "No boundaries are at hand.",)
    return Picture("map-by-year", Frame(finding, told, sources), (*made, *listed), used,
                   ("on", "place", "holder", "that day", "denied", "latitude", "longitude"), rows, _key(), notes)


def finding_of_control(control: Control, here: Sequence[Held]) -> str:
    """Who is told to hold most of the places that are drawn."""
    when = f"on {day_words(control.day)}"
    if not here:
        return f"No place with a known point is told to be held by anybody {when}"
    places = len({held.place.id for held in here})
    holders = Counter(held.holder.id for held in here)
    names = {held.holder.id: held.holder.name for held in here}
    most = max(holders.values())
    first = sorted((names[h] for h in holders if holders[h] == most), key=str.casefold)
    sure = sum(held.answer is Answer.YES and names[held.holder.id] == first[0] for held in here)
    if places == 1 and len(first) > 1:
        whose = joined([the(name) for name in first])
        return sentence(f"{whose} are each told to hold {here[0].place.name} {when}")
    if len(first) > 1:
        told = f"{counted(len(holders), 'holder')} of {counted(places, 'place')} are told of {when}"
        return sentence(f"{told}, {f'none of more than {in_words(most)}' if most > 1 else 'each of one'}")
    none = ", each only perhaps" if most > 1 else ", perhaps"
    doubt = "" if sure == most else f", {in_words(sure)} surely" if sure else none
    return sentence(f"{the(first[0])} is told to hold {in_words(most)} of {counted(places, 'place')} on the map {when}{doubt}")


def _finding_of_change(days: Sequence[date], shown: Sequence[Sequence[Held]]) -> str:
    """Whose number of places changed most from the first day to the last; of several, the one with more of them in the end."""
    begin, end = (Counter(held.holder.id for held in part) for part in (shown[0], shown[-1]))
    names = {held.holder.id: held.holder.name for part in shown for held in part}
    if not names:
        return f"No place with a known point is told to be held by anybody from {day_words(days[0])} to {day_words(days[-1])}"
    if len(days) == 1 or begin == end:
        places = counted(len({held.place.id for held in shown[-1]}), "place")
        same = f", by the same holders as on {day_words(days[0])}" if len(days) > 1 else ""
        are = "is" if places.startswith("one ") else "are"
        return sentence(f"{places} on the map {are} told to be held on {day_words(days[-1])}{same}")
    first = min(names, key=lambda holder: (-abs(end[holder] - begin[holder]), -end[holder], names[holder].casefold()))
    perhaps = all(held.answer is not Answer.YES for held in shown[-1] if held.holder.id == first)
    doubt = ", perhaps," if perhaps and end[first] else ""
    before, after = (f"{counted(number[first], 'place')}" if number[first] else "no place" for number in (begin, end))
    before = before.rpartition(" ")[0] if after != "no place" and before != "no place" else before
    return sentence(f"{the(names[first])} is told to hold {after} on {day_words(days[-1])}{doubt} and {before} on {day_words(days[0])}")


def _looks(held: Sequence[Held]) -> dict[str, tuple[str, str, str]]:
    """The colour, the shape and the name of each holder, those of most places first; beyond six, one grey."""
    count = Counter(one.holder.id for one in held)
    names = {one.holder.id: one.holder.name for one in held}
    ranked = sorted(count, key=lambda holder: (-count[holder], names[holder]))
    return {holder: (*((PALETTE[i], _SHAPES[i]) if i < len(PALETTE) else (PALE, "disc")), names[holder]) for i, holder in enumerate(ranked)}


def _points(here: Sequence[Held], known: dict[str, Place], looks: dict[str, tuple[str, str, str]], projection: Projection, box: Box, *,
            boundaries: Boundaries | None = None, taken: Sequence[Box] | None = None, near: Sequence[Place] = ()) -> list[Element]:
    """The marks, several holders of a place side by side; where `taken` says what labels must not cover, the names too.

    `near`: places of which nothing is told, for orientation.
    """
    by_place: dict[str, list[Held]] = {}
    for held in here:
        by_place.setdefault(held.place.id, []).append(held)
    made: list[Element] = []
    wanted = []
    radius = _RADIUS if taken is not None else 4.2
    for id_, holders in sorted(by_place.items(), key=lambda pair: (known[pair[0]].kind not in _AREAS, -len(pair[1]), pair[0])):
        place = known[id_]
        x, y = projection.at(place.longitude or 0.0, place.latitude or 0.0)
        if not (box.left <= x <= box.right and box.top <= y <= box.bottom):
            continue
        ring = 5.0 if place.kind in _AREAS and taken is not None else 0.0
        width = radius * 2 * len(holders)
        if ring:
            made.append(element("circle", cx=x, cy=y, r=width / 2 + ring, fill="none", stroke=GREY, stroke_width=1.2,
                                stroke_dasharray="1.5 3", stroke_linecap="round"))
        for i, held in enumerate(sorted(holders, key=lambda h: list(looks).index(h.holder.id))):
            colour, shape, _ = looks[held.holder.id]
            said = f"{held.place.name}: {held.holder.name}, {'surely' if held.answer is Answer.YES else 'perhaps'}"
            made.append(element("g", element("title", said), *sign(shape, colour, held.answer is Answer.YES,
                                                                    x - width / 2 + radius * (2 * i + 1), y, radius - 0.8)))
        wanted.append(Wanted(fit(holders[0].place.name, 150, _LABEL), x, y, width / 2 + ring))
    if taken is not None:
        placed = [one for one in place_labels(wanted, box, size=_LABEL, taken=(scale_box(box), *taken)) if one]
        marks = [Box(w.x - w.radius, w.y - w.radius, w.x + w.radius, w.y + w.radius) for w in wanted]
        blocked = [*marks, *(one.box for one in placed), scale_box(box), *taken]
        made = [*name_divisions(boundaries, projection, box, blocked), *_neighbours(near, projection, box, blocked), *made,
                *(text(one.words, one.x, one.y, size=_LABEL, fill=INK, halo=True) for one in placed)]
    return made


def _neighbours(near: Sequence[Place], projection: Projection, box: Box, blocked: Sequence[Box]) -> list[Element]:
    """Other places in view, small and pale, with their names where there is room."""
    inner = Box(box.left + 42, box.top + 24, box.right - 6, box.bottom - 6)  # clear of the degrees
    spots = [(place, *projection.at(place.longitude or 0.0, place.latitude or 0.0)) for place in near if place.latitude is not None]
    wanted = [Wanted(fit(place.name, 110, 10), x, y, 2) for place, x, y in sorted(spots, key=lambda spot: spot[0].id)
              if Box(x - 2, y - 2, x + 2, y + 2).within(inner) and not any(Box(x - 2, y - 2, x + 2, y + 2).meets(b) for b in blocked)]
    named = [one for one in place_labels(wanted[:_MOST_NEIGHBOURS], inner, size=10, taken=blocked) if one]
    return [*(element("circle", cx=one.x, cy=one.y, r=2, fill=PALE) for one in wanted[:_MOST_NEIGHBOURS]),
            *(text(one.words, one.x, one.y, size=10, fill=PALE) for one in named)]


_AREAS = ("region", "district")


def sign(shape: str, colour: str, sure: bool, x: float, y: float, r: float) -> list[Element]:
    """The mark of a holder; open where it only perhaps holds the place."""
    look: dict[str, str | float] = {"fill": colour if sure else "#ffffff", "stroke": colour,
                                    "stroke_width": 1 if sure else max(1.4, r * 0.4)}
    r = r if sure else r - 0.4
    if shape in ("disc", "ring"):
        inner = [element("circle", cx=x, cy=y, r=r * 0.35, fill="#ffffff" if sure else colour)] if shape == "ring" else []
        return [element("circle", cx=x, cy=y, r=r, **look), *inner]
    if shape == "square":
        return [element("rect", x=x - r * 0.9, y=y - r * 0.9, width=r * 1.8, height=r * 1.8, **look)]
    corners = {"diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)), "triangle": ((0, -1.1), (1.1, 0.85), (-1.1, 0.85)),
               "cross": ((-.4, -1.05), (.4, -1.05), (.4, -.4), (1.05, -.4), (1.05, .4), (.4, .4), (.4, 1.05), (-.4, 1.05), (-.4, .4),
                         (-1.05, .4), (-1.05, -.4), (-.4, -.4))}[shape]
    return [element("path", d=path([(x + dx * r, y + dy * r) for dx, dy in corners], close=True), stroke_linejoin="round", **look)]


def _aside(control: Control, here: Sequence[Held], known: dict[str, Place], looks: dict[str, tuple[str, str, str]], left: float,
           ) -> tuple[list[Element], float]:
    """Beside the map: the holders with their signs, then the places without a point and those elsewhere."""
    width = WIDTH - MARGIN - left
    count = Counter(held.holder.id for held in here)
    made, y = _legend(looks, count, left, 14, width, columns=1)
    drawn = {held.place.id for held in here}
    pointless = [h for h in control.held if h.place.id not in known]
    elsewhere = [h for h in control.held if h.place.id in known and h.place.id not in drawn]
    for heading, group in (("Not on the map: no point known", pointless), ("Not on the map: elsewhere", elsewhere)):
        if not group:
            continue
        y += 12
        made.append(text(heading, left, y, size=11.5, fill=INK, bold=True))
        y += 16
        lines: dict[str, list[str]] = {}
        for held in sorted(group, key=lambda h: (h.place.name.casefold(), h.place.id, h.holder.name)):
            lines.setdefault(held.place.name, []).append(held.holder.name)
        entries = list(lines.items())
        for name, holders in entries[:9]:
            for words in wrap(f"{name}: {joined(holders)}", width, 10.5, most=2):
                made.append(text(words, left, y, size=10.5, fill=GREY))
                y += 13.5
            y += 2.5
        if len(entries) > 9:
            made.append(text(f"and {len(entries) - 9} more, in the table", left, y, size=10.5, fill=GREY))
            y += 14
    return made, y


def _legend(looks: dict[str, tuple[str, str, str]], count: Counter[str], left: float, y: float, width: float, *,
            columns: int = 3) -> tuple[list[Element], float]:
    made: list[Element] = []
    shown = list(looks.items())[:len(PALETTE)]
    rest = len(looks) - len(shown)
    across = width / columns
    lowest = y
    for i, (holder, (colour, shape, name)) in enumerate(shown):
        x = left + (i % columns) * across
        places = f"{name} ({count[holder]})" if count else name
        lines = wrap(places, across - 26, 11.5, most=2)
        made += sign(shape, colour, True, x + 8, y - 4, _RADIUS)
        for j, words in enumerate(lines):
            made.append(text(words, x + 22, y + j * 14, size=11.5, fill=INK))
        lowest = max(lowest, y + len(lines) * 14 + 5)
        if i % columns == columns - 1:
            y = lowest
    if rest:
        made += sign("disc", PALE, True, left + 8, lowest - 4, _RADIUS)
        made.append(text(counted(rest, "other holder"), left + 22, lowest, size=11.5, fill=INK))
        lowest += 19
    return made, lowest


def _key() -> tuple[KeyEntry, ...]:
    return (KeyEntry(tuple(sign("disc", GREY, True, 0, 0, 5.5)), "surely held that day", 14),
            KeyEntry(tuple(sign("disc", GREY, False, 0, 0, 5.5)), "perhaps: told of before, no loss told of since; or not dated", 14))


def _rows(held: Sequence[Held], known: dict[str, Place]) -> tuple[tuple[object, ...], ...]:
    return tuple((h.place.name, h.holder.name, h.answer.value, "yes" if h.denied else None,
                  known[h.place.id].latitude if h.place.id in known else None, known[h.place.id].longitude if h.place.id in known else None)
                 for h in sorted(held, key=lambda h: (h.place.name, h.place.id, h.holder.name)))


def main_country(held: Sequence[Held], places: Sequence[Place]) -> str | None:
    """The country in which most of the held places lie; `None`: none has a point.

    Of equals the first by its code.
    """
    known = {place.id: place for place in places if place.latitude is not None and place.kind != "country"}
    count = Counter(known[id_].country for id_ in {h.place.id for h in held} if id_ in known)
    return min(count, key=lambda code: (-count[code], code)) if count else None


