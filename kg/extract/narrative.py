"""Dates that a report does not repeat: what happened in the events told a moment ago, and what "has" just happened.

Such a date is the reader's inference, so it is always approximate ("~").
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from kg.extract.syntax import morphology
from kg.extract.telling import Told
from kg.model import CLAIM_TYPES, Claim, Modality, Period

_BACK = 2  # sentences that an event may be told after its date
_MONTH = 31  # days that a date may at most cover to be handed on


def recently(trigger: Token, published: Period | None) -> Period | None:
    """About when something happened that a report says "has" happened: in the month of the report.

    `None` for other tenses, and where the month of the report is not known.
    """
    month = published.edtf[:7] if published else ""
    perfect = any(c.lemma_ == "have" and c.dep_ == "aux" and "Pres" in morphology(c, "Tense") for c in trigger.children)
    return Period.parse(f"{month}~") if perfect and len(month) == 7 and "/" not in month else None


def date_by_context(claims: Sequence[Claim], told: Sequence[Told], starts: Sequence[int]) -> Iterator[Claim]:
    """The claims, those of events without a date with that of an event told just before with the same actor or place.

    Deaths and flight without either take that of the last event of their sentence or the one before.

    Args:
        claims: of one document, in the order of their sentences.
        told: the dates of each sentence; an event in a sentence with dates of its own takes none.
        starts: where each sentence begins in the text.
    """
    number = {start: i for i, start in enumerate(starts)}
    before: list[tuple[int, Claim]] = []
    for claim in claims:
        here = number[claim.evidence[0].span.start]
        if _may_take(claim) and not told[here].dates:
            same = [(i, c) for i, c in before if here - _BACK <= i <= here and (_shares(c, claim) or _follows(claim, here - i))]
            if same:
                claim = replace(claim, period=_about(same[-1][1].period))
        elif claim.period and not CLAIM_TYPES[claim.type].lasting and _short(claim.period):
            before.append((here, claim))
        yield claim


def _may_take(claim: Claim) -> bool:
    return claim.period is None and not CLAIM_TYPES[claim.type].lasting and claim.modality is Modality.ACTUAL


def _follows(claim: Claim, sentences: int) -> bool:
    """Whether it is what events do to people, told in their sentence or the next: "Five people died in the exchange"."""
    return claim.type in ("casualties", "displace") and sentences <= 1


def _short(period: Period) -> bool:
    first, last = period.begin_earliest, period.end_latest
    return first is not None and last is not None and (last - first).days <= _MONTH


def _shares(one: Claim, other: Claim) -> bool:
    return bool({r.id for _, r in one.references()} & {r.id for _, r in other.references()})


def _about(period: Period | None) -> Period | None:
    if period is None or "/" in period.edtf or period.doubtful:
        return period
    return Period.parse(f"{period.edtf}~")
