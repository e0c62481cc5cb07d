"""Makes the land files from Natural Earth's physical land, as packed in the npm package `world-atlas`.

    npm pack world-atlas@2 && tar xf world-atlas-*.tgz
    python data/refresh_land.py package

writes
    data/land-50m.parquet, data/land-10m.parquet    single polygons, EPSG:4326, cut at ±180, about 10 m of rounding
    geo/player/src/land-50m.bin                     the 1:50m land, triangulated, for the browser; little-endian:
        uint32 vertices, uint32 triangles
        float32 lon, lat                            per vertex, degrees; no vertex twice
        uint32 a, b, c                              per triangle, rows of vertices

Rings that cross the antimeridian come stitched: they jump from +180 to -180 and smear over the whole map. Here each is
unrolled into continuous longitudes and cut at ±180 again; one around the pole is closed along the pole first.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import json
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.sea.coast import triangles

ROOT = Path(__file__).resolve().parents[1]
DIGITS = {"50m": 4, "10m": 4}
Ring = NDArray[np.float64]


def decode(path: Path) -> list[list[Ring]]:
    """The polygons of a TopoJSON file's `land` (its specification: github.com/topojson/topojson-specification)."""
    topology = json.loads(path.read_text())
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(indices: list[int]) -> Ring:
        # A negative index is an arc backwards; an arc begins where the last one ended.
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    polygons: list[list[Ring]] = []
    for geometry in topology["objects"]["land"]["geometries"]:
        several = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons.extend([ring(indices) for indices in polygon] for polygon in several)
    return polygons


def unrolled(ring: Ring) -> Ring:
    """The ring in continuous longitudes; one that goes around a pole is closed along that pole."""
    lon = np.degrees(np.unwrap(np.radians(ring[:, 0])))
    turned = lon[-1] - lon[0]
    ring = np.column_stack([lon, ring[:, 1]])
    if abs(turned) < 180.0:
        return ring
    pole = np.copysign(90.0, ring[:, 1].mean())
    return np.vstack([ring, [[lon[-1], pole], [lon[0], pole], ring[0]]])


def cut(polygon: list[Ring], digits: int) -> BaseGeometry:
    """The polygon within [-180, 180], and valid, with coordinates of `digits` decimals."""
    shell, *holes = (unrolled(ring) for ring in polygon)
    # A hole may have been unrolled into another turn than its shell.
    centre = shell[:, 0].mean()
    for hole in holes:
        hole[:, 0] += 360.0 * np.round((centre - hole[:, 0].mean()) / 360.0)
    whole = shapely.make_valid(shapely.Polygon(shell, holes))
    parts = []
    for turn in (-360.0, 0.0, 360.0):
        part = shapely.intersection(whole, shapely.box(-180.0 - turn, -90.0, 180.0 - turn, 90.0))
        parts.append(
            shapely.transform(part, lambda xy, by=turn: np.clip(xy + np.array([by, 0.0]), (-180, -90), (180, 90)))
        )
    return shapely.set_precision(shapely.union_all(parts), 10.0**-digits)


def polygons(path: Path, digits: int) -> gpd.GeoDataFrame:
    """Single polygons, those of the north-west first, so that a bounding box is answered from few row groups."""
    parts = gpd.GeoSeries([cut(polygon, digits) for polygon in decode(path)], crs=4326).explode(ignore_index=True)
    parts = parts[(parts.geom_type == "Polygon") & ~parts.is_empty]
    frame = gpd.GeoDataFrame(geometry=parts)
    return frame.iloc[frame.hilbert_distance().argsort(kind="stable")].reset_index(drop=True)


def write_browser_land(frame: gpd.GeoDataFrame, path: Path) -> None:
    """The binary file described above."""
    positions, faces = triangles(shapely.multipolygons(frame.geometry.to_numpy()))
    head = np.array([len(positions), len(faces)], "<u4")
    path.write_bytes(head.tobytes() + positions.astype("<f4").tobytes() + faces.astype("<u4").tobytes())


def main(package: Path) -> None:
    for scale, digits in DIGITS.items():
        frame = polygons(package / f"land-{scale}.json", digits)
        frame.to_parquet(ROOT / "data" / f"land-{scale}.parquet", compression="zstd", index=False)
        if scale == "50m":
            write_browser_land(frame, ROOT / "geo" / "player" / "src" / "land-50m.bin")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
