"""All that is told of the structure of a day or a window, in one value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import networkx as nx

from kg.network.assortativity import Assortativity, assortativity
from kg.network.brokers import Bridge, Brokers, bridges, brokers
from kg.network.camps import Alone, Camp, Frenemies, alone, camps, frenemies
from kg.network.cohesion import Cohesion, alliance_cohesion
from kg.network.communities import Blocs, Communities, blocs, communities
from kg.network.core import CorePeriphery, core_numbers, core_periphery
from kg.network.days import Days
from kg.network.policy import Policy
from kg.network.progress import Progress
from kg.network.project import Ended, signed_graph
from kg.network.structure import Alliance, Overview, overview


@dataclass(frozen=True, slots=True)
class Survey:
    """The structure of a network; each part is told of by the function of its name. Actors stand by their ids."""

    day: date | None  # `None`: a window, or all time
    window: Days | None
    policy: Policy
    denied: tuple[str, ...]  # ids of the claims that deny a tie
    ended: tuple[Ended, ...]  # the ties that would count, were they not over by then
    overview: Overview
    camps: tuple[Camp, ...]
    alone: Alone
    blocs: Blocs
    communities: Communities
    alliances: tuple[tuple[Alliance, Cohesion], ...]
    brokers: Brokers  # who joins which communities
    bridges: tuple[Bridge, ...]
    frenemies: tuple[Frenemies, ...]
    core: CorePeriphery
    core_numbers: dict[str, int]
    kinds: Assortativity | None  # by the kind of actor; `None`: the graph has no actors


def survey(graph: nx.MultiDiGraph[str], *, seed: int = 0, progress: Progress | None = None) -> Survey:
    """The structure of a network that `project` made.

    Args:
        graph: as `project` makes it; its day or window and its policy go along.
        seed: of everything that chance has a part in.
        progress: told how far the communities and betweenness are, which is what takes time on a large graph.

    Raises:
        networkx.NetworkXNotImplemented: the graph is no directed multigraph.

    Cost: betweenness, and some seconds for 100,000 ties.
    """
    signed = signed_graph(graph)
    found = communities(signed, seed=seed, progress=progress)
    return Survey(
        day=graph.graph.get("day"), window=graph.graph.get("window"), policy=graph.graph.get("policy", Policy()),
        denied=graph.graph.get("denied", ()), ended=graph.graph.get("ended", ()),
        overview=overview(signed), camps=camps(signed), alone=alone(signed), blocs=blocs(signed, seed=seed), communities=found,
        alliances=alliance_cohesion(graph, signed), brokers=brokers(signed, groups=found.groups, seed=seed, progress=progress),
        bridges=bridges(signed), frenemies=frenemies(graph), core=core_periphery(signed), core_numbers=core_numbers(signed),
        kinds=assortativity(signed, "kind") if len(signed) else None,
    )
