"""The way for few faults gives what judging every line gives, or declines."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.files.text import csv_repair
from geo.files.text.csv_fast import Block, Task
from geo.files.text.csv_repair import line_by_line, with_few_faults
from geo.files.text.records import Marks
from tests.examples import examples

Rows = list[tuple[int, tuple[str, ...]]]
CELLS = st.lists(
    st.sampled_from(["a", "", '"b"', '"c""d"', '"e,f"', '"', '"g\nh"', 'i"j', "k\r", '""', " ", "\ufeff"]), max_size=4
)
TEXTS = st.lists(CELLS.map(",".join), min_size=1, max_size=12).map(lambda lines: "\n".join(lines) + "\n")
MARKS = st.sampled_from([Marks(), Marks(",", "'", "'"), Marks(",", "", ""), Marks(",", '"', "\\"), Marks(",", '"', "")])


def task(marks: Marks, *, final: bool = True) -> Task:
    return Task(2, 3, marks, final, (), lambda: None)


def found(block: Block) -> tuple[Rows, list[tuple[int, tuple[str, ...]]], int, int]:
    """(rows by line, broken, bytes used, lines)."""
    columns = [] if block.table is None else [column.to_pylist() for column in block.table.columns]
    rows = list(zip(block.lines.tolist(), zip(*columns, strict=True), strict=True)) if columns else []
    rows += [(line, tuple(cells)) for line, cells in zip(block.row_lines, block.rows, strict=True)]
    return sorted(rows), [(each.line, each.cells) for each in block.broken], block.used, block.line_count


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many faults there are, they are few."""
    monkeypatch.setattr(csv_repair, "_FEW", 1.0)


def agree(text: str, marks: Marks, *, final: bool) -> bool:
    quick = with_few_faults(text.encode(), task(marks, final=final))
    if quick is not None:
        assert found(quick) == found(line_by_line(text.encode(), task(marks, final=final)))
    return quick is not None


@pytest.mark.usefixtures("patient")
def test_it_reads_what_judging_every_line_reads() -> None:
    taken = 0

    @examples(600)
    @given(TEXTS, MARKS, st.booleans())
    @example(",,,\n", Marks(), True)
    @example(' ,\u00a0,"",\n\u7f85,,,\n', Marks(), True)
    def law(text: str, marks: Marks, final: bool) -> None:
        nonlocal taken
        lone = text.count("\r") != text.count("\r\n")
        taken += not lone and agree(text, marks, final=final)

    law()
    assert taken > 100


@pytest.mark.usefixtures("patient")
@pytest.mark.parametrize(
    "text",
    [
        'a,b,c\n"d,e,f\ng,h,i\n',
        'a,b,c\n"d\nx,y,z\n",e,f\ng,h,i\n',
        "a,b,c\n1,2\n\n1,2,3,4\n1,2,3,\nd,e,f\n",
        '"a","b""","""c"""\n"d"x,e,f\n',
        "a,b,c\r\n\r\nd,e,f\r\n",
        'a,b,c\n,,,\n , ,"",\n\u00a0,,,\n\u7f85,,,\n',
    ],
)
def test_faults_of_every_sort(text: str) -> None:
    assert agree(text, Marks(), final=True)


def test_it_declines_where_faults_are_many() -> None:
    assert with_few_faults(b"a,b\n" * 50 + b"a,b,c\n" * 50, task(Marks())) is None
    assert with_few_faults(b'"a,b,c\n' * 50 + b"a,b,c\n" * 50, task(Marks())) is None
    assert with_few_faults(b"a,b\n" + b"a,b,c\n" * 50, task(Marks())) is not None
