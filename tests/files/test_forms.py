"""JSON, KML, shapefiles, old workbooks and shapes in cells become the sheets that a CSV would; others are named."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import geopandas as gpd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point

from geo.errors import DialectError, GeoError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.read import read_sheet
from geo.files.shape_columns import positions_of
from geo.matching.propose import propose
from geo.sheet import Dialect, Sheet
from tests.files.books import zipped

ENDS = ("origin_lon", "origin_lat", "destination_lon", "destination_lat")
RECORDS = [
    {"origin": "Rajin", "destination": "Vladivostok", "depart": "2023-09-07", "containers": 300},
    {"origin": "Rajin", "destination": "Dunay", "depart": "2023-09-08", "containers": 12.5},
]
CELLS = [tuple(str(cell) for cell in record.values()) for record in RECORDS]


def rows_of(sheet: Sheet) -> list[tuple[str, ...]]:
    """The cells below the header."""
    return list(zip(*(column.to_pylist() for column in sheet.columns.values()), strict=True))


def lines_of(values: list[object]) -> str:
    """One value a line."""
    return "\n".join(map(json.dumps, values))


FORMS_OF_RECORDS = {
    "array": json.dumps(RECORDS),
    "indented": json.dumps(RECORDS, indent=2),
    "lines": lines_of([*RECORDS]),
    "sequence": "".join(f"\x1e{json.dumps(record)}\n" for record in RECORDS),
    "answer of an API": json.dumps({"count": 2, "result": {"records": RECORDS}}),
    "pandas, columns": json.dumps({name: {str(n): r[name] for n, r in enumerate(RECORDS)} for name in RECORDS[0]}),
    "pandas, lists": json.dumps({name: [record[name] for record in RECORDS] for name in RECORDS[0]}),
    "pandas, split": json.dumps({"columns": list(RECORDS[0]), "data": [list(record.values()) for record in RECORDS]}),
    "arrays under names": json.dumps([list(RECORDS[0]), *(list(record.values()) for record in RECORDS)]),
}


@pytest.mark.parametrize("text", FORMS_OF_RECORDS.values(), ids=FORMS_OF_RECORDS)
def test_json_records(text: str) -> None:
    for content in (text.encode(), text.encode("utf-8-sig"), text.encode("utf-16")):
        sheet = read_sheet(content, "x.json")
        assert (sheet.header, rows_of(sheet), sheet.dialect.form) == (tuple(RECORDS[0]), CELLS, "records")
        assert rows_of(read_sheet(content, "x.json", dialect=sheet.dialect)) == CELLS
    assert rows_of(read_sheet(text.encode(), at_most=1)) == CELLS[:1]


def test_one_object_is_one_record_and_several_tables_are_layers() -> None:
    assert rows_of(read_sheet(json.dumps(RECORDS[0]).encode())) == CELLS[:1]
    several = json.dumps({"ports": [{"name": "Rajin"}], "voyages": RECORDS}).encode()
    sheet = read_sheet(several)
    assert (sheet.choices, sheet.dialect.sheet) == (("ports", "voyages"), "ports")
    assert sheet.reasons["sheet"] == "“ports” is the first layer; the other is “voyages”."
    assert rows_of(read_sheet(several, said={"sheet": "voyages"})) == CELLS
    with pytest.raises(DialectError, match="the file has 'ports', 'voyages'"):
        read_sheet(several, said={"sheet": "x"})


def test_what_is_nested_has_a_column_for_each_value_and_positions_are_degrees() -> None:
    record = {
        "from": {"name": "Rajin", "coordinates": [130.30, 42.23]},
        "to": {"name": "Dunay", "latlng": [42.88, 132.33]},
        "range": [1, 2],
        "notes": ["a", "b"],
        "from.name": "again",
        "empty": None,
        "not a number": float("nan"),
    }
    sheet = read_sheet(json.dumps([record]).encode())
    assert dict(zip(sheet.header, rows_of(sheet)[0], strict=True)) == {
        "from.name": "Rajin",
        "from.lon": "130.3",
        "from.lat": "42.23",
        "to.name": "Dunay",
        "to.lon": "132.33",
        "to.lat": "42.88",
        "range": "1, 2",
        "notes": "a, b",
        "from.name (2)": "again",
        "empty": "",
        "not a number": "",
    }


@pytest.mark.parametrize(
    ("record", "mapped"),
    [
        ({"from": [130.3, 42.23], "to": [132.33, 42.88]}, ["from.lon", "from.lat", "to.lon", "to.lat"]),
        (
            {"sourcePosition": [130.3, 42.23], "targetPosition": [132.33, 42.88]},
            ["source.lon", "source.lat", "target.lon", "target.lat"],
        ),
        (
            {"home": {"lat": 42.23, "lng": 130.3}, "work": {"lat": 42.88, "lng": 132.33}},
            ["home.lng", "home.lat", "work.lng", "work.lat"],
        ),
        (
            {"first berth": {"lat": 42.23, "lon": 130.3}, "second berth": {"lat": 42.88, "lon": 132.33}},
            ["first berth.lon", "first berth.lat", "second berth.lon", "second berth.lat"],
        ),
        ({"path": [[130.3, 42.23], [131, 42.5], [132.33, 42.88]]}, list(ENDS)),
        ({"geometry": {"type": "LineString", "coordinates": [[130.3, 42.23], [132.33, 42.88]]}}, list(ENDS)),
    ],
)
def test_two_positions_under_two_names_are_the_ends_of_a_leg(record: dict[str, object], mapped: list[str]) -> None:
    sheet = read_sheet(json.dumps([{**record, "depart": "2023-09-07", "containers": 300}] * 2).encode())
    columns = propose(sheet).mapping.columns
    assert {ours: header for header, ours in columns.items() if ours in ENDS} == dict(zip(ENDS, mapped, strict=True))


def test_features_line_by_line_are_features() -> None:
    feature = {
        "type": "Feature",
        "properties": {"containers": 300},
        "geometry": {"type": "LineString", "coordinates": [[130.3, 42.23], [132.33, 42.88]]},
    }
    for text in (lines_of([feature, feature]), json.dumps([feature, feature])):
        sheet = read_sheet(text.encode())
        assert (sheet.header, rows_of(sheet)) == (
            (*ENDS, "containers"),
            [("130.3", "42.23", "132.33", "42.88", "300")] * 2,
        )


KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Map</name>
<Folder><name>Ports</name><Placemark><name>Rajin</name><Point><coordinates>130.3,42.23</coordinates></Point></Placemark>
</Folder><Folder><name>Voyages</name><Placemark><name>A &amp; B</name><description><![CDATA[<b>300</b>]]></description>
<TimeSpan><begin>2023-09-07</begin><end>2023-09-09</end></TimeSpan>
<ExtendedData><Data name="containers"><value>300</value></Data><SchemaData><SimpleData name="ship">Angara</SimpleData>
</SchemaData></ExtendedData><LineString><coordinates>
 130.3,42.23,0 131,42.5,0
 132.33,42.88,0 </coordinates></LineString></Placemark>
<Placemark><MultiGeometry><LineString><coordinates>1,2 3,4</coordinates></LineString><LineString><coordinates>5,6 7,8
</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><gx:Track><when>2023-09-01</when><when>2023-09-02</when><gx:coord>1 2 0</gx:coord><gx:coord>3 4 0</gx:coord>
</gx:Track></Placemark></Folder></Document></kml>"""


