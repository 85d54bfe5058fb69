"""HTML for notebook cells, made as a tree, so that no text of a document can become markup.

Style is in attributes: a notebook that is not trusted loses its `style` elements, scripts and frames, and keeps these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from kg.errors import KgError
from kg.model import Span

_MOST_ROWS = 60  # of a table; what is left out is said
_SHORT, _LONG = 24, 60  # characters of a cell that stays on one line, and of one that needs room
_MOST_BYTES = 5_000_000  # of a page that is put into a cell
_PLAIN = "tex2jax_ignore mathjax_ignore"  # or Jupyter sets "$5 million and $6" as a formula


def element(tag: str, *children: Element | str, **attributes: str) -> Element:
    """An element with its children; a trailing underscore of an attribute's name is dropped.

    >>> to_html([element("b", "a < ", element("i", "b"), " & c", class_="x")])
    '<b class="x">a &lt; <i>b</i> &amp; c</b>'
    """
    made = Element(tag, {name.rstrip("_"): _encodable(value) for name, value in attributes.items()})
    for child in children:
        if isinstance(child, Element):
            made.append(child)
        elif len(made):
            made[-1].tail = (made[-1].tail or "") + _encodable(child)
        else:
            made.text = (made.text or "") + _encodable(child)
    return made


def to_html(elements: Iterable[Element]) -> str:
    """Elements as HTML text."""
    return "".join(tostring(one, encoding="unicode", method="html") for one in elements)


def draw_table(columns: Sequence[str], rows: Sequence[Sequence[object]], *, most: int = _MOST_ROWS) -> Element:
    """A table of the first rows, without the columns in which nothing is known; numbers stand to the right."""
    used = [i for i in range(len(columns)) if any(row[i] is not None for row in rows)] if rows else list(range(len(columns)))
    head = element("tr", *(element("th", columns[i], scope="col", style="text-align:left") for i in used))
    body = [element("tr", *(_draw_cell(row[i]) for i in used)) for row in rows[:most]]
    table = element("table", element("thead", head), element("tbody", *body))
    told = "no rows" if not rows else f"{most} of {len(rows)} rows" if len(rows) > most else ""
    return element("div", table, *([element("p", told)] if told else []), class_=_PLAIN)


def draw_facts(pairs: Iterable[tuple[str, str | None]]) -> Element:
    """Names and values, one pair a row, without what is not known.

    >>> "state" in to_html([draw_facts([("kind", "state"), ("country", None)])])
    True
    """
    rows = (element("tr", element("th", name, scope="row", style="text-align:left"), _draw_cell(value)) for name, value in pairs if value)
    return element("div", element("table", element("tbody", *rows)), class_=_PLAIN)


def draw_passage(text: str, marks: Span) -> Element:
    """The paragraph of a text in which a stretch stands, with the stretch marked."""
    first = text.rfind("\n", 0, marks.start) + 1
    last = text.find("\n", marks.end)
    after = text[marks.end : last if last >= 0 else len(text)]
    marked = element("mark", marks.of(text))
    return element("blockquote", text[first : marks.start], marked, after, dir="auto", class_=_PLAIN)


def draw_page(path: Path) -> list[Element]:
    """A self-contained page in a frame that can reach nothing around it, after a sentence that stands without it.

    Raises:
        KgError: there is no page.
    """
    if not path.is_file():
        raise KgError("there is no page yet", where=str(path), advice="build it: kg.build_graph(DOCUMENTS)")
    size = path.stat().st_size
    if size > _MOST_BYTES:
        return [element("p", f"The explorer has {size / 1e6:.0f} MB, too much for a cell: open ", element("code", str(path)),
                        " in a browser.")]
    told = element("p", f"The explorer ({size / 1e6:.1f} MB, kept in this cell when the notebook is saved). No picture below? Then the "
                   "notebook is not trusted here: run this cell again, or open ", element("code", str(path)), " in a browser.")
    frame = element("iframe", srcdoc=path.read_text(encoding="utf-8"), sandbox="allow-scripts allow-popups allow-downloads",
                    title="Explorer: the network, with the sentences behind each line", width="100%", height="720",
                    style="border:1px solid #8888")
    return [told, frame]


def _draw_cell(value: object) -> Element:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return element("td", str(value), style="text-align:right;vertical-align:top")
    text = "" if value is None else ("yes" if value else "no") if isinstance(value, bool) else str(value)
    fit = "white-space:pre" if len(text) <= _SHORT else "max-width:36em;white-space:pre-line"
    room = ";min-width:20em" if len(text) >= _LONG else ""
    return element("td", text, dir="auto", style=f"text-align:left;vertical-align:top;{fit}{room}")


def _encodable(text: str) -> str:
    """Text without lone surrogates, which no notebook can be saved with."""
    return text.encode("utf-8", "replace").decode("utf-8")
