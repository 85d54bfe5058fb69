"""What people decided, applied to claims: (claims, decisions) → claims."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.errors import KgError
from kg.model import Action, Claim, Decision, Reference


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A stretch of the log in which no merge changed, with the last verdict on each claim judged there."""

    merges: Mapping[str, str]
    accepted: dict[str, bool] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Curation:
    """A log of decisions, worked out: what became of each actor, and which claims were rejected.

    The log is applied in its order. A claim is judged by the id that it had when it was judged, so a merge that
    gives a claim another id does not lose an earlier verdict. Nothing changes without a decision.
    """

    merges: Mapping[str, str]  # actor → the actor that remains
    remaining: Mapping[str, Reference]  # how the actors that remain are shown
    stretches: tuple[_Stretch, ...]
    targets: frozenset[str]  # every claim and actor that the log speaks of, annotations apart

    @classmethod
    def of(cls, decisions: Iterable[Decision], *, shown: Mapping[str, Reference] | None = None) -> Curation:
        """The outcome of a log.

        Args:
            decisions: the log, oldest first.
            shown: by id, the name and kind of actors that others are merged into. One that is missing here is shown
                as the actor that was merged into it.

        Raises:
            KgError: a merge closes a circle, or a split takes back a merge that was not made.
        """
        direct: dict[str, str] = {}
        stretches = [_Stretch({})]
        targets: set[str] = set()
        for number, decision in enumerate(decisions, 1):
            if decision.action is Action.ANNOTATE:
                continue
            targets.add(decision.target)
            if decision.action in (Action.ACCEPT, Action.REJECT):
                stretches[-1].accepted[decision.target] = decision.action is Action.ACCEPT
            else:
                _merge_or_split(direct, decision, where=f"decision {number}")
                stretches.append(_Stretch({actor: _root(direct, actor) for actor in direct}))
        merges = stretches[-1].merges
        names = {actor: shown[actor] for actor in merges.values() if actor in shown} if shown else {}
        return cls(merges, names, tuple(s for s in stretches if s.accepted), frozenset(targets))

    def apply(self, claim: Claim) -> Claim | None:
        """The claim as the decisions leave it, or `None` when it was rejected."""
        accepted = True
        for stretch in self.stretches:
            accepted = stretch.accepted.get(_renamed(claim, stretch.merges, {}).id, accepted)
        return _renamed(claim, self.merges, self.remaining) if accepted else None

    def met(self, claim: Claim) -> frozenset[str]:
        """The targets that are this claim or an actor in it, as it was read.

        What no claim meets is a decision without effect: its document left, or is read differently now.
        """
        judged = (_renamed(claim, stretch.merges, {}).id for stretch in self.stretches)
        return self.targets & {*judged, *(reference.id for reference in _mentioned(claim))}


def curate(claims: Iterable[Claim], decisions: Iterable[Decision]) -> Iterator[Claim]:
    """The claims as the decisions leave them, in their order.

    Raises:
        KgError: the decisions contradict each other (see `Curation.of`).
    """
    curation = Curation.of(decisions)
    for claim in claims:
        curated = curation.apply(claim)
        if curated is not None:
            yield curated


def _merge_or_split(direct: dict[str, str], decision: Decision, *, where: str) -> None:
    target, into = decision.target, decision.into or ""
    if decision.action is Action.SPLIT:
        if direct.get(target) != into:
            raise KgError(f"{target} was not merged into {into}, so it cannot be split from it", where=where)
        del direct[target]
    elif _root(direct, into) == target:
        raise KgError(f"merging {target} into {into} closes a circle", where=where, advice="split the earlier merge first")
    else:
        direct[target] = into


def _root(direct: Mapping[str, str], actor: str) -> str:
    while actor in direct:
        actor = direct[actor]
    return actor


def _mentioned(claim: Claim) -> Iterator[Reference]:
    yield from (reference for _, reference in claim.references())
    if claim.attributed_to:
        yield claim.attributed_to


def _renamed(claim: Claim, merges: Mapping[str, str], shown: Mapping[str, Reference]) -> Claim:
    if not any(reference.id in merges for reference in _mentioned(claim)):
        return claim

    def remaining(reference: Reference | None) -> Reference | None:
        """The actor that remains, under its own name, with every name that the document used."""
        if reference is None or reference.id not in merges:
            return reference
        into = merges[reference.id]
        as_shown = shown.get(into, Reference(into, reference.kind, reference.name))
        names = dict.fromkeys((*as_shown.names, *reference.names, reference.name))
        return Reference(into, as_shown.kind, as_shown.name, tuple(names))

    return replace(
        claim, subject=remaining(claim.subject), object=remaining(claim.object), place=remaining(claim.place),
        from_=remaining(claim.from_), to=remaining(claim.to), operation=remaining(claim.operation),
        attributed_to=remaining(claim.attributed_to),
    )
