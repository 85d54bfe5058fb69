"""The Gahuku-Gama tribes of highland New Guinea: 29 alliances (rova) and 29 enmities (hina) of 16 tribes.

K. E. Read, Cultures of the Central Highlands, New Guinea, Southwestern Journal of Anthropology 10 (1954) 1-43, as the R package
signnet has it. P. Hage and F. Harary, Structural Models in Anthropology (1983), find three blocs in it.
"""

import networkx as nx

FRIENDS = """
Alika-Ove Alika-Ukudz Asaro-Gahuk Asaro-Geham Asaro-Masil Asaro-Ukudz Gahuk-Geham Gahuk-Masil Gahuk-Ove Gahuk-Ukudz Gama-Gavev
Gama-Kotun Gama-Nagad Gavev-Kotun Gavev-Nagad Geham-Masil Geham-Ukudz Kohik-Notoh Kohik-Uheto Kotun-Nagad Masil-Nagam Masil-Ove
Masil-Uheto Masil-Ukudz Nagam-Notoh Nagam-Seuve Notoh-Uheto Ove-Ukudz Seuve-Uheto
"""

ENEMIES = """
Alika-Gavev Asaro-Gama Asaro-Gavev Asaro-Nagad Asaro-Seuve Gahuk-Gama Gahuk-Gavev Gahuk-Kotun Gahuk-Notoh Gahuk-Uheto Gama-Geham
Gama-Nagam Gama-Seuve Gama-Uheto Gavev-Nagam Gavev-Ove Geham-Kohik Geham-Nagad Geham-Notoh Geham-Uheto Kohik-Kotun Kohik-Nagad
Kotun-Nagam Kotun-Notoh Kotun-Ove Nagad-Nagam Nagad-Notoh Nagad-Uheto Seuve-Ukudz
"""


def tribes():
    """The signed graph."""
    graph = nx.Graph()
    for text, sign in ((FRIENDS, +1), (ENEMIES, -1)):
        graph.add_edges_from((pair.split("-") for pair in text.split()), sign=sign)
    return graph