@pytest.mark.parametrize("content", [KML.encode(), zipped({"doc.kml": KML.encode(), "files/icon.png": b"x"})])
def test_kml_and_kmz(content: bytes) -> None:
    sheet = read_sheet(content, "x.kmz")
    assert (sheet.choices, sheet.dialect.form) == (("Voyages", "Ports"), "kml")
    assert sheet.header == (*ENDS, "name", "description", "begin", "end", "containers", "ship")
    assert rows_of(sheet) == [
        ("130.3", "42.23", "132.33", "42.88", "A & B", "<b>300</b>", "2023-09-07", "2023-09-09", "300", "Angara"),
        ("1", "2", "7", "8", "", "", "", "", "", ""),
        ("1", "2", "3", "4", "", "", "2023-09-01", "2023-09-02", "", ""),
    ]
    ports = read_sheet(content, said={"sheet": "Ports"})
    assert (ports.header, rows_of(ports)) == (("lon", "lat", "name"), [("130.3", "42.23", "Rajin")])
    assert len(read_sheet(content, at_most=1)) == 1


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
MARK = '<?xml version="1.0"?>'
HOSTILE_KML = {
    "entities": (f'{MARK}<!DOCTYPE kml [<!ENTITY e0 "x">{BOMB}]><kml>&e8;</kml>', "document type"),
    "a file": (f'{MARK}<!DOCTYPE kml [<!ENTITY f SYSTEM "file:///etc/passwd">]><kml>&f;</kml>', "document type"),
    "a document type elsewhere": (f'{MARK}<!DOCTYPE kml SYSTEM "http://example.org/x.dtd"><kml/>', "document type"),
    "a link": (KML.replace("<Folder>", "<NetworkLink><Link/></NetworkLink><Folder>", 1), "never fetched"),
    "depth": (f"<kml>{'<Folder>' * 500}{'</Folder>' * 500}</kml>", "nested too deeply"),
    "an end too early": (KML[:900], "broken XML"),
    "no placemarks": ("<kml><Document/></kml>", "without placemarks"),
}


