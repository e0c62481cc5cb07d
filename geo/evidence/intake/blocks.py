"""A block of whole lines -> cells. In bulk where lines are as they should be, with care where they are not.

Lines are counted as they stand: at "\\n", "\\r\\n" and a lone "\\r". A line can be taken in bulk when it has the right
number of delimiters outside quotes, and when each of its quotes opens a cell, closes one, or is doubled. All other
lines are read one by one, and none of them changes how its neighbours are read.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv
from numpy.typing import NDArray

from geo.evidence.intake import limits
from geo.evidence.intake.records import QUOTES_RULE, RAGGED_RULE, Marks, read_record
from geo.evidence.intake.sheet import Broken

Positions = NDArray[np.int64]
Mask = NDArray[np.bool_]
TEXTS = pa.dictionary(pa.int32(), pa.string())

_CHUNK = 4 * limits.MIB
_LF, _CR = 10, 13
_BOM = b"\xef\xbb\xbf"


@dataclass(slots=True)
class Block:
    """What a block gave. The rows of `table` (w dictionary columns, or None) stand on `lines`; `rows` on `row_lines`.

    used: bytes of the block that were read; the rest belongs before the next block. line_count: lines in them.
    """

    table: pa.Table | None
    lines: Positions
    used: int
    line_count: int
    rows: list[list[str]] = field(default_factory=list)
    row_lines: list[int] = field(default_factory=list)
    broken: list[Broken] = field(default_factory=list)


def read_block(
    text: bytes,
    first: int,
    width: int,
    marks: Marks,
    *,
    final: bool,
    plain: Collection[int] = (),
    tick: Callable[[], None] = lambda: None,
) -> Block:
    """The cells of a UTF-8 text that begins with line number `first` and ends with a line end.

    final: no text follows. plain: columns in which most texts differ; they are strings in the block's table.
    tick is called at each row read by itself, and may raise.
    """
    if _plain_quotes(text, marks) and not _lone_returns(text):
        table = _in_bulk(text, width, marks, plain)
        count = text.count(b"\n")
        if table is not None and table.num_rows == count:
            return Block(table, np.arange(first, first + count, dtype=np.int64), len(text), count)
    return _line_by_line(text, first, width, marks, final, plain, tick)


def _plain_quotes(text: bytes, marks: Marks) -> bool:
    """Whether all quotes, if there are any, just surround a cell: none doubled or escaped, no line end between two."""
    if not marks.quote or marks.quote.encode() not in text:
        return True
    if marks.escape not in ("", marks.quote) and marks.escape.encode() in text:
        return False
    marked = np.frombuffer(text, np.uint8)
    quotes = np.flatnonzero(marked == ord(marks.quote))
    if len(quotes) % 2:
        return False
    opening, closing = quotes[::2], quotes[1::2]
    before = marked[np.maximum(opening - 1, 0)]
    after = marked[np.minimum(closing + 1, len(marked) - 1)]
    begins = (before == ord(marks.delimiter)) | (before == _LF) | (opening == 0)
    ends = (after == ord(marks.delimiter)) | (after == _LF) | (after == _CR) | (closing == len(marked) - 1)
    if not (begins.all() and ends.all()):
        return False
    feeds = np.flatnonzero(marked == _LF)
    return not (np.searchsorted(quotes, feeds) % 2).any()


def _lone_returns(text: bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")


def _in_bulk(text: bytes, width: int, marks: Marks, plain: Collection[int]) -> pa.Table | None:
    """All cells, or None where a line has another number of them. Empty lines are left out."""
    names = [str(number) for number in range(width)]
    types = {name: pa.string() if number in plain else TEXTS for number, name in enumerate(names)}
    # Arrow takes a byte order mark at the start of what it reads for its own; an empty line before it costs nothing.
    source = pa.BufferReader(b"\n" + text if text.startswith(_BOM) else text)
    try:
        return arrow_csv.read_csv(
            source,
            arrow_csv.ReadOptions(column_names=names, block_size=_CHUNK, use_threads=len(text) > _CHUNK),
            arrow_csv.ParseOptions(delimiter=marks.delimiter, quote_char=marks.quote or False),
            arrow_csv.ConvertOptions(column_types=types, strings_can_be_null=False, null_values=[], check_utf8=False),
        )
    except pa.ArrowInvalid:
        return None


class _Lines(Sequence[str]):
    """The lines of a text, decoded when asked for."""

    def __init__(self, text: bytes, starts: Positions, ends: Positions) -> None:
        self._text, self._starts, self._ends = text, starts, ends

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, at: int) -> str:  # type: ignore[override]
        return self._text[self._starts[at] : self._ends[at] + 1].decode()


def _line_by_line(
    text: bytes, first: int, width: int, marks: Marks, final: bool, plain: Collection[int], tick: Callable[[], None]
) -> Block:
    marked = np.frombuffer(text, np.uint8)
    ends = _line_ends(marked)
    starts = np.concatenate([[0], ends[:-1] + 1])
    # Where a line's own text stops: before "\r\n", or one delimiter earlier where a last empty cell is one too many.
    stops = ends - ((marked[ends - 1] == _CR) & (marked[ends] == _LF) & (ends > starts))
    filled = stops > starts
    cells, regular = _cells_of(marked, starts, stops, ends, marks)
    spare = regular & filled & (cells == width + 1) & (marked[stops - 1] == ord(marks.delimiter))
    stops = stops - spare
    good = regular & filled & ((cells == width) | spare) & (stops > starts)
    block = Block(None, np.zeros(0, np.int64), len(text), len(ends))
    _with_care(block, _Lines(text, starts, ends), good, filled & ~good, (first, width, marks, final, tick))
    if block.line_count < len(ends):
        block.used = int(starts[block.line_count])
        good[block.line_count :] = False
    _add_good(block, marked, starts, stops, good, (first, width, marks, plain))
    return block


def _line_ends(marked: NDArray[np.uint8]) -> Positions:
    feeds, returns = np.flatnonzero(marked == _LF), np.flatnonzero(marked == _CR)
    if not len(returns):
        return feeds
    lone = returns[np.append(marked, 0)[returns + 1] != _LF]
    return np.sort(np.concatenate([feeds, lone]))


def _cells_of(
    marked: NDArray[np.uint8], starts: Positions, stops: Positions, ends: Positions, marks: Marks
) -> tuple[Positions, Mask]:
    """For each line: how many cells it has, and whether its quotes all stand where they should."""
    delimiter = ord(marks.delimiter)
    delimiters = np.flatnonzero(marked == delimiter)
    of_line = _line_of(delimiters, starts)
    regular = np.ones(len(ends), bool)
    quotes = np.flatnonzero(marked == ord(marks.quote)) if marks.quote else delimiters[:0]
    if len(quotes):
        # 1 where the quotes so far are odd in number; what counts is the difference from where the line begins.
        odd = np.cumsum(marked == ord(marks.quote), dtype=np.uint8) & 1
        at_start = np.where(starts > 0, odd[starts - 1], 0).astype(np.uint8)
        line = _line_of(quotes, starts)
        padded = np.pad(marked, 1)
        doubled = marks.escape != ""
        left, right = padded[quotes], padded[quotes + 2]
        opens = (quotes == starts[line]) | (left == delimiter) | (doubled & (left == ord(marks.quote)))
        closes = (quotes + 1 == stops[line]) | (right == delimiter) | (doubled & (right == ord(marks.quote)))
        regular[line[~np.where(odd[quotes] != at_start[line], opens, closes)]] = False
        regular &= odd[ends] == at_start
        if marks.escape == "\\":
            regular[_line_of(np.flatnonzero(marked == ord("\\")), starts)] = False
        of_line = of_line[odd[delimiters] == at_start[of_line]]
    return np.bincount(of_line, minlength=len(ends)) + 1, regular


def _line_of(positions: Positions, starts: Positions) -> Positions:
    """In which line each of the rising positions is."""
    before = np.searchsorted(positions, starts)
    return np.repeat(np.arange(len(starts)), np.diff(before, append=len(positions)))


_How = tuple[int, int, Marks, bool, Callable[[], None]]


def _with_care(block: Block, lines: _Lines, good: Mask, doubtful: Mask, how: _How) -> None:
    """Reads the doubtful lines as records; lines within one of them are no lines of their own."""
    first, width, marks, final, tick = how
    done = 0
    for at in np.flatnonzero(doubtful).tolist():
        if at < done:
            continue
        tick()
        record = read_record(lines, at, marks)
        if record.unfinished and not final:
            block.line_count = at
            return
        done = at + record.lines
        good[at:done] = False
        if record.fault:
            block.broken.append(Broken(first + at, tuple(record.cells), QUOTES_RULE, record.fault))
        elif any(cell.strip() for cell in record.cells):
            _place(block, record.cells, first + at, width, marks)


def _place(block: Block, cells: list[str], line: int, width: int, marks: Marks) -> None:
    if len(cells) < width or any(cell.strip() for cell in cells[width:]):
        more = f"Put quotes around a text with {marks.delimiter!r} in it."
        hint = f"This one has {len(cells)} and the header {width}. {'Add the others.' if len(cells) < width else more}"
        block.broken.append(Broken(line, tuple(cells), RAGGED_RULE, hint))
    else:
        block.rows.append(cells[:width])
        block.row_lines.append(line)


def _add_good(
    block: Block,
    marked: NDArray[np.uint8],
    starts: Positions,
    stops: Positions,
    good: Mask,
    how: tuple[int, int, Marks, Collection[int]],
) -> None:
    """Parses the good lines in bulk, each as far as its stop."""
    first, width, marks, plain = how
    numbers = np.flatnonzero(good)
    if not len(numbers):
        return
    kept = marked.copy()
    kept[stops[numbers]] = _LF
    steps = np.zeros(len(marked) + 1, np.int8)
    steps[starts[numbers]] += 1
    steps[stops[numbers] + 1] -= 1
    text = kept[np.cumsum(steps[:-1], dtype=np.int8).astype(bool)].tobytes()
    table = _in_bulk(text, width, marks, plain)
    if table is None or table.num_rows != len(numbers):
        raise AssertionError("a line taken for good is not")  # pragma: no cover
    block.table, block.lines = table, numbers + first
