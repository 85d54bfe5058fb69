"""What the model proposed gives way to what the document says more surely; what the frames found stays."""

from __future__ import annotations

from kg.extract.claims import merge_claims
from kg.extract.consistency import drop_contradicted, sureness
from kg.model import Claim, Evidence, Kind, Reference, Span

A, B, C = (Reference(name, Kind.ARMED_GROUP, name.upper()) for name in "abc")


def claim(kind: str, subject: Reference, object: Reference, rule: str = "frame") -> Claim:
    return Claim(kind, (Evidence("report.txt", Span(0, 4), "text"),), subject=subject, object=object, rule=rule)


def test_sureness_is_the_models_probability_or_certainty() -> None:
    assert sureness(claim("attack", A, B, "model 0.62")) == 0.62
    assert sureness(claim("attack", A, B)) == 1.0


def test_a_member_does_not_fight_its_alliance() -> None:
    member, fight, other = claim("member_of", A, B), claim("attack", B, A, "model 0.90"), claim("attack", A, C, "model 0.60")
    assert drop_contradicted([member, fight, other]) == [member, other]
    assert drop_contradicted([claim("member_of", A, B, "model 0.80"), fight]) == [claim("member_of", A, B, "model 0.80"), fight]


def test_who_surely_fights_a_member_of_an_alliance_is_none_of_its_members() -> None:
    fight, member, taken = claim("attack", C, A), claim("member_of", A, B), claim("member_of", C, B, "model 0.71")
    assert drop_contradicted([fight, member, taken]) == [fight, member]
    assert drop_contradicted([fight, taken]) == [fight, taken]
    left = claim("split_from", C, B)
    assert drop_contradicted([fight, member, taken, left]) == [fight, member, taken, left]


def test_unless_it_broke_away() -> None:
    told = [claim("member_of", A, B), claim("split_from", A, B), claim("opposes", A, B, "model 0.60")]
    assert drop_contradicted(told) == told


def test_of_two_opposite_ways_the_surer_stays() -> None:
    out, back = claim("part_of", A, B, "model 0.70"), claim("part_of", B, A, "model 0.60")
    assert drop_contradicted([back, out]) == [out]
    both = [claim("attack", A, B, "model 0.70"), claim("attack", B, A, "model 0.60")]
    assert drop_contradicted(both) == both  # fighting goes both ways


def test_what_frames_found_always_stays() -> None:
    told = [claim("member_of", A, B), claim("attack", B, A), claim("member_of", B, A)]
    assert drop_contradicted(told) == told


def switch(rule: str, *, who: Reference | None = None, left: Reference | None = None) -> Claim:
    evidence = (Evidence("a.txt", Span(0, 5), "Some."),)
    return Claim("defect", evidence, subject=who, from_=left, to=Reference("rebels", Kind.ARMED_GROUP, "Rebels"), rule=rule)


def test_a_change_of_side_told_in_two_parts_is_one_and_leaves_the_surer_side() -> None:
    unit, army, front = (Reference(name, Kind.ARMED_GROUP, name) for name in ("unit", "army", "front"))
    told = [switch("frame", who=unit), switch("model 0.81", left=army), switch("model 0.62", left=front)]
    (one,) = merge_claims(drop_contradicted(told))
    assert (one.subject, one.from_, one.rule) == (unit, army, "frame")
