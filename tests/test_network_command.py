"""`kg network`: sections for people, everything as JSON, the pairs as CSV, and the options of the policy."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from build_fixtures import kg, toy_recipe, write_documents, write_seeds

from kg.build import build

A = "2023-11-01\n\nAA attacked SAC on 2023-10-27. AA joined TBA.\n"
B = "2023-12-01\n\nTNLA joined TBA. TBA attacked SAC on 2023-11-28. SAC joined AA on 2023-11-28.\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results; the tests of this module only read it."""
    folder = tmp_path_factory.mktemp("graph")
    build([str(write_documents(folder / "documents", a=A, b=B))], out=folder / "kg-out", seeds_folder=write_seeds(folder / "seeds"),
          recipe=toy_recipe())
    return folder


@pytest.fixture(autouse=True)
def _here(graph: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(graph)


def network(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Exit code, standard output and standard error."""
    return kg(capsys, "network", *arguments)


def pairs(capsys: pytest.CaptureFixture[str], *arguments: str) -> set[str]:
    """The pairs of the list, as "A stand B"."""
    code, out, _ = network(capsys, "--format", "csv", *arguments)
    assert code == 0
    return {" ".join(line.split(",")[:3]) for line in out.splitlines()[1:]}


def test_the_sections_of_a_window(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = network(capsys, "--from", "2023-10-01", "--to", "2023-12-31")
    assert (code, err) == (0, "")
    sections = [block.splitlines() for block in out.split("\n\n")]
    assert sections[0] == ["Network from 2023-10-01 to 2023-12-31", "4 actors, 2 pairs together, 1 against, 1 mixed"]
    headings = [section[0].split("  ")[0] for section in sections]
    assert headings == ["Network from 2023-10-01 to 2023-12-31", "Camps", "Communities", "Alliances", "Brokers", "Friend and foe", "Core",
                        "Enemies, but no friends", "Pairs", "What counts"]
    camps = sections[1]
    assert camps[-1].split() == ["3", "no", "0", "AA,", "TBA,", "TNLA"]


def test_json_has_everything(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = network(capsys, "--on", "2023-11-28", "--format", "json", "--down", "--combine", "negative")
    told = json.loads(out)
    assert (code, err) == (0, "3 actors, 1 pairs together, 2 against, 1 mixed, on 2023-11-28\n")  # TNLA is told of on 1 December
    assert (told["day"], told["window"], told["policy"]["combine"], told["policy"]["down"]) == ("2023-11-28", None, "negative", True)
    assert told["policy"]["certainties"] == ["disputed", "stated", "unverified"]
    assert told["policy_in_words"][-1] == "A pair told both together and against is against."
    assert told["actors"]["sac"] == {"label": "SAC", "kind": "armed_group"}
    assert told.keys() >= {"overview", "camps", "alone", "blocs", "communities", "alliances", "brokers", "bridges", "frenemies", "core",
                           "core_numbers", "kinds", "pairs", "denied"}
    assert [pair["pair"] for pair in told["frenemies"]] == [["aa", "sac"]]
    assert {tuple(pair) for pair in told["pairs"]} == {("actor", "stand", "other", "mixed", "holds", "statements")}


@pytest.mark.parametrize(("options", "expected"), [
    ((), {"AA together TBA", "TBA together TNLA", "TBA against SAC", "AA neither SAC"}),
    (("--known-by", "2023-11-15"), {"AA together TBA", "AA against SAC"}),
    (("--without-documents", "b.txt"), {"AA together TBA", "AA against SAC"}),
    (("--types", "attack"), {"TBA against SAC", "AA against SAC"}),
    (("--types", "attack", "--types", "member_of", "--combine", "latest"),
     {"AA together TBA", "TBA together TNLA", "TBA against SAC", "AA together SAC"}),
    (("--no-undated",), {"TBA against SAC", "AA neither SAC"}),
    (("--up", "--types", "attack", "--types", "member_of", "--without-documents", "b.txt"),
     {"AA together TBA", "AA against SAC", "TBA against SAC"}),
    (("--claim-documents", "2"), set()),
    (("--pair-documents", "2"), set()),
    (("--certainties", "disputed"), set()),
    (("--sighting-days", "0", "--relation-days", "0"), {"TBA against SAC", "AA together SAC"}),  # what happened on the day itself
])
def test_the_options_of_the_policy(capsys: pytest.CaptureFixture[str], options: tuple[str, ...], expected: set[str]) -> None:
    found = pairs(capsys, "--on", "2023-12-02" if "--relation-days" not in options else "2023-11-28", *options)
    assert {frozenset(pair.split()) for pair in found} == {frozenset(pair.split()) for pair in expected}


def test_a_window_is_written_into_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for name in ("net.gexf", "net.graphml", "net.json"):
        code, out, _ = network(capsys, "--from", "2023-10-01", "--down", "--out", str(tmp_path / name))
        assert (code, out) == (0, f"{tmp_path / name}: 4 actors, 2 pairs together, 2 against, 1 mixed, from 2023-10-01 to the end\n")
        text = (tmp_path / name).read_text(encoding="utf-8")
        assert "2023-10-01" in text
        assert "derived" in text


@pytest.mark.parametrize(("options", "message"), [
    (("--on", "2023-11-01", "--to", "2023-12-01"), "--on: a day and a window (give --on, or --from and --to)"),
    (("--from", "2023-12-01", "--to", "2023-11-01"), "--from: the window ends before it begins: 2023-12-01 to 2023-11-01"),
    (("--types", "befriend"), "--types: unknown: befriend (one of member_of"),
    (("--without-documents", "c.txt"), "--without-documents: unknown: c.txt (no claim is from it"),
    (("--without-sources", "nobody"), "actor: no actor is called 'nobody'"),
    (("--known-by", "then"), "--known-by: 'then' is no day"),
    (("--combine", "best"), "Invalid value for '--combine'"),
])
def test_wrong_use_is_told(capsys: pytest.CaptureFixture[str], options: tuple[str, ...], message: str) -> None:
    code, out, err = network(capsys, *options)
    assert (code, out) == (2, "")
    assert message in err


def test_a_source_known_to_the_store_may_be_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    assert pairs(capsys, "--without-sources", "AA") == pairs(capsys)  # nobody quotes it here


C = "2024-02-01\n\nKIA attacked KNU on 2024-01-15.\n"
D = "2024-03-01\n\nKNU attacked KIA on 2024-02-15.\n"


def test_what_is_over_by_then_is_told_with_what_ended_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    build([str(write_documents(tmp_path / "documents", a="2023-11-01\n\nKIA joined KNU.\n", c=C, d=D))], out=tmp_path / "kg-out",
          seeds_folder=write_seeds(tmp_path / "seeds"), recipe=toy_recipe())
    out = network(capsys, "--on", "2024-01-16")[1]
    assert "1 tie over by then" in out
    assert ["KIA", "member_of", "KNU", "2024-01-15", "fell", "out"] in [line.split()[:6] for line in out.splitlines()]
    ended, = json.loads(network(capsys, "--on", "2024-01-16", "--format", "json")[1])["ended"]
    assert (ended["source"], ended["by"], len(ended["ended_by"])) == ("kia", "2024-01-15", 2)
    assert pairs(capsys, "--on", "2024-01-15") == {"KIA neither KNU"}  # on that day perhaps both
    assert pairs(capsys, "--on", "2024-01-16") == {"KIA against KNU"}
    assert pairs(capsys, "--on", "2024-01-16", "--ended-by-hostility", "0") == {"KIA neither KNU"}
    assert pairs(capsys, "--on", "2024-01-16", "--ended-by-hostility", "3") == {"KIA neither KNU"}
