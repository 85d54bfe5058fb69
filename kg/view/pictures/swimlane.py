"""The loyalty of one actor: a lane for each side it stood with, and the sentences behind each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element

from kg.model import Allegiance, Certainty, Switch
from kg.view.pictures.axis import TimeScale, draw_axis
from kg.view.pictures.findings import finding_of_switches
from kg.view.pictures.picture import GREY, INK, INNER, MARGIN, PALETTE, RULE, WIDTH, Frame, KeyEntry, Picture
from kg.view.pictures.storyline import allegiance_row
from kg.view.pictures.svg import element, fit, hatch, line, measure, number, path, text, wrap
from kg.view.pictures.wording import in_words, sentence, the, when_words

_NAMES, _NUMBERS = 200.0, 76.0  # room left and right of the lanes
_ROW, _BAR = 44.0, 14.0
_MOST_ROWS, _MOST_SENTENCES = 14, 16
_AS = {"member_of": "member of it", "part_of": "part of it", "allied_with": "allied with it", "supports": "backs it",
       "holds_role": "holds a role in it", "defect": "known from the change of side", "split_from": "broke away from it"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The evidence of a claim: where it stands, and its words."""

    source: str  # publisher, day, whom it names as its source: in words
    quote: str


def draw_swimlane(name: str, history: Sequence[Allegiance], switches: Sequence[Switch], sentences: Mapping[str, Sentence], *, first: date,
                  last: date, told: str, sources: str) -> Picture:
    """The lanes of one actor.

    Args:
        name: of the actor.
        history: whom it stood with.
        switches: its changes of side that are said to have happened.
        sentences: the evidence by claim id; numbers beside the lanes refer to the list under them.
        first: first day shown.
        last: last day shown.
        told: what the subtitle says.
        sources: the line of sources.
    """
    scale = TimeScale(first, last, MARGIN + _NAMES, WIDTH - MARGIN - _NUMBERS)
    shown = [a for a in history if not ((a.last and a.last < first) or (a.first and a.first > last))]
    lanes = shown[:_MOST_ROWS]
    colours: dict[str, str] = {}
    for span in lanes:
        colours.setdefault(span.side.id, PALETTE[len(colours)] if len(colours) < len(PALETTE) else GREY)
    numbers: dict[str, int] = {}
    places: dict[Sentence, int] = {}
    dated = [s for s in switches if s.within(first, last) and s.latest and (s.earliest or s.latest)]
    for claim in (*(c for s in dated for c in s.claims), *(c for a in lanes for c in (*a.ended_by, *a.claims, *a.against))):
        if claim in sentences:
            numbers[claim] = places.setdefault(sentences[claim], len(places) + 1)
    heading, top = _switches(dated, numbers, scale)
    bottom = top + len(lanes) * _ROW
    made = [*_bands(dated, scale, top, bottom), *draw_axis(scale, top, bottom)]
    for i, span in enumerate(lanes):
        made += _lane(span, colours[span.side.id], numbers, scale, top + i * _ROW)
    made += heading
    listed, height = _list(places, bottom + 40)
    finding = (finding_of_switches(dated, first, last) if dated else _standing(name, shown, first, last))
    notes = (f"{len(shown) - len(lanes)} more allegiances are in the table.",) if len(shown) > len(lanes) else ()
    return Picture("timeline", Frame(finding, told, sources), (*made, *listed), height,
                   ("actor", "stood with", "as", "perhaps from", "surely", "perhaps until", "ended", "documents"),
                   tuple(allegiance_row(span) for span in history), _key(moved=bool(dated)), notes)


def _standing(name: str, shown: Sequence[Allegiance], first: date, last: date) -> str:
    sides = list(dict.fromkeys(the(span.side.name) for span in shown))
    if not sides:
        return f"Nobody is told to have {the(name)} on a side {when_words(first, last)}"
    others = f" and {in_words(len(sides) - 1)} more" if len(sides) > 2 else f" and {sides[1]}" if len(sides) == 2 else ""
    return sentence(f"{the(name)} is told to stand with {sides[0]}{others}, and not told to have changed sides")


def _switches(dated: Sequence[Switch], numbers: Mapping[str, int], scale: TimeScale) -> tuple[list[Element], float]:
    """The changes of side over the lanes: each in words, and its mark over its days."""
    made: list[Element] = []
    y = 12.0
    for switch in dated:
        side = f"{f'{switch.from_.name} ' if switch.from_ else ''}→ {switch.to.name if switch.to else 'no side told'}"
        cited = _cited(switch.claims, numbers)
        made.append(_diamond(MARGIN + 6, y - 4, sure=switch.sure))
        made.append(text(fit(f"{side}, {when_words(switch.earliest, switch.latest)}  [{cited}]", INNER - 20, 12), MARGIN + 20, y, size=12,
                         fill=INK))
        x0, x1 = scale.x(switch.earliest or switch.latest), scale.x(switch.latest, end=True)
        made.append(_diamond((x0 + x1) / 2, 10 + 18 * len(dated), sure=switch.sure))
        y += 18
    return made, y + 10 if dated else 4.0


def _diamond(x: float, y: float, *, sure: bool) -> Element:
    corners = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
    return element("path", d=path(corners, close=True), fill=INK if sure else "#ffffff", stroke=INK, stroke_width=1.6)