@pytest.mark.parametrize(("text", "words"), HOSTILE_KML.values(), ids=HOSTILE_KML)
def test_kml_that_names_others_or_never_ends_is_refused(text: str, words: str) -> None:
    for content in (text.encode(), zipped({"doc.kml": text.encode()})):
        with pytest.raises(UnreadableFile, match=words) as refused:
            read_sheet(content, "x.kml")
        assert refused.value.hint


def test_a_text_without_end_in_kml_is_refused() -> None:
    text = KML.replace("<b>300</b>", "x\n" * (40 * limits.MIB)).encode()
    with pytest.raises(TooLarge, match="the size of a text"):
        read_sheet(text, "x.kml")


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


def test_an_old_workbook_is_read_and_other_old_documents_are_named() -> None:
    path = Path(__file__).parents[1] / "fixtures" / "forms" / "voyages.xls"
    sheet = read_sheet(path)
    assert (sheet.choices, sheet.dialect.sheet, rows_of(sheet)) == (("Notes", "Voyages"), "Voyages", CELLS)
    assert rows_of(read_sheet(path, dialect=sheet.dialect)) == CELLS
    assert rows_of(read_sheet(zipped({"a.xls": path.read_bytes()}))) == CELLS
    for stream, words in (("EncryptedPackage", "protected by a password"), ("WordDocument", "is a Word document")):
        with pytest.raises(UnreadableFile, match=words):
            read_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le"), "x.doc")


SHAPES = {
    "LINESTRING (130.3 42.23, 131 42.5, 132.33 42.88)": ("130.3", "42.23", "132.33", "42.88"),
    "linestring z(130.3 42.23 0,132.33 42.88 0)": ("130.3", "42.23", "132.33", "42.88"),
    "SRID=4326;MULTILINESTRING((1 2,3 4),(5 6,-7.5 8e0))": ("1", "2", "-7.5", "8e0"),
    "POINT (130.3 42.23)": ("130.3", "42.23"),
    '{"type": "LineString", "coordinates": [[1, 2], [3, 4]]}': ("1", "2", "3", "4"),
    '{"type": "MultiLineString", "coordinates": [[[1, 2], [3, 4]], [[5, 6], [7, 8]]]}': ("1", "2", "7", "8"),
    '{"type": "Point", "coordinates": [1, 2]}': ("1", "2"),
    "SRID=3857;POINT (1 2)": (),
    "LINESTRING EMPTY": (),
    "LINESTRING (a b, c d)": (),
    "POLYGON ((1 2, 3 4))": (),
    '{"type": "LineString", "coordinates": [[1], [3, 4]]}': (),
    "Point Lisas": (),
    "": (),
}


@pytest.mark.parametrize(("text", "ends"), SHAPES.items())
def test_shapes_in_cells(text: str, ends: tuple[str, ...]) -> None:
    assert tuple(positions_of(text)) == ends


@given(st.text('LINESTRINGPO()0123456789.,- {}[]":typecoordinates', max_size=80))
def test_any_text_has_both_ends_or_a_point_or_none(text: str) -> None:
    assert len(positions_of(text)) in (0, 2, 4)


def test_lines_in_a_column_are_the_ends_of_legs_and_what_is_no_line_has_none() -> None:
    text = 'WKT,date,containers\n"LINESTRING (130.3 42.23, 131.88 43.11)",2023-09-01,120\n?,2023-09-02,80\n'
    for at_most in (None, 2):
        sheet = read_sheet(text.encode(), at_most=at_most)
        assert sheet.header == ("WKT", "date", "containers", *ENDS)
        assert [row[3:] for row in rows_of(sheet)] == [("130.3", "42.23", "131.88", "43.11"), ("",) * 4]
    own = "origin_lon,origin_lat,WKT\n1,2,POINT (3 4)\n"
    assert read_sheet(own.encode()).header == ("origin_lon", "origin_lat", "WKT", "lon", "lat")
    ours = "lon,lat,WKT\n1,2,POINT (3 4)\n"
    assert read_sheet(ours.encode()).header == ("lon", "lat", "WKT")


