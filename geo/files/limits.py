"""What is too large to read, and why. A file beyond a limit is refused before it takes the machine down."""

from __future__ import annotations

from pathlib import Path

from geo.errors import TooLarge

KIB, MIB, GIB = 2**10, 2**20, 2**30

FILE_BYTES = 4 * GIB
"""Of a text file, which is read in blocks. What its rows take in memory is bounded by `TABLE_BYTES`."""

HELD_BYTES = 1 * GIB
"""Of a file that cannot be read in blocks: a workbook, a zip archive, GeoJSON, Parquet, GeoPackage."""

TABLE_BYTES = 2_000_000_000
"""Of memory that a table takes at most, from its file to the tables made of it: ten million rows of 15 columns."""

ROW_BYTES = 80
"""Of memory for each row, whatever its columns: its line, and the masks and numbers that are made of it."""

CELL_BYTES = 8
"""Of memory for each cell: four for its code, and as much again while tables are made of it. Half of what rows and
cells take by this count is taken once they are read, so that a table is refused before it takes half the limit."""

CHILD_MEMORY = 960 * MIB
"""Of address space for the process in which a file of a complex form is read: about 6 million cells of a workbook, and
GeoJSON, GeoPackage and Parquet files of any number of rows, since these pass through it in parts."""

SHEET_CELLS = 20_000_000
"""Of a sheet that says how often its cells are repeated: three times what fits into that memory."""

CHILD_SECONDS = 60.0
"""For that process to read a small file, and"""

CHILD_BYTES = 1 * MIB
"""of a file for which it is given another second."""

CHILDREN = 4
"""Of these processes at once; a further file waits for its turn."""

UNPACKED_BYTES = 4 * GIB
"""Of what comes out of gzip or zip: as much as a file that was never packed."""

UNPACKED_RATIO = 400
"""Bytes out of one byte in. Tables pack 5 to 50 times smaller, columns of one value 200 times; a bomb, 1000 times."""

RATIO_FROM = 64 * MIB
"""The ratio tells a bomb from a small file of one repeated line only beyond this many bytes."""

COLUMNS = 1_000
"""Of a table. Ours has 40; a file with more than this has been written sideways."""

LINE_BYTES = 1 * MIB
"""Of a line, and of a cell within quotes. The longest report is a page of text; beyond this it is no table."""

JSON_BYTES = 256 * MIB
"""Of GeoJSON, which is one text until its last feature is read, and a text may take four times its bytes."""

DIRECTORY_BYTES = 1 * MIB
"""Of a zip archive's directory: ten thousand members. It has to be read before anything is known about them."""

UNDECODED_BYTES = 8_000_000
"""Of a text, that are no characters in its encoding: a million rows with some each. With more, it is another."""

CAREFUL_SECONDS = 60.0
"""For the rows of a file that have to be read one by one, however small it is. No honest file needs longer."""

CAREFUL_BYTES = 2 * MIB
"""Of text for which another second is given: ten million rows of which each tenth is at fault pass on a busy machine,
and a file made to take for ever still ends."""


def in_words(size: float) -> str:
    """A number of bytes for a reader: 1 MiB, 2.5 GiB."""
    for unit, name in ((GIB, "GiB"), (MIB, "MiB"), (KIB, "KiB")):
        if size >= unit:
            return f"{size / unit:.1f}".removesuffix(".0") + f" {name}"
    return f"{size:.0f} bytes"


def check_size(path: str, what: str, most: int) -> None:
    """Refuses a file of more bytes. what: it is called. Raises TooLarge, without the name of the file."""
    size = Path(path).stat().st_size
    if size > most:
        raise TooLarge("", f"the size of a {what}", in_words(size), in_words(most))


def check_rows(name: str, rows: int, columns: int, texts: int = 0) -> None:
    """Refuses a table of so many rows and columns, and bytes of different texts. Raises TooLarge."""
    needed = rows * (ROW_BYTES + CELL_BYTES * columns) + texts
    if needed > TABLE_BYTES:
        what = f"the memory for {rows:,} rows of {columns:,} columns"
        raise TooLarge(name, what, in_words(needed), in_words(TABLE_BYTES))
