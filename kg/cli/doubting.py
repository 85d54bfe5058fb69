"""What a measure of many windows rests on: recomputed in each without what may be doubted, and on documents drawn again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.progress import counted, watched
from kg.cli.tables import Table

if TYPE_CHECKING:
    from kg.model import Tie
    from kg.network.doubt import Measure
    from kg.network.policy import Policy
    from kg.network.windows import Window

Sensitivity = Annotated[bool, typer.Option(
    "--sensitivity", help="Instead, without what may be doubted, and on documents drawn again, in each window.")]
Draws = Annotated[int, typer.Option(help="Bootstrap draws for --sensitivity.", min=1)]


def doubt_through(
    told: Sequence[Tie], measures: Mapping[str, Measure], over: Sequence[Window], *, policy: Policy, draws: int
) -> Table:
    """One row a measure and what is left out (`kg.network.doubt`), one column a window; empty where the measure is undefined.

    "drawn again, low" and "high" are the bounds of the bootstrap. Whom a window does not quote has no value there.
    """
    from kg.network.doubt import Doubt

    rows: dict[tuple[str, str], dict[Window, float | None]] = {}
    with watched() as bar:
        advance = counted(bar)
        for done, window in enumerate(over):
            if advance:
                advance(done, len(over), str(window))
            doubt = Doubt(told, on=window, policy=policy)
            for name, variants in doubt.sensitivity(measures).items():
                for variant in variants:
                    rows.setdefault((name, variant.name), {})[window] = variant.value
            for name, drawn in doubt.bootstrap(measures, draws=draws).items():
                for bound, value in ((f"drawn again, low ({drawn.level:.0%})", drawn.low), ("drawn again, high", drawn.high),
                                     ("documents", float(drawn.units))):
                    rows.setdefault((name, bound), {})[window] = value
    names = list(measures)
    order = sorted(rows, key=lambda row: names.index(row[0]))  # of one measure as they came
    return Table(("measure", "claims", *map(str, over)), tuple(
        (name, variant, *(None if (value := rows[name, variant].get(window)) is None else round(value, 2) for window in over))
        for name, variant in order))
