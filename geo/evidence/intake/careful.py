"""Cells of the lines that are not as they should be, one record at a time."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from geo.evidence.intake.bulk import Block, Mask, Positions, Task
from geo.evidence.intake.records import QUOTES_RULE, RAGGED_RULE, read_record
from geo.evidence.intake.sheet import Broken


class Lines(Sequence[str]):
    """The lines of a text, decoded when asked for; the last one is held, since each of its cells asks for it again."""

    def __init__(self, text: bytes, starts: Positions, ends: Positions) -> None:
        self._text, self._starts, self._ends = text, starts, ends
        self._last: tuple[int, str] = (-1, "")

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        if self._last[0] != at:
            self._last = at, self._text[self._starts[at] : self._ends[at] + 1].decode()
        return self._last[1]


def with_care(block: Block, lines: Lines, good: Mask, doubtful: Mask, task: Task) -> None:
    """Reads the doubtful lines as records; lines within one of them are no lines of their own."""
    done = 0
    for at in np.flatnonzero(doubtful).tolist():
        if at < done:
            continue
        task.tick()
        record = read_record(lines, at, task.marks, task.tick)
        if record.unfinished and not task.final:
            block.line_count = at
            return
        done = at + record.lines
        good[at:done] = False
        if record.fault:
            block.broken.append(Broken(task.first + at, tuple(record.cells), QUOTES_RULE, record.fault))
        elif "".join(record.cells).strip():
            _place(block, record.cells, task.first + at, task)


def _place(block: Block, cells: list[str], line: int, task: Task) -> None:
    width = task.width
    if len(cells) < width or "".join(cells[width:]).strip():
        more = f"Put quotes around a text with {task.marks.delimiter!r} in it."
        hint = f"This one has {len(cells)} and the header {width}. {'Add the others.' if len(cells) < width else more}"
        block.broken.append(Broken(line, tuple(cells), RAGGED_RULE, hint))
    else:
        block.rows.append(cells[:width])
        block.row_lines.append(line)
