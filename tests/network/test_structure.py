import networkx as nx

from kg.network.structure import Alliance, Overview, alliances, overview


def test_alliances_largest_first_then_by_id():
    graph = nx.MultiDiGraph()
    graph.add_node("zz", label="Zed League")
    for member, alliance, answer in [("a", "zz", "yes"), ("b", "zz", "maybe"), ("b", "zz", "maybe"),
                                     ("a", "yy", "maybe"), ("a", "xx", "yes")]:
        graph.add_edge(member, alliance, type="member_of", answer=answer)
    graph.add_edge("zz", "enemy", type="attack", answer="yes")
    assert alliances(graph) == (
        Alliance("zz", "Zed League", ("a",), ("b",)), Alliance("xx", "xx", ("a",), ()), Alliance("yy", "yy", (), ("a",)))


def test_overview_of_nothing():
    assert overview(nx.Graph()) == Overview(0, 0, 0, 0, 0)


def test_a_mixed_pair_counts_by_its_sum_too():
    graph = nx.Graph()
    graph.add_edge("a", "b", sign=0, mixed=True)
    graph.add_edge("c", "d", sign=1, mixed=True)
    graph.add_edge("d", "e", sign=-1, mixed=False)
    assert overview(graph) == Overview(actors=5, together=1, against=1, mixed=2, components=2)
