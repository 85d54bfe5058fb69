"""Whatever is sent, the server answers with a status below 500 or 503, shows no traceback, and is well afterwards."""

from __future__ import annotations

import socket
from urllib.parse import quote

import httpx
from hypothesis import given, settings
from hypothesis import strategies as st
from server_fixtures import Server

PATHS = st.sampled_from([
    "/", "/sparql", "/queries", "/queries/members", "/queries/claims-about", "/claims/", "/actors/", "/documents/", "/id/actor/", "/editor",
    "/openapi.json", "/health", "/explore", "/assets/", "/.well-known/void", "/mentions/"])
WORDS = st.sampled_from([
    "SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "*", "{", "}", "?s", "?p", "?o", "WHERE", "FROM", "NAMED", "<http://a.example/>", "kg:Attack",
    "a", "'", '"', '"""', "\\u0053ERVICE", "SERVICE", "\\", "#", "\n", "FILTER", "(", ")", "VALUES", "UNDEF", "LIMIT", "-1",
    "99999999999999999999", "GROUP BY", "BIND", "AS", "\x00", "🙂", "<", ">", "^^", "@en", ".", ";", "INSERT", "DATA"])
QUERIES = st.one_of(st.lists(WORDS, max_size=14).map(" ".join), st.text(max_size=60))
NAMES = st.sampled_from(["query", "update", "default-graph-uri", "named-graph-uri", "alliance", "actor", "find", "steps", "type", "format",
                         "x"])
KINDS = st.sampled_from(["application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-query; charset"])
HEADERS = st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=30).map(str.strip)


CLIENT = httpx.Client(timeout=60)


@settings(max_examples=150)
@given(method=st.sampled_from(["GET", "POST", "HEAD", "PUT", "OPTIONS", "PATCH"]), path=PATHS, tail=st.text(max_size=12),
       fields=st.lists(st.tuples(NAMES, QUERIES), max_size=3), accept=st.one_of(st.none(), HEADERS), kind=st.one_of(KINDS, HEADERS),
       body=st.one_of(QUERIES.map(lambda text: text.encode("utf-8", "surrogatepass")), st.binary(max_size=40)))
def test_any_request(server: Server, method: str, path: str, tail: str, fields: list[tuple[str, str]], accept: str | None, kind: str,
                     body: bytes) -> None:
    headers = {"Content-Type": kind, **({"Accept": accept} if accept is not None else {})}
    known = [(name, value.encode("utf-8", "replace").decode()) for name, value in fields]
    url = server.address + path + quote(tail.encode("utf-8", "replace"))
    content = body if method in ("POST", "PUT", "PATCH") else None
    answer = CLIENT.request(method, url, params=known, headers=headers, content=content)
    assert answer.status_code < 500 or answer.status_code == 503
    assert "Traceback" not in answer.text


STARTS = st.sampled_from([b"GET /sparql?query=", b"GET ", b"POST /sparql HTTP/1.1\r\n", b""])


@settings(max_examples=60)
@given(lines=st.lists(st.binary(max_size=30), max_size=5), start=STARTS)
def test_any_bytes(server: Server, lines: list[bytes], start: bytes) -> None:
    host, _, port = server.address.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(start + b"\r\n".join(lines) + b"\r\n\r\n")
        connection.shutdown(socket.SHUT_WR)
        try:
            answer = connection.recv(65536)
        except ConnectionResetError:
            answer = b""
    assert not answer or int(answer.split(b" ", 2)[1]) < 500
    assert b"Traceback" not in answer


def test_it_is_well_afterwards(server: Server) -> None:
    assert server.get("/health").json()["ready"] is True
    assert "Traceback" not in server.log.read_text()
    assert not [line for line in server.lines() if line["event"] == "problem" or line.get("level") == "ERROR"]
