"""Make docs/explorer.png: the page of the demo with one line opened, in headless Chromium with the network cut.

    kg build seeds/documents && python docs/screenshot.py kg-out/explorer.html docs/explorer.png
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

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
    """Open the page, click the line between the alliance and one of its members, take the picture."""
    browser_path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
        page.goto(Path(page_file).resolve().as_uri())
        page.wait_for_selector("body[data-ready=yes]")
        page.wait_for_timeout(1_500)
        page.mouse.click(*page.evaluate(LINE_MIDDLE, ["arakan-army", "three-brotherhood-alliance"]))
        page.wait_for_timeout(800)
        page.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
