"""The explorer: one self-contained page that shows who stands with whom, and for each line the sentences that say so."""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from kg.model import CLAIM_TYPES, SIGHTING_DAYS, Claim, Document, Kind, Modality, Polarity, Tie, ties
from kg.view import contents, looks
from kg.view.engine import Line, Point, render_page

_ASSETS = Path(__file__).resolve().parent / "assets"
_SCRIPTS = (
    "data.js", "columns.js", "state.js", "scope.js", "path.js", "words.js",  # what is known, asked for and shown
    "icons.js", "places.js", "picture.js", "hull.js", "keys.js", "chips.js",  # the picture
    "card.js", "opposite.js", "lane.js", "panel.js", "tables.js", "table.js",  # the evidence
    "legend.js", "track.js", "time.js", "search.js", "drawing.js", "gexf.js", "export.js", "address.js", "start.js",  # what a reader does
)  # in the order in which they run
_STYLES = ("explorer.css", "panel.css", "table.css", "time.css", "small.css")
_UNIT = 125.0  # pixels at zoom 1 for one unit of the positions


@dataclass(frozen=True, slots=True)
class Server:
    """Where a page asks for more than it holds, and which part of the whole it is itself.

    Raises:
        ValueError: the address is none.
    """

    address: str  # on the same host ("/explore"), or a web address
    asked: tuple[str, ...] = ()  # ids of the actors whose surroundings the page shows
    told: str = ""  # what part of the whole that is, in a sentence

    def __post_init__(self) -> None:
        if not contents.is_web_address(self.address) and not re.fullmatch(r"/(?![/\\])[^\s?#]*", self.address):
            raise ValueError(f"not an address on this host or a web address: {self.address!r}")

    @property
    def origin(self) -> str:
        """Where its scripts may fetch from, as a content security policy has it."""
        parts = urlsplit(self.address)
        if not parts.netloc:
            return "'self'"
        port = f":{parts.port}" if parts.port else ""
        return f"{parts.scheme}://{parts.hostname}{port}"


def explorer_page(
    claims: Sequence[Claim], documents: Mapping[str, Document], *, positions: Mapping[str, tuple[float, float]], title: str,
    server: Server | None = None,
) -> str:
    """The page, as HTML: a network of the claims' ties with search, filters, time, evidence on click, and a table of what is shown.

    The picture has one line for each pair of actors, claim type and sign, however many claims say so. Claims that link no two
    actors are in the panels and the table. The page is one file without any request to elsewhere, enforced by its content security
    policy; every text from a document is shown as text. It never draws more than some 150 actors: of a larger network the best
    connected, and whatever neighbourhood is asked for.

    Args:
        claims: all claims to show; their order is the order of equal rows.
        documents: by id; only title, publisher, date and address are used. A document that is missing is shown by its id.
        positions: where each actor stands, x to the right and y down, in units that leave room for a label
            (`kg.network.layout.positions`). Actors without one are set around an actor they are tied to, else in a row below:
            lay out the ties that `drawn_at_first`, and the others do not push them apart.
        title: the page's heading.
        server: where more claims than these can be asked for: the page then offers what a name typed in its search field fits there
            (`ADDRESS?find=TEXT`, as JSON or as a page) and the surroundings of an actor (`ADDRESS?actor=ID&steps=1`, with more
            `actor`s for those of several), which are another such page. `None`: the page is all there is.

    Returns:
        HTML 5 text; write it as UTF-8. About 0.6 MB plus 0.9 KB a claim.

    >>> page = explorer_page([], {}, positions={}, title="Nothing <yet>")
    >>> page[:15], "Nothing &lt;yet&gt;" in page
    ('<!DOCTYPE html>', True)
    """
    actors, sources = contents.Numbers(), contents.Numbers()
    claim_rows = contents.claim_rows(claims, actors, sources)
    actor_rows = contents.actor_rows(claims, actors)
    lines, line_rows = _draw_lines(claims, actors)
    drawn = {row[end] for row in line_rows for end in ("source", "target")}
    data = {
        "sightingDays": SIGHTING_DAYS,
        "actors": actor_rows,
        "documents": contents.document_rows(sources, documents),
        "types": [{**row, "group": looks.group(row["name"]), "symmetric": CLAIM_TYPES[row["name"]].symmetric,
                   "shown": row["name"] not in looks.HIDDEN_TYPES,
                   "drawn": any(line["type"] == row["name"] for line in line_rows)} for row in contents.type_rows(claims)],
        "kinds": [{"name": kind.value, **asdict(look)} for kind, look in looks.KINDS.items()],
        "colours": {"together": looks.COLOURS[1], "against": looks.COLOURS[-1], "neither": looks.COLOURS[0]},
        "claims": claim_rows,
        "lines": line_rows,
        "server": asdict(server) if server else None,
    }
    points = _draw_points([{**row, "number": n} for n, row in enumerate(actor_rows) if n in drawn], claims, positions)
    return render_page(
        _ASSETS, "explorer.html", points=points, lines=lines, scripts=[_ASSETS / name for name in _SCRIPTS],
        styles=[_ASSETS / name for name in _STYLES], context={"title": title, "data": data}, asks=server.origin if server else None,
    )


