"""Ties to NetworkX graphs and measures. Import the module that you need: `kg.network.project`, `balance`, `histories`.

From claims to a graph: `project` (what counts is a `policy`, of which days `days`, who acts for whom `acting`, what a change of side
or a quarrel ended `endings`, by the rules of histories: `ends`, `quarrels`); the graphs of many days at once: `columns`, `snapshots`,
`windows`.

The measures take any signed NetworkX graph, ours or another's: undirected, one edge a pair, nodes of any kind, the sign as a number or its
text under any name (`signs`). `project.signed_graph` makes one of a graph with directions or several ties a pair.

One word for one thing:

- an alliance has a name and members (`structure`, `cohesion`);
- a camp is whoever ties that bind join, with the friends of friends, and enemies may meet in one (`camps`); `kg blocs` follows camps
  through time (`lifecycle`). Balance divides otherwise: into two or k camps with the fewest ties against them (`frustration`,
  `blockmodel`);
- a bloc is a part of that which no enmity divides, as far as possible (`communities.blocs`);
- a community has more friends and fewer enemies inside than chance would give it (`communities.communities`);
- a side is what an actor stands with at a time, and may leave (`sides`, `histories`, `switches`, `tension`).
"""
