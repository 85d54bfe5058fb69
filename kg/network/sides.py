"""What claims say of sides at any time: whose successor an actor is, within what it stands, whom it opposes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from kg.model import Claim, Kind, LoyaltyPolicy, Modality, Polarity, Reference

Days = tuple[date | None, date | None]
"""The earliest and the latest day; `None`: nothing bounds it."""

DEFAULT = LoyaltyPolicy()
MEMBERSHIPS = ("member_of", "part_of", "holds_role")
"""The allegiances that one has to leave before one joins the other side; who is supported, or fought beside, binds less."""

_WITHIN = ("member_of", "part_of")
_UNNAMED = (Kind.BLOC, Kind.PEOPLE)


@dataclass(frozen=True, slots=True)
class Sides:
    """Who belongs together and who does not, over all time. Actors are meant by their line: the last of a chain of successors."""

    references: Mapping[str, Reference]  # by line: the commonest name it is told of by
    lines: Mapping[str, str]  # the line of each actor that has another name than its own id
    parents: Mapping[str, frozenset[str]]  # what a line is told to be a member or a part of
    wholes: Mapping[str, frozenset[str]]  # what it is told to be a part of
    led: Mapping[str, frozenset[str]]  # the lines in which a person is told to hold a role
    signs: Mapping[tuple[str, str], int]  # statements that two lines stand together, minus those that they fight or parted
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
        seen = Counter((actor.id, actor.name, actor.kind) for actor in told)
        id_, name, kind = min(seen, key=lambda n: (-seen[n], -len(n[1]), n))
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

    def opposed(self, a: str, b: str, *, policy: LoyaltyPolicy = DEFAULT) -> bool:
        """Whether two lines are on opposing sides.

        What is said of the two themselves decides. Where nothing is, what is said of those above them does, unless both are
        within one whole: the quarrels of a whole are not those of each part with another whole's parts.
        """
        if self.nested(a, b):
            return False
        direct = self.signs.get(_pair(a, b))
        if direct is not None:
            return direct <= -policy.opposed_statements
        over, under = {a, *self.above(a)}, {b, *self.above(b)}
        if over & under:
            return False
        known = [self.signs[_pair(x, y)] for x in over for y in under if _pair(x, y) in self.signs]
        return bool(known) and sum(known) <= -policy.opposed_statements


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


def read_sides(claims: Iterable[Claim], *, policy: LoyaltyPolicy = DEFAULT) -> Sides:
    """Who belongs to whom, who succeeds whom and who opposes whom, as the claims that count say.

    An actor and its successor are one line where the succession is one to one: a merger or a break-up joins no lines. A
    defection and a split set the two sides against each other by one statement; what is said alike counts once (`Claim.key`).

    Args:
        claims: any claims, in any order.
        policy: which certainties and hostile types count.
    """
    claims = list(claims)
    told = [claim for claim in claims if counts(claim, policy)]
    lines = _lines(told)
    parents: defaultdict[str, set[str]] = defaultdict(set)
    wholes: defaultdict[str, set[str]] = defaultdict(set)
    led: defaultdict[str, set[str]] = defaultdict(set)
    said: defaultdict[tuple[str, str], dict[tuple[str, int], int]] = defaultdict(dict)
    for claim in told:
        for a, b, sign in _signs(claim, policy):
            one, other = lines.get(a.id, a.id), lines.get(b.id, b.id)
            if one == other:
                continue
            if claim.type in _WITHIN:
                parents[one].add(other)
            if claim.type == "part_of":
                wholes[one].add(other)
            if claim.type == "holds_role":
                led[one].add(other)
            else:
                said[_pair(one, other)][claim.key, sign] = sign
    return Sides(
        references=_names(claims, lines),
        lines=lines,
        parents={id_: frozenset(above) for id_, above in parents.items()},
        wholes={id_: frozenset(above) for id_, above in wholes.items()},
        led={id_: frozenset(bodies) for id_, bodies in led.items()},
        signs={pair: sum(signs.values()) for pair, signs in said.items()},
    )


def _signs(claim: Claim, policy: LoyaltyPolicy) -> Iterator[tuple[Reference, Reference, int]]:
    """Who a claim says stands together (+1), and who fights or parted (-1)."""
    sides = (claim.from_, claim.to) if claim.type == "defect" else (claim.subject, claim.from_ if claim.type == "capture" else claim.object)
    sign = -1 if claim.type in policy.hostile or claim.type in ("split_from", "defect") else +1 if claim.type in policy.allegiances else 0
    if sign and sides[0] and sides[1] and sides[0].kind.is_actor and sides[1].kind.is_actor:
        yield sides[0], sides[1], sign


def _names(claims: Iterable[Claim], lines: Mapping[str, str]) -> dict[str, Reference]:
    """The commonest name of each line, among those of the last in it; of equals the longest, then the first in the alphabet."""
    seen: defaultdict[str, Counter[tuple[bool, str, Kind]]] = defaultdict(Counter)
    for claim in claims:
        for _, actor in claim.references():
            line = lines.get(actor.id, actor.id)
            seen[line][line != actor.id, actor.name, actor.kind] += 1
    best = {line: min(names, key=lambda n: (n[0], -names[n], -len(n[1]), n)) for line, names in seen.items()}
    return {line: Reference(line, kind, name) for line, (_, name, kind) in best.items()}


def _pair(a: str, b: str) -> tuple[str, str]:
    return (a, b) if a < b else (b, a)


def when(claim: Claim) -> Days:
    """The bounds of what a claim tells: it happened, or held, between them, and was reported no earlier than the second.

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


def points(claim: Claim) -> list[tuple[date, date]]:
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


def _lines(claims: Iterable[Claim]) -> dict[str, str]:
    """The line of each actor that has a successor."""
    before: defaultdict[str, set[str]] = defaultdict(set)
    after: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        new, old = claim.subject, claim.object
        if claim.type == "succeeds" and new and old and is_named(new) and is_named(old) and new.id != old.id:
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
