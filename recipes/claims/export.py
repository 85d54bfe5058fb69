"""Write a trained proposer as the files that ship: an int8 ONNX graph and its thresholds.

    python -m recipes.claims.export --checkpoint RUN/last.pt --out DIR [--weights int8|float] CORPUS...

Rounded as the parser is (recipes/parser/export.py); the largest inputs are those seen in every fifth passage of the corpus.
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper
from torch import Tensor, nn

from kg.extract.arcs import ANSWERS, ARCS
from kg.extract.extractor import Extractor
from kg.extract.passages import CALLS, Passage
from kg.extract.scoring import load_reader
from kg.seeds import load_seeds
from recipes.claims.examples import load
from recipes.claims.train import NAMES, Options, Proposer, tensors
from recipes.parser.export import MICROSOFT, Graph, encoder


@torch.inference_mode()
def largest_inputs(model: Proposer, passages: Sequence[Passage]) -> dict[str, np.ndarray]:
    """For each linear layer the largest size of each of its inputs."""
    found: dict[str, Tensor] = {}

    def watch(name: str) -> Callable[[nn.Module, tuple[Tensor, ...]], None]:
        def note(_: nn.Module, inputs: tuple[Tensor, ...]) -> None:
            seen = inputs[0].abs().reshape(-1, inputs[0].shape[-1]).amax(0)
            found[name] = torch.maximum(seen, found.get(name, torch.tensor(1e-5)))
        return note

    hooks = [module.register_forward_pre_hook(watch(name)) for name, module in model.named_modules() if isinstance(module, nn.Linear)]
    for passage in passages:
        model([tensors(passage)])
    for hook in hooks:
        hook.remove()
    return {name: size.numpy() for name, size in found.items()}


def build(model: Proposer, largest: dict[str, np.ndarray], weights: str) -> onnx.ModelProto:
    """The graph: the arrays of a passage to the probability of each answer, (pairs, answers)."""
    g = Graph(weights)
    state = {name: value.float().numpy() for name, value in model.state_dict().items()}

    def linear(x: str, name: str) -> str:
        return g.linear(x, state[f"{name}.weight"], state[f"{name}.bias"], largest[name])

    def gelu(x: str) -> str:
        return g.node("Gelu", x, approximate="none")

    def add(*values: str) -> str:
        total = values[0]
        for value in values[1:]:
            total = g.node("Add", total, value)
        return total

    def number(value: float) -> str:
        return g.constant(np.array(value, np.float32))

    x = encoder(g, state, largest, ("shapes", "bearers"))
    w = g.node("Mul", add(g.node("Gather", x, "first"), g.node("Gather", x, "last")), number(0.5))
    called = g.node("Unsqueeze", g.node("Cast", g.node("Greater", "calls", g.whole(0)), to=TensorProto.FLOAT), g.whole(2))
    heads = g.node("ReduceSum", g.node("Mul", g.rows(state["words.weight"], "calls"), called), g.whole(1), keepdims=0)
    heads = g.node("Div", heads, g.node("Max", g.node("ReduceSum", called, g.whole(1), keepdims=0), number(1)))
    w = add(w, g.node("MatMul", heads, g.constant(np.ascontiguousarray(state["calls.weight"].T))))
    kinds = g.node("Gather", g.half(state["kinds.weight"]), "kinds")
    deps = g.node("Gather", g.half(state["deps.weight"]), "deps")
    words = g.node("Concat", w, kinds, deps, "triggers", axis=-1)
    brief = g.node("Concat", w, kinds, "triggers", axis=-1)
    rows = g.node("Concat", words, g.node("Gather", brief, "parents"), g.node("Gather", brief, "verbs"), axis=-1)
    left, right = g.split("Split", linear(rows, "role"), outputs=2, axis=-1, num_outputs=2)
    between, steps = linear(words, "between"), gelu(linear(words, "path"))
    chains = g.node("MatMul", "above", steps)
    one, two = (g.node("Squeeze", part, g.whole(1)) for part in g.split("Split", "pairs", outputs=2, axis=1, num_outputs=2))
    a, b = g.node("Gather", left, one), g.node("Gather", right, two)
    same = g.node("Cast", g.node("Greater", g.node("Unsqueeze", "lowest", g.whole(1)), g.whole(0)), to=TensorProto.FLOAT)
    top = add(between, g.node("Mul", g.node("Sub", steps, g.node("Mul", chains, number(2))), number(0.5)))
    top = g.node("Mul", g.node("Gather", top, "lowest"), same)
    path = g.node("Mul", add(g.node("Gather", chains, one), g.node("Gather", chains, two)), number(0.5))
    both = g.node("Mul", g.node("Mul", a, b), g.constant(state["both"]))
    hidden = gelu(add(a, b, both, path, top, g.node("Gather", g.half(state["gaps.weight"]), "gaps")))
    hidden = add(hidden, gelu(linear(hidden, "middle")))
    scores = g.linear(hidden, state["out.weight"], state["out.bias"], largest["out"])
    # "members" (sentences, words): 1 where the word stands in the sentence
    size = g.node("ReduceSum", "members", g.whole(1), keepdims=1)
    mean = g.node("Div", g.node("MatMul", "members", brief), g.node("Max", size, number(1)))
    outside = g.node("Mul", g.node("Sub", g.node("Unsqueeze", "members", g.whole(2)), number(1)), number(1e9))
    top = g.node("ReduceMax", add(g.node("Unsqueeze", brief, g.whole(0)), outside), g.whole(1), keepdims=0)
    topics = g.node("MatMul", g.node("Concat", mean, top, axis=-1), g.constant(np.ascontiguousarray(state["topic.weight"].T)))
    topics = g.node("Gather", add(topics, g.constant(state["topic.bias"])), g.constant(model.type_of.numpy()), axis=1)
    later = g.node("Max", g.node("Gather", "places", one), g.node("Gather", "places", two))
    topical = g.node("Mul", g.node("Gather", topics, later), g.constant(state["weight"]))
    topical = g.node("Pad", topical, g.whole(0, 0, 0, ANSWERS - len(ARCS)), number(0))
    scores = add(scores, topical)
    g.nodes.append(helper.make_node("Sigmoid", [scores], ["scores"]))
    of_words = ("first", "last", "kinds", "deps", "parents", "verbs", "places")
    forms: dict[str, list[str | int | None]] = {name: ["words"] for name in of_words}
    forms |= {name: [1, "pieces"] for name in ("pieces", "shapes", "bearers")}
    forms |= {"calls": ["words", CALLS], "triggers": ["words", "types"], "above": ["words", "words"]}
    forms |= {"pairs": ["pairs", 2], "lowest": ["pairs"], "gaps": ["pairs"], "members": ["sentences", "words"]}
    forms |= {"scores": ["pairs", ANSWERS]}
    real = ("triggers", "above", "members", "scores")
    types = {name: TensorProto.FLOAT if name in real else TensorProto.INT64 for name in forms}
    ends = {name: helper.make_tensor_value_info(name, types[name], form) for name, form in forms.items()}
    graph = helper.make_graph(g.nodes, "proposer", [ends[name] for name in (*NAMES, "members")], [ends["scores"]], g.constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MICROSOFT, 1)], ir_version=10)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="+")
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--weights", choices=("int8", "float"), default="int8")
    given = parser.parse_args()
    found = torch.load(given.checkpoint, map_location="cpu", weights_only=True)
    model = Proposer(found["deps"], Options(**found["options"]))
    model.load_state_dict(found["model"])
    model.eval()
    seeds = load_seeds()
    seen = load(given.corpus, Extractor(seeds.actors, seeds.places, model=False), *load_reader())[::5]
    largest = largest_inputs(model, [e.passage for e in seen])
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / "model.onnx").write_bytes(build(model, largest, given.weights).SerializeToString())
    for path in sorted(given.out.iterdir()):
        sys.stdout.write(f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}  {path.stat().st_size:,} bytes\n")


if __name__ == "__main__":
    main()
