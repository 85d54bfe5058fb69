"""`kg flows`, `kg disagreements`, `kg control` and `kg path`: what is printed where, and exit codes."""

from __future__ import annotations

import csv
import io
import json

import networkx as nx
import pytest
from build_fixtures import kg
from hand_made_stores import ARMY, FRONT, told, write_store

from kg.cli import linking, weighing
from kg.cli.options import Format
from kg.model import Kind, Quantity, Reference, Topic
from kg.network.flows import Stretch
from kg.network.paths import path

LEAGUE = Reference("league", Kind.ALLIANCE, "Hill League")
TOWN = Reference("riverton", Kind.PLACE, "Riverton")


CLAIMS = [
    told("desert", 0, "At least 750 soldiers deserted.", from_=ARMY, quantity=Quantity(750, None, "At least 750"),
         on="2023-10-27/2023-11-17"),
    told("desert", 0, "Nearly 450 soldiers \x1b[31mdeserted.", document="b.txt", from_=ARMY, quantity=Quantity(None, 450, "Nearly 450"),
         on="2023-10-27/2023-11-30"),
    told("capture", 40, "The front took Riverton.", subject=FRONT, object=TOWN, from_=ARMY, on="2023-11-12"),
    told("member_of", 80, "The front is in the league.", subject=FRONT, object=LEAGUE, on="2023"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory):
    """A store of four claims of two documents."""
    return write_store(tmp_path_factory.mktemp("weighing"), CLAIMS)


@pytest.fixture
def here(graph, monkeypatch):
    monkeypatch.chdir(graph)


pytestmark = pytest.mark.usefixtures("here")


def test_flows_as_table_json_and_csv(capsys):
    # the total of "nearly 450" is contradicted by 750 in its days, so nothing bounds them from above
    code, out, _ = kg(capsys, "flows", "--by", "all")
    assert code == 0
    assert out.splitlines()[1].split()[:5] == ["National", "Army", "desert", "750+", CLAIMS[0].id[:8]]
    assert "Lines of longer days hold those inside them" in out
    assert "may be the same people as 750+ of 2023-10-27/2023-11-17 in a.txt" in out
    [record] = json.loads(kg(capsys, "flows", "--by", "all", "--format", "json")[1])
    army = {"id": "army", "name": "National Army", "kind": "armed_group"}
    assert (record["minimum"], record["maximum"], record["from"]) == (750, None, army)
    assert [(c["claim"], c["sentence"]) for c in record["minimum_from"]] == [(CLAIMS[0].id, "At least 750 soldiers deserted.")]
    assert [c["count"] for c in record["not_added"]] == ["<450"]
    [row] = csv.DictReader(io.StringIO(kg(capsys, "flows", "--by", "all", "--format", "csv")[1]))
    assert (row["least"], row["most"], row["people"]) == ("750", "", "750+")


@pytest.mark.parametrize(("arguments", "lines"), [
    (["--from", "NA"], 2), (["--from", "Free Front"], 0), (["--to", "Free Front"], 0), (["--together"], 2), (["--whole-forces"], 2)])
def test_flows_of_one_side(capsys, arguments, lines):
    # 750 from 27 October to 17 November, and the same with 450 from then to 30 November
    assert len(json.loads(kg(capsys, "flows", "--format", "json", *arguments)[1])) == lines


def test_disagreements_stand_side_by_side(capsys):
    code, out, err = kg(capsys, "disagreements")
    assert (code, err) == (0, "1 disagreement\n")
    assert out.startswith("desertions from National Army: must contradict  (count)\n")
    assert "“At least 750 soldiers deserted.”" in out
    assert "\x1b" not in out  # what documents say must not move the cursor
    [record] = json.loads(kg(capsys, "disagreements", "--format", "json")[1])
    assert [(p["says"], [c["document"] for c in p["claims"]]) for p in record["positions"]] == [("<450", ["b.txt"]), ("750+", ["a.txt"])]
    rows = list(csv.DictReader(io.StringIO(kg(capsys, "disagreements", "--format", "csv")[1])))
    assert [(row["number"], row["position"], row["claim"]) for row in rows] == [("1", "<450", CLAIMS[1].id), ("1", "750+", CLAIMS[0].id)]


@pytest.mark.parametrize(("arguments", "found"), [
    (["--about", "count"], 1), (["--about", "office"], 0), (["--actor", "army"], 1), (["--actor", "front"], 0), (["--must"], 1),
    (["--growth"], 1)])
def test_some_disagreements(capsys, arguments, found):
    assert len(json.loads(kg(capsys, "disagreements", "--format", "json", *arguments)[1])) == found


def test_control_through_time_and_on_a_day(capsys):
    code, out, _ = kg(capsys, "control", "Riverton", "--format", "csv")
    rows = [(r["holder"], r["since"], r["until"], r["surely"]) for r in csv.DictReader(io.StringIO(out))]
    assert (code, rows) == (0, [("National Army", "", "2023-11-12", "2023-11-11"), ("Free Front", "2023-11-12", "", "2023-11-12")])
    [record] = json.loads(kg(capsys, "control", "--on", "2023-12-24", "--format", "json")[1])
    assert (record["holder"]["id"], record["that_day"], record["contradicted"]) == ("front", "maybe", None)
    assert "Free Front" in kg(capsys, "control")[1]


def test_a_path_with_its_weakest_link(capsys):
    code, out, err = kg(capsys, "path", "NA", "Hill League")
    assert (code, err) == (0, "path 1: 2 steps; along it National Army and Hill League are on opposite sides (1 of the links is against)\n")
    assert [line.split()[0] for line in out.splitlines()] == ["path", "1", "1"]
    answer = json.loads(kg(capsys, "path", "NA", "league", "--on", "2023-11-12", "--k", "2", "--format", "json")[1])
    [record] = answer["paths"]
    assert (answer["day"], "certainty is" in " ".join(answer["policy_in_words"])) == ("2023-11-12", True)
    assert (record["sign"], record["weakest"], [step["to"]["id"] for step in record["steps"]]) == (-1, 2, ["front", "league"])


def test_a_path_counts_what_it_is_told_to_count(capsys):
    assert kg(capsys, "path", "NA", "Free Front", "--certainties", "stated", "--known-by", "2023-12-01")[0] == 0
    code, out, err = kg(capsys, "path", "NA", "Free Front", "--without-documents", "a.txt")
    assert (code, out) == (1, "")
    assert "no path leads from NA to Free Front; NA has no tie then" in err


@pytest.mark.parametrize(("arguments", "code", "message"), [
    (["path", "NA", "Hill League", "--positive"], 1, "no positive path leads from NA to Hill League"),
    (["path", "NA", "Hill League", "--on", "2020-01-01"], 1, "NA has no tie then"),
    (["path", "NA", "army"], 2, "the same actor"), (["path", "NA", "XYZ"], 2, "no actor is called 'XYZ'"),
    (["path", "NA", "league", "--on", "soon"], 2, "no day"), (["path", "NA", "league", "--k", "0"], 2, "--k"),
    (["control", "Nowhere"], 2, "no place is called 'Nowhere'"), (["control", "--on", "soon"], 2, "no day"),
    (["flows", "--by", "week"], 2, "--by"), (["flows", "--from", "XYZ"], 2, "no actor is called 'XYZ'"),
    (["disagreements", "--about", "taste"], 2, "--about"), (["flows", "--out", "missing"], 1, "there is no graph yet"),
])
def test_what_goes_wrong_is_one_line(capsys, arguments, code, message):
    found, out, err = kg(capsys, *arguments)
    assert (found, out) == (code, "")
    assert message in err
    assert len(err.splitlines()) == 1


def test_the_options_offer_what_the_network_knows():
    assert [by.value for by in weighing.By] == [step.value for step in Stretch]
    assert [about.value for about in weighing.About] == [topic.value for topic in Topic]


@pytest.mark.parametrize(("side", "format", "told"), [
    (Reference("resistance", Kind.BLOC, "the resistance"), Format.TABLE, "the resistance (unnamed)"),
    (Reference("resistance", Kind.BLOC, "the resistance"), Format.CSV, "the resistance"),
    (Reference("front", Kind.ARMED_GROUP, "Free Front"), Format.TABLE, "Free Front"), (None, Format.TABLE, None)])
def test_a_side_without_a_name_of_its_own_is_marked_for_readers(side, format, told):
    assert weighing._side(side, format) == told


def test_how_the_ends_of_a_path_stand_in_words():
    graph = nx.Graph([("a", "b", {"sign": -1}), ("b", "c", {"sign": -1}), ("c", "d", {"sign": 1}), ("d", "e", {"sign": 0})])
    words = [linking._ends("A", "B", path(graph, "a", end)) for end in "bcde"]
    assert words == ["A and B stand against each other", "along it A and B are on one side (2 of the links are against)",
                     "along it A and B are on one side (2 of the links are against)",
                     "it does not tell how A and B stand to each other, as one link has no sign or both"]
