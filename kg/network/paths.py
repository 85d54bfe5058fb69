"""How two actors are linked in a network: the shortest way, of equals the best attested, with its weakest link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import networkx as nx

from kg.errors import KgError
from kg.model import Answer, Certainty
from kg.network.naming import ordered
from kg.network.signs import read_sign

Graph: TypeAlias = "nx.Graph[str] | nx.MultiDiGraph[str]"  # quoted: networkx is generic for type checkers only

MOST_PATHS = 2000
"""How many paths of one length are compared at most when several are asked for; beyond them the order among equals is NetworkX's."""

_CERTAINTIES = (Certainty.DISPUTED.value, Certainty.UNVERIFIED.value, Certainty.STATED.value)  # the weakest first


@dataclass(frozen=True, slots=True)
class PathStep:
    """One link of a path: how two actors stand that day, and the claims that say so."""

    source: str  # ids, in the direction of the path
    target: str
    sign: int  # +1 together, -1 against, 0 neither or as much of one as of the other
    mixed: bool  # whether claims of both signs exist
    types: tuple[str, ...]  # claim types of the claims that speak for `sign`
    certainty: str  # the best among these claims
    answer: str  # "yes" when one of them surely held that day, else "maybe"
    documents: int  # how many say so
    claims: tuple[str, ...]  # their ids

    @property
    def strength(self) -> tuple[int, int, int]:
        """How well it is attested, larger is better: certainty, then whether it surely held, then the number of documents."""
        return _CERTAINTIES.index(self.certainty), int(self.answer == Answer.YES.value), self.documents


@dataclass(frozen=True, slots=True)
class Path:
    """A way from one actor to another."""

    steps: tuple[PathStep, ...]  # none: both are one

    @property
    def actors(self) -> tuple[str, ...]:
        """The ids of the actors along it, of none when there is no step."""
        return tuple(step.source for step in self.steps) + tuple(step.target for step in self.steps[-1:])

    @property
    def sign(self) -> int | None:
        """The product of the signs: an enemy's enemy is +1; `None` when a step has no sign, or there is no step."""
        product = 1
        for step in self.steps:
            product *= step.sign
        return product if self.steps and product else None

    @property
    def weakest(self) -> PathStep | None:
        """The step that is attested worst, the first of equals; `None` when there is none."""
        return min(self.steps, key=lambda step: step.strength, default=None)

    @property
    def strength(self) -> tuple[int, int, int]:
        """That of its weakest step."""
        return self.weakest.strength if self.weakest else (len(_CERTAINTIES), 1, 0)


def path(graph: Graph, a: str, b: str, *, positive: bool = False, sign: str = "sign") -> Path | None:
    """The shortest path between two actors; of equally short ones that whose weakest step is attested best.

    Steps are compared by certainty, then by whether they surely hold, then by the number of documents (`PathStep.strength`). Of equals,
    that through the first ids. Ties are walked in both directions.

    Args:
        graph: a network of a day (`kg.network.project.project`), or any signed graph, directed or not: an edge's sign counts, the
            other attributes may be missing.
        a: id of the one actor.
        b: id of the other.
        positive: walk only over pairs that stand together.
        sign: the edge attribute whose sign counts.

    Returns:
        the path, or `None` where there is none.

    Raises:
        KgError: an actor is not in the graph.
        networkx.NetworkXError: an edge on the way has no sign.

    Cost: one breadth-first search. The widest path over the layers of shortest paths: Pollack, "The maximum capacity through a
    network", Operations Research 8, 1960, doi:10.1287/opre.8.5.733.

    >>> graph = nx.Graph()
    >>> graph.add_edge("mndaa", "junta", sign=-1)
    >>> graph.add_edge("junta", "nug", sign=-1)
    >>> found = path(graph, "mndaa", "nug")
    >>> found.actors, found.sign
    (('mndaa', 'junta', 'nug'), 1)
    """
    pairs = _Pairs(graph, a, b, positive, sign)
    if a == b:
        return Path(())
    layers = _layers(pairs, a, b)
    if layers is None:
        return None
    best: dict[str, tuple[tuple[int, int, int], tuple[str, ...]]]
    best = {a: ((len(_CERTAINTIES), 1, 0), (a,))}  # actor → how well the weakest step to it is attested, and the way
    for layer in layers[1:]:
        ways = {node: [(min(best[near][0], pairs.step(near, node).strength), (*best[near][1], node))
                       for near in pairs.near(node) if near in best] for node in layer}
        best = {node: min(found, key=lambda way: (tuple(-x for x in way[0]), way[1])) for node, found in ways.items()}
    return pairs.path(best[b][1])


