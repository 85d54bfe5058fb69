"""Runs of capitalised words: what in a text may be a name, with the titles before it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.entities import Entity
from kg.extract.words import common_words, organisation_heads, word_list
from kg.model import Span

TOKEN = re.compile(r"[^\W_]+(?:['’ʼ‘][^\W_]+)*|[^\w\s]")
ABBREVIATION = re.compile(r"\s*\((?:the |or |also |formerly )?([A-Z][\w-]*[A-Z\d][\w-]*?)(?:s\b)?(?:[,;/][^)]{0,40})?\)")
"""An abbreviation in brackets after a name."""
ORDINAL = r"\d+(?:st|nd|rd|th)"
_ORDINAL = re.compile(ORDINAL)
_ABBREVIATION_AHEAD = re.compile(r"[^.,;:()\"]{0,100}\(([A-Z][\w-]*[A-Z][\w-]*)\)")
_QUOTED_TITLE = re.compile(r"[\"“]([A-Z][a-z]+)[\"”] $")
POSSESSIVE = re.compile(r"['’ʼ‘]s?$")


@dataclass(slots=True)
class Run:
    """A run of capitalised words that may be a name."""

    span: Span
    text: str
    title: str | None
    sentence: int
    initial: bool  # the first word of its sentence
    entity: Entity | None = None
    adjective: bool = False  # of a country: "Kenyan"


def find_runs(text: str, sentence: Span, index: int) -> Iterator[Run]:
    """The runs of one sentence, left to right.

    Args:
        index: the number of the sentence.
    """
    tokens = list(TOKEN.finditer(text, sentence.start, sentence.end))
    at = 0
    while at < len(tokens):
        size = _run_length(text, tokens, at)
        if size:
            first, last = tokens[at], tokens[at + size - 1]
            if at == 0 or first.group() in ("The", "A", "An") or text[first.start() - 1] in "\"“'‘(":
                skip = 0
                while skip < size and tokens[at + skip].group().casefold() in word_list("function_words"):
                    skip += 1
                if skip == size - 1 and last.group().casefold() in word_list("not_names"):
                    skip = size
                first = tokens[at + skip] if skip < size else first
                if skip >= size:
                    at += size
                    continue
            alone = first.group() == last.group() and first.start() == last.start()
            if not (alone and first.group().casefold() in word_list("not_names")):
                yield from _titled(text, first.start(), last.end(), index, first.start() == sentence.start)
        at += max(size, 1)


def _run_length(text: str, tokens: Sequence[re.Match[str]], at: int) -> int:
    """How many tokens the name that begins at `at` takes; 0 when none begins there."""
    if not (
        _capital(tokens[at].group())
        or _article(tokens, at)
        or (_ORDINAL.fullmatch(tokens[at].group()) and at + 1 < len(tokens) and _capital(tokens[at + 1].group()))
    ):
        return 0
    size = 3 if _article(tokens, at) else 1
    while at + size < len(tokens):
        before, token = tokens[at + size - 1], tokens[at + size]
        gap = text[before.end() : token.start()]
        word = token.group()
        dotted = at + size + 1 < len(tokens) and text[token.end() : tokens[at + size + 1].start()] == " "
        if (
            word == "."
            and gap == ""
            and dotted
            and before.group().casefold() in word_list("titles")
            and _capital(tokens[at + size + 1].group())
        ):
            size += 2  # "Gen. Amin Tarak"
            continue
        if word in "'’" and gap == "" and _owners_name(text, tokens, at, size):  # "the Herders' Defence League"
            size += 2
            continue
        if POSSESSIVE.search(before.group()) and before.group().casefold().replace("’", "'") not in word_list("name_possessives"):
            break
        if (
            gap == ""
            and word == "-"
            and at + size + 1 < len(tokens)
            and (_capital(tokens[at + size + 1].group()) or _is_name_part(tokens[at + size + 1].group()))
        ):
            size += 2
        elif gap not in (" ", "\u00a0"):
            break
        elif _capital(word) or (word.isdigit() and before.group().casefold() in word_list("numbered_heads")):
            size += 1
        else:
            step = _connector(text, tokens, at, size)
            if not step:
                break
            size += step
    return size


def _owners_name(text: str, tokens: Sequence[re.Match[str]], at: int, size: int) -> bool:
    """Whether an apostrophe after a common plural belongs to a name: after an article, and before a capital."""
    following = at + size + 1
    before = text[max(0, tokens[at].start() - 4) : tokens[at].start()].casefold()
    owner = tokens[at + size - 1].group().casefold()
    return (
        following < len(tokens)
        and (before == "the " or tokens[at].group() == "The")
        and owner.endswith("s")
        and (owner in common_words() or owner[:-1] in common_words() or owner.endswith(("ers", "ors", "ists")))
        and text[tokens[at + size].end() : tokens[following].start()] == " "
        and _capital(tokens[following].group())
    )


def _article(tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether an Arabic article begins a name here: "al-Shabab"."""
    return (
        at + 2 < len(tokens)
        and tokens[at].group() in ("al", "el", "as", "ash", "an", "ar", "az", "ad", "at")
        and tokens[at + 1].group() == "-"
        and tokens[at].end() == tokens[at + 1].start()
        and tokens[at + 1].end() == tokens[at + 2].start()
        and _capital(tokens[at + 2].group())
    )


