"""Betweenness on graphs of any size: exact where that takes minutes at most, by rustworkx where it is installed, sampled otherwise."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import count
from typing import Any, Literal

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.errors import KgError, UsageError
from kg.network import fast_betweenness
from kg.network.naming import Node, ordered
from kg.network.progress import Progress
from kg.network.signs import SignedGraph, undirected

Method = Literal["networkx", "rustworkx", "sampled"]

# A source costs one visit to each tie. NetworkX makes 0.5 to 2 million visits a second, rustworkx some 30 (tests/bench/network.py).
_EXACT = 10_000_000  # visits: 20 seconds at most
_EXACT_FAST = 2_500_000_000  # visits: two minutes
_SAMPLED = 10_000_000
_FEWEST = 10  # sources of a sample, however large the graph
_CHUNK = 20
_TELLS = 4  # times a second


@dataclass(frozen=True, slots=True)
class Betweenness:
    """The betweenness of each actor, from 0 to 1, and how it was found: `exact` or estimated from `samples` sources."""

    values: dict[Any, float]
    method: Method
    samples: int | None = None  # `None`: all sources, so exact
    seed: int | None = None

    @property
    def exact(self) -> bool:
        """Whether every actor was a source."""
        return self.samples is None

    def __str__(self) -> str:
        """The method in words.

        >>> str(Betweenness({}, "sampled", 200, 0))
        'estimated from 200 sampled sources (seed 0), NetworkX'
        """
        if self.samples is not None:
            return f"estimated from {self.samples} sampled sources (seed {self.seed}), NetworkX"
        return f"exact, {'rustworkx' if self.method == 'rustworkx' else 'NetworkX'}"


def betweenness(graph: SignedGraph, *, method: Method | None = None, samples: int | None = None, seed: int = 0,
                progress: Progress | None = None) -> Betweenness:
    """How often each actor lies on the shortest paths between two others.

        B(v) = 2 / ((n - 1)(n - 2)) sum over pairs s, t other than v of  sigma(s, t through v) / sigma(s, t)

    with sigma the number of shortest paths. Of pairs without a path the term is 0, and of fewer than three actors every value. A sample
    takes the paths from `samples` actors chosen at random, times n / samples.

    Args:
        graph: undirected; its attributes play no part.
        method: "networkx" (exact), "rustworkx" (exact, the optional extra `fast`) or "sampled"; `None`: exact by NetworkX on
            small graphs (n m up to ten million), by rustworkx, where installed, up to 250 times as large, otherwise sampled.
        samples: how many sources to sample; `None`: as many as take some 20 seconds, ten at least.
        seed: of the sampling.
        progress: told how many of how many sources are done, and the method; by rustworkx, which cannot tell, that it is still at work,
            four times a second. It then works in a process of its own, which ends with ours.

    Raises:
        networkx.NetworkXNotImplemented: a directed graph or a multigraph.
        UsageError: rustworkx is asked for and not installed, or a sample of no source.

    Cost: exact n m, sampled samples times m. 20,000 actors and 100,000 ties: rustworkx a minute or two, NetworkX an hour.

    Sources: L. C. Freeman, A set of measures of centrality based on betweenness, Sociometry 40 (1977) 35-41,
    doi:10.2307/3033543. U. Brandes, A faster algorithm for betweenness centrality, Journal of Mathematical Sociology 25
    (2001) 163-177, doi:10.1080/0022250X.2001.9990249. Sampling: U. Brandes and C. Pich, Centrality estimation in large networks,
    International Journal of Bifurcation and Chaos 17 (2007) 2303-2318, doi:10.1142/S0218127407018403.

    >>> found = betweenness(nx.Graph([("a", "b"), ("b", "c")]))
    >>> found.values, str(found)
    ({'a': 0.0, 'b': 1.0, 'c': 0.0}, 'exact, NetworkX')
    """
    undirected(graph, "betweenness and brokers")
    if samples is not None and samples < 1:
        raise UsageError(f"a sample has one source at least, not {samples}", where="betweenness")
    nodes = ordered(graph)
    chosen = method or _method(graph, samples)
    if chosen == "rustworkx":
        return Betweenness(_by_rustworkx(graph, nodes, progress), "rustworkx")
    if chosen == "networkx":
        return Betweenness(_from_sources(graph, nodes, nodes, progress, str(Betweenness({}, "networkx"))), "networkx")
    taken = min(samples or max(_FEWEST, _SAMPLED // max(graph.number_of_edges(), 1)), len(nodes))
    sources = random.Random(seed).sample(nodes, taken)
    words = str(Betweenness({}, "sampled", taken, seed))
    return Betweenness(_from_sources(graph, nodes, sources, progress, words), "sampled", taken, seed)


def is_installed() -> bool:
    """Whether the accelerator is there: `pip install allegiance-kg[fast]`."""
    return find_spec("rustworkx") is not None


def _method(graph: nx.Graph[str], samples: int | None) -> Method:
    visits = len(graph) * graph.number_of_edges()
    if samples is not None or (visits > _EXACT and not (is_installed() and visits <= _EXACT_FAST)):
        return "sampled"
    return "networkx" if visits <= _EXACT else "rustworkx"


def _from_sources(
    graph: SignedGraph, nodes: Sequence[Node], sources: Sequence[Node], progress: Progress | None, method: str
) -> dict[Any, float]:
    """The shares of the paths that begin at some actors, scaled to all; a chunk at a time, to tell how far it is."""
    n = len(nodes)
    total = dict.fromkeys(nodes, 0.0)
    if n < 3:
        return total
    if progress:
        progress(0, len(sources), f"betweenness, {method}")
    for begin in range(0, len(sources), _CHUNK):
        part = sources[begin : begin + _CHUNK]
        for node, share in nx.betweenness_centrality_subset(graph, part, nodes).items():
            total[node] += share
        if progress:
            progress(begin + len(part), len(sources), f"betweenness, {method}")
    # NetworkX halves what it counts, as each path of an undirected graph is met from both its ends.
    scale = 2 * n / (len(sources) * (n - 1) * (n - 2))
    return {node: share * scale for node, share in total.items()}


def _by_rustworkx(graph: SignedGraph, nodes: Sequence[Node], progress: Progress | None) -> dict[Any, float]:
    try:
        import rustworkx
    except ImportError:
        raise UsageError("rustworkx is not installed", where="betweenness", advice="pip install 'allegiance-kg[fast]'") from None
    if len(nodes) < 3:
        return dict.fromkeys(nodes, 0.0)
    index = {node: i for i, node in enumerate(nodes)}
    ends = np.array([(index[a], index[b]) for a, b in graph.edges if a != b], dtype=np.int64).reshape(-1, 2)
    size = len(nodes)
    found = fast_betweenness.count_paths(rustworkx, size, ends) if progress is None else _watched(size, ends, progress)
    return dict(zip(nodes, found.tolist(), strict=True))


def _watched(size: int, ends: NDArray[np.int64], progress: Progress) -> NDArray[np.float64]:
    """What `fast_betweenness.count_paths` finds, counted in another process, so that this one can tell that it runs and be stopped."""
    words = f"betweenness, {Betweenness({}, 'rustworkx')}"
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as answer:
        given.write(np.concatenate([[size], ends.ravel()]).astype(np.int64).tobytes())
        given.seek(0)
        # -P: the other modules of this folder must not stand in for those that NumPy imports.
        command = [sys.executable, "-P", fast_betweenness.__file__]
        with subprocess.Popen(command, stdin=given, stdout=answer) as counting:  # noqa: S603  # a file of our own
            try:
                for waited in count():
                    progress(0, 0, f"{words}, {waited // _TELLS} s")
                    try:
                        counting.wait(1 / _TELLS)
                        break
                    except subprocess.TimeoutExpired:
                        continue
            finally:
                counting.kill()
        if counting.returncode:
            raise KgError(f"rustworkx ended with code {counting.returncode}", where="betweenness",
                          advice="free memory, or sample: betweenness(graph, samples=200)")
        answer.seek(0)
        return np.frombuffer(answer.read(), dtype=np.float64)
