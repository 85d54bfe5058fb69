"""Who holds a place, and from when to when: captures, claims of control and losses, put in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from kg.model import Answer, Claim, Modality, Polarity, Reference, spell
from kg.network.counted import widest
from kg.network.days import hull, overlap
from kg.network.naming import best_names
from kg.network.same_side import OneSide


@dataclass(frozen=True, slots=True)
class Holding:
    """A stretch of time in which one actor holds a place: perhaps from `first` to `last`, surely in the stretches of `sure`."""

    place: Reference
    holder: Reference
    first: date | None  # None: nobody tells of its beginning
    last: date | None  # None: nobody tells of its end
    sure: tuple[tuple[date, date], ...]  # first and last day each; ascending
    claims: tuple[Claim, ...]  # that the actor takes or holds it, or has just lost it
    ended: tuple[Claim, ...]  # that another takes or holds it then
    denied: tuple[Claim, ...]  # that the actor does not hold it, at some time within

    def answer(self, day: date) -> Answer:
        """Whether the actor holds the place on a day."""
        if any(begin <= day <= end for begin, end in self.sure):
            return Answer.YES
        outside = (self.first is not None and day < self.first) or (self.last is not None and day > self.last)
        return Answer.NO if outside else Answer.MAYBE


@dataclass(frozen=True, slots=True)
class _Seen:
    """A claim that an actor takes or holds a place."""

    claim: Claim
    place: Reference
    holder: Reference
    first: date | None
    begun: date | None  # from here on it surely has held it at some time
    last: date | None
    sure: tuple[date, date] | None


def control(claims: Iterable[Claim], *, place: str | None = None, on: date | None = None) -> tuple[Holding, ...]:
    """Who holds which place, through time or on a day.

    A place is held from the day of its `capture` or as `controls` tells, and perhaps until somebody of another side takes or
    surely holds it later (`same_side.OneSide`), or takes it `from` its holder, or the holder takes it a second time. It is surely
    held on the day of a capture known to the day, and as long as a claim of control is known to reach (`kg.model.spell`); between
    two sightings only perhaps. Who lost a place held it just before. An undated claim of control is perhaps so from the report on;
    an undated capture is taken for the dated one of its holder where there is just one, and was else perhaps at any time. Several
    holders at a time are allies who took it together, or a contradiction (`disagreements`). Denials end nothing: they stand
    beside the holding that they deny. What is planned, possible or asked for does not count.

    Args:
        claims: any claims; those between actors tell who is of one side.
        place: id of one place; `None`: every place.
        on: only holdings that are or may be on this day; `None`: all.

    Returns:
        the holdings by name of the place, then from the earliest to the latest.

    Cost: for each place the square of its claims.
    """
    told = list(claims)
    one_side, names = OneSide(told), best_names(told)
    seen: defaultdict[str, list[_Seen]] = defaultdict(list)
    denials: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in told:
        if claim.type not in ("capture", "controls") or not claim.object or not claim.subject or claim.modality is not Modality.ACTUAL:
            continue
        if place is not None and claim.object.id != place:
            continue
        if claim.polarity is Polarity.NEGATIVE:
            denials[claim.object.id].append(claim)
        else:
            seen[claim.object.id].append(_seen(claim, names[claim.object.id], claim.subject))
    found = (replace(h, holder=names[h.holder.id]) for id_, there in seen.items() for h in _holdings(there, denials[id_], one_side))
    return tuple(sorted((h for h in found if on is None or h.answer(on) is not Answer.NO), key=_order))


def _seen(claim: Claim, place: Reference, holder: Reference) -> _Seen:
    first, last = widest(claim)
    if claim.type == "capture":
        dated = claim.period is not None and last is not None
        known = dated and first == last and claim.period is not None and not claim.period.doubtful
        return _Seen(claim, place, holder, first, last if dated else None, None, (last, last) if known and last else None)
    days = spell(claim, relation_days=None)
    sure = (days.sure_from, days.sure_until) if days.sure_from and days.sure_until and days.sure_from <= days.sure_until else None
    begun = days.sure_from if claim.period is not None else None
    return _Seen(claim, place, holder, days.first, begun, days.last, sure)


def _holdings(seen: Sequence[_Seen], denials: Sequence[Claim], one_side: OneSide) -> list[Holding]:
    """The holdings of one place: for each sighting its end, and sightings of one holder with the same end as one."""
    parts: defaultdict[tuple[str, date | None], list[tuple[_Seen, tuple[Claim, ...]]]] = defaultdict(list)
    for one in seen:
        last, enders = _end(_dated(one, seen), seen, one_side)
        parts[one.holder.id, last].append((_dated(one, seen), enders))
    found = [_holding([one for one, _ in part], last, tuple(c for _, enders in part for c in enders), denials)
             for (_, last), part in parts.items()]
    for one in sorted(seen, key=lambda s: (s.begun is None, s.begun or date.max, s.claim.id)):
        lost = _lost(one, found, denials)
        if lost:
            found.append(lost)
    return found


def _dated(one: _Seen, seen: Sequence[_Seen]) -> _Seen:
    """An undated capture with the days of the holder's one dated capture; as it is where there is none, or are several."""
    if one.begun is not None or one.claim.type != "capture":
        return one
    others = [s for s in seen if s.holder.id == one.holder.id and s.claim.type == "capture" and s.begun is not None]
    alike = others and all(s.first and t.begun and s.first <= t.begun for s in others for t in others)
    return replace(others[0], claim=one.claim, sure=None) if alike else one


