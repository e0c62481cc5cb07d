"""Borders and names of the base map, and the browser's file, which is made from them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import shapely

from geo import player
from geo.sea import basemap, coast

PAGE_FILE = Path(__file__).parents[2] / "geo" / "player" / "src" / "basemap.json"


def test_the_browser_has_what_plates_have() -> None:
    # Made by `python data/refresh_basemap.py`.
    assert PAGE_FILE.read_text(encoding="utf-8") == basemap.page_file()
    assert PAGE_FILE.stat().st_size < 400_000
    assert (PAGE_FILE.parents[1] / "dist" / PAGE_FILE.name).read_bytes() == PAGE_FILE.read_bytes()


def test_page_and_plates_have_the_same_layers() -> None:
    assert player.LAYERS == basemap.LAYERS
    assert player.ORDINARY_LAYERS == basemap.ORDINARY_LAYERS


def test_borders_run_inland_and_no_coast_is_among_them() -> None:
    lines = basemap.borders().geometry.to_numpy()
    land = coast.land("50m").geometry.to_numpy()
    rings = shapely.STRtree(shapely.boundary(land))
    middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
    _, away = rings.query_nearest(middles, all_matches=False, return_distance=True)
    assert np.median(away) > 0.2


@pytest.mark.parametrize(("where", "disputed"), [((33.5, 45.5, 35.2, 46.4), True), ((22.0, 50.0, 24.2, 52.0), False)])
def test_a_line_is_disputed_where_the_atlases_differ(where: tuple[float, ...], disputed: bool) -> None:
    """Crimea, and Poland's border with Ukraine."""
    frame = basemap.borders()
    near = frame[frame.intersects(shapely.box(*where))]
    assert near["disputed"].any() == disputed
    assert near["disputed"].all() == disputed


def test_names_lie_where_they_belong() -> None:
    land = shapely.STRtree(coast.land("50m").geometry.to_numpy())
    seas = [name for name in basemap.names() if name.kind == "sea"]
    points = shapely.points([name.lon for name in seas], [name.lat for name in seas])
    ashore = {seas[i].text for i in land.query(points, predicate="intersects")[0]}
    # Straits and canals that are narrower than the coast of 1:50 million is true.
    assert ashore <= {"Bosporus", "Suez Canal", "Dardanelles"}
    assert len(seas) > 150


def test_countries_and_large_seas_find_room_first_and_the_larger_city_before_the_smaller() -> None:
    names = basemap.names()
    kinds = [name.kind for name in names]
    assert "city" not in kinds[: kinds.index("city")]
    assert set(kinds[kinds.index("city") :]) == {"city"}
    texts = [name.text for name in names]
    assert texts.index("Tokyo") < texts.index("Vladivostok") < texts.index("Chongjin")
    assert "East Sea / Sea of Japan" in texts
