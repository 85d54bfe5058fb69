"""Make the pictures of the explorer: the page of the demo with one line opened, at three widths, in headless Chromium with the network cut.

    kg build seeds/documents && python docs/screenshot.py kg-out/explorer.html docs/explorer.png

writes docs/explorer.png (1440 pixels wide), docs/explorer-1024.png and docs/explorer-390.png.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

SIZES = {1440: 900, 1024: 720, 390: 844}

LINE_MIDDLE = """(ends) => {
  for (const id of kg.drawn.keys()) {
    const line = kg.lines.get(id);
    if (![line.source, line.target].every((end) => ends.includes(kg.data.actors[end].id))) continue;
    const { x, y } = kgNetwork.canvasToDOM(kgNetwork.body.edges[id].edgeType.getPoint(0.5));
    const box = document.getElementById("canvas").getBoundingClientRect();
    return [box.x + x, box.y + y];
  }
}"""


def main(page_file: str, picture: str) -> None:
    """Take the pictures."""
    browser_path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for width, height in SIZES.items():
            file = Path(picture)
            take(browser, page_file, file if width == 1440 else file.with_stem(f"{file.stem}-{width}"), width, height)
        browser.close()


def take(browser: Browser, page_file: str, picture: Path, width: int, height: int) -> None:
    """Open the page, click the line between the alliance and one of its members, take the picture."""
    page = browser.new_context(offline=True, viewport={"width": width, "height": height}, locale="en-GB").new_page()
    page.goto(Path(page_file).resolve().as_uri())
    page.wait_for_selector("body[data-ready=yes]")
    page.wait_for_timeout(1_500)
    page.mouse.click(*page.evaluate(LINE_MIDDLE, ["arakan-army", "three-brotherhood-alliance"]))
    page.wait_for_timeout(800)
    page.screenshot(path=picture)
    page.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
