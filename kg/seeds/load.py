"""The whole folder at once: every file read, every reference between them checked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kg.data import data_folder
from kg.errors import KgError
from kg.model import Actor, Place
from kg.seeds.actors import check_actors, read_actors
from kg.seeds.canonical import canonical, canonical_csv, check_canonical
from kg.seeds.places import check_places, places_of_countries, read_places
from kg.seeds.sources import Source, read_sources

_GAZETTEERS = ("places.csv", "cities.csv")


@dataclass(frozen=True, slots=True)
class Seeds:
    """What is known beforehand, each sorted by id within its file."""

    actors: tuple[Actor, ...]
    places: tuple[Place, ...]  # countries first; they bear the ids of their states
    sources: tuple[Source, ...]


def load_seeds(folder: Path | None = None) -> Seeds:
    """Read a seeds folder: `sources.yaml`, `actors/*.yaml`, `places.csv` and `cities.csv`.

    Nothing is repaired and nothing skipped: the first thing that is wrong is refused with its file and line.

    Args:
        folder: the folder; by default the one that ships with the package. Either CSV file may be absent.

    Returns:
        Actors, places (countries among them) and sources.

    Raises:
        KgError: a file is missing or unreadable, an entry is not well-formed, a reference leads nowhere, an id or
            a name is given twice, or a file is not in canonical form.

    Cost: linear in the files; about a fifth of a second for those shipped.
    """
    root = folder or data_folder("seeds")
    text, file = _read(root, "sources.yaml")
    sources = read_sources(text, file=file)
    check_canonical(text, canonical(text), file=file)

    actors = []
    for path in sorted(root.glob("actors/*.yaml")):
        text, file = _read(root, f"actors/{path.name}")
        actors += list(read_actors(text, file=file, sources=sources))
        check_canonical(text, canonical(text), file=file)
    check_actors(actors)

    listed = []
    for name in _GAZETTEERS:
        if (root / name).is_file():
            text, file = _read(root, name)
            listed += list(read_places(text, file=file, sources=sources))
            check_canonical(text, canonical_csv(text), file=file)
    by_id = {actor.id: actor for actor, _ in actors}
    countries = [(place, "the states among the actors") for place in places_of_countries(by_id.values(), [p for p, _ in listed])]
    check_places([*countries, *listed], by_id)
    return Seeds(tuple(by_id.values()), tuple(place for place, _ in (*countries, *listed)), tuple(sources.values()))


def _read(root: Path, name: str) -> tuple[str, str]:
    """The text of a file and the name it is called by in messages."""
    path = root / name
    file = f"{root.name}/{name}"
    try:
        return path.read_text(encoding="utf-8"), file
    except FileNotFoundError:
        raise KgError("the file is missing", where=file, advice=f"a seeds folder needs {name}") from None
    except UnicodeDecodeError as problem:
        raise KgError(f"not UTF-8: {problem.reason} at byte {problem.start}", where=file) from None
