"""A GeoPackage may name code that SQLite or GDAL would run: none of it is, and the file is refused in words."""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from shapely import LineString, Polygon

from geo.errors import GeoError, UnreadableFile
from geo.files.read import read_sheet

CONTENTS = (
    "CREATE TABLE gpkg_spatial_ref_sys (srs_id PRIMARY KEY, organization, organization_coordsys_id, definition)",
    "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326, 'x')",
    "CREATE TABLE gpkg_contents (table_name TEXT PRIMARY KEY, data_type TEXT)",
    "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER)",
    "CREATE TABLE legs (fid INTEGER PRIMARY KEY, geom LINESTRING, depart TEXT, sure BOOLEAN, at DATETIME, qty REAL)",
    "INSERT INTO gpkg_contents VALUES ('legs', 'features')",
    "INSERT INTO gpkg_geometry_columns VALUES ('legs', 'geom', 4326)",
)
ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
ROWS = "INSERT INTO legs VALUES (?, ?, ?, ?, ?, ?)"


def blob(shape: LineString | Polygon, envelope: int = 0) -> bytes:
    """A geometry as the standard stores it, with an envelope of so many numbers' code."""
    size = (0, 4, 6, 6, 8)[envelope]
    return struct.pack(f"<2sBBi{size}d", b"GP", 0, 1 | envelope << 1, 4326, *[0.0] * size) + shape.wkb


def package(path: Path, extra: Sequence[str] = (), rows: Sequence[tuple[object, ...]] = ()) -> Path:
    """A GeoPackage of one layer, and further statements."""
    with closing(sqlite3.connect(path)) as database:
        for statement in (*CONTENTS, *extra):
            database.execute(statement)
        database.executemany(ROWS, rows or [(1, blob(LineString([(130.3, 42.25), (131.9, 43.1)])), "x", 1, None, 1.0)])
        database.commit()
    return path


def edited(path: Path, change: str) -> Path:
    """The same with a change to its schema that SQLite itself would not make."""
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA writable_schema=ON")
        database.execute(change)
        database.commit()
    return path


def test_values_are_read_as_a_person_would_write_them(tmp_path: Path) -> None:
    shapes = [blob(LineString([(1, 2), (3, 4), (5, 6)]), envelope) for envelope in range(5)]
    area = blob(Polygon([(0, 0), (1, 0), (1, 1)]))
    rows: list[tuple[object, ...]] = [
        (at, shape, "Rajin", at % 2, "2023-09-07T10:30:00.000Z", 300.0) for at, shape in enumerate(shapes)
    ]
    odd = [
        (7, area, None, None, "2023-09-07T10:30:00.500Z", 1.5),
        (8, b"GP", 12, 1, "about", b"5"),
        (9, None, "", 0, "", 0),
    ]
    sheet = read_sheet(package(tmp_path / "x.gpkg", rows=[*rows, *odd]))
    assert sheet.header == (
        "origin_lon",
        "origin_lat",
        "destination_lon",
        "destination_lat",
        "depart",
        "sure",
        "at",
        "qty",
    )
    found = list(zip(*(column.to_pylist() for column in sheet.columns.values()), strict=True))
    assert found[0] == ("1", "2", "5", "6", "Rajin", "false", "2023-09-07T10:30:00Z", "300")
    assert {row[:4] for row in found[:5]} == {("1", "2", "5", "6")}
    assert found[5:] == [
        ("", "", "", "", "", "", "2023-09-07T10:30:00.500Z", "1.5"),
        ("", "", "", "", "12", "true", "about", "5"),
        ("", "", "", "", "", "false", "", "0"),
    ]


LINES = "'/etc/passwd', 'utf-8', 0, POINT, NONE, ':'"
REFUSED = {
    "a view": (["CREATE VIEW v AS SELECT 1"], "a view, 'v'"),
    "a view that is a layer": (
        ["CREATE VIEW v AS SELECT 1 AS depart", "INSERT INTO gpkg_contents VALUES ('v', 'attributes')"],
        "a view, 'v'",
    ),
    "a view without end": (
        [
            "CREATE VIEW v AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x FROM r",
            "INSERT INTO gpkg_contents VALUES ('v', 'attributes')",
        ],
        "a view, 'v'",
    ),
    "a trigger": (["CREATE TRIGGER t AFTER INSERT ON gpkg_contents BEGIN SELECT 1; END"], "has a trigger, 't'"),
    "a virtual table": (["CREATE VIRTUAL TABLE f USING fts5(x)"], "a virtual table, 'f'"),
    "a computed column": (
        ["ALTER TABLE legs ADD COLUMN c TEXT AS (hex(depart))"],
        "column 'c' of layer",
    ),
    "no layer": (["DELETE FROM gpkg_contents"], "no layer of features or attributes"),
    "a layer that is not there": (["UPDATE gpkg_contents SET table_name = 'other'"], "no layer"),
    "a layer that is the schema": (["UPDATE gpkg_contents SET table_name = 'sqlite_master'"], "no layer"),
    "tiles": (["UPDATE gpkg_contents SET data_type = 'tiles'"], "no layer of features or attributes"),
}


