"""What is wrong with a row: collected as data, never raised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass

import pandas as pd

FIELDS = ("row", "column", "given", "rule", "hint")


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be taken as it stands.

    row     line number in the file, counted from 1, header included
    column  our name of the column, or "" when the row as a whole is at fault
    given   the text as it stands in the file
    rule    what is allowed
    hint    what to do about it
    """

    row: int
    column: str
    given: str
    rule: str
    hint: str


def to_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """Problems as a table with the columns of `FIELDS`, one row each, in the order given."""
    return pd.DataFrame([asdict(problem) for problem in problems], columns=list(FIELDS))
