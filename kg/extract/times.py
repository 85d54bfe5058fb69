"""Finds when a sentence says that something happened or held."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.extract.number_words import NUMBER
from kg.extract.time_grammar import Found, find_expressions, read_amount
from kg.extract.time_resolve import blur, resolve, shift_moment
from kg.extract.time_values import Calendar, Expression, Fixed, Moment, Past, Shift
from kg.extract.time_words import UNITS
from kg.model import Period, Span


class DateKind(StrEnum):
    """What the words around a date make of it."""

    POINT = "point"  # when an event happened: somewhere inside the date
    SINCE = "since"  # from then on: "since 2009", "from October 29", "after the 2021 coup"
    UNTIL = "until"  # up to then: "until 2024", "before March", "by Friday", "more than a decade ago"
    DURING = "during"  # from one date to another: "from 1 to 3 March", "over the past year"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date expression of a text. `period` is None when the date cannot be known from what is told."""

    span: Span
    kind: DateKind
    period: Period | None
    text: str


def find_dates(
    text: str, span: Span, *, published: Period | None, anchors: Sequence[Period] = (), future: bool = False
) -> tuple[DateMention, ...]:
    """The date expressions inside one sentence, in order, resolved where they can be.

    "Friday", "in April" and "last month" count from the publication date; "the next day", "that month" and "two days
    later" from the latest date told before, in the sentence or among the anchors. Durations ("for two years"), times of
    day and numbers in names are no dates. Linear in the length of the sentence.

    Args:
        span: the sentence in `text`.
        published: when the document was published, as far as known. A missing day is never made up.
        anchors: dates told earlier in the document, the latest last.
        future: read an undated "December" or "Friday" as the next one: for plans and predictions.

    >>> told = find_dates("The truce began on Friday and fell two days later.", Span(0, 50), published=Period.parse("2023-11-15"))
    >>> [(m.text, m.period.edtf) for m in told if m.period]
    [('Friday', '2023-11-10'), ('two days later', '2023-11-12')]
    >>> find_dates("On Friday.", Span(0, 10), published=None)[0].period is None
    True
    """
    sentence = _Sentence(text, span, Moment.published(published), list(anchors[-_REACH:]), future)
    found = find_expressions(text, span)
    mentions: list[DateMention] = []
    at = 0
    while at < len(found):
        joined = sentence.join(found[at], found[at + 1]) if at + 1 < len(found) else None
        mention = joined or sentence.mention(found[at])
        at += 2 if joined else 1
        if mention is not None and (not mentions or mentions[-1].span.end <= mention.span.start):
            mentions.append(mention)
            if mention.period is not None:
                sentence.anchors.append(mention.period)
    return tuple(mentions)


