"""The service: SPARQL 1.1 Protocol, named queries, pages and editor over a built graph, for reading only.

One process speaks HTTP and never evaluates anything. Worker processes evaluate, one query each, over a snapshot of the store, and
are killed when a query takes too long, too much memory, or its client has gone.
"""

from kg.server.settings import Limits, Settings

__all__ = ["Limits", "Settings"]
