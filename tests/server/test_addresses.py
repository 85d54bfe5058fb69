"""Named queries, descriptions and pages, of a graph whose texts are hostile."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from pyoxigraph import RdfFormat, parse
from server_fixtures import Server, serving

from kg.model import Claim, Document, Evidence, Kind, Period, Polarity, Quantity, Reference, Span
from kg.rdf.mapping import claims_quads, document_quads
from kg.rdf.names import ID
from kg.rdf.queries import list_queries
from kg.rdf.store import open_store
from kg.server.resources import contradiction

EVIL = "<script>alert(1)</script>\"'&"
AA = Reference("aa", Kind.ARMED_GROUP, EVIL)
SAC = Reference("sac", Kind.ARMED_GROUP, "SAC")
SHAN = Reference("shan", Kind.PLACE, "Shan State")


def claim(document: str, **values: object) -> Claim:
    return Claim("attack", (Evidence(document, Span(0, len(EVIL)), EVIL),), subject=AA, object=SAC, place=SHAN, **values)  # type: ignore[arg-type]


FIRST = claim("a b/1#?.txt", quantity=Quantity(200, None, "more than 200"))
SAME = claim("two.txt", quantity=Quantity(200, None, "over 200"))
LESS = claim("three.txt", quantity=Quantity(None, 150, "nearly 150"))
DENIAL = claim("four.txt", polarity=Polarity.NEGATIVE)


@pytest.fixture(scope="module")
def evil(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    out = tmp_path_factory.mktemp("evil") / "kg-out"
    out.mkdir()
    store = open_store(str(out / "store"))
    claims = [FIRST, SAME, LESS, DENIAL]
    store.load([*claims_quads(claims), *(quad for one in claims for quad in document_quads(
        Document(one.document, EVIL, title=EVIL, publisher=EVIL, url="javascript:alert(1)")))])
    store.close()
    with serving(out) as started:
        yield started


PAGES = [f"/claims/{FIRST.id}", "/actors/aa", "/places/shan", "/documents/a%20b/1%23%3F.txt", "/queries/actors?format=html",
         "/queries/claims-about?actor=aa&format=html", f"/queries/claims-about?format=html&actor={EVIL}".replace("&\"", "%26\""),
         "/explore?find=a"]


@pytest.mark.parametrize("path", PAGES)
def test_no_text_of_a_document_becomes_markup(evil: Server, path: str) -> None:
    page = evil.get(path, "text/html")
    assert page.status_code == 200
    assert "<script" not in page.text
    assert 'href="javascript' not in page.text


def test_a_claim_shows_who_says_the_same_and_who_otherwise(evil: Server) -> None:
    page = evil.get(f"/claims/{FIRST.id}", "text/html").text
    same, otherwise = page.split("Says the same")[1].split("Says otherwise")
    assert (SAME.id in same, LESS.id in same, DENIAL.id in same) == (True, False, False)
    assert (SAME.id in otherwise, LESS.id in otherwise, DENIAL.id in otherwise) == (False, True, True)


@pytest.mark.parametrize(("one", "other", "why"), [
    (FIRST, LESS, "another figure"), (FIRST, SAME, None), (FIRST, DENIAL, "denied"), (DENIAL, FIRST, "affirmed"),
    (claim("a", period=Period.parse("2023")), claim("b", period=Period.parse("2024"), polarity=Polarity.NEGATIVE), None),
    (claim("a", period=Period.parse("2023")), claim("b", period=Period.parse("2023-10"), polarity=Polarity.NEGATIVE), "denied"),
])
def test_what_contradicts(one: Claim, other: Claim, why: str | None) -> None:
    assert contradiction(one, other) == why


@pytest.mark.parametrize(("path", "iri"), [
    (f"claims/{FIRST.id}", f"claim/{FIRST.id}"), ("actors/aa", "actor/aa"), ("places/shan", "place/shan"),
    ("documents/a%20b/1%23%3F.txt", "document/a%20b/1%23%3F.txt"),
])
@pytest.mark.parametrize("format", [RdfFormat.TURTLE, RdfFormat.JSON_LD, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML])
def test_everything_is_described_as_rdf_under_its_own_iri(evil: Server, path: str, iri: str, format: RdfFormat) -> None:
    answer = evil.get(f"/{path}", format.media_type)
    assert answer.headers["content-type"].partition(";")[0] == format.media_type
    assert ID + iri in {triple.subject.value for triple in parse(answer.content, format)}
    there = httpx.get(f"{evil.address}/id/{iri}", headers={"Accept": format.media_type})
    assert (there.status_code, there.headers["location"]) == (303, f"/{path}")


def test_the_description_of_a_claim_holds_its_sentence_and_its_mentions(evil: Server) -> None:
    triples = list(parse(evil.get(f"/claims/{FIRST.id}", "application/n-triples").content, RdfFormat.N_TRIPLES))
    said = {triple.predicate.value.rpartition("#")[2] for triple in triples}
    assert {"subject", "subjectMention", "exact", "start", "end", "mentionOf", "hasSelector"} <= said


@pytest.mark.parametrize(("path", "status"), [
    ("/claims/nonsense", 404), ("/actors/nobody", 404), ("/actors/a%22%3E%20b", 404), ("/id/nonsense/x", 404), ("/queries/nonsense", 404),
    ("/queries/members", 400), ("/queries/members?alliance=nobody", 400), ("/queries/members?nonsense=1&alliance=aa", 400),
    ("/queries/members?alliance=aa&alliance=sac", 400), ("/queries/actors?format=png", 400),
    ("/queries/allies-on-day?actor=aa&day=soon", 400),
    ("/queries/claims-about?actor=aa&type=hug", 400), ("/queries/claims-about?actor=%FF", 400),
])
def test_what_is_wrong_with_an_address_is_said_with_advice(evil: Server, path: str, status: int) -> None:
    answer = evil.get(path, "application/json")
    assert (answer.status_code, answer.json()["status"]) == (status, status)
    assert answer.json()["problem"]
    assert evil.get(path).text.startswith(answer.json()["problem"].splitlines()[0])


@pytest.mark.parametrize("name", [query.name for query in list_queries()])
def test_every_named_query_has_its_page_and_its_entry(evil: Server, name: str) -> None:
    operation = evil.get("/openapi.json").json()["paths"][f"/queries/{name}"]["get"]
    query = next(query for query in list_queries() if query.name == name)
    assert [one["name"] for one in operation["parameters"]] == [*(one.name for one in query.parameters), "format"]
    assert [one["required"] for one in operation["parameters"][:-1]] == [one.required for one in query.parameters]
    assert operation["summary"] == query.question
    assert evil.get(f"/queries/{name}", "text/html").status_code == 200
    assert f'href="/queries/{name}"' in evil.get("/queries", "text/html").text
    if not any(one.required for one in query.parameters):
        assert evil.get(f"/queries/{name}?format=csv").text.startswith(",".join(query.columns))


def test_an_empty_field_of_a_form_is_not_given(evil: Server) -> None:
    assert evil.get("/queries/claims-about?actor=aa&type=&format=csv").text == evil.get("/queries/claims-about?actor=aa&format=csv").text
