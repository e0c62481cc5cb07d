from __future__ import annotations

import json
import struct
from pathlib import Path

import numpy as np
import pytest
import shapely

from geo.sea import coast

BROWSER = Path(__file__).resolve().parents[2] / "geo" / "player" / "src" / "land-50m.bin"


def area(positions: np.ndarray, faces: np.ndarray) -> float:
    a, b, c = (positions[faces[:, corner]].astype(float) for corner in range(3))
    return float(
        np.abs((b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])).sum() / 2
    )


@pytest.mark.parametrize("scale", ["50m", "10m"])
def test_land_is_valid_and_smears_nowhere(scale: coast.Scale) -> None:
    land = coast.land(scale)
    assert (land.geom_type == "Polygon").all()
    assert land.is_valid.all()
    assert land.crs == "EPSG:4326"
    bounds = land.total_bounds
    assert bounds[0] >= -180
    assert bounds[2] <= 180
    # Only Antarctica goes all the way round; a ring stitched across ±180 would, too.
    wide = land[(land.bounds.maxx - land.bounds.minx) > 200]
    assert (wide.bounds.maxy < -60).all()


@pytest.mark.parametrize(
    ("lon", "lat", "dry"),
    [
        (135.0, 48.5, True),  # Khabarovsk
        (-175.0, 67.0, True),  # Chukotka, east of the antimeridian
        (175.0, 67.0, True),
        (178.0, -17.8, True),  # Viti Levu
        (0.0, -89.0, True),
        (-150.0, 30.0, False),
        (150.0, 67.0, True),
        (50.0, 42.0, False),  # the Caspian is a hole
        (132.5, 45.0, False),  # Khanka, which a border crosses
        (107.9, 53.5, False),  # Baikal
        (107.4, 53.15, True),  # Olkhon, an island in it
        (-87.0, 43.5, False),  # Michigan
        (0.0, 67.0, False),  # in the way of a smear from Chukotka
        (0.0, -17.8, False),
    ],
)
def test_known_points(lon: float, lat: float, dry: bool) -> None:
    for scale in ("50m", "10m"):
        assert coast.land(scale).intersects(shapely.Point(lon, lat)).any() == dry


def test_the_window_of_the_first_scene_has_russky_island() -> None:
    found = coast.land_window((130.4, 42.2, 132.3, 43.1))
    assert found is not None
    west, south, east, north = found.bounds
    assert west < 130.4
    assert south < 42.2
    assert east > 132.3
    assert north > 43.1
    assert shapely.intersects(found.geometry, shapely.Point(131.85, 43.0))
    assert coast.land_window((130.4, 42.2, 132.3, 43.1)) is found


def test_a_wide_or_tall_scene_has_no_window() -> None:
    assert coast.land_window((0, 0, 20.1, 5)) is None
    assert coast.land_window((0, 0, 5, 20.1)) is None


def test_a_window_across_the_antimeridian_is_one_piece() -> None:
    found = coast.land_window((178.0, -18.0, 188.0, -14.0))
    assert found is not None
    assert found.bounds[2] > 188
    positions, _ = found.triangles
    assert positions[:, 0].min() < 179
    assert positions[:, 0].max() > 187
    same = coast.land_window((-182.0, -18.0, -172.0, -14.0))
    assert same is not None
    assert same.geometry.area == pytest.approx(found.geometry.area)


def test_a_window_on_open_sea_is_empty() -> None:
    found = coast.land_window((-140.0, -40.0, -139.0, -39.0))
    assert found is not None
    assert found.triangles[0].shape == (0, 2)
    assert found.triangles[1].shape == (0, 3)


def test_triangles_cover_the_polygon_and_leave_out_its_holes() -> None:
    shape = shapely.Polygon([(0, 0), (8, 0), (8, 4), (4, 1), (0, 4)], [[(1, 0.5), (2, 0.5), (2, 1)]])
    positions, faces = coast.triangles(shapely.MultiPolygon([shape, shapely.box(10, 0, 11, 1)]))
    assert positions.dtype == np.float32
    assert faces.dtype == np.uint32
    assert len(np.unique(positions, axis=0)) == len(positions)
    assert area(positions, faces) == pytest.approx(shape.area + 1)


def test_the_browser_s_land_is_the_same_land() -> None:
    content = BROWSER.read_bytes()
    vertices, count = struct.unpack("<2I", content[:8])
    assert len(content) == 8 + 8 * vertices + 12 * count
    positions = np.frombuffer(content, "<f4", 2 * vertices, 8).reshape(-1, 2)
    faces = np.frombuffer(content, "<u4", 3 * count, 8 + 8 * vertices).reshape(-1, 3)
    assert faces.max() == vertices - 1
    assert area(positions, faces) == pytest.approx(shapely.area(coast.land("50m").geometry.to_numpy()).sum(), rel=1e-4)


def test_close_land_takes_the_place_of_the_world_s() -> None:
    near = coast.geojson((130.4, 42.2, 132.3, 43.1))
    shapes = [shapely.from_geojson(json.dumps(feature["geometry"])) for feature in near["features"]]  # type: ignore[attr-defined]
    box = shapely.box(131.0, 42.0, 132.5, 43.5)
    inside = sum(shapely.intersection(shape, box).area for shape in shapes)
    exact = shapely.intersection(
        shapely.union_all(coast.land("10m").geometry.to_numpy()[coast.land("10m").sindex.query(box)]), box
    )
    assert inside == pytest.approx(exact.area, rel=1e-6)


def test_a_wide_scene_has_the_fine_coast_around_its_places_and_no_more_than_fits() -> None:
    lon, lat = np.array([4.0, 121.5, 178.9]), np.array([51.9, 31.2, -17.9])
    found = coast.fine_land((0.0, -40.0, 180.0, 60.0), lon, lat)
    assert found is not None
    assert len(found.windows) == 3
    for x, y, (west, south, east, north) in zip(np.sort(lon), lat[np.argsort(lon)], found.windows, strict=True):
        assert west < x < east
        assert south < y < north
        near = shapely.clip_by_rect(found.geometry, west, south, east, north)
        coarse = shapely.clip_by_rect(
            shapely.union_all(coast.land("50m").geometry.to_numpy()), west, south, min(east, 180), north
        )
        assert shapely.get_num_coordinates(near) > 2 * shapely.get_num_coordinates(coarse)
    assert shapely.get_num_coordinates(found.geometry) <= coast.MOST_VERTICES
    assert np.allclose(
        shapely.difference(found.geometry, shapely.union_all([shapely.box(*each) for each in found.windows])).area, 0
    )


def test_more_places_have_less_around_each_and_too_many_nothing() -> None:
    lon, lat = (each.ravel() for each in np.meshgrid(np.linspace(-10, 140, 9), np.linspace(-30, 65, 9)))
    many = coast.fine_land((-10.0, -30.0, 140.0, 65.0), lon, lat)
    few = coast.fine_land((-10.0, -30.0, 140.0, 65.0), lon[:4], lat[:4])
    assert many is not None
    assert few is not None
    assert many.windows[0][3] - many.windows[0][1] < few.windows[0][3] - few.windows[0][1]
    lon, lat = (each.ravel() for each in np.meshgrid(np.linspace(-170, 170, 40), np.linspace(-60, 70, 40)))
    assert coast.fine_land((-170.0, -60.0, 170.0, 70.0), lon, lat) is None
