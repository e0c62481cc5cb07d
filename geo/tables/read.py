"""Any file and a mapping -> a table and its problems. A bad cell sets its row aside; nothing is lost or guessed.

Rows read = rows kept + rows set aside. Row numbers are the file's line numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
import pandas as pd

from geo.arrays import Ints, Mask
from geo.errors import MissingColumns, Progress, UnitUnsaid, silent
from geo.files import formulas
from geo.files.read import Source, read_sheet
from geo.gazetteer.places import Places
from geo.matching import count_units
from geo.matching.mapping import OURS, ColumnMap, Fixes, check, codeless, fitted, missing, own_map
from geo.parsing.date_order import Decision
from geo.parsing.numbers import TwoWays, two_ways
from geo.problems import Problems
from geo.sheet import SAID, Dialect, Sheet
from geo.tables import accepted_rows, error_cells, rejected_rows, validator
from geo.tables.duplicates import retold_rows
from geo.tables.legs import legs
from geo.tables.place_columns import Unplaced
from geo.tables.places_events import events
from geo.tables.places_events import places as gazetteer
from geo.tables.rules import REPEATED, TOLD_AGAIN, TableColumns, repeated
from geo.tables.totals import totals
from geo.tables.validator import SLICE, Memory, Sieve

if TYPE_CHECKING:
    import geopandas as gpd

__all__ = [
    "KINDS",
    "Kind",
    "Reading",
    "Unplaced",
    "read",
    "take",
]

Kind = Literal["legs", "totals", "places", "events"]
KINDS = OURS
READ_SHARE = 0.6
"""Of the work, as progress tells it: the file's rows and cells; the rest is what they mean."""


@dataclass(frozen=True, eq=False)
class Reading:
    """What came of a file.

    file        its name, for reading by people alone
    kind        legs, totals, places or events
    sha256      of the file as given
    rows        rows read; rows == kept + len(set_aside)
    kept        rows in the table
    problems    every cell at fault, by line; warnings are about rows that are kept
    ignored     headers that are not used
    dialect     how the file was read
    reasons     why it was taken to be so, by field of the dialect
    preamble    the lines above the header
    mapping     as applied: with the date forms that were decided
    fixes       corrections by hand: line -> header -> text
    unplaced    texts that lead to no place, or to several; the most frequent first
    preferred   texts taken for the place that nearly everybody means by them, though others bear the name; its code is
                the first of the candidates
    undecided   our date columns in which nobody can tell day from month, or how else they are written
    doubts      those of them -> the forms of which somebody may choose one, and the reason
    contradictions  those of them whose values contradict each other -> how, in a sentence
    periods     our date columns whose dates stand for a week, month, quarter or year, as their headers say -> which
    unsure      figures of rows set aside that are one number with a decimal comma and another with a point, where
                nobody has said yet which it is; else None
    """

    file: str
    kind: Kind
    sha256: str
    rows: int
    kept: int
    problems: Problems
    ignored: tuple[str, ...]
    dialect: Dialect
    reasons: Mapping[str, str]
    preamble: tuple[str, ...]
    mapping: ColumnMap
    fixes: Fixes
    unplaced: tuple[Unplaced, ...]
    preferred: tuple[Unplaced, ...]
    undecided: tuple[str, ...]
    doubts: Mapping[str, Decision]
    contradictions: Mapping[str, str]
    periods: Mapping[str, str]
    unsure: TwoWays | None
    _source: _Source = field(repr=False)
    _made: TableColumns = field(repr=False)
    _sheet: Sheet = field(repr=False)

    @cached_property
    def table(self) -> pd.DataFrame:
        """The rows kept: a GeoDataFrame (EPSG:4326), or a DataFrame of events; columns as in `columns`.

        Made when first asked for. `tables` gives the same in parts, for files too large for one table.
        """
        return self._made.columns.whole()

    def tables(self, rows: int = SLICE) -> Iterator[pd.DataFrame]:
        """The table in parts, each made of `rows` rows of the file; an empty one where no row is kept."""
        return self._made.columns.frames(rows)

    @cached_property
    def own_places(self) -> gpd.GeoDataFrame:
        """Places (as `PLACE_TABLE`) that the file's coordinates, or answers in the mapping, made for rows kept."""
        return self._made.own_places()

    @cached_property
    def set_aside(self) -> pd.DataFrame:
        """The rows that are not in the table, text: line, why, and the file's own cells."""
        return rejected_rows.set_aside(self._sheet, self._bad, self.problems)

    def set_aside_csv(self) -> str:
        """The rows set aside as a CSV to mend and load again; cells that a spreadsheet would run are made harmless."""
        return formulas.to_csv(self.set_aside)

    def kept_csv(self) -> str:
        """The rows kept as a CSV in our own columns; read again it gives the same table, but for the line numbers."""
        return "".join(self.kept_parts())

    def kept_parts(self, rows: int = SLICE) -> Iterator[str]:
        """`kept_csv` in parts, each of `rows` rows of the file."""
        return accepted_rows.parts(self.kind, self._made.columns, self._sheet.lines, rows)

    @property
    def places(self) -> Places:
        """The gazetteer that it was read beside."""
        return self._source.places

    def cells(self, column: str, lines: Ints) -> list[str]:
        """What stands in the file under one of our columns, in these lines; "" where nothing does."""
        headers = {ours: header for header, ours in self.mapping.columns.items()}
        cells = self._sheet.columns.get(headers.get(column, ""))
        if cells is None:
            return [self.mapping.fixed.get(column, "")] * len(lines)
        at = np.minimum(np.searchsorted(self._sheet.lines, lines), len(self._sheet) - 1)
        return [str(cells[row].as_py()) for row in at.tolist()]

    def says(self, *columns: str) -> bool:
        """Whether any row, kept or set aside, has a text or a time in one of these columns of ours."""
        return self._made.columns.says(*columns)

    @property
    def repeats(self) -> Ints:
        """The lines of the rows kept that say the same in every column of the file as an earlier row."""
        return repeats(self.problems)

    def recheck(self, fixes: Fixes) -> Reading:
        """The same file with these corrections beside those made before; of two for one cell the later counts.

        Only texts that were not there before are parsed. What comes of it is what reading the file anew with
        all corrections gives. Raises MappingError for a line or header that is not there.
        """
        return _take(self._source, rejected_rows.merged(self.fixes, fixes), silent)

    @property
    def _bad(self) -> Mask:
        return self._made.columns.bad


