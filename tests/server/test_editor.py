"""The pages in a browser that would tell of every request that leaves the host."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from server_fixtures import Server


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium found: install it or set KG_CHROMIUM to its path")
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_context().new_page()
    opened.asked, opened.said = [], []
    opened.on("request", lambda request: opened.asked.append(request.url))
    opened.on("console", lambda message: opened.said.append(message.text))
    opened.on("pageerror", lambda error: opened.said.append(str(error)))
    yield opened
    opened.close()


@pytest.mark.parametrize("path", ["/", "/queries", "/queries/largest-alliances?format=html", "/actors/aa", "/editor"])
def test_a_page_asks_nobody_else_and_breaks_no_rule_of_its_own(server: Server, page: Any, path: str) -> None:
    page.goto(server.address + path, wait_until="networkidle")
    assert [url for url in page.asked if not url.startswith((server.address, "data:", "blob:"))] == []
    assert page.said == []  # a breach of the content security policy is said here
    assert page.context.cookies() == []


def test_the_editor_asks_an_example(server: Server, page: Any) -> None:
    page.goto(f"{server.address}/editor")
    page.wait_for_selector("body[data-ready=yes]")
    page.select_option("#examples", "largest-alliances")
    page.evaluate("kgYasgui.getTab().query()")
    page.wait_for_selector(".yasr_results td >> text=TBA")
    assert [url for url in page.asked if not url.startswith((server.address, "data:", "blob:"))] == []


@pytest.mark.parametrize(("typed", "offered"), [
    ("SELECT * WHERE { ?c a kg:Defe", "kg:Defection"), ("SELECT * WHERE { ?c kg:sub", "kg:subject"),
    ("PREFIX kin", "kind: <https://w3id.org/allegiance/kind/>"),
])
def test_the_editor_completes_from_the_ontology(server: Server, page: Any, typed: str, offered: str) -> None:
    page.goto(f"{server.address}/editor")
    page.wait_for_selector("body[data-ready=yes]")
    page.evaluate("(text) => { const editor = kgYasgui.getTab().getYasqe(); editor.setValue(text); editor.focus(); "
                  "editor.setCursor({ line: 0, ch: text.length }); }", typed)
    page.keyboard.press("Control+Space")
    page.wait_for_function("(text) => document.body.innerText.includes(text) && (document.querySelector('.CodeMirror-hints') || "
                           "kgYasgui.getTab().getYasqe().getValue().includes(text))", arg=offered)
    assert [url for url in page.asked if not url.startswith((server.address, "data:", "blob:"))] == []


def test_an_iri_of_the_graph_is_opened_here(server: Server, page: Any) -> None:
    page.goto(f"{server.address}/editor")
    page.wait_for_selector("body[data-ready=yes]")
    page.evaluate("(text) => { const editor = kgYasgui.getTab().getYasqe(); editor.setValue(text); editor.query(); }",
                  "SELECT * { ?a kg:memberOf ?b }")
    with page.context.expect_page() as opened:
        page.locator(".yasr a.iri[href$='/actor/tba']").first.click()
    opened.value.wait_for_url(f"{server.address}/actors/tba")
    assert [url for url in page.asked if not url.startswith((server.address, "data:", "blob:"))] == []
