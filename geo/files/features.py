"""GeoJSON, other JSON, KML, GeoPackage, shapefiles, Parquet -> Sheet: the columns, and the ends of lines as degrees.

The file itself is read in a process of its own, see `child`.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from geo.arrays import Floats
from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.cell_text import encoded_texts
from geo.files.child import main
from geo.files.child.process import Child, reading
from geo.files.column_builder import BuiltColumns
from geo.files.column_names import distinct
from geo.files.content import Content
from geo.files.detect.header_row import others
from geo.sheet import Dialect, Sheet

if TYPE_CHECKING:
    from pyproj import CRS, Transformer

FORMS = ("geojson", "geopackage", "parquet", "records", "kml", "shapefile")
PAIRS = (("lon", "lat"), ("origin_lon", "origin_lat"), ("destination_lon", "destination_lat"))
"""The columns that the positions of a file become: first what lies east, then what lies north."""
UNTOLD = "The file names no coordinate reference system, and its positions are not in degrees. Export it in EPSG:4326."
_AUTHORITY = re.compile(r"(?:urn:ogc:def:crs:)?[A-Za-z]{2,10}:{1,2}(?:[0-9.]{0,6}:)?[A-Za-z0-9]{1,10}")
_WKT = re.compile(r"\s*[A-Z_]{5,20}\s*\[")
_FILES = ("PARAMETERFILE", "EXTENSION", "grids=", '["PROJ ')
"""What a description holds that names a grid of shifts, in WKT 2 or in PROJ's words: no other file can be named."""
_LONGEST = 100_000
"""Characters of a definition; the longest in the EPSG's registry have some thousands."""
_ENDS = [name for pair in PAIRS for name in pair]
_FIRST_LINE = 2
"""The number that the first row has as a line: that of a CSV below its header."""
Key = str | int
"""What tells a column from others: its place in a table, where two may bear one name, or else its name."""


def read_features(
    content: Content, dialect: Dialect, *, at_most: int | None = None, watch: Callable[[], None] = lambda: None
) -> Sheet:
    """The features of a file, or the rows of its layer. Raises UnreadableFile, TooLarge, DialectError."""
    with reading(dialect.form, content, watch) as child:
        features = _Features(content.name)
        if dialect.form == "geojson":
            _add_rows(features, child, True, at_most)
            return _in_degrees(features.sheet(dialect), features.crs)
        if dialect.form == "parquet":
            _add_parquet(features, child, at_most)
            return features.sheet(dialect)
        choices = tuple(child.value(layers=True))
        chosen = dialect.sheet or choices[0]
        if dialect.form in ("geopackage", "shapefile"):
            _add_layer(features, child, chosen, at_most)
        else:
            _add_rows(features, child, chosen, at_most)
        sheet = features.sheet(replace(dialect, sheet=chosen))
        why = {"sheet": _why(choices, chosen, dialect.sheet)} if choices != ("",) else {}
        beside = tuple(child.value(beside=True)) if dialect.form == "records" and any(choices) else ()
        return replace(
            sheet, preamble=beside, choices=choices if any(choices) else (), reasons={**why, **sheet.reasons}
        )


@dataclass(frozen=True, slots=True)
class _Part:
    """Some rows: texts by the key of their column, and the ends of their lines (float64, NaN for none) by name."""

    rows: int
    texts: Mapping[Key, pa.DictionaryArray]
    ends: Mapping[str, Floats]


