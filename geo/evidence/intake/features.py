"""GeoJSON and GeoPackage -> Sheet: the features' properties, and the ends of their lines."""

from __future__ import annotations

import json
import re
import tempfile
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import shapely
from numpy.typing import NDArray

from geo.errors import DialectError, TooLarge, UnreadableFile
from geo.evidence.intake import limits
from geo.evidence.intake.celltext import encoded_texts, text_of
from geo.evidence.intake.choosing import others
from geo.evidence.intake.content import Content
from geo.evidence.intake.dialect import Dialect
from geo.evidence.intake.gathering import Gathered, encoded
from geo.evidence.intake.naming import distinct
from geo.evidence.intake.projection import PAIRS, Projection, projection_of
from geo.evidence.intake.sheet import Sheet

ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
POINT = ("lon", "lat")
_FEATURES = re.compile(r'"features"\s*:\s*\[\s*')
_CRS = re.compile(r'"crs"\s*:\s*')
_LONGEST_CRS = 100
_COMMA = re.compile(r"\s*,?\s*")
_HEAD = 1 * limits.MIB
_BATCH = 10_000


class _Number(str):
    """A number as it stands in the file."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_float=_Number, parse_int=_Number)


def read_geojson(
    content: Content,
    name: str,
    dialect: Dialect,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """A FeatureCollection, or one feature. Raises UnreadableFile, TooLarge."""
    try:
        features, crs = _first_features(content.head(_HEAD), at_most) if at_most is not None else ([], None)
        if not features:
            features, crs = _all_features(content.whole(limits.JSON_BYTES), name)
        watch()
        rows = [_row(feature, name) for feature in features[:at_most]]
        why = _in_degrees(rows, projection_of(crs))
    except (ValueError, RecursionError) as error:
        reason = "is nested too deeply" if isinstance(error, RecursionError) else f"is broken JSON: {error}"
        raise UnreadableFile(name, reason, "Export it again as GeoJSON.") from error
    header = list(dict.fromkeys(key for row in rows for key in row))
    _check_columns(len(header), name)
    columns = [encoded(pa.array([row.get(key, "") for row in rows], pa.string())) for key in header]
    return replace(_sheet(name, dialect, header, columns), reasons={"positions": why} if why else {})


def _in_degrees(rows: list[dict[str, str]], projection: Projection) -> str:
    """Turns the positions of rows into degrees where they are in another system. Gives what was done, or ""."""
    keys = [key for pair in PAIRS for key in pair if any(key in row for row in rows)]
    given = {key: np.array([_number(row.get(key, "")) for row in rows]) for key in keys}
    degrees, why = projection.degrees(given)
    for key in keys if projection.transformer is not None else ():
        for row, number in zip(rows, degrees[key].tolist(), strict=True):
            if key in row:
                row[key] = "" if np.isnan(number) else repr(number)
    return why


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return float("nan")


def _first_features(head: bytes, at_most: int) -> tuple[list[object], object]:
    """(so many features from the beginning of a file, its coordinate reference system), or none of them."""
    text = head.decode("utf-8-sig", "ignore")
    begin = _FEATURES.search(text)
    if not begin or begin.start() > 2_000:
        return [], None
    found: list[object] = []
    at = begin.end()
    try:
        while len(found) < at_most:
            feature, at = _DECODER.raw_decode(text, at)
            found.append(feature)
            at = _COMMA.match(text, at).end()  # type: ignore[union-attr]
        named = _CRS.search(text, 0, begin.start())
        return found, _crs_of({"crs": _DECODER.raw_decode(text, named.end())[0]}) if named else None
    except (ValueError, RecursionError):
        return [], None


def _crs_of(whole: object) -> object:
    """The name of a collection's coordinate reference system, as GeoJSON of before 2016 gives it; None without one."""
    crs = whole.get("crs") if isinstance(whole, dict) else None
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    return str(named)[:_LONGEST_CRS] if isinstance(named, str) else None


