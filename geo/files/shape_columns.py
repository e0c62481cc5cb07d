"""A column whose cells are lines or points, as WKT or GeoJSON -> columns of the ends in degrees beside it.

QGIS, PostGIS and kepler.gl write shapes so into a CSV. The column itself stays as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from geo.files.column_names import distinct
from geo.matching.mapping import header_key
from geo.sheet import Sheet

ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
POINT = ("lon", "lat")
_NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?"
_WKT = re.compile(r"\s*(?:SRID=4326;)?\s*(MULTILINESTRING|LINESTRING|POINT)\s*(?:Z|M|ZM)?\s*\(", re.IGNORECASE)
_PAIR = re.compile(rf"\s*({_NUMBER})\s+({_NUMBER})(?=[\s,)])")
_JSON = re.compile(r'\s*\{.{0,60}"(?:type|coordinates)"', re.DOTALL)
_LINES = ("LineString", "MultiLineString")
_LOOKED_AT = 500
"""Columns, so many distinct texts of each: shapes are looked for where a column begins with one."""


def with_ends(sheet: Sheet) -> Sheet:
    """The sheet with the ends of its lines, or its points; the same where it has such columns, or holds no shapes."""
    keys = {header_key(name) for name in sheet.header}
    for header in sheet.header[:_LOOKED_AT]:
        column = sheet.columns[header]
        first = next((text for text in column.dictionary[:_LOOKED_AT].to_pylist() if text.strip()), "")
        names = ENDS if len(found := positions_of(first)) == len(ENDS) else POINT
        if found and keys.isdisjoint(names):
            shapes = [positions_of(text) for text in column.dictionary.to_pylist()]
            added = {name: _coded(column, shapes, names, at) for at, name in enumerate(names)}
            header_names = distinct([*sheet.header, *added])
            return replace(
                sheet,
                header=header_names,
                columns={**sheet.columns, **dict(zip(header_names[len(sheet.header) :], added.values(), strict=True))},
                lower=(*sheet.lower, *added) if sheet.lower else (),
                reasons={**sheet.reasons, "positions": f"The positions are those of the shapes in “{header}”."},
            )
    return sheet


def _coded(
    column: pa.DictionaryArray, shapes: Sequence[Sequence[str]], names: Sequence[str], at: int
) -> pa.DictionaryArray:
    texts = pa.array([shape[at] if len(shape) == len(names) else "" for shape in shapes], pa.string())
    merged = texts.dictionary_encode()
    return pa.DictionaryArray.from_arrays(merged.indices.take(column.indices).cast(pa.int32()), merged.dictionary)


def positions_of(text: str) -> Sequence[str]:
    """(lon, lat) of both ends of a line, (lon, lat) of a point, () of all else, as they stand in the text.

    >>> positions_of("LINESTRING (130.3 42.23, 131 42.5, 131.88 43.11)")
    ('130.3', '42.23', '131.88', '43.11')
    """
    if found := _WKT.match(text):
        body = text[found.end() - 1 :].replace("(", " ")
        first, last = _PAIR.match(body), _PAIR.match(body, body.rfind(",") + 1)
        if not first or not last:
            return ()
        return first.groups() if found[1].upper() == "POINT" else (*first.groups(), *last.groups())
    return _of_json(text) if _JSON.match(text) else ()


def _of_json(text: str) -> Sequence[str]:
    try:
        shape = json.loads(text, parse_float=str, parse_int=str)
        kind, at = shape["type"], shape["coordinates"]
        if kind == "Point":
            found = at[:2]
        elif kind in _LINES:
            lines = [at] if kind == "LineString" else at
            found = [*lines[0][0][:2], *lines[-1][-1][:2]]
        else:
            return ()
    except (ValueError, TypeError, KeyError, IndexError, RecursionError):
        return ()
    plain = all(isinstance(each, str) and re.fullmatch(_NUMBER, each) for each in found)
    return tuple(found) if plain and len(found) in (len(POINT), len(ENDS)) else ()
