"""Cells that a spreadsheet would run, made harmless and back again.

In a CSV that Waybill writes, a cell that begins with one of `MARKS` gets an apostrophe before it, and so does a cell
that begins with apostrophes and then one of them. On reading, that one apostrophe is taken off again, so that a file
written here reads back as it was. (The characters are those that OWASP's page on CSV injection names.)
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_CLASS = "[=+@\\t\\r\\n＝＋－＠-]"
_DANGEROUS = re.compile(f"'*{_CLASS}")
_GUARDED = f"^'('*{_CLASS})"
_TEXT = pa.large_string()
_NOTHING, _MARK = pa.scalar("", _TEXT), pa.scalar('"', _TEXT)
_SPECIAL = '[",\\r\\n]|^\\s|\\s$'


def neutral(cell: str) -> str:
    """A cell as it may stand in a CSV that a spreadsheet opens."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restored(cells: pa.StringArray) -> pa.StringArray:
    """Cells as they were before `neutral`."""
    return pc.replace_substring_regex(cells, pattern=_GUARDED, replacement=r"\1")


def written(cells: pa.LargeStringArray, *, guard: bool = True) -> pa.LargeStringArray:
    """Cells as they stand in a CSV: made harmless, and quoted where they need it. guard=False: numbers of our own."""
    if guard:
        cells = pc.replace_substring_regex(cells, pattern=f"^('*{_CLASS})", replacement=r"'\1")
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
