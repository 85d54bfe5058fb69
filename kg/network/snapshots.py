"""The signed network of many days or windows, cut from one table of ties in one sweep."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.model import BINDING
from kg.network.columns import CODES, Bounds, Flags, Ints, Small, TieTable, unknown_choices
from kg.network.policy import Combine
from kg.network.project import Policy, project, signed_graph
from kg.network.windows import Window

Small16 = NDArray[np.uint8] | NDArray[np.uint16]
_DEFAULT = Policy()
_FIXED = {Combine.NEGATIVE: -1, Combine.POSITIVE: +1, Combine.ZERO: 0}

_BINDS = np.array([name in BINDING for name in CODES["type"]], np.bool_)

# Two counts of a pair share a 64-bit number, one in each half: one addition changes both, one look-up reads both.
_HIGH = 1 << 32
_SIGNED = np.array([_HIGH, 0, 1], np.int64)  # by sign + 1: together in the low half, against in the high one
_TOLD, _SURE = 1, _HIGH


@dataclass(frozen=True, slots=True, eq=False)
class Snapshot:
    """The signed simple graph of a window, as arrays: one row for each pair of actors with a tie that counts.

    The rows are those of `signed_graph(project(...))`; the claims behind them are read from the table (`to_graph`, `claims_of`).
    """

    window: Window
    policy: Policy
    table: TieTable
    pair: NDArray[np.intp]  # the pair's number in the table, rising
    signed: NDArray[np.int64]  # `together` and `against`, packed
    known: NDArray[np.int64]  # `weight`, and how many of its ties surely held, packed

    @property
    def together(self) -> Ints:
        """Of each pair: how many distinct statements (claim keys) of sign +1 count."""
        return self.signed.astype(np.int32)  # the low half

    @property
    def against(self) -> Ints:
        """Of each pair: how many distinct statements of sign -1 count."""
        return (self.signed >> 32).astype(np.int32)

    @property
    def weight(self) -> Ints:
        """Of each pair: how many distinct statements of any sign count."""
        return self.known.astype(np.int32)

    @property
    def sure(self) -> Flags:
        """Of each pair: whether one of its ties surely held."""
        return self.known >= _HIGH

    @property
    def ends(self) -> tuple[Ints, Ints]:
        """The numbers of the two actors of each pair."""
        return self.table.pairs[0][self.pair], self.table.pairs[1][self.pair]

    @property
    def sign(self) -> Small:
        """Of each pair: the sign of the sum over its statements, or what another `Policy.combine` says.

        Cost: under `Combine.LATEST` one pass over the table, else over the pairs.

        Raises:
            ValueError: `Combine.LATEST`, and the table was made without its ties.
        """
        together, against = self.signed & (_HIGH - 1), self.signed >> 32
        signs: Small = (together > against).view(np.int8) - (together < against).view(np.int8)
        if self.policy.combine is Combine.LATEST:
            signs[self.mixed] = _latest(self)[self.mixed]
        elif self.policy.combine in _FIXED:
            signs[self.mixed] = _FIXED[self.policy.combine]
        return signs

    @property
    def mixed(self) -> Flags:
        """Of each pair: whether both kinds of tie exist."""
        return (self.together > 0) & (self.against > 0)

    def __len__(self) -> int:
        return len(self.pair)


def snapshots(table: TieTable, over: Sequence[Window], *, policy: Policy = _DEFAULT) -> Iterator[Snapshot]:
    """The signed snapshot of each window, in order.

    The idea: a tie counts in an unbroken run of windows. Runs of what is said alike are joined, each then begins and ends
    once; a sweep over the windows adds what begins, takes off what ended, and hands on the pairs that are left.

    Args:
        table: the ties.
        over: windows that neither begin nor end before the one in front of them. They may overlap and leave gaps.
        policy: what counts.

    Raises:
        ValueError: windows out of order, or a policy that tables do not know.

    Cost: one pass over the table, a sort of the runs, and for each window the pairs that the table has.
    """
    bounds = table.bounds(policy)
    starts = np.array([window.first.toordinal() for window in over], np.int32)
    ends = np.array([window.last.toordinal() for window in over], np.int32)
    if bool((np.diff(starts) < 0).any() or (np.diff(ends) < 0).any()):
        raise ValueError("windows out of order: each begins and ends no earlier than the one before")
    return _sweep(table, tuple(over), policy, bounds, starts, ends)


def snapshot(table: TieTable, window: Window, *, policy: Policy = _DEFAULT) -> Snapshot:
    """The signed snapshot of one window."""
    return next(snapshots(table, (window,), policy=policy))


def rows_of(table: TieTable, window: Window, *, policy: Policy = _DEFAULT) -> Ints:
    """The numbers of the table's rows that count in a window."""
    bounds = table.bounds(policy)
    return np.flatnonzero(bounds.counts & _within(bounds, policy, window)).astype(np.int32)


