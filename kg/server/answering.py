"""What a worker does with a job: SPARQL, a named query, a description. Nothing here can write, and nothing is fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from pyoxigraph import BlankNode, NamedNode, QueryBoolean, QueryResultsFormat, QuerySolutions, QueryTriples, RdfFormat, Triple, serialize

from kg.errors import KgError
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.formats import Rows
from kg.rdf.formats import serialize as serialize_rows
from kg.rdf.names import PREFIXES
from kg.rdf.queries import load_query, refuse_service, run_query
from kg.server import exploring, negotiation, pages, resources
from kg.server.description import PREFIXES_OF_SERVICE, describe_service
from kg.server.negotiation import HTML, ROWS, TRIPLES, Format, choose
from kg.server.refusal import Refusal
from kg.server.reply import Reply

_RESULTS = {"json": QueryResultsFormat.JSON, "xml": QueryResultsFormat.XML, "csv": QueryResultsFormat.CSV, "tsv": QueryResultsFormat.TSV}
_RDF = {"turtle": RdfFormat.TURTLE, "ntriples": RdfFormat.N_TRIPLES, "rdfxml": RdfFormat.RDF_XML, "jsonld": RdfFormat.JSON_LD}

# IRIs stay, as <>; strings, comments and variables go, and the local part of a prefixed name.
_HIDDEN = re.compile(r"""
    (<)[^<>"{}|^`\\\x00-\x20]*> | \"{3}.*?(?<!\\)\"{3} | '{3}.*?(?<!\\)'{3}
  | "(?:[^"\\\n\r]|\\.)*" | '(?:[^'\\\n\r]|\\.)*' | \#[^\n\r]* | [?$]\w+
""", re.VERBOSE | re.DOTALL)
_FROM = re.compile(r"\bfrom(?:\s*<|\s+named\b|\s+[\w.-]*:)", re.IGNORECASE)


def answer(store: EmbeddedStore, job: Mapping[str, Any], reply: Reply) -> None:
    """Answer a job into a reply.

    Raises:
        Refusal: it cannot be answered.
        KgError: the same, as the library has it.
    """
    {"sparql": _sparql, "named": _named, "resource": _resource, "service": _service,
     "explore": exploring.explore}[job["do"]](store, job, reply)


def _sparql(store: EmbeddedStore, job: Mapping[str, Any], reply: Reply) -> None:
    """A query of the SPARQL 1.1 Protocol, in the form and the format that fit it."""
    refuse_service(job["query"])
    defaults, named = (_graphs(job[name]) for name in ("default_graphs", "named_graphs"))
    given = bool(defaults or named)
    try:
        # Without a dataset of its own a query sees claims, reference data and derived links together, as `kg query` does.
        found = store.inner.query(
            job["query"], prefixes=dict(PREFIXES), use_default_graph_as_union=not given and not names_graphs(job["query"]),
            default_graph=[*defaults] if given else None, named_graphs=named if given else None)
    except SyntaxError as problem:
        raise Refusal(400, f"the query cannot be read: {_brief(problem)}",
                      advice="only SELECT, ASK, CONSTRUCT and DESCRIBE are answered; updates are refused") from None
    except (RuntimeError, OSError, ValueError) as problem:
        raise Refusal(400, f"the query cannot be answered: {_brief(problem)}") from None
    format = choose(job["accept"], TRIPLES if isinstance(found, QueryTriples) else ROWS)
    reply.begin(format)
    if job["head"]:
        return
    if isinstance(found, QueryTriples):
        _write_triples(found, format, reply)
    else:
        _write_results(found, format, reply)


def names_graphs(query: str) -> bool:
    """Whether a query says which graphs it is about: then its default graph is not all of the store.

    >>> names_graphs("SELECT * FROM <http://a> {}"), names_graphs("SELECT * { ?c kg:from ?from . ?from a kg:Place }")
    (True, False)
    """
    return bool(_FROM.search(_HIDDEN.sub(lambda found: "<> " if found[1] else " ", query)))


def _graphs(iris: Iterable[str]) -> list[NamedNode | BlankNode]:
    try:
        return [NamedNode(iri) for iri in iris]
    except ValueError as problem:
        raise Refusal(400, f"not the IRI of a graph: {problem}", advice="default-graph-uri and named-graph-uri are absolute IRIs") from None


def _write_results(found: QuerySolutions | QueryBoolean, format: Format, reply: Reply) -> None:
    try:
        found.serialize(cast(Any, reply), format=_RESULTS[format.name])
    except (RuntimeError, OSError) as problem:
        raise Refusal(400, f"the query cannot be answered: {_brief(problem)}") from None


def _write_triples(triples: Iterable[Triple], format: Format, reply: Reply, *, more: Mapping[str, str] | None = None) -> None:
    prefixes = {**PREFIXES, **(more or {})} if format.name in ("turtle", "rdfxml", "jsonld") else None
    serialize(_counted(triples, reply), cast(Any, reply), format=_RDF[format.name], prefixes=prefixes)


def _counted(triples: Iterable[Triple], reply: Reply) -> Iterator[Triple]:
    for triple in triples:
        reply.count(1)
        yield triple


def _named(store: EmbeddedStore, job: Mapping[str, Any], reply: Reply) -> None:
    """A named query with its parameters; a page is told what is wrong with them, others get 400."""
    query = load_query(job["name"])
    format = choose(job["accept"], (*ROWS, HTML))
    reply.begin(format)
    if format is HTML:
        rows: Rows | None = None
        problem: str | None = None
        if job["asked"]:
            try:
                rows = run_query(store, query, job["parameters"])
            except KgError as wrong:
                problem = str(wrong)
        reply.write(pages.query_page(query, job["parameters"], rows, problem, root=job["root"]).encode())
        return
    missing = [parameter.name for parameter in query.parameters if parameter.required and parameter.name not in job["parameters"]]
    if missing:
        raise Refusal(400, f"query {query.name}: the parameter {missing[0]} is missing", advice=f"add {missing[0]}=... to the address")
    found = run_query(store, query, job["parameters"])
    reply.rows = 0 if format in ROWS else len(found.terms)
    reply.write(serialize_rows(found, format.name).encode())


def _resource(store: EmbeddedStore, job: Mapping[str, Any], reply: Reply) -> None:
    """One claim, actor, place, operation, document or mention: as a page or as RDF."""
    offered = (HTML, *TRIPLES) if job["family"] in resources.PAGES else TRIPLES
    format = choose(job["accept"], offered)
    node = resources.node_of(job["family"], job["id"])
    triples = resources.about(store, node)
    if not triples:
        raise Refusal(404, f"nothing is known of {node.value}", advice="/queries/actors, /queries/documents list what there is")
    reply.begin(format)
    if format is HTML:
        reply.write(pages.resource_page(resources.read(store, job["family"], job["id"], node), root=job["root"]).encode())
    else:
        _write_triples(triples, format, reply)


def _service(store: EmbeddedStore, job: Mapping[str, Any], reply: Reply) -> None:
    format = negotiation.choose(job["accept"], TRIPLES)
    reply.begin(format)
    _write_triples(describe_service(store, job["base"]), format, reply, more=PREFIXES_OF_SERVICE)


def _brief(problem: Exception) -> str:
    """An engine's message without its list of everything that would have been right, where that is long."""
    first, _, expected = (str(problem) or type(problem).__name__).partition(": expected ")
    return f"{first}: expected {expected}" if expected and len(expected) <= 60 else first
