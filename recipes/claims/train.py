"""Train the model that proposes claims: arcs between words, over a pretrained encoder.

    python -m recipes.claims.train --start model.safetensors --out DIR [--held test] CORPUS...

The corpus files whose name begins with `--held` are not learnt from: they measure; those whose name begins with "tune" are left
out altogether (`recipes/claims/calibrate.py`). Needs torch beside what the package
needs; running the model needs no torch. The seed fixes the start and the order of the batches.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from kg.extract.arcs import ANSWERS, ARCS, STANDINGS
from kg.extract.biaffine import SHAPES
from kg.extract.extractor import Extractor
from kg.extract.passages import BEARERS, GAPS, KINDS, TYPES, Passage
from kg.extract.scoring import load_reader
from kg.seeds import load_seeds
from recipes.claims.examples import Example, load
from recipes.parser.train import Labels, Layer, Parser
from recipes.parser.train import Options as ParserOptions


@dataclass(frozen=True, slots=True)
class Options:
    """What was tried and kept."""

    passes: int = 12
    batch: int = 4  # passages
    encoder_rate: float = 1.5e-4
    head_rate: float = 1e-3
    decay: float = 0.01
    dropout: float = 0.3
    width: int = 256
    warm: float = 0.1
    seed: int = 1
    noise: float = 0.03  # share of the words hidden
    topics: float = 0.5  # weight of telling which claim types a sentence holds
    average: float = 0.995  # of the weights over the steps


OPEN = KINDS.index("open")
ENCODER = ("words", "places", "shapes", "norm", "layers")


class Proposer(nn.Module):
    """Encoder, words in their place in the tree, and a scorer of pairs."""

    def __init__(self, deps: int, options: Options) -> None:
        super().__init__()
        self.options = options
        self.words, self.places, self.shapes = nn.Embedding(30522, 384), nn.Embedding(512, 384), nn.Embedding(SHAPES, 384)
        self.norm, self.drop = nn.LayerNorm(384, 1e-12), nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(6))
        width = options.width
        self.kinds, self.deps = nn.Embedding(len(KINDS), 64), nn.Embedding(deps, 32)
        word = 384 + 64 + 32 + len(TYPES)
        self.bearers, self.calls = nn.Embedding(BEARERS, 384, padding_idx=0), nn.Linear(384, 384, bias=False)
        self.role = nn.Linear(word + 2 * (384 + 64 + len(TYPES)), 2 * width)
        self.between, self.path = nn.Linear(word, width), nn.Linear(word, width)
        self.gaps = nn.Embedding(GAPS, width)
        self.both = nn.Parameter(torch.zeros(width))
        self.middle = nn.Linear(width, width)
        self.topic = nn.Linear(2 * (384 + 64 + len(TYPES)), len(TYPES))
        self.weight = nn.Parameter(torch.full((len(ARCS),), 0.5))
        self.register_buffer("type_of", torch.tensor([TYPES.index(a.type) for a in ARCS]), persistent=False)
        self.out = nn.Linear(width, ANSWERS)
        self.wide = nn.Dropout(options.dropout)
        nn.init.normal_(self.gaps.weight, std=0.02)
        nn.init.normal_(self.bearers.weight, std=0.02)
        nn.init.zeros_(self.calls.weight)
        self.bearers.weight.data[0] = 0
        nn.init.constant_(self.out.bias, -5.0)

    def encode(self, pieces: Tensor, shapes: Tensor, bearers: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces) to (batch, pieces, 384)."""
        x = self.drop(self.norm(self.words(pieces) + self.places.weight[: pieces.shape[1]] + self.shapes(shapes) + self.bearers(bearers)))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def pairs(self, x: Tensor, p: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """(pieces, 384) of one passage to (pairs, answers) and (sentences, types)."""
        w = 0.5 * (x[p["first"]] + x[p["last"]])
        called = (p["calls"] > 0).float()[:, :, None]
        w = w + self.calls((self.words(p["calls"]) * called).sum(1) / called.sum(1).clamp(min=1))
        kinds, told = self.kinds(p["kinds"]), p["triggers"]
        first, second, parents, verbs, lowest = *p["pairs"].T, p["parents"], p["verbs"], p["lowest"]
        words = self.wide(torch.cat([w, kinds, self.deps(p["deps"]), told], -1))
        brief = self.wide(torch.cat([w, kinds, told], -1))
        left, right = self.role(torch.cat([words, brief[parents], brief[verbs]], -1)).chunk(2, -1)
        between, steps = self.between(words), F.gelu(self.path(words))
        chains = p["above"] @ steps
        # One selection for each end of a pair: rows are gathered once, and their gradients added up once.
        one = torch.cat([left, chains], -1).index_select(0, first)
        two = torch.cat([right, chains], -1).index_select(0, second)
        top = (between + 0.5 * (steps - 2 * chains)).index_select(0, lowest) * (lowest > 0)[:, None]
        (a, above), (b, beside) = one.chunk(2, -1), two.chunk(2, -1)
        hidden = a + b + self.both * a * b + 0.5 * (above + beside) + top + self.gaps(p["gaps"])
        hidden = F.gelu(hidden)
        hidden = hidden + F.gelu(self.middle(self.wide(hidden)))
        place, several = p["places"], int(p["places"][-1]) + 1
        rows = [brief[1:][place[1:] == s] for s in range(several)]
        pooled = torch.stack([torch.cat([r.mean(0), r.max(0).values]) if len(r) else brief.new_zeros(2 * brief.shape[1]) for r in rows])
        topics = self.topic(pooled)  # (sentences, types)
        later = torch.maximum(place[first], place[second])
        topical = F.pad(self.weight * topics[later][:, self.type_of], (0, ANSWERS - len(ARCS)))
        return self.out(self.wide(hidden)) + topical, topics

    def forward(self, batch: Sequence[dict[str, Tensor]]) -> list[tuple[Tensor, Tensor]]:
        """The scores of each passage of a batch: of arcs, and of the claim types in each sentence."""
        longest = max(len(p["pieces"]) for p in batch)
        pieces = torch.stack([F.pad(p["pieces"], (0, longest - len(p["pieces"]))) for p in batch])
        shapes = torch.stack([F.pad(p["shapes"], (0, longest - len(p["shapes"]))) for p in batch])
        bearers = torch.stack([F.pad(p["bearers"], (0, longest - len(p["bearers"]))) for p in batch])
        lengths = torch.tensor([len(p["pieces"]) for p in batch])
        beyond = torch.arange(longest) >= lengths[:, None]
        mask = torch.zeros(len(batch), 1, 1, longest).masked_fill(beyond[:, None, None], -1e9)
        x = self.encode(pieces, shapes, bearers, mask)
        return [self.pairs(row.float(), p) for row, p in zip(x, batch, strict=True)]


_OF_WORDS = ("first", "last", "kinds", "calls", "deps", "parents", "verbs", "places", "triggers", "above")
NAMES = ("pieces", "shapes", "bearers", *_OF_WORDS, "pairs", "lowest", "gaps")


def tensors(passage: Passage) -> dict[str, Tensor]:
    """The arrays of a passage."""
    return {name: torch.from_numpy(np.ascontiguousarray(getattr(passage, name))) for name in NAMES}


def answers(example: Example) -> tuple[Tensor, Tensor]:
    """(pairs, answers) of ones and zeros, and the cells to learn from."""
    rows = {(int(a), int(b)): i for i, (a, b) in enumerate(example.passage.pairs)}
    gold, learn = torch.zeros(len(rows), ANSWERS), torch.ones(len(rows), ANSWERS, dtype=torch.bool)
    for cells, table, value in ((example.arcs, gold, 1), (example.ignored, learn, False)):
        for a, b, label in cells:
            if (int(a), int(b)) in rows:
                table[rows[int(a), int(b)], label] = value
    learn[:, -len(STANDINGS) :] &= gold[:, : len(ARCS)].any(1, keepdim=True)  # how it stands is asked only of what is said
    return gold, learn


def types_of(example: Example) -> Tensor:
    """(sentences, types): which claim types each sentence of a passage tells."""
    p = example.passage
    found = torch.zeros(int(p.places[-1]) + 1, len(TYPES))
    for i, j, label in example.arcs[example.arcs[:, 2] < len(ARCS)]:
        found[max(p.places[i], p.places[j]), TYPES.index(ARCS[label].type)] = 1
    return found


def disturbed(p: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """A passage with some words hidden, some kinds of names unknown and some triggers not marked."""
    hidden = (torch.rand(len(p["pieces"])) < share) & (p["pieces"] > 103)
    kinds = torch.where((torch.rand(len(p["kinds"])) < share) & (p["kinds"] > OPEN), OPEN, p["kinds"])
    triggers = p["triggers"] * (torch.rand(len(p["triggers"]), 1) >= 2 * share)
    calls = p["calls"] * (torch.rand(len(p["calls"]), 1) >= 3 * share)
    other = torch.cat([torch.zeros(1, dtype=torch.long), 1 + torch.randperm(BEARERS - 1)])  # which number is whose means nothing
    bearers = other[p["bearers"]]
    return p | {"pieces": torch.where(hidden, 103, p["pieces"]), "kinds": kinds, "triggers": triggers, "calls": calls, "bearers": bearers}


def batches(items: Sequence[int], sizes: Sequence[int], size: int, rng: random.Random) -> Iterator[list[int]]:
    """Batches of passages of like length, in random order."""
    order = sorted(items, key=lambda i: sizes[i] + rng.random() * 30)
    found = [order[i : i + size] for i in range(0, len(order), size)]
    rng.shuffle(found)
    yield from found


def measure(
    scores: Sequence[np.ndarray], data: Sequence[tuple[Tensor, Tensor]], threshold: float, part: Sequence[int] | None = None
) -> tuple[float, float, float]:
    """Precision, recall and F1 of the arcs, or of some of the answers, above the threshold."""
    right = said = wanted = 0
    for score, (gold, learn) in zip(scores, data, strict=True):
        asked = np.arange(ANSWERS) < len(ARCS) if part is None else np.isin(np.arange(ANSWERS), part)
        yes, real = (score > threshold) & learn.numpy() & asked, (gold.numpy() > 0) & asked
        right += (yes & real).sum()
        said += yes.sum()
        wanted += real.sum()
    p, r = right / max(said, 1), right / max(wanted, 1)
    return round(float(p), 3), round(float(r), 3), round(2 * p * r / max(p + r, 1e-9), 3)


@torch.inference_mode()
def predict(model: Proposer, data: Sequence[dict[str, Tensor]]) -> list[np.ndarray]:
    """Probabilities (pairs, answers) of each passage."""
    model.eval()
    return [model([p])[0][0].sigmoid().numpy() for p in data]


def weights(path: Path) -> dict[str, Tensor]:
    """The weights of a checkpoint, or of the encoder as it was published (`model.safetensors`)."""
    if path.suffix == ".safetensors":
        parser = Parser(Labels([], [], [], []), ParserOptions())
        parser.load_encoder(path)
        return dict(parser.state_dict())
    found = torch.load(path, map_location="cpu", weights_only=True)
    return dict(found.get("model", found))


def train(examples: Sequence[Example], held: Sequence[Example], start: Path | None, out: Path, deps: int, options: Options) -> None:
    """Train and measure after each second pass."""
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    out.mkdir(parents=True, exist_ok=True)
    log = (out / "train.log").open("a", buffering=1)
    model = Proposer(deps, options)
    if start:
        state = weights(start)
        whole = "topic.weight" in state  # a proposer, to be trained on
        fitting = {k: v for k, v in state.items() if whole or k.split(".")[0] in ENCODER}
        missing, _ = model.load_state_dict(fitting, strict=whole)
        if any(k.split(".")[0] in ("words", "layers") for k in missing):
            raise SystemExit(f"no encoder in {start}")
    model.words.weight.requires_grad_(False)
    data, gold = [tensors(e.passage) for e in examples], [answers(e) for e in examples]
    present = [types_of(e) for e in examples]
    data_held, gold_held = [tensors(e.passage) for e in held], [answers(e) for e in held]
    groups = []
    for inside, rate in ((True, options.encoder_rate), (False, options.head_rate)):
        learning = [p for n, p in model.named_parameters() if p.requires_grad and (n.split(".")[0] in ENCODER) == inside]
        groups.append({"params": learning, "lr": rate, "weight_decay": options.decay})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98))
    sizes = [len(p["pieces"]) for p in data]
    steps = options.passes * -(-len(data) // options.batch)
    warm = int(options.warm * steps)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda t: t / warm if t < warm else max(0.0, (steps - t) / (steps - warm)))
    arcs = int(sum(g.sum() for g, _ in gold))
    log.write(json.dumps({"options": asdict(options), "passages": len(data), "arcs": arcs, "steps": steps}) + "\n")
    smooth = torch.optim.swa_utils.AveragedModel(model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(options.average))
    began = time.monotonic()
    for turn in range(options.passes):
        total = 0.0
        for batch in batches(range(len(data)), sizes, options.batch, rng):
            model.train()
            with torch.autocast("cpu", dtype=torch.bfloat16):
                scores = model([disturbed(data[i], options.noise) for i in batch])
            value = torch.zeros(())
            found = 0.0
            for (score, topics), i in zip(scores, batch, strict=True):
                right, learn = gold[i]
                new = slice(examples[i].passage.context, None)
                value = value + options.topics * F.binary_cross_entropy_with_logits(topics.float()[new], present[i][new], reduction="sum")
                cells = F.binary_cross_entropy_with_logits(score.float(), right, reduction="none") * learn
                value = value + cells.sum()
                found += float(right.sum())
            value = value / (found + 10)
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            smooth.update_parameters(model)
            total += value.item()
        line = f"pass {turn + 1}/{options.passes} {time.monotonic() - began:.0f}s loss {total / max(1, len(sizes) // options.batch):.3f}"
        if held and (turn % 2 == 1 or turn + 1 == options.passes):
            probabilities = predict(smooth.module, data_held)
            line += "  held " + "  ".join(f"{t}: {measure(probabilities, gold_held, t)}" for t in (0.3, 0.5, 0.7))
            parts = {"when": [len(ARCS)], "says": [len(ARCS) + 1], "standing": list(range(len(ARCS) + 2, ANSWERS))}
            line += "".join(f"  {name} {measure(probabilities, gold_held, 0.5, part)}" for name, part in parts.items())
        log.write(line + "\n")
    torch.save({"model": smooth.module.state_dict(), "options": asdict(options), "deps": deps}, out / "last.pt")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--start", type=Path, help="the encoder to start from, or a checkpoint of a proposer to train on")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--held", default="test")
    for each in fields(Options):
        parser.add_argument(f"--{each.name}", type=type(each.default), default=each.default)
    given = parser.parse_args()
    seeds = load_seeds()
    extractor = Extractor(seeds.actors, seeds.places, model=False)
    read, deps = load_reader()
    learnt = load([p for p in given.corpus if not p.name.startswith((given.held, "tune"))], extractor, read, deps)
    held = load([p for p in given.corpus if p.name.startswith(given.held)], extractor, read, deps)
    options = Options(**{each.name: getattr(given, each.name) for each in fields(Options)})
    train(learnt, held, given.start, given.out, len(deps), options)


if __name__ == "__main__":
    main()
