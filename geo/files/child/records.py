"""JSON that is no GeoJSON: objects or arrays as the rows of a table, one after the other, in an array or line by line.

An object that holds such arrays holds tables, each a layer by its path. What is nested has a column for each value:
{"from": {"name": "Rajin", "coordinates": [130.3, 42.2]}} has from.name, from.lon and from.lat.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import chain, islice
from typing import Any

from geo.errors import DialectError, GeoError, UnreadableFile
from geo.files.cell_text import listed, text_of
from geo.files.child import main
from geo.files.child.geojson import ENDS, clean, is_position, position_of, row_of
from geo.files.child.json_text import JsonText, text_in
from geo.files.child.main import Answer, Request

_BATCH = 2_000
_HINT = "Export it as a list of objects, one a row, or as CSV."
Row = Mapping[str, object]


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"layers"}: the names of the tables, "" for one without. {"rows": name, "most"}: {"rows": dicts of texts}.

    {"beside"}: what is said beside them, each with its path: "meta.unit: thousand TEU"; after the others.
    """
    try:
        if "beside" in request:
            yield main.JSON, _beside
            return
        # A text sequence (RFC 8142) has a record separator before each value.
        text = JsonText(text_in(path, "JSON file").replace("\x1e", "\n"))
        if "layers" in request:
            yield main.JSON, list(_tables(text))
            return
        tables, name = _tables(text), str(request["rows"])
        if name not in tables:
            raise DialectError("sheet", name, f"the file has {', '.join(map(repr, tables))}")
        rows = map(_cells, islice(tables[name], request.get("most")))
        while batch := list(islice(rows, _BATCH)):
            yield main.JSON, {"rows": batch}
    except GeoError:
        raise
    except RecursionError as error:
        raise UnreadableFile("", "is nested too deeply", _HINT) from error
    except ValueError as error:
        raise UnreadableFile("", f"is broken JSON: {error}", "Export it again.") from error


def _tables(text: JsonText) -> dict[str, Iterator[Row]]:
    """Name -> its rows, read as they are asked for where the file is one table. Raises ValueError, UnreadableFile."""
    if text.mark() == "[":
        return {"": _of_array(text)}
    first = text.value()
    if text.mark():
        return {"": chain(_records([first]), _of_lines(text))}
    found = dict(_inside(first, ""))
    _beside[:] = islice(_texts_in(first, ""), _MOST_BESIDE) if found else []
    if not found and isinstance(first, dict) and len(first) > 1 and not any(map(_is_nested, first.values())):
        found[""] = [first]
    if not found:
        raise UnreadableFile("", "is JSON, but holds no list of records", _HINT)
    return {name: _records(rows) for name, rows in found.items()}


_MOST_BESIDE, _LONGEST_BESIDE = 50, 300
_beside: list[str] = []
"""What the document that was read last says beside its tables: it is not parsed again for that."""


def _texts_in(value: object, path: str) -> Iterator[str]:
    if isinstance(value, str) and path and len(value) <= _LONGEST_BESIDE:
        yield f"{path}: {value}"
    elif isinstance(value, dict) and not _columns(value):
        for key, inner in value.items():
            yield from _texts_in(inner, f"{path}.{key}" if path else str(key))


def _of_lines(text: JsonText) -> Iterator[Row]:
    while text.mark():
        yield from _records([text.value()])


def _of_array(text: JsonText) -> Iterator[Row]:
    """Objects, or arrays of which the first has the names."""
    elements = text.elements()
    first = next(elements, None)
    if isinstance(first, list):
        names = [text_of(name) for name in first]
        yield from (_named(names, row) for row in elements)
    elif first is not None:
        yield from _records(chain([first], elements))
    text.end()


def _records(values: Any) -> Iterator[Row]:  # noqa: ANN401  whatever JSON holds
    for value in values:
        if not isinstance(value, dict):
            raise UnreadableFile("", "is JSON, but holds something other than records", _HINT)
        if "attributes" in value and "geometry" in value:
            raise UnreadableFile("", "is Esri JSON", "Export it as GeoJSON.")
        yield value


def _named(names: list[str], row: object) -> Row:
    if not isinstance(row, list) or len(row) > len(names):
        raise UnreadableFile("", "is JSON, but its arrays are no rows under one line of names", _HINT)
    return dict(zip(names, row, strict=False))


