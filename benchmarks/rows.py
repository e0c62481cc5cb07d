"""`python -m benchmarks.rows --files 200`: made files, a tenth of their rows at fault, and not one row that is gone.

How many rows a file has is known from its making, and not from its reading.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer

import geo
from benchmarks.faults import write_faulty
from benchmarks.trade import trade, write_csv

ROWS = (1, 10, 100, 1_000, 20_000)
"""Of the files, in turn."""


def counts(seed: int, folder: Path) -> tuple[int, int, int]:
    """(rows written, rows taken, rows set aside) of one file."""
    rows = ROWS[seed % len(ROWS)]
    clean, faulty = folder / "clean.csv", folder / "faulty.csv"
    write_csv(trade(rows, "minutes" if seed % 2 else "days", seed), clean)
    write_faulty(clean, faulty)
    reading = geo.read(faulty)
    return rows, reading.kept, len(reading.set_aside)


def main(files: Annotated[int, typer.Option(min=1, help="How many files.")] = 200) -> None:
    """Reads them, and says what became of every row. Exit code 1 where one was lost or counted twice."""
    with tempfile.TemporaryDirectory() as folder:
        found = [counts(seed, Path(folder)) for seed in range(files)]
    lost = sum(abs(rows - taken - aside) for rows, taken, aside in found)
    rows, taken, aside = (sum(each) for each in zip(*found, strict=True))
    print(f"{rows:,} rows in {files:,} files; {taken:,} taken, {aside:,} set aside, {lost:,} lost")
    raise typer.Exit(int(lost > 0))


if __name__ == "__main__":
    typer.run(main)
