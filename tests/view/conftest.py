"""The claims most tests of pages use, and a browser where there is one."""

import os
import shutil

import pytest
from page_reader import Reader
from view_samples import AA, ALLIANCE, ARMY, LASHIO, SPOKESMAN, TNLA, make_claim, make_page

from kg.model import Document, Period, Quantity


@pytest.fixture
def claims():
    """Nine claims: two lines between the same pair, an alliance, a place taken, a desertion, a person's role."""
    return [
        make_claim("attack", subject=TNLA, object=ARMY, place=LASHIO, date="2023-10-27", quote="The TNLA attacked the Tatmadaw at Lashio."),
        make_claim("attack", subject=TNLA, object=ARMY, date="2023-11-02", start=100, quote="TNLA fighters struck the Tatmadaw again."),
        make_claim("ceasefire", subject=ARMY, object=TNLA, date="2025-10-28/..", start=200, quote="The two sides agreed a truce."),
        make_claim("member_of", subject=TNLA, object=ALLIANCE, date="2019/..", start=300, quote="The TNLA belongs to the alliance."),
        make_claim("member_of", subject=AA, object=ALLIANCE, start=400, quote="So does the Arakan Army."),
        make_claim("attack", subject=AA, object=ARMY, date="2023-11-13", start=500, quote="The AA attacked posts of the Tatmadaw."),
        make_claim("capture", subject=TNLA, object=LASHIO, date="2024-08-03", start=600, quote="Lashio fell to the TNLA."),
        make_claim("desert", from_=ARMY, quantity=Quantity(40, None, "more than 40"), start=700, quote="More than 40 soldiers fled."),
        make_claim("holds_role", subject=SPOKESMAN, object=TNLA, role="spokesperson", start=800, quote="Lway Yay Oo speaks for the TNLA."),
    ]


@pytest.fixture
def documents():
    return {"report.txt": Document("report.txt", "", title="A week in Shan State", publisher="The Daily",
                                   published=Period.parse("2023-11-17"), url="https://example.org/shan")}


@pytest.fixture(scope="session")
def chromium():
    """A headless Chromium driven by Playwright."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: pip install -e '.[test]'")
    path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip("no Chromium found: install it or set KG_CHROMIUM to its path")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def offline(chromium):
    """One browser without a network for all readers: starting one for each costs more than most tests."""
    context = chromium.new_context(offline=True, viewport={"width": 1280, "height": 800}, locale="en-GB")
    yield context
    context.close()


@pytest.fixture
def reader(offline, tmp_path):
    reader = Reader(offline, tmp_path)
    yield reader
    reader.tab.close()
    assert reader.requests == []
    assert reader.errors == []


@pytest.fixture
def opened(reader, claims, documents):
    reader.open(make_page(claims, documents))
    return reader
