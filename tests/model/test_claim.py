"""Claims: what they need, their two identities, and the exchange format."""

from __future__ import annotations

import json
from copy import deepcopy
from dataclasses import replace

import pytest
from claim_strategies import claims, documents, quantities, words
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import KgError
from kg.exchange.jsonl import from_json, read_claims, to_json, write_claims
from kg.model import (
    CLAIM_TYPES,
    Action,
    Claim,
    Decision,
    Document,
    Evidence,
    Kind,
    Modality,
    Period,
    Polarity,
    Quantity,
    Reference,
    Span,
    slug,
    ties,
)
from kg.model.claim import ROLES

TEXT = "The AA and the TNLA attacked the SAC."
SAID = (Evidence("a.txt", Span(0, len(TEXT)), TEXT),)


def group(name: str) -> Reference:
    return Reference(name.lower(), Kind.ARMED_GROUP, name, (name,))


AA, TNLA, SAC = group("AA"), group("TNLA"), group("SAC")
ATTACK = Claim("attack", SAID, AA, SAC)


@pytest.mark.parametrize(("arguments", "message"), [
    ({"type": "hug", "subject": AA, "object": SAC}, "unknown claim type 'hug'"),
    ({"type": "attack", "subject": AA}, r"attack needs subject\+object or subject\+place"),
    ({"type": "strength", "subject": AA}, r"strength needs subject\+count"),
    ({"type": "attack", "subject": AA, "object": SAC, "evidence": ()}, "has no evidence"),
])
def test_an_incomplete_claim_is_refused(arguments: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Claim(**{"evidence": SAID, **arguments})  # type: ignore[arg-type]  # a table of wrong arguments


@pytest.mark.parametrize(("quantity", "notation"), [
    (Quantity(750, 750, "750"), "750"), (Quantity(300, 300, "some 300", approximate=True), "~300"),
    (Quantity(200, None, "more than 200"), "200+"), (Quantity(None, 450, "nearly 450"), "<450"),
    (Quantity(10, 20, "10 to 20"), "10-20"), (Quantity(10, 20, "about 10 to 20", approximate=True), "~10-20"),
])
def test_how_a_quantity_is_written(quantity: Quantity, notation: str) -> None:
    assert quantity.notation == notation


@pytest.mark.parametrize("bounds", [(None, None), (2, 1)])
def test_a_quantity_without_sense_is_refused(bounds: tuple[int | None, int | None]) -> None:
    with pytest.raises(ValueError, match="the quantity 'many' has"):
        Quantity(*bounds, "many")


# What a claim says decides its key; who says it and where only its id.
@pytest.mark.parametrize("change", [
    {"subject": TNLA}, {"object": TNLA}, {"place": group("Lashio")}, {"operation": group("1027")}, {"role": "leader"},
    {"outcome": "killed"}, {"period": Period.parse("2023-10-27")}, {"quantity": Quantity(1, 1, "one")},
    {"polarity": Polarity.NEGATIVE}, {"modality": Modality.PLANNED}, {"type": "opposes"},
])
def test_another_content_is_another_key(change: dict[str, object]) -> None:
    other = replace(ATTACK, **change)  # type: ignore[arg-type]  # a table of changes
    assert other.key != ATTACK.key
    assert other.id != ATTACK.id


@pytest.mark.parametrize("change", [
    {"attributed_to": TNLA},
    {"evidence": (Evidence("b.txt", SAID[0].span, TEXT),)},
    {"evidence": (Evidence("a.txt", Span(0, 6), "The AA"),)},
])
def test_another_source_is_another_id_with_the_same_key(change: dict[str, object]) -> None:
    other = replace(ATTACK, **change)  # type: ignore[arg-type]
    assert other.key == ATTACK.key
    assert other.id != ATTACK.id


def test_the_ids_do_not_change_between_versions() -> None:
    """Decisions name claims by id: an id that changes loses them. Computed with version 0.1.0."""
    assert (ATTACK.key, ATTACK.id) == ("f7a18e4fdd06836e", "0387467d8f529520")


@given(claims())
def test_the_same_claim_has_the_same_ids(claim: Claim) -> None:
    again = from_json(json.loads(json.dumps(to_json(claim))))
    assert (again.key, again.id) == (claim.key, claim.id)


@given(claims())
def test_the_sides_of_a_symmetric_claim_may_be_exchanged(claim: Claim) -> None:
    if claim.subject and claim.object and claim.subject.id != claim.object.id:
        exchanged = replace(claim, subject=claim.object, object=claim.subject)
        assert (exchanged.key == claim.key) is CLAIM_TYPES[claim.type].symmetric


@given(claims())
def test_the_exchange_format_keeps_everything(claim: Claim) -> None:
    (line,) = write_claims([claim])
    assert "\n" not in line
    assert list(read_claims([line, "", "\n"], where="claims.jsonl")) == [claim]


@given(quantities())
def test_a_quantity_says_its_bounds(quantity: Quantity) -> None:
    written = [int(n) for n in quantity.notation.strip("~<+").split("-")]
    assert written == sorted({b for b in (quantity.minimum, quantity.maximum) if b is not None})


@pytest.mark.parametrize(("line", "message"), [
    ("{", "claims.jsonl, line 2: "),
    ("[]", r"claims.jsonl, line 2: not a claim: \[\] is no object"),
    ("3", "claims.jsonl, line 2: not a claim: 3 is no object"),
    (json.dumps(to_json(ATTACK) | {"subject": "aa"}), "claims.jsonl, line 2: not a claim: TypeError"),
    (json.dumps(to_json(ATTACK) | {"subject": ["aa"]}), "claims.jsonl, line 2: not a claim: TypeError"),
    (json.dumps(to_json(ATTACK) | {"count": 3}), "claims.jsonl, line 2: not a claim: AttributeError"),
    ('{"type": "attack"}', "not a claim: KeyError"),
    (json.dumps(to_json(ATTACK) | {"date": "soon"}), "'soon' is not an EDTF level 1 date"),
    (json.dumps(to_json(ATTACK) | {"certainty": "rumour"}), "'rumour' is not a valid Certainty"),
])
def test_a_line_that_is_no_claim_is_refused_with_its_number(line: str, message: str) -> None:
    with pytest.raises(KgError, match=message):
        list(read_claims([json.dumps(to_json(ATTACK)), line], where="claims.jsonl"))


@given(st.data(), documents())
def test_the_evidence_stands_in_the_text(data: st.DataObject, document: Document) -> None:
    claim = data.draw(claims(document))
    for evidence in claim.evidence:
        assert document.text[evidence.span.start : evidence.span.end] == evidence.quote


@given(st.lists(claims(), max_size=3), st.randoms())
def test_the_order_of_claims_does_not_matter(found: list[Claim], random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    assert {claim.id: claim.key for claim in mixed} == {claim.id: claim.key for claim in found}
    assert sorted(map(repr, ties(mixed))) == sorted(map(repr, ties(found)))


@given(claims())
def test_ties_link_two_different_actors(claim: Claim) -> None:
    for tie in ties([claim]):
        assert tie.source.id != tie.target.id
        assert tie.source.kind.is_actor
        assert tie.target.kind.is_actor
        assert (tie.claim, tie.key) == (claim.id, claim.key)


# codebook: sign of a defection is ±: with the side joined, against the side left.
@pytest.mark.parametrize(("claim", "expected"), [
    (ATTACK, [("aa", "sac", -1)]),
    (Claim("allied_with", SAID, AA, TNLA), [("aa", "tnla", 1)]),
    (Claim("defect", SAID, TNLA, from_=SAC, to=AA), [("tnla", "aa", 1), ("tnla", "sac", -1)]),
    (Claim("defect", SAID, from_=SAC, to=AA), []),
    (Claim("capture", SAID, AA, Reference("lashio", Kind.PLACE, "Lashio"), from_=SAC), [("aa", "sac", -1)]),
    (Claim("controls", SAID, AA, Reference("lashio", Kind.PLACE, "Lashio")), []),
    (Claim("casualties", SAID, SAC, Reference("civilians", Kind.PEOPLE, "civilians"), place=SAC), []),
    (Claim("attack", SAID, AA, AA), []),
])
def test_which_ties_a_claim_gives(claim: Claim, expected: list[tuple[str, str, int]]) -> None:
    assert [(tie.source.id, tie.target.id, tie.sign) for tie in ties([claim])] == expected


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (4, 3)])
def test_an_impossible_span_is_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match=rf"not {start}\.\.{end}"):
        Span(start, end)


