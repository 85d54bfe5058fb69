"""The command `balance`: how far the network of a day is from two camps, what disturbs them, and what that rests on."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Collection, Iterator, Sequence
from datetime import date
from itertools import count
from string import ascii_lowercase
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
from kg.cli.progress import watched
from kg.cli.tables import Table

if TYPE_CHECKING:
    import networkx as nx

    from kg.model import Tie
    from kg.network.doubt import Influence, Measure
    from kg.network.project import Policy

_SHOWN = 5  # claims of each measure that are shown as what it rests on
_SECONDS = 2.0  # for the proof in each recomputation
_ACTORS = 15  # of the list of actors that are shown where more have no tie against the camps; JSON has all


def balance(
    on: Annotated[str | None, typer.Option(help="The day; all time when none is given.", metavar="DAY", show_default=False)] = None,
    camps: Annotated[int, typer.Option(help="Into how many camps at most.", min=1, metavar="K")] = 2,
    sensitivity: Annotated[bool, typer.Option("--sensitivity", help="Show what the measures rest on.")] = False,
    draws: Annotated[int, typer.Option(help="Bootstrap draws for --sensitivity.", min=1)] = 200,
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
    time_limit: Annotated[float, typer.Option(help="Seconds for each proof; then bounds are told.", min=0, metavar="S")] = 10.0,
    format: Annotated[Format, typer.Option(help="csv gives the measures only, with --sensitivity recomputed.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Measure balance and what it rests on.

    A network is balanced when it falls into two camps (or K): friends inside, enemies between. Told are who is in them, which ties and
    actors disturb them, and the claims behind each. Only ties that close a circle can be out of balance, so a network of few circles
    is balanced whatever its ties say.

    \b
    Examples:
      kg balance --on 2023-11-15
      kg balance --on 2023-11-15 --camps 3 --format json
      kg balance --on 2023-11-15 --sensitivity --draws 1000
      kg balance --on 2023-11-15 --certainties stated --without-sources Tatmadaw
    """
    from kg.model import ties
    from kg.network.policy import describe
    from kg.network.project import project, signed_graph
    from kg.network.signed import signed_part
    from kg.rdf.reading import read_claims

    day = parse_day(on, option="--on")
    with reading(store, out) as opened:
        told = list(ties(read_claims(opened)))
        policy = read_policy(
            opened, told, sure=sure, sighting_days=sighting_days, ended_by_hostility=ended_by_hostility, types=types,
            certainties=certainties, without_sources=without_sources, without_documents=without_documents, known_by=known_by,
            claim_documents=claim_documents, pair_documents=pair_documents)
    graph = project(told, on=day, policy=policy)
    parts, said = _structure(graph, signed_part(signed_graph(graph)), camps, time_limit, lists=format is Format.JSON)
    if sensitivity:
        parts |= _doubt(told, day, policy, draws)
    when, words = f"Balance {f'on {day}' if day else 'of all time'}", describe(policy).splitlines()
    if format is Format.JSON:
        tables.write_json({"day": day, "said": said, "policy_in_words": words, **{name: table.records() for name, table in parts.items()}})
    elif format is Format.CSV:
        tables.write_line("\n".join((f"{when}: {said}", *words)), to=sys.stderr)
        tables.write(parts["without" if sensitivity else "measures"], format)
    else:
        tables.write_line(tables.bold(when))
        tables.write_line(said)
        for name, table in parts.items():
            shown = _shown(table) if name == "actors" else table
            tables.write_line("\n" + tables.bold(table.title))
            if shown.rows:
                tables.write(shown, format)
            if len(shown.rows) < len(table.rows):
                tables.write_line(f"{len(table.rows) - len(shown.rows)} more without a tie against the camps: --format json has all")
        tables.write_line("\n" + tables.bold("What counts"))
        for line in words:
            tables.write_line(line)


def _shown(table: Table) -> Table:
    """The actors with a tie against the camps, and some more."""
    most = max(_ACTORS, sum(1 for row in table.rows if row[1]))
    return dataclasses.replace(table, rows=table.rows[:most])


