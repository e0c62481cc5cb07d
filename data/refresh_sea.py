"""Makes the network of sea lanes from our own land of 1:10 million, ports and passages.

    python -m venv sea && sea/bin/pip install numba scipy rasterio geopandas pyogrio pyarrow pyproj
    PYTHONPATH=. sea/bin/python data/refresh_sea.py
    PYTHONPATH=. sea/bin/python data/sea_outward.py

writes data/sea_network.npz, arrays that `geo/sea/graph.py` reads:
    lon, lat                            points, whole 1e-5 degrees
    first, last, km                     edges: the points at their ends, and their lengths on WGS 84
    crossing_edge, crossing_passage     which edges cross or lie in which of `passages`
    land_edge                           edges of canals and rivers, which may lie on land
    reach                               [landmark, point] kilometres with what is open by itself, 65535 for none
    port_lon, port_lat, port_point      positions of ports and the points where their routes begin
    joinable                            points at sea, to which other positions may be joined

A shortest way at sea bends only at corners of the coast. So the points are the convex corners of land that was widened:
by 12 km for the open ocean, by 3 km along coasts, by 0.4 km in narrow waters near ports. Two are joined where the
great circle between them is at sea and touches both corners without cutting into them (a taut edge). Of these edges
those are kept that lie on a shortest way between ports: with all open, and with straits and canals closed in turn. An
edge that is used already counts as DISCOUNT shorter meanwhile, so that ways share edges. The steps
lie in sea_corners.py (points), sea_sight.py (edges) and sea_ways.py (which are kept).
"""

# ruff: noqa: INP001, T201 -- a script beside the data, no package; it says how far it is

from __future__ import annotations

from pathlib import Path

import numpy as np
import sea_corners
import sea_sight
import sea_ways

OUT = Path(__file__).parent / "sea_network.npz"


def main() -> None:
    land = sea_corners.navigable_land()
    points = sea_corners.points(land)
    print(f"{len(points.lon):,} points", flush=True)
    edges = sea_sight.edges(land, points)
    print(f"{len(edges.pairs):,} edges in sight", flush=True)
    kept = sea_ways.network(land, points, edges)
    np.savez_compressed(OUT, **kept)
    print(f"{len(kept['lon']):,} points and {len(kept['first']):,} edges, {OUT.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
