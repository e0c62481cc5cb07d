"""The rows set aside, as they stand in the file, each with its line and why: to be mended and loaded again."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import cast

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Ints, Mask, Texts
from geo.errors import MappingError
from geo.matching.mapping import DOWNLOAD, OURS, ColumnMap, Fixes, header_key, is_download
from geo.problems import Problems
from geo.sheet import Sheet
from geo.tables.validator import Sieve

LINE, WHY, OVERFLOW = DOWNLOAD
OVERFLOW_RULE = "the cells in the column overflow belong into the other columns"
OVERFLOW_HINT = "Move them, and leave overflow empty."
_TEXT = pd.StringDtype("pyarrow", na_value=np.nan)


def own_columns(header: Sequence[str]) -> tuple[str, ...]:
    """The columns of a file that are ours, and say nothing about shipments: those of a download of rows set aside or
    of rows kept."""
    if is_download(header):
        return tuple(name for at, name in enumerate(header) if at < 2 or header_key(name) == OVERFLOW)
    keys = [header_key(name) for name in header]
    kept = any({column.name for column in kind}.issuperset(keys[1:]) for kind in OURS.values())
    return tuple(header[:1]) if keys[:1] == [LINE] and kept else ()


def mapped(given: ColumnMap, header: Sequence[str]) -> ColumnMap:
    """A map as it applies to a download of rows set aside: a column of the file's own named line has another name."""
    if not is_download(header):
        return given
    there = set(header)
    theirs = {name: _theirs(name) for name in given.columns if header_key(name) in DOWNLOAD and _theirs(name) in there}
    return replace(given, columns={theirs.get(name, name): to for name, to in given.columns.items()})


def refuse_overflow(sieve: Sieve) -> None:
    """Rows of a download whose overflow is not moved yet stay set aside, for that alone."""
    header = sieve.sheet.header
    name = next(iter(own_columns(header)[2:]), None)
    if name is None:
        return
    sieve.headers.setdefault(OVERFLOW, name)
    cells = sieve.distinct(OVERFLOW)
    filled = np.flatnonzero(~cells.empty)
    sieve.waiting = np.isin(cells.codes, filled)
    sieve.pardon(sieve.waiting)
    sieve.judge(OVERFLOW, cells.codes, dict.fromkeys(filled.tolist(), (OVERFLOW_RULE, OVERFLOW_HINT)))


def set_aside(sheet: Sheet, bad: Mask, problems: Problems) -> pd.DataFrame:
    """Text columns line, why and the file's own; rows in the order of their lines.

    bad: bool, n rows. The cells of a broken row stand under the columns in their order, so that only the shift is to be
    corrected; what is left over is CSV in the column "overflow", or the whole row, where it has too few: until that is
    emptied by hand, the row is not taken. A file that came from here loses its old line and why, and gets new ones.
    """
    rows = np.flatnonzero(bad)
    lines = np.concatenate([sheet.lines[rows], np.array([each.line for each in sheet.broken], np.int64)])
    order = np.argsort(lines, kind="stable")
    again = is_download(sheet.header)
    table: dict[str, pd.Series] = {
        LINE: pd.Series(lines[order]).astype(_TEXT),
        WHY: pd.Series(_reasons(lines[order], problems), dtype=_TEXT),
    }
    places = next(
        (at for at, name in enumerate(sheet.header) if again and header_key(name) == OVERFLOW), len(sheet.header)
    )
    for at, name in list(enumerate(sheet.header))[2 if again else 0 :]:
        cells = sheet.columns[name].take(pa.array(rows))
        standing = [each.cells[at] if at < min(len(each.cells), places) else "" for each in sheet.broken]
        texts = _texts(cells, standing, order)
        table[name if again or header_key(name) not in DOWNLOAD else _theirs(name)] = texts
    if not all(each.whole for each in sheet.broken):
        overflow = next((name for name in table if header_key(name) == OVERFLOW), OVERFLOW)
        left_over = ["" if each.whole else _as_line(each.cells[places:] or each.cells) for each in sheet.broken]
        moved = np.array([""] * len(rows) + left_over, object)[order]
        held = table[overflow].to_numpy(object) if overflow in table else np.full(len(lines), "", object)
        table[overflow] = pd.Series(np.where(moved == "", held, moved), dtype=_TEXT)
    return pd.DataFrame(table)


def _texts(cells: pa.DictionaryArray, more: Sequence[str], order: Ints) -> pd.Series:
    decoded = pa.concat_arrays([cells.cast(pa.large_string()), pa.array(more, pa.large_string())])
    return pd.Series(pd.arrays.ArrowStringArray(pa.chunked_array([decoded.take(pa.array(order))]), dtype=_TEXT))  # type: ignore[call-arg]


def _theirs(name: str) -> str:
    return f"{name} (yours)"


def _reasons(lines: Ints, problems: Problems) -> Texts:
    """For each line in rising order, all that is wrong with it, in sentences."""
    frame = problems.frame[(problems.frame["severity"] == "set aside").to_numpy()]
    keys = frame.groupby(["column", "rule", "hint"], observed=True, sort=False)
    number = keys.ngroup().to_numpy()
    named = cast("Iterable[tuple[str, str, str]]", keys.indices)
    said = [f"{column}: {rule}. {hint}" if column else f"{rule}. {hint}" for column, rule, hint in named]
    sentence = np.array(said or [""], object)
    at = frame["row"].to_numpy()
    first = np.searchsorted(at, lines, "left")
    count = np.searchsorted(at, lines, "right") - first
    why = np.full(len(lines), "", object)
    one = count >= 1
    why[one] = sentence[number[first[one]]]
    for row in np.flatnonzero(count > 1).tolist():
        why[row] = " ".join(dict.fromkeys(sentence[number[first[row] : first[row] + count[row]]]))
    return why


def _as_line(cells: Sequence[str]) -> str:
    plain = ",".join(cells)
    if plain and plain.count(",") == len(cells) - 1 and not any(mark in plain for mark in '"\r\n'):
        return plain  # a writer of its own for each row would take five times as long
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()


def merged(before: Fixes, after: Fixes) -> dict[int, dict[str, str]]:
    """Two sets of corrections as one; of two for one cell the later counts."""
    both = {line: dict(cells) for line, cells in before.items()}
    for line, cells in after.items():
        both[line] = both.get(line, {}) | dict(cells)
    return both


def fixed(sheet: Sheet, fixes: Fixes) -> Sheet:
    """The sheet with these corrections in it.

    Raises MappingError for a header that the file does not have, or a line that none of its rows begins on, or several.
    """
    if not any(fixes.values()):
        return sheet
    if not one_a_line(sheet):
        raise MappingError(f"line {min(fixes)}", "several rows come from one line; mend the file itself")
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


def one_a_line(sheet: Sheet) -> bool:
    """Whether each row has a line of its own: those of columns that became rows have not."""
    return not (np.diff(sheet.lines) == 0).any()


def _header(stands: Mapping[str, str], header: str) -> str:
    if (key := header_key(header)) not in stands:
        raise MappingError(header, f"the file has no such header; they are {', '.join(stands.values())}")
    return stands[key]


def _column(name: str, sheet: Sheet, mended: Ints, rows: Ints, cells: list[Mapping[str, str]]) -> pa.DictionaryArray:
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
