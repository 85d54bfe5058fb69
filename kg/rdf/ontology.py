"""The ontology as quads of a graph of its own, so that a query can ask what a class or property is called and what it is a kind of."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from kg.data import data_folder
from kg.rdf.names import ONTOLOGY

FILES = ("kg.ttl", "kinds.ttl", "alignments.ttl")
"""What a store holds of the ontology. Shapes and style are about data and files, not about terms."""


def ontology_quads(*, folder: Path | None = None) -> Iterator[Quad]:
    """The terms, kinds and alignments, in the graph `names.ONTOLOGY`; of the installation unless another folder is given.

    >>> from kg.rdf.names import kg
    >>> [q.object.value for q in ontology_quads() if q.subject == kg("Defection") and q.predicate.value.endswith("#label")]
    ['defection']
    """
    for name in FILES:
        for quad in parse(path=(folder or data_folder("ontology")) / name, format=RdfFormat.TURTLE):
            yield Quad(quad.subject, quad.predicate, quad.object, ONTOLOGY)
