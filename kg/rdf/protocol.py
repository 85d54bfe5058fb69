"""What a store of claims can do, whatever engine is behind it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, QueryTriples, Triple, Variable

Term = NamedNode | BlankNode | Literal | Triple
"""What a query gives, or a variable of it is bound to."""


class Store(Protocol):
    """A store of quads with SPARQL 1.1 over it. Whoever writes writes a whole document at once.

    The default graph holds claims and reference data; `union` lets a query see the derived and other graphs with it.
    """

    def query(self, sparql: str, substitutions: Mapping[Variable, Term] | None = None, *,
              union: bool = False) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a query, its variables bound to `substitutions` (see `binding.bind`).

        Raises:
            KgError: not a query of SPARQL 1.1, a variable that it has no place for, or the store cannot be read.
        """

    def triples(self, subjects: Iterable[NamedNode]) -> Iterator[Triple]:
        """What the default graph says of some nodes, node after node."""

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads: all of them or, when anything fails, none."""

    def load(self, quads: Iterable[Quad]) -> None:
        """Add many quads the fast way, as to a new store: all of them or, when anything fails, none."""

    def replace_document(self, document: str, quads: Iterable[Quad]) -> None:
        """Put `quads` in the place of everything that comes from a document; a crash leaves the old or the new."""

    def remove_document(self, document: str) -> None:
        """Forget a document, its claims, and what followed from no other."""

    def snapshot(self, folder: Path) -> None:
        """Copy the store to a new folder, for readers that run while this one writes."""

    def close(self) -> None:
        """Let go of the files, so that another program can write."""

    def __len__(self) -> int:
        """How many quads it holds."""
