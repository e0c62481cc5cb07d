"""Cells that a spreadsheet would run, made harmless and back again.

In a CSV that Waybill writes, a cell that begins with one of `MARKS` gets an apostrophe before it, and so does a cell
that begins with apostrophes and then one of them. The same is done behind each semicolon and line end in a cell:
where a comma is the decimal mark, spreadsheets part a CSV at semicolons, and know no quotes that do not open a part.
On reading, that one apostrophe is taken off again, so that a file written here reads back as it was. (The characters
are those that OWASP's page on CSV injection names.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_CLASS = "[=+@\\t\\r\\n＝＋－＠-]"
_RUN = "[=+@＝＋－＠-]"
_STEPS = ((f"(^)('*{_CLASS})", f"(^)'('*{_CLASS})"), (f"([;\\r\\n])('*{_RUN})", f"([;\\r\\n])'('*{_RUN})"))
"""What is dangerous, and the same once it is guarded: at the beginning of a cell, and inside it."""
_TEXT = pa.large_string()
_NOTHING, _MARK = pa.scalar("", _TEXT), pa.scalar('"', _TEXT)
_SPECIAL = '[",\\t\\r\\n]|^\\s|\\s$'


def neutral(cell: str) -> str:
    """A cell as it may stand in a CSV that a spreadsheet opens."""
    for dangerous, _ in _STEPS:
        cell = re.sub(dangerous, r"\1'\2", cell)
    return cell


def as_given(cell: str) -> str:
    """A cell as it was before `neutral`."""
    for _, guarded in _STEPS:
        cell = re.sub(guarded, r"\1\2", cell)
    return cell


def restored(cells: pa.StringArray) -> pa.StringArray:
    """Cells as they were before `neutral`."""
    for _, guarded in _STEPS:
        cells = pc.replace_substring_regex(cells, pattern=guarded, replacement=r"\1\2")
    return cells


def may_be_guarded(cells: pa.StringArray) -> bool:
    """Whether `restored` could change any of some cells."""
    return bool(pc.any(pc.or_(pc.starts_with(cells, "'"), pc.match_substring_regex(cells, "[;\r\n]'"))).as_py())


def written(cells: pa.LargeStringArray, *, guard: bool = True) -> pa.LargeStringArray:
    """Cells as they stand in a CSV: made harmless, and quoted where they need it. guard=False: numbers of our own."""
    if guard:
        for dangerous, _ in _STEPS:
            cells = pc.replace_substring_regex(cells, pattern=dangerous, replacement=r"\1'\2")
    special = pc.match_substring_regex(cells, _SPECIAL)
    if not pc.any(special).as_py():
        return cells
    quoted = _joined(_MARK, pc.replace_substring(cells, '"', '""'), _MARK, between=_NOTHING)
    return pc.if_else(special, quoted, cells)


def lines(columns: Mapping[str, pa.LargeStringArray]) -> str:
    """Columns of n cells that `written` made -> n lines of CSV."""
    cells = list(columns.values())
    if not cells or not len(cells[0]):
        return ""
    rows = _joined(_joined(*cells, between=pa.scalar(",", _TEXT)), pa.scalar("\n", _TEXT), between=_NOTHING)
    whole = pc.binary_join(pa.LargeListArray.from_arrays(pa.array([0, len(rows)], pa.int64()), rows), _NOTHING)
    return str(whole[0].as_py())


def _joined(*cells: pa.LargeStringArray | pa.Scalar, between: pa.Scalar) -> pa.LargeStringArray:
    return pc.binary_join_element_wise(*cells, between)


def head(names: list[str]) -> str:
    """A CSV's line of column names."""
    return lines({str(at): written(pa.array([name], _TEXT)) for at, name in enumerate(names)})


def to_csv(frame: pd.DataFrame) -> str:
    """A table of text as CSV, every cell and column name made harmless."""
    names = [str(name) for name in frame.columns]
    cells = {}
    for at, name in enumerate(names):
        texts = pa.array(frame.iloc[:, at].astype("str"), _TEXT)
        # A frame that comes from Parquet has its texts in as many chunks as the file, none of them where it is empty.
        whole = texts.combine_chunks() if isinstance(texts, pa.ChunkedArray) else texts
        encoded = whole.dictionary_encode()
        cells[f"{at} {name}"] = written(encoded.dictionary).take(encoded.indices)
    return head(names) + lines(cells)