def _within(bounds: Bounds, policy: Policy, window: Window) -> Flags:
    """Which rows lie in a window by their days."""
    first, last = _span(bounds, policy)
    found: Flags = (bounds.first <= bounds.last) & (first <= window.last.toordinal()) & (last >= window.first.toordinal())
    return found


def claims_of(shot: Snapshot, actors: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The ids of the claims that give actors their ties of a sign in a snapshot, sorted; none for an actor without such a tie.

    Cost: one pass over the table for all the actors.
    """
    table = shot.table
    found: dict[str, set[str]] = {actor: set() for actor in actors}
    wanted = np.array([actor in found for actor in table.actors], np.bool_)
    rows = rows_of(table, shot.window, policy=shot.policy)
    rows = rows[(table.sign[rows] != 0) & (wanted[table.source[rows]] | wanted[table.target[rows]])]
    for claim, *ends in zip(table.claims[rows].tolist(), table.source[rows].tolist(), table.target[rows].tolist(), strict=True):
        for end in ends:
            if wanted[end]:
                found[table.actors[end]].add(claim)
    return {actor: tuple(sorted(claims)) for actor, claims in found.items()}


def signed_graphs(table: TieTable, over: Sequence[Window], *, policy: Policy = _DEFAULT) -> Iterator[nx.Graph[str]]:
    """The signed graph of each window, in order, under any policy: with what members do for their alliance, and alliances for members.

    Under a policy that tables know, each is made of its snapshot (`to_graph`). The choices that they do not (`Policy.down`, `up`,
    `claim_documents` and `pair_documents`) ask which ties hold at once or are told alike; there each window is projected by itself.

    Args:
        table: the ties. over: the windows. policy: what counts.

    Raises:
        ValueError: windows out of order, or a table that was made without its ties and a policy that asks for them.

    Cost: that of `snapshots`; else one projection a window.
    """
    if not unknown_choices(policy):
        yield from map(to_graph, snapshots(table, over, policy=policy))
        return
    if table.ties is None:
        raise ValueError(f"a table made of arrays does not know the policy's {', '.join(unknown_choices(policy))}: make it of ties "
                         "with `make_table`")
    told = table.ties.tolist()
    for window in over:
        graph = signed_graph(project(told, on=window.first if window.first == window.last else window, policy=policy))
        graph.graph["window"] = window
        yield graph


def to_graph(shot: Snapshot) -> nx.Graph[str]:
    """A snapshot as the NetworkX graph that `signed_graph(project(...))` gives for its day.

    Nodes have `label` and `kind`; edges `sign`, `mixed`, `binds`, `weight`, `answer` and `claims`; the graph `day` (`None` for a window of
    several), `window`, `policy` and `denied`.
    """
    table, window = shot.table, shot.window
    bounds = table.bounds(shot.policy)
    within = _within(bounds, shot.policy, window)
    rows = np.flatnonzero(bounds.counts & within)
    pairs = table.pair[rows]
    cuts = np.flatnonzero(np.diff(pairs)) + 1
    claims = [tuple(sorted(set(part.tolist()))) for part in np.split(table.claims[rows], cuts)]
    joins = _BINDS[table.type[rows]] & (table.sign[rows] > 0)
    binds = [bool(part.any()) for part in np.split(joins, cuts)]
    denied = tuple(sorted(set(table.claims[table.denials(shot.policy) & within].tolist())))
    graph: nx.Graph[str] = nx.Graph(
        day=window.first if window.first == window.last else None, window=window, policy=shot.policy, denied=denied)
    a, b = shot.ends
    for number in sorted({*a.tolist(), *b.tolist()}):
        graph.add_node(table.actors[number], label=table.labels[number], kind=table.kinds[number])
    for n, (one, other, sign, mixed, weight, sure) in enumerate(
            zip(a.tolist(), b.tolist(), shot.sign.tolist(), shot.mixed.tolist(), shot.weight.tolist(), shot.sure.tolist(), strict=True)):
        graph.add_edge(table.actors[one], table.actors[other], sign=sign, mixed=mixed, binds=binds[n], weight=weight,
                       answer="yes" if sure else "maybe", claims=claims[n])
    return graph


def _latest(shot: Snapshot) -> Small:
    """Of each pair: the sign of the sum over its statements told of the latest day, not after the window."""
    table = shot.table
    rows = rows_of(table, shot.window, policy=shot.policy)
    rows = rows[table.sign[rows] != 0]
    told = np.minimum(table.last_told()[rows], shot.window.last.toordinal())
    latest = np.full(len(table.pairs[0]), -1, np.int32)
    np.maximum.at(latest, table.pair[rows], told)
    last = rows[told == latest[table.pair[rows]]]
    _, once = np.unique(table.said[last], return_index=True)  # what several claims say alike counts once
    total = np.zeros(len(latest), np.int64)
    np.add.at(total, table.pair[last[once]], table.sign[last[once]])
    return np.sign(total[shot.pair]).astype(np.int8)


def _span(bounds: Bounds, policy: Policy) -> tuple[Ints, Ints]:
    """The days on which ties count: also as a maybe, or only surely."""
    return (bounds.first, bounds.last) if policy.maybe else (bounds.sure_from, bounds.sure_until)


def _sweep(table: TieTable, over: tuple[Window, ...], policy: Policy, bounds: Bounds, starts: Ints, ends: Ints) -> Iterator[Snapshot]:
    if not over:
        return
    marks, count = (starts, ends), len(over)
    rows = _indexed(bounds.counts & (bounds.first <= bounds.last), *_span(bounds, policy), marks)
    said = _joined(rows, table.said)
    sure = _joined(_indexed(bounds.counts, bounds.sure_from, bounds.sure_until, marks), table.said)
    told = said if table.one_sign else _joined(rows, _keyed(table))
    signed, known = (np.zeros(len(table.pairs[0]), np.int64) for _ in range(2))
    changes = ([_Changes.of(table, said, count, signed=signed, plain=(known, _TOLD))] if told is said else
               [_Changes.of(table, said, count, signed=signed), _Changes.of(table, told, count, plain=(known, _TOLD))])
    changes.append(_Changes.of(table, sure, count, plain=(known, _SURE)))
    for n, window in enumerate(over):
        for change in changes:
            change.apply(n)
        pair = np.flatnonzero(known != 0)  # of flags: ten times as fast as of numbers
        yield Snapshot(window, policy, table, pair, signed.take(pair), known.take(pair))


@dataclass(frozen=True, slots=True)
class _Runs:
    """Unbroken runs of windows, from number `begin` to before number `end`, each with a row of the table it stands for."""

    row: NDArray[np.intp]
    begin: Small16
    end: Small16


@dataclass(frozen=True, slots=True)
class _Changes:
    """What is added to pairs' counts when runs begin, or taken off when they end, in the order of the windows."""

    pair: tuple[Ints, Ints]  # of the runs by their beginnings, and by their ends
    part: tuple[NDArray[np.intp], NDArray[np.intp]]  # where each window's part of them begins
    signed: tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]] | None  # counts by sign, what is added, what is taken off
    plain: tuple[NDArray[np.int64], int] | None  # counts in which each run is worth the same

    @classmethod
    def of(
        cls, table: TieTable, runs: _Runs, count: int, *, signed: NDArray[np.int64] | None = None,
        plain: tuple[NDArray[np.int64], int] | None = None,
    ) -> _Changes:
        """The changes that some runs make in `count` windows: in counts by sign, and in counts to which each adds one amount."""
        pair = table.pair.take(runs.row)
        orders = [np.argsort(at, kind="stable") for at in (runs.begin, runs.end)]  # of small numbers: a radix sort, linear
        up, down = (np.concatenate(([0], np.cumsum(np.bincount(at, minlength=count + 1)))) for at in (runs.begin, runs.end))
        by_sign = None
        if signed is not None:
            amount = _SIGNED.take(table.sign.take(runs.row) + 1)
            by_sign = signed, amount.take(orders[0]), amount.take(orders[1])
        return cls((pair.take(orders[0]), pair.take(orders[1])), (up, down), by_sign, plain)

    def apply(self, n: int) -> None:
        """Bring the counts from the window before to window `n`."""
        up, down = (slice(part[n], part[n + 1]) for part in self.part)
        begun, over = self.pair[0][up], self.pair[1][down]
        if self.signed is not None:
            counts, added, taken = self.signed
            np.add.at(counts, begun, added[up])
            np.subtract.at(counts, over, taken[down])
        if self.plain is not None:
            counts, amount = self.plain
            np.add.at(counts, begun, amount)
            np.subtract.at(counts, over, amount)


