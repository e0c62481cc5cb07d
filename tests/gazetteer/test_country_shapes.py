"""The file of countries: every entry of ISO 3166-1, valid shapes, and label points that lie in them."""

from __future__ import annotations

import geopandas as gpd
import pytest
import shapely

from geo import data_folder


@pytest.fixture(scope="module")
def countries() -> gpd.GeoDataFrame:
    return gpd.read_parquet(data_folder.path("countries.parquet")).set_index("iso2", drop=False)


def test_each_entry_of_iso_3166_has_one_row_and_kosovo_has_one(countries: gpd.GeoDataFrame) -> None:
    assert len(countries) == 249 + 1
    assert countries["iso2"].is_unique
    assert countries["iso3"].is_unique
    assert countries["numeric"].drop("XK").is_unique
    assert countries["name"].is_unique
    assert countries.loc["KP", ["iso3", "numeric", "name"]].tolist() == ["PRK", "408", "North Korea"]


def test_shapes_are_valid_and_within_the_world_but_for_six_that_the_atlas_lacks(countries: gpd.GeoDataFrame) -> None:
    assert countries.crs.to_epsg() == 4326
    shapes = countries.geometry[countries.geometry.notna()]
    assert set(countries["iso2"]) - set(shapes.index) == {"BV", "CC", "GI", "TK", "UM", "VA"}
    assert shapes.geom_type.eq("MultiPolygon").all()
    assert shapes.is_valid.all()
    west, south, east, north = shapes.total_bounds
    assert (west, south, east) == (-180, -90, 180)
    assert north < 90


def test_a_ring_is_cut_at_the_antimeridian(countries: gpd.GeoDataFrame) -> None:
    for code in ("RU", "FJ", "NZ", "AQ"):
        for part in countries.geometry[code].geoms:
            west, _, east, _ = part.bounds
            assert code == "AQ" or east - west < 180, (code, part.bounds)


def test_a_label_point_lies_in_its_country(countries: gpd.GeoDataFrame) -> None:
    points = shapely.points(countries["label_lon"], countries["label_lat"])
    shaped = countries.geometry.notna().to_numpy()
    assert shapely.covers(countries.geometry.to_numpy()[shaped], points[shaped]).all()


@pytest.mark.parametrize(
    ("lon", "lat", "code"),
    [
        (34.1, 44.95, "UA"),  # Simferopol
        (-52.3, 4.9, "GF"),  # French Guiana, which the atlas draws with France
        (33.6, 35.25, "CY"),  # Northern Cyprus
        (44.1, 9.56, "SO"),  # Somaliland
        (15.6, 78.2, "SJ"),  # Svalbard
        (132.2, 43.6, "RU"),
        (130.4, 42.3, "KP"),
    ],
)
def test_a_point_lies_in_the_country_that_the_atlas_says(
    countries: gpd.GeoDataFrame, lon: float, lat: float, code: str
) -> None:
    assert countries.index[countries.contains(shapely.Point(lon, lat))].tolist() == [code]
