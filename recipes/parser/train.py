"""Train the shipped parser: one multi-task fine-tuning of a small pretrained encoder on two English treebanks.

    python -m recipes.parser.train --encoder DIR --treebanks DIR --out DIR     # checkpoints and DIR/train.log
    python -m recipes.parser.export --checkpoint DIR/best.pt ...                     # the shipped files
    python -m recipes.parser.evaluate FOLDER FILE.conllu...                          # scores by genre, speed

`--encoder` holds the `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2, `--treebanks` the CoNLL-U files
`{ewt,gum}-{train,dev,test}.conllu` (ellipsis nodes are skipped). Needs torch, safetensors, tokenizers, numpy, spacy;
running the parser needs no torch. The seed fixes the start and the order of the batches; one thread keeps sums in one order.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from kg.extract.biaffine import SHAPES, Encoded, Reader, encode, piece_reader
from kg.extract.lemmas import lemmatize
from kg.extract.trees import best_tree
from recipes.parser.treebank import Sentence, read_conllu

ENCODER_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
IGNORED = -100
_NAMES = {"out": "attention.output.dense", "norm1": "attention.output.LayerNorm", "up": "intermediate.dense", "down": "output.dense",
          "norm2": "output.LayerNorm"}  # ours and theirs
LONGEST = 120  # words of a training sentence; two of 21,139 are longer


def lemma_rule(word: str, lemma: str) -> str:
    """The shortest edit rule that makes the lemma of the word; `lemmatize` undoes it."""
    best = ""
    for case, cased in (("l", word.lower()), ("k", word), ("t", word[:1].upper() + word[1:].lower())):
        same = next((i for i, (a, b) in enumerate(zip(cased, lemma, strict=False)) if a != b), min(len(cased), len(lemma)))
        rule = f"{case}:{len(cased) - same}:{lemma[same:]}"
        if lemmatize(word, rule) == lemma and (not best or len(rule) < len(best)):
            best = rule
    return best


@dataclass(frozen=True, slots=True)
class Labels:
    """What each head of the model may answer."""

    deps: list[str]
    pos: list[str]
    feats: list[str]
    lemmas: list[str]


def count_labels(sentences: Sequence[Sentence]) -> Labels:
    """The labels seen often enough to be learnt, most frequent first."""
    def often(values: Iterator[str], least: int) -> list[str]:
        return [v for v, n in sorted(Counter(values).items(), key=lambda p: (-p[1], p[0])) if n >= least]

    rules = (lemma_rule(w, m) for s in sentences for w, m in zip(s.words, s.lemmas, strict=True))
    return Labels(often((d for s in sentences for d in s.deps), 3), often((p for s in sentences for p in s.pos), 3),
                  often((f for s in sentences for f in s.feats), 5), often(filter(None, rules), 4))


@dataclass(frozen=True, slots=True)
class Options:
    """Sizes and rates of the training."""

    arc: int = 384
    rel: int = 96
    tag: int = 320
    passes: int = 10
    pieces: int = 900  # sub-words of a batch
    encoder_rate: float = 3e-4  # of the last layer; each lower one learns 0.85 of the next
    layer_decay: float = 0.85
    head_rate: float = 2e-3
    decay: float = 0.01
    warm: float = 0.06
    dropout: float = 0.33
    seed: int = 1


class Dropout(nn.Module):
    """Dropout of whole features of a sentence (one draw for all its words), cheap to draw (Gal and Ghahramani 2016)."""

    def __init__(self, share: float) -> None:
        super().__init__()
        self.share = share

    def forward(self, x: Tensor) -> Tensor:
        """(batch, words, width) to the same."""
        if not self.training:
            return x
        return x * (torch.rand(len(x), 1, x.shape[2]) >= self.share).to(x.dtype).div_(1 - self.share)


class Layer(nn.Module):
    """One transformer layer, as in BERT."""

    def __init__(self, width: int = 384, heads: int = 12, inner: int = 1536) -> None:
        super().__init__()
        self.heads = heads
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.norm1, self.norm2 = nn.LayerNorm(width, 1e-12), nn.LayerNorm(width, 1e-12)
        self.up, self.down = nn.Linear(width, inner), nn.Linear(inner, width)
        self.drop = Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces, width) and the additive mask (batch, 1, 1, pieces) to (batch, pieces, width)."""
        batch, length, width = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        weights = (q * (width // self.heads) ** -0.5 @ k.transpose(2, 3) + mask.to(q.dtype)).softmax(-1)
        seen = (weights.to(v.dtype) @ v).transpose(1, 2).reshape(batch, length, width)
        x = self.norm1(x + self.drop(self.out(seen)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Parser(nn.Module):
    """Encoder, arcs, dependency labels, part of speech, features and lemma rules."""

    def __init__(self, labels: Labels, options: Options) -> None:
        super().__init__()
        self.options = options
        self.words, self.places, self.shapes = nn.Embedding(30522, 384), nn.Embedding(512, 384), nn.Embedding(SHAPES, 384)
        self.norm, self.drop = nn.LayerNorm(384, 1e-12), Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in range(6))
        self.mlp = nn.Linear(384, 2 * options.arc + 2 * options.rel + options.tag)
        self.arc = nn.Parameter(torch.zeros(options.arc + 1, options.arc))  # the added row: how often a word is a head
        self.rel = nn.Parameter(torch.zeros(options.rel + 1, len(labels.deps), options.rel + 1))
        self.pos, self.feats, self.lemmas = (nn.Linear(options.tag, len(x)) for x in (labels.pos, labels.feats, labels.lemmas))
        self.wide = Dropout(options.dropout)
        nn.init.zeros_(self.shapes.weight)
        nn.init.normal_(self.arc, std=0.01)
        nn.init.normal_(self.rel, std=0.01)

    def load_encoder(self, path: Path) -> None:
        """Take the weights of all-MiniLM-L6-v2, refusing any other file."""
        if hashlib.sha256(path.read_bytes()).hexdigest() != ENCODER_SHA256:
            raise SystemExit(f"{path} is not the encoder of the recipe")
        found = load_file(path)
        places = found["embeddings.position_embeddings.weight"] + found["embeddings.token_type_embeddings.weight"][0]
        state = {"words.weight": found["embeddings.word_embeddings.weight"], "places.weight": places}
        for kind in ("weight", "bias"):
            state[f"norm.{kind}"] = found[f"embeddings.LayerNorm.{kind}"]
            for i in range(6):
                old = f"encoder.layer.{i}."
                parts = [found[f"{old}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                state[f"layers.{i}.qkv.{kind}"] = torch.cat(parts)
                for new, name in _NAMES.items():
                    state[f"layers.{i}.{new}.{kind}"] = found[f"{old}{name}.{kind}"]
        missing, unexpected = self.load_state_dict(state, strict=False)
        if unexpected or any(name.startswith(("layers", "norm", "words", "places")) for name in missing):
            raise SystemExit(f"weights do not fit: {unexpected}, {missing}")
        self.words.weight.requires_grad_(False)  # so that the words of no treebank keep their places among the others

    def read(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        """(batch, pieces, 384): each sub-word in its sentence."""
        places = self.places.weight[: pieces.shape[1]]
        x = self.drop(self.norm(self.words(pieces) + places + self.shapes(shapes)))
        for layer in self.layers:
            x = layer(x, mask)
        return x

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> tuple[Tensor, ...]:
        """Arc scores (batch, words, words + 1), label parts (batch, words + 1, rel) of dependents and heads, and the tag scores.

        `first` and `last` are (batch, words + 1): column 0 is the opening mark, which stands for the root.
        """
        x = self.read(pieces, shapes, mask)
        rows = torch.arange(len(x))[:, None]
        words = self.wide(0.5 * (x[rows, first] + x[rows, last]))
        o = self.options
        dep, head, rel_dep, rel_head, tag = self.wide(F.gelu(self.mlp(words))).split([o.arc, o.arc, o.rel, o.rel, o.tag], -1)
        arcs = (dep[:, 1:] @ self.arc[:-1] + self.arc[-1]) @ head.transpose(1, 2)
        return arcs, rel_dep, rel_head, self.pos(tag[:, 1:]), self.feats(tag[:, 1:]), self.lemmas(tag[:, 1:])

    def label(self, rel_dep: Tensor, rel_head: Tensor) -> Tensor:
        """(n, labels) scores for n pairs (n, rel) of dependent and head."""
        left, right = F.pad(rel_dep, (0, 1), value=1.0), F.pad(rel_head, (0, 1), value=1.0)
        between = (left @ self.rel.flatten(1)).view(len(left), self.rel.shape[1], -1)
        return (between @ right[:, :, None]).squeeze(-1)


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence in numbers: as the encoder reads it, and the gold answers."""

    encoded: Encoded
    gold: np.ndarray  # (5, words): heads, deps, pos, feats, lemmas


def number(sentences: Sequence[Sentence], labels: Labels, read: Reader) -> list[Item]:
    """The sentences in numbers; a label that is not learnt is ignored by the loss."""
    places = [{v: i for i, v in enumerate(names)} for names in (labels.deps, labels.pos, labels.feats, labels.lemmas)]
    items = []
    for s in sentences:
        encoded, *more = encode(s.words, read)
        if more:
            raise SystemExit("a sentence too long for the encoder")
        rules = [lemma_rule(w, m) for w, m in zip(s.words, s.lemmas, strict=True)]
        answers = [[place.get(v, IGNORED) for v in row] for place, row in zip(places, (s.deps, s.pos, s.feats, rules), strict=True)]
        items.append(Item(encoded, np.array([s.heads, *answers])))
    return items


def batches(items: Sequence[Item], pieces: int, rng: random.Random) -> Iterator[list[Item]]:
    """Batches of sentences of like length, in random order."""
    order = sorted(items, key=lambda i: len(i.encoded.pieces) + rng.random() * 3)
    found: list[list[Item]] = [[]]
    for item in order:
        if found[-1] and (len(found[-1]) + 1) * len(item.encoded.pieces) > pieces:
            found.append([])
        found[-1].append(item)
    rng.shuffle(found)
    yield from found


def collate(batch: Sequence[Item]) -> tuple[list[Tensor], Tensor]:
    """Padded tensors: the inputs of the model, and the gold (5, batch, words) with `IGNORED` as filling."""
    def pad(rows: Sequence[np.ndarray], filling: int = 0) -> Tensor:
        width = max(r.shape[-1] for r in rows)
        wider = [[(0, 0)] * (r.ndim - 1) + [(0, width - r.shape[-1])] for r in rows]
        return torch.from_numpy(np.stack([np.pad(r, w, constant_values=filling) for r, w in zip(rows, wider, strict=True)]))

    pieces = pad([i.encoded.pieces for i in batch])
    lengths = torch.tensor([len(i.encoded.pieces) for i in batch])
    beyond = torch.arange(pieces.shape[1]) >= lengths[:, None]
    mask = torch.zeros(len(batch), 1, 1, pieces.shape[1]).masked_fill(beyond[:, None, None], -1e9)
    ends = [pad([i.encoded.first for i in batch]), pad([i.encoded.last for i in batch])]
    return [pieces, pad([i.encoded.shapes for i in batch]), mask, *ends], pad([i.gold for i in batch], IGNORED).transpose(0, 1)


def loss(model: Parser, inputs: Sequence[Tensor], gold: Tensor) -> Tensor:
    """The sum of the five cross entropies; trees count double."""
    arcs, rel_dep, rel_head, *tags = model(*inputs)
    heads = gold[0]
    real = heads != IGNORED
    filled = F.pad(real, (1, 0), value=True)
    arcs = arcs.float().masked_fill(~filled[:, None, :], -1e9)
    total = 2 * F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=IGNORED)
    rows = torch.arange(len(heads))[:, None].expand_as(heads)[real]
    pairs = model.label(rel_dep[:, 1:][real], rel_head[rows, heads[real]])
    total = total + 2 * F.cross_entropy(pairs.float(), gold[1][real], ignore_index=IGNORED)
    for weight, scores, answers in zip((1.0, 0.7, 0.7), tags, gold[2:], strict=True):
        total = total + weight * F.cross_entropy(scores[real].float(), answers[real], ignore_index=IGNORED)
    return total


@torch.inference_mode()
def predict(model: Parser, items: Sequence[Item], pieces: int = 2000) -> list[np.ndarray]:
    """For each sentence (5, words): heads of the best tree, and the best label of each kind."""
    model.eval()
    order = sorted(range(len(items)), key=lambda i: len(items[i].encoded.pieces))
    answers: dict[int, np.ndarray] = {}
    while order:
        size = max(1, pieces // len(items[order[-1]].encoded.pieces))
        here, order = order[-size:], order[:-size]
        inputs, _ = collate([items[i] for i in here])
        arcs, rel_dep, rel_head, *tags = model(*inputs)
        for row, i in enumerate(here):
            n = items[i].gold.shape[1]
            heads = best_tree(arcs[row, :n, : n + 1].float().numpy())
            deps = model.label(rel_dep[row, 1 : n + 1], rel_head[row, torch.from_numpy(heads)]).argmax(-1)
            answers[i] = np.stack([heads, deps.numpy(), *(t[row, :n].argmax(-1).numpy() for t in tags)])
    return [answers[i] for i in range(len(items))]


def score(sentences: Sequence[Sentence], answers: Sequence[np.ndarray], labels: Labels) -> dict[str, float]:
    """UAS, LAS, and the shares of right tags, feature sets and lemmas, in percent of all tokens, punctuation included."""
    right = Counter[str]()
    for s, answer in zip(sentences, answers, strict=True):
        for i, (head, dep, pos, feats, rule) in enumerate(answer.T):
            arc = s.heads[i] == head
            right += Counter(words=1, uas=arc, las=arc and s.deps[i] == labels.deps[dep], upos=s.pos[i] == labels.pos[pos],
                             feats=s.feats[i] == labels.feats[feats], lemma=s.lemmas[i] == lemmatize(s.words[i], labels.lemmas[rule]))
    return {name: round(100 * float(right[name]) / right["words"], 2) for name in ("uas", "las", "upos", "feats", "lemma")}


def train(encoder: Path, treebanks: Path, out: Path, options: Options) -> None:
    """Train, scoring on gum-dev twice a pass; the best by LAS stays in `out/best.pt`."""
    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    rng = random.Random(options.seed)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    learnt = [s for bank in ("ewt", "gum") for s in read_conllu(treebanks / f"{bank}-train.conllu") if len(s.words) <= LONGEST]
    held = list(read_conllu(treebanks / "gum-dev.conllu"))
    labels = count_labels(learnt)
    read = piece_reader(tokenizer)
    items, dev = number(learnt, labels, read), number(held, labels, read)
    model = Parser(labels, options)
    model.load_encoder(encoder / "model.safetensors")
    groups: dict[tuple[float, float], list[nn.Parameter]] = {}
    for name, parameter in model.named_parameters():
        if parameter.requires_grad:
            part = name.split(".")
            depth = 6 - int(part[1]) - 1 if part[0] == "layers" else 6
            rate = options.encoder_rate * options.layer_decay**depth if part[0] in ("layers", "norm", "places") else options.head_rate
            groups.setdefault((rate, options.decay if parameter.ndim > 1 else 0.0), []).append(parameter)
    parts = [{"params": parameters, "lr": rate, "weight_decay": decay} for (rate, decay), parameters in groups.items()]
    optimizer = torch.optim.AdamW(parts, betas=(0.9, 0.98), fused=True)
    steps = options.passes * sum(1 for _ in batches(items, options.pieces, random.Random(0)))
    warm = options.warm * steps
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda t: t / warm if t < warm else 0.5 * (1 + math.cos(math.pi * min(1, (t - warm) / (steps - warm)))) + 0.002)
    log = (out / "train.log").open("a", buffering=1)
    words, known = sum(len(s.words) for s in learnt), {kind: len(names) for kind, names in asdict(labels).items()}
    log.write(json.dumps({"options": asdict(options), "words": words, "labels": known, "steps": steps}) + "\n")
    began, best, step, every = time.monotonic(), 0.0, 0, steps // options.passes // 2
    mean = 0.0
    while step < steps:
        for batch in batches(items, options.pieces, rng):
            model.train()
            inputs, gold = collate(batch)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                value = loss(model, inputs, gold)
            optimizer.zero_grad()
            value.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 5.0)
            optimizer.step()
            schedule.step()
            mean += (value.item() - mean) * 0.01
            step += 1
            if step % 50 == 0:
                log.write(f"{step}/{steps} {time.monotonic() - began:.0f}s loss {mean / (1 - 0.99**step):.3f}\n")
            if step % every == 0 or step == steps:
                with torch.autocast("cpu", dtype=torch.bfloat16):
                    found = score(held, predict(model, dev), labels)
                log.write(f"{step}/{steps} {time.monotonic() - began:.0f}s {json.dumps(found)}\n")
                state = {"model": model.state_dict(), "labels": asdict(labels), "options": asdict(options), "step": step, "dev": found}
                torch.save(state, out / "last.pt")
                if found["las"] > best:
                    best = found["las"]
                    (out / "last.pt").replace(out / "best.pt")
            if step == steps:
                break


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--passes", type=int, default=Options().passes)
    given = parser.parse_args()
    train(given.encoder, given.treebanks, given.out, replace(Options(), passes=given.passes))


if __name__ == "__main__":
    main()