RULED = {
    "markdown": "| Origin | Containers |\n|:---|---:|\n| Rajin | 120 |\n| Dunay | 80 |\n",
    "psql": " Origin | Containers \n--------+------------\n Rajin  |        120\n Dunay  |         80\n",
    "mysql": "+----+---+\n| Origin | Containers |\n+----+---+\n| Rajin | 120 |\n| Dunay | 80 |\n",
    "workbook": "Origin,Containers\n======,=====\nRajin,120\nDunay,80\n",
}


@pytest.mark.parametrize("text", RULED.values(), ids=RULED)
def test_a_line_drawn_below_the_names_is_no_row(text: str) -> None:
    sheet = read_sheet(text.encode())
    assert [column.strip() for column in sheet.columns["Origin"].to_pylist()] == ["Rajin", "Dunay"]
    assert [column.strip() for column in sheet.columns["Containers"].to_pylist()] == ["120", "80"]


NAMED = {
    "GPX": (b'<?xml version="1.0"?>\n<gpx version="1.1"><trk/></gpx>', "is a GPX file"),
    "HTML": (b"\n<!DOCTYPE html>\n<html><table><tr><td>1</td></tr></table></html>", "is a web page"),
    "HTML as .xls": (b'<html xmlns:o="urn:x"><body><table></table></body></html>', "is a web page"),
    "XHTML": (b'<?xml version="1.0"?><!-- x --><!DOCTYPE html PUBLIC "x" "y"><html></html>', "is a web page"),
    "SVG": (b'<svg xmlns="x"></svg>', "is a picture"),
    "Excel as XML": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', "workbook as XML"),
    "XML": (b'<?xml version="1.0"?><voyages><voyage/></voyages>', "is an XML file"),
    "XML in UTF-16": ('<?xml version="1.0"?><gpx></gpx>'.encode("utf-16"), "is a GPX file"),
    "RTF": (rb"{\rtf1 x}", "RTF"),
    "Word": (zipped({"word/document.xml": b"x"}), "is a Word document"),
    "Numbers": (zipped({"Index/Document.iwa": b"x"}), "Numbers"),
    "wiki": (b'{| class="wikitable"\n|-\n| Rajin\n|}', "form of a wiki"),
    "TopoJSON": (b'{"type": "Topology", "objects": {"a": {"geometries": [{"type": "Point"}]}}}', "is TopoJSON"),
    "Esri JSON": (b'{"features": [{"attributes": {"a": 1}, "geometry": {"x": 1}}]}', "is Esri JSON"),
    "JSON": (b'{"time": 1, "states": [[1, 2], [3, 4]]}', "holds no list of records"),
    "JSON of numbers": (b"[[1, 2], [3, 4, 5]]", "no rows under one line of names"),
    "broken JSON": (b'[{"origin": "Rajin"', "is broken JSON"),
    "deep JSON": (b'[{"a":' + b"[" * 100_000, "nested too deeply"),
    "Access": (b"\0\1\0\0Standard Jet DB", "is an Access database"),
    "NetCDF": (b"\x89HDF\r\n", "NetCDF"),
}


@pytest.mark.parametrize(("content", "words"), NAMED.values(), ids=NAMED)
def test_other_forms_are_named_with_what_to_do(content: bytes, words: str) -> None:
    with pytest.raises(UnreadableFile, match=words) as refused:
        read_sheet(content, "x.xls")
    assert refused.value.hint.endswith(".")


@pytest.mark.parametrize("text", ["<5 days,origin\n1,Rajin\n", "[Origin],[To]\nRajin,Dunay\n", "{x},origin\n1,Rajin\n"])
def test_a_text_that_only_begins_like_another_form_is_a_text(text: str) -> None:
    assert read_sheet(text.encode()).dialect.form == "text"


def test_a_dialect_of_another_form_is_refused_in_words() -> None:
    for form in ("records", "kml", "shapefile"):
        with pytest.raises(GeoError):
            read_sheet(b"origin,destination\nRajin,Dunay\n", dialect=Dialect(form=form))
