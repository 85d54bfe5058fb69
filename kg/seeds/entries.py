"""YAML lists of mappings whose every entry knows its file and line."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import yaml

from kg.errors import KgError
from kg.model import Period, slug

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same YAML, about eight times faster, where libyaml is there
_TEXT = "tag:yaml.org,2002:str"


@dataclass(frozen=True, slots=True)
class Entry:
    """One mapping of a file: its values by key, still as YAML nodes, and where it stands."""

    file: str
    line: int  # counted from 1
    values: Mapping[str, yaml.Node]

    def error(self, what: str, *, key: str | None = None, advice: str | None = None) -> KgError:
        """The error to raise about this entry, or about the value of one of its keys."""
        line = self.line if key is None or key not in self.values else self.values[key].start_mark.line + 1
        return KgError(what, where=f"{self.file}, line {line}", advice=advice)

    def text(self, key: str) -> str | None:
        """The text of a key, or None without that key."""
        node = self.values.get(key)
        return None if node is None else _text(node, self.file)

    def required(self, key: str) -> str:
        """The text of a key that must be there."""
        value = self.text(key)
        if value is None:
            raise self.error(f"the entry has no {key!r}", advice=f"add `{key}: ...`")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """The texts of a list; empty without that key."""
        return tuple(_text(node, self.file) for node in self.nodes(key))

    def nodes(self, key: str) -> list[yaml.Node]:
        """The items of a list; empty without that key."""
        node = self.values.get(key)
        if node is None:
            return []
        if not isinstance(node, yaml.SequenceNode):
            raise self.error(f"{key!r} is not a list", key=key, advice=f"write `{key}: [a, b]`")
        return list(node.value)

    def id(self) -> str:
        """The entry's identifier, in the form that `kg.model.slug` makes."""
        value = self.required("id")
        if slug(value) != value:
            raise self.error(f"{value!r} is no identifier", key="id", advice=f"write {slug(value)!r}")
        return value

    def period(self, key: str) -> Period | None:
        """The period of a key, or None without that key."""
        value = self.text(key)
        try:
            return None if value is None else Period.parse(value)
        except ValueError as problem:
            raise self.error(str(problem), key=key, advice="write EDTF, for example 2021-02/2025-07") from None


def read_entries(text: str, *, file: str, keys: Collection[str]) -> list[Entry]:
    """The entries of a file that is one YAML list of mappings.

    Args:
        text: the content of the file.
        file: its name, for messages.
        keys: the keys an entry may have.

    Raises:
        KgError: not YAML, not a list of mappings, or a key that is unknown or given twice.
    """
    try:
        root = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as problem:
        line = problem.problem_mark.line + 1 if problem.problem_mark else 1
        raise KgError(f"not YAML: {problem.problem}", where=f"{file}, line {line}") from None
    except yaml.YAMLError as problem:
        raise KgError(f"not YAML: {problem}", where=file) from None
    if root is None:
        return []
    if not isinstance(root, yaml.SequenceNode):
        raise KgError("the file is not a list", where=f"{file}, line 1", advice="begin each entry with `- id: ...`")
    return [read_mapping(node, file=file, keys=keys) for node in root.value]


def read_mapping(node: yaml.Node, *, file: str, keys: Collection[str]) -> Entry:
    """One mapping with known keys, each given once.

    Raises:
        KgError: not a mapping, or a key that is unknown or given twice.
    """
    line = node.start_mark.line + 1
    if not isinstance(node, yaml.MappingNode):
        raise KgError("expected a mapping", where=f"{file}, line {line}", advice=f"known keys: {', '.join(keys)}")
    values: dict[str, yaml.Node] = {}
    for key_node, value in node.value:
        key = _text(key_node, file)
        where = f"{file}, line {key_node.start_mark.line + 1}"
        if key not in keys:
            raise KgError(f"unknown key {key!r}", where=where, advice=f"known keys: {', '.join(keys)}")
        if key in values:
            raise KgError(f"the key {key!r} is given twice", where=where)
        values[key] = value
    return Entry(file, line, values)


def _text(node: yaml.Node, file: str) -> str:
    """The text of a scalar. What YAML would read as a number, a date or a truth value (the country NO) is refused."""
    where = f"{file}, line {node.start_mark.line + 1}"
    if not isinstance(node, yaml.ScalarNode):
        raise KgError("expected a text", where=where)
    value: str = node.value
    if node.tag != _TEXT:
        raise KgError(f"{value!r} is not a text in YAML", where=where, advice=f'write "{value}" with quotes')
    if not value or value != value.strip():
        raise KgError(f"{value!r} is empty or has blanks around it", where=where)
    return value
