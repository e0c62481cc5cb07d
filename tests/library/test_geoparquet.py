"""Tables are written piece by piece, are GeoParquet to others, and name equal lines once."""

from __future__ import annotations

import io
import json

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pytest
from geopandas.testing import assert_geodataframe_equal

from geo.errors import LibraryError
from geo.library import geoparquet
from geo.library.store import Written
from geo.tables.read import read

PORTS = ("Najin", "Vladivostok", "Busan", "Vostochny")
LEGS = "origin,destination,depart,containers\n" + "".join(
    f"{PORTS[row % 3]},{PORTS[3 - row % 2]},2023-09-{1 + row % 28:02},{row + 1}\n" for row in range(60)
)


def written(kind: str, pieces: list[pd.DataFrame]) -> bytes:
    file = io.BytesIO()
    sink = Written(file)
    told = list(geoparquet.write_table(sink, kind, pieces))
    assert told == [sum(map(len, pieces[: number + 1])) for number in range(len(pieces))]
    assert sink.bytes == len(file.getvalue())
    return file.getvalue()


@pytest.fixture(scope="module")
def legs() -> gpd.GeoDataFrame:
    return read(LEGS.encode()).table


def test_pieces_make_the_same_table_as_the_whole(legs: gpd.GeoDataFrame) -> None:
    assert len(legs) > 40
    pieces = [legs.iloc[:1], legs.iloc[1:1], legs.iloc[1:30], legs.iloc[30:]]
    again = geoparquet.read_table(io.BytesIO(written("legs", pieces)), "legs", "here")
    assert_geodataframe_equal(again, legs)


def test_a_table_without_rows_keeps_its_columns(legs: gpd.GeoDataFrame) -> None:
    content = written("legs", [legs.iloc[:0]])
    assert_geodataframe_equal(geoparquet.read_table(io.BytesIO(content), "legs", "here"), legs.iloc[:0])
    assert_geodataframe_equal(gpd.read_parquet(io.BytesIO(content)), legs.iloc[:0])


def test_the_file_says_what_geoparquet_asks_for(legs: gpd.GeoDataFrame) -> None:
    content = written("legs", [legs])
    about = json.loads(pq.ParquetFile(io.BytesIO(content)).metadata.metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["primary_column"] == "geometry"
    column = about["columns"]["geometry"]
    assert (column["encoding"], column["geometry_types"]) == ("WKB", ["LineString"])
    assert (column["crs"]["id"]["authority"], column["crs"]["id"]["code"]) == ("EPSG", 4326)
    assert_geodataframe_equal(gpd.read_parquet(io.BytesIO(content)), legs)


def test_many_rows_on_few_lines_name_each_line_once(legs: gpd.GeoDataFrame) -> None:
    """Also where two codes are one position, so that two corridors have the same line."""
    twin = legs.assign(origin=legs["origin"] + "-twin")
    many = gpd.GeoDataFrame(pd.concat([legs, twin] * 200, ignore_index=True), geometry="geometry", crs=legs.crs)
    chunk = pq.ParquetFile(io.BytesIO(written("legs", [many]))).metadata.row_group(0).column(30)
    assert chunk.path_in_schema == "geometry"
    assert chunk.total_uncompressed_size < 2 * len(many)
    again = geoparquet.read_table(io.BytesIO(written("legs", [many])), "legs", "here")
    assert_geodataframe_equal(again, many)


@pytest.mark.parametrize("kind", ["totals", "places", "events"])
def test_a_table_of_another_kind_is_refused(legs: gpd.GeoDataFrame, kind: str) -> None:
    with pytest.raises(LibraryError, match=r"not those of|not Parquet"):
        geoparquet.read_table(io.BytesIO(written("legs", [legs])), kind, "here")


def test_geometry_that_is_none_is_refused() -> None:
    places = read(b"code,name,lon,lat\na,A,1,2\n", "places").table
    table = pq.read_table(io.BytesIO(written("places", [places])))
    spoiled = table.set_column(table.num_columns - 1, "geometry", [[b"nothing"]])
    file = io.BytesIO()
    pq.write_table(spoiled, file)
    with pytest.raises(LibraryError, match="geometry"):
        geoparquet.read_table(file, "places", "here")


def test_plain_tables_keep_texts_and_integers() -> None:
    frame = pd.DataFrame({"row": pd.Series([1, 2], dtype="int64"), "a\0b": ["", "é\ud7ff"], "=x": ["1", "nan"]})
    file = io.BytesIO()
    geoparquet.write_texts(Written(file), frame)
    again = geoparquet.read_texts(file, "here")
    pd.testing.assert_frame_equal(again, frame)
