"""What else claims say about a switch: where the actor stood before, where it stands since, and what speaks against it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from kg.model import CLAIM_TYPES, Claim, LoyaltyPolicy, Modality, Polarity, Reference
from kg.network.days import Days
from kg.network.sides import MEMBERSHIPS, Sides, counts, points


@dataclass(frozen=True, slots=True)
class Shown:
    """Ids of claims about the same actor and its two sides, sorted."""

    before: tuple[str, ...]  # with the old side, or against the new one, until then
    after: tuple[str, ...]  # with the new side, or against the old one, or no longer with it, since
    against: tuple[str, ...]  # with the old side, against the new one, or not with it, afterwards


class Evidence:
    """The claims about ties, by actor, to be asked about each switch."""

    def __init__(self, claims: Iterable[Claim], sides: Sides, policy: LoyaltyPolicy) -> None:
        self._sides, self._policy = sides, policy
        self._about: defaultdict[str, dict[str, tuple[Claim, str]]] = defaultdict(dict)
        for claim in claims:
            other = claim.from_ if claim.type == "capture" else claim.object
            if claim.type in policy.allegiances | policy.hostile and claim.subject and other:
                a, b = sides.line(claim.subject), sides.line(other)
                self._about[a][claim.id] = claim, b
                if claim.type in policy.hostile or CLAIM_TYPES[claim.type].symmetric:
                    self._about[b][claim.id] = claim, a

    def of(
        self, actors: Iterable[str], old: Reference | None, new: Reference | None, days: Days, *, but: frozenset[str],
        documents: frozenset[str],
    ) -> Shown:
        """What is told of some actors and their sides.

        Before and after are told from the moments for which a claim vouches (`points`), whose days must allow it. A membership without
        a date, in a document that tells the switch itself, goes with the switch: in the old side before, in the new one after.

        Args:
            actors: lines of who went over.
            old, new: the sides; where one is not told (`None`), it is any that is opposed to the other.
            days: the bounds of the switch.
            but: ids of claims to leave out: those that tell the switch.
            documents: which tell the switch.
        """
        found: dict[str, set[str]] = {"before": set(), "after": set(), "against": set()}
        for actor in actors:
            for claim, other in self._about.get(actor, {}).values():
                if claim.id in but:
                    continue
                left, joined = self._belongs(other, old, new, days), self._belongs(other, new, old, days)
                if left != joined and (part := self._part(claim, joined, days, claim.document in documents)):
                    found[part].add(claim.id)
        before, after, against = (tuple(sorted(found[part])) for part in ("before", "after", "against"))
        return Shown(before, after, against)

    def _belongs(self, other: str, side: Reference | None, opposite: Reference | None, days: Days) -> bool:
        if side is not None:
            return self._sides.nested(other, self._sides.line(side))
        return opposite is not None and self._sides.opposed(other, self._sides.line(opposite), during=days, policy=self._policy)

    def _part(self, claim: Claim, joined: bool, days: Days, teller: bool) -> str | None:
        """What a claim about one of the two sides means for the switch; `None`: nothing."""
        earliest, latest = days
        background = teller and claim.period is None and claim.type in MEMBERSHIPS
        moments = points(claim)
        later = not background and latest is not None and any(first > latest for first, _ in moments)
        since = earliest or latest
        perhaps_since = background or (since is not None and any(last >= since for _, last in moments))
        if claim.polarity is Polarity.NEGATIVE:
            if claim.modality is not Modality.ACTUAL or claim.type in self._policy.hostile or not perhaps_since:
                return None
            return "against" if joined else "after"
        if not counts(claim, self._policy):
            return None
        if (claim.type in self._policy.hostile) is joined:  # with the old side or against the new one
            return "against" if later else "before" if moments else None
        return "after" if perhaps_since else None
