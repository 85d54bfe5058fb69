"""The model that proposes claims, as it ships: from the sentences of a document to the likely arcs between their words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import onnxruntime

from kg.errors import KgError
from kg.extract.arcs import ANSWERS, ARCS
from kg.extract.biaffine import Floats, Reader, open_session
from kg.extract.biaffine import load_reader as read_words
from kg.extract.parsing import SHIPPED, Sentence
from kg.extract.passages import Passage, passages
from kg.extract.proposer import Proposal, propose
from kg.extract.telling import Told

PROPOSER = Path(__file__).parent / "model"
THRESHOLD, STRICT = 0.75, 0.9
"""Probabilities from which a proposal becomes a claim. On documents by other hands F1 is about the same from 0.5 to 0.8, and
precision rises; thresholds of their own for all types did no better there (recipes/claims/calibrate.py)."""
_DOUBTED = frozenset({"opposes", "split_from", "surrender", "seize_power"})  # of which fewer than half were right above 0.7
THRESHOLDS = np.array([STRICT if arc.type in _DOUBTED else THRESHOLD for arc in ARCS], dtype=np.float32)
"""(arcs,) the threshold of each."""
_ARRAYS = ("first", "last", "kinds", "deps", "parents", "verbs", "places", "triggers", "above", "pairs", "lowest", "gaps")


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model. What it answers for a passage depends on that passage alone."""

    session: onnxruntime.InferenceSession
    read: Reader
    deps: Mapping[str, int]

    def proposals(self, sentences: Sequence[Sentence], told: Sequence[Told]) -> Iterator[Proposal]:
        """What the model reads off the sentences of a document, given the dates and numbers in each."""
        for passage in passages(sentences, told, self.read, self.deps):
            yield from propose(passage, self.score(passage), THRESHOLDS)

    def score(self, passage: Passage) -> Floats:
        """The probability of each answer: (pairs, answers)."""
        if not len(passage.pairs):
            return np.zeros((0, ANSWERS), np.float32)
        members = passage.places[None, :] == np.arange(len(passage.sentences))[:, None]
        members[:, 0] = False  # the mark before all words stands in no sentence
        inputs = {name: getattr(passage, name) for name in _ARRAYS}
        inputs |= {"pieces": passage.pieces[None], "shapes": passage.shapes[None], "members": members.astype(np.float32)}
        scores: Floats = self.session.run(None, inputs)[0]
        return scores


def load_reader() -> tuple[Reader, dict[str, int]]:
    """How the model reads: from a word to its sub-words, and the numbers of the dependency labels."""
    labels = json.loads((SHIPPED / "labels.json").read_text(encoding="utf-8"))["deps"]
    return read_words(SHIPPED)[1], {label: i for i, label in enumerate(labels)}


@lru_cache(maxsize=1)
def load_model(folder: Path = PROPOSER) -> Model:
    """The model whose `model.onnx` lies in the folder. It runs on one thread.

    Raises:
        KgError: the file is missing, or is no such model.
    """
    try:
        return Model(open_session(folder), *load_reader())
    except Exception as problem:  # the library has errors of its own
        raise KgError(f"no model of claims in {folder}: {problem}", where="kg.extract", advice="install the package anew") from None
