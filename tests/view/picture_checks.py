"""What every picture must be, read from its SVG: nothing outside the frame, no text over another, nothing that runs or loads."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin
from xml.etree import ElementTree

from kg.view.pictures.svg import measure

SVG = "{http://www.w3.org/2000/svg}"
SLACK = 0.5  # of a unit: boxes may touch


@dataclass(frozen=True)
class Words:
    """A text as its four corners."""

    said: str
    corners: tuple[tuple[float, float], ...]


def parse(svg):
    """The root element of a picture."""
    return ElementTree.fromstring(svg)  # noqa: S314  # we made it


def said(svg):
    """Every text that is drawn, in the order of the document."""
    return [text.text or "" for text in parse(svg).iter(f"{SVG}text")]


def words(svg):
    """Every text with its place."""
    return [_words(text, 0.0, dy) for text, dy in _texts(parse(svg), 0.0, 0.0)]


def _texts(node, dx, dy):
    for child in node:
        x, y = dx, dy
        if child.tag == f"{SVG}g" and child.get("transform"):
            x, y = (a + b for a, b in zip((dx, dy), map(float, child.get("transform")[len("translate("):-1].split()), strict=True))
        if child.tag == f"{SVG}text":
            yield child, y
        yield from _texts(child, x, y)


def _words(text, dx, dy):
    size, x, y = float(text.get("font-size")), float(text.get("x")) + dx, float(text.get("y")) + dy
    wide = measure(text.text or "", size, bold=text.get("font-weight") is not None)
    left = x - wide * {"end": 1, "middle": 0.5}.get(text.get("text-anchor"), 0)
    box = [(left, y - size * 0.72), (left + wide, y - size * 0.72), (left + wide, y + size * 0.2), (left, y + size * 0.2)]
    if text.get("transform"):
        turn = radians(float(text.get("transform")[len("rotate("):].split()[0]))
        box = [(x + (a - x) * cos(turn) - (b - y) * sin(turn), y + (a - x) * sin(turn) + (b - y) * cos(turn)) for a, b in box]
    return Words(text.text or "", tuple(box))


def meet(one, other):
    """Whether two turned rectangles overlap: no line between them (separating axes)."""
    for a in (one, other):
        for (x0, y0), (x1, y1) in zip(a.corners[:2], a.corners[1:3], strict=True):
            length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-9)
            nx, ny = (x1 - x0) / length, (y1 - y0) / length
            mine = [x * nx + y * ny for x, y in one.corners]
            others = [x * nx + y * ny for x, y in other.corners]
            if max(mine) <= min(others) + SLACK or max(others) <= min(mine) + SLACK:
                return False
    return True


def overlaps(svg):
    """The pairs of texts of which one covers another."""
    texts = [one for one in words(svg) if one.said.strip()]
    return [(a.said, b.said) for i, a in enumerate(texts) for b in texts[i + 1:] if meet(a, b)]


def outside(svg):
    """The texts that leave the frame."""
    root = parse(svg)
    width, height = float(root.get("width")), float(root.get("height"))
    return [one.said for one in words(svg)
            if not all(-SLACK <= x <= width + SLACK and -SLACK <= y <= height + SLACK for x, y in one.corners)]


def check(svg):
    """What holds of every picture."""
    root = parse(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.find(f"{SVG}title").text == root.get("aria-label")
    assert root.find(f"{SVG}desc").text
    tags = {node.tag.removeprefix(SVG) for node in root.iter()}
    assert tags <= {"svg", "title", "desc", "g", "rect", "path", "line", "circle", "polygon", "text"}
    names = {name for node in root.iter() for name in node.attrib}
    assert not {name for name in names if name.startswith("on") or "href" in name or name in ("id", "style")}
    assert overlaps(svg) == []
    assert outside(svg) == []
