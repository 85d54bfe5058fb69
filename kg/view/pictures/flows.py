"""Who leaves which side for which: a diagram from side to side, and columns through time, each from the least to the most."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from math import ceil, floor, log10
from xml.etree.ElementTree import Element

from kg.model import Flow
from kg.view.pictures.axis import TimeScale, draw_axis
from kg.view.pictures.picture import GREY, INK, INNER, MARGIN, PALE, RULE, WIDTH, Frame, KeyEntry, Picture
from kg.view.pictures.placing import Box
from kg.view.pictures.svg import element, fit, hatch, line, measure, number, path, text
from kg.view.pictures.wording import counted, sentence, the, when_words

_COLOURS = {"defect": "#0072b2", "desert": "#d55e00", "surrender": "#8a5aa8", "leave": "#3d4b59"}
_DID = {"defect": "went over", "desert": "deserted", "surrender": "surrendered", "leave": "left"}
_THICKEST, _MOST_LINKS, _MOST_PANELS = 46.0, 12, 3
_PANEL = 150.0
_LEAST_DAYS = 300  # across a panel: a month alone is no wall


def draw_flows(whole: Sequence[Flow], stretches: Sequence[Flow], *, months: int, told: str, sources: str) -> Picture:
    """Flows of people from side to side.

    Args:
        whole: one flow for each side left, side joined and way of leaving, of all time.
        stretches: the same by stretches of time; those without days are not drawn among the columns.
        months: how many months a stretch has.
        told: what the subtitle says.
        sources: the line of sources.
    """
    links = sorted(whole, key=lambda f: (-_size(f), -(f.minimum or 0), _name(f.from_), _name(f.to), f.kind))
    shown = _grouped(links[:_MOST_LINKS])
    made, y = _links(shown)
    panels, bottom = _panels([f for f in stretches if f.first and f.last and _size(f)], months, y + 18)
    made += panels
    left_out = len(whole) - len(shown)
    notes = [f"{sentence(counted(left_out, 'smaller flow'))} {'is' if left_out == 1 else 'are'} in the table."] if left_out else []
    uncounted = len({c.id for flow in whole for c in flow.uncounted})
    if uncounted:
        notes.append(f"{sentence(counted(uncounted, 'claim'))} of leaving {'gives' if uncounted == 1 else 'give'} no number of people "
                     "(a unit, a name, “some”): never counted as 0 or 1.")
    apart = len({one.claim.id for flow in whole for one in flow.left_out})
    if apart:
        notes.append(f"{sentence(counted(apart, 'claim'))} not added: denied, not said to have happened, or perhaps the same people.")
    return Picture("flows", Frame(finding_of_flows(whole), told, sources), tuple(made), bottom,
                   ("from", "to", "what", "since", "until", "people", "least", "most", "counted claims", "uncounted claims"),
                   tuple(_row(flow) for flow in (*whole, *stretches)), _key({f.kind for f in shown}), tuple(notes))


def finding_of_flows(whole: Sequence[Flow]) -> str:
    """The largest number that is told of."""
    numbered = [f for f in whole if f.minimum]
    if not numbered:
        uncounted = len({c.id for f in whole for c in f.uncounted})
        told = f"{counted(uncounted, 'claim')} of people leaving a side, none with a least number"
        return sentence(told) if uncounted else "Nobody is told to have left a side"
    best = min(numbered, key=lambda f: (-(f.minimum or 0), _name(f.from_), f.kind, _name(f.to)))
    side = the(best.from_.name) if best.from_ else "a side not told"
    to = f" to {the(best.to.name)}" if best.to else ""
    did = {"defect": f"gone over from {side}{to}", "surrender": f"surrendered, of {side}"}.get(best.kind, f"{_DID[best.kind]} {side}")
    about = "about " if best.approximate else ""
    days = f" {when_words(best.first, best.last)}" if best.first or best.last else ""
    if best.maximum is None:
        return sentence(f"{about}{best.minimum:,} people or more are told to have {did}{days}; nobody sets an upper bound")
    if best.maximum == best.minimum:
        return sentence(f"{about}{best.minimum:,} people are told to have {did}{days}")
    return sentence(f"{about}{best.minimum:,} to {best.maximum:,} people are told to have {did}{days}")


def range_words(flow: Flow) -> str:
    """How many, in words.

    >>> range_words(Flow("desert", None, None, None, None, 200, None, True, (), (), (), ()))
    'about 200 or more'
    """
    about = "about " if flow.approximate else ""
    if flow.minimum is None and flow.maximum is None:
        return f"uncounted ({counted(len(flow.uncounted), 'claim')})" if flow.uncounted else "not added"
    if flow.minimum is None:
        return f"{flow.maximum:,} or fewer"
    if flow.maximum is None:
        return f"{about}{flow.minimum:,} or more"
    return f"{about}{flow.minimum:,}" + (f" to {flow.maximum:,}" if flow.maximum > flow.minimum else "")


def _size(flow: Flow) -> int:
    return flow.maximum or flow.minimum or 0


def _name(side: object) -> str:
    return str(getattr(side, "name", "") or "side not told")


def _grouped(links: Sequence[Flow]) -> list[Flow]:
    """The links of one side together, the sides in the order of their largest link."""
    sides = list(dict.fromkeys(_name(flow.from_) for flow in links))
    return sorted(links, key=lambda f: sides.index(_name(f.from_)))


def _links(links: Sequence[Flow]) -> tuple[list[Element], float]:
    """A band for each flow: dark as wide as the least, hatched up to the most; a dashed line where nobody counted."""
    most = max((_size(f) for f in links), default=0)
    left, right = MARGIN + 190, WIDTH - MARGIN - 262
    made: list[Element] = []
    y = 4.0
    for i, flow in enumerate(links):
        thick = _THICKEST * _size(flow) / most if most else 0.0
        height = max(thick, 34.0) if _size(flow) else 22.0
        middle = y + height / 2
        made += _band(flow, left, right, middle, thick, _THICKEST * (flow.minimum or 0) / most if most else 0.0)
        if i == 0 or _name(links[i - 1].from_) != _name(flow.from_):
            side = fit(_name(flow.from_), 176, 12.5, bold=True)
            made.append(text(side, left - 12, middle + 4, size=12.5, fill=INK, anchor="end", bold=True))
        head = flow.to.name if flow.to else _DID[flow.kind]
        if _size(flow):
            doing = f"{_DID[flow.kind]}: " if flow.to else ""
            made.append(text(fit(head, 242, 12.5, bold=True), right + 18, middle - 2, size=12.5, fill=INK, bold=True))
            made.append(text(fit(doing + range_words(flow), 242, 11.5), right + 18, middle + 13, size=11.5, fill=GREY))
        else:
            words = fit(head, 186, 12.5, bold=True)
            made.append(text(words, right + 18, middle + 4, size=12.5, fill=INK, bold=True))
            told = "not added" if not flow.uncounted else "uncounted"
            made.append(text(told, right + 24 + measure(words, 12.5, bold=True), middle + 4, size=11.5, fill=GREY))
        y += height + 8
    return made, y


def _band(flow: Flow, left: float, right: float, middle: float, thick: float, thin: float) -> list[Element]:
    colour = _COLOURS[flow.kind]
    made: list[Element] = []
    if _size(flow):
        high, low = max(thick, 2), max(thin, 2) if thin else 0.0
        top = middle - high / 2
        if high > low:
            made.append(element("path", d=hatch(left, top, right - left, high), stroke=colour, stroke_width=1, fill="none"))
            made.append(element("rect", x=left, y=top, width=right - left, height=high, fill="none", stroke=colour, stroke_width=0.8))
        if low:
            made.append(element("rect", x=left, y=middle - low / 2, width=right - left, height=low, fill=colour))
        if flow.maximum is None:  # open to above: nobody says how many at most
            made += [line(left, edge, right, edge, stroke=colour, width=1.2, dash="1 4") for edge in (top - 3, top + high + 3)]
    else:
        made.append(line(left, middle, right, middle, stroke=colour, width=1.6, dash="5 4"))
    tip = max(thick / 2, 3) + 3
    corners = [(right, middle - tip), (right + 10, middle), (right, middle + tip)]
    return [*made, element("path", d=path(corners, close=True), fill=colour)]


def _panels(flows: Sequence[Flow], months: int, y: float) -> tuple[list[Element], float]:
    """The columns of the sides that most people left."""
    if not flows:
        return [], y
    firsts, lasts = [f.first for f in flows if f.first], [f.last for f in flows if f.last]
    days = (max(lasts) - min(firsts)).days
    pad = max(days // 40, (_LEAST_DAYS - days) // 2, 3)
    scale = TimeScale(date.fromordinal(max(min(firsts).toordinal() - pad, 1)),
                      date.fromordinal(min(max(lasts).toordinal() + pad, date.max.toordinal())), MARGIN + 44, WIDTH - MARGIN)
    sides = sorted({_name(f.from_) for f in flows}, key=lambda side: (-max(_size(f) for f in flows if _name(f.from_) == side), side))
    made: list[Element] = []
    for side in sides[:_MOST_PANELS]:
        mine = [f for f in flows if _name(f.from_) == side]
        columns = [f for f in mine if _is_stretch(f, months)]
        longer = [f for f in mine if not _is_stretch(f, months)]
        made.append(text(fit(f"When people left {the(side)}", INNER, 13, bold=True), MARGIN, y + 12, size=13, fill=INK, bold=True))
        part, y = _columns(columns, scale, y + 46) if columns else ([], y + 30)
        made += part
        part, y = _spans(longer, scale, y) if longer else ([], y)
        made += part
        y += 10
    return made, y


def _is_stretch(flow: Flow, months: int) -> bool:
    """Whether its days are just one month, quarter or year; `months`: how many months a stretch has."""
    if not flow.first or not flow.last or flow.first.day != 1 or flow.last == date.max:
        return False
    after = date.fromordinal(flow.last.toordinal() + 1)
    return after.day == 1 and (after.year - flow.first.year) * 12 + after.month - flow.first.month == months


def _columns(flows: Sequence[Flow], scale: TimeScale, top: float) -> tuple[list[Element], float]:
    """A column for each stretch and way of leaving, those of one stretch side by side: full to the least, hatched to the most."""
    most = max(_size(flow) for flow in flows)
    bottom = top + _PANEL
    made = draw_axis(scale, top, bottom)
    unit = _PANEL / max(most, 1)
    for count in range(0, most + 1, _step(most)):
        y = bottom - count * unit
        made.append(line(scale.left, y, scale.right, y, stroke=PALE if not count else RULE))
        made.append(text(f"{count:,}", scale.left - 6, y + 4, size=10.5, fill=GREY, anchor="end"))
    boxes: list[Box] = []
    labels: list[Element] = []
    for day in sorted({flow.first for flow in flows if flow.first}):
        beside = [flow for flow in flows if flow.first == day]
        begin, end = scale.x(day) + 2, scale.x(beside[0].last, end=True) - 2
        width = max((end - begin) / len(beside), 4)
        for i, flow in enumerate(beside):
            x0 = begin + i * width
            colour, low, high = _COLOURS[flow.kind], (flow.minimum or 0) * unit, _size(flow) * unit
            made.append(element("rect", x=x0, y=bottom - low, width=width - 1, height=low, fill=colour))
            if flow.maximum is not None and high > low:
                made.append(element("path", d=hatch(x0, bottom - high, width - 1, high - low), stroke=colour, stroke_width=1, fill="none"))
                made.append(element("rect", x=x0, y=bottom - high, width=width - 1, height=high - low, fill="none", stroke=colour))
            elif flow.maximum is None:
                edges = "".join(f"M{number(x)} {number(bottom - high - 2)}v-9" for x in (x0 + 0.5, x0 + width - 1.5))
                made.append(element("path", d=edges, stroke=colour, stroke_width=1.4, stroke_dasharray="2 2"))
            gap = 14 if flow.maximum is None else 5
            placed = _label(flow.notation or "", x0 + width / 2, bottom - high - gap, scale, boxes, top - 28)
            labels += [placed] if placed is not None else []
    return [*made, *labels], bottom + 30


def _spans(flows: Sequence[Flow], scale: TimeScale, y: float) -> tuple[list[Element], float]:
    """What is told of longer times: a bar over its days with its numbers, one under another."""
    made = [text("Told of other or longer times, what lies in them included", scale.left, y + 4, size=11, fill=GREY)]
    y += 22
    for flow in sorted(flows, key=lambda f: (f.first or date.min, f.last or date.max, f.kind)):
        x0, x1 = scale.x(flow.first), max(scale.x(flow.last, end=True), scale.x(flow.first) + 4)
        words = f"{_DID[flow.kind]}: {range_words(flow)}"
        width = measure(words, 11)
        made.append(element("rect", x=x0, y=y - 9, width=x1 - x0, height=10, fill=_COLOURS[flow.kind], fill_opacity=0.75))
        right = x1 + 6 + width <= scale.right
        beside = right or x0 - 6 - width >= scale.left
        x = x1 + 6 if right else x0 - 6 - width if beside else scale.left
        made.append(text(words, x, y if beside else y + 13, size=11, fill=INK))
        y += 18 if beside else 31
    return made, y


def _label(words: str, x: float, y: float, scale: TimeScale, boxes: list[Box], ceiling: float) -> Element | None:
    """A number over its column, higher where another one is; none where no room is left."""
    width = measure(words, 11)
    left = min(max(x - width / 2, scale.left), scale.right - width)
    while y > ceiling:
        box = Box(left - 2, y - 10, left + width + 2, y + 3)
        if not any(box.meets(other) for other in boxes):
            boxes.append(box)
            return text(words, left, y, size=11, fill=INK, halo=True)
        y -= 4
    return None


def _step(most: int) -> int:
    """A round number, three to six of which make the largest.

    >>> _step(790), _step(18), _step(1)
    (200, 5, 1)
    """
    rough = most / 4
    power = 10 ** floor(log10(rough)) if rough >= 1 else 1
    return max(1, ceil(next(step * power for step in (1, 2, 5, 10) if step * power >= rough * 0.8)))


def _key(kinds: set[str]) -> tuple[KeyEntry, ...]:
    signs = [KeyEntry((element("rect", x=-8, y=-5, width=16, height=10, fill=_COLOURS[kind]),), _DID[kind], 16)
             for kind in _COLOURS if kind in kinds]
    range_ = (element("path", d=hatch(-13, -6, 26, 12, gap=4), stroke=GREY, fill="none"),
              element("rect", x=-13, y=-2, width=26, height=4, fill=GREY))
    open_ = (line(-13, -6, 13, -6, stroke=GREY, width=1, dash="1 4"), element("rect", x=-13, y=-3, width=26, height=6, fill=GREY),
             line(-13, 6, 13, 6, stroke=GREY, width=1, dash="1 4"))
    return (*signs, KeyEntry(range_, "full: the least, hatched: to the most", 26), KeyEntry(open_, "no most is told", 26),
            KeyEntry((line(-13, 0, 13, 0, stroke=GREY, width=1.6, dash="5 4"),), "nobody counted", 26))


def _row(flow: Flow) -> tuple[object, ...]:
    return (flow.from_ and flow.from_.name, flow.to and flow.to.name, flow.kind, flow.first, flow.last, flow.notation, flow.minimum,
            flow.maximum, len({c.id for c in (*flow.lowest, *flow.highest)}), len(flow.uncounted))


