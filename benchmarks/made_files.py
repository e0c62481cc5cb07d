"""Files of complex forms, made up at random, some of them hostile: workbooks, GeoPackage, Parquet and GeoJSON.

Each is well formed as far as its container goes, since a flipped byte seldom gets past a checksum: what is made up is
what the container says. Files that could read another file of this machine name `bait`, whose text nobody may ever see.
"""

from __future__ import annotations

import io
import json
import random
import sqlite3
import tempfile
import zipfile
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from tests.files.books import MAIN, ods, xlsx, zipped

NAMES = ("origin", "destination", "depart", "arrive", "containers", "vessel", "note", "", "=1+1", "x" * 300, "日本")
TEXTS = ("KPRJN", "RUVVO", "2023-09-07", "about 1,000", "=1+1", "\u202e", "<b>", "", "9" * 400, "Владивосток", "1e999")
HUGE = (1, 2, 5, 1_000, 16_384, 1_048_576, 2**31, 2**63, 10**12)


def workbook(chance: random.Random, bait: Path) -> bytes:
    """An .xlsx whose cells lie anywhere, in XML of any spelling."""
    rows = []
    for number in range(1, chance.randint(2, 12)):
        cells = "".join(_cell(chance, column, number) for column in range(chance.randint(1, 8)))
        place = chance.choice((f' r="{number}"', "", ' spans="1:9"'))
        rows.append(f"<row{place}>{cells}</row>")
    body = "".join(rows)
    for before, after in (('"', "'"), ("<c ", "<c\n"), ("<row", "<x:row"), ("</row", "</x:row"), (' r="', ' R="')):
        if chance.random() < 0.15:
            body = body.replace(before, after)
    if chance.random() < 0.1:
        body = f"<dimension ref='A1:{_far(chance)}'/>{body}"
    if chance.random() < 0.2:
        body = f"{body}&outside;"
    return _with_entity(xlsx({"A": body, "B": ""}), bait) if chance.random() < 0.3 else xlsx({"A": body})


def _with_entity(book: bytes, bait: Path) -> bytes:
    """The same with an XML entity that stands for a file, and shared strings from elsewhere."""
    entity = f'<!DOCTYPE w [<!ENTITY outside SYSTEM "{bait.as_uri()}">]>'
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        parts: dict[str, str | bytes] = {
            name: entity.encode() + archive.read(name) if name.startswith("xl/worksheets/") else archive.read(name)
            for name in archive.namelist()
        }
    parts["xl/sharedStrings.xml"] = f'{entity}<sst xmlns="{MAIN}"><si><t>&outside;</t></si></sst>'
    return zipped(parts)


def _cell(chance: random.Random, column: int, row: int) -> str:
    place = f"{chr(65 + column)}{row}" if chance.random() < 0.97 else _far(chance)
    text = chance.choice(TEXTS).replace("<", "&lt;")
    kind = chance.randrange(6)
    if kind == 0:
        return f'<c r="{place}"><v>{chance.choice((0, 45_176, 1e300, -1, 2**70, "x"))}</v></c>'
    if kind == 1:
        return f'<c r="{place}" t="s"><v>{chance.choice((0, 1, -1, 2**40))}</v></c>'
    if kind == 2:
        return f'<c r="{place}" s="{chance.choice((0, 1, 2, 99))}"><v>{chance.choice((45_176.5, -9e9, 3e6))}</v></c>'
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def _far(chance: random.Random) -> str:
    return chance.choice(("XFD1048576", "xfd9", "ZZZ1", "A1048576", "A99999999999", "AAAAAAA1", "1A", "B2"))


def open_document(chance: random.Random, bait: Path) -> bytes:
    """An .ods whose rows and cells are repeated any number of times."""
    rows = []
    for _ in range(chance.randint(1, 8)):
        cells = "".join(
            f'<table:table-cell{_repeated(chance, "columns")} office:value-type="string">'
            f"<text:p>{chance.choice(TEXTS).replace('<', '&lt;')}</text:p></table:table-cell>"
            for _ in range(chance.randint(1, 6))
        )
        rows.append(f"<table:table-row{_repeated(chance, 'rows')}>{cells}</table:table-row>")
    body = "".join(rows)
    if chance.random() < 0.2:
        body = body.replace('"', "'")
    del bait
    return ods({"A": body})


def _repeated(chance: random.Random, what: str) -> str:
    return f' table:number-{what}-repeated="{chance.choice(HUGE)}"' if chance.random() < 0.02 else ""


