"""Claims made by hand for the tests of pages. A module of its own: `conftest` is no name to import from."""

from kg.model import Claim, Evidence, Kind, Period, Reference, Span, ties
from kg.network.layout import positions
from kg.network.project import project
from kg.view.explorer import explorer_page

TNLA = Reference("tnla", Kind.ARMED_GROUP, "Ta’ang National Liberation Army", ("TNLA", "Ta’ang forces"))
AA = Reference("aa", Kind.ARMED_GROUP, "Arakan Army", ("AA",))
ALLIANCE = Reference("3ba", Kind.ALLIANCE, "Three Brotherhood Alliance")
ARMY = Reference("tatmadaw", Kind.ARMED_GROUP, "Tatmadaw", ("the junta",))
LASHIO = Reference("lashio", Kind.PLACE, "Lashio")
SPOKESMAN = Reference("spokesman", Kind.PERSON, "Lway Yay Oo")


def make_claim(type_, *, quote=None, start=0, date=None, document="report.txt", **fields):
    """A claim whose sentence is `quote`; `date` in EDTF."""
    quote = quote or f"A sentence of {document} at {start} that tells of: {type_}."
    return Claim(type_, (Evidence(document, Span(start, start + len(quote)), quote),), period=Period.parse(date) if date else None,
                 reported=Period.parse("2023-11-17"), **fields)


def make_page(claims, documents, title="Who stands with whom"):
    return explorer_page(claims, documents, positions=positions(project(ties(claims))), title=title)
