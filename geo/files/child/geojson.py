"""GeoJSON, one feature after the other: its properties as text, and the ends of its line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import UnreadableFile
from geo.files import limits
from geo.files.cell_text import text_of
from geo.files.child import main
from geo.files.child.json_text import JsonText, Number, text_in
from geo.files.child.main import Answer, Request

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
POINT = ("lon", "lat")
_LONGEST_CRS = 100
_BATCH = 2_000
_HEAD = 1 * limits.MIB


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"rows", "most"}: {"rows": dicts of texts} and at last {"crs": name or None} of one collection or one feature."""
    most = request.get("most")
    if most is not None and (first := _first(path, most)) is not None:
        yield main.JSON, first
        return
    collection = _Collection(text_in(path, "GeoJSON file"))
    try:
        rows = map(row_of, islice(collection.features(), most))
        while batch := list(islice(rows, _BATCH)):
            yield main.JSON, {"rows": batch}
    except RecursionError as error:
        raise UnreadableFile("", "is nested too deeply", "Export it again as GeoJSON.") from error
    except ValueError as error:
        raise UnreadableFile("", f"is broken JSON: {error}", "Export it again as GeoJSON.") from error
    yield main.JSON, {"crs": _crs_of(collection.others.get("crs"))}


def _first(path: str, most: int) -> dict[str, object] | None:
    """The first features and the system, where the beginning of the file has that many features; else None."""
    with Path(path).open("rb") as file:
        text = file.read(_HEAD).decode("utf-8-sig", "ignore")
    collection = _Collection(text)
    try:
        rows = [row_of(feature) for feature in islice(collection.features(), most)]
    except (ValueError, RecursionError):
        return None
    return {"rows": rows, "crs": _crs_of(collection.others.get("crs"))} if len(rows) == most else None


class _Collection:
    """The members of a JSON object in their order. others: those but the features, as far as the text was read."""

    def __init__(self, text: str) -> None:
        self._text = JsonText(text)
        self.others: dict[str, Any] = {}

    def features(self) -> Iterator[object]:
        """Each feature, held no longer than it is needed. Raises ValueError, RecursionError, UnreadableFile."""
        found = False
        for key in self._text.keys():  # noqa: SIM118  no dict
            if key == "features" and self._text.mark() == "[":
                found = True
                yield from self._text.elements()
            else:
                self.others[key] = self._text.value()
        self._text.end()
        if self.others.get("type") == "Feature":
            yield self.others
        elif not found:
            raise UnreadableFile("", "is JSON, but not a collection of features", "Export it as GeoJSON.")


def _crs_of(crs: object) -> str | None:
    """The name of a collection's coordinate reference system, as GeoJSON of before 2016 gives it; None without one."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    return str(named)[:_LONGEST_CRS] if isinstance(named, str) else None


def row_of(feature: object) -> dict[str, str]:
    """The properties of a feature as texts, and before them its position. Raises UnreadableFile."""
    if not isinstance(feature, dict):
        raise UnreadableFile("", "holds something other than features", "Export it as GeoJSON.")
    properties = feature.get("properties")
    cells = {str(key): text_of(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    cells = {clean(key): clean(value) for key, value in cells.items()}
    return {**position_of(feature.get("geometry")), **cells}


def clean(text: str) -> str:
    """Without halves of characters, which JSON can spell and no text can hold."""
    return text.encode("utf-8", "replace").decode()


def position_of(geometry: object) -> dict[str, str]:
    """The first and the last position of a line, or that of a point, as they stand in the file."""
    if not isinstance(geometry, dict) or not isinstance(at := geometry.get("coordinates"), list):
        return {}
    kind = geometry.get("type")
    if kind == "Point" and is_position(at):
        return dict(zip(POINT, map(text_of, at[:2]), strict=True))
    lines = at if kind == "MultiLineString" else [at]
    ends = [lines[0][0], lines[-1][-1]] if lines and all(isinstance(line, list) and line for line in lines) else []
    if kind in ("LineString", "MultiLineString") and ends and all(map(is_position, ends)):
        return dict(zip(ENDS, map(text_of, [*ends[0][:2], *ends[1][:2]]), strict=True))
    return {}


def is_position(at: object) -> bool:
    return isinstance(at, list) and len(at) >= 2 and all(isinstance(each, Number) for each in at[:2])


_ENVELOPES = (0, 32, 48, 48, 64)
"""Bytes of the envelope by its code (OGC 12-128r18, GeoPackageBinaryHeader)."""
_HEADER = 8


def wkb_of(blob: object) -> bytes | None:
    """The WKB within a GeoPackage's geometry; None where there is none."""
    if not isinstance(blob, bytes) or len(blob) <= _HEADER or not blob.startswith(b"GP"):
        return None
    envelope = blob[3] >> 1 & 7
    return blob[_HEADER + _ENVELOPES[envelope] :] if envelope < len(_ENVELOPES) else None


def positions(shapes: Sequence[bytes | None] | NDArray[np.object_]) -> dict[str, NDArray[np.float64]]:
    """n geometries as WKB -> n longitudes and latitudes (float64, NaN where there is none) by column name.

    `POINT` where any of them is a point, `ENDS` where any is a line, neither where none is one or the other.
    """
    import numpy as np
    import shapely

    found = shapely.from_wkb(np.array(shapes, object), on_invalid="ignore")
    kinds = shapely.get_type_id(found)
    if (kinds == shapely.GeometryType.POINT).any():
        points = found.copy()
        points[kinds != shapely.GeometryType.POINT] = None
        return dict(zip(POINT, (shapely.get_x(points), shapely.get_y(points)), strict=True))
    if not np.isin(kinds, (shapely.GeometryType.LINESTRING, shapely.GeometryType.MULTILINESTRING)).any():
        return {}
    lines, last = shapely.get_geometry(found, 0), shapely.get_geometry(found, -1)
    first, end = shapely.get_point(lines, 0), shapely.get_point(last, -1)
    return dict(
        zip(ENDS, (shapely.get_x(first), shapely.get_y(first), shapely.get_x(end), shapely.get_y(end)), strict=True)
    )


def ends_of(shapes: Sequence[bytes | None]) -> dict[str, list[float]]:
    """The same as plain lists: NaN crosses JSON as NaN between two Pythons."""
    return {name: numbers.tolist() for name, numbers in positions(shapes).items()}