def geopackage(chance: random.Random, bait: Path) -> bytes:
    """A database with the tables of a GeoPackage, and views, triggers and virtual tables of any kind."""
    quoted = str(bait).replace("'", "''")
    endless = (
        "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT x AS fid, 'KPRJN' AS origin FROM r"
    )
    extra = (
        "CREATE VIEW v AS SELECT * FROM legs",
        f"CREATE VIEW v AS {endless}",
        "INSERT INTO gpkg_contents VALUES ('v', 'attributes')",
        "CREATE TRIGGER t AFTER INSERT ON legs BEGIN SELECT 1; END",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "CREATE VIRTUAL TABLE rtree_legs_geom USING rtree(id, a, b)",
        "ALTER TABLE legs ADD COLUMN c AS (hex(zeroblob(500000000)))",
        "INSERT INTO legs VALUES (9, x'47500001E6100000', 'x', zeroblob(5000000), 1)",
        "UPDATE gpkg_geometry_columns SET column_name = 'origin'",
        "UPDATE gpkg_geometry_columns SET srs_id = 99",
        "DROP TABLE gpkg_geometry_columns",
        "INSERT INTO gpkg_contents VALUES ('other', 'attributes')",
        "CREATE TABLE other (a, b, c)",
        "PRAGMA journal_mode=WAL",
    )
    virtual = f"CREATE VIRTUAL TABLE legs USING VirtualText(''{quoted}'')"
    schema = (
        f"UPDATE sqlite_master SET rootpage=0, sql='{virtual}' WHERE name='legs'",
        "UPDATE sqlite_master SET type='view', rootpage=0 WHERE name='legs'",
        "UPDATE sqlite_master SET rootpage=1 WHERE name='legs'",
        "UPDATE sqlite_master SET sql='CREATE TABLE legs (a)' WHERE name='legs'",
        f"UPDATE gpkg_spatial_ref_sys SET organization='x y', definition='+proj=longlat +nadgrids={quoted}'",
    )
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gpkg"
        with closing(sqlite3.connect(path)) as database:
            for statement in _CONTENTS:
                database.execute(statement)
            for statement in chance.sample(extra, chance.choice((0, 0, 1, 1, 2, 4))):
                with suppress(sqlite3.Error):
                    database.execute(statement)
            if chance.random() < 0.3:
                database.execute("PRAGMA writable_schema=ON")
                with suppress(sqlite3.Error):
                    database.execute(chance.choice(schema))
            database.commit()
        return path.read_bytes()


_CONTENTS = (
    "CREATE TABLE gpkg_spatial_ref_sys (srs_id PRIMARY KEY, organization, organization_coordsys_id, definition)",
    "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326, '')",
    "CREATE TABLE gpkg_contents (table_name, data_type)",
    "CREATE TABLE gpkg_geometry_columns (table_name, column_name, srs_id)",
    "CREATE TABLE legs (fid INTEGER PRIMARY KEY, geom, origin, depart, containers)",
    "INSERT INTO gpkg_contents VALUES ('legs', 'features')",
    "INSERT INTO gpkg_geometry_columns VALUES ('legs', 'geom', 4326)",
    "INSERT INTO legs VALUES (1, NULL, 'KPRJN', '2023-09-07', 300)",
    "INSERT INTO legs VALUES (2, x'4750', 'RUVVO', 'about May', 1e999)",
)


def parquet(chance: random.Random, bait: Path) -> bytes:
    """Columns of any type, of which some are a few bytes and many rows."""
    del bait
    rows = chance.choices((0, 1, 3, 100, 5_000, 3_000_000, 40_000_000), weights=(3, 3, 20, 10, 3, 1, 1))[0]
    many = 1 if rows > 5_000 else chance.randint(1, 6)
    columns = {f"{chance.choice(NAMES)}{at or ''}": _column(chance, rows) for at in range(many)}
    file = io.BytesIO()
    pq.write_table(pa.table(columns), file, compression=chance.choice(("none", "snappy", "zstd", "gzip")))
    return file.getvalue()


def _column(chance: random.Random, rows: int) -> pa.Array:
    if rows > 5_000:
        text = chance.choice(("KPRJN", "x" * 20_000))
        return pa.DictionaryArray.from_arrays(pa.array(np.zeros(rows, np.int8)), pa.array([text]))
    values, kind = chance.choices(
        (
            ((1.5, None, float("nan"), 1e308), pa.float64()),
            ((0, None, 2**62), pa.timestamp("ns")),
            ((b"x", b"\xff\xfe", None), pa.binary()),
            (([1, 2], None), pa.list_(pa.int64())),
            ((True, False, None), pa.bool_()),
            ((*TEXTS, None), pa.string()),
        ),
        weights=(2, 2, 1, 1, 2, 6),
    )[0]
    return pa.array(chance.choices(values, k=rows), kind)


def geojson(chance: random.Random, bait: Path) -> bytes:
    """A collection of features with properties and positions of any kind."""
    features = [_feature(chance) for _ in range(chance.randint(0, 8))]
    whole: dict[str, object] = {"type": "FeatureCollection", "features": features}
    if chance.random() < 0.3:
        name = chance.choice(("EPSG:3857", "EPSG:99999999", f"+init={bait}:1", f"+proj=longlat +nadgrids={bait}", 7))
        whole["crs"] = {"type": "name", "properties": {"name": name}}
    text = json.dumps(whole)
    return (
        text if chance.random() < 0.8 else text[: chance.randint(0, len(text))] + "[" * chance.randint(0, 5_000)
    ).encode()


def _feature(chance: random.Random) -> object:
    if chance.random() < 0.05:
        return chance.choice((None, 1, [], {}))
    properties = {chance.choice(NAMES): chance.choice((*TEXTS, 1, 1e300, None, True, {"a": [1]})) for _ in range(4)}
    point = chance.choice(([130.3, 42.2], [1e9, 1e9], [], ["x"], [1], None))
    shape = chance.choice(
        ({"type": "Point", "coordinates": point}, {"type": "LineString", "coordinates": [point, point]}, None)
    )
    return {"type": "Feature", "properties": properties, "geometry": shape}


FORMS = (workbook, open_document, geopackage, parquet, geojson)
