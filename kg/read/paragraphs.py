"""A text as paragraphs, each a span without the white space around it."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.model import Span

# A text is wrapped by hand when no line is longer than this and several are nearly as long.
_WRAP_WIDTH = 100
_FULL_LINE = 50
_LINE = re.compile(r"[^\n]+")


def split_paragraphs(text: str) -> tuple[Span, ...]:
    """The paragraphs of `text`: its lines, or, when the lines are wrapped by hand, its blocks of full lines.

    Cost: linear in the length of the text, however long its lines are.

    >>> [s.of("Title\\n\\n  One. \\nTwo.") for s in split_paragraphs("Title\\n\\n  One. \\nTwo.")]
    ['Title', 'One.', 'Two.']
    """
    lines = [span for m in _LINE.finditer(text) if (span := _strip(text, m.start(), m.end()))]
    if not _is_wrapped(text, lines):
        return tuple(lines)
    joined: list[Span] = []
    for line in lines:
        if joined and _continues(text, joined[-1], line):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return tuple(joined)


def _strip(text: str, start: int, end: int) -> Span | None:
    line = text[start:end]
    bare = line.strip()
    if not bare:
        return None
    start += line.index(bare[0])
    return Span(start, start + len(bare))


def _is_wrapped(text: str, lines: list[Span]) -> bool:
    """Whether full lines mostly run on into the next line instead of ending a sentence."""
    if any(s.end - s.start > _WRAP_WIDTH for s in lines):
        return False
    followed = [s for s, n in pairwise(lines) if s.end - s.start >= _FULL_LINE and _is_adjacent(text, s, n)]
    running_on = sum(text[s.end - 1] not in ".!?”\"" for s in followed)
    return running_on >= 2 and running_on * 2 > len(followed)


def _is_adjacent(text: str, line: Span, following: Span) -> bool:
    return text.count("\n", line.end, following.start) == 1


def _continues(text: str, paragraph: Span, line: Span) -> bool:
    """Whether `line` goes on with the paragraph: directly below a line that was full."""
    last = text[paragraph.start : paragraph.end].rpartition("\n")[2]
    return len(last.strip()) >= _FULL_LINE and _is_adjacent(text, paragraph, line)
