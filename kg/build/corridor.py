"""The order of the steps of a build, and what it reports."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Protocol, TextIO

from kg.build.cache import Cache, Entry, Manifest, Published, document_to_json, sweep
from kg.build.extraction import Done, Extracting, Recipe, Task, digest, extract_all, files_digest, room_digest
from kg.build.publish import check_address, make_reader, publish
from kg.data import data_folder
from kg.errors import KgError, UsageError
from kg.model import Document, Unread
from kg.read import count_files, read_documents
from kg.seeds import load_decisions, load_seeds

MANIFEST = "documents.json"


class Progress(Protocol):
    """Is told how far a build is."""

    def start(self, total: int) -> None:
        """So many files will be read."""

    def advance(self, document: str) -> None:
        """A document is done."""

    def tell(self, step: str) -> None:
        """This is written next."""


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build found and did. Documents are given by id, sorted."""

    documents: int  # in the graph now, with those of earlier builds
    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    removed: tuple[str, ...]  # they were in a folder that was built again, and are there no more
    extracted: int  # documents whose claims were extracted in this run
    undated: tuple[str, ...]  # neither the text nor anybody told when they were published
    notes: tuple[tuple[str, str], ...]  # (document, what the reader could not find out)
    unread: tuple[Unread, ...]
    failed: tuple[tuple[str, str], ...]  # (document, why its claims could not be extracted); what was known of it stays
    claims: int
    actors_known: int  # actors of the reference data that the claims speak of
    actors_found: int  # actors that only the documents name
    without_effect: tuple[str, ...]  # targets of decisions that no claim meets

    @property
    def problems(self) -> int:
        """How many documents could not be read or extracted."""
        return len(self.unread) + len(self.failed)


def build(
    paths: Sequence[str], *, out: Path, store: str | None = None, date: str | None = None, parser: str | None = None,
    seeds_folder: Path | None = None, decisions: Path | None = None, jobs: int = 1, progress: Progress | None = None,
    stdin: TextIO | None = None, recipe: Recipe | None = None,
) -> BuildReport:
    """Build the graph of documents, or bring it up to date.

    Only documents that are new or changed are extracted; when nothing changed, no parser is loaded and nothing is
    written. Documents of earlier builds into the same `out` stay; those that left a folder which is built again
    leave the graph. A build that was killed is finished by the next one.

    Args:
        paths: files and folders, or "-" for standard input; none: only apply decisions to what is there.
        out: folder of the results: `claims.jsonl`, `explorer.html`, the store, and what is kept between runs.
        store: folder of the store; `None`: `store` in `out`.
        date: publication date (EDTF) of documents that do not tell theirs.
        parser: a spaCy pipeline other than the one that ships, by name or folder.
        seeds_folder: reference data other than what ships.
        decisions: the log of decisions; `None` or no such file: none.
        jobs: number of processes that extract.
        progress: is told how far it is.
        stdin: where "-" reads from.
        recipe: extracts the claims; `None`: the project's own extractor.

    Raises:
        KgError: the reference data or the decisions are malformed, or `out` or the store cannot be written.
        UsageError: a path leads nowhere, the store is no folder, or `date` is no date; then nothing is written.
    """
    _refuse_missing(paths)
    address = store or str(out / "store")
    check_address(address)
    log = load_decisions(decisions) if decisions else ()
    seeds_digest = _seeds_digest(seeds_folder or data_folder("seeds"))
    recipe = recipe or _own_recipe(seeds_folder, seeds_digest, parser)
    progress = progress or _Silent()
    seeds = cache(partial(load_seeds, seeds_folder))
    try:
        out.mkdir(parents=True, exist_ok=True)
        manifest = Manifest.load(out / MANIFEST)
        kept = Cache(out / "cache")
        survey = _Survey(manifest, kept, recipe.digest, progress)
        progress.start(count_files(paths))
        for done in extract_all(survey.read(paths, date=date, stdin=stdin), recipe, kept, jobs=jobs):
            survey.take(done)
        after = survey.manifest()
        if after != manifest:
            after.save(out / MANIFEST)
        reader = make_reader(after, kept, log, seeds)
        published = publish(after, reader, out=out, store=address, seeds=seeds,
                            seeds_digest=seeds_digest, tell=progress.tell)
        if after.removed:
            Manifest(after.entries).save(out / MANIFEST)
        kept.keep_only(entry.key for entry in after.entries.values())
        sweep(out)
    except OSError as problem:
        raise KgError(f"cannot be written: {problem}", where=str(out),
                      advice="see that the disk has room and who may write there") from None
    return survey.report(published, len(after.entries))


