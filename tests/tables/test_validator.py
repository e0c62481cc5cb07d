"""Columns as codes of distinct texts, combinations of them, and the book of what is wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import VagueError
from geo.files.read import read_sheet
from geo.matching.mapping import ColumnMap
from geo.tables import validator as sieves
from geo.tables.frame import Coded, Columns
from geo.tables.validator import Memory, Sieve, combine, constant, distinct, slices
from tests.examples import examples


def made(text: str = "a,b\nx,1\ny,2\nx,3\n", **fixed: str) -> Sieve:
    mapping = ColumnMap("legs", {"a": "origin", "b": "note"}, fixed=fixed)
    return Sieve(read_sheet(text.encode()), mapping, Memory())


@given(st.lists(st.sampled_from(["a", " a", "a ", "", " ", "b", "\u00a0b"]), max_size=12), st.integers(0, 3))
@examples(50)
def test_distinct_texts_are_trimmed_used_and_different(cells: list[str], cut: int) -> None:
    column = pa.array(cells, pa.string()).dictionary_encode()[cut:]
    found = distinct(column)
    assert [found.texts()[code] for code in found.codes] == [each.strip() for each in cells[cut:]]
    assert len(set(found.texts())) == len(found.texts()) == len(set(found.codes.tolist()))


def test_a_constant_column_takes_no_room() -> None:
    column = constant("x", 10**9)
    assert (len(column.codes), column.codes.strides) == (10**9, (0,))


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 1)), max_size=20), st.booleans())
@examples(50)
def test_combinations_are_those_that_occur(rows: list[tuple[int, int, int]], sparse: bool) -> None:
    columns = [np.array([row[at] for row in rows], np.int32) for at in range(3)]
    columns[0] = np.unique(columns[0], return_inverse=True)[1].astype(np.int32).reshape(-1)
    count = int(columns[0].max(initial=-1)) + 1
    before = sieves.SPARSE
    sieves.SPARSE = 0 if sparse else before
    try:
        parts, codes = combine((columns[0], count), (columns[1], 4), (columns[2], 2))
    finally:
        sieves.SPARSE = before
    assert all((part[codes] == column).all() for part, column in zip(parts, columns, strict=True))
    assert len(parts[0]) == len(set(rows))


def test_slices_cover_all_rows_once() -> None:
    assert [(part.start, part.stop) for part in slices(5, 2)] == [(0, 2), (2, 4), (4, 5)]
    assert list(slices(0)) == []


def test_problems_stand_by_line_with_the_cell_as_given() -> None:
    sieve = made("a,b\n x ,1\ny,2\n x ,3\nz\n")
    sieve.judge("origin", sieve.distinct("origin").codes, {0: ("rule x", "hint")})
    sieve.find(np.array([False, True, False]), "note", ("rule 2", "hint"))
    found = [(each.row, each.column, each.given, each.rule) for each in sieve.problems()]
    assert found[:3] == [(2, "origin", " x ", "rule x"), (3, "note", "2", "rule 2"), (4, "origin", " x ", "rule x")]
    assert found[3][:3] == (5, "", "z")
    assert sieve.bad.tolist() == [True, True, True]


def test_a_warning_keeps_its_row_and_is_not_told_of_a_row_set_aside() -> None:
    sieve = made()
    sieve.judge("origin", sieve.distinct("origin").codes, {0: ("careful", "hint")}, "warning")
    assert (sieve.bad.any(), len(sieve.problems())) == (False, 2)
    sieve.find(np.array([0]), "note", ("bad", "hint"))
    assert [(each.row, each.severity) for each in sieve.problems()] == [(2, "set aside"), (4, "warning")]


def test_pardoned_rows_are_as_if_nothing_was_found() -> None:
    sieve = made()
    sieve.find(np.array([0, 1]), "note", ("bad", "hint"))
    sieve.pardon(np.array([True, False, False]))
    assert [each.row for each in sieve.problems()] == [3]
    assert sieve.bad.tolist() == [False, True, False]


def test_a_fixed_text_stands_in_every_row_and_is_what_was_given() -> None:
    sieve = made(unit=" TEU ")
    assert sieve.distinct("unit").texts() == ["TEU"]
    assert "unit" in sieve
    assert "mode" not in sieve
    sieve.find(np.array([1]), "unit", ("bad", "hint"))
    assert sieve.problems()[0].given == " TEU "


def test_memory_reads_each_text_once_also_where_it_fails() -> None:
    memory, asked = Memory(), []

    def read(text: str) -> int:
        asked.append(text)
        if text == "no":
            raise VagueError(text, "rule", "hint")
        return len(text)

    first = memory.parsed("length", ["a", "no", "a"], read)
    again = memory.parsed("length", ["no", "bb"], read)
    assert asked == ["a", "no", "bb"]
    assert (first[0], again[1], first[1]) == (1, 2, again[0])
    memory.parsed("other", ["a"], read)
    assert asked[-1] == "a", "another reader reads for itself"


@pytest.mark.parametrize("rows", [1, 2, 3, 100])
def test_frames_in_parts_are_the_whole(rows: int) -> None:
    codes = np.array([0, 1, 0, 2, 1], np.int32)
    columns = {
        "a": Coded(pa.array(["x", "y", "z"], pa.large_string()), codes),
        "n": Coded(np.array([1.5, 2, 3]), codes),
    }
    bad = np.array([False, True, False, False, True])
    schema = {"row": "int64", "a": "str", "b": "str", "n": "float64"}
    table = Columns(schema, columns, np.arange(2, 7), None, bad)
    parts = list(table.frames(rows))
    whole = table.whole()
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), whole)
    assert whole["row"].tolist() == [2, 4, 5]
    assert (whole["a"].tolist(), whole["b"].tolist()) == (["x", "x", "z"], ["", "", ""])


def test_where_nothing_is_kept_there_is_one_empty_frame() -> None:
    table = Columns({"row": "int64", "a": "str"}, {}, np.arange(3), None, np.ones(3, bool))
    assert [len(part) for part in table.frames(2)] == [0]
