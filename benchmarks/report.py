"""The figures as one table for people, and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from itertools import groupby
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from benchmarks.figures import Figure, Unit


def show(console: Console, figures: Sequence[Figure], machine: Mapping[str, str | int], notes: Sequence[str]) -> None:
    """The table, a section a size, then what must be known to read it."""
    table = Table(title="Waybill beside its peers, in one run", title_justify="left", pad_edge=False)
    table.add_column("Measure", no_wrap=True)
    for name in ("Unit", "Waybill", "Beside", "Ratio", "Target"):
        table.add_column(name, justify="right" if name != "Unit" else "left", no_wrap=True)
    table.add_column("Reached", no_wrap=True)
    table.add_column("Beside what", overflow="fold")
    for (count, of), rows in groupby(figures, key=lambda each: (each.legs, each.of)):
        table.add_section()
        table.add_row(Text(f"{count:,} {of}", style="bold"))
        for each in rows:
            table.add_row(*_cells(each))
    console.print(table)
    console.print(Text(" · ".join(f"{name} {value}" for name, value in machine.items()), style="dim"))
    for note in notes:
        console.print(Text(note))


def _cells(each: Figure) -> tuple[str | Text, ...]:
    ratio = "" if each.ratio is None else f"{each.ratio:.2g} ×" if each.ratio < 10 else f"{each.ratio:.0f} ×"
    reached = {True: Text("yes", style="green"), False: Text("no", style="bold red"), None: Text("")}[each.reached]
    if each.target is not None and each.reached is None:
        reached = Text("not measured", style="yellow")
    beside = ", ".join(filter(None, (each.peer, each.note)))
    target = str(each.target) if each.target else ""
    return (
        f"  {each.name}",
        each.unit,
        number(each.ours, each.unit),
        number(each.beside, each.unit),
        ratio,
        target,
        reached,
        beside,
    )


def number(value: float | None, unit: Unit) -> str:
    """Three figures, which is more than two runs agree on."""
    if value is None:
        return "–"
    if unit == "B":
        return f"{value:,.1f}"
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:,.1f}"


def write_json(path: Path, figures: Sequence[Figure], machine: Mapping[str, str | int], notes: Sequence[str]) -> None:
    """Everything that the table shows, unrounded."""
    rows = [
        asdict(each)
        | {"ratio": each.ratio, "reached": each.reached, "target": str(each.target) if each.target else None}
        for each in figures
    ]
    told = {"machine": dict(machine), "notes": list(notes), "figures": rows}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
