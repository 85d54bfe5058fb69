"""Changes of side, histories of allegiance, strained places and alignment through time, as values that show themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kg.api.listing import Listing, days, joined, rounded, show_picture, show_tables, take_picture
from kg.api.table import Table
from kg.model import Allegiance, Claim, Shifts, Switch, Tension
from kg.network.alignment import Alignment

if TYPE_CHECKING:
    from kg.network.policy import Policy
    from kg.view.pictures.picture import Picture


class Switches(Listing[Switch]):
    """Who left whom for whom (`kg.network.switches`); those only announced, and those denied, stand apart."""

    __slots__ = ()
    NOUNS = ("switch", "switches")

    def table(self) -> Table:
        """One row a switch: when, who, from whom to whom, how many, how surely, what stands for it and against it."""
        columns = ("when", "who", "from", "to", "how many", "kind", "how sure", "documents", "for", "before", "after", "against", "claim")
        return Table(columns, tuple(_switch(switch) for switch in self))


@dataclass(frozen=True, slots=True, repr=False)
class History:
    """With whom an actor stood, from when to when, and the switches in which it or its side has a part."""

    actor: str
    allegiances: tuple[Allegiance, ...]
    switches: Switches
    draw: Callable[[], Picture] | None = field(default=None, compare=False)

    def picture(self) -> Picture:
        """Its sides through time as a swim lane, each with the sentences that it rests on."""
        return take_picture(self.draw)

    def table(self) -> Table:
        """One row an allegiance: when perhaps, when surely, with whom, and what ended it."""
        columns = ("perhaps", "surely", "with", "as", "ended", "how sure", "documents", "for", "against", "claim", "ended by")
        return Table(columns, tuple((
            days(one.first, one.last),
            joined(days(spell.sure_from, spell.sure_until) for spell in one.spells
                   if spell.sure_from and spell.sure_until and spell.sure_from <= spell.sure_until),
            one.side.name, joined([one.relation, *one.roles]), one.ending and one.ending.value, one.certainty.value, len(one.documents),
            len(one.claims), len(one.against), one.claims[0], joined(one.ended_by),
        ) for one in self.allegiances))

    def __repr__(self) -> str:
        return f"<{self.actor}: {len(self.allegiances)} allegiances, {self.switches!r}>"

    def _repr_html_(self) -> str:
        tables = show_tables((f"With whom {self.actor} stood", self.table()), ("Switches it has a part in", self.switches.table()))
        return show_picture(self.draw) + tables


class Tensions(Listing[Tension]):
    """Actors whose place in their camp is strained, with reasons (`kg.network.tension`): a ranking, not a probability."""

    __slots__ = ()
    NOUNS = ("actor with a reason", "actors with reasons")

    def table(self) -> Table:
        """One row a reason; an actor of whom too little is told has no score."""
        columns = ("actor", "score", "statements", "reason", "count", "weight", "with regard to", "claim")
        return Table(columns, tuple(
            (one.actor.name, one.score, one.statements, reason.strain.value, reason.count, reason.weight,
             joined(other.name for other in reason.others), reason.claims[0])
            for one in self for reason in one.reasons))


@dataclass(frozen=True, slots=True, repr=False)
class Alignments(Listing[Alignment]):
    """Where actors stood between two poles, window by window (`kg.network.alignment`)."""

    NOUNS = ("score", "scores")

    names: tuple[tuple[str, str], ...] = ()  # id and name of each actor

    def table(self) -> Table:
        """One row an actor, one column a window: +1 with the first pole, -1 with the second; empty: no chain of ties leads to either."""
        names = dict(self.names)
        windows = list(dict.fromkeys(one.window for one in self))
        scores: dict[str, dict[object, float | None]] = {}
        for one in self:
            scores.setdefault(one.actor, {})[one.window] = rounded(one.score)
        rows = [(names[actor], *(row.get(window) for window in windows)) for actor, row in scores.items() if set(row.values()) != {None}]
        return Table(("actor", *map(str, windows)), tuple(sorted(rows, key=lambda row: str(row[0]))))

    def sure(self) -> Table:
        """One row a score: beside it the one by ties that surely held in the window, and the claims it rests on."""
        names = dict(self.names)
        return Table(("actor", "window", "score", "surely", "ties", "claims"), tuple(
            (names[one.actor], str(one.window), rounded(one.score), rounded(one.sure), one.ties, joined(one.claims))
            for one in self if one.score is not None))

    def changes(self) -> Table:
        """Where the level of an actor's scores changed (`kg.network.changepoints`)."""
        from kg.network.changepoints import find_changes

        names, rows = dict(self.names), []
        for actor in dict.fromkeys(one.actor for one in self):
            own = [one for one in self if one.actor == actor]
            rows += [(names[actor], str(own[change.last].window), str(own[change.first].window), rounded(change.before),
                      rounded(change.after)) for change in find_changes([one.score for one in own])]
        return Table(("actor", "after", "and by", "level before", "level since"), tuple(rows))


