"""Who changed sides: when, from whom to whom, how many, who says so, and what speaks against it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain

from kg.model import (
    Certainty,
    Claim,
    Figure,
    Kind,
    LoyaltyPolicy,
    Modality,
    Polarity,
    Reference,
    Shifts,
    Standing,
    Switch,
    SwitchKind,
    Voice,
    surest,
)
from kg.network.conclusions import Change, conclude
from kg.network.counted import counted
from kg.network.days import Days, common, hull
from kg.network.evidence import Evidence
from kg.network.sides import DEFAULT, Sides, is_named, read_sides, when


@dataclass(slots=True)
class _Group:
    """Changes that are taken for one switch."""

    changes: list[Change] = field(default_factory=list)
    days: Days = (None, None)

    def add(self, change: Change) -> None:
        self.days = _both(self.days, change.days) if self.changes else change.days
        self.changes.append(change)


def find_switches(claims: Iterable[Claim], *, policy: LoyaltyPolicy = DEFAULT, sides: Sides | None = None) -> Shifts:
    """The switches that claims tell of or that follow from them, and apart from them those announced and those denied.

    Told: `defect` and `split_from`. Concluded (`kg.network.conclusions`): a membership in one side and later in an opposed one, or
    ended in one and begun in another; and a pair that fought and now stands together, or the other way round. A conclusion that a
    told switch explains is none of its own: its claims are evidence of that switch. No switch: desertion and surrender (nobody is
    joined), a ceasefire (enemies agree it), membership in two alliances at once, a renaming or reorganisation (`succeeds`: the
    actor and its successor are one, so that who is renamed and then changes sides has switched).

    Claims are taken for the same switch when all of this holds:

    - who: the same actor; a unit of it, or the person who leads it. Documents describe units in words of their own: so units in
      different documents are the same, too, when they are of one body, other than the side they left; or when they are as many in
      the same window, and the one's document speaks of the body that the other's unit is of ("two units", of which it tells in the
      same breath as of the front, and "the front's two battalions"). Unnamed people are the same when described the same.
    - from and to: the same side, one within the other, or not told by one of them. An unnamed bloc ("the resistance") tells no
      more than that.
    - when: their bounds overlap or touch (`policy.touching_days`). For unnamed people, of whom many leave on many days, the same
      window (`policy.same_window`), both undated, and the same side left: else they are two flows.
    - a split is no defection to a named side: groups break away years before they join another.

    A claim that fits several switches stays apart, rather than to join two that differ. The bounds of the switch are those that
    all its claims allow; of a flow, those that any does. Its figures all stay: the range reaches from the least to the most.

    Args:
        claims: all that is known, in any order: the evidence on both sides is read from the claims about ties.
        policy: what counts, and the thresholds.
        sides: what `read_sides` makes of the same claims, where it is at hand.

    Source: the rules are our own. What is counted as a switch is what the literature calls side-switching: a group, or a faction of it,
    that changes the side it stands with (L. Seymour, International Security 39(2), 2014; S. Otto, on alignment data of armed
    groups, 2015).

    Cost: about 0.1 s for 1,000 claims; linear in the claims, times the switches of one actor and the depth of what it is within.

    >>> from kg.model import Evidence, Kind, Period, Reference, Span
    >>> said = (Evidence("report.txt", Span(0, 9), "They left."),)
    >>> guards, army, rebels = (Reference(name, Kind.ARMED_GROUP, name) for name in ("guards", "army", "rebels"))
    >>> found = find_switches([
    ...     Claim("defect", said, guards, from_=army, to=rebels, period=Period.parse("2023-06-15")),
    ...     Claim("defect", said, guards, to=rebels, period=Period.parse("2023-06")),
    ... ])
    >>> [(s.who.name, s.from_.name, s.to.name, str(s.earliest), len(s.claims)) for s in found.switches]
    [('guards', 'army', 'rebels', '2023-06-15', 2)]
    """
    claims = list({claim.id: claim for claim in claims}.values())
    sides = sides or read_sides(claims, policy=policy)
    spoken: defaultdict[str, set[str]] = defaultdict(set)
    for claim in claims:
        spoken[claim.document] |= {sides.line(actor) for _, actor in claim.references() if actor.kind.is_actor}
    told: dict[Standing, list[Change]] = {standing: [] for standing in Standing}
    for claim in claims:
        if claim.certainty in policy.certainties and (change := _told(claim, sides)):
            told[_standing(claim)].append(change)
    groups = {standing: _group(changes, sides, policy, spoken) for standing, changes in told.items()}
    for change in conclude(claims, sides=sides, policy=policy):
        if not _explained(change, groups[Standing.ACTUAL], sides):
            groups[Standing.ACTUAL].append(_Group([change], change.days))
    evidence = Evidence(claims, sides, policy)
    found = {standing: tuple(sorted((_switch(group, standing, groups, evidence, sides, policy) for group in grouped), key=_order))
             for standing, grouped in groups.items()}
    return Shifts(found[Standing.ACTUAL], found[Standing.ANNOUNCED], found[Standing.DENIED], policy)


def _standing(claim: Claim) -> Standing:
    if claim.polarity is Polarity.NEGATIVE:
        return Standing.DENIED
    return Standing.ACTUAL if claim.modality is Modality.ACTUAL else Standing.ANNOUNCED


def _told(claim: Claim, sides: Sides) -> Change | None:
    """The change of side that one claim tells; `None`: it is of another type, or from a side to itself under another name."""
    if claim.type not in ("defect", "split_from"):
        return None
    split = claim.type == "split_from"
    from_, to = (claim.object, None) if split else (claim.from_, claim.to)
    if from_ and to and sides.line(from_) == sides.line(to):
        return None
    kind = SwitchKind.SPLIT if split else SwitchKind.DEFECTION
    return Change(kind, claim.subject, from_, to, when(claim), (claim,))


def _group(changes: Iterable[Change], sides: Sides, policy: LoyaltyPolicy, spoken: Mapping[str, Set[str]]) -> list[_Group]:
    """Changes that are one, together: those that tell most and most exactly first, so that the order of claims plays no part.

    `spoken`: the lines of which each document speaks.
    """
    groups: list[_Group] = []
    by_key: defaultdict[str, list[_Group]] = defaultdict(list)
    for change in sorted(changes, key=_exactness):
        keys = _keys(change, sides)
        near = {id(group): group for key in keys for group in by_key[key]}.values()
        fitting = [group for group in near if _meet(group, change, policy) and all(
            _same_sides(change, other, sides) and (_same_who(change, other, sides) or _same_units(change, other, sides, policy, spoken))
            for other in group.changes)]
        if len(fitting) == 1:
            group = fitting[0]
        else:
            group = _Group()
            groups.append(group)
        group.add(change)
        for key in keys:
            if not any(known is group for known in by_key[key]):
                by_key[key].append(group)
    return groups


def _exactness(change: Change) -> tuple[object, ...]:
    first, last = change.days
    width = (last - first).days if first and last else date.max.toordinal()
    vague = sum(not is_named(reference) for reference in (change.who, change.from_, change.to))
    ids = tuple(reference.id if reference else "" for reference in (change.who, change.from_, change.to))
    return vague, width, first or date.min, last or date.max, ids, change.kind, change.claims[0].id


def _keys(change: Change, sides: Sides) -> frozenset[str]:
    """What two changes that may be one have in common: an actor, what it is within, what it leads; of the unnamed, the side left."""
    if is_named(change.who) and change.who:
        line = sides.line(change.who)
        return frozenset({line, *sides.whole(line), *sides.led.get(line, ()), *(f"units {number}" for number in _units(change))})
    side = change.from_ or change.to
    if side is None:
        return frozenset()
    line = sides.line(side)
    return frozenset(f"unnamed {one}" for one in (line, *sides.above(line)))


def _units(change: Change) -> frozenset[str]:
    """How many units went over, as its claims count them; of named units and of people none."""
    unit = change.who is not None and change.who.kind is Kind.MILITARY_UNIT
    return frozenset(claim.quantity.notation for claim in change.claims if unit and claim.quantity and counted(claim) == "units")


def _same_sides(one: Change, other: Change, sides: Sides) -> bool:
    """Whether two changes can be one by what was left and joined."""
    if not (_fit(one.from_, other.from_, sides) and _fit(one.to, other.to, sides)):
        return False
    if one.kind is not other.kind and (one.to or other.to):
        return False
    return is_named(one.who) or (one.from_ is None) == (other.from_ is None)


def _same_who(one: Change, other: Change, sides: Sides) -> bool:
    if not (is_named(one.who) and is_named(other.who)) or not (one.who and other.who):
        return (one.who and one.who.id) == (other.who and other.who.id)
    a, b = sides.line(one.who), sides.line(other.who)
    if a == b or a in sides.whole(b) or b in sides.whole(a) or a in sides.led.get(b, ()) or b in sides.led.get(a, ()):
        return True
    left = {sides.line(side) for side in (one.from_, other.from_) if side}
    bodies = (sides.whole(a) & sides.whole(b)) - left - {above for side in left for above in sides.above(side)}
    apart = not {claim.document for claim in one.claims} & {claim.document for claim in other.claims}
    return bool(bodies) and apart and one.who.kind is other.who.kind is Kind.MILITARY_UNIT


def _same_units(one: Change, other: Change, sides: Sides, policy: LoyaltyPolicy, spoken: Mapping[str, Set[str]]) -> bool:
    """Whether two describe as many units of one window, and the one's document speaks of the body that the other's are of."""
    if not (_units(one) & _units(other) and one.who and other.who and _same_window(one.days, other.days, policy)):
        return False
    left = {sides.line(side) for side in (one.from_, other.from_) if side}
    first, second = ({claim.document for claim in change.claims} for change in (one, other))
    heard = (any((sides.whole(sides.line(change.who)) - left) & spoken[document] for document in documents)
             for change, documents in ((one, second), (other, first)) if change.who)
    return not first & second and any(heard)


def _fit(one: Reference | None, other: Reference | None, sides: Sides) -> bool:
    """Whether two can mean the same side."""
    return not (is_named(one) and is_named(other) and one and other) or sides.nested(sides.line(one), sides.line(other))


def _meet(group: _Group, change: Change, policy: LoyaltyPolicy) -> bool:
    """Whether a change can have happened when the others of a group did."""
    if is_named(change.who):
        return _near(group.days, change.days, policy)
    return all(_same_window(other.days, change.days, policy) for other in group.changes)


def _near(one: Days, other: Days, policy: LoyaltyPolicy) -> bool:
    touching = timedelta(policy.touching_days)
    return all(last is None or first is None or first - last <= touching for last, first in ((one[1], other[0]), (other[1], one[0])))


def _same_window(one: Days, other: Days, policy: LoyaltyPolicy) -> bool:
    if one[0] is None or other[0] is None or one[1] is None or other[1] is None:
        return one[0] is None and other[0] is None
    shared = (min(one[1], other[1]) - max(one[0], other[0])).days + 1
    return shared >= policy.same_window * ((max(one[1], other[1]) - min(one[0], other[0])).days + 1) and shared > 0


def _both(one: Days, other: Days) -> Days:
    """The days that both allow; all that either allows where they only touch."""
    return common((one, other)) or (min(day for day in (one[1], other[1]) if day), max(day for day in (one[0], other[0]) if day))


def _explained(conclusion: Change, groups: Iterable[_Group], sides: Sides) -> bool:
    """Whether another switch is the reason for what was concluded: the same actor left the same side or joined the same."""
    who, from_, to = conclusion.who, conclusion.from_, conclusion.to
    ends = [(who, from_, to)]
    if conclusion.kind is SwitchKind.TIES:  # the other of the pair may be the one that moved
        ends.append((from_ or to, from_ and who, to and who))
    return any(
        change.who and actor and is_named(change.who) and sides.nested(sides.line(change.who), sides.line(actor))
        and (_known(change.from_, left, sides) or _known(change.to, joined, sides))
        for group in groups for change in group.changes for actor, left, joined in ends
    )


def _known(one: Reference | None, other: Reference | None, sides: Sides) -> bool:
    return bool(one and other and _fit(one, other, sides))


def _switch(
    group: _Group, standing: Standing, groups: dict[Standing, list[_Group]], evidence: Evidence, sides: Sides, policy: LoyaltyPolicy
) -> Switch:
    """The switch that a group of changes tells of."""
    changes = group.changes
    named = is_named(changes[0].who)
    days = group.days if named else hull(change.days for change in changes)
    claims = sorted(chain.from_iterable(change.claims for change in changes), key=lambda claim: claim.id)
    who = _chosen([change.who for change in changes], sides, inner=True)
    from_, to = (_chosen(ends, sides) for ends in ([change.from_ for change in changes], [change.to for change in changes]))
    others = {sides.line(change.who) for change in changes if change.who and who} - {sides.line(who) if who else ""}
    opposite = Standing.DENIED if standing is not Standing.DENIED else Standing.ACTUAL
    contrary = {claim.id for other in groups[opposite] if _contradicts(group, other, sides, policy)
                for change in other.changes for claim in change.claims}
    shown = evidence.of([sides.line(change.who) for change in changes if change.who and is_named(change.who)], from_, to, days,
                        but=frozenset(claim.id for claim in claims), documents=frozenset(claim.document for claim in claims))
    told = any(change.kind in (SwitchKind.DEFECTION, SwitchKind.SPLIT) for change in changes)
    certainty = surest(claim.certainty for claim in claims)
    if standing is Standing.ACTUAL and (contrary or any(claim.certainty is Certainty.DISPUTED for claim in claims)):
        certainty = Certainty.DISPUTED
    quiet = standing is not Standing.ACTUAL
    return Switch(
        kind=SwitchKind.SPLIT if any(change.kind is SwitchKind.SPLIT for change in changes) else changes[0].kind,
        standing=standing,
        who=who,
        also=tuple(sorted({sides.reference(other) for other in others}, key=lambda r: (r.name, r.id))),
        from_=from_,
        to=to,
        earliest=days[0],
        latest=days[1],
        figures=tuple(Figure(claim.quantity, claim.id) for claim in claims if told and claim.quantity),
        certainty=certainty,
        modalities=tuple(mood for mood in Modality if any(claim.modality is mood for claim in claims)),
        voices=tuple(sorted({Voice(claim.document, claim.attributed_to.name if claim.attributed_to else None) for claim in claims},
                            key=lambda voice: (voice.document, voice.attributed_to or ""))),
        claims=tuple(claim.id for claim in claims),
        before=() if quiet else shown.before,
        after=() if quiet else shown.after,
        against=tuple(sorted(contrary | (set() if quiet else set(shown.against)))),
    )


def _chosen(told: Sequence[Reference | None], sides: Sides, *, inner: bool = False) -> Reference | None:
    """Who is meant by several names: a named one before an unnamed, the one told of most, then the whole (`inner`: the part)."""
    known = Counter(sides.line(reference) for reference in told if reference)
    if not known:
        return None
    depth = {line: len(sides.above(line)) * (-1 if inner else 1) for line in known}
    best = min(known, key=lambda line: (not is_named(sides.reference(line)), -known[line], depth[line], line))
    return sides.named(reference for reference in told if reference and sides.line(reference) == best)


def _contradicts(group: _Group, other: _Group, sides: Sides, policy: LoyaltyPolicy) -> bool:
    """Whether one group denies what the other tells: the same actor and sides, and days that meet."""
    return all(is_named(one.who) and is_named(two.who) and _same_who(one, two, sides) and _same_sides(one, two, sides)
               and _near(group.days, two.days, policy) for one in group.changes for two in other.changes)


def _order(switch: Switch) -> tuple[object, ...]:
    day = switch.latest or switch.earliest or date.max
    names = tuple((r.name, r.id) if r else ("", "") for r in (switch.who, switch.from_, switch.to))
    return day, switch.earliest or date.min, names, switch.claims
