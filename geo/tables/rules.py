"""Rules and columns that several kinds of table share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from geo.arrays import Mask
from geo.errors import VagueError
from geo.parsing.admiralty import HINT, RULE, read_grade
from geo.safe_text import web_link
from geo.tables import checks
from geo.tables.findings import Message
from geo.tables.frame import Coded, Columns, texts
from geo.tables.mode_words import MODE_WORDS
from geo.tables.place_columns import Unplaced
from geo.tables.sites import no_places
from geo.tables.validator import Distinct, Sieve, combine

if TYPE_CHECKING:
    import geopandas as gpd

MODE = ("a mode is maritime, rail, road or air, or its number 1 to 4", "Leave it empty where mixed or not stated.")
IMO = (
    "an IMO number has 7 digits, the last of which checks the others",
    "Compare it with a ship register. The row is kept as it is.",
)
MMSI = ("an MMSI has 9 digits and begins with 2 to 7", "Compare it with a ship register. The row is kept as it is.")
LINK = (
    "a link is a whole address that begins with https:// or http://",
    "It is kept as text alone. Give the address without a user name, blanks or hidden signs.",
)
FUTURE = (
    "a reported shipment has already departed",
    "It departs after today. Check the year, the month and the day.",
)
TOO_LONG = (
    f"a leg takes at most {checks.LONGEST_VOYAGE} days",
    "It arrives much later than it departs. Check the years of both dates; if they are the ends of a period, say so.",
)
TOO_FAST = (
    "a leg takes as long as its distance needs",
    "It would be faster than its mode of transport allows. Check both dates, both places and the mode.",
)
REPEATED = "each row appears once"
SAID_AGAIN = "An earlier row says the same in every column, so it counts once. If there were two, say what differs."
KEPT_AGAIN = "An earlier row says the same in every column. Both are kept."
TOLD_AGAIN = (
    "a movement is told once",
    "An earlier row may tell of the same one. It counts once, and high holds both, until you say same or separate.",
)
TOTAL = (
    "a total row is not data",
    "This one repeats the sum of the rows above it, so it is not counted again. Nothing needs to be done.",
)
NO_TOTAL = (
    TOTAL[0],
    "It looks like a total row, but its figure is not the sum of the rows above. Leave it out, or name its place.",
)
UNCHECKED = (
    TOTAL[0],
    "It looks like a total row, and cannot be checked: its figure, or one above it, could not be read. Leave it out.",
)
LONGEST_TOTAL_WORD = 60
"""A longer cell is prose, whatever word is in it."""


def modes(sieve: Sieve) -> Coded:
    """UN/ECE Rec 19 modes, 0 where not stated; others set their row aside."""
    cells = sieve.distinct("mode")
    numbers = np.array([MODE_WORDS.get(text.casefold(), -1) for text in cells.texts()], np.int8)
    sieve.judge("mode", cells.codes, dict.fromkeys(np.flatnonzero(numbers < 0).tolist(), MODE))
    return Coded(numbers, cells.codes)


def links(sieve: Sieve, column: str) -> None:
    """Warns of what is no link."""
    sieve.check(column, lambda text: web_link(text) is not None, LINK)


def rest(sieve: Sieve, schema: Mapping[str, str]) -> dict[str, Coded]:
    """The columns of text that the file has, as they stand."""
    return {name: texts(sieve.distinct(name)) for name, dtype in schema.items() if dtype == "str" and name in sieve}


def unique(sieve: Sieve, column: str, rule: str) -> None:
    """Sets rows aside whose text an earlier row has."""
    cells = sieve.distinct(column)
    filled = np.flatnonzero(~cells.empty[cells.codes]) if len(cells.codes) else np.zeros(0, np.int64)
    _, first = np.unique(cells.codes[filled], return_index=True)
    again = np.ones(len(filled), bool)
    again[first] = False
    sieve.find(filled[again], column, (rule, "An earlier row has the same; give this one another."))


def repeated(sieve: Sieve, ours: Collection[str]) -> Mask:
    """Warns of kept rows that are the same in every column of the file as an earlier row; but for ours. Gives them."""
    columns = [column for name, column in sieve.sheet.columns.items() if name not in ours]
    if not columns or not len(sieve):
        return np.zeros(len(sieve), bool)
    again: Mask = checks.repeated([column.indices.to_numpy() for column in columns]) & ~sieve.bad
    counted_once = sieve.mapping.kind in ("legs", "totals")
    sieve.find(again, "", (REPEATED, SAID_AGAIN if counted_once else KEPT_AGAIN), "warning")
    return again


def total_rows(sieve: Sieve, column: str, figures: Coded) -> None:
    """Rows that repeat the sum of those above are set aside for that, and for nothing else; so are other total rows.

    Such a row names no place that is one: it says "total" in a cell, or nothing at all but its figure.
    """
    if not sieve.bad.any():
        return
    marked = _says_total(sieve, column)
    if not marked.any():
        return
    numbers = figures.at(slice(None)).astype(np.float64)
    sums = checks.sums_of_above(marked, numbers) & marked
    sieve.pardon(sums)
    sieve.find(sums, column, TOTAL)
    _other_totals(sieve, column, marked & ~sums, np.isnan(numbers))


def _other_totals(sieve: Sieve, column: str, marked: Mask, unread: Mask) -> None:
    """Rows that name a total for a place, and repeat no sum that is known, are set aside for that alone.

    marked: rows that say "total" somewhere. unread: rows without a figure, n.
    """
    cells = sieve.distinct(column)
    unread = unread & ~cells.empty[cells.codes]
    above = np.maximum.accumulate(unread | _broken_before(sieve))
    for end in ("origin", "destination"):
        places = sieve.distinct(end)
        says = np.array([text in sieve.called_totals for text in places.texts()], bool)
        rows = marked & says[places.codes]
        marked = marked & ~rows
        sieve.pardon(rows)
        sieve.find(rows & above, end, UNCHECKED)
        sieve.find(rows & ~above, end, NO_TOTAL)


def _broken_before(sieve: Sieve) -> Mask:
    """Rows with a broken row right above them that has any figure: nobody knows what it counts."""
    before = np.zeros(len(sieve), bool)
    lines = [each.line for each in sieve.sheet.broken if any(mark.isdigit() for cell in each.cells for mark in cell)]
    rows = np.searchsorted(sieve.sheet.lines, lines)
    before[rows[rows < len(before)]] = True
    return before


def _says_total(sieve: Sieve, figure: str) -> Mask:
    """Rows set aside so far that say "total" in a cell, or nothing but their figure (bool, n)."""
    rows = np.flatnonzero(sieve.bad)
    word, silent = np.zeros(len(rows), bool), np.ones(len(rows), bool)
    for header, column in sieve.sheet.columns.items():
        used, codes = np.unique(column.indices.to_numpy()[rows], return_inverse=True)
        cells = pc.utf8_trim_whitespace(column.dictionary.take(pa.array(used))).to_pylist()
        says = np.array([len(each) <= LONGEST_TOTAL_WORD and checks.is_total_word(each) for each in cells], bool)
        word |= says[codes]
        if sieve.headers.get(figure) != header:
            silent &= np.array([not each for each in cells], bool)[codes]
    marked = np.zeros(len(sieve), bool)
    marked[rows[word | silent]] = True
    return marked


Halves = tuple[str, str]
COLUMNS = ("reliability", "credibility", "grade")
"""Where a grade may stand; the first that says a half of it is believed, but for the number of "reliability" and the
letter of "credibility", which are believed last."""
CLASH = (
    "a grade is the same wherever a row says it",
    "The columns reliability and credibility count. Correct one of them, or empty grade.",
)


def grades(sieve: Sieve) -> dict[str, Coded]:
    """The columns reliability ("A" to "F" or "") and credibility ("1" to "6" or ""); none where the file has none.

    What is no grade costs no row: it counts as not graded, and is listed as a warning with the text as given.
    """
    if not any(name in sieve for name in COLUMNS):
        return {}
    cells = [sieve.distinct(name) for name in COLUMNS]
    letters, numbers, both = (_read(sieve, name, each) for name, each in zip(COLUMNS, cells, strict=True))
    first, *more = ((each.codes, len(each.values)) for each in cells)
    (letter, number, whole), codes = combine(first, *more)
    reliability, credibility, clashes = [], [], []
    for at, (one, two, three) in enumerate(zip(letter.tolist(), number.tolist(), whole.tolist(), strict=True)):
        said = [letters[one][0], both[three][0], numbers[two][0]], [numbers[two][1], both[three][1], letters[one][1]]
        reliability.append(next(filter(None, said[0]), ""))
        credibility.append(next(filter(None, said[1]), ""))
        if any(len(set(filter(None, half))) > 1 for half in said):
            clashes.append(at)
    where = "grade" if "grade" in sieve else "credibility"
    sieve.judge(where, codes, dict.fromkeys(clashes, CLASH), "warning")
    return {"reliability": _coded(reliability, codes), "credibility": _coded(credibility, codes)}


def _read(sieve: Sieve, column: str, cells: Distinct) -> list[Halves]:
    """Both halves that each distinct text of a column says, ("", "") for what is no grade; one where no row is."""
    found = sieve.memory.parsed("grade", cells.texts(), read_grade)
    wrong: dict[int, Message] = {at: (RULE, HINT) for at, each in enumerate(found) if isinstance(each, VagueError)}
    sieve.judge(column, cells.codes, wrong, "warning")
    return [("", "") if isinstance(each, VagueError) else each for each in found] or [("", "")]


def _coded(halves: list[str], codes: np.ndarray) -> Coded:
    values = pa.array(halves, pa.large_string()).dictionary_encode()
    return Coded(values.dictionary, values.indices.to_numpy()[codes] if len(codes) else codes)


@dataclass(frozen=True, slots=True, eq=False)
class TableColumns:
    """The table to be, what makes the file's own places (as `PLACE_TABLE`), and the texts that lead to no place,
    or to one of several that is preferred."""

    columns: Columns
    own_places: Callable[[], gpd.GeoDataFrame] = no_places
    unplaced: tuple[Unplaced, ...] = ()
    preferred: tuple[Unplaced, ...] = ()
