"""Claims as arcs between words: what the model that proposes claims answers with, and what it is trained on.

An arc joins the words that fill two roles of one claim, say `capture:subject>object`; a role that stands alone is an
arc from a word to itself (`desert:from>from`), a number one from it to what is counted (`desert:count>from`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.model import CLAIM_TYPES

_PAIRS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "attack": (("subject", "object"), ("subject", "place")),
    "capture": (("subject", "object"), ("from", "object")),
    "defect": (("from", "to"), ("subject", "to"), ("subject", "from"), ("count", "from")),
    "desert": (("from", "from"), ("count", "from")),
    "surrender": (("from", "from"), ("from", "to"), ("count", "from")),
    "form": (("object", "object"), ("subject", "object")),
    "dissolve": (("object", "object"),),
    "seize_power": (("subject", "subject"), ("subject", "object")),
    "displace": (("place", "place"), ("count", "place"), ("count", "count")),
    "casualties": (("subject", "object"), ("count", "object"), ("object", "place")),
    "detain": (("subject", "object"), ("object", "object"), ("subject", "subject"), ("count", "object")),
    "release": (("subject", "object"), ("object", "object"), ("subject", "subject"), ("count", "object")),
    "recruit": (("subject", "subject"), ("count", "subject")),
    "strength": (("count", "subject"),),
}


@dataclass(frozen=True, slots=True)
class Arc:
    """A kind of arc: the claim type, and the roles that its first and its second word fill."""

    type: str
    first: str
    second: str

    def __str__(self) -> str:
        return f"{self.type}:{self.first}>{self.second}"


def _all() -> Iterator[Arc]:
    for name in CLAIM_TYPES:
        for first, second in _PAIRS.get(name, (("subject", "object"),)):
            yield Arc(name, first, second)


ARCS: tuple[Arc, ...] = tuple(_all())
"""Every kind of arc, in the order of the model's answers."""

LINKS = ("when", "says")
"""Answers after the arcs: the first word dates, or its bearer says, what the second has a part in."""

STANDINGS = ("negative", "planned", "possible", "asked", "unverified", "disputed")
"""Answers after the links: how the document stands to the claim that an arc of the same two words makes, if there is one."""

ANSWERS = len(ARCS) + len(LINKS) + len(STANDINGS)
