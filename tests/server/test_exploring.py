"""The explorer of a graph too large for one page: which claims are chosen, what is found by name, and the pages in a real browser."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import httpx
import pytest
from server_fixtures import Server, serving

from kg.model import Claim, Document, Evidence, Kind, Period, Reference, Span
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.mapping import claims_quads, document_quads
from kg.rdf.names import entity_iri
from kg.rdf.store import open_store
from kg.server import surroundings
from kg.server.exploring import WHOLE
from kg.server.finding import find_actors
from kg.server.surroundings import Surroundings, around, at_first

AXE = Path(__file__).resolve().parents[1] / "view" / "vendor" / "axe-core" / "axe.min.js"
EVIL = "</script><script>window.hit = 1</script>"
HUB = Reference("hub", Kind.ARMED_GROUP, "Ta’ang Front", ("TF",))
SPOKES = [Reference(f"spoke-{n:02}", Kind.ARMED_GROUP, f"Łódź Unit {n}") for n in range(30)]
FAR = Reference("far", Kind.ARMED_GROUP, EVIL)
TOWN = Reference("town", Kind.PLACE, "Lashio")
PAPER = Document("a b/1#?.txt", "", title=EVIL, publisher="The Daily", published=Period.parse("2024-01-01"))


def claim(type_: str, number: int, **fields: Any) -> Claim:
    quote = f"Sentence {number}: {EVIL}"
    return Claim(type_, (Evidence(PAPER.id, Span(number * 100, number * 100 + len(quote)), quote),), reported=PAPER.published, **fields)


def on(day: int) -> Period:
    return Period.of(date(2023, 1, 1) + timedelta(day))


# A hub with thirty spokes, ten attacks on each and one alliance with the first; two spokes that fight each other; one tied to FAR alone.
ATTACKS = [claim("attack", 10 * n + m, subject=HUB, object=spoke, place=TOWN, period=on(m))
           for n, spoke in enumerate(SPOKES) for m in range(10)]
ALLIANCE = claim("allied_with", 400, subject=HUB, object=SPOKES[0], period=on(3))
AMONG = claim("opposes", 401, subject=SPOKES[1], object=SPOKES[2])
BEYOND = claim("supports", 402, subject=SPOKES[3], object=FAR, period=on(4))
FALL = claim("capture", 403, subject=HUB, object=TOWN)
CLAIMS = [*ATTACKS, ALLIANCE, AMONG, BEYOND, FALL]


@pytest.fixture(scope="module")
def store() -> EmbeddedStore:
    made = open_store("memory:")
    assert isinstance(made, EmbeddedStore)
    made.load([*document_quads(PAPER), *claims_quads(CLAIMS)])
    return made


def centre(store: EmbeddedStore, *actors: Reference) -> Surroundings:
    return around(store, [entity_iri(actor.id, actor.kind) for actor in actors])


def test_around_an_actor_is_all_that_names_it_and_what_ties_its_neighbours(store: EmbeddedStore) -> None:
    found = centre(store, HUB)
    # all but the tie of a neighbour with somebody that the hub has no tie to
    assert {one.id for one in found.claims} == {one.id for one in CLAIMS} - {BEYOND.id}
    assert (found.neighbours, found.found, found.is_all) == (30, 302, True)


def test_around_two_is_the_union(store: EmbeddedStore) -> None:
    assert {one.id for one in centre(store, HUB, FAR).claims} == {one.id for one in CLAIMS}
    assert {one.id for one in centre(store, FAR).claims} == {BEYOND.id}


def test_of_too_many_claims_every_tie_has_one_and_its_whole_time_is_there(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "MOST_CLAIMS", 63)  # 33 bundles: 30 x attack, the alliance, the opposition, the town taken
    found = centre(store, HUB)
    assert not found.is_all
    assert len(found.claims) == 63
    assert {ALLIANCE.id, AMONG.id, FALL.id} <= {one.id for one in found.claims}
    attacks = [one for one in found.claims if one.type == "attack"]
    days = {tuple(sorted(str(one.period) for one in attacks if one.object == spoke)) for spoke in SPOKES}
    assert days == {("2023-01-01", "2023-01-10")}  # the first and the last of ten


def test_of_too_many_neighbours_the_most_named_stay(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "MOST_NEIGHBOURS", 1)
    found = centre(store, HUB)
    assert {one.object for one in found.claims if one.object and one.object.kind.is_actor} == {SPOKES[0]}  # eleven claims, others ten
    assert not found.is_all


def test_a_sample_is_looked_at_and_said_to_be_one(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surroundings, "AROUND", 20)
    found = centre(store, HUB)
    assert found.found <= 4 * 20
    assert not found.is_all


def test_at_first_the_most_named_and_the_ties_between_them(store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    assert {one.id for one in at_first(store).claims} == {one.id for one in CLAIMS} - {FALL.id}  # a town taken ties nobody
    monkeypatch.setattr(surroundings, "FIRST_ACTORS", 2)
    assert {one.object for one in at_first(store).claims} == {SPOKES[0]}
    assert not at_first(store).is_all


@pytest.mark.parametrize(("text", "ids", "exact"), [
    ("ta'ang front", ["hub"], True), ("TAANG", ["hub"], False), ("TF", ["hub"], True), ("tf", ["hub"], True),
    ("lodz unit 7", ["spoke-07"], True), ("unit 1", [f"spoke-{n:02}" for n in (1, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19)], False),
    ("front", ["hub"], False), ("Lashio", [], False), ("", [], False), ("'", [], False), ("nobody", [], False),
    ("\ud800", [], False), ("x" * 100_000, [], False),
])
def test_actors_are_found_by_any_name(store: EmbeddedStore, text: str, ids: list[str], exact: bool) -> None:
    found = find_actors(store, text)
    assert [one.id for one in found] == ids
    assert any(one.exact for one in found) is exact


def test_whoever_is_named_more_often_comes_first(store: EmbeddedStore) -> None:
    assert [(one.id, one.claims) for one in find_actors(store, "unit")][:2] == [("spoke-00", 11), ("spoke-01", 11)]


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A service beside whose store lies a page that is too large for a browser."""
    out = tmp_path_factory.mktemp("large") / "kg-out"
    out.mkdir()
    made = open_store(str(out / "store"))
    made.load([*document_quads(PAPER), *claims_quads(CLAIMS)])
    made.close()
    with (out / "explorer.html").open("wb") as page:
        page.truncate(WHOLE + 1)
    with serving(out, "--workers", "1") as started:
        yield started


