"""Old workbooks and tables drawn as text are read; other forms are named, with what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.errors import GeoError, UnreadableFile
from geo.files.read import read_sheet
from geo.sheet import Dialect
from tests.files.books import zipped
from tests.files.cells import rows_of

CELLS = [("Rajin", "Vladivostok", "2023-09-07", "300"), ("Rajin", "Dunay", "2023-09-08", "12.5")]


def test_an_old_workbook_is_read_and_other_old_documents_are_named() -> None:
    path = Path(__file__).parents[1] / "fixtures" / "forms" / "voyages.xls"
    sheet = read_sheet(path)
    assert (sheet.choices, sheet.dialect.sheet, rows_of(sheet)) == (("Notes", "Voyages"), "Voyages", CELLS)
    assert rows_of(read_sheet(path, dialect=sheet.dialect)) == CELLS
    assert rows_of(read_sheet(zipped({"a.xls": path.read_bytes()}))) == CELLS
    for stream, words in (("EncryptedPackage", "protected by a password"), ("WordDocument", "is a Word document")):
        with pytest.raises(UnreadableFile, match=words):
            read_sheet(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + stream.encode("utf-16-le"), "x.doc")


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
