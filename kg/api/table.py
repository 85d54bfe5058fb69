"""Rows with named columns, and claims, as values that a notebook shows as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from kg.api.html import draw_table, to_html
from kg.model import ROLES, Certainty, Claim, Modality, Polarity

if TYPE_CHECKING:
    from kg.rdf.formats import Value

_USUAL = (Certainty.STATED, Polarity.POSITIVE, Modality.ACTUAL)

Record = dict[str, "Value"]
"""A row by column; `None` where nothing is known."""


@dataclass(frozen=True, slots=True, repr=False)
class Table(Sequence[Record]):
    """The answer to a query: a sequence of records, one a row, so that `pandas.DataFrame(table)` works as it is.

    A cell is text, a number, a day or `None`; a thing of the graph is written the short way, `actor:tnla`.

    >>> table = Table(("name", "members"), (("Three Brotherhood Alliance", 3), ("Northern Alliance", 4)))
    >>> table
    <Table of 2 rows: name, members>
    >>> table[0], [row["members"] for row in table]
    ({'name': 'Three Brotherhood Alliance', 'members': 3}, [3, 4])
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]

    @overload
    def __getitem__(self, index: int) -> Record: ...
    @overload
    def __getitem__(self, index: slice) -> Table: ...
    def __getitem__(self, index: int | slice) -> Record | Table:
        if isinstance(index, slice):
            return Table(self.columns, self.rows[index])
        return dict(zip(self.columns, self.rows[index], strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def __repr__(self) -> str:
        return f"<Table of {len(self)} {'row' if len(self) == 1 else 'rows'}: {', '.join(self.columns)}>"

    def _repr_html_(self) -> str:
        return to_html([draw_table(self.columns, self.rows)])


class Claims(tuple[Claim, ...]):
    """Claims, in the order of documents and of their text. A notebook shows them as a table."""

    __slots__ = ()

    def table(self) -> Table:
        """One row a claim: what is said, who says it, how surely, and the sentence."""
        columns = ("id", "when", "type", *ROLES, "count", "role", "outcome", "says", "certainty", "polarity", "modality", "document",
                   "sentence")
        return Table(columns, tuple(_row(claim) for claim in self))

    def summary(self) -> Table:
        """The same in few columns, to be read: roles together, and `standing` only where it is not the usual one."""
        columns = ("id", "when", "type", "who and what", "standing", "says", "sentence", "document")
        return Table(columns, tuple(_brief(claim) for claim in self))

    def __repr__(self) -> str:
        return f"<{len(self)} {'claim' if len(self) == 1 else 'claims'}>"

    def _repr_html_(self) -> str:
        return self.summary()._repr_html_()


def _row(claim: Claim) -> tuple[Value, ...]:
    names = {role: reference.name for role, reference in claim.references()}
    return (
        claim.id, claim.period.edtf if claim.period else None, claim.type, *(names.get(role) for role in ROLES),
        claim.quantity.notation if claim.quantity else None, claim.role, claim.outcome,
        claim.attributed_to.name if claim.attributed_to else None, claim.certainty.value, claim.polarity.value, claim.modality.value,
        claim.document, claim.evidence[0].quote,
    )


def _brief(claim: Claim) -> tuple[Value, ...]:
    said = [f"{role}: {reference.name}" for role, reference in claim.references()]
    told = (("count", claim.quantity.notation if claim.quantity else None), ("role", claim.role), ("outcome", claim.outcome))
    said += [f"{name}: {value}" for name, value in told if value]
    standing = [value.value for value in (claim.certainty, claim.polarity, claim.modality) if value not in _USUAL]
    return (
        claim.id, claim.period.edtf if claim.period else None, claim.type, "\n".join(said), ", ".join(standing) or None,
        claim.attributed_to.name if claim.attributed_to else None, claim.evidence[0].quote, claim.document,
    )
