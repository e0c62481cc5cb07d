"""Cells by the million: lines that are as they should be, through Arrow's reader of CSV."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.csv as arrow_csv

from geo.arrays import Ints
from geo.files import limits
from geo.files.cell_text import TEXTS
from geo.files.text.records import Marks
from geo.sheet import Broken

LF, CR = 10, 13

_CHUNK = 4 * limits.MIB
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Task:
    """How a block is read. first: number of its first line. width: cells of a row. final: no text follows.

    plain: columns in which most texts differ; they are strings in the block's table. tick is called at each row that is
    read by itself and at the marks within it, and may raise.
    """

    first: int
    width: int
    marks: Marks
    final: bool
    plain: Collection[int]
    tick: Callable[[], None]


@dataclass(slots=True)
class Block:
    """What a block gave. The rows of `table` (w dictionary columns, or None) stand on `lines`; `rows` on `row_lines`.

    used: bytes of the block that were read; the rest belongs before the next block. line_count: lines in them.
    """

    table: pa.Table | None
    lines: Ints
    used: int
    line_count: int
    rows: list[list[str]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def in_bulk(text: bytes, task: Task, unfit: list[int] | None = None) -> pa.Table | None:
    """All cells, or None where a line has another number of them. Empty lines are left out.

    unfit: such lines are left out too, and their numbers, from 0, are added to this list.
    """
    names = [str(number) for number in range(task.width)]
    types = {name: pa.string() if number in task.plain else TEXTS for number, name in enumerate(names)}

    def skip(row: arrow_csv.InvalidRow) -> str:
        if unfit is None:
            return "error"
        unfit.append(row.number - 1)
        return "skip"

    # Arrow numbers the lines only where it reads one chunk after the other.
    threads = unfit is None and len(text) > _CHUNK
    # Arrow takes a byte order mark at the start of what it reads for its own; an empty line before it costs nothing.
    source = pa.BufferReader(b"\n" + text if text.startswith(_BOM) else text)
    try:
        return arrow_csv.read_csv(
            source,
            arrow_csv.ReadOptions(column_names=names, block_size=_CHUNK, use_threads=threads),
            arrow_csv.ParseOptions(
                delimiter=task.marks.delimiter, quote_char=task.marks.quote or False, invalid_row_handler=skip
            ),
            arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=False, null_values=[], check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None
