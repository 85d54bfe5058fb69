"""A document's sentences, as spans: page furniture left out, paragraphs never crossed.

Boundaries are set by rule and not by the parser, so that evidence is the same whatever model reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.words import word_list
from kg.model import Document, Span

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)")
_LAST_WORD = re.compile(r"([\w.]+)$")
# "BANGKOK (AP) – ", "Bangkok, Nov 17 (EFE).- ", "SITTWE - ": where it was written is no part of what is said.
_DATELINE = re.compile(
    r"(?:[A-Z][\w.'’/-]*[ ,]{1,2}){1,5}[^()\n]{0,24}\([A-Z][\w/ ]{1,24}\)\.? ?[-–—]{1,2}\s+"
    r"|[A-Z][A-Z .,'’-]{2,40} [-–—]{1,2}\s+(?![A-Z]+ [A-Z]{2,})"
)
_OPENING = re.compile(r"[\s]*[\"'“‘«(\[–—-]*")
MAX_SENTENCE = 2_000
"""Code points after which a sentence is cut: no reporter writes one so long, and a parser's time must stay bounded."""


def split_sentences(document: Document) -> Iterator[Span]:
    """The sentences of a document, in order.

    Lines are paragraphs. A sentence of more than `MAX_SENTENCE` code points is cut at a space.

    >>> d = Document("a", "Gen. Ko said on Nov. 12 it fell.  “We left.” He fled.")
    >>> [s.of(d.text) for s in split_sentences(d)]
    ['Gen. Ko said on Nov. 12 it fell.', '“We left.”', 'He fled.']
    """
    for start, end in _paragraphs(document):
        for span in _cut(document.text, start, end):
            yield from _bounded(document.text, span)


def _paragraphs(document: Document) -> Iterator[tuple[int, int]]:
    furniture = sorted(document.furniture)
    at = 0
    for match in re.finditer(r"[^\n]+", document.text):
        start, end = match.span()
        while at < len(furniture) and furniture[at].end <= start:
            at += 1
        if at < len(furniture) and furniture[at].start < end:
            continue
        dateline = _DATELINE.match(document.text, start, end)
        yield dateline.end() if dateline else start, end


def _cut(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for match in _END.finditer(text, start, end):
        if _ends_sentence(text, begin, match, end):
            yield from _trimmed(text, begin, match.end())
            begin = match.end()
    yield from _trimmed(text, begin, end)


def _ends_sentence(text: str, begin: int, match: re.Match[str], end: int) -> bool:
    opening = _OPENING.match(text, match.end(), end)
    following = text[opening.end() : opening.end() + 1] if opening else ""
    if following and not (following.isupper() or following.isdigit() or not following.isascii()):
        return False
    mark = match.group()
    if not mark.startswith(".") or len(mark.rstrip("\"'”’»)]")) > 1:
        return True
    before = _LAST_WORD.search(text, max(begin, match.start() - 40), match.start())
    if before is None:
        return True
    word = before.group(1)
    initial = len(word) == 1 and word.isupper()
    capital = word[0].isupper() or "." in word
    known = word in ("est", "vs", "approx", "ca", "cf") or (capital and word.casefold() in word_list("abbreviations"))
    return not (initial or known) or not following


def _trimmed(text: str, begin: int, end: int) -> Iterator[Span]:
    while begin < end and text[begin].isspace():
        begin += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    if begin < end:
        yield Span(begin, end)


def _bounded(text: str, span: Span) -> Iterator[Span]:
    begin = span.start
    while span.end - begin > MAX_SENTENCE:
        cut = text.rfind(" ", begin + 1, begin + MAX_SENTENCE)
        cut = cut if cut > begin else begin + MAX_SENTENCE
        yield from _trimmed(text, begin, cut)
        begin = cut
    yield from _trimmed(text, begin, span.end)
