"""Named mentions: known names, abbreviations defined in the text, and unknown names told by their shape and company.

Names are found before parsing, so that the parser reads one word for each of them.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kg.extract.aliases import SHARED_NOUN, call_by_kind, join_aliases, name_bracketed, units_in_lists
from kg.extract.entities import Entity, Mention, Roster
from kg.extract.kinds import ACRONYM, classify
from kg.extract.lexicon import Entry, Found, Lexicon, plain_words
from kg.extract.runs import ABBREVIATION, POSSESSIVE, TOKEN, Run, find_runs
from kg.extract.words import organisation_heads, word_list
from kg.model import Document, Kind, NameKind, Span

_LEAD = 3  # what a name in the first sentence counts when the country is voted on
_SEVERAL = 3  # names that tell a country; a power abroad is told by its own and its capital's
_OR_ABBREVIATION = re.compile(r",? (?:or|also known as|known as|dubbed) (?:the )?([A-Z][\w-]*[A-Z\d][\w-]*)\b,?")
_THEIRS = re.compile(r"\b(?:its|their|his|her|our)\s+$")  # "the union and its army": not the army of the country
_FORMER = re.compile(r"\b(?:previous|former|earlier|next|future|interim)\s+$")
_BESIDE = re.compile(r"\b(?:neighbou?ring|nearby|adjacent)\s+$", re.IGNORECASE)  # "neighbouring Chad": not where the war is
_VARIANT = re.compile(r" \([A-Z][\w-]*[a-z](?: [A-Z][\w-]*)*\)")  # "New State Party (Renewal)"
_ORGANISED = (Kind.ARMED_GROUP, Kind.POLITICAL_ORGANIZATION, Kind.ALLIANCE, Kind.MILITARY_UNIT)
_OWNED = re.compile(r"\b[A-Z][a-z]+s['’] $")  # by a plural: "the Elders' "
_PREFIXED = re.compile(r"\b(?:anti|pro|counter|non|ex|post|pre)[-–]$", re.IGNORECASE)  # "anti-junta" is not the junta
_DETERMINED = re.compile(r"(?:\b(?:the|an?|its|their|his|her|this|that|these|those)|['’]s?)\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE)


def find_names(document: Document, sentences: Sequence[Span], lexicon: Lexicon) -> tuple[Roster, list[list[Mention]], str | None]:
    """Every named mention, by sentence, with the roster of entities and the country the document is about.

    The country is the one that most known names belong to (ISO code); `None` when no country has the majority of them.
    """
    text = document.text
    country, votes = _country(text, sentences, lexicon)
    roster = Roster()
    runs = [run for i, span in enumerate(sentences) for run in find_runs(text, span, i)]
    mentions: list[list[Mention]] = [[] for _ in sentences]
    defined = _definitions(text, sentences)
    here: dict[int, list[Run]] = defaultdict(list)
    for run in runs:
        here[run.sentence].append(run)
    for i, span in enumerate(sentences):
        for unit, name in units_in_lists(text, span):
            mentions[i].append(Mention(unit, roster.found(name, Kind.MILITARY_UNIT, SHARED_NOUN), "group"))
        for found in lexicon.find(text, span, country):
            entries = tuple(e for e in found.entries if _may_mean(e, country, defined))
            mention = _known(text, Found(found.span, entries), here[i], roster, country) if entries else None
            if mention and not any(m.span.overlaps(mention.span) for m in mentions[i]):
                mentions[i].append(mention)
    for i, known_here in enumerate(mentions):
        for mention in known_here:
            _define_abbreviation(text, mention, sentences[i], roster)
    bracketed = {m.span(1) for s in sentences for m in ABBREVIATION.finditer(text, s.start, s.end)}
    open_runs = [
        r
        for r in runs
        if not any(m.span.overlaps(r.span) for m in mentions[r.sentence])
        and (r.span.start, r.span.end) not in bracketed
        and not _PREFIXED.search(text, max(0, r.span.start - 9), r.span.start)
    ]
    classify(text, open_runs, roster)
    if sum(_LEAD if run.sentence == 0 else 1 for run in open_runs if run.entity is roster.home) > votes and roster.home:
        country = None  # the report is about a country that only it knows; the known one is a power abroad
    for run in open_runs:
        if run.entity:
            if run.title:
                run.entity.call(run.span.of(text))  # "Col. Amin Tarak"
            word = "Chinese" if run.adjective else _surrogate(text, run.span, run.entity)
            mentions[run.sentence].append(Mention(run.span, run.entity, word, adjective=run.adjective, title=run.title))
    for i, found_here in enumerate(mentions):
        name_bracketed(text, sentences[i], found_here, roster)
        call_by_kind(text, found_here)
        found_here.sort(key=lambda m: m.span)
    join_aliases(text, mentions, roster)
    for i, found_here in enumerate(mentions):
        for mention in found_here:
            _define_abbreviation(text, mention, sentences[i], roster)
            roster.mentioned[mention.entity.id] += 1
    _apply_abbreviations(text, sentences, mentions, roster)
    return roster, mentions, country


def _definitions(text: str, sentences: Sequence[Span]) -> dict[str, tuple[str, ...]]:
    """The abbreviations that the text itself defines, with the last words before the bracket."""
    defined: dict[str, tuple[str, ...]] = {}
    for span in sentences:
        for match in ABBREVIATION.finditer(text, span.start, span.end):
            if text[: match.start()].rstrip()[-1:].isalpha() and text[: match.start()].split()[-1].islower():
                continue  # "its army (KNLA)" spells nothing out
            defined[match.group(1)] = plain_words(text[max(span.start, match.start() - 80) : match.start()])[-6:]
    return defined


def _may_mean(entry: Entry, country: str | None, defined: Mapping[str, tuple[str, ...]]) -> bool:
    """Whether a known name can be meant here: an abbreviation belongs to its war, unless the text defines it otherwise."""
    if entry.name_kind is not NameKind.ABBREVIATION or entry.actor is None:
        return True
    if entry.text in defined:
        words = defined[entry.text]
        return any(words[-len(name) :] == name for name in (plain_words(n.text) for n in entry.actor.names) if name)
    return entry.country is None or country is None or entry.country == country


def _country(text: str, sentences: Sequence[Span], lexicon: Lexicon) -> tuple[str | None, int]:
    """The country that most known names belong to, and how often; the first sentence, which says what a report is about, counts more.

    Without a majority there is none: a report on a war that the seeds do not know names foreign powers in passing.
    """
    votes: Counter[str] = Counter()
    named: set[str] = set()
    told: dict[str, set[str]] = defaultdict(set)
    leading: set[str] = set()
    for number, span in enumerate(sentences):
        for found in lexicon.find(text, span, None):
            countries = {e.country for e in found.entries if e.country}
            inside_name = re.match(r" [A-Z]", text[found.span.end : found.span.end + 2])  # "Sudan People's Front" is not Sudan
            beside = _BESIDE.search(text, max(0, found.span.start - 14), found.span.start)
            if len(countries) == 1 and not inside_name and not beside:
                votes.update(dict.fromkeys(countries, _LEAD if number == 0 else 1))
                leading |= countries if number == 0 else set()
                for country in countries:
                    told[country].update(e.id for e in found.entries)
                if any(e.actor for e in found.entries):
                    named.update(countries)
    evident = {c for c in named if c in leading or len(told[c]) >= _SEVERAL}  # a town's name alone may be chance
    sure = {c: n for c, n in votes.items() if c in evident}
    best = min(sure, key=lambda c: (-sure[c], c), default=None)
    return (best, sure[best]) if best and sure[best] >= _LEAD and 2 * sure[best] > sum(sure.values()) else (None, 0)


def _choose(entries: Sequence[Entry], country: str | None) -> Entry:
    """Which of several bearers of a name is meant: the document's country first, then actors before places."""
    return min(entries, key=lambda e: (e.country != country, e.actor is None, e.name_kind is NameKind.ADJECTIVE, e.id))