@given(words)
def test_a_slug_is_plain_and_never_empty(name: str) -> None:
    assert slug(name)
    assert all(c.isascii() and ((c.isalnum() and not c.isupper()) or c == "-") for c in slug(name))


@given(documents())
def test_the_same_document_has_the_same_digest(document: Document) -> None:
    assert replace(document).digest == document.digest
    assert replace(document, text=document.text + ".").digest != document.digest


@pytest.mark.parametrize(("action", "into", "reason", "message"), [
    (Action.MERGE, None, "r", "merge needs `into`"), (Action.REJECT, "aa", "r", "reject takes no `into`"),
    (Action.REJECT, None, " ", "gives no reason"),
])
def test_an_incomplete_decision_is_refused(action: Action, into: str | None, reason: str, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        Decision(action, "x", "editor", Period.parse("2024-01-01").begin_earliest, reason, into)  # type: ignore[arg-type]


def test_every_role_of_a_claim_type_is_a_role() -> None:
    assert {role for kind in CLAIM_TYPES.values() for key in kind.keys for role in key} <= {*ROLES, "count"}


@given(claims())
def test_what_is_hashed_once_belongs_to_one_claim_only(claim: Claim) -> None:
    known = claim.key, claim.id
    other = replace(claim, evidence=(Evidence("another.txt", Span(0, 1), "x"),))
    assert (other.key == known[0], other.id == known[1]) == (True, False)
    denied = replace(claim, polarity=Polarity.NEGATIVE if claim.polarity is Polarity.POSITIVE else Polarity.POSITIVE)
    assert denied.key != known[0]
    fresh = replace(claim)
    assert fresh == claim == deepcopy(claim)
    assert hash(fresh) == hash(claim)
    assert (fresh.key, fresh.id) == known == (deepcopy(claim).key, claim.id)