@pytest.mark.parametrize(("extra", "what"), REFUSED.values(), ids=REFUSED)
def test_code_in_the_schema_is_refused_in_words(extra: list[str], what: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableFile, match=what):
        read_sheet(package(tmp_path / "x.gpkg", extra))


@pytest.mark.parametrize(
    "sql",
    [
        f"CREATE VIRTUAL TABLE other USING VirtualText({LINES})",
        f"CREATE /* rtree( */ VIRTUAL TABLE other USING VirtualText({LINES})",
        f'CREATE VIRTUAL TABLE "x USING rtree(" USING VirtualText({LINES})',
        "create virtual table other using VirtualOGR('/tmp/x.csv')",
    ],
)
def test_a_table_over_another_file_is_refused_however_it_is_written(sql: str, tmp_path: Path) -> None:
    path = package(tmp_path / "x.gpkg", ["CREATE TABLE other (a)"])
    edited(path, f"""UPDATE sqlite_master SET rootpage = 0, sql = '{sql.replace("'", "''")}' WHERE name = 'other'""")
    with pytest.raises(UnreadableFile, match=r"a virtual table, 'other'|malformed database schema"):
        read_sheet(path)


def test_a_layer_that_became_a_view_is_never_run(tmp_path: Path) -> None:
    path = package(tmp_path / "x.gpkg")
    edited(
        path,
        "UPDATE sqlite_master SET type = 'view', rootpage = 0, sql = 'CREATE VIEW legs AS SELECT 1'"
        " WHERE name = 'legs'",
    )
    with pytest.raises(UnreadableFile, match="view"):
        read_sheet(path)


def test_what_gdal_and_the_standard_add_is_no_reason_to_refuse(tmp_path: Path) -> None:
    path = package(
        tmp_path / "x.gpkg",
        [
            'CREATE VIRTUAL TABLE "rtree_legs_geom" USING rtree(id, minx, maxx, miny, maxy)',
            'CREATE TRIGGER "rtree_legs_geom_insert" AFTER INSERT ON legs BEGIN SELECT ST_IsEmpty(NEW.geom); END',
            "CREATE TRIGGER gpkg_tile_matrix_x BEFORE INSERT ON gpkg_contents BEGIN SELECT 1; END",
            "CREATE TRIGGER trigger_delete_feature_count_legs AFTER DELETE ON legs BEGIN SELECT 1; END",
            "CREATE VIEW st_geometry_columns AS SELECT 1",
            "DROP TRIGGER rtree_legs_geom_insert",
        ],
    )
    assert len(read_sheet(path)) == 1


def test_changes_in_a_journal_beside_the_file_are_not_passed_over(tmp_path: Path) -> None:
    path = package(tmp_path / "x.gpkg")
    (tmp_path / "x.gpkg-wal").write_bytes(b"changes")
    with pytest.raises(UnreadableFile, match="open in another program"):
        read_sheet(path)


def test_a_database_that_is_no_geopackage(tmp_path: Path) -> None:
    path = tmp_path / "x.gpkg"
    with closing(sqlite3.connect(path)) as database:
        database.execute("CREATE TABLE legs (depart)")
    with pytest.raises(UnreadableFile, match="not a GeoPackage"):
        read_sheet(path)


def test_a_broken_file_is_said_to_be_broken(tmp_path: Path) -> None:
    content = bytearray(package(tmp_path / "x.gpkg").read_bytes())
    for at in range(4096, len(content), 8):
        content[at] ^= 0xFF
    with pytest.raises(GeoError):
        read_sheet(bytes(content), "x.gpkg")


def test_a_system_without_an_authority_is_read_by_its_definition(tmp_path: Path) -> None:
    from pyproj import CRS

    change = "UPDATE gpkg_spatial_ref_sys SET organization = ?, definition = ?"
    path = package(tmp_path / "x.gpkg", rows=[(1, blob(LineString([(1e6, 2e6), (2e6, 3e6)])), "x", 1, None, 1.0)])
    for organization, told in (("my own", True), ("NONE", False)):
        with closing(sqlite3.connect(path)) as database:
            database.execute(change, (organization, CRS(3857).to_wkt()))
            database.commit()
        sheet = read_sheet(path)
        assert sheet.reasons["positions"].startswith("The positions are in EPSG:3857" if told else "The file names no")
