"""GeoJSON, one feature after the other: its properties as text, and the ends of its line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from itertools import islice
from json.decoder import WHITESPACE, scanstring  # type: ignore[attr-defined]  # there since Python 3.0
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.cell_text import text_of
from geo.files.child import main
from geo.files.child.main import Answer, Request

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
POINT = ("lon", "lat")
_LONGEST_CRS = 100
_BATCH = 2_000
_HEAD = 1 * limits.MIB


class _Number(str):
    """A number as it stands in the file."""

    __slots__ = ()


_DECODER = json.JSONDecoder(parse_float=_Number, parse_int=_Number)


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"rows", "most"}: {"rows": dicts of texts} and at last {"crs": name or None} of one collection or one feature."""
    most = request.get("most")
    if most is not None and (first := _first(path, most)) is not None:
        yield main.JSON, first
        return
    size = Path(path).stat().st_size
    if size > limits.JSON_BYTES:
        found, limit = limits.in_words(size), limits.in_words(limits.JSON_BYTES)
        raise TooLarge("", "the size of a GeoJSON file", found, limit)
    collection = _Collection(Path(path).read_text("utf-8-sig"))
    try:
        rows = map(_row, islice(collection.features(), most))
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
        rows = [_row(feature) for feature in islice(collection.features(), most)]
    except (ValueError, RecursionError):
        return None
    return {"rows": rows, "crs": _crs_of(collection.others.get("crs"))} if len(rows) == most else None


class _Collection:
    """The members of a JSON object in their order. others: those but the features, as far as the text was read."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self.others: dict[str, Any] = {}

    def features(self) -> Iterator[object]:
        """Each feature, held no longer than it is needed. Raises ValueError, RecursionError, UnreadableFile."""
        self._expect("{")
        found = False
        while not self._accept("}"):
            self._expect('"')
            key, self._at = scanstring(self._text, self._at)
            self._expect(":")
            self._space()
            if key == "features" and self._text[self._at : self._at + 1] == "[":
                found = True
                yield from self._elements()
            else:
                self.others[key] = self._value()
            self._accept(",")
        self._space()
        if self._at < len(self._text):
            raise ValueError(f"more follows its end (char {self._at})")
        if self.others.get("type") == "Feature":
            yield self.others
        elif not found:
            raise UnreadableFile("", "is JSON, but not a collection of features", "Export it as GeoJSON.")

    def _elements(self) -> Iterator[object]:
        self._at += 1
        while not self._accept("]"):
            yield self._value()
            self._accept(",")

    def _value(self) -> Any:  # noqa: ANN401  whatever JSON holds
        self._space()
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value

    def _space(self) -> None:
        self._at = WHITESPACE.match(self._text, self._at).end()

    def _accept(self, mark: str) -> bool:
        self._space()
        if self._at >= len(self._text):
            raise ValueError(f"it ends too early (char {self._at})")
        if self._text[self._at] != mark:
            return False
        self._at += 1
        return True

    def _expect(self, mark: str) -> None:
        if not self._accept(mark):
            raise ValueError(f"{mark!r} is expected (char {self._at})")


def _crs_of(crs: object) -> str | None:
    """The name of a collection's coordinate reference system, as GeoJSON of before 2016 gives it; None without one."""
    properties = crs.get("properties") if isinstance(crs, dict) else None
    named = properties.get("name") if isinstance(properties, dict) else None
    return str(named)[:_LONGEST_CRS] if isinstance(named, str) else None


def _row(feature: object) -> dict[str, str]:
    if not isinstance(feature, dict):
        raise UnreadableFile("", "holds something other than features", "Export it as GeoJSON.")
    properties = feature.get("properties")
    cells = {str(key): text_of(value) for key, value in properties.items()} if isinstance(properties, dict) else {}
    cells = {_clean(key): _clean(value) for key, value in cells.items()}
    return {**_position(feature.get("geometry")), **cells}


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
