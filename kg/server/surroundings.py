"""Which claims of a large store to show around some actors, or at first: as many as a page holds, found in bounded time.

The store's index gives the claims of an actor in an order that has nothing to do with what they say (of a hash). Its first thousands
are therefore a fair sample, and the samples of two actors hold the same claims of both.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import cast

from pyoxigraph import DefaultGraph, Literal, NamedNode, QuerySolutions

from kg.model import Claim
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import ID, PREFIXES, kg, local_id
from kg.rdf.reading import read_claim

MOST_CLAIMS = 1000  # on one page, each with its sentence
MOST_NEIGHBOURS = 80
AROUND, BETWEEN = 2000, 400  # claims looked at: in each role of an actor asked for, and in each role of a neighbour
FIRST, FIRST_ACTORS = 6000, 60  # claims looked at when nobody is asked for, and whom of them the page shows

_ROLES = (kg("subject"), kg("object"), kg("from"), kg("to"))
_TYPE, _BEGIN = NamedNode(PREFIXES["rdf"] + "type"), kg("beginEarliest")
_ACTOR = ID + "actor/"
_DEFAULT = DefaultGraph()
_SAMPLE = f"SELECT ?claim WHERE {{ ?claim kg:key ?key }} LIMIT {FIRST}"

Ends = dict[NamedNode, tuple[NamedNode, ...]]  # claim → the actors in it


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The claims that a page shows, and how much of the store they were chosen from."""

    claims: tuple[Claim, ...]
    neighbours: int  # actors tied to those asked for, as far as was looked
    found: int  # claims that were looked at
    is_all: bool  # everything there is was looked at, and is here


def around(store: EmbeddedStore, centres: Sequence[NamedNode]) -> Surroundings:
    """The claims about some actors, and those between their neighbours.

    Of more than a page holds: the neighbours that most claims name, and of each pair and claim type some claims from its whole time.

    Cost: at most some 120,000 look-ups for an actor, however large the store.
    """
    ends: Ends = {}
    is_all = True
    for centre in centres:
        for role in _ROLES:
            told = list(_claims_of(store, role, centre, AROUND))
            is_all = is_all and len(told) < AROUND
            ends.update((claim, _actors_in(store, claim)) for claim in told if claim not in ends)
    found = len(ends)
    named = Counter(actor for actors in ends.values() for actor in actors if actor not in centres)
    near = _most(named, MOST_NEIGHBOURS)
    chosen = {claim: actors for claim, actors in ends.items() if all(actor in near or actor in centres for actor in actors)}
    chosen |= _between(store, near)
    claims, whole = _read(store, chosen)
    return Surroundings(claims, len(named), found, is_all and whole and len(near) == len(named))


def at_first(store: EmbeddedStore) -> Surroundings:
    """The claims between the actors that most claims name, told from a sample: the front page of a graph too large to draw."""
    rows = cast(QuerySolutions, store.query(_SAMPLE))
    ends = {claim: _actors_in(store, claim) for row in rows if isinstance(claim := row["claim"], NamedNode)}
    named = Counter(actor for actors in ends.values() if len(actors) > 1 for actor in actors)
    most = _most(named, FIRST_ACTORS)
    chosen = {claim: actors for claim, actors in ends.items() if len(actors) > 1 and all(actor in most for actor in actors)}
    claims, whole = _read(store, chosen)
    return Surroundings(claims, len(named), len(ends), len(ends) < FIRST and whole and len(chosen) == len(ends))


def _claims_of(store: EmbeddedStore, role: NamedNode, actor: NamedNode, most: int) -> Iterator[NamedNode]:
    quads = islice(store.inner.quads_for_pattern(None, role, actor, _DEFAULT), most)
    return (quad.subject for quad in quads if isinstance(quad.subject, NamedNode))


def _actors_in(store: EmbeddedStore, claim: NamedNode) -> tuple[NamedNode, ...]:
    found = (quad.object for role in _ROLES for quad in store.inner.quads_for_pattern(claim, role, None, _DEFAULT))
    return tuple(dict.fromkeys(node for node in found if isinstance(node, NamedNode) and node.value.startswith(_ACTOR)))


def _between(store: EmbeddedStore, actors: Iterable[NamedNode]) -> Ends:
    """The claims that tie one of the actors to another of them."""
    named: defaultdict[NamedNode, dict[NamedNode, None]] = defaultdict(dict)
    for actor in actors:
        for role in _ROLES:
            for claim in _claims_of(store, role, actor, BETWEEN):
                named[claim][actor] = None
    return {claim: tuple(found) for claim, found in named.items() if len(found) > 1}


def _most(named: Counter[NamedNode], most: int) -> frozenset[NamedNode]:
    return frozenset(sorted(named, key=lambda node: (-named[node], node.value))[:most])


def _read(store: EmbeddedStore, chosen: Ends) -> tuple[tuple[Claim, ...], bool]:
    """As many of the claims as a page holds, and whether these are all: each pair and type its share, spread over its time."""
    bundles: defaultdict[tuple[tuple[str, ...], str], list[tuple[str, str]]] = defaultdict(list)
    for claim, actors in chosen.items():
        bundle = tuple(sorted(actor.value for actor in actors)), _one(store, claim, _TYPE)
        bundles[bundle].append((_one(store, claim, _BEGIN), claim.value))
    turns = [(turn, key, claim) for key, bundle in bundles.items() for turn, claim in enumerate(_spread([c for _, c in sorted(bundle)]))]
    ids = [local_id(claim) for _, _, claim in sorted(turns)[:MOST_CLAIMS]]
    claims = [read for id_ in ids if (read := read_claim(store, id_))]
    return tuple(sorted(claims, key=lambda one: (one.document, one.evidence[0].span.start, one.id))), len(ids) == len(chosen)


def _one(store: EmbeddedStore, claim: NamedNode, name: NamedNode) -> str:
    """The value of a property; "", where it has none."""
    values = (quad.object for quad in store.inner.quads_for_pattern(claim, name, None, _DEFAULT))
    return next((value.value for value in values if isinstance(value, NamedNode | Literal)), "")


def _spread(items: Sequence[str]) -> Iterator[str]:
    """All of a sequence, so that the first few of them are far apart: the ends, the middle, the quarters and so on.

    >>> list(_spread(["a", "b", "c", "d", "e"]))
    ['a', 'e', 'c', 'b', 'd']
    """
    last = len(items) - 1
    step, given = max(1, last), set[int]()
    while len(given) < len(items):
        for at in (*range(0, last + 1, step), last):
            if at not in given:
                given.add(at)
                yield items[at]
        step = max(1, step // 2)
