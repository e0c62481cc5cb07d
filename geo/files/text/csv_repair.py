"""Cells of the lines that are not as they should be, one record at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

import numpy as np
import pyarrow as pa

from geo.arrays import Bytes, Ints, Mask
from geo.files.text.csv_fast import CR, LF, Block, Task, in_bulk
from geo.files.text.records import QUOTES_RULE, RAGGED_RULE, Marks, read_record
from geo.sheet import Broken


class Lines(Sequence[str]):
    """The lines of a text, decoded when asked for; the last one is held, since each of its cells asks for it again."""

    def __init__(self, text: bytes, starts: Ints, ends: Ints) -> None:
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


def line_by_line(text: bytes, task: Task) -> Block:
    """The cells of a block of whole lines."""
    marked = np.frombuffer(text, np.uint8)
    ends = _line_ends(marked)
    starts = np.concatenate([[0], ends[:-1] + 1])
    # Where a line's own text stops: before "\r\n", or one delimiter earlier where a last empty cell is one too many.
    stops = ends - ((marked[ends - 1] == CR) & (marked[ends] == LF) & (ends > starts))
    filled = stops > starts
    cells, regular = _cells_of(marked, starts, stops, ends, task.marks)
    spare = regular & filled & (cells == task.width + 1) & (marked[stops - 1] == ord(task.marks.delimiter))
    if spare.any():
        spare &= _with_text(marked, starts, task.marks)
    stops = stops - spare
    good = regular & filled & ((cells == task.width) | spare) & (stops > starts)
    block = Block(None, np.zeros(0, np.int64), len(text), len(ends))
    with_care(block, Lines(text, starts, ends), good, filled & ~good, task)
    if block.line_count < len(ends):
        block.used = int(starts[block.line_count])
        good[block.line_count :] = False
    _add_good(block, marked, starts, stops, good, task)
    return block


def _with_text(marked: Bytes, starts: Ints, marks: Marks) -> Mask:
    """Lines that hold text for certain; of the others, reading with care says which are blank."""
    text = (marked > ord(" ")) & (marked < 0x7F) & (marked != ord(marks.delimiter))
    if marks.quote:
        text &= marked != ord(marks.quote)
    lines: Mask = np.logical_or.reduceat(text, starts)
    return lines


def _line_ends(marked: Bytes) -> Ints:
    feeds, returns = np.flatnonzero(marked == LF), np.flatnonzero(marked == CR)
    if not len(returns):
        return feeds
    lone = returns[np.append(marked, 0)[returns + 1] != LF]
    return np.sort(np.concatenate([feeds, lone]))


def _cells_of(marked: Bytes, starts: Ints, stops: Ints, ends: Ints, marks: Marks) -> tuple[Ints, Mask]:
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


def _line_of(positions: Ints, starts: Ints) -> Ints:
    """In which line each of the rising positions is."""
    before = np.searchsorted(positions, starts)
    return np.repeat(np.arange(len(starts)), np.diff(before, append=len(positions)))


def _add_good(block: Block, marked: Bytes, starts: Ints, stops: Ints, good: Mask, task: Task) -> None:
    """Parses the good lines in bulk, each as far as its stop."""
    numbers = np.flatnonzero(good)
    if not len(numbers):
        return
    kept = marked.copy()
    kept[stops[numbers]] = LF
    steps = np.zeros(len(marked) + 1, np.int8)
    steps[starts[numbers]] += 1
    steps[stops[numbers] + 1] -= 1
    text = kept[np.cumsum(steps[:-1], dtype=np.int8).astype(bool)].tobytes()
    table = in_bulk(text, task)
    if table is None or table.num_rows != len(numbers):
        raise AssertionError("a line taken for good is not")  # pragma: no cover
    block.table, block.lines = table, numbers + task.first


_FEW = 0.05
"""Of the lines. Where more are unfit it is quicker to judge all of them at once."""


def with_few_faults(text: bytes, task: Task) -> Block | None:
    """The cells of a block of whole lines that end with a line feed; None where too many are not as they should be."""
    if task.marks.escape not in ("", task.marks.quote) and task.marks.escape.encode() in text:
        return None
    marked = np.frombuffer(text, np.uint8)
    ends = np.flatnonzero(marked == LF)
    starts = np.concatenate([[0], ends[:-1] + 1])
    filled = (ends > starts) & ~((ends == starts + 1) & (marked[starts] == CR))
    odd = _with_odd_quotes(marked, ends, task.marks) | ~filled
    if np.count_nonzero(odd) > _FEW * len(ends):
        return None
    unfit: list[int] = []
    table = in_bulk(_without(text, starts, ends, odd), task, unfit)
    if table is None or len(unfit) > _FEW * len(ends) or table.num_rows + len(unfit) + odd.sum() != len(ends):
        return None
    good = ~odd
    good[np.flatnonzero(good)[unfit]] = False
    read = np.flatnonzero(good)
    block = Block(None, np.zeros(0, np.int64), len(text), len(ends))
    with_care(block, Lines(text, starts, ends), good, filled & ~good, task)
    if block.line_count < len(ends):
        block.used = int(starts[block.line_count])
        good[block.line_count :] = False
    # Lines that a record with line ends in its cells took with it are no rows of their own.
    block.table = table if good[read].all() else table.filter(pa.array(good[read]))
    block.lines = np.flatnonzero(good) + task.first
    return block


def _with_odd_quotes(marked: Bytes, ends: Ints, marks: Marks) -> Mask:
    """Lines whose quotes do not all surround a cell, or stand doubled within one."""
    odd: Mask = np.zeros(len(ends), bool)
    quotes = np.flatnonzero(marked == ord(marks.quote)) if marks.quote else ends[:0]
    if not len(quotes):
        return odd
    upto = np.searchsorted(quotes, ends)
    odd = np.diff(upto, prepend=0) % 2 == 1
    if np.count_nonzero(odd) > _FEW * len(ends):
        return odd
    if odd.any():
        paired = np.ones(len(quotes), bool)
        for line in np.flatnonzero(odd).tolist():
            paired[upto[line - 1] if line else 0 : upto[line]] = False
        quotes = quotes[paired]
    opening, closing = quotes[::2], quotes[1::2]
    before, after = marked[np.maximum(opening - 1, 0)], marked[closing + 1]
    delimiter = ord(marks.delimiter)
    begins = (before == delimiter) | (before == LF) | (opening == 0)
    finishes = (after == delimiter) | (after == LF) | (after == CR)
    if marks.escape == marks.quote:
        doubled = closing[:-1] + 1 == opening[1:]
        begins[1:] |= doubled
        finishes[:-1] |= doubled
    amiss = opening[~(begins & finishes)]
    odd[np.searchsorted(ends, amiss)] = True
    return odd


def _without(text: bytes, starts: Ints, ends: Ints, out: Mask) -> bytes:
    """The text without these lines."""
    parts, at = [], 0
    for line in np.flatnonzero(out).tolist():
        parts.append(text[at : starts[line]])
        at = int(ends[line]) + 1
    return b"".join([*parts, text[at:]]) if parts else text


__all__ = ["Block", "read_block"]


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
    task = Task(first, width, marks, final, plain, tick)
    if _lone_returns(text) or not text.endswith(b"\n"):
        return line_by_line(text, task)
    if _plain_quotes(text, marks):
        table = in_bulk(text, task)
        count = text.count(b"\n")
        if table is not None and table.num_rows == count:
            return Block(table, np.arange(first, first + count, dtype=np.int64), len(text), count)
    return with_few_faults(text, task) or line_by_line(text, task)


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
    begins = (before == ord(marks.delimiter)) | (before == LF) | (opening == 0)
    ends = (after == ord(marks.delimiter)) | (after == LF) | (after == CR) | (closing == len(marked) - 1)
    if not (begins.all() and ends.all()):
        return False
    feeds = np.flatnonzero(marked == LF)
    return not (np.searchsorted(quotes, feeds) % 2).any()


def _lone_returns(text: bytes) -> bool:
    return b"\r" in text and text.count(b"\r") != text.count(b"\r\n")
