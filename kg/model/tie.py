"""A claim seen as a signed, dated link between two actors, and the days on which it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from kg.model.claim import Certainty, Claim, Modality, Polarity, Reference
from kg.model.claim_types import CLAIM_TYPES
from kg.model.time import Answer, Period

SIGHTING_DAYS = 90
"""For how many days after an event its tie usually still counts, as a maybe: about a season. Gaps between reports do not end a war,
and a truce or a change of side shows within months."""


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


@dataclass(frozen=True, slots=True)
class Spell:
    """The days on which a tie counts: perhaps from `first` to `last`, surely from `sure_from` to `sure_until`.

    `None` for `first` or `last` sets no bound; without both other days, or when they stand the wrong way round, no day is sure.
    """

    first: date | None
    sure_from: date | None
    sure_until: date | None
    last: date | None

    def answer(self, day: date) -> Answer:
        """Whether the tie counts on `day`."""
        if (self.first and day < self.first) or (self.last and day > self.last):
            return Answer.NO
        sure = self.sure_from and self.sure_until and self.sure_from <= day <= self.sure_until
        return Answer.YES if sure else Answer.MAYBE


def spell(told: Tie | Claim, *, sighting_days: int | None = SIGHTING_DAYS, relation_days: int | None = None) -> Spell:
    """When a tie, or any claim, counts by its dates.

    The period answers as long as it is known to reach (`Period.covers`; "since X" surely holds until the day of the report).
    After that it is a maybe for some days more, unless a relation is said to have ended: that is over. What has no date is a
    maybe from the day of the report on, and without a report's date on every day.

    Args:
        told: the tie or claim.
        sighting_days: how many days more for an event; `None`: for ever.
        relation_days: the same for a lasting relation.

    >>> from kg.model import Evidence, Kind, Span
    >>> said = (Evidence("report.txt", Span(0, 9), "They met."),)
    >>> attack = Claim("attack", said, *(Reference(x, Kind.ARMED_GROUP, x) for x in "ab"), period=Period.parse("2023-10-27"))
    >>> [str(spell(attack).answer(date(2023, *day))) for day in ((10, 26), (10, 27), (10, 28))]
    ['no', 'yes', 'maybe']
    >>> spell(attack).last
    datetime.date(2024, 1, 25)
    """
    day = told.reported.begin_earliest if told.reported else None
    period = (told.period.as_reported(day) if day else told.period) if told.period else told.reported
    if period is None:
        return Spell(None, None, None, None)
    lasting = CLAIM_TYPES[told.type].lasting
    ended = lasting and told.period is not None and "/" in period.edtf and period.end_latest is not None
    sure = told.period is not None and "?" not in period.edtf and "%" not in period.edtf
    return Spell(
        period.begin_earliest,
        period.begin_latest if sure else None,
        period.end_earliest if sure else None,
        _later(period.end_latest or period.end_earliest, 0 if ended else relation_days if lasting else sighting_days),
    )


def _later(day: date | None, days: int | None) -> date | None:
    """`day` and some more; `None` when either is, or no calendar reaches so far."""
    if day is None or days is None or day.toordinal() + days > date.max.toordinal():
        return None
    return date.fromordinal(day.toordinal() + days)


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
