"""How to open a store by its address, and how rdflib sees one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import KgError, UsageError
from kg.rdf.embedded import EmbeddedStore
from kg.rdf.protocol import Store

if TYPE_CHECKING:
    import rdflib

__all__ = ["Store", "as_dataset", "open_store"]


def open_store(url: str, *, read_only: bool = False) -> Store:
    """Open the store at an address: `memory:`, or a folder, which is made when it does not exist.

    Args:
        url: the address.
        read_only: open a folder for reading beside other readers. It must exist, and nobody may be writing to it.

    Raises:
        KgError: the folder is being written to by another program, is no store, or does not exist (`read_only`).
        UsageError: the address is of a kind that is not supported.

    >>> len(open_store("memory:"))
    0
    """
    if url == "memory:":
        return EmbeddedStore.in_memory()
    if url.startswith(("http://", "https://")):
        raise UsageError(f"stores behind a server are not supported: {url}", where="store", advice="give a folder, or memory:")
    return EmbeddedStore.in_folder(Path(url), read_only=read_only)


def as_dataset(store: Store) -> rdflib.Dataset:
    """The same store as an rdflib `Dataset`, for notebooks and rdflib users; its default graph holds the claims.

    Ask with `dataset.query(...)`: queries prepared by rdflib, and `initBindings`, run in Python, about forty times slower.

    Raises:
        KgError: the store is not an embedded one.

    >>> from pyoxigraph import NamedNode, Quad
    >>> store = open_store("memory:")
    >>> store.add([Quad(*[NamedNode("http://example.org/a")] * 3)])
    >>> len(list(as_dataset(store).default_graph))
    1
    """
    from oxrdflib import OxigraphStore  # the only users of rdflib are notebooks; loading it takes longer than most queries
    from rdflib import Dataset

    if not isinstance(store, EmbeddedStore):
        raise KgError("only an embedded store can be seen as an rdflib Dataset", where="as_dataset", advice="open a folder")
    return Dataset(store=OxigraphStore(store=store.inner))
