"""Every named query is a competency question: its exact answer on the example is in `answers/`, worked out by hand from the sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import pytest
from example_store import example
from pyoxigraph import Literal, QueryBoolean, QuerySolutions, QueryTriples, Variable, serialize
from pyoxigraph import RdfFormat as Format
from rdflib import Dataset
from rdflib.plugins.sparql import prepareQuery

from kg.model import Answer, Claim, Document, Evidence, Kind, Period, Reference, Span
from kg.rdf import Query, Store, claims_quads, document_quads, list_queries, load_query, open_store, read_claims, run_query
from kg.rdf.binding import bind
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import PREFIXES
from kg.rdf.protocol import Term

QUERIES = list_queries()
ANSWERS = Path(__file__).parent / "answers"
CASES = [pytest.param(query.name, case["params"], case["rows"], id=f"{query.name}-{number}")
         for query in QUERIES if (ANSWERS / f"{query.name}.json").is_file()
         for number, case in enumerate(json.loads((ANSWERS / f"{query.name}.json").read_text(encoding="utf-8")), 1)]


def test_every_query_has_answers_and_every_answer_its_query() -> None:
    assert {query.name for query in QUERIES} == {path.stem for path in ANSWERS.glob("*.json")}
    assert len(QUERIES) >= 35
    assert len(CASES) >= 3 * len(QUERIES) - 30


@pytest.mark.parametrize(("name", "params", "rows"), CASES)
def test_exact_answer(name: str, params: dict[str, str], rows: list[list[object]]) -> None:
    answer = run_query(example(), load_query(name), params)
    assert [[v.isoformat() if isinstance(v, date) else v for v in row] for row in answer.rows] == rows


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_some_answer_is_not_empty_and_one_with_parameters_is(query: Query) -> None:
    cases = json.loads((ANSWERS / f"{query.name}.json").read_text(encoding="utf-8"))
    assert any(case["rows"] for case in cases)
    assert {name for case in cases for name in case["params"]} == {parameter.name for parameter in query.parameters}
    assert not query.parameters or query.name in NEVER_EMPTY or not all(case["rows"] for case in cases)


@pytest.mark.parametrize("query", [q for q in QUERIES if not any(p.required for p in q.parameters)], ids=lambda query: query.name)
def test_an_empty_store_gives_no_row(query: Query) -> None:
    """But for the summary, which counts nothing as 0."""
    answer = run_query(open_store("memory:"), query)
    assert [row[1:] for row in answer.rows] == ([(0,)] * 6 if query.name == "summary" else [])


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_rdflib_reads_it_too_and_it_selects_its_columns_and_has_a_place_for_each_parameter(query: Query) -> None:
    assert {str(variable) for variable in prepareQuery(query.text).algebra.PV} >= set(query.columns)
    assert set(re.findall(r"VALUES \?(\w+) \{ UNDEF \}", query.text)) == {parameter.name for parameter in query.parameters}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_it_is_ordered_and_asks_a_question(query: Query) -> None:
    assert re.search(r"^ORDER BY ", query.text, flags=re.MULTILINE)
    assert query.question.endswith("?")
    assert query.topic


def test_queries_are_listed_by_topic() -> None:
    assert list(dict.fromkeys(query.topic for query in QUERIES)) == ["sources", "actors", "alliances", "talks", "war", "places", "doubt"]


def test_questions_are_told_apart() -> None:
    assert len({query.question for query in QUERIES}) == len(QUERIES)


def test_switches_without_a_date_come_last_by_the_date_of_their_documents() -> None:
    store, reports = open_store("memory:"), {"a": ("2023-06", None), "b": ("2022", None), "c": (None, None), "d": ("2024", "../2021")}
    for id, (published, edtf) in reports.items():
        reported = Period.parse(published) if published else None
        store.add(document_quads(Document(id, "text", published=reported, publisher="Post" if id == "a" else None)))
        store.add(claims_quads([Claim("defect", (Evidence(id, Span(0, 4), "text"),), from_=Reference("a", Kind.ARMED_GROUP, "A"),
                                      to=Reference("b", Kind.ARMED_GROUP, "B"), period=Period.parse(edtf) if edtf else None,
                                      reported=reported)]))
    answer = run_query(store, load_query("side-switches"))
    rows = [dict(zip(answer.columns, row, strict=True)) for row in answer.rows]
    assert [(row["when"], row["reported"], row["publication"]) for row in rows] == [
        ("../2021", "2024", None), (None, "2022", None), (None, "2023-06", "Post"), (None, None, None)]


class Listening:
    """A store that remembers the last query it was asked, with its values."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.asked = ""

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def query(self, sparql: str, substitutions: Mapping[Variable, Term] | None = None, *,
              union: bool = False) -> QuerySolutions | QueryBoolean | QueryTriples:
        self.asked = bind(sparql, substitutions or {})
        return self._store.query(sparql, substitutions, union=union)