def find_switches(claims: Collection[Claim], *, actor: str | None, since: date | None, until: date | None) -> Switches:
    """The switches in claims; those of one actor (by id) and of some days, if these are given."""
    return _switches(claims, actor, since, until, "switches")


def find_announced(claims: Collection[Claim], *, actor: str | None, since: date | None, until: date | None) -> Switches:
    """The switches that are planned, possible or asked for, and those that are denied."""
    return _switches(claims, actor, since, until, "announced", "denied")


def find_history(claims: Collection[Claim], actor: str) -> History:
    """The history of one actor, by id: a successor is the same actor."""
    from kg.network.histories import histories
    from kg.network.sides import read_sides

    sides = read_sides(claims)
    line = sides.line(actor)
    name = sides.reference(line).name if line in sides.references else actor
    return History(name, histories(claims, sides=sides).get(line, ()), find_switches(claims, actor=actor, since=None, until=None))


def find_tension(claims: Collection[Claim], *, on: date | None) -> Tensions:
    """The actors with a reason to leave their side, the most strained first."""
    from kg.network.tension import rank_tension

    return Tensions(tuple(one for one in rank_tension(claims, on=on) if one.reasons), f"on {on}" if on else "by all that is told")


def find_alignment(
    claims: Collection[Claim], first: str, second: str, *, since: date, until: date, step: str, actors: Sequence[str] | None, policy: Policy
) -> Alignments:
    """Where actors (by id) stood between two poles, in every window of the calendar from one day to another."""
    from kg.model import ties
    from kg.network.alignment import align_through
    from kg.network.columns import make_table
    from kg.network.windows import Step, windows

    table = make_table(ties(claims))
    names = dict(zip(table.actors, table.labels, strict=True))
    found = align_through(table, first, second, windows(since, until, Step(step)), policy=policy, actors=actors)
    return Alignments(found, f"+1: with {names.get(first, first)}; -1: with {names.get(second, second)}",
                      tuple(names.items()) + tuple((actor, actor) for actor in actors or () if actor not in names))


def _switches(claims: Collection[Claim], actor: str | None, since: date | None, until: date | None, *standings: str) -> Switches:
    from kg.network import switches
    from kg.network.sides import read_sides

    sides = read_sides(claims)
    found: Shifts = switches.find_switches(claims, sides=sides)
    line = sides.line(actor) if actor else None

    def lines(switch: Switch) -> set[str]:
        return {sides.line(one) for one in (switch.who, *switch.also, switch.from_, switch.to) if one}

    return Switches(tuple(switch for standing in standings for switch in getattr(found, standing)
                          if switch.within(since, until) and (line is None or line in lines(switch))))


def _switch(switch: Switch) -> tuple[str | int | None, ...]:
    who = switch.who.name if switch.who else f"people of {switch.from_.name}" if switch.from_ else "people"
    others = joined(other.name for other in switch.also)
    mood = joined(mood.value for mood in switch.modalities) if switch.standing == "announced" else switch.standing.value
    sure = switch.certainty.value if switch.standing == "actual" else mood
    return (days(switch.earliest, switch.latest), f"{who} ({others})" if others else who, switch.from_.name if switch.from_ else None,
            switch.to.name if switch.to else None, joined(figure.quantity.notation for figure in switch.figures), switch.kind.value, sure,
            joined(voice.document for voice in switch.voices), len(switch.claims), len(switch.before), len(switch.after),
            len(switch.against), switch.claims[0])
