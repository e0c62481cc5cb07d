"""The Data page says how a file was read, and lets it be changed."""

from __future__ import annotations

import json

import pytest
from streamlit.testing.v1 import AppTest

from tests.files.books import Cell, xlsx, xlsx_rows, zipped
from tests.web.hands import (
    LOAD,
    OWN,
    cards,
    drop,
    html,
    press,
    text,
)


def test_how_it_is_read_can_be_changed(data: AppTest) -> None:
    drop(
        data,
        (
            "mine.csv",
            "origin,destination,depart,containers,claimant\nRUVVO,CNSHA,2023-09-01,3,Hafen Süd\n".encode("cp1252"),
        ),
    )
    box = next(each for each in data.selectbox if each.label == "Encoding")
    box.set_value("cp1251")
    press(data, "Apply")
    assert "Windows-1251" in html(data)
    assert "As you chose." in html(data)
    press(data, "Reset to detected")
    assert "Windows-1252" in html(data)


def test_another_sheet_of_a_workbook_can_be_chosen(data: AppTest) -> None:
    names: list[Cell | tuple[float, int]] = ["origin", "destination", "depart", "containers"]
    sheets = {"First": "RUVVO", "Second": "CNSHA"}
    book = xlsx({name: xlsx_rows([names, [port, "KRPUS", "2023-09-01", 3]]) for name, port in sheets.items()})
    drop(data, ("book.xlsx", book))
    assert "A workbook, sheet “First”, header in line 1" in html(data)
    next(each for each in data.selectbox if each.label == "Sheet").set_value("Second")
    data.run()
    assert "A workbook, sheet “Second”, header in line 1" in html(data)
    press(data, LOAD)
    assert data.multiselect(key="filter_origin").options[-1] == "Shanghai"


def test_what_was_taken_out_of_an_archive_and_turned_is_said(data: AppTest) -> None:
    point = {"type": "Point", "coordinates": [14682898.3, 5324585.5]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    row = {"type": "Feature", "properties": {"code": "XXAAA", "name": "Here"}, "geometry": point}
    content = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [row]})
    drop(data, ("x.zip", zipped({"x.geojson": content, "README.txt": "x"})))
    assert "“x.geojson” unpacked from zip, GeoJSON, positions converted to degrees" in html(data)
    assert "left in it: &#x27;README.txt&#x27;" in html(data)


def test_cells_between_spaces_are_said_to_be(data: AppTest) -> None:
    drop(data, ("mine.txt", b"origin destination depart containers\nRUVVO KRPUS 2023-09-01 3\n" * 2))
    assert "UTF-8, spaces, header in line 1" in html(data)


def test_in_another_sheet_the_names_are_looked_for_anew(data: AppTest) -> None:
    rows = [["origin", "destination", "depart", "containers"], ["RUVVO", "KRPUS", "2023-09-01", 3]]
    book = xlsx(
        {
            "Cover": xlsx_rows([["Voyages"], ["by us"]]),
            "Low": xlsx_rows([["By month"], [None], *rows]),
            "Moves": xlsx_rows(rows),
        }
    )
    drop(data, ("book.xlsx", book))
    assert "A workbook, sheet “Low”, header in line 3, 1 leg" in html(data)
    assert "“Low” is the first sheet whose names we know; the others are “Cover” and “Moves”." in html(data)
    for name, line in (("Moves", 1), ("Low", 3)):
        next(each for each in data.selectbox if each.label == "Sheet").set_value(name)
        data.run()
        assert f"A workbook, sheet “{name}”, header in line {line}, 1 leg" in html(data)


def test_a_charset_that_does_not_fit_is_told_and_can_be_changed(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN.replace(b"Port watch", b"Hafen S\xfcd")))
    for charset, aside in (("utf-8", 1), ("cp1252", 0)):
        next(each for each in data.selectbox if each.label == "Encoding").set_value(charset)
        press(data, "Apply")
        assert len(data.error) == 0
        assert f"1 read, {1 - aside} kept" in html(data)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_one_plain_sentence(data: AppTest, content: bytes) -> None:
    drop(data, ("../../etc/passwd.csv", content), ("mine.csv", OWN))
    assert "passwd.csv is " in text(data)
    assert "etc/" not in html(data) + text(data)
    assert cards(press(data, LOAD)) == 1, "the other file loads all the same"
