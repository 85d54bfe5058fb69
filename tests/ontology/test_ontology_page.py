"""The page of the ontology has every term, leads nowhere it should not, and is made of the files alone."""

from __future__ import annotations

import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest
from example_store import ONTOLOGY
from rdflib import OWL, RDF, SH, SKOS, Graph
from rdflib.compare import isomorphic

from kg.rdf.names import KG, KIND, TERMS
from recipes.ontology.page import main, markdown, render
from recipes.ontology.terms import read_ontology

PAGE = render(ONTOLOGY)
VOID = {"meta", "link", "br", "rect", "path"}


class Elements(HTMLParser):
    """The ids and addresses of a page, and whether its elements nest."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.addresses: list[tuple[str, str]] = []  # (element, address)
        self.names: list[str] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        if tag not in VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src", "action", "data"):
                self.addresses.append((tag, value or ""))

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


ELEMENTS = Elements(PAGE)


def own_terms() -> set[str]:
    graph = Graph().parse(ONTOLOGY / "kg.ttl")
    kinds = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    return {str(term)[len(KG):] for kind in kinds for term in graph.subjects(RDF.type, kind) if str(term).startswith(KG)}


def test_every_term_has_an_anchor_that_is_its_local_name() -> None:
    assert own_terms() <= set(ELEMENTS.ids)
    assert len(own_terms()) > 130


def test_every_concept_shape_and_check_has_an_anchor() -> None:
    concepts = {str(c)[len(KIND):] for c in Graph().parse(ONTOLOGY / "kinds.ttl").subjects(RDF.type, SKOS.Concept)}
    shapes = {str(s).rpartition("/")[2] for s in Graph().parse(ONTOLOGY / "shapes.ttl").objects(None, SH.property)}
    checks = {path.stem for path in (ONTOLOGY / "checks").glob("*.rq")}
    expected = {f"kind-{name}" for name in concepts} | {f"shape-{name}" for name in shapes} | {f"check-{name}" for name in checks}
    assert expected <= set(ELEMENTS.ids)


def test_no_anchor_is_there_twice_and_every_link_leads_to_one() -> None:
    assert len(ELEMENTS.ids) == len(set(ELEMENTS.ids))
    assert {address[1:] for _, address in ELEMENTS.addresses if address.startswith("#")} <= set(ELEMENTS.ids)


def test_the_page_is_well_formed() -> None:
    assert ELEMENTS.open == []


def test_the_page_asks_for_nothing() -> None:
    assert {tag for tag, address in ELEMENTS.addresses if "//" in address} <= {"a"}  # what a reader may click
    assert "script" not in ELEMENTS.names
    assert "default-src 'none'" in PAGE
    assert not re.search(r"@import|url\((?!#)", PAGE)


def test_every_claim_type_is_in_a_table_with_its_link() -> None:
    for term in TERMS.values():
        row = re.search(rf'<tr><th scope="row"><a href="#{term.claim_class}">.*?</tr>', PAGE, re.DOTALL)
        assert row
        assert not term.direct or f'href="#{term.direct}"' in row[0]


def test_the_decision_tables_are_those_of_the_readme() -> None:
    sentences = re.findall(r"^\| (“[^|]+”) \|", (ONTOLOGY / "README.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(sentences) >= 25
    assert [s for s in sentences if f"<td>{s}</td>" not in PAGE] == []


def test_what_the_files_say_is_escaped(tmp_path: Path) -> None:
    shutil.copytree(ONTOLOGY, tmp_path / "ontology")
    for name in ("kg.ttl", "kinds.ttl", "README.md", "CHANGELOG.md"):
        file = tmp_path / "ontology" / name
        file.write_text(file.read_text(encoding="utf-8").replace("Hill Army", "<img src=x onerror=alert(1)>"), encoding="utf-8")
    page = render(tmp_path / "ontology")
    assert "&lt;img src=x" in page
    assert "img" not in Elements(page).names


@pytest.mark.parametrize(("text", "html"), [
    ("a `kg:Attack` and `<b>`", '<p>a <a href="#Attack"><code>kg:Attack</code></a> and <code>&lt;b&gt;</code></p>'),
    ("`kg:Nonsense` is **not** one", "<p><code>kg:Nonsense</code> is <strong>not</strong> one</p>"),
    ("- one\n- two", "<ul><li>one</li><li>two</li></ul>"),
    ("1. one\n2. two\n   more", "<ol><li>one</li><li>two more</li></ol>"),
    ("### A head", '<h3 id="section-a-head">A head</h3>'),
])
def test_the_markdown_that_the_files_use(text: str, html: str) -> None:
    assert str(markdown(text, read_ontology(ONTOLOGY))) == html


def test_the_formats_say_the_same(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(tmp_path / "docs")
    assert capsys.readouterr().out == f"{tmp_path / 'docs' / 'index.html'}\n"
    ours = Graph().parse(ONTOLOGY / "kg.ttl")
    for name in ("ontology.ttl", "ontology.jsonld", "ontology.rdf"):
        assert isomorphic(Graph().parse(tmp_path / "docs" / name), ours)


def test_the_page_is_the_same_each_time() -> None:
    assert render(ONTOLOGY) == PAGE
