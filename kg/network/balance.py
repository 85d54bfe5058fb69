"""How far a signed network is from balance: triangles, closed walks, and PN centrality. For any signed graph."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kg.network.signed import Node, SignedArrays, SignedGraph, signed_arrays


@dataclass(frozen=True, slots=True)
class TriangleBalance:
    """Triangles of signed ties, and how many have a positive product of signs."""

    balanced: int
    total: int

    @property
    def share(self) -> float | None:
        """T = balanced / total; `None` where there is no triangle."""
        return self.balanced / self.total if self.total else None


def triangle_balance(graph: SignedGraph, *, sign: str = "sign") -> TriangleBalance:
    """The share of triangles that are balanced: "the enemy of my enemy is my friend", and the like.

    A triangle is balanced when the product of its signs is positive. With A the matrix of signs:

        T = (tr A^3 + tr |A|^3) / (2 tr |A|^3)

    Args:
        graph: any undirected simple graph.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).

    Returns:
        Balanced and all triangles; the share is undefined (`None`) without a triangle.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.

    Cost: one sparse product, O(sum of squared degrees).

    References:
        Cartwright, D., Harary, F. (1956): Structural balance: a generalization of Heider's theory. Psychological Review 63, 277-293.
        Aref, S., Wilson, M. C. (2018): Measuring partial balance in signed networks. Journal of Complex Networks 6, 566-595.
        https://doi.org/10.1093/comnet/cnx044

    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "b", {"sign": 1}), ("b", "c", {"sign": -1}), ("a", "c", {"sign": -1}), ("c", "d", {"sign": 1})])
    >>> triangle_balance(graph), triangle_balance(graph).share
    (TriangleBalance(balanced=1, total=1), 1.0)
    """
    arrays = signed_arrays(graph, sign=sign)
    signed, plain = arrays.adjacency(), arrays.adjacency(absolute=True)
    difference = int((signed @ signed).multiply(signed).sum()) // 6  # tr A^3 counts a triangle from each corner, both ways round
    total = int((plain @ plain).multiply(plain).sum()) // 6
    return TriangleBalance((total + difference) // 2, total)


def unbalanced_triangles(graph: SignedGraph, *, sign: str = "sign") -> tuple[tuple[Node, Node, Node], ...]:
    """The triangles that are not balanced, sorted: three enemies, or two friends who do not agree on a third.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.

    Cost: O(sum over ties of the smaller degree), and what they take to hold.

    >>> import networkx as nx
    >>> unbalanced_triangles(nx.complete_graph(["a", "b", "c"]), sign="kind")
    Traceback (most recent call last):
    networkx.exception.NetworkXError: the tie 'a'-'b' has kind None: it must be +1, -1 or 0
    """
    arrays = signed_arrays(graph, sign=sign)
    later: list[dict[int, int]] = [{} for _ in arrays.nodes]
    for (a, b), value in zip(arrays.ends.tolist(), arrays.signs.tolist(), strict=True):
        later[a][b] = value
    found = ((a, b, c) for a, near in enumerate(later) for b in near for c in near.keys() & later[b].keys()
             if near[b] * near[c] * later[b][c] < 0)
    return tuple((arrays.nodes[a], arrays.nodes[b], arrays.nodes[c]) for a, b, c in sorted(found))


def walk_balance(graph: SignedGraph, *, sign: str = "sign") -> float | None:
    """The weighted share of closed walks that are balanced, as a ratio of signed to all walks (Estrada & Benzi).

    The idea: cycles of every length count, long ones less. With A the matrix of signs:

        K = tr exp(A) / tr exp(|A|) = sum exp(eigenvalues of A) / sum exp(eigenvalues of |A|)

    K is 1 for a balanced network and falls towards 0. It falls with size and density too: compare networks of the same kind only.

    Args:
        graph: any undirected simple graph. A node without signed ties adds 1 to both sums, as in the formula.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).

    Returns:
        K; `None` without a signed tie, where there is nothing to be balanced.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.

    Cost: dense eigenvalues of each connected part, O(n^3) time and 8 n^2 bytes: seconds at 2,000 nodes.

    References:
        Estrada, E., Benzi, M. (2014): Walk-based measure of balance in signed networks: detecting lack of balance in social networks.
        Physical Review E 90, 042802.

    >>> import networkx as nx
    >>> round(walk_balance(nx.Graph([("a", "b", {"sign": -1}), ("b", "c", {"sign": -1}), ("a", "c", {"sign": -1})])), 4)
    0.6858
    """
    arrays = signed_arrays(graph, sign=sign)
    if not len(arrays.ends):
        return None
    spectra = [[np.linalg.eigvalsh(_dense(arrays, part, absolute=absolute)) for part in arrays.parts()] for absolute in (False, True)]
    alone = np.zeros(len(arrays.nodes) - len(np.unique(arrays.ends)))  # nodes without a signed tie have the eigenvalue 0
    signed, plain = (np.concatenate([*values, alone]) for values in spectra)
    highest = plain.max()  # exp of a large eigenvalue overflows, so both sums are divided by the largest term
    return float(np.exp(signed - highest).sum() / np.exp(plain - highest).sum())


def local_balance(graph: SignedGraph, *, sign: str = "sign") -> dict[Node, float | None]:
    """The balance of the closed walks through each node: whose surroundings are at odds.

        K_i = exp(A)_ii / exp(|A|)_ii

    1 where every cycle within reach is balanced. The mean of K_i weighted by exp(|A|)_ii is the `walk_balance` K.

    Args:
        graph: any undirected simple graph.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).

    Returns:
        K_i of every node; `None` for a node without a signed tie.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.

    Cost: dense eigenvectors of each connected part, O(n^3).

    References:
        Diaz-Diaz, F., Bartesaghi, P., Estrada, E. (2024): Mathematical modeling of local balance in signed networks and its applications
        to global international analysis. Journal of Applied Mathematics and Computing. https://doi.org/10.1007/s12190-024-02204-2

    >>> import networkx as nx
    >>> local_balance(nx.Graph([("a", "b", {"sign": -1}), ("b", "c", {"sign": 0})]))
    {'a': 1.0, 'b': 1.0, 'c': None}
    """
    arrays = signed_arrays(graph, sign=sign)
    found: dict[Node, float | None] = dict.fromkeys(arrays.nodes)
    for part in arrays.parts():
        diagonals, highest = [], 0.0
        for absolute in (True, False):
            values, vectors = np.linalg.eigh(_dense(arrays, part, absolute=absolute))
            highest = float(values[-1]) if absolute else highest
            diagonals.append((vectors**2) @ np.exp(values - highest))
        shares = np.minimum(diagonals[1] / diagonals[0], 1.0)  # rounding must not make it more than all
        found.update((arrays.nodes[i], float(share)) for i, share in zip(part, shares, strict=True))
    return found


def _dense(arrays: SignedArrays, part: NDArray[np.int64], *, absolute: bool) -> NDArray[np.float64]:
    """The matrix of signs of a connected part, or of their absolute values."""
    matrix: NDArray[np.float64] = arrays.adjacency(absolute=absolute)[part][:, part].toarray().astype(float)
    return matrix


def pn_centrality(graph: SignedGraph, *, sign: str = "sign") -> dict[Node, float | None]:
    """PN centrality of each node: status from friends of high status, lost through enemies (Everett & Borgatti).

    With P and N the matrices of positive and negative ties and n nodes:

        PN = (I - (P - 2N) / (2n - 2))^-1 1

    1 is neutral: a node with no tie. A node gains from friends, and loses from enemies the more, the higher they stand.

    Args:
        graph: any undirected simple graph. All its nodes count in n.
        sign: the edge attribute that holds +1, -1, or 0 for no sign (left out).

    Returns:
        The centrality of every node. Undefined, `None`, for a single node and for two enemies alone, where the matrix has no inverse.

    Raises:
        networkx.NetworkXNotImplemented: the graph is directed or a multigraph.
        networkx.NetworkXError: a tie has no sign or another value.

    Cost: one dense system of equations, O(n^3) time and 8 n^2 bytes.

    References:
        Everett, M. G., Borgatti, S. P. (2014): Networks containing negative ties. Social Networks 38, 111-120.

    >>> import networkx as nx
    >>> pn_centrality(nx.Graph([("a", "b", {"sign": 1}), ("b", "c", {"sign": 0})]))
    {'a': 1.3333333333333333, 'b': 1.3333333333333333, 'c': 1.0}
    """
    arrays = signed_arrays(graph, sign=sign)
    n = len(arrays.nodes)
    if n < 2 or (n == 2 and -1 in arrays.signs):
        return dict.fromkeys(arrays.nodes)
    matrix = arrays.adjacency().toarray().astype(float)
    matrix[matrix < 0] = -2
    values = np.linalg.solve(np.eye(n) - matrix / (2 * n - 2), np.ones(n))
    return dict(zip(arrays.nodes, map(float, values), strict=True))
