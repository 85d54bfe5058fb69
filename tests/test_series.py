"""`kg align` and `kg blocs` on a store of claims made by hand."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from build_fixtures import kg
from hand_made_stores import told, write_store

from kg.model import Certainty, Claim, Kind, Reference
from kg.rdf.store import open_store


def actor(id_: str) -> Reference:
    return Reference(id_, Kind.ARMED_GROUP, id_.upper(), (id_.upper(),))


def claim(number: int, type_: str, subject: str, object_: str, edtf: str, *, document: str = "report.txt", **more: Any) -> Claim:
    return told(type_, number * 20, f"Sentence {number:03}.", document=document, on=edtf, reported="2024-01-15", subject=actor(subject),
                object=actor(object_), **more)


# The army's unit XX turns in July 2023: part of the army until the end of June, attacks it from July on. NN split from RR in May.
CLAIMS = [
    claim(0, "part_of", "xx", "army", "2022-01-01/2023-06-30"),
    *(claim(month, "attack", "xx", "army", f"2023-{month:02}-10") for month in range(7, 13)),
    claim(20, "opposes", "rr", "army", "2020-01-01/2024-01-10"),
    claim(21, "split_from", "nn", "rr", "2023-05-02"),
    claim(22, "allied_with", "rr", "ss", "2022-03-01/2022-12-31"),
    claim(23, "allied_with", "rr", "tt", "2023-03-01/2023-12-31"),
    claim(24, "meet", "tt", "army", "2023-03-05"),
]


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_store(tmp_path_factory.mktemp("series"), CLAIMS)


@pytest.fixture
def here(graph: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(graph)
    return graph


def records(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, object]]:
    code, out, _ = kg(capsys, *arguments, "--format", "json")
    assert code == 0
    told = json.loads(out)
    assert told["method"]
    assert told["policy_in_words"][0].startswith("Ties that surely held count")
    found: list[dict[str, object]] = told["rows"]
    return found


@pytest.mark.usefixtures("here")
def test_align_shows_a_turn_with_its_window_and_claims(capsys: pytest.CaptureFixture[str]) -> None:
    rows = records(capsys, "align", "RR", "ARMY", "--actor", "XX", "--from", "2023-01-01", "--to", "2023-12-31", "--sighting-days", "0")
    assert [row["window"] for row in rows] == [f"2023-{month:02}" for month in range(1, 13)]
    assert [row["score"] for row in rows] == [row["sure"] for row in rows] == [-1.0] * 6 + [1.0] * 6
    assert [row["window"] for row in rows if row["change"]] == ["2023-07"]
    assert rows[6]["change"] == "-1.00 to +1.00"
    assert rows[6]["claims"] == [CLAIMS[1].id]


@pytest.mark.usefixtures("here")
def test_align_lists_every_actor_with_its_changes(capsys: pytest.CaptureFixture[str]) -> None:
    year = ("--from", "2023-01-01", "--to", "2023-12-31", "--sighting-days", "0")
    code, out, err = kg(capsys, "align", "RR", "ARMY", *year, "--format", "csv")
    rows = {row["actor"]: row for row in csv.DictReader(io.StringIO(out))}
    assert code == 0
    assert rows.keys() == {"XX", "TT"}  # SS was an ally in 2022 only
    assert (rows["XX"]["first score"], rows["XX"]["last score"], rows["XX"]["changes"]) == ("-1.0", "1.0", "2023-07: -1.00 to +1.00")
    # allied with RR from March, and in March it meets the army too: 0 that month, too short for a change
    assert (rows["TT"]["from"], rows["TT"]["first score"], rows["TT"]["last score"]) == ("2023-03", "0.0", "1.0")
    assert err == "+1 RR, -1 ARMY, 2023-01 to 2023-12: 22 scores\n"


@pytest.mark.usefixtures("here")
def test_without_days_the_last_twelve_steps_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    rows = records(capsys, "align", "RR", "ARMY", "--actor", "XX")  # the last tie begins in December 2023
    assert (len(rows), rows[0]["window"], rows[-1]["window"]) == (12, "2023-01", "2023-12")
    assert [row["window"] for row in records(capsys, "align", "RR", "ARMY", "--actor", "XX", "--step", "year")][-1] == "2023"


@pytest.mark.usefixtures("here")
def test_blocs_and_what_became_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    rows = records(capsys, "blocs", "--from", "2022-01-01", "--to", "2024-12-31", "--sighting-days", "0")
    assert [(row["window"], row["bloc"], row["what"], row["members"], row["joined"]) for row in rows] == [
        ("2022", 1, "birth", ["ARMY", "XX"], None), ("2022", 2, "birth", ["RR", "SS"], None),
        # in 2023 the unit is both part of the army and at war with it: no tie, so no bloc; RR, TT share RR with RR, SS: Jaccard 1/3
        ("2023", 2, "continuation", ["RR", "TT"], ["TT"]), ("2023", 1, "death", None, None),
        ("2024", 2, "death", None, None),
    ]


@pytest.mark.usefixtures("here")
def test_the_threshold_decides_what_is_the_same_bloc(capsys: pytest.CaptureFixture[str]) -> None:
    rows = records(capsys, "blocs", "--from", "2022-01-01", "--to", "2023-12-31", "--sighting-days", "0", "--threshold", "0.4")
    assert [(row["window"], row["bloc"], row["what"]) for row in rows][2:] == [
        ("2023", 3, "birth"), ("2023", 1, "death"), ("2023", 2, "death")]


@pytest.mark.usefixtures("here")
def test_how_split_a_side_is(capsys: pytest.CaptureFixture[str]) -> None:
    rows = records(capsys, "blocs", "--side", "RR", "--from", "2022-01-01", "--to", "2024-01-01")
    assert [(row["window"], row["factions"], row["at most"], row["splits"], row["parts"], row["who"]) for row in rows] == [
        ("2022", 1, 1, 0, 1, "RR"), ("2023", 2, 2, 1, 2, "NN, RR"), ("2024", 2, 2, 0, 2, "NN, RR")]
    assert {row["effective by fighters"] for row in rows} == {None}
    monthly = records(capsys, "blocs", "--side", "RR", "--from", "2023-05-01", "--to", "2023-05-31", "--step", "month")
    assert [(row["factions"], row["splits"]) for row in monthly] == [(2, None)]  # splits are counted by year


# In 2023 UU is RR's ally in two documents, of which one says that the army says so; VV only in one, and unverified.
DOUBTED = [
    claim(30, "opposes", "rr", "army", "2023-01-01/2023-12-31"),
    claim(31, "allied_with", "uu", "rr", "2023-01-01/2023-12-31"),
    claim(31, "allied_with", "uu", "rr", "2023-01-01/2023-12-31", document="other.txt", attributed_to=actor("army")),
    claim(32, "allied_with", "vv", "rr", "2023-01-01/2023-12-31", certainty=Certainty.UNVERIFIED),
    claim(33, "opposes", "rr", "army", "2023-01-01/2023-12-31", document="other.txt", attributed_to=actor("army")),
]


@pytest.fixture
def doubted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(write_store(tmp_path, DOUBTED))


@pytest.mark.parametrize(("options", "scored"), [
    ([], {"UU", "VV"}), (["--certainties", "stated"], {"UU"}), (["--claim-documents", "2"], {"UU"}), (["--pair-documents", "2"], {"UU"}),
    (["--without-sources", "ARMY"], {"UU", "VV"}), (["--without-documents", "report.txt"], {"UU"}),
    (["--without-documents", "report.txt", "--without-sources", "ARMY"], set()), (["--known-by", "2023-12-31"], set()),
    (["--types", "opposes"], set()), (["--sure"], {"UU", "VV"}),  # an unverified claim of sure days
])
@pytest.mark.usefixtures("doubted")
def test_every_series_counts_what_it_is_told_to_count(
    capsys: pytest.CaptureFixture[str], options: list[str], scored: set[str]
) -> None:
    year = ("--from", "2023-01-01", "--to", "2023-12-31", "--step", "year")
    assert {row["actor"] for row in records(capsys, "align", "RR", "ARMY", *year, *options)} == scored
    blocs = records(capsys, "blocs", *year, *options)
    assert {name for row in blocs for name in row["members"] or ()} == scored | ({"RR"} if scored else set())
    assert [row["parts"] for row in records(capsys, "blocs", *year, "--side", "RR", *options)] == [1]


@pytest.mark.usefixtures("doubted")
def test_what_a_series_rests_on(capsys: pytest.CaptureFixture[str]) -> None:
    year = ("--from", "2023-01-01", "--to", "2023-12-31", "--step", "year", "--sensitivity", "--draws", "20")
    score = {row["claims"]: row["2023"] for row in records(capsys, "align", "RR", "ARMY", "--actor", "VV", *year)}
    assert (score["all that counts"], score["without disputed claims"], score["without unverified claims"]) == (1.0, 1.0, None)
    assert (score["drawn again, high"], score["documents"]) == (1.0, 2.0)
    found = {(row["measure"], row["claims"]): row["2023"] for row in records(capsys, "blocs", *year)}
    assert found["actors in the largest", "all that counts"] == 3  # RR, UU, VV
    assert found["actors in the largest", "without unverified claims"] == 2
    assert found["blocs", "all that counts"] == 1
    # Of the four ways to draw two documents again, one is the other document twice: there VV is no ally.
    assert found["actors in the largest", "drawn again, low (95%)"] == 2


@pytest.mark.parametrize("arguments", [
    ["align", "RR", "ARMY", "--sensitivity"], ["blocs", "--side", "RR", "--sensitivity"],
    ["align", "RR", "ARMY", "--without-documents", "none.txt"], ["blocs", "--types", "taste"],
    ["align", "RR", "RR"], ["align", "RR", "NOBODY"], ["align", "RR"], ["align", "RR", "ARMY", "--step", "fortnight"],
    ["align", "RR", "ARMY", "--from", "soon"], ["align", "RR", "ARMY", "--from", "2023-02-01", "--to", "2023-01-01"],
    ["blocs", "--threshold", "0"], ["blocs", "--side", "NOBODY"], ["blocs", "--to", "2023-13-01"],
])
@pytest.mark.usefixtures("here")
def test_wrong_use_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = kg(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("kg: ")
    assert err.count("\n") == 1


def test_a_graph_without_a_dated_tie_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    open_store(str(tmp_path / "store")).close()
    code, out, err = kg(capsys, "blocs", "--out", str(tmp_path))
    assert (code, out) == (1, "")
    assert "no tie has a date" in err
    assert kg(capsys, "align", "A", "B", "--out", str(tmp_path / "nowhere"))[0] == 1
