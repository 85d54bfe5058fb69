"""The cache to what people use: the store, `claims.jsonl` and the explorer page."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from kg.build.cache import Cache, Entry, Manifest, Published, write_atomically
from kg.build.extraction import digest, files_digest, room_digest
from kg.curate import Curation
from kg.data import data_folder
from kg.errors import UsageError
from kg.exchange.jsonl import write_claims
from kg.model import Claim, Decision, Document, Place, Reference, ties
from kg.seeds import Seeds

if TYPE_CHECKING:
    from pyoxigraph import Quad

PUBLISHED = "published.json"
MOST_DRAWN = 20_000
"""Claims that one page can hold (some 0.9 KB each) and a browser open at once; of a larger graph `kg serve` draws parts."""


@dataclass(frozen=True, slots=True)
class Reader:
    """The documents of a manifest with their claims, as the decisions leave them."""

    cache: Cache
    curation: Curation
    log: str  # digest of the decisions

    def claims(self, entry: Entry) -> list[Claim]:
        """The claims of a document."""
        found = (self.curation.apply(claim) for claim in self.cache.claims(entry.key))
        return [claim for claim in found if claim is not None]

    def lines(self, entry: Entry) -> Iterator[str]:
        """The same as JSON lines; where no decision speaks of the document they are taken as they lie there."""
        return write_claims(self.claims(entry)) if self.touched(entry) else self.cache.lines(entry.key)

    def touched(self, entry: Entry) -> bool:
        """Whether a decision can speak of the document: a target's id stands in it."""
        wanted = [f'"{target}"' for target in self.curation.targets]
        return bool(wanted) and any(id_ in line for line in self.cache.lines(entry.key) for id_ in wanted)

    def met(self, entries: Iterable[Entry]) -> frozenset[str]:
        """The decisions' targets that some claim is or mentions."""
        touched = (entry for entry in entries if self.touched(entry))
        return frozenset().union(*(self.curation.met(claim) for entry in touched for claim in self.cache.claims(entry.key)))


def make_reader(manifest: Manifest, cache: Cache, decisions: Sequence[Decision], seeds: Callable[[], Seeds]) -> Reader:
    """A reader under a log of decisions; the reference data is loaded only when two actors were made one.

    Raises:
        KgError: the decisions contradict each other.
    """
    remaining = {decision.into for decision in decisions if decision.into}
    known = seeds().actors if remaining else ()
    shown = {actor.id: Reference(actor.id, actor.kind, actor.name) for actor in known if actor.id in remaining}
    for entry in _sorted(manifest) if remaining - shown.keys() else ():
        for claim in cache.claims(entry.key):
            for _, reference in claim.references():
                if reference.id in remaining:
                    shown.setdefault(reference.id, Reference(reference.id, reference.kind, reference.name))
    return Reader(cache, Curation.of(decisions, shown=shown), digest(repr(decisions)))


def publish(manifest: Manifest, reader: Reader, *, out: Path, store: str, seeds: Callable[[], Seeds], seeds_digest: str,
            tell: Callable[[str], None]) -> Published:
    """Bring store, claims and page up to date; nothing is opened for writing when they are.

    The record of what was published is written last, so a run that was killed is made good by the next one.

    Args:
        manifest: which documents there are.
        reader: their claims.
        out: where `claims.jsonl`, `explorer.html` (of up to `MOST_DRAWN` claims) and the record go.
        store: address of the store.
        seeds: loads the reference data; what the claims speak of goes into the store.
        seeds_digest: changes with it.
        tell: is told what is done next.

    Raises:
        KgError: the store cannot be written.
    """
    entries = _sorted(manifest)
    before = Published.load(out / PUBLISHED)
    base = digest(room_digest("model", "rdf", "network", "view"), files_digest(data_folder("ontology").rglob("*")), seeds_digest)
    states = {entry.id: digest(entry.key, reader.log if reader.touched(entry) else "") for entry in entries}
    anew = before.base != base or before.store != store or not Path(store).is_dir()
    lines, page = out / "claims.jsonl", out / "explorer.html"
    whole = lines.is_file() and (page.is_file() or before.claims > MOST_DRAWN)
    if not anew and not manifest.removed and before.states == states and whole:
        return before

    changed = [entry for entry in entries if anew or before.states.get(entry.id) != states[entry.id]]
    tell("store")
    _write_store(store, reader, changed, () if anew else manifest.removed, seeds(), anew=anew)
    tell("claims.jsonl")
    write_atomically(lines, (line for entry in entries for line in reader.lines(entry)))
    tell("explorer.html")
    claims = [claim for entry in entries for claim in reader.claims(entry)]
    if len(claims) > MOST_DRAWN:
        page.unlink(missing_ok=True)
    else:
        documents = {entry.id: replace(reader.cache.document(entry.key), text="") for entry in entries}
        write_atomically(page, [_draw(claims, documents)])
    met = reader.met(entries)
    known = {actor.id for actor in seeds().actors}
    named = {reference.id for claim in claims for _, reference in claim.references() if reference.kind.is_actor}
    after = Published(store, states, len(claims), len(named & known), len(named - known), base,
                      tuple(sorted(reader.curation.targets - met)))
    after.save(out / PUBLISHED)
    return after


