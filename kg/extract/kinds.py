"""What a name that nobody listed stands for: told by its head word, by what stands beside it, and by what it is listed with."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.extract.countries import find_countries
from kg.extract.entities import ORGANISED, Entity, Roster
from kg.extract.lexicon import plain_words
from kg.extract.runs import ABBREVIATION, Run
from kg.extract.words import common_words, is_common_word, organisation_heads, word_list
from kg.model import Kind, Span

ACRONYM = re.compile(r"(?:[A-Z]{2,}[a-z]?[A-Z]*|[A-Z]+\d+|[A-Z]{2,}-[A-Z]+)s?")
_LOWER_HEAD = re.compile(r" (?:army|military|air force|navy|police|government|junta|regime|parliament)\b")
# "Garat, a town in"
_PLACE_TOLD = re.compile(r", (?:an?|the|its|their|two|three|another) (?:[a-z-]+ ){0,3}([a-z]+) (?:of|in|on|near|where|some|about|\d)")
_CALLED = re.compile(r"\b([a-z]+),? (?:known|called|named|dubbed)(?: as)? (?:the )?$")
_OFFICE_OF = re.compile(r"\b([a-z]+) (?:of|for|in) (?:the )?[A-Z][^,.;()]{1,40}, $")  # "the governor of Garat, "
_SPATIAL = [["in"], ["near"], ["across"], ["over"], ["into"], ["through"], ["throughout"]]  # "in the Nubas" is no group
_DATELINE = re.compile(r"(?:, [^-–—(]{0,40})? ?(?:\([A-Za-z/ ]+\)\.? ?)?(?:[-–—]|--|\.-) ")
_COALITION = re.compile(
    r"(?:\s*\([A-Z][\w-]*\))?"
    r"(?:, (?:which is )?an? (?:[a-z-]+ ){0,3}(?:coalition|alliance|bloc|umbrella)\b|,? (?:which )?brings? together )"
)


def classify(text: str, runs: Sequence[Run], roster: Roster) -> None:
    """Say what each run names: strong signs first, then the same and shorter names elsewhere."""
    papers = word_list("document_heads")  # "the Comprehensive Agreement": neither who nor where
    runs = [run for run in runs if _singular(run.text.split()[-1].casefold()) not in papers]
    find_countries(text, runs, roster)
    for run in runs:
        if run.entity:
            continue
        _take_head(text, run)
        if run.text.casefold() in organisation_heads():  # "the Brotherhood": short for the one alliance named so
            run.entity = _shorter(run, roster)
            continue
        verdict = None if ACRONYM.fullmatch(run.text) else _coalition(text, run) or _by_shape(text, run) or _by_company(text, run)
        if verdict:
            kind, reason = verdict
            run.entity = roster.found(run.text, kind, reason)
            abbreviation = ABBREVIATION.match(text, run.span.end)
            if abbreviation:
                roster.alias(abbreviation.group(1), run.entity)
    for run in runs:
        if run.entity is None and ACRONYM.fullmatch(run.text) and run.text not in word_list("capitals_without_name"):
            run.entity = roster.by_words.get(plain_words(run.text)) or _spelled_out(run.text, roster)
            if run.entity:
                roster.alias(run.text, run.entity)
            elif (verdict := _by_shape(text, run) or _by_company(text, run)) is not None:
                run.entity = roster.found(run.text, *verdict)
    for run in runs:
        if run.entity is None:
            run.entity = roster.by_words.get(plain_words(run.text)) or _shorter(run, roster)
            if run.entity:
                roster.alias(run.text, run.entity)
    _lists(text, runs, roster)
    for run in runs:
        alone = len(run.text.split()) == 1 and _singular(run.text.casefold()) in organisation_heads()
        first = run.text.split()[0].casefold()
        common = run.initial and is_common_word(first)
        if len(run.text.split()) > 1:  # a capital that opens a sentence makes no name of one word; more words in capitals are one
            common = run.initial and all(w.casefold() in common_words() for w in run.text.split())
        if run.entity is None and not (common or alone or run.text in word_list("capitals_without_name") or run.text.isupper()):
            run.entity = roster.open(run.text)


def _take_head(text: str, run: Run) -> None:
    """Take a common noun into a name that is only an adjective without it: "Kenese army", "Tiga air force"."""
    noun = _LOWER_HEAD.match(text, run.span.end)
    if (
        noun
        and not run.title
        and not ACRONYM.fullmatch(run.text)
        and run.text not in word_list("capitals_without_name")
        and not (run.initial and len(run.text.split()) == 1 and run.text.casefold() in word_list("not_names"))
    ):
        run.span = Span(run.span.start, noun.end())
        run.text = run.span.of(text)


def _coalition(text: str, run: Run) -> tuple[Kind, str] | None:
    """A name of several words that is called a coalition right after it, or that brings others together."""
    called = len(run.text.split()) > 1 and not run.title and _COALITION.match(text, run.span.end)
    return (Kind.ALLIANCE, "is called a coalition") if called else None


def _by_shape(text: str, run: Run) -> tuple[Kind, str] | None:
    words = [w.casefold() for w in re.findall(r"[\w'’]+", run.text)]
    heads = organisation_heads()
    if run.initial and run.text.isupper() and _DATELINE.match(text, run.span.end):
        return Kind.PLACE, "stands in the dateline"
    if words[0] in word_list("operation_words") and len(words) > 1:
        return Kind.OPERATION, "begins with a word for a campaign"
    if run.title:
        return Kind.PERSON, f"title {run.title!r}"
    head = words[-2] if words[-1].isdigit() and len(words) > 1 else words[-1]
    head = head if head in heads else _singular(head)
    if words[0] in word_list("place_firsts") and len(words) > 1:
        return Kind.PLACE, f"begins with {words[0]!r}"
    for i, word in enumerate(words[:-1]):
        if words[i + 1] in ("of", "for") and word in heads:
            return Kind(heads[word]), f"headed by {word!r}"
    if words[0] in ("islamic", "jihadist") and head in ("state", "emirate", "province", "caliphate"):
        return Kind.ARMED_GROUP, "claims to be a state of the faithful"
    if head in word_list("place_heads") and len(words) > 1 and not (head == "division" and words[0][0].isdigit()):
        return Kind.PLACE, f"ends in {head!r}"
    if head in heads and (len(words) > 1):
        return Kind(heads[head]), f"ends in {head!r}"
    if any(w in heads for w in words[1:-1]) and "-" in run.text:  # "Joint Task Force-Central"
        return Kind(heads[next(w for w in reversed(words[1:-1]) if w in heads)]), "holds a word for an organisation"
    if words[0] in ("front", "movement", "army") and len(words) > 1:
        return Kind(heads[words[0]]), f"begins with {words[0]!r}"
    return None


def _by_company(text: str, run: Run) -> tuple[Kind, str] | None:
    before = text[max(0, run.span.start - 40) : run.span.start]
    after = text[run.span.end : run.span.end + 60]
    words = run.text.split()
    nouns = re.match(r"[ -]+(?:['’]s )?([a-z]+)", after)
    following = nouns.group(1) if nouns else ""
    previous = re.findall(r"[\w'’]+", before)[-2:]
    last = previous[-1].casefold() if previous and before.rstrip(" ,")[-1:].isalnum() else ""
    if ABBREVIATION.match(text, run.span.end) and len(words) > 1:
        return Kind.ARMED_GROUP, "its abbreviation follows"
    roles = word_list("role_nouns")
    apposed = re.match(r", ((?:an?|the|its|their|one of the|one of|[a-z-]+) [^,.;()]{0,60})", after)
    noun = next(
        (
            w
            for w in (apposed.group(1).split(" of ")[-2 if apposed.group(1).startswith("one of") else 0].split() if apposed else ())
            if _singular(w) in roles
        ),
        None,
    )
    if 1 < len(words) <= 5 and last != "the" and (last in roles or noun or re.match(r", who(se)?\b", after)):
        return Kind.PERSON, "an office stands beside it"
    if last != "the" and re.search(r"\b(?:led|headed|commanded|founded|chaired) by $", before) and 1 < len(words) <= 5:
        return Kind.PERSON, "leads"
    if following in word_list("heading_verbs") and last != "the" and 1 < len(words) <= 4 and not ACRONYM.search(run.text):
        return Kind.PERSON, "heads somebody"
    office = _OFFICE_OF.search(text, max(0, run.span.start - 70), run.span.start)
    if 1 < len(words) <= 4 and office and _singular(office.group(1)) in roles and after[:1] == ",":
        return Kind.PERSON, f"named after an office, {office.group(1)!r}"
    called = _CALLED.search(before)
    if called and _singular(called.group(1)) in word_list("bloc_nouns"):
        return Kind.ARMED_GROUP, f"what the {called.group(1)} is called"
    if last == "the" and len(words) == 1 and re.search(r"[^s]s$", run.text) and before.split()[-2:-1] not in _SPATIAL:
        return Kind.ARMED_GROUP, "an article and a plural"
    if 1 < len(words) <= 5 and (following in word_list("said") or last in word_list("said")) and not ACRONYM.fullmatch(run.text):
        return (Kind.ARMED_GROUP, "an article and a plural") if last == "the" else (Kind.PERSON, "it speaks")
    if last != "the" and following in word_list("wide_places") and len(words) <= 3 and not ACRONYM.fullmatch(run.text):
        return Kind.PLACE, f"followed by {following!r}"
    told = _PLACE_TOLD.match(after)
    if told and _singular(told.group(1)) in word_list("recalled_places") and last not in ("the", "by"):
        return Kind.PLACE, f"is called a {_singular(told.group(1))}"
    if len(previous) == 2 and last == "of" and _singular(previous[0]) in word_list("place_nouns"):
        return Kind.PLACE, f"{previous[0]} of"
    if last == "ethnic" and len(words) == 1:
        return Kind.PEOPLE, "after 'ethnic'"
    if run.text in word_list("capitals_without_name") or (
        run.initial and len(words) == 1 and not ACRONYM.fullmatch(run.text) and is_common_word(run.text.casefold())
    ):
        return None
    if _singular(following) in word_list("bloc_nouns") or _singular(following) in word_list("group_company"):
        return Kind.ARMED_GROUP, f"followed by {following!r}"
    if re.fullmatch(ACRONYM, run.text):
        return Kind.ARMED_GROUP, "an abbreviation"
    if last in word_list("place_prepositions") and len(words) <= 3:
        return Kind.PLACE, f"after {last!r}"
    return None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _spelled_out(abbreviation: str, roster: Roster) -> Entity | None:
    """The one organisation whose name has these initials: "SDF" for "Syrian Democratic Forces", never defined in the text."""
    letters = re.sub(r"s$", "", abbreviation).replace("-", "").casefold()
    found = {
        e.id: e
        for e in roster.by_id.values()
        if e.kind in ORGANISED and any("".join(w[0] for w in plain_words(n) if w not in ("of", "for", "and")) == letters for n in e.names)
    }
    return next(iter(found.values())) if len(found) == 1 and len(letters) > 2 else None


def _shorter(run: Run, roster: Roster) -> Entity | None:
    """The one entity whose longer name holds this one: "Keikel" for "Abu Agla Keikel"."""
    words = plain_words(run.text)
    size = len(words)
    found = {
        e.id: e
        for names, e in roster.by_words.items()
        if e.kind is not Kind.PLACE and size < len(names) and (names[-size:] == words or names[:size] == words)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def _lists(text: str, runs: Sequence[Run], roster: Roster) -> None:
    """A name listed with places is a place, with persons a person: "in Gao, Kidal and Timbuktu", "Amin Tarak and General Idris Nur"."""
    for _ in range(2):
        for left, right in pairwise(runs):
            between = text[left.span.end : right.span.start]
            if left.sentence == right.sentence and between in (", ", " and ", ", and ", " or "):
                for known, other in ((left, right), (right, left)):
                    if known.entity and known.entity.kind is Kind.PLACE and other.entity is None and len(other.text.split()) <= 3:
                        other.entity = roster.found(other.text, Kind.PLACE, f"listed with {known.text}")
                    named = known.entity is not None and known.entity.kind is Kind.PERSON and 1 < len(other.text.split()) < 5
                    if named and other.entity is None:
                        other.entity = roster.found(other.text, Kind.PERSON, f"listed with {known.text}")
