"""Decisions change claims; nothing else does."""

from __future__ import annotations

from datetime import date

import pytest

from kg.curate import Curation, curate
from kg.errors import KgError
from kg.model import Action, Claim, Decision, Evidence, Kind, Reference, Span

TEXT = "The AA and the TNLA are allies."


def group(name: str) -> Reference:
    return Reference(name.lower(), Kind.ARMED_GROUP, name, (name,))


def allies(subject: str, other: str, *, said_by: str | None = None) -> Claim:
    return Claim("allied_with", (Evidence("a.txt", Span(0, len(TEXT)), TEXT),), group(subject), group(other),
                 attributed_to=group(said_by) if said_by else None)


def decide(action: Action, target: str, into: str | None = None) -> Decision:
    return Decision(action, target, "editor", date(2024, 1, 1), "read the source", into)


AA_TNLA = allies("AA", "TNLA")


def test_without_decisions_claims_stay_as_they_are() -> None:
    assert list(curate([AA_TNLA], [])) == [AA_TNLA]


def test_an_annotation_changes_nothing() -> None:
    assert list(curate([AA_TNLA], [decide(Action.ANNOTATE, AA_TNLA.id), decide(Action.ANNOTATE, "aa")])) == [AA_TNLA]


def test_a_merge_replaces_the_actor_in_every_role_and_keeps_the_names_used() -> None:
    (merged,) = curate([allies("Arakan-Army", "TNLA", said_by="Arakan-Army")], [decide(Action.MERGE, "arakan-army", "aa")])
    assert merged.subject == Reference("aa", Kind.ARMED_GROUP, "Arakan-Army", ("Arakan-Army",))
    assert merged.attributed_to == merged.subject
    assert merged.object == group("TNLA")
    assert merged.key == AA_TNLA.key


def test_the_actor_that_remains_is_shown_under_its_own_name_and_kind() -> None:
    shown = Reference("aa", Kind.ALLIANCE, "AA", ("AA", "Arakha"))
    curation = Curation.of([decide(Action.MERGE, "arakan-army", "aa")], shown={"aa": shown})
    merged = curation.apply(allies("Arakan-Army", "TNLA"))
    assert merged is not None
    assert merged.subject == Reference("aa", Kind.ALLIANCE, "AA", ("AA", "Arakha", "Arakan-Army"))


@pytest.mark.parametrize(("role", "claim"), [
    ("place", Claim("attack", AA_TNLA.evidence, group("AA"), group("SAC"), place=group("X"))),
    ("from", Claim("defect", AA_TNLA.evidence, from_=group("X"), to=group("AA"))),
    ("to", Claim("defect", AA_TNLA.evidence, from_=group("AA"), to=group("X"))),
    ("operation", Claim("attack", AA_TNLA.evidence, group("AA"), group("SAC"), operation=group("X"))),
])
def test_a_merge_reaches_the_role(role: str, claim: Claim) -> None:
    (merged,) = curate([claim], [decide(Action.MERGE, "x", "y")])
    assert (reference := merged.reference(role))
    assert reference.id == "y"


def test_merges_follow_each_other() -> None:
    (merged,) = curate([AA_TNLA], [decide(Action.MERGE, "aa", "b"), decide(Action.MERGE, "b", "c")])
    assert merged.subject
    assert merged.subject.id == "c"


def test_a_split_takes_the_merge_back() -> None:
    log = [decide(Action.MERGE, "aa", "b"), decide(Action.SPLIT, "aa", "b")]
    assert list(curate([AA_TNLA], log)) == [AA_TNLA]


@pytest.mark.parametrize(("log", "message"), [
    ([decide(Action.MERGE, "a", "b"), decide(Action.MERGE, "b", "a")], "decision 2: merging b into a closes a circle"),
    ([decide(Action.MERGE, "a", "a")], "decision 1: merging a into a closes a circle"),
    ([decide(Action.SPLIT, "a", "b")], "decision 1: a was not merged into b"),
])
def test_contradictory_decisions_are_refused(log: list[Decision], message: str) -> None:
    with pytest.raises(KgError, match=message):
        Curation.of(log)


def test_a_rejected_claim_goes_and_an_accepted_one_returns() -> None:
    other = allies("AA", "MNDAA")
    reject, accept = decide(Action.REJECT, AA_TNLA.id), decide(Action.ACCEPT, AA_TNLA.id)
    assert list(curate([AA_TNLA, other], [reject])) == [other]
    assert list(curate([AA_TNLA, other], [reject, accept])) == [AA_TNLA, other]
    assert list(curate([AA_TNLA, other], [accept, reject])) == [other]


def test_a_verdict_outlives_a_later_merge_that_changes_the_claims_id() -> None:
    merge = decide(Action.MERGE, "aa", "arakan-army")
    (merged,) = curate([AA_TNLA], [merge])
    assert merged.id != AA_TNLA.id
    assert list(curate([AA_TNLA], [decide(Action.REJECT, AA_TNLA.id), merge])) == []
    assert list(curate([AA_TNLA], [merge, decide(Action.REJECT, merged.id)])) == []
    assert list(curate([AA_TNLA], [merge, decide(Action.REJECT, AA_TNLA.id)])) == [merged]  # that id no longer existed


def test_what_a_decision_met_is_known() -> None:
    curation = Curation.of([decide(Action.MERGE, "aa", "b"), decide(Action.REJECT, "0" * 16), decide(Action.ANNOTATE, "tnla")])
    assert curation.targets == {"aa", "0" * 16}
    assert curation.met(AA_TNLA) == {"aa"}
    assert curation.met(allies("MNDAA", "TNLA")) == set()
