"""Makes the network of sea lanes from our own land of 1:10 million, ports and passages.

    python -m venv sea && sea/bin/pip install numba scipy rasterio geopandas pyogrio pyarrow pyproj
    PYTHONPATH=. sea/bin/python data/refresh_sea.py --work FOLDER

writes data/sea_network.npz, arrays that `geo/sea/graph.py` reads:
    lon, lat                            points, whole 1e-5 degrees
    first, last, km                     edges: the points at their ends, and their lengths on WGS 84
    crossing_edge, crossing_passage     which edges cross or lie in which of `passages`
    land_edge                           edges of canals and rivers, which may lie on land
    reach                               [landmark, point] kilometres with what is open by itself, 65535 for none
    port_lon, port_lat, port_point      positions of ports and the points where their routes begin
    joinable                            points at sea, to which other positions may be joined

A shortest way at sea bends only at corners of the coast. So the points are the convex corners of land that was widened:
by 12 km for the open ocean, by 3 km along coasts, by 0.4 km in narrow waters near ports (sea_corners.py). Two that are
near one another, or are capes, are joined where a raster of land tells that they see one another, and where the great
circle touches both corners without cutting into them (sea_sight.py). Shortest ways between ports are then sought, with
all open, and with straits and canals closed in turn. A stretch of such a way whose ends see one another is pulled
straight, which makes new edges; the land itself is asked about what a way takes, and a way that was found to cross
land is sought anew. What no way takes is left out (sea_ways.py, sea_search.py). An edge that is used already counts as
DISCOUNT shorter meanwhile, so that ways share edges.

With `--earlier data/sea_network.npz` the points and edges of an earlier file stand for the first two steps: all of them
stay, and ways that these leave too long are pulled straight (sea_earlier.py). That takes minutes.

FOLDER keeps what each step made, by the files that it was made from: a run that was broken off goes on where it was.
"""

# ruff: noqa: INP001, T201, S301 -- a script beside the data, no package; it reads back what it wrote itself

from __future__ import annotations

import argparse
import hashlib
import pickle
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import sea_corners
import sea_earlier
import sea_sight
import sea_ways

HERE = Path(__file__).parent
OUT = HERE / "sea_network.npz"
FACTS = ("land-10m.parquet", "places.csv", "ports.csv", "passages.csv")
CODE = ("sea_corners.py", "sea_sight.py", "sea_search.py", "sea_earlier.py", "sea_ways.py")


class Steps:
    """What the steps made, kept in a folder under the names of the step and of all that it was made from."""

    def __init__(self, folder: Path, *others: Path) -> None:
        self._folder, self._others = folder, others
        folder.mkdir(parents=True, exist_ok=True)

    def made(self, name: str, code: tuple[str, ...], make: Callable[[], Any]) -> Any:  # noqa: ANN401 -- any step's
        """What a step made before from the same files, or what it makes now."""
        told = hashlib.sha256()
        for each in (*(HERE / name for name in (*FACTS, *code)), *self._others):
            told.update(each.read_bytes())
        path = self._folder / f"{name}-{told.hexdigest()[:12]}.pickle"
        if path.exists():
            print(f"{name}: made before", flush=True)
            return pickle.loads(path.read_bytes())
        begun, spent = time.monotonic(), time.process_time()
        print(f"{name} …", flush=True)
        found = make()
        path.with_suffix(".part").write_bytes(pickle.dumps(found))
        path.with_suffix(".part").replace(path)
        taken = time.monotonic() - begun
        print(f"{name}: {taken:,.0f} s, of the processor {time.process_time() - spent:,.0f} s", flush=True)
        return found


def main() -> None:
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--work", type=Path, required=True, help="folder for what the steps make, outside the sources")
    asked.add_argument("--out", type=Path, default=OUT, help="the network's file, if not the one in data/")
    asked.add_argument("--earlier", type=Path, help="a network whose points and edges are taken instead of new ones")
    asked.add_argument("--until", default="", help="the last step to be made; the file then lacks what others find")
    given = asked.parse_args()
    land = sea_corners.navigable_land()
    cells = Steps(given.work).made("pieces", CODE[:1], lambda: sea_corners.pieces(land))
    if given.earlier:
        steps = Steps(given.work, given.earlier)
        points, edges = sea_earlier.points_and_edges(given.earlier)
        look = sea_sight.Look(land, points)
    else:
        steps = Steps(given.work)
        points = steps.made("points", CODE[:1], lambda: sea_corners.points(land, cells))
        look = sea_sight.Look(land, points)
        edges = steps.made("edges", CODE[:2], lambda: sea_sight.edges(look, points))
    print(f"{len(points.lon):,} points, {len(edges.pairs):,} edges in sight", flush=True)
    ways = sea_ways.Ways(sea_sight.Sea(cells), look, points, edges)
    if given.earlier:
        ways.used |= edges.tested
    for name, gather in sea_ways.gathers(ways):
        ways.keep(steps.made(name, CODE, gather))
        if name == given.until:
            break
    kept = sea_ways.arrays(ways)
    np.savez_compressed(given.out, **kept)
    print(f"{len(kept['lon']):,} points and {len(kept['first']):,} edges, {given.out.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
