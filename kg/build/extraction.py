"""Documents to claims in the cache: only those not there yet, in one process or several."""

from __future__ import annotations

import hashlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from itertools import islice
from pathlib import Path
from typing import Protocol

from kg.build.cache import Cache
from kg.errors import KgError
from kg.model import Claim, Document

_CHUNK = 4  # documents a process takes at a time: few enough that the last ones are shared out
_PACKAGE = Path(__file__).resolve().parents[1]


class Extracting(Protocol):
    """What turns a document into claims."""

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """The claims of one document."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How claims are extracted. Making the extractor loads a parser, so it is made only when a document needs it."""

    digest: str  # changes whenever the same document could give other claims
    make: Callable[[], Extracting]  # for several processes it must be picklable


@dataclass(frozen=True, slots=True)
class Task:
    """A document whose claims the cache does not hold yet, and the name they shall have there."""

    document: Document
    key: str


@dataclass(frozen=True, slots=True)
class Done:
    """A document whose claims are in the cache now, or why they are not."""

    id: str
    key: str
    problem: str | None = None


def digest(*parts: str) -> str:
    """SHA-256 of texts, in hexadecimal."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def files_digest(paths: Iterable[Path]) -> str:
    """SHA-256 of the names and contents of files; folders and compiled code are passed over."""
    files = sorted(path for path in paths if path.is_file() and path.suffix != ".pyc")
    return digest(*(f"{path.name}\x1e{hashlib.sha256(path.read_bytes()).hexdigest()}" for path in files))


def room_digest(*rooms: str) -> str:
    """Hash of the version and of everything in rooms of the package: code, rules, models.

    Args:
        rooms: folders of `kg/`.
    """
    return digest(_version(), *(files_digest((_PACKAGE / room).rglob("*")) for room in rooms))


def _version() -> str:
    try:
        return version("allegiance-kg")
    except PackageNotFoundError:  # run from a folder that was never installed
        return ""


def extract_all(tasks: Iterable[Task], recipe: Recipe, cache: Cache, *, jobs: int) -> Iterator[Done]:
    """Bring the claims of every task into the cache, in the order of the tasks.

    The result does not depend on `jobs`. A document that the extractor fails on is one outcome with a problem.

    Args:
        tasks: what to extract; may be a generator that reads as it goes: few documents are held at a time.
        recipe: how. Nothing is made when there is no task.
        cache: where the claims go.
        jobs: number of processes, 1 or more.

    Raises:
        KgError: the extractor cannot be made, or a process died (most often for want of memory).
        OSError: the cache cannot be written.
    """
    if jobs > 1:
        yield from _extract_in_processes(tasks, recipe, cache, jobs)
        return
    extractor: Extracting | None = None
    for task in tasks:
        extractor = extractor or recipe.make()
        yield _extract_one(extractor, cache, task)


def _extract_one(extractor: Extracting, cache: Cache, task: Task) -> Done:
    try:
        claims = extractor.extract(task.document)
    except Exception as problem:  # one bad document never stops the rest, whatever it broke
        return Done(task.document.id, task.key, f"{type(problem).__name__}: {problem}")
    cache.write(task.key, task.document, claims)
    return Done(task.document.id, task.key)


_here: dict[str, Extracting | KgError] = {}  # what this worker process extracts with, made once, or why it cannot


def _start_worker(make: Callable[[], Extracting]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is answered by the parent
    try:
        _here["extractor"] = make()
    except KgError as problem:
        _here["extractor"] = problem


def _extract_chunk(tasks: list[Task], cache: Cache) -> list[Done]:
    extractor = _here["extractor"]
    if isinstance(extractor, KgError):
        raise extractor
    return [_extract_one(extractor, cache, task) for task in tasks]


def _extract_in_processes(tasks: Iterable[Task], recipe: Recipe, cache: Cache, jobs: int) -> Iterator[Done]:
    running: deque[Future[list[Done]]] = deque()
    rest = iter(tasks)
    context = multiprocessing.get_context("spawn")  # everywhere: a forked copy of a process with threads can hang
    with ProcessPoolExecutor(jobs, context, _start_worker, (recipe.make,)) as pool:
        try:
            while chunk := list(islice(rest, _CHUNK)):
                running.append(pool.submit(_extract_chunk, chunk, cache))
                if len(running) > 2 * jobs:
                    yield from running.popleft().result()
            while running:
                yield from running.popleft().result()
        except BrokenProcessPool:
            raise KgError("an extraction process died", where="kg build", advice="it may lack memory: use fewer --jobs") from None
        finally:
            pool.shutdown(cancel_futures=True)  # what was not begun is not worth waiting for
