"""Ties as one table of columns, made once, from which the signed networks of many days are cut."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.model import CLAIM_TYPES, Answer, Certainty, Modality, Polarity, Tie, spell
from kg.network.endings import link
from kg.network.naming import commonest
from kg.network.policy import admits, last_told
from kg.network.project import Policy, ended_ties

Ints = NDArray[np.int32]
Small = NDArray[np.int8]
Flags = NDArray[np.bool_]

NEVER_BEFORE, NEVER_AFTER = 0, date.max.toordinal() + 1  # beyond the first and the last day of the calendar
ENDED, RELATION, EVENT = 0, 1, 2
"""What a tie's last day waits for: nothing more, `Policy.relation_days`, `Policy.sighting_days`."""

CODES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "type": tuple(CLAIM_TYPES), "certainty": tuple(Certainty), "polarity": tuple(Polarity), "modality": tuple(Modality),
})
"""What the numbers of a coded column stand for: `CODES["certainty"][1]`."""

_ANSWERS = (Answer.NO, Answer.MAYBE, Answer.YES)
_NO, _MAYBE = 0, 1
_NUMBERS = {name: {value: number for number, value in enumerate(values)} for name, values in CODES.items()}
_KNOWN = frozenset({"maybe", "sighting_days", "relation_days", "undated", "certainties", "polarities", "modalities", "types", "combine",
                    "ended_by_switch", "ended_by_hostility", "hostility_certainties", "known_by", "without_sources", "without_documents"})
_OF_TIES = ("known_by", "without_sources", "without_documents")  # what only ties as objects can answer
_OF_ENDS = ("maybe", "certainties", "ended_by_switch", "ended_by_hostility", "hostility_certainties")  # what ends depend on besides


@dataclass(frozen=True, slots=True)
class Bounds:
    """The days on which each tie counts under a policy, as ordinals (`date.toordinal`), both ends included.

    A tie counts perhaps from `first` to `last` (where the end lies before the beginning, on no day), and surely in every window that
    begins by `sure_until` and ends no earlier than `sure_from`: of single days, on those from `sure_from` to `sure_until`.
    """

    first: Ints
    last: Ints
    sure_from: Ints
    sure_until: Ints
    counts: Flags  # whether the policy counts it at all, on whatever day


