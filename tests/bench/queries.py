"""How fast the named queries are on many claims, against the same SPARQL in raw Oxigraph, in one run.

    python tests/bench/queries.py [--claims N] [--only NAME] [--slow SECONDS]

Writes an invented war of that many claims through `kg.rdf.mapping`, some actors and places far more often named than
others, and asks each query about a much-named actor. Prints the median seconds of each and its ratio to Oxigraph
(budget: 1.2). A query that takes longer than `--slow` is measured once.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from pyoxigraph import Variable

from kg.model import (
    CLAIM_TYPES,
    Certainty,
    Claim,
    Document,
    Evidence,
    Kind,
    Modality,
    Period,
    Place,
    Polarity,
    Quantity,
    Reference,
    Span,
)
from kg.rdf import Query, claims_quads, document_quads, list_queries, open_store, place_quads, run_query
from kg.rdf.binding import bind
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.names import PREFIXES
from kg.rdf.protocol import Term

SEED, A_DOCUMENT = 7, 12  # claims a document
ACTORS, PLACES, ALLIANCES, PEOPLE = 2000, 800, 60, 500
VALUES = {"actor": "actor-3", "other": "actor-5", "alliance": "alliance-1", "day": "2026-06-15", "place": "place-4",
          "operation": "operation-2", "kind": "alliance"}


class War:
    """Claims as a reader of news would write them: few names in most of them, a third without a date, a tenth hedged."""

    def __init__(self) -> None:
        self._random = random.Random(SEED)  # noqa: S311  # an invented war, not a secret

    def _one(self, kind: Kind, family: str, size: int) -> Reference:
        number = int(self._random.paretovariate(0.6)) % size + 1
        return Reference(f"{family}-{number}", kind, f"{family.title()} {number}", (f"{family.title()} {number}",))

    def _filler(self, type_: str, role: str) -> Reference:
        kind = CLAIM_TYPES[type_]
        if role == "place" or (role == "object" and kind.place_object) or (role == "subject" and type_ == "located_in"):
            return self._one(Kind.PLACE, "place", PLACES)
        if role == "object" and type_ == "member_of":
            return self._one(Kind.ALLIANCE, "alliance", ALLIANCES)
        if role == "subject" and type_ == "holds_role":
            return self._one(Kind.PERSON, "person", PEOPLE)
        if role == "operation" or (role == "object" and type_ == "launch"):
            return self._one(Kind.OPERATION, "operation", ALLIANCES)
        return self._one(Kind.ARMED_GROUP, "actor", ACTORS)

    def _period(self, type_: str, published: date) -> Period | None:
        if self._random.random() < 0.35:
            return None
        day = published - timedelta(days=self._random.randrange(400))
        text = self._random.choice((day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]))
        return Period.parse(f"{text}/.." if CLAIM_TYPES[type_].lasting and self._random.random() < 0.6 else text)

    def claim(self, type_: str, document: str, published: date, number: int) -> Claim | None:
        """One claim of that type, or none where the same actor would be both sides."""
        chosen = self._random.random
        roles = {role: self._filler(type_, role) for role in self._random.choice(CLAIM_TYPES[type_].keys) if role != "count"}
        if len({reference.id for reference in roles.values()}) < len(roles):
            return None
        if type_ in ("attack", "casualties", "displace", "meet") and chosen() < 0.5:
            roles["place"] = self._filler(type_, "place")
        if type_ in ("attack", "capture") and chosen() < 0.1:
            roles["operation"] = self._filler(type_, "operation")
        count = int(self._random.paretovariate(0.5)) % 10000
        counted = type_ in ("strength", "casualties", "displace", "defect", "desert", "surrender", "recruit")
        begin = number * 90
        return Claim(
            type_, (Evidence(document, Span(begin, begin + 80), f"Sentence {number} of {document}.".ljust(80, "x")),),
            subject=roles.get("subject"), object=roles.get("object"), place=roles.get("place"), from_=roles.get("from"), to=roles.get("to"),
            operation=roles.get("operation"), role="leader" if type_ == "holds_role" else None,
            outcome=self._random.choice(("killed", "wounded")) if type_ == "casualties" else None,
            period=self._period(type_, published),
            quantity=Quantity(count, count if chosen() < 0.8 else None, str(count)) if counted else None,
            attributed_to=self._filler("attack", "subject") if chosen() < 0.4 else None,
            certainty=self._random.choices(tuple(Certainty), (90, 7, 3))[0], polarity=self._random.choices(tuple(Polarity), (97, 3))[0],
            modality=self._random.choices(tuple(Modality), (90, 4, 4, 2))[0], reported=Period.of(published),
            rule=f"{type_}.{self._random.randrange(5)}")

    def documents(self, claims: int) -> Iterator[tuple[Document, list[Claim]]]:
        """Documents with their claims, until there are that many claims."""
        types = self._random.choices(tuple(CLAIM_TYPES), tuple(20 if t == "attack" else 4 for t in CLAIM_TYPES), k=claims * 2)
        made = 0
        while made < claims:
            published = date(2024, 1, 1) + timedelta(days=self._random.randrange(1000))
            id_ = f"paper-{self._random.randrange(40)}/{made}.txt"
            found = [self.claim(types.pop(), id_, published, number) for number in range(A_DOCUMENT)]
            told = list({claim.id: claim for claim in found if claim}.values())[: claims - made]
            made += len(told)
            yield Document(id_, "", title=f"Report {made}", publisher=id_.partition("/")[0], published=Period.of(published)), told


def fill(claims: int) -> EmbeddedStore:
    """A store in memory with that many claims and their places."""
    store = open_store("memory:")
    if not isinstance(store, EmbeddedStore):
        raise TypeError(store)
    war = War()
    for document, told in war.documents(claims):
        store.load([*document_quads(document), *claims_quads(told)])
    store.load([quad for number in range(1, PLACES + 1) for quad in place_quads(
        Place(f"place-{number}", f"Place {number}", (), "town", "NF", within=None if number == 1 else f"place-{1 + number // 10}"))])
    return store


class Listening(EmbeddedStore):
    """The store, keeping what it was asked last: the values are looked up once, outside the measurement of Oxigraph."""

    asked: tuple[str, dict[Variable, Term]] = ("", {})

    def query(self, sparql, substitutions=None, *, union=False):  # type: ignore[no-untyped-def]
        """As `EmbeddedStore.query`."""
        self.asked = (sparql, dict(substitutions or {}))
        return super().query(sparql, substitutions, union=union)


def measure(work: Callable[[], object], *, runs: int) -> float:
    """Median seconds."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return statistics.median(times)


