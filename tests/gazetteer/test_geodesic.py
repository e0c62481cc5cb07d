"""Lengths are geodesic, lines start and end at their places, and none jumps across the map."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

from geo.gazetteer.geodesic import geodesics
from geo.gazetteer.places import CRS, Places
from tests import zoo


def pair(first: tuple[float, float], second: tuple[float, float]) -> Places:
    frame = pd.DataFrame(
        {"code": ["A", "B"], "name": ["A", "B"], "aliases": ["", ""], "country": ["", ""]}, dtype="str"
    )
    points = gpd.points_from_xy([first[0], second[0]], [first[1], second[1]])
    return Places(gpd.GeoDataFrame(frame, geometry=points, crs=CRS))


@pytest.mark.parametrize(("first", "second"), zoo.COORDINATES.values(), ids=zoo.COORDINATES)
def test_a_line_joins_its_places_without_a_jump(first: tuple[float, float], second: tuple[float, float]) -> None:
    lines, km = geodesics(np.array(["A"], object), np.array(["B"], object), pair(first, second))
    xy = shapely.get_coordinates(lines.iloc[0])
    assert tuple(xy[0]) == first
    assert (xy[-1, 0] - second[0]) % 360 == pytest.approx(0, abs=1e-9)
    assert xy[-1, 1] == second[1]
    assert np.isfinite(xy).all()
    assert np.abs(np.diff(xy[:, 0])).max() <= 180
    assert 0 < km[0] < 20_016


def test_a_known_length() -> None:
    _, km = geodesics(np.array(["A"], object), np.array(["B"], object), pair((0, 0), (0, 1)))
    assert km[0] == pytest.approx(110.574, abs=0.001)  # one degree of latitude at the equator on WGS 84


def test_legs_of_one_corridor_share_their_line() -> None:
    origin, destination = np.array(["A", "B", "A"], object), np.array(["B", "A", "B"], object)
    lines, km = geodesics(origin, destination, pair((0, 0), (10, 10)))
    assert lines.iloc[0] is lines.iloc[2]
    assert not lines.iloc[0].equals_exact(lines.iloc[1], 1e-9)
    assert km[0] == pytest.approx(km[1])