@dataclass(slots=True)
class _Features:
    """What comes in, part by part; a column that a part lacks is empty in its rows. header: key -> name."""

    name: str
    header: dict[Key, str] = field(default_factory=dict)
    crs: object = None
    parts: list[_Part] = field(default_factory=list)
    _rows: int = 0
    _texts_size: int = 0

    def add(self, part: _Part) -> None:
        """Takes some rows in. Raises TooLarge."""
        self._rows += part.rows
        self._texts_size += sum(texts.dictionary.nbytes for texts in part.texts.values())
        columns = len(self.header) + len(part.ends)
        if columns > limits.COLUMNS:
            raise TooLarge(self.name, "the number of columns", f"{columns:,}", f"{limits.COLUMNS:,}")
        limits.check_rows(self.name, self._rows, columns, self._texts_size)
        self.parts.append(part)

    def sheet(self, dialect: Dialect) -> Sheet:
        """All of it; the columns of positions come first. Raises UnreadableFile, TooLarge."""
        positions, why = self._positions()
        names = [*positions, *self.header.values()]
        if not names:
            raise UnreadableFile(self.name, "has no columns", "A table has at least one.")
        gathered = BuiltColumns(self.name, len(names))
        line = 0
        for part in self.parts:
            columns = [texts.slice(line, part.rows) for texts in positions.values()]
            columns += [part.texts.get(key, _empty(part.rows)) for key in self.header]
            gathered.add_columns(columns, np.arange(line, line + part.rows, dtype=np.int64) + _FIRST_LINE)
            line += part.rows
        self.parts.clear()
        kept, lines, _, _ = gathered.finish(restore=False)
        header = distinct(names)
        by_name = dict(zip(header, kept, strict=True))
        return Sheet(self.name, "", dialect, header, by_name, lines, reasons={"positions": why} if why else {})

    def _positions(self) -> tuple[dict[str, pa.DictionaryArray], str]:
        """(the ends of lines in degrees, as texts by column; what was done to them, or ""). Points go before lines."""
        there = [name for name in _ENDS if any(name in part.ends for part in self.parts)]
        there = ["lon", "lat"] if "lon" in there else there
        degrees, why = projection_of(self.crs).degrees(
            {
                name: np.concatenate([part.ends.get(name, np.full(part.rows, np.nan)) for part in self.parts])
                for name in there
            }
        )
        return {name: _numbers(column) for name, column in degrees.items()}, why


def _add_rows(features: _Features, child: Child, layer: str | bool, at_most: int | None) -> None:
    """Rows that name their columns themselves, each its own: those of GeoJSON, JSON and KML."""
    for answer in child.values(rows=layer, most=at_most):
        rows = answer.get("rows", [])
        features.crs = answer.get("crs", features.crs)
        keys = dict.fromkeys(key for row in rows for key in row)
        features.header.update({key: key for key in keys})
        if rows:
            features.add(_Part(len(rows), {key: _texts([row.get(key, "") for row in rows]) for key in keys}, {}))


def _add_layer(features: _Features, child: Child, layer: str, at_most: int | None) -> None:
    """Rows of one table under one header, and the ends of their lines: those of GeoPackage and shapefiles."""
    for answer in child.values(rows=layer, most=at_most):
        if "header" in answer:
            features.header, features.crs = dict(enumerate(answer["header"])), answer["crs"]
            continue
        rows = answer["rows"]
        texts: dict[Key, pa.DictionaryArray] = {
            at: _texts([row[at] for row in rows]) for at in range(len(features.header))
        }
        ends = {name: np.array(numbers, np.float64) for name, numbers in answer["ends"].items()}
        features.add(_Part(len(rows), texts, ends))


def _add_parquet(features: _Features, child: Child, at_most: int | None) -> None:
    for kind, payload in child.ask(rows=True, most=at_most):
        if kind == main.JSON:
            first = json.loads(payload)
            features.header, features.crs = dict(enumerate(first["header"])), first["crs"]
            continue
        with pa.ipc.open_stream(payload) as stream:
            batch = stream.read_next_batch()
        texts = [batch.column(at) for at, name in enumerate(batch.schema.names) if name.startswith(main.TEXT)]
        ends = {
            name.removeprefix(main.END_OF_LINE): batch.column(at).to_numpy()
            for at, name in enumerate(batch.schema.names)
            if name.startswith(main.END_OF_LINE)
        }
        features.add(_Part(batch.num_rows, dict[Key, pa.DictionaryArray](enumerate(texts)), ends))


def _in_degrees(sheet: Sheet, crs: object) -> Sheet:
    """The sheet of a GeoJSON file, whose positions stay as they are written where they are degrees."""
    there = [name for name in _ENDS if name in sheet.columns]
    projection = projection_of(crs)
    degrees, why = projection.degrees({name: _floats(sheet.columns[name]) for name in there})
    if projection.transformer is not None:
        sheet = replace(sheet, columns={**sheet.columns, **{name: _numbers(degrees[name]) for name in there}})
    return replace(sheet, reasons={"positions": why} if why else {})