def _write_store(url: str, reader: Reader, changed: Iterable[Entry], removed: Iterable[str], seeds: Seeds, *, anew: bool) -> None:
    """Write documents to the store: those that changed, or all of them, with the ontology, to a new one that then takes its place."""
    from kg.rdf.ontology import ontology_quads
    from kg.rdf.store import open_store

    target = Path(url)
    partial = target.with_name(target.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    store = open_store(str(partial) if anew else url)
    named: set[str] = set()
    try:
        documents = ((entry.id, _document_quads(entry, reader, named)) for entry in changed)
        # In one stream: the reference data comes last, when it is known who was named.
        if anew:
            store.load(chain(chain.from_iterable(quads for _, quads in documents), _reference_quads(seeds, named), ontology_quads()))
        else:
            for document in removed:
                store.remove_document(document)
            for document, quads in documents:
                store.replace_document(document, quads)
            store.add(_reference_quads(seeds, named))
    finally:
        store.close()
    if anew:
        _take_place(partial, target)


def _document_quads(entry: Entry, reader: Reader, named: set[str]) -> Iterator[Quad]:
    """A document with its claims; notes whom they name."""
    from kg.rdf.mapping import claims_quads, document_quads

    claims = reader.claims(entry)
    for claim in claims:
        named.update(reference.id for _, reference in claim.references())
        if claim.attributed_to:
            named.add(claim.attributed_to.id)
    yield from document_quads(reader.cache.document(entry.key))
    yield from claims_quads(claims)


def _reference_quads(seeds: Seeds, named: set[str]) -> Iterator[Quad]:
    from kg.rdf.mapping import actor_quads, place_quads

    for actor in seeds.actors:
        if actor.id in named:
            yield from actor_quads(actor)
    for place in _with_surroundings(seeds.places, named):
        yield from place_quads(place)


def _take_place(new: Path, old: Path) -> None:
    """Put a finished store in the place of another. A kill in between leaves no store, which the next run makes good."""
    aside = old.with_name(old.name + ".old")
    shutil.rmtree(aside, ignore_errors=True)
    if old.exists():
        old.rename(aside)
    new.rename(old)
    shutil.rmtree(aside, ignore_errors=True)


def _with_surroundings(places: Iterable[Place], named: set[str]) -> Iterator[Place]:
    """The places named, and those that they lie in."""
    by_id = {place.id: place for place in places}
    wanted: dict[str, Place] = {}
    for id_ in sorted(named):
        place = by_id.get(id_)
        while place and place.id not in wanted:
            wanted[place.id] = place
            place = by_id.get(place.within) if place.within else None
    return iter(wanted.values())


def _draw(claims: Sequence[Claim], documents: dict[str, Document]) -> str:
    from kg.network.layout import positions
    from kg.network.project import project
    from kg.view.explorer import drawn_at_first, explorer_page

    laid = positions(project(tie for tie in ties(claims) if drawn_at_first(tie)))
    return explorer_page(claims, documents, positions=laid, title="Allegiance")


def check_address(store: str) -> None:
    """Refuse a store that cannot be built into, before anything is read.

    Raises:
        UsageError: the address is no folder.
    """
    if store == "memory:" or "://" in store:
        raise UsageError(f"a build needs a folder for its store, not {store}", where="--store")


def _sorted(manifest: Manifest) -> list[Entry]:
    return [manifest.entries[id_] for id_ in sorted(manifest.entries)]
