"""Names that a text gives in passing: "X, known as Y", "its army (KNLA)", "the 105th and 118th Brigades"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.extract.entities import ORGANISED, Entity, Mention, Roster
from kg.extract.runs import ABBREVIATION, ORDINAL
from kg.extract.words import organisation_heads, word_list
from kg.model import Kind, Span

SHARED_NOUN = "shares its noun with others"
"""Why a unit is one: "the 105th and 118th Brigades"."""
_ADVERBS = r"(?:(?:also|better|best|widely|popularly|commonly|locally|universally|simply|variously|otherwise|generally|usually) )?"
_CALLED = r"known as|known by the name of|nicknamed|dubbed|called|alias|a\.k\.a\.|aka|going by the name of"
_KNOWN_AS = re.compile(
    rf"(?:\s*\([^()]{{1,40}}\))?, (?:(?:who|which) (?:is|are) )?{_ADVERBS}"
    rf"(?:{_CALLED}|known {_ADVERBS}(?:by [a-z ]{{3,40}} )?as) (?:the )?[\"“‘']?"
)
_UNIT = r"(?:[A-Z][a-z]+ )?(?:[Bb]rigade|[Bb]attalion|[Dd]ivision|[Rr]egiment|[Cc]ompan(?=ies)|[Cc]orps)"
_UNITS = re.compile(rf"\b((?:{ORDINAL}, )*{ORDINAL},? and (?:the )?)({ORDINAL}) ({_UNIT})(?:s|ies)?\b")
_NOUN_BEFORE = re.compile(r"\b([a-z]+)\s*$")
_NOUN_AFTER = re.compile(r" ([a-z]+)\b")


def units_in_lists(text: str, sentence: Span) -> Iterator[tuple[Span, str]]:
    """Units that share their noun, each with the name that it would have alone.

    >>> list(units_in_lists("the 105th and 118th Brigades", Span(0, 28)))[0]
    (Span(start=4, end=9), '105th Brigade')
    >>> [name for _, name in units_in_lists("its 1st, 2nd and 3rd Infantry Divisions", Span(0, 39))]
    ['1st Infantry Division', '2nd Infantry Division', '3rd Infantry Division']
    """
    for match in _UNITS.finditer(text, sentence.start, sentence.end):
        noun = match.group(3)
        noun = f"{noun}y" if noun.casefold().endswith("compan") else noun
        for ordinal in re.finditer(ORDINAL, match.group(1)):
            begin = match.start(1) + ordinal.start()
            yield Span(begin, begin + len(ordinal.group())), f"{ordinal.group()} {noun}"
        yield Span(match.start(2), match.end()), f"{match.group(2)} {noun}"


def call_by_kind(text: str, mentions: Sequence[Mention]) -> None:
    """Let a place be called with the noun after its name too: "Garat district"."""
    for mention in mentions:
        noun = _NOUN_AFTER.match(text, mention.span.end)
        if noun and noun.group(1) in word_list("wide_places") and mention.entity.kind is Kind.PLACE and not mention.adjective:
            mention.entity.call(f"{mention.span.of(text)} {noun.group(1)}")


def name_bracketed(text: str, sentence: Span, mentions: list[Mention], roster: Roster) -> None:
    """Take an abbreviation in brackets after a common noun for the name of what the noun speaks of: "its army (KNLA)"."""
    for match in ABBREVIATION.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span(1))
        noun = _NOUN_BEFORE.search(text, sentence.start, match.start())
        kind = Kind(organisation_heads().get(noun.group(1), "place")) if noun else Kind.PLACE
        if kind in ORGANISED and not any(m.span.overlaps(span) for m in mentions):
            mentions.append(Mention(span, roster.found(match.group(1), kind, "an abbreviation after a common noun"), "NATO"))


def join_aliases(text: str, mentions: Sequence[Sequence[Mention]], roster: Roster) -> None:
    """Let two names mean one, where the text says that it goes by both: "Samir Odeh, known as Garmo"."""
    for here in mentions:
        for one, other in pairwise(here):
            if _KNOWN_AS.fullmatch(text, one.span.end, other.span.start) and not (one.adjective or other.adjective):
                kept, gone = (other.entity, one.entity) if other.entity.known else (one.entity, other.entity)
                if kept is not gone and not gone.known and (gone.open or _alike(kept, gone)):
                    _merge(kept, gone, mentions, roster)


def _alike(one: Entity, other: Entity) -> bool:
    return one.open or one.kind is other.kind or {one.kind, other.kind} <= ORGANISED


def _merge(kept: Entity, gone: Entity, mentions: Sequence[Sequence[Mention]], roster: Roster) -> None:
    for name in gone.names:
        kept.call(name)
    for words, entity in list(roster.by_words.items()):
        if entity is gone:
            roster.by_words[words] = kept
    roster.by_id.pop(gone.id, None)
    for mention in (m for here in mentions for m in here if m.entity is gone):
        mention.entity = kept
