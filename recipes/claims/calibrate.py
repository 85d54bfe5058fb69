"""How far the probabilities of a model can be trusted, on documents that it has not seen; and what makes them so.

    python -m recipes.claims.calibrate [--model DIR] [--fit] CORPUS...

Prints, for bands of probability, how many arcs are proposed and the share of them that are annotated; then, for each claim
type, precision and recall of its arcs above the threshold at which a proposal becomes a claim. With `--fit` it first writes the
model's `calibration.json` from these documents, and says how good one made from the half of them is on the other half.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np

from kg.extract.arcs import ANSWERS, ARCS
from kg.extract.biaffine import Floats
from kg.extract.extractor import Extractor
from kg.extract.scoring import PROPOSER, THRESHOLD, Calibration, Model, load_reader, open_session
from kg.seeds import load_seeds
from recipes.claims.examples import load

BANDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)
TYPES = sorted({arc.type for arc in ARCS})
RIDGE = 3.0
NONE = Calibration(1.0, 0.0, {})


@dataclass(frozen=True, slots=True)
class Cells:
    """Arcs that a network holds for possible, or that are annotated."""

    scores: Floats  # (cells,) how likely
    arcs: np.ndarray  # (cells,) number of the arc
    right: np.ndarray  # (cells,) whether it is annotated

    def calibrated(self, calibration: Calibration) -> Floats:
        """(cells,) of probability."""
        table = np.zeros((len(self.scores), ANSWERS), np.float32)
        at = np.arange(len(self.scores))
        table[at, self.arcs] = self.scores
        return calibration.apply(table)[at, self.arcs]


def read_cells(model: Model, corpus: Sequence[Path]) -> Cells:
    """The arcs of documents above 0.05 and the annotated ones, but for those that are not asked for."""
    if not corpus:
        return Cells(np.zeros(0, np.float32), np.zeros(0, int), np.zeros(0, bool))
    seeds = load_seeds()
    found: list[tuple[float, int, bool]] = []
    for example in load(corpus, Extractor(seeds.actors, seeds.places, model=False), *load_reader()):
        rows = {(a, b): i for i, (a, b) in enumerate(example.passage.pairs.tolist())}
        scores = model.score(example.passage)[:, : len(ARCS)]
        gold, asked = np.zeros(scores.shape, bool), np.ones(scores.shape, bool)
        for cells, table, value in ((example.arcs, gold, True), (example.ignored, asked, False)):
            for a, b, label in cells.tolist():
                if (a, b) in rows and label < len(ARCS):
                    table[rows[a, b], label] = value
        for row, label in zip(*np.nonzero(asked & (gold | (scores > 0.05))), strict=True):
            found.append((float(scores[row, label]), int(label), bool(gold[row, label])))
    scores_, arcs, right = zip(*found, strict=True)
    return Cells(np.array(scores_, np.float32), np.array(arcs), np.array(right))


def fit(cells: Cells) -> Calibration:
    """The calibration under which what is annotated is likeliest (Newton's method, ridge on the types' intercepts)."""
    scores = np.clip(cells.scores, 1e-4, 1 - 1e-4)
    asked = scores > 0.05
    logits, right = np.log(scores / (1 - scores))[asked], cells.right[asked].astype(float)
    types = np.array([TYPES.index(ARCS[arc].type) for arc in cells.arcs[asked]])
    x = np.zeros((len(logits), 2 + len(TYPES)))
    x[:, 0], x[:, 1] = 1, logits
    x[np.arange(len(x)), 2 + types] = 1
    ridge = np.array([1e-3, 1e-3, *[RIDGE] * len(TYPES)])
    w = np.zeros(len(ridge))
    for _ in range(100):
        p = 1 / (1 + np.exp(-x @ w))
        step = np.linalg.solve((x * (p * (1 - p))[:, None]).T @ x + np.diag(ridge), x.T @ (p - right) + ridge * w)
        w -= step
        if np.abs(step).max() < 1e-8:
            break
    by_type = {kind: round(float(v), 3) for kind, v in zip(TYPES, w[2:], strict=True)}
    return Calibration(round(float(w[1]), 3), round(float(w[0]), 3), by_type)


def describe(cells: Cells, calibration: Calibration) -> str:
    """Bands of probability, then each claim type."""
    p = cells.calibrated(calibration)
    lines = []
    for low, high in pairwise(BANDS):
        here = cells.right[(p > low) & (p <= high)]
        lines.append(f"{low:.1f} to {min(high, 1):.1f}  {len(here):6} arcs  {here.sum() / max(len(here), 1):.2f} of them right")
    for kind in (None, *TYPES):
        of = np.array([kind in (None, ARCS[arc].type) for arc in cells.arcs])
        said, wanted = cells.right[of & (p > THRESHOLD)], int(cells.right[of].sum())
        lines.append(f"{kind or 'all':13} {wanted:5} arcs  P {said.sum() / max(len(said), 1):.2f}  R {said.sum() / max(wanted, 1):.2f}")
    return "\n".join(lines)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--model", type=Path, default=PROPOSER)
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    model = Model(open_session(given.model), *load_reader(), NONE)
    path = given.model / "calibration.json"
    halves = [read_cells(model, given.corpus[i::2]) for i in (0, 1)]
    whole = Cells(*(np.concatenate([getattr(half, name) for half in halves]) for name in ("scores", "arcs", "right")))
    if given.fit:
        for one, other in (halves, halves[::-1]):
            sys.stdout.write(f"made from one half, on the other:\n{describe(other, fit(one))}\n\n")
        path.write_text(json.dumps(asdict(fit(whole)), indent=1) + "\n", encoding="utf-8")
    sys.stdout.write(describe(whole, Calibration.read(path)) + "\n")


if __name__ == "__main__":
    main()
