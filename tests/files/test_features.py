"""Features of GeoJSON, GeoPackage and GeoParquet become rows with positions in degrees."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString, MultiLineString, Point

from geo.files.read import read_sheet
from geo.sheet import Dialect
from tests.files.cells import ENDS, rows_of

LINES = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "properties": {"depart": "2023-09-07", "containers": 300, "note": None, "more": {"a": [1]}},
            "geometry": {"type": "LineString", "coordinates": [[130.30, 42.23], [131.0, 42.5], [131.88, 43.11]]},
        },
        {
            "type": "Feature",
            "properties": {"depart": "2023-09-08", "containers": 12.50, "late": True},
            "geometry": {"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]},
        },
        {"type": "Feature", "properties": {"depart": "x"}, "geometry": None},
    ],
}


def test_geojson() -> None:
    content = json.dumps(LINES).encode()
    sheet = read_sheet(content, "x.csv")
    ends = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
    assert sheet.header == (*ends, "depart", "containers", "note", "more", "late")
    assert rows_of(sheet) == [
        ("130.3", "42.23", "131.88", "43.11", "2023-09-07", "300", "", '{"a": ["1"]}', ""),
        ("1", "2", "7", "8", "2023-09-08", "12.5", "", "", "true"),
        ("", "", "", "", "x", "", "", "", ""),
    ]
    assert sheet.lines.tolist() == [2, 3, 4]
    assert rows_of(read_sheet(content, at_most=1)) == [rows_of(sheet)[0][:-1]]
    points = {"type": "Feature", "properties": {}, "geometry": {"type": "Point", "coordinates": [131.88, 43.11, 5]}}
    assert rows_of(read_sheet(json.dumps(points).encode())) == [("131.88", "43.11")]


@pytest.mark.parametrize("form", ["gpkg", "parquet"])
def test_geopackage_and_geoparquet(tmp_path: Path, form: str) -> None:
    shapes = [LineString([(130.25, 42.25), (131.75, 43.5)]), MultiLineString([[(1, 2), (3, 4)], [(5, 6), (7, 8)]])]
    frame = gpd.GeoDataFrame({"depart": ["2023-09-07", "2023-09-08"], "qty": [300.0, 1.5]}, geometry=shapes, crs=4326)
    path = tmp_path / f"x.{form}"
    if form == "gpkg":
        frame.to_file(path, layer="voyages")
        gpd.GeoDataFrame({"name": ["Rajin"]}, geometry=[Point(130.25, 42.25)], crs=4326).to_file(path, layer="ports")
    else:
        frame.to_parquet(path)
    sheet = read_sheet(path)
    assert rows_of(sheet) == [
        ("130.25", "42.25", "131.75", "43.5", "2023-09-07", "300"),
        ("1", "2", "7", "8", "2023-09-08", "1.5"),
    ]
    assert len(read_sheet(path, at_most=1)) == 1
    if form == "gpkg":
        assert (sheet.choices, sheet.dialect.sheet) == (("voyages", "ports"), "voyages")
        ports = read_sheet(path, dialect=Dialect(form="geopackage", sheet="ports"))
        assert (ports.header, rows_of(ports)) == (("lon", "lat", "name"), [("130.25", "42.25", "Rajin")])


TRACKS = [LineString([(131.9, 43.1), (129, 35.1)]), LineString([(130.3, 42.25), (131.9, 43.1)])]


def in_form(form: str, shapes: list[LineString] | list[Point], crs: str | None, folder: Path) -> bytes:
    """Features of one column, in a coordinate reference system."""
    path = folder / f"x.{form}"
    frame = gpd.GeoDataFrame({"qty": ["1"] * len(shapes)}, geometry=shapes, crs="EPSG:4326")
    frame = frame.to_crs(crs) if crs else frame.to_crs("EPSG:3857").set_crs(None, allow_override=True)
    if form == "parquet":
        frame.to_parquet(path)
    elif form == "gpkg":
        frame.to_file(path, engine="pyogrio")
    else:
        features = json.loads(frame.to_json(drop_id=True))
        features.pop("crs", None)
        named = (
            {"crs": {"type": "name", "properties": {"name": f"urn:ogc:def:crs:{crs.replace(':', '::')}"}}}
            if crs
            else {}
        )
        path.write_text(json.dumps({"type": "FeatureCollection", **named, "features": features["features"]}))
    return path.read_bytes()


@pytest.mark.parametrize("crs", ["EPSG:3857", "EPSG:32652", "EPSG:4326"])
@pytest.mark.parametrize("form", ["gpkg", "geojson", "parquet"])
def test_positions_in_another_system_become_degrees(form: str, crs: str, tmp_path: Path) -> None:
    content = in_form(form, TRACKS, crs, tmp_path)
    for sheet in (read_sheet(content), read_sheet(content, at_most=2)):
        found = [[float(text) for text in sheet.columns[key].to_pylist()] for key in ENDS]
        assert found == [
            pytest.approx(each, abs=1e-6) for each in ([131.9, 130.3], [43.1, 42.25], [129, 131.9], [35.1, 43.1])
        ]
        said = f"The positions are in {crs}, and were turned into degrees (EPSG:4326)."
        assert sheet.reasons.get("positions", "") == ("" if crs == "EPSG:4326" else said)
    points = read_sheet(in_form(form, [Point(131.9, 43.1)], crs, tmp_path))
    assert float(points.columns["lon"].to_pylist()[0]) == pytest.approx(131.9, abs=1e-6)


@pytest.mark.filterwarnings("ignore:.*crs.*:UserWarning")
@pytest.mark.parametrize("form", ["gpkg", "geojson", "parquet"])
def test_positions_in_a_system_that_nobody_names_are_told(form: str, tmp_path: Path) -> None:
    sheet = read_sheet(in_form(form, TRACKS, None, tmp_path))
    assert sheet.reasons["positions"].startswith("The file names no coordinate reference system")
    assert float(sheet.columns["origin_lon"].to_pylist()[0]) > 10**6


def test_a_system_that_does_not_exist_is_no_system() -> None:
    for name in ("nonsense", 5, None, "EPSG:999999", "+proj=pipeline +step"):
        crs = {"type": "name", "properties": {"name": name}}
        point = {"type": "Feature", "properties": {"a": "x"}, "geometry": {"type": "Point", "coordinates": [1.5, 2]}}
        content = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [point]}).encode()
        assert rows_of(read_sheet(content)) == [("1.5", "2", "x")]
