"""GeoJSON, GeoPackage and Parquet -> Sheet: the columns, and the ends of their lines as degrees.

The file itself is read in a process of its own, see `child`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geo.errors import TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.arrowtext import encoded_texts
from geo.evidence.intake.child import frames
from geo.evidence.intake.child.process import Child, reading
from geo.evidence.intake.choosing import others
from geo.evidence.intake.content import Content
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.gathering import Gathered
from geo.evidence.intake.naming import distinct
from geo.evidence.intake.projection import PAIRS, projection_of
from geo.evidence.intake.sheet import Sheet

FORMS = ("geojson", "geopackage", "parquet")
_ENDS = [name for pair in PAIRS for name in pair]
_FIRST_LINE = 2
"""The number that the first row has as a line: that of a CSV below its header."""
Floats = NDArray[np.float64]
Key = str | int
"""What tells a column from others: its place in a table, where two may bear one name, or else its name."""


def read_features(
    content: Content, dialect: Dialect, *, at_most: int | None = None, watch: Callable[[], None] = lambda: None
) -> Sheet:
    """The features of a file, or the rows of its layer. Raises UnreadableFile, TooLarge, DialectError."""
    with reading(dialect.form, content, watch) as child:
        features = _Features(content.name)
        if dialect.form == "geojson":
            _add_geojson(features, child, at_most)
            return _in_degrees(features.sheet(dialect), features.crs)
        if dialect.form == "parquet":
            _add_parquet(features, child, at_most)
            return features.sheet(dialect)
        choices = tuple(child.value(layers=True))
        chosen = dialect.sheet or choices[0]
        _add_geopackage(features, child, chosen, at_most)
        sheet = features.sheet(replace(dialect, sheet=chosen))
        return replace(sheet, choices=choices, reasons={"sheet": _why(choices, chosen, dialect.sheet), **sheet.reasons})


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
            raise UnreadableFile(self.name, "holds no columns", "A table has at least one.")
        gathered = Gathered(self.name, len(names))
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


def _add_geojson(features: _Features, child: Child, at_most: int | None) -> None:
    for answer in child.values(rows=True, most=at_most):
        rows = answer.get("rows", [])
        features.crs = answer.get("crs", features.crs)
        keys = dict.fromkeys(key for row in rows for key in row)
        features.header.update({key: key for key in keys})
        if rows:
            features.add(_Part(len(rows), {key: _texts([row.get(key, "") for row in rows]) for key in keys}, {}))


def _add_geopackage(features: _Features, child: Child, layer: str, at_most: int | None) -> None:
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
        if kind == frames.JSON:
            first = json.loads(payload)
            features.header, features.crs = dict(enumerate(first["header"])), first["crs"]
            continue
        with pa.ipc.open_stream(payload) as stream:
            batch = stream.read_next_batch()
        texts = [batch.column(at) for at, name in enumerate(batch.schema.names) if name.startswith(frames.TEXT)]
        ends = {
            name.removeprefix(frames.END_OF_LINE): batch.column(at).to_numpy()
            for at, name in enumerate(batch.schema.names)
            if name.startswith(frames.END_OF_LINE)
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
