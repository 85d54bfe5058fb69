"""The domain: documents, periods, actors, places, claims, ties, decisions. Values only, standard library only."""

from kg.model.actor import Actor, Kind, Name, NameKind, Place, slug
from kg.model.claim import ROLES, Certainty, Claim, Evidence, Modality, Polarity, Quantity, Reference
from kg.model.claim_types import BINDING, CLAIM_TYPES, ClaimType
from kg.model.decision import Action, Decision
from kg.model.disagreement import Contradiction, Disagreement, Position, Topic
from kg.model.flow import Flow, LeftOut
from kg.model.loyalty import (
    Allegiance,
    Ending,
    Figure,
    LoyaltyPolicy,
    Reason,
    Shifts,
    Standing,
    Strain,
    Switch,
    SwitchKind,
    Tension,
    Voice,
    surest,
)
from kg.model.text import Document, Span, Unread
from kg.model.tie import SIGHTING_DAYS, Spell, Tie, spell, ties
from kg.model.time import Answer, Period

__all__ = [
    "BINDING",
    "CLAIM_TYPES",
    "ROLES",
    "SIGHTING_DAYS",
    "Action",
    "Actor",
    "Allegiance",
    "Answer",
    "Certainty",
    "Claim",
    "ClaimType",
    "Contradiction",
    "Decision",
    "Disagreement",
    "Document",
    "Ending",
    "Evidence",
    "Figure",
    "Flow",
    "Kind",
    "LeftOut",
    "LoyaltyPolicy",
    "Modality",
    "Name",
    "NameKind",
    "Period",
    "Place",
    "Polarity",
    "Position",
    "Quantity",
    "Reason",
    "Reference",
    "Shifts",
    "Span",
    "Spell",
    "Standing",
    "Strain",
    "Switch",
    "SwitchKind",
    "Tension",
    "Tie",
    "Topic",
    "Unread",
    "Voice",
    "slug",
    "spell",
    "surest",
    "ties",
]
