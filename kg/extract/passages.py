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
_TYPE_IDS: Mapping[str, int] = {name: i for i, name in enumerate(TYPES)}
_OTHERS = {"PRON": "pronoun", "NOUN": "noun", "PROPN": "noun", "VERB": "verb", "AUX": "verb", "NUM": "number"}
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM"})
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
    first: Ints  # (words,)
    last: Ints  # (words,)
    kinds: Ints  # (words,) indices of KINDS
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
        yield _passage(sentences[begin:end], at - begin, told[begin:end], encoded[begin:end], deps)
        at = end


def _pieces(encoded: Sequence[Encoded | None]) -> int:
    return sum(len(e.pieces) for e in encoded if e)


def _passage(
    sentences: Sequence[Sentence],
    context: int,
    told: Sequence[Told],
    encoded: Sequence[Encoded | None],
    deps: Mapping[str, int],
) -> Passage:
    tokens: list[Token] = []
    pieces, shapes, first, last = [], [], [np.zeros(1, np.int64)], [np.zeros(1, np.int64)]
    rows: list[tuple[int, int, int, int, int]] = [(0, 0, 0, 0, 0)]
    triggers = [np.zeros(len(TYPES), np.float32)]
    length = 0
    for number, (sentence, here, code) in enumerate(zip(sentences, told, encoded, strict=True)):
        dates = {token_at(sentence, d.span) for d in here.dates}
        if code is None:
            continue
        base = len(tokens) + 1
        read = len(code.first) - 1  # of an endless sentence only the beginning
        for token in sentence.tree[:read]:
            parent = token.head.i if token.head.i < read else token.i
            verb = _verb(token).i
            verb = verb if verb < read else token.i
            kind = _KIND_IDS["date"] if token.i in dates else _kind(token, sentence, here.counts)
            rows.append((kind, deps.get(token.dep_, 0), base + parent, base + verb, number))
            triggers.append(_triggers(token))
            tokens.append(token)
        pieces.append(code.pieces)
        shapes.append(code.shapes)
        first.append(code.first[1:] + length)
        last.append(code.last[1:] + length)
        length += len(code.pieces)
    columns = np.array(rows, dtype=np.int64)
    candidates = [i for i, token in enumerate(tokens, start=1) if token.pos_ in _NOMINAL or columns[i, 0] > _KIND_IDS["count"] - 2]
    above = _ancestry(columns[:, 2])
    pairs, lowest, gaps = _pairs(candidates, above, columns[:, 4], context)
    joined = [np.concatenate(part) if part else np.zeros(1, np.int64) for part in (pieces, shapes, first, last)]
    arrays = (*joined, *columns.T, np.array(triggers), above, pairs, lowest, gaps)
    return Passage(sentences, context, tokens, candidates, *arrays)  # in the order of the fields


def _verb(token: Token) -> Token:
    """The verb that a word stands under, or the root of its sentence."""
    node = token.head
    while node.pos_ not in _CLAUSAL and node.head != node:
        node = node.head
    return node


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
