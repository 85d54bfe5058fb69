"""What a measure rests on. A hand-made day: a quarrel of four actors whose balance hangs on one disputed claim."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from claim_makers import claim

from kg.model import Certainty, Kind, Modality, Period, Polarity, Reference, Tie, ties
from kg.network.balance import triangle_balance
from kg.network.doubt import Interval, Unit, Variant, bootstrap, influence, sensitivity
from kg.network.frustration import frustration
from kg.network.project import Policy

DAY = date(2023, 11, 15)
A, B, C, D = (Reference(x, Kind.ARMED_GROUP, x.upper()) for x in "abcd")
UN = Reference("un", Kind.INTERNATIONAL_ORGANIZATION, "United Nations")


def tie(source, target, sign, claim, *, key=None, document="one.md", edtf="2023-11-15", certainty=Certainty.STATED, by=None):
    return Tie(source, target, "allied_with" if sign > 0 else "opposes", sign, True, claim, key or claim, document,
               Period.parse(edtf), Period.parse("2023-11-15"), certainty, Polarity.POSITIVE, Modality.ACTUAL, by)


# a and b are allies against c, said twice and sure; that b is allied with c is disputed; the UN alone speaks of d.
TIES = [
    tie(A, B, 1, "1", key="ab"), tie(A, B, 1, "2", key="ab", document="two.md"),
    tie(A, C, -1, "3"), tie(B, C, 1, "4", certainty=Certainty.DISPUTED),
    tie(C, D, -1, "5", document="three.md", by=UN, edtf="2023-11"),
    tie(A, D, 1, "6", document="three.md", by=UN, certainty=Certainty.UNVERIFIED),
    tie(B, D, 1, "7", document="three.md", by=UN),
]


def share(signed) -> float | None:
    return triangle_balance(signed).share


def index(signed) -> float | None:
    return frustration(signed).index


def test_what_is_left_when_doubt_is_left_out() -> None:
    """All: ab+ ac- bc+ cd- ad+ bd+: abc is unbalanced, abd, acd are balanced, bcd is not: T = 2/4.
    Without bc: abd and acd remain, balanced. Without ad: abc and bcd, neither balanced. Without both: no triangle.
    Told twice: ab alone. Sure on the day: all but cd, so abc and abd. Without the UN: abc alone."""
    found = sensitivity(TIES, share, on=DAY)
    assert found == (
        Variant("all that counts", 0.5, 0.0, 6, 6),
        Variant("without disputed claims", 1.0, 0.5, 5, 5),
        Variant("without unverified claims", 0.0, -0.5, 5, 5),
        Variant("without disputed and unverified claims", None, None, 4, 4),
        Variant("only claims made in two documents or more", None, None, 1, 1),
        Variant("only pairs told alike in two documents or more", None, None, 1, 1),
        Variant("only what surely held on the day", 0.5, 0.0, 5, 5),
        Variant("without what United Nations says", 0.0, -0.5, 3, 3),
    )


def test_a_claimant_of_few_claims_is_not_left_out_in_turn() -> None:
    assert [v.name for v in sensitivity(TIES, share, on=DAY, least=4)][-1] == "only what surely held on the day"


def test_pairs_told_alike_by_two_documents_in_other_words_count() -> None:
    """Other claims, the same pair and sign: no claim is made twice, but the pair is."""
    ties = [tie(A, B, 1, "1"), tie(A, B, 1, "2", document="two.md"), tie(A, C, 1, "3"), tie(A, C, -1, "4", document="two.md")]
    named = {v.name: v.pairs for v in sensitivity(ties, share, on=DAY)}
    assert named["only claims made in two documents or more"] == 0
    assert named["only pairs told alike in two documents or more"] == 1


def test_other_documents_corroborate_whatever_their_day() -> None:
    """A claim key said again in a document that does not count on the day is said in two documents all the same."""
    ties = [tie(A, B, 1, "1", key="k"), tie(A, B, 1, "2", key="k", document="two.md", certainty=Certainty.DISPUTED)]
    named = {v.name: v.pairs for v in sensitivity(ties, share, on=DAY, policy=Policy(certainties=frozenset({Certainty.STATED})))}
    assert named["only claims made in two documents or more"] == 1


def test_the_policy_decides_what_counts() -> None:
    assert sensitivity(TIES, share, on=DAY, policy=Policy(maybe=False))[0].pairs == 5
    assert sensitivity(TIES, share, on=date(2020, 1, 1))[0] == Variant("all that counts", None, None, 0, 0)


def test_which_claims_a_measure_rests_on() -> None:
    """Without bc all is balanced: a, b and d against c. Without ab, bc still stands against the rest (a, d, b; c)."""
    found = {one.left_out: (one.value, one.change, one.claims) for one in influence(TIES, index, on=DAY)}
    assert found["4"] == (0, -1, ("4",))
    assert found["ab"] == (1, 0, ("1", "2"))  # two claims say it: they are left out together
    assert list(found) == sorted(found, key=lambda key: (-abs(found[key][1]), key))


def test_influence_of_pairs_and_documents() -> None:
    """Without ad: abc and bcd, 0 of 2. Without bc: abd and acd, 2 of 2. Without another pair one of each remains.
    Without one.md: ab+ ad+ bd+ and cd-, 1 of 1. Without three.md: abc alone."""
    pairs = influence(TIES, share, on=DAY, unit="pair")
    assert [(one.left_out, one.value) for one in pairs] == [
        ("a – d", 0), ("b – c", 1), ("a – b", 0.5), ("a – c", 0.5), ("b – d", 0.5), ("c – d", 0.5)]
    documents = {one.left_out: one.value for one in influence(TIES, share, on=DAY, unit=Unit.DOCUMENT)}
    assert documents == {"one.md": 1.0, "two.md": 0.5, "three.md": 0.0}


def test_what_makes_a_measure_undefined_comes_first() -> None:
    ties = [tie(A, B, 1, "1"), tie(B, C, 1, "2"), tie(A, C, 1, "3")]
    assert [(one.value, one.change) for one in influence(ties, share, on=DAY)] == [(None, None)] * 3
    assert influence([*ties, tie(A, D, 1, "0")], share, on=DAY)[-1].left_out == "0"


def test_the_bootstrap_is_the_same_for_a_seed() -> None:
    first = bootstrap(TIES, index, on=DAY, draws=50, seed=3, unit="claim")
    assert first == bootstrap(reversed(TIES), index, on=DAY, draws=50, seed=3, unit="claim")
    assert first != bootstrap(TIES, index, on=DAY, draws=50, seed=4, unit="claim")


def test_one_document_has_no_width() -> None:
    """Drawn again, one document is always itself."""
    ties = [one for one in TIES if one.document == "three.md"]
    assert bootstrap(ties, lambda signed: len(signed), on=DAY, draws=20) == Interval(4, 4, 4, 0.95, 20, 0, Unit.DOCUMENT, 1, 3, 3.0)


def test_what_is_drawn_twice_counts_twice() -> None:
    """One document for the alliance, two against: with all, the sign is -1; drawn twice, the first outweighs one of the others."""
    ties = [tie(A, B, 1, "1"), tie(A, B, -1, "2", document="two.md"), tie(A, B, -1, "3", document="three.md")]

    def sign(signed) -> float | None:
        return float(signed.edges["a", "b"]["sign"]) if signed.has_edge("a", "b") else None

    found = bootstrap(ties, sign, on=DAY, draws=100, level=0.9)
    assert (found.value, found.low, found.high) == (-1, -1, 1)


def test_no_interval_when_most_draws_are_undefined() -> None:
    """A triangle needs all three of its claims: 3! of 27 draws have them."""
    ties = [tie(A, B, 1, "1"), tie(B, C, 1, "2"), tie(A, C, 1, "3")]
    found = bootstrap(ties, share, on=DAY, draws=100, unit="claim")
    assert (found.value, found.low, found.high) == (1, None, None)
    assert found.undefined > 50
    assert found.drawn_pairs < found.pairs == 3


def test_nothing_to_draw() -> None:
    assert bootstrap([], share, on=DAY, draws=5) == Interval(None, None, None, 0.95, 5, 5, Unit.DOCUMENT, 0, 0, 0.0)


@pytest.mark.parametrize("wrong", [{"draws": 0}, {"level": 0}, {"level": 1}, {"unit": "word"}])
def test_values_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"draws must be|is not a valid Unit"):
        bootstrap(TIES, share, on=DAY, **wrong)


def test_each_step_is_told() -> None:
    steps: list[str] = []
    bootstrap(TIES, share, on=DAY, draws=2, advance=steps.append)
    influence(TIES, share, on=DAY, unit="document", advance=steps.append)
    assert steps == ["draw 1", "draw 2", "one.md", "three.md", "two.md"]


def test_what_a_claim_ended_stands_again_without_it():
    # Allies until 2020, by old.txt; two attacks in 2021 ended it. On 1 January 2022 neither is an edge any more: nothing is left.
    told = list(ties([claim("allied_with", "guards", "militia", reported="2020-01-01", document="old.txt"),
                      claim("attack", "guards", "militia", on="2021-03-01", reported="2021-03-02", document="b.txt"),
                      claim("attack", "militia", "guards", on="2021-04-01", reported="2021-04-02", document="c.txt", by="front")]))
    day = date(2022, 1, 1)

    def pairs(signed):
        return float(signed.number_of_edges())

    assert sensitivity(told, pairs, on=day)[0].value == 0
    for unit, names in ((Unit.DOCUMENT, ["b.txt", "c.txt", "old.txt"]), (Unit.CLAIM, [*sorted(t.key for t in told[1:]), told[0].key])):
        assert [(one.left_out, one.value, one.change) for one in influence(told, pairs, on=day, unit=unit)] == [
            (names[0], 1.0, 1.0), (names[1], 1.0, 1.0), (names[2], 0.0, 0.0)]
    # Of the 27 ways to draw three documents again, the 8 without old.txt and the 6 with all three show no tie, the 13 others one.
    drawn = bootstrap(told, pairs, on=day, draws=2000)
    assert (drawn.units, drawn.low, drawn.high) == (3, 0.0, 1.0)
    assert drawn.drawn_pairs == pytest.approx(13 / 27, abs=0.03)
    assert {one.name: one.value for one in sensitivity(told, pairs, on=day)}["only claims made in two documents or more"] == 0
    doubtful = [replace(tie, certainty=Certainty.UNVERIFIED) if tie.document == "c.txt" else tie for tie in told]
    policy = Policy(hostility_certainties=frozenset(Certainty))
    found = {one.name: one.value for one in sensitivity(doubtful, pairs, on=day, policy=policy)}
    assert (found["all that counts"], found["without disputed claims"], found["without unverified claims"]) == (0, 0, 1)


def test_a_derived_tie_falls_with_the_membership_it_rests_on():
    told = list(ties([claim("member_of", "guards", "front", on="2020/.."),
                      claim("attack", "front", "army", on="2021-03-01", document="b.txt")]))
    found = influence(told, lambda signed: float(signed.number_of_edges()), on=date(2021, 3, 1), policy=Policy(down=True))
    assert sorted(one.change for one in found) == [-2.0, -2.0]  # either takes two of the three: itself, and what the guards do by it


def test_a_window_is_asked_like_a_day():
    told = list(ties([claim("attack", "guards", "army", on="2021-03-01")]))
    for on, value in (((date(2021, 2, 1), date(2021, 3, 31)), 1), ((date(2021, 2, 1), date(2021, 2, 28)), 0)):
        assert sensitivity(told, lambda signed: float(signed.number_of_edges()), on=on)[0].value == value
