"""Named mentions: known names, abbreviations defined in the text, and unknown names told by their shape and company.

Names are found before parsing, so that the parser reads one word for each of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.extract.entities import Entity, Mention, Roster
from kg.extract.lexicon import Entry, Found, Lexicon, plain_words
from kg.extract.words import organisation_heads, word_list
from kg.model import Document, Kind, NameKind, Span

_TOKEN = re.compile(r"[^\W_]+(?:['’ʼ‘][^\W_]+)*|[^\w\s]")
_ABBREVIATION = re.compile(r"\s*\((?:the |or |also |formerly )?([A-Z][\w-]*[A-Z\d][\w-]*?)(?:s\b)?(?:[,;/][^)]{0,40})?\)")
_OR_ABBREVIATION = re.compile(r",? (?:or|also known as|known as|dubbed) (?:the )?([A-Z][\w-]*[A-Z\d][\w-]*)\b,?")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
_POSSESSIVE = re.compile(r"['’ʼ‘]s?$")
_ACRONYM = re.compile(r"(?:[A-Z]{2,}[a-z]?[A-Z]*|[A-Z]+\d+|[A-Z]{2,}-[A-Z]+)s?")
_DATELINE = re.compile(r"(?:, [^-–—(]{0,40})? ?(?:\([A-Za-z/ ]+\)\.? ?)?[-–—] ")
_FORMER = re.compile(r"\b(?:previous|former|earlier|next|future|interim)\s+$")
_VARIANT = re.compile(r" \([A-Z][\w-]*[a-z](?: [A-Z][\w-]*)*\)")  # "New State Party (Renewal)"
_ORGANISED = (Kind.ARMED_GROUP, Kind.POLITICAL_ORGANIZATION, Kind.ALLIANCE, Kind.MILITARY_UNIT)
_PREFIXED = re.compile(r"\b(?:anti|pro|counter|non|ex|post|pre)[-–]$", re.IGNORECASE)  # "anti-junta" is not the junta
_DETERMINED = re.compile(r"(?:\b(?:the|an?|its|their|his|her|this|that|these|those)|['’]s?)\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE)
_UNIT_HEADS = frozenset("brigade battalion division regiment company operation highway column unit region command".split())
_PLACE_PREPOSITIONS = frozenset("in at near around outside inside towards toward throughout across into".split())
_SAID = frozenset("said says told added confirmed claimed estimated warned noted explained argued announced denied".split())
_NO_NAMES = frozenset("Islamist Islamic Muslim Christian Buddhist Jewish Arab Kurdish Western Soviet NGO NGOs TV US USA UK EDT GMT AM PM COVID AK CEO MP MPs ID VIP".split())


@dataclass(slots=True)
class _Run:
    """A run of capitalised words that may be a name."""

    span: Span
    text: str
    title: str | None
    sentence: int
    initial: bool  # the first word of its sentence
    entity: Entity | None = None


def find_names(document: Document, sentences: Sequence[Span], lexicon: Lexicon) -> tuple[Roster, list[list[Mention]], str | None]:
    """Every named mention, by sentence, with the roster of entities and the country the document is about.

    The country is the one that most known names belong to (ISO code); `None` when none is named.
    """
    text = document.text
    country = _country(text, sentences, lexicon)
    roster = Roster()
    runs = [run for i, span in enumerate(sentences) for run in _runs(text, span, i)]
    mentions: list[list[Mention]] = [[] for _ in sentences]
    defined = _definitions(text, sentences)
    for i, span in enumerate(sentences):
        for found in lexicon.find(text, span, country):
            entries = tuple(e for e in found.entries if _may_mean(e, country, defined))
            mention = _known(text, Found(found.span, entries), runs, roster, country) if entries else None
            if mention:
                mentions[i].append(mention)
    open_runs = [r for r in runs if not any(m.span.overlaps(r.span) for m in mentions[r.sentence])]
    _classify(text, open_runs, roster)
    for run in open_runs:
        if run.entity:
            mentions[run.sentence].append(Mention(run.span, run.entity, _surrogate(text, run.span, run.entity), title=run.title))
    for i, found_here in enumerate(mentions):
        found_here.sort(key=lambda m: m.span)
        for mention in found_here:
            _define_abbreviation(text, mention, sentences[i], roster)
            roster.mentioned[mention.entity.id] += 1
    _apply_abbreviations(text, sentences, mentions, roster)
    return roster, mentions, country


def _definitions(text: str, sentences: Sequence[Span]) -> dict[str, tuple[str, ...]]:
    """The abbreviations that the text itself defines, with the last words before the bracket."""
    defined: dict[str, tuple[str, ...]] = {}
    for span in sentences:
        for match in _ABBREVIATION.finditer(text, span.start, span.end):
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


def _country(text: str, sentences: Sequence[Span], lexicon: Lexicon) -> str | None:
    votes: Counter[str] = Counter()
    for span in sentences:
        for found in lexicon.find(text, span, None):
            countries = {e.country for e in found.entries if e.country}
            if len(countries) == 1:
                votes.update(countries)
    return min(votes, key=lambda c: (-votes[c], c)) if votes else None


def _choose(entries: Sequence[Entry], country: str | None) -> Entry:
    """Which of several bearers of a name is meant: the document's country first, then actors before places."""
    return min(entries, key=lambda e: (e.country != country, e.actor is None, e.name_kind is NameKind.ADJECTIVE, e.id))


