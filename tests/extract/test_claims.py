"""From candidates to claims: said once a document, dated by the deed, and complete or not at all. Names are invented (invented_wars.py)."""

from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_wars import document, says

from kg.extract.claims import merge_claims
from kg.extract.extractor import Extractor
from kg.model import Certainty, Claim, Evidence, Kind, Modality, Period, Polarity, Quantity, Reference, Span

WEDNESDAY = "2024-05-15"


def told(text: str, reader: Extractor) -> list[tuple[str, list[str]]]:
    """Each claim with the sentences that are its evidence."""
    return [(says(c), [e.quote for e in c.evidence]) for c in reader.extract(document(text, published=WEDNESDAY))]


FIRST = "The Kasso Liberation Front captured Agdal."
CAPTURE = "capture kasso-front > agdal"


@pytest.mark.parametrize("second", [
    "The KLF captured Agdal.",
    "Agdal was captured by the KLF.",
    "The front had captured the town of Agdal.",
])
def test_what_is_said_twice_is_one_claim_with_two_pieces_of_evidence(second: str, war_reader: Extractor) -> None:
    (claim, evidence), = told(f"{FIRST} {second}", war_reader)
    assert (claim, sorted(evidence)) == (CAPTURE, sorted([FIRST, second]))


def test_the_clearest_evidence_comes_first_and_its_details_are_kept(war_reader: Extractor) -> None:
    dated = "The KLF captured Agdal on May 3."
    assert told(f"{FIRST} {dated}", war_reader) == [(f"{CAPTURE} on 2024-05-03", [dated, FIRST])]
    assert told(f"{dated} {FIRST}", war_reader) == [(f"{CAPTURE} on 2024-05-03", [dated, FIRST])]


@pytest.mark.parametrize(("text", "expected"), [
    (f"{FIRST} The KLF captured Tindalo.", [CAPTURE, "capture kasso-front > tindalo"]),
    (
        "The Kasso Liberation Front captured Agdal on May 3. The KLF captured Agdal on May 5.",
        [f"{CAPTURE} on 2024-05-03", f"{CAPTURE} on 2024-05-05"],
    ),
    (
        "The Kasso Liberation Front has 300 fighters. The KLF has 500 fighters.",
        ["strength kasso-front = 300", "strength kasso-front = 500"],
    ),
    (
        "The Kasso Liberation Front attacked the Zambaran Armed Forces in Agdal. The KLF attacked the Zambaran Armed Forces in Tindalo.",
        ["attack kasso-front > zambaran-army at agdal", "attack kasso-front > zambaran-army at tindalo"],
    ),
    (
        "Moussa Dembo said the Kasso Liberation Front captured Agdal. The Zambaran Armed Forces said the KLF captured Agdal.",
        [f"{CAPTURE}, says moussa-dembo", f"{CAPTURE}, says zambaran-army"],
    ),
    (f"{FIRST} The Kasso Liberation Front did not capture Agdal.", [CAPTURE, f"{CAPTURE} negative"]),
    (f"{FIRST} The Kasso Liberation Front will capture Agdal.", [CAPTURE, f"{CAPTURE} planned"]),
])
def test_another_date_number_place_source_or_polarity_makes_another_claim(text: str, expected: list[str], war_reader: Extractor) -> None:
    assert [claim for claim, _ in told(text, war_reader)] == expected


def test_the_sides_of_a_symmetric_claim_may_change_places(war_reader: Extractor) -> None:
    text = (
        "The Kasso Liberation Front is allied with the Desert Unity Platform. "
        "The Desert Unity Platform is allied with the Kasso Liberation Front."
    )
    (claim, evidence), = told(text, war_reader)
    assert (claim, len(evidence)) == ("allied_with kasso-front > desert-platform", 2)


@pytest.mark.parametrize(("text", "expected"), [
    ("On May 3 the Kasso Liberation Front captured Agdal.", f"{CAPTURE} on 2024-05-03"),
    ("The Kasso Liberation Front captured Agdal on Monday.", f"{CAPTURE} on 2024-05-13"),
    ("The Kasso Liberation Front said on Monday that it captured Agdal on May 3.", f"{CAPTURE} on 2024-05-03, says kasso-front"),
    ("The Kasso Liberation Front said on Monday that it captured Agdal.", f"{CAPTURE}, says kasso-front"),
    ("On Monday the Kasso Liberation Front said it had captured Agdal.", f"{CAPTURE}, says kasso-front"),
    ("The Kasso Liberation Front joined the Desert Unity Platform in 2020.", "member_of kasso-front > desert-platform on 2020"),
])
def test_a_claim_is_dated_by_the_deed_and_not_by_the_saying(text: str, expected: str, war_reader: Extractor) -> None:
    assert [claim for claim, _ in told(text, war_reader)] == [expected]


