"""Cells that a spreadsheet would run, made harmless and back again.

In a CSV that Waybill writes, a cell that begins with one of `MARKS` gets an apostrophe before it, and so does a cell
that begins with apostrophes and then one of them. On reading, that one apostrophe is taken off again, so that a file
written here reads back as it was. (The characters are those that OWASP's page on CSV injection names.)
"""

from __future__ import annotations

import re

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_CLASS = "[=+@\\t\\r\\n＝＋－＠-]"
_DANGEROUS = re.compile(f"'*{_CLASS}")
_GUARDED = f"^'('*{_CLASS})"


def neutral(cell: str) -> str:
    """A cell as it may stand in a CSV that a spreadsheet opens."""
    return f"'{cell}" if _DANGEROUS.match(cell) else cell


def restored(cells: pa.StringArray) -> pa.StringArray:
    """Cells as they were before `neutral`."""
    return pc.replace_substring_regex(cells, pattern=_GUARDED, replacement=r"\1")


def to_csv(frame: pd.DataFrame) -> str:
    """A table of text as CSV, every cell and column name made harmless."""
    harmless = frame.astype("str").map(neutral)
    harmless.columns = pd.Index([neutral(str(name)) for name in frame.columns])
    return harmless.to_csv(index=False, lineterminator="\n")
