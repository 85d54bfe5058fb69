"""Pictures as a browser draws them, with its own fonts: no text over another, none outside, nothing asked of the network."""

from __future__ import annotations

import pytest
from picture_samples import ARABIC, ARMY, BURMESE, HOSTILE, actor, allegiance
from test_pictures_flows import MONTHS, WHOLE
from test_pictures_flows import draw as draw_flows
from test_pictures_loyalty import crowd, storyline
from test_pictures_map import draw as draw_map
from test_pictures_map import held, place
from test_pictures_matrix import crowd as matrix_crowd
from test_pictures_matrix import draw as draw_matrix

from kg.view.pictures.picture import to_html

PICTURES = {
    "timeline": lambda: storyline(*crowd(30)),
    "scripts": lambda: storyline({str(i): [allegiance(actor(name), ARMY, ("2023-01-01", None, None, None))]
                                  for i, name in enumerate((BURMESE, ARABIC, HOSTILE))}),
    "flows": lambda: draw_flows(WHOLE, MONTHS),
    "matrix": lambda: draw_matrix(*matrix_crowd(30, "Army of a long name")),
    "map": lambda: draw_map(*(held(p, ARMY) for p in MANY), places=MANY),
}
MANY = [place(f"town {i}", 20 + i % 7 * 0.3, 95 + i // 7 * 0.4) for i in range(40)]

# Boxes of what is not turned: a turned text's upright box is larger than its letters.
BOXES = """() => [...document.querySelectorAll('svg text')].filter(t => !t.hasAttribute('transform') && t.textContent.trim()).map(t => {
  const b = t.getBBox(), m = t.getCTM(), s = +t.getAttribute('font-size')
  const y = +t.getAttribute('y')
  return {said: t.textContent, left: b.x + m.e, right: b.x + b.width + m.e, top: y - 0.72 * s + m.f, bottom: y + 0.2 * s + m.f}
})"""


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_drawn_texts_stay_apart_and_inside(chromium, tmp_path, name):
    path = tmp_path / "picture.html"
    path.write_text(to_html(PICTURES[name]()), encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1000, "height": 900})
    asked, problems = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.goto(path.as_uri())
    page.add_style_tag(content="svg[role]{width:760px !important;position:absolute;left:0;top:0}")
    boxes = page.evaluate(BOXES)
    page.close()
    assert asked == [path.as_uri()]
    assert problems == []
    assert boxes
    assert [box["said"] for box in boxes if box["left"] < 0 or box["right"] > 761] == []
    assert [(a["said"], b["said"]) for i, a in enumerate(boxes) for b in boxes[i + 1:]
            if a["left"] + 1 < b["right"] and b["left"] + 1 < a["right"]
            and a["top"] + 1 < b["bottom"] and b["top"] + 1 < a["bottom"]] == []
