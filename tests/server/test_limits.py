"""A request that takes too much is stopped, in its own words, and harms no other."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest
from server_fixtures import HOURS, Server, serving


@pytest.fixture(scope="module")
def tight(toy_out: Path) -> Iterator[Server]:
    options = ("--workers", "2", "--timeout", "2", "--max-rows", "1000", "--max-memory", "128", "--max-waiting", "3")
    with serving(toy_out, *options) as started:
        yield started


def settle(server: Server, workers: int = 2) -> None:
    """Wait until killed workers are replaced."""
    while server.get("/health").json()["workers"] < workers:
        time.sleep(0.05)


def test_a_query_without_end_is_stopped_and_the_others_are_answered(tight: Server) -> None:
    settle(tight)
    with ThreadPoolExecutor() as threads:
        bad = threads.submit(tight.ask_as, "192.0.2.1", HOURS)
        others = [tight.ask("ASK { ?c a kg:Attack }").json()["boolean"] for _ in range(5)]
        assert (bad.result().status_code, others) == (503, [True] * 5)
    assert tight.lines()[-1]["status"] == 503  # it ended last: the others did not wait for it
    assert "it took longer than 2 s" in bad.result().text
    settle(tight)


@pytest.mark.parametrize(("query", "accept"), [
    ("SELECT * { ?s ?p ?o . ?a ?b ?c }", "text/csv"), ("SELECT * { ?s ?p ?o . ?a ?b ?c }", "text/tab-separated-values"),
    ("SELECT ?s { ?s ?p ?o . ?a ?b ?c }", "application/sparql-results+json"),
    ("SELECT ?s { ?s ?p ?o . ?a ?b ?c }", "application/sparql-results+xml"),
    ("CONSTRUCT { ?s ?p ?o . ?a ?b ?c . ?s kg:x ?c } WHERE { ?s ?p ?o . ?a ?b ?c }", "application/n-triples"),
])
def test_more_rows_than_are_given_are_refused_never_cut_off(tight: Server, query: str, accept: str) -> None:
    answer = tight.ask(f"{query} LIMIT {100_000 if query.startswith('CONSTRUCT') else 1001}", accept)  # equal triples count once
    assert answer.status_code == 422
    assert "more than 1,000 rows" in answer.text
    within = tight.ask(f"{query} LIMIT 300", accept)
    assert (within.status_code, within.headers["x-sparql-maxrows"]) == (200, "1000")


def test_a_long_answer_that_must_stop_is_cut_visibly(toy_out: Path) -> None:
    with (serving(toy_out, "--max-rows", "20000") as server,
          httpx.stream("GET", f"{server.address}/sparql", params={"query": "SELECT * { ?s ?p ?o . ?a ?b ?c . ?d ?e ?f }"}) as answer):
        assert answer.status_code == 200
        with pytest.raises(httpx.RemoteProtocolError, match="incomplete chunked read"):
            answer.read()
        assert "more than 20,000 rows" in str(server.lines()[-1]["stopped"])


def test_a_query_that_needs_too_much_memory_is_stopped(tight: Server) -> None:
    answer = tight.ask("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i")
    assert answer.status_code == 503
    assert "it needed more memory" in answer.text or "it took longer" in answer.text  # whichever the machine reaches first
    settle(tight)
    assert tight.ask("ASK {}").status_code == 200


def test_a_query_too_deep_for_the_parser_harms_nobody(tight: Server) -> None:
    answer = httpx.post(f"{tight.address}/sparql", content="ASK " + "{" * 200_000, headers={"Content-Type": "application/sparql-query"},
                        timeout=30)
    assert answer.status_code in (400, 503)
    settle(tight)
    assert tight.ask("ASK {}").status_code == 200


def test_too_many_are_sent_away_with_advice_when_to_come_again(tight: Server) -> None:
    settle(tight)
    with ThreadPoolExecutor(12) as threads:
        answers = [future.result() for future in [threads.submit(tight.ask_as, f"192.0.2.{n}", HOURS) for n in range(12)]]
    sent_away = [answer for answer in answers if "too many requests are waiting" in answer.text]
    assert {answer.status_code for answer in answers} == {503}
    assert len(sent_away) >= 12 - 2 - 2 - 3  # two run, two more after them may, three wait
    assert all(int(answer.headers["retry-after"]) > 0 for answer in sent_away)
    settle(tight)


def test_one_client_cannot_take_all_workers_nor_all_places(tight: Server) -> None:
    """Of 2 workers and 3 places it gets one each."""
    settle(tight)
    with ThreadPoolExecutor(8) as threads:
        greedy = [threads.submit(tight.ask_as, "192.0.2.1", HOURS) for _ in range(6)]
        others = [tight.ask_as(f"192.0.2.{n}", "ASK {}").status_code for n in (2, 3, 2, 3)]
        answers = [one.result() for one in greedy]
    assert others == [200] * 4
    assert sorted(answer.status_code for answer in answers) == [429] * 4 + [503] * 2
    assert all("too many of your requests" in one.text and int(one.headers["retry-after"]) > 0 for one in answers if one.status_code == 429)
    settle(tight)
    assert tight.ask_as("192.0.2.1", "ASK {}").status_code == 200  # its share was given back


def test_an_address_is_believed_only_of_a_proxy(toy_out: Path) -> None:
    with serving(toy_out, "--proxy", "192.0.2.9") as server:
        server.ask_as("192.0.2.1", "ASK {}")
        assert [line["client"] for line in server.requests(1)] == ["127.0.0.1"]


def test_when_the_client_leaves_the_worker_is_stopped(toy_out: Path) -> None:
    with serving(toy_out, "--workers", "1", "--timeout", "50") as server:
        (worker,) = server.children()
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.address}/sparql", params={"query": HOURS}, timeout=0.5)
        assert server.ask("ASK {}").status_code == 200  # long before 50 s, by another worker
        assert server.children() != [worker]
        assert [line for line in server.lines() if line.get("stopped") == "the client left"]


def test_a_worker_that_is_killed_is_replaced(toy_out: Path) -> None:
    with serving(toy_out, "--workers", "1") as server:
        os.kill(server.children()[0], signal.SIGKILL)
        first = server.ask("ASK {}").status_code
        assert first in (200, 503)
        assert server.ask("ASK {}").status_code == 200


def test_workers_leave_when_the_server_is_gone(toy_out: Path) -> None:
    with serving(toy_out, "--workers", "2") as server:
        workers = server.children()
        with pytest.raises(httpx.ReadTimeout):
            httpx.get(f"{server.address}/sparql", params={"query": HOURS}, timeout=0.5)
        workers += server.children()
        server.process.kill()
        server.process.wait()
        while [pid for pid in workers if Path(f"/proc/{pid}/stat").exists() and " Z " not in Path(f"/proc/{pid}/stat").read_text()]:
            time.sleep(0.05)


def test_sigterm_lets_a_running_request_finish(toy_out: Path) -> None:
    before = set(toy_out.glob(".serving-*"))  # of the servers of other tests
    with serving(toy_out, "--workers", "1", "--timeout", "2") as server, ThreadPoolExecutor() as threads:
        running = threads.submit(server.ask, HOURS)
        while not server.get("/health").json()["waiting"]:
            threads.submit(server.ask, "ASK {}")
            time.sleep(0.05)
        server.process.terminate()
        assert "it took longer than 2 s" in running.result().text  # its own end, not the server's
        assert server.process.wait(30) in (0, -signal.SIGTERM)
        assert server.lines()[-1]["event"] == "stopped"
        assert set(toy_out.glob(".serving-*")) <= before
