"""A text file and its dialect -> Sheet."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice

import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Ints
from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.column_builder import BuiltColumns, retexted
from geo.files.column_names import lower_names, named_columns, names_of
from geo.files.text.csv_repair import Block, read_block
from geo.files.text.decode import blocks_of_lines, line_count
from geo.files.text.records import LINE_ENDS, RAGGED_RULE, REPEATED_HINT, REPEATED_RULE, Marks, Record, read_record
from geo.sheet import Broken, Dialect, Sheet

FOOTER_RULE = "only rows follow the header"
FOOTER_HINT = "If this line is a note, ignore this. If it is a row, add the missing cells."
_WIDTH_FROM = 1_000
_LINE_END = re.compile(rb"\r\n|\n|\r")

Clock = Callable[[], float]


@dataclass(slots=True)
class _Table:
    """What stands above the rows: the names' cells, how many cells a row has, and the first row's line number."""

    names: list[list[str]]
    width: int
    first: int
    preamble: tuple[str, ...]


class _Patience:
    """Ends work that takes too long row by row; the more text there is, the longer it may take."""

    def __init__(self, name: str, clock: Clock) -> None:
        self.name, self._clock, self._calls = name, clock, 0
        self._begun, self._seconds = clock(), limits.CAREFUL_SECONDS

    def more(self, text: bytes) -> None:
        """Lets the work take longer by what this much text may take."""
        self._seconds += len(text) / limits.CAREFUL_BYTES

    def tick(self) -> None:
        """Looks at the clock now and then. Raises TooLarge."""
        self._calls += 1
        if self._calls % 256 == 0 and self._clock() - self._begun > self._seconds:
            what = "the time for rows that have to be read one by one"
            raise TooLarge(self.name, what, "more is needed", f"{self._seconds:.0f} seconds")


def read_text(
    parts: Iterable[bytes],
    name: str,
    dialect: Dialect,
    *,
    sure: bool = True,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
    clock: Clock = time.monotonic,
) -> Sheet:
    """The cells of a text, in blocks. Raises UnreadableFile, TooLarge, DialectError. The sheet has no sha256 yet.

    sure: its encoding is known, see `blocks_of_lines`.
    watch is called before each block and may raise; clock gives seconds.
    """
    blocks = blocks_of_lines(parts, dialect.encoding, name, sure=sure)
    first = _beginning(blocks, dialect.header_line + dialect.header_lines + _WIDTH_FROM)
    if not first.strip():
        raise UnreadableFile(name, "is empty", "A table begins with a line of column names.")
    patience = _Patience(name, clock)
    table, body = _begin(first, dialect, patience)
    gathered = BuiltColumns(name, table.width)
    broken: list[Broken] = []
    for block in _read_all(chain([body], blocks), table, gathered, (dialect, patience), watch):
        gathered.add_block(block)
        broken += block.broken
        if at_most is not None and gathered.rows > at_most + len(table.names):
            break
    return _finished(name, dialect, table, gathered, broken, at_most)


def _beginning(blocks: Iterator[bytes], many: int) -> bytes:
    """The first blocks, until they hold so many lines: where line ends are mixed, a block may be one line."""
    found: list[bytes] = []
    lines = 0
    for block in blocks:
        found.append(block)
        lines += line_count(block) if lines < many else 0
        if lines >= many:
            break
    return b"".join(found)


def _lines_of(text: bytes, many: int) -> list[str]:
    """The first lines, each with its end."""
    found: list[str] = []
    at = 0
    for end in islice(_LINE_END.finditer(text), many):
        found.append(text[at : end.end()].decode())
        at = end.end()
    return found


def _begin(text: bytes, dialect: Dialect, patience: _Patience) -> tuple[_Table, bytes]:
    """What stands above the rows, and the rest of the text."""
    name = patience.name
    lines = _lines_of(text, max(dialect.header_line - 1, 0) + dialect.header_lines + _WIDTH_FROM)
    at = max(dialect.header_line - 1, 0)
    if at >= len(lines):
        raise DialectError("header_line", str(dialect.header_line), f"the file has {len(lines)} lines")
    joined, mark = swapped("".join(lines[at:]).encode(), dialect.delimiter, name)
    below, marks = _lines_of(joined, len(lines)), Marks(mark, dialect.quote, dialect.escape)
    rows: list[list[str]] = []
    used = 0
    while dialect.header_line and used < min(dialect.header_lines, len(below)):
        record = read_record(below, used, marks, patience.tick)
        rows.append([cell.replace(mark, dialect.delimiter) for cell in record.cells])
        used += record.lines
    width = max((len(row) for row in rows), default=0) or _usual_width(below, marks, patience)
    if width > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{width:,}", f"{limits.COLUMNS:,}")
    if rows and not any(mark.isalnum() for row in rows for cell in row for mark in cell):
        raise UnreadableFile(name, "has no line of column names", "Begin with a line like origin,destination,depart.")
    preamble = tuple(line.rstrip(LINE_ENDS) for line in lines[:at] if line.strip())
    at += used
    return _Table(rows, width, at + 1, preamble), text[sum(len(line.encode()) for line in lines[:at]) :]


def _usual_width(lines: list[str], marks: Marks, patience: _Patience) -> int:
    """How many cells most of the first records have."""
    widths: Counter[int] = Counter()
    at = 0
    while at < len(lines):
        record: Record = read_record(lines, at, marks, patience.tick)
        if any(cell.strip() for cell in record.cells):
            widths[len(record.cells)] += 1
        at += record.lines
    return max(widths, key=lambda width: (widths[width], width), default=1)


def _read_all(
    bodies: Iterator[bytes],
    table: _Table,
    gathered: BuiltColumns,
    how: tuple[Dialect, _Patience],
    watch: Callable[[], None],
) -> Iterator[Block]:
    """The blocks of cells; what a block could not finish is read with the next one."""
    dialect, patience = how
    line, rest = table.first, b""
    text: bytes | None = next(bodies)
    while text is not None:
        watch()
        patience.more(text)
        following = next(bodies, None)
        whole, mark = swapped(rest + text, dialect.delimiter, patience.name)
        if whole:
            marks = Marks(mark, dialect.quote, dialect.escape)
            block = read_block(
                whole,
                line,
                table.width,
                marks,
                final=following is None,
                plain=gathered.plain,
                tick=patience.tick,
            )
            line, rest = line + block.line_count, whole[block.used :].replace(mark.encode(), dialect.delimiter.encode())
            yield unswapped(block, mark, dialect.delimiter)
        text = following


def _finished(
    name: str,
    dialect: Dialect,
    table: _Table,
    gathered: BuiltColumns,
    broken: list[Broken],
    at_most: int | None,
) -> Sheet:
    names = [[*row, *[""] * (table.width - len(row))] for row in table.names]
    columns, lines, again, which = gathered.finish(names)
    broken += [
        Broken(line, tuple(table.names[number]), REPEATED_RULE, REPEATED_HINT)
        for line, number in zip(again.tolist(), which.tolist(), strict=True)
    ]
    broken.sort(key=lambda each: each.line)
    columns = columns[: named_columns(names, columns)]
    header = names_of(names, len(columns))
    if at_most is not None and len(lines) > at_most:
        broken = [each for each in broken if each.line < lines[at_most]]
        lines, columns = lines[:at_most], [column[:at_most] for column in columns]
    else:
        broken = _with_footers(broken, lines)
    by_name = dict(zip(header, columns, strict=True))
    lower = lower_names(table.names, len(columns))
    return Sheet(name, "", dialect, header, by_name, lines, tuple(broken), table.preamble, lower=lower)


def _with_footers(broken: list[Broken], lines: Ints) -> list[Broken]:
    """Notes below the last row get a rule of their own: they are short, and nothing is wrong with them."""
    last = int(lines[-1]) if len(lines) else 0
    return [
        replace(each, rule=FOOTER_RULE, hint=FOOTER_HINT)
        if each.line > last and each.rule == RAGGED_RULE and sum(bool(cell.strip()) for cell in each.cells) == 1
        else each
        for each in broken
    ]


_FREE = "\x1f\x1e\x1d\x1c\x01\x02\x03\x04\x05\x06\x07\x0e\x0f\x10\x11\x12\x13\x14\x15\x16\x17\x18\x19\x1a\x1b\x7f"
"""Control marks, which text has no use for."""


def swapped(text: bytes, delimiter: str, name: str) -> tuple[bytes, str]:
    """The text, and the one byte that now stands for the delimiter: itself, or a mark that the text did not hold."""
    wanted = delimiter.encode()
    if len(wanted) == 1:
        return text, delimiter
    for mark in _FREE:
        if mark.encode() not in text:
            return text.replace(wanted, mark.encode()), mark
    raise UnreadableFile(name, "holds control marks of every kind", "Remove them, or use a delimiter of one character.")


def unswapped(block: Block, mark: str, delimiter: str) -> Block:
    """The same cells with the delimiter back in those that hold it."""
    if mark == delimiter:
        return block
    if block.table is not None:
        columns = [_column(column, mark, delimiter) for column in block.table.columns]
        block.table = pa.table(columns, names=block.table.column_names)
    block.rows = [[cell.replace(mark, delimiter) for cell in row] for row in block.rows]
    block.broken = [
        replace(
            each,
            cells=tuple(cell.replace(mark, delimiter) for cell in each.cells),
            hint=each.hint.replace(repr(mark), repr(delimiter)),
        )
        for each in block.broken
    ]
    return block


def _column(column: pa.ChunkedArray, mark: str, delimiter: str) -> pa.ChunkedArray:
    chunks = []
    for chunk in column.chunks:
        if not pa.types.is_dictionary(chunk.type):
            chunks.append(pc.replace_substring(chunk, mark, delimiter))
            continue
        held = len(chunk.dictionary) and pc.any(pc.match_substring(chunk.dictionary, mark)).as_py()
        chunks.append(retexted(chunk, pc.replace_substring(chunk.dictionary, mark, delimiter)) if held else chunk)
    return pa.chunked_array(chunks, column.type)
