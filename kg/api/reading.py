"""A built graph read back: what its documents say, and answers to queries."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api.html import draw_page, draw_table, element, to_html
from kg.api.table import Claims, Table
from kg.api.told import Profile, Trace
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    import rdflib

    from kg.build import BuildReport
    from kg.model import Document
    from kg.rdf.store import Store

Day = date | str
"""A day, or the same as text: "2023-11-15"."""

_SHOWN_ACTORS = 10


@dataclass(frozen=True, slots=True)
class StoredGraph:
    """What a set of documents says, as it was stored: claims, actors, documents, and answers to queries."""

    folder: Path  # of the results: store, claims.jsonl, explorer.html
    report: BuildReport | None = field(default=None, repr=False, compare=False)  # of the build that made it; `None`: it was opened
    seeds: Path | None = field(default=None, repr=False, kw_only=True)  # the reference data it is built with; `None`: what ships

    def claims(self, *, actor: str | None = None, type: str | None = None, document: str | None = None, since: Day | None = None,
               until: Day | None = None) -> Claims:
        """What the documents say: all of it, or what meets every condition.

        Args:
            actor: name, abbreviation or id of someone who has a part in it, or whose word it is.
            type: a claim type: attack, member_of, defect ...
            document: id of the document, its path below the folder it was read from.
            since: only what may have been so on this day or later; what has no date is left out.
            until: the same, on this day or earlier.

        Raises:
            KgError: nobody or several are called so, or no such type or day.
        """
        from kg.rdf.lookup import find_actor
        from kg.rdf.names import local_id
        from kg.rdf.reading import read_claims

        first, last = read_day(since), read_day(until)
        with self._reading() as store:
            id_ = local_id(find_actor(store, actor).value) if actor is not None else None
            return Claims(read_claims(store, actor=id_, type=type, document=document, since=first, until=last))

    def actor(self, name: str) -> Profile:
        """All that is known of an actor, by name, abbreviation or id: its names, and every claim about it.

        Raises:
            KgError: nobody or several are called so.
        """
        from kg.rdf.lookup import find_actor
        from kg.rdf.names import local_id
        from kg.rdf.reading import read_actors, read_claims

        with self._reading() as store:
            id_ = local_id(find_actor(store, name).value)
            known = next((actor for actor in read_actors(store) if actor.id == id_), None)
            return Profile(id_, known, Claims(read_claims(store, actor=id_)))

    def why(self, claim: str) -> Trace:
        """Where a claim comes from: the sentence in its document, and who else says the same.

        Args:
            claim: its id, or the first digits of it.

        Raises:
            KgError: no claim has such an id, or several.
        """
        claims = self.claims()
        wanted = claim.removeprefix("claim:").casefold()
        found = [one for one in claims if one.id.startswith(wanted)]
        if len(found) != 1:
            raise UsageError(f"{len(found) or 'no'} claims have an id that begins with {claim!r}", where="why",
                             advice="graph.claims() shows the ids")
        same = Claims(one for one in claims if one.key == found[0].key and one.id != found[0].id)
        return Trace(found[0], self.document(found[0].document), same)

    def document(self, id: str) -> Document:
        """A document with its text, as it was read when the graph was built; `query("documents")` lists them.

        Raises:
            KgError: the graph has no such document.
        """
        from kg.build.cache import Cache, Manifest
        from kg.build.corridor import MANIFEST

        entry = Manifest.load(self.folder / MANIFEST).entries.get(id.removeprefix("document:"))
        cache = Cache(self.folder / "cache")
        if entry is None or not cache.holds(entry.key):
            raise KgError(f"there is no document {id!r}", where=str(self.folder), advice='graph.query("documents") lists them')
        return cache.document(entry.key)

    def queries(self) -> Table:
        """The named queries, with their parameters (those in brackets may be left out) and the questions they answer."""
        from kg.rdf.queries import list_queries

        return Table(("query", "parameters", "answers"), tuple(
            (query.name, " ".join(p.name if p.required else f"[{p.name}]" for p in query.parameters), query.question)
            for query in list_queries()))

    def query(self, name: str, /, **parameters: str | int | date) -> Table:
        """Answer a named query; `queries()` lists them.

        Args:
            name: its name.
            parameters: actors and places by name or id, days as `date` or text.

        Raises:
            KgError: no such query, or a parameter is missing, unknown or of the wrong kind.
        """
        from kg.rdf.queries import load_query, run_query

        query = load_query(name)
        with self._reading() as store:
            answer = run_query(store, query, parameters)
        return Table(answer.columns, answer.rows)

    def sparql(self, text: str) -> Table | bool:
        """Answer any SPARQL 1.1 query; the prefixes of the ontology are known.

        Returns:
            SELECT: the rows. ASK: true or false. CONSTRUCT and DESCRIBE: the triples, as rows of three; `dataset()` gives
            the graph to those who want them as RDF.

        Raises:
            KgError: not a query, or one that would change the graph or reach outside it.
        """
        from kg.rdf.formats import to_value
        from kg.rdf.queries import run_sparql

        with self._reading() as store:
            answer = run_sparql(store, text)
        if isinstance(answer, bool):
            return answer
        if isinstance(answer, tuple):
            triples = ((triple.subject, triple.predicate, triple.object) for triple in answer)
            return Table(("subject", "predicate", "object"), tuple(tuple(to_value(term) for term in triple) for triple in triples))
        return Table(answer.columns, answer.rows)

    def dataset(self) -> rdflib.Dataset:
        """The graph as an rdflib `Dataset`, for those who know rdflib; it keeps the store open as long as it lives."""
        from kg.rdf.store import as_dataset

        return as_dataset(self._open())

    def _actor_id(self, name: str | None) -> str | None:
        from kg.rdf.lookup import find_actor
        from kg.rdf.names import local_id

        if name is None:
            return None
        with self._reading() as store:
            return local_id(find_actor(store, name).value)

    @contextmanager
    def _reading(self) -> Iterator[Store]:
        store = self._open()
        try:
            yield store
        finally:
            store.close()

    def _open(self) -> Store:
        from kg.rdf.store import open_store

        folder = self.folder / "store"
        if not folder.is_dir():
            raise KgError("there is no graph yet", where=str(folder), advice="build one: kg.build_graph(DOCUMENTS)")
        return open_store(str(folder), read_only=True)

    def _repr_html_(self) -> str:
        return self._told() + self._page()

    def _page(self) -> str:
        page = self.folder / "explorer.html"
        if not page.is_file() and (self.folder / "claims.jsonl").is_file():
            return to_html([element("p", "The graph is too large for one page: kg serve draws the parts that you ask for.")])
        return to_html(draw_page(page))

    def _told(self) -> str:
        summary, actors = self.query("summary"), self.query("actors")
        told = " · ".join(f"{row['number']:,} {row['what']}" for row in summary)
        return to_html([
            element("p", element("strong", told)),
            element("p", "Who the documents speak of most:"),
            draw_table(actors.columns, actors.rows, most=_SHOWN_ACTORS),
        ])


def read_day(day: Day | None) -> date | None:
    """A day given as such or as text; `None` stays `None`.

    Raises:
        UsageError: the text is no day.
    """
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise UsageError(f"{day!r} is no day", advice="write it as 2023-11-15") from None
