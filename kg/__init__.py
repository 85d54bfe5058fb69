"""Allegiance: who stands with whom, since when, says who."""
