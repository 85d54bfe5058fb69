"""The embedded store: one writer, whole documents, snapshots, and the same data through rdflib."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Variable

from kg.errors import KgError, UsageError
from kg.model import Claim, Document, Evidence, Kind, Polarity, Reference, Span
from kg.rdf import Store, as_dataset, claims_quads, document_quads, open_store, read_claims, read_documents
from kg.rdf.names import DERIVED, document_iri

A, B, C = (Reference(name, Kind.ARMED_GROUP, name.upper()) for name in "abc")
THING = NamedNode("http://example.org/thing")
ONE = Quad(THING, THING, Literal("one"))


def claim(document: str, subject: Reference = A, target: Reference = B, **more: object) -> Claim:
    return Claim("supports", (Evidence(document, Span(0, 4), "text"),), subject=subject, object=target, **more)  # type: ignore[arg-type]


def quads(document: str, *claims: Claim) -> list[Quad]:
    return [*document_quads(Document(document, "text")), *claims_quads(claims)]


def links(store: Store) -> set[str]:
    """The direct triples in the derived graph, by the last parts of their IRIs."""
    rows = store.query("SELECT ?s ?o { GRAPH ?g { ?s kg:supports ?o } }")
    return {"".join(str(row[name].value)[-1] for name in ("s", "o")) for row in rows}  # type: ignore[union-attr]


def test_a_folder_keeps_what_was_written(tmp_path: Path) -> None:
    store = open_store(str(tmp_path / "store"))
    store.add(quads("d", claim("d")))
    store.close()
    assert list(read_claims(open_store(str(tmp_path / "store")))) == [claim("d")]


def test_closing_puts_what_was_added_into_the_tables(tmp_path: Path) -> None:
    def tables() -> int:
        return sum(file.stat().st_size for file in (tmp_path / "store").glob("*.sst"))

    store = open_store(str(tmp_path / "store"))
    before = tables()
    store.add(Quad(THING, THING, Literal(str(number))) for number in range(1000))
    assert tables() == before  # it is in the log, which the next opening would have to read
    store.close()
    assert tables() > before + 10_000  # 1,000 literals in four tables, compressed
    assert len(open_store(str(tmp_path / "store"))) == 1000


def test_a_second_writer_is_refused(tmp_path: Path) -> None:
    first = open_store(str(tmp_path / "store"))
    with pytest.raises(KgError, match="another program is writing to it"):
        open_store(str(tmp_path / "store"))
    assert len(first) == 0


def test_a_reader_cannot_write(tmp_path: Path) -> None:
    open_store(str(tmp_path / "store")).close()
    reader = open_store(str(tmp_path / "store"), read_only=True)
    with pytest.raises(KgError, match="nothing was written"):
        reader.add([ONE])
    with pytest.raises(KgError, match="nothing was written"):
        reader.load([ONE])


def test_a_store_that_is_not_there_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(KgError, match=r"no store here.*kg build"):
        open_store(str(tmp_path / "store"), read_only=True)
    assert not (tmp_path / "store").exists()


def test_a_folder_with_other_things_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(KgError, match="not a store, and not empty"):
        open_store(str(tmp_path))
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


@pytest.mark.parametrize("url", ["http://localhost:1/sparql", "https://example.org/sparql"])
def test_servers_are_refused(url: str) -> None:
    with pytest.raises(UsageError, match="behind a server are not supported"):
        open_store(url)


def test_nothing_of_a_failing_write_stays() -> None:
    store = open_store("memory:")

    def failing() -> object:
        yield ONE
        raise KgError("broken off")

    for write in (store.add, store.load):
        with pytest.raises(KgError, match="broken off"):
            write(failing())  # type: ignore[arg-type]
        assert len(store) == 0


def test_replacing_a_document_forgets_its_old_claims_only() -> None:
    store = open_store("memory:")
    store.replace_document("d", quads("d", claim("d"), claim("d", B, C)))
    store.replace_document("e", quads("e", claim("e")))
    store.replace_document("d", quads("d", claim("d", A, C)))
    assert list(read_claims(store)) == [claim("d", A, C), claim("e")]
    assert links(store) == {"ac", "ab"}  # "bc" followed from the old claim alone, "ab" follows from the other document too


def test_a_claim_no_longer_affirmed_takes_its_link_along() -> None:
    store = open_store("memory:")
    store.replace_document("d", quads("d", claim("d")))
    store.replace_document("d", quads("d", claim("d", polarity=Polarity.NEGATIVE)))
    assert links(store) == set()


def test_the_derived_triple_of_another_document_must_be_affirmed_to_stay() -> None:
    store = open_store("memory:")
    store.replace_document("d", quads("d", claim("d")))
    store.replace_document("e", quads("e", claim("e", polarity=Polarity.NEGATIVE)))
    store.remove_document("d")
    assert links(store) == set()
    assert [d.id for d in read_documents(store)] == ["e"]


def test_replacing_by_the_same_changes_nothing() -> None:
    store = open_store("memory:")
    for _ in range(2):
        store.replace_document("d", quads("d", claim("d")))
        assert set(store.inner) == set(quads("d", claim("d")))  # type: ignore[attr-defined]


def test_hostile_text_survives_replacement() -> None:
    text = 'a" } ; DROP ALL ; \\u0022 \\" \n\r\t \x00 <http://x> \u2028 {}'
    store = open_store("memory:")
    store.replace_document("d", quads("d", claim("d", Reference("x", Kind.BLOC, "old"))))
    hostile = claim("d", Reference(text, Kind.BLOC, text, (text, "b")), rule=text)
    store.replace_document("d", quads("d", hostile))
    assert list(read_claims(store)) == [hostile]


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs a signal that cannot be caught")
@pytest.mark.parametrize("writes", [1, 3, 8])
def test_a_killed_replacement_leaves_the_old_or_the_new(tmp_path: Path, writes: int) -> None:
    child = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from test_store import A, B, C, claim, quads\n"
        "from kg.model import Kind, Reference\n"
        "from kg.rdf import open_store\n"
        "store = open_store(sys.argv[1])\n"
        "for n in range(10**6):\n"
        "    others = [Reference(f't{i}', Kind.BLOC, f'T{i}') for i in range(40)]\n"
        "    store.replace_document('d', quads('d', *[claim('d', (A, B)[n % 2], other) for other in others]))\n"
        "    print(n, flush=True)\n"
    )
    folder = tmp_path / "store"
    process = subprocess.Popen([sys.executable, "-c", child, str(folder), str(Path(__file__).parent)], stdout=subprocess.PIPE,
                               env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])})
    assert process.stdout is not None
    for _ in range(writes):
        process.stdout.readline()
    process.kill()
    process.wait()
    store = open_store(str(folder))
    claims = list(read_claims(store))
    assert len(claims) == 40
    assert len({c.subject for c in claims}) == 1
    assert set(store.inner) == set(quads("d", *claims))  # type: ignore[attr-defined]


def test_a_reader_sees_the_old_or_the_new(tmp_path: Path) -> None:
    """A query sees one state of the store: with two transactions for one replacement it would meet the gap between them."""
    store = open_store(str(tmp_path / "store"))
    versions = [quads("d", *[claim("d", side, Reference(f"t{i}", Kind.BLOC, "T")) for i in range(40)]) for side in (A, B)]
    store.replace_document("d", versions[0])
    seen: set[tuple[int, int]] = set()
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            (row,) = store.query("SELECT (COUNT(?c) AS ?n) (COUNT(DISTINCT ?s) AS ?sides) { ?c kg:subject ?s }")  # type: ignore[misc]
            seen.add((int(row["n"].value), int(row["sides"].value)))

    reader = threading.Thread(target=read)
    reader.start()
    for n in range(30):
        store.replace_document("d", versions[(n + 1) % 2])
    done.set()
    reader.join()
    assert seen == {(40, 1)}


@pytest.mark.parametrize("address", ["memory:", "folder"])
def test_a_snapshot_is_a_store_of_its_own(tmp_path: Path, address: str) -> None:
    store = open_store(address if address == "memory:" else str(tmp_path / "store"))
    store.add(quads("d", claim("d")))
    store.snapshot(tmp_path / "copy")
    store.remove_document("d")
    assert list(read_claims(open_store(str(tmp_path / "copy"), read_only=True))) == [claim("d")]
    with pytest.raises(KgError, match="needs a new folder"):
        store.snapshot(tmp_path / "copy")


def test_rdflib_sees_claims_in_the_default_graph_and_links_in_the_derived() -> None:
    store = open_store("memory:")
    store.add(quads("d", claim("d")))
    dataset = as_dataset(store)
    rows = list(dataset.query("SELECT ?c { ?c a kg:Support }", initNs={"kg": "https://w3id.org/allegiance/ontology#"}))
    assert len(rows) == 1
    assert {str(graph.identifier) for graph in dataset.graphs()} >= {DERIVED.value}


@pytest.mark.parametrize("text", ["SELECT * {", "INSERT DATA { <a:a> <a:b> <a:c> }", "LOAD <http://example.org/>", "DROP ALL"])
def test_what_is_no_query_is_refused_in_one_line(text: str) -> None:
    with pytest.raises(KgError, match="the query cannot be answered") as caught:
        open_store("memory:").query(text)
    assert "\n" not in str(caught.value)


def test_a_variable_without_a_place_is_refused() -> None:
    with pytest.raises(KgError, match=r"no place for \?x"):
        open_store("memory:").query("SELECT ?x { ?x ?y ?z }", {Variable("x"): THING})


def test_claims_are_filtered() -> None:
    store = open_store("memory:")
    store.add([*quads("d", claim("d")), *quads("e", claim("e", B, C))])
    assert [c.document for c in read_claims(store, actor="c")] == ["e"]
    assert [c.document for c in read_claims(store, document="d", type="supports")] == ["d"]
    assert list(read_claims(store, type="attack")) == []
    with pytest.raises(KgError, match="unknown claim type 'attacks'"):
        list(read_claims(store, type="attacks"))


def test_an_incomplete_claim_is_named() -> None:
    store = open_store("memory:")
    whole = quads("d", claim("d"))
    store.add(q for q in whole if not q.predicate.value.endswith("certainty"))
    with pytest.raises(KgError, match=f"claim:{claim('d').id}: the claim is not complete"):
        list(read_claims(store))


@pytest.mark.parametrize(("id", "ending"), [("a/../b", "a/%2E%2E/b"), ("ä b", "%C3%A4%20b"), ("x#y?z", "x%23y%3Fz"), ("a//b", "a//b")])
def test_documents_have_safe_iris(id: str, ending: str) -> None:
    assert document_iri(id).value == "https://w3id.org/allegiance/id/document/" + ending
