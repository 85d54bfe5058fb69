"""Claims as JSON lines: the exchange format, one object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from kg.errors import KgError
from kg.model import Certainty, Claim, Evidence, Kind, Modality, Period, Polarity, Quantity, Reference, Span
from kg.model.claim import ROLES


def to_json(claim: Claim) -> dict[str, Any]:
    """A claim as a JSON object; `from_json` reads it back to an equal claim.

    `count` is the codebook's notation ("200+"), `count_text` the words of the text.
    """
    first, *more = claim.evidence
    quantity = claim.quantity
    return {
        "id": claim.id,
        "key": claim.key,
        "document": claim.document,
        "type": claim.type,
        **{role: _reference_out(claim.reference(role)) for role in ROLES},
        "date": claim.period.edtf if claim.period else None,
        "count": quantity.notation if quantity else None,
        "count_min": quantity.minimum if quantity else None,
        "count_max": quantity.maximum if quantity else None,
        "count_text": quantity.text if quantity else None,
        "role": claim.role,
        "outcome": claim.outcome,
        "attributed_to": _reference_out(claim.attributed_to),
        "certainty": claim.certainty.value,
        "polarity": claim.polarity.value,
        "modality": claim.modality.value,
        "reported": claim.reported.edtf if claim.reported else None,
        "evidence": _evidence_out(first),
        "more_evidence": [_evidence_out(e) for e in more],
        "rule": claim.rule,
    }


def from_json(row: dict[str, Any]) -> Claim:
    """The claim that `to_json` wrote.

    Raises:
        ValueError: not an object, or a value is missing or is not what the format says.
    """
    if not isinstance(row, dict):
        raise ValueError(f"not a claim: {json.dumps(row, ensure_ascii=False)[:40]} is no object")
    try:
        roles = {"from_" if role == "from" else role: _reference_in(row.get(role)) for role in ROLES}
        return Claim(
            type=row["type"],
            evidence=tuple(_evidence_in(row["document"], e) for e in (row["evidence"], *row.get("more_evidence", ()))),
            **roles,
            role=row.get("role"),
            outcome=row.get("outcome"),
            period=Period.parse(row["date"]) if row.get("date") else None,
            quantity=_quantity_in(row),
            attributed_to=_reference_in(row.get("attributed_to")),
            certainty=Certainty(row.get("certainty", "stated")),
            polarity=Polarity(row.get("polarity", "positive")),
            modality=Modality(row.get("modality", "actual")),
            reported=Period.parse(row["reported"]) if row.get("reported") else None,
            rule=row.get("rule", ""),
        )
    except (KeyError, TypeError, AttributeError) as problem:
        raise ValueError(f"not a claim: {problem!r} in a record of type {row.get('type')!r}") from None


def write_claims(claims: Iterable[Claim]) -> Iterator[str]:
    """One line a claim, without line ends, keys in the order of the format."""
    for claim in claims:
        yield json.dumps(to_json(claim), ensure_ascii=False)


def read_claims(lines: Iterable[str], *, where: str) -> Iterator[Claim]:
    """The claims in JSON lines; empty lines are passed over.

    Args:
        lines: the lines.
        where: the name of the file, for messages.

    Raises:
        KgError: a line is no claim; the message gives its number.
    """
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                yield from_json(json.loads(line))
            except ValueError as problem:
                raise KgError(
                    str(problem), where=f"{where}, line {number}", advice="write such files with `kg claims --format jsonl`"
                ) from None


def _reference_out(reference: Reference | None) -> dict[str, Any] | None:
    if reference is None:
        return None
    return {"id": reference.id, "name": reference.name, "names": list(reference.names), "kind": reference.kind.value}


def _reference_in(row: dict[str, Any] | None) -> Reference | None:
    return Reference(row["id"], Kind(row["kind"]), row["name"], tuple(row.get("names", ()))) if row else None


def _evidence_out(evidence: Evidence) -> dict[str, Any]:
    return {"quote": evidence.quote, "start": evidence.span.start, "end": evidence.span.end}


def _evidence_in(document: str, row: dict[str, Any]) -> Evidence:
    return Evidence(document, Span(row["start"], row["end"]), row["quote"])


def _quantity_in(row: dict[str, Any]) -> Quantity | None:
    if not row.get("count"):
        return None
    return Quantity(row.get("count_min"), row.get("count_max"), row.get("count_text") or row["count"], row["count"].startswith("~"))
