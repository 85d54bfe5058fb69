"""Training examples: the documents of the corpus as the pipeline reads them, with the arcs that their claims make."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kg.extract.arcs import ARCS, LINKS, STANDINGS
from kg.extract.biaffine import Reader
from kg.extract.extractor import Extractor
from kg.extract.parsing import Sentence
from kg.extract.passages import CONTEXT, Passage, passages
from kg.extract.telling import Told, token_at
from kg.model import CLAIM_TYPES, Document, Period, Span
from recipes.claims.corpus import ROLES, Line, Mistake, Text, read_corpus
from recipes.claims.corpus import Told as Annotated


@dataclass(slots=True)
class Example:
    """A passage and its answers: which arcs there are, and which cells are not to be learnt from."""

    document: str
    passage: Passage
    arcs: np.ndarray  # (n, 3): first word, second word, answer
    ignored: np.ndarray  # (n, 3)


def document_of(text: Text) -> tuple[Document, list[int]]:
    """The document that an annotated text makes, and where each of its lines begins."""
    plain, starts = "", []
    for i, line in enumerate(text.lines):
        if i:
            plain += "\n" if line.paragraph else " "
        starts.append(len(plain))
        plain += line.text
    return Document(text.name, plain, published=Period.parse(text.published)), starts


def examples(text: Text, extractor: Extractor, read: Reader, deps: dict[str, int]) -> Iterator[Example]:
    """The passages of a text with their answers."""
    document, starts = document_of(text)
    sentences, told = extractor.sentences(document)
    words = _words_of(text.lines, starts, sentences)
    line_of = [_line(s.span.start, s.span.end, text.lines, starts) for s in sentences]
    for passage in passages(sentences, told, read, deps):
        candidates = set(passage.candidates)
        place = {(passage.sentences[passage.places[w]].index, t.i): w for w, t in enumerate(passage.tokens, start=1) if w in candidates}
        arcs: set[tuple[int, int, int]] = set()
        ignored: set[tuple[int, int, int]] = set()
        for sentence in passage.sentences[passage.context :]:
            for line in line_of[sentence.index]:
                for claim in text.lines[line].claims:
                    good, other = _arcs(claim, sentence, told[sentence.index], words, place)
                    arcs |= good
                    ignored |= other
        pack = lambda cells: np.array(sorted(cells), dtype=np.int64).reshape(-1, 3)  # noqa: E731
        yield Example(text.name, passage, pack(arcs), pack(ignored - arcs))


def _line(start: int, end: int, lines: Sequence[Line], starts: Sequence[int]) -> list[int]:
    return [i for i, (line, begin) in enumerate(zip(lines, starts, strict=True)) if begin < end and start < begin + len(line.text)]


def _words_of(lines: Sequence[Line], starts: Sequence[int], sentences: Sequence[Sentence]) -> dict[str, list[tuple[int, int]]]:
    """For each entity the words that head its mentions: (sentence, token)."""
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for line, start in zip(lines, starts, strict=True):
        for begin, end, entity in line.mentions:
            for sentence in sentences:
                if sentence.span.start <= start + begin < sentence.span.end:
                    head = head_word(sentence, start + begin, start + end)
                    if head is not None:
                        found[entity].append((sentence.index, head))
    return found


def head_word(sentence: Sentence, start: int, end: int) -> int | None:
    """The token that heads what stands between two offsets; `None` when no token does."""
    inside = [i for i, s in enumerate(sentence.spans) if s.start < end and start < s.end]
    tops = [i for i in inside if sentence.tree[i].head.i not in inside or sentence.tree[i].head.i == i]
    nominal = [i for i in tops if sentence.tree[i].pos_ in ("NOUN", "PROPN", "PRON", "NUM") or i in sentence.mentions]
    return (nominal or tops)[-1] if tops else None


def _arcs(claim: Annotated, sentence: Sentence, told: Told, words, place):
    """The cells of a claim that are right, and those that are as good (another mention) and are neither right nor wrong."""
    near: dict[str, list[int]] = {}
    all_: dict[str, list[int]] = {}
    for letter, role in (*ROLES.items(), ("n", "count")):
        if letter not in claim.values:
            continue
        value = claim.values[letter]
        if role == "count":
            spots = [
                (sentence.index, i)
                for c in told.counts
                if c.quantity.notation == value
                for i, s in enumerate(sentence.spans)
                if s.overlaps(c.span)
            ]
        else:
            spots = words.get(value, [])
        here = [r for s, i in spots if s == sentence.index and (r := place.get((s, i))) is not None]
        before = [r for s, i in spots if sentence.index - CONTEXT <= s < sentence.index and (r := place.get((s, i))) is not None]
        near[role] = here or before[-1:]
        all_[role] = here + before
    good: set[tuple[int, int, int]] = set()
    other: set[tuple[int, int, int]] = set()
    symmetric = CLAIM_TYPES[claim.type].symmetric
    for label, arc in enumerate(ARCS):
        if arc.type != claim.type:
            continue
        if arc.first == arc.second and _superseded(claim, arc.first):
            continue
        for a in all_.get(arc.first, ()):
            for b in all_.get(arc.second, ()):
                if (arc.first == arc.second) == (a == b):
                    target = good if a in near[arc.first] and b in near[arc.second] else other
                    target.add((a, b, label))
                    if symmetric:
                        target.add((b, a, label))
    cells = {(a, b) for a, b, _ in good}
    for number, name in enumerate(STANDINGS, start=len(ARCS) + len(LINKS)):
        if name in (claim.values.get("pol"), claim.values.get("m"), claim.values.get("c")):
            good |= {(a, b, number) for a, b in cells}
    for spots, number in ((_dates(claim, sentence, told), len(ARCS)), (_sayers(claim, sentence, words), len(ARCS) + 1)):
        sources = {r for spot in spots if (r := place.get((sentence.index, spot))) is not None}
        target = other if "d" in claim.values and number == len(ARCS) and _date_of(claim, told) is None else good
        target |= {(source, word, number) for source in sources for word in {w for cell in cells for w in cell} if source != word}
    return good, other


def _date_of(claim: Annotated, told: Told) -> Span | None:
    """Where the sentence tells the date of a claim."""
    wanted = re.sub("[~?]", "", claim.values["d"])
    told_so = [d for d in told.dates if d.period and re.sub("[~?]", "", d.period.edtf) == wanted]
    near = [d for d in told.dates if d.period and re.sub("[~?]", "", d.period.edtf).split("/")[0] == wanted.split("/")[0]]
    return next((d.span for d in (*told_so, *near)), None)


def _dates(claim: Annotated, sentence: Sentence, told: Told) -> list[int]:
    """The word of the date of a claim; all dates of the sentence where none is the one annotated."""
    if "d" not in claim.values:
        return []
    own = _date_of(claim, told)
    found = [token_at(sentence, span) for span in ([own] if own else [d.span for d in told.dates])]
    return [token for token in found if token is not None]


def _sayers(claim: Annotated, sentence: Sentence, words: Mapping[str, list[tuple[int, int]]]) -> list[int]:
    return [token for number, token in words.get(claim.values.get("by", ""), ()) if number == sentence.index]


def _superseded(claim: Annotated, role: str) -> bool:
    """Whether a richer arc of the same claim says what the role alone would: then the lone one is not asked for."""
    if claim.type == "displace" and role == "count":
        return "p" in claim.values
    if claim.type in ("detain", "release"):
        return "s" in claim.values and "o" in claim.values
    return False


def load(paths: Sequence[Path], extractor: Extractor, read: Reader, deps: dict[str, int]) -> list[Example]:
    """The examples of corpus files; files with mistakes are refused."""
    found: list[Example] = []
    for path in paths:
        for number, text in read_corpus(path):
            if isinstance(text, Mistake):
                raise SystemExit(f"{path}:{number}: {text}")
            found += examples(text, extractor, read, deps)
    return found
