"""What an explorer page knows: claims, documents and actors as tables of plain JSON, each named once and pointed to by its number."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from kg.model import CLAIM_TYPES, Claim, Document, Period, spell
from kg.view.marks import marks

_LABEL = 36  # characters: three lines under a point

Row = dict[str, Any]


class Numbers(dict[str, int]):
    """Ids numbered in the order in which they are first asked for."""

    def __missing__(self, id_: str) -> int:
        self[id_] = len(self)
        return self[id_]


def claim_rows(claims: Sequence[Claim], actors: Numbers, documents: Numbers) -> list[Row]:
    """One row a claim; what is not told is left out of it."""
    return [{k: v for k, v in _claim_row(claim, actors, documents).items() if v not in (None, "", [])} for claim in claims]


def _claim_row(claim: Claim, actors: Numbers, documents: Numbers) -> Row:
    quantity = claim.quantity
    return {
        "id": claim.id,
        "type": claim.type,
        "roles": {role: actors[reference.id] for role, reference in claim.references()},
        "date": claim.period.edtf if claim.period else None,
        "window": _window(claim),
        "written": _written(claim),
        "count": quantity.notation if quantity else None,
        "counted": quantity.text if quantity else None,
        "role": claim.role,
        "outcome": claim.outcome,
        "by": claim.attributed_to.name if claim.attributed_to else None,
        "certainty": claim.certainty.value,
        "modality": claim.modality.value,
        "denied": claim.polarity.value == "negative" or None,
        "quotes": [evidence.quote for evidence in claim.evidence],
        "marks": [marks(claim, evidence.quote) for evidence in claim.evidence],
        "document": documents[claim.document],
    }


def actor_rows(claims: Sequence[Claim], actors: Numbers) -> list[Row]:
    """One row for whatever fills a role of a claim: the commonest name, all names, the commonest kind, a short label."""
    names: dict[str, Counter[str]] = {id_: Counter() for id_ in actors}
    kinds: dict[str, Counter[str]] = {id_: Counter() for id_ in actors}
    other: dict[str, dict[str, None]] = {id_: {} for id_ in actors}
    for claim in claims:
        for _, reference in claim.references():
            names[reference.id][reference.name] += 1
            # one id can be a place here and a state there: what can be drawn goes first
            kinds[reference.id][reference.kind.value] += 1 if not reference.kind.is_actor else len(claims) * 6 + 1
            other[reference.id].update(dict.fromkeys((reference.name, *reference.names)))
    rows = []
    for id_ in actors:
        name = _commonest(names[id_])
        rows.append({"id": id_, "name": name, "kind": _commonest(kinds[id_]), "names": [n for n in other[id_] if n != name]})
    _add_labels(rows)
    return rows


def document_rows(documents: Numbers, known: Mapping[str, Document]) -> list[Row]:
    """One row a document: what the page says about the source. An unknown document is shown by its id."""
    rows = []
    for id_ in documents:
        document = known.get(id_)
        row = {"title": id_} if document is None else {
            "title": document.title or id_,
            "publisher": document.publisher,
            "date": document.published.edtf if document.published else None,
            "url": document.url if document.url and is_web_address(document.url) else None,
        }
        rows.append({k: v for k, v in row.items() if v})
    return rows


def type_rows(claims: Sequence[Claim]) -> list[Row]:
    """The claim types that occur, in the codebook's order, in words."""
    present = {claim.type for claim in claims}
    return [{"name": t.name, "label": t.name.replace("_", " "), "reads": t.reads} for t in CLAIM_TYPES.values() if t.name in present]


def _window(claim: Claim) -> list[int | None]:
    """When a claim counts, as four days since 1970-01-01: first, surely from, surely until, last; `None`: no such day."""
    found = spell(claim)
    return [_number(day) if day else None for day in (found.first, found.sure_from, found.sure_until, found.last)]


def _written(claim: Claim) -> list[int] | None:
    """Between which days its date stands as it is written, as days since 1970-01-01: "2025~" is 2025, not the years around it.

    Each end is the first day that it names; an open end is the day of the report.
    """
    if claim.period is None:
        return None
    sides = claim.period.edtf.split("/")
    named = [Period.parse(side.rstrip("~%?")).begin_earliest for side in sides if side not in ("..", "")]
    days = [_number(day) for day in named if day]
    told = claim.reported.begin_earliest if claim.reported and sides[-1] in ("..", "") else None
    return [min(days), max(*days, _number(told)) if told else max(days)]


def is_web_address(url: str) -> bool:
    """Whether a link may be made of it: `http` or `https`, with a host. Anything else stays text.

    >>> is_web_address("https://example.org/a"), is_web_address("javascript:alert(1)"), is_web_address("//example.org")
    (True, False, False)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _number(day: date) -> int:
    return (day - date(1970, 1, 1)).days


def _commonest(names: Counter[str]) -> str:
    return min(names, key=lambda name: (-names[name], -len(name), name))


def _add_labels(rows: list[Row]) -> None:
    """A short label each: its abbreviation where the name is long and nobody else uses it, else the name, cut."""
    short = [next((n for n in row["names"] if re.fullmatch(r"(?=.*[A-Z]{2})[A-Z][A-Za-z0-9/-]{1,7}", n)), None) for row in rows]
    uses = Counter(short)
    for row, abbreviation in zip(rows, short, strict=True):
        label = abbreviation if abbreviation and len(row["name"]) > 12 and uses[abbreviation] == 1 else row["name"]
        visible = "".join(c for c in label if unicodedata.category(c) not in ("Cc", "Cf") or c in "\u200c\u200d")  # joiners shape letters
        row["label"] = visible if len(visible) <= _LABEL else _cut(visible)


def _cut(text: str) -> str:
    """Its first words, as many as a label holds; a single long word is cut inside."""
    head = text[: _LABEL - 1]
    words = head if text[_LABEL - 1].isspace() else head.rpartition(" ")[0]
    return (words if len(words) > _LABEL // 2 else head).rstrip() + "…"
