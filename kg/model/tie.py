"""A claim seen as a signed, dated link between two actors."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.model.claim import Certainty, Claim, Modality, Polarity, Reference
from kg.model.claim_types import CLAIM_TYPES
from kg.model.time import Period


@dataclass(frozen=True, slots=True)
class Tie:
    """A link between two actors that one claim speaks of. Claims are not edges: which ties count on a day is policy."""

    source: Reference
    target: Reference
    type: str
    sign: int  # +1 together, -1 against, 0 neither
    symmetric: bool
    claim: str  # id of the claim it comes from
    key: str  # equal for ties that say the same
    document: str
    period: Period | None
    reported: Period | None
    certainty: Certainty
    polarity: Polarity
    modality: Modality
    attributed_to: Reference | None


def ties(claims: Iterable[Claim]) -> Iterator[Tie]:
    """The ties that claims speak of, in the claims' order.

    The two sides are subject and object; for a capture, subject and the one who lost the place; for a defection with
    a named subject, a tie to each side (with `to`, against `from`). Claims that link an actor to a place, to unnamed
    people or to nobody give none.
    """
    for claim in claims:
        for source, target, sign in _sides(claim):
            if source.kind.is_actor and target.kind.is_actor and source.id != target.id:
                kind = CLAIM_TYPES[claim.type]
                yield Tie(
                    source,
                    target,
                    claim.type,
                    sign,
                    kind.symmetric,
                    claim.id,
                    claim.key,
                    claim.document,
                    claim.period,
                    claim.reported,
                    claim.certainty,
                    claim.polarity,
                    claim.modality,
                    claim.attributed_to,
                )


def _sides(claim: Claim) -> Iterator[tuple[Reference, Reference, int]]:
    sign = CLAIM_TYPES[claim.type].sign
    if claim.type == "defect":
        if claim.subject and claim.to:
            yield claim.subject, claim.to, +1
        if claim.subject and claim.from_:
            yield claim.subject, claim.from_, -1
    elif claim.type == "capture":
        if claim.subject and claim.from_:
            yield claim.subject, claim.from_, sign
    elif claim.subject and claim.object:
        yield claim.subject, claim.object, sign
