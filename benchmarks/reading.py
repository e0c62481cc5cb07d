"""From a CSV to a table with its problems, beside plain reads of the same file, which resolve and check nothing."""

from __future__ import annotations

import importlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pandas as pd
import python_calamine as calamine

from benchmarks import targets
from benchmarks.clock import timed
from benchmarks.faults import write_faulty
from benchmarks.figures import Figure
from benchmarks.trade import Moments, trade, write_csv
from geo.files.read import read_sheet
from geo.gazetteer.places import Places
from geo.tables.read import Reading, read, take
from tests.files.books import Cell, xlsx, xlsx_rows

SMALL = 100
"""Rows of a small workbook."""
PREVIEWED = 1_000
"""Rows of a first preview."""
RESIDENT = 5_000_000
"""From so many rows on, the memory of a process that does nothing else is measured."""
# Not ru_maxrss: Linux hands it on across fork and exec, so a child would report what its parent once held.
_PROGRAM = """
import re, sys
from pathlib import Path
from geo.tables.read import read
reading = read(sys.argv[1])
rows = sum(len(table) for table in reading.tables())
groups = reading.problems.groups()
assert rows == reading.kept, (rows, reading.kept)
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def reading_figures(
    legs: int, folder: Path, moments: Moments, repeat: int, say: Callable[[str], None]
) -> Iterator[Figure]:
    """The clean file, the same with a tenth of its rows at fault, a preview, and the memory of large ones."""
    clean, faulty = folder / f"{legs}.clean.csv", folder / f"{legs}.faulty.csv"
    write_csv(trade(legs, moments), clean)
    write_faulty(clean, faulty)
    Places.load()
    say(f"{legs:,} legs: reading them clean, beside plain reads")
    yield from _beside(legs, "a clean file", clean, repeat, targets.clean(legs))
    say(f"{legs:,} legs: a tenth of them at fault")
    yield from _beside(legs, "10 % bad rows", faulty, repeat, targets.faulty(legs))
    preview_s, _ = timed(lambda: take(read_sheet(clean, at_most=PREVIEWED)).table, repeat)
    yield Figure(legs, "first preview", "s", preview_s, target=targets.preview(), note=f"{PREVIEWED:,} rows")
    if legs >= RESIDENT:
        say(f"{legs:,} legs: memory")
        for name, path in (("a clean file", clean), ("10 % bad rows", faulty)):
            yield Figure(legs, f"memory, {name}", "MB", _resident(path), target=targets.memory(legs))
    clean.unlink()
    faulty.unlink()


def workbook_figures(folder: Path, repeat: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """A small workbook beside the same read in this process, to the same texts."""
    say("a workbook of 100 rows")
    path = folder / "small.xlsx"
    rows: list[list[Cell | tuple[float, int]]] = [["origin", "destination", "depart", "containers"]]
    rows += [["KPRJN", "RUVVO", (45_176.0 + number, 1), float(number)] for number in range(SMALL)]
    path.write_bytes(xlsx({"Voyages": xlsx_rows(rows)}))
    ours_s, sheet = timed(lambda: read_sheet(path), repeat)
    plain_s, cells = timed(lambda: calamine.load_workbook(path).get_sheet_by_index(0).to_python(), repeat)
    assert len(sheet) == len(cells) - 1 == SMALL
    more = ours_s - plain_s
    yield Figure(SMALL, "workbook, beyond a read in this process", "s", more, target=targets.small_workbook())
    yield Figure(SMALL, "workbook", "s", ours_s, plain_s, "python-calamine")
    path.unlink()


def _beside(legs: int, name: str, path: Path, repeat: int, target: targets.Target | None) -> Iterator[Figure]:
    ours_s, reading = timed(lambda: _ours(path), repeat)
    note = f"{reading.kept:,} rows kept, {len(reading.problems):,} problems"
    for peer, read_plainly in (("DuckDB", _duckdb), ("pandas", _pandas), ("Polars", _polars)):
        beside_s, found = _timed_peer(read_plainly, path, repeat)
        first = peer == "DuckDB"
        title = f"{name}, to its table" if first else name
        told = ", ".join(filter(None, (note if first else "", found)))
        yield Figure(legs, title, "s", ours_s, beside_s, f"{peer} read_csv", target if first else None, told)


def _timed_peer(read_plainly: Callable[[Path], int], path: Path, repeat: int) -> tuple[float | None, str]:
    """Seconds and how many rows came of it; or None and why there is no time."""
    try:
        seconds, rows = timed(lambda: read_plainly(path), repeat)
    except ModuleNotFoundError:
        return None, "which is not installed"
    except Exception as error:  # noqa: BLE001 -- each peer has errors of its own for a file that it does not take
        return None, f"which ends with {type(error).__name__}"
    return seconds, f"{rows:,} rows read by it"


def _ours(path: Path) -> Reading:
    """Everything: the table, slice by slice; the problems, by rule; the rows set aside with their reasons."""
    reading = read(path)
    for table in reading.tables():
        del table
    reading.problems.groups()
    assert len(reading.set_aside) == reading.rows - reading.kept
    return reading


def _duckdb(path: Path) -> int:
    """To an Arrow table. Rows that it cannot read are left out: they would end the reading."""
    with duckdb.connect() as connection:
        return connection.read_csv(str(path), ignore_errors=True).to_arrow_table().num_rows


def _pandas(path: Path) -> int:
    return len(pd.read_csv(path, on_bad_lines="skip", low_memory=False))


def _polars(path: Path) -> int:
    polars = importlib.import_module("polars")
    return len(polars.read_csv(path, ignore_errors=True, truncate_ragged_lines=True))


def _resident(path: Path) -> float:
    """The most memory that a process held which read the file, slice by slice, in MB."""
    done = subprocess.run([sys.executable, "-c", _PROGRAM, str(path)], check=True, capture_output=True, text=True)
    return int(done.stdout) * 1024 / 1e6
