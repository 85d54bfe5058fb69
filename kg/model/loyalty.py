"""Loyalty through time: whom an actor stood with, when it changed sides, and what strains it. Results only; `kg.network` finds them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from kg.model.claim import Certainty, Modality, Quantity, Reference
from kg.model.claim_types import CLAIM_TYPES
from kg.model.tie import Spell
from kg.model.time import Answer


@dataclass(frozen=True, slots=True)
class LoyaltyPolicy:
    """What counts as standing with a side and as leaving it.

    `certainties`: claims of these count; all by default, since disputed is not refuted and every result carries its own.
    `allegiances`: the claim types that say with whom an actor stands. A ceasefire is not one: enemies agree it and stay enemies.
    `hostile`: the types that say that two fight. Pressure and arrests happen inside a camp too; they are reasons of tension instead.
    `continuous_days`: two stretches on which an actor surely stood with a side are one when no more days than this lie between.
        0 by default: two sightings are not a period.
    `touching_days`: claims of one switch may lie so far apart. 1 by default: their bounds overlap or touch.
    `same_window`: counts of unnamed people are of the same flow when their windows share this part of the days that either covers
        (Jaccard). Half by default: "since the coup" in two reports is one flow, a day's defectors and a month's are not.
    `opposed_statements`: how many statements more say that two sides fight or parted than say that they stand together, before they
        count as opposed. 1 by default: one report of fighting is enough where none says otherwise.
    `opposed_days`: how far from the days asked about a statement may lie to tell whether two sides were opposed then; `None`: any time.
        About a year by default: alliances of armed groups rarely last longer unspoken. Where nothing is told of then, what is told
        of other times decides.
    `tie_statements`: how many different statements on end make a time of hostility or of alliance when only ties tell of a switch.
        2 by default: a single one is more often a misreading or a local affair than a realignment. The same statement in other
        documents is none more, since reports copy one another.
    `ended_by_hostility`: how many different hostile statements, in as many documents, end an alliance that was last told of before
        them (`kg.network.quarrels`); `None`: no hostility does. 2 by default, for what holds of `tie_statements` holds here: a single one
        is more often a misreading or a local affair, and of the two one alone may be copied, or read wrong like the other where the
        same author wrote both. Not more: most that is true of a little-reported war is told once or twice, and an alliance that
        nobody mentions again would else stand beside years of fighting.
    `hostility_certainties`: how sure such a statement has to be. Stated alone by default: what is shown may be doubtful, since it is
        shown with its doubt, but what ends an alliance takes it out of sight.
    `gap_days`: from the end of one membership to the begin of the next, at most, where the two sides are not opposed. About a year
        by default: later, the actor had gone its own way.

    Raises:
        ValueError: a number below 0 (below 1 for statements), a share outside 0 to 1, or a type that is no claim type.
    """

    certainties: frozenset[Certainty] = frozenset(Certainty)
    allegiances: frozenset[str] = frozenset({"member_of", "part_of", "allied_with", "supports", "holds_role"})
    hostile: frozenset[str] = frozenset({"opposes", "attack", "capture", "seize_power"})
    continuous_days: int = 0
    touching_days: int = 1
    same_window: float = 0.5
    opposed_statements: int = 1
    opposed_days: int | None = 366
    tie_statements: int = 2
    ended_by_hostility: int | None = 2
    hostility_certainties: frozenset[Certainty] = frozenset({Certainty.STATED})
    gap_days: int = 366

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        limits = {"continuous_days": 0, "touching_days": 0, "gap_days": 0, "opposed_days": 0, "opposed_statements": 1, "tie_statements": 1,
                  "ended_by_hostility": 1}
        for name, least in limits.items():
            if (number := getattr(self, name)) is not None and number < least:
                raise ValueError(f"{name} must be {least} or more, not {number}")
        if not 0 <= self.same_window <= 1:
            raise ValueError(f"same_window must be between 0 and 1, not {self.same_window}")
        unknown = sorted((self.allegiances | self.hostile) - CLAIM_TYPES.keys())
        if unknown:
            raise ValueError(f"unknown claim type {', '.join(unknown)}; known: {', '.join(CLAIM_TYPES)}")


class Ending(StrEnum):
    """What ended an allegiance."""

    STATED = "stated"  # the claim itself gives an end
    LEFT = "left"  # a defection or a split away from the side
    DISSOLVED = "dissolved"  # the side ceased to exist
    OPPONENT = "joined an opponent"  # a later allegiance that cannot go with it
    HOSTILITY = "fell out"  # the two fought later, and nobody tells that they stood together since


@dataclass(frozen=True, slots=True)
class Allegiance:
    """That an actor stood with a side for some time, as claims of one kind tell it.

    Between two spells that are sure it perhaps stood with the side as well: two sightings are not a period.
    """

    actor: Reference
    side: Reference
    relation: str  # a claim type; "defect" and "split_from": known only from the change itself
    roles: tuple[str, ...]  # of a person: leader, spokesperson
    spells: tuple[Spell, ...]  # by their days; what ended it bounds them
    sightings: tuple[tuple[date, date], ...]  # the moments for which its claims vouch, each as its earliest and latest day
    ending: Ending | None  # None: not known to have ended
    certainty: Certainty  # the surest of its claims
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    ended_by: tuple[str, ...] = ()  # claims that tell of the end
    against: tuple[str, ...] = ()  # claims that deny it, or say that the two fought meanwhile
    dated: bool = False  # whether one of its claims tells a date; else its reports alone date it

    @property
    def first(self) -> date | None:
        """The first day on which it can have held; `None`: nothing bounds it."""
        days = [spell.first for spell in self.spells]
        return None if None in days else min(day for day in days if day)

    @property
    def last(self) -> date | None:
        """The last day on which it can have held; `None`: nothing bounds it."""
        days = [spell.last for spell in self.spells]
        return None if None in days else max(day for day in days if day)

    def answer(self, day: date) -> Answer:
        """Whether the actor stood with the side on `day`: what the surest spell says."""
        answers = {spell.answer(day) for spell in self.spells}
        return next((answer for answer in (Answer.YES, Answer.MAYBE) if answer in answers), Answer.NO)


class SwitchKind(StrEnum):
    """How a switch is known."""

    DEFECTION = "defection"  # a document says that somebody went over
    SPLIT = "split"  # a document says that a group broke away
    MEMBERSHIP = "change of membership"  # concluded: in one side earlier, in another later
    TIES = "change of ties"  # concluded: two that fought stand together, or the other way round


class Standing(StrEnum):
    """Whether a switch is said to have happened."""

    ACTUAL = "actual"
    ANNOUNCED = "announced"  # planned, possible or asked for
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many took part, as one claim gives it."""

    quantity: Quantity
    claim: str


