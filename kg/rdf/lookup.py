"""Which actor or place of a store a person means: by id, or by a name that it goes by."""

from __future__ import annotations

from typing import cast

from pyoxigraph import Literal, NamedNode, QuerySolutions, Variable

from kg.errors import UsageError
from kg.model import Kind
from kg.rdf.names import ID, entity_iri, local_id
from kg.rdf.protocol import Store

_FAMILIES = {"actor": (Kind.ARMED_GROUP, Kind.OPERATION), "place": (Kind.PLACE,)}

# Where a name can stand, the surest first: one that fits there makes those below irrelevant.
_TIERS = (
    "?entity rdfs:label ?name",
    "?entity skos:altLabel ?name",
    "?mention kg:mentionOf ?entity ; kg:name ?name",
    "?mention kg:mentionOf ?entity ; kg:nameWritten ?name",
)
_EXACT = "LCASE(STR(?name)) = ?wanted"
_LIKE = "CONTAINS(LCASE(STR(?name)), ?wanted)"
_FIND = "SELECT DISTINCT ?entity WHERE {{ VALUES ?wanted {{ UNDEF }} {where} . FILTER ({condition}) }} ORDER BY ?entity"
_KNOWN = "SELECT ?entity WHERE { VALUES ?entity { UNDEF } { ?entity a ?class } UNION { ?mention kg:mentionOf ?entity } } LIMIT 1"


def find_actor(store: Store, text: str) -> NamedNode:
    """The actor or operation of this id, or else of this name or abbreviation, in capitals or not.

    Raises:
        UsageError: nobody is called so, or several are; the message says who could be meant.
    """
    return _find(store, text, "actor")


def find_place(store: Store, text: str) -> NamedNode:
    """The place of this id, or else of this name.

    Raises:
        UsageError: no place is called so, or several are.
    """
    return _find(store, text, "place")


def _find(store: Store, text: str, family: str) -> NamedNode:
    for kind in _FAMILIES[family]:
        node = entity_iri(text.removeprefix(f"{family}:"), kind)
        if next(cast(QuerySolutions, store.query(_KNOWN, {Variable("entity"): node})), None):
            return node
    for where in _TIERS:
        found = _named(store, text, family, where, _EXACT)
        if len(found) == 1:
            return found[0]
        if found:
            raise UsageError(f"{text!r} can be any of {_ids(found)}", where=family, advice="give one of these ids")
    like = [node for where in _TIERS for node in _named(store, text, family, where, _LIKE)] if text.strip() else []
    advice = f"perhaps {_ids(like)}" if like else "see `kg query actors`" if family == "actor" else "see `kg claims --type located_in`"
    raise UsageError(f"no {family} is called {text!r}", where=family, advice=advice)


def _named(store: Store, text: str, family: str, where: str, condition: str) -> list[NamedNode]:
    rows = store.query(_FIND.format(where=where, condition=condition), {Variable("wanted"): Literal(text.strip().lower())})
    prefixes = tuple(f"{ID}{kind.value if kind is not Kind.ARMED_GROUP else 'actor'}/" for kind in _FAMILIES[family])
    return [row["entity"] for row in cast(QuerySolutions, rows) if row["entity"].value.startswith(prefixes)]


def _ids(nodes: list[NamedNode]) -> str:
    ids = sorted({local_id(node.value) for node in nodes})
    return ", ".join(ids[:8]) + (f" and {len(ids) - 8} more" if len(ids) > 8 else "")
