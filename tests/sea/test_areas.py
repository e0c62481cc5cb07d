"""The shapes of areas."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

from geo.sea import areas, basemap, coast

FAR_EAST = (140.0, 60.0, 2500.0)


def test_a_country_is_its_own_shape_and_not_its_neighbours() -> None:
    russia = areas.shape_of("RU", None)
    for name, lon, lat, inside in [
        ("Moscow", 37.6, 55.75, True),
        ("Chukotka", -175.0, 67.0, True),
        ("Simferopol", 34.1, 45.0, False),
        ("Harbin", 126.6, 45.8, False),
        ("Lake Baikal", 107.8, 53.4, False),
    ]:
        assert russia.contains(shapely.points(lon, lat)) == inside, name


def test_a_region_ends_with_its_country() -> None:
    region = areas.shape_of("RU", FAR_EAST)
    assert region.contains(shapely.points(135.0, 48.5))
    assert not region.contains(shapely.points(142.0, 43.0))  # Hokkaido
    assert not region.contains(shapely.points(60.6, 56.8))  # Yekaterinburg
    assert region.area < areas.shape_of("RU", None).area


def test_every_country_has_a_label_point_in_its_land_or_hard_by() -> None:
    frame = basemap.countries()
    large = [code for code in frame.index if areas.has_shape(code) and frame.geometry[code].area > 1]
    off = [code for code in large if frame.geometry[code].distance(shapely.points(*areas.label_point(code))) > 0.1]
    assert off == []


def test_the_tint_ends_at_the_coast_that_is_drawn() -> None:
    fine = coast.fine_land((124.0, 37.0, 131.0, 43.5), np.zeros(0), np.zeros(0))
    assert fine is not None
    shape = areas.refined("KP", None, fine)
    beyond = shapely.difference(shape, shapely.buffer(fine.geometry, 1e-4))
    assert beyond.area < 1e-3
    assert shape.area == pytest.approx(areas.shape_of("KP", None).area, rel=0.03)
    assert not shape.contains(shapely.points(127.0, 37.55))  # Seoul


def test_no_outline_runs_along_the_antimeridian() -> None:
    lines = areas.outlines(areas.shape_of("RU", None))
    for line in lines:
        along = (np.abs(line[:-1, 0]) > 179.99) & (np.abs(line[1:, 0]) > 179.99)
        assert not along.any()
    assert max(line[:, 0].max() for line in lines) > 179
