"""Where the data that ships with the package lies: beside it in a checkout, inside it in a wheel."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """The folder `name` ("ontology" or "seeds") of this installation.

    A checkout keeps both at its top level; a wheel carries them in `kg/_data/`.

    Raises:
        FileNotFoundError: the installation is incomplete.

    >>> (data_folder("ontology") / "kg.ttl").is_file()
    True
    """
    for folder in (_PACKAGE / "_data" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"the data folder {name!r} is missing from this installation of allegiance-kg")
