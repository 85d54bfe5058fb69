"""What claims say of sides at any time: whose successor an actor is, within what it stands, whom it opposes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from kg.model import Claim, Kind, LoyaltyPolicy, Modality, Polarity, Reference, Tie
from kg.network.days import Days, overlap
from kg.network.naming import best_names, commonest, pair_of

DEFAULT = LoyaltyPolicy()
MEMBERSHIPS = ("member_of", "part_of", "holds_role")
"""The allegiances that one has to leave before one joins the other side; who is supported, or fought beside, binds less."""

_WITHIN = ("member_of", "part_of")
_UNNAMED = (Kind.BLOC, Kind.PEOPLE)


@dataclass(frozen=True, slots=True)
class Stand:
    """That two stand together (+1), or fight or parted (-1), as is said of some days."""

    sign: int
    days: Days


@dataclass(frozen=True, slots=True)
class Sides:
    """Who belongs together and who does not, over all time. Actors are meant by their line: the last of a chain of successors."""

    references: Mapping[str, Reference]  # by line: the commonest name it is told of by
    lines: Mapping[str, str]  # the line of each actor that has another name than its own id
    parents: Mapping[str, frozenset[str]]  # what a line is told to be a member or a part of
    wholes: Mapping[str, frozenset[str]]  # what it is told to be a part of
    led: Mapping[str, frozenset[str]]  # the lines in which a person is told to hold a role
    stands: Mapping[tuple[str, str], Sequence[Stand]]  # what is said of how two lines stand to each other, each statement once
    _above: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)  # what was climbed already
    _whole: dict[str, frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    def line(self, actor: Reference | str) -> str:
        """The line of an actor: what is renamed or reorganised stays one line."""
        id_ = actor if isinstance(actor, str) else actor.id
        return self.lines.get(id_, id_)

    def reference(self, actor: Reference | str) -> Reference:
        """How the line of an actor is named most often."""
        return self.references[self.line(actor)]

    def named(self, told: Iterable[Reference]) -> Reference:
        """One reference for several of one line: the name that they use most."""
        name, kind, id_ = commonest(Counter((actor.name, actor.kind, actor.id) for actor in told))
        return Reference(id_, kind, name)

    def above(self, line: str) -> frozenset[str]:
        """Everything that a line is a member or a part of, directly or not."""
        if line not in self._above:
            self._above[line] = _climb(line, self.parents)
        return self._above[line]

    def whole(self, line: str) -> frozenset[str]:
        """Everything that a line is a part of: the bodies that a unit is a unit of."""
        if line not in self._whole:
            self._whole[line] = _climb(line, self.wholes)
        return self._whole[line]

    def nested(self, a: str, b: str) -> bool:
        """Whether two lines are the same, or one is within the other."""
        return a == b or b in self.above(a) or a in self.above(b)

    def opposed(self, a: str, b: str, *, during: Days = (None, None), policy: LoyaltyPolicy = DEFAULT) -> bool:
        """Whether two lines are on opposing sides at some time.

        What is said of the two themselves decides. Where nothing is, what is said of those above them does, unless both are
        within one whole: the quarrels of a whole are not those of each part with another whole's parts.

        Who were allies once may be enemies now. So what is said of the days asked about and of `policy.opposed_days` around them
        decides; where nothing is said of then, all that is said.
        """
        if self.nested(a, b):
            return False
        around = _widened(during, policy.opposed_days)
        if pair_of(a, b) in self.stands:
            return self._balance(a, b, around) <= -policy.opposed_statements
        over, under = {a, *self.above(a)}, {b, *self.above(b)}
        if over & under:
            return False
        known = [self._balance(x, y, around) for x in over for y in under if pair_of(x, y) in self.stands]
        return bool(known) and sum(known) <= -policy.opposed_statements

    def _balance(self, a: str, b: str, around: Days) -> int:
        """The statements that two lines stand together, minus those that they do not."""
        told = self.stands[pair_of(a, b)]
        then = [stand for stand in told if overlap(stand.days, around)]
        return sum(stand.sign for stand in then or told)


def _widened(days: Days, by: int | None) -> Days:
    """A stretch and so many days around it; `None`: all time."""
    first, last = days
    if by is None:
        return None, None
    return (date.fromordinal(max(1, first.toordinal() - by)) if first else None,
            date.fromordinal(min(date.max.toordinal(), last.toordinal() + by)) if last else None)


def _climb(line: str, parents: Mapping[str, frozenset[str]]) -> frozenset[str]:
    found: set[str] = set()
    todo = [line]
    while todo:
        new = parents.get(todo.pop(), frozenset()) - found
        found |= new
        todo += new
    return frozenset(found - {line})


def counts(claim: Claim, policy: LoyaltyPolicy) -> bool:
    """Whether a claim says that something is or was so, with a certainty that counts."""
    return claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ACTUAL and claim.certainty in policy.certainties


def is_named(actor: Reference | None) -> bool:
    """Whether it is an actor with an identity, not "soldiers" or "resistance forces"."""
    return actor is not None and actor.kind not in _UNNAMED


@dataclass(frozen=True, slots=True)
class _Said:
    """What one claim or tie says of two actors, as far as sides are read from it."""

    type: str
    a: Reference
    b: Reference
    sign: int  # how they stand to each other, by the policy's types
    key: str  # equal for what says the same
    days: Days


def read_sides(claims: Iterable[Claim], *, policy: LoyaltyPolicy = DEFAULT) -> Sides:
    """Who belongs to whom, who succeeds whom and who opposes whom, as the claims that count say.

    An actor and its successor are one line where the succession is one to one: a merger or a break-up joins no lines. A
    defection and a split set the two sides against each other by one statement; what is said alike counts once (`Claim.key`).

    Args:
        claims: any claims, in any order.
        policy: which certainties and hostile types count.
    """
    claims = list(claims)
    said = [one for claim in claims if counts(claim, policy) for one in _said(claim, policy)]
    lines = _lines(said)
    return _sides(said, lines, best_names(claims, lines=lines))


def sides_of_ties(ties: Iterable[Tie], *, policy: LoyaltyPolicy = DEFAULT) -> Sides:
    """The same from ties, which know a little less: nothing of unnamed people who left one side for another.

    Args:
        ties: those that count; what is denied or planned has no place here.
        policy: which types are hostile, which allegiances.
    """
    told = list(ties)
    said = [_Said(tie.type, tie.source, tie.target, _sign(tie.type, policy), tie.key, when(tie)) for tie in told if tie.type != "defect"]
    parted: defaultdict[str, list[Tie]] = defaultdict(list)
    for tie in told:
        if tie.type == "defect":
            parted[tie.claim].append(tie)
    for moved in parted.values():
        said += [_Said("defect", old.target, new.target, -1, new.key, when(new))
                 for old in moved for new in moved if old.sign < 0 < new.sign]
    lines = _lines(said)
    actors = {side.id: side for tie in told for side in (tie.source, tie.target)}
    return _sides(said, lines, {lines.get(id_, id_): actors.get(lines.get(id_, id_), actor) for id_, actor in actors.items()})


def _sides(said: Iterable[_Said], lines: Mapping[str, str], references: Mapping[str, Reference]) -> Sides:
    parents: defaultdict[str, set[str]] = defaultdict(set)
    wholes: defaultdict[str, set[str]] = defaultdict(set)
    led: defaultdict[str, set[str]] = defaultdict(set)
    stands: defaultdict[tuple[str, str], dict[tuple[str, int], Stand]] = defaultdict(dict)
    for one in said:
        a, b = lines.get(one.a.id, one.a.id), lines.get(one.b.id, one.b.id)
        if a == b or not one.sign:
            continue
        if one.type in _WITHIN:
            parents[a].add(b)
        if one.type == "part_of":
            wholes[a].add(b)
        if one.type == "holds_role":
            led[a].add(b)
        else:
            stands[pair_of(a, b)][one.key, one.sign] = Stand(one.sign, one.days)
    return Sides(
        references=references,
        lines=lines,
        parents={id_: frozenset(above) for id_, above in parents.items()},
        wholes={id_: frozenset(above) for id_, above in wholes.items()},
        led={id_: frozenset(bodies) for id_, bodies in led.items()},
        stands={pair: tuple(told.values()) for pair, told in stands.items()},
    )


def _said(claim: Claim, policy: LoyaltyPolicy) -> Iterator[_Said]:
    """Who a claim says stands together, fights, parted or is the successor."""
    a, b = (claim.from_, claim.to) if claim.type == "defect" else (claim.subject, claim.from_ if claim.type == "capture" else claim.object)
    if a and b and a.kind.is_actor and b.kind.is_actor:
        yield _Said(claim.type, a, b, _sign(claim.type, policy), claim.key, when(claim))


def _sign(type_: str, policy: LoyaltyPolicy) -> int:
    if type_ in policy.hostile or type_ in ("split_from", "defect"):
        return -1
    return 1 if type_ in policy.allegiances else 0


def when(claim: Claim | Tie) -> Days:
    """The bounds of what a claim, or a tie, tells: it happened, or held, between them, and was reported no earlier than the second.

    Without a date, or with an open end, the day of the report is the latest. A plan, a possibility or a demand without a date is
    dated by the report.
    """
    report = claim.reported.end_latest if claim.reported else None
    if claim.period is None:
        planned = claim.reported if claim.modality is not Modality.ACTUAL else None
        return planned.begin_earliest if planned else None, report
    latest = claim.period.end_latest
    if latest is None or (report and claim.modality is Modality.ACTUAL):
        latest = min((day for day in (latest, report) if day), default=None)
    return claim.period.begin_earliest, latest


def points(claim: Claim | Tie) -> list[tuple[date, date]]:
    """The moments for which a claim vouches, each as its earliest and latest day: an event, or the begin and the end of what lasted.

    A claim without a date vouches for the time of its report, one that is open-ended too.
    """
    report = claim.reported
    told = report.end_latest if report and claim.modality is Modality.ACTUAL else None
    if claim.period is None:
        return _moment(report.begin_earliest, report.end_latest, told) if report else []
    period = claim.period.as_reported(report.begin_earliest) if report and report.begin_earliest else claim.period
    if "/" not in period.edtf:
        return _moment(period.begin_earliest, period.end_latest, told)
    return [*_moment(period.begin_earliest, period.begin_latest, told), *_moment(period.end_earliest, period.end_latest, told)]


def _moment(first: date | None, last: date | None, told: date | None) -> list[tuple[date, date]]:
    """The moment between two days, over when it was told of."""
    if first is None:
        return []
    return [(first, max(first, min(day for day in (last or first, told) if day)))]


def _lines(said: Iterable[_Said]) -> dict[str, str]:
    """The line of each actor that has a successor."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for one in said:
        new, old = one.a, one.b
        if one.type == "succeeds" and is_named(new) and is_named(old) and new.id != old.id:
            before[new.id].add(old.id)
            after[old.id].add(new.id)
    lines = {}
    for start in sorted(after):
        chain = [start]
        while len(after[chain[-1]]) == 1 and (following := next(iter(after[chain[-1]]))) not in chain and len(before[following]) == 1:
            chain.append(following)
        last = chain[-1] if len(after[chain[-1]]) != 1 or next(iter(after[chain[-1]])) not in chain else min(chain)
        if last != start:
            lines[start] = last
    return lines
