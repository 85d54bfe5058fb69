"""A few sentences in a row as numbers: what the model that proposes claims sees of them.

Words go in as the parser read them (a name as one plain word), each with what the pipeline knows: the kind of thing a
name stands for, the grammatical function, the word it hangs on and the verb above it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from spacy.tokens import Token

from kg.extract.biaffine import Encoded, Floats, Ints, Reader, encode
from kg.extract.counts import CountMention
from kg.extract.entities import Mention
from kg.extract.frames import types_told
from kg.extract.parsing import Sentence
from kg.extract.telling import Told, token_at
from kg.model import CLAIM_TYPES, Kind

CONTEXT = 2
"""Sentences before one in which its claims may have an argument."""
MAX_PIECES = 300
"""Sub-words read at once, context and all; a sentence longer than that is read alone."""
_WORDS = ("none", "pronoun", "noun", "verb", "number", "date", "count", "open")  # "open": a name whose kind is not known
KINDS = (*_WORDS, *(k.value for k in Kind), *(f"{k.value} adjective" for k in Kind))
"""What a word can be to the pipeline: a kind of word, of name, or of an adjective made from a name."""
_KIND_IDS: Mapping[str, int] = {name: i for i, name in enumerate(KINDS)}
GAPS = 32
"""The ways in which two words can stand to each other: which comes first, and the steps in the tree or the sentences between them."""
TYPES = tuple(CLAIM_TYPES)
BEARERS = 48
"""How many bearers of names can be told apart in a passage, and 0 for nobody; those named after them share the last number."""
CALLS = 4
"""Sub-words of what a name calls its bearer that are read: of the name's last word and of the title, two each."""
_TYPE_IDS: Mapping[str, int] = {name: i for i, name in enumerate(TYPES)}
_OTHERS = {"PRON": "pronoun", "NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "NUM": "number"}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
_CALLED = frozenset(Kind) - {Kind.PERSON, Kind.PLACE, Kind.STATE, Kind.PEOPLE}
_CLAUSAL = frozenset({"VERB", "AUX"})


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences read at once. The first `context` of them were read before and only give arguments."""

    sentences: Sequence[Sentence]
    context: int
    tokens: list[Token]  # of all sentences; word 0 of the arrays stands before them
    candidates: list[int]  # words that may fill a role
    pieces: Ints  # (pieces,)
    shapes: Ints  # (pieces,)
    bearers: Ints  # (pieces,) below `BEARERS`: one number for each one named; 0 where nobody is
    first: Ints  # (words,)
    last: Ints  # (words,)
    kinds: Ints  # (words,) indices of KINDS
    calls: Ints  # (words, CALLS) sub-words of what a name calls its bearer: its last word, the title before it; 0 where none
    deps: Ints  # (words,) indices of the labels given
    parents: Ints  # (words,) the word each hangs on
    verbs: Ints  # (words,) the verb above it, or the root
    places: Ints  # (words,) number of the sentence
    triggers: Floats  # (words, claim types): 1 where a frame of that type has the word as its trigger
    above: Floats  # (words, words): 1 where the second is the first or stands above it
    pairs: Ints  # (pairs, 2) words of which an arc may join the first to the second
    lowest: Ints  # (pairs,) the lowest word above both; 0 for words of different sentences
    gaps: Ints  # (pairs,) how the two stand to each other, below `GAPS`


def passages(sentences: Sequence[Sentence], told: Sequence[Told], read: Reader, deps: Mapping[str, int]) -> Iterator[Passage]:
    """The sentences of a document in stretches; each is new in just one of them.

    Args:
        told: the dates and numbers of each sentence.
        read: from a word to its sub-words.
        deps: dependency labels and their numbers; a label that is not there counts as number 0.
    """
    encoded = [next(encode([t.text for t in s.tree], read), None) for s in sentences]
    at = 0
    while at < len(sentences):
        begin = at
        while begin > max(0, at - CONTEXT) and _pieces(encoded[begin - 1 : at + 1]) <= MAX_PIECES:
            begin -= 1
        end = at + 1
        while end < len(sentences) and _pieces(encoded[begin : end + 1]) <= MAX_PIECES:
            end += 1
        yield _passage(sentences[begin:end], at - begin, told[begin:end], encoded[begin:end], read, deps)
        at = end


def _pieces(encoded: Sequence[Encoded | None]) -> int:
    return sum(len(e.pieces) for e in encoded if e)


def _passage(
    sentences: Sequence[Sentence],
    context: int,
    told: Sequence[Told],
    encoded: Sequence[Encoded | None],
    read: Reader,
    deps: Mapping[str, int],
) -> Passage:
    tokens: list[Token] = []
    pieces, shapes, first, last = [], [], [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    rows: list[tuple[int, int, int, int, int]] = [(0, 0, 0, 0, 0)]
    triggers = [np.zeros(len(TYPES), np.float32)]
    calls = [[0] * CALLS]
    bearers: list[Ints] = []
    numbers: dict[str, int] = {}
    length = 0
    for number, (sentence, here, code) in enumerate(zip(sentences, told, encoded, strict=True)):
        dates = {token_at(sentence, d.span) for d in here.dates}
        if code is None:
            continue
        base = len(tokens) + 1
        size = len(code.first) - 1  # of an endless sentence only the beginning
        named = np.zeros(len(code.pieces), np.int64)
        for token in sentence.tree[:size]:
            parent = token.head.i if token.head.i < size else token.i
            verb = _verb(token).i
            verb = verb if verb < size else token.i
            mention = sentence.mentions.get(token.i)
            calls.append(_calls(mention, read))
            if mention is not None:
                bearer = numbers.setdefault(mention.entity.id, min(len(numbers) + 1, BEARERS - 1))
                named[code.first[token.i + 1] : code.last[token.i + 1] + 1] = bearer
            kind = _KIND_IDS["date"] if token.i in dates else _kind(token, sentence, here.counts)
            rows.append((kind, deps.get(token.dep_, 0), base + parent, base + verb, number))
            triggers.append(_triggers(token))
            tokens.append(token)
        bearers.append(named)
        pieces.append(code.pieces)
        shapes.append(code.shapes)
        first.append(code.first[1:] + length)
        last.append(code.last[1:] + length)
        length += len(code.pieces)
    columns = np.array(rows, dtype=np.int64)
    candidates = [i for i, token in enumerate(tokens, start=1) if token.pos_ in _NOMINAL or columns[i, 0] > _KIND_IDS["count"] - 2]
    above = _ancestry(columns[:, 2])
    pairs, lowest, gaps = _pairs(candidates, above, columns[:, 4], context)
    joined = [np.concatenate(part) if part else np.zeros(1, np.int64) for part in (pieces, shapes, bearers, first, last)]
    arrays = (*joined, columns.T[0], np.array(calls, dtype=np.int64), *columns.T[1:], np.array(triggers), above, pairs, lowest, gaps)
    return Passage(sentences, context, tokens, candidates, *arrays)  # in the order of the fields


def _verb(token: Token) -> Token:
    """The verb that a word stands under, or the root of its sentence."""
    node = token.head
    while node.pos_ not in _CLAUSAL and node.head != node:
        node = node.head
    return node


def _calls(mention: Mention | None, read: Reader) -> list[int]:
    found = [0] * CALLS
    if mention is None:
        return found
    entity = mention.entity
    if entity.kind in _CALLED and not entity.open and not mention.adjective:
        words = max((n.split() for n in entity.names), key=len, default=[])
        if len(words) > 1 and words[-1].isalpha():
            pieces = read(words[-1])[0][: CALLS // 2]
            found[: len(pieces)] = pieces
    if mention.title:
        pieces = read(mention.title.split()[-1])[0][: CALLS // 2]
        found[CALLS // 2 : CALLS // 2 + len(pieces)] = pieces
    return found


def _triggers(token: Token) -> Floats:
    found = np.zeros(len(TYPES), np.float32)
    for name in types_told(token):
        found[_TYPE_IDS[name]] = 1
    return found


def _kind(token: Token, sentence: Sentence, counts: Sequence[CountMention]) -> int:
    mention = sentence.mentions.get(token.i)
    if mention is not None:
        if mention.entity.open:
            return _KIND_IDS["open"]
        return _KIND_IDS[mention.entity.kind.value + (" adjective" if mention.adjective else "")]
    if token.i in sentence.folded:
        return _KIND_IDS["date"]
    if token.pos_ in ("NUM", "NOUN", "DET", "ADJ") and any(c.span.overlaps(sentence.spans[token.i]) for c in counts):
        return _KIND_IDS["count"]
    return _KIND_IDS[_OTHERS.get(token.pos_, "none")]


def _ancestry(parents: Ints) -> Floats:
    above = np.eye(len(parents), dtype=np.float32)
    above[0, 0] = 0
    node = parents.copy()
    rows = np.arange(len(parents))
    while True:
        before = above.sum()
        above[rows, node] = 1
        node = parents[node]
        if above.sum() == before:
            break
    above[0] = above[:, 0] = 0
    return above


def _pairs(candidates: Sequence[int], above: Floats, places: Ints, context: int) -> tuple[Ints, Ints, Ints]:
    """The pairs with a word in a new sentence and the other near it; the lowest word above both; how they stand to each other."""
    words = np.array(candidates, dtype=np.int64)
    place = places[words]
    apart = np.abs(place[:, None] - place[None, :])
    rows, columns = np.nonzero((np.maximum(place[:, None], place[None, :]) >= context) & (apart <= CONTEXT))
    first, second = words[rows], words[columns]
    apart = apart[rows, columns]
    ranks = above.sum(1)
    lowest = np.where(apart == 0, (above[first] * above[second] * ranks).argmax(1), 0).astype(np.int64)
    steps = ranks[first] + ranks[second] - 2 * ranks[lowest]
    half = GAPS // 2
    gaps = np.where(apart == 0, np.minimum(steps, half - 4), np.minimum(half - 4 + apart, half - 1)) + half * (first < second)
    return np.stack([first, second], 1), lowest, gaps.astype(np.int64)
