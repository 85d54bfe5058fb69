"""What is written can be read back by networkx, and nothing is lost."""

import json
from datetime import date

import networkx as nx
import pytest

from kg.errors import UsageError
from kg.model import Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.files import write_graph
from kg.network.project import project, signed_graph

A = Reference("a", Kind.ARMED_GROUP, "Ta’ang <Army> & Söhne \x00\ud800")
B = Reference("b", Kind.ALLIANCE, "جيش")
C = Reference("c", Kind.STATE, "C")


def tie(source, target, type_, sign, claim, edtf):
    return Tie(source, target, type_, sign, False, claim, "k" + claim, "d.txt", Period.parse(edtf) if edtf else None, None,
               Certainty.STATED, Polarity.POSITIVE, Modality.ACTUAL, None)


@pytest.fixture
def graph():
    return project([tie(A, B, "member_of", 1, "1", "2019-05/2023"), tie(A, B, "attack", -1, "2", "2023-10-27/.."),
                    tie(B, C, "attack", -1, "3", None)])


def test_gexf_has_spells_and_every_attribute(graph, tmp_path):
    write_graph(graph, tmp_path / "net.gexf")
    back = nx.read_gexf(tmp_path / "net.gexf")
    assert back.nodes["a"] == {"label": "Ta’ang <Army> & Söhne ��", "kind": "armed_group"}
    assert back.nodes["b"]["label"] == "جيش"
    edges = {data["claim"]: data for _, _, data in back.edges(data=True)}
    assert (edges["1"]["start"], edges["1"]["end"]) == ("2019-05-01", "2023-12-31")
    assert edges["2"]["start"] == "2023-10-27"
    assert "end" not in edges["2"]
    assert "start" not in edges["3"]
    assert edges["1"].items() >= {"claim_type": "member_of", "sign": 1, "answer": "yes", "edtf": "2019-05/2023", "certainty": "stated",
                                  "polarity": "positive", "modality": "actual", "document": "d.txt", "claim_key": "k1", "attributed_to": "",
                                  "symmetric": False}.items()


def test_graphml_has_every_attribute(graph, tmp_path):
    write_graph(graph, tmp_path / "net.graphml")
    back = nx.read_graphml(tmp_path / "net.graphml", force_multigraph=True)
    # networkx reads ids that look like numbers as numbers
    assert sorted(back.edges(keys=True)) == [("a", "b", 1), ("a", "b", 2), ("b", "c", 3)]
    assert back.edges["a", "b", 1].items() >= {"type": "member_of", "begin": "2019-05-01", "end": "2023-12-31", "symmetric": False}.items()
    assert back.edges["b", "c", 3]["edtf"] == ""
    assert back.graph["day"] == ""
    assert json.loads(back.graph["policy"])["sighting_days"] == 90


def test_json_is_networkx_node_link(graph, tmp_path):
    write_graph(graph, tmp_path / "net.json")
    back = nx.node_link_graph(json.loads((tmp_path / "net.json").read_text(encoding="utf-8")), edges="edges")
    assert nx.utils.edges_equal(back.edges(keys=True), graph.edges(keys=True), directed=True)
    assert back.edges["b", "c", "3"]["edtf"] is None
    assert back.edges["a", "b", "1"]["begin"] == "2019-05-01"
    assert back.nodes["a"]["label"] == graph.nodes["a"]["label"]
    assert back.graph["policy"]["modalities"] == ["actual"]


@pytest.mark.parametrize(("suffix", "read"), [(".gexf", nx.read_gexf), (".graphml", nx.read_graphml)])
def test_signed_graphs_are_written_too(graph, tmp_path, suffix, read):
    write_graph(signed_graph(graph), tmp_path / f"net{suffix}")
    edge = read(tmp_path / f"net{suffix}").edges["a", "b"]
    assert (edge["sign"], edge["mixed"], edge["weight"], edge["claims"]) == (0, True, 2, "1 2")


@pytest.mark.parametrize("suffix", [".gexf", ".graphml", ".json"])
def test_day_and_denials_go_along(tmp_path, suffix):
    graph = project([], on=date(2023, 11, 15))
    graph.graph["denied"] = ("x", "y")
    write_graph(graph, tmp_path / f"net{suffix}")
    text = (tmp_path / f"net{suffix}").read_text(encoding="utf-8")
    assert "2023-11-15" in text
    assert all(f in text for f in ("denied", "x", "y"))


def test_another_suffix_is_refused_with_advice(graph, tmp_path):
    with pytest.raises(UsageError, match=r"cannot write a network as '\.dot' \(name the file \*\.gexf or \*\.graphml or \*\.json\)"):
        write_graph(graph, tmp_path / "net.dot")
