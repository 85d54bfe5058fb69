"""The extractor: a document in, its claims out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.extract.appositions import mend_appositions, mend_lists, mend_owners, mend_words
from kg.extract.candidates import Candidate
from kg.extract.claims import make_claims, merge_claims
from kg.extract.consistency import drop_contradicted, drop_fellow_members, sureness
from kg.extract.counts import find_counts
from kg.extract.entities import Mention, Roster
from kg.extract.frames import load_frames
from kg.extract.gapping import mend_gaps
from kg.extract.leaders import name_sides
from kg.extract.lexicon import Lexicon
from kg.extract.matching import FrameMatcher
from kg.extract.names import find_names
from kg.extract.narrative import date_by_context
from kg.extract.nominals import nominal_candidates
from kg.extract.parsing import Sentence, load_parser, parse
from kg.extract.proposer import Proposer
from kg.extract.referents import Referents
from kg.extract.scoring import load_model
from kg.extract.sentences import split_sentences
from kg.extract.telling import Told
from kg.extract.times import DateMention, find_dates
from kg.extract.verification import doubt_unverified
from kg.model import Actor, Claim, Document, Period, Place, Reference, Span

_CALENDAR = re.compile(
    r"(?:\d{1,2} |(?:mid|early|late)[- ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)", re.IGNORECASE
)
_ANCHORS = 3  # dates before a sentence that "the next day" may count from


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence as it was read: its dates and numbers, who is meant up to here, and what was found in it."""

    sentence: Sentence
    told: Told
    referents: Referents
    candidates: Sequence[Candidate]
    claims: Sequence[Claim]  # before what is said twice is said once


class Extractor:
    """Reads claims off documents.

    Args:
        actors: whom the seeds know; unknown actors are found too.
        places: the gazetteer.
        parser: name or folder of a spaCy pipeline with Universal Dependencies labels; `None`: the shipped one.
        model: whether the shipped model proposes claims beside the frames.

    Same input, same claims. Creating one loads the parser (a second or so); `extract` takes time linear in the text.
    """

    def __init__(self, actors: Sequence[Actor], places: Sequence[Place], *, parser: str | None = None, model: bool = True) -> None:
        self._nlp = load_parser(parser)
        self._lexicon = Lexicon(actors, places)
        self.matcher = FrameMatcher(load_frames())
        self.model = load_model() if model else None

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """The claims of one document, in the order of their sentences.

        Every claim's quote stands at its offsets in `document.text`; page furniture yields none.
        """
        found: list[Claim] = []
        told: list[Told] = []
        sentences: list[Sentence] = []
        roster = Roster()
        for step in self.steps(document):
            found += step.claims
            told.append(step.told)
            sentences.append(step.sentence)
            roster = step.referents.roster
        found = list(date_by_context(found, told, [s.span.start for s in sentences]))
        names = roster.references
        claims = [_with_all_names(c, names) for c in doubt_unverified(drop_fellow_members(drop_contradicted(found)), sentences)]
        return tuple(merge_claims(sorted(claims, key=lambda c: (c.evidence[0].span.start, -sureness(c)))))

    def steps(self, document: Document) -> Iterator[Step]:
        """The sentences of a document in order, each with what was read off it; a step must be used before the next is taken."""
        sentences, told, referents = self._read(document)
        proposer = Proposer()
        if self.model:
            proposer.add(self.model.proposals(sentences, told))
        for sentence in sentences:
            referents.begin(sentence)
            candidates = [*self.matcher.match(referents), *nominal_candidates(referents)]
            candidates = name_sides(candidates, referents.leaders)
            candidates = name_sides([*candidates, *proposer.candidates(referents, candidates)], referents.leaders)
            here = told[sentence.index]
            yield Step(sentence, here, referents, candidates, list(make_claims(candidates, document, referents, here)))
            referents.end()

    def sentences(self, document: Document) -> tuple[list[Sentence], list[Told]]:
        """The sentences of a document with their trees and names, and the dates and numbers of each."""
        sentences, told, _ = self._read(document)
        return sentences, told

    def _read(self, document: Document) -> tuple[list[Sentence], list[Told], Referents]:
        spans = list(split_sentences(document))
        roster, mentions, country = find_names(document, spans, self._lexicon)
        told = list(_tell(document, spans))
        folds = [_folds(t.dates, here) for t, here in zip(told, mentions, strict=True)]
        sentences = list(parse(document.text, spans, mentions, folds, self._nlp))
        for sentence in sentences:
            mend_gaps(sentence)
            mend_lists(sentence)
            mend_appositions(sentence)
            mend_words(sentence)
            mend_owners(sentence)
        return sentences, told, Referents(document.text, roster, self._lexicon, country)


def _with_all_names(claim: Claim, names: Mapping[str, Reference]) -> Claim:
    """The claim with every name that the whole document uses for its actors, not just those up to its sentence."""
    changed = {("from_" if role == "from" else role): names.get(ref.id, ref) for role, ref in claim.references()}
    if claim.attributed_to:
        changed["attributed_to"] = names.get(claim.attributed_to.id, claim.attributed_to)
    return replace(claim, **changed)  # type: ignore[arg-type]  # the keys are Claim's own reference fields


def _tell(document: Document, spans: Sequence[Span]) -> Iterator[Told]:
    anchors: list[Period] = []
    for span in spans:
        dates = find_dates(document.text, span, published=document.published, anchors=tuple(anchors[-_ANCHORS:]))
        anchors += [d.period for d in dates if d.period]
        yield Told(dates, find_counts(document.text, span))


def _folds(dates: Sequence[DateMention], mentions: Sequence[Mention]) -> dict[Span, str]:
    """Calendar dates, and the word to read for each: "Nov. 12, 2024" as a plain "Monday"."""
    folds: dict[Span, str] = {}
    for mention in dates:
        if _CALENDAR.match(mention.text) and not any(m.span.overlaps(mention.span) for m in mentions):
            folds[mention.span] = "Monday"
    return folds
