"""Ties to NetworkX graphs and measures. Import the module that you need: `kg.network.project`, `structure`, `layout`, `files`."""
