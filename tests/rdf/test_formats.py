"""Answers as text: the same as Oxigraph's own writers, read back."""

from __future__ import annotations

import json
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import BlankNode, Literal, NamedNode, QueryResultsFormat, RdfFormat, Store, parse, parse_query_results

from kg.errors import UsageError
from kg.rdf import FORMATS, Rows, open_store, run_sparql, serialize

XSD = "http://www.w3.org/2001/XMLSchema#"
# XML 1.0 cannot hold control characters, and Oxigraph's XML reader drops space around a text; the other formats can hold both.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=8).map(str.strip)
terms = st.one_of(
    st.builds(Literal, texts), st.builds(Literal, texts, language=st.sampled_from(["en", "my"])),
    st.integers(-9, 9).map(Literal), st.booleans().map(Literal), st.sampled_from([NamedNode("http://example.org/a"), BlankNode("b")]),
    st.just(Literal("2023-11-15", datatype=NamedNode(XSD + "date"))))
rows = st.lists(st.tuples(st.none() | terms, st.none() | terms), max_size=4).map(tuple).map(lambda found: Rows(("a", "b_c"), found))
READERS = {"json": QueryResultsFormat.JSON, "tsv": QueryResultsFormat.TSV, "xml": QueryResultsFormat.XML}


@pytest.mark.parametrize("format", READERS)
@settings(max_examples=100, deadline=None)
@given(rows)
def test_rows_are_read_back_by_oxigraph(format: str, answer: Rows) -> None:
    found = parse_query_results(serialize(answer, format), READERS[format])
    assert tuple(v.value for v in found.variables) == answer.columns  # type: ignore[union-attr]
    assert tuple(tuple(row) for row in found) == answer.terms  # type: ignore[union-attr]


def test_csv_is_the_same_as_oxigraphs() -> None:
    query = 'SELECT ?a ?b { VALUES (?a ?b) { ("x,\\"y\\"\\n" 1) (UNDEF <http://example.org/>) ("é"@en true) } }'
    theirs = Store().query(query).serialize(format=QueryResultsFormat.CSV)
    assert serialize(run_sparql(open_store("memory:"), query), "csv").encode() == theirs


@pytest.mark.parametrize(("format", "text"), [("csv", "true"), ("tsv", "true"), ("json", '{"head": {}, "boolean": true}')])
def test_truth(format: str, text: str) -> None:
    assert serialize(True, format) == text


def test_truth_in_xml() -> None:
    root = ElementTree.fromstring(serialize(False, "xml"))  # noqa: S314  # our own text
    assert root[1].text == "false"


def test_what_xml_cannot_hold_is_replaced() -> None:
    answer = serialize(Rows(("a",), ((Literal("x\x00y\x1fz\ufffe\r\n"),),)), "xml")
    (text,) = ElementTree.fromstring(answer).itertext()  # noqa: S314  # our own text
    assert text == "x\ufffdy\ufffdz\ufffd\r\n"


def test_triples_as_turtle() -> None:
    store = open_store("memory:")
    answer = run_sparql(store, 'CONSTRUCT { <http://example.org/a> rdfs:label "x" } WHERE {}')
    assert [quad.triple for quad in parse(serialize(answer, "turtle"), RdfFormat.TURTLE)] == list(answer)  # type: ignore[arg-type]


@pytest.mark.parametrize(("answer", "format"), [((), "json"), (True, "turtle"), (Rows((), ()), "turtle"), (True, "yaml")])
def test_a_format_that_cannot_hold_it_is_refused(answer: object, format: str) -> None:
    with pytest.raises(UsageError):
        serialize(answer, format)  # type: ignore[arg-type]


def test_values() -> None:
    typed = [Literal(text, datatype=NamedNode(XSD + kind)) for text, kind in (("7", "integer"), ("1.5", "decimal"), ("true", "boolean"))]
    assert Rows(("a", "b", "c", "d"), ((*typed, None),)).rows == ((7, 1.5, True, None),)


def test_json_has_its_columns_even_without_rows() -> None:
    assert json.loads(serialize(Rows(("a",), ()), "json")) == {"head": {"vars": ["a"]}, "results": {"bindings": []}}


def test_formats() -> None:
    assert FORMATS == ("json", "csv", "tsv", "xml", "turtle")
