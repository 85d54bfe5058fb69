"""What a measure rests on: recomputed without the claims that one may doubt, without each claim in turn, and on claims drawn again."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, TypeAlias

import networkx as nx
import numpy as np

from kg.model import Certainty, Tie
from kg.network.days import Days
from kg.network.naming import commonest, pair_of
from kg.network.project import Policy, project, signed_graph
from kg.network.windows import Window

Measure: TypeAlias = "Callable[[nx.Graph[str]], float | None]"  # of a signed graph; `None`: undefined
Advance: TypeAlias = Callable[[str], None]  # told after each recomputation, for a progress bar
_On: TypeAlias = date | Days | Window
_Edge: TypeAlias = tuple[str, str, dict[str, Any]]

_DEFAULT = Policy()


class Unit(StrEnum):
    """What is left out, or drawn, as one."""

    CLAIM = "claim"  # what is said alike counts once, whoever says it: a claim key
    PAIR = "pair"  # all that is said of two actors
    DOCUMENT = "document"  # all that a document says


@dataclass(frozen=True, slots=True)
class Variant:
    """A measure recomputed on part of the claims."""

    name: str
    value: float | None
    change: float | None  # against all that counts; `None` when either value is undefined
    claims: int  # distinct claim keys that count
    pairs: int  # pairs of actors with a sign


@dataclass(frozen=True, slots=True)
class Influence:
    """What becomes of a measure without one claim, pair or document."""

    left_out: str  # the claim key, "a – b", or the document
    value: float | None
    change: float | None  # `None`: the measure is undefined without it, or was before
    claims: tuple[str, ...]  # ids of the claims left out


@dataclass(frozen=True, slots=True)
class Interval:
    """A measure with the percentile interval of its bootstrap."""

    value: float | None  # on all that counts
    low: float | None  # `None`: undefined in more than half of the draws
    high: float | None
    level: float
    draws: int
    undefined: int  # draws in which the measure is undefined; the interval is of the others
    unit: Unit
    units: int  # how many there are to draw: an interval of a handful means little
    pairs: int  # pairs with a sign, of all that counts
    drawn_pairs: float  # the mean over the draws


def sensitivity(
    ties: Iterable[Tie], measure: Measure, *, on: _On | None = None, policy: Policy = _DEFAULT, least: int = 3,
    advance: Advance | None = None,
) -> tuple[Variant, ...]:
    """A measure with all that counts, and without what may be doubted.

    Left out in turn: disputed claims; unverified ones; both; claims that only one document makes (the same claim key nowhere else in
    `ties`: strict, since a key holds date and figure); pairs whose sign only one document tells (what one report alone says of two
    actors); what perhaps held on the day; and all that one claimant says, for each to whom at least `least` claims that count are
    attributed.

    Args:
        ties: the ties, those of other days too: they may corroborate.
        measure: a function of the signed graph (`signed_graph`); it returns `None` where it is undefined.
        on: the day, or the first and the last of a window; `None`: all time.
        policy: what counts.
        least: how many claims a claimant must have made.
        advance: called with the name of each variant when it is done.

    Returns:
        The variants in this order, "all that counts" first, claimants by the number of their claims.

    Cost: one pass over the ties, and one recomputation for each variant.
    """
    return Doubt(ties, on=on, policy=policy).sensitivity({"": measure}, least=least, advance=advance)[""]


def influence(
    ties: Iterable[Tie], measure: Measure, *, on: _On | None = None, policy: Policy = _DEFAULT, unit: Unit | str = Unit.CLAIM,
    advance: Advance | None = None,
) -> tuple[Influence, ...]:
    """Which claims a measure rests on: its value without each in turn (leave one out).

    Args:
        ties: the ties.
        measure: a function of the signed graph; `None` where it is undefined.
        on: the day, or the first and the last of a window; `None`: all time.
        policy: what counts.
        unit: what is left out at a time: a claim key, all of one pair of actors, or all of one document.
        advance: called with each unit when it is done.

    Returns:
        One for each unit that counts: first those without which the measure is undefined, then by the size of the change, then by name.

    Raises:
        ValueError: no such unit.

    Cost: one recomputation for each unit.
    """
    return Doubt(ties, on=on, policy=policy).influence({"": measure}, unit=unit, advance=advance)[""]


def bootstrap(
    ties: Iterable[Tie], measure: Measure, *, on: _On | None = None, policy: Policy = _DEFAULT, draws: int = 200, seed: int = 0,
    level: float = 0.95, unit: Unit | str = Unit.DOCUMENT, advance: Advance | None = None,
) -> Interval:
    """A measure with a percentile interval: recomputed on claims drawn again with replacement (Efron).

    The idea: had other reports of the same kind reached us, the measure would be another. Each draw takes as many documents as there are,
    some twice and some not at all, and counts what they say as often as they were drawn. The interval holds the middle `level` of values.

    Documents are drawn whole by default, since the claims of one document stand and fall together: one author, his sources, one day, and
    errors of one kind. Drawing single claims treats them as told apart and makes the interval too narrow; it is there for days
    with few documents (`units` says how many), of which drawing documents says little.

    What the interval does not mean: it does not cover errors of extraction, nor what nobody reports, nor what all reports get wrong. It is
    no confidence interval of a truth, and not centred: a draw leaves out about a third of the units, so draws have fewer pairs
    (`drawn_pairs`), fewer triangles and smaller counts. Shares suffer less than counts: prefer F to L.

    Args:
        ties: the ties.
        measure: a function of the signed graph; `None` where it is undefined.
        on: the day, or the first and the last of a window; `None`: all time.
        policy: what counts.
        draws: how many times, 1 or more; 200 is enough to see the width, 1,000 for two digits of the bounds.
        seed: equal seeds and ties give equal intervals.
        level: the share of draws inside, above 0 and below 1.
        unit: what is drawn as one: a document, a claim key, or a pair.
        advance: called after each draw.

    Returns:
        The value of all that counts and the interval, undefined when the measure is undefined in more than half of the draws.

    Raises:
        ValueError: draws, level or unit out of range.

    Cost: one recomputation for each draw.

    References:
        Efron, B. (1979): Bootstrap methods: another look at the jackknife. Annals of Statistics 7, 1-26.
        Efron, B., Tibshirani, R. J. (1993): An introduction to the bootstrap. Chapman & Hall.
    """
    found = Doubt(ties, on=on, policy=policy).bootstrap({"": measure}, draws=draws, seed=seed, level=level, unit=unit, advance=advance)
    return found[""]


class Doubt:
    """A network projected once, to be asked what several measures rest on: each part of it is made once and every measure taken of it.

    Claims that decide about others, since they ended a tie or a derived tie rests on them, are left out with what they decided: there the
    network is projected again.

    Its methods answer for each measure, by name, as the functions `sensitivity`, `influence` and `bootstrap` do for one.
    """

    def __init__(self, ties: Iterable[Tie], *, on: _On | None = None, policy: Policy = _DEFAULT) -> None:
        self._ties, self._on, self._policy = list(ties), on, policy
        self._graph = project(self._ties, on=on, policy=policy)
        self._edges: list[_Edge] = list(self._graph.edges(data=True))
        self._nodes: dict[str, dict[str, Any]] = {node: self._graph.nodes[node] for node in self._graph}
        deciding = {claim for end in self._graph.graph["ended"] for claim in end.ended_by}
        deciding |= {claim for *_, edge in self._edges for claim in edge.get("rests_on", ()) if claim != edge["claim"]}
        self._deciding = [tie for tie in self._ties if tie.claim in deciding]
        ended = {end.claim for end in self._graph.graph["ended"]}
        self._ended = [tie for tie in self._ties if tie.claim in ended]

    def sensitivity(
        self, measures: Mapping[str, Measure], *, least: int = 3, advance: Advance | None = None
    ) -> dict[str, tuple[Variant, ...]]:
        """Each measure with all that counts, and without what may be doubted (`sensitivity`)."""
        found: dict[str, list[Variant]] = {name: [] for name in measures}
        for variant, kept in self._variants(least):
            part = self._signed(kept)
            claims, pairs = len({data["claim_key"] for _, _, data in kept}), _pairs(part)
            for name, measure in measures.items():
                value = measure(part)
                whole = found[name][0].value if found[name] else value
                found[name].append(Variant(variant, value, _change(value, whole), claims, pairs))
            if advance:
                advance(variant)
        return {name: tuple(variants) for name, variants in found.items()}

    def influence(
        self, measures: Mapping[str, Measure], *, unit: Unit | str = Unit.CLAIM, advance: Advance | None = None
    ) -> dict[str, tuple[Influence, ...]]:
        """Which claims each measure rests on (`influence`)."""
        unit = Unit(unit)
        groups = self._groups(unit)
        all_ = self._signed(self._edges)
        whole = {name: measure(all_) for name, measure in measures.items()}
        found: dict[str, list[Influence]] = {name: [] for name in measures}
        for left_out, (members, deciding) in sorted(groups.items()):
            out = {id(edge[2]) for edge in members}
            part = self._signed(self._projected(_not_of({left_out}, unit)) if deciding else [
                edge for edge in self._edges if id(edge[2]) not in out])
            claims = tuple(sorted({*(data["claim"] for _, _, data in members), *(tie.claim for tie in deciding)}))
            for name, measure in measures.items():
                value = measure(part)
                found[name].append(Influence(left_out, value, _change(value, whole[name]), claims))
            if advance:
                advance(left_out)
        return {name: tuple(sorted(moved, key=lambda one: (
            one.value is not None or whole[name] is None, -abs(one.change or 0.0), one.left_out))) for name, moved in found.items()}

    def bootstrap(
        self, measures: Mapping[str, Measure], *, draws: int = 200, seed: int = 0, level: float = 0.95, unit: Unit | str = Unit.DOCUMENT,
        advance: Advance | None = None,
    ) -> dict[str, Interval]:
        """Each measure with a percentile interval, all on the same draws (`bootstrap`)."""
        if draws < 1 or not 0 < level < 1:
            raise ValueError(f"draws must be 1 or more and level between 0 and 1, not draws={draws}, level={level}")
        unit = Unit(unit)
        groups = self._groups(unit)
        names = sorted(groups)
        draw = random.Random(seed)
        values: dict[str, list[float]] = {name: [] for name in measures}
        pairs = 0
        for number in range(draws):
            times = Counter(draw.choices(names, k=len(names))) if names else Counter()
            missing = groups.keys() - times.keys()
            kept = {name: groups[name][0] for name in times}
            if any(groups[name][1] for name in missing):
                kept = _units(self._projected(_not_of(missing, unit)), unit)
            part = self._signed([_copy(edge, copy) for name in sorted(times) for copy in range(times[name])
                                         for edge in kept.get(name, ())])
            pairs += _pairs(part)
            for name, measure in measures.items():
                value = measure(part)
                if value is not None:
                    values[name].append(value)
            if advance:
                advance(f"draw {number + 1}")
        whole = self._signed(self._edges)
        found = {}
        for name, measure in measures.items():
            known = values[name]
            low, high = (None, None) if 2 * len(known) < draws else map(float, np.quantile(known, [(1 - level) / 2, (1 + level) / 2]))
            found[name] = Interval(
                measure(whole), low, high, level, draws, draws - len(known), unit, len(names), _pairs(whole), pairs / draws)
        return found

    def units(self, unit: Unit | str) -> int:
        """How many there are of what is left out or drawn as one."""
        return len(self._groups(Unit(unit)))

    def _groups(self, unit: Unit) -> dict[str, tuple[list[_Edge], list[Tie]]]:
        """By what is left out or drawn as one: its edges, and the ties without which edges come or go; of those that may come, too."""
        found: dict[str, tuple[list[_Edge], list[Tie]]] = {name: (edges, []) for name, edges in _units(self._edges, unit).items()}
        for tie in self._ended:
            found.setdefault(_unit_of(tie, unit), ([], []))
        for tie in self._deciding:
            found.setdefault(_unit_of(tie, unit), ([], []))[1].append(tie)
        return found

    def _projected(self, keep: Callable[[Tie], bool]) -> list[_Edge]:
        """The edges without some claims, where these decided about others: what they ended stands again, what rested on them falls."""
        graph = project([tie for tie in self._ties if keep(tie)], on=self._on, policy=self._policy)
        self._nodes = {**{node: graph.nodes[node] for node in graph}, **self._nodes}
        return list(graph.edges(data=True))

    def _signed(self, edges: Collection[_Edge]) -> nx.Graph[str]:
        """The signed graph of some edges, with their actors only, as a projection of them alone would have it."""
        part: nx.MultiDiGraph[str] = nx.MultiDiGraph(**self._graph.graph)
        part.add_nodes_from((node, self._nodes[node]) for node in sorted({node for a, b, _ in edges for node in (a, b)}))
        part.add_edges_from(edges)
        return signed_graph(part)

    def _kept(self, keep: Callable[[Tie], bool]) -> list[_Edge]:
        """The edges of the claims that are kept."""
        if not all(map(keep, self._deciding)):
            return self._projected(keep)
        kept = {tie.claim for tie in self._ties if keep(tie)}
        return [edge for edge in self._edges if edge[2]["claim"] in kept]

    def _variants(self, least: int) -> Iterator[tuple[str, list[_Edge]]]:
        """What is left out in turn, in words, and the edges that stay."""
        documents = defaultdict(set)
        for tie in self._ties:
            documents[tie.key].add(tie.document)
        tellers = defaultdict(set)
        for edge in self._edges:
            tellers[_pair(edge), edge[2]["sign"]].add(edge[2]["document"])
        doubted = (Certainty.DISPUTED, Certainty.UNVERIFIED)
        yield "all that counts", self._edges
        yield "without disputed claims", self._kept(lambda tie: tie.certainty is not Certainty.DISPUTED)
        yield "without unverified claims", self._kept(lambda tie: tie.certainty is not Certainty.UNVERIFIED)
        yield "without disputed and unverified claims", self._kept(lambda tie: tie.certainty not in doubted)
        yield "only claims made in two documents or more", self._kept(lambda tie: len(documents[tie.key]) > 1)
        yield ("only pairs told alike in two documents or more",
               [edge for edge in self._edges if len(tellers[_pair(edge), edge[2]["sign"]]) > 1])
        yield "only what surely held on the day", [edge for edge in self._edges if edge[2]["answer"] == "yes"]
        claimant = {tie.claim: tie.attributed_to for tie in self._ties}
        said = defaultdict(set)
        names: defaultdict[str, Counter[tuple[str]]] = defaultdict(Counter)
        for _, _, data in self._edges:
            by = claimant[data["claim"]]
            if by:
                said[by.id].add(data["claim_key"])
                names[by.id][by.name,] += 1
        for id_ in sorted(said, key=lambda one: (-len(said[one]), one)):
            if len(said[id_]) >= least:
                name, = commonest(names[id_])
                yield f"without what {name} says", self._kept(_not_said_by(id_))


def _not_of(names: Collection[str], unit: Unit) -> Callable[[Tie], bool]:
    """Whether a tie is of none of some units."""
    return lambda tie: _unit_of(tie, unit) not in names


def _unit_of(tie: Tie, unit: Unit) -> str:
    return {Unit.CLAIM: tie.key, Unit.PAIR: " – ".join(pair_of(tie.source.id, tie.target.id)), Unit.DOCUMENT: tie.document}[unit]


def _units(edges: Sequence[_Edge], unit: Unit) -> dict[str, list[_Edge]]:
    """The edges by what is left out or drawn as one."""
    found = defaultdict(list)
    for edge in edges:
        name = {Unit.CLAIM: edge[2]["claim_key"], Unit.PAIR: " – ".join(_pair(edge)), Unit.DOCUMENT: edge[2]["document"]}[unit]
        found[str(name)].append(edge)
    return dict(found)


def _copy(edge: _Edge, number: int) -> _Edge:
    """An edge drawn again says the same once more: it gets a key of its own, so that it counts again."""
    if number == 0:
        return edge
    a, b, data = edge
    return a, b, {**data, "claim_key": f"{data['claim_key']}#{number}"}


def _pair(edge: _Edge) -> tuple[str, str]:
    return pair_of(edge[0], edge[1])


def _pairs(signed: nx.Graph[str]) -> int:
    """How many pairs have a sign."""
    return sum(1 for _, _, data in signed.edges(data=True) if data["sign"])


def _not_said_by(id_: str) -> Callable[[Tie], bool]:
    """Whether a tie's claim is not the word of this actor."""
    return lambda tie: tie.attributed_to is None or tie.attributed_to.id != id_


def _change(value: float | None, whole: float | None) -> float | None:
    return None if value is None or whole is None else value - whole