@dataclass(frozen=True, slots=True, eq=False)
class TieTable:
    """Ties by column, in the order of pair, claim key, sign and first day.

    Made by `make_table` from ties. It can be made of arrays of equal length too; they are put in order. The four days are
    ordinals as `kg.model.spell` gives them for a policy that keeps nothing beyond its dates (`sighting_days=0`,
    `relation_days=0`), with `NEVER_BEFORE` and `NEVER_AFTER` for no bound. Both sure days lie between `first` and `last`; where no
    single day is sure, `sure_from` comes after `sure_until`, and what is sure in no window has `NEVER_AFTER` and `NEVER_BEFORE`.
    Without the ties themselves nothing is known of sources, documents and reports, nor of changes of side: no tie is ended by one
    or hostility (`Policy.ended_by_switch`, `ended_by_hostility`).

    Raises:
        ValueError: columns of different lengths, a tie of an actor with itself, ends that are no actors, or actors out of order.
    """

    actors: tuple[str, ...]  # ids, in order: the numbers in `source` and `target` stand for these
    labels: tuple[str, ...]  # of the actors: the name it is shown under
    kinds: tuple[str, ...]
    claims: NDArray[Any]  # ids, text
    key: Ints  # equal for ties that say the same
    source: Ints
    target: Ints
    type: Small  # this and the next four: CODES
    certainty: Small
    polarity: Small
    modality: Small
    sign: Small  # of the claim's type; a denial's counts 0
    first: Ints
    sure_from: Ints
    sure_until: Ints
    last: Ints
    waits: Small  # ENDED, RELATION or EVENT
    dated: Flags  # whether the claim tells a date
    ties: NDArray[Any] | None = None  # the ties themselves
    pair: Ints = field(init=False)  # number of the pair of actors, the same both ways
    said: Ints = field(init=False)  # number of the (pair, key, sign)
    pairs: tuple[Ints, Ints] = field(init=False)  # the two actors of each pair, in order
    one_sign: bool = field(init=False)  # whether each key says one sign of its pair only, as it does but for odd claims
    _kept: dict[Any, Any] = field(init=False, repr=False, default_factory=dict)  # what was worked out from ties already

    def __post_init__(self) -> None:
        lengths = {len(getattr(self, name)) for name in _COLUMNS} | ({len(self.ties)} if self.ties is not None else set())
        if len(lengths) > 1 or not len(self.actors) == len(self.labels) == len(self.kinds):
            raise ValueError(f"columns of different lengths: {sorted(lengths)}")
        if any(a >= b for a, b in zip(self.actors, self.actors[1:], strict=False)):
            raise ValueError("the actors' ids are not in order, or not unique")
        low, high = np.minimum(self.source, self.target), np.maximum(self.source, self.target)
        if len(low) and (low.min() < 0 or high.max() >= len(self.actors) or bool((low == high).any())):
            raise ValueError("each end of a tie is the number of an actor, and the two ends differ")
        sign = np.where(self.polarity == _NUMBERS["polarity"][Polarity.POSITIVE], self.sign, 0).astype(np.int8)
        order = np.lexsort((self.first, sign, self.key, high, low))
        for name in (*_COLUMNS, *(("ties",) if self.ties is not None else ())):
            object.__setattr__(self, name, getattr(self, name)[order])
        low, high, sign = low[order], high[order], sign[order]
        new_pair = _changes(low, high)
        new_key = new_pair | _changes(self.key)
        new_said = new_key | _changes(sign)
        object.__setattr__(self, "sign", sign)
        object.__setattr__(self, "pair", _numbered(new_pair))
        object.__setattr__(self, "said", _numbered(new_said))
        object.__setattr__(self, "pairs", (low[new_pair], high[new_pair]))
        object.__setattr__(self, "one_sign", bool((new_key == new_said).all()))

    def __len__(self) -> int:
        return len(self.source)

    def bounds(self, policy: Policy) -> Bounds:
        """When each tie counts under a policy.

        Raises:
            ValueError: the policy makes a choice that tables do not know, or that a table without its ties cannot follow.

        Cost: one pass over the columns; for the choices about sources, documents, reports and changes of side one over the ties besides,
        once a policy.
        """
        check_policy(policy)
        if self.ties is None and (asked := [name for name in _OF_TIES if getattr(policy, name)]):
            raise ValueError(f"a table made of arrays does not know the policy's {', '.join(asked)}: make it of ties with `make_table`")
        days = np.array([0, _days(policy.relation_days), _days(policy.sighting_days)], np.int32)
        last = np.minimum(self.last + days[self.waits], NEVER_AFTER)
        counts = self._chosen(policy) & _chosen("polarity", policy.polarities)[self.polarity]
        bounds = Bounds(self.first, last, self.sure_from, self.sure_until, counts)
        return bounds if self.ties is None else self._as_told(bounds, policy)

    def last_told(self) -> Ints:
        """The latest day of which each claim tells (`kg.network.policy.last_told`), `NEVER_BEFORE` for none.

        Raises:
            ValueError: the table was made without its ties.
        """
        if self.ties is None:
            raise ValueError("a table made of arrays does not know what was told last: make it of ties with `make_table`")
        if "last_told" not in self._kept:
            days = (last_told(tie, None) for tie in self.ties)
            self._kept["last_told"] = np.array([day.toordinal() if day else NEVER_BEFORE for day in days], np.int32)
        found: Ints = self._kept["last_told"]
        return found

    def _as_told(self, bounds: Bounds, policy: Policy) -> Bounds:
        """The bounds with what changes of side ended, and nothing sure of what perhaps was published too late."""
        first, last, sure_from, sure_until = bounds.first, bounds.last, bounds.sure_from, bounds.sure_until
        rows, by, before = self._ended(policy)
        if len(rows):
            first, last, sure_from, sure_until = (column.copy() for column in (first, last, sure_from, sure_until))
            vouched = np.maximum(np.maximum(by, first[rows]), np.where(sure_from[rows] == NEVER_AFTER, NEVER_BEFORE, sure_until[rows]))
            last[rows] = np.where(before, by, np.minimum(last[rows], vouched))
            first[rows[before]] = sure_until[rows[before]] = NEVER_BEFORE
            sure_from[rows[before]] = NEVER_AFTER
        if policy.known_by is not None:
            perhaps = self._admitted(policy) == _MAYBE
            sure_from, sure_until = np.where(perhaps, NEVER_AFTER, sure_from), np.where(perhaps, NEVER_BEFORE, sure_until)
        return Bounds(first, last, sure_from.astype(np.int32), sure_until.astype(np.int32), bounds.counts)

    def _ended(self, policy: Policy) -> tuple[NDArray[np.intp], Ints, Flags]:
        """The rows that are over by what other claims tell, by which day, and whether they are told of the time before (`endings.Over`)."""
        if self.ties is None:
            return np.empty(0, np.intp), np.empty(0, np.int32), np.empty(0, np.bool_)
        kept = ("ended", *(getattr(policy, name) for name in (*_OF_ENDS, *_OF_TIES)))
        if kept not in self._kept:
            ends = ended_ties(self.ties, policy)
            found = [(row, end) for row, tie in enumerate(self.ties) if (end := ends.get(link(tie)))] if ends else []
            self._kept[kept] = (np.array([row for row, _ in found], np.intp), np.array([end.by.toordinal() for _, end in found], np.int32),
                                np.array([end.before for _, end in found], np.bool_))
        rows, by, before = self._kept[kept]
        return rows, by, before

    def _admitted(self, policy: Policy) -> Small:
        """Of each tie whether it counts by its report, source and document (`kg.network.policy.admits`)."""
        ties: Iterable[Tie] = () if self.ties is None else self.ties
        kept = ("admitted", *(getattr(policy, name) for name in _OF_TIES))
        if kept not in self._kept:
            asked = replace(type(policy)(), modalities=frozenset(Modality), **{name: getattr(policy, name) for name in _OF_TIES})
            self._kept[kept] = np.array([_ANSWERS.index(admits(asked, tie)) for tie in ties], np.int8)
        found: Small = self._kept[kept]
        return found

    def denials(self, policy: Policy) -> Flags:
        """Which ties a policy leaves out only because they are denied: they deny a tie that would count, on its days."""
        denied: Flags = self.polarity == _NUMBERS["polarity"][Polarity.NEGATIVE]
        return self._chosen(policy) & denied & ~_chosen("polarity", policy.polarities)[self.polarity]

    def _chosen(self, policy: Policy) -> Flags:
        """Which ties the policy's certainties, modalities, types and its choice about undated ties let through."""
        chosen = _chosen("certainty", policy.certainties)[self.certainty] & _chosen("modality", policy.modalities)[self.modality]
        if policy.types is not None:
            chosen &= _chosen("type", policy.types)[self.type]
        if any(getattr(policy, name) for name in _OF_TIES):
            chosen &= self._admitted(policy) != _NO
        return chosen if policy.undated else chosen & self.dated


