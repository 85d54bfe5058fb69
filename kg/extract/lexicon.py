"""The names known beforehand, ready to be found in text."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from kg.model import Actor, Kind, NameKind, Place, Span, slug

WORD = re.compile(r"(?:[^\W\d_]\.){2,}(?:['’ʼ‘]s\b)?|[^\W_]+(?:['’ʼ‘][^\W_]+)*")  # "U.N." is one word
_POSSESSIVE = re.compile(r"['’ʼ‘]s$")


@dataclass(frozen=True, slots=True)
class Entry:
    """One known name: how it must be written, and what it means."""

    words: tuple[str, ...]
    text: str
    name_kind: NameKind
    kind: Kind
    id: str
    country: str | None
    actor: Actor | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """A known name in a text."""

    span: Span
    entries: tuple[Entry, ...]  # more than one when actors share the name


@lru_cache(maxsize=65_536)
def fold(word: str) -> str:
    """A word without case, accents, apostrophes and stops: what two spellings of a name have in common.

    >>> fold("Ta’ang"), fold("Kīdal"), fold("U.N.")
    ('taang', 'kidal', 'un')
    """
    plain = unicodedata.normalize("NFKD", word)
    return re.sub(r"['’ʼ‘.]", "", "".join(c for c in plain if not unicodedata.combining(c))).casefold()


class Lexicon:
    """Names of actors and places, found by their first word and then the longest match.

    Args:
        actors: whom the seeds know.
        places: the gazetteer. A place whose name an actor bears too (a country) is left to the actor.
    """

    def __init__(self, actors: Iterable[Actor], places: Iterable[Place]) -> None:
        entries = [*_actor_entries(actors)]
        taken = {e.words for e in entries if e.kind is Kind.STATE}
        entries += [e for e in _place_entries(places) if e.words not in taken]
        self.states = {e.country: e for e in entries if e.kind is Kind.STATE and e.country and e.name_kind is NameKind.FULL}
        self.adjectives: dict[str, list[str]] = defaultdict(list)
        for entry in entries:
            if entry.name_kind is NameKind.ADJECTIVE:
                self.adjectives[entry.id].append(entry.text)
        self.national_forces = {
            e.country: e
            for e in entries
            if e.country
            and e.kind is Kind.ARMED_GROUP
            and e.name_kind is NameKind.DESCRIPTION
            and e.words[-1:] in (("military",), ("army",))
        }
        self.national_ids = frozenset(e.id for e in self.national_forces.values())
        self._by_first: dict[str, list[Entry]] = defaultdict(list)
        for entry in entries:
            self._by_first[entry.words[0]].append(entry)
        for bucket in self._by_first.values():
            bucket.sort(key=lambda e: (-len(e.words), e.text, e.id))
        parts = sorted(f"{e.id}\x1f{e.text}\x1f{e.name_kind}\x1f{e.kind}\x1f{e.country}" for e in entries)
        self.digest = hashlib.sha256("\x1e".join(parts).encode()).hexdigest()

    def find(self, text: str, span: Span, country: str | None) -> Iterator[Found]:
        """The known names inside `span`, left to right, none overlapping, the longest first.

        Descriptions ("the junta") count only for actors of the document's `country` (ISO code).
        """
        words = list(WORD.finditer(text, span.start, span.end))
        folded = [fold(w.group()) for w in words]
        bare = [fold(_POSSESSIVE.sub("", w.group())) for w in words]
        at = 0
        while at < len(words):
            found = self._at(text, words, folded, bare, at, country)
            if found:
                yield found[0]
            at += found[1] if found else 1

    def _at(
        self, text: str, words: Sequence[re.Match[str]], folded: Sequence[str], bare: Sequence[str], at: int, country: str | None
    ) -> tuple[Found, int] | None:
        best: list[Entry] = []
        span: Span | None = None
        for first in {folded[at], bare[at]}:
            for entry in self._by_first.get(first, ()):
                size = len(entry.words)
                if best and size < len(best[0].words):
                    break
                if at + size > len(words) or not _same(entry.words, folded, bare, at):
                    continue
                if any(
                    text[words[i].end() : words[i + 1].start()] not in (" ", "-", "/", " - ", "\u00a0") for i in range(at, at + size - 1)
                ):
                    continue
                last = words[at + size - 1]
                end = last.end() if folded[at + size - 1] == entry.words[-1] else last.start() + len(_POSSESSIVE.sub("", last.group()))
                if _written_so(entry, text[words[at].start() : end], country):
                    if best and size > len(best[0].words):
                        best.clear()
                    if all(entry.id != other.id for other in best):  # "UN" and "U.N." are listed both
                        best.append(entry)
                    span = Span(words[at].start(), end)
        return (Found(span, tuple(best)), len(best[0].words)) if span else None


def _same(words: tuple[str, ...], folded: Sequence[str], bare: Sequence[str], at: int) -> bool:
    size = len(words)
    return all(folded[at + i] == words[i] for i in range(size - 1)) and words[-1] in (folded[at + size - 1], bare[at + size - 1])


def _written_so(entry: Entry, text: str, country: str | None) -> bool:
    """Whether the text writes the name as its kind demands."""
    if entry.name_kind is NameKind.ABBREVIATION:
        return text.replace(".", "") == entry.text.replace(".", "")
    if entry.name_kind is NameKind.DESCRIPTION:
        return country is not None and entry.country == country and (text[0].islower() or " " in text)
    return text[0].isupper() or not entry.text[0].isupper()


def _actor_entries(actors: Iterable[Actor]) -> Iterator[Entry]:
    for actor in actors:
        for name in actor.names:
            text = re.sub(r"^(?:the|The) ", "", name.text)
            words = tuple(fold(w.group()) for w in WORD.finditer(text))
            if words:
                yield Entry(words, text, name.kind, actor.kind, actor.id, actor.country, actor=actor)


def _place_entries(places: Iterable[Place]) -> Iterator[Entry]:
    for place in places:
        for text in dict.fromkeys((place.name, *place.names)):
            words = tuple(fold(w.group()) for w in WORD.finditer(text))
            if words:
                yield Entry(words, text, NameKind.FULL, Kind.PLACE, place.id, place.country, place=place)


@lru_cache(maxsize=65_536)
def plain_words(name: str) -> tuple[str, ...]:
    """The folded words of a name, without articles.

    >>> plain_words("the Ta’ang National Liberation Army")
    ('taang', 'national', 'liberation', 'army')
    """
    words = [fold(_POSSESSIVE.sub("", w.group())) for w in WORD.finditer(name)]
    return tuple(w for w in words if w not in ("the", "a", "an"))


def local_id(name: str) -> str:
    """The id of an actor that no seed knows: the slug of its name without the article."""
    return slug(re.sub(r"^(?:the|an?) ", "", name, flags=re.IGNORECASE))
