"""Where the level of a series changes: the best cut into segments of constant mean."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from math import isfinite, log

import numpy as np

NOISE = 0.1
"""The least standard deviation that a score is taken to have about its level, in units of the score. An alignment that wanders
by a tenth says nothing yet; and a series without any spread would else change at every digit."""


@dataclass(frozen=True, slots=True)
class ChangePoint:
    """One change of level. It happened after number `last` and not after number `first`; what lies between has no value."""

    last: int  # number of the last value of the level before, in the series given
    first: int  # number of the first value of the level after
    before: float  # the means of the two segments
    after: float


def find_changes(
    values: Sequence[float | None], *, shortest: int = 2, noise: float | None = None, penalty: float | None = None
) -> tuple[ChangePoint, ...]:
    r"""The changes of mean of a series.

    The idea: cut the series into segments, each with its mean, so that the squared distances from the means plus a price for each
    cut are least: minimise $\sum_k \sum_{t \in k} (x_t - \bar x_k)^2 + \beta K$ over the number $K$ and the places of the cuts. The
    minimum is exact (optimal partitioning); PELT finds the same one and is faster on series longer than ours.

    Args:
        values: the series; `None`: missing, left out, so that the values before and after it are neighbours.
        shortest: how many values a segment has at least; 2 by default: one value alone is no level. A stay that is shorter but far off
            is stretched to this length.
        noise: standard deviation $\sigma$ about the level; `None`: estimated from the data as the root of half the mean squared
            difference of neighbours, and at least `NOISE`. Jumps count into it too, so that a series that jumps often has few changes.
        penalty: the price $\beta$ of a cut; `None`: $2 \sigma^2 \ln n$ with the noise as $\sigma$ and $n$ values: the
            Schwarz criterion for the two numbers, place and mean, that a cut adds.

    Returns:
        The changes in order; none where the series has fewer than two segments' worth of values. Of equally good cuts the one with the
        longest last segment.

    Raises:
        ValueError: `shortest` below 1, a noise or penalty that is negative, or a value that is not finite.

    Cost: quadratic in the number of values.

    References: Jackson et al., An algorithm for optimal partitioning of data on an interval, IEEE Signal Processing Letters 12, 2005;
        Killick, Fearnhead and Eckley, Optimal detection of changepoints with a linear computational cost, JASA 107, 2012,
        https://doi.org/10.1080/01621459.2012.737745 (PELT, the criterion); von Neumann et al., The mean square successive difference,
        Annals of Mathematical Statistics 12, 1941 (the noise).

    >>> find_changes([1.0, 1.0, 1.0, None, -1.0, -1.0, -1.0])
    (ChangePoint(last=2, first=4, before=1.0, after=-1.0),)
    >>> find_changes([0.5, 0.45, 0.5, 0.55, 0.5, 0.5])
    ()
    """
    if shortest < 1:
        raise ValueError(f"a segment has at least one value, not {shortest}")
    if any(given is not None and not (isfinite(given) and given >= 0) for given in (noise, penalty)):
        raise ValueError(f"noise and penalty are finite and not negative, not {noise} and {penalty}")
    places = [n for n, value in enumerate(values) if value is not None]
    series = np.array([value for value in values if value is not None], np.float64)
    if not np.isfinite(series).all():
        raise ValueError("the series has a value that is not finite; None stands for a missing one")
    if len(series) < 2 * shortest:
        return ()
    spread = noise if noise is not None else max(NOISE, float(np.sqrt(np.mean(np.diff(series) ** 2) / 2)))
    cuts = _cuts(series, shortest, penalty if penalty is not None else 2 * spread**2 * log(len(series)))
    edges = [0, *cuts, len(series)]
    means = [float(series[begin:end].mean()) for begin, end in itertools.pairwise(edges)]
    return tuple(ChangePoint(places[cut - 1], places[cut], means[n], means[n + 1]) for n, cut in enumerate(cuts))


def _cuts(series: np.ndarray, shortest: int, penalty: float) -> list[int]:
    """Where the segments of the best cut begin, but for the first."""
    # From the series' own level, so that the sums of squares do not swallow small differences.
    series = series - series.mean()
    sums, squares = (np.concatenate(([0.0], np.cumsum(part))) for part in (series, series**2))
    size = len(series)
    best = np.full(size + 1, np.inf)  # least cost of the first n values; infinite where they make no whole segments
    best[0] = -penalty  # the first segment begins without a cut
    begin = np.zeros(size + 1, np.intp)
    for end in range(shortest, size + 1):
        starts = np.arange(0, end - shortest + 1)
        cost = squares[end] - squares[starts] - (sums[end] - sums[starts]) ** 2 / (end - starts)
        total = best[starts] + np.maximum(cost, 0.0) + penalty
        begin[end] = int(np.flatnonzero(total <= total.min() + 1e-12)[0])
        best[end] = total[begin[end]]
    cuts = []
    at = int(begin[size])
    while at:
        cuts.append(at)
        at = int(begin[at])
    return cuts[::-1]
