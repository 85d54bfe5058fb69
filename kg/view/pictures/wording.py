"""Days and numbers in words, for titles and labels."""

from __future__ import annotations

from calendar import month_name, monthrange
from datetime import date

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_BARE = frozenset(("the", "two", "some", "several", "people", "units", "members"))
_BODIES = frozenset((
    "alliance", "army", "battalion", "brigade", "brotherhood", "coalition", "command", "commission", "council", "division", "force",
    "front", "government", "group", "guard", "junta", "league", "military", "militia", "movement", "opposition", "organization",
    "party", "police", "regime", "tatmadaw", "union"))
"""Last words of names that stand with an article."""


def in_words(count: int, *, none: str = "no") -> str:
    """A small number as a word; `none`: the word for zero, which is another one without a noun.

    >>> in_words(2), in_words(40), in_words(1200)
    ('two', '40', '1,200')
    """
    if not count:
        return none
    return _NUMBERS[count] if 0 <= count < len(_NUMBERS) else f"{count:,}"


def counted(count: int, one: str, several: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "switch", "switches"), counted(3, "actor")
    ('one switch', 'three actors')
    """
    return f"{in_words(count)} {one if count == 1 else several or one + 's'}"


def sentence(words: str) -> str:
    """Words with a capital at their beginning."""
    return words[:1].upper() + words[1:]


def day_words(day: date) -> str:
    """A day.

    >>> day_words(date(2023, 6, 5))
    '5 June 2023'
    """
    return f"{day.day} {month_name[day.month]} {day.year}"


def when_words(first: date | None, last: date | None) -> str:
    """The bounds of a day as an adverb.

    >>> when_words(date(2023, 6, 1), date(2023, 6, 30)), when_words(None, date(2022, 7, 31))
    ('in June 2023', 'by 31 July 2022')
    >>> when_words(date(2023, 5, 1), date(2023, 6, 26))
    'between 1 May and 26 June 2023'
    """
    if first is None or last is None:
        return f"by {day_words(last)}" if last else f"on {day_words(first)} or later" if first else "at a time not told"
    if first == last:
        return f"on {day_words(first)}"
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1] and first.year == last.year:
        if first.month == last.month:
            return f"in {month_name[first.month]} {first.year}"
        if (first.month, last.month) == (1, 12):
            return f"in {first.year}"
    start = f"{first.day} {month_name[first.month]}" if first.year == last.year else day_words(first)
    return f"between {start} and {day_words(last)}"


def the(name: str) -> str:
    """A name as a sentence holds it: with its article, where English gives it one.

    >>> the("Arakan Army"), the("China"), the("the rebels"), the("Lway Yay Oo")
    ('the Arakan Army', 'China', 'the rebels', 'Lway Yay Oo')
    """
    words = name.split()
    if words and words[0] == "The":
        return f"the {name[4:]}"
    plain = not words or words[0].casefold() in _BARE or words[-1].casefold() not in _BODIES
    return name if plain else f"the {name}"
