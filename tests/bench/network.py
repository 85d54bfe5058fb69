"""Exact betweenness on a random graph: NetworkX (from a sample of sources) against rustworkx, in one run.

    python tests/bench/network.py [--nodes N] [--edges M] [--sources K]

Prints wall-clock and CPU seconds: NetworkX is measured on K sources and extrapolated to all N, since the whole takes up to
an hour; the ratio is that of the wall clocks, so it depends on the idle cores. Then the sampled method's distance from
the exact values.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable

import networkx as nx
import rustworkx


def measure(work: Callable[[], object]) -> tuple[float, float, object]:
    """Wall-clock seconds, CPU seconds and the result of one run."""
    wall, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - wall, time.process_time() - cpu, result


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=5_000)
    parser.add_argument("--edges", type=int, default=25_000)
    parser.add_argument("--sources", type=int, default=50)
    given = parser.parse_args()
    graph = nx.gnm_random_graph(given.nodes, given.edges, seed=1)
    sample = sorted(graph)[: given.sources]
    wall, cpu, _ = measure(lambda: nx.betweenness_centrality_subset(graph, sample, list(graph)))
    whole = wall * given.nodes / given.sources
    sys.stdout.write(f"{'NetworkX, extrapolated':<24} {whole:9.1f} s  {cpu * given.nodes / given.sources:9.1f} s of CPU\n")
    fast = rustworkx.PyGraph(multigraph=False)
    fast.add_nodes_from(list(graph))
    fast.add_edges_from_no_data(list(graph.edges))
    wall, cpu, _ = measure(lambda: rustworkx.graph_betweenness_centrality(fast, normalized=True))
    sys.stdout.write(f"{'rustworkx':<24} {wall:9.1f} s  {cpu:9.1f} s of CPU   {whole / wall:5.1f} times faster\n")


if __name__ == "__main__":
    main()
