"""The embedded store: Oxigraph in this process, in memory or in a folder. One writer; every write is one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

from pyoxigraph import (
    DefaultGraph,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    Variable,
    serialize,
)
from pyoxigraph import Store as Oxigraph

from kg.errors import KgError
from kg.rdf.binding import bind
from kg.rdf.mapping import derived_quads
from kg.rdf.names import ACTOR_CLASSES, DERIVED, KG, PREFIXES, TERMS, document_iri, kind_iri
from kg.rdf.protocol import Term
from kg.rdf.reading import read_claims

_DEFAULT = DefaultGraph()

# The nodes that come from a document: its claims and mentions, the marked stretches and their selectors.
_NODES = """
SELECT DISTINCT ?node WHERE {
  VALUES ?document { UNDEF }
  { ?node prov:wasDerivedFrom ?document }
  UNION { ?node oa:hasSource ?document }
  UNION { ?stretch oa:hasSource ?document ; oa:hasSelector ?node }
}"""

# Whether a claim or mention of another document implies the same; one query for each sort of derived quad.
_OTHER_CLAIM = """
SELECT ?claim WHERE {{
  VALUES ?document {{ UNDEF }} VALUES ?subject {{ UNDEF }} VALUES ?object {{ UNDEF }}
  ?claim kg:{source} ?subject ; kg:{target} ?object ; a kg:{kind} ; kg:polarity kind:positive ; kg:modality kind:actual ;
         prov:wasDerivedFrom ?other .
  FILTER (?other != ?document)
}} LIMIT 1"""
_OTHER_MENTION = """
SELECT ?mention WHERE {{
  VALUES ?document {{ UNDEF }} VALUES ?subject {{ UNDEF }} VALUES ?object {{ UNDEF }}
  ?mention kg:mentionOf ?subject ; kg:{property} ?object ; prov:wasDerivedFrom ?other .
  FILTER (?other != ?document)
}} LIMIT 1"""

_KIND_OF_CLASS = {KG + name: kind_iri(kind.value) for kind, name in ACTOR_CLASSES.items()}
_BY_DIRECT = {KG + term.direct: term for term in TERMS.values() if term.direct}


class EmbeddedStore:
    """`protocol.Store` on Oxigraph. Made by `in_memory` and `in_folder`; `inner` is the `pyoxigraph.Store`."""

    def __init__(self, inner: Oxigraph, folder: Path | None) -> None:
        """Use `in_memory` or `in_folder`."""
        self.inner = inner
        self._folder = folder
        self._written = False

    @classmethod
    def in_memory(cls) -> EmbeddedStore:
        """A new, empty store that is gone with the program."""
        return cls(Oxigraph(), None)

    @classmethod
    def in_folder(cls, folder: Path, *, read_only: bool = False) -> EmbeddedStore:
        """The store in a folder.

        Raises:
            KgError: it is in use, is no store, or does not exist and is opened for reading.
        """
        where = f"store {folder}"
        exists = (folder / "CURRENT").is_file()  # the file that names the state of a RocksDB database
        if read_only and not exists:
            raise KgError("there is no store here", where=where, advice="make one with `kg build`")
        if not exists and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise KgError("this is not a store, and not empty", where=where, advice="name a new folder")
        try:
            return cls(Oxigraph.read_only(str(folder)) if read_only else Oxigraph(folder), folder)
        except OSError as problem:
            if "lock" in str(problem).lower():
                raise KgError("another program is writing to it", where=where,
                              advice="wait until it has finished, or read a snapshot") from None
            raise KgError(f"cannot be opened: {problem}", where=where, advice="build it again with `kg build`") from None

    def query(self, sparql: str, substitutions: Mapping[Variable, Term] | None = None, *,
              union: bool = False) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a query; every prefix of `names.PREFIXES` is known.

        Raises:
            KgError: not a query of SPARQL 1.1, or one that has no place for a substitution (`binding.bind`).
        """
        try:
            return self.inner.query(bind(sparql, substitutions or {}), prefixes=dict(PREFIXES), use_default_graph_as_union=union)
        except (SyntaxError, RuntimeError, OSError) as problem:
            raise KgError(f"the query cannot be answered: {_brief(problem)}", where="SPARQL",
                          advice="only SELECT, ASK, CONSTRUCT and DESCRIBE are answered") from None

    def triples(self, subjects: Iterable[NamedNode]) -> Iterator[Triple]:
        """What the default graph says of some nodes, node after node."""
        for subject in subjects:
            for quad in self.inner.quads_for_pattern(subject, None, None, _DEFAULT):
                yield quad.triple

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads in one transaction."""
        self._write(self.inner.extend, quads)

    def load(self, quads: Iterable[Quad]) -> None:
        """Add many quads at once, without holding them: about three times as fast on disk as `add` for each document."""
        self._write(self.inner.bulk_extend, quads)

    def replace_document(self, document: str, quads: Iterable[Quad]) -> None:
        """Put `quads` in the place of all that comes from a document.

        Both are compared first; what differs is one `DELETE DATA ; INSERT DATA`, which Oxigraph runs as one
        transaction, so that a crash leaves the old or the new. Cost: as the document, not as the store.
        """
        new, old = set(quads), self._of_document(document)
        gone = (old - new) | self._unsupported(document, new)
        fresh = new - old
        if gone:
            self._write(self.inner.update, f"DELETE DATA {{ {_data(gone)} }} ; INSERT DATA {{ {_data(fresh)} }}")
        elif fresh:
            self._write(self.inner.extend, fresh)

    def remove_document(self, document: str) -> None:
        """Forget a document, its claims, and what followed from no other."""
        self.replace_document(document, ())

    def snapshot(self, folder: Path) -> None:
        """Copy the store to a new folder; on the same disk Oxigraph makes links, not copies.

        Raises:
            KgError: the folder exists already.
        """
        if folder.exists():
            raise KgError("a snapshot needs a new folder", where=f"snapshot {folder}", advice="remove it, or name another")
        if self._folder is None:
            copy = Oxigraph(folder)
            copy.bulk_extend(self.inner)
            copy.flush()
        else:
            self.inner.backup(folder)

    def close(self) -> None:
        """Let go of the files; the store cannot be used afterwards.

        What was added is first in a log. Here it goes to the tables too: else the next opening for writing reads the log
        again, which takes seconds after some 100,000 quads.
        """
        inner = self.inner
        del self.inner
        if self._written:
            with suppress(RuntimeError, OSError):  # nothing is lost: the log has it all, and the next opening reads it
                inner.flush()

    def __len__(self) -> int:
        """How many quads it holds."""
        return len(self.inner)

    def _of_document(self, document: str) -> set[Quad]:
        """The quads of the default graph that come from a document."""
        node = document_iri(document)
        found = cast(QuerySolutions, self.query(_NODES, {Variable("document"): node}))
        subjects = [node, *(row["node"] for row in found if isinstance(row["node"], NamedNode))]
        return {Quad(*triple) for triple in self.triples(subjects)}

    def _unsupported(self, document: str, new: set[Quad]) -> set[Quad]:
        """The derived quads that followed from this document's old claims alone."""
        candidates = {quad for claim in read_claims(self, document=document) for quad in derived_quads(claim)} - new
        return {quad for quad in candidates if not self._implied_elsewhere(quad, document)}

    def _implied_elsewhere(self, quad: Quad, document: str) -> bool:
        term, target = _BY_DIRECT.get(quad.predicate.value), quad.object
        if term is not None:
            query = _OTHER_CLAIM.format(source=term.source, target=term.target, kind=term.claim_class)
        elif isinstance(target, NamedNode):  # what it is
            query, target = _OTHER_MENTION.format(property="mentionKind"), _KIND_OF_CLASS[target.value]
        else:  # what it is called
            query = _OTHER_MENTION.format(property="name")
        rows = cast(QuerySolutions, self.query(query, {
            Variable("document"): document_iri(document), Variable("subject"): quad.subject, Variable("object"): target}))
        return next(rows, None) is not None

    def _write(self, write: Callable[[Any], None], what: object) -> None:
        self._written = True
        try:
            write(what)
        except (RuntimeError, OSError) as problem:
            raise KgError(f"nothing was written: {_brief(problem)}", where=f"store {self._folder or 'memory:'}",
                          advice="open it for writing, and see that the disk has room") from None


def _data(quads: Iterable[Quad]) -> str:
    """Quads as the body of a SPARQL `DATA` block, written by Oxigraph's own N-Triples serializer."""
    plain = [quad.triple for quad in quads if quad.graph_name == _DEFAULT]
    derived = [quad.triple for quad in quads if quad.graph_name == DERIVED]
    text = (_ntriples(plain), f"GRAPH {DERIVED} {{ {_ntriples(derived)} }}" if derived else "")
    return "\n".join(text)


def _ntriples(triples: list[Triple]) -> str:
    return cast(bytes, serialize(triples, format=RdfFormat.N_TRIPLES)).decode()


def _brief(problem: Exception) -> str:
    """The first line of an engine's message, without its list of everything that would have been right."""
    text = str(problem).splitlines()[0] if str(problem) else type(problem).__name__
    return text.split(": expected one of", 1)[0]
