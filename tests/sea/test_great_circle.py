"""Points on great circles, and the one place that cuts a line at the antimeridian."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st
from pyproj import Geod

from geo.sea.great_circle import STEP_KM, along, cut

GEOD = Geod(ellps="WGS84")
POSITIONS = st.tuples(st.floats(-180, 180), st.floats(-85, 85))


@given(POSITIONS, POSITIONS)
def test_a_line_has_no_long_step_no_jump_and_keeps_its_ends(a: tuple[float, float], b: tuple[float, float]) -> None:
    lon, lat = along(np.array([a[0], b[0]]), np.array([a[1], b[1]]))
    _, _, metres = GEOD.inv(lon[:-1], lat[:-1], lon[1:], lat[1:])
    assert np.max(metres) < STEP_KM * 1000 * 1.01
    assert (lon[0], lat[0], lat[-1]) == (a[0], a[1], b[1])
    assert (lon[-1] - b[0]) % 360 == pytest.approx(0, abs=1e-9) or (lon[-1] - b[0]) % 360 == pytest.approx(360)


@given(POSITIONS, POSITIONS)
def test_the_way_back_is_the_way_there(a: tuple[float, float], b: tuple[float, float]) -> None:
    there = along(np.array([a[0], b[0]]), np.array([a[1], b[1]]))
    back = along(np.array([b[0], a[0]]), np.array([b[1], a[1]]))
    np.testing.assert_allclose(there[1], back[1][::-1], atol=1e-9)
    assert np.allclose((there[0] - back[0][::-1] + 180) % 360, 180, atol=1e-6)


@given(POSITIONS, POSITIONS)
def test_a_cut_line_stays_within_180_and_is_as_long_as_before(a: tuple[float, float], b: tuple[float, float]) -> None:
    lon, lat = along(np.array([a[0], b[0]]), np.array([a[1], b[1]]))
    assume(np.abs(np.diff(lon)).max() < 5)  # By a pole, where no ship goes, degrees say little.
    parts = shapely.get_parts(cut(lon, lat))
    xy = shapely.get_coordinates(parts)
    assert np.abs(xy[:, 0]).max() <= 180.0
    km = sum(GEOD.line_length(*shapely.get_coordinates(part).T) for part in parts) / 1000
    assert km == pytest.approx(GEOD.line_length(lon, lat) / 1000, rel=1e-4, abs=1e-3)


@pytest.mark.parametrize(("lon", "lat"), [(0.0, 0.0), (-60.0, 40.0), (131.9, -43.1), (10.0, 90.0)])
@pytest.mark.parametrize("off", [0.0, 1e-13, 1e-9, 1e-5])
def test_a_line_to_the_other_side_of_the_world_takes_one_of_the_ways(lon: float, lat: float, off: float) -> None:
    there = (lon + 180.0 if lon <= 0 else lon - 180.0), off - lat
    found_lon, found_lat = along(np.array([lon, there[0]]), np.array([lat, there[1]]))
    _, _, metres = GEOD.inv(found_lon[:-1], found_lat[:-1], found_lon[1:], found_lat[1:])
    assert np.max(metres) < STEP_KM * 1000 * 1.01
    assert np.sum(metres) == pytest.approx(np.pi * 6_371_008.8, rel=5e-3)


def test_a_line_over_the_antimeridian_is_cut_there_into_two() -> None:
    lon, lat = along(np.array([170.0, -170.0]), np.array([0.0, 0.0]))
    west, east = shapely.get_parts(cut(lon, lat))
    assert shapely.get_coordinates(west)[-1].tolist() == [180.0, 0.0]
    assert shapely.get_coordinates(east)[0].tolist() == [-180.0, 0.0]
    whole = cut(*along(np.array([10.0, 20.0]), np.array([0.0, 0.0])))
    assert shapely.get_type_id(whole) == shapely.GeometryType.LINESTRING
