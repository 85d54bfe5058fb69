"""A network as a file: GEXF, GraphML or node-link JSON."""

from __future__ import annotations

import dataclasses
import json
import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeAlias

import networkx as nx

from kg.errors import UsageError

Graph: TypeAlias = "nx.Graph[str] | nx.MultiDiGraph[str]"  # quoted: networkx is generic for type checkers only

# What XML 1.0 cannot hold, not even escaped (https://www.w3.org/TR/xml/#charsets); lone surrogates are no text at all.
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_graph(graph: Graph, path: Path) -> None:
    """Write a projected or signed network to `path`; the suffix tells the format.

    `.gexf`: GEXF 1.2, for Gephi; dated edges carry a spell `start`/`end` (the first and the last day on which they can have held), and
        the claim's type is the attribute `claim_type`, since GEXF uses `type` for itself.
    `.graphml`: GraphML. `.json`: networkx's node-link form, edges under "edges".
    Nothing is left out: in the XML formats, an unknown value is the empty text, several values are joined by spaces (an open bound
    of a window is ".."), anything else that the format cannot hold is written as text, and characters that XML forbids become
    U+FFFD. The day or window, the policy and the denied claims go along, in GEXF as the graph's name.

    Raises:
        UsageError: another suffix.
        OSError: the file cannot be written.
    """
    writer = _WRITERS.get(path.suffix.lower())
    if writer is None:
        raise UsageError(f"cannot write a network as {path.suffix or 'a file without suffix'!r}", where=str(path),
                         advice=f"name the file {' or '.join('*' + suffix for suffix in _WRITERS)}")
    writer(graph, path)


def _write_gexf(graph: Graph, path: Path) -> None:
    plain = _plain(graph)
    plain.graph = {"name": json.dumps(plain.graph, ensure_ascii=False), "mode": "dynamic"}
    for _, _, edge in plain.edges(data=True):
        if "type" in edge:
            edge["claim_type"] = edge.pop("type")
        for bound, spell in (("begin", "start"), ("end", "end")):
            day = edge.pop(bound, "")
            if day:
                edge[spell] = day
    nx.write_gexf(plain, path)


def _write_graphml(graph: Graph, path: Path) -> None:
    nx.write_graphml_xml(_plain(graph), path)


def _write_json(graph: Graph, path: Path) -> None:
    data = nx.node_link_data(graph, edges="edges")
    text = json.dumps(data, default=_jsonable, ensure_ascii=False, indent=1)
    # A lone surrogate has no UTF-8; JSON can still say it, escaped.
    path.write_text(re.sub("[\ud800-\udfff]", lambda m: f"\\u{ord(m[0]):04x}", text), encoding="utf-8", newline="\n")


_WRITERS: Mapping[str, Callable[[Graph, Path], None]] = {
    ".gexf": _write_gexf, ".graphml": _write_graphml, ".json": _write_json,
}


def _plain(graph: Graph) -> Any:
    """A copy whose ids and attributes are all bool, int, float or text that XML can hold."""
    plain: Any = graph.__class__()
    plain.graph.update(_record(graph.graph))
    plain.add_nodes_from((_text(node), _record(data)) for node, data in graph.nodes(data=True))
    if isinstance(graph, nx.MultiDiGraph):
        edges = graph.edges(keys=True, data=True)
        plain.add_edges_from((_text(a), _text(b), _text(key), _record(data)) for a, b, key, data in edges)
    else:
        plain.add_edges_from((_text(a), _text(b), _record(data)) for a, b, data in graph.edges(data=True))
    return plain


def _record(data: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in data.items()}


def _value(value: Any) -> bool | int | float | str:
    if isinstance(value, bool | int | float):
        return value
    if value is None:
        return ""
    if isinstance(value, tuple) and value and all(map(dataclasses.is_dataclass, value)):
        return _text(json.dumps(value, default=_jsonable))
    if isinstance(value, tuple | list | set | frozenset):
        return " ".join(".." if v is None else _text(v) for v in value)
    if dataclasses.is_dataclass(value):
        return _text(json.dumps(_jsonable(value), default=_jsonable))
    return _text(value)


def _text(value: object) -> str:
    return _NOT_XML.sub("�", str(value))


def _jsonable(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(str(v) for v in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        # by hand: `asdict` copies deeply, which a set of enumeration members does not need
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    return str(value)
