"""Borders between countries in a projection: paths in metres, kept by extent and projection."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from matplotlib.path import Path
from matplotlib.transforms import Affine2D
from numpy.typing import NDArray

from geo.brief.plate.basemap import FINE_PX, Region, bent, clipped
from geo.brief.plate.labels import Box
from geo.brief.plate.palettes import Ink
from geo.brief.plate.projection import MapView, Projection
from geo.brief.plate.sheet import Group, Sheet
from geo.sea import basemap

WIDTH = 0.7
DASHES = (3.2, 2.2)
"""Of a border that is disputed, layout px."""


def draw_borders(sheet: Sheet, group: Group, view: MapView, ink: Ink) -> None:
    """Hairlines, dashed where the atlases differ."""
    box = Box(view.left, view.top, view.right, view.bottom)
    k = view.scale
    to_layout = Affine2D().scale(k, -k).translate(view.left - view.x * k, view.bottom + view.y * k)
    fine = float(2.0 ** np.floor(np.log2(FINE_PX / k)))
    for disputed in (False, True):
        path = _borders(view.projection, view.region(), disputed, fine)
        if np.size(path.vertices):
            dashes = DASHES if disputed else None
            sheet.strokes(group, path, to_layout, colour=ink.border, width=WIDTH, clip=box, dashes=dashes)


@lru_cache(maxsize=64)
def _borders(projection: Projection, region: Region, disputed: bool, fine: float) -> Path:
    frame = basemap.borders()
    parts = clipped(frame[frame["disputed"] == disputed], region, shapely.GeometryType.LINESTRING)
    return path_of_lines(shapely.simplify(bent(parts, projection), fine))


def path_of_lines(lines: NDArray[np.object_]) -> Path:
    """Lines as one path."""
    coordinates, line = shapely.get_coordinates(shapely.get_parts(lines), return_index=True)
    whole = np.isfinite(coordinates).all(axis=1)
    coordinates, line = coordinates[whole], line[whole]
    codes = np.full(len(coordinates), Path.LINETO, np.uint8)
    codes[np.diff(line, prepend=-1) != 0] = Path.MOVETO
    return Path(coordinates.reshape(-1, 2), codes)
