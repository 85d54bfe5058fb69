"""Actors by their names: what a person types in the explorer's search field, asked of a whole store."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import DERIVED, ID, PREFIXES, kg, local_id

MOST = 12  # names in one answer
COUNTED = 1000  # claims of an actor that are counted; beyond, it has "1000 or more"

_CONSIDERED = 60  # of the names that fit, the best; among these whoever is named more often comes first
_LONGEST = 200  # characters of what is typed
_ACTOR = ID + "actor/"
_ROLES = (kg("subject"), kg("object"), kg("from"), kg("to"))
_LABEL, _TYPE = NamedNode(PREFIXES["rdfs"] + "label"), NamedNode(PREFIXES["rdf"] + "type")
_DEFAULT = DefaultGraph()
_NAMES = f"""
SELECT DISTINCT ?actor ?name WHERE {{
  {{ GRAPH <{DERIVED.value}> {{ ?actor rdfs:label ?name }} }} UNION {{ ?actor rdfs:label ?name }} UNION {{ ?actor skos:altLabel ?name }}
  FILTER (STRSTARTS(STR(?actor), "{_ACTOR}"))
}} ORDER BY ?actor ?name"""
_LETTERS = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe"})  # what no normal form takes apart


@dataclass(frozen=True, slots=True)
class Found:
    """An actor that fits what was typed."""

    id: str
    name: str  # that fits
    label: str  # what the reference data, or else a document, calls it
    kind: str | None  # as the documents have it, in words
    claims: int  # that name it, up to `COUNTED`
    exact: bool


def find_actors(store: EmbeddedStore, text: str) -> tuple[Found, ...]:
    """The actors whose names fit a text, the best first: the whole name, its beginning, the beginning of a word, elsewhere.

    Accents, apostrophes and capitals do not matter. An abbreviation that only documents use is found when it is typed as they
    write it. Among equals, whoever more claims name comes first; an actor that no claim has a part for is left out.
    """
    wanted = fold(text[:_LONGEST])
    if not wanted:
        return ()
    best: dict[str, tuple[int, str]] = {}
    for iri, name in _written(store, text.strip()[:_LONGEST]):
        best[iri] = 0, name
    for folded, name, iri in _index(store):
        if wanted in folded and (rank := _rank(folded, wanted)) < best.get(iri, (9, ""))[0]:
            best[iri] = rank, name
    first = sorted(best.items(), key=lambda one: (one[1][0], len(one[1][1]), one[0]))[:_CONSIDERED]
    counted = [(rank, -claims, name, iri) for iri, (rank, name) in first if (claims := _count(store, iri))]
    return tuple(Found(local_id(iri), name, _label(store, iri, name), _kind(store, iri), -claims, rank == 0)
                 for rank, claims, name, iri in sorted(counted)[:MOST])


def fold(text: str) -> str:
    """Letters and digits without accents, apostrophes or case, words parted by one space: as the page itself compares names.

    >>> fold("Ta’ang  Forces"), fold("Łódź")
    ('taang forces', 'lodz')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.category(c).startswith("M") and c not in "'’ʼ‘`")
    return re.sub(r"[\W_]+", " ", plain.lower().translate(_LETTERS)).strip()


def _rank(folded: str, wanted: str) -> int:
    if folded == wanted:
        return 0
    at = folded.index(wanted)
    return 1 if at == 0 else 2 if folded[at - 1] == " " else 3


@lru_cache(maxsize=1)  # a worker has one store at a time
def _index(store: EmbeddedStore) -> tuple[tuple[str, str, str], ...]:
    """Every name of every actor: folded, as it is, and whose. Read once for each snapshot."""
    rows = cast(QuerySolutions, store.query(_NAMES))
    names = ((row["name"].value, row["actor"].value) for row in rows if isinstance(row["name"], Literal))
    return tuple((fold(name[:_LONGEST]), name, iri) for name, iri in names)


def _written(store: EmbeddedStore, text: str) -> Iterator[tuple[str, str]]:
    """The actors that some document writes exactly so."""
    for spelling in dict.fromkeys((text, text.upper())):
        mentions = store.inner.quads_for_pattern(None, kg("nameWritten"), Literal(spelling.encode("utf-8", "replace").decode()), _DEFAULT)
        for mention in islice(mentions, COUNTED):
            for quad in store.inner.quads_for_pattern(cast(NamedNode, mention.subject), kg("mentionOf"), None, _DEFAULT):
                if isinstance(quad.object, NamedNode) and quad.object.value.startswith(_ACTOR):
                    yield quad.object.value, spelling


def _count(store: EmbeddedStore, iri: str) -> int:
    claims = {quad.subject for role in _ROLES
              for quad in islice(store.inner.quads_for_pattern(None, role, NamedNode(iri), _DEFAULT), COUNTED)}
    return min(len(claims), COUNTED)


def _label(store: EmbeddedStore, iri: str, name: str) -> str:
    own, told = (sorted(quad.object.value for quad in store.inner.quads_for_pattern(NamedNode(iri), _LABEL, None, graph)
                        if isinstance(quad.object, Literal)) for graph in (_DEFAULT, DERIVED))
    return own[0] if own else max(told, key=len, default=name)


def _kind(store: EmbeddedStore, iri: str) -> str | None:
    types = store.inner.quads_for_pattern(NamedNode(iri), _TYPE, None, DERIVED)
    names = sorted(_words(quad.object.value) for quad in types if isinstance(quad.object, NamedNode))
    return names[0] if names else None


def _words(iri: str) -> str:
    """The name of a class in words.

    >>> _words("https://w3id.org/allegiance/ontology#ArmedGroup")
    'armed group'
    """
    return re.sub(r"(?<!^)(?=[A-Z])", " ", iri.rpartition("#")[2]).lower()
