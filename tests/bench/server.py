"""The service under load: many mixed queries at once, one of them without end.

    python tests/bench/server.py --out kg-out --clients 200 --seconds 60

Every client has an address of its own, as behind a proxy, and asks one query after another, in mixed forms and formats; one
more asks a query that would run for hours. Told are errors, latencies, and how long the endless one lived.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import httpx

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (STR(?c) < STR(?f) && STR(?f) < STR(?i)) }"
MIXED = (
    ("/sparql", "application/sparql-results+json", {"query": "SELECT ?c ?s ?o { ?c a kg:Membership ; kg:subject ?s ; kg:object ?o }"}),
    ("/sparql", "text/csv", {"query": "SELECT ?type (COUNT(?c) AS ?n) { ?c kg:key ?k ; a ?type } GROUP BY ?type ORDER BY DESC(?n)"}),
    ("/sparql", "application/sparql-results+xml", {"query": "ASK { ?c a kg:Defection ; kg:from ?side }"}),
    ("/sparql", "text/turtle", {"query": "CONSTRUCT { ?a kg:memberOf ?b } WHERE { ?a kg:memberOf ?b }"}),
    ("/sparql", "text/tab-separated-values", {"query": "SELECT ?s { ?c oa:exact ?s } LIMIT 200"}),
    ("/queries/side-switches", "application/json", {}),
    ("/queries/largest-alliances", "text/html", {}),
    ("/queries/actors", "text/csv", {}),
    ("/actors/tnla", "application/ld+json", {}),
    ("/actors/tnla", "text/html", {}),
)


async def load(address: str, clients: int, seconds: float) -> tuple[Counter[int | str], list[float], list[tuple[int, float]]]:
    """Ask for so long; statuses, latencies in ms, and status and seconds of each endless query."""
    statuses: Counter[int | str] = Counter()
    latencies: list[float] = []
    endless: list[tuple[int, float]] = []
    until = time.monotonic() + seconds
    limits = httpx.Limits(max_connections=clients + 2)
    async with httpx.AsyncClient(base_url=address, limits=limits, timeout=120) as client:
        async def mixed(number: int) -> None:
            for path, accept, params in itertools.islice(itertools.cycle(MIXED), number, None):
                if time.monotonic() > until:
                    return
                began = time.monotonic()
                try:
                    answer = await client.get(path, params=params, headers={"Accept": accept, "X-Forwarded-For": f"10.0.0.{number}"})
                    statuses[answer.status_code] += 1
                except httpx.HTTPError as problem:
                    statuses[type(problem).__name__] += 1
                latencies.append(1000 * (time.monotonic() - began))

        async def bad() -> None:
            while time.monotonic() < until:
                began = time.monotonic()
                answer = await client.get("/sparql", params={"query": ENDLESS})
                endless.append((answer.status_code, time.monotonic() - began))

        await asyncio.gather(bad(), *(mixed(number) for number in range(clients)))
    return statuses, latencies, endless


def main() -> int:
    """Start a server, load it, tell the numbers; 1 when any request but the endless ones failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("kg-out"))
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--timeout", type=float, default=10)
    parser.add_argument("--workers", type=int, default=4)
    given = parser.parse_args()
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--out", str(given.out), "--timeout", str(given.timeout),
               "--workers", str(given.workers)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            address = server.stdout.readline().strip().rstrip("/") if server.stdout else ""
            statuses, latencies, endless = asyncio.run(load(address, given.clients, given.seconds))
            memory = max((int(line.split()[1]) for line in Path(f"/proc/{server.pid}/status").read_text().splitlines()
                          if line.startswith("VmHWM")), default=0)
        finally:
            server.terminate()
    steps = statistics.quantiles(latencies, n=100)
    sys.stdout.write(json.dumps({
        "clients": given.clients, "seconds": given.seconds, "requests": sum(statuses.values()),
        "statuses": {str(status): number for status, number in statuses.items()},
        "per_second": round(sum(statuses.values()) / given.seconds, 1),
        "ms": {"median": round(steps[49], 1), "p95": round(steps[94], 1), "p99": round(steps[98], 1), "most": round(max(latencies), 1)},
        "endless": [[status, round(took, 2)] for status, took in endless], "server_mib_at_most": memory // 1024,
    }, indent=1) + "\n")
    return int(set(statuses) != {200} or {status for status, _ in endless} != {503})


if __name__ == "__main__":
    sys.exit(main())
