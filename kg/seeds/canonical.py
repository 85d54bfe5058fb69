"""The one form in which the files are kept, so that a change shows as the change it is."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import yaml

from kg.data import data_folder
from kg.errors import KgError
from kg.seeds.actors import ACTOR_KEYS, NAME_KEYS
from kg.seeds.entries import Entry, read_entries, read_mapping
from kg.seeds.sources import SOURCE_KEYS

_ORDER = tuple(dict.fromkeys((*ACTOR_KEYS, *SOURCE_KEYS)))
_PLAIN = re.compile(r"[^\W\d_](?:[\w .'’()/+&~]|[-#](?=\w))*(?<! )")  # begins with a letter: neither number nor date
_WORDS = frozenset(("y", "n", "yes", "no", "on", "off", "true", "false", "null"))  # what YAML takes for something else
_REPAIR = 'repair with: python -c "from kg.seeds import write_canonical; write_canonical()"'


def canonical(text: str) -> str:
    """The canonical form of a YAML file of actors or sources.

    Comments only at the top; entries sorted by id, one blank line between them; keys in a fixed order; a name of which
    only the text is given as a plain text; quotes around what is not plainly a text.

    Raises:
        KgError: the text cannot be read.

    >>> print(canonical("- {kind: media, names: [{text: Efe}], sources: [s], id: efe, country: ES}"))
    - id: efe
      kind: media
      country: ES
      names:
        - Efe
      sources: [s]
    <BLANKLINE>
    """
    head = re.match(r"(?:#.*\n)*", text)
    entries = read_entries(text, file="the text", keys=_ORDER)
    blocks = [_entry(entry) for entry in sorted(entries, key=Entry.id)]
    return "\n".join(([head[0]] if head and head[0] else []) + blocks)


def canonical_csv(text: str) -> str:
    """The canonical form of a CSV file: rows sorted by their first cell, quotes only where needed, line ends `\\n`."""
    header, *rows = csv.reader(text.splitlines(keepends=True))
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows([header, *sorted(rows)])
    return out.getvalue()


def check_canonical(text: str, expected: str, *, file: str) -> None:
    """Refuse a file that is not in its canonical form, at the first line that differs.

    Raises:
        KgError: the two texts differ.
    """
    if text == expected:
        return
    there, here = expected.splitlines(), text.splitlines()
    number = next((n for n, (a, b) in enumerate(zip(here, there, strict=False), 1) if a != b), min(len(here), len(there)) + 1)
    wanted = there[number - 1] if number <= len(there) else "the end of the file"
    raise KgError(f"not in canonical form; expected {wanted!r}", where=f"{file}, line {number}", advice=_REPAIR)


def write_canonical(folder: Path | None = None) -> tuple[Path, ...]:
    """Bring every file of a seeds folder into canonical form.

    Args:
        folder: the folder; by default the one that ships with the package.

    Returns:
        The files that changed.

    Raises:
        KgError: a file cannot be read.
    """
    root = folder or data_folder("seeds")
    changed = []
    for path in sorted([*root.glob("actors/*.yaml"), *root.glob("*.yaml"), *root.glob("*.csv")]):
        text = path.read_text(encoding="utf-8")
        form = canonical_csv(text) if path.suffix == ".csv" else canonical(text)
        if form != text:
            path.write_text(form, encoding="utf-8", newline="\n")
            changed.append(path)
    return tuple(changed)


def _entry(entry: Entry) -> str:
    lines = []
    for key in _ORDER:
        node = entry.values.get(key)
        if isinstance(node, yaml.SequenceNode) and key == "names":
            lines += [f"{key}:", *(f"  - {_name(item, entry.file)}" for item in node.value)]
        elif isinstance(node, yaml.SequenceNode):
            lines.append(f"{key}: [{', '.join(_scalar(item.value) for item in node.value)}]")
        elif node is not None:
            lines.append(f"{key}: {_scalar(node.value)}")
    return "- " + "\n  ".join(lines) + "\n"


def _name(node: yaml.Node, file: str) -> str:
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node.value)
    entry = read_mapping(node, file=file, keys=NAME_KEYS)
    given = {key: entry.required(key) for key in NAME_KEYS if key in entry.values}
    if given.get("kind") == "full":
        del given["kind"]
    if given.keys() == {"text"}:
        return _scalar(given["text"])
    return "{" + ", ".join(f"{key}: {_scalar(value)}" for key, value in given.items()) + "}"


def _scalar(value: str) -> str:
    """A text in YAML, in double quotes where it would be read as anything else without them."""
    plain = _PLAIN.fullmatch(value) and " #" not in value and value.lower() not in _WORDS
    return value if plain else json.dumps(value, ensure_ascii=False)
