"""Grades are added and never changed; the last one counts, whoever wrote it, and no name leaves its folder."""

from __future__ import annotations

import csv
import io
import json
import multiprocessing
import secrets
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import LibraryError, VagueError
from geo.library import Import, Library
from geo.library.export import export
from geo.library.records import GRADES, LONGEST_REPORT
from geo.parsing.admiralty import CREDIBILITY, RELIABILITY
from tests.examples import examples

HOSTILE = (
    "..",
    "../..",
    "../../outside",
    "/etc/passwd",
    "C:\\",
    "a/b",
    "",
    ".",
    "\0",
    "founding/..",
    "0" * 15,
    "FOUNDING",
)
TOGETHER = 60
"""Seconds for two processes to write a few grades; a hang ends the test."""
HALVES = st.tuples(st.sampled_from(["", *RELIABILITY]), st.sampled_from(["", *CREDIBILITY]))


@pytest.fixture
def kept(library: Library, loaded: Callable) -> Import:
    given = loaded()
    return library.keep(given.reading, given.content, "legs.csv")


def records(library: Library, part: str) -> list[str]:
    return [f"{GRADES}/{part}/{name}" for name in library.store.names(f"{GRADES}/{part}")]


def test_a_grade_is_there_when_the_library_is_opened_again(library: Library, kept: Import) -> None:
    assert library.grades(kept.id) == {}
    library.grade(kept.id, "legs-1", "B", "2")
    library.grade("founding", "rok-2000-containers", "A", "")
    again = Library(library.store)
    assert again.grades(kept.id) == {"legs-1": ("B", "2")}
    assert again.grades("founding") == {"rok-2000-containers": ("A", "")}
    assert again.grades("wider") == {}
    assert again.verify() == []


@examples(30)
@given(st.lists(st.tuples(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=5), HALVES)))
def test_the_last_grade_of_a_report_counts(said: list[tuple[str, tuple[str, str]]]) -> None:
    library = Library.open(f"memory://grades-{secrets.token_hex(8)}")
    for report, halves in said:
        library.grade("wider", report, *halves)
    assert library.grades("wider") == dict(said)
    assert len(records(library, "wider")) == len(said)
    assert library.verify() == []


def test_a_withdrawn_import_keeps_its_grades_and_can_get_more(library: Library, kept: Import) -> None:
    library.grade(kept.id, "a", "B", "2")
    library.withdraw(kept.id)
    library.grade(kept.id[:6], "b", "", "6")
    assert library.grades(kept.id) == {"a": ("B", "2"), "b": ("", "6")}
    library.restore(kept.id)
    assert library.grades(kept.id) == {"a": ("B", "2"), "b": ("", "6")}


@pytest.mark.usefixtures("kept")
@pytest.mark.parametrize("part", HOSTILE)
def test_a_part_that_is_no_import_is_refused_and_nothing_is_written(library: Library, part: str) -> None:
    before = library.store.fs.find(library.where.rpartition("/")[0])
    with pytest.raises(LibraryError):
        library.grade(part, "a", "B", "2")
    with pytest.raises(LibraryError):
        library.grades(part)
    assert library.store.fs.find(library.where.rpartition("/")[0]) == before


@pytest.mark.parametrize("report", [*filter(None, HOSTILE), "=1+1", "<script>", "ü" * LONGEST_REPORT, "\n", "..json"])
def test_any_text_is_the_id_of_a_report_and_none_is_a_path(library: Library, kept: Import, report: str) -> None:
    library.grade(kept.id, report, "C", "3")
    assert library.grades(kept.id) == {report: ("C", "3")}
    (path,) = records(library, kept.id)
    assert path.rpartition("/")[2].endswith(".json")
    assert set(library.store.names("")) == {"packages", GRADES}


@pytest.mark.parametrize("report", ["", "x" * (LONGEST_REPORT + 1), "\ud800"])
def test_what_is_no_id_is_refused(library: Library, kept: Import, report: str) -> None:
    with pytest.raises(LibraryError, match="id of a report"):
        library.grade(kept.id, report, "C", "3")
    assert library.grades(kept.id) == {}


