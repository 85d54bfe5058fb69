"""The query operation of the SPARQL 1.1 Protocol: what a request asks, or why it is none.

https://www.w3.org/TR/sparql11-protocol/#query-operation
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request

from kg.server.refusal import Refusal

_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_MOST_FIELDS = 1000


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the dataset it is asked of; no `query`: the service itself is asked about."""

    query: str | None
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


async def read_request(request: Request, *, most_bytes: int) -> Asked:
    """What a request asks.

    Raises:
        Refusal: 400, 413 or 415.
    """
    in_address = fields(request)
    if request.method != "POST":
        return _asked(in_address, in_address)
    content_type, _, parameters = request.headers.get("content-type", "").partition(";")
    charset = dict(part.strip().lower().partition("=")[::2] for part in parameters.split(";") if part).get("charset", "utf-8").strip('"')
    kind = content_type.strip().lower()
    if kind == _UPDATE:
        raise Refusal(415, "updates are refused: this service only reads", advice=f"POST a query as {_DIRECT}")
    if kind not in (_FORM, _DIRECT):
        raise Refusal(415, f"a query cannot be sent as {kind or 'nothing in particular'!r}", advice=f"use {_FORM} or {_DIRECT}")
    if charset not in ("utf-8", "utf8", "us-ascii"):
        raise Refusal(415, f"a query cannot be sent in {charset!r}", advice="use UTF-8")
    text = _text(await _body(request, most_bytes))
    if kind == _DIRECT:
        return _asked([("query", text), *in_address], in_address)
    found = _fields(text)
    return _asked([*found, *(field for field in in_address if field[0] == "query")], found)


def fields(request: Request) -> list[tuple[str, str]]:
    """The fields in the address of a request.

    Raises:
        Refusal: 400, they are no UTF-8, or too many.
    """
    return _fields(request.scope["query_string"].decode("latin-1"))


def _fields(text: str) -> list[tuple[str, str]]:
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refusal(400, "what was sent is not percent-encoded UTF-8") from None
    except ValueError:
        raise Refusal(400, f"more than {_MOST_FIELDS} fields were sent") from None


def _text(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise Refusal(400, "what was sent is not UTF-8") from None


async def _body(request: Request, most_bytes: int) -> bytes:
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > most_bytes:
            raise Refusal(413, f"the request has more than {most_bytes:,} bytes")
    return bytes(body)


def _asked(found: Sequence[tuple[str, str]], dataset: Sequence[tuple[str, str]]) -> Asked:
    queries = [value for name, value in found if name == "query"]
    if any(name == "update" for name, _ in found):
        raise Refusal(400, "updates are refused: this service only reads", advice="send a query, as query=...")
    if len(queries) > 1:
        raise Refusal(400, "more than one query was sent", advice="send one, as query=...")
    graphs = [tuple(value for name, value in dataset if name == wanted) for wanted in ("default-graph-uri", "named-graph-uri")]
    return Asked(queries[0] if queries else None, graphs[0], graphs[1])
