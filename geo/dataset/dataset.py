"""Parts -> one `DataSet`: the tables that everything shows, with the same ids, places, units and span for all."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd

from geo.arrays import ONE_DAY, Ints, Mask, epoch_seconds
from geo.columns import DEFAULT_UNIT
from geo.data_folder import BUNDLED
from geo.dataset.parts import Part, empty, extended, of_bundled, of_import, of_reading, with_own_codes
from geo.dataset.report_ids import Sources, legs_with_ids, totals_with_ids
from geo.errors import SceneError
from geo.gazetteer.places import Places
from geo.library import Library
from geo.tables import duplicates
from geo.tables.counted_legs import counted, sums
from geo.tables.read import read
from geo.timeline import Timeline, span

Grades = Mapping[str, Mapping[str, tuple[str, str]]]
"""Part -> report, by its id there -> (reliability, credibility), as users gave them."""
HALVES = ("reliability", "credibility")


@dataclass(frozen=True, slots=True, eq=False)
class DataSet:
    """Legs, totals and events as `geo.columns` has them, legs with the `id` of their report, and the gazetteer.

    Of legs that may tell of one movement all are there; what each counts for as long as nobody says whether they are
    the same is in the columns of `geo.tables.counted_legs`. tellings: those legs, as `geo.tables.duplicates` has them.

    key tells contents apart. sources: total -> the parts that give it, each with its id there; leg_parts: those that
    the legs stem from; leg_part: the number of each leg's part. private: some of it is held by one session alone.
    """

    key: str
    title: str
    legs: gpd.GeoDataFrame
    totals: gpd.GeoDataFrame
    events: pd.DataFrame
    places: Places
    sources: Mapping[str, tuple[tuple[str, str], ...]]
    leg_parts: tuple[str, ...] = ()
    private: bool = False
    tellings: pd.DataFrame = field(default_factory=duplicates.none)
    leg_part: Ints = field(default_factory=lambda: np.zeros(0, np.int64))

    @property
    def names(self) -> Mapping[str, str]:
        """Place code -> name as shown."""
        return self.places.names

    @property
    def units(self) -> tuple[str, ...]:
        """What the reports count: containers first, then the most frequent."""
        counts = pd.concat([self.legs["unit"], self.totals["unit"]]).replace("", DEFAULT_UNIT).value_counts()
        return tuple(sorted(counts.index, key=lambda unit: (unit != DEFAULT_UNIT, -int(counts[unit]), unit)))

    @property
    def span(self) -> Timeline | None:
        """The whole days of all reports, whatever is filtered, so that a moment stays where it is.

        None where nothing is dated, or where the dates lie too far apart to show together: the scene then says so.
        """
        starts = pd.concat([self.legs["depart"].fillna(self.legs["arrive_earliest"]), self.totals["start"]])
        first, latest = self.legs["depart"], self.legs["depart_latest"]
        # A departure vaguer than a day spreads over its period, and so do sums (`geo.scene.movements`).
        vague = (latest - first > ONE_DAY) | sums(self.legs)
        ends = pd.concat([self.legs["arrive"].fillna(latest.where(vague, first)), self.totals["end"]])
        dated = (starts.notna() & ends.notna()).to_numpy()
        try:
            return span(epoch_seconds(starts[dated]), epoch_seconds(ends[dated]))
        except SceneError:
            return None

    @property
    def shared_ids(self) -> frozenset[str]:
        """The ids that several different reports have in their own files, and none has here."""
        own = {identifier for places in self.sources.values() for _, identifier in places}
        return frozenset(own - set(self.sources))

    def where(self, report: str) -> Sequence[tuple[str, str]]:
        """The parts that a report stands in, each with its id there."""
        return self.sources.get(report) or [(part, report) for part in self.leg_parts]


def key_of(parts: Sequence[Part], title: str = "", grades: Grades | None = None) -> str:
    """What tells a data set from another, before it is made. Neither the order of the parts nor a repeat matters."""
    told = sorted({f"{part.id} {part.kind}" for part in parts})
    given = sorted((part, sorted(each.items())) for part, each in (grades or {}).items())
    return hashlib.sha256(repr((told, title, given)).encode()).hexdigest()


def data_set(
    parts: Sequence[Part], title: str = "", *, grades: Grades | None = None, places: Places | None = None
) -> DataSet:
    """The parts as one, in an order of their own: that in which they are given changes nothing.

    grades: in place of those of the files. places: the gazetteer, ours where none is given.
    """
    once = {(part.kind, part.sha256, part.id): part for part in parts}
    known = places or Places.load()
    apart = with_own_codes([once[key] for key in sorted(once)], known)
    tables = {
        kind: [(part.id, part.table) for part in apart if part.kind == kind] for kind in ("legs", "totals", "events")
    }
    given = grades or {}
    totals, sources = totals_with_ids(tables["totals"], empty("totals"))
    legs = legs_with_ids(_stacked([_graded_legs(table, given.get(part, {})) for part, table in tables["legs"]], "legs"))
    part, repeats = _where_told([each for each in apart if each.kind == "legs"], [table for _, table in tables["legs"]])
    tellings = duplicates.tellings(legs, part, repeats)
    return DataSet(
        key=key_of(parts, title, grades),
        title=title,
        legs=counted(legs, tellings),
        totals=_graded_totals(totals, sources, given),
        events=_stacked([table for _, table in tables["events"]], "events"),
        places=extended(apart, known),
        sources=sources,
        leg_parts=tuple(part for part, _ in tables["legs"]),
        private=any(part.private for part in parts),
        tellings=tellings,
        leg_part=part,
    )


def _where_told(parts: Sequence[Part], tables: Sequence[pd.DataFrame]) -> tuple[Ints, Mask]:
    """The number of each leg's part, and whether it is the same in every column of its file as an earlier row."""
    repeats = [np.isin(table["row"], each.repeats()) for each, table in zip(parts, tables, strict=True)]
    part = np.repeat(np.arange(len(tables)), [len(table) for table in tables])
    return part.astype(np.int64), np.concatenate([np.zeros(0, bool), *repeats])


