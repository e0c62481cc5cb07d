"""A CSV file -> its cells as text, each with the number of the line that it stands on. Nothing is interpreted here.

A well-formed file goes through DuckDB's strict parser. Whatever that refuses, and any file whose rows and lines do not
match one to one (line breaks within quotes, empty lines), is read again row by row, so that line numbers stay exact.
Lines without any text in them are not rows.
"""

from __future__ import annotations

import csv
import hashlib
import io
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.errors import UnreadableFile
from geo.evidence import columns, formula

KNOWN = {column.name for kind in (columns.PLACES, columns.LEGS, columns.TOTALS, columns.EVENTS) for column in kind}
DELIMITERS = (",", ";", "\t")
_AS_CSV = "Save the sheet as CSV (UTF-8) and load that."
_MAGIC = {b"PK\x03\x04": "an Excel workbook or a zip archive", b"\xd0\xcf\x11\xe0": "an old Excel workbook"}
_MAGIC |= {b"\x1f\x8b": "a compressed file", b"%PDF": "a PDF", b"PAR1": "a Parquet file", b"SQLite": "a database"}
_LONGEST_HEADER = 2**20
_RAGGED = "a row has as many cells as the header"
_QUOTES = "a quote that opens a cell is closed, and followed by the next cell"

Source = str | Path | bytes | IO[bytes] | IO[str]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row that has no cells under the header: its line, what stands there, and why."""

    line: int
    cells: tuple[str, ...]
    rule: str
    hint: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """The cells of a file: n rows under a header, and the broken rows beside them.

    header   the names as they stand in the file
    columns  by name in lower case, trimmed ("column 3" for a third without a name), n cells as they stand in the file
    lines    int64, n line numbers from 1, the header included
    """

    file: str
    sha256: str
    header: tuple[str, ...]
    columns: dict[str, pa.StringArray]
    lines: NDArray[np.int64]
    broken: tuple[Broken, ...]

    def __len__(self) -> int:
        return len(self.lines)


def read_sheet(file: Source, name: str | None = None) -> Sheet:
    """A path, bytes or an open file -> Sheet. Raises UnreadableFile for what is no table of text."""
    content, found_name = _content(file)
    name = name or found_name
    text = _as_utf8(content, name)
    delimiter, header = _header(text, name)
    names = _folded(header, name)
    table, lines, broken = _strict(text, delimiter, header) or _row_by_row(text, delimiter, len(header))
    if b"'" in text and any(b"'" + mark.encode() in text for mark in formula.MARKS):
        table = [formula.restored(column) for column in table]
    blank = _blank(table, len(lines))
    if blank.any():
        table, lines = [column.filter(pa.array(~blank)) for column in table], lines[~blank]
    by_name = dict(zip(names, table, strict=True))
    return Sheet(name, hashlib.sha256(content).hexdigest(), header, by_name, lines, broken)


def _content(file: Source) -> tuple[bytes, str]:
    if isinstance(file, bytes):
        return file, "upload.csv"
    if isinstance(file, str | Path):
        try:
            return Path(file).read_bytes(), str(file)
        except IsADirectoryError as error:
            raise UnreadableFile(file, "is a folder", "Name a file in it.") from error
        except FileNotFoundError as error:
            raise UnreadableFile(file, "there is no such file", "Check the name and the folder.") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise UnreadableFile(file, f"cannot be opened: {reason}", "Check its name and your rights.") from error
    if file.seekable():
        file.seek(0)
    content = file.read()
    return content if isinstance(content, bytes) else content.encode(), str(getattr(file, "name", "upload.csv"))


def _as_utf8(content: bytes, name: str) -> bytes:
    """The text of a file as UTF-8 without a byte order mark and without line ends at its end."""
    for magic, what in _MAGIC.items():
        if content.startswith(magic):
            raise UnreadableFile(name, f"is {what}, not text", _AS_CSV)
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            content = content.decode("utf-16").encode()
        except UnicodeError as error:
            raise UnreadableFile(name, "is broken UTF-16 text", _AS_CSV) from error
    content = content.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n")
    if b"\0" in content:
        raise UnreadableFile(name, "is a binary file, not text", _AS_CSV)
    try:
        if not content.isascii():
            content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise UnreadableFile(name, f"is not UTF-8 text at line {line}", _AS_CSV) from error
    if not content.strip():
        raise UnreadableFile(name, "is empty", "A table begins with a line of column names.")
    return content


def _header(text: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The delimiter under which most column names are known to us, and the names."""
    best: tuple[str, tuple[str, ...]] = (",", ())
    start = text[:_LONGEST_HEADER].decode(errors="ignore")
    for delimiter in DELIMITERS:
        try:
            rows = csv.reader(io.StringIO(start, newline=""), delimiter=delimiter, strict=True)
            cells = next((tuple(row) for row in rows if any(cell.strip() for cell in row)), ())
        except csv.Error:
            continue
        if not best[1] or _known(cells) > _known(best[1]):
            best = delimiter, cells
    if not any(mark.isalnum() for cell in best[1] for mark in cell):
        raise UnreadableFile(name, "has no line of column names", "Begin with a line like origin,destination,depart.")
    return best


