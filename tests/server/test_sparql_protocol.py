"""SPARQL 1.1 Protocol. Cases after the sections of the recommendation and the W3C test suite's list (data-sparql11/protocol)."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote
from xml.etree import ElementTree

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from server_fixtures import Server

SELECT = "SELECT ?c { ?c a kg:Attack } ORDER BY ?c"
CONSTRUCT = "CONSTRUCT { ?c a kg:Attack } WHERE { ?c a kg:Attack }"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
DERIVED = "https://w3id.org/allegiance/graph/derived"

# name of the case, section, method, query string, content type, body, status
CASES = [
    ("query via GET", "2.1.1", "GET", f"query={quote(SELECT)}", None, None, 200),
    ("query via POST, form", "2.1.2", "POST", "", FORM, f"query={quote(SELECT)}", 200),
    ("query via POST, direct", "2.1.3", "POST", "", DIRECT, SELECT, 200),
    ("form with charset", "2.1.2", "POST", "", f"{FORM}; charset=UTF-8", f"query={quote(SELECT)}", 200),
    ("HEAD", "2.1.1", "HEAD", f"query={quote(SELECT)}", None, None, 200),
    ("no query asks about the service", "SD 2", "GET", "", None, None, 200),
    ("a field that is none of the protocol's", "2.1.4", "GET", f"query={quote(SELECT)}&timeout=3", None, None, 200),
    ("dataset with GET", "2.1.4", "GET", f"query={quote(SELECT)}&default-graph-uri={quote(DERIVED)}", None, None, 200),
    ("dataset with POST, direct", "2.1.4", "POST", f"named-graph-uri={quote(DERIVED)}", DIRECT, SELECT, 200),
    ("bad: PUT", "2.1", "PUT", f"query={quote(SELECT)}", None, None, 405),
    ("bad: DELETE", "2.1", "DELETE", f"query={quote(SELECT)}", None, None, 405),
    ("bad: two queries via GET", "2.1.4", "GET", "query=ASK%7B%7D&query=ASK%7B%7D", None, None, 400),
    ("bad: two queries via form", "2.1.4", "POST", "", FORM, "query=ASK%7B%7D&query=ASK%7B%7D", 400),
    ("bad: query in address and body", "2.1.4", "POST", "query=ASK%7B%7D", DIRECT, "ASK {}", 400),
    ("bad: no query via POST", "2.1.4", "POST", "", FORM, "", 400),
    ("bad: other media type", "2.1.3", "POST", "", "text/plain", SELECT, 415),
    ("bad: no media type", "2.1.2", "POST", "", None, SELECT, 415),
    ("bad: other charset, direct", "2.1.3", "POST", "", f"{DIRECT}; charset=utf-16", SELECT, 415),
    ("bad: body is no UTF-8", "2.1.3", "POST", "", DIRECT, b"ASK { ?s ?p '\xff' }", 400),
    ("bad: address is no UTF-8", "2.1.1", "GET", "query=%FF", None, None, 400),
    ("bad: syntax", "2.1.6", "GET", "query=SELECT", None, None, 400),
    ("bad: empty query", "2.1.6", "GET", "query=", None, None, 400),
    ("bad: graph is no IRI", "2.1.4", "GET", f"query={quote(SELECT)}&default-graph-uri=a%20b", None, None, 400),
    ("update as a query", "2.2", "GET", f"query={quote('INSERT DATA { <a:a> <a:b> <a:c> }')}", None, None, 400),
    ("update via form", "2.2.1", "POST", "", FORM, f"update={quote('CLEAR ALL')}", 400),
    ("update via POST, direct", "2.2.2", "POST", "", "application/sparql-update", "CLEAR ALL", 415),
    ("update via GET", "2.2", "GET", f"update={quote('CLEAR ALL')}", None, None, 400),
    ("too long", "RFC 9110 15.5.14", "POST", "", DIRECT, "#" * (1 << 20) + "\nASK {}", 413),
]


@pytest.mark.parametrize(("section", "method", "address", "content_type", "body", "status"), [case[1:] for case in CASES],
                         ids=[case[0] for case in CASES])
def test_the_status_of(server: Server, section: str, method: str, address: str, content_type: str | None, body: str | bytes | None,
                       status: int) -> None:
    headers = {"Content-Type": content_type} if content_type else {}
    answer = httpx.request(method, f"{server.address}/sparql?{address}", headers=headers, content=body)
    assert answer.status_code == status, section
    assert answer.headers["content-type"].startswith("text/plain" if status >= 400 else ("application/", "text/turtle"))


@pytest.mark.parametrize(("accept", "content_type"), [
    (None, "application/sparql-results+json"), ("*/*", "application/sparql-results+json"),
    ("application/json", "application/sparql-results+json"),
    ("application/sparql-results+xml", "application/sparql-results+xml"), ("text/xml", "application/sparql-results+xml"),
    ("text/csv", "text/csv; charset=utf-8"), ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
    ("text/csv;q=0.2, text/tab-separated-values;q=0.9", "text/tab-separated-values; charset=utf-8"),
    ("text/*;q=0.5, text/csv;q=0.1, application/sparql-results+json;q=0.3", "application/sparql-results+xml"),
])
def test_rows_in_the_format_wanted_most(server: Server, accept: str | None, content_type: str) -> None:
    answer = server.ask(SELECT, accept)
    assert (answer.status_code, answer.headers["content-type"]) == (200, content_type)
    assert "Accept" in answer.headers["vary"].split(", ")
    assert _rows(answer) == 2  # the documents a and c
    assert _rows(server.ask("ASK { ?c a kg:Attack }", accept)) is True


def _rows(answer: httpx.Response) -> int | bool:
    kind = answer.headers["content-type"].partition(";")[0]
    if kind.endswith("json"):
        found = json.loads(answer.text)
        return found["boolean"] if "boolean" in found else len(found["results"]["bindings"])
    if kind.endswith("xml"):
        root = ElementTree.fromstring(answer.text)  # noqa: S314  # written by our own server
        truth = root.find("{*}boolean")
        return len(root.findall(".//{*}result")) if truth is None else truth.text == "true"
    return answer.text == "true" or len(list(csv.reader(io.StringIO(answer.text)))) - 1


@pytest.mark.parametrize(("accept", "format"), [
    (None, RdfFormat.TURTLE), ("text/turtle", RdfFormat.TURTLE), ("application/n-triples", RdfFormat.N_TRIPLES),
    ("application/rdf+xml", RdfFormat.RDF_XML), ("application/ld+json", RdfFormat.JSON_LD),
])
@pytest.mark.parametrize(("query", "number"), [(CONSTRUCT, 2), ("DESCRIBE <https://w3id.org/allegiance/id/operation/none>", 0)])
def test_triples_in_the_format_wanted_most(server: Server, accept: str | None, format: RdfFormat, query: str, number: int) -> None:
    answer = server.ask(query, accept)
    assert answer.headers["content-type"].partition(";")[0] == format.media_type
    assert len(list(parse(answer.content, format))) == number


@pytest.mark.parametrize(("query", "accept"), [
    (SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "image/png"), (SELECT, "nonsense")])
def test_406_says_what_can_be_had(server: Server, query: str, accept: str) -> None:
    answer = server.ask(query, accept)
    assert answer.status_code == 406
    assert "it can be given as " in answer.text


def test_a_syntax_error_says_where(server: Server) -> None:
    answer = server.ask("SELECT *\n  WHERE { ?s ?p ", "application/json")
    assert (answer.status_code, answer.json()["line"]) == (400, 2)
    assert "error at 2:" in server.ask("SELECT *\n  WHERE { ?s ?p ").text


@pytest.mark.parametrize(("query", "params", "number"), [
    # the toy graph has three direct links: AA attacked SAC, TNLA and AA memberOf TBA
    ("SELECT * { ?a kg:memberOf ?b }", {}, 2),
    ("SELECT * { ?a kg:memberOf ?b }", {"default-graph-uri": DERIVED}, 2),
    ("SELECT * { ?c a kg:Attack }", {"default-graph-uri": DERIVED}, 0),
    ("SELECT * FROM <https://w3id.org/allegiance/graph/derived> { ?c a kg:Attack }", {}, 0),
    # section 2.1.4: the dataset of the request wins over that of the query
    ("SELECT * FROM <https://w3id.org/allegiance/graph/derived> { ?a kg:memberOf ?b }", {"default-graph-uri": "http://nowhere.example"}, 0),
    ("SELECT * { GRAPH ?g { ?a kg:memberOf ?b } }", {"named-graph-uri": DERIVED}, 2),
    ("SELECT * { ?a kg:memberOf ?b }", {"named-graph-uri": DERIVED}, 0),  # named graphs alone leave the default graph empty
])
def test_the_dataset_of_a_request(server: Server, query: str, params: dict[str, str], number: int) -> None:
    assert len(server.get("/sparql", query=query, **params).json()["results"]["bindings"]) == number


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
def test_the_service_describes_itself(server: Server, path: str) -> None:
    said = {(triple.predicate.value.rpartition("#")[2], getattr(triple.object, "value", "")) for triple in
            parse(server.get(path, "application/n-triples").content, RdfFormat.N_TRIPLES)}
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert {("endpoint", f"{server.address}/sparql"), ("supportedLanguage", f"{sd}SPARQL11Query"), ("feature", f"{sd}UnionDefaultGraph"),
            ("name", DERIVED)} <= said


def test_cors_only_for_those_named(server: Server) -> None:
    def allowed(origin: str) -> str | None:
        return httpx.get(f"{server.address}/sparql", params={"query": "ASK {}"}, headers={"Origin": origin}).headers.get(
            "access-control-allow-origin")

    assert allowed("https://page.example") == "https://page.example"
    assert allowed("https://evil.example") is None
    before = httpx.options(f"{server.address}/sparql", headers={"Origin": "https://page.example", "Access-Control-Request-Method": "POST"})
    assert (before.status_code, before.headers["access-control-allow-methods"]) == (200, "GET, HEAD, POST")


def test_options_and_405_tell_the_methods(server: Server) -> None:
    told = httpx.options(f"{server.address}/sparql")
    assert (told.status_code, set(told.headers["allow"].split(", "))) == (204, {"GET", "HEAD", "POST", "OPTIONS"})
    assert set(httpx.put(f"{server.address}/sparql").headers["allow"].split(", ")) == {"GET", "HEAD", "POST"}


def test_large_answers_are_compressed_for_those_who_read_it(server: Server) -> None:
    query = "SELECT * { ?s ?p ?o . ?a ?b ?c } LIMIT 20000"
    assert server.ask(query).headers["content-encoding"] == "gzip"
    plain = httpx.get(f"{server.address}/sparql", params={"query": query}, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert plain.json() == server.ask(query).json()


@pytest.mark.parametrize("path", ["/", "/editor", "/queries", "/sparql", "/nothing", "/health", "/assets/service.css"])
def test_browsers_are_told_to_be_strict_and_given_no_cookie(server: Server, path: str) -> None:
    headers = server.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"].startswith("default-src 'none'")
    assert "set-cookie" not in headers


def test_a_page_of_the_web_cannot_borrow_our_address(server: Server) -> None:
    assert httpx.get(f"{server.address}/sparql", headers={"Host": "evil.example"}).status_code == 421


def test_health(server: Server) -> None:
    assert server.get("/health").json()["ready"] is True
    assert server.get("/health/live").json() == {"live": True}
