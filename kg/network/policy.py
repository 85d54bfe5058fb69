"""What counts as a tie: every choice between a claim and an edge, in one value, and in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model import CLAIM_TYPES, SIGHTING_DAYS, Answer, Certainty, Claim, LoyaltyPolicy, Modality, Period, Polarity, Tie

_LOYALTY = LoyaltyPolicy()


class Combine(StrEnum):
    """Which sign a pair gets that is told both together and against."""

    SUM = "sum"  # what more claims say; 0 when as many say the one as the other
    LATEST = "latest"  # what was told of the latest day; on one day the sum
    NEGATIVE = "negative"  # against, once anything was
    POSITIVE = "positive"  # together, once anything was
    ZERO = "zero"  # neither, whatever the numbers


@dataclass(frozen=True, slots=True)
class Policy:
    """Which ties count on a day, for how long, for whom, and what several make of a pair.

    `maybe`: ties that perhaps held count too, marked so. On by default: most reports date loosely, and a network of
        the surely dated alone shows fewer enmities than any reader of the reports would.
    `sighting_days`: how many days after an event its tie is still shown, as a maybe; 0: on its own days only,
        `None`: for ever. 90 by default, about a season (`kg.model.SIGHTING_DAYS`).
    `relation_days`: the same for a lasting relation that was last told of and not said to have ended. `None` by
        default: nobody reports again and again that a member is still a member. A relation that the document says
        has ended is over on that day.
    `ended_by_switch`: a membership or an alliance ends, at the latest, on the day by which its actor is told to have left that
        side, to have gone over to its opponent, or is a member of an opponent (`kg.network.endings`), and on the day on which another claim
        states that it ended. On by default: no report writes that a battalion which went over is no longer part of the army, and
        with `relation_days` unbounded it would be in both for ever. Off, with `ended_by_hostility=None`, shows each tie by its own claim
        alone.
    `ended_by_hostility`: it ends, too, by the first of so many different hostile statements, in as many documents, later than the last
        that tells that the two stood together (`kg.network.quarrels`); `None`: hostility ends nothing. `hostility_certainties`: how sure
        these must be. 2, and stated, by default, as in histories of allegiance, where it is argued (`kg.model.LoyaltyPolicy`): an
        alliance told of once, years ago, would else stand for ever beside the war that followed it.
    `undated`: ties whose claim has no date count as seen on the day of the report, and only as a maybe; without a date and a
        report's date they are a maybe on every day. `False`: they count on no day.
    `certainties`, `modalities`: what counts. All certainties, since disputed is not refuted and each edge carries its own;
        only what is said to be so, since plans, possibilities and demands are no ties.
    `polarities`: denials are no edges by default: that an alliance is denied is not enmity. They are listed in
        `graph.graph["denied"]`. A policy that counts them gets them as edges of sign 0.
    `types`: the claim types that count; `None`: all.
    `down`: what an alliance does, its members do: each signed tie that is told of it counts for them too, on the days on which both
        it and the membership hold. `up`: what a member does, its alliance does. Both off by default: a text that means all
        members says so, and an attack by one of them is the commonest way to break with the others.
    `known_by`: only what was published by this day: what could be known then. A claim whose document tells no date of
        publication is a maybe, unless it tells of later days. `None` by default: all that is known now.
    `without_sources`: ids of those whose word does not count (`attributed_to`): the one side's claims, say.
        `without_documents`: ids of documents that do not count. Both empty: whom to distrust is the analyst's choice.
    `claim_documents`: how many documents at least must say the same (equal claim keys: the same date and details too).
        `pair_documents`: how many at least must tell of the same pair with the same sign, in whatever words and on whatever
        days asked for. 1 by default: most that is true of a little-reported war is reported once. 2 leaves single sources out.
    `combine`: the sign of a pair told both together and against. The sum by default: the only choice under which one stray claim
        among ten does not turn a pair; equal numbers make 0, and the pair is marked mixed under each choice.

    Raises:
        ValueError: a negative number of days, fewer than one document, or a type that is no claim type.
    """

    maybe: bool = True
    sighting_days: int | None = SIGHTING_DAYS
    relation_days: int | None = None
    ended_by_switch: bool = True
    ended_by_hostility: int | None = _LOYALTY.ended_by_hostility
    hostility_certainties: frozenset[Certainty] = _LOYALTY.hostility_certainties
    undated: bool = True
    certainties: frozenset[Certainty] = frozenset(Certainty)
    polarities: frozenset[Polarity] = frozenset({Polarity.POSITIVE})
    modalities: frozenset[Modality] = frozenset({Modality.ACTUAL})
    types: frozenset[str] | None = None
    down: bool = False
    up: bool = False
    known_by: date | None = None
    without_sources: frozenset[str] = frozenset()
    without_documents: frozenset[str] = frozenset()
    claim_documents: int = 1
    pair_documents: int = 1
    combine: Combine = Combine.SUM

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        for name, days in (("sighting_days", self.sighting_days), ("relation_days", self.relation_days)):
            if days is not None and days < 0:
                raise ValueError(f"{name} must be 0 or more, or None for ever, not {days}")
        for name, documents in (("claim_documents", self.claim_documents), ("pair_documents", self.pair_documents),
                                ("ended_by_hostility", self.ended_by_hostility)):
            if documents is not None and documents < 1:
                raise ValueError(f"{name} must be 1 or more, not {documents}")
        unknown = sorted((self.types or frozenset()) - CLAIM_TYPES.keys())
        if unknown:
            raise ValueError(f"unknown claim type {', '.join(unknown)}; known: {', '.join(CLAIM_TYPES)}")


def admits(policy: Policy, tie: Tie | Claim) -> Answer:
    """Whether a tie, or any claim, counts by what it says and who says it; its days, its polarity and other claims play no part.

    "maybe": perhaps it was published too late (`Policy.known_by`).
    """
    by = tie.attributed_to.id if tie.attributed_to else None
    if (
        tie.certainty not in policy.certainties
        or tie.modality not in policy.modalities
        or (policy.types is not None and tie.type not in policy.types)
        or by in policy.without_sources
        or tie.document in policy.without_documents
    ):
        return Answer.NO
    return Answer.YES if policy.known_by is None else _known(tie, policy.known_by)


def _known(tie: Tie | Claim, day: date) -> Answer:
    """Whether a tie or claim was published on `day` or before."""
    told = tie.reported or tie.period  # no report is older than what it tells
    if told and told.begin_earliest and told.begin_earliest > day:
        return Answer.NO
    surely = tie.reported and not tie.reported.doubtful and tie.reported.end_latest and tie.reported.end_latest <= day
    return Answer.YES if surely else Answer.MAYBE


def last_told(tie: Tie, until: date | None) -> date | None:
    """The latest day, not after `until`, of which the claim tells; `None`: it has no date and its document neither."""
    day = tie.reported.begin_earliest if tie.reported else None
    period: Period | None = tie.period.as_reported(day) if tie.period and day else tie.period or tie.reported
    told = (period.end_latest or period.end_earliest) if period else None
    return min(told, until) if told and until else told


def describe(policy: Policy) -> str:
    """The policy in words, for people: what counts and what does not, the default choices too.

    >>> print(describe(Policy(maybe=False, known_by=date(2023, 11, 1))).splitlines()[0])
    Ties that surely held count, those that perhaps held do not.
    """
    lines = [
        f"Ties that surely held count, those that perhaps held {'too, marked maybe' if policy.maybe else 'do not'}.",
        f"An event's tie counts {_days(policy.sighting_days)}, a relation's {_days(policy.relation_days)} unless it is said to have ended.",
        f"A change of side {'ends what its actor had with the side it left' if policy.ended_by_switch else 'ends no other tie'}.",
        _quarrel(policy),
        f"Claims without a date {'count from the day of their report, as a maybe' if policy.undated else 'do not count'}.",
        f"Claims count whose certainty is {_listed(policy.certainties)}, modality {_listed(policy.modalities)}, "
        f"polarity {_listed(policy.polarities)}, type {'any' if policy.types is None else _listed(policy.types)}.",
        {
            (False, False): "What an alliance does is not held to be done by its members, nor the other way.",
            (True, False): "What an alliance does, its members do.",
            (False, True): "What a member does, its alliance does.",
            (True, True): "What an alliance does, its members do, and the other way.",
        }[policy.down, policy.up],
    ]
    if policy.known_by:
        lines.append(f"Only what was published by {policy.known_by} counts; where no date of publication is told, as a maybe.")
    if policy.without_sources:
        lines.append(f"Not counted is the word of {_listed(policy.without_sources)}.")
    if policy.without_documents:
        lines.append(f"Not counted are the documents {_listed(policy.without_documents)}.")
    if policy.claim_documents > 1:
        lines.append(f"A claim counts when {policy.claim_documents} documents or more say the same.")
    if policy.pair_documents > 1:
        lines.append(f"A pair's ties of one sign count when {policy.pair_documents} documents or more tell of them.")
    lines.append(_COMBINED[policy.combine])
    return "\n".join(lines)


def departures(policy: Policy) -> tuple[str, ...]:
    """What a policy does otherwise than the default, in the words of `describe`; nothing of the default itself.

    >>> departures(Policy(maybe=False, combine=Combine.NEGATIVE))[0]
    'Ties that surely held count, those that perhaps held do not.'
    """
    usual = describe(Policy()).splitlines()
    return tuple(line for line in describe(policy).splitlines() if line not in usual)


_COMBINED = {
    Combine.SUM: "A pair told both together and against stands as more claims say; equal numbers are neither.",
    Combine.LATEST: "A pair told both together and against stands as it was told of last.",
    Combine.NEGATIVE: "A pair told both together and against is against.",
    Combine.POSITIVE: "A pair told both together and against is together.",
    Combine.ZERO: "A pair told both together and against is neither.",
}


def _quarrel(policy: Policy) -> str:
    least = policy.ended_by_hostility
    if least is None:
        return "Hostility ends no tie."
    told = f"{least} different claims of hostility, in as many documents," if least > 1 else "a claim of hostility"
    return f"A tie of allegiance is over by the first act, once {told} whose certainty is {_listed(policy.hostility_certainties)} " \
           f"tell{'' if least > 1 else 's'} of later days than all that tells of an allegiance between the two."


def _days(days: int | None) -> str:
    return "for ever after" if days is None else "on its own days only" if days == 0 else f"for {days} days more"


def _listed(names: Iterable[str]) -> str:
    return " or ".join(sorted(names)) or "none"
