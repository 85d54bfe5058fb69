"""pyvis, behind one door: everything else in this room speaks of points and lines and could be drawn by another library."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2
import pyvis
from pyvis.network import Network

_LIBRARY = Path("templates", "lib", "vis-9.1.2", "vis-network.min.js")  # in the pyvis wheel


@dataclass(frozen=True, slots=True)
class Point:
    """What is drawn for an actor. `shape` is one of vis-network's; lengths are pixels at zoom 1."""

    id: str
    label: str
    shape: str
    size: float
    fill: str
    border: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn between two actors.

    `tip` and `tail` are the ends' marks ("arrow", "bar", "vee" or "": none); `bend` is how far the line swings to its left: 0 is straight.
    """

    id: str
    source: str
    target: str
    colour: str
    tip: str
    tail: str
    bend: float


def render_page(
    folder: Path, template: str, *, points: Sequence[Point], lines: Sequence[Line], scripts: Sequence[Path],
    styles: Sequence[Path], context: Mapping[str, object], asks: str | None = None
) -> str:
    """One HTML page from a template, with its scripts and styles inside and a content security policy that lets nothing else run or load.

    The template finds `nodes`, `edges`, `options` (as vis-network reads them), `library`, `scripts`, `style`, `policy`, and the
    context. It is rendered with autoescape; write data as `<script type="application/json">{{ data|tojson }}</script>`. `asks` is
    the one place that the scripts may fetch from, as a content security policy has it; `None`: none.

    Raises:
        FileNotFoundError: an asset, or vis-network in the installed pyvis, is missing.
    """
    library = _script((Path(pyvis.__file__).parent / _LIBRARY).read_text(encoding="utf-8"))
    script = _script("\n".join(path.read_text(encoding="utf-8") for path in scripts))
    style = "\n".join(path.read_text(encoding="utf-8") for path in styles)
    network = Network()
    # Its lists are what the template gets in the end. add_edge would drop the second edge between two nodes of an undirected
    # network, and both search all nodes each time.
    network.nodes = [_node(point) for point in points]
    network.edges = [_edge(line) for line in lines]
    network.options = _OPTIONS
    network.set_template_dir(str(folder), template)
    network.templateEnv = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    network.templateEnv.globals.update(
        context, library=library, scripts=script, style=style,
        policy="; ".join([
            "default-src 'none'", f"script-src {_hash(library)} {_hash(script)}", f"style-src {_hash(style)}",
            "img-src data: blob:", "base-uri 'none'", "form-action 'none'", *([f"connect-src {asks}"] if asks else []),
        ]),
    )
    page: str = network.generate_html()
    return page


def _node(point: Point) -> dict[str, Any]:
    return {
        "id": point.id, "label": point.label, "shape": point.shape, "size": point.size, "x": point.x, "y": point.y,
        "color": {"background": point.fill, "border": point.border},
    }


def _edge(line: Line) -> dict[str, Any]:
    edge: dict[str, Any] = {"id": line.id, "from": line.source, "to": line.target, "color": {"color": line.colour}}
    ends = {"to": line.tip, "from": line.tail}
    edge["arrows"] = {
        end: {"enabled": True, "type": "arrow" if mark == "arrow" else mark, "scaleFactor": 0.55} for end, mark in ends.items() if mark
    }
    turn = "curvedCCW" if line.bend > 0 else "curvedCW"
    edge["smooth"] = {"enabled": True, "type": turn, "roundness": abs(line.bend)} if line.bend else False
    return edge


_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},  # positions come with the data: the first picture is there at once and always the same
    "layout": {"improvedLayout": False},
    "interaction": {
        "hover": True, "hoverConnectedEdges": False, "selectConnectedEdges": False, "tooltipDelay": 1_000_000,
        "keyboard": False, "hideEdgesOnDrag": False, "zoomSpeed": 0.7,  # the keys are the page's own
    },
    "nodes": {
        "borderWidth": 1.5, "borderWidthSelected": 3,
        "font": {"size": 15, "color": "#1b2530", "face": "system-ui, 'Noto Sans', 'DejaVu Sans', sans-serif", "strokeWidth": 5,
                 "strokeColor": "#ffffff", "multi": False, "vadjust": -2},
        "widthConstraint": {"maximum": 130}, "chosen": False,
        "scaling": {"label": {"drawThreshold": 6}},
    },
    "edges": {"width": 1.5, "hoverWidth": 0.8, "selectionWidth": 0, "chosen": False, "smooth": False, "arrowStrikethrough": False},
}


def _script(text: str) -> str:
    """A script that can stand inside a page: nothing in it ends the element, nothing sends the browser to a source map."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
