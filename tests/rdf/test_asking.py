"""Named and free queries: headers, typed parameters, whom a name means, and what is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Variable

from kg.errors import KgError, UsageError
from kg.model import Actor, Claim, Evidence, Kind, Name, NameKind, Place, Reference, Span
from kg.rdf import (
    Rows,
    Store,
    actor_quads,
    claims_quads,
    find_actor,
    find_place,
    list_queries,
    load_query,
    open_store,
    place_quads,
    run_query,
    run_sparql,
)
from kg.rdf.names import entity_iri

HEADER = "# question: What?\n# param who actor who it is\n# param since date = 2020-01-01 the day\n# param many integer = any how many\n" \
         "# columns: s, n\n# order: none\n"


@pytest.fixture(scope="module")
def store() -> Store:
    found = open_store("memory:")
    guard = Actor("harbour-guard", Kind.ARMED_GROUP, (Name("Harbour Guard"), Name("HG", NameKind.ABBREVIATION)))
    group = Actor("hill-guard", Kind.ARMED_GROUP, (Name("Hill Guard"), Name("HG", NameKind.ABBREVIATION)))
    found.add([*actor_quads(guard), *actor_quads(group), *place_quads(Place("tarn", "Tarn", ("Tahrn",), "town", "NF"))])
    met = Reference("lake-militia", Kind.ARMED_GROUP, "Lake Militia", ("Lake Militia", "the militia"))
    town = Reference("tarn", Kind.PLACE, "Tarn")
    tarn = Reference("tarn", Kind.ARMED_GROUP, "Tarn Police")  # the same id as the place
    sentence = (Evidence("d", Span(0, 1), "x"),)
    found.add(claims_quads([Claim("controls", sentence, subject=met, object=town), Claim("opposes", sentence, subject=met, object=tarn)]))
    return found


@pytest.mark.parametrize(("text", "id"), [
    ("harbour-guard", "harbour-guard"), ("actor:harbour-guard", "harbour-guard"), ("Harbour Guard", "harbour-guard"),
    ("HARBOUR guard", "harbour-guard"), ("lake militia", "lake-militia"), ("The Militia", "lake-militia"), ("tarn police", "tarn"),
    ("tarn", "tarn"),
])
def test_an_actor_is_found_by_id_or_name(store: Store, text: str, id: str) -> None:
    assert find_actor(store, text) == entity_iri(id, Kind.ARMED_GROUP)


@pytest.mark.parametrize("text", ["tarn", "Tarn", "TAHRN"])
def test_a_place_is_found_by_id_or_name(store: Store, text: str) -> None:
    assert find_place(store, text) == entity_iri("tarn", Kind.PLACE)


@pytest.mark.parametrize(("text", "message"), [
    ("HG", "'HG' can be any of harbour-guard, hill-guard"), ("Lake", "no actor is called 'Lake'.*perhaps lake-militia"),
    ("Zorro", "no actor is called 'Zorro'.*kg query actors"), ("", "no actor is called ''"), ('x" } #', "no actor is called"),
])
def test_a_name_that_fits_nobody_or_several_is_refused(store: Store, text: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find_actor(store, text)


@pytest.mark.parametrize(("params", "message"), [
    ({}, "the parameter alliance .* is missing"), ({"alliance": "x", "aliance": "y"}, "no parameter is called aliance"),
])
def test_parameters_are_checked(store: Store, params: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run_query(store, load_query("members"), params)


@pytest.mark.parametrize(("query", "params", "message"), [
    ("side-switches", {"since": "2023-02-30"}, "'2023-02-30' is not a day"), ("single-source", {"type": "attacks"}, "unknown claim type"),
])
def test_values_are_of_their_type(store: Store, query: str, params: dict[str, str], message: str) -> None:
    with pytest.raises(UsageError, match=message):
        run_query(store, load_query(query), params)


def test_a_query_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"no query is called 'allies'.*members"):
        load_query("allies")


@settings(max_examples=300, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_bound_text_is_that_text(text: str) -> None:
    (row,) = open_store("memory:").query("SELECT ?x { VALUES ?x { UNDEF } }", {Variable("x"): Literal(text)})  # type: ignore[misc]
    assert row["x"].value == text


def test_a_query_of_ones_own(tmp_path: Path) -> None:
    body = "SELECT ?s ?n ?since { VALUES ?who { UNDEF } VALUES ?since { UNDEF } VALUES ?many { UNDEF } BIND(?who AS ?s) BIND(?many AS ?n) }"
    (tmp_path / "mine.rq").write_text(HEADER + "\n" + body)
    query = load_query("mine", folder=tmp_path)
    assert [(p.name, p.type, p.required, p.default, p.description) for p in query.parameters] == [
        ("who", "actor", True, None, "who it is"), ("since", "date", False, "2020-01-01", "the day"),
        ("many", "integer", False, None, "how many")]
    known = open_store("memory:")
    known.add(actor_quads(Actor("a", Kind.PERSON, (Name("A"),))))
    assert run_query(known, query, {"who": "a", "many": 10**20}).rows == (("actor:a", 10**20),)
    assert run_query(known, query, {"who": "a"}).columns == ("s", "n")


@pytest.mark.parametrize(("line", "message"), [
    ("# question: What?\n", "one line `# question"), ("# columns: s, n\n", "one line `# columns"), ("# order: none\n", "one line `# order"),
    ("# param who actor who it is\n", "not a parameter: who army"),
])
def test_a_header_that_is_wrong_is_named(tmp_path: Path, line: str, message: str) -> None:
    (tmp_path / "bad.rq").write_text(HEADER.replace(line, "# param who army who it is\n" if "param" in line else ""))
    with pytest.raises(KgError, match=message) as caught:
        list_queries(folder=tmp_path)
    assert "bad.rq" in str(caught.value)


@pytest.mark.parametrize("text", [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", "ASK { service:x{} }", "ASK { {}SERVICE?x{} }",
    "ASK { ?s ?p true.SeRvIcE<http://127.0.0.1:9/>{} }", "# <\nASK { SERVICE <http://127.0.0.1:9/> {} }",
    "ASK { FILTER(1<2) SERVICE <http://127.0.0.1:9/> {} FILTER(3>2) }", 'ASK { ?s ?p "\\"", "#" . SERVICE <http://127.0.0.1:9/> {} }',
    "ASK { ?s ?p '''a''b''' . SERVICE <http://127.0.0.1:9/> {} }", "SELECT * { ?s ?p '\"' . SERVICE SILENT ?g {} ?s ?p '\"' }",
])
def test_reaching_outside_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="SERVICE is refused"):
        run_sparql(open_store("memory:"), text)


@pytest.mark.parametrize("text", [
    'ASK { ?s ?p "SERVICE" }', "ASK { ?service ?p ?o } # SERVICE", "ASK { ?s <http://example.org/service> ?o }",
    "PREFIX x: <http://example.org/> ASK { ?s x:service ?o }", "ASK { ?s ?p '''a 'service' ''' }",
])
def test_the_word_alone_is_not(text: str) -> None:
    assert run_sparql(open_store("memory:"), text) is False


@pytest.mark.parametrize("text", ["INSERT DATA { <a:a> <a:b> <a:c> }", "CLEAR ALL", "LOAD <file:///etc/passwd>"])
def test_updates_are_refused_and_change_nothing(store: Store, text: str) -> None:
    size = len(store)
    with pytest.raises(KgError, match="only SELECT, ASK, CONSTRUCT and DESCRIBE"):
        run_sparql(store, text)
    assert len(store) == size


def test_a_free_query_sees_claims_and_derived_links_together(store: Store) -> None:
    answer = run_sparql(
        store, "SELECT ?who ?name { ?who kg:controls place:tarn ; rdfs:label ?name . ?claim a kg:Control ; kg:subject ?who }")
    assert isinstance(answer, Rows)
    assert answer.rows == (("actor:lake-militia", "Lake Militia"),)


def test_the_three_sorts_of_answer(store: Store) -> None:
    assert run_sparql(store, "ASK { ?s a kg:Opposition }") is True
    (triple,) = run_sparql(store, "CONSTRUCT { ?s a kg:Claim } WHERE { ?s a kg:Opposition }")  # type: ignore[misc]
    assert triple.object == NamedNode("https://w3id.org/allegiance/ontology#Claim")


def test_dates_are_given_as_values_too(store: Store) -> None:
    assert run_query(store, load_query("side-switches"), {"since": date(2020, 1, 1)}).rows == ()
