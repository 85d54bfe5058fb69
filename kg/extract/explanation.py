"""How a document was read: names and whom they mean, frames that matched, and why the others did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.antecedents import load_weights, reasons
from kg.extract.extractor import Extractor, Step
from kg.extract.frames import Frame
from kg.extract.matching import FrameMatcher
from kg.extract.referents import Referents
from kg.extract.syntax import arguments, children
from kg.extract.triggers import has_words
from kg.model import CLAIM_TYPES, Claim, Document, Kind


@dataclass(frozen=True, slots=True)
class Link:
    """Words of a sentence and the actor, place or operation they are taken for."""

    words: str
    id: str
    name: str
    kind: Kind
    known: bool  # from the reference data
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """A frame whose trigger stands in the sentence and that made no claim."""

    word: str
    rule: str
    type: str
    why: str


@dataclass(frozen=True, slots=True)
class Reading:
    """One sentence as it was read."""

    sentence: str
    links: tuple[Link, ...]
    dates: tuple[tuple[str, str | None], ...]  # words and EDTF; `None`: a date that cannot be told
    numbers: tuple[tuple[str, str], ...]  # words and count
    claims: tuple[Claim, ...]
    refusals: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class Unmatched:
    """A verb with an actor beside it that no frame knows, or a name that no reference data knows."""

    what: str  # "verb", or the kind of the name
    text: str
    count: int
    example: str  # a sentence


def explain(extractor: Extractor, document: Document) -> Iterator[Reading]:
    """Sentence by sentence, how a document was read. The claims are those of `Extractor.extract` before they are joined."""
    claims = [tuple(step.claims) for step in extractor.steps(document)]
    for step, here in zip(extractor.steps(document), claims, strict=True):  # asking why may name actors: claims are of the first reading
        text = step.referents.text
        yield Reading(
            step.sentence.span.of(text),
            tuple(_links(step)),
            tuple((d.text, d.period.edtf if d.period else None) for d in step.told.dates),
            tuple((c.span.of(text), c.quantity.notation) for c in step.told.counts),
            here,
            tuple(_refusals(step, extractor.matcher)),
        )


def unmatched(extractor: Extractor, documents: Iterable[Document]) -> list[Unmatched]:
    """What nothing covers, most frequent first: verbs beside an actor without a frame, names without reference data."""
    counts: Counter[tuple[str, str]] = Counter()
    examples: dict[tuple[str, str], str] = {}
    for document in documents:
        for step in extractor.steps(document):
            for key in (*_verbs(step, extractor.matcher), *_names(step)):
                counts[key] += 1
                examples.setdefault(key, step.sentence.span.of(document.text))
    return [Unmatched(*key, count, examples[key]) for key, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _links(step: Step) -> Iterator[Link]:
    for mention in step.sentence.mentions.values():
        entity = mention.entity
        words = mention.span.of(step.referents.text)
        yield Link(words, entity.id, entity.name, entity.kind, entity.known, tuple(entity.reasons))
    for i, meant in sorted(step.referents.pronouns.items()):
        entity, why = meant.entity, reasons(meant.features, load_weights())
        yield Link(step.sentence.tree[i].text, entity.id, entity.name, entity.kind, entity.known, why)


def _refusals(step: Step, matcher: FrameMatcher) -> Iterator[Refusal]:
    made = {(c.trigger.i, c.rule) for c in step.candidates}
    for token in step.sentence.tree:
        if token.i in step.sentence.mentions or token.i in step.sentence.folded:
            continue
        wanted: dict[str, list[str]] = {}  # by frame: the further words of its triggers that are not there
        frames = {frame.id: frame for _, frame in matcher.triggered(token) if (token.i, frame.id) not in made}
        for rest, frame in matcher.triggered(token):
            if frame.id in frames and not has_words(token, rest):
                wanted.setdefault(frame.id, []).append(" ".join(rest))
        several = Counter(frame.id for _, frame in matcher.triggered(token))
        for frame in frames.values():
            missing = wanted.get(frame.id, [])
            lacks_words = len(missing) == several[frame.id]
            why = f"without {' or '.join(map(repr, missing))}" if lacks_words else _why(frame, token, step.referents)
            yield Refusal(token.text, frame.id, frame.type, why)


def _why(frame: Frame, trigger: Token, referents: Referents) -> str:
    """The first thing that the frame lacks."""
    found = arguments(trigger)
    key = CLAIM_TYPES[frame.type].keys[0]
    for role in key:
        functions = [f for union in frame.roles.get(role, ()) for f in union.split("+")]
        tokens = [t for function in functions for t in found.get(function, ())]
        if not functions:
            continue
        if not tokens:
            return f"nothing fills {role} ({' or '.join(functions)})"
        fillers = [f for t in tokens for f in referents.resolve(t)]
        if not fillers and role != "count":
            return f"{role}: {tokens[0].text!r} names nobody"
        kinds = frame.kinds.get(role)
        if kinds and not any(f.entity.kind in kinds for f in fillers):
            return f"{role}: {fillers[0].entity.name} is a {fillers[0].entity.kind.value}"
    return "another frame says it, or its conditions are not met"


def _verbs(step: Step, matcher: FrameMatcher) -> Iterator[tuple[str, str]]:
    for token in step.sentence.tree:
        if token.pos_ == "VERB" and not matcher.triggered(token):
            beside = [step.sentence.mentions.get(c.i) for c in children(token, "nsubj", "nsubj:pass", "obj", "obl", "obl:agent")]
            if any(m and not m.adjective and m.entity.kind.is_actor for m in beside):
                yield "verb", token.lemma_.casefold()


def _names(step: Step) -> Iterator[tuple[str, str]]:
    for mention in step.sentence.mentions.values():
        if not mention.entity.known:
            yield ("unclear" if mention.entity.open else mention.entity.kind.value), mention.entity.name
