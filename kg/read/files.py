"""From paths to text: which files there are to read, and the code points in them."""

from __future__ import annotations

import codecs
import os
import stat
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.model import Unread

MAX_BYTES = 5_000_000
"""The largest document read, in bytes, when the caller sets no other limit."""

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".pdf")
"""What a folder is searched for. PDF is among them only so that it is never passed over in silence."""

SIDE_CARS = (".meta.yaml", ".meta.yml", ".meta.json")
"""NAME.meta.yaml beside NAME.txt tells what the text does not show; the first that exists is used."""

# The first bytes of files that are often met under a wrong name.
_MAGIC = (
    (b"%PDF", "a PDF"), (b"PK\x03\x04", "a ZIP archive or an office document"), (b"\x1f\x8b", "a gzip archive"),
    (b"\xd0\xcf\x11\xe0", "an old office document"), (b"{\\rtf", "an RTF document"), (b"\x89PNG", "a picture"),
    (b"GIF8", "a picture"), (b"\xff\xd8\xff", "a picture"),
)
# UTF-32 before UTF-16: the mark of the one begins with the mark of the other.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"),
)
# A Western text read as Windows-1252 has letters and typographic marks there, and few of them.
_MAX_HIGH_SHARE = 0.15
_WESTERN_MARKS = frozenset("‘’“”‚„–—…•€£§°«»¡¿·´™®©½¼¾ªº\u00a0")
_CONVERT = "convert it to UTF-8 text first"


@dataclass(frozen=True, slots=True)
class Source:
    """A file to read, and the id of the document in it."""

    path: Path
    id: str


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, line ends as "\\n", without a byte order mark; `note` says what was doubtful."""

    text: str
    note: str | None = None


def find_sources(paths: Sequence[str | Path]) -> Iterator[Source | Unread]:
    """The files to read, lazily: those named, and those in the folders named, sorted, without hidden ones.

    A file in a folder is known by its path below that folder, a file named by its name. `-` is not looked up.
    """
    for given in paths:
        path = Path(given)
        if str(given) == "-":
            yield Source(path, "stdin.txt")
        elif os.path.isdir(path):  # pathlib would raise where a folder above may not be entered
            yield from _walk(path)
        else:
            yield _named(path)


def count_files(paths: Sequence[str | Path]) -> int:
    """How many files `read_documents` will open, for a progress bar. A JSON lines file counts once.

    Cost: lists the folders, opens nothing.
    """
    return sum(isinstance(source, Source) for source in find_sources(paths))


def load(path: Path, limit: int) -> bytes | Unread:
    """The bytes of a file of at most `limit` bytes, or why there are none."""
    try:
        if (size := path.stat().st_size) > limit:
            return too_large(str(path), f"{size:,} bytes", limit)
        return path.read_bytes()
    except OSError as problem:
        return unreadable(path, problem)


def unreadable(path: Path, problem: OSError) -> Unread:
    """What to say of a file that the system will not give."""
    reason = (problem.strerror or type(problem).__name__).lower()
    return Unread(str(path), f"it cannot be opened: {reason}", "check the path and who may read it")


def too_large(path: str, size: str, limit: int) -> Unread:
    """What to say of a document above the limit."""
    return Unread(path, f"it is too large: {size}, the limit is {limit:,}", "split it into one document a file, or raise the limit")


def decode(data: bytes, path: str, *, declared: str | None = None) -> Decoded | Unread:
    """The text in `data`: UTF-8, UTF-16 or UTF-32 with a mark, the encoding the page declares, or plausible Windows-1252.

    Args:
        data: the bytes of one document.
        path: its name, for messages.
        declared: an encoding that the document itself names (HTML).

    >>> decode(b"\\xef\\xbb\\xbfGoma\\r\\nfell", "a.txt")
    Decoded(text='Goma\\nfell', note=None)
    """
    for magic, what in _MAGIC:
        if data.startswith(magic):
            advice = "PDF is not read yet: convert it to text first" if magic == b"%PDF" else _CONVERT
            return Unread(path, f"it is {what}, not text", advice)
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    if marked is None and b"\x00" in data:
        return Unread(path, "it is binary, or UTF-16 without a byte order mark", _CONVERT)
    try:
        return Decoded(_plain_lines(data.decode(marked or "utf-8")))
    except UnicodeDecodeError as problem:
        if marked:
            return Unread(path, f"it opens as {marked.upper()} and breaks at byte {problem.start:,}", "save it again as UTF-8")
        return _decode_otherwise(data, path, declared, problem.start)


def _decode_otherwise(data: bytes, path: str, declared: str | None, broken: int) -> Decoded | Unread:
    if declared:
        try:
            return Decoded(_plain_lines(data.decode(declared)))
        except (LookupError, UnicodeDecodeError):
            pass  # a page that declares what it is not, is read like one that declares nothing
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    if text and _is_western(text):
        note = f"It is not UTF-8 (byte {broken:,}) and was read as Windows-1252; save it as UTF-8 if letters look wrong."
        return Decoded(_plain_lines(text), note)
    return Unread(path, f"its encoding is unknown: it is not UTF-8 (byte {broken:,})", _CONVERT)


def _is_western(text: str) -> bool:
    high = [c for c in text if c > "\x7f"]
    letters = sum(unicodedata.category(c) in ("Lu", "Ll") for c in high)
    return len(high) <= _MAX_HIGH_SHARE * len(text) and letters + sum(c in _WESTERN_MARKS for c in high) == len(high)


def _plain_lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _walk(folder: Path) -> Iterator[Source | Unread]:
    """The files below a folder, each folder in the order of its names. Links to folders are not followed."""
    waiting = [folder]  # a stack, since folders can lie deeper than Python recurses
    while waiting:
        path = waiting.pop()
        if os.path.isdir(path) and (path == folder or not os.path.islink(path)):
            try:
                names = sorted(name for name in os.listdir(path) if not name.startswith("."))
            except OSError as problem:
                yield unreadable(path, problem)
                continue
            waiting.extend(path / name for name in reversed(names))
        elif path.suffix.lower() in SUFFIXES:
            yield _named(path, path.relative_to(folder).as_posix())


def _named(path: Path, document: str | None = None) -> Source | Unread:
    suffix = path.suffix.lower()
    known = ", ".join(s for s in SUFFIXES if s != ".pdf")
    if suffix == ".pdf":
        return Unread(str(path), "PDF is not read yet", "convert it to text first, for instance with pdftotext")
    if path.name.lower().endswith(SIDE_CARS):
        return Unread(str(path), "it describes another file", "name the document beside it; this file is then used")
    try:
        mode = os.stat(path).st_mode
    except FileNotFoundError:
        return Unread(str(path), "there is no such file", "check the path")
    except OSError as problem:
        return unreadable(path, problem)
    except ValueError as problem:  # a null character
        return Unread(repr(str(path)), f"it is no path: {problem}", "check the path")
    if suffix not in SUFFIXES:
        return Unread(str(path), f"files ending in {suffix!r} are not read" if suffix else "its name has no suffix",
                      f"rename or convert it to one of {known}; a plain text can also come from standard input with -")
    if not stat.S_ISREG(mode):
        return Unread(str(path), "it is no regular file", "give its text on standard input with -")
    return Source(path, document or path.name)