_COLUMNS = ("claims", "key", "source", "target", "type", "certainty", "polarity", "modality", "sign", "first", "sure_from", "sure_until",
            "last", "waits", "dated")


def unknown_choices(policy: Policy) -> tuple[str, ...]:
    """The choices of a policy that tables do not know: its fields besides those of `_KNOWN` that are not at their default."""
    usual = type(policy)()
    return tuple(f.name for f in fields(policy) if f.name not in _KNOWN and getattr(policy, f.name) != getattr(usual, f.name))


def check_policy(policy: Policy) -> None:
    """Refuse a policy with a choice that tables do not know.

    Raises:
        ValueError: it has one.
    """
    if unknown := unknown_choices(policy):
        raise ValueError(f"a table of ties does not know the policy's {', '.join(unknown)}: leave it at its default, or use "
                         "`kg.network.snapshots.signed_graphs`")


def make_table(ties: Iterable[Tie]) -> TieTable:
    """The table of some ties, in any order.

    Raises:
        ValueError: two ties of one claim from the same source to the same target differ in more than their sign.

    Cost: one pass over the ties, some 10 microseconds each.
    """
    rows: dict[tuple[str, str, str], Tie] = {}
    seen: defaultdict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for tie in ties:
        for side in (tie.source, tie.target):
            seen[side.id][side.name, side.kind.value] += 1
        link = (tie.source.id, tie.target.id, tie.claim)
        if link in rows and _but_for_the_sign(rows[link]) != _but_for_the_sign(tie):
            raise ValueError(f"two ties of the claim {tie.claim} from {tie.source.id} to {tie.target.id} contradict each other")
        rows[link] = tie  # one edge a claim and direction, the last, as in the multigraph
    actors = tuple(sorted(seen))
    shown = [commonest(seen[id_]) for id_ in actors]
    number = {id_: n for n, id_ in enumerate(actors)}
    key = {text: n for n, text in enumerate(sorted({tie.key for tie in rows.values()}))}
    kept = list(rows.values())
    days = np.array([_days_of(tie) for tie in kept], np.int32).reshape(-1, 5)
    return TieTable(
        actors, tuple(label for label, _ in shown), tuple(kind for _, kind in shown),
        np.array([tie.claim for tie in kept], object),
        np.array([key[tie.key] for tie in kept], np.int32),
        np.array([number[tie.source.id] for tie in kept], np.int32), np.array([number[tie.target.id] for tie in kept], np.int32),
        _coded("type", [tie.type for tie in kept]), _coded("certainty", [tie.certainty for tie in kept]),
        _coded("polarity", [tie.polarity for tie in kept]), _coded("modality", [tie.modality for tie in kept]),
        np.array([tie.sign for tie in kept], np.int8), days[:, 0], days[:, 1], days[:, 2], days[:, 3], days[:, 4].astype(np.int8),
        np.array([tie.period is not None for tie in kept], np.bool_),
        _objects(kept),
    )


