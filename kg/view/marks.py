"""Where the words of a claim stand in its sentence: the actors by their names, what happened, when, how many."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.model import Claim

Mark = tuple[int, int, str]  # start and end in UTF-16 units, as scripts count; the role, or "what", "when", "count"

_LONGEST = 200  # a name longer than this is not looked for
_PLAIN = str.maketrans("’ʼ‘`´", "'''''")  # as long as before: offsets stay
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)|Apr(?:il|\.)|May|June?|July?|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_WHEN = re.compile(
    rf"(?<!\w)(?:(?:early|mid|late)[- ])?(?:\d{{1,2}} {_MONTH}(?: \d{{4}})?|{_MONTH} \d{{1,2}}(?!\d)(?:, \d{{4}})?|{_MONTH} \d{{4}}"
    rf"|(?:(?<=in )|(?<=of )|(?<=on )|(?<=by )|(?<=since )|(?<=last )){_MONTH}"
    r"|(?:19|20)\d\ds?|yesterday|today|last (?:week|month|year|night)|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?!\w)"
)

TRIGGERS = {
    "member_of": "member|belong|consist|compris|includ|join|coalition|made up|part of|alliance",
    "part_of": "part of|wing|unit|under|subordinat|arm of|nominal|command|branch|brigade|battalion|division",
    "allied_with": "all(?:y|ies|ied|iance)|alongside|together|joint|side by side|partner|cooperat|coordinat|fight with",
    "supports": "support|back(?:s|ed|ing)?\\b|suppl(?:y|ie)|arm(?:s|ed|ing)\\b|train|aid|fund|financ|help|assist",
    "opposes": "oppos|against|enem(?:y|ies)|rival|adversar|resist|hostil|fight",
    "split_from": "split|br(?:o|ea)ke? ?a?way|breakaway|splinter|faction|seced|left",
    "succeeds": "succe(?:ed|ss)|rena(?:me|ming)|rebrand|reorgani|replac|former|formerly|became",
    "holds_role": "led\\b|lead|head|speaks|runs|chief|command|chair|spokes|minister|president|general|official"
    "|member|analyst|director|secretary|founder",
    "based_in": "base|headquarter|stronghold|home|seat|operat",
    "controls": "control|hold|held|occup|rule|administ|domina",
    "located_in": "in\\b|near|border",
    "strength": "strong|strength|fighter|troop|soldier|number|force|men\\b|member",
    "attack": "attack|assault|shell|bomb|str(?:i|u)[ck]k?|clash|fight|fought|offensive|raid|ambush|storm|hit"
    "|battle|sieg|besieg|encircl|fire|air ?strike|destroy|war\\b",
    "launch": "launch|began|begin|start|mount|open|lead|led\\b",
    "capture": "captur|seiz|w[io]n back|won|rout|dr[io]ve?|drove|relinquish|took|take|overr[au]n|fell|fall"
    "|los[et]|recaptur|retak|retook|occup|hand(?:ed)? over|control",
    "defect": "defect|switch|(?:gone|come|came|went) over|rall(?:y|ied)|chang(?:e|ed) sides|join|left|went over|turn",
    "desert": "desert|fled|flee|abandon|left|ran away|quit",
    "surrender": "surrender|gave? (?:themselves |up)|lay down|laid down|capitulat",
    "ceasefire": "cease-?fire|truce|peace|agree|halt|deal|armistice|accord",
    "form": "form|found|establish|creat|announc|set up|born|emerg",
    "dissolve": "dissol|disband|disarm|ceas|defunct|demobili",
    "seize_power": "coup|overthr|seiz|oust|topple|took power|power",
    "displace": "displac|fled|flee|refug|uproot|evacuat",
    "casualties": "kill|die|dead|death|wound|injur|casualt|massacr|slain",
    "detain": "detain|arrest|jail|captur|imprison|prisoner|custod|seiz|sentenc",
    "release": "releas|free|pardon|amnest",
    "meet": "met\\b|meet|talk|visit|summit|negotiat|discuss|receiv",
    "mediate": "mediat|broker|facilitat|host|convene|intermediar",
    "pressure": "press(?:ure|ed|ing)?|threat|sanction|block|cut|warn|lean|demand|urg|clos|shut|called on",
    "recruit": "recruit|conscript|enlist|draft|join|train",
}
"""For each claim type the beginnings of words that usually tell of it, as a regular expression: what the reader's eye looks for."""


