"""`kg balance`: measures with their meaning, camps, what disturbs them and what that rests on, in every format."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from build_fixtures import kg, toy_recipe, write_documents, write_seeds

from kg.build import build
from kg.cli import balancing

# SPA and KNU are told of both ways, so their pair has no sign. AA and TNLA are members of TBA, and enemies of SAC as KIA is;
# but TNLA attacked AA.
A = ("2023-11-01\n\nAA attacked SAC on 2023-10-27. TNLA attacked SAC on 2023-10-27. KIA attacked SAC on 2023-10-27. SPA joined KNU. "
     "SPA attacked KNU on 2023-10-27.\n")
B = "2023-11-01\n\nAA joined TBA. TNLA joined TBA. TNLA attacked AA on 2023-10-27.\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results; the tests of this module only read it."""
    folder = tmp_path_factory.mktemp("balance")
    build([str(write_documents(folder / "documents", a=A, b=B))], out=folder / "kg-out", seeds_folder=write_seeds(folder / "seeds"),
          recipe=toy_recipe())
    return folder


@pytest.fixture(autouse=True)
def here(graph: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(graph)
    return graph


def test_every_measure_has_a_value_and_a_meaning(capsys: pytest.CaptureFixture[str]) -> None:
    """Ties: AA-SAC-, TNLA-SAC-, KIA-SAC-, AA-TBA+, TNLA-TBA+, AA-TNLA-. Triangles: AA-TNLA-SAC (three enemies) and AA-TNLA-TBA (++-),
    neither balanced. Without AA-TNLA all is: L = 1, F = 1 - 2/6."""
    code, out, err = kg(capsys, "balance", "--on", "2023-11-01", "--format", "csv")
    assert code == 0
    rows = {row["measure"]: (row["value"], row["meaning"]) for row in csv.DictReader(io.StringIO(out))}
    assert rows["ties with a sign"] == ("6", "pairs among 5 actors")
    assert rows["independent circles"][0] == "2"  # 6 pairs, 5 actors, one part
    assert "Not balanced: 1 of 6 pairs stand against the best division into two camps, among 2 independent circles of ties." in err
    assert rows["triangle balance T"] == ("0.0", "0 of 2 triangles are balanced")
    assert rows["line index of frustration L"][0] == "1"
    assert "exact" in rows["line index of frustration L"][1]
    assert rows["frustration F = 1 - 2L/m"][0] == "0.6667"
    assert 0 < float(rows["walk balance K"][0]) < 1
    assert "on 2023-11-01" in err
    assert "An event's tie counts for 90 days more" in err  # the policy is told


def test_the_camps_and_the_claims_that_disturb_them(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = kg(capsys, "balance", "--on", "2023-11-01", "--format", "json")
    told = json.loads(out)
    assert code == 0
    assert told["day"] == "2023-11-01"
    assert "modality actual" in " ".join(told["policy_in_words"])
    assert [(row["part"], row["camp"], row["actors"]) for row in told["camps"]] == [
        (1, "a", ["AA", "KIA", "TBA", "TNLA"]), (1, "b", ["SAC"])]
    claims = [(row["actor"], row["stand"], row["other"], row["type"], row["when"], row["document"]) for row in told["against"]]
    assert claims == [("AA", "against", "TNLA", "attack", "2023-10-27", "b.txt")]
    assert {row["actor"]: row["against"] for row in told["actors"]} == {"AA": 1, "TNLA": 1, "KIA": 0, "SAC": 0, "TBA": 0}
    assert kg(capsys, "why", told["against"][0]["claim"])[0] == 0


def test_more_camps(capsys: pytest.CaptureFixture[str]) -> None:
    """AA+TBA and TNLA+TBA cannot both hold while AA and TNLA are apart: one tie in any number of camps."""
    told = json.loads(kg(capsys, "balance", "--camps", "3", "--on", "2023-11-01", "--format", "json")[1])
    values = {row["measure"]: row["value"] for row in told["measures"]}
    assert values["ties against 3 camps"] == len({(row["actor"], row["other"]) for row in told["against"]}) == 1


def test_camps_of_parts_that_no_tie_joins_are_told_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Two wars that have nothing to do with each other: no camp of one is a camp of the other."""
    text = "2023-11-01\n\nAA attacked SAC on 2023-10-27. TNLA attacked SAC on 2023-10-27. RSF attacked SAF on 2023-10-27.\n"
    build([str(write_documents(tmp_path / "documents", wars=text))], out=tmp_path / "out", seeds_folder=write_seeds(tmp_path / "seeds"),
          recipe=toy_recipe())
    told = json.loads(kg(capsys, "balance", "--camps", "3", "--on", "2023-11-01", "--format", "json", "--out", str(tmp_path / "out"))[1])
    assert [(row["part"], row["camp"], row["actors"]) for row in told["camps"]] == [
        (1, "a", ["AA", "TNLA"]), (1, "b", ["SAC"]), (2, "a", ["RSF"]), (2, "b", ["SAF"])]


def test_what_it_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    """Nothing is doubted and nobody is quoted. Told twice: nothing. Without document b there is no triangle; without the attack neither."""
    told = json.loads(kg(capsys, "balance", "--on", "2023-11-01", "--sensitivity", "--draws", "20", "--format", "json")[1])
    without = {row["claims"]: row for row in told["without"]}
    assert without["all that counts"].items() >= {"number": 8, "pairs": 6, "T": 0.0, "F": 0.6667, "L": 1}.items()
    assert without["only claims made in two documents or more"]["F"] is None
    intervals = {row["measure"]: row for row in told["intervals"]}
    assert intervals["F"]["draws"] == 20
    assert intervals["F"]["documents"] == 2
    assert intervals["F"]["low"] <= intervals["F"]["value"] <= intervals["F"]["high"] == 1
    rests = [row for row in told["rests"] if row["measure"] == "L"]
    assert (rests[0]["which says"], rests[0]["value"], rests[0]["change"]) == ("TNLA attack AA 2023-10-27", 0, -1)
    assert {row["without"] for row in rests} >= {"b.txt"}


def test_a_table_for_people_says_day_policy_and_doubt(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = kg(capsys, "balance", "--on", "2023-11-01", "--sensitivity", "--draws", "5")
    assert (code, err) == (0, "")  # no progress bar where nobody watches
    assert out.startswith("Balance on 2023-11-01\n")
    assert "What counts\nTies that surely held count" in out
    for title in ("Measures", "Two camps", "The ties against them", "Actors", "Without what may be doubted", "What each measure rests on"):
        assert f"\n{title}" in out
    assert "does not cover errors of extraction" in out


def test_a_day_without_ties_is_undefined_not_zero(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = kg(capsys, "balance", "--on", "1990-01-01", "--sensitivity", "--draws", "2", "--format", "json")
    told = json.loads(out)
    assert code == 0
    values = {row["measure"]: (row["value"], row["meaning"]) for row in told["measures"]}
    assert values["triangle balance T"] == (None, "undefined: no three actors are all tied to each other")
    assert values["frustration F = 1 - 2L/m"] == (None, "undefined: no ties")
    assert values["walk balance K"] == (None, "undefined: no ties")
    assert values["line index of frustration L"] == (None, "undefined: no ties")
    assert told["camps"] == told["against"] == told["actors"] == told["rests"] == []
    assert {row["value"] for row in told["intervals"]} == {None}


@pytest.mark.parametrize("arguments", [
    ["--on", "someday"], ["--camps", "0"], ["--draws", "0"], ["--time-limit", "-1"], ["--format", "xml"]])
def test_wrong_use_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = kg(capsys, "balance", *arguments)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_without_a_graph_it_says_what_to_do(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = kg(capsys, "balance", "--out", "nowhere")
    assert (code, out) == (1, "")
    assert "build one: kg build DOCUMENTS" in err


@pytest.mark.parametrize(("index", "pairs", "circles", "said"), [
    (0, 0, 0, "No two actors stand together or against each other"), (0, 4, 0, "No circle of ties is closed"),
    (0, 4, 1, "Balanced: all ties agree with two camps in each part, and 1 independent circle of ties could"),
    ("2 to 3", 9, 4, "Not balanced: 2 to 3 of 9 pairs"),
])
def test_what_it_comes_to_in_a_sentence(index: int | str, pairs: int, circles: int, said: str) -> None:
    """A network without a circle is balanced whatever its ties say; so that is not told as a finding."""
    assert balancing._said(index, pairs, circles).startswith(said)