def _structure(
    graph: nx.MultiDiGraph[str], signed: nx.Graph[str], k: int, time_limit: float, *, lists: bool
) -> tuple[dict[str, Table], str]:
    """Measures, camps, the ties against them, actors; and what it comes to in a sentence."""
    from kg.network.balance import local_balance, pn_centrality, triangle_balance, walk_balance
    from kg.network.blockmodel import blockmodel
    from kg.network.frustration import frustration
    from kg.network.signed import signed_arrays

    triangles, walks, found = triangle_balance(signed), walk_balance(signed), frustration(signed, time_limit=time_limit)
    pairs = signed.number_of_edges()
    circles = pairs - len(signed) + len(found.camps)
    index = found.upper if found.exact else f"{found.lower} to {found.upper}"
    rows: list[tuple[object, ...]] = [
        ("ties with a sign", pairs, f"pairs among {len(signed)} actors"),
        ("independent circles", circles, "of ties; without one, any network is balanced"),
        ("triangle balance T", _rounded(triangles.share), f"{triangles.balanced} of {triangles.total} triangles are balanced"
         if triangles.total else "undefined: no three actors are all tied to each other"),
        ("walk balance K", _rounded(walks), "undefined: no ties" if walks is None else "1: all cycles are balanced; less: some are not"),
        ("line index of frustration L", index if pairs else None,
         f"of {pairs} pairs stand against the best two camps; {found.method}" if pairs else "undefined: no ties"),
        ("frustration F = 1 - 2L/m", _rounded(found.normalised), "1 balanced, 0 no better than chance" if found.normalised is not None else
         "undefined: no ties" if not pairs else f"between {1 - 2 * found.upper / pairs:.4f} and {1 - 2 * found.lower / pairs:.4f}"),
    ]
    division: list[tuple[int | None, str, tuple[object, ...]]] = [
        (part, camp, actors) for part, pair in enumerate(found.camps, 1)
        for camp, actors in zip("ab", pair, strict=True) if actors]
    against, title = found.frustrated, "Two camps in each connected part, one of the best divisions"
    if k != 2:
        block = blockmodel(signed, k, time_limit=time_limit)
        arrays = signed_arrays(signed)
        parts = sorted(({arrays.nodes[i] for i in part} for part in arrays.parts()), key=lambda part: -len(part))
        division = [(number, letter, actors) for number, part in enumerate(parts, 1)
                    for letter, actors in zip(_letters(), _within(block.camps, part), strict=False)]
        against, title = block.inconsistent, f"At most {k} camps in each connected part, one of the best divisions"
        rows.append((f"ties against {k} camps", len(against), f"2P of relaxed balance, at least {round(2 * block.lower)}; {block.method}"))
    local, status, trouble = local_balance(signed), pn_centrality(signed), dict(_counts(against))
    actors = sorted(signed, key=lambda node: (-trouble.get(node, 0), local[node] or 0.0, node))
    tables_of = {
        "measures": Table(("measure", "value", "meaning"), tuple(rows), "Measures"),
        "camps": Table(("part", "camp", "size", "actors"), tuple(
            (part, camp, len(names), names if lists else tables.joined(names))
            for part, camp, members in division for names in [[_label(graph, node) for node in members]]), title),
        "against": Table(("actor", "stand", "other", "type", "when", "holds", "certainty", "says", "document", "claim"),
                         tuple(row for pair in against for row in _claims(graph, signed, pair)),
                         "The ties against them, with the claims behind each" if against else "No tie stands against them"),
        "actors": Table(("actor", "against", "local balance", "PN centrality"), tuple(
            (_label(graph, node), trouble.get(node, 0), _rounded(local[node]), _rounded(status[node])) for node in actors),
            "Actors, those with the most ties against the camps first"),
    }
    return tables_of, _said(index, pairs, circles)


def _said(index: int | str, pairs: int, circles: int) -> str:
    """What the index comes to, for people."""
    if not pairs:
        return "No two actors stand together or against each other: nothing can be told of balance."
    if not circles:
        return f"No circle of ties is closed, so that nothing could be out of balance: {pairs} pairs say nothing for or against two camps."
    counted = f"{circles} independent circle{'s' if circles > 1 else ''} of ties"
    if index == 0:
        return f"Balanced: all ties agree with two camps in each part, and {counted} could have told otherwise."
    return f"Not balanced: {index} of {pairs} pairs stand against the best division into two camps, among {counted}."


def _within(camps: Sequence[tuple[object, ...]], part: Collection[object]) -> list[tuple[object, ...]]:
    """The camps of one connected part, the largest first: how they stand to those of another part, no tie tells."""
    found = [tuple(actor for actor in camp if actor in part) for camp in camps]
    return sorted((camp for camp in found if camp), key=lambda camp: -len(camp))


def _letters() -> Iterator[str]:
    """a, b ... z, a2, b2 ..."""
    for round_ in count(1):
        yield from (letter if round_ == 1 else f"{letter}{round_}" for letter in ascii_lowercase)


