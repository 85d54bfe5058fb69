"""How far actors changed their company between two windows: who they stand with and against."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from kg.network.layers import against, together
from kg.network.naming import ordered, pair_of
from kg.network.signs import SignedGraph
from kg.network.snapshots import Snapshot


class Undefined(StrEnum):
    """Why there is no index."""

    BEFORE = "no tie of a sign in the window before"
    AFTER = "no tie of a sign in the window after"
    BOTH = "no tie of a sign in either window"


@dataclass(frozen=True, slots=True)
class Realignment:
    """How an actor's signed ties changed from one window to another. The four lists are ids, sorted."""

    actor: str
    kept: tuple[str, ...]  # the same sign in both windows
    turned: tuple[str, ...]  # the other sign
    gained: tuple[str, ...]  # a sign only in the later one
    lost: tuple[str, ...]  # a sign only in the earlier one
    undefined: Undefined | None = None

    @property
    def index(self) -> float | None:
        """The realignment index, 0 (the same ties) to 1 (none of them); `None` where it is undefined (`realignment`)."""
        return None if self.undefined else 1 - len(self.kept) / (len(self.kept) + 2 * len(self.turned) + len(self.gained) + len(self.lost))

    @property
    def turning(self) -> float | None:
        """The part of the index that no silence of the reports explains: of the others met in both windows, the share whose sign
        turned. `None` where there are none."""
        both = len(self.kept) + len(self.turned)
        return len(self.turned) / both if both else None


def realignment(before: Mapping[str, int], after: Mapping[str, int], *, actor: str = "") -> Realignment:
    r"""How an actor's signed ties changed: one less the Jaccard coefficient of its signed ego vectors.

    The idea: take an actor's ties as the set of pairs (other, sign). The index is $R = 1 - |E_1 \cap E_2| / |E_1 \cup E_2|$ with
    the sets $E_1$, $E_2$ of the two windows: 0 when all is as it was, 1 when nothing is. A tie that turned counts
    twice, as one lost and one gained. This index is this project's own; it builds on the comparison of alliance portfolios
    (Signorino and Ritter 1999, `similarity`), and unlike theirs takes no account of the actors that neither knows.

    Args:
        before: other actors with the sign of the tie, -1 or +1; 0 is no tie.
        after: the same in the later window.
        actor: whose ties they are.

    Undefined without a tie of a sign in one of the windows: an actor that nobody reports on has not changed sides.

    >>> told = realignment({"a": 1, "b": -1, "c": 1}, {"a": 1, "b": 1})
    >>> told.kept, told.turned, told.lost, told.index, told.turning
    (('a',), ('b',), ('c',), 0.75, 0.5)
    """
    one, other = ({who: sign for who, sign in ties.items() if sign} for ties in (before, after))
    common = one.keys() & other.keys()
    return Realignment(
        actor, ordered(who for who in common if one[who] == other[who]),
        ordered(who for who in common if one[who] != other[who]), ordered(other.keys() - one.keys()),
        ordered(one.keys() - other.keys()), None if one and other else Undefined.BEFORE if other else Undefined.AFTER if one
        else Undefined.BOTH)


def realignments(before: SignedGraph, after: SignedGraph, *, sign: str = "sign") -> tuple[Realignment, ...]:
    """How the ties of each actor of two signed graphs changed, by id. A tie of an actor to itself is none.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        networkx.NetworkXError: an edge has no sign.
    """
    egos = [_egos(graph, sign) for graph in (before, after)]
    return tuple(realignment(*(ego.get(actor, {}) for ego in egos), actor=actor) for actor in ordered({*before, *after}))


def realigned(before: Snapshot, after: Snapshot) -> tuple[Realignment, ...]:
    """The same for two snapshots of one table.

    Raises:
        ValueError: they are of two tables.
    """
    egos = []
    for shot in (before, after):
        if shot.table is not before.table:
            raise ValueError("the two snapshots are of different tables")
        ties: dict[str, dict[str, int]] = {}
        names = shot.table.actors
        for a, b, value in zip(*(end.tolist() for end in shot.ends), shot.sign.tolist(), strict=True):
            ties.setdefault(names[a], {})[names[b]] = ties.setdefault(names[b], {})[names[a]] = value
        egos.append(ties)
    return tuple(realignment(egos[0].get(actor, {}), egos[1].get(actor, {}), actor=actor) for actor in sorted({*egos[0], *egos[1]}))


def network_realignment(before: SignedGraph, after: SignedGraph, *, sign: str = "sign") -> Realignment:
    """How the signed ties of a whole network changed: the index over pairs instead of over one actor's others.

    The pairs are written "a – b", with the ids in order. Undefined like that of an actor. Raises what `realignments` raises.

    >>> import networkx as nx
    >>> before, after = nx.Graph([("a", "b", {"sign": 1}), ("b", "c", {"sign": -1})]), nx.Graph([("a", "b", {"sign": 1})])
    >>> network_realignment(before, after).index
    0.5
    """
    one, other = ({" – ".join(map(str, pair_of(a, b))): value for a, ego in _egos(graph, sign).items() for b, value in ego.items()}
                  for graph in (before, after))
    return realignment(one, other)


def similarity(one: Sequence[float], other: Sequence[float], *, weights: Sequence[float] | None = None, span: float = 2) -> float | None:
    r"""How alike two portfolios of ties are: Signorino and Ritter's S.

    $S = 1 - 2 \sum_k w_k |p_k - q_k| / (\Delta \sum_k w_k)$: 1 for equal vectors, -1 for those as far apart as can be.

    Args:
        one: a value for each other actor $k$: -1, 0, +1 for signed ties, or a rank of alliance.
        other: the same of the other actor or window, for the same actors.
        weights: how much each of these actors counts, 0 or more; `None`: all alike.
        span: the largest difference $\Delta$ of two values: 2 for signed ties, 3 for ranks from 0 to 3.

    Returns:
        A number from -1 to 1; `None`, undefined, without any actor of a weight. Beware: actors that neither is tied to count as
        agreement, so that S is near 1 in every thin network.

    Raises:
        ValueError: vectors of different lengths, a difference beyond the span, a negative weight, or a span that is not positive.

    Reference: Signorino and Ritter, Tau-b or not tau-b: measuring the similarity of foreign policy positions, International Studies
        Quarterly 43, 1999, https://doi.org/10.1111/0020-8833.00113.

    >>> similarity([1, 1, -1], [1, 0, 1])
    0.0
    """
    given = [1.0] * len(one) if weights is None else list(weights)
    if not len(one) == len(other) == len(given):
        raise ValueError(f"vectors of {len(one)}, {len(other)} and {len(given)} (weights) numbers do not match")
    distances = [abs(p - q) for p, q in zip(one, other, strict=True)]
    if span <= 0 or any(weight < 0 for weight in given) or any(distance > span for distance in distances):
        raise ValueError(f"weights are not negative, the span is positive, and no two values differ by more than it ({span})")
    total = sum(given)
    if not total:
        return None
    return 1 - 2 * sum(weight * distance for weight, distance in zip(given, distances, strict=True)) / (span * total)


def _egos(graph: SignedGraph, sign: str) -> dict[str, dict[str, int]]:
    """The signs of each actor's ties."""
    found: dict[str, dict[str, int]] = {}
    for value, layer in ((1, together(graph, sign=sign)), (-1, against(graph, sign=sign))):
        for a, b in layer.edges:
            found.setdefault(a, {})[b] = found.setdefault(b, {})[a] = value
    return found
