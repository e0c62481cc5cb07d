"""A table of marked-up text, cell by cell: those that reach over several rows or columns keep their room."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from geo.errors import DialectError, TooLarge
from geo.files import limits
from geo.files.child import main
from geo.files.child.main import Answer, Request
from geo.files.merged_cells import Range

_BATCH = 2_000
_WIDEST, _DEEPEST = 1_000, 65_534
"""Columns and rows that a cell may reach over (WHATWG, HTML, 4.9.11)."""
_MOST_COLUMNS, _MOST_ROWS = 16_384, 1_048_576
"""Of a sheet of Excel."""


class Table:
    """rows: the texts of the cells, by row. merged: the cells that reach further than one, as `merged_cells.Range`."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: list[list[str]] = []
        self.merged: list[Range] = []
        self.width = 0
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._spans = (1, 1)
        self._at: int | None = None
        self._taken: dict[int, int] = {}
        """Column -> so many further rows that a cell above reaches into."""

    def begin_row(self) -> None:
        """The row before it ends, whether or not that was said."""
        self.end_row()
        self._row = []

    def begin_cell(self, columns: int, rows: int, at: int | None = None) -> None:
        """rows: 0 for all that follow. at: the column from 0 where it is told, else the next that has room."""
        self.end_cell()
        if self._row is None:
            self._row = []
        self._at = at
        self._spans = (min(max(columns, 1), _WIDEST), min(rows, _DEEPEST) or _DEEPEST)
        self._cell = []

    def add(self, text: str) -> None:
        """Text within a cell; what stands between cells is not shown in the table."""
        if self._cell is not None:
            self._cell.append(text)

    def end_cell(self) -> None:
        """Sets the cell where there is room in its row."""
        if self._cell is None or self._row is None:
            return
        lines = (" ".join(line.split()) for line in "".join(self._cell).split("\n"))
        text, (columns, rows) = "\n".join(filter(None, lines)), self._spans
        self._cell = None
        self._pass_taken() if self._at is None else self._pad(self._at)
        left, top = len(self._row), len(self.rows)
        self._row += [text] + [""] * (columns - 1)
        if columns > 1 or rows > 1:
            self.merged.append((top, left, top + rows - 1, left + columns - 1))
        if rows > 1:
            self._taken |= dict.fromkeys(range(left, left + columns), rows)
        self._check()

    def _pass_taken(self) -> None:
        while self._row is not None and self._taken.get(len(self._row), 0) > 0:
            self._row.append("")

    def _pad(self, column: int) -> None:
        if self._row is not None:
            self._row += [""] * (min(column, _MOST_COLUMNS) - len(self._row))

    def skip_to_row(self, row: int) -> None:
        """The next row is this one, from 0; those before it that are not written are empty."""
        self.end_row()
        self.rows += [[] for _ in range(min(row, _MOST_ROWS) - len(self.rows))]

    def end_row(self) -> None:
        """Sets the row below the others, where it has cells."""
        self.end_cell()
        if self._row is None:
            return
        self._pass_taken()
        self.rows.append(self._row)
        self.width = max(self.width, len(self._row))
        self._row = None
        self._taken = {column: rows - 1 for column, rows in self._taken.items() if rows > 1}

    def end(self) -> None:
        """The last row ends, and no cell reaches further than that."""
        self.end_row()
        self._check()
        last = len(self.rows) - 1
        self.merged = [(top, left, min(bottom, last), right) for top, left, bottom, right in self.merged]

    def _check(self) -> None:
        cells = (len(self.rows) + 1) * max(self.width, len(self._row or ()))
        if cells > limits.SHEET_CELLS:
            what = "the cells of a table, each as wide as it says"
            raise TooLarge("", what, f"{cells:,}", f"{limits.SHEET_CELLS:,}")


def by_name(tables: Iterable[Table]) -> dict[str, Table]:
    """Tables by their names, with a number behind a name that one before has."""
    found: dict[str, Table] = {}
    turns: Counter[str] = Counter()
    for table in tables:
        name = table.name
        while name in found:
            turns[table.name] += 1
            name = f"{table.name} ({turns[table.name] + 1})"
        found[name] = table
    return found


def answers_of(tables: Mapping[str, Table], request: Request) -> Iterator[Answer]:
    """What `child.workbook.answers` would give of a workbook of these tables. Raises DialectError."""
    if "sheets" in request:
        yield main.JSON, list(tables)
        return
    wanted = str(request.get("rows", request.get("merged")))
    if wanted not in tables:
        raise DialectError("sheet", wanted, f"the file has {', '.join(map(repr, tables))}")
    if "merged" in request:
        yield main.JSON, tables[wanted].merged
        return
    rows, width = tables[wanted].rows[: request.get("most")], tables[wanted].width
    for at in range(0, len(rows), _BATCH):
        batch = (row + [""] * (width - len(row)) for row in rows[at : at + _BATCH])
        yield main.JSON, list(enumerate(batch, at + 1))