def _doubt(told: Sequence[Tie], day: date | None, policy: Policy, draws: int) -> dict[str, Table]:
    """The measures without what may be doubted, with intervals, and the claims that they rest on."""
    from kg.network.doubt import Doubt, Unit

    measures = _measures()
    doubt = Doubt(told, on=day, policy=policy)
    units = sum(doubt.units(unit) for unit in (Unit.CLAIM, Unit.DOCUMENT))
    with watched() as bar:
        if bar:
            bar.start(draws + units)
        advance = bar.advance if bar else None
        variants = doubt.sensitivity(measures)
        drawn = doubt.bootstrap(measures, draws=draws, advance=advance)
        moved = [doubt.influence(measures, unit=unit, advance=advance) for unit in (Unit.CLAIM, Unit.DOCUMENT)]
    intervals = [(name, _rounded(one.value), _rounded(one.low), _rounded(one.high), f"{one.level:.0%}", one.draws, one.undefined, one.units,
                  one.pairs, round(one.drawn_pairs, 1)) for name, one in drawn.items()]
    rests = [(name, *_rest(told, unit, one)) for name in measures for unit, by_name in zip((Unit.CLAIM, Unit.DOCUMENT), moved, strict=True)
             for one in [one for one in by_name[name] if one.change or (one.value is None and drawn[name].value is not None)][:_SHOWN]]
    rows = tuple((same[0].name, same[0].claims, same[0].pairs, *(_rounded(one.value) for one in same))
                 for same in zip(*variants.values(), strict=True))
    return {
        "without": Table(("claims", "number", "pairs", *measures), rows, "Without what may be doubted (empty: undefined)"),
        "intervals": Table(("measure", "value", "low", "high", "level", "draws", "undefined", "documents", "pairs", "pairs drawn"),
                           tuple(intervals), "Drawn again: whole documents, with replacement. The interval tells how far other reports of "
                           "the same kind could move the value;\nit does not cover errors of extraction, nor what nobody reports"),
        "rests": Table(("measure", "without", "which says", "value", "change"), tuple(rests),
                       f"What each measure rests on: the {_SHOWN} claims and documents that move it most when left out"),
    }


def _measures() -> dict[str, Measure]:
    """The measures by their letters; F and L are read from one search for the camps."""
    from kg.network.balance import triangle_balance, walk_balance
    from kg.network.frustration import Frustration, frustration
    from kg.network.signed import signed_part

    last: list[tuple[nx.Graph[str], Frustration]] = []

    def searched(signed: nx.Graph[str]) -> Frustration:
        if not last or last[0][0] is not signed:
            last[:] = [(signed, frustration(signed_part(signed), time_limit=_SECONDS))]
        return last[0][1]

    return {"T": lambda signed: triangle_balance(signed).share, "K": lambda signed: walk_balance(signed_part(signed)),
            "F": lambda signed: searched(signed).normalised,
            "L": lambda signed: searched(signed).index if any(sign for *_, sign in signed.edges(data="sign")) else None}


def _rest(told: Sequence[Tie], unit: str, one: Influence) -> tuple[object, ...]:
    """What is left out, in words, and what becomes of the measure. A claim that has no tie then may have ended another's."""
    said = f"{len(one.claims)} claims"
    if unit == "claim":
        said = tables.joined(sorted({" ".join((tie.source.name, tie.type, tie.target.name, *((tie.period.edtf,) if tie.period else ())))
                                     for tie in told if tie.claim in one.claims}))
    return (one.claims[0] if unit == "claim" else one.left_out, said, _rounded(one.value),
            _rounded(one.change) if one.change is not None else "undefined")


def _claims(graph: nx.MultiDiGraph[str], signed: nx.Graph[str], pair: tuple[object, object]) -> list[tuple[object, ...]]:
    """One row for each claim behind a tie."""
    a, b = map(str, pair)
    stand = {1: "together", -1: "against"}[signed.edges[a, b]["sign"]]
    signs = {1: "", -1: "", 0: " (no sign)"} | {-signed.edges[a, b]["sign"]: " (speaks for the other)"}
    edges = sorted((edge for x, y in ((a, b), (b, a)) for edge in (graph.get_edge_data(x, y) or {}).values()), key=lambda e: e["claim"])
    return [(_label(graph, a), stand, _label(graph, b), edge["type"] + signs[edge["sign"]], edge["edtf"], edge["answer"],
             edge["certainty"], edge["attributed_to"], edge["document"], edge["claim"]) for edge in edges]


def _counts(pairs: Sequence[tuple[object, object]]) -> dict[object, int]:
    found: dict[object, int] = {}
    for node in (node for pair in pairs for node in pair):
        found[node] = found.get(node, 0) + 1
    return found


def _label(graph: nx.MultiDiGraph[str], node: object) -> str:
    return str(graph.nodes[str(node)]["label"])


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
