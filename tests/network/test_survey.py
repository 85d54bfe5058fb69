"""The parts of a survey are those of the functions they are named after."""

from datetime import date

from test_policy import MEMBERS, tie

from kg.network.assortativity import assortativity
from kg.network.brokers import bridges, brokers
from kg.network.camps import alone, camps, frenemies
from kg.network.cohesion import alliance_cohesion
from kg.network.communities import blocs, communities
from kg.network.core import core_numbers, core_periphery
from kg.network.policy import Policy
from kg.network.project import project, signed_graph
from kg.network.structure import overview
from kg.network.survey import survey

TIES = [*MEMBERS, tie("x", "y", claim="t"), tie("a", "b", "opposes", claim="o"), tie("a", "b", "ceasefire", claim="c"),
        tie("b", "y", "allied_with", claim="d")]


def test_each_part():
    window, policy = (date(2023, 10, 1), date(2023, 12, 31)), Policy(down=True)
    graph = project(TIES, on=window, policy=policy)
    signed = signed_graph(graph)
    found = survey(graph)
    assert (found.day, found.window, found.policy, found.denied) == (None, window, policy, ())
    assert (found.overview, found.camps, found.alone) == (overview(signed), camps(signed), alone(signed))
    assert (found.blocs, found.communities) == (blocs(signed), communities(signed))
    assert found.alliances == alliance_cohesion(graph, signed)
    assert found.brokers == brokers(signed, groups=found.communities.groups)
    assert (found.bridges, found.frenemies) == (bridges(signed), frenemies(graph))
    assert (found.core, found.core_numbers) == (core_periphery(signed), core_numbers(signed))
    assert found.kinds == assortativity(signed, "kind")


def test_frenemies_are_those_of_the_window():
    assert [pair.pair for pair in survey(project(TIES, on=(date(2023, 10, 1), date(2023, 12, 31)))).frenemies] == [("a", "b")]
    assert survey(project(TIES, on=date(2022, 1, 1))).frenemies == ()


def test_nothing_is_told_of_nobody():
    found = survey(project([], on=date(2023, 1, 1)))
    assert (found.day, found.camps, found.communities.groups) == (date(2023, 1, 1), (), ())
    assert (found.communities.quality, found.core.correlation, found.kinds) == (None, None, None)
