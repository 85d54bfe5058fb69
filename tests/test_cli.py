"""The command line: what is printed where, exit codes, and that nobody meets a traceback."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from build_fixtures import kg, toy_recipe, write_documents, write_seeds

from kg.build import build
from kg.cli import run
from kg.cli.tables import Table, plain_text

A = "2023-11-01\n\nAA attacked SAC on 2023-10-27.\n"
B = "TNLA joined TBA. AA joined TBA.\n"


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of results; the tests of this module only read it."""
    folder = tmp_path_factory.mktemp("graph")
    build([str(write_documents(folder / "documents", a=A, b=B))], out=folder / "kg-out", seeds_folder=write_seeds(folder / "seeds"),
          recipe=toy_recipe())
    return folder


@pytest.fixture
def here(graph: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(graph)
    return graph


def kg_process(*arguments: str, folder: Path, **options: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-m", "kg", *arguments], cwd=folder, text=True, stdout=subprocess.PIPE,
                            stderr=subprocess.PIPE, **options)  # type: ignore[call-overload, no-any-return]


@pytest.mark.parametrize("arguments", [
    ["nonsense"], ["build"], ["query", "--nonsense"], ["claims", "--format", "turtle"], ["claims", "--type", "hug"],
    ["claims", "--since", "yesterday"], ["claims", "--actor", "XYZ"], ["actor", "XYZ"], ["query", "nonsense"],
    ["query", "members"], ["query", "members", "--param", "alliance"], ["query", "members", "--param", "nonsense=1"],
    ["query", "missing.rq"], ["query", "--list", "--format", "turtle"], ["network", "--on", "someday"],
    ["network", "--out", "x.png"], ["why", "zzz"], ["why", ""], ["decide", "reject", "0123"], ["decide", "merge", "aa", "--reason", "r"],
    ["build", "documents", "--date", "soon"], ["build", "documents", "--store", "http://localhost/"],
    ["build", "documents", "--jobs", "0"], ["build", "nowhere"], ["build", "documents", "nowhere/a.txt"],
])
@pytest.mark.usefixtures("here")
def test_wrong_use_is_one_line_and_exit_code_2(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = kg(capsys, *arguments)
    assert (code, out) == (2, "")
    assert err.startswith("kg: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize("arguments", [
    ["build", "documents", "--parser", "nowhere", "--seeds", "seeds", "--out", "new"],
    ["build", "documents", "--parser", "nowhere", "--seeds", "seeds", "--out", "new", "--jobs", "2"],
    ["claims", "--out", "nowhere"], ["explore", "--out", "nowhere"], ["network", "--out", "nowhere/day.json"],
    ["decide", "reject", "0123456789abcdef", "--reason", "wrong"], ["decide", "merge", "aa", "nobody", "--reason", "the same"],
])
@pytest.mark.usefixtures("here")
def test_a_problem_is_one_line_and_exit_code_1(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    code, out, err = kg(capsys, *arguments)
    assert (code, out) == (1, "")
    assert err.startswith("kg: ")
    assert err.count("\n") == 1


@pytest.mark.usefixtures("here")
def test_claims_as_a_table_of_aligned_columns(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = kg(capsys, "claims", "--type", "member_of")
    header, *rows = out.splitlines()
    assert (code, err, len(rows)) == (0, "", 2)
    assert header.split() == ["id", "when", "type", "subject", "object", "from", "to", "place", "count", "how", "says", "document"]
    assert [row[header.index("subject"):].split()[:2] for row in rows] == [["TNLA", "TBA"], ["AA", "TBA"]]


@pytest.mark.parametrize(("options", "subjects"), [
    ([], ["AA", "TNLA", "AA"]), (["--actor", "tnla"], ["TNLA"]), (["--actor", "Arakan Army"], ["AA", "AA"]), (["--type", "attack"], ["AA"]),
    (["--document", "b.txt"], ["TNLA", "AA"]), (["--since", "2023-10-27"], ["AA"]), (["--since", "2023-10-28"], []),
    (["--until", "2023-10-26"], []),
])
@pytest.mark.usefixtures("here")
def test_claims_are_selected(capsys: pytest.CaptureFixture[str], options: list[str], subjects: list[str]) -> None:
    code, out, _ = kg(capsys, "claims", "--format", "csv", *options)
    assert code == 0
    assert [row["subject"] for row in csv.DictReader(io.StringIO(out))] == subjects


def test_claims_in_the_exchange_format_are_the_file_of_the_build(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    assert kg(capsys, "claims", "--format", "jsonl")[1] == (here / "kg-out" / "claims.jsonl").read_text()
    assert json.loads(kg(capsys, "claims", "--format", "json")[1])[0]["subject"]["name"] == "AA"


@pytest.mark.usefixtures("here")
def test_a_named_query_in_every_format(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = kg(capsys, "query", "largest-alliances")
    assert (code, err) == (0, "")
    assert out == "alliance   name  members  claims  documents\nactor:tba  TBA         2       2          1\n"
    as_json = json.loads(kg(capsys, "query", "largest-alliances", "--format", "json")[1])
    assert as_json["results"]["bindings"][0]["members"]["value"] == "2"
    assert kg(capsys, "query", "members", "--param", "alliance=TBA", "--format", "csv")[1].splitlines()[1].endswith("actor/aa,AA,1,1,")
    assert kg(capsys, "query", "largest-alliances", "--format", "tsv")[1].startswith("?alliance\t?name")


@pytest.mark.usefixtures("here")
def test_sparql_from_standard_input_and_file(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    text = "SELECT (COUNT(?c) AS ?n) WHERE { ?c kg:key ?key }"
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert kg(capsys, "query", "-")[1] == "n\n3\n"
    (tmp_path / "count.rq").write_text(text)
    assert kg(capsys, "query", str(tmp_path / "count.rq"))[1] == "n\n3\n"


@pytest.mark.parametrize(("text", "code", "answer"), [
    ("ASK { ?c a kg:Attack }", 0, "yes\n"), ("ASK { ?c a kg:Defection }", 0, "no\n"),
    ("CONSTRUCT { ?c a kg:Attack } WHERE { ?c a kg:Attack }", 0, " a kg:Attack"),
    ("SELECT nonsense", 1, ""), ("DELETE WHERE { ?s ?p ?o }", 1, ""), ("SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }", 2, ""),
])
@pytest.mark.usefixtures("here")
def test_any_sparql_that_only_reads(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, text: str, code: int,
                                    answer: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    got, out, err = kg(capsys, "query", "-")
    assert got == code
    assert answer in out
    assert (err.count("\n") == 1) is (code != 0)


@pytest.mark.usefixtures("here")
def test_the_list_of_queries(capsys: pytest.CaptureFixture[str]) -> None:
    listed = json.loads(kg(capsys, "query", "--list", "--format", "json")[1])
    assert {"query": "members", "parameters": "alliance"}.items() <= next(row for row in listed if row["query"] == "members").items()


@pytest.mark.usefixtures("here")
def test_all_that_is_known_of_an_actor(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = kg(capsys, "actor", "aa")
    assert code == 0
    assert "also        Arakan Army\n" in out
    assert "known from  reference data (by-hand)\n" in out
    assert "claims      2 in 2 documents\n" in out
    found = json.loads(kg(capsys, "actor", "TNLA", "--format", "json")[1])
    assert (found["known from"], [claim["type"] for claim in found["claims"]]) == ("the documents only", ["member_of"])


def test_where_a_claim_comes_from(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    claim = json.loads((here / "kg-out" / "claims.jsonl").read_text().splitlines()[0])
    code, out, _ = kg(capsys, "why", claim["id"][:6])
    assert code == 0
    chain = dict(line.split("  ", 1) for line in out.splitlines())
    assert {name: value.strip() for name, value in chain.items()} == {
        "claim": claim["id"], "type": "attack", "subject": "AA (aa)", "object": "SAC (sac)", "when": "2023-10-27",
        "says": "the document itself", "standing": "stated, positive, actual", "sentence": "AA attacked SAC on 2023-10-27.",
        "at": f"{A.index('AA')}-{len(A) - 1}", "document": "a.txt", "published": "2023-11-01", "rule": "attacked"}


@pytest.mark.usefixtures("here")
def test_the_network_of_a_day(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, err = kg(capsys, "network", "--on", "2023-10-27", "--format", "csv")
    assert (code, err) == (0, "4 actors, 2 pairs together, 1 against, 0 mixed, on 2023-10-27\n")
    assert out.splitlines()[1] == "AA,against,SAC,,yes,1"
    assert kg(capsys, "network", "--on", "2023-10-27", "--sure", "--format", "csv")[1].splitlines()[1:] == ["AA,against,SAC,,yes,1"]
    for name in ("day.gexf", "day.graphml", "day.json"):
        code, out, _ = kg(capsys, "network", "--on", "2023-10-27", "--out", str(tmp_path / name))
        assert (code, out) == (0, f"{tmp_path / name}: 4 actors, 2 pairs together, 1 against, 0 mixed, on 2023-10-27\n")
        assert (tmp_path / name).stat().st_size > 100


def test_the_page_is_named(capsys: pytest.CaptureFixture[str], here: Path) -> None:
    assert kg(capsys, "explore") == (0, "kg-out/explorer.html\n", "")
    assert (here / "kg-out" / "explorer.html").is_file()


@pytest.mark.usefixtures("here")
def test_a_sound_graph_passes_its_check(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = kg(capsys, "check", "--format", "json")
    assert code == 0
    assert [row for row in json.loads(out) if row["severity"] == "violation"] == []


def test_a_decision_is_logged_and_applied(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    seeds = write_seeds(tmp_path / "seeds")
    build([str(write_documents(tmp_path / "documents", a=A, b=B))], out=tmp_path / "kg-out", seeds_folder=seeds, recipe=toy_recipe())
    code, out, _ = kg(capsys, "decide", "merge", "tnla", "aa", "--reason", "a test", "--by", "me", "--seeds", str(seeds))
    assert (code, out) == (0, f"{tmp_path}/decisions.jsonl: merge tnla into aa; 3 claims now\n")
    members = [row["subject"] for row in json.loads(kg(capsys, "claims", "--type", "member_of", "--format", "json")[1])]
    assert [(member["id"], member["name"], member["names"]) for member in members] == [("aa", "AA", ["TNLA"]), ("aa", "AA", ["AA"])]
    claim = json.loads((tmp_path / "kg-out" / "claims.jsonl").read_text().splitlines()[0])["id"]
    assert kg(capsys, "decide", "reject", claim, "--reason", "misread", "--seeds", str(seeds))[1].endswith("; 2 claims now\n")
    assert kg(capsys, "decide", "accept", claim, "--reason", "read well", "--seeds", str(seeds))[1].endswith("; 3 claims now\n")
    assert "accept" in kg(capsys, "why", claim)[1]
    log = (tmp_path / "decisions.jsonl").read_text()
    code, _, err = kg(capsys, "decide", "split", "tnla", "tba", "--reason", "no such merge", "--seeds", str(seeds))
    assert (code, err) == (1, "kg: decision 4: tnla was not merged into tba, so it cannot be split from it\n")
    assert (tmp_path / "decisions.jsonl").read_text() == log


def test_what_a_build_tells(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the project's own extractor, on words of our own; what it reads in them is tested in its room."""
    monkeypatch.chdir(tmp_path)
    write_documents(tmp_path / "documents", a="The Blue Front is a member of the Hill Alliance.\n")
    code, out, err = kg(capsys, "build", "documents", "--date", "2023-11-17")
    lines = out.splitlines()
    assert (code, err) == (0, "")
    assert lines[0].startswith("1 document · 1 claim · ")
    assert lines[1] == "documents of this run: 1 new, 1 extracted"
    assert "Largest alliances  (kg query largest-alliances)" in lines
    assert "Page    kg-out/explorer.html  (kg explore --open)" in lines
    again = kg(capsys, "build", "documents", "--date", "2023-11-17")[1]
    assert again.splitlines()[1] == "documents of this run: 1 unchanged, nothing to extract"
    told = json.loads(kg(capsys, "build", "documents", "--format", "json")[1])
    assert (told["documents"], told["changed"], told["undated"]) == (1, ["a.txt"], ["a.txt"])
    assert [row["name"] for row in told["largest-alliances"]] == ["Hill Alliance"]


def test_an_unreadable_file_is_told_and_the_rest_is_built(capsys: pytest.CaptureFixture[str], here: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    code, out, err = kg(capsys, "build", str(tmp_path), "--out", str(tmp_path / "out"), "--seeds", str(here / "seeds"))
    assert code == 1
    assert err.startswith(f"kg build: {tmp_path}/empty.txt: ")
    assert out.startswith("0 documents · 0 claims")


def test_a_closed_pipe_is_no_error(here: Path) -> None:
    process = kg_process("query", "-", "--format", "csv", folder=here, stdin=subprocess.PIPE)
    assert process.stdin
    assert process.stdout
    process.stdout.close()  # before it has anything to say
    rows = " ".join(f'("{n:0100}")' for n in range(3000))  # more than a pipe holds
    process.stdin.write(f"SELECT ?n {{ VALUES (?n) {{ {rows} }} }}")
    process.stdin.close()
    process.stdin = process.stdout = None
    assert (process.communicate()[1], process.returncode) == ("", 0)


@pytest.mark.usefixtures("here")
def test_an_interrupted_command_says_so(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted(io.StringIO):
        def read(self, _size: int | None = -1, /) -> str:
            raise KeyboardInterrupt

    monkeypatch.setattr(sys, "stdin", Interrupted())
    assert kg(capsys, "query", "-") == (130, "", "kg: interrupted; `kg build` goes on from here when it is run again\n")


@pytest.mark.usefixtures("here")
def test_without_a_command_help_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert kg(capsys) == kg(capsys, "--help")
    assert kg(capsys, "--version")[1].startswith("allegiance-kg ")


def test_an_error_of_ours_is_one_line_unless_it_is_asked_for(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
                                                             tmp_path: Path) -> None:
    monkeypatch.delenv("KG_DEBUG", raising=False)
    (tmp_path / "kg-out").mkdir()
    (tmp_path / "kg-out" / "explorer.html").write_text("")
    monkeypatch.setattr("webbrowser.open", lambda _: 1 / 0)
    monkeypatch.chdir(tmp_path)
    code, _, err = kg(capsys, "explore", "--open")
    assert (code, err.count("\n")) == (1, 1)
    assert err.startswith("kg: an error in kg itself, ZeroDivisionError: division by zero (please report it")
    monkeypatch.setenv("KG_DEBUG", "1")
    with pytest.raises(ZeroDivisionError):
        run(["explore", "--open"])


@pytest.mark.parametrize(("colours", "expected"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)])
def test_a_terminal_gets_a_drawn_table_with_colours_unless_refused(here: Path, colours: dict[str, str], expected: bool) -> None:
    ours, theirs = pty.openpty()
    environment = {k: v for k, v in os.environ.items() if k != "NO_COLOR"} | {"TERM": "xterm", "COLUMNS": "120", **colours}
    process = subprocess.Popen([sys.executable, "-m", "kg", "query", "largest-alliances"], cwd=here, stdout=theirs, env=environment)
    os.close(theirs)
    shown = b""
    try:
        while piece := os.read(ours, 4096):
            shown += piece
    except OSError:
        pass  # the other end is closed
    process.wait()
    assert (b"\x1b[1m" in shown) is expected
    assert b"TBA" in shown


def test_texts_of_documents_cannot_move_the_cursor() -> None:
    assert plain_text(Table(("name",), (("A\x1b[2J\nB",),))) == "name\nA [2J B\n"


def test_what_a_command_needs_is_loaded_by_it_alone() -> None:
    """`kg --help` and `kg query` start quickly because these are not loaded."""
    heavy = ("spacy", "networkx", "numpy", "scipy", "rdflib", "pyshacl", "jinja2", "pyvis", "trafilatura", "rich")
    code = "import sys; from kg.cli import run; run(sys.argv[1:]); print([m for m in %r if m in sys.modules], file=sys.stderr)"
    for arguments in (["--help"], ["query", "--list"], ["query", "summary", "--out", "nowhere"], ["claims", "--out", "nowhere"]):
        done = subprocess.run([sys.executable, "-c", code % (heavy,), *arguments], capture_output=True, text=True, check=True)
        assert done.stderr.splitlines()[-1] == "[]"
