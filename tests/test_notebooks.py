"""The notebooks run from start to end and are kept without outputs; what `kg` offers them is quick to import and shows itself safely."""

from __future__ import annotations

import ast
import atexit
import json
import re
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from build_fixtures import toy_recipe, write_documents, write_seeds
from hostile_html import HARMLESS, HOSTILE, Reader
from hypothesis import given
from hypothesis import strategies as st

import kg
from kg.api.html import draw_facts, draw_page, draw_passage, draw_table, to_html
from kg.api.table import Claims, Table
from kg.api.told import Profile, Trace
from kg.build import build
from kg.model import Action, Claim, Decision, Document, Evidence, Kind, Reference, Span
from kg.seeds import append_decision

FOLDER = Path(__file__).resolve().parents[1] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MAY_IMPORT = {"02_ask_it_in_sparql": {"kg", "networkx", "pandas"},  # the reader's own tools; without pandas it runs as well
              "06_your_own_documents_your_own_war": {"kg", "pathlib", "tempfile"}}  # the others: kg alone
TEMPORARY = {"06_your_own_documents_your_own_war"}  # leaves nothing behind
LIBRARIES = ("spacy", "networkx", "numpy", "rdflib", "pyoxigraph", "pyshacl", "typer", "yaml", "jinja2", "trafilatura")


def cells(path: Path) -> list[dict[str, object]]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def code_of(path: Path) -> str:
    return "\n".join("".join(cell["source"]) for cell in cells(path) if cell["cell_type"] == "code")


def imported(code: str) -> set[str]:
    """The modules that code imports, by their first name."""
    nodes = list(ast.walk(ast.parse(code)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    return {name.split(".")[0] for name in plain | {node.module or "." for node in nodes if isinstance(node, ast.ImportFrom)}}


# The files


def test_there_are_notebooks_and_the_readme_lists_each_with_its_question() -> None:
    assert [path.stem[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04", "05", "06"]
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in NOTEBOOKS:
        question = "".join(cells(path)[0]["source"]).splitlines()[0].removeprefix("# ")
        assert question.endswith("?")
        assert f"| [{path.stem}]({path.name}) | {question} |" in readme


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert notebook["metadata"] == {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
                                    "language_info": {"name": "python"}}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [(cell["outputs"], cell["execution_count"], cell["metadata"]) for cell in code] == [([], None, {})] * len(code)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_uses_only_what_kg_offers(path: Path) -> None:
    code = code_of(path)
    assert imported(code) <= MAY_IMPORT.get(path.stem, {"kg"})
    used = {node.attr for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "kg"}
    told = {name for cell in cells(path) if cell["cell_type"] == "markdown" for name in re.findall(r"`kg\.(\w+)", "".join(cell["source"]))}
    assert used | told <= set(kg.__all__)


def test_an_import_is_found_wherever_it_stands() -> None:
    code = "import kg, os.path\ndef f():\n    from rdflib.term import URIRef\nfrom . import x"
    assert imported(code) == {"kg", "os", "rdflib", ""}


def execute(notebook: Any, folder: Path, *, kernel: str = "python3", starts: int = 3) -> None:
    """Run every cell. A kernel that does not come up, as happens on a busy machine, is started again; what fails in a cell is final."""
    nbclient = pytest.importorskip("nbclient", reason="running notebooks needs nbclient and ipykernel: pip install nbclient ipykernel")
    pytest.importorskip("ipykernel", reason="running notebooks needs ipykernel: pip install ipykernel")
    from zmq import ZMQError  # comes with nbclient

    for left in reversed(range(starts)):
        begun: list[object] = []
        client = nbclient.NotebookClient(
            notebook, timeout=600, startup_timeout=180, kernel_name=kernel, resources={"metadata": {"path": str(folder)}},
            on_cell_execute=lambda begun=begun, **cell: begun.append(cell))
        try:
            client.execute()
        except (RuntimeError, ZMQError):  # a kernel that died, a port that another process took first
            atexit.unregister(client._cleanup_kernel)  # nbclient leaves it there, with no kernel to clean up
            if begun or not left:
                raise
        else:
            return


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_from_start_to_end(path: Path, tmp_path: Path) -> None:
    nbformat = pytest.importorskip("nbformat", reason="running notebooks needs nbformat: pip install nbclient ipykernel")
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    execute(notebook, tmp_path)
    outputs = [output for cell in notebook.cells if cell.cell_type == "code" for output in cell.outputs]
    assert [output for output in outputs if output.get("name") == "stderr"] == []  # no warning either
    assert any("text/html" in output.get("data", {}) for output in outputs)
    made = [] if path.stem in TEMPORARY else ["kg-out"]
    assert [file.name for file in tmp_path.iterdir()] == made


@pytest.mark.parametrize("starts", [1, 2])
def test_a_kernel_that_does_not_come_up_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, starts: int) -> None:
    nbformat = pytest.importorskip("nbformat", reason="running notebooks needs nbformat: pip install nbclient ipykernel")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))
    (tmp_path / "kernels" / "late").mkdir(parents=True)
    late = f"mkdir {tmp_path}/tried && exit 1; exec {sys.executable} -m ipykernel_launcher -f $0"  # dies the first time
    spec = {"argv": ["sh", "-c", late, "{connection_file}"], "display_name": "late", "language": "python"}
    (tmp_path / "kernels" / "late" / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("6 * 7")])
    if starts == 1:
        with pytest.raises(RuntimeError, match="Kernel died"):
            execute(notebook, tmp_path, kernel="late", starts=starts)
    else:
        execute(notebook, tmp_path, kernel="late", starts=starts)
        assert notebook.cells[0].outputs[0].data["text/plain"] == "42"


