"""`kg timeline`, `kg matrix`, `kg map` and `kg flows --out FILE`: which file is written, what is said, and exit codes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest
from build_fixtures import kg
from hand_made_stores import ARMY, FRONT, told, write_store

from kg.model import Kind, Quantity, Reference

GUARDS = Reference("guards", Kind.MILITARY_UNIT, "River Guards")
LASHIO = Reference("lashio", Kind.PLACE, "Lashio")
HILL = Reference("hill", Kind.PLACE, "a hill")


CLAIMS = [
    told("part_of", 0, "The guards were part of the army.", subject=GUARDS, object=ARMY, on="2020/2023-06-15"),
    told("defect", 40, "The <b>guards</b> went over to the front.", subject=GUARDS, from_=ARMY, to=FRONT, on="2023-06-15"),
    told("attack", 90, "The front attacked the army.", subject=FRONT, object=ARMY, on="2023-11-15"),
    told("capture", 130, "The front took Lashio.", document="b.txt", subject=FRONT, object=LASHIO, from_=ARMY, on="2023-11-12"),
    told("controls", 160, "The army holds a hill.", document="b.txt", subject=ARMY, object=HILL, on="2023-11-01/.."),
    told("desert", 190, "At least 750 soldiers deserted.", document="b.txt", from_=ARMY, quantity=Quantity(750, None, "At least 750"),
         on="2023-11-01/2023-11-17"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """A store of six claims of two documents."""
    return write_store(tmp_path_factory.mktemp("drawing"), CLAIMS)


@pytest.fixture
def here(graph, monkeypatch):
    monkeypatch.chdir(graph)


pytestmark = pytest.mark.usefixtures("here")


def texts(path):
    """What is written in a picture."""
    return [node.text for node in ElementTree.parse(path).iter("{http://www.w3.org/2000/svg}text")]  # noqa: S314  # we made it


@pytest.mark.parametrize(("arguments", "name", "finding"), [
    (("timeline",), "timeline", "River Guards left the National Army for the Free Front on 15 June 2023"),
    (("timeline", "--actor", "River Guards"), "timeline", "River Guards left the National Army for the Free Front on 15 June 2023"),
    (("matrix", "--on", "2023-11-15"), "matrix",
     "The National Army and the Free Front are told to stand against each other on 15 November 2023, no pairs together"),
    (("map", "--on", "2023-11-12"), "map", "The Free Front and the National Army are each told to hold Lashio on 12 November 2023"),
    (("map", "--on", "2023-11-20"), "map", "The Free Front is told to hold one of one place on the map on 20 November 2023, perhaps"),
])
def test_a_picture_is_written_and_its_finding_said(capsys, arguments, name, finding):
    code, out, err = kg(capsys, *arguments)
    assert (code, out, err) == (0, f"kg-out/{name}.svg: {finding}\n", "")
    assert "Sources" in " ".join(texts(Path("kg-out") / f"{name}.svg"))


def test_the_lane_of_an_actor_has_the_sentences_as_text(capsys, tmp_path):
    kg(capsys, "timeline", "--actor", "guards", "--out", str(tmp_path / "a.svg"))
    shown = texts(tmp_path / "a.svg")
    assert "“The <b>guards</b> went over to the front.”" in shown
    assert "The Daily · 2023-12-01 · a.txt" in shown


def test_flows_are_drawn_when_out_names_a_picture(capsys, tmp_path):
    code, out, _ = kg(capsys, "flows", "--out", str(tmp_path / "flows.svg"))
    assert code == 0
    assert out.endswith("750 people or more are told to have deserted the National Army; nobody sets an upper bound\n")
    assert "750 or more" in texts(tmp_path / "flows.svg")
    assert kg(capsys, "flows", "--out", "kg-out")[1].startswith("from ")  # a folder is still where the graph lies


def test_the_table_twin_is_written_instead(capsys):
    _, out, err = kg(capsys, "matrix", "--on", "2023-11-15", "--format", "json")
    assert {(row["actor"], row["stands"], row["other"], row["how surely"]) for row in json.loads(out)} >= {
        ("National Army", "against", "Free Front", "surely")}
    assert err.startswith("The National Army and the Free Front are told")
    _, out, _ = kg(capsys, "map", "--on", "2023-11-12", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert [(row["place"], row["holder"], row["that day"], row["latitude"]) for row in rows if row["holder"] == "Free Front"] == [
        ("Lashio", "Free Front", "yes", rows[0]["latitude"])]


@pytest.mark.parametrize("command", ["matrix", "map"])
def test_small_multiples_have_a_picture_for_each_year(capsys, tmp_path, command):
    code, _, _ = kg(capsys, command, "--on", "2023-11-15", "--by", "year", "--out", str(tmp_path / "years.svg"))
    assert code == 0
    assert "15 November 2023" in texts(tmp_path / "years.svg")


def test_a_page_holds_picture_and_table(capsys, tmp_path):
    kg(capsys, "map", "--on", "2023-11-12", "--out", str(tmp_path / "map.html"))
    page = (tmp_path / "map.html").read_text(encoding="utf-8")
    assert "<td dir=\"auto\">Lashio</td>" in page
    assert "default-src 'none'" in page


def test_a_png_is_a_png(capsys, tmp_path):
    pytest.importorskip("resvg_py", reason="resvg is not installed: pip install 'allegiance-kg[png]'")
    kg(capsys, "matrix", "--on", "2023-11-15", "--out", str(tmp_path / "m.png"))
    data = (tmp_path / "m.png").read_bytes()
    assert data.startswith(b"\x89PNG")
    assert int.from_bytes(data[16:20], "big") == 1520  # twice 760, from the header of the PNG


@pytest.mark.parametrize(("arguments", "code", "says"), [
    (("map", "--out", "map.gif"), 2, "end it in .svg, .png, .html"),
    (("map", "--on", "May"), 2, "write it as 2023-11-15"),
    (("map", "--country", "ZZ"), 2, "give its two-letter code"),
    (("timeline", "--from", "2024-01-01", "--to", "2023-01-01"), 2, "give an earlier --from or a later --to"),
    (("timeline", "--actor", "nobody"), 2, "no actor is called"),
    (("matrix", "--out", "no/such/folder/m.svg"), 1, "see that its folder exists"),
    (("matrix", "--store", "nowhere"), 1, "build one: kg build DOCUMENTS"),
])
def test_wrong_use_is_one_line(capsys, arguments, code, says):
    found, _, err = kg(capsys, *arguments)
    assert found == code
    assert says in err
    assert err.count("\n") == 1


def test_the_same_graph_gives_the_same_bytes(capsys, tmp_path):
    for name in ("a.svg", "b.svg"):
        kg(capsys, "timeline", "--out", str(tmp_path / name))
    assert (tmp_path / "a.svg").read_bytes() == (tmp_path / "b.svg").read_bytes()
