"""A file that takes its reader down takes nothing else down: what ended it is told in words, and others read on."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from geo import child_process
from geo.errors import Cancelled, DialectError, TooLarge, UnreadableFile
from geo.files import limits
from geo.files.child import process
from geo.files.content import GivenContent
from geo.files.read import read_sheet
from tests.files.books import xlsx, xlsx_rows

BOOK = xlsx({"A": xlsx_rows([["port", "qty"], *(["Rajin", float(number)] for number in range(5_000))])})


@contextmanager
def reading(watch: Callable[[], None] = lambda: None) -> Iterator[process.Child]:
    """A process on a workbook."""
    with process.reading("workbook", GivenContent("x.xlsx", BOOK), watch) as child:
        yield child


def ended(child: process.Child) -> bool:
    """Whether its process is gone."""
    return child._process.poll() is not None


@pytest.mark.parametrize(
    ("number", "error", "words"),
    [
        (signal.SIGABRT, TooLarge, "the memory that reading it takes: more than 960 MiB"),
        (signal.SIGKILL, TooLarge, "the memory that reading it takes"),
        (signal.SIGSEGV, UnreadableFile, "cannot be read: the workbook ended its reader .SIGSEGV."),
        (signal.SIGXCPU, TooLarge, "the time to read it: more than 60 seconds"),
    ],
)
def test_its_death_is_a_sentence(number: int, error: type[UnreadableFile], words: str) -> None:
    with reading() as child, reading() as other:
        assert child.value(sheets=True) == ["A"]
        os.kill(child._process.pid, number)
        with pytest.raises(error, match=f"x.xlsx:? {words}"):
            list(child.values(rows="A"))
        assert other.value(sheets=True) == ["A"]


def test_it_ends_with_whoever_asked() -> None:
    with reading() as child:
        rows = child.values(rows="A")
        next(rows)
        assert not ended(child)
    assert ended(child)
    with pytest.raises(KeyError), reading() as child:
        raise KeyError
    assert ended(child)


def test_a_file_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CHILD_SECONDS", 0.3)
    monkeypatch.setattr(child_process, "_START", "import time; time.sleep(3600)")
    with reading() as child, pytest.raises(TooLarge, match="the time to read it: more than 0 seconds"):
        child.value(sheets=True)
    assert ended(child)


def test_it_can_be_cancelled_while_it_says_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def cancel() -> None:
        raise Cancelled("enough")

    monkeypatch.setattr(child_process, "_START", "import time; time.sleep(3600)")
    with pytest.raises(Cancelled), reading(cancel) as child:
        child.value(sheets=True)
    assert ended(child)


def test_a_further_file_waits_for_its_turn_and_can_be_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "_SLOTS", threading.BoundedSemaphore(1))
    told: list[int] = []

    def cancel() -> None:
        told.append(1)
        if len(told) > 2:
            raise Cancelled("enough")

    with reading(), pytest.raises(Cancelled), reading(cancel):
        raise AssertionError("two at once")  # pragma: no cover
    with reading() as child:
        assert child.value(sheets=True) == ["A"]


def test_it_writes_no_file_and_takes_nothing_from_its_users_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "python_calamine.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "python_calamine.py"))
    monkeypatch.chdir(tmp_path)
    assert len(read_sheet(BOOK)) == 5_000
    assert {each.name for each in tmp_path.iterdir()} == {"python_calamine.py"}


def test_nothing_is_left_where_copies_of_uploads_lie(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with reading() as child:
        (copy,) = tmp_path.rglob("file")
        assert copy.read_bytes() == BOOK
        assert copy.parent.stat().st_mode & 0o77 == 0
        assert child.value(sheets=True) == ["A"]
    assert not list(tmp_path.iterdir())


def test_only_forms_with_a_reader_are_read() -> None:
    refused = pytest.raises(DialectError, match="one of workbook, xml-workbook, web-page, parquet")
    with process.reading("os", GivenContent("x", BOOK), lambda: None) as child, refused:
        child.value(rows=True)
