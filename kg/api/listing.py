"""What an analysis found, as a sequence of the model's own values that a notebook shows as a table."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, ClassVar, Generic, Self, TypeVar, overload

from kg.api.html import draw_table, element, to_html
from kg.api.table import Table
from kg.errors import KgError, UsageError
from kg.model import Claim

if TYPE_CHECKING:
    from kg.view.pictures.picture import Picture

Found = TypeVar("Found")


@dataclass(frozen=True, slots=True, repr=False)
class Listing(Sequence[Found], Generic[Found]):
    """Values in the order of their method, each with its claims. `table()` gives rows, for people and for `pandas.DataFrame`."""

    found: tuple[Found, ...]
    about: str = ""  # what was asked, and what counted: stands above the table
    draw: Callable[..., Picture] | None = field(default=None, compare=False, kw_only=True)  # `None`: no picture is made of it

    NOUNS: ClassVar[tuple[str, str]] = ("result", "results")

    @abstractmethod
    def table(self) -> Table:
        """One row for each, readable across."""

    @overload
    def __getitem__(self, index: int) -> Found: ...
    @overload
    def __getitem__(self, index: slice) -> Self: ...
    def __getitem__(self, index: int | slice) -> Found | Self:
        return replace(self, found=self.found[index], draw=None) if isinstance(index, slice) else self.found[index]

    def __len__(self) -> int:
        return len(self.found)

    def __iter__(self) -> Iterator[Found]:
        return iter(self.found)

    def __repr__(self) -> str:
        return f"<{len(self)} {self.NOUNS[len(self) != 1]}{': ' if self.about else ''}{self.about}>"

    def _repr_html_(self) -> str:
        return show_picture(self.draw) + show_tables((f"{len(self)} {self.NOUNS[len(self) != 1]}", self.table()), about=self.about)


def take_picture(draw: Callable[..., Picture] | None, **options: bool) -> Picture:
    """What `picture()` gives.

    Raises:
        UsageError: of this no picture is made.
    """
    if draw is None:
        raise UsageError("of this no picture is made", where="picture", advice="ask for all of it, on one day where it has a day")
    return draw(**options)


def show_picture(draw: Callable[..., Picture] | None) -> str:
    """The picture as HTML, an image that an untrusted notebook keeps; nothing where there is none to make."""
    try:
        return draw()._repr_html_() if draw else ""
    except KgError:  # no document tells when it was published, or nothing has a day: the tables say what there is
        return ""


def show_tables(*titled: tuple[str, Table], about: str = "") -> str:
    """Tables under their titles, as HTML; what they are about comes first."""
    drawn = [element("p", about, class_="tex2jax_ignore mathjax_ignore")] if about else []
    for title, table in titled:
        drawn += [element("p", element("strong", title)), draw_table(table.columns, table.rows)]
    return to_html(drawn)


def days(first: date | None, last: date | None) -> str | None:
    """Two bounds in a cell: a day, "by" the last, "since" the first, first/last; `None`: nothing is known.

    >>> days(None, date(2023, 6, 30)), days(date(2023, 6, 1), date(2023, 6, 1)), days(None, None)
    ('by 2023-06-30', '2023-06-01', None)
    """
    if first is None or last is None:
        return f"by {last}" if last else f"since {first}" if first else None
    return str(first) if first == last else f"{first}/{last}"


def joined(values: Iterable[object]) -> str | None:
    """Several values in a cell, each once, in their order; `None` where there is none."""
    return ", ".join(dict.fromkeys(str(value) for value in values if value is not None)) or None


def told_by(claim: Claim) -> str:
    """Who says it: whoever is named for it, and the document."""
    return f"{claim.attributed_to.name}, in {claim.document}" if claim.attributed_to else claim.document


def rounded(value: float | None) -> float | None:
    """A number with three places; `None` stays undefined."""
    return None if value is None else round(value, 3) or 0.0  # not -0.0
