"""A build may replace or change the store under a running server: no request fails, and the new graph is served."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from build_fixtures import write_documents
from pyoxigraph import Store
from server_fixtures import A, B, build_toy, serving

from kg.rdf.store import open_store
from kg.server.snapshot import Publication

COUNT = "SELECT (COUNT(?c) AS ?n) { ?c kg:key ?key }"


@pytest.mark.parametrize("is_new", [True, False], ids=["a new store in its place", "changes in the same store"])
def test_no_request_fails_while_a_build_writes(tmp_path: Path, is_new: bool) -> None:
    out = build_toy(tmp_path, a=A, b=B)  # one attack, two memberships
    statuses: list[int] = []
    counts: list[str] = []
    done = threading.Event()
    with serving(out) as server:
        def keep_asking() -> None:
            with httpx.Client(base_url=server.address, timeout=60) as client:
                while not done.is_set():
                    answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
                    statuses.append(answer.status_code)
                    counts.append(answer.text.split()[-1])

        threads = [threading.Thread(target=keep_asking) for _ in range(3)]
        for thread in threads:
            thread.start()
        try:
            for number in range(1, 4):
                if is_new:
                    (out / "published.json").unlink()
                write_documents(tmp_path / "documents", **{f"more{number}": f"G{'X' * number} attacked SAC.\n"})
                build_toy(tmp_path, a=A, b=B)
                while str(3 + number) not in counts[-3:] and all(status == 200 for status in statuses):
                    time.sleep(0.05)
        finally:
            done.set()
            for thread in threads:
                thread.join()
        assert set(statuses) == {200}
        assert set(counts) <= {"3", "4", "5", "6"}  # never a half-written graph
        assert counts[-1] == "6"
        homes = list(out.glob(".serving-*/[0-9]*"))
        assert len(homes) == 1  # old snapshots are gone


@pytest.fixture
def publication(tmp_path: Path) -> Publication:
    out = build_toy(tmp_path, a=A)
    return Publication(out / "store", out / "published.json")


def test_a_store_that_is_being_written_is_left_alone(publication: Publication) -> None:
    publication.open()
    assert publication.refresh()
    first = publication.current
    record = publication.record
    code = f"import pyoxigraph, time; s = pyoxigraph.Store({str(publication.store)!r}); print('open', flush=True); time.sleep(600)"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as writer:
        if writer.stdout is None or writer.stdout.readline() != "open\n":
            raise RuntimeError("the writer did not start")
        record.write_text("{}")  # as if a build had finished
        assert publication.is_stale()
        assert not publication.refresh()
        assert publication.current is first
        writer.kill()
    assert publication.refresh()
    assert not publication.is_stale()
    publication.close()


def test_a_snapshot_stays_as_long_as_somebody_reads_it(publication: Publication) -> None:
    publication.open()
    publication.refresh()
    first = publication.current
    if first is None:
        raise RuntimeError("no snapshot")
    first.readers += 1
    publication.record.write_text("{}")
    publication.refresh()
    assert publication.current is not first
    assert len(Store.read_only(str(first.folder))) > 0
    first.release()
    assert not first.folder.exists()
    publication.close()
    assert not list(publication.store.parent.glob(".serving-*"))


def test_what_a_killed_server_left_is_cleared_and_what_a_living_one_has_is_not(publication: Publication) -> None:
    publication.open()
    left = publication.store.parent / ".serving-left"
    left.mkdir()
    (left / "lock").touch()
    other = Publication(publication.store, publication.record)
    other.open()
    assert not left.exists()
    assert len(list(publication.store.parent.glob(".serving-*"))) == 2
    publication.close()
    other.close()


def test_without_a_finished_graph_it_says_so_and_goes_on(tmp_path: Path) -> None:
    (tmp_path / "kg-out" / "store").mkdir(parents=True)
    with serving(tmp_path / "kg-out") as server:
        assert (server.get("/health").status_code, server.ask("ASK {}").status_code) == (503, 503)
        assert server.get("/queries").status_code == 200
        open_store(str(tmp_path / "kg-out" / "store")).close()
        while server.get("/health").status_code == 503:
            time.sleep(0.05)
        assert server.ask("ASK {}").json()["boolean"] is True