def _known(text: str, found: Found, runs: Sequence[_Run], roster: Roster, country: str | None) -> Mention | None:
    if _PREFIXED.search(text, max(0, found.span.start - 9), found.span.start):
        return None
    entry = _choose(found.entries, country)
    run = next((r for r in runs if r.span.overlaps(found.span)), None)
    single = len(entry.words) == 1
    if run and not found.span.contains(run.span) and single and entry.name_kind is not NameKind.ABBREVIATION:
        # "Goma Brigade" is no place and "Sydney Carter" no city: the longer name decides, unless a known part leads it
        rest = run.text[run.text.find(found.span.of(text)) + len(found.span.of(text)) :].strip().casefold() if found.span.start >= run.span.start else ""
        heads = organisation_heads()
        if entry.name_kind is NameKind.ADJECTIVE or entry.kind is Kind.STATE:
            if rest and rest.split()[-1] in heads:
                return None
        elif not (rest and rest.split()[0] in word_list("place_heads")):
            return None
    variant = _VARIANT.match(text, found.span.end) if entry.kind in _ORGANISED else None
    if variant and not _ABBREVIATION.match(text, found.span.end):
        span = Span(found.span.start, variant.end())
        faction = roster.found(span.of(text), entry.kind, "a bracket tells it from the one it is named after", country=entry.country)
        return Mention(span, faction, "group")
    if entry.name_kind is NameKind.DESCRIPTION and _FORMER.search(text, max(0, found.span.start - 12), found.span.start):
        return None
    if entry.name_kind is NameKind.ADJECTIVE:
        return Mention(found.span, roster.known(entry), "Chinese", adjective=True)
    entity = roster.known(entry)
    entity.call(_POSSESSIVE.sub("", found.span.of(text)))
    span, title = found.span, None
    if run and entity.kind is Kind.PERSON and run.span.contains(found.span):
        span, title = Span(run.span.start, found.span.end), run.title
    return Mention(span, entity, _surrogate(text, found.span, entity), title=title)


def _runs(text: str, sentence: Span, index: int) -> Iterator[_Run]:
    tokens = list(_TOKEN.finditer(text, sentence.start, sentence.end))
    at = 0
    while at < len(tokens):
        size = _run_length(text, tokens, at)
        if size:
            first, last = tokens[at], tokens[at + size - 1]
            if at == 0 or first.group() in ("The", "A", "An") or text[first.start() - 1] in "\"“'‘(":
                skip = 0
                while skip < size and tokens[at + skip].group().casefold() in word_list("not_names"):
                    skip += 1
                first = tokens[at + skip] if skip < size else first
                if skip >= size:
                    at += size
                    continue
            yield from _titled(text, first.start(), last.end(), index, first.start() == sentence.start)
        at += max(size, 1)


def _run_length(text: str, tokens: Sequence[re.Match[str]], at: int) -> int:
    """How many tokens the name that begins at `at` takes; 0 when none begins there."""
    if not (_capital(tokens[at].group()) or (_ORDINAL.fullmatch(tokens[at].group()) and at + 1 < len(tokens) and _capital(tokens[at + 1].group()))):
        return 0
    size = 1
    while at + size < len(tokens):
        before, token = tokens[at + size - 1], tokens[at + size]
        gap = text[before.end() : token.start()]
        word = token.group()
        if _POSSESSIVE.search(before.group()) and before.group().casefold().replace("’", "'") not in word_list("name_possessives"):
            break
        if gap == "" and word == "-" and at + size + 1 < len(tokens) and (_capital(tokens[at + size + 1].group()) or _is_name_part(tokens[at + size + 1].group())):
            size += 2
        elif gap not in (" ", "\u00a0"):
            break
        elif _capital(word) or (word.isdigit() and before.group().casefold() in _UNIT_HEADS):
            size += 1
        else:
            step = _connector(text, tokens, at, size)
            if not step:
                break
            size += step
    return size


def _is_name_part(word: str) -> bool:
    """Whether a lower-case word after a hyphen still belongs to a name ("Hpa-an", and not "MNDAA-led")."""
    return word.islower() and len(word) <= 3 and word not in ("led", "run", "era", "day", "ran", "won", "old")