@cache
def in_rdflib() -> Dataset:
    """The example with what follows from it, in rdflib's own memory; its default graph alone answers most queries much faster."""
    store = example()
    if not isinstance(store, EmbeddedStore):
        raise TypeError(store)
    found = Dataset()
    found.parse(data=serialize(iter(store.inner), format=Format.N_QUADS), format="nquads")
    return found


NEVER_EMPTY = {"names-of": "whoever can be named has a name", "rules": "each type occurs in the example"}


def written(term: Term | None) -> str | None:
    """Numbers by value: engines write 1.0E1 and 10 as they like."""
    if term is None:
        return None
    if isinstance(term, Literal) and term.datatype.value in (PREFIXES["xsd"] + "double", PREFIXES["xsd"] + "decimal"):
        return str(float(term.value))
    return str(term.value)


@pytest.mark.parametrize(("name", "params"), [pytest.param(*case.values[:2], id=case.id) for case in CASES])
def test_rdflib_gives_the_same_rows(name: str, params: dict[str, str]) -> None:
    """A second engine: what Oxigraph answers is what SPARQL 1.1 says.

    Of rdflib 7.6: it knows durations as literals (STRDT) but not as a cast, and gives a row of nothing for a GROUP BY without
    solutions in a sub-SELECT, which HAVING takes away.
    """
    query, store = load_query(name), Listening(example())
    graph = in_rdflib() if "GRAPH" in query.text else in_rdflib().default_graph
    ours = [tuple(map(written, row)) for row in run_query(store, query, params).terms]
    theirs = [tuple(None if row[c] is None else str(row[c]) for c in query.columns) for row in graph.query(store.asked)]
    assert theirs == ours


DAYS = [date(2028, 1, 1) + timedelta(days=61 * step) for step in range(24)]


@pytest.mark.parametrize("day", DAYS, ids=str)
def test_allies_on_a_day_are_as_sure_as_their_periods(day: date) -> None:
    """Oracle: `Period.covers` on the one claim that says Harbour Guard and Hill Army are allies."""
    (claim,) = read_claims(example(), type="allied_with")
    rows = run_query(example(), load_query("allies-on-day"), {"actor": "hill-army", "day": day}).rows
    found = [row[1] for row in rows if row[4] == "actor:harbour-guard" and row[2] == ""]
    assert found == ([] if covers(claim, day) is Answer.NO else [covers(claim, day).value])


@pytest.mark.parametrize("day", [date(2030, 12, 1) + timedelta(days=17 * step) for step in range(24)], ids=str)
def test_who_holds_a_place_on_a_day_is_as_sure_as_the_periods(day: date) -> None:
    """Oracle: `Period.covers` on every claim of control that is affirmed; one without a period may be of any day."""
    claims = [claim for claim in read_claims(example(), type="controls") if claim.polarity == "positive"]
    expected = sorted((claim.id, covers(claim, day).value) for claim in claims if covers(claim, day) is not Answer.NO)
    rows = run_query(example(), load_query("control-on-day"), {"day": day}).rows
    by_words = {claim.evidence[0].quote: claim.id for claim in claims}
    assert sorted((by_words[str(row[8])], row[2]) for row in rows) == expected


def covers(claim: Claim, day: date) -> Answer:
    if claim.period is None:
        return Answer.MAYBE
    if claim.reported is None or claim.reported.begin_earliest is None:
        return claim.period.covers(day)
    return claim.period.as_reported(claim.reported.begin_earliest).covers(day)
