"""The network of a day: its structure, how far it is from two camps, and what that rests on, as values that show themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from kg.api.listing import joined, rounded, show_picture, show_tables, take_picture
from kg.api.table import Table
from kg.errors import UsageError
from kg.model import Tie

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.balance import TriangleBalance
    from kg.network.days import Days
    from kg.network.doubt import Influence, Interval, Measure, Variant
    from kg.network.frustration import Frustration
    from kg.network.policy import Policy
    from kg.network.survey import Survey
    from kg.view.pictures.picture import Picture

_STANDS = {1: "together", -1: "against", 0: "neither"}
_SECONDS = 2.0  # for the proof in each recomputation
_MOST_RESTS = 10  # claims and documents that are shown of what a measure rests on
_MOST_IDS = 4  # in a cell


@dataclass(frozen=True, slots=True, repr=False)
class Balance:
    """How far the signed network of a day or window is from two camps, and the claims of the ties that disturb them."""

    when: str
    policy: Policy
    triangles: TriangleBalance
    walks: float | None
    frustration: Frustration
    network: nx.MultiDiGraph[str] = field(compare=False)
    signed: nx.Graph[str] = field(compare=False)  # the ties that have a sign, one for each pair

    def table(self) -> Table:
        """One row a measure; what is undefined has no value, and a reason."""
        triangles, found, held = self.triangles, self.frustration, self.frustration.ties
        counted = f"{triangles.balanced} of {triangles.total} triangles are balanced"
        return Table(("measure", "value", "meaning"), (
            ("ties with a sign", held, f"pairs among {len(self.signed)} actors"),
            ("triangle balance T", rounded(triangles.share), counted if triangles.total
             else "undefined: no three are all tied to each other"),
            ("walk balance K", rounded(self.walks), "1: every cycle is balanced; less: some are not" if held else "undefined: no ties"),
            ("frustration L", found.index if held else None, f"ties that stand against the best two camps; {found.method}" if found.exact
             else f"between {found.lower} and {found.upper} ties; {found.method}"),
            ("F = 1 - 2L/m", rounded(found.normalised), "1: two camps explain every tie; 0: no more than chance would"),
        ))

    def camps(self) -> Table:
        """The two camps of each connected part: one of the best divisions. How parts stand to each other, no tie tells."""
        rows = [(part, "ab"[side], len(actors), joined(self._name(actor) for actor in actors))
                for part, camps in enumerate(self.frustration.camps, 1) for side, actors in enumerate(camps) if actors]
        return Table(("part", "camp", "actors", "who"), tuple(rows))

    def against(self) -> Table:
        """The ties that stand against these camps, one row a claim: what the imbalance is made of."""
        columns = ("actor", "stands", "other", "type", "when", "holds", "certainty", "says", "document", "claim")
        return Table(columns, tuple(row for pair in self.frustration.frustrated for row in self._claims(*map(str, pair))))

    def _claims(self, a: str, b: str) -> list[tuple[str | None, ...]]:
        told = sorted((edge for ends in ((a, b), (b, a)) for edge in (self.network.get_edge_data(*ends) or {}).values()),
                      key=lambda edge: str(edge["claim"]))
        return [(self._name(a), _STANDS[self.signed.edges[a, b]["sign"]], self._name(b), edge["type"], edge["edtf"], edge["answer"],
                 edge["certainty"], edge["attributed_to"], edge["document"], edge["claim"]) for edge in told]

    def _name(self, actor: object) -> str:
        return str(self.network.nodes[str(actor)]["label"])

    def __repr__(self) -> str:
        index = self.frustration.index if self.frustration.exact else f"{self.frustration.lower} to {self.frustration.upper}"
        return f"<balance {self.when}: {index} of {self.frustration.ties} ties stand against two camps>"

    def _repr_html_(self) -> str:
        against = self.against()
        found = [("The ties against them, and the claims behind each", against)] if len(against) else []
        return show_tables(("Balance", self.table()), ("Two camps in each connected part", self.camps()), *found, about=self.when)


@dataclass(frozen=True, slots=True, repr=False)
class Structure:
    """The structure of a network (`kg.network.survey`), with the names of its actors."""

    when: str
    survey: Survey
    signed: nx.Graph[str] = field(compare=False)
    draw: Callable[..., Picture] | None = field(default=None, compare=False)

    def picture(self, *, by_year: bool = False) -> Picture:
        """The signed matrix of the day, ordered by camp; `by_year`: small, on that day of each year up to then.

        Raises:
            UsageError: it is of a window, or of all time.
        """
        return take_picture(self.draw, by_year=by_year)

    def camps(self) -> Table:
        """Who is joined by chains of friendly ties; enemies may meet in one."""
        return Table(("actors", "surely one", "enmities inside", "who"), tuple(
            (len(camp.actors), camp.sure, joined(f"{self._name(a)} – {self._name(b)}" for a, b in camp.enmities), self._names(camp.actors))
            for camp in self.survey.camps))

    def alliances(self) -> Table:
        """Each alliance with its members, and how these stand to each other without it."""
        return Table(("alliance", "members", "perhaps", "together inside", "against inside"), tuple(
            (one.label, self._names(one.members), self._names(one.perhaps), ties.together, ties.against)
            for one, ties in self.survey.alliances))

    def brokers(self) -> Table:
        """Who stands between others on friendly ties: those with a share of the shortest paths."""
        columns = ("actor", "betweenness", "constraint", "its camp falls apart without it", "friends who are enemies")
        return Table(columns, tuple((self._name(one.actor), rounded(one.betweenness), rounded(one.constraint), one.cut, one.torn)
                                    for one in self.survey.brokers.actors if one.betweenness))

    def frenemies(self) -> Table:
        """Pairs told of both together and against, with the claims on either side."""
        return Table(("actor", "other", "together", "against"), tuple(
            (*map(self._name, one.pair), joined(one.together), joined(one.against)) for one in self.survey.frenemies))

    def ended(self) -> Table:
        """The ties that would count, were they not over by then: by which day, what ended them, and the claims of either."""
        return Table(("actor", "tie", "other", "over by", "what ended it", "claim", "ended by"), tuple(
            (one.labels[0], one.type, one.labels[1], str(one.by), one.ending.value, one.claim, joined(one.ended_by))
            for one in self.survey.ended))

    def table(self) -> Table:
        """One row a pair: how they stand, whether surely, and how many different statements say so."""
        pairs = ((sorted((self._name(a), self._name(b))), edge) for a, b, edge in self.signed.edges(data=True))
        return Table(("actor", "stands", "other", "mixed", "holds", "statements"), tuple(sorted(
            (one, _STANDS[edge["sign"]], other, edge["mixed"], edge["answer"], edge["weight"]) for (one, other), edge in pairs)))

    def _name(self, actor: str) -> str:
        return str(self.signed.nodes[actor]["label"])

    def _names(self, actors: Iterable[str]) -> str | None:
        return joined(self._name(actor) for actor in actors)

    def __repr__(self) -> str:
        size = self.survey.overview
        return f"<network {self.when}: {size.actors} actors, {size.together} pairs together, {size.against} against, {size.mixed} mixed>"

    def _repr_html_(self) -> str:
        titled = (("Camps: joined by friendly ties, enemies may meet in one", self.camps()), ("Alliances", self.alliances()),
                  ("Brokers: between others, on friendly ties", self.brokers()), ("Friend and foe: told of both", self.frenemies()),
                  ("Over by then: what ended ties that would count", self.ended()))
        return show_picture(self.draw) + show_tables(*((title, table) for title, table in titled if len(table)), about=repr(self)[1:-1])


@dataclass(frozen=True, slots=True, repr=False)
class Doubt:
    """What a measure rests on: without what may be doubted, on documents drawn again, and without each claim and document."""

    when: str
    measure: str
    variants: tuple[Variant, ...]
    interval: Interval
    rests: tuple[Influence, ...]
    says: tuple[str, ...]  # in words, what each of these leaves out

    def table(self) -> Table:
        """One row for each kind of claim that is left out; no value: the measure is undefined there."""
        return Table(("what counts", "value", "change", "claims", "pairs"), tuple(
            (one.name, rounded(one.value), rounded(one.change), one.claims, one.pairs) for one in self.variants))

    def drawn(self) -> Table:
        """The bootstrap interval: how far other reports of the same kind could move the value."""
        one = self.interval
        columns = ("value", "low", "high", "level", "draws", "undefined in", "documents", "pairs", "pairs in a draw")
        return Table(columns, ((rounded(one.value), rounded(one.low), rounded(one.high), one.level, one.draws, one.undefined, one.units,
                                one.pairs, round(one.drawn_pairs, 1)),))

    def moved(self) -> Table:
        """The claims and documents that move the measure most when they are left out."""
        return Table(("left out", "value without", "change", "claims"), tuple(
            (said, rounded(one.value), rounded(one.change),
             joined(one.claims) if len(one.claims) < _MOST_IDS else f"{len(one.claims)} claims")
            for one, said in zip(self.rests, self.says, strict=True)))

    def __repr__(self) -> str:
        low, high = rounded(self.interval.low), rounded(self.interval.high)
        return f"<{self.measure} {self.when}: {rounded(self.interval.value)}, drawn again {low} to {high}>"

    def _repr_html_(self) -> str:
        return show_tables((f"{self.measure}, without what may be doubted", self.table()), ("On documents drawn again", self.drawn()),
                           (f"What it rests on (the {_MOST_RESTS} that move it most)", self.moved()), about=self.when)


def measure_balance(graph: nx.MultiDiGraph[str], when: str, *, time_limit: float) -> Balance:
    """How far a projected network is from two camps."""
    from kg.network.balance import triangle_balance, walk_balance
    from kg.network.frustration import frustration
    from kg.network.project import signed_graph
    from kg.network.signed import signed_part

    signed = signed_part(signed_graph(graph))
    return Balance(when, graph.graph["policy"], triangle_balance(signed), walk_balance(signed), frustration(signed, time_limit=time_limit),
                   graph, signed)


def read_structure(graph: nx.MultiDiGraph[str], when: str, *, draw: Callable[..., Picture] | None) -> Structure:
    """The structure of a projected network."""
    from kg.network.project import signed_graph
    from kg.network.survey import survey

    return Structure(when, survey(graph), signed_graph(graph), draw)


def weigh_doubt(ties: Sequence[Tie], measure: Measure | str, when: str, *, on: date | None, policy: Policy, draws: int) -> Doubt:
    """What a measure of a day rests on.

    Raises:
        UsageError: a name that is none of the measures.
    """
    from kg.network.doubt import Unit, bootstrap, influence, sensitivity

    known = _measures()
    if isinstance(measure, str) and measure not in known:
        raise UsageError(f"no measure is called {measure!r}", where="doubt", advice=f"one of {', '.join(known)}, or a function of a graph")
    name, chosen = (measure, known[measure]) if isinstance(measure, str) else (getattr(measure, "__name__", "measure"), measure)
    words = {tie.key: f"{tie.source.name} {tie.type} {tie.target.name}{f', {tie.period.edtf}' if tie.period else ''}" for tie in ties}
    interval = bootstrap(ties, chosen, on=on, policy=policy, draws=draws)
    moving = [one for unit in (Unit.CLAIM, Unit.DOCUMENT) for one in influence(ties, chosen, on=on, policy=policy, unit=unit)
              if one.change or (one.value is None and interval.value is not None)]
    moving.sort(key=lambda one: (one.change is not None, -abs(one.change or 0.0)))
    rests = tuple(moving[:_MOST_RESTS])
    said = tuple(words.get(one.left_out, one.left_out) for one in rests)
    return Doubt(when, name, sensitivity(ties, chosen, on=on, policy=policy), interval, rests, said)


def in_words(on: date | Days | None, policy: Policy) -> str:
    """The day or window, and what a policy does otherwise than the default."""
    from kg.network.policy import departures

    when = "of all time" if on is None else f"on {on}" if isinstance(on, date) else (
        f"from {on[0] or 'the beginning'} to {on[1] or 'the end'}")
    return ". ".join((when, " ".join(departures(policy)))).removesuffix(". ")


def _measures() -> Mapping[str, Callable[[nx.Graph[str]], float | None]]:
    from kg.network.balance import triangle_balance, walk_balance
    from kg.network.frustration import frustration
    from kg.network.signed import signed_part

    return {
        "triangle balance": lambda signed: triangle_balance(signed).share,
        "walk balance": lambda signed: walk_balance(signed_part(signed)),
        "frustration": lambda signed: frustration(signed, time_limit=_SECONDS).normalised,
        "ties": lambda signed: signed_part(signed).number_of_edges(),
    }
