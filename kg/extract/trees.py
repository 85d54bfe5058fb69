"""The best dependency tree for the scores of its arcs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Scores = NDArray[np.float64]


def best_tree(scores: NDArray[np.float32]) -> Ints:
    """The heads of the tree with the highest sum of scores among those with one root.

    Each word takes its best head; a cycle is broken where that costs least (Chu and Liu 1965, Edmonds 1967,
    doi:10.6028/jres.071B.032).

    Args:
        scores: (words, words + 1), for each word the score of the root (column 0) and of each word as its head.

    Returns:
        (words,) of heads, counted from 1; 0 is the root.

    Costs the square of the number of words where the best head of each word gives a tree already, else up to the cube.

    >>> best_tree(np.array([[1, 0, 9], [2, 9, 0]], dtype=np.float32)).tolist()
    [2, 0]
    """
    size = len(scores) + 1
    full: Scores = np.full((size, size), -np.inf)
    full[1:] = scores
    np.fill_diagonal(full, -np.inf)
    heads = _greedy(full)
    if np.count_nonzero(heads[1:] == 0) == 1 and not _cycle(heads).size:
        return heads[1:]
    # A second root costs more than any tree can gain, so the best tree has one.
    full[1:, 0] -= 1 + size * float(np.ptp(scores))
    return _arborescence(full)[1:]


def _greedy(scores: Scores) -> Ints:
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    return heads


def _cycle(heads: Ints) -> Ints:
    """The nodes of one cycle of the heads (node 0 is the root), or none."""
    seen = np.zeros(len(heads), dtype=np.int64)
    seen[0] = -1
    for start in range(1, len(heads)):
        at = start
        while not seen[at]:
            seen[at] = start
            at = int(heads[at])
        if seen[at] == start:
            cycle = [at]
            while (following := int(heads[cycle[-1]])) != at:
                cycle.append(following)
            return np.array(cycle)
    return np.array([], dtype=np.int64)


def _arborescence(scores: Scores) -> Ints:
    """The best heads, by contracting a cycle to one node and solving what is left. `scores[d, h]`; node 0 is the root."""
    heads = _greedy(scores)
    cycle = _cycle(heads)
    if not cycle.size:
        return heads
    rest = np.setdiff1d(np.arange(len(scores)), cycle)
    loss = scores[cycle] - scores[cycle, heads[cycle]][:, None]  # of entering the cycle at each of its words
    enter, leave = loss[:, rest].argmax(0), scores[np.ix_(rest, cycle)].argmax(1)
    small = np.full((len(rest) + 1, len(rest) + 1), -np.inf)
    small[:-1, :-1] = scores[np.ix_(rest, rest)]
    small[-1, :-1] = loss[enter, rest]
    small[:-1, -1] = scores[rest, cycle[leave]]
    found = _arborescence(small)
    result = heads.copy()
    for i, node in enumerate(rest[1:], start=1):
        result[node] = cycle[leave[i]] if found[i] == len(rest) else rest[found[i]]
    result[cycle[enter[found[-1]]]] = rest[found[-1]]
    return result