def _inside(value: object, path: str) -> Iterator[tuple[str, list[Any]]]:
    """The tables in a document: lists of objects, and what pandas writes in its other forms."""
    if isinstance(value, list) and value and all(isinstance(each, dict) for each in value):
        yield path, value
    if not isinstance(value, dict):
        return
    if value.get("type") == "Topology":
        raise UnreadableFile("", "is TopoJSON", "Export it as GeoJSON.")
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(isinstance(each, list) for each in data):
        yield path, [_named([text_of(name) for name in names], row) for row in data]
    elif columns := _columns(value):
        yield path, columns
    else:
        for key, inner in value.items():
            yield from _inside(inner, f"{path}.{key}" if path else str(key))


def _columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Columns of equal length under their names, as lists or as objects by row number -> records; [] for all else."""
    inner = list(value.values())
    if len(inner) < 2:
        return []
    if all(isinstance(each, list) for each in inner):
        even = len({len(each) for each in inner}) == 1
        plain = not any(isinstance(cell, dict) for each in inner for cell in each)
        return [dict(zip(value, cells, strict=True)) for cells in zip(*inner, strict=True)] if even and plain else []
    if not all(isinstance(each, dict) and each and all(map(str.isdigit, each)) for each in inner):
        return []
    numbers = dict.fromkeys(number for each in inner for number in each)
    return [{name: each.get(number) for name, each in value.items()} for number in numbers]


def _is_nested(value: object) -> bool:
    return isinstance(value, dict | list)


def _cells(record: Row) -> dict[str, str]:
    """The texts of a record, by the path of each."""
    if record.get("type") == "Feature" and isinstance(record.get("properties"), dict):
        return row_of(record)
    cells: dict[str, str] = {}
    for name, value in _flat(record, ""):
        key, again = clean(name), 1
        while key in cells:
            again += 1
            key = f"{clean(name)} ({again})"
        cells[key] = clean(text_of(value))
    return cells


def _flat(record: Row, path: str) -> Iterator[tuple[str, object]]:
    for key, value in record.items():
        name = f"{path}.{key}" if path else str(key)
        if degrees := _degrees(name, value):
            yield from degrees.items()
        elif isinstance(value, dict):
            yield from _flat(value, name)
        else:
            yield name, listed(value) if isinstance(value, list) else value


_POSITION = re.compile(
    r"[._ -]?(coordinates?|coords?|position|lon_?lat|lng_?lat|location|point|geometry|geom)$", re.IGNORECASE
)
_REVERSED = re.compile(r"[._ -]?(lat_?lon|lat_?lng)$", re.IGNORECASE)
_END = re.compile(r"(^|[._ -])(from|to|origin|destination|source|target|start|end)$", re.IGNORECASE)
_LINE = re.compile(r"(^|[._ -])(path|line|route|track|arc|waypoints|geometry|geom|coordinates)$", re.IGNORECASE)


def _degrees(name: str, value: object) -> dict[str, object]:
    """The position or the ends of the line that a value is, where its name says so; {} for all else.

    Two numbers are a longitude and a latitude, as in GeoJSON and deck.gl, unless their name says otherwise.
    """
    if isinstance(value, dict) and "coordinates" in value and value.get("type") in _SHAPES:
        found = position_of(value)
        return {_under(_POSITION.sub("", name), key): text for key, text in found.items()}
    if not isinstance(value, list):
        return {}
    if _LINE.search(name) and len(value) > 1 and all(_is_degrees(each) for each in value):
        return dict(zip(ENDS, [*value[0][:2], *value[-1][:2]], strict=True))
    for form, pair in ((_POSITION, value[:2]), (_REVERSED, value[1::-1]), (_END, value[:2])):
        if form.search(name) and len(value) <= 3 and _is_degrees(pair):
            prefix = name if form is _END else form.sub("", name)
            return {_under(prefix, axis): each for axis, each in zip(("lon", "lat"), pair, strict=True)}
    return {}


_SHAPES = ("Point", "LineString", "MultiLineString")


def _under(prefix: str, name: str) -> str:
    return f"{prefix}.{name}" if prefix and name not in ENDS else name


def _is_degrees(at: object) -> bool:
    if not isinstance(at, list) or not is_position(at):
        return False
    return abs(float(at[0])) <= 360 and abs(float(at[1])) <= 90