@dataclass(slots=True)
class _Survey:
    """Compares what is read with what there was, and gathers what there is now."""

    before: Manifest
    cache: Cache
    recipe: str  # digest of the recipe
    progress: Progress
    now: dict[str, Entry] = field(default_factory=dict)  # documents read in this run
    seen: set[str] = field(default_factory=set)  # with those whose extraction failed
    gone: set[str] = field(default_factory=set)
    unread: list[Unread] = field(default_factory=list)
    failed: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)
    extracted: int = 0

    def read(self, paths: Sequence[str], *, date: str | None, stdin: TextIO | None) -> Iterator[Task]:
        """Read everything; the documents that must be extracted are handed on."""
        for path in dict.fromkeys(paths):
            root = _root(path)
            unread = []
            for item in read_documents([path], date=date, stdin=stdin):
                if isinstance(item, Unread):
                    unread.append(item)
                elif owner := self._other_owner(item.id, root):
                    unread.append(Unread(str(Path(path) / item.id), f"{owner} holds a document of the same name",
                                         "rename one of them, or build it with another --out"))
                else:
                    yield from self._compare(item, root)
            if Path(path).is_dir():
                left = {e.id for e in self.before.entries.values() if e.root == root} - self.seen
                self.gone |= {id_ for id_ in left if not _is_within(str(Path(path) / id_), unread)}
            self.unread += unread

    def _other_owner(self, id_: str, root: str) -> str | None:
        """The other folder that a document of this name was read from, unless it is there no more."""
        entry = self.now.get(id_) or self.before.entries.get(id_)
        return entry.root if entry and entry.root != root and Path(entry.root).exists() else None

    def _compare(self, document: Document, root: str) -> Iterator[Task]:
        # The key covers all of the document: what no claim depends on is in the store as well.
        key = digest(self.recipe, json.dumps(document_to_json(document), sort_keys=True))
        self.seen.add(document.id)
        self.now[document.id] = Entry(document.id, root, document.digest, key)
        self.notes += [(document.id, note) for note in document.notes]
        if document.published is None:
            self.undated.append(document.id)
        if self.cache.holds(key):
            self.progress.advance(document.id)
        else:
            yield Task(document, key)

    def take(self, done: Done) -> None:
        """Note that a document was extracted, or why not."""
        self.progress.advance(done.id)
        if done.problem is None:
            self.extracted += 1
        else:
            self.failed.append((done.id, done.problem))
            del self.now[done.id]

    def manifest(self) -> Manifest:
        """Which documents there are now: those read, and those of before that did not leave."""
        entries = {id_: entry for id_, entry in self.before.entries.items() if id_ not in self.gone} | self.now
        return Manifest(entries, tuple(sorted({*self.before.removed, *self.gone} - entries.keys())))

    def report(self, published: Published, documents: int) -> BuildReport:
        """The report of the whole build."""
        earlier = self.before.entries
        new = {id_ for id_ in self.now if id_ not in earlier}
        changed = {id_ for id_, entry in self.now.items() if id_ in earlier and entry.digest != earlier[id_].digest}
        return BuildReport(
            documents=documents, new=tuple(sorted(new)), changed=tuple(sorted(changed)),
            unchanged=tuple(sorted(self.now.keys() - new - changed)), removed=tuple(sorted(self.gone)), extracted=self.extracted,
            undated=tuple(sorted(self.undated)), notes=tuple(sorted(self.notes)), unread=tuple(self.unread),
            failed=tuple(sorted(self.failed)), claims=published.claims, actors_known=published.known,
            actors_found=published.found, without_effect=published.without_effect,
        )


def _refuse_missing(paths: Sequence[str]) -> None:
    """A path that leads nowhere is a slip of the pen: nothing of the build would be what was asked for.

    Raises:
        UsageError: one does.
    """
    missing = [path for path in dict.fromkeys(paths) if path != "-" and _leads_nowhere(path)]
    if missing:
        raise UsageError("there is no such file or folder", where=", ".join(missing),
                         advice="check the path, which starts from the folder you are in; nothing was built or changed")


def _leads_nowhere(path: str) -> bool:
    try:
        os.stat(path)
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):  # it may be there: why it cannot be read, reading says
        return False
    return False


class _Silent:
    """Progress that nobody watches."""

    def start(self, total: int) -> None:
        """Nothing."""

    def advance(self, document: str) -> None:
        """Nothing."""

    def tell(self, step: str) -> None:
        """Nothing."""


def _root(path: str) -> str:
    """The folder that a document's id is given below."""
    if path == "-":
        return path
    full = Path(path).resolve()
    return str(full if full.is_dir() else full.parent)


def _is_within(file: str, unread: Iterable[Unread]) -> bool:
    """Whether a document's file, or a folder it lies in, could not be read: then nobody knows that it left."""
    return any(file.startswith(item.path.partition(", line ")[0]) for item in unread)


def _seeds_digest(folder: Path) -> str:
    """Changes with the reference data and with how it is read."""
    return digest(room_digest("seeds"), files_digest([*folder.glob("*.yaml"), *folder.glob("*.csv"), *folder.glob("actors/*.yaml")]))


def _own_recipe(seeds_folder: Path | None, seeds_digest: str, parser: str | None) -> Recipe:
    """The project's extractor; its language models are loaded when it is made."""
    chosen = "" if parser is None else files_digest(Path(parser).rglob("*")) + parser
    return Recipe(digest(room_digest("extract", "model"), seeds_digest, chosen), partial(_make_extractor, seeds_folder, parser))


def _make_extractor(seeds_folder: Path | None, parser: str | None) -> Extracting:
    from kg.extract.extractor import Extractor

    seeds = load_seeds(seeds_folder)
    extractor: Extracting = Extractor(seeds.actors, seeds.places, parser=parser)
    return extractor
