"""Counting rows on the wire, and choosing a format."""

from __future__ import annotations

from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, QueryResultsFormat, QuerySolutions, Store, Variable

from kg.errors import UsageError
from kg.server.answering import names_graphs
from kg.server.counting import row_counter
from kg.server.negotiation import ROWS, TRIPLES, prefer
from kg.server.refusal import Refusal

FORMATS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}
NASTY = st.one_of(st.none(), st.text(st.sampled_from(list('{}[],:"\\\n\r\t<>/resulta ')), max_size=12))


@pytest.mark.parametrize("format", FORMATS)
@given(rows=st.lists(st.tuples(NASTY, NASTY), max_size=6), size=st.integers(1, 9))
def test_the_rows_of_a_result_are_counted_however_it_is_cut(format: str, rows: list[tuple[str | None, str | None]], size: int) -> None:
    values = " ".join(f"({' '.join('UNDEF' if text is None else str(Literal(text)) for text in row)})" for row in rows)
    found = cast(QuerySolutions, Store().query(f"SELECT * {{ VALUES (?a ?b) {{ {values} }} }}"))
    assert found.variables == [Variable("a"), Variable("b")]
    written = cast(bytes, found.serialize(format=FORMATS[format]))
    count = row_counter(format)
    assert sum(count(written[start : start + size]) for start in range(0, len(written), size)) == len(rows)


# RFC 9110, section 12.5.1; the last two are what Firefox and Chromium send
@pytest.mark.parametrize(("accept", "rows", "triples"), [
    (None, "json", "turtle"), ("*/*", "json", "turtle"), ("", None, None), ("text/csv", "csv", None), ("TEXT/CSV", "csv", None),
    ("text/*", "xml", "turtle"), ("text/*;q=0.3, text/csv;q=0.7", "csv", "turtle"), ("text/csv;q=0", None, None),
    ("*/*, application/sparql-results+json;q=0, application/json;q=0", "xml", "turtle"), ("application/json", "json", "jsonld"),
    ("text/csv;q=0.5;x=1, nonsense, text/tab-separated-values", "tsv", None), ("text/csv;q=2", "csv", None),
    ("application/n-triples", None, "ntriples"),
    ("application/rdf+xml, application/ld+json;q=0.9", None, "rdfxml"), ("text/plain", None, "ntriples"),
    ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "xml", "rdfxml"),
])
def test_the_format_that_is_wanted_most(accept: str | None, rows: str | None, triples: str | None) -> None:
    found = [prefer(accept, offered) for offered in (ROWS, TRIPLES)]
    assert [format.name if format else None for format in found] == [rows, triples]


@pytest.mark.parametrize(("query", "answer"), [
    ("SELECT * FROM <http://a> {}", True), ("SELECT *\nFROM NAMED<http://a> {}", True), ("ASK from kg:g {}", True),
    ("ASK FROM :g {}", True),
    ("SELECT * { ?c kg:from ?x }", False), ("SELECT ?from { ?from a kg:Place }", False), ("ASK { ?s ?p 'FROM <http://a>' }", False),
    ("ASK { } # FROM <http://a>", False), ("PREFIX from: <http://a> ASK { ?s from:b ?o }", False),
])
def test_whether_a_query_names_its_graphs(query: str, answer: bool) -> None:
    assert names_graphs(query) is answer


def test_advice_of_the_command_line_becomes_an_address() -> None:
    assert Refusal.of(UsageError("nobody", advice="see `kg query actors`")).advice == "see /queries/actors"