def _connector(text: str, tokens: Sequence[re.Match[str]], at: int, size: int) -> int:
    """Tokens to add when small words join the run to another capitalised word: "Movement [for the Liberation]"."""
    small = word_list("connectors")
    step = 0
    while at + size + step < len(tokens) and step < 2 and tokens[at + size + step].group() in small:
        step += 1
    following = at + size + step
    if not step or following >= len(tokens):
        return 0
    if tokens[following].group() == "-" and step and following + 1 < len(tokens):  # "Tahrir al-Sham"
        step, following = step + 1, following + 1
    if not _capital(tokens[following].group()):
        return 0
    joined = [tokens[i].group() for i in range(at + size, following)]
    arabic = joined[0] in ("al", "el", "bin", "ibn", "ag", "ould", "de", "du", "des", "van", "von", "da", "dos", "la", "le")
    headed = any(t.group().casefold() in organisation_heads() for t in tokens[at : at + size])
    head = organisation_heads().get(tokens[at + size - 1].group().casefold())
    if arabic or (head and head != "military_unit" and joined[0] in ("of", "for")):
        return step + 1
    if joined == ["and"] and headed and _ABBREVIATION.match(text, tokens[following].end()):
        return step + 1
    return 0


def _capital(word: str) -> bool:
    return word[0].isupper() and word.casefold() not in word_list("calendar")


def _titled(text: str, start: int, end: int, index: int, initial: bool) -> Iterator[_Run]:
    """The run without the titles before it; a run of titles alone is none."""
    words = list(re.finditer(r"\S+", text[start:end]))
    titles = word_list("titles")
    count = 0
    while count < len(words) and words[count].group().rstrip(".").casefold() in titles:
        count += 1
    if count == len(words) or (count and any(w.group().casefold() in organisation_heads() for w in words[count:])):
        if count == len(words):
            return
        count = 0
    name = text[start + words[count].start() : end]
    name = re.sub(r"(?<=[A-Z]{2})s$", "", _POSSESSIVE.sub("", name))
    if name:
        begin = start + words[count].start()
        title = text[start:begin].strip() or None
        yield _Run(Span(start if title else begin, begin + len(name)), name, title, index, initial)


def _classify(text: str, runs: Sequence[_Run], roster: Roster) -> None:
    """Say what each run names: strong signs first, then the same and shorter names elsewhere."""
    for run in runs:
        verdict = _by_shape(text, run) or _by_company(text, run)
        if verdict:
            kind, reason = verdict
            run.entity = roster.found(run.text, kind, reason)
            abbreviation = _ABBREVIATION.match(text, run.span.end)
            if abbreviation:
                roster.alias(abbreviation.group(1), run.entity)
    for run in runs:
        if run.entity is None:
            run.entity = roster.by_words.get(plain_words(run.text)) or _shorter(run, roster)
            if run.entity:
                roster.alias(run.text, run.entity)
    _lists(text, runs, roster)


def _by_shape(text: str, run: _Run) -> tuple[Kind, str] | None:
    words = [w.casefold() for w in re.findall(r"[\w'’-]+", run.text)]
    heads = organisation_heads()
    if run.initial and run.text.isupper() and _DATELINE.match(text, run.span.end):
        return Kind.PLACE, "stands in the dateline"
    if words[0] in word_list("operation_words") and len(words) > 1:
        return Kind.OPERATION, "begins with a word for a campaign"
    if run.title:
        return Kind.PERSON, f"title {run.title!r}"
    head = words[-2] if words[-1].isdigit() and len(words) > 1 else words[-1]
    if head in word_list("place_heads") and len(words) > 1 and not (head == "division" and words[0][0].isdigit()):
        return Kind.PLACE, f"ends in {head!r}"
    if head in heads and (len(words) > 1):
        return Kind(heads[head]), f"ends in {head!r}"
    for i, word in enumerate(words[:-1]):
        if words[i + 1] in ("of", "for") and word in heads:
            return Kind(heads[word]), f"headed by {word!r}"
    if words[0] in ("front", "movement", "army") and len(words) > 1:
        return Kind(heads[words[0]]), f"begins with {words[0]!r}"
    return None