@dataclass(frozen=True, slots=True, eq=False)
class _Source:
    """What a reading is made of: all that is needed to make it again with other fixes."""

    sheet: Sheet
    kind: Kind | None
    mapping: ColumnMap | None
    places: Places
    today: date
    memory: Memory


def read(  # noqa: PLR0913 -- all but the file by name; nothing of it is left out in silence
    file: Source,
    kind: Kind | None = None,
    *,
    places: Places | None = None,
    name: str | None = None,
    mapping: ColumnMap | None = None,
    dialect: Dialect | None = None,
    fixes: Fixes | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Reading:
    r"""A path, bytes or an open file -> Reading. The kind is told from the header where it is not given.

    places    the gazetteer in which places are looked up; ours where not given
    name      the file's name, where the file itself has none
    mapping   which header is which of our columns; our own names alone where not given
    dialect   how the file is written; detected where not given
    fixes     corrections by hand: line -> header -> text
    today     the day after which a departure lies in the future; UTC's where not given
    progress  is told the share done, and may raise Cancelled

    Raises UnreadableFile and its family, DialectError, MappingError.

    >>> import geo
    >>> file = b"from,to,depart,containers\nNajin,Vladivostok,2023-09-07,>1000\nNajin,Lyonesse,2023-09-08,5"
    >>> own = {"from": "origin", "to": "destination", "depart": "depart", "containers": "containers"}
    >>> reading = geo.read(file, mapping=geo.ColumnMap("legs", own))
    >>> reading.rows, reading.kept, len(reading.set_aside)
    (2, 1, 1)
    >>> reading.problems[0].row, reading.problems[0].column, reading.problems[0].given
    (3, 'destination', 'Lyonesse')
    """
    watch, reached = progress or silent, 0.0

    def reading(share: float, doing: str) -> None:
        nonlocal reached
        reached = max(reached, share * READ_SHARE)  # a file may be gone through more than once
        watch(reached, doing)

    def taking(share: float, doing: str) -> None:
        watch(READ_SHARE + share * (1 - READ_SHARE), doing)

    sheet = read_sheet(file, name, dialect, progress=reading)
    return take(sheet, kind, places=places, mapping=mapping, fixes=fixes, today=today, progress=taking)


def take(
    sheet: Sheet,
    kind: Kind | None = None,
    *,
    places: Places | None = None,
    mapping: ColumnMap | None = None,
    fixes: Fixes | None = None,
    today: date | None = None,
    progress: Progress | None = None,
) -> Reading:
    """A sheet that was read before -> Reading. See `read`; raises MissingColumns, UnitUnsaid and MappingError."""
    today = today or datetime.now(UTC).date()
    source = _Source(sheet, kind, mapping, places or Places.load(), today, Memory())
    return _take(source, rejected_rows.merged({}, fixes or {}), progress or silent)


def _take(source: _Source, fixes: Fixes, progress: Progress) -> Reading:
    sheet = rejected_rows.fixed(source.sheet, fixes)
    mapping = _mapping(sheet, source)
    own = [name for name in rejected_rows.own_columns(sheet.header) if name not in mapping.columns]
    sieve = Sieve(sheet, mapping, source.memory, progress, of_ours=bool(own))
    rejected_rows.refuse_overflow(sieve)
    undecoded, failed = validator.bar(sieve), error_cells.bar(sieve)
    made = _made(sieve, source)
    rejected_rows.refuse_overflow(sieve)
    again = repeated(sieve, own)
    if mapping.kind == "legs":
        sieve.find(retold_rows(made.columns, again), "", TOLD_AGAIN, "warning")
    error_cells.refuse(sieve, failed)
    validator.refuse(sieve, undecoded)
    progress(0.9, "Listing problems")
    problems = sieve.problems()
    bad = int(np.count_nonzero(sieve.bad))
    progress(1.0, "Read")
    return Reading(
        file=sheet.file,
        kind=cast("Kind", mapping.kind),
        sha256=sheet.sha256,
        rows=len(sheet) + len(sheet.broken),
        kept=len(sheet) - bad,
        problems=problems,
        ignored=tuple(header for header in sheet.header if header not in mapping.columns and header not in own),
        dialect=sheet.dialect,
        reasons=sheet.reasons,
        preamble=sheet.preamble,
        mapping=replace(mapping, dates={**sieve.forms, **mapping.dates}),
        fixes=fixes,
        unplaced=tuple(
            each for each in made.unplaced if not validator.amiss(each.text) and not error_cells.is_error(each.text)
        ),
        preferred=made.preferred,
        undecided=tuple(sieve.doubts),
        doubts=sieve.doubts,
        contradictions={column: doubt.reason for column, doubt in sieve.doubts.items() if doubt.contrary},
        periods=sieve.periods,
        unsure=None if _is_told(sheet) else two_ways(sorted(set(sieve.unsure))),
        _source=source,
        _made=made,
        _sheet=sheet,
    )


def repeats(problems: Problems) -> Ints:
    """Of the problems of a file the lines of the rows that say the same in every column as an earlier row."""
    frame = problems.frame
    return frame["row"].to_numpy(np.int64)[(frame["rule"] == REPEATED).to_numpy(bool)]


def _is_told(sheet: Sheet) -> bool:
    """Whether a person said which mark stands before decimals: what was detected has its reason."""
    return bool(sheet.dialect.decimal) and sheet.reasons.get("decimal", SAID) == SAID


def _mapping(sheet: Sheet, source: _Source) -> ColumnMap:
    """The mapping as it applies to the sheet. Raises MappingError, MissingColumns, UnitUnsaid."""
    if source.mapping is None:
        theirs = [header for header in sheet.header if header not in rejected_rows.own_columns(sheet.header)]
        mapping = own_map(theirs, source.kind)
    else:
        mapping = rejected_rows.mapped(fitted(source.mapping, sheet.header), sheet.header)
        check(mapping, sheet.header)
    mapping = count_units.complete(mapping)
    if lacking := missing(mapping) + (["code"] if source.mapping is None and codeless(mapping) else []):
        raise MissingColumns(sheet.file, lacking, sheet.header, mapping.kind)
    if count_units.is_unsaid(mapping):
        raise UnitUnsaid(sheet.file, count_units.count_header(mapping))
    return mapping


def _made(sieve: Sieve, source: _Source) -> TableColumns:
    if sieve.mapping.kind == "legs":
        return legs(sieve, source.places, source.today)
    if sieve.mapping.kind == "totals":
        return totals(sieve, source.places)
    return gazetteer(sieve) if sieve.mapping.kind == "places" else events(sieve)
