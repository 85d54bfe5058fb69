"""The command `path`: how two actors are linked."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.counting import (
    Certainties,
    ClaimDocuments,
    EndedByHostility,
    KnownBy,
    PairDocuments,
    Sighting,
    Sure,
    Types,
    WithoutDocuments,
    WithoutSources,
    read_policy,
)
from kg.cli.options import OUT, Format, Out, StoreAddress, parse_day, reading
from kg.cli.tables import Table
from kg.errors import KgError, UsageError

if TYPE_CHECKING:
    from kg.network.paths import Path as Chain
    from kg.network.paths import PathStep

_SHOWN_DIGITS = 8  # of a claim's id: enough for `kg why`


def path(
    a: Annotated[str, typer.Argument(help="The one actor, by name, abbreviation or id.", metavar="A", show_default=False)],
    b: Annotated[str, typer.Argument(help="The other.", metavar="B", show_default=False)],
    on: Annotated[str | None, typer.Option(help="The day; all time when none is given.", metavar="DAY", show_default=False)] = None,
    positive: Annotated[bool, typer.Option("--positive", help="Only over pairs that stand together.")] = False,
    k: Annotated[int, typer.Option("--k", help="How many paths, the best first.", min=1, max=100)] = 1,
    sure: Sure = False,
    sighting_days: Sighting = 90,
    types: Types = None,
    certainties: Certainties = None,
    without_sources: WithoutSources = None,
    without_documents: WithoutDocuments = None,
    known_by: KnownBy = None,
    claim_documents: ClaimDocuments = 1,
    pair_documents: PairDocuments = 1,
    ended_by_hostility: EndedByHostility = 2,
    format: Annotated[Format, typer.Option(help="How it is written.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Find how two actors are linked on a day.

    The shortest way, of equally short ones the best attested, with its sign (an enemy's enemy stands together) and weakest link.

    \b
    Examples:
      kg path TNLA "National Unity Government"
      kg path TNLA China --on 2023-11-15 --positive
      kg path AA Tatmadaw --k 3 --format json
      kg path AA China --without-sources Tatmadaw --certainties stated
    """
    from kg.model import ties
    from kg.network.paths import paths
    from kg.network.policy import describe
    from kg.network.project import project
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id
    from kg.rdf.reading import read_claims

    day = parse_day(on, option="--on")
    with reading(store, out) as opened:
        ends = [local_id(find_actor(opened, name).value) for name in (a, b)]
        told = list(ties(read_claims(opened)))
        policy = read_policy(
            opened, told, sure=sure, sighting_days=sighting_days, ended_by_hostility=ended_by_hostility, types=types,
            certainties=certainties, without_sources=without_sources, without_documents=without_documents, known_by=known_by,
            claim_documents=claim_documents, pair_documents=pair_documents)
    graph = project(told, on=day, policy=policy)
    if ends[0] == ends[1]:
        raise UsageError(f"{a!r} and {b!r} are the same actor", where="kg path", advice="name two")
    when = f" on {on}" if on else ""
    alone = [name for name, id_ in zip((a, b), ends, strict=True) if id_ not in graph]
    found = () if alone else paths(graph, ends[0], ends[1], k=k, positive=positive)
    if not found:
        why = "".join(f"; {name} has no tie then" for name in alone)
        raise KgError(f"no {'positive ' if positive else ''}path leads from {a} to {b}{when}{why}", where="kg path",
                      advice="try another day, or all time without --on")
    labels = {node: str(data["label"]) for node, data in graph.nodes(data=True)}
    if format is Format.JSON:
        records = [_path_record(one, labels) for one in found]
        tables.write_json({"day": day, "policy_in_words": describe(policy).splitlines(), "paths": records})
        return
    rows = tuple((number, labels[step.source], _stand_of(step), labels[step.target], tables.joined(step.types), step.certainty,
                  step.answer, step.documents, "weakest" if step is one.weakest else None,
                  tables.joined([id_[:_SHOWN_DIGITS] for id_ in step.claims]))
                 for number, one in enumerate(found, 1) for step in one.steps)
    columns = ("path", "actor", "stand", "other", "by", "certainty", "holds", "documents", "link", "claims")
    tables.write(Table(columns, rows), format)
    for number, one in enumerate(found, 1):
        steps = f"{len(one.steps)} step{'s' if len(one.steps) > 1 else ''}"
        tables.write_line(f"path {number}: {steps}; {_ends(labels[ends[0]], labels[ends[1]], one)}{when}", to=sys.stderr)


def _ends(a: str, b: str, found: Chain) -> str:
    """How the two ends stand to each other by a path, in words."""
    if found.sign is None:
        return f"it does not tell how {a} and {b} stand to each other, as one link has no sign or both"
    if len(found.steps) == 1:
        return f"{a} and {b} stand {'together' if found.sign > 0 else 'against each other'}"
    enemies = sum(step.sign < 0 for step in found.steps)
    why = f"{enemies} of the links {'is' if enemies == 1 else 'are'} against" if enemies else "all links are together"
    return f"along it {a} and {b} are on {'one side' if found.sign > 0 else 'opposite sides'} ({why})"


def _path_record(found: Chain, labels: dict[str, str]) -> dict[str, object]:
    return {"sign": found.sign, "stand": _stand(found.sign), "weakest": found.steps.index(found.weakest) + 1 if found.weakest else None,
            "steps": [_step_record(step, labels) for step in found.steps]}


def _step_record(step: PathStep, labels: dict[str, str]) -> dict[str, object]:
    return {"from": {"id": step.source, "name": labels[step.source]}, "to": {"id": step.target, "name": labels[step.target]},
            "sign": step.sign, "mixed": step.mixed, "types": step.types, "certainty": step.certainty, "holds": step.answer,
            "documents": step.documents, "claims": step.claims}


def _stand_of(step: PathStep) -> str:
    return "mixed" if step.mixed and not step.sign else _stand(step.sign)


def _stand(sign: int | None) -> str:
    return {1: "together", -1: "against"}.get(sign or 0, "neither")