@pytest.mark.parametrize("halves", [("G", "1"), ("b", "2"), ("B", "7"), ("B", "02"), ("2", "B"), (" ", "")])
def test_what_is_no_grade_is_refused(library: Library, kept: Import, halves: tuple[str, str]) -> None:
    with pytest.raises(VagueError, match="a letter from A to F"):
        library.grade(kept.id, "a", *halves)
    assert library.grades(kept.id) == {}


@pytest.mark.parametrize(
    "changes", [{"reliability": "A"}, {"report": "b"}, {"part": "wider"}, {"seal": ""}, {"format": 9}]
)
def test_a_changed_record_is_named_and_counts_for_nothing(library: Library, kept: Import, changes: dict) -> None:
    library.grade(kept.id, "a", "B", "2")
    (path,) = records(library, kept.id)
    plain = json.loads(library.store.read(path))
    library.store.fs.pipe_file(library.store.full(path), json.dumps(plain | changes).encode())
    (fault,) = library.verify()
    assert (fault.id, fault.part, fault.severity) == (kept.id, path, "fault")
    assert library.grades(kept.id) == {}


def test_a_record_of_another_import_counts_for_nothing(library: Library, kept: Import) -> None:
    library.grade("wider", "a", "B", "2")
    (path,) = records(library, "wider")
    library.store.fs.makedirs(library.store.full(f"{GRADES}/{kept.id}"), exist_ok=True)
    moved = path.replace("wider", kept.id)
    library.store.fs.pipe_file(library.store.full(moved), library.store.read(path))
    assert [fault.part for fault in library.verify()] == [moved]
    assert library.grades(kept.id) == {}


def test_what_lies_beside_the_records_is_a_note(library: Library, kept: Import) -> None:
    library.grade(kept.id, "a", "B", "2")
    for path in (
        f"{GRADES}/{kept.id}/x.json",
        f"{GRADES}/{'0' * 16}/y",
        f"{GRADES}/strange/z",
        f"{GRADES}/wider/a.draft",
    ):
        library.store.fs.makedirs(library.store.full(path).rpartition("/")[0], exist_ok=True)
        library.store.fs.pipe_file(library.store.full(path), b"{}")
    faults = library.verify()
    assert {fault.severity for fault in faults} == {"note"}
    assert len(faults) == 5
    assert library.grades(kept.id) == {"a": ("B", "2")}


def test_the_grades_go_with_what_is_exported(library: Library, kept: Import, tmp_path: Path) -> None:
    assert "grades.csv" not in {path.name for path in export(library, kept.id, tmp_path / "before")}
    library.grade(kept.id, "=1+1", "B", "")
    export(library, kept.id, tmp_path / "after")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "after" / "grades.csv").read_text())))
    assert rows == [{"report": "'=1+1", "reliability": "B", "credibility": ""}]


def grader(root: str, letter: str, start: Barrier) -> None:
    """Grades ten reports as soon as the other is ready."""
    library = Library.open(root)
    start.wait(TOGETHER)
    for number in range(10):
        library.grade("wider", f"{letter}{number}", letter, "1")
        library.grade("wider", "both", letter, "1")


def test_two_processes_grade_at_once(tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    arguments = [(str(tmp_path / "library"), letter, start) for letter in "AB"]
    processes = [context.Process(target=grader, args=each, daemon=True) for each in arguments]
    for process in processes:
        process.start()
    for process in processes:
        process.join(TOGETHER)
    assert [process.exitcode for process in processes] == [0, 0]
    library = Library.open(tmp_path / "library")
    found = library.grades("wider")
    assert found.pop("both")[0] in "AB"
    assert found == {f"{letter}{number}": (letter, "1") for letter in "AB" for number in range(10)}
    assert len(records(library, "wider")) == 40
    assert library.verify() == []
