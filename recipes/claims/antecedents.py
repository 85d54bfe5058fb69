"""Learn the weights by which a pronoun's antecedent is chosen (`kg/extract/antecedents.py`): a log-linear ranker.

    python -m recipes.claims.antecedents --out kg/extract/rules/en/antecedents.json CORPUS...

Every pronoun that the corpus marks is one choice among the entities told before it, those that the pipeline itself finds. The
weights maximise the likelihood of the right ones, less a penalty on their squares. Files whose name begins with `--held` are not
learnt from: they measure; those that begin with "tune" are left out. Takes about four minutes on one core.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kg.extract.antecedents import PRONOUNS, History, Occurrence, load_weights, score
from kg.extract.entities import Entity
from kg.extract.extractor import Extractor
from kg.extract.parsing import Sentence
from kg.seeds import load_seeds
from recipes.claims.corpus import Mistake, Text, read_corpus
from recipes.claims.examples import document_of, head_word

PENALTY, LEAST, SMALLEST = 3.0, 8, 0.03  # of the squares; choices a feature must occur in; weights below are dropped


@dataclass(slots=True)
class Choice:
    """A pronoun: what speaks for each candidate, and which are right."""

    pronoun: str
    candidates: list[list[str]]
    right: list[int]


@dataclass(slots=True)
class _Read:
    """A sentence as the pipeline read it: who is told of, and what the corpus says of its words."""

    sentence: Sentence
    told: list[tuple[Entity, Occurrence]]
    marked: dict[int, str]


def choices(text: Text, extractor: Extractor, weights: Mapping[str, float] | None) -> Iterator[Choice]:
    """The pronouns of a document. Later pronouns see what earlier ones mean: by the corpus, or by the weights that are given."""
    read, entity_of, marked_as = _read(text, extractor)
    history = History()
    for step in read:
        found: list[tuple[Entity, Occurrence]] = []
        for token in step.sentence.tree:
            if token.lower_ not in PRONOUNS or token.pos_ not in ("PRON", "DET"):
                continue
            before = sorted(((e, o) for e, o in [*step.told, *found] if o.token < token.i), key=lambda pair: pair[1].token)
            weighed = list(history.weigh(token, step.sentence.index, before))
            meant = step.marked.get(token.i)
            if meant is not None:
                right = [i for i, (entity, _) in enumerate(weighed) if marked_as.get(entity.id) == meant]
                yield Choice(PRONOUNS[token.lower_], [features for _, features in weighed], right)
            entity = entity_of.get(meant or "")
            if weights is not None and weighed:
                entity = max(weighed, key=lambda pair: score(pair[1], weights))[0]
            if entity is not None:
                found.append((entity, Occurrence.of(token, step.sentence.index, "pronoun")))
        for entity, occurrence in sorted([*step.told, *found], key=lambda pair: pair[1].token):
            history.note(entity, occurrence)


def _read(text: Text, extractor: Extractor) -> tuple[list[_Read], dict[str, Entity], dict[str, str]]:
    """The sentences; the pipeline's entity of each of the corpus; and the corpus's of each of the pipeline."""
    document, starts = document_of(text)
    votes: dict[str, Counter[str]] = defaultdict(Counter)
    read: list[_Read] = []
    known: dict[str, Entity] = {}
    for step in extractor.steps(document):
        sentence = step.sentence
        marked = {}
        for line, start in zip(text.lines, starts, strict=True):
            for begin, end, entity in line.mentions:
                if sentence.span.start <= start + begin < sentence.span.end:
                    head = head_word(sentence, start + begin, start + end)
                    if head is not None:
                        marked[head] = entity
        told = list(step.referents.told_before(None))
        for entity_, occurrence in told:
            known[entity_.id] = entity_
            if occurrence.token in marked:
                votes[entity_.id][marked[occurrence.token]] += 5 if occurrence.how == "name" else 2
        read.append(_Read(sentence, [pair for pair in told if pair[1].how != "pronoun"], marked))
    marked_as = {id_: max(sorted(counted), key=lambda name: counted[name]) for id_, counted in votes.items()}
    entity_of: dict[str, Entity] = {}
    for id_, name in marked_as.items():
        entity_of.setdefault(name, known[id_])
    return read, entity_of, marked_as


def learn(data: Sequence[Choice]) -> dict[str, float]:
    """The weights."""
    counts = Counter(feature for choice in data for features in choice.candidates for feature in set(features))
    columns = {feature: i for i, feature in enumerate(sorted(f for f, n in counts.items() if n >= LEAST))}
    rows, right, starts = [], [], [0]
    for choice in data:
        rows += [[columns[f] for f in features if f in columns] for features in choice.candidates]
        right += [i in choice.right for i in range(len(choice.candidates))]
        starts.append(len(rows))
    indices = np.concatenate([np.array(row, dtype=np.int64) for row in rows])
    table = csr_matrix((np.ones(len(indices)), indices, np.cumsum([0, *map(len, rows)])), shape=(len(rows), len(columns)))
    begin, of = np.array(starts[:-1]), np.repeat(np.arange(len(data)), np.diff(starts))
    chosen = np.array(right)

    def shares(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        largest = np.maximum.reduceat(values, begin)
        powers = np.exp(values - largest[of])
        total = np.add.reduceat(powers, begin)
        return largest + np.log(total), powers / total[of]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        values = table @ weights
        whole, all_ = shares(values)
        part, good = shares(np.where(chosen, values, -1e9))
        return float((whole - part).sum() + PENALTY / 2 * weights @ weights), table.T @ (all_ - good) + PENALTY * weights

    found = minimize(loss, np.zeros(len(columns)), jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    return {feature: round(float(found[i]), 2) for feature, i in columns.items() if abs(found[i]) >= SMALLEST}


def measure(name: str, data: Sequence[Choice], weights: Mapping[str, float]) -> None:
    """How many are right, by pronoun; those whose antecedent no candidate is count as wrong."""
    right: Counter[str] = Counter()
    for choice in data:
        best = max(range(len(choice.candidates)), key=lambda i: score(choice.candidates[i], weights), default=-1)
        right[choice.pronoun] += best in choice.right
    total = Counter(choice.pronoun for choice in data)
    parts = ", ".join(f"{pronoun} {right[pronoun]}/{n}" for pronoun, n in total.most_common())
    print(f"{name}: {sum(right.values()) / max(len(data), 1):.3f} of {len(data)}; {parts}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", default="test")
    given = parser.parse_args()
    seeds = load_seeds()
    extractor = Extractor(seeds.actors, seeds.places, model=False)
    texts: dict[bool, list[Text]] = {True: [], False: []}
    for path in (path for path in given.corpus if not path.name.startswith("tune")):
        texts[path.name.startswith(given.held)] += [text for _, text in read_corpus(path) if not isinstance(text, Mistake)]
    data = [c for text in texts[False] for c in choices(text, extractor, None) if c.right and len(c.right) < len(c.candidates)]
    weights = learn(data)
    given.out.write_text(json.dumps(weights, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    load_weights.cache_clear()
    print(f"{len(data)} choices, {len(weights)} weights")
    measure("held out", [c for text in texts[True] for c in choices(text, extractor, weights)], weights)


if __name__ == "__main__":
    main()
