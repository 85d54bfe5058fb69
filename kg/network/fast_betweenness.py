"""Betweenness by rustworkx; as a program, from its standard input to its standard output.

rustworkx keeps the interpreter to itself while it counts, so that nobody could be told that it runs, nor stop it: `kg.network.accelerate`
runs this in a process of its own where somebody watches. It imports nothing of kg, so that it starts at once.
"""

import sys
from types import ModuleType

import numpy as np
from numpy.typing import NDArray


def count_paths(rustworkx: ModuleType, size: int, ends: NDArray[np.int64]) -> NDArray[np.float64]:
    """The betweenness, from 0 to 1, of the nodes 0 to `size` - 1; `ends` are ties x 2. The optional extra is handed in."""
    graph = rustworkx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(size))
    graph.add_edges_from_no_data(list(map(tuple, ends.tolist())))
    found = rustworkx.graph_betweenness_centrality(graph, normalized=True)
    return np.array([found[node] for node in range(size)], dtype=np.float64)


if __name__ == "__main__":
    import rustworkx

    given = np.frombuffer(sys.stdin.buffer.read(), dtype=np.int64)
    sys.stdout.buffer.write(count_paths(rustworkx, int(given[0]), given[1:].reshape(-1, 2)).tobytes())
