"""Lines of column names -> one name a column, no two alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pyarrow as pa

from geo.files import formulas
from geo.files.cell_kinds import is_unit
from geo.files.column_builder import blank_texts
from geo.matching.mapping import header_key


def names_of(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """The names of `width` columns, from one or several rows of cells that are joined by a space.

    A name over several columns stands in the first of them alone, as in a workbook's merged cells: in all rows but the
    last, an empty cell takes the name to its left. "column 3" for a third without a name, "port (2)" for a second port.
    """
    parts: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        left = ""
        for column in range(width):
            cell = _plain(row[column]) if column < len(row) else ""
            if number < len(rows) - 1:
                cell = left = cell or left
            if cell and cell not in parts[column][-1:]:
                parts[column].append(cell)
    return distinct([" ".join(part) for part in parts])


def lower_names(rows: Sequence[Sequence[str]], width: int) -> tuple[str, ...]:
    """The names of `width` columns without those of the groups above them; () where there are no groups."""
    named = len(rows)
    while named > 1 and all(is_unit(cell) for cell in rows[named - 1] if cell.strip()):
        named -= 1
    if named < 2:
        return ()
    below = rows[named - 1 :]
    columns = ((_plain(row[column]) for row in below if column < len(row)) for column in range(width))
    return tuple(" ".join(filter(None, cells)) for cells in columns)


def distinct(names: Sequence[str]) -> tuple[str, ...]:
    """The names, trimmed, with a number where one is empty or was there before; case and spaces aside."""
    taken = {header_key(name) for name in names if name.strip()}
    found: list[str] = []
    seen: set[str] = set()
    again: dict[str, int] = {}
    for number, name in enumerate(names, 1):
        own = name.strip() or f"column {number}"
        key = header_key(own)
        if key in seen or (not name.strip() and key in taken):
            again[key] = next(
                more for more in count(again.get(key, 1) + 1) if header_key(f"{own} ({more})") not in taken
            )
            own = f"{own} ({again[key]})"
        seen.add(header_key(own))
        taken.add(header_key(own))
        found.append(own)
    return tuple(found)


def _plain(cell: str) -> str:
    marked = cell[1:] if cell.startswith("'") and formulas.neutral(cell[1:]) == cell else cell
    return marked.strip()


def named_columns(names: Sequence[Sequence[str]], columns: Sequence[pa.DictionaryArray]) -> int:
    """How many columns there are without those at the end that have neither a name nor a text in any row."""
    many = len(columns)
    while names and many > 1 and not any(row[many - 1].strip() for row in names if len(row) >= many):
        if not blank_texts(columns[many - 1].dictionary).all():
            break
        many -= 1
    return many
