"""How far a build or a measure is: a bar on standard error, for a person at a terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.tables import is_terminal

if TYPE_CHECKING:
    from rich.progress import Progress as Bars
    from rich.progress import TaskID

    from kg.build import Progress


def counted(bar: Progress | None) -> Callable[[int, int, str], None] | None:
    """What turns "so many of so many, of this" into a bar; `None` where nobody watches."""
    return bar.count if isinstance(bar, _Bar) else None


class _Bar:
    def __init__(self, bars: Bars, task: TaskID) -> None:
        self._bars, self._task = bars, task

    def start(self, total: int) -> None:
        self._bars.update(self._task, total=total)

    def advance(self, document: str) -> None:
        self._bars.update(self._task, advance=1, document=document)

    def count(self, done: int, total: int, what: str) -> None:
        self._bars.update(self._task, completed=done, total=total or None, document=what)

    def tell(self, step: str) -> None:
        self._bars.update(self._task, document=f"writing {step}")


@contextmanager
def watched() -> Iterator[Progress | None]:
    """Progress drawn while it lasts; `None`, and nothing drawn, where nobody watches."""
    if not is_terminal(sys.stderr):
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(24), MofNCompleteColumn(), TextColumn("{task.fields[document]}", markup=False), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        yield _Bar(bars, bars.add_task("documents", total=None, document="reading"))
