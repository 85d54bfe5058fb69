"""How actors are called, and pairs and groups of them put in order: one choice everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from typing import Any, TypeAlias, TypeVar

from kg.model import Claim, Kind, Reference

Node: TypeAlias = Hashable
"""What a graph may have for nodes: ids in our own, whatever its maker chose in others."""

_Called = TypeVar("_Called", bound="tuple[Any, ...]")
_Node = TypeVar("_Node", bound=Hashable)
_NO_LINES: Mapping[str, str] = {}


def commonest(seen: Mapping[_Called, int]) -> _Called:
    """What is seen most often, of tuples that begin with a name; of equals the longest name, then the first in the alphabet.

    Raises:
        ValueError: nothing was seen.

    >>> commonest({("TNLA", "armed_group"): 2, ("Ta'ang National Liberation Army", "armed_group"): 2, ("Ta'ang", "armed_group"): 1})
    ("Ta'ang National Liberation Army", 'armed_group')
    """
    return min(seen, key=lambda called: (-seen[called], -len(called[0]), called))


def best_names(claims: Iterable[Claim], *, lines: Mapping[str, str] = _NO_LINES) -> dict[str, Reference]:
    """Each actor and place, by id, as it is called most often (`commonest`).

    Args:
        claims: any claims.
        lines: of renamed actors, the id under which to tell of them. Their own names count only where nobody bears that id.
    """
    own: defaultdict[str, Counter[tuple[str, Kind]]] = defaultdict(Counter)
    former: defaultdict[str, Counter[tuple[str, Kind]]] = defaultdict(Counter)
    for claim in claims:
        for _, actor in claim.references():
            line = lines.get(actor.id, actor.id)
            (own if line == actor.id else former)[line][actor.name, actor.kind] += 1
    best = {line: commonest(own.get(line) or former[line]) for line in (*own, *former)}
    return {line: Reference(line, kind, name) for line, (name, kind) in best.items()}


def ordered(nodes: Iterable[_Node]) -> tuple[_Node, ...]:
    """Nodes in their own order; where they have none among them, by type and text. So equal graphs have equal results.

    >>> ordered({"b", "a"}), ordered([10, 9]), ordered(["b", 2, "a"])
    (('a', 'b'), (9, 10), (2, 'a', 'b'))
    """
    listed = list(nodes)
    if not any(isinstance(node, frozenset) for node in listed):  # for sets, "less" means "part of"
        try:
            return tuple(sorted(listed))  # type: ignore[type-var]  # whether they compare is found out here
        except TypeError:
            pass
    return tuple(sorted(listed, key=_text))


def _text(node: Hashable) -> tuple[str, str]:
    """The type and the text of a node; a set has its texts in order."""
    return type(node).__name__, str(sorted(map(str, node)) if isinstance(node, frozenset) else node)


def ranks(nodes: Iterable[_Node]) -> dict[_Node, int]:
    """The place of each node in their order (`ordered`), to sort by what is made of nodes."""
    return {node: place for place, node in enumerate(ordered(nodes))}


def pair_of(a: _Node, b: _Node) -> tuple[_Node, _Node]:
    """Two nodes in their order: the same pair both ways."""
    if isinstance(a, str) and isinstance(b, str):  # as most are: no list is made
        return (a, b) if a <= b else (b, a)
    first, second = ordered((a, b))
    return first, second


def pairs_of(ties: Iterable[tuple[_Node, _Node]], rank: Mapping[_Node, int]) -> tuple[tuple[_Node, _Node], ...]:
    """Pairs of nodes in the order of their ranks, each the same both ways."""
    told = [(a, b) if rank[a] <= rank[b] else (b, a) for a, b in ties]
    return tuple(sorted(told, key=lambda pair: (rank[pair[0]], rank[pair[1]])))


def by_size(groups: Iterable[Iterable[_Node]]) -> tuple[tuple[_Node, ...], ...]:
    """Groups of actors, the largest first, equal ones in the order of their nodes.

    >>> by_size([{"b"}, {"d", "c"}, {"a"}])
    (('c', 'd'), ('a',), ('b',))
    """
    listed = [list(group) for group in groups]
    rank = ranks({node for group in listed for node in group})
    inner = (tuple(sorted(group, key=rank.__getitem__)) for group in listed)
    return tuple(sorted(inner, key=lambda group: (-len(group), [rank[node] for node in group])))
