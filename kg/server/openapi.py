"""The OpenAPI 3.1 document of the named queries, made from their headers."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from typing import Any

from kg.rdf.names import TERMS
from kg.rdf.queries import Parameter, Query
from kg.server.negotiation import HTML, ROWS

FORMATS = (*ROWS, HTML)
"""What the answer to a named query is given in."""

_PROBLEM = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}, "text/plain": {"schema": {"type": "string"}}}
_PROBLEMS = {"400": "a parameter is missing, unknown, of the wrong type, or names nobody", "406": "none of the wanted formats can be given",
             "422": "the answer has too many rows", "429": "too many requests of this client are waiting",
             "503": "it took too long, or too many requests are waiting"}


def openapi(queries: Sequence[Query], base: str) -> dict[str, Any]:
    """The document, for the service at the address `base`."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Allegiance", "version": version("allegiance-kg"),
                 "description": "Questions to a graph of armed actors and their loyalties. Any other is asked in SPARQL, at /sparql."},
        "servers": [{"url": base}],
        "paths": {f"/queries/{query.name}": {"get": _operation(query)} for query in queries},
        "components": {"schemas": {"Problem": {
            "type": "object", "required": ["status", "problem"],
            "properties": {"status": {"type": "integer"}, "problem": {"type": "string"}, "advice": {"type": "string"},
                           "line": {"type": "integer"}, "column": {"type": "integer"}}}}},
    }


def _operation(query: Query) -> dict[str, Any]:
    answer = {format.media_type: {"schema": {"type": "object" if format.name == "json" else "string"}} for format in FORMATS}
    return {
        "operationId": query.name, "summary": query.question, "description": f"Columns: {', '.join(query.columns)}. Order: {query.order}.",
        "parameters": [*(_parameter(one) for one in query.parameters),
                       {"name": "format", "in": "query", "description": "instead of an Accept header",
                        "schema": {"type": "string", "enum": [format.name for format in FORMATS]}}],
        "responses": {"200": {"description": "the rows", "content": answer},
                      **{status: {"description": told, "content": _PROBLEM} for status, told in _PROBLEMS.items()}},
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer"} if parameter.type == "integer" else {"type": "string"}
    if parameter.type == "date":
        schema["format"] = "date"
    elif parameter.type == "type":
        schema["enum"] = list(TERMS)
    if parameter.default is not None:
        schema["default"] = int(parameter.default) if parameter.type == "integer" else parameter.default
    told = f"{parameter.description} (name or id)" if parameter.type in ("actor", "place") else parameter.description
    return {"name": parameter.name, "in": "query", "required": parameter.required, "description": told, "schema": schema}