# The names of `kg`


def test_importing_kg_loads_nothing_heavy() -> None:
    code = f"import kg, sys; print([name for name in {(*LIBRARIES, 'kg.model', 'kg.api')} if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_values_of_the_model_need_no_library() -> None:
    code = f"import kg, sys; kg.Period, kg.Claim, kg.Document, kg.KgError; print([n for n in {LIBRARIES} if n in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "[]\n"


@pytest.mark.parametrize("name", kg.__all__)
def test_a_public_name_is_there_and_says_what_it_is(name: str) -> None:
    assert getattr(kg, name).__name__ == name
    assert getattr(kg, name).__doc__
    assert name in dir(kg)


def test_all_names_come_with_a_star_and_no_other() -> None:
    code = "from kg import *; import kg; print(sorted(kg.__all__) == sorted(n for n in globals() if n[0] != '_' and n != 'kg'))"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "True\n"


def test_a_misspelt_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'open_grph'"):
        _ = kg.open_grph


# The graph


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two documents: AA attacks SAC, AA and BB join TBA, and another paper says the first again."""
    folder = tmp_path_factory.mktemp("graph")
    documents = write_documents(folder / "reports", a="AA attacked SAC on 2023-10-27. AA joined TBA. BB joined TBA.",
                                b="It is told <b>so</b>:\nAA attacked SAC on 2023-10-27. BB attacked SAC.\nNothing else.")
    build([str(documents)], out=folder / "kg-out", recipe=toy_recipe(), seeds_folder=write_seeds(folder / "seeds"), date="2023-11-01")
    return folder / "kg-out"


@pytest.fixture(scope="module")
def graph(out: Path) -> kg.KnowledgeGraph:
    return kg.open_graph(out)


def said(claims: Claims) -> list[str]:
    return [f"{claim.subject.name} {claim.type} {claim.object.name}" for claim in claims if claim.subject and claim.object]


def test_claims_are_given_in_the_order_of_documents(graph: kg.KnowledgeGraph) -> None:
    assert said(graph.claims()) == ["AA attack SAC", "AA member_of TBA", "BB member_of TBA", "AA attack SAC", "BB attack SAC"]
    assert repr(graph.claims()) == "<5 claims>"


@pytest.mark.parametrize(("conditions", "expected"), [
    ({"actor": "Arakan Army", "type": "attack"}, ["AA attack SAC", "AA attack SAC"]),  # a name that the reference data knows
    ({"type": "member_of"}, ["AA member_of TBA", "BB member_of TBA"]),
    ({"document": "b.txt"}, ["AA attack SAC", "BB attack SAC"]),
    ({"since": "2023-10-27", "document": "a.txt"}, ["AA attack SAC"]),  # the others have no date
    ({"until": date(2023, 10, 26)}, []),
])
def test_claims_are_chosen(graph: kg.KnowledgeGraph, conditions: dict[str, object], expected: list[str]) -> None:
    assert said(graph.claims(**conditions)) == expected


def test_claims_are_a_table_of_one_value_a_column(graph: kg.KnowledgeGraph) -> None:
    row = graph.claims()[0]
    assert {k: v for k, v in Claims([row]).table()[0].items() if v is not None} == {
        "id": row.id, "when": "2023-10-27", "type": "attack", "subject": "AA", "object": "SAC", "certainty": "stated",
        "polarity": "positive", "modality": "actual", "document": "a.txt", "sentence": "AA attacked SAC on 2023-10-27."}
    assert Claims([row]).summary()[0]["who and what"] == "subject: AA\nobject: SAC"


def test_a_named_query_is_answered_with_parameters(graph: kg.KnowledgeGraph) -> None:
    members = graph.query("members", alliance="TBA")
    assert [(row["member"], row["documents"]) for row in members] == [("actor:aa", 1), ("actor:bb", 1)]
    assert ("members", "alliance") in [(row["query"], row["parameters"]) for row in graph.queries()]


def test_sparql_gives_rows_truth_or_triples(graph: kg.KnowledgeGraph) -> None:
    rows = graph.sparql("SELECT (COUNT(?claim) AS ?n) WHERE { ?claim a kg:Attack }")
    assert isinstance(rows, Table)
    assert list(rows) == [{"n": 3}]
    assert graph.sparql("ASK { actor:aa kg:memberOf actor:tba }") is True
    triples = graph.sparql("CONSTRUCT WHERE { actor:bb kg:memberOf ?b }")
    assert triples == Table(("subject", "predicate", "object"), (("actor:bb", "kg:memberOf", "actor:tba"),))


def test_a_network_is_of_a_day(graph: kg.KnowledgeGraph) -> None:
    day = graph.network(on="2023-10-27", policy=kg.Policy(maybe=False))
    assert sorted(day.edges()) == [("aa", "sac"), ("aa", "sac")]  # two documents
    assert kg.signed_graph(day).edges["aa", "sac"]["sign"] == -1
    assert len(graph.network().edges) == 5


def test_an_actor_is_told_with_its_names_and_claims(graph: kg.KnowledgeGraph) -> None:
    profile = graph.actor("arakan army")
    assert (profile.id, profile.names, len(profile.claims)) == ("aa", ("AA", "Arakan Army"), 3)
    assert "reference data (by-hand)" in Reader(profile._repr_html_()).text
    assert graph.actor("SAC").known is None


def test_a_claim_leads_to_its_words(graph: kg.KnowledgeGraph) -> None:
    claim = graph.claims(document="b.txt", actor="AA")[0]
    trace = graph.why(claim.id[:12])
    assert trace.claim == claim
    assert trace.claim.evidence[0].span.of(trace.document.text) == "AA attacked SAC on 2023-10-27."
    assert [other.document for other in trace.same] == ["a.txt"]
    html = trace._repr_html_()
    assert "<mark>AA attacked SAC on 2023-10-27.</mark> BB attacked SAC.</blockquote>" in html
    assert "also said in" in html
    assert "Nothing else" not in html  # another paragraph


@pytest.mark.parametrize(("ask", "message"), [
    (lambda graph: graph.claims(since="last week"), "'last week' is no day (write it as 2023-11-15)"),
    (lambda graph: graph.claims(type="duel"), "unknown claim type 'duel'"),
    (lambda graph: graph.claims(actor="ZZ"), "no actor is called 'ZZ'"),
    (lambda graph: graph.query("members"), "the parameter alliance (the alliance) is missing"),
    (lambda graph: graph.query("membrs"), "no query is called 'membrs'"),
    (lambda graph: graph.sparql("DELETE WHERE { ?a ?b ?c }"), "the query cannot be answered"),
    (lambda graph: graph.why(""), "5 claims have an id that begins with ''"),
    (lambda graph: graph.why("xyz"), "no claims have an id that begins with 'xyz'"),
    (lambda graph: graph.document("c.txt"), "there is no document 'c.txt'"),
    (lambda graph: kg.open_graph(graph.folder.parent), "there is no graph yet"),
])
def test_what_cannot_be_answered_is_told(graph: kg.KnowledgeGraph, ask: object, message: str) -> None:
    with pytest.raises(kg.KgError) as problem:
        ask(graph)
    assert message in str(problem.value)


def test_building_applies_the_decisions_beside_the_results(tmp_path: Path) -> None:
    documents = write_documents(tmp_path / "reports", a="AA attacked SAC. BB attacked SAC.")
    build([str(documents)], out=tmp_path / "kg-out", recipe=toy_recipe())
    before = kg.open_graph(tmp_path / "kg-out").claims()
    append_decision(tmp_path / "decisions.jsonl", Decision(Action.REJECT, before[0].id, "me", date(2024, 1, 1), "misread"))
    graph = kg.build_graph(out=tmp_path / "kg-out")  # no documents: only the decisions
    assert said(graph.claims()) == ["BB attack SAC"]
    assert graph.report is not None
    assert graph.report.claims == 1


def test_what_could_not_be_read_is_one_warning(tmp_path: Path) -> None:
    for name in ("pdf.txt", "zip.txt"):
        (tmp_path / name).write_bytes(b"%PDF" if name == "pdf.txt" else b"PK\x03\x04")
    with pytest.warns(UserWarning, match=r"left out: .*pdf\.txt.*zip\.txt"):
        graph = kg.build_graph(tmp_path / "pdf.txt", tmp_path / "zip.txt", out=tmp_path / "kg-out")
    assert graph.report is not None
    assert len(graph.report.unread) == 2
    assert len(graph.claims()) == 0


def test_documents_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match=r"missing\.txt: there is no such file or folder"):
        kg.build_graph(tmp_path / "missing.txt", out=tmp_path / "kg-out")
    assert list(tmp_path.iterdir()) == []


# How things show themselves


def test_the_graph_shows_a_table_and_the_page_in_a_closed_frame(graph: kg.KnowledgeGraph) -> None:
    read = Reader(graph._repr_html_())
    (frame,) = [attributes for name, attributes in read.tags if name == "iframe"]
    assert frame["srcdoc"] == (graph.folder / "explorer.html").read_text(encoding="utf-8")
    assert frame["sandbox"] == "allow-scripts allow-popups allow-downloads"  # not allow-same-origin: it cannot reach the notebook
    assert "script" not in read.names()
    tags = [name for name, _ in read.tags]
    assert tags.index("table") < tags.index("iframe")  # what stays when the frame is taken out
    assert "2 documents · 5 claims" in read.text
    size = (graph.folder / "explorer.html").stat().st_size
    assert f"{size / 1e6:.1f} MB, kept in this cell" in read.text


def test_a_page_too_large_for_a_cell_is_named(tmp_path: Path) -> None:
    page = tmp_path / "explorer.html"
    page.write_bytes(b" " * 6_000_000)
    read = Reader(to_html(draw_page(page)))
    assert "iframe" not in read.names()
    assert read.text == f"The explorer has 6 MB, too much for a cell: open {page} in a browser."


def test_a_page_that_is_missing_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(kg.KgError, match="there is no page yet"):
        draw_page(tmp_path / "explorer.html")


def hostile_claim() -> Claim:
    actor = Reference("x", Kind.ARMED_GROUP, HOSTILE, (HOSTILE,))
    return Claim("attack", (Evidence(HOSTILE, Span(0, len(HOSTILE)), HOSTILE),), subject=actor, object=actor, attributed_to=actor)


@pytest.mark.parametrize("html", [
    Table((HOSTILE,), ((HOSTILE,),))._repr_html_(),
    Claims([hostile_claim()])._repr_html_(),
    to_html([draw_facts([(HOSTILE, HOSTILE)])]),
    to_html([draw_passage(HOSTILE, Span(3, 9))]),
    Trace(hostile_claim(), Document(HOSTILE, HOSTILE, title=HOSTILE), Claims())._repr_html_(),
    Profile("x", None, Claims([hostile_claim()]))._repr_html_(),
], ids=["table", "claims", "facts", "passage", "trace", "profile"])
def test_hostile_text_is_shown_as_text(html: str) -> None:
    read = Reader(html)
    assert read.names() <= HARMLESS
    assert HOSTILE in read.text
    assert {attribute for _, attributes in read.tags for attribute in attributes} <= {"class", "dir", "scope", "style"}
    assert "mathjax_ignore" in html  # else Jupyter would set $x$ as a formula


@given(st.text())
def test_any_text_of_a_cell_is_read_back(text: str) -> None:
    assert Reader(to_html([draw_table(("",), ((text,),))])).text == text


def test_half_a_character_does_not_keep_a_notebook_from_being_saved() -> None:
    assert to_html([draw_table(("a",), (("x\ud800",),))]).encode("utf-8").count(b"x?") == 1


def test_a_table_shows_numbers_unknowns_and_how_much_is_left_out() -> None:
    html = to_html([draw_table(("n", "unknown", "yes"), ((1, None, True), (2, None, False)), most=1)])
    read = Reader(html)
    assert read.text == "nyes1yes1 of 2 rows"  # the column in which nothing is known is left out
    assert '<td style="text-align:right;vertical-align:top">1</td>' in html
    assert Reader(Table(("a", "b"), ())._repr_html_()).text == "abno rows"
