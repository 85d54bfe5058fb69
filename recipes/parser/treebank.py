"""Treebank sentences, read from CoNLL-U."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Sentence:
    """A treebank sentence: the gold columns, and where it is from."""

    genre: str
    words: list[str]
    spaces: list[bool]
    heads: list[int]
    deps: list[str]
    pos: list[str]
    feats: list[str]
    lemmas: list[str]


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a CoNLL-U file, as syntactic words; ellipsis nodes and multiword ranges are skipped."""
    genre, rows = "", list[list[str]]()
    glued: dict[int, bool] = {}
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.startswith("# newdoc id"):
            name = line.split("= ")[1]
            genre = name.split("_")[1] if name.startswith("GUM") else name.split("-")[0]
        elif line and line[0] != "#":
            cells = line.split("\t")
            if "-" in cells[0]:
                begin, end = map(int, cells[0].split("-"))
                glued |= dict.fromkeys(range(begin, end), True) | {end: "SpaceAfter=No" in cells[9]}
            elif "." not in cells[0]:
                rows.append(cells)
        elif not line and rows:
            spaces = [not glued.get(int(c[0]), "SpaceAfter=No" in c[9]) for c in rows]
            yield Sentence(genre, [c[1] for c in rows], spaces, [int(c[6]) for c in rows], [c[7] for c in rows], [c[3] for c in rows],
                           ["" if c[5] == "_" else c[5] for c in rows], [c[2] for c in rows])
            rows, glued = [], {}
