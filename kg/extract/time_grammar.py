"""The date expressions of English: one table of patterns, each with what it means.

A pattern knows nothing of the day of publication. All repetitions are bounded, so that finding stays linear in the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extract.number_words import NUMBER, read_number
from kg.extract.time_values import Calendar, Expression, Fixed, Past, Shift, Unit, Which
from kg.extract.time_words import (
    ABOUT,
    BEYOND,
    COUNTED,
    EVENTS,
    MEASURED,
    MONTH_NAMES,
    MONTHS,
    NAMED_AFTER,
    SEASONS,
    TODAY,
    UNITS,
    VAGUE,
    WEEKDAY_NAMES,
    WEEKDAYS,
    WHICH,
)
from kg.model import Span


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s") for word in sorted(words, key=len, reverse=True))


_MONTH = rf"(?:{_any(MONTH_NAMES)}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)\b\.?)"
_WEEKDAY = rf"(?:{_any(WEEKDAY_NAMES)})"
_WEEKDAY_BEFORE = rf"(?:\b(?P<weekday>{_WEEKDAY}|(?:Mon|Tues?|Weds?|Thurs?|Thu|Fri|Sat|Sun)\.?),?\s{{1,2}}(?:the\s)?)?"
_WHICH = rf"(?i:{_any(WHICH)})"
_DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?(?!\w|[.,:][0-9]|%)"
_JOIN = r"(?P<join>\s?[-–—/]\s?|\s(?:to|and|or|through|until|till)\s(?:the\s)?|,\s(?:[0-9]{1,2},\s){0,5}[0-9]{1,2},?\sand\s)"
_DAYS = rf"(?P<day>{_DAY})(?:{_JOIN}(?P<last>{_DAY})(?!\s{{1,2}}(?:(?!the|its|their|his|our)[\w-]{{1,30}}\s)?(?:{COUNTED})\b))?"
_YEAR = r"(?:1[89]|20)[0-9]{2}(?![0-9]|[.,:][0-9]|%)"
_OF_YEAR = rf"(?:(?:,|\s(?:of|in))?\s{{1,2}}(?P<year>{_YEAR})|(?:,|\sof)?\s(?P<which_year>{_WHICH})\syear\b)"
_PART = (
    r"(?i:(?:(?P<part>(?:very\s)?(?:early|late|mid)|the\sweek)[-–\s](?:in\s|beginning\s|starting\s|of\s)?(?:the\s)?"
    r"|(?:the\s)?(?:very\s)?(?P<section>beginning|start|end|middle|close|first\shalf|second\shalf|week|weekend|early\spart|latter\spart|"
    r"(?:first|second|third|fourth|last|final|opening|closing)\s(?:(?:few|two|three|four|five|six|seven|eight|nine|ten|[0-9]{1,2})\s)?(?:days?|weeks?|weekend|months?|quarter|half|part))\sof\s(?:the\s)?))"
)
_UNIT = r"(?:hour|day|week|month|year|decade)"
_AMOUNT = rf"(?:(?:the\s)?(?P<amount>(?i:{_any(VAGUE)}|a\scouple(?:\sof)?|a|an)|{NUMBER})\s)"
_HEDGE = rf"(?:\b(?P<hedge>(?i:{_any((*BEYOND, *ABOUT))}))\s)?"
# What may follow "the day before" or "two weeks after" when it counts from something told before.
_ENDS = r"""(?=\s{0,2}(?:[,.;:)\]"”’!?–—-]|$)|\s(?:and|or|but|in|at|on|when|while|as|by|for|to|that|after\sthat)\b)"""


@dataclass(frozen=True, slots=True)
class Found:
    """An expression and where it stands."""

    span: Span
    expression: Expression


Build = Callable[["re.Match[str]"], Iterator[Found]]


def find_expressions(text: str, span: Span) -> tuple[Found, ...]:
    """The date expressions inside `span`, in order, none overlapping another.

    >>> [f.span.of("From 1 to 3 March 2024 in Muse") for f in find_expressions("From 1 to 3 March 2024 in Muse", Span(0, 30))]
    ['1 to 3 March 2024']
    """
    if not _ANY.search(text, span.start, span.end):
        return ()
    found = [each for pattern, build in _RULES for match in pattern.finditer(text, span.start, span.end) for each in build(match)]
    return _longest_first(found)


def _longest_first(found: list[Found]) -> tuple[Found, ...]:
    """Of overlapping expressions the one that begins first, and of those the longest."""
    kept: list[Found] = []
    for each in sorted(found, key=lambda f: (f.span.start, -f.span.end)):
        if not kept or kept[-1].span.end <= each.span.start:
            kept.append(each)
    return tuple(kept)


def _one(match: re.Match[str], expression: Expression) -> Iterator[Found]:
    yield Found(Span(match.start(), match.end()), expression)


def _before(match: re.Match[str], length: int = 40) -> str:
    """The text just before a match, for patterns that end in `$`."""
    return match.string[max(0, match.start() - length) : match.start()]


def _number(text: str | None) -> int | None:
    return int(re.sub(r"\D", "", text)) if text else None


def _which(text: str | None) -> Which | None:
    return WHICH[" ".join(text.lower().split())] if text else None


def _month(text: str) -> int:
    return MONTHS[text[:3]]


def _part(match: re.Match[str]) -> str:
    """The words that name a part of a month or a year: "late", "end", "last week"; empty without any."""
    return (match["part"] or match["section"] or "").lower()


def _iso(match: re.Match[str]) -> Iterator[Found]:
    yield from _one(match, Calendar(int(match["year"]), int(match["month"]), int(match["day"])))


def _day(match: re.Match[str]) -> Iterator[Found]:
    """A day with its month: "Friday, October 27, 2023", "10 and 11 January", "the 5th of May last year"."""
    day, last, about = _number(match["day"]), _number(match["last"]), bool(match["about"])
    weekday = WEEKDAYS[match["weekday"][:3]] if match["weekday"] else None
    which_year = _which(match["which_year"])
    told = Calendar(_number(match["year"]), _month(match["month"]), day, weekday=weekday, which_year=which_year, about=about)
    if last is None or day is None:
        yield from _one(match, told)
    elif last > day and ("," in match["join"] or "and" not in match["join"] or last == day + 1):
        yield from _one(match, replace(told, last_day=last))
    else:  # two days that do not follow each other, or an "or"
        yield Found(Span(match.start(), match.start("join")), told)
        yield Found(Span(match.start("last"), match.end()), replace(told, day=last, weekday=None))


def _day_of_month(match: re.Match[str]) -> Iterator[Found]:
    yield from _one(match, Calendar(day=_number(match["day"]), which_month=_which(match["which"])))


_MONTH_FOLLOWS = re.compile(
    r"\b(?:(?i:in|since|until|till|by|from|of|during|before|after|through|between|around|about|early|late)"
    rf"|{_MONTH}\s(?:and|or|to|through|until))\s$"
)
_OPENS = re.compile(r"(?:\b(?i:in|since|until|till|by|from|of|during|before|after|through|between|around|about|to|and|or|for)\s|^\W*)$")
_ONTO = re.compile(r"\s(?:on|towards?|to|into)\s(?:the|[A-Z])")


def _month_alone(match: re.Match[str]) -> Iterator[Found]:
    """A month: "late October", "last April", "July last year", "in March". "May" and "March" are also verbs."""
    name, rest = match["month"], match.string[match.end() : match.end() + 20]
    part = _part(match)
    marked = part or match["which"] or match["year"] or match["which_year"]
    doubtful = name in ("May", "March") or (len(name) < 5 and name not in MONTH_NAMES and not name.endswith("."))
    if not marked and doubtful and (not _MONTH_FOLLOWS.search(_before(match)) or _ONTO.match(rest)):
        return
    if not marked and not doubtful and re.match(r"\s[A-Z]", rest) and not _OPENS.search(_before(match)):
        return  # a person or a thing of that name
    if match["which"] and match["which"].lower() == "this" and name in ("May", "March") and re.match(r"\s[a-z]", rest):
        return
    day = 15 if part.endswith("mid") or "middle" in part else None
    yield from _one(
        match,
        Calendar(
            _number(match["year"]),
            _month(name),
            day,
            which=_which(match["which"]),
            which_year=_which(match["which_year"]),
            about=bool(part),
        ),
    )


def _season(match: re.Match[str]) -> Iterator[Found]:
    which, year = _which(match["which"]), _number(match["year"])
    if which or year or match["which_year"]:
        month = SEASONS[match["season"].lower()]
        yield from _one(match, Calendar(year, month, which=which, which_year=_which(match["which_year"]), about=bool(_part(match))))


_THE = r"\b(?i:the|an?|its|their|his|her|our|this|that)\s"
_YEAR_FOLLOWS = re.compile(
    r"(?:\b(?i:in|since|until|till|by|from|of|during|before|after|through|circa|between|years?|"
    r"(?:in|since|from|until|by)\s(?:at\sleast|about|around|roughly|or\sbefore)|(?:1[89]|20)[0-9]{2},?\s(?:and|or|to|through|until|till))\s"
    rf"|{_THE}(?:[a-z-]{{2,20}}(?<!ly)\s)?|\b(?:in|since|between|from)\s[A-Z][a-z]{{2,8}}\.?\s(?:and|to)\s|(?:['’]s|s['’])\s)$|\($"
)
_YEAR_LIST = re.compile(r"\b(?:1[89]|20)[0-9]{2},\s$")
_YEAR_LIST_GOES_ON = re.compile(r",?\s(?:(?:and|or)\s(?:again\s)?(?:in\s)?)?(?:1[89]|20)[0-9]{2}\b")
_COUNT_FOLLOWS = re.compile(rf"\s(?:[a-z-]+\s)?(?:{COUNTED}|{MEASURED})\b")
_ARTICLE = re.compile(rf"(?:{_THE}(?:[a-z-]{{2,20}}\s)?|\bof\s)$")
_EVENTS = re.compile(rf"\s(?:[a-z-]+\s)?(?:{EVENTS})\b")


def _year_alone(match: re.Match[str]) -> Iterator[Found]:
    """A year: "in 2021", "the 2021 coup", "late 2023", "2015-18", "(2021)". Not a number of people, a road, a resolution."""
    before, rest = _before(match), match.string[match.end() : match.end() + 60]
    year, last = int(match["year"]), match["last"]
    listed = _YEAR_LIST.search(before) and _YEAR_LIST_GOES_ON.match(rest)
    heads = not before.strip() and rest.startswith(":")  # a line of a chronicle
    if not (_part(match) or listed or heads or _YEAR_FOLLOWS.search(before) or _EVENTS.match(rest) or (last and len(last) == 4)):
        return
    if _COUNT_FOLLOWS.match(rest) and not _part(match) and (year % 100 == 0 or _ARTICLE.search(before)):
        return
    if not last:
        yield from _one(match, Calendar(year, about=bool(_part(match))))
        return
    end = int(last) if len(last) == 4 else year // 100 * 100 + int(last)
    if end > year:
        yield from _one(match, Fixed(f"{year}/{end}"))
    elif len(last) == 2 and 1 <= int(last) <= 12 and match["dash"] == "-":
        yield from _one(match, Calendar(year, int(last)))


def _decade(match: re.Match[str]) -> Iterator[Found]:
    yield from _one(match, Fixed(match["decade"][:3] + "X"))


def _century(match: re.Match[str]) -> Iterator[Found]:
    number = int(match["century"])
    if 1 <= number <= 21:
        yield from _one(match, Fixed(f"{number - 1:02}XX"))


_NO_WEEKDAY = re.compile(r"\b(?i:black|bloody|good|easter|palm|holy|every|each|most|any)\s$")


def _weekday(match: re.Match[str]) -> Iterator[Found]:
    if not _NO_WEEKDAY.search(_before(match)):
        which, week = _which(match["which"]), _which(match["which_week"])
        yield from _one(match, Calendar(weekday=WEEKDAYS[match["weekday"][:3]], which=which, which_week=week))


def _weekend(match: re.Match[str]) -> Iterator[Found]:
    yield from _one(match, Calendar(weekday=5, which=_which(match["which"]), about=True))


def _today(match: re.Match[str]) -> Iterator[Found]:
    yield from _one(match, Shift(Unit.DAY, TODAY[" ".join(match[0].lower().split())]))


def _unit(match: re.Match[str]) -> Iterator[Found]:
    """A unit told apart by a word: "last month", "earlier this week", "that year", "the next day"."""
    which, unit = _which(match["which"]), UNITS[match["unit"].lower()]
    if which is None or unit is Unit.HOUR or (unit is Unit.DAY and which in (Which.LAST, Which.THIS)):
        return
    if unit is Unit.DAY and which is Which.NEXT:
        which = Which.FOLLOWING  # "early next day" is told in a story, never of tomorrow
    part = (match["part"] or "").lower()
    about = part not in ("", "earlier", "later") and unit is not Unit.DAY
    yield from _one(match, Shift(unit, which.step, which.narrative, about))


def _unit_before(match: re.Match[str]) -> Iterator[Found]:
    step = -1 if match["way"].lower() in ("before", "earlier") else 1
    yield from _one(match, Shift(UNITS[match["unit"].lower()], step, narrative=True))


def read_amount(amount: str | None) -> int | None:
    """How many units an amount means; None for a vague one ("a few").

    >>> read_amount("a couple of"), read_amount("eighteen"), read_amount("several")
    (2, 18, None)
    """
    words = " ".join((amount or "").lower().split())
    if words in ("a", "an"):
        return 1
    if words.startswith("a couple"):
        return 2
    return None if not words or words in VAGUE else read_number(words)


def _ago(match: re.Match[str]) -> Iterator[Found]:
    """So many units away: "more than a decade ago", "eight days later", "weeks earlier"."""
    way = match["way"].lower()
    if UNITS[match["unit"].lower()] is Unit.HOUR:
        return  # a time of day
    hedge = " ".join((match["hedge"] or "").lower().split())
    amount, unit = read_amount(match["amount"]), UNITS[match["unit"].lower()]
    if amount is not None:
        amount *= 2 if match["unit"].lower() == "fortnight" else 1
    backwards = way in ("ago", "earlier", "before")
    beyond = hedge in BEYOND and backwards and amount is not None
    narrative = way != "ago"
    signed = None if amount is None else (-amount if backwards else amount)
    yield from _one(match, Shift(unit, signed, narrative, bool(hedge) and not beyond, beyond, backwards))


_RECENT = {Unit.DAY: Unit.DAY, Unit.WEEK: Unit.MONTH, Unit.MONTH: Unit.MONTH, Unit.YEAR: Unit.YEAR}


def _past(match: re.Match[str]) -> Iterator[Found]:
    """A stretch up to now: "over the past 20 days" has a beginning, "in recent weeks" and "the past few weeks" have none."""
    unit = UNITS[match["unit"].lower()]
    told = match["amount"]
    amount = 1 if told is None and not match["plural"] else read_amount(told)
    if amount is not None:
        yield from _one(match, Past(unit, amount))
    elif unit in _RECENT:
        yield from _one(match, Shift(_RECENT[unit], 0, about=True))


def _recent(match: re.Match[str]) -> Iterator[Found]:
    yield from _one(match, Shift(_RECENT[UNITS[match["unit"].lower()]], 0, about=True))


_ABOUT_DAY = r"(?P<about>\b(?i:(?:the\s)?week\s(?:of|beginning|starting)|on\sor\sabout|around|about|circa|roughly|approximately)\s)?"
_NOT_NAME = rf"(?!\s(?:{NAMED_AFTER})\b)"
_RULES: tuple[tuple[re.Pattern[str], Build], ...] = tuple(
    (re.compile(pattern), build)
    for pattern, build in (
        (r"(?<![\w-])(?P<year>(?:1[89]|20)[0-9]{2})-(?P<month>[01][0-9])-(?P<day>[0-3][0-9])(?![\w-])", _iso),
        (rf"{_ABOUT_DAY}{_WEEKDAY_BEFORE}\b(?P<month>{_MONTH})\s{{0,2}}{_DAYS}{_OF_YEAR}?{_NOT_NAME}", _day),
        (
            rf"{_ABOUT_DAY}{_WEEKDAY_BEFORE}(?<![\w.,:$£€-])(?:the\s)?{_DAYS}\s{{1,2}}(?:of\s)?(?P<month>{_MONTH})\b{_OF_YEAR}?{_NOT_NAME}",
            _day,
        ),
        (rf"\b(?:the\s)?(?P<day>{_DAY})\sof\s(?P<which>{_WHICH})\smonth\b", _day_of_month),
        (rf"\b{_PART}?(?:(?P<which>{_WHICH})\s)?\b(?P<month>{_MONTH}){_OF_YEAR}?(?!\s?[0-9]|\w|-[a-z])", _month_alone),
        (rf"\b{_PART}?(?:(?P<which>{_WHICH})\s)?\b(?P<season>(?i:{_any(SEASONS)})){_OF_YEAR}?(?!\w)", _season),
        (
            rf"(?<![\w.,:$£€/-]){_PART}?(?P<year>{_YEAR})(?:\s?(?P<dash>[-–—])\s?(?P<last>{_YEAR}|[0-9]{{2}})(?![\w-]))?(?![-–/]?\w)",
            _year_alone,
        ),
        (r"\b(?:(?i:the\s)?(?i:early|late|mid)[-\s])?(?P<decade>(?:1[89]|20)[0-9]0)['’]?s\b", _decade),
        (r"\b(?:(?i:early|late|mid)[-\s])?(?P<century>[0-9]{1,2})(?:st|nd|rd|th)[-\s]century\b", _century),
        (
            rf"\b(?:(?P<which>{_WHICH})\s)?\b(?P<weekday>{_WEEKDAY})(?:(?:,|\sof)?\s(?P<which_week>(?i:last|this|next))\sweek)?\b"
            r"(?!\s(?:[Pp]rayers?|mosque|Times|Telegraph|Mirror|Express)\b)",
            _weekday,
        ),
        (rf"\b(?:(?P<which>{_WHICH})|the)\sweekend\b", _weekend),
        (rf"\b(?i:{_any(TODAY)})\b(?!['’]s)", _today),
        (
            r"\b(?:(?P<part>(?i:early|earlier|late|later|mid|the\s(?:end|beginning|start|middle)\sof))[-\s])?"
            rf"(?P<which>{_WHICH})\s(?P<unit>(?i:{_any(UNITS)}))\b(?![-–]|\sof\b)",
            _unit,
        ),
        (rf"\b(?i:the\s(?P<unit>day|night|morning|evening|week|month|year|decade)\s(?P<way>before|after|earlier)\b){_ENDS}", _unit_before),
        (rf"{_HEDGE}\b(?:{_AMOUNT})?(?P<unit>(?i:hour|day|week|fortnight|month|year|decade))s?\s(?P<way>(?i:ago|earlier|later))\b", _ago),
        (rf"{_HEDGE}\b{_AMOUNT}(?P<unit>(?i:hour|day|week|fortnight|month|year|decade))s?\s(?P<way>(?i:before|after))\b{_ENDS}", _ago),
        (
            r"\b(?i:(?:in|over|during|for|within|across)\s)?"
            r"(?i:(?:(?:nearly|almost|about|roughly)\s)?the\s(?:past|last)|(?<=over\s)past|(?<=in\s)past|(?<=during\s)past)\s"
            rf"(?:{_AMOUNT})?(?P<unit>(?i:{_UNIT}))(?P<plural>s?)\b(?!\sof\b|\s(?:before|in\spower)\b)",
            _past,
        ),
        (r"\b(?i:(?:in\s)?(?:the\s)?(?:more\s|most\s)?recent\s(?P<unit>day|week|month|year)s)\b", _recent),
    )
)
# A sentence without any of these holds no date: spares most sentences the table.
_ANY = re.compile(rf"[0-9]|{_MONTH}|{_WEEKDAY}|(?i:\b(?:{_any((*UNITS, *SEASONS))}|weekend|today|tonight|yesterday|tomorrow))")
