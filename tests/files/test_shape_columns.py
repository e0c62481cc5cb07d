"""Shapes in cells become positions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.files.read import read_sheet
from geo.files.shape_columns import positions_of
from tests.files.cells import ENDS, rows_of

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