def _objects(ties: Sequence[Tie]) -> NDArray[Any]:
    column = np.empty(len(ties), object)
    column[:] = ties
    return column


def _but_for_the_sign(tie: Tie) -> tuple[object, ...]:
    return tuple(getattr(tie, f.name) for f in fields(tie) if f.name not in ("sign", "source", "target"))


def _days_of(tie: Tie) -> tuple[int, int, int, int, int]:
    """The spell's four days as ordinals, and what the last of them waits for."""
    found = spell(tie, sighting_days=0, relation_days=0)
    lasting = CLAIM_TYPES[tie.type].lasting
    ended = lasting and spell(tie, relation_days=None).last is not None
    sure = found.sure_from is not None and found.sure_until is not None
    return (
        found.first.toordinal() if found.first else NEVER_BEFORE,
        found.sure_from.toordinal() if sure and found.sure_from else NEVER_AFTER,
        found.sure_until.toordinal() if sure and found.sure_until else NEVER_BEFORE,
        found.last.toordinal() if found.last else NEVER_AFTER,
        ENDED if ended else RELATION if lasting else EVENT,
    )


def _coded(name: str, values: Sequence[str]) -> Small:
    return np.array([_NUMBERS[name][value] for value in values], np.int8)


def _chosen(name: str, values: Iterable[str]) -> Flags:
    """For each code of a column whether it is one of these values."""
    wanted = frozenset(values)
    return np.array([value in wanted for value in CODES[name]], np.bool_)


def _days(days: int | None) -> int:
    return NEVER_AFTER if days is None else min(days, NEVER_AFTER)


def _changes(*columns: NDArray[Any]) -> Flags:
    """Where a row differs from the one before."""
    new = np.ones(len(columns[0]), np.bool_)
    if len(new):
        new[1:] = np.logical_or.reduce([column[1:] != column[:-1] for column in columns])
    return new


def _numbered(new: Flags) -> Ints:
    return np.cumsum(new, dtype=np.int32) - np.int32(1)
