"""A block in which many lines are not as they should be: each is judged by itself, and the good ones read in bulk."""

from __future__ import annotations

import numpy as np

from geo.evidence.intake.bulk import CR, LF, Block, Bytes, Mask, Positions, Task, in_bulk
from geo.evidence.intake.careful import Lines, with_care
from geo.evidence.intake.records import Marks


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
    stops = stops - spare
    good = regular & filled & ((cells == task.width) | spare) & (stops > starts)
    block = Block(None, np.zeros(0, np.int64), len(text), len(ends))
    with_care(block, Lines(text, starts, ends), good, filled & ~good, task)
    if block.line_count < len(ends):
        block.used = int(starts[block.line_count])
        good[block.line_count :] = False
    _add_good(block, marked, starts, stops, good, task)
    return block


def _line_ends(marked: Bytes) -> Positions:
    feeds, returns = np.flatnonzero(marked == LF), np.flatnonzero(marked == CR)
    if not len(returns):
        return feeds
    lone = returns[np.append(marked, 0)[returns + 1] != LF]
    return np.sort(np.concatenate([feeds, lone]))


def _cells_of(
    marked: Bytes, starts: Positions, stops: Positions, ends: Positions, marks: Marks
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


def _add_good(block: Block, marked: Bytes, starts: Positions, stops: Positions, good: Mask, task: Task) -> None:
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