def _is_name_part(word: str) -> bool:
    """Whether a lower-case word after a hyphen still belongs to a name ("Hpa-an", and not "MNDAA-led")."""
    if word in ("led", "run", "era", "day", "ran", "won", "old"):
        return False
    return word.islower() and (len(word) <= 3 or (word.isalpha() and word not in common_words() and word[-2:] not in ("ed", "ly")))


def _connector(text: str, tokens: Sequence[re.Match[str]], at: int, size: int) -> int:
    """Tokens to add when small words join the run to another capitalised word: "Movement [for the Liberation]"."""
    small = word_list("connectors")
    step = 0
    while at + size + step < len(tokens) and step < 2 and tokens[at + size + step].group() in small:
        step += 1
    following = at + size + step
    if not step or following >= len(tokens):
        return 0
    if tokens[following].group() == "-" and step and following + 1 < len(tokens):  # "Tahrir al-Sham"
        step, following = step + 1, following + 1
    if not _capital(tokens[following].group()) or tokens[following].group().casefold() in word_list("personal_titles"):
        return 0  # "the Guard of General Amin Tarak"
    joined = [tokens[i].group() for i in range(at + size, following)]
    if tokens[at + size - 1].group().casefold().removesuffix("s") in word_list("people_nouns"):  # "Fighters of the Blue Front"
        return 0
    arabic = joined[0] in ("al", "el", "bin", "ibn", "ag", "ould", "de", "du", "des", "van", "von", "da", "dos", "la", "le")
    arabic = arabic or joined[0] == "del"
    coming = _ABBREVIATION_AHEAD.match(text, tokens[at].start())
    if coming and coming.group(1)[0] == tokens[at].group()[0] and set(joined) <= {"of", "for", "the", "and", "in"}:
        return step + 1
    headed = any(t.group().casefold() in organisation_heads() for t in tokens[at : at + size])
    head = organisation_heads().get(tokens[at + size - 1].group().casefold())
    numbered = _ORDINAL.fullmatch(tokens[at].group())  # "the 118th Brigades of the Blue Front"
    if arabic or (head and head != "military_unit" and not numbered and joined[0] in ("of", "for")):
        return step + 1
    if joined == ["and"] and headed and ABBREVIATION.match(text, tokens[following].end()):
        return step + 1
    if joined == ["of"] and _ends_in_head(text, tokens, following):
        return step + 1  # "the Banner of Truth Brigade"
    definite = tokens[at].group() == "The" or text[: tokens[at].start()].endswith("the ")
    common = definite and all(t.group().casefold() in common_words() for t in tokens[at : at + size])
    if joined == ["and"] and common and not headed and _ends_in_head(text, tokens, following):
        return step + 1  # "the Land and Water Party"
    values = {tokens[following].group().casefold(), tokens[at + size - 1].group().casefold()} <= common_words()
    if joined == ["and"] and headed and values and "for" in (t.group() for t in tokens[at + size - 2 : at + size - 1]):
        return step + 1  # "the Front for Peace and Justice"
    return 0


def _ends_in_head(text: str, tokens: Sequence[re.Match[str]], at: int) -> bool:
    """Whether one or two capitalised words and then a word for an organisation stand here: "Truth Brigade"."""
    for last in (at + 1, at + 2):
        if last >= len(tokens) or text[tokens[last - 1].end() : tokens[last].start()] != " " or not _capital(tokens[last].group()):
            return False
        if tokens[last].group().casefold() in organisation_heads():
            return True
    return False


def _capital(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in word_list("calendar")


def _titled(text: str, start: int, end: int, index: int, initial: bool) -> Iterator[Run]:
    """The run without the titles before it; a run of titles alone is none."""
    words = list(re.finditer(r"\S+", text[start:end]))
    titles = word_list("titles")
    count = 0
    while count < len(words) and words[count].group().rstrip(".").casefold() in titles:
        count += 1
    if count == len(words) or (count and any(w.group().casefold() in organisation_heads() for w in words[count:])):
        if count == len(words):
            return
        count = 0
    if not count:
        inner = _title_inside([w.group() for w in words])
        if inner:  # "Kenyan Prime Minister Amin Tarak": a name, and a person after it
            yield from _titled(text, start, start + words[inner - 1].end(), index, initial)
            yield from _titled(text, start + words[inner].start(), end, index, False)
            return
        quoted = _QUOTED_TITLE.search(text, max(0, start - 20), start)
        if quoted and quoted.group(1).casefold() in titles:
            name = POSSESSIVE.sub("", text[start:end])
            yield Run(Span(quoted.start(), start + len(name)), name, quoted.group(1), index, initial)
            return
    name = text[start + words[count].start() : end]
    name = re.sub(r"(?<=[A-Z]{2})s$", "", POSSESSIVE.sub("", name))
    if name:
        begin = start + words[count].start()
        title = text[start:begin].strip() or None
        yield Run(Span(start if title else begin, begin + len(name)), name, title, index, initial)


def _title_inside(words: Sequence[str]) -> int:
    """Where in a run of words the titles of a person begin; 0 when it holds none, or an organisation's name."""
    titles = [w.rstrip(".").casefold() in word_list("titles") for w in words]
    begin = titles.index(True) if True in titles else 0
    end = begin
    while end < len(words) and titles[end]:
        end += 1
    sure = begin and words[end - 1].rstrip(".").casefold() in word_list("personal_titles")
    named = begin < end < len(words) and not any(w.casefold() in organisation_heads() for w in words[end:])
    return begin if sure and named and words[begin - 1][0].isupper() else 0
