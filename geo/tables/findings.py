"""What is found wrong while a sheet is read, kept as arrays, and made into `Problems` once all rows are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from geo.arrays import Codes, Ints, Mask
from geo.problems import Problems, Severity
from geo.sheet import Sheet

Message = tuple[str, str]
"""A rule and a hint."""
BETWEEN = ","
"""Cells of a broken row are shown with this between them."""


@dataclass(frozen=True, slots=True, eq=False)
class Finding:
    """m rows at fault in one column. which: for each of them the number of its message."""

    rows: Ints
    column: str
    severity: Severity
    messages: Sequence[Message]
    which: Codes

    def without(self, rows: Mask) -> Finding:
        """The same but for some of the sheet's rows (bool, n)."""
        stay = ~rows[self.rows]
        if stay.all():
            return self
        return Finding(self.rows[stay], self.column, self.severity, self.messages, self.which[stay])


def to_problems(
    found: Sequence[Finding], sheet: Sheet, headers: Mapping[str, str], fixed: Mapping[str, str]
) -> Problems:
    """All findings and broken rows in the order of the file's lines; of one line in the order they were found.

    headers: our column -> the header whose cells are given; fixed: our column -> the text that all rows have.
    """
    broken = sheet.broken
    begins = [np.array([each.line for each in broken], np.int64)]
    lines = np.concatenate([*(sheet.lines[each.rows] for each in found), *begins])
    order = np.argsort(lines, kind="stable")
    given = [_given(each, sheet, headers, fixed) for each in found]
    given.append(pa.array([BETWEEN.join(each.cells) for each in broken], pa.large_string()).dictionary_encode())
    counts = [*(len(each.rows) for each in found), len(broken)]
    columns = {
        "column": _repeated([*(each.column for each in found), ""], counts),
        "given": _categories(given),
        "rule": _messages(found, [each.rule for each in broken], 0),
        "hint": _messages(found, [each.hint for each in broken], 1),
        "severity": _repeated([*(each.severity for each in found), "set aside"], counts),
    }
    return Problems(pd.DataFrame({"row": lines[order], **{name: each[order] for name, each in columns.items()}}))


def _given(found: Finding, sheet: Sheet, headers: Mapping[str, str], fixed: Mapping[str, str]) -> pa.DictionaryArray:
    """The cells as they stand in the file, with no more texts than these rows have."""
    column = sheet.columns.get(headers.get(found.column, ""))
    if column is None:
        text = pa.array([fixed.get(found.column, "")], pa.large_string())
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(len(found.rows), np.int32)), text)
    used, codes = np.unique(column.indices.to_numpy()[found.rows], return_inverse=True)
    texts = column.dictionary.take(pa.array(used)).cast(pa.large_string())
    return pa.DictionaryArray.from_arrays(pa.array(codes.astype(np.int32)), texts)


def _categories(parts: Sequence[pa.DictionaryArray]) -> pd.Categorical:
    chunks = pa.chunked_array(parts).unify_dictionaries().chunks
    codes = np.concatenate([each.indices.to_numpy() for each in chunks])
    return pd.Categorical.from_codes(codes, pd.Index(chunks[0].dictionary.to_pandas(), dtype="str"))


def _repeated(texts: Sequence[str], counts: Sequence[int]) -> pd.Categorical:
    different = list(dict.fromkeys(texts))
    codes = np.repeat([different.index(text) for text in texts], counts)
    return pd.Categorical.from_codes(codes, pd.Index(different, dtype="str"))


def _messages(found: Sequence[Finding], broken: Sequence[str], part: int) -> pd.Categorical:
    """The rules (part 0) or hints (part 1) of all findings, and those of the broken rows."""
    number: dict[str, int] = {}
    codes = []
    for each in found:
        own = [number.setdefault(message[part], len(number)) for message in each.messages]
        codes.append(np.array(own, np.int32)[each.which])
    codes.append(np.array([number.setdefault(text, len(number)) for text in broken], np.int32))
    return pd.Categorical.from_codes(np.concatenate(codes), pd.Index(list(number), dtype="str"))
