"""Whose turn it is, for any order of events."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from kg.server.turns import Turns

CLIENTS = st.sampled_from("abc")


@given(st.lists(st.tuples(st.sampled_from(("wait", "next", "end", "leave")), CLIENTS), max_size=60), st.integers(1, 3))
def test_nobody_exceeds_a_share_and_nobody_who_may_is_passed_over(events: list[tuple[str, str]], share: int) -> None:
    turns, using, queues = Turns[int](share), Counter[str](), {client: list[int]() for client in "abc"}
    for number, (event, client) in enumerate(events):
        if event == "wait":
            turns.wait(client, number)
            queues[client].append(number)
        elif event == "leave" and queues[client]:
            turns.leave(client, queues[client].pop())
        elif event == "end" and using[client]:
            turns.end(client)
            using[client] -= 1
        elif event == "next":
            found = turns.next()
            may = {client for client, queue in queues.items() if queue and using[client] < share}
            assert (found is None) == (not may)
            if found:
                assert found[0] in may
                assert found[1] == queues[found[0]].pop(0)  # a client's own requests keep their order
                using[found[0]] += 1
        assert len(turns) == sum(map(len, queues.values()))
        assert [turns.waiting(client) for client in "abc"] == [len(queues[client]) for client in "abc"]


@given(st.lists(CLIENTS, min_size=1, max_size=30))
def test_between_two_turns_of_a_client_each_other_has_one_at_most(waiting: list[str]) -> None:
    """Rounds: the n-th of a client comes before the n+1-th of any."""
    turns = Turns[int](share=30)
    for number, client in enumerate(waiting):
        turns.wait(client, number)
    served = [found[0] for _ in waiting if (found := turns.next())]
    rounds = [served[: i + 1].count(client) for i, client in enumerate(served)]
    assert len(served) == len(waiting)
    assert rounds == sorted(rounds)