def _indexed(counts: Flags, first: Ints, last: Ints, marks: tuple[Ints, Ints]) -> _Runs:
    """The runs of the rows that count in some window.

    Of sure days the first may come after the last: what happened on some day of June surely did in a window that holds all of June.
    """
    begin, end = _look_up(marks[1], first, "left"), _look_up(marks[0], last, "right")
    rows = np.flatnonzero(counts & (begin < end))
    return _Runs(rows, begin[rows], end[rows])


def _look_up(marks: Ints, ordinals: Ints, side: Literal["left", "right"]) -> Small16:
    """`searchsorted` of many days among few marks, by a table of all the days between the marks.

    Raises:
        ValueError: more marks than 16 bits can number.
    """
    if len(marks) > np.iinfo(np.uint16).max:
        raise ValueError(f"{len(marks):,} windows are too many at once: at most {np.iinfo(np.uint16).max:,}")
    low, high = int(marks[0]) - 1, int(marks[-1]) + 1
    numbers = np.searchsorted(marks, np.arange(low, high + 1), side=side)
    small: Small16 = numbers.astype(np.uint8) if len(marks) < 256 else numbers.astype(np.uint16)
    return small.take(ordinals - np.int32(low), mode="clip")


def _joined(runs: _Runs, group: Ints) -> _Runs:
    """The runs, with those of one group of rows that touch or overlap joined to one. Groups lie together in the table."""
    row, begin, end, numbers = runs.row, runs.begin, runs.end, group.take(runs.row)
    same = numbers[1:] == numbers[:-1]
    if bool((same & (begin[1:] < begin[:-1])).any()):  # sure days, two signs, changes of side: out of order
        order = np.lexsort((begin, numbers))
        row, begin, end, numbers = row[order], begin[order], end[order], numbers[order]
    new = np.ones(len(row), np.bool_)
    if not bool((same & (begin[1:] > end[:-1])).any()):  # as usual: what is said alike has one date, so no gap within a group
        new[1:] = ~same
        heads = np.flatnonzero(new)
        # The latest end of each group: the first row's, or that of a row whose end is another than the row's before (`reduceat` is slow).
        latest = end[heads]
        other = np.flatnonzero(same & (end[1:] != end[:-1])) + 1
        np.maximum.at(latest, np.searchsorted(heads, other, side="right") - 1, end[other])
        return _Runs(row[heads], begin[heads], latest)
    # One running maximum over all groups: each group's windows are lifted above those of the groups before it.
    lift = numbers.astype(np.int64) * (int(end.max()) + 1)
    reached = np.maximum.accumulate(end + lift)
    new[1:] = ~same | (begin[1:] + lift[1:] > reached[:-1])
    heads = np.flatnonzero(new)
    tails = np.append(heads[1:] - 1, len(row) - 1)
    return _Runs(row[heads], begin[heads], (reached[tails] - lift[tails]).astype(end.dtype))


def _keyed(table: TieTable) -> Ints:
    """The number of each row's (pair, key)."""
    new = np.ones(len(table), np.bool_)
    new[1:] = (table.pair[1:] != table.pair[:-1]) | (table.key[1:] != table.key[:-1])
    return np.cumsum(new, dtype=np.int32)
