"""How two actors are linked in a network: the shortest way, of equals the best attested, with its weakest link."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, TypeAlias

import networkx as nx

from kg.errors import KgError
from kg.model import Answer, Certainty

Graph: TypeAlias = "nx.Graph[str] | nx.MultiDiGraph[str]"  # quoted: networkx is generic for type checkers only

MOST_PATHS = 2000
"""How many paths of one length are compared at most when several are asked for; beyond them the order among equals is NetworkX's."""

_CERTAINTIES = (Certainty.DISPUTED.value, Certainty.UNVERIFIED.value, Certainty.STATED.value)  # the weakest first


@dataclass(frozen=True, slots=True)
class Step:
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

    steps: tuple[Step, ...]  # none: both are one

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
    def weakest(self) -> Step | None:
        """The step that is attested worst, the first of equals; `None` when there is none."""
        return min(self.steps, key=lambda step: step.strength, default=None)

    @property
    def strength(self) -> tuple[int, int, int]:
        """That of its weakest step."""
        return self.weakest.strength if self.weakest else (len(_CERTAINTIES), 1, 0)


def path(graph: Graph, a: str, b: str, *, positive: bool = False) -> Path | None:
    """The shortest path between two actors; of equally short ones that whose weakest step is attested best.

    Steps are compared by certainty, then by whether they surely hold, then by the number of documents (`Step.strength`). Of equals,
    that through the first ids. Ties are walked in both directions.

    Args:
        graph: a network of a day (`kg.network.project.project`), or any signed graph: an edge's `sign` counts, the other
            attributes may be missing.
        a: id of the one actor.
        b: id of the other.
        positive: walk only over pairs that stand together.

    Returns:
        the path, or `None` where there is none.

    Raises:
        KgError: an actor is not in the graph.

    Cost: one breadth-first search. The widest path over the layers of shortest paths: Pollack, "The maximum capacity through a
    network", Operations Research 8, 1960, doi:10.1287/opre.8.5.733.

    >>> graph = nx.Graph()
    >>> graph.add_edge("mndaa", "junta", sign=-1)
    >>> graph.add_edge("junta", "nug", sign=-1)
    >>> found = path(graph, "mndaa", "nug")
    >>> found.actors, found.sign
    (('mndaa', 'junta', 'nug'), 1)
    """
    steps = _steps(graph, a, b, positive)
    if a == b:
        return Path(())
    layers = _layers(steps, a, b)
    best: dict[str, Path] = {a: Path(())}
    for layer in layers[1:]:
        for node in layer:
            ways = [Path((*best[near].steps, steps[near][node])) for near in sorted(steps[node]) if near in best and near not in layer]
            best[node] = min(ways, key=lambda way: (tuple(-x for x in way.strength), way.actors))
    return best.get(b)


def paths(graph: Graph, a: str, b: str, *, k: int, positive: bool = False) -> tuple[Path, ...]:
    """The `k` best paths that visit nobody twice: the shortest first, of equally short ones the best attested first.

    The same order as `path`, whose answer is the first; found by NetworkX's `shortest_simple_paths` (Yen, "Finding the k shortest loopless
    paths in a network", Management Science 17, 1971, doi:10.1287/mnsc.17.11.712).

    Raises:
        KgError: an actor is not in the graph, or `k` is less than 1.

    Cost: a search for every path found, and for all of the last length (at most `MOST_PATHS`).
    """
    if k < 1:
        raise KgError(f"cannot look for {k} paths", where="paths", advice="ask for one or more")
    best = path(graph, a, b, positive=positive)
    if best is None or k == 1 or a == b:
        return () if best is None else (best,)
    steps = _steps(graph, a, b, positive)
    simple: nx.Graph[str] = nx.Graph((x, y) for x in sorted(steps) for y in sorted(steps[x]))
    found: list[Path] = []
    ways = nx.shortest_simple_paths(simple, a, b)
    for length in _by_length(ways, steps):
        found += sorted(length, key=lambda way: (tuple(-x for x in way.strength), way.actors))
        if len(found) >= k:
            break
    others = [way for way in found if way != best]
    return (best, *others[: k - 1])


def _by_length(ways: Iterable[list[str]], steps: Mapping[str, Mapping[str, Step]]) -> Iterator[list[Path]]:
    """Paths in groups of equal length."""
    group: list[Path] = []
    for way in ways:
        if group and (len(way) > len(group[0].steps) + 1 or len(group) == MOST_PATHS):
            yield group
            group = []
        group.append(Path(tuple(steps[x][y] for x, y in pairwise(way))))
    if group:
        yield group


def _layers(steps: Mapping[str, Mapping[str, Step]], a: str, b: str) -> list[list[str]]:
    """The actors by their distance from `a`, up to that of `b`."""
    layers, seen = [[a]], {a}
    while layers[-1] and b not in seen:
        layers.append(sorted({near for node in layers[-1] for near in steps.get(node, {})} - seen))
        seen.update(layers[-1])
    return layers


def _steps(graph: Graph, a: str, b: str, positive: bool) -> dict[str, dict[str, Step]]:
    """How each two actors stand, in both directions."""
    for id_ in (a, b):
        if id_ not in graph:
            raise KgError(f"{id_!r} has no tie in this network", where="path", advice="choose another day, or all time")
    pairs: defaultdict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for source, target, edge in graph.edges(data=True):
        if source != target:
            pairs[min(source, target), max(source, target)].append(edge)
    steps: dict[str, dict[str, Step]] = {a: {}, b: {}}
    for (x, y), edges in sorted(pairs.items()):
        step = _step(x, y, edges)
        if step.sign > 0 or not positive:
            steps.setdefault(x, {})[y] = step
            steps.setdefault(y, {})[x] = Step(y, x, *_rest(step))
    return steps


def _rest(step: Step) -> tuple[Any, ...]:
    return step.sign, step.mixed, step.types, step.certainty, step.answer, step.documents, step.claims


def _step(source: str, target: str, edges: Iterable[Mapping[str, Any]]) -> Step:
    """A pair's ties as one step; what several claims say alike counts once for its sign, as in `kg.network.project.signed_graph`."""
    told = list(edges)
    signs = {(edge.get("claim_key", number), edge["sign"]): int(edge["sign"]) for number, edge in enumerate(told)}.values()
    total = sum(signs)
    sign = (total > 0) - (total < 0)
    speaking = [edge for edge in told if sign == 0 or int(edge["sign"]) == sign]
    certainty = max((str(edge.get("certainty", Certainty.STATED.value)) for edge in speaking), key=_CERTAINTIES.index)
    answer = "yes" if any(edge.get("answer", "yes") == "yes" for edge in speaking) else "maybe"
    claims = sorted({str(id_) for edge in speaking for id_ in (edge.get("claims") or [edge.get("claim")]) if id_ is not None})
    documents = {edge["document"] for edge in speaking if "document" in edge}
    types = tuple(sorted({str(edge["type"]) for edge in speaking if "type" in edge}))
    mixed = min(signs) < 0 < max(signs) or any(edge.get("mixed") for edge in speaking)
    return Step(source, target, sign, mixed, types, certainty, answer, len(documents), tuple(claims))
