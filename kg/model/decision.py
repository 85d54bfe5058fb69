"""What a person decided about claims and actors; decisions survive every rebuild."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Action(StrEnum):
    """What a decision does."""

    MERGE = "merge"  # `target` and the actor `into` are one: `into` remains
    SPLIT = "split"  # take back an earlier merge of `target` into `into`
    ACCEPT = "accept"  # the claim `target` was read correctly: take back a rejection
    REJECT = "reject"  # the claim `target` was read wrongly: leave it out
    ANNOTATE = "annotate"  # a remark on `target`; changes nothing


@dataclass(frozen=True, slots=True)
class Decision:
    """One entry of the append-only log: what, about which claim or actor, by whom, when and why.

    Raises:
        ValueError: a merge or split without `into`, another action with it, or no reason.
    """

    action: Action
    target: str  # id of a claim (accept, reject, annotate) or of an actor (merge, split, annotate)
    by: str
    on: date
    reason: str
    into: str | None = None  # id of the actor that remains

    def __post_init__(self) -> None:
        pair = self.action in (Action.MERGE, Action.SPLIT)
        if pair != (self.into is not None):
            raise ValueError(f"{self.action} {'needs' if pair else 'takes no'} `into`")
        if not self.reason.strip():
            raise ValueError(f"the decision to {self.action} {self.target} gives no reason")
