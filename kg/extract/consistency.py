"""What the model proposed against what a document says more surely.

A document may contradict others, and its sources each other: that is kept. But that a member attacks its own alliance,
or that two places lie in each other, is in one document nearly always a reader's mistake and not a writer's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from kg.model import CLAIM_TYPES, Claim

MODEL = "model "
"""How the rule of a claim begins that the model proposed; its probability follows."""
_BONDS = frozenset({"member_of", "part_of"})
_BREAKS = frozenset({"split_from", "defect"})
_HOSTILE = frozenset(name for name, kind in CLAIM_TYPES.items() if kind.sign < 0)
_ONE_WAY = frozenset({"located_in", "member_of", "part_of", "split_from", "succeeds"})


def sureness(claim: Claim) -> float:
    """How sure its finder is: the model's probability; 1 for what a frame found."""
    return float(claim.rule.removeprefix(MODEL)) if claim.rule.startswith(MODEL) else 1.0


def drop_contradicted(claims: Sequence[Claim]) -> list[Claim]:
    """The claims of a document without those that the model proposed and that a surer claim of the document rules out."""
    told: dict[tuple[str, str, str], float] = {}
    for claim in claims:
        for one, other in _ends(claim):
            told[claim.type, one, other] = max(told.get((claim.type, one, other), 0.0), sureness(claim))
    left: dict[tuple[tuple[str, int], str], list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.type == "defect" and claim.from_ and claim.to:
            left[_spot(claim), claim.to.id].append(claim)
    return [
        claim
        for claim in claims
        if not claim.rule.startswith(MODEL)
        or not (_ruled_out(claim, told) or (claim.to and _left_another(claim, left[_spot(claim), claim.to.id])))
    ]


def _left_another(claim: Claim, others: Sequence[Claim]) -> bool:
    """Whether the same sentence says more surely whom those left who joined the same side: a change of side leaves one."""
    if claim.type != "defect" or claim.from_ is None:
        return False
    return any(other.from_ and other.from_.id != claim.from_.id and sureness(other) > sureness(claim) for other in others)


def drop_fellow_members(claims: Sequence[Claim]) -> list[Claim]:
    """The claims without alliances between two of whom the same sentence says that they are members of one alliance, or one of the other.

    "A and B fight together as the Northern Alliance" tells two memberships; that members are allied is in the word.
    """
    members: dict[tuple[str, int], set[tuple[str, str]]] = defaultdict(set)
    for claim in claims:
        if claim.type == "member_of" and claim.subject and claim.object:
            members[_spot(claim)].add((claim.object.id, claim.subject.id))
    return [claim for claim in claims if not (claim.type == "allied_with" and _fellows(claim, members[_spot(claim)]))]


def _spot(claim: Claim) -> tuple[str, int]:
    return claim.document, claim.evidence[0].span.start


def _fellows(claim: Claim, members: Collection[tuple[str, str]]) -> bool:
    if claim.subject is None or claim.object is None:
        return False
    one, other = claim.subject.id, claim.object.id
    return any(
        {alliance, member} == {one, other} or ((alliance, one) in members and (alliance, other) in members) for alliance, member in members
    )


def _ruled_out(claim: Claim, told: Mapping[tuple[str, str, str], float]) -> bool:
    own = sureness(claim)
    for one, other in _ends(claim):
        if claim.type in _ONE_WAY and told.get((claim.type, other, one), 0.0) > own:
            return True
        pairs = ((one, other), (other, one))
        if any((name, *pair) in told for name in _BREAKS for pair in pairs):
            continue
        bond = max(told.get((name, *pair), 0.0) for name in _BONDS for pair in pairs)
        if claim.type in _HOSTILE and claim.object is not None and bond > own:
            return True
        if claim.type in _BONDS and _surely_fights(one, other, told):
            return True
    return False


def _surely_fights(one: str, whole: str, told: Mapping[tuple[str, str, str], float]) -> bool:
    """Whether frames tell that somebody fights a whole, or one whom they tell to be in it: then he is not in it."""
    sure = [key for key, how in told.items() if how == 1.0]
    sides = {whole, *(part for kind, part, other in sure if kind in _BONDS and other == whole and part != one)}
    return any(kind in _HOSTILE and ((a == one and b in sides) or (b == one and a in sides)) for kind, a, b in sure)


def _ends(claim: Claim) -> Iterator[tuple[str, str]]:
    """The two sides of a claim by id, if it has two: who and whom, or whom they left and whom they joined."""
    one, other = (claim.from_ or claim.subject, claim.to) if claim.type == "defect" else (claim.subject, claim.object)
    if one and other:
        yield one.id, other.id
