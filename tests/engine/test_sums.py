"""`geo.engine.sums`: what an engine sums is what the map sums of the same files, at the times of the steps."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import fsspec
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.testing import assert_allclose

import geo
from geo.engine import duck, inputs, steps, sums
from geo.errors import EngineError, GeoError, MissingColumns, UnreadableFile
from geo.tables.read import read
from tests.leg_files import summed, write

HEAD = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
DAY, WEEK = 86_400, 604_800


@pytest.fixture
def add_up(tmp_path: Path) -> Callable[..., sums.Summed]:
    """Patterns -> their sums by day in volumes.parquet, on DuckDB."""

    def run(*patterns: object, every: int = DAY, **more: object) -> sums.Summed:
        with duck.session(tmp_path / "spill") as session:
            return sums.add_up([str(each) for each in patterns], tmp_path / "volumes.parquet", session, every, **more)

    return run


def moments(every: int) -> list[int]:
    """Every third step of a year and a half."""
    first = int(np.datetime64("2022-12-26", "s").astype(int))
    assert (first - steps.MONDAY) % WEEK == 0
    return list(range(first, first + 500 * DAY, 3 * every))


def assert_same(found: sums.Summed, files: list[Path], every: int) -> None:
    """The import draws at each step what the files would."""
    expected, drawn = summed(files, moments(every)), summed([found.path], moments(every))
    assert drawn.keys() == expected.keys()
    for key, values in drawn.items():
        # The map rounds each leg to float32 and here each sum.
        assert_allclose(values, expected[key], rtol=2e-7, atol=1e-4 + 1e-7 * values.max(), err_msg=str(key))


@pytest.mark.parametrize("every", [12 * 3_600, WEEK])
def test_sums_are_those_of_the_map(tmp_path: Path, add_up: Callable, every: int) -> None:
    files = write(tmp_path, every, 500)
    found = add_up(tmp_path / "t*", every=every)
    assert_same(found, files, every)
    readings = [read(file, "legs") for file in sorted(files)]
    assert [each.rows for each in found.outcomes] == [each.rows for each in readings]
    assert [each.set_aside for each in found.outcomes] == [len(each.set_aside) for each in readings]
    rules = {(problem.column, problem.rule) for each in readings for problem in each.problems}
    assert {(why.column, why.rule) for each in found.outcomes for why, _ in each.aside} <= rules
    assert found.legs == sum(each.kept for each in readings)


def test_the_import_is_one_of_sums_and_of_no_voyages(tmp_path: Path, add_up: Callable) -> None:
    (tmp_path / "a.csv").write_text(HEAD + GOOD * 3 + "Najin,Busan,August 2023,>20\n")
    reading = read(add_up(tmp_path / "a.csv").path)
    assert not len(reading.problems)
    assert reading.table["sum_of"].sum() == 4
    (tmp_path / "sums.csv").write_text(reading.kept_csv())
    again = read(tmp_path / "sums.csv").table
    pd.testing.assert_frame_equal(again.drop(columns="row"), reading.table.drop(columns="row"))
    data = geo.open_data(str(tmp_path / "volumes.parquet"))
    scene = geo.build_scene(data.legs, data.totals, data.events, data.places.frame)
    assert scene.legs.corridor.size == 0
    low, best, high = (float(each[-1]) for each in (scene.knots.low, scene.knots.best, scene.knots.closed))
    assert (low, best, high) == (900.0, 900.0, 900.0)
    (told,) = scene.reports.summary
    assert told.startswith("4 ")


def test_two_sources_with_one_figure_are_two_sums(tmp_path: Path, add_up: Callable) -> None:
    head = HEAD.strip() + ",claimant,vessel\n"
    (tmp_path / "a.csv").write_text(head + f"{GOOD.strip()},A,Angara\n{GOOD.strip()},B,Maria\n")
    data = geo.open_data(str(add_up(tmp_path / "a.csv").path))
    assert "retells" not in data.legs
    assert data.legs["containers_best"].sum() == 600


def test_a_sum_of_sums_is_the_same(tmp_path: Path, add_up: Callable) -> None:
    files = write(tmp_path, 5, 150)
    first = add_up(tmp_path / "t*").path
    with duck.session(tmp_path / "spill") as session:
        again = sums.add_up([str(first)], tmp_path / "again.parquet", session, WEEK)
    assert_same(again, files, WEEK)
    assert again.legs == sum(read(file, "legs").kept for file in files)


def test_what_is_finished_is_not_done_again(tmp_path: Path, add_up: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    open_ = duck.Session.open
    monkeypatch.setattr(duck.Session, "open", lambda self, file: opened.append(file.name) or open_(self, file))
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    (tmp_path / "b.csv").write_text(HEAD + GOOD)

    def stop(_share: float, doing: str) -> None:
        if "b.csv" in doing:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        add_up(tmp_path / "?.csv", progress=stop)
    assert not (tmp_path / "volumes.parquet").exists()
    assert opened == ["a.csv"]
    found = add_up(tmp_path / "?.csv")
    assert (opened, found.kept, found.legs) == (["a.csv", "b.csv"], 1, 2)
    (tmp_path / "b.csv").write_text(HEAD + GOOD * 2)
    found = add_up(tmp_path / "?.csv", replace=True)
    assert (opened, found.kept, found.legs) == (["a.csv", "b.csv", "b.csv"], 1, 3)
    # Another step is another sum, and a part whose account is damaged is none.
    assert add_up(tmp_path / "?.csv", replace=True, every=WEEK).kept == 0
    for each in sums.parts_of(tmp_path / "volumes.parquet").glob("*.json"):
        each.write_text("{")
    assert add_up(tmp_path / "?.csv", replace=True, every=WEEK).kept == 0


def test_rows_set_aside_are_counted_beside_the_output(tmp_path: Path, add_up: Callable) -> None:
    bad = '"=HYPERLINK(1)",Vladivostok,2023-09-07,5\n' * 2 + "Najin,Vladivostok\nNajin,Najin,2023-09-07,1\n"
    (tmp_path / "a.csv").write_text(HEAD + GOOD + bad)
    found = add_up(tmp_path / "a.csv")
    told = pd.read_csv(found.rejected, dtype=str)
    assert dict(zip(told["rule"], told["rows"], strict=True)) == {
        "a place is the code, name or alias of one place": "2",
        "origin and destination must differ": "1",
        "a row has as many cells as the header": "1",
    }
    assert "'=HYPERLINK(1)" in told["given"].tolist()
    with pytest.raises(FileExistsError):
        add_up(tmp_path / "a.csv")
    (tmp_path / "a.csv").write_text(HEAD + GOOD)
    assert add_up(tmp_path / "*.csv", replace=True).rejected is None
    assert not found.rejected.exists()


def test_a_csv_that_waybill_wrote_means_what_it_meant(tmp_path: Path, add_up: Callable) -> None:
    rows = "-33.9,18.4,Vladivostok,2023-09-07,5,=Ministry\n"
    reading = read(("origin_lat,origin_lon,destination,depart,containers,claimant\n" + rows).encode(), name="a.csv")
    (tmp_path / "a.csv").write_text(reading.kept_csv())
    assert "'=Ministry" in reading.kept_csv()
    found = read(add_up(tmp_path / "a.csv").path).table
    assert found["claimant"].tolist() == ["=Ministry"]
    assert found["origin"].tolist() == reading.table["origin"].tolist()


def test_an_address_of_fsspec_is_read(add_up: Callable) -> None:
    files = fsspec.filesystem("memory")
    files.pipe("/legs/one [1].csv", (HEAD + GOOD).encode())
    table = pa.table({"origin": ["Najin"], "destination": ["Busan"], "depart": ["2023-09-07"], "containers": [7]})
    with files.open("/legs/two.parquet", "wb") as opened:
        pq.write_table(table, opened)
    found = add_up("memory://legs/*")
    assert [each.file for each in found.outcomes] == ["memory:///legs/one [1].csv", "memory:///legs/two.parquet"]
    assert found.legs == 2


@pytest.mark.parametrize(
    ("name", "content", "kind", "words"),
    [
        ("none/*.parquet", None, UnreadableFile, "matches no file"),
        ("", None, UnreadableFile, "is a folder"),
        ("s4://bucket/*", None, UnreadableFile, "cannot be looked up"),
        ("a.xlsx", b"PK", UnreadableFile, "is not named"),
        ("a.parquet", b"PAR1 no more PAR1", UnreadableFile, "cannot be read as parquet"),
        ("a.parquet", b"", UnreadableFile, "cannot be read as parquet"),
        ("a.csv", b"", UnreadableFile, "no line of names"),
        ("a.csv", b"a,b\n1,2\n", MissingColumns, "no column 'origin'"),
        ("a.csv", b"origin,origin,depart,containers\n", UnreadableFile, "repeated"),
        ("a.csv", b"\xff\xfe\x00origin", UnreadableFile, "not written in UTF-8"),
        ("a.csv", HEAD.encode() + b"Najin,\xff\xfe,2023-09-07,1\n", (UnreadableFile, EngineError), "a.csv"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(
    tmp_path: Path, add_up: Callable, name: str, content: bytes | None, kind: type[GeoError], words: str
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    with pytest.raises(kind, match=words):
        add_up(name if "://" in name else f"{tmp_path}/{name}")
    assert not (tmp_path / "volumes.parquet").exists()


def test_its_own_output_is_no_input(tmp_path: Path, add_up: Callable) -> None:
    pq.write_table(pa.table({"origin": ["Najin"], "destination": ["Busan"], "depart": ["2023"], "containers": [7]}),
                   tmp_path / "a.parquet")  # fmt: skip
    add_up(tmp_path / "*.parquet")
    assert add_up(tmp_path / "*.parquet", replace=True).legs == 1
    with pytest.raises(UnreadableFile, match="an earlier run"):
        add_up(tmp_path / "volumes.parquet", replace=True)


def test_a_file_is_another_one_when_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a")
    (first,), (again,) = inputs.find([str(path)]), inputs.find([str(path), str(path)])
    assert first == again
    path.write_text("ab")
    assert inputs.find([str(path)])[0].identity != first.identity
    assert json.dumps(first.name) == '"a.csv"'
