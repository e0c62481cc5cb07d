"""Rows of cells that are apart already -> Sheet: what stands above the names, the names, and the rows below."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.decimals import decimal_of
from geo.evidence.intake.dialect import SAID, Dialect, Said
from geo.evidence.intake.gathering import Gathered
from geo.evidence.intake.headers import Row, find_header
from geo.evidence.intake.naming import lower_names, named_columns, names_of
from geo.evidence.intake.records import REPEATED_HINT, REPEATED_RULE
from geo.evidence.intake.shapes import filled
from geo.evidence.intake.sheet import Broken, Sheet

_ROWS_LOOKED_AT = 300
_BATCH = 10_000
Cells = Sequence[str]


def read_grid(
    rows: Iterable[tuple[int, Cells]],
    name: str,
    dialect: Dialect,
    said: Said | None = None,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """A Sheet of numbered rows of one width. said: look for the header and the decimal mark, but for these fields.

    Raises UnreadableFile, TooLarge, DialectError. The sheet has no sha256 yet.
    """
    rows = iter(rows)
    first = list(islice(rows, max(_ROWS_LOOKED_AT, _depth(dialect, said))))
    width = max((len(cells) for _, cells in first), default=0)
    if not any(filled(cells) for _, cells in first) or not width:
        raise UnreadableFile(name, "is empty", "A table begins with a line of column names.")
    if width > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{width:,}", f"{limits.COLUMNS:,}")
    reasons: dict[str, str] = {}
    if said is not None:
        dialect, reasons = _detected(first, dialect, said)
    begin, stop = dialect.header_line, dialect.header_line + dialect.header_lines
    if not any(line >= begin for line, _ in first):
        raise DialectError("header_line", str(begin), f"the sheet has {first[-1][0]} rows")
    names = [list(cells) for line, cells in first if begin <= line < stop] if begin else []
    if begin and not any(mark.isalnum() for row in names for cell in row for mark in cell):
        raise UnreadableFile(name, "has no line of column names", "Choose the line in which they stand.")
    above = (cells for line, cells in first if line < begin)
    preamble = tuple(" ".join(cell for cell in cells if cell.strip()) for cells in above if filled(cells))
    below = [(line, cells) for line, cells in first if not begin or line >= stop]
    gathered = Gathered(name, width)
    for batch in _batches(below, rows, at_most):
        watch()
        gathered.add_rows([cells for _, cells in batch], [line for line, _ in batch])
    sheet = _sheet_of_rows(name, dialect, names, gathered, at_most)
    return replace(sheet, preamble=preamble, reasons=reasons)


def _detected(first: list[tuple[int, Cells]], dialect: Dialect, said: Said) -> tuple[Dialect, dict[str, str]]:
    found = [Row(line, cells) for line, cells in first if filled(cells)]
    header = find_header(found)
    decimal, why = decimal_of(cell for row in found for cell in row.cells)
    dialect = replace(dialect, header_line=header.line, header_lines=header.lines, decimal=decimal)
    reasons = {"header_line": header.reason, "decimal": why}
    return dialect.told(said), {**reasons, **{field: SAID for field in said if field in reasons}}


def _depth(dialect: Dialect, said: Said | None) -> int:
    """The last row that its names may stand in."""
    return dialect.header_line + dialect.header_lines + int((said or {}).get("header_line", 0))


def _batches(
    first: list[tuple[int, Cells]], rows: Iterator[tuple[int, Cells]], at_most: int | None
) -> Iterator[list[tuple[int, Cells]]]:
    yield first
    taken = len(first)
    while (at_most is None or taken <= at_most) and (batch := list(islice(rows, _BATCH))):
        taken += sum(filled(cells) > 0 for _, cells in batch) if at_most is not None else 0
        yield batch


def _sheet_of_rows(name: str, dialect: Dialect, names: list[list[str]], gathered: Gathered, at_most: int | None) -> Sheet:
    columns, lines, again, which = gathered.finish(names, restore=False)
    broken = tuple(
        Broken(line, tuple(names[number]), REPEATED_RULE, REPEATED_HINT)
        for line, number in zip(again.tolist(), which.tolist(), strict=True)
    )
    if at_most is not None and len(lines) > at_most:
        broken = tuple(each for each in broken if each.line < lines[at_most])
        columns, lines = [column[:at_most] for column in columns], lines[:at_most]
    columns = columns[: named_columns(names, columns)]
    header = names_of(names, len(columns))
    by_name, lower = dict(zip(header, columns, strict=True)), lower_names(names, len(columns))
    return Sheet(name, "", dialect, header, by_name, lines, broken, lower=lower)
