"""Countries that nobody listed: told by whose army, government or president a text speaks of, and by the adjective beside the name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from kg.extract.entities import Entity, Roster
from kg.extract.runs import Run
from kg.extract.words import organisation_heads, word_list

_ACRONYM = re.compile(r"[A-Z\d.-]+s?")
_RULES = r"army|military|government|president|parliament|(?:prime |foreign |defen[cs]e |interior )?minister|air force|navy|general staff"
_RULED = re.compile(rf"(?:['’]s?)? (?:[a-z]+ )?(?:{_RULES})\b")  # "Kenya's new government"
_OWN = re.compile(rf" (?:{_RULES}|troops|soldiers|authorities|officials?|generals?|invasion|territory|citizens)\b")  # "Kenyan troops"
_OF = re.compile(r"\b(?:president|government|army|republic|parliament|capital|rulers?) of $", re.IGNORECASE)
_WITHIN = re.compile(r"\b(?:in|of|across|throughout|inside|to|from|into|(?:north|south|east|west|centr)[a-z]*(?:ern|al)) $", re.IGNORECASE)
_DATELINE = re.compile(r"^[A-Z][A-Z’' -]+, $")
_ADJECTIVE = re.compile(r"[aeiouy]*[nlv]?(?:n|an|ian|ese|i|ish|ic)(?P<people>s)?")
_LIKE_ADJECTIVE = re.compile(r"[A-Z][a-z]{2,}(?:an|ese|ish)")


def find_countries(text: str, runs: Sequence[Run], roster: Roster) -> None:
    """Settle the runs that name such a country or are its adjective; the one most spoken of is the document's own.

    A country has an army or a government and is somewhere ("in Kenya"), or has an adjective of its own ("Kenyan troops").
    """
    plain = [r for r in runs if _may_name(r)]
    by_text: dict[str, list[Run]] = defaultdict(list)
    for run in plain:
        by_text[run.text].append(run)
    persons = {w for r in runs if r.title for w in r.text.split()}
    ruled = {t for t, here in by_text.items() if any(_RULED.match(text, r.span.end) or _of(text, r) for r in here)}
    owns = {t for t, here in by_text.items() if any(_OWN.match(text, r.span.end) for r in here)}
    placed = {t for t, here in by_text.items() if any(_is_place_here(text, r) for r in here)}
    weight: Counter[str] = Counter()
    states: dict[str, Entity] = {}
    taken: set[str] = set()
    for name in by_text:
        adjectives = [a for a in by_text if is_adjective_of(a, name)]
        evident = (name in ruled and name in placed) or (adjectives and any(a in owns or a in ruled for a in adjectives))
        if name in persons or not evident or any(is_adjective_of(name, other) for other in by_text):
            continue
        states[name] = roster.country(name, adjectives)
        taken.update((name, *adjectives))
        for form in (name, *adjectives):
            for run in by_text[form]:
                run.entity, run.adjective = states[name], form in adjectives and not form.endswith("s")
                weight[states[name].id] += 3 if _begins(text, run) else 1
    for name in owns - taken - persons:
        if _LIKE_ADJECTIVE.fullmatch(name) and all(_OWN.match(text, r.span.end) for r in by_text[name]):
            state = roster.country(name, [name])
            for run in by_text[name]:
                run.entity, run.adjective = state, True
                weight[state.id] += 1
    roster.home = roster.by_id[min(weight, key=lambda i: (-weight[i], i))] if weight else None


def is_adjective_of(word: str, name: str) -> bool:
    """Whether a word is formed from a country's name as English forms adjectives.

    >>> is_adjective_of("Kenyan", "Kenya"), is_adjective_of("Sudanese", "Sudan"), is_adjective_of("Mali", "Malta")
    (True, True, False)
    """
    root = name.rstrip("aeiouy")
    return word != name and len(root) >= 3 and word.startswith(root) and _ADJECTIVE.fullmatch(word, len(root)) is not None


def _may_name(run: Run) -> bool:
    words = run.text.casefold().split()
    return not (
        run.title
        or len(words) > 2
        or _ACRONYM.fullmatch(run.text)
        or run.text in word_list("capitals_without_name")
        or words[-1] in organisation_heads()
        or words[-1].removesuffix("s") in organisation_heads()
        or words[-1] in word_list("not_names")
        or words[0] in word_list("place_firsts")
    )


def _is_place_here(text: str, run: Run) -> bool:
    return bool(_WITHIN.search(text, max(0, run.span.start - 20), run.span.start)) or _begins(text, run)


def _of(text: str, run: Run) -> bool:
    return bool(_OF.search(text, max(0, run.span.start - 20), run.span.start))


def _begins(text: str, run: Run) -> bool:
    """Whether the name stands in the dateline: "AGDAL, Zambara, ..."."""
    return bool(_DATELINE.match(text[max(0, text.rfind("\n", 0, run.span.start) + 1) : run.span.start])) and run.sentence < 2