def drawn_at_first(tie: Tie) -> bool:
    """Whether the page draws a tie before the reader touches a filter: armed actors and alliances stand out, roles and persons wait."""
    return (
        tie.type not in looks.HIDDEN_TYPES
        and tie.polarity is Polarity.POSITIVE
        and tie.modality is Modality.ACTUAL
        and all(looks.KINDS[side.kind].shown for side in (tie.source, tie.target))
    )


def _draw_lines(claims: Sequence[Claim], actors: contents.Numbers) -> tuple[list[Line], list[contents.Row]]:
    """One line for each (pair, type, sign), the lines of a pair fanned out, and for each the numbers of its claims."""
    number = {claim.id: n for n, claim in enumerate(claims)}
    bundles: defaultdict[tuple[str, str, str, int], list[int]] = defaultdict(list)
    for tie in ties(claims):
        source, target = tie.source.id, tie.target.id
        if tie.symmetric and source > target:
            source, target = target, source
        bundles[source, target, tie.type, tie.sign].append(number[tie.claim])
    pairs: defaultdict[tuple[str, str], list[tuple[str, str, str, int]]] = defaultdict(list)
    for bundle in bundles:
        pairs[min(bundle[:2]), max(bundle[:2])].append(bundle)
    lines: list[Line] = []
    rows: list[contents.Row] = []
    for pair in pairs.values():
        # the line with most claims in the middle, the others alternately to its sides
        for place, bundle in enumerate(sorted(pair, key=lambda b: (-len(bundles[b]), b))):
            source, target, type_, sign = bundle
            tip, tail = looks.ends(sign, symmetric=CLAIM_TYPES[type_].symmetric)
            bend = _bend(place, len(pair)) * (1 if source < target else -1)
            id_ = f"l{len(lines)}"
            lines.append(Line(id_, str(actors[source]), str(actors[target]), looks.COLOURS[sign], tip, tail, bend))
            rows.append({"id": id_, "source": actors[source], "target": actors[target], "type": type_, "sign": sign,
                         "claims": bundles[bundle]})
    return lines, rows


def _bend(place: int, total: int) -> float:
    """How far the `place`-th of `total` lines between two actors swings out: 0, then to one side and the other in turn."""
    step = (place + 1) // 2 if total % 2 else place // 2 + 0.5
    side = 1 if place % 2 else -1
    return round(side * step * min(0.1, 0.5 / total), 4)


def _draw_points(
    rows: Sequence[contents.Row], claims: Sequence[Claim], positions: Mapping[str, tuple[float, float]]
) -> list[Point]:
    """The actors that have ties, larger the more claims name them."""
    named = Counter(reference.id for claim in claims for _, reference in claim.references())
    places = _place_strays([row["id"] for row in rows], claims, positions)
    points = []
    for row in rows:
        look = looks.KINDS[Kind(row["kind"])]
        x, y = places[row["id"]]
        size = look.scale * min(20.0, 7.0 + 2.0 * math.sqrt(named[row["id"]]))
        points.append(Point(str(row["number"]), row["label"], look.shape, round(size, 1), look.fill, look.border,
                            round(x * _UNIT, 1), round(y * _UNIT, 1)))
    return points


def _place_strays(
    actors: Sequence[str], claims: Sequence[Claim], positions: Mapping[str, tuple[float, float]]
) -> dict[str, tuple[float, float]]:
    """Those without a position around an actor that they are tied to and that has one, else in a row below all."""
    anchors: dict[str, str] = {}
    for tie in ties(claims):
        for stray, anchor in ((tie.source.id, tie.target.id), (tie.target.id, tie.source.id)):
            if stray not in positions and anchor in positions:
                anchors.setdefault(stray, anchor)
    bottom = max((y for _, y in positions.values()), default=0.0) + 1.2
    around: Counter[str] = Counter()
    places = dict(positions)
    for actor in actors:
        if actor not in places:
            anchor = anchors.get(actor, "")
            turn = around[anchor]
            around[anchor] += 1
            if anchor:
                x, y = positions[anchor]
                angle = turn * 2.399963  # the golden angle: however many follow, they part the circle evenly
                radius = 0.8 + 0.05 * turn
                places[actor] = (x + radius * math.cos(angle), y + radius * math.sin(angle))
            else:
                places[actor] = (turn * 1.2, bottom)
    return places
