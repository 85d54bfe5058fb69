"""The corridor: what is built, what is done again, and what a kill leaves."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from build_fixtures import toy_recipe, write_documents, write_seeds

from kg.build import BuildReport, build
from kg.errors import KgError, UsageError
from kg.model import Action, Decision
from kg.rdf.reading import read_actors, read_claims, read_documents
from kg.rdf.store import open_store
from kg.seeds import append_decision

A = "2023-11-01\n\nAA attacked SAC on 2023-10-27.\n"
B = "TNLA joined TBA. AA joined TBA.\n"


class Workplace:
    """Documents, reference data and results of one test."""

    def __init__(self, folder: Path) -> None:
        self.documents = write_documents(folder / "documents", a=A, b=B)
        self.seeds = write_seeds(folder / "seeds")
        self.out = folder / "out"
        self.log = folder / "extractor.log"
        self.decisions = folder / "decisions.jsonl"

    def build(self, *paths: Path | str, jobs: int = 1, digest: str = "toy", stdin: str = "", day: str | None = None) -> BuildReport:
        given = [str(path) for path in paths or (self.documents,)]
        return build(given, out=self.out, date=day, seeds_folder=self.seeds, decisions=self.decisions, jobs=jobs,
                     recipe=toy_recipe(self.log, digest=digest), stdin=io.StringIO(stdin))

    def decide(self, action: Action, target: str, into: str | None = None) -> None:
        append_decision(self.decisions, Decision(action, target, "editor", date(2024, 1, 1), "read the source", into))

    @property
    def used(self) -> list[str]:
        """What the extractor was used for since the last time this was asked."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return lines

    @property
    def rows(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in (self.out / "claims.jsonl").read_text().splitlines()]

    @property
    def quotes(self) -> list[str]:
        return [row["evidence"]["quote"] for row in self.rows]  # type: ignore[index]  # rows of the exchange format

    def stored(self) -> tuple[list[str], list[str]]:
        """The documents and the quotes of the claims in the store."""
        store = open_store(str(self.out / "store"), read_only=True)
        try:
            return [d.id for d in read_documents(store)], [claim.evidence[0].quote for claim in read_claims(store)]
        finally:
            store.close()


@pytest.fixture
def work(tmp_path: Path) -> Workplace:
    return Workplace(tmp_path)


def written(out: Path) -> dict[str, tuple[int, int]]:
    """Every file of a folder with its inode and time of change."""
    return {str(f.relative_to(out)): (f.stat().st_ino, f.stat().st_mtime_ns) for f in out.rglob("*") if f.is_file()}


def test_a_build_makes_claims_store_and_page(work: Workplace) -> None:
    report = work.build()
    assert (report.documents, report.claims, report.extracted, report.problems) == (2, 3, 2, 0)
    assert (report.new, report.changed, report.unchanged, report.removed) == (("a.txt", "b.txt"), (), (), ())
    assert (report.actors_known, report.actors_found) == (1, 3)  # AA is in the seeds; SAC, TNLA and TBA are not
    assert work.quotes == ["AA attacked SAC on 2023-10-27.", "TNLA joined TBA.", "AA joined TBA."]
    assert work.stored() == (["a.txt", "b.txt"], work.quotes)
    assert "TNLA joined TBA." in (work.out / "explorer.html").read_text()


def test_only_the_reference_data_that_claims_speak_of_is_stored(work: Workplace) -> None:
    work.build(work.documents / "b.txt")
    store = open_store(str(work.out / "store"), read_only=True)
    assert [actor.names[1].text for actor in read_actors(store)] == ["Arakan Army"]


def test_nothing_is_done_twice(work: Workplace) -> None:
    work.build()
    before, _ = written(work.out), work.used
    report = work.build()
    assert work.used == []
    assert written(work.out) == before
    assert (report.unchanged, report.extracted, report.claims) == (("a.txt", "b.txt"), 0, 3)


def test_only_a_changed_document_is_extracted(work: Workplace) -> None:
    work.build()
    assert work.used == ["made", "a.txt", "b.txt"]
    write_documents(work.documents, b="TNLA joined TBA.\n")
    report = work.build()
    assert work.used == ["made", "b.txt"]
    assert (report.changed, report.unchanged) == (("b.txt",), ("a.txt",))
    assert work.stored() == (["a.txt", "b.txt"], ["AA attacked SAC on 2023-10-27.", "TNLA joined TBA."])
    assert work.quotes == work.stored()[1]


def test_other_rules_extract_everything_again(work: Workplace) -> None:
    work.build()
    report = work.build(digest="other rules")
    assert (report.extracted, report.changed) == (2, ())


def test_other_reference_data_is_stored(work: Workplace) -> None:
    work.build()
    file = work.seeds / "actors" / "a.yaml"
    file.write_text(file.read_text().replace("Arakan Army", "Arakan Army of Rakhine"))
    work.build()
    store = open_store(str(work.out / "store"), read_only=True)
    assert [actor.names[1].text for actor in read_actors(store)] == ["Arakan Army of Rakhine"]


