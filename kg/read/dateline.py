"""The head of a news text: title, byline, date line, dateline; and the agency that signs its last line."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from kg.model import Span
from kg.read.dates import ShownDate, find_dates
from kg.read.furniture import Scores
from kg.read.told import Told

_HEAD = 12  # paragraphs that are not furniture; below them stands the story
_TAIL = 3
_HEAD_LINE = 200  # code points: a title or a line with a name or date is no longer
_TITLE_WORDS = 4  # a shorter line above a title names a section
_TITLE_LOOK = 8
_BODY_WORDS = 12  # a sentence of so many words is the story
_BARE = re.compile(r"^[#>*_\s]+|[*_\s]+$")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"”’')\]]*$")
_BYLINE = re.compile(r"(?:(?:written|text|story|report|reporting|words)\s{1,3})?by(?:\s*:\s*|\s+)(.{2,100})", re.IGNORECASE | re.DOTALL)
_JOINTS = re.compile(r"\s*(?:,|;|/|&|\band\b)\s*")
_SEGMENT = re.compile(r"\s*[|•·]\s*|\s+[-–—]\s+")
_NAME = re.compile(r"(?:[^\W\d_][^\W\d_.’'`-]*(?:[.’'`-][^\W\d_]*)*)(?:\s(?:[^\W\d_][^\W\d_.’'`-]*(?:[.’'`-][^\W\d_]*)*)){0,4}")
_PARTICLES = frozenset(("al", "el", "bin", "ibn", "abu", "de", "da", "di", "du", "dos", "del", "van", "von", "der", "den",
                        "la", "le", "ould", "of"))
_CLOCK = re.compile(r"\b\d{1,2}[:.]\d\d(?:[:.]\d\d)?\s?(?:[ap]\.?m\b\.?)?|\(?\b(?:GMT|UTC)?[+-]\d{1,2}:?\d{0,2}\)?", re.IGNORECASE)
_WORD = re.compile(r"[^\s,:;|()/•·–—-]+")
_BRACKETED = re.compile(
    r"(?P<left>[^()\n]{0,80}?)\s{0,3}\((?P<bracket>[^()\n]{1,60})\)\s{0,2}[.,]?\s{0,2}(?:[-–—]{1,2}|:)\s{0,3}(?P<next>\S)"
)
_DASHED = re.compile(r"(?P<left>[^()\n]{2,60}?)(?:\s-{1,2}\s|\s?[–—]{1,2}\s?)\s{0,2}(?P<next>\S)")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What `agencies.yaml` holds, ready to look up."""

    agencies: Mapping[str, str]  # as written -> the agency's name
    signature: re.Pattern[str]
    published: frozenset[str]
    updated: frozenset[str]
    around: frozenset[str]
    not_a_person: frozenset[str]
    publisher_patterns: tuple[re.Pattern[str], ...]


@dataclass(frozen=True, slots=True)
class Head:
    """What the text itself tells, the date it shows if that is not enough, and which paragraphs are what."""

    told: Told
    shown: ShownDate | None  # the best date on show, also when its year is missing
    lines: frozenset[int]  # title, byline, date line, dateline: never furniture
    labels: frozenset[int]  # section labels above the title, the title repeated: always furniture


@cache
def load_vocabulary() -> Vocabulary:
    """The tables of `agencies.yaml`."""
    data = yaml.safe_load(Path(__file__).with_name("agencies.yaml").read_text("utf-8"))
    names = {spelling: name for name, others in data["agencies"].items() for spelling in (name, *others)}
    signing = sorted((s for s, name in names.items() if name not in data["only_in_brackets"]), key=len, reverse=True)
    either = "|".join(map(re.escape, signing))
    signature = re.compile(rf"(?:^|[.!?”\"’'])\s*(?:Source\s?:\s?)?[-–—(\[]{{0,2}}\s?(?P<agency>{either})(?:/[\w-]{{2,20}})?[)\]]?\.?$")
    words = data["date_line_words"]
    return Vocabulary(names, signature, frozenset(words["published"]), frozenset(words["updated"]), frozenset(words["around"]),
                      frozenset(data["not_a_person"]), tuple(re.compile(p) for p in data["publisher_patterns"]))


