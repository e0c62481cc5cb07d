"""A delimiter of several bytes is stood in for by one byte while cells are told apart."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import UnreadableFile
from geo.evidence.intake.blocks import Block
from geo.evidence.intake.gathering import retexted

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
