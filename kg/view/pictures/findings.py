"""Findings about changes of side, in sentences that claim no more than the claims do."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from kg.model import Certainty, Switch, SwitchKind
from kg.view.pictures.wording import counted, day_words, in_words, sentence, the, when_words

_MOST_LETTERS = 150  # of a finding that tells two changes


def finding_of_switches(switches: Sequence[Switch], first: date, last: date) -> str:
    """What the changes of side within some days come to: one is told, of several where most of them began."""
    named = [s for s in switches if s.told]
    concluded = len(switches) - len(named)
    if not switches:
        return f"No change of side is told of from {day_words(first)} to {day_words(last)}"
    words = [sentence(switch_words(switch)) for switch in switches]
    if len(words) == 1 or (len(words) == 2 and sum(map(len, words)) < _MOST_LETTERS):
        return "; ".join(words)
    left = Counter(s.from_.name for s in named if s.from_)
    most = max(left.values(), default=0)
    begin = sorted(name for name, count in left.items() if count == most)
    also = ""
    if concluded:
        also = f"; {in_words(concluded)} of the {in_words(len(switches))} {'is' if concluded == 1 else 'are'} only concluded"
    years = f"from {first.year} to {last.year}" if first.year != last.year else f"in {first.year}"
    if most < 2 or len(begin) > 1:
        one = _plainest(named)
        if one is None:
            return sentence(f"{counted(len(switches), 'change')} of side are told of {years}{also}")
        others = len(switches) - 1
        return sentence(f"{switch_words(one)}; {in_words(others)} more {'change' if others == 1 else 'changes'} of side "
                        f"{'is' if others == 1 else 'are'} told of {years}{also}")
    group = [s for s in named if s.from_ and s.from_.name == begin[0]]
    hedge = hedged(group)
    return sentence(f"{in_words(most)} of the {in_words(len(switches))} changes of side {years} are{hedge} away from {the(begin[0])}{also}")


def _plainest(switches: Sequence[Switch]) -> Switch | None:
    """The change that is best to tell alone: who has a name, from one side to another, plainly stated, by most documents, the last."""
    named = [s for s in switches if s.who]
    return max(named, default=None, key=lambda s: (s.certainty is Certainty.STATED, bool(s.from_ and s.to), len(s.voices),
                                                   s.latest or s.earliest or date.min, s.who.name if s.who else ""))


def hedged(switches: Sequence[Switch]) -> str:
    """What has to be said when not all of them are plainly stated."""
    doubtful = sum(s.certainty is not Certainty.STATED for s in switches)
    return " reportedly" if doubtful == len(switches) else ""


def switch_words(switch: Switch) -> str:
    """A change of side in words.

    >>> from kg.model import Kind, Reference, Standing
    >>> army, rebels, guards = (Reference(name, Kind.ARMED_GROUP, name) for name in ("Army", "rebels", "Guards"))
    >>> switch_words(Switch(SwitchKind.DEFECTION, Standing.ACTUAL, guards, (), army, rebels, date(2023, 6, 1), date(2023, 6, 30), (),
    ...                     Certainty.UNVERIFIED, (), (), ("a",), (), (), ()))
    'Guards reportedly left the Army for rebels in June 2023'
    """
    who = the(switch.who.name) if switch.who else "people"
    told = "reportedly " if switch.certainty is Certainty.UNVERIFIED else ""
    disputed = ", which is disputed" if switch.certainty is Certainty.DISPUTED else ""
    if not switch.told:
        disputed += " (concluded, not told)"
    if switch.kind is SwitchKind.TIES and switch.to and not switch.from_:
        did = f"stands with {the(switch.to.name)}"
    elif switch.from_ and switch.to:
        did = f"left {the(switch.from_.name)} for {the(switch.to.name)}"
    elif switch.to:
        did = f"went over to {the(switch.to.name)}"
    elif switch.kind is SwitchKind.SPLIT and switch.from_:
        did = f"broke away from {the(switch.from_.name)}"
    elif switch.from_:
        did = f"left {the(switch.from_.name)}"
    else:
        did = "changed sides"
    return f"{who} {told}{did} {when_words(switch.earliest, switch.latest)}{disputed}"
