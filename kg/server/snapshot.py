"""What is served: a copy of the store as the last finished build left it, made of links, so that a build may go on beneath.

A build writes into its store, and puts a new one in its place when much has changed. Reading a store while another program
writes to it is undefined in Oxigraph, so nobody here does: a snapshot is taken only between builds, and all workers read it.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kg.errors import KgError
from kg.rdf.embedded import EmbeddedStore

_PREFIX = ".serving-"
_State = tuple[tuple[int, int, int], ...]  # inode, time and size of the files that tell a build from the next


@dataclass(slots=True)
class Snapshot:
    """A copy of a store. It is deleted when a newer one has taken its place and nobody reads it."""

    folder: Path
    state: _State
    readers: int = 0
    is_old: bool = False

    def release(self) -> None:
        """One reader fewer."""
        self.readers -= 1
        self.drop()

    def drop(self) -> None:
        """Delete it as soon as nobody reads it."""
        if self.is_old and self.readers == 0:
            shutil.rmtree(self.folder, ignore_errors=True)


@dataclass(slots=True)
class Publication:
    """The snapshots of one store, the newest of which is `current`."""

    store: Path
    record: Path  # a build writes it last
    current: Snapshot | None = None
    _home: Path | None = None
    _lock: int | None = None
    _number: int = 0
    _problems: list[str] = field(default_factory=list)

    def open(self) -> None:
        """Make a folder for the snapshots: beside the store, where files can be linked, or else among temporary files."""
        for parent in (self.store.parent, Path(tempfile.gettempdir())):
            _clear(parent)
            with suppress(OSError):
                self._home = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=parent))
                self._lock = os.open(self._home / "lock", os.O_CREAT | os.O_RDWR)
                fcntl.flock(self._lock, fcntl.LOCK_EX)  # whoever clears up sees that its server lives
                return
        raise KgError("there is no room for a snapshot", where=str(self.store), advice="make its folder, or TMPDIR, writable")

    def close(self) -> None:
        """Delete the snapshots."""
        if self._home:
            shutil.rmtree(self._home, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
        self.current = self._home = self._lock = None

    def is_stale(self) -> bool:
        """Whether a build has finished since the snapshot was taken. Cheap: it looks at a few files' dates."""
        return self.current is None or self._published() != self.current.state

    def refresh(self) -> bool:
        """Take a snapshot of the store as it is, unless it is being written to.

        Returns:
            Whether there is a new one. Where not, the old one goes on being served, and a later try may succeed.

        Raises:
            KgError: there is no store, or it cannot be read.
        """
        before = self._state()
        published = self._published()
        if self._home is None or not before or _is_written(self.store):
            return False
        folder = self._home / str(self._number)
        self._number += 1
        try:
            store = EmbeddedStore.in_folder(self.store, read_only=True)
            try:
                _copy(store, self.store, folder)
            finally:
                store.close()
        except (KgError, OSError):
            shutil.rmtree(folder, ignore_errors=True)
            if self._state() == before and not _is_written(self.store):
                raise  # no build came in between: the store itself is broken
            return False
        if _is_written(self.store) or self._state() != before or self._published() != published:
            shutil.rmtree(folder, ignore_errors=True)
            return False
        old, self.current = self.current, Snapshot(folder, published)
        if old:
            old.is_old = True
            old.drop()
        return True

    def _state(self) -> _State:
        """Changes with every program that opens the store for writing, and when another store takes its place."""
        return _look(self.store, self.store / "CURRENT")

    def _published(self) -> _State:
        """Changes when a build has finished; where no record is kept, when a writer has."""
        return _look(self.record) or self._state()


def _look(*files: Path) -> _State:
    """Inode, time and size of files; nothing when one is missing."""
    try:
        return tuple((found.st_ino, found.st_mtime_ns, found.st_size) for found in (file.stat() for file in files))
    except OSError:
        return ()


def _is_written(store: Path) -> bool:
    """Whether another program has the store open for writing: RocksDB then holds a lock on a file of it."""
    try:
        file = os.open(store / "LOCK", os.O_RDWR)
    except PermissionError:
        return False  # it cannot be told; the comparison of dates remains
    except OSError:
        return not (store / "CURRENT").is_file()
    try:
        os.lockf(file, os.F_TEST, 0)
    except OSError:
        return True
    finally:
        os.close(file)
    return False


def _copy(store: EmbeddedStore, source: Path, folder: Path) -> None:
    """Link the store's files into a new folder, or copy them where links are not possible; then empty logs cost nothing."""
    try:
        store.snapshot(folder)
    except KgError:
        raise
    except (RuntimeError, OSError):
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(source, folder, ignore=shutil.ignore_patterns("LOCK", "LOG*"))


def _clear(parent: Path) -> None:
    """Delete what servers left that were killed: nobody holds the lock in it any more."""
    for folder in parent.glob(f"{_PREFIX}*"):
        with suppress(OSError):
            file = os.open(folder / "lock", os.O_RDWR)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)
            finally:
                os.close(file)
