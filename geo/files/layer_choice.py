"""Which of a workbook's sheets is read where nobody chose: a cover may come before the table."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from geo.files.column_names import lower_names, names_of
from geo.files.detect.header_row import Row, find_header
from geo.matching import score
from geo.matching.mapping import OURS, ColumnMap, missing
from geo.matching.spellings import USUAL
from geo.matching.synonyms import ORDER, known_as

_THROUGH = 20
"""So many sheets are looked at: a book with more has one table spread over all of them."""
_SHOWN = 5
_USUAL = USUAL - 100 * ORDER
WHOLE, SOME, NOTHING = 2, 1, 0


def first_with_names(choices: Sequence[str], rows_of: Callable[[str], Sequence[Row]]) -> tuple[str, str]:
    """(the first sheet whose names say most, why). rows_of: sheet -> its first rows that have text.

    Names that give all that is required say most, two or more known names say something.
    """
    if len(choices) < 2:
        return next(iter(choices), ""), "It is the workbook's only sheet."
    best, most = choices[0], NOTHING
    for name in choices[:_THROUGH]:
        worth = names_say(rows_of(name))
        if worth > most:
            best, most = name, worth
        if most == WHOLE:
            break
    why = "is the first sheet" if best == choices[0] else "is the first sheet whose names we know"
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
