"""Packages of format 1 are read in the columns of today: "grade" is split, and what is no grade is still there."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from geo.errors import LibraryError
from geo.library import Library, geoparquet, keep, package
from geo.library.export import export
from geo.library.geoparquet import ADDED, upgraded, write_table
from geo.library.store import Written
from geo.tables.read import read

LEGS = "origin,destination,depart,containers,note\n" + "".join(
    f"Najin,Vladivostok,2023-09-07,{number},{note}\n" for number, note in enumerate(["", "", "a", "b", ""], 1)
)
TOTALS = "claimant,said_on,origin,destination,window,quantity,note\n" + "".join(
    f"ROK,2023-11-02,Rason,Vladivostok,since August 2023,{number},{note}\n"
    for number, note in enumerate(["", "", "a", "b", ""], 1)
)
GRADES = ["B2", "", "e-6", "probably true", "=1+1"]
SPLIT = [("B", "2"), ("", ""), ("E", "6"), ("", ""), ("", "")]
NOTES = ["", "", "a", "b Grade as given: probably true", "Grade as given: =1+1"]


def older(kind: str, frame: pd.DataFrame) -> bytes:
    """A table as format 1 wrote it."""
    file = io.BytesIO()
    list(write_table(Written(file), kind, [frame]))
    table = pq.read_table(io.BytesIO(file.getvalue()))
    table = table.drop_columns(["reliability", "credibility", *ADDED[kind]])
    table = table.append_column("grade", pa.array(GRADES, pa.large_string()))
    again = io.BytesIO()
    pq.write_table(table, again, store_schema=False)
    return again.getvalue()


@pytest.mark.parametrize(("kind", "text"), [("legs", LEGS), ("totals", TOTALS)])
def test_a_table_of_format_1_comes_back_in_todays_columns(kind: str, text: str) -> None:
    given = read(text.encode(), name="older.csv").table
    again = geoparquet.read_table(io.BytesIO(older(kind, given)), kind, "here")
    assert list(again.columns) == list(given.columns)
    assert again.dtypes.astype(str).tolist() == given.dtypes.astype(str).tolist()
    assert list(zip(again["reliability"], again["credibility"], strict=True)) == SPLIT
    assert again["note"].tolist() == NOTES
    rest = given.columns.difference(["reliability", "credibility", "note"])
    pd.testing.assert_frame_equal(pd.DataFrame(again[rest]), pd.DataFrame(given[rest]))


@pytest.mark.parametrize(("kind", "text", "name"), [("legs", LEGS, "sum_of"), ("totals", TOTALS, "running")])
def test_a_table_of_format_2_that_was_never_asked_comes_back_with_nothing_said(kind: str, text: str, name: str) -> None:
    given = read(text.encode(), name="older.csv").table
    file = io.BytesIO()
    list(write_table(Written(file), kind, [given]))
    before = pq.read_table(io.BytesIO(file.getvalue())).drop_columns([name])
    again = io.BytesIO()
    pq.write_table(before, again, store_schema=False)
    found = geoparquet.read_table(again, kind, "here")
    pd.testing.assert_frame_equal(pd.DataFrame(found), pd.DataFrame(given))


def test_a_package_of_format_1_is_read_verified_and_exported(
    library: Library, loaded: Callable, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    given = loaded(LEGS)
    with monkeypatch.context() as before:
        before.setattr(package, "FORMAT", 1)
        before.setattr(keep.geoparquet, "write_table", as_format_1)
        kept = library.keep(given.reading, given.content, "legs.csv")
    table = library.table(kept.id)
    assert list(zip(table["reliability"], table["credibility"], strict=True)) == SPLIT
    assert library.verify() == []
    export(library, kept.id, tmp_path / "exported")
    again = read(tmp_path / "exported" / "kept.csv")
    assert list(again.problems) == []
    assert list(zip(again.table["reliability"], again.table["credibility"], strict=True)) == SPLIT
    assert again.table["note"].tolist() == NOTES


def as_format_1(file: Written, kind: str, pieces: Iterable[pd.DataFrame]) -> Iterator[int]:
    """What format 1 did in place of `write_table`."""
    (piece,) = pieces
    if kind != "legs":
        yield from write_table(file, kind, [piece])
        return
    file.write(older(kind, piece))
    yield len(piece)


@pytest.mark.parametrize("names", [["a"], ["grade"], ["grade", "note", "reliability"], ["grade", "note", "accessed"]])
def test_what_is_no_table_of_format_1_is_left_alone(names: list[str]) -> None:
    table = pa.table({name: pa.array(["x"]) for name in names})
    assert upgraded(table, "totals") is table
    with pytest.raises(LibraryError, match="not those of totals"):
        geoparquet.read_table(parquet(table.append_column("geometry", pa.array([b""]))), "totals", "here")


def parquet(table: pa.Table) -> io.BytesIO:
    file = io.BytesIO()
    pq.write_table(table, file)
    return io.BytesIO(file.getvalue())
