"""Nothing can be changed, nothing is fetched: a server that counts its visitors stands ready and is never asked."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import httpx
import pytest
from server_fixtures import Server


class Canary(HTTPServer):
    """Counts every connection, of whatever protocol."""

    visits = 0

    def get_request(self) -> tuple[object, object]:  # type: ignore[override]  # what it is called with does not matter
        self.visits += 1
        return super().get_request()


@pytest.fixture
def canary() -> Iterator[Canary]:
    listening = Canary(("127.0.0.1", 0), BaseHTTPRequestHandler)
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    yield listening
    listening.shutdown()
    listening.server_close()


SERVICES = [
    "SELECT * {{ SERVICE <{url}> {{ ?s ?p ?o }} }}", "SELECT * {{ SERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ service<{url}> {{}} }}",
    "SELECT * {{ \\u0053ERVICE <{url}> {{ ?s ?p ?o }} }}", "SELECT * {{ \\U00000053ERVICE SILENT <{url}> {{ ?s ?p ?o }} }}",
    "SELECT * {{ BIND (<{url}> AS ?there) SERVICE ?there {{ ?s ?p ?o }} }}",
    "SELECT * {{ ?s ?p \"a\\u0022 . SERVICE <{url}> {{ ?a ?b ?c }} #\" }}",  # the string ends where escapes are read first
    "SELECT * {{ # a comment\\u000A SERVICE <{url}> {{ ?s ?p ?o }}\n }}", "SELECT * {{ ?s ?p '#' SERVICE <{url}> {{ ?a ?b ?c }} }}",
    "ASK {{ FILTER EXISTS {{ SERVICE <{url}> {{ ?s ?p ?o }} }} }}", "CONSTRUCT WHERE {{ SERVICE <{url}> {{ ?s ?p ?o }} }}",
]
FROMS = [
    "SELECT * FROM <{url}data.ttl> {{ ?s ?p ?o }}", "SELECT * FROM NAMED <{url}data.ttl> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
    "SELECT * {{ GRAPH <{url}data.ttl> {{ ?s ?p ?o }} }}", "DESCRIBE <{url}data.ttl>",
]
UPDATES = [
    "LOAD <{url}data.ttl>", "LOAD SILENT <{url}data.ttl> INTO GRAPH <http://a.example/>", "INSERT DATA {{ <a:a> <a:b> <a:c> }}",
    "CLEAR ALL", "DROP ALL", "DELETE WHERE {{ ?s ?p ?o }}", "ASK {{}} ; CLEAR ALL",
]


@pytest.mark.parametrize("query", SERVICES)
def test_no_other_server_is_asked(server: Server, canary: Canary, query: str) -> None:
    answer = server.ask(query.format(url=f"http://127.0.0.1:{canary.server_port}/"))
    assert answer.status_code == 400
    assert "SERVICE is refused" in answer.text
    assert canary.visits == 0


@pytest.mark.parametrize("query", FROMS)
def test_a_graph_that_the_store_does_not_hold_is_empty(server: Server, canary: Canary, query: str) -> None:
    answer = server.ask(query.format(url=f"http://127.0.0.1:{canary.server_port}/"), "text/csv, application/n-triples")
    assert (answer.status_code, len(answer.text.splitlines())) in ((200, 1), (200, 0))
    assert canary.visits == 0


@pytest.mark.parametrize("param", ["default-graph-uri", "named-graph-uri"])
def test_no_file_is_read(server: Server, tmp_path: Path, param: str) -> None:
    (tmp_path / "secret.ttl").write_text("<a:a> <a:b> <a:secret> .")
    url = (tmp_path / "secret.ttl").as_uri()
    for query in ("SELECT * FROM <URL> { ?s ?p ?o }", "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }"):
        assert server.ask(query.replace("URL", url)).json()["results"]["bindings"] == []
    assert server.get("/sparql", query="SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", **{param: url}).json()[
        "results"]["bindings"] == []


@pytest.mark.parametrize("update", UPDATES)
def test_nothing_is_changed(server: Server, canary: Canary, update: str) -> None:
    text = update.format(url=f"http://127.0.0.1:{canary.server_port}/")
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    before = server.ask(count, "text/csv").text
    assert server.ask(text).status_code == 400
    assert httpx.post(f"{server.address}/sparql", data={"update": text}).status_code == 400
    for content_type, status in (("application/sparql-query", 400), ("application/sparql-update", 415)):
        assert httpx.post(f"{server.address}/sparql", content=text, headers={"Content-Type": content_type}).status_code == status
    assert (server.ask(count, "text/csv").text, canary.visits) == (before, 0)


@pytest.mark.parametrize("text", ['ASK { ?s ?p "a service" }', "ASK { ?s ?p ?o # SERVICE\n }", "ASK { <http://a.example/service> ?p ?o }",
                                  "ASK { ?service ?p kg:service }"])
def test_the_word_alone_is_no_offence(server: Server, text: str) -> None:
    assert server.ask(text).status_code == 200


@pytest.mark.parametrize("path", ["/assets/../settings.py", "/assets/..%2fsettings.py", "/assets/%2e%2e/settings.py", "/assets//etc/passwd",
                                  "/documents/../../../etc/passwd", "/queries/..%2F..%2Fkg.ttl", "/queries/%2Fetc%2Fpasswd"])
def test_no_path_leads_out(server: Server, path: str) -> None:
    host, _, port = server.address.removeprefix("http://").partition(":")
    with httpx.Client(base_url=f"http://{host}:{port}") as client:
        request = client.build_request("GET", "/")
        request.url = request.url.copy_with(raw_path=path.encode())
        assert client.send(request).status_code == 404