_FILLER = r"(?:\s(?:at\sleast|about|around|roughly|approximately|as\searly\sas|as\slate\sas|some\s?time\sin|on|in|the))"
_CLOCK = r"(?:\s(?:midnight|noon|midday|dawn|daybreak|sunrise|dusk|sunset|nightfall|start\sof|end\sof|morning|evening|night|at|of|the|on))"
_EVENT = r"(?:\s(?:the|an?|its|their|his|her|our|\w+['’]s))(?:\s[\w-]+){0,2}"  # "since the failed 2021 coup", "since the coup of 2021"
_CLAUSE = r"(?:\s[\w'’-]+){1,6}\s(?:in|on|of)"  # "since it seized power in 2021"
_OWNED = r"(?:\s(?:the|an?|its|their|his|her|our|\w+['’]s))?"
_LEFT = re.compile(
    rf"(?i:\b(?P<since>(?:ever\s)?since)(?:(?:{_FILLER}|{_CLOCK}){{0,5}}|{_EVENT}|{_CLAUSE})\s$"
    rf"|\b(?P<begin>from|starting|beginning|effective|with\seffect\sfrom|as\sfrom)(?:{_FILLER}|{_CLOCK}){{0,6}}\s$"
    rf"|\b(?P<after>after){_OWNED}\s$"
    rf"|(?P<not>\bnot\s)?\b(?P<until>until|till|up\sto|through)(?:(?:{_FILLER}|{_CLOCK}){{1,5}}|{_OWNED})\s$"
    rf"|\b(?P<before>prior\sto|before|no\slater\sthan)(?:{_FILLER}{{1,3}}|{_OWNED})\s$"
    rf"|\b(?P<by>by)(?:\s(?:at\sleast|about|around|late|early|the\send\sof))?\s$)"
)
_SUPERLATIVE = re.compile(r"(?i:\b(?:first|biggest|largest|worst|deadliest|heaviest|greatest|highest|lowest|most|only)\b[^.;,]{0,60}$)")
_OFFSET = re.compile(
    rf"(?:(?P<amount>(?i:an?\s)?(?i:a\scouple\sof|few|several|some)|(?i:an?|the)|{NUMBER})\s)?\b(?P<unit>(?i:hour|day|week|month|year|decade))s?\s"
    r"(?P<way>(?i:before|after|following))\s(?:(?i:the|its|their|his|her|an?)\s)?$"
)
_SOON = re.compile(r"(?i:\b(?:shortly|soon|just|immediately|right)\s(?P<way>after|before)\s(?:(?:the|its|their|his|her|an?)\s)?$)")
_ABOUT = re.compile(r"(?i:\b(?:around|about|circa|roughly|approximately|some\s?time\sin|or\sabout)\s(?:the\s)?$)")
_BETWEEN = re.compile(r"(?i:\bbetween\s(?:about\s|the\s|around\s)?$)")
_FROM = re.compile(r"(?i:\b(?:from|between)\s(?:about\s|the\s|around\s)?$)")
_RANGE = re.compile(r"(?i:,?\s(?:to|until|till|through|up\sto|and)\s(?:the\s|on\s|in\s|at\sleast\s)?|\s?[-–—]\s?)")
_ONWARDS = re.compile(r"(?i:,?\s(?:onwards?|on)\b(?!\s(?:the|a|an)\b))")
_REACH = 100  # dates told before that a story can still count from; bounds the cost
_WINDOW = 90  # code points looked at before a date; bounds the cost


