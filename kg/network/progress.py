"""How a long measure tells of itself while it runs."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

Progress: TypeAlias = Callable[[int, int, str], None]
"""Told from time to time how many steps of how many (0: nobody knows) are done, and of what: the measure and its method."""
