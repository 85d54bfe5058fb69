"""Finds how many: numbers of people and things with their hedges, as the codebook's bounds (rule 14)."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, replace
from fractions import Fraction

from kg.extract.count_words import (
    ABOUT,
    ABOVE,
    BELOW,
    COLLECTIVE,
    FRACTIONS,
    FUNCTION,
    LINKING,
    MEASURES,
    NAMING,
    NAMING_SMALL,
    PLURALS,
    PREPOSITIONS,
    VAGUE,
)
from kg.extract.number_words import DIGITS, NUMBER, SCALE, read_number
from kg.extract.time_grammar import find_expressions
from kg.extract.time_words import COUNTED, MONTH_NAMES
from kg.model import Quantity, Span


@dataclass(frozen=True, slots=True)
class CountMention:
    """A count in a text. `unit` is the noun counted, as far as the words alone show it."""

    span: Span
    quantity: Quantity
    unit: str | None


_SEVERAL = 3  # what "several hundred" counts: the codebook reads it as 300
_LARGE = 10  # from here on "over" bounds a number
_NOUN_PHRASE = 8  # words looked at for the noun
_NOT_PLURAL = ("ss", "us", "is", "'s", "’s")


def _any(words: tuple[str, ...] | dict[str, int] | dict[str, Fraction]) -> str:
    return "|".join(re.escape(word).replace(r"\ ", r"\s{1,2}") for word in sorted(words, key=len, reverse=True))


_BETWEEN = r"(?:(?i:an?\s(?:total\sof|estimated)|estimated|the|another|about|some)\s)?"  # "at least another 20"
_HEDGE = rf"(?:(?P<hedge>(?i:{_any((*BELOW, *ABOVE, *ABOUT))})\s{{1,2}}{_BETWEEN})?)"
_TAIL = r"(?P<tail>\s(?i:or\smore|or\sso|or\sfewer|or\sless|plus)\b|\+|-plus\b)?"
_RANGE = (
    rf"(?P<between>(?i:between\s))?(?P<low>{NUMBER})"
    rf"(?P<join>(?(between)\s(?i:and|to)\s|(?:(?<=[0-9])\s?[-–—]\s?|\s(?i:to|or)\s)))(?:(?i:some|about|even|perhaps)\s)?(?P<high>{NUMBER})"
)
_SHARE = rf"(?P<share>(?i:{_any(FRACTIONS)}))\s(?:of\s)?(?:[A-Za-z'’-]{{1,20}}\s){{0,5}}?(?P<whole>{DIGITS}(?:\s{SCALE})?)"
_LARGE_VAGUE = r"(?i:tens|hundreds)\sof\s(?i:thousands|millions)|(?i:dozens|scores|tens|hundreds|thousands|millions)"
_COUNT = re.compile(
    rf"(?<![\w$£€¥#+/:@.°])(?<![0-9],)(?<![A-Za-z]-)(?<![0-9]-)(?:{_HEDGE})"
    rf"(?:{_SHARE}|{_RANGE}|(?P<several>(?i:several|a\sfew))\s(?P<scale>(?i:{SCALE}))s?\b|(?P<vague>\b(?:{_LARGE_VAGUE})\b)"
    rf"|(?P<number>{NUMBER})){_TAIL}"
    r"(?![\w%°$€£]|[.,:/][0-9]|\s%)"
)
_NEXT = re.compile(r"[ \t\n\u00a0]{1,3}(?P<word>[^\W\d_](?:[\w'’.-]{0,30}\w)?|[0-9][0-9,]{0,12})|(?P<stop>[\s\S])")
_STRONG = re.compile(r"-(?:strong|member|man|person|soldier)\b")
_BEFORE = re.compile(r"(?P<word>[A-Za-z][\w'’.-]*?)[.\s#]{0,3}$")
_COUNTED_ONE = "soldier|fighter|civilian|person|man|woman|child|officer|rebel|militant|policeman|resident|villager"
_COUNTED = re.compile(rf"\s(?:[a-z-]{{1,30}}\s){{0,2}}(?:{COUNTED}|{_COUNTED_ONE})\b")
_MONEY = re.compile(r"(?:[$£€¥]|\b(?:USD?|EUR|GBP|Rs|MMK|K)\.?)\s?$")
_GREW = re.compile(
    r"(?i:\b(?:rose|risen|rises|grew|grown|increased|fell|fallen|dropped|declined|cut|shrank|reduced|raised|expanded)\b[^.;]{0,40}\bfrom\s)$"
)


def find_counts(text: str, span: Span) -> tuple[CountMention, ...]:
    """The counts of people and things inside one sentence, in order.

    Dates, numbers in names ("Operation 1027", "Brigade 611"), ordinals, shares in percent, measures, times, ages and money
    are no counts. A vague count keeps its bound: "dozens" is 24+, "several hundred" ~300, "half of the 6,800" ~3400.
    Linear in the length of the sentence.

    >>> sentence = "Nearly 450 troops and more than two dozen police officers fled."
    >>> [(c.quantity.notation, c.unit) for c in find_counts(sentence, Span(0, len(sentence)))]
    [('<450', 'troops'), ('24+', 'officers')]
    """
    if not _COUNT.search(text, span.start, span.end):
        return ()  # most sentences: spares looking for dates
    dates = deque(found.span for found in find_expressions(text, span))
    mentions: list[CountMention] = []
    at = span.start
    while match := _COUNT.search(text, at, span.end):
        start, end = match.span()
        while dates and dates[0].end <= start:
            dates.popleft()
        if dates and dates[0].start < end:
            at = max(dates[0].end, at + 1)
            continue
        at = end
        if not _is_count(match, span):
            continue
        quantity = _quantity(match)
        if quantity is None and match["low"]:  # no range after all: two numbers
            at = match.end("low")
            quantity = _bound(match, read_number(match["low"]), text[start:at])
            end = at
        if quantity is not None:
            mentions.append(CountMention(Span(start, end), quantity, _unit(text, end, span.end)))
    return tuple(mentions)


def _quantity(match: re.Match[str]) -> Quantity | None:
    """The bounds a match sets; None where it is no whole number or no range."""
    words = match[0]
    if match["share"]:
        whole = read_number(match["whole"])
        part = FRACTIONS[" ".join(match["share"].lower().split())]
        quantity = _bound(match, round(whole * part), words) if whole else None
        return replace(quantity, approximate=True) if quantity else None
    if match["low"]:
        return _range(match)
    if match["several"]:
        value = read_number(match["scale"])
        return None if value is None else Quantity(_SEVERAL * value, _SEVERAL * value, words, approximate=True)
    if match["vague"]:
        first, *rest = match["vague"].lower().split()
        least = {"tens": 10}.get(first, VAGUE[first]) * VAGUE[rest[-1]] if rest else VAGUE[first]
        return Quantity(least, None, words)
    return _bound(match, read_number(match["number"]), words)


def _bound(match: re.Match[str], value: int | None, words: str) -> Quantity | None:
    if not value:
        return None
    hedge = " ".join((match["hedge"] or "").lower().split())
    if hedge in PREPOSITIONS and value < _LARGE:
        hedge = ""
    tail = (match["tail"] or "").strip().lower() if words == match[0] else ""
    if any(hedge.startswith(h) for h in ABOVE) or tail in ("or more", "plus", "+", "-plus"):
        return Quantity(value, None, words)
    if any(hedge.startswith(h) for h in BELOW) or tail in ("or fewer", "or less"):
        return Quantity(None, value, words)
    return Quantity(value, value, words, approximate=bool(hedge) or tail == "or so")


def _range(match: re.Match[str]) -> Quantity | None:
    """ "10 to 20", "two or three", "2-3 million"; None for what does not rise and for a change ("rose from 10 to 20")."""
    if not match["between"] and _GREW.search(match.string[max(0, match.start("low") - 80) : match.start("low")]):
        return None
    low, high = read_number(match["low"]), read_number(match["high"])
    scale = re.search(rf"(?i:{SCALE})$", match["high"])
    if scale and low is not None and not re.search(rf"(?i:{SCALE})$", match["low"]):
        low *= read_number(scale[0]) or 1
    if not low or high is None or low >= high:
        return None
    return Quantity(low, high, match[0], approximate=bool(match["hedge"]))


def _is_count(match: re.Match[str], span: Span) -> bool:
    """Whether a number counts people or things, by the words around it."""
    text, start, end = match.string, match.start(), match.end()
    number = match["number"] or match["high"] or match["whole"] or ""
    after = _NEXT.match(text, end, span.end)
    following = after["word"] if after else None
    if following and (following.lower().rstrip(".") in MEASURES or following.rstrip(".") in MEASURES):
        return False
    if text[end : end + 1] in ("-", "–") and text[end + 1 : end + 2].isalnum():
        return bool(_STRONG.match(text, end, span.end))
    before = text[max(span.start, start - 40) : start]
    if _MONEY.search(before):
        return False
    unit = _unit(text, end, span.end)
    if unit in MEASURES or following in MONTH_NAMES:
        return False
    if unit is None and match["join"] and match["join"].strip() in ("-", "–", "—"):
        return False  # a score or a telephone number
    plain = bool(re.fullmatch(r"[0-9]+", match["number"] or match["low"] or ""))
    left = _BEFORE.search(before)
    if plain and left and not match["hedge"] and _names(left["word"], following, left.start() == 0 and len(before) < 40):
        return False
    if plain and re.fullmatch(r"(?:19|20)[0-9]{2}", number) and not _COUNTED.match(text, end, span.end) and not match["hedge"]:
        return False  # a year, or the number of a resolution
    if plain and re.search(r"[^\W\d_],\s$", before) and text[end : end + 1] in (",", ")"):
        return False  # an age: "Ko Min, 35, a farmer"
    if plain and unit is None and re.search(r"\b(?:at|aged?)\s$", before):
        return False  # an age: "he joined at 14"
    if number.lower() == "one":
        return bool(_COUNTED.match(text, end, span.end))
    return not _is_name(match, following, span)


def _names(word: str, following: str | None, first: bool) -> bool:
    """Whether the word before a number makes it a name: "Brigade 611", "Section 505", "Vision 2030"."""
    known = word.lower().rstrip(".") in NAMING and (word[0].isupper() or word.lower() in NAMING_SMALL)
    return known or (word[0].isupper() and not first and (following is None or following[0].isupper()))


def _is_name(match: re.Match[str], following: str | None, span: Span) -> bool:
    """Whether a number written as a capitalised word is part of a name: "Three Brotherhood Alliance", "Four Cuts"."""
    number = match["number"] or match["low"] or match["vague"] or ""
    if not number[:1].isupper() or match["hedge"]:
        return False
    text, start = match.string, match.start()
    opens = text[max(span.start, start - 40) : start].strip(" \n\t\"“‘'(—–-") == ""
    if not opens:
        return True
    second = _NEXT.match(text, match.end() + 1 + len(following), span.end) if following else None
    return bool(following and following[0].isupper() and second and second["word"] and second["word"][0].isupper())


def _unit(text: str, start: int, end: int) -> str | None:
    """The noun counted: the first plural of the words that follow; the last one before a function word if none is plural."""
    if _STRONG.match(text, start, end):
        return None
    words: list[str] = []
    collective: str | None = None
    at = start
    for _ in range(_NOUN_PHRASE):
        match = _NEXT.match(text, at, end)
        word = match["word"] if match else None
        if match is None or word is None:
            break
        if not words and (word.lower() in LINKING or (word[0].isdigit() and at > start)):
            at = match.end()
            continue
        if word.lower() in FUNCTION or word[0].isdigit():
            break
        at = match.end()
        if _is_plural(word):
            return word
        if collective:
            return collective
        collective = word if word in COLLECTIVE else None
        words.append(word)
    if collective:
        return collective
    return words[0] if len(words) == 1 and words[0].islower() and not words[0].endswith(("ed", "ly")) else None


def _is_plural(word: str) -> bool:
    return word in PLURALS or (word[0].islower() and word.endswith("s") and not word.endswith(_NOT_PLURAL))