def _end(one: _Seen, seen: Sequence[_Seen], one_side: OneSide) -> tuple[date | None, tuple[Claim, ...]]:
    """The last day on which a holding may still be, and the claims that end it."""
    later = [other for other in seen if other.begun and other.first and _follows(other, one, one_side)]
    first_end = min((other.begun for other in later if other.begun), default=None)
    if first_end is None or (one.last and one.last <= first_end):
        return one.last, ()
    return first_end, tuple(other.claim for other in later if other.begun == first_end)


def _follows(other: _Seen, one: _Seen, one_side: OneSide) -> bool:
    """Whether another's taking surely comes after this one's, and ends it."""
    from_holder = other.claim.from_ is not None and other.claim.from_.id == one.holder.id
    if other.holder.id == one.holder.id:
        return other.claim.type == "capture" and one.begun is not None and other.first is not None and other.first > one.begun
    if one_side.same(other.holder.id, one.holder.id):
        return False
    if one.sure and other.begun and one.sure[1] > other.begun:
        return False  # still seen holding it: the two contradict each other
    if one.begun is None:  # undated: only a loss by this very holder tells the order
        return from_holder and (one.claim.type == "capture" or bool(one.first and other.first and one.first < other.first))
    return other.first is not None and other.first > one.begun


def _holding(parts: Sequence[_Seen], last: date | None, ended: tuple[Claim, ...], denials: Sequence[Claim]) -> Holding:
    """The sightings of one holder up to one end, as one holding."""
    first, _ = hull((part.first, None) for part in parts)
    sure = _joined([part.sure for part in parts if part.sure])
    claims = _unique([part.claim for part in parts])
    holder = parts[0].holder
    return Holding(parts[0].place, holder, first, last, sure, claims, _unique(ended), _denied(holder, first, last, denials))


def _lost(taking: _Seen, found: Sequence[Holding], denials: Sequence[Claim]) -> Holding | None:
    """The holding of who lost a place in a capture, where nothing found so far tells of it."""
    loser = taking.claim.from_
    if taking.claim.type != "capture" or loser is None or any(h.holder.id == loser.id and _ends(taking, h) for h in found):
        return None
    day = taking.sure[0] - timedelta(1) if taking.sure and taking.sure[0] > date.min else None
    last = taking.begun or widest(taking.claim)[1]
    return Holding(taking.place, loser, None, last, ((day, day),) if day else (), (taking.claim,), (taking.claim,),
                   _denied(loser, None, last, denials))


def _ends(taking: _Seen, holding: Holding) -> bool:
    """Whether a loss can be the end of a holding that is known: undated, or of the days on which that ends."""
    if taking.begun is None or taking.claim in holding.ended:
        return True
    if holding.last is None:
        return holding.first is None or holding.first <= taking.begun
    return (taking.first is None or taking.first <= holding.last) and holding.last <= taking.begun


def _denied(holder: Reference, first: date | None, last: date | None, denials: Sequence[Claim]) -> tuple[Claim, ...]:
    own = (claim for claim in denials if claim.subject and claim.subject.id == holder.id)
    return _unique(claim for claim in own if overlap(widest(claim), (first, last)))


def _joined(stretches: Iterable[tuple[date, date]]) -> tuple[tuple[date, date], ...]:
    """Stretches of days with overlaps joined, ascending."""
    joined: list[tuple[date, date]] = []
    for begin, end in sorted(stretches):
        if joined and begin <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(joined[-1][1], end)
        else:
            joined.append((begin, end))
    return tuple(joined)


def _unique(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    known = {claim.id: claim for claim in claims}
    return tuple(known[id_] for id_ in sorted(known))


def _order(holding: Holding) -> tuple[object, ...]:
    return (holding.place.name, holding.place.id, holding.first or date.min, holding.last or date.max, holding.holder.name)
