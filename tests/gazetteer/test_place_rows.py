"""Places as plain columns, and the table that is made of them."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
from pandas.testing import assert_frame_equal

from geo.columns import PLACE_TABLE
from geo.gazetteer.place_rows import PlaceRows, place_frame, stacked
from geo.gazetteer.places import Places

ONE = PlaceRows({"code": ["A", "B"], "name": ["Ahoy", "Bay"], "aliases": ["x;y", ""], "country": ["KP", ""]},
                [1.0, 2.0], [3.0, 4.0], [math.nan, 20.0])  # fmt: skip
OTHER = PlaceRows({"code": ["B", "C"], "name": ["Other", "Cay"], "aliases": ["", ""], "country": ["", "RU"],
                   "kind": ["port", "area"]}, [9.0, 5.0], [9.0, 6.0], [math.nan, math.nan])  # fmt: skip


def test_of_two_places_with_one_code_the_first_counts_and_absent_texts_are_empty() -> None:
    both = ONE.plus(OTHER)
    assert list(both.texts["code"]) == ["A", "B", "C"]
    assert list(both.texts["name"]) == ["Ahoy", "Bay", "Cay"]
    assert list(both.texts["kind"]) == ["", "", "area"]
    assert (list(both.lon), list(both.lat)) == ([1.0, 2.0, 5.0], [3.0, 4.0, 6.0])


def test_the_table_is_that_of_places() -> None:
    frame = ONE.frame()
    assert {name: str(dtype) for name, dtype in frame.dtypes.items() if name != "geometry"} == dict(PLACE_TABLE)
    assert frame.crs == "EPSG:4326"
    table = pd.DataFrame({"code": ["A", "B"], "name": ["Ahoy", "Bay"], "aliases": ["x;y", ""], "country": ["KP", ""]})
    expected = place_frame(table.assign(radius_km=[np.nan, 20.0]), np.array([1.0, 2.0]), np.array([3.0, 4.0]))
    assert_frame_equal(frame, expected)


def test_places_are_the_same_from_rows_as_from_their_table() -> None:
    rows = ONE.plus(OTHER)
    plain, framed = Places(rows), Places(rows.frame())
    assert_frame_equal(plain.frame, framed.frame)
    for code in ("A", "B", "C"):
        assert plain.fact(code) == framed.fact(code)
    assert [plain.find(text).place for text in ("y", "cay", "Other")] == ["A", "C", None]
    assert plain.names == {"A": "Ahoy", "B": "Bay", "C": "Cay"} == framed.names


def test_stacked_tables_are_numbered_anew() -> None:
    assert stacked([ONE.frame(), OTHER.frame()]).index.tolist() == [0, 1, 2, 3]
