"""Named queries: one file each in `ontology/queries/`, with its question and typed parameters in a header. And free ones.

A header, in comments, so that the file stays valid SPARQL 1.1:

    # question: Who are the members of an alliance?
    # topic: alliances
    # param alliance actor the alliance
    # param since date = any on this day or later
    # columns: member, name
    # order: by name

A parameter is a variable of that name, for which the query has `VALUES ?name { UNDEF }` in every group that uses it. It
is bound there as a typed term (`binding.bind`). `= any` leaves it unbound when it is not given; write such conditions as
`FILTER (COALESCE(?day >= ?since, true))`.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import itemgetter
from pathlib import Path
from types import MappingProxyType

from pyoxigraph import Literal, NamedNode, QueryBoolean, QuerySolution, QueryTriples, Variable

from kg.data import data_folder
from kg.errors import KgError, UsageError
from kg.model import Kind, Modality
from kg.rdf.formats import Result, Rows
from kg.rdf.lookup import find_actor, find_place
from kg.rdf.names import PREFIXES, TERMS, kg, kind_iri
from kg.rdf.protocol import Store, Term

_CONCEPTS: Mapping[str, type[StrEnum]] = MappingProxyType({"kind": Kind, "modality": Modality})
_TYPES = ("actor", "place", "date", "text", "type", "integer", *_CONCEPTS)
_HEADER = re.compile(r"#\s*(question|topic|param|columns|order):?\s+(.*\S)\s*")
_PARAMETER = re.compile(r"(?P<name>[a-z][a-z0-9_]*)\s+(?P<type>[a-z]+)\s+(?:=\s*(?P<default>\S+)\s+)?(?P<description>.+)")
_ANY = "any"
_TOPICS = ("sources", "actors", "alliances", "talks", "war", "places", "doubt", "")  # the order in which queries are listed

# What a keyword cannot hide in. Oxigraph takes no escapes in keywords, and needs no space around them.
_OPAQUE = re.compile(r"""
    <[^<>"{}|^`\\\x00-\x20]*>                                # IRI
  | \"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}   # long strings
  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*'          # strings
  | \#[^\n\r]*                                              # comment
  | [?$]\w+ | :[\w.:%-]*                                    # variable, local part of a prefixed name
""", re.VERBOSE | re.DOTALL)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a named query. `default` is used when none is given; without one and not `required`: any value."""

    name: str
    type: str  # actor, place, date, text, type, integer, kind, modality
    description: str
    required: bool
    default: str | None = None


@dataclass(frozen=True, slots=True)
class Query:
    """A named query, as its file has it."""

    name: str
    question: str
    topic: str  # what it is listed under: sources, actors, alliances, talks, war, places, doubt; "" is last
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    order: str
    text: str


def list_queries(*, folder: Path | None = None) -> tuple[Query, ...]:
    """The named queries, by topic and name; those of the installation unless another folder is given.

    >>> "members" in [query.name for query in list_queries()]
    True
    """
    found = (_read(path) for path in _folder(folder).glob("*.rq"))
    return tuple(sorted(found, key=lambda query: (_TOPICS.index(query.topic), query.name)))


def load_query(name: str, *, folder: Path | None = None) -> Query:
    """The named query of this name.

    Raises:
        UsageError: there is none.
        KgError: its header is not as it must be.

    >>> [parameter.name for parameter in load_query("members").parameters]
    ['alliance']
    """
    known = {path.stem: path for path in sorted(_folder(folder).glob("*.rq"))}
    if name not in known:
        raise UsageError(f"no query is called {name!r}", where="kg query", advice=f"one of {', '.join(known)}")
    return _read(known[name])


def run_query(store: Store, query: Query, params: Mapping[str, str | int | date] | None = None) -> Rows:
    """Answer a named query.

    Args:
        store: the store.
        query: the query.
        params: values by name: an actor or place by id or name, a date as 2023-11-15, a claim type, a kind
            of actor or a modality by its name.

    Raises:
        UsageError: a parameter is missing, unknown, or its value is not of its type, or names nobody.
        KgError: the query cannot be answered.
    """
    given = dict(params or {})
    unknown = sorted(given.keys() - {parameter.name for parameter in query.parameters})
    if unknown:
        known = ", ".join(parameter.name for parameter in query.parameters) or "it takes none"
        raise UsageError(f"no parameter is called {', '.join(unknown)}", where=f"query {query.name}", advice=known)
    bound: dict[Variable, Term] = {}
    for parameter in query.parameters:
        value = given.get(parameter.name, parameter.default)
        if value is not None:
            bound[Variable(parameter.name)] = _term(store, query, parameter, str(value))
        elif parameter.required:
            raise UsageError(f"the parameter {parameter.name} ({parameter.description}) is missing",
                             where=f"query {query.name}", advice=f"--param {parameter.name}=...")
    answer = store.query(query.text, bound)
    if isinstance(answer, QueryBoolean | QueryTriples):
        raise KgError("a named query must be a SELECT", where=f"query {query.name}", advice="run it as a file")
    return Rows(query.columns, tuple(map(_picking(query, [variable.value for variable in answer.variables]), answer)))


def _picking(query: Query, selected: Sequence[str]) -> Callable[[QuerySolution], tuple[Term | None, ...]]:
    """Takes the columns out of a row, by position: by name it takes a third of the time that the engine does."""
    try:
        first, *more = (selected.index(column) for column in query.columns)
    except ValueError as problem:
        raise KgError(f"a column is not among what it selects: {problem}", where=f"query {query.name}",
                      advice="see the line `# columns:`") from None
    return itemgetter(first, *more) if more else lambda row: (row[first],)


def run_sparql(store: Store, text: str) -> Result:
    """Answer any SPARQL 1.1 query, over claims, reference data and derived links together.

    Raises:
        KgError: not a query, or one that reaches outside the store: updates, LOAD and SERVICE are refused.

    >>> from kg.rdf.store import open_store
    >>> run_sparql(open_store("memory:"), "ASK {}")
    True
    """
    refuse_service(text)
    answer = store.query(text, union=True)
    if isinstance(answer, QueryBoolean):
        return bool(answer)
    if isinstance(answer, QueryTriples):
        return tuple(answer)
    columns = tuple(variable.value for variable in answer.variables)
    return Rows(columns, tuple(tuple(row) for row in answer))


def refuse_service(text: str) -> None:
    """Refuse a query that would ask another server.

    The text is read twice: as it stands, and with its `\\uXXXX` escapes resolved before anything else, as SPARQL 1.1
    section 19.2 has it. Engines differ in this; what either reading finds is refused.

    Raises:
        UsageError: it has SERVICE outside strings, comments, IRIs and names.

    >>> refuse_service('SELECT * { ?s ?p "a service" }')
    """
    if any("service" in _OPAQUE.sub(" ", reading).lower() for reading in (text, _CODE_POINT.sub(_character, text))):
        raise UsageError("SERVICE is refused: a query must not reach outside the store", where="SPARQL",
                         advice="load the other data into a store of its own")


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code <= sys.maxunicode else escape[0]


def _folder(folder: Path | None) -> Path:
    return data_folder("ontology") / "queries" if folder is None else folder


def _read(path: Path) -> Query:
    text = path.read_text(encoding="utf-8")
    header: dict[str, list[str]] = {}
    for name, value in _header(text):
        header.setdefault(name, []).append(value)
    for name in ("question", "columns", "order"):
        if len(header.get(name, ())) != 1:
            raise KgError(f"a query needs one line `# {name}: ...`", where=str(path), advice="see ontology/README.md")
    topic = ", ".join(header.get("topic", ()))
    if topic not in _TOPICS:
        raise KgError(f"one topic, not {topic!r}", where=str(path), advice=f"one of {', '.join(_TOPICS[:-1])}")
    columns = tuple(column.strip() for column in header["columns"][0].split(","))
    parameters = tuple(_parameter(line, path) for line in header.get("param", ()))
    return Query(path.stem, header["question"][0], topic, parameters, columns, header["order"][0], text)


def _header(text: str) -> Iterator[tuple[str, str]]:
    for line in text.splitlines():
        if not line.startswith("#"):
            return
        match = _HEADER.fullmatch(line)
        if match:
            yield match[1], match[2]


def _parameter(line: str, path: Path) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match or match["type"] not in _TYPES:
        raise KgError(f"not a parameter: {line}", where=str(path),
                      advice=f"write `# param NAME TYPE [= default] description`, the type one of {', '.join(_TYPES)}")
    default = match["default"]
    return Parameter(match["name"], match["type"], match["description"], default is None, None if default == _ANY else default)


def _term(store: Store, query: Query, parameter: Parameter, value: str) -> Term:
    """The value of a parameter as the typed term it stands for."""
    where = f"query {query.name}, {parameter.name}"
    try:
        if parameter.type == "actor":
            return find_actor(store, value)
        if parameter.type == "place":
            return find_place(store, value)
        if parameter.type == "type":
            return kg(TERMS[value].claim_class)
        if parameter.type in _CONCEPTS:
            return kind_iri(_CONCEPTS[parameter.type](value))
        if parameter.type == "date":
            return Literal(date.fromisoformat(value).isoformat(), datatype=NamedNode(PREFIXES["xsd"] + "date"))
        return Literal(str(int(value)), datatype=NamedNode(PREFIXES["xsd"] + "integer")) if parameter.type == "integer" else Literal(value)
    except KeyError:
        raise UsageError(f"unknown claim type {value!r}", where=where, advice=f"one of {', '.join(TERMS)}") from None
    except ValueError:
        if parameter.type in _CONCEPTS:
            raise UsageError(f"unknown {parameter.type} {value!r}", where=where,
                             advice=f"one of {', '.join(_CONCEPTS[parameter.type])}") from None
        wanted = "a day such as 2023-11-15" if parameter.type == "date" else "a whole number"
        raise UsageError(f"{value!r} is not {wanted}", where=where, advice=parameter.description) from None