def _all_features(content: bytes, name: str) -> tuple[list[object], object]:
    """(all features of a file, its coordinate reference system)."""
    whole = _DECODER.decode(content.decode("utf-8-sig"))
    features = whole.get("features") if isinstance(whole, dict) and whole.get("type") != "Feature" else [whole]
    if not isinstance(features, list):
        raise UnreadableFile(name, "is JSON, but no collection of features", "Export it as GeoJSON.")
    return features, _crs_of(whole)


def _row(feature: object, name: str) -> dict[str, str]:
    if not isinstance(feature, dict):
        raise UnreadableFile(name, "holds something else than features", "Export it as GeoJSON.")
    properties = feature.get("properties")
    cells = {str(key): text_of(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    cells = {_clean(key): _clean(value) for key, value in cells.items()}
    return {**_position(feature.get("geometry")), **cells} if cells else _position(feature.get("geometry"))


def _clean(text: str) -> str:
    """Without halves of characters, which JSON can spell and no text can hold."""
    return text.encode("utf-8", "replace").decode()


def _position(geometry: object) -> dict[str, str]:
    """The first and the last position of a line, or that of a point, as they stand in the file."""
    if not isinstance(geometry, dict) or not isinstance(at := geometry.get("coordinates"), list):
        return {}
    kind = geometry.get("type")
    if kind == "Point" and _is_position(at):
        return dict(zip(POINT, map(text_of, at[:2]), strict=True))
    lines = at if kind == "MultiLineString" else [at]
    ends = [lines[0][0], lines[-1][-1]] if lines and all(isinstance(line, list) and line for line in lines) else []
    if kind in ("LineString", "MultiLineString") and ends and all(map(_is_position, ends)):
        return dict(zip(ENDS, map(text_of, [*ends[0][:2], *ends[1][:2]]), strict=True))
    return {}


def _is_position(at: object) -> bool:
    return isinstance(at, list) and len(at) >= 2 and all(isinstance(each, _Number) for each in at[:2])


def read_geopackage(
    content: bytes,
    name: str,
    dialect: Dialect,
    *,
    at_most: int | None = None,
    watch: Callable[[], None] = lambda: None,
) -> Sheet:
    """The layer that the dialect names, or the first one. Raises UnreadableFile, TooLarge, DialectError."""
    import pyogrio
    from pyogrio.errors import DataSourceError

    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        # A name of our own: that of the file may be a path, or an instruction to GDAL.
        copy = Path(folder) / "layers.gpkg"
        copy.write_bytes(content)
        try:
            # GDAL warns of what is odd about a file; what matters of it is in the sheet, or an error.
            warnings.simplefilter("ignore")
            choices = tuple(str(layer) for layer, _ in pyogrio.list_layers(copy))
            chosen = dialect.sheet or next(iter(choices), "")
            if chosen not in choices:
                raise DialectError("sheet", chosen, f"the file has {', '.join(map(repr, choices)) or 'no layers'}")
            _check_layer(pyogrio.read_info(copy, layer=chosen), name)
            watch()
            meta, table = pyogrio.read_arrow(copy, layer=chosen, max_features=at_most)
        except (DataSourceError, RuntimeError, pa.ArrowInvalid) as error:
            raise UnreadableFile(name, f"is a broken GeoPackage: {error}", "Export it again.") from error
    geometry, crs = meta.get("geometry_name") or "wkb_geometry", meta.get("crs")
    sheet = read_table(table, name, replace(dialect, sheet=chosen), geometry, crs)
    reasons = {"sheet": _why(choices, chosen, dialect.sheet), **sheet.reasons}
    return replace(sheet, choices=choices, reasons=reasons)


def _why(choices: tuple[str, ...], taken: str, wanted: str) -> str:
    if len(choices) == 1:
        return "It is the file's only layer."
    said = f"You chose “{taken}”" if wanted else f"“{taken}” is the first layer"
    return f"{said}; {others(choices, taken)}."


def _check_layer(info: dict[str, Any], name: str) -> None:
    _check_columns(len(info["fields"]), name)
    cells = int(info["features"]) * (len(info["fields"]) + 4)
    if cells > limits.TABLE_CELLS:
        raise TooLarge(name, "the cells of the layer", f"{cells:,}", f"{limits.TABLE_CELLS:,}")


def read_table(table: pa.Table, name: str, dialect: Dialect, geometry: str = "", crs: object = None) -> Sheet:
    """An Arrow table; the column `geometry` holds WKB in the coordinate reference system `crs`, see `projection_of`."""
    header, columns = [], []
    reasons: dict[str, str] = {}
    if geometry in table.column_names:
        shapes = shapely.from_wkb(table.column(geometry).to_numpy(), on_invalid="ignore")
        degrees, why = projection_of(crs).degrees(_ends(shapes))
        reasons = {"positions": why} if why else {}
        for key, numbers in degrees.items():
            header.append(key)
            columns.append(encoded_texts(pa.array(numbers, pa.float64(), mask=np.isnan(numbers))))
    for key in table.column_names:
        if key != geometry:
            header.append(key)
            columns.append(text_column(table.column(key), key, name))
    return replace(_sheet(name, dialect, header, columns), reasons=reasons)


def text_column(column: pa.ChunkedArray, key: str, name: str) -> pa.DictionaryArray:
    """A typed column as texts. Raises UnreadableFile for what no cell can hold."""
    if pa.types.is_nested(column.type):
        raise UnreadableFile(
            name, f"column {key!r} holds tables in its cells", "Leave it out, or spread it over columns."
        )
    try:
        if pa.types.is_binary(column.type) or pa.types.is_large_binary(column.type):
            column = column.cast(pa.string())
        chunks = [encoded_texts(chunk) for chunk in column.chunks]
    except (pa.ArrowException, UnicodeError, ValueError, OverflowError) as error:
        raise UnreadableFile(name, f"column {key!r} holds no text: {error}", "Leave it out.") from error
    whole = pa.chunked_array(chunks, pa.dictionary(pa.int32(), pa.string())).unify_dictionaries().combine_chunks()
    return whole if isinstance(whole, pa.DictionaryArray) else encoded(pa.array([], pa.string()))


def _ends(shapes: NDArray[np.object_]) -> dict[str, NDArray[np.float64]]:
    """Longitudes and latitudes (float64, NaN where there is none) by column name."""
    kinds = shapely.get_type_id(shapes)
    if (kinds == 0).any():
        points = shapes.copy()
        points[kinds != 0] = None
        return {"lon": shapely.get_x(points), "lat": shapely.get_y(points)}
    if not np.isin(kinds, (1, 5)).any():
        return {}
    lines, last = shapely.get_geometry(shapes, 0), shapely.get_geometry(shapes, -1)
    first, end = shapely.get_point(lines, 0), shapely.get_point(last, -1)
    numbers = (shapely.get_x(first), shapely.get_y(first), shapely.get_x(end), shapely.get_y(end))
    return dict(zip(ENDS, numbers, strict=True))


def _check_columns(many: int, name: str) -> None:
    if many > limits.COLUMNS:
        raise TooLarge(name, "the number of columns", f"{many:,}", f"{limits.COLUMNS:,}")


def _sheet(name: str, dialect: Dialect, header: list[str], columns: list[pa.DictionaryArray]) -> Sheet:
    if not header:
        raise UnreadableFile(name, "holds no columns", "A table has at least one.")
    gathered = Gathered(name, len(header))
    gathered.add_columns(columns, np.arange(2, len(columns[0]) + 2, dtype=np.int64))
    kept, lines, _, _ = gathered.finish(restore=False)
    names = distinct(header)
    return Sheet(name, "", dialect, names, dict(zip(names, kept, strict=True)), lines)
