"""The invented war of `ontology/example.ttl` in a store, as `kg build` would have written it."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.data import data_folder
from kg.rdf import Store, ontology_quads, open_store, read_claims
from kg.rdf.mapping import derived_quads

ONTOLOGY = data_folder("ontology")


def turtle(path: Path) -> list[Quad]:
    return [Quad(quad.subject, quad.predicate, quad.object) for quad in parse(path=path, format=RdfFormat.TURTLE)]


@cache
def example() -> Store:
    store = open_store("memory:")
    store.add(turtle(ONTOLOGY / "example.ttl"))
    store.add([quad for claim in list(read_claims(store)) for quad in derived_quads(claim)])
    store.add(ontology_quads())
    return store
