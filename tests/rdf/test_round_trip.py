"""What is written is read back equal, whatever the texts hold."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdf_strategies import actors, claims_of_document, documents, places

from kg.errors import KgError
from kg.model import Actor, Claim, Document, Evidence, Kind, Place, Reference, Span
from kg.rdf import (
    actor_quads,
    claim_ids,
    claim_quads,
    claims_quads,
    document_quads,
    open_store,
    place_quads,
    read_actors,
    read_claim,
    read_claims,
    read_documents,
    read_places,
)
from kg.rdf.reading import StoredDocument


@settings(max_examples=200, deadline=None)
@given(claims_of_document())
def test_claims_come_back_equal(claims: tuple[Claim, ...]) -> None:
    store = open_store("memory:")
    store.add(claims_quads(claims))
    assert sorted(read_claims(store), key=lambda claim: claim.id) == sorted(claims, key=lambda claim: claim.id)


@settings(max_examples=100, deadline=None)
@given(claims_of_document())
def test_each_claim_is_found_by_its_id_its_beginning_and_its_key(claims: tuple[Claim, ...]) -> None:
    store = open_store("memory:")
    store.add(claims_quads(claims))
    for claim in claims:
        assert read_claim(store, claim.id) == claim
        assert set(read_claims(store, key=claim.key)) == {other for other in claims if other.key == claim.key}
    assert claim_ids(store, "") == tuple(sorted(claim.id for claim in claims))
    assert claim_ids(store, "a") == tuple(sorted(claim.id for claim in claims if claim.id.startswith("a")))


@pytest.mark.parametrize("id", ["", "0123456789abcdef", "../document/d", "a> . ?s ?p ?o", "\udcff"])
def test_no_claim_has_such_an_id(id: str) -> None:
    store = open_store("memory:")
    store.add(document_quads(Document("d", "text")))
    assert (read_claim(store, id), claim_ids(store, id)) == (None, ())


@settings(max_examples=50, deadline=None)
@given(claims_of_document())
def test_claims_alone_and_in_company_give_the_same_quads(claims: tuple[Claim, ...]) -> None:
    assert set(claims_quads(claims)) == {quad for claim in claims for quad in claim_quads(claim)}


@settings(max_examples=100, deadline=None)
@given(documents)
def test_documents_come_back_without_their_text(document: Document) -> None:
    store = open_store("memory:")
    store.add(document_quads(document))
    (stored,) = read_documents(store)
    assert stored == StoredDocument(**{field.name: getattr(document, field.name) for field in fields(StoredDocument)})
    assert list(read_documents(store, document=document.id)) == [stored]
    assert list(read_documents(store, document=document.id + "?")) == []


@settings(max_examples=100, deadline=None)
@given(actors)
def test_actors_come_back_equal(actor: Actor) -> None:
    store = open_store("memory:")
    store.add(actor_quads(actor))
    assert list(read_actors(store)) == [actor]


@settings(max_examples=100, deadline=None)
@given(places)
def test_places_come_back_equal(place: Place) -> None:
    store = open_store("memory:")
    store.add(place_quads(place))
    assert list(read_places(store)) == [place]


@settings(max_examples=60, deadline=None)
@given(st.lists(claims_of_document(st.sampled_from(["a", "b/c d", "../e"])), min_size=2, max_size=4))
def test_replacing_documents_leaves_what_one_fresh_load_gives(versions: list[tuple[Claim, ...]]) -> None:
    """Oracle: a new store with only the last version of every document."""
    store, last = open_store("memory:"), {}
    for claims in versions:
        last[claims[0].document] = claims
        store.replace_document(claims[0].document, claims_quads(claims))
    fresh = open_store("memory:")
    for claims in last.values():
        fresh.add(claims_quads(claims))
    assert set(store.inner) == set(fresh.inner)  # type: ignore[attr-defined]  # the embedded store's own quads
    for document in last:
        store.remove_document(document)
    assert len(store) == 0


def test_half_a_surrogate_pair_is_refused_by_name() -> None:
    group = Reference("a", Kind.ARMED_GROUP, "A\ud800")
    claim = Claim("dissolve", (Evidence("d", Span(0, 1), "x"),), object=group)
    with pytest.raises(KgError, match=f"claim {claim.id} of d: .* surrogate"):
        list(claim_quads(claim))