def _by_company(text: str, run: _Run) -> tuple[Kind, str] | None:
    before = text[max(0, run.span.start - 40) : run.span.start]
    after = text[run.span.end : run.span.end + 60]
    words = run.text.split()
    nouns = re.match(r"[ -]+(?:['’]s )?([a-z]+)", after)
    following = nouns.group(1) if nouns else ""
    previous = re.findall(r"[\w'’]+", before)[-2:]
    last = previous[-1].casefold() if previous and before.rstrip(" ,")[-1:].isalnum() else ""
    if _ABBREVIATION.match(text, run.span.end) and len(words) > 1:
        return Kind.ARMED_GROUP, "its abbreviation follows"
    roles = word_list("role_nouns")
    apposed = re.match(r", ((?:an?|the|its|their|one of the|one of|[a-z]+) [^,.;()]{0,60})", after)
    noun = next((w for w in (apposed.group(1).split(" of ")[-2 if apposed.group(1).startswith("one of") else 0].split() if apposed else ()) if _singular(w) in roles), None)
    if 1 < len(words) <= 5 and (last in roles or noun or re.match(r", who(se)?\b", after)):
        return Kind.PERSON, "an office stands beside it"
    if 1 < len(words) <= 5 and (following in _SAID or last in _SAID) and not _ACRONYM.fullmatch(run.text):
        return Kind.PERSON, "it speaks"
    if len(previous) == 2 and last == "of" and _singular(previous[0]) in word_list("place_nouns"):
        return Kind.PLACE, f"{previous[0]} of"
    if run.text in _NO_NAMES or (run.initial and len(words) == 1 and not _ACRONYM.fullmatch(run.text)):
        return None
    if _singular(following) in word_list("bloc_nouns") or _singular(following) in ("troop", "soldier", "fighter", "commander"):
        return Kind.ARMED_GROUP, f"followed by {following!r}"
    if re.fullmatch(_ACRONYM, run.text):
        return Kind.ARMED_GROUP, "an abbreviation"
    if last in _PLACE_PREPOSITIONS and len(words) <= 3:
        return Kind.PLACE, f"after {last!r}"
    return None


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 else word


def _shorter(run: _Run, roster: Roster) -> Entity | None:
    """The one entity whose longer name holds this one: "Keikel" for "Abu Agla Keikel"."""
    words = plain_words(run.text)
    size = len(words)
    found = {e.id: e for names, e in roster.by_words.items() if e.kind is not Kind.PLACE and size < len(names)
             and (names[-size:] == words or names[:size] == words)}
    return next(iter(found.values())) if len(found) == 1 else None


def _lists(text: str, runs: Sequence[_Run], roster: Roster) -> None:
    """A name listed with places is a place: "in Gao, Kidal and Timbuktu"."""
    for _ in range(2):
        for left, right in zip(runs, runs[1:], strict=False):
            between = text[left.span.end : right.span.start]
            if left.sentence == right.sentence and between in (", ", " and ", ", and ", " or "):
                for known, other in ((left, right), (right, left)):
                    if known.entity and known.entity.kind is Kind.PLACE and other.entity is None and len(other.text.split()) <= 3:
                        other.entity = roster.found(other.text, Kind.PLACE, f"listed with {known.text}")


def _define_abbreviation(text: str, mention: Mention, sentence: Span, roster: Roster) -> None:
    """Take "(KNA)" after a name into the mention, and remember what it stands for."""
    if mention.adjective or mention.entity.kind in (Kind.PERSON,):
        return
    for pattern in (_ABBREVIATION, _OR_ABBREVIATION):
        match = pattern.match(text, mention.span.end, sentence.end)
        if match and _stands_for(match.group(1), mention.span.of(text)):
            roster.alias(match.group(1), mention.entity)
            end = match.end() if pattern is _ABBREVIATION else match.end(1)
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
        for match in _TOKEN.finditer(text, sentence.start, sentence.end):
            word = re.sub(r"(?<=[A-Z])s$", "", _POSSESSIVE.sub("", match.group()))
            entity = roster.by_words.get(plain_words(word)) if _ACRONYM.fullmatch(word) else None
            if entity is None:
                continue
            span = Span(match.start(), match.start() + len(word))
            if not any(m.span.overlaps(span) for m in mentions[i]):
                mentions[i].append(Mention(span, entity, _surrogate(text, span, entity)))
        mentions[i].sort(key=lambda m: m.span)


def _surrogate(text: str, span: Span, entity: Entity) -> str:
    """The one word that stands for a name in front of the parser.

    Common words of its number and kind, chosen by what the shipped parser reads best: "the government clashed with the
    forces" and not "the Front clashed with the Forces".
    """
    if entity.kind is Kind.PERSON:
        return "Smith"
    if entity.kind is Kind.STATE:
        return "China"
    last = (re.findall(r"[^\W\d_]+", span.of(text)) or [""])[-1].casefold()
    if entity.kind is Kind.PLACE:
        return last if last in word_list("place_nouns") else "London"
    if last.endswith("s") and (last[:-1] in word_list("force_nouns") or last[:-1] in organisation_heads()):
        return last if last[:-1] in word_list("force_nouns") else "forces"
    return "government" if span.of(text).islower() or _DETERMINED.search(text, max(0, span.start - 40), span.start) else "China"
