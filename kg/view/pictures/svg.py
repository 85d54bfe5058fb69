"""A small SVG writer: elements as a tree, so that no text of a document can become markup, and how wide a text is."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate, takewhile
from xml.etree.ElementTree import Element, tostring

FONTS = "'Noto Sans','Helvetica Neue',Arial,'Noto Sans Myanmar','Noto Sans Arabic','DejaVu Sans',sans-serif"

# Widths in hundredths of the font's size, of Noto Sans; Helvetica and Arial are a little narrower.
_WIDTHS = {c: width for width, letters in {
    26: "ijl'!,.:; |`", 33: "()[]{}-/\\", 36: "ftrI\"", 44: "_?", 48: "czs", 52: "vykxFLJ", 57: "aeETS*$+0123456789<=>~^YZ",
    63: "bdghnopquPVoKRBXC#", 66: "A", 74: "DGUH&", 78: "NOQw", 83: "%", 94: "mWM@",
}.items() for c in letters}
_LETTER, _WIDE, _CAPITAL, _MYANMAR = 62, 104, 70, 100
_BOLD = 1.08
_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TURNS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")  # marks that would turn the text around them


def clean(text: str) -> str:
    """Text on one line, without what XML cannot hold and without marks that change the direction of what stands beside it.

    >>> clean("a\\x00b\\u202ec\\nd \\ud800")
    'ab c d'
    """
    return " ".join(_UNPRINTABLE.sub("", _TURNS.sub(" ", text)).split())


def element(tag: str, *children: Element | str, **attributes: str | float) -> Element:
    """An element; of an attribute's name, `_` becomes `-`; numbers are rounded to a tenth.

    >>> to_text(element("text", "<b> & c", font_size=12.04, x=3))
    '<text font-size="12" x="3">&lt;b&gt; &amp; c</text>'
    """
    made = Element(tag, {name.rstrip("_").replace("_", "-"): number(value) if isinstance(value, int | float) else clean(value)
                         for name, value in attributes.items()})
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        else:
            made.text = (made.text or "") + clean(child)
    return made


def to_text(made: Element) -> str:
    """An element as XML."""
    return tostring(made, encoding="unicode")


def number(value: float) -> str:
    """A number to a tenth, as short as it can be.

    >>> number(2.0), number(0.25), number(-0.04)
    ('2', '0.2', '0')
    """
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def text(words: str, x: float, y: float, *, size: float = 12, fill: str = "#2b3a4a", anchor: str = "start", bold: bool = False,
         turn: float = 0, halo: bool = False) -> Element:
    """A line of text with its baseline at `y`; `turn`: degrees clockwise around its anchor; `halo`: a white edge over other marks."""
    more: dict[str, str | float] = {"font_weight": "600"} if bold else {}
    if anchor != "start":
        more["text_anchor"] = anchor
    if turn:
        more["transform"] = f"rotate({number(turn)} {number(x)} {number(y)})"
    if halo:
        more |= {"paint_order": "stroke", "stroke": "#ffffff", "stroke_width": 3, "stroke_linejoin": "round"}
    return element("text", words, x=x, y=y, font_size=size, fill=fill, **more)


def line(x1: float, y1: float, x2: float, y2: float, *, stroke: str, width: float = 1, dash: str = "") -> Element:
    """A straight line."""
    more = {"stroke_dasharray": dash} if dash else {}
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **more)


def path(points: Iterable[Sequence[float]], *, close: bool = False) -> str:
    """The path through points.

    >>> path([(0, 0), (1, 2.5)], close=True)
    'M0 0L1 2.5Z'
    """
    return "M" + "L".join(f"{number(p[0])} {number(p[1])}" for p in points) + ("Z" if close else "")


def hatch(x: float, y: float, width: float, height: float, *, gap: float = 5) -> str:
    """The path of slanting lines that fill a rectangle, cut at its edges: a pattern without an id, which a page could hold twice."""
    lines = []
    offset = gap
    while offset < width + height:
        low, high = max(0.0, offset - height), min(width, offset)
        lines.append(f"M{number(x + low)} {number(y + offset - low)}L{number(x + high)} {number(y + offset - high)}")
        offset += gap
    return "".join(lines)


def measure(words: str, size: float, *, bold: bool = False) -> float:
    """About how wide a text is, rather too much than too little. Marks that sit on another letter take no room.

    >>> measure("ii", 10) < measure("mm", 10), measure("e\\u0301", 10) == measure("e", 10)
    (True, True)
    """
    return sum(map(_width, words)) * size / 100 * (_BOLD if bold else 1)


def _width(c: str) -> int:
    if c in _WIDTHS:
        return _WIDTHS[c]
    if unicodedata.category(c) in ("Mn", "Me", "Cf"):
        return 0
    if unicodedata.east_asian_width(c) in ("W", "F"):
        return _WIDE
    if "\u1000" <= c <= "\u109f":
        return 46 if unicodedata.category(c) == "Mc" else _MYANMAR
    return _CAPITAL if c.isupper() else _LETTER


def fit(words: str, width: float, size: float, *, bold: bool = False) -> str:
    """A text cut to a width, with an ellipsis; never between a letter and a mark that sits on it.

    >>> fit("Three Brotherhood Alliance", 80, 12)
    'Three Broth…'
    """
    words = clean(words)
    unit = size / 100 * (_BOLD if bold else 1)
    ends = list(takewhile(lambda end: end * unit <= width, accumulate(map(_width, words))))  # a name of a whole book costs no more
    if len(ends) == len(words):
        return words
    room = width / unit - _width("…")
    cut = bisect_right(ends, room)
    while cut and unicodedata.category(words[cut])[0] == "M":
        cut -= 1
    return words[:cut].rstrip() + "…" if cut else ""


def wrap(words: str, width: float, size: float, *, bold: bool = False, most: int = 3) -> list[str]:
    """A text in lines of a width, `most` at most: the last is cut.

    >>> wrap("who stood with whom", 70, 12)
    ['who stood', 'with whom']
    """
    lines: list[str] = []
    rest = clean(words).split(" ")
    space = measure(" ", size, bold=bold)
    while rest and rest != [""]:
        if len(lines) == most - 1:
            return [*lines, fit(" ".join(rest), width, size, bold=bold)]
        taken, room = 1, width - measure(rest[0], size, bold=bold)
        while taken < len(rest) and (room := room - space - measure(rest[taken], size, bold=bold)) >= 0:
            taken += 1
        lines.append(fit(" ".join(rest[:taken]), width, size, bold=bold))
        rest = rest[taken:]
    return lines