def paths(graph: Graph, a: str, b: str, *, k: int, positive: bool = False, sign: str = "sign") -> tuple[Path, ...]:
    """The `k` best paths that visit nobody twice: the shortest first, of equally short ones the best attested first.

    The same order as `path`, whose answer is the first; found by NetworkX's `shortest_simple_paths` (Yen, "Finding the k shortest loopless
    paths in a network", Management Science 17, 1971, doi:10.1287/mnsc.17.11.712).

    Raises:
        KgError: an actor is not in the graph, or `k` is less than 1.

    Cost: a search for every path found, and for all of the last length (at most `MOST_PATHS`).
    """
    if k < 1:
        raise KgError(f"cannot look for {k} paths", where="paths", advice="ask for one or more")
    best = path(graph, a, b, positive=positive, sign=sign)
    if best is None or k == 1 or a == b:
        return () if best is None else (best,)
    pairs = _Pairs(graph, a, b, positive, sign)
    simple: nx.Graph[str] = nx.Graph((x, y) for x in ordered(graph) for y in pairs.near(x))
    found: list[Path] = []
    for length in _by_length(nx.shortest_simple_paths(simple, a, b), pairs):
        found += sorted(length, key=lambda way: (tuple(-x for x in way.strength), way.actors))
        if len(found) >= k:
            break
    others = [way for way in found if way != best]
    return (best, *others[: k - 1])


class _Pairs:
    """How each two actors stand, whichever way their ties go; worked out when asked."""

    __slots__ = ("_graph", "_positive", "_sign", "_steps")

    def __init__(self, graph: Graph, a: str, b: str, positive: bool, sign: str) -> None:
        for id_ in (a, b):
            if id_ not in graph:
                raise KgError(f"{id_!r} has no tie in this network", where="path", advice="choose another day, or all time")
        self._graph: Any = graph
        self._positive = positive
        self._sign = sign
        self._steps: dict[tuple[str, str], PathStep] = {}

    def near(self, actor: str) -> list[str]:
        """Who is one step away, sorted."""
        found = set(self._graph[actor]) | (set(self._graph.pred[actor]) if self._graph.is_directed() else set())
        return list(ordered(other for other in found - {actor} if not self._positive or self.step(actor, other).sign > 0))

    def step(self, source: str, target: str) -> PathStep:
        """The step from one actor to another that is near."""
        found = self._steps.get((source, target))
        if found is None:
            found = self._steps[source, target] = _step(source, target, self._told(source, target), self._sign)
        return found

    def _told(self, x: str, y: str) -> Iterator[Mapping[str, Any]]:
        """The ties between two actors in both directions."""
        for source, target in ((x, y), (y, x)) if self._graph.is_directed() else ((x, y),):
            data = self._graph.get_edge_data(source, target)
            if data is not None:
                yield from data.values() if self._graph.is_multigraph() else (data,)

    def path(self, actors: Sequence[str]) -> Path:
        """The path along some actors."""
        return Path(tuple(self.step(x, y) for x, y in pairwise(actors)))


def _by_length(ways: Iterable[list[str]], pairs: _Pairs) -> Iterator[list[Path]]:
    """Paths in groups of equal length."""
    group: list[Path] = []
    for way in ways:
        if group and (len(way) > len(group[0].steps) + 1 or len(group) == MOST_PATHS):
            yield group
            group = []
        group.append(pairs.path(way))
    if group:
        yield group


def _layers(pairs: _Pairs, a: str, b: str) -> list[set[str]] | None:
    """The actors on shortest paths from `a` to `b`, by their distance from `a`; `None` where there is no path."""
    layers, seen = [{a}], {a}
    while b not in seen:
        layers.append({near for node in layers[-1] for near in pairs.near(node)} - seen)
        if not layers[-1]:
            return None
        seen |= layers[-1]
    layers[-1] = {b}
    for i in range(len(layers) - 2, 0, -1):
        layers[i] = {node for node in layers[i] if not layers[i + 1].isdisjoint(pairs.near(node))}
    return layers


def _step(source: str, target: str, edges: Iterable[Mapping[str, Any]], sign_name: str) -> PathStep:
    """A pair's ties as one step; what several claims say alike counts once for its sign, as in `kg.network.project.signed_graph`."""
    told = list(edges)
    values = [read_sign(edge, source, target, sign=sign_name) for edge in told]
    each = [(value > 0) - (value < 0) for value in values]
    signs = {(edge.get("claim_key", number), value): value for number, (edge, value) in enumerate(zip(told, each, strict=True))}.values()
    total = sum(signs)
    sign = (total > 0) - (total < 0)
    speaking = [edge for edge, value in zip(told, each, strict=True) if sign in (0, value)]
    certainty = max((str(edge.get("certainty", Certainty.STATED.value)) for edge in speaking), key=_CERTAINTIES.index)
    answer = "yes" if any(edge.get("answer", "yes") == "yes" for edge in speaking) else "maybe"
    claims = sorted({str(id_) for edge in speaking for id_ in (edge.get("claims") or [edge.get("claim")]) if id_ is not None})
    documents = {edge["document"] for edge in speaking if "document" in edge}
    types = tuple(sorted({str(edge["type"]) for edge in speaking if "type" in edge}))
    mixed = min(signs) < 0 < max(signs) or any(edge.get("mixed") for edge in speaking)
    return PathStep(source, target, sign, mixed, types, certainty, answer, len(documents), tuple(claims))