class Data(HTMLParser):
    """What a page holds as data."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._in = ""
        self.blocks: dict[str, Any] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._in = (dict(attrs).get("id") or "") if tag == "script" else self._in

    def handle_endtag(self, tag: str) -> None:
        self._in = "" if tag == "script" else self._in

    def handle_data(self, data: str) -> None:
        if self._in:
            self.blocks[self._in] = json.loads(data)


def test_a_small_page_is_sent_whole_and_a_large_one_in_parts(server: Server, large: Server) -> None:
    assert Data(server.get("/").text).blocks["kg-data"]["server"] is None
    front = Data(large.get("/").text).blocks["kg-data"]
    assert front["server"]["address"] == "/explore"
    assert len(front["claims"]) == len(CLAIMS) - 1


@pytest.mark.parametrize(("path", "status"), [
    ("/explore?actor=nobody", 404), ("/explore?steps=2&actor=hub", 400), ("/explore?nonsense=1", 400), ("/explore?find=a&find=b", 400),
    ("/explore?find=a&actor=hub", 400), ("/explore?" + "&".join(f"actor=a{n}" for n in range(9)), 400),
    ("/explore?actor=%22%3E%20%7B", 404), ("/explore?find=%FF", 400),
])
def test_what_is_wrong_is_said(large: Server, path: str, status: int) -> None:
    answer = large.get(path, "application/json")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["problem"]


def test_nothing_is_changed_by_asking(large: Server) -> None:
    assert [large.get("/explore", method).status_code for method in ("text/html", "*/*")] == [200, 200]
    assert httpx.post(large.address + "/explore").status_code == 405


def test_names_that_fit_as_data_and_as_a_page(large: Server) -> None:
    row = large.get("/explore?find=taang", "application/json").json()[0]
    assert row == {"id": "hub", "name": "Ta’ang Front", "label": "Ta’ang Front", "kind": "armed group", "claims": 302, "more": False}
    page = large.get("/explore?find=unit", "text/html").text
    assert page.count('<li><a href="/explore?actor=spoke-') == 12
    assert "No actor has a name like this" in large.get(f"/explore?find={EVIL}x", "text/html").text
    assert EVIL not in large.get(f"/explore?find={EVIL}x", "text/html").text
    assert Data(large.get("/explore?find=TF", "text/html").text).blocks["kg-data"]["server"]["asked"] == ["hub"]  # one fits: its page


def test_below_a_path_of_a_proxy_the_pages_ask_there(large: Server) -> None:
    with serving(large.out, "--workers", "1", "--root-path", "/kg") as below:  # a proxy takes the path off before it asks
        page = httpx.get(f"{below.address.removesuffix('/kg')}/explore", params={"actor": "hub"}).text
    assert Data(page).blocks["kg-data"]["server"]["address"] == "/kg/explore"


@pytest.fixture(scope="module")
def tab() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium found: install it or set KG_CHROMIUM to its path")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        tab = browser.new_page()
        tab.asked, tab.said = [], []
        tab.on("request", lambda request: tab.asked.append(request.url))
        tab.on("console", lambda message: tab.said.append(message.text))
        tab.on("pageerror", lambda error: tab.said.append(str(error)))
        yield tab
        browser.close()


READY = "body[data-ready=yes]"
PLACES = "Object.fromEntries([...kg.shownActors].map((a) => [kg.data.actors[a].id, kg.places.of(a).map(Math.round)]))"


def test_a_person_searches_goes_there_adds_another_and_goes_back(large: Server, tab: Any) -> None:
    tab.goto(large.address + "/")
    tab.wait_for_selector(READY)
    assert tab.inner_text("#counts strong").startswith("A first look") or tab.inner_text("#counts strong") == "All there is."
    tab.fill("#time input[type=date]", "2023-01-05")
    tab.dispatch_event("#time input[type=date]", "change")
    tab.focus("#find")
    tab.keyboard.type("window.hit")
    tab.keyboard.press("Enter")
    with tab.expect_navigation():
        tab.click("#panel .server >> text=All its ties")
    tab.wait_for_selector(READY)
    assert tab.title() == f"Around {EVIL}"
    assert tab.inner_text("#day").startswith("5 January 2023")  # the day came along
    tab.fill("#find", "ta'ang")  # nobody here is called so
    tab.wait_for_selector("#found .elsewhere small")
    with tab.expect_navigation():
        tab.keyboard.press("Enter")
    tab.wait_for_selector(READY)
    assert tab.title() == "Around Ta’ang Front"
    tab.go_back()
    tab.wait_for_selector(READY)
    tab.click("#all-time")
    tab.fill("#find", "unit 3")
    tab.keyboard.press("Enter")
    before = tab.evaluate(PLACES)
    with tab.expect_navigation():
        tab.click("text=Add its ties to these")
    tab.wait_for_selector(READY)
    assert set(tab.evaluate(PLACES)) == {"far", "spoke-03", "hub"}
    assert {id_: place for id_, place in tab.evaluate(PLACES).items() if id_ in before} == before  # who was there stands where he stood
    tab.go_back()
    tab.wait_for_selector(READY)
    assert set(tab.evaluate(PLACES)) == {"far", "spoke-03"}
    assert tab.evaluate("window.hit") is None
    assert [url for url in tab.asked if not url.startswith((large.address, "data:", "blob:"))] == []
    assert tab.said == []


@pytest.mark.parametrize("path", ["/explore?actor=hub#actor=hub", "/explore?find=unit"])
def test_axe_finds_nothing(large: Server, tab: Any, path: str) -> None:
    tab.goto("about:blank")
    tab.goto(large.address + path)
    tab.evaluate("Promise.all(document.getAnimations().map((fade) => fade.finished))")  # what fades in has little contrast until then
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)]))")
    assert found == []
