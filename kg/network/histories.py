"""Whom an actor stood with, from when to when, and what ended it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kg.model import (
    CLAIM_TYPES,
    Allegiance,
    Claim,
    Ending,
    LoyaltyPolicy,
    Modality,
    Polarity,
    Reference,
    Spell,
    spell,
    surest,
    ties,
)
from kg.network.days import hull
from kg.network.ends import End, Stay, all_ends, bounded, end_of, is_background, is_change, joined_ends, parted, seen, stated_end
from kg.network.naming import pair_of
from kg.network.quarrels import quarrels
from kg.network.sides import DEFAULT, Sides, counts, is_named, points, read_sides, when

_Key = tuple[str, str, str]  # the actor's line, the side's line, the relation


def histories(claims: Iterable[Claim], *, policy: LoyaltyPolicy = DEFAULT, sides: Sides | None = None) -> dict[str, tuple[Allegiance, ...]]:
    """The history of allegiance of every actor, by the id of its line (`Sides.line`), each by its days.

    One allegiance is what claims of one type tell of an actor and a side (a renamed side is the same side), until something ends
    it; what is told of later begins another. It ends with the end that a claim states; when the actor is told to have left
    (`split_from`, `defect` from the side or to one opposed to it), or of two allies either is; when the side is dissolved; when the two
    are told to fight later than the last that tells that they stood together (`kg.network.quarrels`); and when the actor is later in
    a side that is opposed to the first (`Sides.opposed`). All but the first bound the end: perhaps it lasted until the latest day of the
    change, or of the first hostile act, no longer; before that, only what a claim vouches for is sure. A claim that vouches for it after
    its end begins it anew.

    A defection gives the side that was left and the one that was joined also where nothing else tells of them. Persons have
    histories by the roles they hold. Unnamed people and blocs have none, but can be the side of one.

    Args:
        claims: all that is known, in any order: who opposes whom is read from the claims about others.
        policy: what counts.
        sides: what `read_sides` makes of the same claims, where it is at hand.

    Cost: about linear in the claims; of one actor, the square of its allegiances.

    >>> from kg.model import Evidence, Kind, Period, Reference, Span
    >>> said = (Evidence("report.txt", Span(0, 9), "They left."),)
    >>> guards, army, rebels = (Reference(name, Kind.ARMED_GROUP, name) for name in ("guards", "army", "rebels"))
    >>> for span in histories([
    ...     Claim("part_of", said, guards, army, period=Period.parse("2010/..")),
    ...     Claim("defect", said, guards, from_=army, to=rebels, period=Period.parse("2023-06-15")),
    ... ])["guards"]:
    ...     print(span.side.name, span.first, span.last, span.ending)
    army 2010-01-01 2023-06-15 left
    rebels 2023-06-15 None None
    """
    claims = list({claim.id: claim for claim in claims}.values())
    sides = sides or read_sides(claims, policy=policy)
    told = [claim for claim in claims if counts(claim, policy)]
    groups: defaultdict[_Key, list[Claim]] = defaultdict(list)
    for claim in told:
        for who, side in _stands(claim, policy):
            if is_named(who) and side.kind.is_actor and sides.line(who) != sides.line(side):
                groups[sides.line(who), sides.line(side), claim.type].append(claim)
    ends = _Ends(told, sides, policy)
    fell_out = quarrels(ties(told), sides=sides, policy=policy)
    contrary = _contrary(claims, sides, policy)
    found: defaultdict[str, list[Allegiance]] = defaultdict(list)
    for (actor, other, relation), group in groups.items():
        one, two = (sides.named(r for c in group for _, r in c.references() if sides.line(r) == line) for line in (actor, other))
        told_ends = [*ends.of(actor, other), *(ends.of(other, actor) if CLAIM_TYPES[relation].symmetric else ())]
        found[actor] += _spans(one, two, relation, group, told_ends, fell_out.get(pair_of(actor, other), ()),
                               contrary.get((actor, other), ()), policy)
    for actor, leaving in ends.leaving.items():
        found[actor] += _left(sides, actor, leaving, found[actor])
    return {actor: tuple(sorted(_give_way(spans, sides, policy), key=_order)) for actor, spans in sorted(found.items()) if spans}


def _stands(claim: Claim, policy: LoyaltyPolicy) -> Iterator[tuple[Reference, Reference]]:
    """Who stands with whom from then on, by one claim."""
    if claim.type == "defect":
        if claim.subject and claim.to:
            yield claim.subject, claim.to
    elif claim.type in policy.allegiances and claim.subject and claim.object:
        yield claim.subject, claim.object
        if CLAIM_TYPES[claim.type].symmetric:
            yield claim.object, claim.subject


class _Ends:
    """What ends allegiances: who left which side, and which side was dissolved."""

    def __init__(self, claims: Sequence[Claim], sides: Sides, policy: LoyaltyPolicy) -> None:
        self._sides, self._policy = sides, policy
        self.leaving: defaultdict[str, list[tuple[str, Claim]]] = defaultdict(list)
        self._joining: defaultdict[str, list[tuple[str, Claim]]] = defaultdict(list)
        self._dissolved: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in claims:
            if claim.type == "defect" and claim.subject and claim.to and is_named(claim.subject):
                self._joining[sides.line(claim.subject)].append((sides.line(claim.to), claim))
            side = claim.from_ if claim.type == "defect" else claim.object if claim.type in ("split_from", "dissolve") else None
            if side is None:
                continue
            if claim.type == "dissolve":
                self._dissolved[side.id].append(claim)  # by its own id: what has a successor was reorganised
            elif claim.subject and is_named(claim.subject) and sides.line(claim.subject) != sides.line(side) and side.kind.is_actor:
                self.leaving[sides.line(claim.subject)].append((sides.line(side), claim))

    def of(self, actor: str, side: str) -> list[End]:
        """What ended that the actor stood with the side, as told.

        Who leaves a whole leaves the part of it that it was in; who goes over to an opponent has left, wherever from.
        """
        left = [claim for whole, claim in self.leaving.get(actor, ()) if whole == side or whole in self._sides.above(side)]
        left += [claim for joined, claim in self._joining.get(actor, ())
                 if claim not in left and self._sides.opposed(joined, side, during=when(claim), policy=self._policy)]
        dissolved = self._dissolved.get(side, ())
        return [*(end_of(Ending.LEFT, claim) for claim in left), *(end_of(Ending.DISSOLVED, claim) for claim in dissolved)]


def _spans(
    actor: Reference, side: Reference, relation: str, claims: Sequence[Claim], ends: Sequence[End], fell_out: Sequence[End],
    contrary: Sequence[Claim], policy: LoyaltyPolicy,
) -> Iterator[Allegiance]:
    """The allegiances that claims of one relation tell, parted by what ended them."""
    breaks = all_ends([*ends, *filter(None, map(stated_end, claims))], fell_out)
    for part, end in parted(claims, breaks):
        told = [(claim, is_background(claim, end)) for claim in part]
        span = Allegiance(
            actor, side, relation,
            roles=tuple(sorted({claim.role for claim in part if claim.role})),
            spells=_merged([Spell(None, None, None, end.days[1]) if end and before else _bounded(_spell(claim), end)
                            for claim, before in told], policy),
            sightings=seen(part, end),
            ending=end.ending if end else None,
            certainty=surest(claim.certainty for claim in part),
            claims=tuple(sorted(claim.id for claim in part)),
            documents=tuple(sorted({claim.document for claim in part})),
            ended_by=end.claims if end else (),
            dated=any(claim.period for claim in part),
        )
        yield replace(span, against=_against(span, end, contrary))


def _spell(claim: Claim) -> Spell:
    """When what a claim tells held: who has gone over stays, at an unknown time as well."""
    if claim.type == "defect" and claim.period is None:
        return Spell(None, None, None, None)
    return spell(claim, sighting_days=None)


def _against(span: Allegiance, end: End | None, contrary: Iterable[Claim]) -> tuple[str, ...]:
    """Claims that speak against an allegiance: told of a moment within it, and surely before it ended."""
    first, over = span.first or date.min, end.days[0] if end else date.max
    if over is None:
        return ()
    return tuple(sorted({claim.id for claim in contrary if any(first <= b and (b < over or over == date.max) for _, b in points(claim))}))


def _bounded(told: Spell, end: End | None) -> Spell:
    """A spell that ended no later than something, but for the days that its own claim vouches for and the end that it states."""
    latest = end.days[1] if end else None
    if end is None or latest is None or (told.last and end.ending is Ending.STATED):
        return told
    return bounded(told, latest)


def _merged(spells: Iterable[Spell], policy: LoyaltyPolicy) -> tuple[Spell, ...]:
    """Sure stretches that overlap or touch as one; a doubtful one within another adds nothing."""
    merged: list[Spell] = []
    doubtful: list[Spell] = []
    gap = timedelta(policy.continuous_days + 1)
    for told in sorted(set(spells), key=_spell_order):
        if not (told.sure_from and told.sure_until and told.sure_from <= told.sure_until):
            doubtful.append(told)
        elif merged and (until := merged[-1].sure_until) and told.sure_from - until <= gap:
            last = merged[-1]
            first, end = hull([(last.first, last.last), (told.first, told.last)])
            merged[-1] = Spell(first, last.sure_from, max(until, told.sure_until), end)
        else:
            merged.append(told)
    apart = [told for told in doubtful if not any(_covers(other, told) for other in (*merged, *doubtful) if other != told)]
    return tuple(sorted([*merged, *apart], key=_spell_order))


def _covers(outer: Spell, inner: Spell) -> bool:
    return (outer.first is None or (inner.first is not None and outer.first <= inner.first)) and (
        outer.last is None or (inner.last is not None and inner.last <= outer.last))


def _left(sides: Sides, actor: str, leaving: Iterable[tuple[str, Claim]], known: Sequence[Allegiance]) -> Iterator[Allegiance]:
    """Sides that are known only from having been left."""
    ended = {claim for span in known for claim in span.ended_by}
    unknown: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for side, claim in leaving:
        if claim.id not in ended:
            unknown[side, claim.type].append(claim)
    for (side, relation), group in sorted(unknown.items()):
        ends = joined_ends(end_of(Ending.LEFT, claim) for claim in group)
        for end in ends:
            part = [claim for claim in group if claim.id in end.claims]
            yield Allegiance(
                sides.reference(actor), sides.reference(side), relation, (), (Spell(None, None, None, end.days[1]),), (), Ending.LEFT,
                surest(claim.certainty for claim in part), end.claims, tuple(sorted({claim.document for claim in part})), end.claims)


def _give_way(spans: Sequence[Allegiance], sides: Sides, policy: LoyaltyPolicy) -> Iterator[Allegiance]:
    """Allegiances with what cannot go with them: a later one with an opponent ends the earlier."""
    for span in spans:
        later = [other for other in spans if span.ending in (None, Ending.HOSTILITY)
                 and is_change(stay_of(span, sides), stay_of(other, sides), sides, policy)]
        if later:
            first = min(later, key=lambda other: (other.sightings[0], other.claims))
            by = min(last for _, last in first.sightings)
            if span.last is None or by < span.last:
                spells = _merged([bounded(told, by) for told in span.spells], policy)
                span = replace(span, ending=Ending.OPPONENT, ended_by=first.claims, spells=spells)
        yield span


def stay_of(span: Allegiance, sides: Sides) -> Stay:
    """An allegiance as what may be left for another (`kg.network.ends.is_change`)."""
    return Stay(sides.line(span.side), span.relation, span.sightings, span.dated)


def _contrary(claims: Iterable[Claim], sides: Sides, policy: LoyaltyPolicy) -> dict[tuple[str, str], list[Claim]]:
    """By actor and side: claims that deny that they stand together, or tell that they fought."""
    found: defaultdict[tuple[str, str], list[Claim]] = defaultdict(list)
    for claim in claims:
        denies = claim.polarity is Polarity.NEGATIVE and claim.modality is Modality.ACTUAL and claim.type in policy.allegiances
        other = claim.from_ if claim.type == "capture" else claim.object
        if (denies or (claim.type in policy.hostile and counts(claim, policy))) and claim.subject and other:
            pair = sides.line(claim.subject), sides.line(other)
            found[pair].append(claim)
            found[pair[1], pair[0]].append(claim)
    return found


def _spell_order(told: Spell) -> tuple[date, date, date, date]:
    return (told.sure_from or told.first or date.min, told.first or date.min, told.sure_until or date.max, told.last or date.max)


def _order(span: Allegiance) -> tuple[object, ...]:
    day = span.first or (span.sightings[0][0] if span.sightings else span.last) or date.min
    return day, span.last or date.max, span.side.name, span.side.id, span.relation, span.claims
