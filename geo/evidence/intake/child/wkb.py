"""Geometries as WKB -> where their lines begin and end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.evidence.intake.child.geojson import ENDS, POINT

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

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
