"""The table of ties. Expected days follow from `kg.model.spell`, worked out by hand."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pytest

from kg.model import Certainty, Kind, Modality, Period, Polarity, Reference, Tie
from kg.network.columns import CODES, ENDED, EVENT, NEVER_AFTER, NEVER_BEFORE, RELATION, TieTable, make_table
from kg.network.project import Policy

A, B, C = (Reference(x, Kind.ARMED_GROUP, x.upper()) for x in "abc")


def tie(source=A, target=B, type_="attack", sign=-1, *, edtf="2023-10-27", reported="2023-11-17", claim="c1", key=None,
        certainty=Certainty.STATED, polarity=Polarity.POSITIVE, modality=Modality.ACTUAL):
    return Tie(source, target, type_, sign, False, claim, key or claim, "report.txt", Period.parse(edtf) if edtf else None,
               Period.parse(reported) if reported else None, certainty, polarity, modality, None)


def ordinal(day):
    return date.fromisoformat(day).toordinal()


@pytest.mark.parametrize(("type_", "edtf", "reported", "days", "waits"), [
    ("attack", "2023-10-27", None, ("2023-10-27", "2023-10-27", "2023-10-27", "2023-10-27"), EVENT),
    ("attack", "2023-10", None, ("2023-10-01", "2023-10-31", "2023-10-01", "2023-10-31"), EVENT),  # no day is sure
    ("attack", "2023-10-27?", None, ("2023-10-27", None, None, "2023-10-27"), EVENT),
    ("member_of", "2019/..", "2023-11-17", ("2019-01-01", "2019-12-31", "2023-11-17", "2023-11-17"), RELATION),
    ("member_of", "2015/2019-05-01", None, ("2015-01-01", "2015-12-31", "2019-05-01", "2019-05-01"), ENDED),
    ("member_of", None, "2023-11-17", ("2023-11-17", None, None, "2023-11-17"), RELATION),
])
def test_the_days_of_a_tie(type_, edtf, reported, days, waits):
    table = make_table([tie(type_=type_, edtf=edtf, reported=reported)])
    never = (NEVER_BEFORE, NEVER_AFTER, NEVER_BEFORE, NEVER_AFTER)
    assert [int(c[0]) for c in (table.first, table.sure_from, table.sure_until, table.last)] == [
        ordinal(day) if day else bound for day, bound in zip(days, never, strict=True)]
    assert int(table.waits[0]) == waits


def test_a_tie_without_any_date_has_no_bounds():
    table = make_table([tie(edtf=None, reported=None)])
    assert (int(table.first[0]), int(table.last[0]), bool(table.dated[0])) == (NEVER_BEFORE, NEVER_AFTER, False)
    assert table.bounds(Policy(undated=False)).counts.tolist() == [False]


def test_the_order_is_by_pair_key_sign_and_first_day():
    table = make_table([tie(B, C, claim="z"), tie(B, A, claim="y", key="2"), tie(A, B, claim="x", key="1"),
                        tie(A, B, claim="w", key="1", edtf="2023-10-01")])
    assert table.actors == ("a", "b", "c")
    assert table.claims.tolist() == ["w", "x", "y", "z"]
    assert table.pair.tolist() == [0, 0, 0, 1]
    assert table.said.tolist() == [0, 0, 1, 2]
    assert [ends.tolist() for ends in table.pairs] == [[0, 1], [1, 2]]
    assert CODES["type"][table.type[0]] == "attack"


def test_a_denial_has_no_sign_and_is_named_apart():
    table = make_table([tie(claim="no", polarity=Polarity.NEGATIVE), tie(B, C, claim="yes")])
    assert table.sign.tolist() == [0, -1]
    assert table.bounds(Policy()).counts.tolist() == [False, True]
    assert table.denials(Policy()).tolist() == [True, False]
    assert table.denials(Policy(polarities=frozenset(Polarity))).tolist() == [False, False]


def test_the_same_claim_twice_between_two_actors_is_one_row_the_last():
    table = make_table([tie(sign=1), tie(sign=-1)])  # a defection from and to the same side
    assert (len(table), table.sign.tolist()) == (1, [-1])


def test_the_same_claim_told_in_two_ways_is_refused():
    with pytest.raises(ValueError, match="two ties of the claim c1 from a to b contradict each other"):
        make_table([tie(), tie(certainty=Certainty.DISPUTED)])


def test_no_ties_make_an_empty_table():
    table = make_table([])
    assert (len(table), table.actors, table.bounds(Policy()).counts.tolist()) == (0, (), [])


def test_a_policy_field_that_tables_do_not_know_is_refused():
    @dataclass(frozen=True)
    class Wider(Policy):
        minimum_documents: int = 1

    table = make_table([tie()])
    assert table.bounds(Wider()).counts.tolist() == [True]
    with pytest.raises(ValueError, match="does not know the policy's minimum_documents"):
        table.bounds(Wider(minimum_documents=2))


COLUMNS = ("claims", "key", "source", "target", "type", "certainty", "polarity", "modality", "sign", "first", "sure_from", "sure_until",
           "last", "waits", "dated")


@pytest.mark.parametrize(("change", "message"), [
    ({"key": np.array([1, 2, 3], np.int32)}, "columns of different lengths"),
    ({"actors": ("b", "a")}, "not in order"),
    ({"target": np.array([0, 1], np.int32)}, "the two ends differ"),
    ({"target": np.array([1, 7], np.int32)}, "is the number of an actor"),
])
def test_arrays_that_are_no_table_are_refused(change, message):
    good = make_table([tie(), tie(claim="c2", type_="meet", sign=1)])
    arrays = {name: getattr(good, name) for name in ("actors", "labels", "kinds", *COLUMNS)}
    assert TieTable(**arrays).claims.tolist() == ["c1", "c2"]
    with pytest.raises(ValueError, match=message):
        TieTable(**{**arrays, **change})


def test_last_days_wait_as_the_policy_says():
    table = make_table([tie(claim="event"), tie(claim="relation", type_="allied_with", sign=1, edtf="2023/..")])
    last = table.bounds(Policy(sighting_days=10, relation_days=None)).last
    found = dict(zip(table.claims.tolist(), last.tolist(), strict=True))
    assert found == {"event": ordinal("2023-11-06"), "relation": NEVER_AFTER}  # 27 October + 10 days


def test_what_only_ties_can_answer_is_refused_without_them():
    good = make_table([tie(), tie(claim="c2", type_="meet", sign=1)])
    arrays = TieTable(**{name: getattr(good, name) for name in ("actors", "labels", "kinds", *COLUMNS)})
    for policy, name in ((Policy(known_by=date(2023, 11, 1)), "known_by"), (Policy(without_sources=frozenset({"x"})), "without_sources"),
                         (Policy(without_documents=frozenset({"x"})), "without_documents")):
        with pytest.raises(ValueError, match=f"made of arrays does not know the policy's {name}"):
            arrays.bounds(policy)
    with pytest.raises(ValueError, match="does not know what was told last"):
        arrays.last_told()


@pytest.mark.parametrize("choice", [{"down": True}, {"up": True}, {"claim_documents": 2}, {"pair_documents": 2}])
def test_what_tables_cannot_follow_is_refused(choice):
    with pytest.raises(ValueError, match=f"does not know the policy's {next(iter(choice))}"):
        make_table([tie()]).bounds(Policy(**choice))
