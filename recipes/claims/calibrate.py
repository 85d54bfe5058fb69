"""How far the probabilities of a shipped model can be trusted, on documents that it has not seen.

    python -m recipes.claims.calibrate [--model DIR] CORPUS...

Prints, for bands of probability, how many arcs are proposed and the share of them that are annotated; then, for each claim
type, precision and recall of its arcs above the threshold at which a proposal becomes a claim.
"""

from __future__ import annotations

import argparse
import sys
from itertools import pairwise
from pathlib import Path

import numpy as np

from kg.extract.arcs import ARCS
from kg.extract.extractor import Extractor
from kg.extract.scoring import PROPOSER, THRESHOLDS, load_model, load_reader
from kg.seeds import load_seeds
from recipes.claims.examples import load

BANDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--model", type=Path, default=PROPOSER)
    given = parser.parse_args()
    seeds = load_seeds()
    model = load_model(given.model)
    # Of each arc that is not ignored: its probability, and whether it is right.
    found: dict[str, list[tuple[float, bool]]] = {arc.type: [] for arc in ARCS}
    for example in load(given.corpus, Extractor(seeds.actors, seeds.places, model=False), *load_reader()):
        rows = {(a, b): i for i, (a, b) in enumerate(example.passage.pairs.tolist())}
        scores = model.score(example.passage)[:, : len(ARCS)]
        gold, asked = np.zeros(scores.shape, bool), np.ones(scores.shape, bool)
        for cells, table, value in ((example.arcs, gold, True), (example.ignored, asked, False)):
            for a, b, label in cells.tolist():
                if (a, b) in rows and label < len(ARCS):
                    table[rows[a, b], label] = value
        for row, label in zip(*np.nonzero(asked & (gold | (scores > BANDS[0]))), strict=True):
            found[ARCS[label].type].append((float(scores[row, label]), bool(gold[row, label])))
    thresholds = {arc.type: float(threshold) for arc, threshold in zip(ARCS, THRESHOLDS, strict=True)}
    everything = [cell for cells in found.values() for cell in cells]
    for low, high in pairwise(BANDS):
        here = [right for score, right in everything if low < score <= high]
        sys.stdout.write(f"{low:.1f} to {min(high, 1):.1f}  {len(here):6} arcs  {sum(here) / max(len(here), 1):.2f} of them right\n")
    for kind, cells in sorted(found.items()):
        said = [right for score, right in cells if score > thresholds[kind]]
        wanted = sum(right for _, right in cells)
        p, r = sum(said) / max(len(said), 1), sum(said) / max(wanted, 1)
        sys.stdout.write(f"{kind:13} {wanted:5} arcs  P {p:.2f}  R {r:.2f}\n")


if __name__ == "__main__":
    main()