def _bands(dated: Sequence[Switch], scale: TimeScale, top: float, bottom: float) -> list[Element]:
    """The days within which each change happened, as a band through the lanes."""
    made = []
    for switch in dated:
        x0, x1 = scale.x(switch.earliest or switch.latest), scale.x(switch.latest, end=True)
        made.append(element("rect", x=x0, y=top, width=max(x1 - x0, 1.5), height=bottom - top, fill="#e8ebee"))
    return made


def _lane(span: Allegiance, colour: str, numbers: Mapping[str, int], scale: TimeScale, top: float) -> list[Element]:
    middle = top + _ROW / 2
    words = _AS.get(span.relation, span.relation) if not span.roles else ", ".join(span.roles)
    doubt = "" if span.certainty is Certainty.STATED else f", {span.certainty.value}"
    made = [
        line(MARGIN, top + _ROW, WIDTH - MARGIN, top + _ROW, stroke=RULE),
        text(fit(span.side.name, _NAMES - 14, 12, bold=True), MARGIN, middle - 2, size=12, fill=INK, bold=True),
        text(fit(words + doubt, _NAMES - 14, 11), MARGIN, middle + 13, size=11, fill=GREY),
    ]
    y = middle - _BAR / 2
    for spell in span.spells:
        x0, x1 = scale.x(spell.first), scale.x(spell.last, end=True)
        if x1 - x0 < 1:
            continue
        made.append(element("rect", x=x0, y=y, width=x1 - x0, height=_BAR, fill="#ffffff"))
        made.append(element("path", d=hatch(x0, y, x1 - x0, _BAR), stroke=colour, stroke_width=1.1, fill="none"))
        made.append(element("path", d=_outline(x0, x1, y, spell.first is not None, spell.last is not None), stroke=colour, stroke_width=1.2,
                            fill="none"))
    for spell in span.spells:
        if spell.sure_from and spell.sure_until and spell.sure_from <= spell.sure_until:
            x0, x1 = scale.x(spell.sure_from), scale.x(spell.sure_until, end=True)
            made.append(element("rect", x=x0, y=y, width=max(x1 - x0, 3), height=_BAR, fill=colour))
    if span.ending and span.last and scale.holds(span.last):
        x = scale.x(span.last, end=True)
        made.append(line(x, y - 5, x, y + _BAR + 5, stroke=INK, width=2))
        label = span.ending.value
        width = measure(label, 10.5)
        made.append(text(label, x + 5 if x + 8 + width < scale.right else x - 5 - width, y - 4, size=10.5, fill=INK, halo=True))
    cited = _cited((*span.claims, *span.ended_by), numbers)
    against = _cited(span.against, numbers)
    made.append(text(fit(cited, _NUMBERS - 8, 11), scale.right + 8, middle + (4 if not against else -2), size=11, fill=INK))
    if against:
        made.append(text(fit(f"against: {against}", _NUMBERS - 8, 10.5), scale.right + 8, middle + 12, size=10.5,
                         fill=PALETTE[1]))
    return made


def _cited(claims: Iterable[str], numbers: Mapping[str, int]) -> str:
    return " ".join(map(str, sorted({numbers[claim] for claim in claims if claim in numbers})))


def _outline(x0: float, x1: float, y: float, begins: bool, ends: bool) -> str:
    """The edges of a bar, open at a side of which nothing is told."""
    made = f"M{number(x0)} {number(y)}H{number(x1)}M{number(x0)} {number(y + _BAR)}H{number(x1)}"
    made += f"M{number(x0)} {number(y)}V{number(y + _BAR)}" if begins else ""
    return made + (f"M{number(x1)} {number(y)}V{number(y + _BAR)}" if ends else "")


def _list(places: Mapping[Sentence, int], y: float) -> tuple[list[Element], float]:
    """The sentences that the numbers refer to."""
    made: list[Element] = []
    if places:
        made.append(text("What the documents say", MARGIN, y, size=12.5, fill=INK, bold=True))
        y += 19
    for said, place in list(places.items())[:_MOST_SENTENCES]:
        made.append(text(str(place), MARGIN + 18, y, size=11, fill=INK, anchor="end", bold=True))
        made.append(text(fit(said.source, INNER - 28, 11), MARGIN + 26, y, size=11, fill=GREY))
        y += 15
        for words in wrap(f"“{said.quote}”", INNER - 28, 11.5, most=2):
            made.append(text(words, MARGIN + 26, y, size=11.5, fill=INK))
            y += 15
        y += 4
    if len(places) > _MOST_SENTENCES:
        made.append(text(f"Sentences {_MOST_SENTENCES + 1} to {len(places)}: kg shifts --actor … --format json has their claims, kg why "
                         "shows each.", MARGIN + 26, y, size=11, fill=GREY))
        y += 16
    return made, y - 8


def _key(*, moved: bool) -> tuple[KeyEntry, ...]:
    maybe = (element("rect", x=-13, y=-6, width=26, height=12, fill="none", stroke=GREY),
             element("path", d=hatch(-13, -6, 26, 12), stroke=GREY))
    key = (KeyEntry((element("rect", x=-13, y=-6, width=26, height=12, fill=GREY),), "surely", 26),
           KeyEntry(maybe, "perhaps; open at an end of which nothing is told", 26))
    switches = (KeyEntry((_diamond(-8, 0, sure=True), _diamond(8, 0, sure=False)), "change of side, sure and not", 28),
                KeyEntry((element("rect", x=-8, y=-7, width=16, height=14, fill="#e8ebee"),), "days within which it happened", 16))
    return (*key, *switches) if moved else key
