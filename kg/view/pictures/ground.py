"""The ground of a map: the projection, land with its divisions, a net of degrees, the scale, where it lies in its country."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, cos, floor, log10, radians
from xml.etree.ElementTree import Element

from kg.model import Place
from kg.view.pictures.boundaries import Boundaries
from kg.view.pictures.picture import GREY, INK, PALE, RULE
from kg.view.pictures.placing import Box
from kg.view.pictures.svg import element, line, measure, number, path, text

_SEA, _LAND, _BORDER = "#f4f7f9", "#e9ece6", "#ffffff"
_HIGHEST, _INSET = 640.0, 118.0
_KM = 111.32  # a degree of latitude


@dataclass(frozen=True, slots=True)
class Projection:
    """Equirectangular: degrees of longitude shrunk by the cosine of the middle latitude, so that distances are right there."""

    west: float
    north: float
    shrink: float
    scale: float  # pixels a degree of latitude
    left: float
    top: float

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Where a point lies in the drawing."""
        return self.left + (longitude - self.west) * self.shrink * self.scale, self.top + (self.north - latitude) * self.scale


def choose_view(points: Sequence[Place], boundaries: Boundaries | None) -> Box:
    """What to show, in degrees (top: south): the points with room around them, within the country where its boundaries are known."""
    spots = [(p.longitude or 0.0, p.latitude or 0.0) for p in points]
    whole = _extent([spot for division in boundaries.divisions for ring in division.rings for spot in ring], 0.25) if boundaries else None
    if not spots:
        return whole or Box(-1, -1, 1, 1)
    near = _extent(spots, 0.0)
    near = _extent(spots, max(1.4, 0.3 * max(near.right - near.left, near.bottom - near.top)))
    if whole is None:
        return near
    return Box(max(near.left, whole.left), max(near.top, whole.top), min(near.right, whole.right), min(near.bottom, whole.bottom))


def _extent(spots: Sequence[tuple[float, float]], margin: float) -> Box:
    xs, ys = [x for x, _ in spots], [y for _, y in spots]
    return Box(min(xs) - margin, min(ys) - margin, max(xs) + margin, max(ys) + margin)


def fit_view(view: Box, left: float, right: float, *, top: float = 0, highest: float = _HIGHEST) -> tuple[Projection, Box]:
    """The projection that shows the view between left and right, no higher than allowed, and no narrower than half as wide as high."""
    shrink = max(cos(radians((view.top + view.bottom) / 2)), 0.05)
    scale = min((right - left) / ((view.right - view.left) * shrink), highest / (view.bottom - view.top))
    width = (view.right - view.left) * shrink * scale
    more = ((right - left) - width) / (shrink * scale) / 2
    high = (view.bottom - view.top) * scale
    return Projection(view.left - more, view.bottom, shrink, scale, left, top), Box(left, top, right, top + high)


def draw_ground(projection: Projection, box: Box, boundaries: Boundaries | None, *, small: bool = False) -> Element:
    """Sea, land and a scale; an inner `svg`, which cuts off what lies outside."""
    made = [element("rect", x=box.left, y=box.top, width=box.right - box.left, height=box.bottom - box.top, fill=_SEA)]
    made += _draw_land(projection, boundaries, 0.6 if small else 1.4)
    if boundaries is None:
        made += _net(projection, box, small=small)
    if not small:
        made += _scale_bar(projection, box)
    width, height = box.right - box.left, box.bottom - box.top
    return element("svg", *made, x=box.left, y=box.top, width=width, height=height,
                   viewBox=" ".join(map(number, (box.left, box.top, width, height))))


def _draw_land(projection: Projection, boundaries: Boundaries | None, border: float) -> list[Element]:
    made = []
    for division in boundaries.divisions if boundaries else ():
        outline = "".join(path([projection.at(*point) for point in ring[:-1]], close=True) for ring in division.rings)
        made.append(element("path", element("title", division.name), d=outline, fill=_LAND, stroke=_BORDER, stroke_width=border,
                            stroke_linejoin="round", fill_rule="evenodd"))
    return made


