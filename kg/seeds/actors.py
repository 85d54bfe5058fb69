"""Actors, alliances, persons and operations from YAML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar

import yaml

from kg.errors import KgError
from kg.model import Actor, Kind, Name, NameKind, slug
from kg.seeds.entries import Entry, read_entries, read_mapping
from kg.seeds.sources import Source, source_problem

ACTOR_KEYS = ("id", "kind", "country", "period", "names", "sources", "wikidata")
NAME_KEYS = ("text", "kind", "period", "source")
_COUNTRY = re.compile(r"[A-Z]{2}")
_WIKIDATA = re.compile(r"Q[1-9][0-9]*")
_KINDS = {kind.value: kind for kind in Kind if kind not in (Kind.PLACE, Kind.PEOPLE, Kind.BLOC)}
_NAME_KINDS = {kind.value: kind for kind in NameKind}
_Choice = TypeVar("_Choice", Kind, NameKind)


def read_actors(text: str, *, file: str, sources: dict[str, Source]) -> Iterator[tuple[Actor, str]]:
    """The actors of one file, each with the place it stands at ("seeds/actors/x.yaml, line 7").

    Raises:
        KgError: an entry is not well-formed, or cites an unknown source.
    """
    for entry in read_entries(text, file=file, keys=ACTOR_KEYS):
        yield _actor(entry, sources), f"{file}, line {entry.line}"


def _actor(entry: Entry, sources: dict[str, Source]) -> Actor:
    cited = entry.texts("sources")
    for citation in cited:
        _check_source(entry, "sources", citation, sources)
    names = tuple(_name(node, entry.file, sources) for node in entry.nodes("names"))
    if not names:
        raise entry.error("the actor has no names", advice="add `names:`, the one to show first")
    if not cited and not all(name.source for name in names):
        raise entry.error("the actor has no sources", advice="add `sources: [...]` with ids from sources.yaml")
    country, wikidata = entry.text("country"), entry.text("wikidata")
    if country is not None and not _COUNTRY.fullmatch(country):
        raise entry.error(f"{country!r} is no ISO 3166-1 alpha-2 code", key="country", advice="write two capitals: MM")
    if wikidata is not None and not _WIKIDATA.fullmatch(wikidata):
        raise entry.error(f"{wikidata!r} is no Wikidata identifier", key="wikidata")
    entry.required("kind")
    kind = _choose(entry, "kind", _KINDS)
    return Actor(entry.id(), kind, names, country, entry.period("period"), cited, wikidata)


def _name(node: yaml.Node, file: str, sources: dict[str, Source]) -> Name:
    """A name: a text, or a mapping of it with its kind, period and source."""
    if not isinstance(node, yaml.MappingNode):
        alone = yaml.ScalarNode("tag:yaml.org,2002:str", "text", node.start_mark, node.end_mark)
        node = yaml.MappingNode("tag:yaml.org,2002:map", [(alone, node)], node.start_mark, node.end_mark)
    entry = read_mapping(node, file=file, keys=NAME_KEYS)
    source = entry.text("source")
    if source is not None:
        _check_source(entry, "source", source, sources)
    kind = _choose(entry, "kind", _NAME_KINDS) if "kind" in entry.values else NameKind.FULL
    return Name(entry.required("text"), kind, entry.period("period"), source)


def _choose(entry: Entry, key: str, known: Mapping[str, _Choice]) -> _Choice:
    value = entry.required(key)
    if value not in known:
        raise entry.error(f"unknown kind {value!r}", key=key, advice=f"known kinds: {', '.join(known)}")
    return known[value]


def _check_source(entry: Entry, key: str, citation: str, sources: dict[str, Source]) -> None:
    problem = source_problem(citation, sources)
    if problem:
        raise entry.error(problem, key=key, advice="add it to seeds/sources.yaml")


def check_actors(actors: Iterable[tuple[Actor, str]]) -> None:
    """Refuse two actors with one id, and two actors of one country with one name.

    Spelling that a reader would not see as another name (case, accents, the kind of apostrophe) makes no difference,
    except that an abbreviation is compared with its capitals.

    Raises:
        KgError: names both places.
    """
    ids: dict[str, str] = {}
    names: dict[tuple[str | None, str], tuple[str, str]] = {}
    for actor, where in actors:
        if actor.id in ids:
            raise KgError(f"the actor {actor.id!r} is given twice: the other stands in {ids[actor.id]}", where=where)
        ids[actor.id] = where
        for name in actor.names:
            key = (actor.country, name.text if name.kind is NameKind.ABBREVIATION else slug(name.text))
            other, there = names.setdefault(key, (actor.id, where))
            if other != actor.id:
                raise KgError(
                    f"{name.text!r} names both {actor.id!r} and {other!r} ({there})", where=where,
                    advice="leave it to the one it usually means, or give the two different countries",
                )
