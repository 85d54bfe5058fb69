"""Write a trained parser as the files that ship: an int8 ONNX graph, the labels, the vocabulary.

    python -m recipes.parser.export --checkpoint RUN/best.pt --encoder DIR --treebanks DIR --out DIR [--weights int8|float]

`int8` (shipped): each weight matrix with a scale for each output, the activations of a sentence with one scale when it is
run (`DynamicQuantizeMatMul`), the embedding table with a scale for each row. A few features of the encoder are ten times as
large as the others and would spoil the one scale, so each input is first divided by a factor that its weights take over
(SmoothQuant, doi:10.48550/arXiv.2211.10438), from the largest values seen in every twentieth sentence of `gum-train`.
`float`: nothing rounded, to compare with.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Tokenizer
from torch import nn

from kg.extract.biaffine import piece_reader
from kg.extract.lemmas import CHECKED, form_key
from recipes.parser.train import LONGEST, Item, Labels, Options, Parser, batches, collate, number
from recipes.parser.treebank import Sentence, read_conllu

MICROSOFT = "com.microsoft"
HEADS = 12
RULES = 4  # lemma rules given for each word, best first
WEIGHT_LIMIT = 63  # not 127: processors without VNNI add two products in 16 bits, and 255 * 127 * 2 does not fit
SMOOTHING = 0.85  # how much of an input's size moves into its weights; 0.75 to 0.9 score the same on gum-dev, 0.4 much less


@torch.inference_mode()
def largest_inputs(model: Parser, items: list[Item]) -> dict[str, np.ndarray]:
    """For each linear layer that is rounded, the largest size of each of its inputs."""
    found: dict[str, torch.Tensor] = {}

    def watch(name: str) -> Callable[[nn.Module, tuple[torch.Tensor, ...]], None]:
        def note(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            found[name] = torch.maximum(inputs[0].abs().flatten(0, -2).amax(0), found.get(name, torch.tensor(1e-5)))
        return note

    hooks = [module.register_forward_pre_hook(watch(name)) for name, module in model.named_modules()
             if isinstance(module, nn.Linear) and name.startswith(("layers", "mlp"))]
    model.eval()
    for batch in batches(items, Options().pieces, random.Random(0)):
        model(*collate(batch)[0])
    for hook in hooks:
        hook.remove()
    return {name: size.numpy() for name, size in found.items()}


class Graph:
    """An ONNX graph in the making; every method adds a node and answers with the name of its output."""

    def __init__(self, weights: str) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []
        self._tables: dict[int, tuple[str, str]] = {}

    def constant(self, value: np.ndarray) -> str:
        """A constant of the graph."""
        name = f"c{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def whole(self, *values: int) -> str:
        """A constant list of whole numbers."""
        return self.constant(np.array(values, np.int64))

    def node(self, kind: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """A node of that kind, with one output."""
        return self.split(kind, *inputs, outputs=1, domain=domain, **attributes)[0]

    def split(self, kind: str, *inputs: str, outputs: int, domain: str = "", **attributes: Any) -> list[str]:
        """A node of that kind, with several outputs."""
        names = [f"n{len(self.nodes)}_{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attributes))
        return names

    def half(self, value: np.ndarray) -> str:
        """A constant kept in 16 bits and read in 32; the cast is folded when the graph is loaded."""
        if self.weights == "float":
            return self.constant(value)
        return self.node("Cast", self.constant(value.astype(np.float16)), to=TensorProto.FLOAT)

    def rows(self, table: np.ndarray, index: str) -> str:
        """The rows of a table, which is kept once however often it is read, in 8 bits with a scale for each row."""
        if id(table) not in self._tables:
            scale = np.maximum(np.abs(table).max(1, keepdims=True) / 127, 1e-12).astype(np.float32)
            rounded = (table / scale) if self.weights == "float" else np.rint(table / scale).astype(np.int8)
            self._tables[id(table)] = self.constant(rounded), self.constant(scale)
        rounded_name, scale_name = self._tables[id(table)]
        whole = self.node("Cast", self.node("Gather", rounded_name, index), to=TensorProto.FLOAT)
        return self.node("Mul", whole, self.node("Gather", scale_name, index))

    def linear(self, x: str, weight: np.ndarray, bias: np.ndarray, largest: np.ndarray | None = None) -> str:
        """`x @ weight.T + bias`, the weight (outputs, inputs) as `torch.nn.Linear` keeps it; `largest` (inputs,) to smooth them."""
        if self.weights == "float":
            return self.node("Add", self.node("MatMul", x, self.constant(weight.T)), self.constant(bias))
        if largest is not None:
            factor = largest**SMOOTHING / np.maximum(np.abs(weight).max(0), 1e-5) ** (1 - SMOOTHING)
            x, weight = self.node("Mul", x, self.constant((1 / factor).astype(np.float32))), weight * factor
        scale = (np.abs(weight).max(1) / WEIGHT_LIMIT).astype(np.float32)
        whole = np.rint(weight / scale[:, None]).astype(np.int8).T
        inputs = (whole, scale, np.zeros(len(scale), np.int8), bias)
        return self.node("DynamicQuantizeMatMul", x, *map(self.constant, inputs), domain=MICROSOFT)

    def norm(self, x: str, weight: np.ndarray, bias: np.ndarray) -> str:
        """Layer normalisation."""
        return self.node("LayerNormalization", x, self.constant(weight), self.constant(bias), epsilon=1e-12, axis=-1)


def encoder(g: Graph, state: Mapping[str, np.ndarray], largest: Mapping[str, np.ndarray], marks: Sequence[str] = ("shapes",)) -> str:
    """The encoder: "pieces" and its marks, say "shapes", (1, pieces) each, to (pieces, 384)."""

    def linear(x: str, name: str) -> str:
        return g.linear(x, state[f"{name}.weight"], state[f"{name}.bias"], largest[name])

    def norm(x: str, name: str) -> str:
        return g.norm(x, state[f"{name}.weight"], state[f"{name}.bias"])

    # "pieces" is (1, T): the attention node wants a batch.
    start, axis = g.whole(0), g.whole(0)
    places = g.node("Slice", g.half(state["places.weight"]), start, g.node("Shape", "pieces", start=1, end=2), axis)
    x = g.rows(state["words.weight"], "pieces")
    for mark in marks:
        x = g.node("Add", x, g.node("Gather", g.half(state[f"{mark}.weight"]), mark))
    x = norm(g.node("Add", x, places), "norm")
    for i in range(6):
        layer = f"layers.{i}"
        q, k, v = g.split("Split", linear(x, f"{layer}.qkv"), outputs=3, axis=-1, num_outputs=3)
        seen = g.node("MultiHeadAttention", q, k, v, domain=MICROSOFT, num_heads=HEADS)
        x = norm(g.node("Add", x, linear(seen, f"{layer}.out")), f"{layer}.norm1")
        inner = g.node("Gelu", linear(x, f"{layer}.up"), approximate="none")
        x = norm(g.node("Add", x, linear(inner, f"{layer}.down")), f"{layer}.norm2")
    return g.node("Squeeze", x, g.whole(0))


def build(model: Parser, labels: Labels, largest: dict[str, np.ndarray], weights: str) -> onnx.ModelProto:
    """The graph: pieces and shapes (1, pieces), first and last (words + 1,) to arcs, labels, and the best tags of each word."""
    g, options = Graph(weights), model.options
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}

    def linear(x: str, name: str) -> str:
        return g.linear(x, state[f"{name}.weight"], state[f"{name}.bias"], largest[name])

    x = encoder(g, state, largest)
    both = g.node("Add", g.node("Gather", x, "first"), g.node("Gather", x, "last"))
    halved = g.node("Mul", both, g.constant(np.array(0.5, np.float32)))
    hidden = g.node("Gelu", linear(halved, "mlp"), approximate="none")
    arc, rel, tag = options.arc, options.rel, options.tag
    sizes = g.whole(arc, arc, rel, rel, tag)
    dep, head, rel_dep, rel_head, tags = g.split("Split", hidden, sizes, outputs=5, axis=-1)

    def words(value: str) -> str:  # without the opening mark, which stands for the root
        return g.node("Slice", value, one_row, g.whole(1 << 30), g.whole(0))

    one_row = g.whole(1)
    left = g.linear(words(dep), state["arc"][:-1].T, state["arc"][-1])
    arcs = g.node("MatMul", left, g.node("Transpose", head, perm=[1, 0]))
    # Label scores: with the ones that stand for the biases written out.
    w = state["rel"].copy()  # (rel + 1, labels, rel + 1)
    root = labels.deps.index("root")  # no label of a word under another; the tree alone says which word is the root
    w[:, root, :], w[-1, root, -1] = 0, -1e4
    count = w.shape[1]
    between = g.node("Gemm", words(rel_dep), g.half(w[:-1, :, :-1].reshape(rel, -1)), g.half(w[-1, :, :-1].reshape(-1)))
    between = g.node("Reshape", between, g.whole(-1, rel))
    pairs = g.node("MatMul", between, g.node("Transpose", rel_head, perm=[1, 0]))
    form = g.node("Concat", g.whole(-1, count), g.node("Shape", rel_head, start=0, end=1), axis=0)
    pairs = g.node("Reshape", pairs, form)
    alone = g.node("Gemm", words(rel_dep), g.half(w[:-1, :, -1]), g.half(w[-1, :, -1]))
    pairs = g.node("Add", pairs, g.node("Unsqueeze", alone, g.whole(2)))
    g.nodes.append(helper.make_node("Identity", [arcs], ["arcs"]))
    g.nodes.append(helper.make_node("ArgMax", [pairs], ["deps"], axis=1, keepdims=0))
    tags = words(tags)
    for name in ("pos", "feats", "lemmas"):
        scores = g.node("Gemm", tags, g.half(state[f"{name}.weight"].T), g.half(state[f"{name}.bias"]))
        if name == "lemmas":
            g.nodes.append(helper.make_node("TopK", [scores, g.whole(RULES)], ["lemma_scores", name], axis=1))
        else:
            g.nodes.append(helper.make_node("ArgMax", [scores], [name], axis=1, keepdims=0))
    forms: dict[str, list[str | int | None]] = {
        "pieces": [1, "pieces"], "shapes": [1, "pieces"], "first": ["nodes"], "last": ["nodes"],
        "arcs": ["words", "nodes"], "deps": ["words", "nodes"], "pos": ["words"], "feats": ["words"], "lemmas": ["words", RULES],
    }
    kinds = {name: TensorProto.FLOAT if name == "arcs" else TensorProto.INT64 for name in forms}
    ends = [helper.make_tensor_value_info(name, kinds[name], form) for name, form in forms.items()]
    inputs, outputs = ends[:4], ends[4:]
    graph = helper.make_graph(g.nodes, "parser", inputs, outputs, g.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)], ir_version=10)


def lemma_table(sentences: Sequence[Sentence], irregular: str) -> dict[str, object]:
    """Forms to know by heart (their lemma is another word, and nine times in ten the same), and the lemmas seen.

    The forms of `irregular` (lines of a lemma and its past forms) are added where the treebanks do not agree on them.
    """
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for s in sentences:
        for word, pos, lemma in zip(s.words, s.pos, s.lemmas, strict=True):
            seen[form_key(word, pos)][lemma] += 1
    forms = {}
    for lemma, *past in (line.split() for line in irregular.splitlines() if not line.startswith("#")):
        forms |= {form_key(form, "VERB"): lemma for form in past if form != lemma}
    for key, lemmas in seen.items():
        lemma, count = lemmas.most_common(1)[0]
        if count >= 0.9 * lemmas.total():
            forms.pop(key, None)
            if lemma.lower() != key.rpartition(" ")[0].lower():
                forms[key] = lemma
    pairs = ((lemma, pos) for s in sentences for lemma, pos in zip(s.lemmas, s.pos, strict=True))
    kept = {form_key(lemma, pos) for lemma, pos in pairs if pos in CHECKED and lemma.isalpha()}
    return {"forms": dict(sorted(forms.items())), "lemmas": sorted(kept)}


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", choices=("int8", "float"), default="int8")
    given = parser.parse_args()
    tokenizer = Tokenizer.from_file(str(given.encoder / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    found = torch.load(given.checkpoint, map_location="cpu", weights_only=True)
    labels = Labels(**found["labels"])
    model = Parser(labels, Options(**found["options"]))
    model.load_state_dict(found["model"])
    ewt, gum = (list(read_conllu(given.treebanks / f"{bank}-train.conllu")) for bank in ("ewt", "gum"))
    seen = [s for s in gum if len(s.words) <= LONGEST][::20]
    largest = largest_inputs(model, number(seen, labels, piece_reader(tokenizer)))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "model.onnx").write_bytes(build(model, labels, largest, given.weights).SerializeToString())
    (given.out / "tokenizer.json").write_text(tokenizer.to_str(pretty=False), encoding="utf-8")
    (given.out / "labels.json").write_text(json.dumps(found["labels"], ensure_ascii=False, indent=0) + "\n", encoding="utf-8")
    irregular = (Path(__file__).parent / "irregular_verbs.txt").read_text(encoding="utf-8")
    table = json.dumps(lemma_table([*ewt, *gum], irregular), ensure_ascii=False, indent=0)
    (given.out / "lemmas.json").write_text(table + "\n", encoding="utf-8")
    for path in sorted(given.out.iterdir()):
        sys.stdout.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}  {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