@dataclass(frozen=True, slots=True)
class _Sentence:
    """One sentence and what its dates are resolved against."""

    text: str
    span: Span
    published: Moment | None
    anchors: list[Period]  # grows with every date that is resolved
    future: bool

    def before(self, position: int) -> str:
        return self.text[max(self.span.start, position - _WINDOW) : position]

    def resolve(self, expression: Expression) -> str | None:
        return resolve(expression, self.published, self.anchors, future=self.future)

    def made(self, start: int, end: int, kind: DateKind, edtf: str | None) -> DateMention:
        if edtf is not None and "/" in edtf and kind is DateKind.POINT:
            kind = DateKind.UNTIL if edtf.startswith("..") else DateKind.DURING
        return DateMention(Span(start, end), kind, _parse(edtf), self.text[start:end])

    def join(self, left: Found, right: Found) -> DateMention | None:
        """The stretch between two dates that the words make one: "between A and B", "from A to B", "Monday and Tuesday"."""
        gap = self.text[left.span.end : right.span.start]
        if not _RANGE.fullmatch(gap) or isinstance(left.expression, Past) or isinstance(right.expression, Past):
            return None
        before = self.before(left.span.start)
        told = " and " in gap.lower() and not _BETWEEN.search(before)
        begin, end = self.sides(left.expression, right.expression)
        if begin is None or end is None:
            return None if told else self.made(left.span.start, right.span.end, DateKind.DURING, None)
        if "/" in begin + end or (told and not _consecutive(begin, end)):
            return None
        period = _parse(f"{begin}/{end}")
        opening = _FROM.search(before)
        start = left.span.start - (len(opening[0]) if opening else 0)
        return self.made(start, right.span.end, DateKind.DURING, period.edtf) if period else None

    def sides(self, left: Expression, right: Expression) -> tuple[str | None, str | None]:
        """Both ends of a range, the one that lacks a year counted from the other."""
        told = isinstance(left, Fixed) or (isinstance(left, Calendar) and (left.year or left.which_year))
        if told and not (isinstance(right, Calendar) and right.year):
            begin = self.resolve(left)
            base = Moment.published(_parse(begin))
            return begin, resolve(right, base if _undated(right) else self.published, self.anchors, future=True)
        end = self.resolve(right)
        base = Moment.published(_parse(end)) if _undated(left) else self.published
        return resolve(left, base, self.anchors), end

    def mention(self, found: Found) -> DateMention | None:
        """One date, with what the words before it make of it; None where it only serves to compare."""
        start, end = found.span.start, found.span.end
        edtf, before = self.resolve(found.expression), self.before(start)
        offset = _OFFSET.search(before)
        if offset:
            return self.made(start - len(offset[0]), end, DateKind.POINT, _apply_offset(offset, edtf))
        soon = _SOON.search(before)
        if soon or _ABOUT.search(before):
            edtf = blur(edtf) if edtf else None
            before = before[: -len(soon[0])] if soon else _ABOUT.sub("", before)
        left = _LEFT.search(before)
        if left is None or isinstance(found.expression, Past) or _bounded(found.expression):
            return self.made(start, end, DateKind.POINT, edtf)
        opening = start - (len(self.before(start)) - left.start())
        possessive = self.text.startswith(("'s", "’s"), end)
        if left["since"]:
            return None if _SUPERLATIVE.search(before[: left.start()]) else self.made(opening, end, DateKind.SINCE, _open(edtf))
        if left["begin"] or left["after"]:
            if left["begin"] and (possessive or (edtf and "/" in edtf)):
                return self.made(start, end, DateKind.POINT, edtf)
            onwards = _ONWARDS.match(self.text, end, self.span.end)
            return self.made(opening, onwards.end() if onwards else end, DateKind.SINCE, _open(edtf))
        if left["not"] or (left["by"] and possessive):
            return self.made(start, end, DateKind.POINT, edtf)
        return self.made(opening, end, DateKind.UNTIL, _closed(edtf))


def _undated(expression: Expression) -> bool:
    """Whether the expression is a place in the calendar whose year is not told."""
    return isinstance(expression, Calendar) and expression.year is None and expression.which_year is None and expression.which is None


def _bounded(expression: Expression) -> bool:
    return isinstance(expression, Shift) and expression.beyond


def _parse(edtf: str | None) -> Period | None:
    try:
        return Period.parse(edtf) if edtf else None
    except ValueError:  # a range that ends before it begins
        return None


def _open(edtf: str | None) -> str | None:
    return f"{edtf.split('/')[0]}/.." if edtf else None


def _closed(edtf: str | None) -> str | None:
    return f"../{edtf.split('/')[-1]}" if edtf else None


def _consecutive(begin: str, end: str) -> bool:
    """Whether two dates of the same precision, days or months, follow each other."""
    first, second = _parse(begin), _parse(end)
    if first is None or second is None or len(begin) != len(end) or len(begin) < 7 or first.doubtful or second.doubtful:
        return False
    if first.end_latest is None or second.begin_earliest is None:
        return False
    return (second.begin_earliest - first.end_latest).days == 1


def _apply_offset(offset: re.Match[str], edtf: str | None) -> str | None:
    """A date moved by what stands before it: "two days after October 27". Near it, where that cannot be counted."""
    if edtf is None or "/" in edtf:
        return None
    amount = 1 if (offset["amount"] or "").lower() == "the" else read_amount(offset["amount"])
    unit = UNITS[offset["unit"].lower()]
    base = Moment.told(Period.parse(edtf))
    if base is None:
        return blur(edtf)
    back = offset["way"].lower() == "before"
    if amount is None:
        moved = resolve(Shift(unit, None, backwards=back), base, ())
    else:
        try:
            moved = shift_moment(base, unit, -amount if back else amount)
        except (ValueError, OverflowError):
            return None
    return moved or blur(edtf)
