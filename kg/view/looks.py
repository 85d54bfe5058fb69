"""How things look: one table each for kinds of actors and signs of ties, used by the picture and by its legend.

Colours are Okabe and Ito's, safe for the colour-blind (https://jfly.uni-koeln.de/color/); no colour stands alone: the ends of a line
say its sign too, and shapes tell the kinds apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.model import CLAIM_TYPES, Kind


@dataclass(frozen=True, slots=True)
class KindLook:
    """How an actor of a kind is drawn, and whether it is at first."""

    shape: str  # one of vis-network's
    scale: float  # relative size
    fill: str
    border: str
    shown: bool = True


_DARK, _MIDDLE, _LIGHT, _PAPER = "#2b3a4a", "#6d7b8a", "#b9c2cc", "#ffffff"

KINDS: Mapping[Kind, KindLook] = {
    Kind.ARMED_GROUP: KindLook("dot", 1.0, _DARK, _PAPER),
    Kind.MILITARY_UNIT: KindLook("triangle", 0.7, _DARK, _PAPER),
    Kind.ALLIANCE: KindLook("hexagon", 1.25, "#f0c419", _DARK),
    Kind.GOVERNMENT: KindLook("square", 0.85, _DARK, _PAPER),
    Kind.POLITICAL_ORGANIZATION: KindLook("diamond", 1.0, _MIDDLE, _PAPER),
    Kind.STATE: KindLook("square", 0.85, _LIGHT, _DARK),
    Kind.INTERNATIONAL_ORGANIZATION: KindLook("triangleDown", 0.9, _LIGHT, _DARK),
    Kind.BLOC: KindLook("dot", 0.7, _PAPER, _MIDDLE),
    Kind.CIVIL_SOCIETY: KindLook("triangleDown", 0.8, _PAPER, _DARK),
    Kind.MEDIA: KindLook("diamond", 0.7, _PAPER, _MIDDLE, shown=False),
    Kind.PERSON: KindLook("dot", 0.5, _MIDDLE, _PAPER, shown=False),
}
"""The kinds that can be drawn, in the order of the legend."""

COLOURS: Mapping[int, str] = {+1: "#0072b2", -1: "#d55e00", 0: "#8b929b"}

HIDDEN_TYPES = ("holds_role", "located_in")
"""Claim types that are not shown until asked for: they say where and who, not with whom."""


def ends(sign: int, *, symmetric: bool) -> tuple[str, str]:
    """The marks at a line's tip and tail: an arrow for "with", a bar for "against", an open arrow for neither.

    >>> ends(-1, symmetric=True), ends(+1, symmetric=True), ends(0, symmetric=False)
    (('bar', 'bar'), ('', ''), ('vee', ''))
    """
    if symmetric:
        return ("bar", "bar") if sign < 0 else ("", "")
    return {+1: "arrow", -1: "bar", 0: "vee"}[sign], ""


def group(type_: str) -> str:
    """The heading of the legend that a claim type stands under.

    >>> group("allied_with"), group("defect"), group("capture")
    ('together', 'switch', 'against')
    """
    if type_ == "defect":  # together with one side and against the other
        return "switch"
    return {+1: "together", -1: "against", 0: "neither"}[CLAIM_TYPES[type_].sign]
