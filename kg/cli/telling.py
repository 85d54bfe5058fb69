"""Commands that tell what documents say: `claims`, `actor` and `why`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import tables
from kg.cli.options import OUT, ClaimFormat, Decisions, Format, Out, StoreAddress, decisions_path, parse_day, reading
from kg.cli.tables import Table
from kg.errors import UsageError

if TYPE_CHECKING:
    from kg.model import Actor, Claim, Decision, Reference
    from kg.rdf.reading import StoredDocument
    from kg.rdf.store import Store


def claims(
    actor: Annotated[str | None, typer.Option(help="Only claims about this actor, by name or id.", show_default=False)] = None,
    type: Annotated[str | None, typer.Option(help="Only claims of this type: attack, member_of ...", show_default=False)] = None,
    document: Annotated[str | None, typer.Option(help="Only claims of this document, by its path.", show_default=False)] = None,
    since: Annotated[str | None, typer.Option(help="Only what may have been so on this day or later.", metavar="DAY",
                                              show_default=False)] = None,
    until: Annotated[str | None, typer.Option(help="Only what may have been so on this day or earlier.", metavar="DAY",
                                              show_default=False)] = None,
    format: Annotated[ClaimFormat, typer.Option(help="jsonl is the exchange format.")] = ClaimFormat.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """List what the documents say.

    One line a claim, with date, source and id.

    \b
    Examples:
      kg claims --actor TNLA --since 2023-10-27
      kg claims --type defect --format csv
      kg claims --format jsonl | jq .evidence.quote
    """
    from kg.exchange.jsonl import to_json, write_claims
    from kg.model import CLAIM_TYPES
    from kg.rdf.reading import read_claims

    if type is not None and type not in CLAIM_TYPES:
        raise UsageError(f"unknown claim type {type!r}", where="--type", advice=f"one of {', '.join(CLAIM_TYPES)}")
    first, last = parse_day(since, option="--since"), parse_day(until, option="--until")
    with reading(store, out) as opened:
        found = read_claims(opened, actor=_actor_id(opened, actor) if actor else None, type=type, document=document,
                            since=first, until=last)
        if format is ClaimFormat.JSONL:
            for line in write_claims(found):
                tables.write_line(line)
        elif format is ClaimFormat.JSON:
            tables.write_json([to_json(claim) for claim in found])
        else:
            tables.write(claim_table(found), Format(format))


def _actor_id(store: Store, name: str) -> str:
    from kg.rdf.lookup import find_actor
    from kg.rdf.names import local_id

    return local_id(find_actor(store, name).value)


def claim_table(claims: Iterable[Claim]) -> Table:
    """One row a claim, readable across."""
    columns = ("id", "when", "type", "subject", "object", "from", "to", "place", "count", "how", "says", "document")
    return Table(columns, tuple(_claim_row(claim) for claim in claims))


def _claim_row(claim: Claim) -> tuple[object, ...]:
    names = {role: reference.name for role, reference in claim.references()}
    usual = ("stated", "positive", "actual")
    how = tables.joined([value for value in (claim.polarity, claim.modality, claim.certainty, claim.role, claim.outcome)
                         if value and value not in usual])
    return (claim.id, claim.period and claim.period.edtf, claim.type,
            *(names.get(role) for role in ("subject", "object", "from", "to", "place")),
            claim.quantity and claim.quantity.notation, how or None, claim.attributed_to and claim.attributed_to.name, claim.document)


def actor(
    name: Annotated[str, typer.Argument(help="A name, abbreviation or id.", show_default=False)],
    format: Annotated[Format, typer.Option(help="How it is written; csv gives the claims only.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
) -> None:
    """Tell all that is known of an actor.

    Who it is, by what names, with whom it stood from when to when, its changes of side, and every claim about it with its source.

    \b
    Examples:
      kg actor TNLA
      kg actor "Arakan Army" --format json
    """
    from kg.cli import shifting
    from kg.exchange.jsonl import to_json
    from kg.network.histories import histories
    from kg.network.sides import read_sides
    from kg.network.switches import find_switches
    from kg.rdf.reading import read_actors, read_claims

    with reading(store, out) as opened:
        id_ = _actor_id(opened, name)
        seed = next((known for known in read_actors(opened) if known.id == id_), None)
        every = list(read_claims(opened))  # who opposes whom is told by claims about others
        about = sorted(read_claims(opened, actor=id_), key=lambda claim: (claim.period.edtf if claim.period else "~", claim.document))
    names = _names(id_, seed, about)
    known = _describe(id_, names, seed, about)
    sides = read_sides(every)
    history = histories(every, sides=sides).get(sides.line(id_), ())
    found = shifting.involving(find_switches(every, sides=sides), sides, sides.line(id_))
    if format is Format.JSON:
        loyalty = {"history": shifting.history_records(history), **shifting.shift_records(found)}
        tables.write_json({**known, "names": names, "loyalty": loyalty, "claims": [to_json(claim) for claim in about]})
        return
    if format is Format.TABLE:
        tables.write_line(tables.pairs(known))
        for title, table, told in (("Loyalty: with whom, from when to when", shifting.history_table(history), history),
                                   ("Loyalty: changes of side", shifting.switch_table(found.switches), found.switches)):
            if told:
                tables.write_line(tables.bold(title))
                tables.write(table, format)
                tables.write_line()
    tables.write(claim_table(about), format)


def _mentions(id_: str, claims: Iterable[Claim]) -> list[Reference]:
    said = [reference for claim in claims for reference in (*(r for _, r in claim.references()), claim.attributed_to)]
    return [reference for reference in said if reference and reference.id == id_]


def _names(id_: str, seed: Actor | None, claims: Iterable[Claim]) -> list[str]:
    """Every name that is known or used, the one it is shown under first."""
    known = [name.text for name in seed.names] if seed else []
    return list(dict.fromkeys([*known, *(name for mention in _mentions(id_, claims) for name in (mention.name, *mention.names))]))


def _describe(id_: str, names: Sequence[str], seed: Actor | None, claims: Sequence[Claim]) -> dict[str, object]:
    kinds = [seed.kind] if seed else [mention.kind for mention in _mentions(id_, claims)]
    told = len({claim.document for claim in claims})
    return {
        "name": names[0] if names else id_, "id": id_, "kind": kinds[0].value if kinds else None, "also": tables.joined(names[1:]),
        "country": seed and seed.country, "existed": seed and seed.period and seed.period.edtf, "wikidata": seed and seed.wikidata,
        "known from": f"reference data ({tables.joined(seed.sources)})" if seed else "the documents only",
        "claims": f"{len(claims)} in {told} document{'' if told == 1 else 's'}",
    }


def why(
    claim: Annotated[str, typer.Argument(help="Id of a claim, or its first digits.", show_default=False)],
    format: Annotated[Format, typer.Option(help="How it is written.")] = Format.TABLE,
    out: Out = OUT,
    store: StoreAddress = None,
    decisions: Decisions = None,
) -> None:
    """Show where a claim comes from.

    The sentence, the document, who says it, the rule that read it, and decisions about it.

    \b
    Examples:
      kg why 0123456789abcdef
      kg why 0123 --format json
    """
    from kg.rdf.reading import read_claims, read_documents
    from kg.seeds import load_decisions

    with reading(store, out) as opened:
        found = _find_claim(opened, claim)
        source = next(read_documents(opened, document=found.document), None)
        same = [other for other in read_claims(opened, key=found.key) if other.id != found.id]
    ids = {found.id, *(reference.id for _, reference in found.references())}
    log = [d for d in load_decisions(decisions_path(decisions, out)) if d.target in ids or d.into in ids]
    chain = _chain(found, source, same, log)
    if format is Format.TABLE:
        tables.write_line(tables.pairs(chain).rstrip())
    else:
        tables.write(Table(tuple(chain), (tuple(chain.values()),)), format)


def _find_claim(store: Store, text: str) -> Claim:
    """The claim of this id, or the only one whose id begins so."""
    from kg.rdf.reading import claim_ids, read_claim

    found = read_claim(store, text.casefold())
    ids = () if found else claim_ids(store, text.casefold())
    if len(ids) == 1:
        found = read_claim(store, ids[0])
    if found is None:
        problem = f"{len(ids)} claims have" if ids else "no claim has"
        raise UsageError(f"{problem} an id that begins with {text!r}", where="kg why", advice="kg claims shows the ids")
    return found


def _chain(claim: Claim, source: StoredDocument | None, same: Sequence[Claim], log: Sequence[Decision]) -> dict[str, object]:
    """From the claim to the words, their document, the rule and the decisions."""
    return {
        "claim": claim.id, "type": claim.type,
        **{role: f"{reference.name} ({reference.id})" for role, reference in claim.references()},
        "when": claim.period and claim.period.edtf,
        "count": claim.quantity and f"{claim.quantity.notation} ({claim.quantity.text})",
        "says": claim.attributed_to.name if claim.attributed_to else "the document itself",
        "standing": tables.joined([claim.certainty, claim.polarity, claim.modality]),
        "sentence": " […] ".join(evidence.quote for evidence in claim.evidence),
        "at": tables.joined([f"{evidence.span.start}-{evidence.span.end}" for evidence in claim.evidence]),
        "document": claim.document,
        "title": source and source.title, "publisher": source and source.publisher,
        "published": source and source.published and source.published.edtf, "address": source and source.url,
        "rule": claim.rule,
        "also said in": tables.joined([f"{other.document} ({other.id})" for other in same]),
        "decisions": tables.joined([f"{d.action} {d.target} {d.into or ''}".strip() + f", {d.by}, {d.on}: {d.reason}" for d in log]),
    }
