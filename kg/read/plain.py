"""Plain text and Markdown: the front matter between `---` lines, and the body below it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from kg.read.told import Told, parse_fields

_FENCE = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)
_OPENING = re.compile(r"---[ \t]*\n")
_FIRST_KEY = re.compile(r"\s*(?:#[^\n]*\n\s*)*[A-Za-z_][\w -]{0,40}:(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Body:
    """The text of a document as its offsets count it, and what its container tells of it."""

    text: str
    told: Told


def split_front_matter(text: str) -> Body:
    """The body below YAML front matter, and what the front matter tells; a text without any is all body.

    `---` opens front matter only where a `key:` follows and another `---` (or `...`) closes it: in Markdown it may
    as well be a rule across the page.

    >>> split_front_matter("---\\ntitle: Goma: the fall\\n---\\n\\nIt fell.").text
    'It fell.'
    """
    opening = _OPENING.match(text)
    if not opening or not _FIRST_KEY.match(text, opening.end()):
        return Body(text, Told())
    closing = _FENCE.search(text, opening.end())
    if not closing:
        return Body(text, Told(notes=("The front matter is not closed, so it was read as text; end it with a line `---`.",)))
    told = parse_fields(text[opening.end() : closing.start()], where="the front matter", first_line=2)
    return Body(text[closing.end() :].lstrip("\n"), told)
