"""The training documents: invented wars, annotated by hand, in plain text files that a person can read and mend.

    = tarim-03                                    a document, by a name of its own
    published 2019-05-03
    title Rebels seize border town
    @ sff armed_group                             an entity that it speaks of: id and kind
    * [[sff:The Saran Front]] took [[belku:Belku]] from [[army:government troops]] on Thursday.     a sentence
    - capture s=sff o=belku f=army d=2019-05-02   what it says
    ~                                             a new paragraph

Run as a program it checks files and says what is wrong where: `python -m recipes.claims.corpus FILE...`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

ROLES = {"s": "subject", "o": "object", "p": "place", "f": "from", "t": "to", "op": "operation"}
OTHER = {
    "n": "count", "d": "date", "r": "role", "out": "outcome",
    "by": "attributed_to", "c": "certainty", "pol": "polarity", "m": "modality",
}
KINDS = frozenset(
    (
        "armed_group", "military_unit", "alliance", "government", "political_organization", "state", "international_organization",
        "civil_society", "media", "person", "place", "operation", "bloc", "people",
    )
)
_OF_TWO = (
    "member_of", "part_of", "allied_with", "supports", "opposes", "split_from", "succeeds", "based_in", "controls", "located_in",
    "holds_role", "capture", "ceasefire", "meet", "mediate", "pressure", "launch",
)
KEYS = {
    **{name: ["s o"] for name in _OF_TWO},
    "attack": ["s o", "s p"],
    "defect": ["f t", "s t", "f s"],
    "desert": ["f"],
    "surrender": ["f"],
    "form": ["o"],
    "dissolve": ["o"],
    "seize_power": ["s"],
    "displace": ["p", "n"],
    "casualties": ["o n", "o p", "s o"],
    "detain": ["s o", "o", "s"],
    "release": ["s o", "o", "s"],
    "recruit": ["s"],
    "strength": ["s n"],
}
_MARK = re.compile(r"\[\[([a-z0-9-]+):([^\[\]]+)\]\]")
_DATE = r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?~?)"
_EDTF = re.compile(rf"{_DATE}|{_DATE}/(?:{_DATE}|\.\.)|\.\./{_DATE}")
_COUNT = re.compile(r"[<~]?\d+(?:\.\d+)?\+?|\d+-\d+")
_VALUES = {"c": {"unverified", "disputed", "stated"}, "pol": {"negative", "positive"}, "m": {"planned", "possible", "asked", "actual"}}


@dataclass(slots=True)
class Told:
    """A claim as annotated: its type, and what fills its roles (entity ids) and attributes, by the letters of the files."""

    type: str
    values: dict[str, str]


@dataclass(slots=True)
class Line:
    """A sentence: its words without the marks, who is mentioned where (start, end, entity id), and what it says."""

    text: str
    mentions: list[tuple[int, int, str]]
    claims: list[Told] = field(default_factory=list)
    paragraph: bool = False


@dataclass(slots=True)
class Text:
    """An annotated document."""

    name: str
    published: str = ""
    title: str = ""
    kinds: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)


class Mistake(Exception):
    """A line of a corpus file that says nothing we understand."""


def _sentence(text: str) -> Line:
    plain, at, mentions = "", 0, []
    for mark in _MARK.finditer(text):
        plain += text[at : mark.start()]
        mentions.append((len(plain), len(plain) + len(mark[2]), mark[1]))
        plain += mark[2]
        at = mark.end()
    plain += text[at:]
    if "[[" in plain or "]]" in plain:
        raise Mistake("a mark that is not [[id:words]] (marks do not nest)")
    return Line(plain, mentions)


def _claim(text: str) -> Told:
    kind, *pairs = text.split(" ")
    if kind not in KEYS:
        raise Mistake(f"no claim type {kind}")
    values: dict[str, str] = {}
    last = ""
    for pair in pairs:
        key, equals, value = pair.partition("=")
        if equals and key in ROLES | OTHER:
            values[key] = value
            last = key
        elif last == "r":  # a role may have several words
            values["r"] += " " + pair
        else:
            raise Mistake(f"{pair} is no key=value")
    return Told(kind, values)


def read_corpus(path: Path) -> Iterator[tuple[int, Text | Mistake]]:
    """The documents of a file with the number of their first line; a mistake stands where it was met."""
    current: Text | None = None
    paragraph, begin = False, 0
    for number, raw in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        line = raw.rstrip()
        try:
            if line.startswith("= "):
                if current:
                    yield begin, current
                current, begin, paragraph = Text(line[2:].strip()), number, True
            elif not line:
                continue
            elif current is None:
                raise Mistake("nothing may stand before the first document")
            elif line.startswith("published "):
                current.published = line[10:].strip()
            elif line.startswith("title "):
                current.title = line[6:].strip()
            elif line.startswith("@ "):
                entity, kind = line[2:].split()
                if kind not in KINDS:
                    raise Mistake(f"no kind {kind}")
                current.kinds[entity] = kind
            elif line == "~":
                paragraph = True
            elif line.startswith("* "):
                sentence = _sentence(line[2:])
                sentence.paragraph, paragraph = paragraph, False
                current.lines.append(sentence)
            elif line.startswith("- "):
                current.lines[-1].claims.append(_claim(line[2:].strip()))
            else:
                raise Mistake(f"what is this: {line[:60]}")
        except (Mistake, ValueError, IndexError) as problem:
            yield number, Mistake(f"{problem}")
    if current:
        yield begin, current


def problems(text: Text) -> Iterator[str]:
    """What is wrong in a document that could be read."""
    said: set[str] = set()
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text.published):
        yield "no date of publication"
    for i, line in enumerate(text.lines, start=1):
        said |= {entity for _, _, entity in line.mentions}
        for unknown in {entity for _, _, entity in line.mentions} - text.kinds.keys():
            yield f"sentence {i}: {unknown} is marked and not declared"
        for claim in line.claims:
            what = f"sentence {i}: {claim.type}"
            if not any(set(keys.split()) <= claim.values.keys() for keys in KEYS[claim.type]):
                yield f"{what}: it lacks its key roles ({' or '.join(KEYS[claim.type])})"
            for key, value in claim.values.items():
                if key in ROLES or key == "by":
                    if value not in text.kinds:
                        yield f"{what}: {key}={value} is not declared"
                    elif value not in said:
                        yield f"{what}: {key}={value} has not been mentioned up to this sentence"
                if key == "d" and not _EDTF.fullmatch(value):
                    yield f"{what}: {value} is no date in EDTF"
                if key == "n" and not _COUNT.fullmatch(value):
                    yield f"{what}: {value} is no count"
                if key in _VALUES and value not in _VALUES[key]:
                    yield f"{what}: {key} cannot be {value}"
                if key == "out" and value not in ("killed", "wounded"):
                    yield f"{what}: outcome cannot be {value}"
            if claim.type == "holds_role" and "r" not in claim.values:
                yield f"{what}: it lacks r="
            if "s" in claim.values and claim.values["s"] == claim.values.get("o"):
                yield f"{what}: subject and object are one"


def main() -> int:
    wrong, counts, sentences, words, documents = 0, Counter[str](), 0, 0, 0
    for name in sys.argv[1:]:
        for number, text in read_corpus(Path(name)):
            if isinstance(text, Mistake):
                print(f"{name}:{number}: {text}")
                wrong += 1
                continue
            for problem in problems(text):
                print(f"{name}:{number}: {text.name}: {problem}")
                wrong += 1
            documents += 1
            sentences += len(text.lines)
            words += sum(len(line.text.split()) for line in text.lines)
            counts.update(claim.type for line in text.lines for claim in line.claims)
    print(f"{documents} documents, {sentences} sentences, {words} words, {counts.total()} claims, {wrong} problems")
    print("  ".join(f"{kind} {count}" for kind, count in counts.most_common()))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
