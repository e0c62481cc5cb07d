"""Corrections by hand, put into a sheet: a cell reads as corrected, and a broken row becomes a row of cells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.errors import MappingError
from geo.evidence.intake.sheet import Lines, Sheet
from geo.evidence.mapping import Fixes, header_key


def merged(before: Fixes, after: Fixes) -> dict[int, dict[str, str]]:
    """Two sets of corrections as one; of two for one cell the later counts."""
    both = {line: dict(cells) for line, cells in before.items()}
    for line, cells in after.items():
        both[line] = both.get(line, {}) | dict(cells)
    return both


def fixed(sheet: Sheet, fixes: Fixes) -> Sheet:
    """The sheet with these corrections in it.

    Raises MappingError for a header that the file does not have, or a line that none of its rows begins on.
    """
    if not any(fixes.values()):
        return sheet
    stands = {header_key(header): header for header in reversed(sheet.header)}
    cells = {
        line: {_header(stands, header): text for header, text in given.items()}
        for line, given in fixes.items()
        if given
    }
    mended = np.array(sorted(each.line for each in sheet.broken if each.line in cells), np.int64)
    lines = np.insert(sheet.lines, np.searchsorted(sheet.lines, mended), mended)
    wanted = np.array(sorted(cells), np.int64)
    rows = np.searchsorted(lines, wanted)
    there = (rows < len(lines)) & (lines[np.minimum(rows, len(lines) - 1)] == wanted) if len(lines) else rows < 0
    if not there.all():
        line = int(wanted[np.argmin(there)])
        raise MappingError(f"line {line}", "no row of the file begins on this line")
    columns = {name: _column(name, sheet, mended, rows, [cells[line] for line in wanted]) for name in sheet.header}
    broken = tuple(each for each in sheet.broken if each.line not in cells)
    return replace(sheet, columns=columns, lines=lines, broken=broken)


def _header(stands: Mapping[str, str], header: str) -> str:
    if (key := header_key(header)) not in stands:
        raise MappingError(header, f"the file has no such header; they are {', '.join(stands.values())}")
    return stands[key]


def _column(name: str, sheet: Sheet, mended: Lines, rows: Lines, cells: list[Mapping[str, str]]) -> pa.DictionaryArray:
    """A column with empty cells for the mended lines, and then the texts of the corrections."""
    column = sheet.columns[name]
    new = {int(row): given[name] for row, given in zip(rows, cells, strict=True) if name in given}
    if not new and not len(mended):
        return column
    texts = dict.fromkeys([*([""] if len(mended) else []), *new.values()])
    known = column.dictionary
    # ours are few: the dictionary is searched for them, not turned into Python's texts
    at = pc.index_in(pa.array(list(texts), known.type), value_set=known).to_pylist()
    extra = [text for text, found in zip(texts, at, strict=True) if found is None]
    number = {text: found for text, found in zip(texts, at, strict=True) if found is not None}
    number |= {text: len(known) + place for place, text in enumerate(extra)}
    codes = column.indices.to_numpy()
    at_rows = np.searchsorted(sheet.lines, mended)
    codes = np.insert(codes, at_rows, number[""]) if len(mended) else codes.copy()
    codes[list(new)] = [number[text] for text in new.values()]
    values = pa.concat_arrays([known, pa.array(extra, known.type)]) if extra else known
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), values)
