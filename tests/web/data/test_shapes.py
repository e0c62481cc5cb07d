"""A file whose rows are no legs as they stand is named for what it is; a button has legs made, and one undoes it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.web.hands import AGREE, LOAD, drop, html, imports, labels, press

CALLS = b"""Vessel,Port,ETA,ETD
MAYA,Busan,2023-09-01,2023-09-02
MAYA,Najin,2023-09-05,2023-09-06
"""
BUTTON, BACK = "Make legs between port calls", "Take the rows as they stand"


def test_port_calls_become_legs_by_a_click(data: AppTest, library: Path) -> None:
    drop(data, ("calls.csv", CALLS))
    assert "Each row is a port call of a ship" in html(data)
    assert "60 days" in html(data)
    assert "press “Make legs between port calls”" in html(data)
    press(data, BUTTON)
    assert "legs made of port calls" in html(data)
    press(data, BACK)
    assert BUTTON in labels(data)
    press(data, BUTTON)
    press(data, LOAD)
    assert imports(library) == [("calls.csv", 1, 0)]


def test_positions_are_named_and_offer_nothing(data: AppTest) -> None:
    drop(data, ("ais.csv", b"MMSI,LAT,LON,SOG,TIMESTAMP\n219000001,55.1,12.2,10.1,2023-09-01T00:00:00\n"))
    assert "Each row is a position at a moment" in html(data)
    assert "list of port calls" in html(data)
    assert "choose what the rows are" in html(data)
    assert not [label for label in labels(data) if label.startswith("Make")]


def test_a_matrix_asks_for_its_day_and_lists_what_it_leaves_out(data: AppTest) -> None:
    drop(data, ("od.csv", b"From,Busan,Najin,Dunay\nBusan,,5,6\nNajin,7,1,\nTotal,7,6,6\n"))
    press(data, "Make a leg of each figure")
    assert "legs made of a matrix" in html(data)
    assert "No column gives depart" in html(data)


def test_rows_that_share_a_line_are_not_mended_on_the_page(data: AppTest, library: Path) -> None:
    file = b"origin,destination,2022 TEU,2023 TEU\nBusan,Najin,1,2\nBusan,Nowhereville,3,4\n"
    drop(data, ("wide.csv", file))
    press(data, "Make a leg of each period")
    press(data, AGREE)
    assert "4 read, 2 kept, 2 rejected" in html(data)
    assert "several may come from one line" in html(data)
    assert "Recheck these rows" not in labels(data)
    press(data, LOAD)
    assert imports(library) == [("wide.csv", 2, 2)]
