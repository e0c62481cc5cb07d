"""Corrections by hand give what reading the corrected file anew gives."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import MappingError
from geo.files.read import read_sheet
from geo.matching.mapping import ColumnMap
from geo.tables import quantity_columns, rejected_rows
from geo.tables.read import Reading, read, take
from tests.examples import examples

HEADER = ["origin", "destination", "depart", "arrive", "containers", "note"]
LEGS = ",".join(HEADER) + "\n"
GOOD = "Najin,Vladivostok,2023-09-07,,300,\n"


def assert_same(one: Reading, other: Reading) -> None:
    pd.testing.assert_frame_equal(one.table, other.table)
    pd.testing.assert_frame_equal(one.set_aside, other.set_aside)
    pd.testing.assert_frame_equal(one.own_places, other.own_places)
    assert one.problems == other.problems
    assert (one.unplaced, one.undecided, one.rows, one.kept) == (
        other.unplaced,
        other.undecided,
        other.rows,
        other.kept,
    )
    assert one.mapping == other.mapping


def test_a_cell_is_mended_and_its_row_taken_in() -> None:
    reading = read(f"{LEGS}{GOOD}Nowhere,Vladivostok,2023-09-08,,5,\n".encode())
    assert reading.kept == 1
    mended = reading.recheck({3: {"origin": "KPRJN"}})
    assert (mended.kept, mended.rows, len(mended.set_aside), mended.unplaced) == (2, 2, 0, ())
    assert mended.table["row"].tolist() == [2, 3]
    assert reading.kept == 1, "the reading before is as it was"
    assert mended.recheck({3: {"origin": "Nowhere"}}).kept == 1


def test_a_broken_row_becomes_a_row_and_stands_where_it_stood() -> None:
    reading = read(f"{LEGS}{GOOD}a,b\n{GOOD.replace('07', '08')}".encode())
    fix = {3: {"Origin": "KPRJN", "destination": "RUVVO", "depart": "2023-09-09", "containers": "7"}}
    mended = reading.recheck(fix)
    assert mended.table["row"].tolist() == [2, 3, 4]
    assert mended.table["containers_best"].tolist() == [300, 7, 300]
    half = reading.recheck({3: {"origin": "KPRJN"}})
    assert (half.kept, len(half.set_aside), half.rows) == (2, 1, 3)


def test_corrections_add_up_and_the_later_counts() -> None:
    reading = read(f"{LEGS}x,y,2023-09-08,,5,\n".encode())
    mended = reading.recheck({2: {"origin": "KPRJN", "destination": "KPRJN"}}).recheck({2: {"destination": "RUVVO"}})
    assert mended.kept == 1
    assert mended.fixes == {2: {"origin": "KPRJN", "destination": "RUVVO"}}


@pytest.mark.parametrize("fix", [{9: {"origin": "x"}}, {1: {"origin": "x"}}, {2: {"colour": "x"}}])
def test_what_is_not_there_cannot_be_mended(fix: dict[int, dict[str, str]]) -> None:
    with pytest.raises(MappingError, match=r"line|colour"):
        read(f"{LEGS}{GOOD}".encode()).recheck(fix)


def test_only_texts_that_are_new_are_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    reading = read(f"{LEGS}{GOOD.replace('300', 'about 300')}Najin,Vladivostok,2023-09-08,,some,\n".encode())
    parsed: list[str] = []
    real = quantity_columns.read_quantity
    monkeypatch.setattr(
        quantity_columns, "read_quantity", lambda words, *rest: parsed.append(words) or real(words, *rest)
    )
    assert reading.recheck({3: {"containers": "about 5"}}).kept == 2
    assert parsed == ["about 5"]


def test_fixes_lie_on_the_same_texts_and_leave_the_sheet_alone() -> None:
    sheet = read_sheet(f"{LEGS}{GOOD}{GOOD}".encode())
    before = sheet.columns["origin"].to_pylist()
    fixed = rejected_rows.fixed(sheet, {3: {"origin": "Najin", "note": "n"}})
    assert fixed.columns["origin"].to_pylist() == before == sheet.columns["origin"].to_pylist()
    assert fixed.columns["note"].to_pylist() == ["", "n"]
    assert rejected_rows.fixed(sheet, {}) is sheet


CELLS = {
    "origin": ["KPRJN", "Najin", "Kingston", "Nowhere", "", "1.5, 2.5", "Total"],
    "destination": ["RUVVO", "Vladivostok", "KPRJN", "Nowhere"],
    "depart": ["2023-09-07", "07/09/2023", "13/09/2023", "2023-08~", "x"],
    "arrive": ["", "2023-09-01", "2023-09-30"],
    "containers": ["300", "about 300", "dozens", "600"],
    "note": ["", "=1", "a,b"],
}
ROW = st.fixed_dictionaries({name: st.sampled_from(cells) for name, cells in CELLS.items()})
FIX = st.fixed_dictionaries({}, optional={name: st.sampled_from([*cells, "new"]) for name, cells in CELLS.items()})


@given(st.lists(st.one_of(ROW, st.none()), min_size=1, max_size=7), st.data())
@examples(20)
def test_rechecking_gives_what_reading_anew_gives(rows: list[dict[str, str] | None], data: st.DataObject) -> None:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEADER)
    for row in rows:
        writer.writerow(list(row.values()) if row else ["ragged", "row"])
    content = text.getvalue().encode()
    reading = read(content, "legs")
    fixes = data.draw(st.dictionaries(st.integers(2, len(rows) + 1), FIX, max_size=4))
    assert_same(reading.recheck(fixes), read(content, "legs", fixes=fixes))
    more = data.draw(st.dictionaries(st.integers(2, len(rows) + 1), FIX, max_size=3))
    assert_same(reading.recheck(fixes).recheck(more), read(content, "legs", fixes=rejected_rows.merged(fixes, more)))
    assert_same(take(read_sheet(content), "legs", fixes=fixes), read(content, "legs", fixes=fixes))


def test_a_mapping_and_the_fixes_go_together() -> None:
    mapping = ColumnMap(
        "legs", {"POL": "origin", "POD": "destination", "ETD": "depart", "n": "containers"}, {"unit": "boxes"}
    )
    reading = read(b"POL,POD,ETD,n\nNajin,Nirgends,2023-09-07,1\n", mapping=mapping)
    assert reading.recheck({2: {"POD": "10, 20"}}).table["destination"].tolist() == ["10.00000N20.00000E"]
