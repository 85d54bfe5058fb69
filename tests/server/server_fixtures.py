"""A real server in a process of its own, over a small graph."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from build_fixtures import toy_recipe, write_documents, write_seeds

from kg.build import build

ROOT = Path(__file__).resolve().parents[2]
A = "2023-11-01\n\nAA attacked SAC on 2023-10-27.\n"
B = "TNLA joined TBA. AA joined TBA.\n"
C = "2023-11-02\n\nAA attacked SAC on 2023-10-27.\n"
HOURS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o FILTER (STR(?c) < STR(?f) && STR(?i) < STR(?o)) }"
"""Some 10^12 combinations: nobody sees its end."""


@dataclass(frozen=True, slots=True)
class Server:
    address: str
    process: subprocess.Popen[str]
    out: Path
    log: Path

    def get(self, path: str, accept: str | None = None, **params: str | list[str]) -> httpx.Response:
        headers = {"Accept": accept} if accept else {}
        return httpx.get(self.address + path, params=params or None, headers=headers, timeout=60)

    def ask(self, query: str, accept: str | None = None) -> httpx.Response:
        return self.get("/sparql", accept, query=query)

    def ask_as(self, client: str, query: str) -> httpx.Response:
        """As a proxy on this machine asks for a client."""
        return httpx.get(f"{self.address}/sparql", params={"query": query}, headers={"X-Forwarded-For": client}, timeout=60)

    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.log.read_text().splitlines()]

    def requests(self, number: int) -> list[dict[str, object]]:
        """The requests in the log, once it tells of so many: a line is written after the answer has gone out."""
        deadline = time.monotonic() + 20
        while len(told := [line for line in self.lines() if line["event"] == "request"]) < number and time.monotonic() < deadline:
            time.sleep(0.02)
        return told

    def children(self) -> list[int]:
        text = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text()
        return [int(pid) for pid in text.split()]


def build_toy(folder: Path, **documents: str) -> Path:
    """A graph of documents in the toy language of `build_fixtures`."""
    found = write_documents(folder / "documents", **documents)
    build([str(found)], out=folder / "kg-out", seeds_folder=write_seeds(folder / "seeds"), recipe=toy_recipe())
    return folder / "kg-out"


@contextmanager
def serving(out: Path, *options: str) -> Iterator[Server]:
    """A server on a free port, until the test is over."""
    log = out.parent / f"log-{os.urandom(4).hex()}"
    with log.open("w") as errors:
        process = subprocess.Popen([sys.executable, "-m", "kg", "serve", "--port", "0", "--out", str(out), *options], cwd=ROOT, text=True,
                                   stdout=subprocess.PIPE, stderr=errors)
    try:
        address = (process.stdout.readline() if process.stdout else "").strip().rstrip("/")
        if not address:
            raise RuntimeError(log.read_text())
        yield Server(address, process, out, log)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