def open_data(*sources: str | Path, title: str = "", library: Library | None = None) -> DataSet:
    """What the page, the command line and briefs show of the same data, as one `DataSet`.

    sources: ids of bundled sets ("founding", "wider"), paths of files with our own column names, or ids of imports in
    `library`. The tables are as `geo.columns` has them: times UTC, positions EPSG:4326, counts in each report's own
    unit. Raises UnreadableFile, MissingColumns, TooLarge for a file, LibraryError for an import.

    >>> data = open_data("founding")
    >>> data.units
    ('container', 'artillery round', 'shipment')
    >>> len(data.totals), len(data.legs)
    (4, 0)
    """
    parts: list[Part] = []
    for each in sources:
        if each in BUNDLED:
            parts += of_bundled(str(each))
        elif library is not None and not Path(each).exists():
            parts.append(of_import(library, library.get(str(each))))
        else:
            parts.append(of_reading(read(each), Path(each).name))
    return data_set(parts, title or " and ".join(dict.fromkeys(part.name for part in parts)))


def _stacked(frames: Sequence[pd.DataFrame], kind: str) -> pd.DataFrame:
    filled = [frame for frame in frames if len(frame)]
    if not filled:
        return empty(kind)
    return pd.concat(filled, ignore_index=True) if len(filled) > 1 else filled[0].reset_index(drop=True)


def _graded_legs(legs: pd.DataFrame, given: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    return _graded(legs, legs_with_ids(legs)["id"].astype(object), given) if given and len(legs) else legs


def _graded_totals(totals: pd.DataFrame, sources: Sources, given: Grades) -> pd.DataFrame:
    """A report that several parts give has the grade of the first that has one."""
    of_report = {
        report: halves[0]
        for report, places in sources.items()
        if (halves := [given[part][own] for part, own in places if own in given.get(part, {})])
    }
    return _graded(totals, totals["id"].astype(object), of_report) if of_report else totals


def _graded(table: pd.DataFrame, reports: pd.Series, given: Mapping[str, tuple[str, str]]) -> pd.DataFrame:
    columns = {}
    for half, name in enumerate(HALVES):
        of_report = {report: halves[half] for report, halves in given.items()}
        columns[name] = np.where(reports.isin(list(given)), reports.map(of_report), table[name].astype(object))
    return table.assign(**columns).astype({name: table[name].dtype for name in HALVES})
