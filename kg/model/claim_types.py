"""What a claim can say: the table of claim types (codebook, "Relations" and "Events")."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class ClaimType:
    """One kind of statement about actors.

    `keys`: the combinations of roles one of which must be filled, best first. `sign`: what it says of the
    relation between its two sides: +1 together, -1 against, 0 neither. `symmetric`: subject and object may be
    exchanged. `place_object`: the object is a place, not an actor.
    """

    name: str
    reads: str  # with X for the subject, Y for the object
    lasting: bool  # a relation that holds over a span of time, or an event
    keys: tuple[tuple[str, ...], ...]
    sign: int = 0
    symmetric: bool = False
    place_object: bool = False


_PAIR = (("subject", "object"),)


def _relation(
    name: str, reads: str, sign: int = 0, *, keys: tuple[tuple[str, ...], ...] = _PAIR, symmetric: bool = False, place_object: bool = False
) -> ClaimType:
    return ClaimType(name, reads, True, keys, sign, symmetric, place_object)


def _event(
    name: str, reads: str, sign: int = 0, *, keys: tuple[tuple[str, ...], ...] = _PAIR, symmetric: bool = False, place_object: bool = False
) -> ClaimType:
    return ClaimType(name, reads, False, keys, sign, symmetric, place_object)


_ALL = (
    _relation("member_of", "X belongs to the alliance Y", +1),
    _relation("part_of", "X is a unit, wing or subordinate force of Y", +1),
    _relation("allied_with", "X and Y are allies", +1, symmetric=True),
    _relation("supports", "X backs Y", +1),
    _relation("opposes", "X and Y are lasting adversaries", -1, symmetric=True),
    _relation("split_from", "X was formed by people who broke away from Y"),
    _relation("succeeds", "X is the renamed or reorganised Y"),
    _relation("holds_role", "the person X holds a role in Y"),
    _relation("based_in", "X has its seat, home area or stronghold in Y", place_object=True),
    _relation("controls", "X holds the place Y", place_object=True),
    _relation("located_in", "the place X lies in the place Y", place_object=True),
    _relation("strength", "X has so many fighters, troops or units", keys=(("subject", "count"),)),
    _event("attack", "X attacks Y, or attacks at a place", -1, keys=(("subject", "object"), ("subject", "place"))),
    _event("launch", "X launches or leads the operation Y"),
    _event("capture", "X takes the place Y", -1, place_object=True),
    _event("defect", "members of a side leave it for the other side", keys=(("from", "to"), ("subject", "to"), ("from", "subject"))),
    _event("desert", "members of a side leave its ranks", -1, keys=(("from",),)),
    _event("surrender", "members of a side give themselves up", -1, keys=(("from",),)),
    _event("ceasefire", "X and Y agree a ceasefire", +1, symmetric=True),
    _event("form", "Y is founded (by X)", keys=(("object",),)),
    _event("dissolve", "Y ceases to exist", keys=(("object",),)),
    _event("seize_power", "X overthrows the government Y", -1, keys=(("subject",),)),
    _event("displace", "people flee or are displaced", keys=(("place",), ("count",))),
    _event("casualties", "people of Y are killed or wounded by X", keys=(("object", "count"), ("object", "place"), ("subject", "object"))),
    _event("detain", "X captures or jails persons of Y", -1, keys=(("subject", "object"), ("object",), ("subject",))),
    _event("release", "X frees Y", +1, keys=(("subject", "object"), ("object",), ("subject",))),
    _event("meet", "X and Y meet or hold talks", +1, symmetric=True),
    _event("mediate", "X brokers talks or a deal for Y"),
    _event("pressure", "X threatens, sanctions or leans on Y", -1),
    _event("recruit", "X recruits or conscripts", keys=(("subject",),)),
)

BINDING = frozenset({"member_of", "part_of", "allied_with", "defect"})
"""The types of positive sign that make two actors one camp: they belong together, act together, or one went over to the other.

The others say that two are on terms, and are counted so in every measure of balance: but adversaries meet, agree a ceasefire and
release prisoners, and a patron backs two who fight each other. None of them alone joins two actors to a camp or a bloc.
"""

CLAIM_TYPES: Mapping[str, ClaimType] = MappingProxyType({t.name: t for t in _ALL})
"""Every claim type by name. The ontology, the frames and the pages declare the same ones (tests/test_relations.py)."""