def test_a_document_that_left_its_folder_leaves_the_graph(work: Workplace) -> None:
    work.build()
    (work.documents / "a.txt").unlink()
    report = work.build()
    assert (report.removed, report.documents, report.extracted) == (("a.txt",), 1, 0)
    assert work.stored() == (["b.txt"], ["TNLA joined TBA.", "AA joined TBA."])
    assert work.quotes == work.stored()[1]
    assert work.build().removed == ()


def test_another_folder_adds(work: Workplace, tmp_path: Path) -> None:
    work.build()
    report = work.build(write_documents(tmp_path / "more", c="PDF attacked SAC.\n"))
    assert (report.documents, report.new, report.removed) == (3, ("c.txt",), ())
    assert work.stored()[0] == ["a.txt", "b.txt", "c.txt"]


def test_a_name_that_another_folder_holds_is_refused_and_the_rest_goes_on(work: Workplace, tmp_path: Path) -> None:
    work.build()
    report = work.build(write_documents(tmp_path / "more", a="PDF attacked SAC.\n", c="PDF attacked TNLA.\n"))
    assert report.new == ("c.txt",)
    assert [str(item) for item in report.unread] == [
        f"{tmp_path}/more/a.txt: {work.documents} holds a document of the same name (rename one of them, or build it with another --out)"]
    assert "AA attacked SAC on 2023-10-27." in work.quotes


def test_one_file_and_its_folder_are_the_same_document(work: Workplace) -> None:
    work.build(work.documents / "a.txt")
    report = work.build()
    assert (report.new, report.unchanged, report.problems) == (("b.txt",), ("a.txt",), 0)


def test_standard_input_is_a_document(work: Workplace) -> None:
    report = work.build("-", stdin=B)
    assert (report.new, report.claims) == (("stdin.txt",), 2)


def test_what_the_reader_could_not_find_out_is_reported(work: Workplace) -> None:
    report = work.build()
    assert report.undated == ("b.txt",)
    assert work.build(day="2023-11-05").undated == ()


def test_a_document_that_breaks_the_extractor_is_one_problem(work: Workplace) -> None:
    write_documents(work.documents, bad="This is unbearable.\n")
    report = work.build()
    assert report.failed == (("bad.txt", "RuntimeError: it was unbearable"),)
    assert (report.problems, report.documents, report.claims) == (1, 2, 3)


def test_what_was_known_of_a_document_stays_when_it_breaks_the_extractor(work: Workplace) -> None:
    work.build()
    write_documents(work.documents, a="This is unbearable.\n")
    report = work.build()
    assert (report.failed, report.removed, report.claims) == ((("a.txt", "RuntimeError: it was unbearable"),), (), 3)


def test_an_unreadable_file_is_one_problem_and_does_not_leave_the_graph(work: Workplace) -> None:
    work.build()
    (work.documents / "a.txt").write_bytes(b"\x00\x01\x02")
    report = work.build()
    assert [item.path for item in report.unread] == [str(work.documents / "a.txt")]
    assert (report.removed, report.claims) == ((), 3)


@pytest.mark.parametrize("gone", ["c.txt", "a.txt/b.txt", "folder"])
def test_a_path_that_leads_nowhere_is_refused_before_anything_is_written(work: Workplace, gone: str) -> None:
    for paths in ([work.documents / gone], [work.documents, work.documents / gone]):
        with pytest.raises(UsageError, match=f"{gone}: there is no such file or folder .*nothing was built"):
            work.build(*paths)
        assert not work.out.exists()
    work.build()
    before = {path: path.stat().st_mtime_ns for path in work.out.rglob("*")}
    with pytest.raises(UsageError):
        work.build(work.documents, work.documents / gone)
    assert {path: path.stat().st_mtime_ns for path in work.out.rglob("*")} == before


def test_several_processes_give_the_same(work: Workplace, tmp_path: Path) -> None:
    write_documents(work.documents, **{f"n{i}": f"G{'ABCDEFGHIJ'[i]} attacked SAC." for i in range(10)}, bad="unbearable")
    one = work.build()
    claims = (work.out / "claims.jsonl").read_bytes()
    work.out = tmp_path / "other"
    assert work.build(jobs=2) == one
    assert (work.out / "claims.jsonl").read_bytes() == claims


def test_decisions_are_applied_without_extraction(work: Workplace) -> None:
    work.build()
    _ = work.used
    work.decide(Action.MERGE, "sac", "aa")
    work.decide(Action.REJECT, str(work.rows[1]["id"]))
    report = work.build()
    assert work.used == []
    assert (report.claims, report.without_effect) == (2, ())
    assert [(row["object"]["id"], row["object"]["name"]) for row in work.rows] == [("aa", "AA"), ("tba", "TBA")]  # type: ignore[index]
    assert work.stored()[1] == work.quotes