def _known(text: str, found: Found, runs: Sequence[Run], roster: Roster, country: str | None) -> Mention | None:
    if _PREFIXED.search(text, max(0, found.span.start - 9), found.span.start):
        return None
    entry = _choose(found.entries, country)
    run = next((r for r in runs if r.span.overlaps(found.span)), None)
    if run and _within_longer(text, found, run, entry):
        return None
    single = len(entry.words) == 1
    longer = run is not None and run.text.split()[-1].casefold() in organisation_heads() and run.span.end > found.span.end
    if run and not found.span.contains(run.span) and (single or longer) and entry.name_kind is not NameKind.ABBREVIATION:
        # "Goma Brigade" is no place and "Sydney Carter" no city: the longer name decides, unless a known part leads it
        rest = (
            run.text[run.text.find(found.span.of(text)) + len(found.span.of(text)) :].strip().casefold()
            if found.span.start >= run.span.start
            else ""
        )
        heads = organisation_heads()
        if entry.name_kind is NameKind.ADJECTIVE or entry.kind is Kind.STATE or not single:
            if rest and rest.split()[-1] in heads:
                return None
        elif not (rest and rest.split()[0] in word_list("place_heads")):
            return None
    variant = _VARIANT.match(text, found.span.end) if entry.kind in _ORGANISED else None
    if variant and not ABBREVIATION.match(text, found.span.end):
        span = Span(found.span.start, variant.end())
        faction = roster.found(span.of(text), entry.kind, "a bracket tells it from the one it is named after", country=entry.country)
        return Mention(span, faction, "group")
    if found.span.of(text).islower() and _THEIRS.search(text, max(0, found.span.start - 12), found.span.start):
        return None
    if entry.name_kind is NameKind.DESCRIPTION and _FORMER.search(text, max(0, found.span.start - 12), found.span.start):
        return None
    if entry.name_kind is NameKind.ADJECTIVE:
        return Mention(found.span, roster.known(entry), "Chinese", adjective=True)
    entity = roster.known(entry)
    entity.call(POSSESSIVE.sub("", found.span.of(text)))
    span, title = found.span, None
    if run and entity.kind is Kind.PERSON and run.span.contains(found.span):
        span, title = Span(run.span.start, found.span.end), run.title
        entity.call(span.of(text))
    return Mention(span, entity, _surrogate(text, found.span, entity), title=title)


