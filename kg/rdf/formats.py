"""Answers of a store as values, and as text in the formats of the SPARQL recommendations."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import cast
from xml.etree import ElementTree

from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple
from pyoxigraph import serialize as serialize_triples

from kg.errors import UsageError
from kg.rdf.names import PREFIXES, compact
from kg.rdf.protocol import Term

Value = str | int | float | bool | date | None
"""A cell: text, number, day; an IRI is written the short way (`actor:tnla`); `None` where nothing is known."""

FORMATS = ("json", "csv", "tsv", "xml", "turtle")
"""The formats of `serialize`: the four of SELECT and ASK, and Turtle for CONSTRUCT and DESCRIBE."""

_XSD = PREFIXES["xsd"]
_RESULTS = "http://www.w3.org/2005/sparql-results#"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # XML 1.0 has no way to write these
_INTEGERS = {_XSD + name for name in ("integer", "int", "long", "short", "nonNegativeInteger", "positiveInteger")}
_NUMBERS = {_XSD + name for name in ("decimal", "double", "float")}


@dataclass(frozen=True, slots=True)
class Rows:
    """The answer to a SELECT: the names of the columns, and the terms of each row (`None`: unbound)."""

    columns: tuple[str, ...]
    terms: tuple[tuple[Term | None, ...], ...]

    @property
    def rows(self) -> tuple[tuple[Value, ...], ...]:
        """The rows as Python values.

        >>> Rows(("n", "who"), ((Literal(3), NamedNode("https://w3id.org/allegiance/id/actor/tnla")),)).rows
        ((3, 'actor:tnla'),)
        """
        return tuple(tuple(to_value(term) for term in row) for row in self.terms)


Result = Rows | bool | tuple[Triple, ...]
"""The answer to a SELECT, to an ASK, and to a CONSTRUCT or DESCRIBE."""


def to_value(term: Term | None) -> Value:
    """A term as a Python value.

    >>> to_value(Literal("2023-11-15", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")))
    datetime.date(2023, 11, 15)
    """
    if isinstance(term, NamedNode):
        return compact(term.value)
    if not isinstance(term, Literal):
        return None if term is None else str(term)
    datatype = term.datatype.value
    if datatype in _INTEGERS:
        return int(term.value)
    if datatype in _NUMBERS:
        return float(term.value)
    if datatype == _XSD + "boolean":
        return term.value == "true"
    return _day(term.value) if datatype == _XSD + "date" else term.value


def serialize(result: Result, format: str) -> str:
    """An answer as text.

    Args:
        result: the answer.
        format: one of `FORMATS`; rows and truth values go with the first four, triples with turtle.

    Raises:
        UsageError: an unknown format, or one that cannot hold this sort of answer.

    >>> serialize(Rows(("n",), ((Literal(3),), (None,))), "csv")
    'n\\r\\n3\\r\\n""\\r\\n'
    """
    if format not in FORMATS:
        raise UsageError(f"unknown format {format!r}", where="--format", advice=f"one of {', '.join(FORMATS)}")
    if isinstance(result, tuple):
        if format != "turtle":
            raise UsageError(f"triples cannot be written as {format}", where="--format", advice="use turtle")
        return cast(bytes, serialize_triples(result, format=RdfFormat.TURTLE, prefixes=dict(PREFIXES))).decode()
    if format == "turtle":
        raise UsageError("rows cannot be written as turtle", where="--format", advice="use json, csv, tsv or xml")
    if isinstance(result, bool) and format in ("csv", "tsv"):
        return "true" if result else "false"  # the recommendation leaves it open; Oxigraph does the same
    return {"json": _json, "csv": _csv, "tsv": _tsv, "xml": _xml}[format](result)


def _json(result: Rows | bool) -> str:
    if isinstance(result, bool):
        return json.dumps({"head": {}, "boolean": result})
    bindings = [{name: _json_term(term) for name, term in zip(result.columns, row, strict=True) if term is not None}
                for row in result.terms]
    return json.dumps({"head": {"vars": result.columns}, "results": {"bindings": bindings}}, ensure_ascii=False)


def _json_term(term: Term) -> dict[str, object]:
    if isinstance(term, NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _json_term(part) for name, part in parts.items()}}
    return {"type": "literal", "value": term.value, **_literal_attributes(term, "xml:lang", "datatype")}


def _literal_attributes(term: Literal, language: str, datatype: str) -> dict[str, str]:
    if term.language:
        return {language: term.language}
    return {} if term.datatype.value == _XSD + "string" else {datatype: term.datatype.value}


def _csv(result: Rows | bool) -> str:
    rows = cast(Rows, result)
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(rows.columns)
    writer.writerows(["" if term is None else str(term) if isinstance(term, BlankNode | Triple) else term.value for term in row]
                     for row in rows.terms)
    return text.getvalue()


def _tsv(result: Rows | bool) -> str:
    rows = cast(Rows, result)
    # A term's own text is its N-Triples form, which escapes line ends but not tabs.
    lines: Iterable[list[str]] = (["" if term is None else str(term).replace("\t", "\\t") for term in row] for row in rows.terms)
    return "".join("\t".join(line) + "\n" for line in (["?" + name for name in rows.columns], *lines))


def _xml(result: Rows | bool) -> str:
    root = ElementTree.Element("sparql", xmlns=_RESULTS)
    head = ElementTree.SubElement(root, "head")
    if isinstance(result, bool):
        ElementTree.SubElement(root, "boolean").text = "true" if result else "false"
    else:
        for name in result.columns:
            ElementTree.SubElement(head, "variable", name=name)
        results = ElementTree.SubElement(root, "results")
        for row in result.terms:
            line = ElementTree.SubElement(results, "result")
            for name, term in zip(result.columns, row, strict=True):
                if term is not None:
                    _xml_term(ElementTree.SubElement(line, "binding", name=name), term)
    # A carriage return is read back as a line feed unless it is written as a reference.
    text = ElementTree.tostring(root, encoding="unicode").replace("\r", "&#13;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _xml_term(parent: ElementTree.Element, term: Term) -> None:
    if isinstance(term, Triple):
        triple = ElementTree.SubElement(parent, "triple")
        for name, part in (("subject", term.subject), ("predicate", term.predicate), ("object", term.object)):
            _xml_term(ElementTree.SubElement(triple, name), part)
    elif isinstance(term, Literal):
        literal = ElementTree.SubElement(parent, "literal", _literal_attributes(term, "xml:lang", "datatype"))
        literal.text = _NOT_XML.sub("\ufffd", term.value)
    else:
        ElementTree.SubElement(parent, "uri" if isinstance(term, NamedNode) else "bnode").text = term.value


def _day(text: str) -> Value:
    try:
        return date.fromisoformat(text)
    except ValueError:  # xsd:date also has time zones and years beyond 9999; keep the text
        return text
