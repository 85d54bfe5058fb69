"""The page for everybody: axe finds nothing, the picture works by keyboard, three widths; and the files it hands out."""

import csv
import io
import xml.etree.ElementTree as ET  # of a file that the page made
from datetime import date
from pathlib import Path

import networkx as nx
import pytest
from view_samples import AA, ALLIANCE, ARMY, TNLA, make_claim, make_page

from kg.model import Certainty, Kind, Polarity, Reference

AXE = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"

STATES = {
    "first": "", "actor": "#actor=tnla&on=2023-11-02", "claims": "#view=table", "ties": "#view=table&table=ties&sort=-Claims",
    "compared": "#on=2023-11-02&against=2025-10-28&around=1:tnla", "path": "#path=tnla&path=aa&hide=spokesman",
    "folded": "#fold=3ba&actor=3ba",
}


@pytest.mark.parametrize("address", STATES.values(), ids=STATES)
def test_axe_finds_nothing(reader, claims, documents, address):
    denial = make_claim("attack", subject=TNLA, object=ARMY, polarity=Polarity.NEGATIVE, certainty=Certainty.DISPUTED,
                        date="2023-10-27", start=950)
    tab = reader.open(make_page([*claims, denial], documents), address)
    tab.evaluate("for (const details of document.querySelectorAll('#legend details, #panel details')) details.open = true")
    tab.wait_for_timeout(100)  # what they hold is made when they open
    tab.evaluate(AXE.read_text(encoding="utf-8"))
    found = tab.evaluate("""async () => (await axe.run()).violations.map(({ id, nodes }) =>
        [id, nodes.slice(0, 3).map((node) => node.html.slice(0, 160))])""")
    assert found == []


def test_the_picture_by_keyboard_alone(opened):
    tab = opened.tab
    while not tab.evaluate("document.activeElement.matches('.vis-network')"):
        tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowUp")  # the ring appears in the middle
    seen = set()
    for key in ("ArrowUp", "ArrowLeft", "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight", "ArrowUp", "ArrowLeft"):
        tab.keyboard.press(key)
        tab.wait_for_timeout(80)
        seen.add(tab.inner_text("#said").split(" · ")[0])
    assert len(seen) >= 3  # it roves
    tab.keyboard.press("n")
    tab.wait_for_timeout(80)
    tie = tab.inner_text("#said")
    assert tie.endswith((" claim", " claims"))
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.activeElement.id") == "panel"
    assert tab.inner_text("#panel h2").split(" ")[0] == tie.split(" ")[0]
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.matches('.vis-network')")
    tab.keyboard.press("ArrowUp")
    opened.address()
    tab.keyboard.press("h")
    assert len(opened.actors()) < 4
    assert "hide=" in opened.address()
    tab.keyboard.press("Control+z")
    assert "hide=" not in opened.address()
    assert len(opened.actors()) == 4


@pytest.mark.parametrize("width", [1440, 1024, 390])
def test_all_that_matters_is_in_reach(reader, claims, documents, width):
    reader.tab.set_viewport_size({"width": width, "height": 800})
    tab = reader.open(make_page(claims, documents), "#on=2023-11-02&to=2024-02-01")
    assert tab.evaluate("document.documentElement.scrollWidth") <= width
    for control in ("#find", "#show-table", "#undo", "#export summary", "#play", "#compare", "#zoom-all",
                    "#time input[aria-label='Last day'][type=date]"):
        box = tab.locator(control).first.bounding_box()
        assert box["x"] >= 0, control
        assert box["x"] + box["width"] <= width, control
        assert box["y"] + box["height"] <= 800, control
    reader.find("TNLA")
    tab.wait_for_timeout(450)
    panel = tab.locator("#panel").bounding_box()
    assert panel["x"] + panel["width"] <= width
    x, y = reader.place_of_actor("TNLA")
    assert x < panel["x"] or y < panel["y"]  # beside the panel, or above it on a phone
    if width < 960:
        tab.click("#filters")
        tab.locator("#legend .done").click()
        assert tab.locator("#legend").is_hidden()


def save(reader, kind):
    reader.tab.click("#export summary")
    with reader.tab.expect_download() as download:
        reader.tab.click(f"[data-export={kind}]")
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


@pytest.fixture
def hostile():
    named = Reference("evil", Kind.ARMED_GROUP, "=HYPERLINK(\"x\") <b>&\x01\u202e\ud800")
    return [make_claim("attack", subject=named, object=ARMY, date="2023-10-27", quote="He said \"no\",\nthen left."),
            make_claim("member_of", subject=AA, object=ALLIANCE, start=50)]


def test_the_table_as_csv(reader, hostile, documents):
    reader.open(make_page(hostile, documents), "#sort=Date")
    name, content = save(reader, "CSV")
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert name == "allegiance-claims.csv"
    assert [row["Claim"] for row in rows] == ["attack", "member of"]
    assert rows[0]["Who"].startswith("'=HYPERLINK(\"x\") <b>&")  # no formula
    assert rows[0]["Sentence"] == "He said \"no\",\nthen left."
    assert rows[0]["Claim id"] == hostile[0].id


def test_the_network_as_gexf_with_its_days(reader, claims, documents, tmp_path):
    reader.open(make_page(claims, documents))
    name, content = save(reader, "GEXF")
    path = tmp_path / name
    path.write_bytes(content)
    graph = nx.read_gexf(path)
    assert set(graph) == {"tnla", "tatmadaw", "3ba", "aa"}
    spells = {(a, b, edge["type"]): edge["spells"] for a, b, edge in graph.edges(data=True)}
    # an event's tie counts for 90 days: 2023-10-27 + 90 = 2024-01-25, 2023-11-02 + 90 = 2024-01-31
    assert spells["tnla", "tatmadaw", "attack"] == [("2023-10-27", "2024-01-25"), ("2023-11-02", "2024-01-31")]
    assert spells["tnla", "3ba", "member_of"][0][0] == date(2019, 1, 1).isoformat()


def test_the_picture_as_vectors_and_as_pixels(reader, hostile, documents):
    reader.open(make_page(hostile, documents), "#on=2023-10-27")
    name, content = save(reader, "SVG")
    root = ET.fromstring(content)  # noqa: S314  # control characters and half characters would break it
    assert name == "allegiance-2023-10-27.svg"
    texts = " ".join(element.text or "" for element in root.iter("{http://www.w3.org/2000/svg}text"))
    assert "Tatmadaw" in texts
    assert "27 October 2023" in texts
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {"svg", "title", "rect", "g", "path", "text", "circle", "polygon"}
    _, png = save(reader, "PNG")
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(png) > 5_000
