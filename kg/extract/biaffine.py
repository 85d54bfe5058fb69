"""A dependency parser on a small pretrained encoder: words in, a Universal Dependencies tree with tags and lemmas out.

One sub-word encoder reads the sentence; a biaffine scorer says how well each word would head each other one (Dozat and
Manning 2017, doi:10.48550/arXiv.1611.01734), and the best tree with one root is taken. The encoder knows no capitals, so the
shape of each word is given to it beside its letters.

A sentence is scored alone, never padded among others: its tree depends on nothing but itself.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS
from spacy.symbols import IDS
from spacy.tokens import Doc
from tokenizers import Tokenizer

from kg.errors import KgError
from kg.extract.lemmas import Lemmatizer
from kg.extract.trees import best_tree

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

MAX_WORDS = 200
"""Words read at once; the treebanks hold almost no longer sentence. A longer one is read piece by piece."""
MAX_PIECES = 510
"""Sub-words read at once: the positions that the encoder knows, less the two marks around a sentence."""
_PIECES_OF_WORD, _LETTERS_OF_WORD = 12, 100  # of a longer word (an address, a line of noise) only the beginning is read
_CASES = ("none", "lower", "initial", "title", "upper", "mixed")
SHAPES = 1 + len(_CASES) * 3 * 2
"""How many shapes there are; 0 is the shape of the marks around a sentence."""
UNKNOWN, OPENING, CLOSING = 100, 101, 102  # no word, and the marks around a sentence, in the vocabulary of the encoder
REMEMBERED = 50_000
"""Words whose sub-words are kept, some 20 MB: most words of a text were in the text before it."""
Reader = Callable[[str], tuple[list[int], int]]


class Encoded(NamedTuple):
    """A sentence as the encoder reads it: sub-words with their shapes, and where each word begins and ends.

    The opening mark stands for the root, so it counts as a word: number 0.
    """

    pieces: Ints  # (pieces,) of the vocabulary, the marks included
    shapes: Ints  # (pieces,)
    first: Ints  # (words + 1,) positions in `pieces`
    last: Ints  # (words + 1,)


def shape(word: str, *, first: bool) -> int:
    """What the letters of a word do not tell: capitals, digits, and whether it opens the sentence.

    >>> shape("army", first=False) == shape("they", first=False) != shape("Army", first=False)
    True
    """
    letters = [c for c in word if c.isalpha()]
    upper = sum(c.isupper() for c in letters)
    if not letters:
        case = "none"
    elif not upper:
        case = "lower"
    elif upper == len(letters):
        case = "upper" if upper > 1 else "initial"
    else:
        case = "title" if upper == 1 and letters[0].isupper() else "mixed"
    digits = sum(c.isdigit() for c in word)
    amount = 0 if not digits else 2 if digits == len(word) else 1
    return 1 + (_CASES.index(case) * 3 + amount) * 2 + first


def piece_reader(tokenizer: Tokenizer) -> Reader:
    """A function from a word to its sub-words and its shape within a sentence; it remembers the words met last."""

    @lru_cache(maxsize=REMEMBERED)
    def read(word: str) -> tuple[list[int], int]:
        return tokenizer.encode(word, add_special_tokens=False).ids[:_PIECES_OF_WORD] or [UNKNOWN], shape(word, first=False)

    return read


def encode(words: Sequence[str], read: Reader) -> Iterator[Encoded]:
    """The words in stretches that the encoder can read at once, nearly always one."""
    begin = 0
    while begin < len(words):
        pieces, shapes, first, last = [OPENING], [0], [0], [0]
        for at in range(begin, min(begin + MAX_WORDS, len(words))):
            here, form = read(words[at][:_LETTERS_OF_WORD])
            if len(pieces) + len(here) > MAX_PIECES:
                break
            first.append(len(pieces))
            pieces += here
            shapes += [form + (at == 0)] * len(here)
            last.append(len(pieces) - 1)
        begin += len(first) - 1
        pieces.append(CLOSING)
        shapes.append(0)
        yield Encoded(*(np.array(row, dtype=np.int64) for row in (pieces, shapes, first, last)))


@dataclass(frozen=True, slots=True)
class Annotator:
    """A loaded parser. What it answers for a sentence depends on that sentence alone."""

    session: onnxruntime.InferenceSession
    read: Reader
    lemmatizer: Lemmatizer
    deps: tuple[str, ...]
    pos: tuple[str, ...]
    feats: tuple[str, ...]
    rules: tuple[str, ...]

    def pipe(self, docs: Iterable[Doc], batch_size: int = 64) -> Iterator[Doc]:
        """The docs, in order, with head, dependency label, part of speech, features and lemma on every token.

        Args:
            docs: sentences already cut into words, one sentence in each; they are changed in place.
            batch_size: docs taken from the caller before the first is given back; it changes no answer.
        """
        waiting = iter(docs)
        while batch := list(islice(waiting, batch_size)):
            yield from map(self.annotate, batch)

    def annotate(self, doc: Doc) -> Doc:
        """The doc, which is one sentence, with its tree, tags and lemmas; an empty one as it is.

        Of a sentence too long to be read at once, the later stretches hang on the root of the first (`parataxis`).
        """
        words = [token.text for token in doc]
        if not words:
            return doc
        strings, morphology = doc.vocab.strings, doc.vocab.morphology
        columns: list[list[int]] = [[], [], [], [], []]
        heads, labels, pos, feats, lemmas = columns
        root = -1
        for encoded in encode(words, self.read):
            inputs = {"pieces": encoded.pieces[None], "shapes": encoded.shapes[None], "first": encoded.first, "last": encoded.last}
            arcs, deps, *tags = self.session.run(None, inputs)
            tree = best_tree(arcs)
            begin = len(heads)
            for i, (head, label) in enumerate(zip(tree.tolist(), deps[np.arange(len(tree)), tree].tolist(), strict=True), start=begin):
                if head:
                    heads.append(begin + head - 1 - i)
                    labels.append(strings.add(self.deps[label]))
                else:
                    heads.append(0 if root < 0 else root - i)
                    labels.append(strings.add("ROOT" if root < 0 else "parataxis"))
                    root = i if root < 0 else root
            for word, tag, features, rules in zip(words[begin:], *(t.tolist() for t in tags), strict=False):
                kind = self.pos[tag]
                pos.append(IDS[kind])
                feats.append(morphology.add(self.feats[features]))
                lemmas.append(strings.add(self.lemmatizer.choose(word, kind, [self.rules[rule] for rule in rules])))
        table = np.empty((len(words), 5), dtype=np.uint64)
        table[:, 0] = np.array(heads, dtype=np.int64).astype(np.uint64)  # spaCy reads an offset to the left as the number wraps
        for place, column in enumerate(columns[1:], start=1):
            table[:, place] = column
        return doc.from_array([HEAD, DEP, POS, MORPH, LEMMA], table)  # type: ignore[arg-type]  # thinc's own name for this array


@lru_cache(maxsize=2)
def load_reader(folder: Path) -> tuple[Tokenizer, Reader]:
    """The vocabulary in a folder, and the reader that remembers its words: one for all models that read the same words."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    return tokenizer, piece_reader(tokenizer)


def open_session(folder: Path) -> onnxruntime.InferenceSession:
    """The `model.onnx` of a folder, ready to run on one thread."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"])


def load(folder: Path) -> Annotator:
    """The parser whose `model.onnx`, `tokenizer.json`, `labels.json` and `lemmas.json` lie in the folder. It runs on one thread.

    Raises:
        KgError: a file is missing, or is no such model.
    """
    try:
        labels, lemmas = (json.loads((folder / f"{name}.json").read_text(encoding="utf-8")) for name in ("labels", "lemmas"))
        tokenizer, read = load_reader(folder)
        session = open_session(folder)
        words = frozenset(word for word in tokenizer.get_vocab() if word.isalpha() and len(word) > 2)
        lemmatizer = Lemmatizer(lemmas["forms"], frozenset(lemmas["lemmas"]), words)
        learnt = (tuple(labels[kind]) for kind in ("deps", "pos", "feats", "lemmas"))
        return Annotator(session, read, lemmatizer, *learnt)
    except Exception as problem:  # each of the libraries has errors of its own, and none in common
        raise KgError(f"no parser in {folder}: {problem}", where="--parser", advice="name the folder of a trained parser") from None
