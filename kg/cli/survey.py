"""What `kg network` tells of a day: the sections for people, everything as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING

from kg.cli import tables
from kg.cli.options import Format
from kg.cli.tables import Table

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.survey import Survey

_NAMES = 6  # of a group, before "and 3 more"
_MOST = 10  # rows of a section; JSON has all
_SIGNS = {1: "together", -1: "against", 0: "neither"}


def pair_table(signed: nx.Graph[str]) -> Table:
    """One row for each pair of actors."""
    rows = sorted((str(signed.nodes[a]["label"]), _SIGNS[edge["sign"]], str(signed.nodes[b]["label"]), "mixed" if edge["mixed"] else None,
                   str(edge["answer"]), int(edge["weight"])) for a, b, edge in signed.edges(data=True))
    return Table(("actor", "stand", "other", "mixed", "holds", "statements"), tuple(rows), "Pairs")


def write_sections(found: Survey, signed: nx.Graph[str], *, when: str) -> None:
    """The sections that have something to tell, the pairs, and the policy in words."""
    from kg.network.policy import describe

    names = {actor: str(data["label"]) for actor, data in signed.nodes(data=True)}
    tables.write_line(tables.bold(f"Network {when}"))
    tables.write_line(headline(found))
    for table in (*_sections(found, names), pair_table(signed)):
        if table.rows:
            tables.write_line("\n" + tables.bold(table.title))
            tables.write(table, Format.TABLE)
    tables.write_line("\n" + tables.bold("What counts"))
    for line in describe(found.policy).splitlines():
        tables.write_line(line)


def headline(found: Survey) -> str:
    """How large the network is."""
    size = found.overview
    denied = f", {len(found.denied)} claims deny a tie" if found.denied else ""
    over = f", {len(found.ended)} tie{'s' if len(found.ended) > 1 else ''} over by then" if found.ended else ""
    isolated = f", {len(found.alone.isolated)} actors with ties of neither sign" if found.alone.isolated else ""
    return f"{size.actors} actors, {size.together} pairs together, {size.against} against, {size.mixed} mixed{isolated}{denied}{over}"


def survey_json(found: Survey, signed: nx.Graph[str]) -> dict[str, object]:
    """Everything: actors by id, each measure by its name, the pairs as in the other formats, the policy and its words."""
    from kg.network.policy import describe

    actors = {actor: {"label": data["label"], "kind": data["kind"]} for actor, data in signed.nodes(data=True)}
    measures = {field.name: _plain(getattr(found, field.name)) for field in fields(found)}
    return {**measures, "policy_in_words": describe(found.policy).splitlines(), "actors": actors, "pairs": pair_table(signed).records()}


def _sections(found: Survey, names: Mapping[str, str]) -> Iterable[Table]:
    yield _cut("Camps  (joined by membership or alliance, enemies may be inside)", ("actors", "surely one", "enmities inside", "who"), [
        (len(camp.actors), camp.sure, len(camp.enmities), _who(camp.actors, names)) for camp in found.camps])
    yield _cut(f"Communities  ({found.communities.method}; Q = {_number(found.communities.quality)})", ("number", "actors", "who"), [
        (number, len(group), _who(group, names)) for number, group in enumerate(found.communities.groups, 1) if len(group) > 1])
    yield _cut("Enmities and friendships that no division into blocs explains", ("actor", "stand", "other"), [
        *((names[a], "against, in one bloc", names[b]) for a, b in found.blocs.enmities),
        *((names[a], "together, in two blocs", names[b]) for a, b in found.blocs.friendships)])
    yield _cut("Alliances  (ties of their members with each other and with others, the alliance itself left aside)",
               ("alliance", "members", "perhaps", "together inside", "against inside", "together outside", "against outside"), [
                   (alliance.label, len(alliance.members), len(alliance.perhaps), ties.together, ties.against, ties.together_outside,
                    ties.against_outside) for alliance, ties in found.alliances])
    between = [one for one in found.brokers.actors if round(one.betweenness, 3)]
    yield _cut(f"Brokers  (betweenness {found.brokers.method}, on ties of friendship)",
               ("actor", "betweenness", "constraint", "camp falls apart without", "friends at odds", "communities"), [
                   (names[one.actor], round(one.betweenness, 3), None if one.constraint is None else round(one.constraint, 2), one.cut,
                    one.torn, " ".join(str(group + 1) for group in one.joins)) for one in between])
    yield _cut("Friend and foe  (told of both; kg why CLAIM has the sentence)", ("actor", "other", "together", "against"), [
        (names[pair.pair[0]], names[pair.pair[1]], _ids(pair.together), _ids(pair.against)) for pair in found.frenemies])
    core = found.core
    if core.correlation is not None:
        yield Table(("actors", "fit", "who"), ((len(core.core), round(core.correlation, 2), _who(core.core, names)),),
                    "Core  (its actors have ties to most, the others to it alone; fit 1: exactly so)")
    yield _cut("Over by then  (ties that would count, had nothing ended them; kg why CLAIM has the sentence)",
               ("actor", "tie", "other", "over by", "what ended it", "claim", "ended by"), [
                   (end.labels[0], end.type, end.labels[1], end.by, end.ending.value, end.claim, _ids(end.ended_by))
                   for end in found.ended])
    yield _cut("Enemies, but no friends", ("actors", "who"), [(len(found.alone.friendless), _who(found.alone.friendless, names))]
               if found.alone.friendless else [])


def _cut(title: str, columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> Table:
    more = f"  {_MOST} of {len(rows)}" if len(rows) > _MOST else ""
    return Table(columns, tuple(rows[:_MOST]), title + more)


def _who(actors: Sequence[str], names: Mapping[str, str]) -> str:
    more = f" and {len(actors) - _NAMES} more" if len(actors) > _NAMES + 1 else ""
    return tables.joined([names[actor] for actor in (actors[:_NAMES] if more else actors)]) + more


def _ids(claims: Sequence[str]) -> str:
    return claims[0] + (f" and {len(claims) - 1} more" if len(claims) > 1 else "")


def _number(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}"


def _plain(value: object) -> object:
    """A value as lists, dictionaries, texts and numbers; a set is sorted."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, frozenset):
        return sorted(str(one) for one in value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value