def marks(claim: Claim, quote: str) -> list[Mark]:
    """The words of a claim in one of its sentences, in order, without overlap. Names win over dates, dates over other words.

    What the sentence does not name (a pronoun stands for it) has no mark; so has what happened, where the words are unusual.

    >>> from kg.model import Evidence, Kind, Period, Reference, Span
    >>> quote = "The AA attacked the army in 2023."
    >>> aa, army = Reference("aa", Kind.ARMED_GROUP, "Arakan Army", ("AA",)), Reference("army", Kind.ARMED_GROUP, "the army")
    >>> claim = Claim("attack", (Evidence("a.txt", Span(0, 33), quote),), aa, army, period=Period.parse("2023"))
    >>> [(quote[start:end], role) for start, end, role in marks(claim, quote)]
    [('AA', 'subject'), ('attacked', 'what'), ('the army', 'object'), ('2023', 'when')]
    """
    found: list[Mark] = []
    for start, end, role in _candidates(claim, quote.translate(_PLAIN)):
        if all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end, role))
    found.sort()
    if quote.isascii():
        return found
    return [(_units(quote, start), _units(quote, end), role) for start, end, role in found]


def _candidates(claim: Claim, quote: str) -> Iterator[Mark]:
    """All that could be marked, the more important first; of what happened only the word nearest to the names."""
    named = []
    for role, reference in claim.references():
        pattern = _pattern((reference.name, *reference.names))
        if pattern:
            named += [(match.start(), match.end(), role) for match in pattern.finditer(quote)]
    named.sort(key=lambda mark: mark[0] - mark[1])  # "Arakan Army" before the "Army" in it
    yield from named
    if claim.quantity:
        at = quote.find(claim.quantity.text.translate(_PLAIN))
        if at >= 0 and claim.quantity.text:
            yield at, at + len(claim.quantity.text), "count"
    if claim.period:
        yield from ((match.start(), match.end(), "when") for match in _WHEN.finditer(quote))
    words = [match for match in _trigger(claim.type).finditer(quote) if all(match.end() <= a or match.start() >= b for a, b, _ in named)]
    if words:  # every occurrence would speckle a long sentence
        best = min(words, key=lambda match: (_distance(match.start(), named), match.start()))
        yield best.start(), best.end(), "what"


def _distance(at: int, named: list[Mark]) -> int:
    """How far a place is from the nearest name of each role: least between the actors."""
    nearest: dict[str, int] = {}
    for start, end, role in named:
        away = max(start - at, at - end, 0)
        nearest[role] = min(away, nearest.get(role, away))
    return sum(nearest.values())


@lru_cache(maxsize=4096)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    """The names as whole words, the longest first; the first letter may be of either case, as at the start of a sentence."""
    known = sorted({name.translate(_PLAIN) for name in names if name.strip() and len(name) <= _LONGEST}, key=lambda n: (-len(n), n))
    if not known:
        return None
    return re.compile("(?<!\\w)(?:" + "|".join(_either_case(name) for name in known) + ")(?!\\w)")


def _either_case(name: str) -> str:
    first = name[0]
    both = {first, first.upper(), first.lower()}
    start = "(?:" + "|".join(re.escape(c) for c in sorted(both)) + ")" if len(both) > 1 else re.escape(first)
    return start + re.escape(name[1:])


@lru_cache(maxsize=64)
def _trigger(type_: str) -> re.Pattern[str]:
    """Small letters only: the "Alliance" in a name tells of no membership."""
    return re.compile(rf"(?<!\w)(?:{TRIGGERS[type_]})\w*")


def _units(text: str, point: int) -> int:
    """An offset in code points as one in UTF-16 units."""
    return len(text[:point].encode("utf-16-le", "surrogatepass")) // 2
