"""The extractor: a document in, its claims out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kg.extract.claims import Told, make_claims, merge_claims
from kg.extract.counts import find_counts
from kg.extract.entities import Mention
from kg.extract.frames import FrameMatcher, load_frames
from kg.extract.gapping import mend_gaps
from kg.extract.lexicon import Lexicon
from kg.extract.names import find_names
from kg.extract.nominals import nominal_candidates
from kg.extract.parsing import Sentence, load_parser, parse
from kg.extract.referents import Referents
from kg.extract.sentences import split_sentences
from kg.extract.times import DateMention, find_dates
from kg.extract.verification import doubt_unverified
from kg.model import Actor, Claim, Document, Period, Place, Reference, Span

_CALENDAR = re.compile(
    r"(?:\d{1,2} |(?:mid|early|late)[- ])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|Mon|Tue|Wed|Thu|Fri|Sat|Sun)", re.IGNORECASE
)
_ANCHORS = 3  # dates before a sentence that "the next day" may count from


class Extractor:
    """Reads claims off documents.

    Args:
        actors: whom the seeds know; unknown actors are found too.
        places: the gazetteer.
        parser: name or folder of a spaCy pipeline with Universal Dependencies labels; `None`: the shipped one.

    Same input, same claims. Creating one loads the parser (a second or so); `extract` takes time linear in the text.
    """

    def __init__(self, actors: Sequence[Actor], places: Sequence[Place], *, parser: str | None = None) -> None:
        self._nlp = load_parser(parser)
        self._lexicon = Lexicon(actors, places)
        self._matcher = FrameMatcher(load_frames())

    def extract(self, document: Document) -> tuple[Claim, ...]:
        """The claims of one document, in the order of their sentences.

        Every claim's quote stands at its offsets in `document.text`; page furniture yields none.
        """
        spans = list(split_sentences(document))
        roster, mentions, country = find_names(document, spans, self._lexicon)
        told = list(_tell(document, spans))
        folds = [_folds(t.dates, here) for t, here in zip(told, mentions, strict=True)]
        referents = Referents(document.text, roster, self._lexicon, country)
        found: list[Claim] = []
        sentences: list[Sentence] = []
        for sentence in parse(document.text, spans, mentions, folds, self._nlp):
            mend_gaps(sentence)
            referents.begin(sentence)
            sentences.append(sentence)
            candidates = [*self._matcher.match(referents), *nominal_candidates(referents)]
            found += make_claims(candidates, document, referents, told[sentence.index])
            referents.end()
        names = {e.id: e.reference() for e in roster.by_id.values()}
        claims = [_with_all_names(c, names) for c in doubt_unverified(found, sentences)]
        return tuple(merge_claims(claims))


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
