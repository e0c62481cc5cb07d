"""What is wrong with a row: collected as data, never raised."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Literal, cast, overload

import pandas as pd

Severity = Literal["set aside", "warning"]
FIELDS = ("row", "column", "given", "rule", "hint", "severity")


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that could not be taken as it stands, or that is taken with a warning.

    row       line number in the file, counted from 1, header included
    column    our name of the column, or "" when the row as a whole is at fault
    given     the text as it stands in the file
    rule      what is allowed
    hint      what to do about it
    severity  "set aside": the row is not in the table; "warning": it is, and somebody should look at it
    """

    row: int
    column: str
    given: str
    rule: str
    hint: str
    severity: Severity = "set aside"


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """The problems of one rule in one column. examples: up to five different texts given, the most frequent first."""

    rule: str
    column: str
    severity: Severity
    count: int
    examples: tuple[str, ...]
    hint: str


EXAMPLES = 5


class Problems(Sequence[Problem]):
    """Problems in the order of their rows, kept as columns: a bad file may have millions.

    `frame` has the columns of `FIELDS`, row int64, the others texts (categories where few differ).
    """

    __slots__ = ("frame",)

    def __init__(self, frame: pd.DataFrame) -> None:
        self.frame = frame[list(FIELDS)].reset_index(drop=True)

    @staticmethod
    def of(problems: Iterable[Problem]) -> Problems:
        """The same from single problems, in the order given."""
        return Problems(to_frame(problems))

    def __len__(self) -> int:
        return len(self.frame)

    @overload
    def __getitem__(self, index: int) -> Problem: ...
    @overload
    def __getitem__(self, index: slice) -> Problems: ...
    def __getitem__(self, index: int | slice) -> Problem | Problems:
        if isinstance(index, slice):
            return Problems(self.frame.iloc[index])
        row, column, given, rule, hint, severity = self.frame.iloc[index]
        return Problem(int(row), column, given, rule, hint, severity)

    def __iter__(self) -> Iterator[Problem]:
        columns = (self.frame[name].tolist() for name in FIELDS)
        return (Problem(*values) for values in zip(*columns, strict=True))

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, Sequence)
            and len(self) == len(other)
            and all(a == b for a, b in zip(self, other, strict=True))
        )

    def __hash__(self) -> int:
        return hash((len(self), *self.frame["row"].head(EXAMPLES)))

    def __repr__(self) -> str:
        return f"Problems({list(self[:EXAMPLES])!r}{' …' if len(self) > EXAMPLES else ''})"

    @property
    def set_aside(self) -> Problems:
        """Those whose rows are not in the table."""
        return Problems(self.frame[self.frame["severity"] == "set aside"])

    @property
    def warnings(self) -> Problems:
        """Those whose rows are kept."""
        return Problems(self.frame[self.frame["severity"] == "warning"])

    def groups(self) -> list[ProblemGroup]:
        """By rule and column: what costs rows first, then the most frequent first."""
        found = []
        for (severity, rule, column), part in self.frame.groupby(
            ["severity", "rule", "column"], observed=True, sort=False
        ):
            # As text: of a category, value_counts would name the values of other groups too, with a count of zero.
            examples = tuple(part["given"].astype("str").value_counts().index[:EXAMPLES])
            found.append(
                ProblemGroup(
                    str(rule), str(column), cast("Severity", severity), len(part), examples, str(part["hint"].iloc[0])
                )
            )
        return sorted(found, key=lambda group: (group.severity != "set aside", -group.count, group.rule, group.column))


def to_frame(problems: Iterable[Problem]) -> pd.DataFrame:
    """Problems as a table with the columns of `FIELDS`, one row each, in the order given."""
    frame = pd.DataFrame([asdict(problem) for problem in problems], columns=list(FIELDS))
    return frame.astype({"row": "int64", **dict.fromkeys(FIELDS[1:], "str")})
