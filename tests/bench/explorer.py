"""How fast the explorer page is in Chromium: first picture, filtering, a step of the day, for networks of 100, 1,000 and 5,000 actors.

    python tests/bench/explorer.py [ACTORS ...]

Actors attach to the already well connected, five ties each; every tie is one claim with a sentence and two days. The first picture
is counted from the start of loading to the first frame after it is drawn; the others are medians of eleven, without painting.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from kg.model import Claim, Document, Evidence, Kind, Period, Reference, Span, ties
from kg.network.layout import positions
from kg.network.project import project
from kg.view.explorer import explorer_page

TIES = 5  # for each actor
TYPES = ("attack", "allied_with", "supports", "member_of", "opposes", "ceasefire", "defect")
SIDES = ("Northern", "Southern", "Eastern", "Western")
KINDS = (Kind.ARMED_GROUP, Kind.MILITARY_UNIT, Kind.ALLIANCE, Kind.GOVERNMENT, Kind.STATE)


def make_claims(actors: int) -> list[Claim]:
    """Claims of a network in which who has ties gets more of them."""
    chance = random.Random(0)  # noqa: S311
    known = [Reference(f"actor-{n}", KINDS[n % 9 % len(KINDS)], f"{SIDES[n % 4]} Front {n}", (f"NF{n}",)) for n in range(actors)]
    weighted = list(range(TIES + 1))
    claims = []
    for n in range(TIES + 1, actors):
        for partner in sorted(set(chance.choices(weighted, k=TIES))):
            begin = date(2015, 1, 1) + timedelta(chance.randrange(4000))
            type_ = chance.choice(TYPES)
            quote = f"The {known[n].name} and the {known[partner].name} were named in a report of {begin}, which tells of: {type_}."
            roles = {"subject": known[n], "to" if type_ == "defect" else "object": known[partner]}
            if type_ == "defect":
                roles["from_"] = known[chance.choice(weighted)]
            claims.append(Claim(type_, (Evidence(f"d{len(claims) // 5}", Span(0, len(quote)), quote),), **roles,
                                period=Period.of(begin, begin + timedelta(chance.randrange(900))),
                                reported=Period.of(begin + timedelta(3))))
            weighted += [n, partner]
    return claims


def median_of(page: Page, act: str) -> float:
    """Milliseconds of computing, the median of eleven turns; each frame is shown before the next turn."""
    script = """async (act) => {
        const run = new Function("turn", act), frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
        const taken = [];
        for (let turn = 0; turn < 12; turn++) {
            const start = performance.now();
            run(turn);
            taken.push(performance.now() - start);
            await frame();
        }
        return taken.slice(1);
    }"""
    return statistics.median(page.evaluate(script, act))


ACTS = {
    "type off and on": "kg.state.off.type[turn % 2 ? 'delete' : 'add']('attack'); kg.update()",
    "kind off and on": "kg.state.off.kind[turn % 2 ? 'delete' : 'add']('alliance'); kg.update()",
    "another day": "kg.setTime('day', 17000 + 30 * turn)",
    "another range": "kg.setTime('range', 17000 + 30 * turn, 17400 + 30 * turn)",
    "a neighbourhood": "kg.setTime('all'); kg.scope.only(turn)",
}


def main(sizes: list[int]) -> None:
    """Make the pages, open each, print a line of figures."""
    browser_path = os.environ.get("KG_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    sys.stdout.write("actors  claims  page MB  python s  first picture s  " + "  ".join(f"{name} ms" for name in ACTS) + "\n")
    with sync_playwright() as driver, tempfile.TemporaryDirectory() as folder:
        browser = driver.chromium.launch(executable_path=browser_path, args=["--no-sandbox", "--disable-gpu"])
        for size in sizes:
            claims = make_claims(size)
            documents = {claim.document: Document(claim.document, "", title=claim.document, publisher="The Daily") for claim in claims}
            where = positions(project(ties(claims)))
            start = time.perf_counter()
            html = explorer_page(claims, documents, positions=where, title=f"{size} actors")
            made = time.perf_counter() - start
            path = Path(folder, "page.html")
            path.write_text(html, encoding="utf-8")
            page = browser.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
            page.goto(path.as_uri())
            page.wait_for_selector("body[data-ready=yes]", timeout=120_000)
            first = page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(performance.now()))))") / 1000
            taken = [median_of(page, act) for act in ACTS.values()]
            sys.stdout.write(f"{size:6}  {len(claims):6}  {len(html) / 1e6:7.1f}  {made:8.1f}  {first:15.2f}  "
                             + "  ".join(f"{ms:{len(name) + 3}.0f}" for name, ms in zip(ACTS, taken, strict=True)) + "\n")
            sys.stdout.flush()
            page.close()
        browser.close()


if __name__ == "__main__":
    main([int(argument) for argument in sys.argv[1:]] or [100, 1000, 5000])