def _known(cells: tuple[str, ...]) -> int:
    return len(KNOWN & {cell.strip().casefold() for cell in cells})


def _folded(header: tuple[str, ...], name: str) -> tuple[str, ...]:
    names = tuple(cell.strip().casefold() or f"column {number}" for number, cell in enumerate(header, 1))
    for each in names:
        if names.count(each) > 1:
            raise UnreadableFile(name, f"has two columns {each!r}", "Rename or remove one of them.")
    return names


_Table = tuple[list[pa.StringArray], NDArray[np.int64], tuple[Broken, ...]]


def _strict(text: bytes, delimiter: str, header: tuple[str, ...]) -> _Table | None:
    """All cells by DuckDB, or None where rows and lines do not match one to one."""
    first, _, rest = text.partition(b"\n")
    if first.count(b'"') % 2 or not first.strip() or text.count(b"\r") != text.count(b"\r\n"):
        return None
    rows = rest.count(b"\n") + 1 if rest else 0
    if not rows:
        return [pa.array([], pa.string()) for _ in header], np.zeros(0, np.int64), ()
    with tempfile.TemporaryDirectory() as folder, duckdb.connect() as database:
        # A name of our own: DuckDB takes *, ? and .gz in a file's name for instructions.
        copy = Path(folder) / "cells.csv"
        copy.write_bytes(rest + (b"\r\n" if first.endswith(b"\r") else b"\n"))
        names = ", ".join(f"'c{number}': 'VARCHAR'" for number in range(len(header)))
        query = (
            f"FROM read_csv(?, auto_detect = false, header = false, columns = {{{names}}}, delim = ?, "
            "quote = '\"', escape = '\"', nullstr = '', strict_mode = true)"
        )
        try:
            table: pa.Table = database.sql(query, params=[str(copy), delimiter]).to_arrow_table()
        except duckdb.Error:
            return None
    if table.num_rows != rows:
        return None
    cells = [pc.fill_null(column.combine_chunks(), "").cast(pa.string()) for column in table.columns]
    return cells, np.arange(2, rows + 2, dtype=np.int64), ()


def _row_by_row(text: bytes, delimiter: str, width: int) -> _Table:
    """The same with Python's csv, which tells where each row begins."""
    lines = list(io.StringIO(text.decode(), newline=""))
    rows: list[list[str]] = []
    numbers: list[int] = []
    broken: list[Broken] = []
    header_seen = False
    for line, cells, problem in _records(lines, delimiter):
        if not header_seen:
            header_seen = any(cell.strip() for cell in cells)
        elif problem:
            broken.append(Broken(line, tuple(cells), _QUOTES, problem))
        elif any(cell.strip() for cell in cells):
            if len(cells) < width or any(cell.strip() for cell in cells[width:]):
                counts = f"This one has {len(cells)} and the header {width}."
                hint = f"{counts} Put quotes around a text with {delimiter!r} in it."
                broken.append(Broken(line, tuple(cells), _RAGGED, hint))
            else:
                rows.append(cells[:width])
                numbers.append(line)
    table = [pa.array([row[column] for row in rows], pa.string()) for column in range(width)]
    return table, np.array(numbers, np.int64), tuple(broken)


def _records(lines: list[str], delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """(line, cells, what is wrong with the quotes or "") of each record. After a fault: on with the next line."""
    begin = 0
    while begin < len(lines):
        reader = csv.reader((lines[at] for at in range(begin, len(lines))), delimiter=delimiter, strict=True)
        done = 0
        try:
            for cells in reader:
                yield begin + done + 1, cells, ""
                done = reader.line_num
            begin = len(lines)
        except csv.Error as error:
            yield begin + done + 1, [lines[begin + done].rstrip("\r\n")], f"{str(error).capitalize()}."
            begin += done + 1


def _blank(table: list[pa.StringArray], rows: int) -> NDArray[np.bool_]:
    blank = np.ones(rows, bool)
    for column in table:
        if not blank.any():
            break
        blank &= pc.equal(pc.utf8_trim_whitespace(column), "").to_numpy(zero_copy_only=False)
    return blank