def _why(choices: tuple[str, ...], taken: str, wanted: str) -> str:
    if len(choices) == 1:
        return "It is the file's only layer."
    said = f"You chose “{taken}”" if wanted else f"“{taken}” is the first layer"
    return f"{said}; {others(choices, taken)}."


def _texts(cells: list[str]) -> pa.DictionaryArray:
    return pa.array(cells, pa.string()).dictionary_encode()


def _empty(rows: int) -> pa.DictionaryArray:
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int32)), pa.array([""], pa.string()))


def _numbers(numbers: Floats) -> pa.DictionaryArray:
    """Numbers as texts, NaN as none."""
    return encoded_texts(pa.array(numbers, pa.float64(), mask=np.isnan(numbers)))


def _floats(texts: pa.DictionaryArray) -> Floats:
    """Texts as numbers, NaN for those that are none."""
    found = np.array([_float(text) for text in texts.dictionary.to_pylist()], np.float64)
    return found[texts.indices.to_numpy()] if len(found) else np.full(len(texts), np.nan)


def _float(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


_DIGITS = 7
"""Of a degree: a centimetre, far less than any of these systems is off."""


@dataclass(frozen=True, slots=True)
class CrsTransform:
    """How positions become degrees. name: of the system that they are in; transformer: None where they are degrees."""

    name: str = ""
    transformer: Transformer | None = None

    def degrees(self, positions: Mapping[str, Floats]) -> tuple[dict[str, Floats], str]:
        """(the columns of `PAIRS` in degrees, NaN where there are none; what was done, or ""), each of n rows."""
        found = dict(positions)
        for east, north in PAIRS if self.transformer is not None else ():
            if east in found:
                lon, lat = self.transformer.transform(found[east], found[north])  # type: ignore[union-attr]
                good = np.isfinite(lon) & np.isfinite(lat)
                found[east] = np.where(good, np.round(lon, _DIGITS), np.nan)
                found[north] = np.where(good, np.round(lat, _DIGITS), np.nan)
        if self.transformer is not None:
            return found, f"The positions are in {self.name}, and were turned into degrees (EPSG:4326)."
        return found, UNTOLD if not self.name and any(_beyond(*pair, found) for pair in PAIRS) else ""


def _beyond(east: str, north: str, positions: Mapping[str, Floats]) -> bool:
    """Whether most of the positions cannot be degrees."""
    if east not in positions:
        return False
    beyond = (np.abs(positions[east]) > 360) | (np.abs(positions[north]) > 90)
    return bool(np.count_nonzero(beyond) * 2 > np.count_nonzero(~np.isnan(positions[east])))


def projection_of(crs: object) -> CrsTransform:
    """A coordinate reference system as files give it: an authority's code, WKT, or PROJJSON as a dict; None: untold.

    Other forms are not taken, nor a system that names a file: PROJ would open it.
    """
    from pyproj import Transformer
    from pyproj.exceptions import ProjError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # pyproj warns of old spellings, which it reads
            given = _system(crs)
            if given is None:
                return CrsTransform()
            if given.is_geographic and given.to_epsg() in (4326, None) and "84" in given.name:
                return CrsTransform(given.name)
            name = ":".join(given.to_authority() or (given.name,))
            return CrsTransform(name, Transformer.from_crs(given, "EPSG:4326", always_xy=True))
    except (ProjError, ValueError, RecursionError):
        return CrsTransform()


def _system(crs: object) -> CRS | None:
    """The system that a file describes; None where it says none, or says it in a way that could name a file."""
    from pyproj import CRS

    if isinstance(crs, dict):
        crs = json.dumps(crs)
        if len(crs) > _LONGEST or not crs.startswith("{"):
            return None
        given = CRS.from_json(crs)
    elif isinstance(crs, str) and len(crs) <= _LONGEST and _AUTHORITY.fullmatch(crs):
        return CRS.from_user_input(crs)
    elif isinstance(crs, str) and len(crs) <= _LONGEST and _WKT.match(crs):
        given = CRS.from_wkt(crs)
    else:
        return None
    return None if any(mark in given.to_wkt("WKT2_2019") for mark in _FILES) else given
