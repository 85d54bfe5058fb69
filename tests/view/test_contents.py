"""What a page knows, as plain tables."""

from datetime import date, timedelta

import pytest
from view_samples import AA, ARMY, LASHIO, TNLA, make_claim

from kg.model import Document, Kind, Period, Polarity, Quantity, Reference
from kg.view.contents import Numbers, actor_rows, claim_rows, document_rows, is_web_address


def test_a_claim_row_says_what_is_told_and_no_more():
    claim = make_claim("capture", subject=TNLA, object=LASHIO, from_=ARMY, date="2023-11", quote="It fell.", polarity=Polarity.NEGATIVE,
                       quantity=Quantity(None, 450, "nearly 450"), attributed_to=AA)
    actors, documents = Numbers(), Numbers()
    # days since 1970-01-01: 2023-11-01 is 19662, 2023-11-30 is 19691 (date(2023, 11, 1) - date(1970, 1, 1))
    assert claim_rows([claim], actors, documents) == [{
        "id": claim.id, "type": "capture", "roles": {"subject": 0, "object": 1, "from": 2}, "date": "2023-11",
        "window": [19662, 19691, 19662, 19691 + 90], "written": [19662, 19662], "count": "<450", "counted": "nearly 450",
        "by": "Arakan Army", "certainty": "stated", "modality": "actual", "denied": True, "quotes": ["It fell."],
        "marks": [[(3, 7, "what")]], "document": 0}]
    assert (list(actors), list(documents)) == (["tnla", "lashio", "tatmadaw"], ["report.txt"])


# The claims of `make_claim` are told on 2023-11-17.
@pytest.mark.parametrize(("edtf", "first", "last"), [
    ("2025~", "2025-01-01", "2025-01-01"), ("2023-10~", "2023-10-01", "2023-10-01"), ("202X", "2020-01-01", "2020-01-01"),
    ("2019~/..", "2019-01-01", "2023-11-17"), ("2019/", "2019-01-01", "2023-11-17"), ("2025-10-28/..", "2025-10-28", "2025-10-28"),
    ("../2019?", "2019-01-01", "2019-01-01"), ("2023-10-27/2024~", "2023-10-27", "2024-01-01"), ("2024~/2023%", "2023-01-01", "2024-01-01"),
])
def test_a_date_as_it_is_written(edtf, first, last):
    (row,) = claim_rows([make_claim("attack", subject=TNLA, object=ARMY, date=edtf)], Numbers(), Numbers())
    assert [date(1970, 1, 1) + timedelta(day) for day in row["written"]] == [date.fromisoformat(first), date.fromisoformat(last)]


def test_names_are_gathered_and_abbreviations_label():
    again = Reference("tnla", Kind.ARMED_GROUP, "TNLA", ("the Palaung army",))
    claims = [make_claim("attack", subject=TNLA, object=ARMY), make_claim("attack", subject=again, object=ARMY, start=9),
              make_claim("attack", subject=TNLA, object=AA, start=99)]
    actors = Numbers()
    claim_rows(claims, actors, Numbers())
    rows = {row["id"]: row for row in actor_rows(claims, actors)}
    assert rows["tnla"] == {"id": "tnla", "name": "Ta’ang National Liberation Army", "kind": "armed_group", "label": "TNLA",
                            "names": ["TNLA", "Ta’ang forces", "the Palaung army"]}
    assert (rows["tatmadaw"]["label"], rows["aa"]["label"]) == ("Tatmadaw", "Arakan Army")


def test_an_abbreviation_of_two_actors_labels_neither():
    other = Reference("other", Kind.ARMED_GROUP, "Tigray National Liberation Army", ("TNLA",))
    claims = [make_claim("attack", subject=TNLA, object=other)]
    actors = Numbers()
    claim_rows(claims, actors, Numbers())
    assert [row["label"] for row in actor_rows(claims, actors)] == ["Ta’ang National Liberation Army", "Tigray National Liberation Army"]


@pytest.mark.parametrize(("name", "label"), [
    ("N" * 100_000, "N" * 35 + "…"),
    ("\u202eevil\u202c army", "evil army"),  # marks that turn the direction of the line they stand in
    ("می\u200cخواهم", "می\u200cخواهم"),  # a joiner that the word needs
])
def test_labels_are_short_and_cannot_turn_their_line(name, label):
    claims = [make_claim("attack", subject=Reference("x", Kind.ARMED_GROUP, name), object=ARMY)]
    actors = Numbers()
    claim_rows(claims, actors, Numbers())
    row = actor_rows(claims, actors)[0]
    assert (row["label"], row["name"]) == (label, name)


def test_one_id_as_place_and_as_state_is_drawn_as_a_state():
    china, place = Reference("china", Kind.STATE, "China"), Reference("china", Kind.PLACE, "China")
    claims = [make_claim("attack", subject=TNLA, object=ARMY, place=place, start=n) for n in (0, 1, 2)]
    claims.append(make_claim("supports", subject=china, object=TNLA))
    actors = Numbers()
    claim_rows(claims, actors, Numbers())
    assert [row["kind"] for row in actor_rows(claims, actors) if row["id"] == "china"] == ["state"]


def test_documents_known_and_unknown():
    known = {"a": Document("a", "text", title="T", publisher="P", published=Period.parse("2023"), url="https://example.org/a"),
             "b": Document("b", "text", url="javascript:alert(1)")}
    numbers = Numbers()
    assert [numbers[i] for i in ("a", "b", "gone", "a")] == [0, 1, 2, 0]
    assert document_rows(numbers, known) == [
        {"title": "T", "publisher": "P", "date": "2023", "url": "https://example.org/a"}, {"title": "b"}, {"title": "gone"}]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//example.org", "example.org", "https://",
                                 "http://[broken", "JAVASCRIPT:x"])
def test_other_addresses_are_no_links(url):
    assert not is_web_address(url)
