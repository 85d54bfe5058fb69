"""The curated reference data: actors, places, sources and decisions, read strictly from plain files."""

from kg.seeds.canonical import canonical, write_canonical
from kg.seeds.decisions import append_decision, load_decisions
from kg.seeds.load import Seeds, load_seeds
from kg.seeds.sources import Source

__all__ = ["Seeds", "Source", "append_decision", "canonical", "load_decisions", "load_seeds", "write_canonical"]
