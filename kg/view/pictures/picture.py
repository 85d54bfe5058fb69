"""A picture with all that belongs to it: the finding as its title, policy and day, key, sources, text alternative, table twin."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from kg.view.pictures.svg import FONTS, clean, element, line, measure, text, to_text, wrap

WIDTH = 760.0
MARGIN = 24.0
INNER = WIDTH - 2 * MARGIN
INK, GREY, PALE, RULE, PAPER = "#1f2a36", "#5b6875", "#8b929b", "#dfe3e7", "#ffffff"
PALETTE = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#a6761d", "#56b4e9")
"""For sides, in the order in which they are given out: Okabe and Ito's, a darker one for yellow."""

_TITLE, _SUBTITLE, _NOTE = 20.0, 12.5, 11.0


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around a drawing."""

    finding: str  # the title: what is seen, in a sentence, claiming no more than the claims do
    told: str  # under it: what is shown, the days, the policy in words
    sources: str  # at the foot: how many documents, and which


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """A sign of the drawing and what it means; the sign is drawn around the origin, `width` wide."""

    sign: tuple[Element, ...]
    words: str
    width: float = 18.0


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing in its frame. `columns` and `rows` say the same as the drawing, for those who do not see it."""

    name: str  # of its file: timeline, map ...
    frame: Frame
    drawing: tuple[Element, ...]  # placed as if it began at y = 0
    height: float  # of the drawing
    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    key: tuple[KeyEntry, ...] = ()
    notes: tuple[str, ...] = ()  # what is not drawn, and why

    @property
    def alternative(self) -> str:
        """The picture in words: what is shown, and its first rows."""
        shown = "; ".join(", ".join(str(cell) for cell in row if cell not in (None, "")) for row in self.rows[:12])
        more = f"; and {len(self.rows) - 12} rows more" if len(self.rows) > 12 else ""
        return clean(f"{self.frame.told} {' '.join(self.notes)} {', '.join(self.columns)}: {shown}{more}.")

    def svg(self) -> str:
        """The picture as an SVG document: to write to a file, or to put into a page."""
        return to_svg(self)

    def html(self) -> str:
        """A page that needs no network: the picture, and under it the same as a table."""
        return to_html(self)

    def _repr_html_(self) -> str:
        """The picture in a notebook: an image, which an untrusted notebook keeps as well."""
        data = b64encode(to_svg(self).encode("utf-8")).decode("ascii")
        image = element("img", src=f"data:image/svg+xml;base64,{data}", alt=f"{self.frame.finding}. {self.alternative}",
                        style="max-width:100%")
        return to_text(image)


def to_svg(picture: Picture) -> str:
    """A picture as an SVG document, which runs nothing, loads nothing and is the same for the same values."""
    return to_text(draw(picture)) + "\n"


def draw(picture: Picture) -> Element:
    """A picture as an `svg` element: to embed in a page."""
    head, top = _head(picture)
    body = element("g", *picture.drawing, transform=f"translate(0 {top:g})")
    foot, height = _foot(picture, top + picture.height)
    return element(
        "svg", element("title", picture.frame.finding), element("desc", picture.alternative),
        element("rect", x=0, y=0, width=WIDTH, height=height, fill=PAPER), *head, body, *foot,
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {WIDTH:g} {height:g}", width=WIDTH, height=height, role="img",
        aria_label=picture.frame.finding, font_family=FONTS)


def _head(picture: Picture) -> tuple[list[Element], float]:
    made: list[Element] = [element("rect", x=MARGIN, y=0, width=44, height=5, fill=INK)]
    y = 34.0
    for words in wrap(picture.frame.finding, INNER, _TITLE, bold=True, most=4):
        made.append(text(words, MARGIN, y, size=_TITLE, fill=INK, bold=True))
        y += 26
    y -= 3
    for words in wrap(picture.frame.told, INNER, _SUBTITLE, most=4):
        made.append(text(words, MARGIN, y, size=_SUBTITLE, fill=GREY))
        y += 17
    y += 4
    if picture.key:
        entries, y = _key(picture.key, y + 4)
        made += entries
    return made, round(y + 2)


def _key(key: Iterable[KeyEntry], y: float) -> tuple[list[Element], float]:
    made: list[Element] = []
    x = MARGIN
    for entry in key:
        room = entry.width + 6 + measure(entry.words, _NOTE)
        if x > MARGIN and x + room > WIDTH - MARGIN:
            x, y = MARGIN, y + 20
        made.append(element("g", *entry.sign, transform=f"translate({x + entry.width / 2:g} {y:g})"))
        made.append(text(entry.words, x + entry.width + 6, y + 4, size=_NOTE, fill=GREY))
        x += room + 20
    return made, y + 18


def _foot(picture: Picture, y: float) -> tuple[list[Element], float]:
    made: list[Element] = []
    y += 22
    for note in picture.notes:
        for words in wrap(note, INNER, _NOTE, most=6):
            made.append(text(words, MARGIN, y, size=_NOTE, fill=GREY))
            y += 15
        y += 3
    made.append(line(MARGIN, y - 8, WIDTH - MARGIN, y - 8, stroke=RULE))
    y += 8
    for words in wrap(picture.frame.sources, INNER, _NOTE, most=3):
        made.append(text(words, MARGIN, y, size=_NOTE, fill=GREY))
        y += 15
    return made, round(y + 6)


def to_html(picture: Picture) -> str:
    """A page that needs no network: the picture, and its table."""
    head = element("tr", *(element("th", column, scope="col") for column in picture.columns))
    rows = (element("tr", *(element("td", "–" if cell is None else str(cell), dir="auto") for cell in row)) for row in picture.rows)
    table = element("table", element("caption", f"The same as a table: {picture.name}"), element("thead", head), element("tbody", *rows))
    page = element(
        "html",
        element("head", element("meta", charset="utf-8"),
                element("meta", http_equiv="Content-Security-Policy", content="default-src 'none'; style-src 'unsafe-inline'"),
                element("meta", name="viewport", content="width=device-width"),
                element("title", picture.frame.finding), element("style", _STYLE)),
        element("body", element("main", draw(picture), element("div", table))), lang="en")
    return "<!doctype html>\n" + to_text(page) + "\n"


_STYLE = ("body{margin:0;background:#fff;color:#1f2a36;font:14px/1.45 'Noto Sans',Arial,sans-serif}"
          "main{max-width:60em;margin:auto;padding:1em}svg[role]{width:100%;height:auto}div{overflow-x:auto}"
          "table{border-collapse:collapse;margin-top:1em}caption{text-align:left;color:#5b6875}"
          "th,td{text-align:left;vertical-align:top;padding:.25em .8em .25em 0;border-bottom:1px solid #dfe3e7}")


def sources_line(documents: Sequence[str], publishers: Iterable[str] = ()) -> str:
    """The line of sources: how many documents, and who published them.

    >>> sources_line(["a.txt", "b.txt"], ["AP", "Reuters", "AP"])
    'Sources: 2 documents, by AP and Reuters.'
    """
    names = sorted({clean(name) for name in publishers if name})
    known = f", by {joined(names[:6])}{f' and {len(names) - 6} more' if len(names) > 6 else ''}" if names else ""
    count = len(set(documents))
    return f"Sources: {count} document{'' if count == 1 else 's'}{known}."


def joined(names: Sequence[str]) -> str:
    """Names as a list in a sentence.

    >>> joined(["a", "b", "c"])
    'a, b and c'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}" if names else ""
