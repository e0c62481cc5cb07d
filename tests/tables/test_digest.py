"""A table's hash is of its values: of every one of them, and of nothing else."""

from __future__ import annotations

import io

import geopandas as gpd
import pandas as pd
import pytest
import shapely
from geopandas import GeoDataFrame
from hypothesis import given
from hypothesis import strategies as st

from geo.brief.spec import data
from geo.brief.spec.data import sha256_of
from geo.library import geoparquet
from geo.library.store import Written
from geo.tables.read import read
from tests.examples import examples

TEXTS = st.none() | st.text(st.characters(exclude_categories=["Cs"]), max_size=4)
ROWS = st.lists(
    st.tuples(
        TEXTS, st.floats(width=32), st.integers(-5, 5), st.none() | st.integers(-(2**50), 2**50),
        st.tuples(st.integers(-9, 9), st.integers(-9, 9)),
    ),
    max_size=8,
)  # fmt: skip
"""A text, a float, a count, microseconds since 1970, and where a line ends."""
FEW = examples(40)
NAMES = ("text", "number", "count", "when")


def table(rows: list[tuple]) -> GeoDataFrame:
    """Rows of `ROWS` as a table with a column of each type there is."""
    columns = list(zip(*rows, strict=True)) or [()] * 5
    frame = pd.DataFrame(dict(zip(NAMES, map(list, columns), strict=False)))
    frame["when"] = pd.to_datetime(frame["when"].astype("Int64"), unit="us", utc=True).astype("datetime64[us, UTC]")
    types = {"text": "str", "number": "float64", "count": "int8"}
    lines = [shapely.LineString([(0, 0), end]) for end in columns[4]]
    return gpd.GeoDataFrame(frame.astype(types), geometry=gpd.GeoSeries(lines, crs=4326))


@FEW
@given(ROWS, st.data())
def test_how_a_table_is_cut_into_pieces_makes_no_difference(rows: list[tuple], data: st.DataObject) -> None:
    whole = table(rows)
    cut = data.draw(st.integers(0, len(rows)))
    pieces = [piece for piece in (whole.iloc[:cut], whole.iloc[cut:]) if len(piece)]
    again = pd.concat(pieces) if pieces else whole
    assert sha256_of(again) == sha256_of(whole)
    assert sha256_of(again.iloc[cut:]) == sha256_of(table(rows[cut:]))


@FEW
@given(ROWS.filter(bool), st.data())
def test_every_value_counts(rows: list[tuple], data: st.DataObject) -> None:
    row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 4))
    other = data.draw(ROWS.filter(bool))[0][column]
    changed = [list(each) for each in rows]
    changed[row][column] = other
    same = repr(other) == repr(rows[row][column])
    assert (sha256_of(table(rows)) == sha256_of(table([tuple(each) for each in changed]))) == same


def test_texts_do_not_run_into_each_other() -> None:
    rows = [pd.DataFrame({"a": pd.Series(texts, dtype="str")}) for texts in (["ab", ""], ["a", "b"], ["", "ab"])]
    assert len({sha256_of(each) for each in rows}) == 3


def test_the_names_and_the_order_of_columns_count() -> None:
    frame = pd.DataFrame({"a": [1], "b": [1]})
    others = [frame.rename(columns={"a": "c"}), frame[["b", "a"]], frame[["a"]], frame.iloc[:0]]
    assert len({sha256_of(each) for each in [frame, *others]}) == 5


@pytest.mark.parametrize("size", [1, 2, 1 << 17])
def test_what_the_library_gives_back_has_the_hash_of_what_was_kept(monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    rows = "".join(f"Najin,Vladivostok,2023-09-07,{count},mode {count % 2}\n" for count in range(1, 8))
    given_table = read(f"origin,destination,depart,containers,note\n{rows}".encode(), "legs").table
    file = io.BytesIO()
    list(geoparquet.write_table(Written(file), "legs", [given_table.iloc[:3], given_table.iloc[3:]]))
    back = geoparquet.read_table(file, "legs", "here")
    monkeypatch.setattr(data, "SLICE", size)
    assert sha256_of(back) == sha256_of(given_table)
