"""A file whose rows are no legs as they stand is named for what it is; a button has legs made, and one undoes it."""

from __future__ import annotations

from pathlib import Path

from streamlit.testing.v1 import AppTest

from tests.web.hands import LOAD, drop, html, imports, labels, press

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
