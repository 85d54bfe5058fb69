"""Whose place in its camp is strained: a ranking by stated reasons, never a probability."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from kg.model import Allegiance, Answer, Claim, Kind, LoyaltyPolicy, Modality, Polarity, Reason, Reference, Strain, Switch, Tension, spell
from kg.network.histories import histories
from kg.network.sides import DEFAULT, MEMBERSHIPS, Sides, counts, is_named, read_sides
from kg.network.switches import find_switches

_CONTACTS = ("meet", "ceasefire")
_TIED = ("meet", "allied_with", "supports")  # what a report may tell of two members of one camp
_PRESSURE = ("pressure", "detain")
_WEIGHTS: Mapping[Strain, float] = MappingProxyType({
    Strain.ANNOUNCED: 3.0, Strain.TURNED_ON: 2.0, Strain.DIVIDED: 2.0, Strain.BETWEEN: 1.0, Strain.MOVED: 1.0, Strain.ISOLATED: 0.5})


@dataclass(frozen=True, slots=True)
class TensionPolicy:
    """How reasons weigh.

    `weights`: points for each count of a reason. By default a word that it may leave counts most (3), then fighting within the camp, done
        or suffered (2 each), then standing or talking with opponents and having moved before (1 each), then isolation (0.5), which
        often only means that nobody reported. They are an order of plausibility, fitted to nothing: change them and look again.
    `most`: counts of one reason beyond this add nothing, so that one well reported quarrel does not outweigh three reasons. 3.
    `window_days`: how long after an event it still counts. A year: a season is too short for loyalties.
    `least_statements`: with fewer different signed statements about an actor its score is undefined. 3.

    Raises:
        ValueError: a negative number, or a reason without a weight.
    """

    weights: Mapping[Strain, float] = field(default_factory=lambda: _WEIGHTS)
    most: int = 3
    window_days: int = 365
    least_statements: int = 3

    def __post_init__(self) -> None:
        """Refuse what makes no sense."""
        if set(self.weights) != set(Strain):
            raise ValueError("weights needs a number for each reason: " + ", ".join(strain.name for strain in Strain))
        if min(self.most, self.window_days, self.least_statements, *self.weights.values()) < 0:
            raise ValueError("weights, most, window_days and least_statements must not be negative")


_DEFAULT = TensionPolicy()


def rank_tension(
    claims: Iterable[Claim], *, on: date | None = None, policy: TensionPolicy = _DEFAULT, loyalty: LoyaltyPolicy = DEFAULT
) -> tuple[Tension, ...]:
    """The actors by how strained their place in their camp is on a day, the most strained first, with the reasons.

    The camp of an actor is every side with which it perhaps stands that day (`histories`), what these are within, and the other
    members of the sides that it is in. The reasons (`Strain`) and what is counted:

    - divided: camp members that it fights, or that oppose it;
    - turned on: different statements that its camp attacks, presses or arrests it;
    - between: actors opposed to a side of it, with which it stands, meets or has a ceasefire;
    - isolated: camp members that are tied to another member, where it is tied to none (persons excepted);
    - moved: switches so far; announced: claims that it plans, may or is asked to switch, or to join or ally with somebody outside.

    score = sum over reasons r of w_r * min(n_r, most), with n_r the count and w_r the weight. It orders; it is no probability, and
    what is much reported ranks above what is not. Undefined (`None`, at the end) with too few statements or without a camp. Equals
    stand in the order of their names and ids.

    Args:
        claims: all that is known, in any order.
        on: the day. Claims reported later play no part. `None`: the day of the last report.
        policy: weights and thresholds.
        loyalty: what counts as standing and leaving.

    Source: our own sum. Its reasons are what studies of side-switching name: rivalry in the camp, patrons elsewhere, earlier moves
    (L. Seymour, International Security 39(2), 2014; F. Christia, Alliance Formation in Civil Wars, 2012).

    >>> from kg.model import Evidence, Period, Span
    >>> said = (Evidence("report.txt", Span(0, 9), "They fought."),)
    >>> guards, militia = (Reference(name, Kind.ARMED_GROUP, name) for name in ("guards", "militia"))
    >>> front = Reference("front", Kind.ALLIANCE, "front")
    >>> claims = [Claim("member_of", said, guards, front), Claim("member_of", said, militia, front),
    ...           *(Claim("attack", said, militia, guards, period=Period.parse(f"2023-11-0{n}")) for n in (1, 2))]
    >>> [(t.actor.name, t.score, [(r.strain.name, r.count) for r in t.reasons]) for t in rank_tension(claims, on=date(2023, 12, 1))][:2]
    [('guards', 4.0, [('TURNED_ON', 2)]), ('militia', 2.0, [('DIVIDED', 1)])]
    """
    claims = list(claims)
    day = on or max((claim.reported.end_latest for claim in claims if claim.reported and claim.reported.end_latest), default=None)
    known = [claim for claim in claims if not (day and (told := claim.reported) and told.begin_earliest and told.begin_earliest > day)]
    sides = read_sides(known, policy=loyalty)
    scene = _Scene(known, day, sides, policy, loyalty)
    return tuple(sorted((scene.tension(line) for line in scene.actors()),
                        key=lambda t: (t.score is None, -(t.score or 0), -len(t.reasons), t.actor.name, t.actor.id)))


class _Scene:
    """What is known on the day, by actor."""

    def __init__(self, claims: list[Claim], day: date | None, sides: Sides, policy: TensionPolicy, loyalty: LoyaltyPolicy) -> None:
        self._sides, self._policy, self._loyalty, self._day = sides, policy, loyalty, day
        self._about: defaultdict[str, dict[str, tuple[Claim, str]]] = defaultdict(dict)
        for claim in claims:
            answer = spell(claim, sighting_days=policy.window_days).answer(day) if day else Answer.YES
            if answer is not Answer.NO and claim.subject and claim.object and claim.subject.kind.is_actor and claim.object.kind.is_actor:
                a, b = sides.line(claim.subject), sides.line(claim.object)
                self._about[a][claim.id] = claim, b
                self._about[b][claim.id] = claim, a
        self._stands: dict[str, list[Allegiance]] = {}
        self._past: dict[str, set[str]] = {}  # claims that tell of an allegiance that is over
        for line, spans in histories(claims, policy=loyalty, sides=sides).items():
            over = [span for span in spans if (span.answer(day) is Answer.NO if day else span.ending is not None)]
            self._stands[line] = [span for span in spans if span not in over and span.relation != "split_from"]
            self._past[line] = {id_ for span in over for id_ in span.claims}
        self._members: defaultdict[str, set[str]] = defaultdict(set)
        for line, standing in self._stands.items():
            for span in standing:
                if span.relation in MEMBERSHIPS and span.actor.kind is not Kind.PERSON:
                    self._members[sides.line(span.side)].add(line)
        shifts = find_switches(claims, policy=loyalty, sides=sides)
        self._moved: defaultdict[str, list[Switch]] = defaultdict(list)
        self._announced: defaultdict[str, list[Switch]] = defaultdict(list)
        for found, switches in ((self._moved, shifts.switches), (self._announced, shifts.announced)):
            for switch in switches:
                for who in (switch.who, *switch.also):
                    if who and is_named(who):
                        found[sides.line(who)].append(switch)

    def actors(self) -> list[str]:
        """Everyone with a name of whom a tie, an allegiance or a switch is told."""
        lines = {*self._about, *self._stands, *self._moved, *self._announced}
        return sorted(line for line in lines if is_named(self._sides.reference(line)))

    def tension(self, actor: str) -> Tension:
        """One actor's reasons and their sum."""
        spans = self._stands.get(actor, ())
        own = {self._sides.line(span.side) for span in spans}
        joined = {self._sides.line(span.side) for span in spans if span.relation in MEMBERSHIPS}
        others = {member for side in joined for member in self._members[side]} - {actor}
        camp = (own | others | {above for side in own for above in self._sides.above(side)}) - {actor}
        signed = {claim.key for claim, _ in self._about.get(actor, {}).values() if counts(claim, self._loyalty) and self._is_signed(claim)}
        reasons = tuple(reason for reason in (*self._ties(actor, own, camp), self._isolated(actor, others),
                                              *self._switches(actor, camp)) if reason.count)
        defined = camp and len(signed) >= self._policy.least_statements
        return Tension(self._sides.reference(actor), self._refer(camp), len(signed),
                       sum(reason.points for reason in reasons) if defined else None, reasons)

    def _is_subject(self, actor: str, claim: Claim) -> bool:
        return claim.subject is not None and self._sides.line(claim.subject) == actor

    def _is_signed(self, claim: Claim) -> bool:
        return claim.type in self._loyalty.hostile | self._loyalty.allegiances or claim.type in (*_CONTACTS, *_PRESSURE)

    def _ties(self, actor: str, own: set[str], camp: set[str]) -> tuple[Reason, ...]:
        fought: list[tuple[Claim, str]] = []
        suffered: list[tuple[Claim, str]] = []
        contacts: list[tuple[Claim, str]] = []
        for claim, other in self._about.get(actor, {}).values():
            if not counts(claim, self._loyalty) or claim.id in self._past.get(actor, ()):
                continue
            suffers = claim.object is not None and self._sides.line(claim.object) == actor
            if other in camp and (claim.type in _PRESSURE or (claim.type in self._loyalty.hostile and claim.type != "opposes")):
                (suffered if suffers else fought).append((claim, other))
            elif other in camp and claim.type == "opposes":
                fought.append((claim, other))
            elif (claim.type in _CONTACTS or (claim.type in self._loyalty.allegiances and claim.type != "holds_role")) and any(
                self._sides.opposed(other, side, during=(self._day, self._day), policy=self._loyalty) for side in own if side != other
            ):
                contacts.append((claim, other))
        return (self._reason(Strain.DIVIDED, len({other for _, other in fought}), fought),
                self._reason(Strain.TURNED_ON, len({claim.key for claim, _ in suffered}), suffered),
                self._reason(Strain.BETWEEN, len({other for _, other in contacts}), contacts))

    def _isolated(self, actor: str, others: set[str]) -> Reason:
        tied = {member: {other for claim, other in self._about.get(member, {}).values()
                         if counts(claim, self._loyalty) and claim.type in _TIED}
                for member in (actor, *others)}
        if tied[actor] & others or self._sides.reference(actor).kind is Kind.PERSON:
            return self._reason(Strain.ISOLATED, 0, [])
        found = [(claim, member) for member in sorted(others) for claim, other in self._about.get(member, {}).values()
                 if other in others and other in tied[member] and counts(claim, self._loyalty) and claim.type in _TIED]
        return self._reason(Strain.ISOLATED, len({member for _, member in found}), found)

    def _switches(self, actor: str, camp: set[str]) -> tuple[Reason, ...]:
        moved, announced = self._moved.get(actor, []), self._announced.get(actor, [])
        planned = [(claim, other) for claim, other in self._about.get(actor, {}).values()
                   if claim.modality is not Modality.ACTUAL and claim.polarity is Polarity.POSITIVE and other not in camp
                   and (claim.type == "allied_with" or (claim.type in ("member_of", "part_of") and self._is_subject(actor, claim)))]
        ids = {id_ for switch in announced for id_ in switch.claims} | {claim.id for claim, _ in planned}
        return (
            self._reason(Strain.MOVED, len(moved), [], ids={id_ for switch in moved for id_ in switch.claims},
                         others=[self._sides.line(side) for switch in moved if (side := switch.from_ or switch.to)]),
            self._reason(Strain.ANNOUNCED, len(ids), planned, ids=ids,
                         others=[self._sides.line(switch.to) for switch in announced if switch.to]),
        )

    def _reason(self, strain: Strain, count: int, found: Iterable[tuple[Claim, str]], *, ids: Iterable[str] = (), others: Iterable[str] = ()
                ) -> Reason:
        found = list(found)
        weight = self._policy.weights[strain]
        return Reason(strain, count, weight, weight * min(count, self._policy.most),
                      self._refer({*others, *(other for _, other in found)}), tuple(sorted({*ids, *(claim.id for claim, _ in found)})))

    def _refer(self, lines: Iterable[str]) -> tuple[Reference, ...]:
        return tuple(sorted((self._sides.reference(line) for line in lines), key=lambda r: (r.name, r.id)))