def _within_longer(text: str, found: Found, run: Run, entry: Entry) -> bool:
    """Whether a known name only ends a longer one, of somebody else: "Supreme Security Council", "the Clans' Security Council"."""
    if entry.kind is Kind.PERSON or entry.words[-1] not in organisation_heads() or entry.name_kind is NameKind.ADJECTIVE:
        return False
    before = text[run.span.start : found.span.start].split() if run.span.start < found.span.start else []
    titles = word_list("titles") | word_list("function_words")
    led = any(w.casefold() in titles or w.endswith(("an", "ese", "ish")) or POSSESSIVE.search(w) for w in before)  # "Kenyan", "Kenya's"
    led = led or text[max(0, run.span.start - 7) : run.span.start] == "ethnic "  # "the ethnic Palaung Ta'ang Army"
    owned = entry.kind is Kind.INTERNATIONAL_ORGANIZATION and _OWNED.search(text, max(0, found.span.start - 20), found.span.start)
    return bool(owned) or (bool(before) and not led and len(entry.words) > 1 and run.title is None)


def _define_abbreviation(text: str, mention: Mention, sentence: Span, roster: Roster) -> None:
    """Take "(KNA)" after a name into the mention, and remember what it stands for."""
    if mention.adjective or mention.entity.kind in (Kind.PERSON,):
        return
    for pattern in (ABBREVIATION, _OR_ABBREVIATION):
        match = pattern.match(text, mention.span.end, sentence.end)
        if match and _stands_for(match.group(1), mention.span.of(text)):
            roster.alias(match.group(1), mention.entity)
            end = match.end() if pattern is ABBREVIATION else match.end(1)
            mention.span = Span(mention.span.start, end)
            return


def _stands_for(abbreviation: str, name: str) -> bool:
    """Whether the letters of an abbreviation can come from a name: its first letter begins one of the words."""
    letters = [c.casefold() for c in abbreviation if c.isalpha()]
    initials = [w[0].casefold() for w in re.findall(r"[\w]+", name)]
    return bool(letters) and sum(c in initials for c in letters) >= max(1, len(letters) // 2)


def _apply_abbreviations(text: str, sentences: Sequence[Span], mentions: list[list[Mention]], roster: Roster) -> None:
    """Find the uses of abbreviations that the text itself defined, and that nothing else claimed."""
    for i, sentence in enumerate(sentences):
        for match in TOKEN.finditer(text, sentence.start, sentence.end):
            word = re.sub(r"(?<=[A-Z])s$", "", POSSESSIVE.sub("", match.group()))
            entity = roster.by_words.get(plain_words(word)) if ACRONYM.fullmatch(word) else None
            if entity is None:
                continue
            span = Span(match.start(), match.start() + len(word))
            if not any(m.span.overlaps(span) for m in mentions[i]):
                mentions[i].append(Mention(span, entity, _surrogate(text, span, entity)))
        mentions[i].sort(key=lambda m: m.span)


def _surrogate(text: str, span: Span, entity: Entity) -> str:
    """The one word that stands for a name in front of the parser.

    Common words of its number and kind, chosen by what the shipped parser reads best: "the group clashed with the
    forces" and not "the Front clashed with the Forces".
    """
    if entity.kind is Kind.PERSON:
        return "Smith"
    if entity.kind is Kind.STATE:
        return "China"
    last = (re.findall(r"[^\W\d_]+", span.of(text)) or [""])[-1].casefold()
    if entity.kind is Kind.PLACE and not entity.open:
        return last if last in word_list("place_nouns") else "London"
    if last.endswith("s") and (last[:-1] in word_list("force_nouns") or last[:-1] in organisation_heads()):
        return last if last[:-1] in word_list("force_nouns") else "forces"
    if entity.open and _DETERMINED.search(text, max(0, span.start - 40), span.start):  # no town takes an article
        return "forces" if last.endswith("s") else "group"
    return "group" if span.of(text).islower() or _DETERMINED.search(text, max(0, span.start - 40), span.start) else "NATO"
