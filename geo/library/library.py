"""The library of imports: what was loaded, kept so that it outlives a crash, and can be taken back and looked at.

    library = Library.open()
    kept = library.keep(reading, content, "legs.csv")
    library.table(kept.id)
    library.withdraw(kept.id, "wrong month")

Nothing kept is ever changed or removed. It holds no state but where it lies: open it as often as is handy, from as
many processes as there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import geopandas as gpd
import numpy as np
import pandas as pd
import pyarrow as pa

from geo.errors import LibraryError
from geo.gazetteer.places import CRS, place_frame
from geo.library import geoparquet, keep, package, records, verify
from geo.library.package import MANIFEST, PACKAGES, Fault, Import, from_manifest, is_id, marked, plain_json
from geo.library.records import HistoryEntry, What
from geo.library.store import Store
from geo.matching.mapping import ColumnMap, Fixes
from geo.problems import Problems
from geo.sheet import Dialect

if TYPE_CHECKING:
    from geo.errors import Progress
    from geo.tables.read import Reading


@dataclass(frozen=True, slots=True)
class Library:
    """Imports below one root. Every method raises LibraryError where the root cannot be read or written.

    A method that takes an id takes its beginning too, where that is one import's alone. What is read back is what was
    kept: each part is compared with its hash, and one that was changed raises LibraryError.
    """

    store: Store

    @staticmethod
    def open(url: str | Path | None = None) -> Library:
        """A folder, or a URL that fsspec knows; `WAYBILL_LIBRARY`, or the user's data folder, where none is given.

        Nothing is written before something is kept. Raises LibraryError.
        """
        return Library(Store.at(url))

    @property
    def where(self) -> str:
        """Its root, for reading by people."""
        return self.store.root

    def keep(
        self,
        reading: Reading,
        content: keep.Content,
        name: str,
        *,
        places: gpd.GeoDataFrame | None = None,
        progress: Progress | None = None,
    ) -> Import:
        """Keeps a reading with the bytes it was made of (bytes, a path, or an open file). When it returns, it is kept.

        name is the file's own, for reading by people. places are those the reading was given beside the gazetteer, as
        `PLACE_TABLE` with points: those that its rows name are kept with it. The same bytes, dialect, mapping, fixes
        and such places again are the same import: then nothing is written, and `again` is true. progress may raise to
        stop; then nothing counts.
        """
        made = keep.keep(self.store, reading, content, name, places, progress)
        return marked(made, withdrawn=made.id in self._withdrawn(), again=made.again)

    def imports(self) -> list[Import]:
        """All that can be read, withdrawn or not, in the order they were made. `unlisted` tells of the others."""
        return self.listed()[0]

    def unlisted(self) -> list[Fault]:
        """Why some that are there are not among `imports`: a newer version made them, or their manifest was changed."""
        return self.listed()[1]

    def listed(self) -> tuple[list[Import], list[Fault]]:
        """`imports` and `unlisted` from one look."""
        found, wrong = [], []
        gone = self._withdrawn()
        for name, is_folder in self.store.names(PACKAGES).items():
            if not is_folder or not is_id(name) or not self.store.exists(f"{PACKAGES}/{name}/{MANIFEST}"):
                continue
            try:
                found.append(marked(self._read(name), withdrawn=name in gone))
            except LibraryError as error:
                wrong.append(Fault(name, "manifest", f"{error.reason}. {error.hint}"))
        return sorted(found, key=lambda each: (each.made, each.id)), wrong

    def get(self, identifier: str) -> Import:
        """One import, by its id or the beginning of it."""
        whole = self._whole(identifier)
        return marked(self._read(whole), withdrawn=whole in self._withdrawn())

    def withdraw(self, identifier: str, why: str = "") -> Import:
        """Takes an import back: it counts for no map, and stays readable. One that is withdrawn stays so."""
        return self._record(identifier, "withdrawn", why)

    def restore(self, identifier: str, why: str = "") -> Import:
        """Takes back a withdrawal."""
        return self._record(identifier, "restored", why)

    def history(self) -> list[HistoryEntry]:
        """Everything that happened, in order. A damaged record is left out; `verify` names it."""
        found, _ = records.entries(self.store)
        imports = self.imports()
        name_of = {each.id: each.name for each in imports}
        made = [HistoryEntry(each.made, "kept", each.id, each.name) for each in imports]
        recorded = [entry for entry in found if entry.id in name_of]
        return sorted([*made, *recorded], key=lambda entry: entry.when)

    def twins(self, made: Import) -> list[Import]:
        """Imports of the very same bytes that were read otherwise and count too: their rows are there twice."""
        return [
            each for each in self.imports() if each.sha256 == made.sha256 and each.id != made.id and not each.withdrawn
        ]

    def table(self, identifier: str) -> pd.DataFrame:
        """The rows kept: a GeoDataFrame (EPSG:4326) as `columns` has it for the kind; a DataFrame of events."""
        made = self.get(identifier)
        return self._table(made, "table", made.kind)

    def places(self, identifier: str) -> gpd.GeoDataFrame:
        """Places beyond the gazetteer that the import's rows name, as `PLACE_TABLE` with points (EPSG:4326)."""
        return self._table(self.get(identifier), "places", "places")

    def known_places(self) -> gpd.GeoDataFrame:
        """The places of all imports of places that are not withdrawn, as `PLACE_TABLE` with points (EPSG:4326).

        Of two with one code the one that was kept last is here. None where there are none: a table without rows.
        """
        tables = [self.table(each.id) for each in self.imports() if each.kind == "places" and not each.withdrawn]
        if not tables:
            return place_frame(pd.DataFrame(), np.empty(0), np.empty(0))
        frame = pd.concat(tables[::-1], ignore_index=True).drop_duplicates("code", ignore_index=True)
        return gpd.GeoDataFrame(frame, geometry="geometry", crs=CRS)

    def problems(self, identifier: str) -> Problems:
        """What was wrong with which row."""
        made = self.get(identifier)
        frame = self._texts(made, "problems", ("column", "rule", "hint", "severity"))
        try:
            return Problems(frame)
        except KeyError as error:
            where = self.store.full(made.path("problems"))
            raise LibraryError(where, "a column is missing in the problem report", "Take it from a backup.") from error

    def set_aside(self, identifier: str) -> pd.DataFrame:
        """The rows set aside, as text: line, why, and the file's own columns."""
        return self._texts(self.get(identifier), "set aside")

    def original(self, identifier: str) -> bytes:
        """The bytes as they were given."""
        return package.content(self.store, self.get(identifier), "original")

    def dialect(self, identifier: str) -> Dialect:
        """How the original was read."""
        return Dialect.from_json(self._json(identifier, "dialect"))

    def mapping(self, identifier: str) -> ColumnMap:
        """Which of its columns was which of ours."""
        return ColumnMap.from_json(self._json(identifier, "mapping"))

    def fixes(self, identifier: str) -> Fixes:
        """Corrections by hand."""
        plain = self._json(identifier, "fixes")
        return {int(line): dict(cells) for line, cells in plain.items()}  # type: ignore[call-overload]  # written by keep

    def grade(self, part: str, report: str, reliability: str, credibility: str) -> None:
        """Keeps a user's grade of a report: a letter and a number of `geo.parsing.admiralty`, "" for not graded.

        part is the id of an import, withdrawn or not, or of a data set that comes with Waybill (`grades.EMBEDDED`).
        Raises VagueError for what is no grade.
        """
        owner = part if part in records.EMBEDDED else self._whole(part)
        records.add_grade(self.store, owner, records.GivenGrade(report, reliability, credibility))

    def grades(self, part: str) -> dict[str, tuple[str, str]]:
        """Report -> (reliability, credibility) as users gave them last; reports that nobody graded are left out."""
        return records.latest(self.store, part if part in records.EMBEDDED else self._whole(part))

    def verify(self, progress: Progress | None = None) -> list[Fault]:
        """Computes every hash anew. No fault: all is as it was kept. Notes tell of remnants, which do not count."""
        return list(verify.verify(self.store, progress))

    def save_mapping(self, headers: Sequence[str], mapping: ColumnMap) -> None:
        """Keeps a mapping to be offered for files with these headers. Raises MappingError where it does not fit."""
        records.save_mapping(self.store, headers, mapping)

    def mapping_for(self, headers: Sequence[str]) -> ColumnMap | None:
        """The mapping saved last for files with these headers, or None."""
        return records.find_mapping(self.store, headers)

    def _read(self, identifier: str) -> Import:
        path = f"{PACKAGES}/{identifier}/{MANIFEST}"
        where = self.store.full(path)
        return from_manifest(where, identifier, plain_json(where, self.store.read(path)))

    def _whole(self, identifier: str) -> str:
        hint = "`waybill library list` names all there are."
        if is_id(identifier) and self.store.exists(f"{PACKAGES}/{identifier}/{MANIFEST}"):
            return identifier
        found = [
            name
            for name, is_folder in self.store.names(PACKAGES).items()
            if identifier and is_folder and is_id(name) and name.startswith(identifier)
            if self.store.exists(f"{PACKAGES}/{name}/{MANIFEST}")
        ]
        if len(found) > 1:
            raise LibraryError(self.where, f"{identifier!r} begins {len(found)} ids: {', '.join(found[:5])}", hint)
        if not found:
            raise LibraryError(self.where, f"no import {identifier[:64]!r} is there", hint)
        return found[0]

    def _record(self, identifier: str, what: What, why: str) -> Import:
        made = self.get(identifier)
        if made.withdrawn == (what == "withdrawn"):
            return made
        records.add_entry(self.store, what, made.id, made.name, why)
        return marked(made, withdrawn=what == "withdrawn")

    def _withdrawn(self) -> set[str]:
        return records.withdrawn(records.entries(self.store)[0])

    def _table(self, made: Import, part: str, kind: str) -> pd.DataFrame:
        content = pa.BufferReader(package.content(self.store, made, part))
        return geoparquet.read_table(content, kind, self.store.full(made.path(part)))

    def _texts(self, made: Import, part: str, categories: Sequence[str] = ()) -> pd.DataFrame:
        content = pa.BufferReader(package.content(self.store, made, part))
        return geoparquet.read_texts(content, self.store.full(made.path(part)), categories)

    def _json(self, identifier: str, part: str) -> dict[str, object]:
        made = self.get(identifier)
        return plain_json(self.store.full(made.path(part)), package.content(self.store, made, part))