def draw_inset(shown: Projection, boundaries: Boundaries | None, box: Box) -> tuple[list[Element], list[Box]]:
    """The whole country small, with what the map shows of it; nothing where the map shows it whole."""
    if boundaries is None:
        return [], []
    whole = _extent([spot for division in boundaries.divisions for ring in division.rings for spot in ring], 0.25)
    south = shown.north - (box.bottom - box.top) / shown.scale
    east = shown.west + (box.right - box.left) / (shown.scale * shown.shrink)
    if shown.north - south > 0.8 * (whole.bottom - whole.top):
        return [], []
    high = _INSET
    shrink = max(cos(radians((whole.top + whole.bottom) / 2)), 0.05)
    width = (whole.right - whole.left) * shrink * high / (whole.bottom - whole.top)
    frame = Box(box.right - width - 6, box.bottom - high - 6, box.right - 6, box.bottom - 6)
    projection, _ = fit_view(whole, frame.left, frame.right, top=frame.top, highest=high)
    (x0, y1), (x1, y0) = projection.at(max(shown.west, whole.left), south), projection.at(min(east, whole.right), shown.north)
    made = [element("rect", x=frame.left, y=frame.top, width=width, height=high, fill="#ffffff", stroke=RULE),
            *_draw_land(projection, boundaries, 0),
            element("rect", x=x0, y=y0, width=x1 - x0, height=y1 - y0, fill="none", stroke=INK, stroke_width=1.2)]
    return made, [frame]


def _net(projection: Projection, box: Box, *, small: bool) -> list[Element]:
    """Lines of whole degrees, with their numbers at the edge."""
    degrees = max((box.right - box.left) / (projection.shrink * projection.scale), (box.bottom - box.top) / projection.scale)
    step = next(s for s in (0.25, 0.5, 1, 2, 5, 10, 20, 45, 90) if degrees / s <= 7)
    made = []
    west, north = projection.west, projection.north
    east = west + (box.right - box.left) / (projection.shrink * projection.scale)
    south = north - (box.bottom - box.top) / projection.scale
    for i in range(ceil(west / step), floor(east / step) + 1):
        x, _ = projection.at(i * step, north)
        made.append(line(x, box.top, x, box.bottom, stroke=RULE))
        if not small and box.left + 60 < x < box.right - 40:
            made.append(text(f"{abs(i * step):g}°{'E' if i > 0 else 'W' if i < 0 else ''}", x + 3, box.top + 11, size=9.5, fill=PALE))
    for i in range(ceil(south / step), floor(north / step) + 1):
        _, y = projection.at(west, i * step)
        made.append(line(box.left, y, box.right, y, stroke=RULE))
        if not small and box.top + 24 < y < box.bottom - 40:
            made.append(text(f"{abs(i * step):g}°{'N' if i > 0 else 'S' if i < 0 else ''}", box.left + 3, y - 3, size=9.5, fill=PALE))
    return made


def _scale_bar(projection: Projection, box: Box) -> list[Element]:
    """A round distance, at the lower left."""
    km = (box.right - box.left) / 4 / projection.scale * _KM
    power = 10 ** floor(log10(km))
    km = max(step * power for step in (1, 2, 5) if step * power <= km)
    length = km / _KM * projection.scale
    x, y = box.left + 10, box.bottom - 12
    return [element("path", d=f"M{number(x)} {number(y - 4)}V{number(y)}H{number(x + length)}V{number(y - 4)}", fill="none", stroke=GREY,
                    stroke_width=1.2), text(f"{km:g} km", x + 4, y - 7, size=10, fill=GREY)]


def scale_box(box: Box) -> Box:
    """Where the scale stands."""
    return Box(box.left, box.bottom - 32, box.left + (box.right - box.left) / 4 + 60, box.bottom)


def name_divisions(boundaries: Boundaries | None, projection: Projection, box: Box, taken: Sequence[Box]) -> list[Element]:
    """The names of states and regions in the middle of their largest part, where nothing else is."""
    made = []
    named: list[Box] = []
    for division in boundaries.divisions if boundaries else ():
        ring = max(division.rings, key=_area)
        x, y = projection.at(*_centre(ring))
        words = division.name.upper()
        width = measure(words, 10) + 0.6 * len(words) + 8
        name = Box(x - width / 2, y - 10, x + width / 2, y + 3)
        if name.within(box) and not any(name.meets(other) for other in (*taken, *named)):
            named.append(name)
            made.append(element("text", words, x=x, y=y, font_size=10, fill=PALE, text_anchor="middle", letter_spacing=0.6))
    return made


def _area(ring: Sequence[tuple[float, float]]) -> float:
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))) / 2


def _centre(ring: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """The centre of gravity of an outline."""
    x = y = whole = 0.0
    for (ax, ay), (bx, by) in itertools.pairwise(ring):
        part = ax * by - bx * ay
        x, y, whole = x + (ax + bx) * part, y + (ay + by) * part, whole + part
    return (x / (3 * whole), y / (3 * whole)) if whole else ring[0]
