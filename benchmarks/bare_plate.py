"""What a plate stands beside: bare matplotlib, with geopandas for the land, and 200 arcs on it; no texts, no legend.

`python -m benchmarks.bare_plate OUT.png` makes the picture in a process of its own.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal

import geopandas as gpd
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

LAND = Path(__file__).parents[1] / "data" / "land-50m.parquet"
LAND_10M = LAND.with_name("land-10m.parquet")
WIDE, TALL, DPI = 1920, 1080, 96
ARCS = 200
View = tuple[float, float, float, float]
"""west, south, east, north in degrees."""
Way = Literal["redrawn", "still parts once"]
FILMS: tuple[Way, ...] = ("redrawn", "still parts once")


@cache
def land(view: View) -> gpd.GeoDataFrame:
    """As much as meets the view, at the scale that our plate of it has."""
    west, south, east, north = view
    path = LAND if north - south > 14 else LAND_10M
    return gpd.read_parquet(path).cx[west:east, south:north]


def picture(view: View) -> bytes:
    """A PNG."""
    figure, _ = _drawn(view)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI)
    return out.getvalue()


def film(view: View, target: Path, frames: int, running: int, fps: int, how: Way) -> None:
    """Arcs that grow from frame to frame, and the last held; by our own encoder, so that only the drawing differs."""
    from geo.brief.formats.film_encoder import Encoder, FrameShape

    with Encoder(target, "mp4", FrameShape(WIDE, TALL, fps, (255, 255, 255)), {}) as encoder:
        for frame in _frames(view, running, how):
            encoder.write(frame)
        for _ in range(frames - running):
            encoder.write(frame)


def _frames(view: View, running: int, how: Way) -> Iterator[NDArray[np.uint8]]:
    figure, arcs = _drawn(view)
    canvas = FigureCanvasAgg(figure)
    widest = np.asarray(arcs.get_linewidth())
    arcs.set_animated(how == "still parts once")
    canvas.draw()
    still = canvas.copy_from_bbox(figure.bbox)
    for number in range(1, running + 1):
        arcs.set_linewidth((widest * number / running).tolist())
        if how == "redrawn":
            canvas.draw()
        else:
            canvas.restore_region(still)
            arcs.axes.draw_artist(arcs)  # type: ignore[union-attr]
        yield np.asarray(canvas.buffer_rgba())


def _drawn(view: View) -> tuple[Figure, LineCollection]:
    west, south, east, north = view
    figure = Figure((WIDE / DPI, TALL / DPI), DPI)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    land(view).plot(ax=axes, color="#e8e6e1", edgecolor="#b0aca4", linewidth=0.5, aspect=None)
    chance = np.random.default_rng(1)
    ends = chance.uniform((west, south), (east, north), (2, ARCS, 2))
    share = np.linspace(0, 1, 60)[None, :, None]
    lines = ends[0, :, None] * (1 - share) + ends[1, :, None] * share
    lines[..., 1] += (np.sin(np.pi * share) * 0.1 * (north - south))[..., 0]
    arcs = LineCollection(
        list(lines), linewidths=chance.uniform(1, 12, ARCS), colors=[f"C{number % 10}" for number in range(ARCS)]
    )
    arcs.set_alpha(0.6)
    axes.add_collection(arcs)
    axes.set(xlim=(west, east), ylim=(south, north))
    return figure, arcs


if __name__ == "__main__":
    sides = [float(each) for each in sys.argv[2:6]]
    Path(sys.argv[1]).write_bytes(picture((sides[0], sides[1], sides[2], sides[3])))
