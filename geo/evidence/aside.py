"""The rows set aside, as they stand in the file, each with its line and why: to be mended and loaded again."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from geo.evidence.cells import Sheet
from geo.evidence.problems import Problem

LINE, WHY, OVERFLOW = "line", "why", "overflow"
OVERFLOW_RULE = "the cells in the column overflow belong into the other columns"
OVERFLOW_HINT = "Move them, and leave overflow empty."


def came_from_here(sheet: Sheet) -> bool:
    """Whether a file is a download of rows set aside: its first two columns are line and why."""
    return tuple(sheet.columns)[:2] == (LINE, WHY)


def set_aside(sheet: Sheet, bad: NDArray[np.bool_], problems: Sequence[Problem]) -> pd.DataFrame:
    """Text columns line, why and the file's own; rows in the order of their lines.

    bad: bool, n rows. A broken row, whose cells stand under no column, has them as CSV in the column "overflow".
    A file that came from here loses its old line and why, and gets new ones.
    """
    rows = np.flatnonzero(bad)
    lines = [*sheet.lines[rows].tolist(), *(each.line for each in sheet.broken)]
    none = [""] * len(sheet.broken)
    table: dict[str, list[str]] = {LINE: [str(line) for line in lines], WHY: _reasons(lines, problems)}
    again = came_from_here(sheet)
    for name, cells in list(sheet.columns.items())[2 if again else 0 :]:
        table[_own(name, again=again)] = [*cells.take(pa.array(rows)).to_pylist(), *none]
    if sheet.broken:
        kept = table.get(OVERFLOW, [""] * len(lines))
        table[OVERFLOW] = [*kept[: len(rows)], *(_as_line(each.cells) for each in sheet.broken)]
    frame = pd.DataFrame(table, dtype="str")
    return frame.iloc[np.argsort(lines, kind="stable")].reset_index(drop=True)


def _own(name: str, *, again: bool) -> str:
    return f"{name} (yours)" if name in (LINE, WHY, OVERFLOW) and not again else name


def _reasons(lines: Sequence[int], problems: Sequence[Problem]) -> list[str]:
    why: dict[int, list[str]] = {}
    for problem in problems:
        column = f"{problem.column}: " if problem.column else ""
        why.setdefault(problem.row, []).append(f"{column}{problem.rule}. {problem.hint}")
    return [" ".join(why.get(line, ())) for line in lines]


def _as_line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
