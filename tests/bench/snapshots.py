"""How fast the signed networks of many months are cut from one table, against scans of it; all in one run, on one core.

    python tests/bench/snapshots.py [--ties N] [--actors N] [--pairs N] [--months N]

Prints CPU seconds and, for three meanings of "one scan of the table", how many scans the whole series costs (budget: 3):

- walk: one pass over the ties as objects for one day, `project` and `signed_graph`: what a series costs each month without a
  table. Measured on fewer ties and scaled up, since it is linear.
- scan: one signed network of one day from the columns, by one pass over all rows and nothing prepared: the policy's conditions, the
  pair and statement of each row that counts, one row a pair. This is what the budget's "one scan" is taken to mean: the
  work which a series would otherwise repeat for each month, done as well as NumPy can without knowing the day before.
- conditions: the first part of that alone, the policy's conditions for one day, which yields no network.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from datetime import date

import numpy as np

from kg.model import Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.columns import CODES, ENDED, EVENT, NEVER_AFTER, NEVER_BEFORE, RELATION, TieTable
from kg.network.project import Policy, project, signed_graph
from kg.network.snapshots import snapshots
from kg.network.windows import windows

BEGIN, YEARS = date(2004, 1, 1), 20


def measure(work: Callable[[], object]) -> float:
    """CPU seconds of the best of five runs."""
    times = []
    for _ in range(5):
        begin = time.process_time()
        work()
        times.append(time.process_time() - begin)
    return min(times)


def random_table(ties: int, actors: int, pairs: int, *, seed: int = 7) -> TieTable:
    """Events (four of five) and lasting relations (some of them ended) over the years; each statement is told by 1.5 ties on average.

    What a claim key fixes is drawn for each statement: pair, type, dates, polarity, modality. Certainty is drawn for each tie.
    """
    random = np.random.default_rng(seed)
    count = ties * 2 // 3
    statement = random.integers(0, count, ties)
    one, other = random.integers(0, actors, pairs), random.integers(1, actors, pairs)
    chosen = random.integers(0, pairs, count)
    kind = random.random(count)
    event = kind < 0.8
    first = BEGIN.toordinal() + random.integers(0, YEARS * 365, count)
    last = first + np.where(event, random.integers(0, 31, count), random.integers(0, 1500, count))
    sure = random.random(count) < 0.6
    ids = tuple(f"actor-{n:06}" for n in range(actors))

    def told(values: np.ndarray, dtype: type) -> np.ndarray:
        return values.astype(dtype)[statement]

    return TieTable(
        ids, ids, (Kind.ARMED_GROUP.value,) * actors, np.arange(ties).astype("U16"),
        statement.astype(np.int32), told(one[chosen], np.int32), told(((one + other) % actors)[chosen], np.int32),
        told(np.where(event, CODES["type"].index("attack"), CODES["type"].index("allied_with")), np.int8),
        random.integers(0, 3, ties).astype(np.int8), told(random.random(count) < 0.03, np.int8), told(random.random(count) < 0.05, np.int8),
        told(np.where(event, -1, 1), np.int8), told(first, np.int32), told(np.where(sure, first, NEVER_AFTER), np.int32),
        told(np.where(sure, last, NEVER_BEFORE), np.int32), told(last, np.int32),
        told(np.where(event, EVENT, np.where(kind < 0.9, RELATION, ENDED)), np.int8), np.ones(ties, np.bool_))


def conditions(table: TieTable, day: int, policy: Policy) -> tuple[np.ndarray, np.ndarray]:
    """Which rows count on a day, and which surely."""
    bounds = table.bounds(policy)
    counts = bounds.counts & (bounds.first <= day) & (bounds.last >= day)
    return counts, counts & (bounds.sure_from <= day) & (bounds.sure_until >= day)


def scan(table: TieTable, day: int, policy: Policy) -> tuple[np.ndarray, ...]:
    """The signed network of a day from the columns, with nothing prepared."""
    counts, sure = conditions(table, day, policy)
    low, high = np.minimum(table.source[counts], table.target[counts]), np.maximum(table.source[counts], table.target[counts])
    code = low.astype(np.int64) * len(table.actors) + high
    order = np.lexsort((table.sign[counts], table.key[counts], code))
    code, key, sign, sure = code[order], table.key[counts][order], table.sign[counts][order], sure[counts][order]
    new_pair = np.append(True, code[1:] != code[:-1])
    new_key = new_pair | np.append(True, key[1:] != key[:-1])
    new_said = new_key | np.append(True, sign[1:] != sign[:-1])
    starts = np.flatnonzero(new_pair)
    return (code[starts], np.add.reduceat(new_said & (sign > 0), starts, dtype=np.int32),
            np.add.reduceat(new_said & (sign < 0), starts, dtype=np.int32), np.add.reduceat(new_key, starts, dtype=np.int32),
            np.logical_or.reduceat(sure, starts))


def objects(count: int, actors: int, pairs: int) -> list[Tie]:
    """The same kind of ties as objects."""
    table = random_table(count, actors, pairs)
    references = [Reference(id_, Kind.ARMED_GROUP, id_) for id_ in table.actors]
    day = date.fromordinal
    return [Tie(references[s], references[t], CODES["type"][k], sign, True, claim, str(key), "report", Period.of(day(first), day(last)),
                None, Certainty(CODES["certainty"][c]), Polarity(CODES["polarity"][p]), Modality(CODES["modality"][m]), None)
            for s, t, k, sign, claim, key, first, last, c, p, m in zip(
                table.source, table.target, table.type, table.sign.tolist(), table.claims.tolist(), table.key.tolist(),
                table.first.tolist(), table.last.tolist(), table.certainty, table.polarity, table.modality, strict=True)]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ties", type=int, default=1_000_000)
    parser.add_argument("--actors", type=int, default=20_000)
    parser.add_argument("--pairs", type=int, default=100_000)
    parser.add_argument("--months", type=int, default=240)
    given = parser.parse_args()
    policy = Policy()
    begin = time.process_time()
    table = random_table(given.ties, given.actors, given.pairs)
    made = time.process_time() - begin
    months = windows(BEGIN, date(BEGIN.year + YEARS - 1, 12, 31))[: given.months]
    middle = BEGIN.replace(year=BEGIN.year + YEARS // 2)
    sizes = [len(shot) for shot in snapshots(table, months, policy=policy)]
    series = measure(lambda: [shot.sign for shot in snapshots(table, months, policy=policy)])
    one_scan = measure(lambda: scan(table, middle.toordinal(), policy))
    condition = measure(lambda: conditions(table, middle.toordinal(), policy))
    fewer = min(given.ties, 50_000)
    some = objects(fewer, given.actors, given.pairs)
    walk = measure(lambda: signed_graph(project(some, on=middle, policy=policy))) * given.ties / fewer
    sys.stdout.write(f"{given.ties:,} ties, {len(table.pairs[0]):,} pairs, {given.actors:,} actors; made from arrays in {made:.2f} s\n")
    sys.stdout.write(f"{len(months)} snapshots, {min(sizes):,} to {max(sizes):,} pairs each: {series:.3f} s\n")
    for name, seconds in (("walk", walk), ("scan", one_scan), ("conditions", condition)):
        sys.stdout.write(f"  {name:11} {seconds:8.3f} s   the series costs {series / seconds:6.2f} of them\n")


if __name__ == "__main__":
    main()
