"""How fast the named queries are, against the same SPARQL in raw Oxigraph, in one run.

    python tests/bench/queries.py [--claims N ...] [--only NAME ...]

Writes an invented war of 10,000 and one of 100,000 claims through `kg.rdf.mapping` into memory, and asks each query about
a much-named actor, alliance, place and operation. Prints the rows, the milliseconds of CPU and the ratio to Oxigraph
(budget: 1.2) at each size, and the slowest at the end. CPU time, since a machine that also does other work only adds to
the time by the clock; the least of up to five runs, one where a run takes over a second.

The war: 3,000 actors, the n-th named 1/n as often as the first (Zipf; the first fills 12 of 100 roles, a party to the war;
the last 4 of 100,000), and likewise 1,000 places in a gazetteer of four levels, 80 alliances, 80 operations and 500
persons, each in one actor; 12 claims a document, 40 publishers, 1,000 days; attacks are five times as frequent as most
types, and what happens to an actor once or twice (splits, foundations and the like) a quarter as frequent; a third without
a date, a tenth hedged, one in 33 denied, a tenth not (yet) done, 40 of 100 attributed. Whoever splits from, follows or is
part of another is the less often named of the two, so that these links form no ring.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate

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
SIZES = {"actor": 3000, "place": 1000, "alliance": 80, "operation": 80, "person": 500}
KINDS = {"actor": Kind.ARMED_GROUP, "place": Kind.PLACE, "alliance": Kind.ALLIANCE, "operation": Kind.OPERATION, "person": Kind.PERSON}
WEIGHTS = dict.fromkeys(("split_from", "succeeds", "form", "dissolve", "seize_power"), 1) | {"attack": 20}  # the others weigh 4
DESCENT = ("split_from", "succeeds", "part_of")  # the younger comes first
VALUES = {"actor": "actor-3", "other": "actor-5", "alliance": "alliance-1", "day": "2026-06-15", "place": "place-4",
          "operation": "operation-2", "kind": "alliance"}
SLOWEST, RUNS = 8, 5


class War:
    """Claims as a reader of news would write them; see the module."""

    def __init__(self) -> None:
        self._random = random.Random(SEED)  # noqa: S311  # an invented war, not a secret
        self._weights = {family: list(accumulate(1 / n for n in range(1, size + 1))) for family, size in SIZES.items()}

    def _one(self, family: str) -> Reference:
        (number,) = self._random.choices(range(1, SIZES[family] + 1), cum_weights=self._weights[family])
        return self._numbered(family, number)

    def _numbered(self, family: str, number: int) -> Reference:
        return Reference(f"{family}-{number}", KINDS[family], f"{family.title()} {number}", (f"{family.title()} {number}",))

    def _filler(self, type_: str, role: str) -> Reference:
        if role == "place" or (role == "object" and CLAIM_TYPES[type_].place_object) or (role == "subject" and type_ == "located_in"):
            return self._one("place")
        if role == "object" and type_ == "member_of":
            return self._one("alliance")
        if role == "subject" and type_ == "holds_role":
            return self._one("person")
        if role == "operation" or (role == "object" and type_ == "launch"):
            return self._one("operation")
        return self._one("actor")

    def _roles(self, type_: str) -> dict[str, Reference]:
        roles = {role: self._filler(type_, role) for role in self._random.choice(CLAIM_TYPES[type_].keys) if role != "count"}
        if type_ == "holds_role":
            roles["object"] = self._numbered("actor", 1 + _number(roles["subject"]) // 3)
        if type_ in DESCENT:
            older, younger = sorted((roles["subject"], roles["object"]), key=_number)
            roles = {"subject": younger, "object": older}
        if type_ in ("attack", "casualties", "displace", "meet") and self._random.random() < 0.5:
            roles["place"] = self._filler(type_, "place")
        if type_ in ("attack", "capture") and self._random.random() < 0.1:
            roles["operation"] = self._filler(type_, "operation")
        return roles

    def _period(self, type_: str, published: date) -> Period | None:
        if self._random.random() < 0.35:
            return None
        day = published - timedelta(days=self._random.randrange(400))
        text = self._random.choice((day.isoformat(), day.isoformat()[:7], day.isoformat()[:4]))
        return Period.parse(f"{text}/.." if CLAIM_TYPES[type_].lasting and self._random.random() < 0.6 else text)

    def claim(self, type_: str, document: str, published: date, number: int) -> Claim | None:
        """One claim of that type, or none where the same actor would be both sides."""
        chosen = self._random.random
        roles = self._roles(type_)
        if len({reference.id for reference in roles.values()}) < len(roles):
            return None
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
            attributed_to=self._one("actor") if chosen() < 0.4 else None,
            certainty=self._random.choices(tuple(Certainty), (90, 7, 3))[0], polarity=self._random.choices(tuple(Polarity), (97, 3))[0],
            modality=self._random.choices(tuple(Modality), (90, 4, 4, 2))[0], reported=Period.of(published),
            rule=f"{type_}.{self._random.randrange(5)}")

    def documents(self, claims: int) -> Iterator[tuple[Document, list[Claim]]]:
        """Documents with their claims, until there are that many claims."""
        types = self._random.choices(tuple(CLAIM_TYPES), tuple(WEIGHTS.get(t, 4) for t in CLAIM_TYPES), k=claims * 2)
        made = 0
        while made < claims:
            published = date(2024, 1, 1) + timedelta(days=self._random.randrange(1000))
            id_ = f"paper-{self._random.randrange(40)}/{made}.txt"
            found = [self.claim(types.pop(), id_, published, number) for number in range(A_DOCUMENT)]
            told = list({claim.id: claim for claim in found if claim}.values())[: claims - made]
            made += len(told)
            yield Document(id_, "", title=f"Report {made}", publisher=id_.partition("/")[0], published=Period.of(published)), told


def _number(reference: Reference) -> int:
    return int(reference.id.rpartition("-")[2])


def fill(claims: int) -> EmbeddedStore:
    """A store in memory with that many claims and their places."""
    store = open_store("memory:")
    if not isinstance(store, EmbeddedStore):
        raise TypeError(store)
    for document, told in War().documents(claims):
        store.load([*document_quads(document), *claims_quads(told)])
    store.load([quad for number in range(1, SIZES["place"] + 1) for quad in place_quads(
        Place(f"place-{number}", f"Place {number}", (), "town", "NF", within=None if number == 1 else f"place-{1 + number // 10}"))])
    store.inner.optimize()
    return store


class Listening(EmbeddedStore):
    """The store, keeping what it was asked last: the values are looked up once, outside the measurement of Oxigraph."""

    asked: tuple[str, dict[Variable, Term]] = ("", {})

    def query(self, sparql, substitutions=None, *, union=False):  # type: ignore[no-untyped-def]
        """As `EmbeddedStore.query`."""
        self.asked = (sparql, dict(substitutions or {}))
        return super().query(sparql, substitutions, union=union)


def measure(work: Callable[[], object], *, runs: int) -> float:
    """The least seconds of CPU."""
    times = []
    for _ in range(runs):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def compare(store: Listening, query: Query) -> tuple[int, float, float]:
    """Rows, seconds as named query, seconds of the same SPARQL in raw Oxigraph."""
    params = {p.name: VALUES[p.name] for p in query.parameters if p.required}
    begin = time.process_time()
    rows = len(run_query(store, query, params).terms)
    runs = 1 if time.process_time() - begin > 1 else RUNS
    text = bind(*store.asked)
    raw = measure(lambda: [tuple(row) for row in store.inner.query(text, prefixes=dict(PREFIXES))], runs=runs)  # type: ignore[union-attr]
    named = measure(lambda: run_query(store, query, params), runs=runs)
    return rows, named, raw


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--claims", type=int, nargs="+", default=(10_000, 100_000), metavar="N")
    parser.add_argument("--only", nargs="+", metavar="NAME")
    given = parser.parse_args()
    for claims in given.claims:
        begin = time.process_time()
        filled = fill(claims)
        print(f"{claims:,} claims, {len(filled):,} quads, written in {time.process_time() - begin:.0f} s of CPU", flush=True)  # noqa: T201
        store, taken = Listening(filled.inner, None), {}
        for query in list_queries():
            if given.only is None or query.name in given.only:
                rows, named, raw = compare(store, query)
                taken[query.name] = named
                print(f"{query.name:24} {rows:8,} rows {named * 1000:9.1f} ms   ratio {named / raw:5.2f}", flush=True)  # noqa: T201
        slowest = sorted(taken, key=taken.__getitem__, reverse=True)[:SLOWEST]
        print(f"slowest: {', '.join(f'{name} {taken[name]:.2f} s' for name in slowest)}\n", flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