def compare(store: Listening, query: Query, *, slow: float) -> tuple[int, float, float]:
    """Rows, seconds as named query, seconds of the same SPARQL in raw Oxigraph."""
    params = {p.name: VALUES[p.name] for p in query.parameters if p.required}
    begin = time.perf_counter()
    rows = len(run_query(store, query, params).terms)
    once = time.perf_counter() - begin
    text = bind(*store.asked)
    runs = 1 if once > slow else 7
    raw = measure(lambda: [tuple(row) for row in store.inner.query(text, prefixes=dict(PREFIXES))], runs=runs)  # type: ignore[union-attr]
    named = measure(lambda: run_query(store, query, params), runs=runs)
    return rows, named, raw


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, default=100_000)
    parser.add_argument("--only", metavar="NAME")
    parser.add_argument("--slow", type=float, default=2.0, metavar="SECONDS")
    given = parser.parse_args()
    begin = time.perf_counter()
    filled = fill(given.claims)
    print(f"{given.claims:,} claims, {len(filled):,} quads, loaded in {time.perf_counter() - begin:.0f} s", file=sys.stderr)  # noqa: T201
    store = Listening(filled.inner, None)
    for query in list_queries():
        if given.only in (None, query.name):
            rows, named, raw = compare(store, query, slow=given.slow)
            print(f"{query.name:24} {rows:7} rows {named:8.3f} s   raw {raw:8.3f} s   ratio {named / raw:5.2f}", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
