"""Signed graphs that several tests use: published ones, and all small ones."""

from __future__ import annotations

import csv
from pathlib import Path

import networkx as nx
from hypothesis import strategies as st


def tribes() -> nx.Graph:
    """The Gahuku-Gama tribes: 16 nodes, 29 alliances (+1), 29 enmities (-1).

    Read, K. E. (1954): Cultures of the central highlands, New Guinea. Southwestern Journal of Anthropology 10, 1-43; as in signnet (R).
    """
    graph = nx.Graph()
    with (Path(__file__).parent / "gahuku_gama.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            graph.add_edge(row["source"], row["target"], sign=int(row["sign"]))
    return graph


def graph_of(*ties: tuple[str, str, int]) -> nx.Graph:
    graph = nx.Graph()
    for a, b, sign in ties:
        graph.add_edge(a, b, sign=sign)
    return graph


@st.composite
def signed_graphs(draw: st.DrawFn, most: int = 8, least: int = 0) -> nx.Graph:
    """Any small signed graph: parts, isolated nodes, trees and ties of sign 0 among them."""
    size = draw(st.integers(least, most))
    graph = nx.empty_graph(size)
    for a in range(size):
        for b in range(a + 1, size):
            sign = draw(st.sampled_from([None, None, 1, -1, -1, 0]))
            if sign is not None:
                graph.add_edge(a, b, sign=sign)
    return graph
