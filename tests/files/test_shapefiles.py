"""Layers of a zipped shapefile become rows; broken and hostile ones are refused."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from shapely import LineString, Point

from geo.errors import GeoError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.read import read_sheet
from tests.files.books import zipped
from tests.files.cells import ENDS, rows_of


def shapefile(folder: Path, crs: str = "EPSG:4326") -> dict[str, bytes]:
    """The parts of two layers as GDAL writes them."""
    lines = [LineString([(130.25, 42.25), (131, 42.5), (131.75, 43.5)]), LineString([(1, 2), (3, 4)])]
    frame = gpd.GeoDataFrame({"судно": ["Ангара", "Мария"], "qty": [300.0, 12.5]}, geometry=lines, crs="EPSG:4326")
    frame["depart"] = ["2023-09-07", "2023-09-08"]
    frame.to_crs(crs).to_file(folder / "voyages.shp", encoding="utf-8")
    gpd.GeoDataFrame({"name": ["Rajin"]}, geometry=[Point(130.25, 42.25)], crs=4326).to_file(folder / "ports.shp")
    return {each.name: each.read_bytes() for each in sorted(folder.iterdir(), reverse=True)}


def test_zipped_shapefiles(tmp_path: Path) -> None:
    parts = shapefile(tmp_path)
    content = zipped(parts)
    sheet = read_sheet(content, "x.zip")
    assert (sheet.choices, sheet.dialect.form) == (("voyages", "ports"), "shapefile")
    assert sheet.header == (*ENDS, "судно", "qty", "depart")
    assert rows_of(sheet) == [
        ("130.25", "42.25", "131.75", "43.5", "Ангара", "300", "2023-09-07"),
        ("1", "2", "3", "4", "Мария", "12.5", "2023-09-08"),
    ]
    assert rows_of(read_sheet(content, dialect=sheet.dialect)) == rows_of(sheet)
    assert len(read_sheet(content, at_most=1)) == 1
    ports = read_sheet(content, said={"sheet": "ports"})
    assert (ports.header, rows_of(ports)) == (("lon", "lat", "name"), [("130.25", "42.25", "Rajin")])
    for end in (".shx", ".cpg", ".prj"):
        without = {name: part for name, part in parts.items() if not name.endswith(end)}
        assert rows_of(read_sheet(zipped(without))) == rows_of(sheet)
    with pytest.raises(UnreadableFile, match=r"without its \.dbf"):
        read_sheet(zipped({"voyages.shp": parts["voyages.shp"]}))
    with pytest.raises(UnreadableFile, match="one part of a shapefile"):
        read_sheet(parts["voyages.shp"], "voyages.shp")
    with pytest.raises(UnreadableFile, match="one part of a shapefile"):
        read_sheet(parts["voyages.dbf"], "voyages.dbf")


def test_a_shapefile_in_another_system_becomes_degrees(tmp_path: Path) -> None:
    sheet = read_sheet(zipped(shapefile(tmp_path, "EPSG:32652")))
    assert [float(cell) for cell in rows_of(sheet)[0][:4]] == pytest.approx([130.25, 42.25, 131.75, 43.5], abs=1e-6)


def test_broken_and_hostile_shapefiles_are_refused(tmp_path: Path) -> None:
    parts = shapefile(tmp_path)
    shp, dbf = parts["voyages.shp"], parts["voyages.dbf"]
    huge = shp[:104] + struct.pack(">i", 2**30) + shp[108:]
    for changed, words in (
        ({"voyages.shp": huge}, "the size of a shape"),
        ({"voyages.shp": shp[:-9]}, "ends too early"),
        ({"voyages.shp": b"x" * 200}, "does not begin as one"),
        ({"voyages.dbf": dbf[:20]}, "is cut"),
        ({"voyages.dbf": dbf[:10] + b"\1\0" + dbf[12:]}, "do not fit"),
    ):
        with pytest.raises(GeoError, match=words):
            read_sheet(zipped({**parts, **changed}), said={"sheet": "voyages"})
    short = shp[:104] + struct.pack(">i", 4) + shp[108:116] + shp[104 + 4 + struct.unpack(">i", shp[104:108])[0] * 2 :]
    cut = read_sheet(zipped({**parts, "voyages.shp": short}), said={"sheet": "voyages"})
    assert [row[0] for row in rows_of(cut)] == ["", "1"], "a shape that is cut short costs its own position alone"
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", shp)
        archive.writestr("a.dbf", bytes(200 * limits.MIB))
    with pytest.raises(TooLarge, match="unpacked size by the packed"):
        read_sheet(bomb.getvalue())


def test_names_in_a_zipped_shapefile_reach_no_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "parts").mkdir()
    parts = shapefile(tmp_path / "parts")
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    evil = {f"../../{name}": part for name, part in parts.items()}
    assert len(read_sheet(zipped(evil), said={"sheet": "voyages"})) == 2
    assert not list((tmp_path / "empty").iterdir())
    assert {each.name for each in tmp_path.iterdir()} == {"parts", "empty"}
