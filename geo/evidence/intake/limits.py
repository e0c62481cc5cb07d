"""What is too large to read, and why. A file beyond a limit is refused before it takes the machine down."""

from __future__ import annotations

KIB, MIB, GIB = 2**10, 2**20, 2**30

FILE_BYTES = 4 * GIB
"""Of a text file: 50 million legs. It is read in blocks, but the codes of its cells stay in memory."""

HELD_BYTES = 1 * GIB
"""Of a file that has to be held in memory as a whole: a workbook, a zip archive, GeoJSON, Parquet, GeoPackage."""

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

SHEET_CELLS = 20_000_000
"""Of a sheet of a workbook, gaps included: a million rows of 20 columns. It is held in memory with all its gaps."""

TABLE_CELLS = 1_000_000_000
"""Of a Parquet file, which can claim any number of them in a few bytes: each takes four bytes of memory here."""

JSON_BYTES = 256 * MIB
"""Of GeoJSON. It becomes objects that take ten times its size before they are rows."""

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