def read_head(text: str, paragraphs: Sequence[Span], scores: Scores) -> Head:
    """What the top of a text shows, and the agency in its dateline, byline or last line.

    Only the top is read, and only lines of the known shapes; what they do not show stays unknown.
    """
    story = [i for i in range(len(paragraphs)) if not scores.is_furniture(i)]
    top = [(i, line) for i in story[:_HEAD] if (line := _BARE.sub("", paragraphs[i].of(text)[:400]))]
    dates: list[tuple[int, ShownDate]] = []  # with their rank: published before updated, a whole date before a part
    authors: list[str] = []
    agency = place = None
    lines: set[int] = set()
    for position, (i, line) in enumerate(top):
        if (dateline := _read_dateline(line, text)) and place is None:
            place, dateline_agency, date = dateline
            agency = dateline_agency or agency
            dates.extend([(1, date)] if date else [])
            lines.add(i)
        elif len(line) <= _HEAD_LINE:
            found = _read_line(line, before_date=position + 1 < len(top) and _is_date_line(top[position + 1][1]))
            if found:
                lines.add(i)
                dates.extend(found.dates)
                authors.extend(a for a in found.authors if a not in authors)
                agency = agency or found.agency
    title, labels = _find_title(top, lines)
    best = min(dates, key=lambda d: (d[1].period is None, d[0]), default=(0, None))
    notes = (f"Only the date of an update is shown ({best[1].text}); it was taken for the date.",) if best[0] == 2 and best[1] else ()
    told = Told(
        title=None if title is None else " ".join(_BARE.sub("", paragraphs[title].of(text)).split()),
        publisher=agency or _signature(text, paragraphs, story) or _page_name(text, paragraphs, scores),
        authors=tuple(authors), published=best[1].period if best[1] else None, dateline=place or None, notes=notes,
    )
    kept = lines if title is None else lines | {title}
    return Head(told, best[1], frozenset(kept), frozenset(labels))


@dataclass(frozen=True, slots=True)
class _Line:
    dates: tuple[tuple[int, ShownDate], ...] = ()
    authors: tuple[str, ...] = ()
    agency: str | None = None


def _read_line(line: str, *, before_date: bool) -> _Line | None:
    """A line of the head that holds only names, dates and agencies, or None."""
    words = load_vocabulary()
    if line in words.agencies:
        return _Line(agency=words.agencies[line])
    if _is_date_line(line):
        return _Line(dates=_ranked(line))
    if byline := _BYLINE.fullmatch(line):
        return _read_byline(byline[1], named=":" in line[:12])
    segments = [s for s in _SEGMENT.split(line) if s]
    if len(segments) > 1:
        parts = [_read_line(s, before_date=False) for s in segments]
        if any(p and (p.dates or p.authors) for p in parts):
            read = [p or (_person_line(s) if _is_person(s) else None) for p, s in zip(parts, segments, strict=True)]
            if all(read):
                return _Line(tuple(d for p in read if p for d in p.dates), tuple(a for p in read if p for a in p.authors),
                             next((p.agency for p in read if p and p.agency), None))
    return _person_line(line) if before_date and len(line.split()) > 1 and _is_person(line) else None


def _person_line(line: str) -> _Line:
    return _Line(authors=(line,))


def _is_date_line(line: str) -> bool:
    """Whether a line holds a date and otherwise only the words and times that go with one."""
    if len(line) > _HEAD_LINE or not any(find_dates(line)):
        return False
    words = load_vocabulary()
    rest = line
    for shown in reversed(list(find_dates(line))):
        rest = f"{rest[: shown.start]} {rest[shown.end :]}"
    known = words.published | words.updated | words.around
    return all(w.strip(".").casefold() in known or w.strip(".").isdigit() for w in _WORD.findall(_CLOCK.sub(" ", rest)))


def _ranked(line: str) -> tuple[tuple[int, ShownDate], ...]:
    """The dates of a date line, an update after the rest: 0 for labelled as published, 1 for bare, 2 for updated."""
    words = load_vocabulary()
    ranked, end = [], 0
    for shown in find_dates(line):
        before = {w.strip(".").casefold() for w in _WORD.findall(line[end : shown.start])}
        ranked.append((2 if before & words.updated else 0 if before & words.published else 1, shown))
        end = shown.end
    return tuple(ranked)


def _read_byline(names: str, *, named: bool) -> _Line | None:
    """The persons of "By A. Bee and C. Dee, Reuters", up to the first part that is none."""
    words = load_vocabulary()
    dates: tuple[tuple[int, ShownDate], ...] = ()
    if shown := next(find_dates(names), None):
        if not _is_date_line(names[shown.start :]):
            return None
        dates, names = _ranked(names[shown.start :]), names[: shown.start].rstrip(" ,|–—-")
    authors: list[str] = []
    names, _, desk = names.partition("|")
    agency = words.agencies.get(desk.strip())
    for part in filter(None, _JOINTS.split(names.split(" – ")[0].split(" - ")[0].strip())):
        name = re.split(r"\s(?:in|at|for|of)\s(?=[A-Z])", part)[0].rstrip(".")
        if part in words.agencies or name in words.agencies:
            agency = words.agencies.get(part) or words.agencies[name]
            break
        if _is_person(name):
            authors.append(name.title() if name.isupper() else name)
        else:
            break
    full = any(len(a.split()) > 1 for a in authors)
    return _Line(dates, tuple(authors), agency) if agency or full or (named and authors) else None


