"""Progress of a long work, on standard error, where somebody looks on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn

from geo.cli.showing import shown

if TYPE_CHECKING:
    from geo.evidence.intake.progress import Progress as Told


@contextmanager
def watched(name: str) -> Iterator[Told]:
    """What a long work is given to say how far it is; a bar on a terminal, nothing in a pipe or a log."""
    console = Console(stderr=True, highlight=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TaskProgressColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        task = bars.add_task(shown(name), total=1.0)

        def told(share: float, doing: str) -> None:
            bars.update(task, completed=share, description=f"{shown(name)}: {shown(doing)}")

        yield told


def stage(told: Told, begin: float, end: float) -> Told:
    """What a part of a work is given: its own 0 to 1 stands for begin to end of the whole."""
    return lambda share, doing: told(begin + share * (end - begin), doing)
