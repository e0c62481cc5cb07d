"""Killed at any moment, and written by several processes at once, a library stays whole."""

from __future__ import annotations

import multiprocessing
import random
from collections import Counter
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from benchmarks.killed import Series, made
from geo.library import Library
from geo.tables.read import read

TOGETHER = 60
"""Seconds for two processes to import a few small files; a hang ends the test."""


def test_killed_at_random_moments_it_verifies_and_loses_nothing(tmp_path: Path) -> None:
    series = Series(tmp_path / "library", random.Random(7))
    found: Counter[str] = Counter()
    # Now and then an import is left half done: else the moments would be no test.
    while found["rounds"] < 10 or not (found["halves"] and found["kept"]):
        found += series.round() + Counter(rounds=1)
        assert found["rounds"] < 100
    assert len(series.accepted) == found["kept"]


def many(root: str, numbers: list[int], start: Barrier, told: Connection) -> None:
    """Keeps some of the made files as soon as the others are ready; tells id and whether it was new."""
    library = Library.open(root)
    readings = [(read(made(number), name=f"{number}.csv"), made(number)) for number in numbers]
    start.wait(TOGETHER)
    for reading, content in readings:
        kept = library.keep(reading, content, reading.file)
        library.withdraw(kept.id)
        told.send((kept.id, kept.again))
    told.close()


@pytest.mark.parametrize("same", [True, False])
def test_two_processes_import_at_once(tmp_path: Path, same: bool) -> None:
    context = multiprocessing.get_context("spawn")
    start = context.Barrier(2)
    told, processes = [], []
    for numbers in ([1, 2, 3, 4], [1, 2, 3, 4] if same else [5, 6, 7, 8]):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=many, args=(str(tmp_path / "library"), numbers, start, theirs), daemon=True)
        process.start()
        processes.append(process)
        theirs.close()
        told.append(ours)
    said = [pipe.recv() for pipe in told for _ in range(4)]
    for process in processes:
        process.join(TOGETHER)
    assert [process.exitcode for process in processes] == [0, 0]
    library = Library.open(tmp_path / "library")
    assert library.verify() == []
    assert {each.id for each in library.imports()} == {identifier for identifier, _ in said}
    assert len(library.imports()) == (4 if same else 8)
    # Each import was new to exactly one of those that made it.
    assert Counter(identifier for identifier, again in said if not again) == Counter(
        {each.id: 1 for each in library.imports()}
    )
    assert all(each.withdrawn for each in library.imports())


def test_a_later_attempt_that_comes_second_gives_way(
    library: Library, loaded: Callable, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another process puts its manifest between our look and ours."""
    given = loaded()
    tables = type(given.reading).tables
    first = []

    def meanwhile(self: object, *more: object) -> object:
        monkeypatch.setattr(type(given.reading), "tables", tables)
        first.append(library.keep(given.reading, given.content, "first.csv"))
        return tables(self, *more)

    monkeypatch.setattr(type(given.reading), "tables", meanwhile)
    second = library.keep(given.reading, given.content, "second.csv")
    assert second.again
    assert second.name == "first.csv"
    assert library.imports() == first
    assert library.verify() == []