@pytest.mark.parametrize(("text", "expected"), [
    (
        "The Kasso Liberation Front is a member of the Desert Unity Platform, a grouping that was formed in October 2023.",
        {"member_of kasso-front > desert-platform"},
    ),
    (
        "The Kasso Liberation Front, which is backed by Vardonia, captured Agdal on Monday.",
        {"supports vardonia > kasso-front", f"{CAPTURE} on 2024-05-13"},
    ),
    (
        "The Kasso Liberation Front controls Agdal, and is far stronger than in 2012.",
        {"controls kasso-front > agdal"},
    ),
    (
        "A round of talks between the Kasso Liberation Front and the Zambaran Armed Forces, "
        "brokered by Vardonia and held from 1 to 3 May, closed.",
        {
            "meet kasso-front > zambaran-army on 2024-05-01/2024-05-03",
            "mediate vardonia > kasso-front on 2024-05-01/2024-05-03",
            "mediate vardonia > zambaran-army on 2024-05-01/2024-05-03",
        },
    ),
])
def test_a_date_belongs_to_the_clause_that_tells_it(text: str, expected: set[str], war_reader: Extractor) -> None:
    found = {claim for claim, _ in told(text, war_reader)}
    dated = {claim for claim in found if claim.split(" on ")[0] in {e.split(" on ")[0] for e in expected}}
    assert dated == expected


@pytest.mark.parametrize(("text", "expected"), [
    (
        "The Kasso Liberation Front entered the town of Agdal in March, Tindalo in April and Sefaro and Kurani on May 3.",
        {
            "capture kasso-front > agdal on 2024-03",
            "capture kasso-front > tindalo on 2024-04",
            "capture kasso-front > sefaro on 2024-05-03",
            "capture kasso-front > kurani on 2024-05-03",
        },
    ),
    (
        "The Kasso Liberation Front attacked the Zambaran Armed Forces in Agdal on Monday and in Tindalo on Tuesday.",
        {
            "attack kasso-front > zambaran-army at agdal on 2024-05-13",
            "attack kasso-front > zambaran-army at tindalo on 2024-05-14",
        },
    ),
])
def test_names_that_share_a_verb_have_each_their_own_date(text: str, expected: set[str], war_reader: Extractor) -> None:
    assert {claim for claim, _ in told(text, war_reader)} == expected


@pytest.mark.parametrize(("text", "expected"), [
    ("Some 200 soldiers of the Zambaran Armed Forces deserted.", "desert from zambaran-army = ~200"),
    (
        "More than 200 soldiers of the Zambaran Armed Forces surrendered to the Kasso Liberation Front in May.",
        "surrender from zambaran-army to kasso-front = 200+ on 2024-05",
    ),
    ("At least 20 civilians were killed in Agdal.", "casualties > civilians at agdal killed = 20+"),
    ("The Kasso Liberation Front has 300 fighters.", "strength kasso-front = 300"),
    ("The Kasso Liberation Front captured Agdal from the Zambaran Armed Forces.", f"{CAPTURE} from zambaran-army"),
    ("The Kasso Liberation Front captured Agdal in Operation Harmattan.", f"{CAPTURE} in operation-harmattan"),
    ("Colonel Moussa Dembo of the Kasso Liberation Front left.", "holds_role moussa-dembo > kasso-front as colonel"),
    ("Moussa Dembo, leader of the Kasso Liberation Front, left.", "holds_role moussa-dembo > kasso-front as leader"),
])
def test_what_a_claim_carries_besides(text: str, expected: str, war_reader: Extractor) -> None:
    assert [claim for claim, _ in told(text, war_reader)] == [expected]


@pytest.mark.parametrize("text", [
    "The Kasso Liberation Front attacked.",
    "The attack failed.",
    "The Kasso Liberation Front has fighters.",
    "Civilians were killed.",
    "The Kasso Liberation Front supports the KLF.",
])
def test_without_its_key_roles_there_is_no_claim(text: str, war_reader: Extractor) -> None:
    assert told(text, war_reader) == []


A, B, C = (Reference(name, Kind.ARMED_GROUP, name.title()) for name in ("ara", "bel", "cor"))
SOMEWHERE = Reference("agdal", Kind.PLACE, "Agdal")
DETAILS = st.fixed_dictionaries({
    "type": st.sampled_from(["attack", "allied_with"]),
    "subject": st.sampled_from([A, B]),
    "object": st.sampled_from([B, C]),
    "place": st.sampled_from([None, SOMEWHERE]),
    "quantity": st.sampled_from([None, Quantity(3, 3, "three"), Quantity(5, 5, "five")]),
    "period": st.sampled_from([None, Period.parse("2024-05"), Period.parse("2024-06")]),
    "attributed_to": st.sampled_from([None, A]),
    "polarity": st.sampled_from(list(Polarity)),
    "modality": st.sampled_from([Modality.ACTUAL, Modality.PLANNED]),
    "certainty": st.sampled_from([Certainty.STATED, Certainty.UNVERIFIED]),
})


@given(st.lists(DETAILS, max_size=6))
def test_merging_loses_no_evidence_and_leaves_nothing_to_merge(rows: list[dict[str, object]]) -> None:
    claims = [
        Claim(evidence=(Evidence("report.txt", Span(i, i + 1), "x"),), **row)  # type: ignore[arg-type]  # rows hold Claim's own fields
        for i, row in enumerate(rows)
    ]
    merged = merge_claims(claims)
    assert sorted(e for c in merged for e in c.evidence) == sorted(e for c in claims for e in c.evidence)
    by_place = {e.span.start: c for c in merged for e in c.evidence}
    for i, before in enumerate(claims):
        after = by_place[i]
        assert (before.type, before.polarity, before.modality) == (after.type, after.polarity, after.modality)
        for detail in ("place", "quantity", "period", "attributed_to"):
            assert getattr(before, detail) in (None, getattr(after, detail))
    assert all(len(merge_claims([a, b])) == 2 for a, b in combinations(merged, 2))
