"""The words of a claim in its sentence."""

import pytest
from view_samples import AA, ARMY, TNLA, make_claim

from kg.model import CLAIM_TYPES, Kind, Quantity, Reference
from kg.view.marks import TRIGGERS, marks


def words(claim):
    quote = claim.evidence[0].quote
    raw = quote.encode("utf-16-le", "surrogatepass")
    return [(raw[2 * start:2 * end].decode("utf-16-le"), role) for start, end, role in marks(claim, quote)]


def test_every_claim_type_has_words_to_look_for():
    assert TRIGGERS.keys() == CLAIM_TYPES.keys()


@pytest.mark.parametrize(("quote", "found"), [
    ("The TNLA attacked the junta on October 27, 2023.",
     [("TNLA", "subject"), ("attacked", "what"), ("the junta", "object"), ("October 27, 2023", "when")]),
    ("Ta'ang forces shelled the Tatmadaw.",  # another apostrophe than the name's
     [("Ta'ang forces", "subject"), ("shelled", "what"), ("Tatmadaw", "object")]),
    ("The junta said the TNLANS struck.", [("The junta", "object"), ("struck", "what")]),  # no part of a longer word
    ("🔥 TNLA attacked 🔥 the junta.", [("TNLA", "subject"), ("attacked", "what"), ("the junta", "object")]),  # offsets are in UTF-16 units
    ("They attacked them.", [("attacked", "what")]),  # a pronoun is no name
    ("The National Army Attack Museum of the TNLA.", [("TNLA", "subject")]),  # a word of a name is not what happened
])
def test_words_are_marked_where_they_stand(quote, found):
    assert words(make_claim("attack", subject=TNLA, object=ARMY, quote=quote, date="2023-10-27")) == found


def test_the_longest_name_is_marked_whole():
    army = Reference("army", Kind.ARMED_GROUP, "Army")
    assert words(make_claim("attack", subject=AA, object=army, quote="The Arakan Army attacked the Army.")) == [
        ("Arakan Army", "subject"), ("attacked", "what"), ("Army", "object")]


def test_a_count_is_marked_and_no_date_where_none_is_told():
    claim = make_claim("desert", from_=ARMY, quantity=Quantity(40, None, "more than 40"), quote="In 2023 more than 40 fled the junta.")
    assert words(claim) == [("more than 40", "count"), ("fled", "what"), ("the junta", "from")]


@pytest.mark.parametrize("name", ["(", "a|b", "\\", "x" * 100_000, " "])
def test_names_are_no_patterns(name):
    assert marks(make_claim("attack", subject=Reference("x", Kind.ARMED_GROUP, name), object=ARMY, quote="The army."), "The army.") == []
