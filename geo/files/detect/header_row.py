"""Where the names of a table's columns stand: above the rows, below a title, or nowhere."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import lt

from geo.files.column_names import filled, header_words, is_rule, is_unit, is_value, known_names, lower_names, names_of
from geo.matching import score
from geo.matching.mapping import OURS, ColumnMap, header_key, missing
from geo.matching.spellings import USUAL
from geo.matching.synonyms import ORDER, known_as

_LOOKED_AT = 60
_BELOW = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A row that has text: the line it begins on, how many lines it takes, and its cells."""

    line: int
    cells: Sequence[str]
    lines: int = 1


@dataclass(frozen=True, slots=True)
class Header:
    """`Dialect.header_line` and `header_lines`, and why."""

    line: int
    lines: int
    reason: str


def find_header(rows: Sequence[Row]) -> Header:
    """Where the column names stand in the first rows of a table."""
    if not rows:
        return Header(1, 1, "There is nothing else in the file.")
    known = [known_names(row.cells) for row in rows[:_LOOKED_AT]]
    at = known.index(max(known))
    group = _group_above(rows, at)
    if (known[at] >= 2 and group is None) or (known[at] == 1 and filled(rows[at].cells) == 1 and at == 0):
        return _with_more(rows, at, f"Line {rows[at].line} holds {known[at]} of our own column names.")
    width = usual_width(rows)
    at = next((number for number, row in enumerate(rows[:_LOOKED_AT]) if _is_full(row, width)), 0)
    group = group if group is not None else _group_above(rows, at)
    if group is not None:
        reason = f"Line {rows[group].line} names groups of the columns that line {rows[group + 1].line} names."
        return _with_more(rows, group + 1, reason, rows[group].line)
    if _is_data(rows, at):
        return Header(0, 1, f"Line {rows[at].line} looks like the rows below it, so no line names the columns.")
    return _with_more(
        rows, at, f"Line {rows[at].line} is the first with {width} cells, and it holds names, not values."
    )


def usual_width(rows: Sequence[Row]) -> int:
    """How many cells most rows have, counted to the last that is filled in any of them."""
    widths = Counter(len(row.cells) for row in rows[:_BELOW])
    most = max(widths, key=lambda width: (widths[width], width))
    same = [row.cells for row in rows[:_BELOW] if len(row.cells) == most]
    return max((number for cells in same for number, cell in enumerate(cells, 1) if cell.strip()), default=most)


