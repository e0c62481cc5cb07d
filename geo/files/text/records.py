"""One record of a text, read with care: cells within quotes may go over several lines, and a fault is told in words.

The bulk of a file never comes here (see `csv_repair`): only lines with the wrong number of cells, with quotes that
do not stand where they should, or with a cell that goes on in the next line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from geo.files import limits

LINE_ENDS = "\r\n"
QUOTES_RULE = "a quote that opens a cell is closed, and followed by the next cell"
RAGGED_RULE = "a row has as many cells as the header"
REPEATED_RULE = "the column names appear once, above the rows"
REPEATED_HINT = "Nothing is lost: this line only repeats the names."


@dataclass(frozen=True, slots=True)
class Marks:
    """What separates cells: a delimiter and a quote of one character ("" for none); escape as in `Dialect`."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = '"'


@dataclass(frozen=True, slots=True)
class Record:
    """cells: as they stand without quotes. lines: how many it takes. fault: what is wrong with its quotes, or "".

    unfinished: the text ended within quotes, before the limit of a cell: with more text, it may yet be a good record.
    """

    cells: list[str]
    lines: int = 1
    fault: str = ""
    unfinished: bool = False


def _untimed() -> None:
    """Work that nobody waits for."""


def read_record(lines: Sequence[str], at: int, marks: Marks, tick: Callable[[], None] = _untimed) -> Record:
    """The record that begins with lines[at]; each line holds its own line end.

    With a fault, the record is that one line as it stands, so that reading goes on with the next one. tick is called
    for each cell and at each mark within quotes, and may raise: one record can be a million marks long.
    """
    whole = lines[at].rstrip(LINE_ENDS)
    if not marks.quote or marks.quote not in whole:
        return Record(whole.split(marks.delimiter))
    cells: list[str] = []
    line, last, position = whole, at, 0
    while True:
        tick()
        if not line.startswith(marks.quote, position):
            stop = line.find(marks.delimiter, position)
            cells.append(line[position:] if stop < 0 else line[position:stop])
        else:
            cell = _quoted(lines, last, position + 1, marks, tick)
            if isinstance(cell, Record):
                return Record([whole], 1, cell.fault, cell.unfinished)
            text, ends_on, stop = cell
            if ends_on != last:
                last, line = ends_on, lines[ends_on].rstrip(LINE_ENDS)
            cells.append(text)
            if stop == len(line):
                stop = -1
            elif not line.startswith(marks.delimiter, stop):
                return Record([whole], 1, f"In cell {len(cells)}, text follows the closing quote.")
        if stop < 0:
            return Record(cells, last - at + 1)
        position = stop + 1


def _quoted(
    lines: Sequence[str], at: int, position: int, marks: Marks, tick: Callable[[], None]
) -> tuple[str, int, int] | Record:
    """(text, line of the closing quote, position after it) of the cell that opens before lines[at][position]."""
    parts: list[str] = []
    size = 0
    backslash = marks.escape == "\\"
    line = lines[at]
    while at < len(lines) and size <= limits.LINE_BYTES:
        tick()
        stop = line.find(marks.quote, position)
        if backslash and (escape := line.find("\\", position, stop if stop >= 0 else len(line))) >= 0:
            escaped = line[escape + 1 : escape + 2]
            parts += [line[position:escape], escaped if escaped in (marks.quote, "\\") else "\\"]
            size += escape - position + 1
            position = escape + (2 if escaped in (marks.quote, "\\") else 1)
        elif stop < 0:
            parts.append(line[position:])
            size += len(line) - position
            at, position = at + 1, 0
            line = lines[at] if at < len(lines) else ""
        elif marks.escape and line.startswith(marks.quote, stop + 1):
            parts += [line[position:stop], marks.quote]
            size += stop - position + 1
            position = stop + 2
        else:
            return "".join([*parts, line[position:stop]]), at, stop + 1
    if size > limits.LINE_BYTES:
        return Record([], 1, f"A quote opens a cell and is not closed within {limits.in_words(limits.LINE_BYTES)}.")
    return Record([], 1, "A quote opens a cell and is not closed before the end of the file.", unfinished=True)