@dataclass(frozen=True, slots=True, order=True)
class Voice:
    """Who says so: a document, and whom it names as its source (`None`: its own voice)."""

    document: str
    attributed_to: str | None


@dataclass(frozen=True, slots=True)
class Switch:
    """That an actor, or unnamed people of a side, left one side for another. Each claim that tells of it stays listed."""

    kind: SwitchKind
    standing: Standing
    who: Reference | None  # None: unnamed people of `from_`
    also: tuple[Reference, ...]  # how else claims name who went over: a unit of it, its leader
    from_: Reference | None
    to: Reference | None
    earliest: date | None  # it happened on this day or later; None: nothing bounds it
    latest: date | None  # on this day or earlier
    figures: tuple[Figure, ...]
    certainty: Certainty  # the surest of its claims; disputed where a claim denies it
    modalities: tuple[Modality, ...]
    voices: tuple[Voice, ...]
    claims: tuple[str, ...]  # that tell of it, or from which it is concluded
    before: tuple[str, ...]  # that it stood with the old side, or against the new one, until then
    after: tuple[str, ...]  # that it stands with the new side, or against the old one, since
    against: tuple[str, ...]  # denials, and that it stood with the old side or against the new one later

    @property
    def minimum(self) -> int | None:
        """The least that any figure allows; `None`: one sets no lower bound, or there are none."""
        bounds = [figure.quantity.minimum for figure in self.figures]
        return None if None in bounds else min((n for n in bounds if n is not None), default=None)

    @property
    def maximum(self) -> int | None:
        """The most that any figure allows; `None`: one sets no upper bound, or there are none."""
        bounds = [figure.quantity.maximum for figure in self.figures]
        return None if None in bounds else max((n for n in bounds if n is not None), default=None)

    @property
    def approximate(self) -> bool:
        """Whether a figure is only about right."""
        return any(figure.quantity.approximate for figure in self.figures)

    @property
    def told(self) -> bool:
        """Whether a document says it in so many words; the others are concluded."""
        return self.kind in (SwitchKind.DEFECTION, SwitchKind.SPLIT)

    @property
    def sure(self) -> bool:
        """Whether a document says plainly that it happened and nothing speaks against it."""
        return self.standing is Standing.ACTUAL and self.told and self.certainty is Certainty.STATED and not self.against

    def within(self, since: date | None, until: date | None) -> bool:
        """Whether it can have happened from `since` to `until` (`None`: unbounded)."""
        return not ((since and self.latest and self.latest < since) or (until and self.earliest and self.earliest > until))


@dataclass(frozen=True, slots=True)
class Shifts:
    """The switches in a set of claims, and under which policy they were found."""

    switches: tuple[Switch, ...]
    announced: tuple[Switch, ...]
    denied: tuple[Switch, ...]
    policy: LoyaltyPolicy


class Strain(StrEnum):
    """A reason why an actor may leave its side."""

    DIVIDED = "fights members of its own camp and stands with others of it"
    TURNED_ON = "attacked, pressed or arrested by its own camp"
    BETWEEN = "stands or talks with opponents of its camp"
    ISOLATED = "no tie of its own to the other members of its camp"
    MOVED = "changed sides before"
    ANNOUNCED = "a switch is announced, asked for or held possible"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason with its number: what was counted, how much one counts for, and the claims."""

    strain: Strain
    count: int
    weight: float
    points: float  # weight times count, no more than the policy's limit of counts
    others: tuple[Reference, ...]  # the actors it is about
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Tension:
    """How strained an actor's place in its camp is: a sum of stated reasons for ranking, not a probability."""

    actor: Reference
    camp: tuple[Reference, ...]  # the sides it stands with and their other members
    statements: int  # signed statements about it that count on the day
    score: float | None  # None: too few statements, or no camp is known
    reasons: tuple[Reason, ...]


def surest(certainties: Iterable[Certainty]) -> Certainty:
    """The surest of some certainties: stated before unverified before disputed.

    >>> surest([Certainty.DISPUTED, Certainty.UNVERIFIED])
    <Certainty.UNVERIFIED: 'unverified'>
    """
    return min(certainties, key=tuple(Certainty).index)