def _is_person(name: str) -> bool:
    """Whether it has the shape of a person's name: one to five capitalised words, none of them a desk or a section."""
    parts = name.split()
    return bool(_NAME.fullmatch(name)) and all(p[0].isupper() or p in _PARTICLES or "-" in p for p in parts) \
        and not load_vocabulary().not_a_person & {p.casefold().strip(".") for p in parts}


def _read_dateline(line: str, text: str) -> tuple[str, str | None, ShownDate | None] | None:
    """Place, agency and date of "BANGKOK, Nov 17 (EFE) - Some 750 ..."; "" for a dateline without a place."""
    agencies = load_vocabulary().agencies
    bracketed = _BRACKETED.match(line)
    match = bracketed or _DASHED.match(line)
    if not match or match["next"].islower():
        return None
    inside = bracketed["bracket"].strip() if bracketed else ""
    agency = next((agencies[part] for part in (inside, *re.split(r"\s*[/,]\s*", inside)) if part in agencies), None)
    left = match["left"].strip(" ,.")
    date = next(find_dates(left), None) or next(find_dates(inside), None)
    place = left
    if date and date.text in left:
        place = f"{left[: date.start]} {left[date.end :]}".strip(" ,.")
    if not place:
        return ("", agency, date) if agency else None
    sure = agency is not None or date is not None
    return (place, agency, date) if _is_place(place, text, sure=sure) else None


def _is_place(place: str, text: str, *, sure: bool) -> bool:
    """Whether it has the shape of a dateline's place; `sure` when an agency or a date stands with it.

    Without them the town must be in capitals, and no abbreviation: the text does not use it elsewhere in capitals.
    """
    parts = place.replace(",", " ").replace("/", " ").split()
    if not parts or len(parts) > 6 or any(c.isdigit() for c in place):
        return False
    town = re.split(r"[,/]", place)[0].strip()
    capitals = town.isupper() and sum(c.isalpha() for c in town) >= 3
    if not sure:
        return capitals and (" " in town or len(re.findall(rf"\b{re.escape(town)}\b", text)) == 1)
    return capitals or all(p[0].isupper() or p in _PARTICLES or p[:3] in ("al-", "el-") for p in parts)


def _find_title(top: Sequence[tuple[int, str]], lines: set[int]) -> tuple[int | None, set[int]]:
    """The title's index, and the indexes of section labels above it and of its repetitions below it."""
    candidates: list[tuple[int, str]] = []
    before_story: list[tuple[int, str]] = []
    for i, line in top[:_TITLE_LOOK]:
        if _is_story(line) or (i in lines and len(line) > _HEAD_LINE):
            break
        if i in lines and _read_dateline(line, line):
            break
        if i not in lines:
            before_story.append((i, line))
            if _is_title(line):
                candidates.append((i, line))
    else:
        if len(top) <= len(before_story):  # nothing but such lines: a list, not a story with a title
            return None, set()
    if not candidates:
        return None, set()
    title, words = next(((i, t) for i, t in candidates if len(t.split()) >= _TITLE_WORDS), candidates[0])
    above = {i for i, t in before_story if i < title and len(t.split()) <= _TITLE_WORDS}
    again = {i for i, t in before_story if i > title and t.casefold() == words.casefold()}
    return title, above | again


def _is_story(line: str) -> bool:
    return (len(line) > _HEAD_LINE and bool(re.search(r"[.!?][\"”’')]*\s", line))) or (
        bool(_ENDS_SENTENCE.search(line)) and len(line.split()) >= _BODY_WORDS)


def _is_title(line: str) -> bool:
    return len(line) <= _HEAD_LINE and line[-1] not in ".;:," and any(c.isalpha() for c in line)


def _signature(text: str, paragraphs: Sequence[Span], story: Sequence[int]) -> str | None:
    """The agency that signs one of the last paragraphs: "... of the region. EFE"."""
    words = load_vocabulary()
    for i in reversed(story[-_TAIL:]):
        span = paragraphs[i]
        if match := words.signature.search(text[max(span.start, span.end - 60) : span.end]):
            return words.agencies[match["agency"]]
    return None


def _page_name(text: str, paragraphs: Sequence[Span], scores: Scores) -> str | None:
    """How the page names itself in its furniture: "© 2024 Border Watch"."""
    for i, span in enumerate(paragraphs):
        if scores.is_furniture(i):
            for pattern in load_vocabulary().publisher_patterns:
                if match := pattern.match(span.of(text)):
                    return " ".join(match[1].split())
    return None
