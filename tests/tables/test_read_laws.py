"""What holds of any file: nothing is lost, and neither the order of rows nor the dialect changes the result."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import UnreadableFile
from geo.matching.mapping import ColumnMap
from geo.sheet import Dialect
from geo.tables.read import Reading, read
from tests.examples import examples

HEAD = ["origin", "destination", "depart", "containers", "unit", "note"]
ROW = st.tuples(
    st.sampled_from(["KPRJN", "Najin", "Kingston", "Nowhere", "1.5N 2.5E", "port of Shanghai", ""]),
    st.sampled_from(["RUVVO", "VLADIVOSTOK", "KPRJN"]),
    st.sampled_from(["2023-09-07", "13/09/2023", "07/09/2023", "2023-08~", "x", "2023-09-07T10:00+02:00"]),
    st.sampled_from(["300", "about 300", "dozens", "1,000", "-3", "600"]),
    st.sampled_from(["", "TEU", "tonnes"]),
    st.sampled_from(["", "=1", "two; words", "tab\there", 'a "quote"']),
)


def content(rows: list[tuple[str, ...]], delimiter: str = ",", newline: str = "\n", encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator=newline)
    writer.writerows([HEAD, *rows])
    return text.getvalue().encode(encoding)


def without_lines(reading: Reading) -> tuple[pd.DataFrame, list[list[str]], list[tuple[str, ...]]]:
    table = reading.table.drop(columns="row")
    rows = [list(row) for row in reading.set_aside.drop(columns="line").values.tolist()]
    return table, rows, [(each.column, each.given, each.rule, each.hint) for each in reading.problems]


@given(st.lists(ROW, min_size=1, max_size=7, unique=True), st.randoms(use_true_random=False))
@examples(25)
def test_the_order_of_rows_makes_no_difference(rows: list[tuple[str, ...]], chance: object) -> None:
    turned = list(rows)
    chance.shuffle(turned)  # type: ignore[attr-defined]
    one, other = read(content(rows), "legs"), read(content(turned), "legs")
    by = list(one.table.columns.drop(["row", "geometry"]))
    tables = [
        each.table.drop(columns=["row", "geometry"]).sort_values(by, ignore_index=True).reset_index(drop=True)
        for each in (one, other)
    ]
    pd.testing.assert_frame_equal(*tables)
    assert sorted(without_lines(one)[1]) == sorted(without_lines(other)[1])
    assert sorted(without_lines(one)[2]) == sorted(without_lines(other)[2])
    assert (one.mapping, one.unplaced, one.undecided) == (other.mapping, other.unplaced, other.undecided)
    pd.testing.assert_frame_equal(one.own_places, other.own_places)


@given(
    st.lists(ROW, min_size=1, max_size=6),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
@examples(25)
def test_the_dialect_makes_no_difference(
    rows: list[tuple[str, ...]], delimiter: str, newline: str, encoding: str
) -> None:
    one, other = read(content(rows), "legs"), read(content(rows, delimiter, newline, encoding), "legs")
    for mine, theirs in zip(without_lines(one), without_lines(other), strict=True):
        assert mine.equals(theirs) if isinstance(mine, pd.DataFrame) else mine == theirs


PIECES = [b"a", b"1", b",", b"\n", b'"', b"\xe9", b"\xc3\xa9", b"\xff", b"\x80"]
MIXED = st.lists(st.sampled_from(PIECES), max_size=60).map(b"".join)


@given(
    st.one_of(
        st.binary(max_size=200), MIXED, st.text(st.sampled_from("a1,;\n\r\"'\t |=é\x00"), max_size=200).map(str.encode)
    ),
    st.booleans(),
)
@examples(150)
def test_any_bytes_lose_nothing(body: bytes, ours: bool) -> None:
    given_bytes = b"origin,destination,depart,containers\nKPRJN,RUVVO,2023-09-07,5\n" * ours + body
    mapping = None if ours else ColumnMap("legs", fixed=FIXED)
    reading, refused = read_or_refused(lambda: read(given_bytes, "legs", mapping=mapping))
    # Its bytes may be no table at all, but never is a file refused for the encoding of some of them.
    assert not any(word in refused for word in ("UTF-8", "charset", "encoding"))
    nothing_is_lost(reading)


def read_or_refused(how: Callable[[], Reading]) -> tuple[Reading | None, str]:
    """What came of a file, and why it was refused."""
    try:
        return how(), ""
    except UnreadableFile as error:
        return None, error.reason


@given(MIXED, st.sampled_from(["utf-8", "cp1252", "cp932", "cp949", "gb18030", "utf-16-le", "utf-32-be", "utf-7"]))
@examples(100)
def test_any_bytes_lose_nothing_in_an_encoding_that_somebody_chose(body: bytes, encoding: str) -> None:
    head = "origin,destination,depart,containers\nKPRJN,RUVVO,2023-09-07,5\n".encode(encoding)
    reading, refused = read_or_refused(lambda: read(head + body, "legs", dialect=Dialect(encoding=encoding)))
    assert reading is not None or "NUL" in refused
    nothing_is_lost(reading)


def nothing_is_lost(reading: Reading | None) -> None:
    """Each row is kept, or set aside with a reason."""
    if reading is None:
        return
    assert reading.rows == reading.kept + len(reading.set_aside) == len(reading.table) + len(reading.set_aside)
    assert {each.row for each in reading.problems.set_aside} == {int(line) for line in reading.set_aside["line"]}
    assert reading.set_aside["why"].ne("").all()


FIXED = {"origin": "KPRJN", "destination": "RUVVO", "depart": "2023-09-07", "containers": "5"}
