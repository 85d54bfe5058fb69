"""Trees: against every tree there is, for sentences short enough to list them all."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.extract.trees import best_tree


def every_tree(words: int) -> list[tuple[int, ...]]:
    """All heads that make a tree with one root; n words have n^(n-1) of them (Cayley)."""

    def climbs(heads: tuple[int, ...], at: int) -> bool:
        for _ in heads:
            if not at:
                return True
            at = heads[at - 1]
        return not at

    found = product(range(words + 1), repeat=words)
    return [heads for heads in found if heads.count(0) == 1 and all(climbs(heads, at) for at in range(1, words + 1))]


@pytest.mark.parametrize(("words", "trees"), [(1, 1), (2, 2), (3, 9), (4, 64)])
def test_the_list_of_trees_is_complete(words: int, trees: int) -> None:
    assert len(every_tree(words)) == trees


@given(st.integers(1, 4).flatmap(lambda n: st.lists(st.integers(-50, 50), min_size=n * (n + 1), max_size=n * (n + 1))))
def test_no_tree_scores_higher(values: list[int]) -> None:
    words = round((len(values) + 0.25) ** 0.5 - 0.5)
    scores = np.array(values, dtype=np.float32).reshape(words, words + 1)

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(scores[i, head] for i, head in enumerate(heads)))

    found = tuple(best_tree(scores).tolist())
    assert found in every_tree(words)
    assert total(found) == max(map(total, every_tree(words)))


def test_equal_scores_still_give_one_root_for_a_long_sentence() -> None:
    heads = best_tree(np.zeros((200, 201), dtype=np.float32))
    assert np.count_nonzero(heads == 0) == 1
