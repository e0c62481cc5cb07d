"""Cells from many blocks -> one column a header: each distinct text once, and an int32 code a row."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from geo.errors import TooLarge
from geo.files import formulas, limits
from geo.files.cell_text import TEXTS
from geo.files.text.csv_fast import Block

_TELLING = 1_000
"""Rows that tell what a column is like."""


class BuiltColumns:
    """The rows of a sheet as they come in; `columns` and `lines` once all are there.

    Adding rows raises TooLarge where they become more than memory is meant to hold, see `limits.check_rows`.
    """

    def __init__(self, file: str, width: int) -> None:
        self._file = file
        self._chunks: list[list[pa.Array]] = [[] for _ in range(width)]
        self._lines: list[NDArray[np.int64]] = []
        self._texts_size = 0
        self.rows = 0
        self.plain: frozenset[int] = frozenset()

    def add_block(self, block: Block) -> None:
        """The rows of a block, in any order."""
        if block.table is not None:
            for chunks, column in zip(self._chunks, block.table.columns, strict=True):
                chunks.extend(column.chunks)
                self._texts_size += sum(map(_texts_size, column.chunks))
            self._add_lines(block.lines)
            if len(self._lines) == 1:
                self.plain = frozenset(at for at, column in enumerate(block.table.columns) if _mostly_distinct(column))
        self.add_rows(block.rows, block.row_lines)

    def add_rows(self, rows: Sequence[Sequence[str]], lines: Sequence[int]) -> None:
        """Rows of as many cells as there are columns."""
        if rows:
            for number, chunks in enumerate(self._chunks):
                chunk = encoded(pa.array([row[number] for row in rows], pa.string()))
                chunks.append(chunk)
                self._texts_size += _texts_size(chunk)
            self._add_lines(np.array(lines, np.int64))

    def add_columns(self, columns: Sequence[pa.DictionaryArray], lines: NDArray[np.int64]) -> None:
        """Rows that are columns already."""
        for chunks, column in zip(self._chunks, columns, strict=True):
            chunks.append(column)
            self._texts_size += _texts_size(column)
        self._add_lines(lines)

    def _add_lines(self, lines: NDArray[np.int64]) -> None:
        self._lines.append(lines)
        self.rows += len(lines)
        limits.check_rows(self._file, self.rows, len(self._chunks), self._texts_size)

    def finish(
        self, repeated: Sequence[Sequence[str]] = (), *, restore: bool = True
    ) -> tuple[list[pa.DictionaryArray], NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        """(columns, lines, lines of the repeated headers, which of them each repeats), by line and without blank rows.

        repeated: the lines of column names that are no rows where they come again. restore: take off the apostrophes
        that `formulas` puts before cells.
        """
        lines = np.concatenate(self._lines) if self._lines else np.zeros(0, np.int64)
        columns = [self._column(number, restore=restore) for number in range(len(self._chunks))]
        if len(lines) and (np.diff(lines) <= 0).any():
            order = np.argsort(lines, kind="stable")
            lines, columns = lines[order], [column.take(pa.array(order)) for column in columns]
        which = np.full(len(lines), -1)
        for number, names in enumerate(repeated):
            which[_all_in(columns, [[name] for name in names], len(lines))] = number
        drop = (which >= 0) | _all_in(columns, None, len(lines))
        if not drop.any():
            return columns, lines, lines[:0], lines[:0]
        kept = [compact(column.filter(pa.array(~drop))) for column in columns]
        again = which >= 0
        return kept, lines[~drop], lines[again], which[again]

    def _column(self, number: int, *, restore: bool) -> pa.DictionaryArray:
        chunks, self._chunks[number] = self._chunks[number], []
        try:
            whole = _unified(chunks).combine_chunks()
        except pa.ArrowInvalid as error:
            limit = limits.in_words(2 * limits.GIB)
            raise TooLarge(self._file, f"different texts in column {number + 1}", "more", limit) from error
        whole = whole if isinstance(whole, pa.DictionaryArray) else pa.array([], TEXTS)
        texts = whole.dictionary
        if len(texts) and pc.max(pc.binary_length(texts)).as_py() > limits.LINE_BYTES:
            longest, limit = pc.max(pc.binary_length(texts)).as_py(), limits.in_words(limits.LINE_BYTES)
            raise TooLarge(self._file, f"the longest cell of column {number + 1}", limits.in_words(longest), limit)
        if restore and len(texts) and formulas.may_be_guarded(texts):
            return retexted(whole, formulas.restored(texts))
        return whole


def _texts_size(chunk: pa.Array) -> int:
    """Bytes of the different texts of a chunk, as far as they are held once."""
    size: int = chunk.dictionary.nbytes if pa.types.is_dictionary(chunk.type) else chunk.nbytes
    return size


def _mostly_distinct(column: pa.ChunkedArray) -> bool:
    """Whether it costs more to look texts up than it saves: they are then looked up once, at the end."""
    texts = sum(len(chunk.dictionary) for chunk in column.chunks)
    return len(column) >= _TELLING and texts * 2 > len(column)


def _unified(chunks: list[pa.Array]) -> pa.ChunkedArray:
    """The chunks with one dictionary for all of them; the chunks of plain strings are given theirs."""
    if all(pa.types.is_dictionary(chunk.type) for chunk in chunks):
        return pa.chunked_array(chunks, TEXTS).unify_dictionaries()
    plain = [chunk.cast(pa.string()) if pa.types.is_dictionary(chunk.type) else chunk for chunk in chunks]
    return pa.chunked_array(plain, pa.string()).dictionary_encode()


def encoded(texts: pa.StringArray) -> pa.DictionaryArray:
    """A column of texts without nulls as codes and distinct texts."""
    return texts.dictionary_encode()


def retexted(column: pa.DictionaryArray, texts: pa.StringArray) -> pa.DictionaryArray:
    """The same rows with other texts in the dictionary; texts that became equal become one."""
    merged = texts.dictionary_encode()
    if len(merged.dictionary) == len(texts):
        return pa.DictionaryArray.from_arrays(column.indices, texts)
    return pa.DictionaryArray.from_arrays(merged.indices.take(column.indices), merged.dictionary)


def compact(column: pa.DictionaryArray) -> pa.DictionaryArray:
    """The same rows without the texts that no row has."""
    codes = column.indices.to_numpy()
    used = np.bincount(codes, minlength=len(column.dictionary)) > 0
    if used.all():
        return column
    renumbered = (np.cumsum(used) - 1).astype(np.int32)
    return pa.DictionaryArray.from_arrays(pa.array(renumbered[codes]), column.dictionary.filter(pa.array(used)))


def blank_texts(texts: pa.StringArray) -> NDArray[np.bool_]:
    """Which of the texts are empty but for white space."""
    blank: NDArray[np.bool_] = pc.equal(pc.utf8_trim_whitespace(texts), "").to_numpy(zero_copy_only=False)
    return blank


def _all_in(
    columns: Sequence[pa.DictionaryArray], names: Sequence[Sequence[str]] | None, rows: int
) -> NDArray[np.bool_]:
    """Rows that have in every column one of its names (white space and case aside), or no text where names is None."""
    found = np.ones(rows, bool)
    for number, column in enumerate(columns):
        if names is None:
            hits = blank_texts(column.dictionary)
        else:
            folded = pc.utf8_lower(pc.utf8_trim_whitespace(column.dictionary))
            wanted = pa.array([name.strip().lower() for name in names[number]], pa.string())
            hits = pc.is_in(folded, wanted).to_numpy(zero_copy_only=False)
        if not hits.any():
            return np.zeros(rows, bool)
        if not hits.all():
            found &= hits[column.indices.to_numpy()]
    return found if columns else np.zeros(rows, bool)
