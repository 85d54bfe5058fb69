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
THRESHOLD = 0.5
"""The probability from which a proposal becomes a claim."""
_ARRAYS = ("first", "last", "kinds", "calls", "deps", "parents", "verbs", "places", "triggers", "above", "pairs", "lowest", "gaps")


@dataclass(frozen=True, slots=True)
class Calibration:
    """From what the network holds for likely to how often that is right, on documents that it was not trained on.

        logit p = intercept + slope logit s + by_type[claim type]

    with ridge on the last (Platt's scaling, with an intercept of its own for each claim type): what a type loses by it is that the
    network is too sure of it. Made by `recipes/claims/calibrate.py`. Platt, Probabilistic Outputs for Support Vector Machines, 1999.
    """

    slope: float
    intercept: float
    by_type: Mapping[str, float]

    @classmethod
    def read(cls, path: Path) -> Calibration:
        """That of a file."""
        found = json.loads(path.read_text(encoding="utf-8"))
        return cls(found["slope"], found["intercept"], found["by_type"])

    def apply(self, scores: Floats) -> Floats:
        """(pairs, answers) with the arcs' probabilities calibrated; the answers after them stay as they are.

        >>> import numpy as np
        >>> flat = Calibration(1.0, 0.0, {"attack": np.log(3.0)})
        >>> scores = np.full((1, ANSWERS), 0.5, np.float32)
        >>> [round(float(p), 3) for p in flat.apply(scores)[0, [ARCS.index(a) for a in ARCS if a.type in ("attack", "form")]]]
        [0.75, 0.75, 0.5, 0.5]
        """
        arcs = np.clip(scores[:, : len(ARCS)], 1e-6, 1 - 1e-6)
        shifts = np.array([self.intercept + self.by_type.get(arc.type, 0.0) for arc in ARCS], dtype=np.float32)
        found = 1 / (1 + np.exp(-(shifts + self.slope * np.log(arcs / (1 - arcs)))))
        calibrated: Floats = np.concatenate([found, scores[:, len(ARCS) :]], axis=1).astype(np.float32)
        return calibrated


@dataclass(frozen=True, slots=True)
class Model:
    """A loaded model. What it answers for a passage depends on that passage alone."""

    session: onnxruntime.InferenceSession
    read: Reader
    deps: Mapping[str, int]
    calibration: Calibration

    def proposals(self, sentences: Sequence[Sentence], told: Sequence[Told]) -> Iterator[Proposal]:
        """What the model reads off the sentences of a document, given the dates and numbers in each."""
        for passage in passages(sentences, told, self.read, self.deps):
            yield from propose(passage, self.calibration.apply(self.score(passage)), THRESHOLD)

    def score(self, passage: Passage) -> Floats:
        """How likely the network holds each answer, 0 to 1: (pairs, answers)."""
        if not len(passage.pairs):
            return np.zeros((0, ANSWERS), np.float32)
        members = passage.places[None, :] == np.arange(len(passage.sentences))[:, None]
        members[:, 0] = False  # the mark before all words stands in no sentence
        inputs = {name: getattr(passage, name) for name in _ARRAYS}
        pieces = {name: getattr(passage, name)[None] for name in ("pieces", "shapes", "bearers")}
        inputs |= pieces | {"members": members.astype(np.float32)}
        scores: Floats = self.session.run(None, inputs)[0]
        return scores


def load_reader() -> tuple[Reader, dict[str, int]]:
    """How the model reads: from a word to its sub-words, and the numbers of the dependency labels."""
    labels = json.loads((SHIPPED / "labels.json").read_text(encoding="utf-8"))["deps"]
    return read_words(SHIPPED)[1], {label: i for i, label in enumerate(labels)}


@lru_cache(maxsize=1)
def load_model(folder: Path = PROPOSER) -> Model:
    """The model whose `model.onnx` and `calibration.json` lie in the folder. It runs on one thread.

    Raises:
        KgError: a file is missing, or is no such model.
    """
    try:
        return Model(open_session(folder), *load_reader(), Calibration.read(folder / "calibration.json"))
    except Exception as problem:  # the library has errors of its own
        raise KgError(f"no model of claims in {folder}: {problem}", where="kg.extract", advice="install the package anew") from None
