"""A few measures of one day's network, for summaries."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx


@dataclass(frozen=True, slots=True)
class Alliance:
    """An alliance as a network shows it: ids of its members, those known only as a maybe apart."""

    id: str
    label: str
    members: tuple[str, ...]
    perhaps: tuple[str, ...]  # members on whom every claim is only a maybe that day

    @property
    def size(self) -> int:
        """How many members at most."""
        return len(self.members) + len(self.perhaps)


@dataclass(frozen=True, slots=True)
class Overview:
    """How large a signed network is: actors, pairs by sign, parts."""

    actors: int
    together: int  # pairs of sign +1
    against: int  # pairs of sign -1
    mixed: int  # pairs with claims of both signs, whatever the sum
    components: int


def alliances(graph: nx.MultiDiGraph[str]) -> tuple[Alliance, ...]:
    """The alliances of a projected network, the largest first: whatever another actor is a `member_of`.

    Equal sizes stand in the order of their ids. Members of members are not counted.

    >>> graph = nx.MultiDiGraph()
    >>> graph.add_nodes_from([("3ba", {"label": "Three Brotherhood Alliance"}), "tnla", "aa"])
    >>> _ = graph.add_edge("tnla", "3ba", type="member_of", answer="yes")
    >>> _ = graph.add_edge("aa", "3ba", type="member_of", answer="maybe")
    >>> alliances(graph)
    (Alliance(id='3ba', label='Three Brotherhood Alliance', members=('tnla',), perhaps=('aa',)),)
    """
    sure: dict[str, set[str]] = {}
    told: dict[str, set[str]] = {}
    for member, alliance, edge in graph.edges(data=True):
        if edge["type"] == "member_of":
            told.setdefault(alliance, set()).add(member)
            if edge["answer"] == "yes":
                sure.setdefault(alliance, set()).add(member)
    found = []
    for id_, members in told.items():
        certain = sure.get(id_, set())
        label = str(graph.nodes[id_].get("label", id_))
        found.append(Alliance(id_, label, tuple(sorted(certain)), tuple(sorted(members - certain))))
    return tuple(sorted(found, key=lambda a: (-a.size, a.id)))


def overview(signed: nx.Graph[str]) -> Overview:
    """Actors, pairs by sign and connected parts of a signed graph (`signed_graph`).

    >>> graph = nx.Graph()
    >>> graph.add_edge("a", "b", sign=+1, mixed=False)
    >>> graph.add_edge("b", "c", sign=-1, mixed=True)
    >>> overview(graph)
    Overview(actors=3, together=1, against=1, mixed=1, components=1)
    """
    signs = [edge["sign"] for _, _, edge in signed.edges(data=True)]
    mixed = sum(1 for _, _, edge in signed.edges(data=True) if edge["mixed"])
    return Overview(len(signed), signs.count(1), signs.count(-1), mixed, nx.number_connected_components(signed))
