"""Flows between sides, claims that cannot all be true, who holds a place, how two are linked: values that show themselves."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from kg.api.html import draw_table, element, to_html
from kg.api.listing import Listing, days, joined, take_picture, told_by
from kg.api.table import Table
from kg.model import Claim, Contradiction, Disagreement, Flow, Reference
from kg.network.control import Holding
from kg.network.paths import Path

if TYPE_CHECKING:
    import networkx as nx

    from kg.view.pictures.picture import Picture

_SURE = {Contradiction.MUST: "must contradict", Contradiction.MAY: "may contradict", Contradiction.GROWTH: "may only have grown"}
_STANDS = {1: "together", -1: "against"}


class Flows(Listing[Flow]):
    """How many left which side for which, as ranges (`kg.network.flows`). Lines overlap: their numbers are not to be added up."""

    __slots__ = ()
    NOUNS = ("flow", "flows")

    def table(self) -> Table:
        """One row a flow: at least, at most, and the claims behind each number."""
        columns = ("from", "to", "what", "when", "people", "least", "most", "claims", "without a number", "not added")
        return Table(columns, tuple(
            (_name(flow.from_), _name(flow.to), flow.kind, days(flow.first, flow.last), flow.notation, flow.minimum,
             flow.maximum, joined(claim.id for claim in (*flow.lowest, *flow.highest)), joined(claim.id for claim in flow.uncounted),
             joined(one.claim.id for one in flow.left_out)) for flow in self))

    def picture(self) -> Picture:
        """How many left which side for which as bands, from the fewest to the most, and by stretches of time.

        Raises:
            UsageError: it is a part of what was found.
        """
        return take_picture(self.draw)

    def left_out(self) -> Table:
        """The claims that are in no number, each with the reason and its sentence."""
        apart = {(one.claim.id, one.why): one for flow in self for one in flow.left_out}
        columns = ("what", "count", "why it is not added", "says", "sentence", "claim")
        return Table(columns, tuple(
            (one.claim.type, one.claim.quantity.notation if one.claim.quantity else None, one.why, told_by(one.claim),
             one.claim.evidence[0].quote, one.claim.id) for one in apart.values()))


class Disagreements(Listing[Disagreement]):
    """Claims about the same thing that cannot all be true, side by side (`kg.network.disagreements`)."""

    __slots__ = ()
    NOUNS = ("disagreement", "disagreements")

    def table(self) -> Table:
        """One row a claim; those with the same number contradict each other."""
        columns = ("number", "about", "sure", "position", "when", "certainty", "says", "sentence", "claim", "why")
        return Table(columns, tuple((number, one.about, one.sure.value, position.says, *_source(claim), one.why)
                                    for number, one in enumerate(self, 1) for position in one.positions for claim in position.claims))

    def _repr_html_(self) -> str:
        drawn = []
        for one in self:
            rows = tuple((position.says, *_source(claim)) for position in one.positions for claim in position.claims)
            table = draw_table(("position", "when", "certainty", "says", "sentence", "claim"), rows)
            why = element("p", f"{one.why}.", class_="tex2jax_ignore mathjax_ignore")
            title = element("p", element("strong", f"{one.about}: {_SURE[one.sure]}"), class_="tex2jax_ignore mathjax_ignore")
            drawn += [title, why, table]
        return to_html(drawn or [element("p", "No disagreements.")])


@dataclass(frozen=True, slots=True, repr=False)
class Holdings(Listing[Holding]):
    """Who holds which place, perhaps and surely (`kg.network.control`)."""

    NOUNS = ("holding", "holdings")

    day: date | None = None

    def picture(self, *, by_year: bool = False) -> Picture:
        """Who holds which places on that day, on a map; `by_year`: on that day of each year up to then.

        Raises:
            UsageError: it is of one place, or of no day.
        """
        return take_picture(self.draw, by_year=by_year)

    def table(self) -> Table:
        """One row a holder of a place, with the claims that began it, ended it and deny it."""
        columns = ("place", "holder", "perhaps", "surely", *(("that day",) if self.day else ()), "claims", "ended by", "denied by")
        return Table(columns, tuple(
            (one.place.name, one.holder.name, days(one.first, one.last), joined(days(*stretch) for stretch in one.sure),
             *((one.answer(self.day).value,) if self.day else ()),
             *(joined(c.id for c in told) for told in (one.claims, one.ended, one.denied)))
            for one in self))


@dataclass(frozen=True, slots=True, repr=False)
class Paths(Listing[Path]):
    """How two actors are linked: the shortest first, of equally short ones the best attested (`kg.network.paths`)."""

    NOUNS = ("path", "paths")

    names: tuple[tuple[str, str], ...] = ()  # id and name of each actor on them

    def table(self) -> Table:
        """One row a step, with the claims that tell of it; the weakest of each path is marked."""
        names = dict(self.names)
        columns = ("path", "actor", "stands", "other", "by", "certainty", "holds", "documents", "weakest", "claims")
        return Table(columns, tuple(
            (number, names[step.source], _stand(step.sign, step.mixed), names[step.target], joined(step.types), step.certainty, step.answer,
             step.documents, step is one.weakest, joined(step.claims)) for number, one in enumerate(self, 1) for step in one.steps))


def find_flows(claims: Collection[Claim], publishers: Mapping[str, str], *, from_: str | None, to: str | None, by: str, together: bool,
               whole_forces: bool) -> Flows:
    """Who left which side for which; only those from or to an actor (by id), if one is given."""
    from kg.api.drawing import draw_leavers
    from kg.network.flows import Stretch, flows

    def find(stretch: str) -> tuple[Flow, ...]:
        found = flows(claims, by=Stretch(stretch), together=together, whole_forces=whole_forces)
        return tuple(one for one in found if from_ in (None, one.from_ and one.from_.id) and to in (None, one.to and one.to.id))

    found = find(by)
    return Flows(found, draw=lambda: draw_leavers(find("all"), found, publishers, by=by, together=together))


def find_disagreements(claims: Collection[Claim], *, about: str | None, actor: str | None, growth: bool) -> Disagreements:
    """What cannot all be true; of one topic and about one actor (by id), if these are given."""
    from kg.model import Topic
    from kg.network.disagreements import disagreements

    topic = None if about is None else Topic(about)
    found = disagreements(claims, growth=growth)
    return Disagreements(tuple(one for one in found if topic in (None, one.topic) and (actor is None or actor in _actors(one))))


def find_holdings(claims: Collection[Claim], *, place: str | None, on: date | None, draw: Callable[..., Picture]) -> Holdings:
    """Who holds a place (by id), or every place, on a day or at any time; drawn when it is all places of a day."""
    from kg.network.control import control

    return Holdings(control(claims, place=place, on=on), f"on {on}" if on else "", on, draw=draw if on and place is None else None)


def find_paths(graph: nx.MultiDiGraph[str], a: str, b: str, *, k: int, positive: bool) -> Paths:
    """The best ways from one actor of a network to another, by id; none where one of them has no tie."""
    from kg.network.paths import paths

    found = paths(graph, a, b, k=k, positive=positive) if a in graph and b in graph else ()
    names = {actor: str(graph.nodes[actor]["label"]) for one in found for actor in one.actors}
    ends = "; ".join(f"{number}: the ends stand {_stand(one.sign, False)}" for number, one in enumerate(found, 1))
    return Paths(found, ends, tuple(names.items()))


def _actors(found: Disagreement) -> set[str]:
    return {reference.id for claim in found.claims for _, reference in claim.references()}


def _source(claim: Claim) -> tuple[str | None, ...]:
    return (claim.period.edtf if claim.period else None, claim.certainty.value, told_by(claim), claim.evidence[0].quote, claim.id)


def _name(actor: Reference | None) -> str | None:
    return actor.name if actor else None


def _stand(sign: int | None, mixed: bool) -> str:
    return _STANDS.get(sign or 0, "mixed" if mixed else "neither")
