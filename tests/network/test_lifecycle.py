"""Blocs matched between windows, on hand-made partitions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.network.lifecycle import Bloc, Event, match_blocs


def blocs(*words):
    return [set(word) for word in words]


def events(*partitions, **options):
    """Event, lines before, lines after; without the births of the first window."""
    return [(c.event.value, c.before, c.after) for c in match_blocs(list(partitions), **options).changes if c.window]


@pytest.mark.parametrize(("before", "after", "expected"), [
    (["abc"], ["abc"], [("continuation", (1,), (1,))]),
    (["abc"], ["abd"], [("continuation", (1,), (1,))]),  # Jaccard 2/4
    (["abc"], ["abcd"], [("growth", (1,), (1,))]),
    (["abcd"], ["abc"], [("contraction", (1,), (1,))]),
    (["abc"], [], [("death", (1,), ())]),
    ([], ["abc"], [("birth", (), (1,))]),
    (["abc"], ["xyz"], [("birth", (), (2,)), ("death", (1,), ())]),
    (["abcd", "ef"], ["abcdef"], [("merge", (1, 2), (1,))]),
    (["abcdef"], ["abcd", "ef"], [("split", (1,), (1, 2))]),
    (["abcdefghij"], ["abcdefgh", "ij"], [("split", (1,), (1, 2))]),  # ij has Jaccard 2/10 with it, but lies in it whole
    (["abcd", "efgh"], ["abef", "cdgh"], [  # each with each: 2/6, at least the threshold of 0.3
        ("merge", (1, 2), (1,)), ("merge", (1, 2), (2,)), ("split", (1,), (1, 2)), ("split", (2,), (1, 2))]),
    (["abcd"], ["axyz"], [("birth", (), (2,)), ("death", (1,), ())]),  # 1/7, and a quarter of either
])
def test_what_happened_to_blocs(before, after, expected):
    assert events(blocs(*before), blocs(*after)) == expected


def test_only_the_jaccard_coefficient_matches_when_told_so():
    # ij against abcdefghij: 2/10
    assert events(blocs("abcdefghij"), blocs("abcdefgh", "ij"), share=1) == [("contraction", (1,), (1,)), ("birth", (), (2,))]
    assert events(blocs("abcdefghij"), blocs("abcdefgh", "ij"), share=1, threshold=0.2) == [("split", (1,), (1, 2))]


def test_members_who_joined_and_left_are_named():
    (change,) = match_blocs([blocs("abcd"), blocs("abce")]).changes[1:]
    assert (change.window, change.joined, change.left) == (1, ("e",), ("d",))


def test_the_larger_part_keeps_the_line_and_a_line_ends_when_its_bloc_does():
    found = match_blocs([blocs("abcde"), blocs("ab", "cde"), blocs("ab"), [], blocs("ab")])
    assert found.blocs == (
        Bloc(0, 1, tuple("abcde")), Bloc(1, 1, tuple("cde")), Bloc(1, 2, tuple("ab")), Bloc(2, 2, tuple("ab")), Bloc(4, 3, tuple("ab")))
    assert [(c.window, c.event) for c in found.changes] == [
        (0, Event.BIRTH), (1, Event.SPLIT), (2, Event.CONTINUATION), (2, Event.DEATH), (3, Event.DEATH), (4, Event.BIRTH)]


@st.composite
def partitions(draw):
    homes = draw(st.lists(st.integers(0, 3), max_size=9))
    found = [{str(n) for n, home in enumerate(homes) if home == bloc} for bloc in range(1, 4)]
    return [bloc for bloc in found if bloc]


@given(st.lists(partitions(), max_size=5))
def test_each_bloc_has_one_line_and_one_origin(windows):
    found = match_blocs(windows)
    for number, partition in enumerate(windows):
        here = [bloc for bloc in found.blocs if bloc.window == number]
        assert sorted(map(sorted, partition)) == sorted(list(bloc.members) for bloc in here)
        assert len({bloc.line for bloc in here}) == len(here)
        told = [c for c in found.changes if c.window == number]
        origins = [line for c in told if c.event is not Event.DEATH and c.event is not Event.SPLIT for line in c.after]
        split = {line for c in told if c.event is Event.SPLIT for line in c.after}
        assert {*origins, *split} == {bloc.line for bloc in here}
        assert len(origins) == len(set(origins))


@given(st.lists(partitions(), max_size=4), st.permutations(range(9)), st.randoms())
def test_names_and_order_do_not_matter_to_the_events(windows, names, random):
    renamed = [[{f"n{names[int(actor)]}" for actor in bloc} for bloc in partition] for partition in windows]
    for partition in renamed:
        random.shuffle(partition)

    def told(found):
        return sorted((c.window, c.event, len(c.before), len(c.after), len(c.joined), len(c.left)) for c in found.changes)

    assert told(match_blocs(renamed)) == told(match_blocs(windows))


@pytest.mark.parametrize(("partitions", "options", "message"), [
    ([blocs("ab", "bc")], {}, "window 0: blocs are not empty and share no actor"),
    ([[set()]], {}, "not empty"),
    ([], {"threshold": 0}, "threshold is above 0"),
    ([], {"share": 1.5}, "share from 0 to 1"),
])
def test_what_is_no_partition_is_refused(partitions, options, message):
    with pytest.raises(ValueError, match=message):
        match_blocs(partitions, **options)
