"""The cells of a file as text, each row with the number of the line that it begins on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.evidence.intake.dialect import Dialect

Lines = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Broken:
    """A row whose cells stand under no header: its line, what stands there, what is allowed, and what to do."""

    line: int
    cells: tuple[str, ...]
    rule: str
    hint: str


@dataclass(frozen=True, slots=True, eq=False)
class Sheet:
    """n rows under a header, and the broken rows beside them. Rows read = n + len(broken).

    file      its name, for reading by people alone
    sha256    of the bytes as given
    dialect   how it was read
    reasons   field of the dialect -> why it was taken to be so, in a sentence; only what was detected
    choices   names of the workbook's sheets or the geopackage's layers; () for other forms
    preamble  the lines above the header, as they stand in the file
    header    the names as they stand in the file, trimmed; "column 3" for a third without a name, "port (2)" for
              the second of one name: no two are equal, upper and lower case and spaces aside
    lower     the names without those of the groups that stand above them, one a column; () where there are no groups
    columns   header -> n texts as a DictionaryArray<int32, string>: cells as they stand in the file, not trimmed, no
              nulls, and no two entries of a dictionary equal
    lines     n line numbers from 1, rising; the row number for workbooks, the feature's number + 1 for the others
    broken    rows with too few or too many cells, open quotes, repeated headers, footers: set aside, never dropped
    """

    file: str
    sha256: str
    dialect: Dialect
    header: tuple[str, ...]
    columns: Mapping[str, pa.DictionaryArray]
    lines: Lines
    broken: tuple[Broken, ...] = ()
    preamble: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    choices: tuple[str, ...] = ()
    lower: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.lines)
