"""A made CSV with faults in it: one row in ten cannot be taken, as in the worst files that people send."""

from __future__ import annotations

from pathlib import Path

import numpy as np

SHARE = 0.1
SEED = 7
OPEN_QUOTES = 50
"""So many rows of a file of any size have a quote that is never closed: each costs a parser its place."""


def _unknown_place(cells: list[str], turn: int) -> None:
    cells[0] = f"Port {turn % 300}"


def _bad_date(cells: list[str], turn: int) -> None:
    cells[2] = ("31.02.2024", "soon", "2024-13-01", "")[turn % 4]


def _bad_quantity(cells: list[str], turn: int) -> None:
    cells[4] = ("dozens", "-5", "n/a", "1e9")[turn % 4]


def _comma_too_many(cells: list[str], turn: int) -> None:
    cells[4] = f"1,{turn % 900 + 100}"


_KINDS = (_unknown_place, _bad_date, _bad_quantity, _comma_too_many)


def write_faulty(clean: Path, path: Path) -> int:
    """The rows of a CSV as `trade.write_csv` makes it, a tenth of them with a fault. Returns how many have one."""
    chance = np.random.default_rng(SEED)
    with clean.open(encoding="utf-8") as source, path.open("w", encoding="utf-8", newline="") as target:
        target.write(source.readline())
        lines = source.readlines()
        chosen = np.flatnonzero(chance.random(len(lines)) < SHARE)
        for turn, row in enumerate(chosen.tolist()):
            cells = lines[row].rstrip("\n").split(",")
            cells = [cell.strip('"') for cell in cells]
            _KINDS[turn % len(_KINDS)](cells, turn)
            lines[row] = ",".join(cells) + "\n"
        for row in chosen[:: max(len(chosen) // OPEN_QUOTES, 1)].tolist():
            lines[row] = f'"{lines[row].lstrip(chr(34))}'
        target.writelines(lines)
    return len(chosen)
