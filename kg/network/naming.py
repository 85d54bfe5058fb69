"""How actors are called, and pairs and groups of them put in order: one choice everywhere."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from kg.model import Claim, Kind, Reference

_Called = TypeVar("_Called", bound="tuple[Any, ...]")
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


def pair_of(a: str, b: str) -> tuple[str, str]:
    """Two ids in the order of the alphabet: the same pair both ways."""
    return (a, b) if a <= b else (b, a)


def by_size(groups: Iterable[Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """Groups of actors, the largest first, equal ones in the order of their names.

    >>> by_size([{"b"}, {"d", "c"}, {"a"}])
    (('c', 'd'), ('a',), ('b',))
    """
    return tuple(sorted((tuple(sorted(group)) for group in groups), key=lambda group: (-len(group), group)))
