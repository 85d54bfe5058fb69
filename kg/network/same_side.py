"""Who may stand for whom: actors of one side, so that what both are said to do is no contradiction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.model import Claim, Modality, Polarity, ties

_STRUCTURE = ("member_of", "part_of", "succeeds", "holds_role")
_FRIENDSHIP = ("allied_with", "supports")


class OneSide:
    """Which actors are of one side, by the claims of all times: made once, asked often.

    Two actors are of one side when one is a member, part, successor or officer of the other, when both are so of a third, or when
    they are allied or one supports the other; but never when a claim has one of them fight, oppose or take something from the
    other: then it is for the reader to say.

    >>> from kg.model import Evidence, Kind, Reference, Span
    >>> said = (Evidence("report.txt", Span(0, 5), "They."),)
    >>> a, b, alliance = (Reference(x, Kind.ARMED_GROUP, x) for x in ("a", "b", "alliance"))
    >>> one_side = OneSide([Claim("member_of", said, a, alliance), Claim("member_of", said, b, alliance)])
    >>> one_side.same("a", "b"), one_side.same("a", "c")
    (True, False)
    """

    __slots__ = ("_above", "_against", "_near")

    def __init__(self, claims: Iterable[Claim]) -> None:
        self._near: set[frozenset[str]] = set()
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        self._against: set[frozenset[str]] = set()
        for tie in ties(claim for claim in claims if claim.polarity is Polarity.POSITIVE and claim.modality is Modality.ACTUAL):
            if tie.sign < 0:
                self._against.add(frozenset((tie.source.id, tie.target.id)))
            elif tie.type in _STRUCTURE or tie.type in _FRIENDSHIP:
                self._near.add(frozenset((tie.source.id, tie.target.id)))
                if tie.type in _STRUCTURE:
                    self._above[tie.source.id].add(tie.target.id)

    def same(self, a: str, b: str) -> bool:
        """Whether two actors, by their ids, are of one side."""
        if a == b:
            return True
        common = self._above.get(a, set()) & self._above.get(b, set())
        return not self.against(a, b) and (bool(common) or frozenset((a, b)) in self._near)

    def against(self, a: str, b: str) -> bool:
        """Whether a claim has them stand against each other."""
        return frozenset((a, b)) in self._against