def test_a_decision_is_taken_back(work: Workplace) -> None:
    work.build()
    before = (work.out / "claims.jsonl").read_bytes()
    work.decide(Action.MERGE, "sac", "tba")
    work.build()
    assert work.rows[0]["object"]["name"] == "TBA"  # type: ignore[index]
    work.decide(Action.SPLIT, "sac", "tba")
    work.build()
    assert (work.out / "claims.jsonl").read_bytes() == before
    assert len(work.stored()[1]) == 3


def test_decisions_alone_are_applied_without_paths(work: Workplace) -> None:
    work.build()
    work.decide(Action.REJECT, str(work.rows[0]["id"]))
    report = build([], out=work.out, seeds_folder=work.seeds, decisions=work.decisions, recipe=toy_recipe())
    assert (report.claims, report.documents, report.removed) == (2, 2, ())


def test_a_decision_about_nothing_is_reported(work: Workplace) -> None:
    work.decide(Action.REJECT, "0123456789abcdef")
    work.decide(Action.MERGE, "nobody", "aa")
    assert work.build().without_effect == ("0123456789abcdef", "nobody")
    assert work.build().without_effect == ("0123456789abcdef", "nobody")


def test_a_deleted_result_is_made_again(work: Workplace) -> None:
    work.build()
    (work.out / "explorer.html").unlink()
    (work.out / "store").rename(work.out / "elsewhere")
    _ = work.used
    work.build()
    assert work.used == []
    assert len(work.stored()[1]) == 3
    assert (work.out / "explorer.html").is_file()


@pytest.mark.parametrize("name", ["documents.json", "published.json"])
@pytest.mark.parametrize("content", ["{", "[]", '{"documents": [{"id": 1}], "nonsense": 1}'])
def test_a_damaged_record_is_refused_with_its_name(work: Workplace, name: str, content: str) -> None:
    work.build()
    (work.out / name).write_text(content)
    with pytest.raises(KgError, match=rf"{name}: damaged: .* \(delete its folder and build again\)"):
        work.build()


@pytest.mark.parametrize("store", ["memory:", "http://localhost:1/sparql"])
def test_a_store_that_is_no_folder_is_refused_before_anything_is_read(work: Workplace, store: str) -> None:
    with pytest.raises(UsageError):
        build([str(work.documents)], out=work.out, store=store, seeds_folder=work.seeds, recipe=toy_recipe(work.log))
    assert work.used == []


# A build is killed at each moment at which it asks the system to put a file in its place, and once between two documents of
# the store; the next build must give what an undisturbed one gives.
_KILLED = """
import os, signal, sys
sys.path.insert(0, {tests!r})
from pathlib import Path
from build_fixtures import toy_recipe
from kg.build import build
import kg.rdf.embedded as embedded

left = {moment}
def count(real):
    def counted(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*args, **kwargs)
    return counted
os.replace = count(os.replace)
Path.rename = count(Path.rename)
embedded.EmbeddedStore.replace_document = count(embedded.EmbeddedStore.replace_document)
embedded.EmbeddedStore.load = count(embedded.EmbeddedStore.load)
build([{documents!r}], out=Path({out!r}), seeds_folder=Path({seeds!r}), recipe=toy_recipe())
"""


def kill_at(work: Workplace, moment: int) -> bool:
    """Build in another process and kill it; whether it was still at work at that moment."""
    code = _KILLED.format(tests=str(Path(__file__).parent), moment=moment, documents=str(work.documents),
                          out=str(work.out), seeds=str(work.seeds))
    done = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert done.returncode in (0, -9), done.stderr
    return done.returncode == -9


@pytest.mark.parametrize("moment", range(8))
def test_a_first_build_that_was_killed_is_finished_by_the_next(work: Workplace, moment: int) -> None:
    assert kill_at(work, moment)
    report = work.build()
    assert (report.documents, report.claims) == (2, 3)
    assert work.stored() == (["a.txt", "b.txt"], work.quotes)
    assert not [f.name for f in work.out.rglob("*") if "partial" in f.name or ".old" in f.name]


@pytest.mark.parametrize("moment", range(10))
def test_a_later_build_that_was_killed_is_finished_by_the_next(work: Workplace, moment: int) -> None:
    build([str(work.documents)], out=work.out, seeds_folder=work.seeds, recipe=toy_recipe())
    (work.documents / "b.txt").unlink()
    write_documents(work.documents, a=A + "AA joined TBA.\n", c="PDF attacked SAC.\n")
    assert kill_at(work, moment)
    work.build()
    assert work.quotes == ["AA attacked SAC on 2023-10-27.", "AA joined TBA.", "PDF attacked SAC."]
    assert work.stored() == (["a.txt", "c.txt"], work.quotes)


def test_a_graph_too_large_for_one_page_has_none(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    work.build()
    assert (work.out / "explorer.html").is_file()
    monkeypatch.setattr("kg.build.publish.MOST_DRAWN", 2)  # the documents make three claims
    write_documents(work.documents, c="AA attacked SAC on 2023-10-28.\n")
    assert work.build().new == ("c.txt",)
    assert not (work.out / "explorer.html").exists()
    assert work.used
    work.build()
    assert (len(work.rows), work.used) == (4, [])  # and it is not made anew for that