def _is_full(row: Row, width: int) -> bool:
    """Whether a row reaches over the table: a title above it fills one cell, or few."""
    return len(row.cells) >= width and filled(row.cells) >= max(min(2, width), (width + 1) // 2)


def _group_above(rows: Sequence[Row], at: int) -> int | None:
    """The row of a two-row header that names groups: it has gaps or repeats, and the next one has names throughout.

    Or the next one divides some of its columns, see `_divides`.
    """
    for number in range(max(at - 1, 0), min(at + 1, len(rows) - 1)):
        above, below = rows[number], rows[number + 1]
        if _divides(above, below, rows[number + 2 : number + 7]):
            return number
        groups = [header_key(cell) for cell in above.cells if cell.strip()]
        names = [cell for cell in below.cells if cell.strip()]
        gaps = len(groups) < len(names) or len(set(groups)) < len(groups)
        text = not any(is_value(cell) for cell in [*groups, *names])
        if text and gaps and len(groups) >= 2 and below.line == above.line + above.lines and _reach(above, below):
            words = header_words(below.cells)
            if (
                words >= 2
                and words * 2 >= len(names)
                and len(names) * 2 >= len(below.cells)
                and _typed_below(rows, number + 1)
            ):
                return number
    return None


_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
"""Above its months a year is a name."""


def _divides(above: Row, below: Row, rows: Sequence[Row]) -> bool:
    """Whether a row names the parts of some columns that the row above names, and leaves room below the others.

    So workbooks are headed whose names reach over two rows: From, To, Cargo, "" above "", "", Containers, Ship.
    """
    if below.line != above.line + above.lines or not _reach(above, below):
        return False
    gaps = {column for column, cell in enumerate(above.cells) if not cell.strip()}
    parts = {column for column, cell in enumerate(below.cells) if cell.strip()}
    first = {column for column in parts - gaps if column + 1 in gaps}
    whole = len(above.cells) - len(gaps) - len(first)
    names = [*(cell for cell in above.cells if not _YEAR.fullmatch(cell.strip())), *below.cells]
    if any(is_value(cell) for cell in names if cell.strip()) or not gaps or whole < 1 or parts != gaps | first:
        return False
    typed = any(is_value(row.cells[column]) for row in rows for column in parts if column < len(row.cells))
    return typed or header_words(below.cells) * 2 >= len(parts)


def _reach(above: Row, below: Row) -> bool:
    return len(above.cells) == len(below.cells)


def _typed_below(rows: Sequence[Row], at: int) -> bool:
    """Whether the rows below hold values, which names are not."""
    return any(is_value(cell) for row in rows[at + 1 : at + 6] for cell in row.cells)


def _is_data(rows: Sequence[Row], at: int) -> bool:
    """Whether the first full row looks like those below it: it holds values, or texts that come again, and no names."""
    first, below = rows[at], rows[at + 1 : at + 1 + _BELOW]
    if header_words(cell for column, cell in enumerate(first.cells) if not _has_words(below, column)):
        return False
    values = [is_value(cell) for cell in first.cells]
    if _are_periods([cell.strip() for cell, is_one in zip(first.cells, values, strict=True) if is_one]) and not all(
        values
    ):
        return False
    if not below:
        return sum(values) * 2 > filled(first.cells)
    typed = again = named = 0
    for column, cell in enumerate(first.cells):
        others = [row.cells[column].strip() for row in below if column < len(row.cells)]
        share = sum(map(is_value, others)) / max(filled(others), 1)
        if cell.strip() and share > 0.6:
            typed += values[column]
            named += not values[column]
        elif cell.strip():
            again += cell.strip() in others
    return named == 0 and typed + again > 0


_PERIOD = re.compile(r"(?:19|20)[0-9]{2}|(?:19|20)[0-9]{2}-[0-9]{2}(?:-01)?")


def _are_periods(cells: Sequence[str]) -> bool:
    """Whether values are several years, or several months, each later than the one before: names of columns."""
    return len(cells) > 1 and all(map(_PERIOD.fullmatch, cells)) and all(map(lt, cells, cells[1:]))


def _has_words(rows: Sequence[Row], column: int) -> bool:
    """Whether most cells of a column hold words for names: ships called "Vessel 1", "Vessel 2"."""
    cells = [row.cells[column] for row in rows if column < len(row.cells)]
    return header_words(cells) * 2 > len(cells)


def _with_more(rows: Sequence[Row], at: int, reason: str, begins: int = 0) -> Header:
    """The header in row `at`, and the line of units below it where there is one. begins: on which line, if above."""
    row = rows[at]
    begins = begins or row.line
    lines = row.line + row.lines - begins
    if at + 1 < len(rows):
        below = rows[at + 1]
        next_to = below.line == row.line + row.lines
        if next_to and is_rule(below.cells):
            return Header(begins, lines + below.lines, f"{reason} Line {below.line} only draws a line below them.")
        if next_to and filled(below.cells) <= filled(row.cells) and _is_unit_line(rows, at + 1):
            return Header(begins, lines + below.lines, f"{reason} Line {below.line} holds units.")
    return Header(begins, lines, reason)


def _is_unit_line(rows: Sequence[Row], at: int) -> bool:
    """Whether a row holds units, most of them known to us and the others above numbers or dates.

    A column of "-" or "TEU" has units in every row: where rows below repeat the cells, they are no line of units.
    """
    cells = {column: cell.strip() for column, cell in enumerate(rows[at].cells) if cell.strip()}
    below = rows[at + 1 : at + 6]
    strange = [column for column, cell in cells.items() if not is_unit(cell)]
    if not below or len(strange) * 2 > len(cells) or any(is_value(cells[column]) for column in strange):
        return False
    if not all(is_value(row.cells[column]) for row in below for column in strange if column < len(row.cells)):
        return False
    texts = set(cells.values())
    return all(len(texts & {cell.strip() for cell in row.cells}) < len(texts) for row in below)


_THROUGH = 20
"""So many sheets are looked at: a book with more has one table spread over all of them."""
_SHOWN = 5
_USUAL = USUAL - 100 * ORDER
WHOLE, SOME, NOTHING = 2, 1, 0


def first_with_names(
    choices: Sequence[str], rows_of: Callable[[str], Sequence[Row]], called: str = "sheet"
) -> tuple[str, str]:
    """(the first sheet whose names say most, why). rows_of: sheet -> its first rows that have text. called: what it is.

    Names that give all that is required say most, two or more known names say something.
    """
    if len(choices) < 2:
        return next(iter(choices), ""), f"It is the only {called}."
    best, most = choices[0], NOTHING
    for name in choices[:_THROUGH]:
        worth = names_say(rows_of(name))
        if worth > most:
            best, most = name, worth
        if most == WHOLE:
            break
    why = f"is the first {called}" if best == choices[0] else f"is the first {called} whose names we know"
    return best, f"“{best}” {why}; {others(choices, best)}."


def names_say(rows: Sequence[Row]) -> int:
    """How much the column names of these rows say: WHOLE, SOME or NOTHING."""
    header = find_header(rows)
    if not header.line:
        return NOTHING
    names = [row.cells for row in rows if header.line <= row.line < header.line + header.lines]
    width = max((len(cells) for cells in names), default=0)
    lower = lower_names(names, width)
    headers = list(names_of(names, width))
    most = NOTHING
    for kind in OURS:
        parts = score.spelt(headers, dict(zip(headers, lower, strict=False)), kind).values()
        known = {found[0].column for part in parts if (found := known_as(part, kind)) and found[0].strength > _USUAL}
        whole = not missing(ColumnMap(kind, {column: column for column in known}))
        most = max(most, WHOLE if whole else SOME if len(known) > 1 else NOTHING)
    return most


def others(choices: Sequence[str], taken: str) -> str:
    """ "the others are “Cover” and “Notes”": the sheets or layers that are not read."""
    rest = [f"“{each}”" for each in choices if each != taken]
    more = len(rest) - _SHOWN
    shown = [*rest[:_SHOWN], f"{more:,} more"] if more > 0 else rest
    return f"the other is {shown[0]}" if len(shown) == 1 else f"the others are {', '.join(shown[:-1])} and {shown[-1]}"
