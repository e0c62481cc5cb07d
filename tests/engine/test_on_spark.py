"""A Spark session and DuckDB give the curves of `geo.volume` for 300 random scenes, and one sum of the same files."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from numpy.testing import assert_allclose

from geo import volume
from geo.engine import duck, expression, spark, sums
from geo.errors import EngineError, UnreadableFile
from tests.flows import CORRIDORS, YEAR
from tests.leg_files import write

SCENES = 300
OBEYS = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
QUICK = {
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.driver.extraJavaOptions": "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC",
}
"""Small tables: what compiles code for large ones only takes time."""


@pytest.fixture(scope="module")
def session() -> Iterator[spark.Session]:
    with spark.session("local[1]", QUICK) as made:
        yield made


def scene(seed: int) -> pa.Table:
    """Up to a hundred flows on a few corridors: steps, ramps, what is open, and the smallest and largest of each."""
    chance = np.random.default_rng(seed)
    count = int(chance.integers(1, 100))
    corridor = chance.integers(0, CORRIDORS, count) + CORRIDORS * seed
    # Few moments, so that much begins and ends at once; or any second of a year.
    start = chance.integers(0, 20, count) if seed % 3 == 0 else chance.integers(0, YEAR, count)
    end = start + np.where(chance.random(count) < 0.3, chance.integers(0, YEAR, count), chance.integers(0, 4, count))
    size = chance.choice([1e-3, 1.0, 300.0, 5_000.0, 1e6], count if seed % 2 else 1)
    low, best, high = np.sort(size * chance.random((3, count)) * (chance.random(count) < 0.95), axis=0)
    whole = chance.random(count) < 0.5
    low, best, high = (np.where(whole, np.ceil(each), each) for each in (low, best, high))
    high = np.where(chance.random(count) < 0.1, np.inf, high)
    return volume.flows(corridor, start, end, low, best, high)


@pytest.fixture(scope="module")
def flows() -> pa.Table:
    """All scenes in one table, each with corridors of its own: one job for all of them."""
    return pa.concat_tables([scene(seed) for seed in range(SCENES)])


def assert_same(found: pa.Table, expected: pa.Table) -> None:
    """The same knots, each within a millionth of a container."""
    assert found.schema == expected.schema
    for name in ("corridor", "time"):
        assert found[name].equals(expected[name])
    for name in (*volume.MEASURES, "high"):
        assert_allclose(found[name].to_numpy(), expected[name].to_numpy(), rtol=0, atol=1e-6, err_msg=name)


def test_random_scenes_on_duckdb(flows: pa.Table) -> None:
    assert len(flows) > 10 * SCENES
    assert_same(expression.knots(flows), volume.knots(flows))


def test_random_scenes_on_spark(session: spark.Session, flows: pa.Table) -> None:
    rows = session.run(expression.expression(ibis.table(expression.FLOWS, name="flows")), {"flows": flows})
    assert_same(expression.in_order(rows), volume.knots(flows))


def test_no_number_is_left_to_be_a_decimal() -> None:
    table = ibis.table(expression.FLOWS, name="flows 1.5")
    asked = expression.expression(table)
    asked = asked.filter(asked.corridor.cast("string") != "2.5")
    found = re.findall(r"[0-9]+\.[0-9]+(?:e-[0-9]+)?(?![0-9e])(.)", spark.compiled(asked))
    assert len(found) > 20
    assert set(found) <= {"D", "`", "'"}


def test_one_measure_alone(session: spark.Session, tmp_path: Path) -> None:
    flows = scene(1)
    asked = expression.expression(ibis.table(expression.FLOWS, name="flows"), ("best",))
    with duck.session(tmp_path / "spill") as other:
        rows = other.run(asked, {"flows": flows})
    rows = rows.sort_by([(name, "ascending") for name in ("corridor", "time", "after")])
    assert_allclose(rows["best"].to_numpy(), volume.knots(flows)["best"].to_numpy(), rtol=0, atol=1e-6)
    # Spark judges a statement before it runs it.
    session.run(ibis.table(expression.FLOWS, name="flows").limit(1), {"flows": flows})
    assert session.spark.sql(spark.compiled(asked)).columns == rows.column_names


def test_spark_sums_the_same_files_as_duckdb(session: spark.Session, tmp_path: Path) -> None:
    csv, _ = write(tmp_path, 3, 200)
    odd = 'Najin,Vladivostok\n"Najin",RUVVO,2023-09-07,,"1,200",,,A,\n"Nowhere\nat all",RUVVO,2023-09-07,,5,,,A,\n'
    (tmp_path / "t [1].csv").write_text(csv.read_text() + odd + "Najin,Vladivostok,2023-09-07,,5,,,A,,6\n")
    csv.unlink()
    on_spark = sums.add_up([f"{tmp_path}/t*"], tmp_path / "spark.parquet", session, 86_400)
    with duck.session(tmp_path / "spill") as other:
        on_duckdb = sums.add_up([f"{tmp_path}/t*"], tmp_path / "duckdb.parquet", other, 86_400)
    assert [each.rows for each in on_spark.outcomes] == [each.rows for each in on_duckdb.outcomes]
    # An example of a reason is any row that it holds for.
    told = [
        {(why.column, why.rule): rows for each in found.outcomes for why, rows in each.aside}
        for found in (on_spark, on_duckdb)
    ]
    assert told[0] == told[1]
    assert (on_spark.legs, on_spark.sums) == (on_duckdb.legs, on_duckdb.sums)
    first, second = (pq.read_table(found.path) for found in (on_spark, on_duckdb))
    for name in first.column_names:
        if name.startswith("containers"):
            figures = [
                np.array([float(text or "inf") for text in table[name].to_pylist()]) for table in (first, second)
            ]
            assert_allclose(*figures, rtol=1e-12, atol=1e-6, err_msg=name)
        else:
            assert first[name].equals(second[name]), name


def test_a_broken_file_is_a_sentence_of_spark(session: spark.Session, tmp_path: Path) -> None:
    (tmp_path / "a.parquet").write_bytes(b"PAR1 no more PAR1")
    with pytest.raises(UnreadableFile, match=r"a\.parquet cannot be read as parquet"):
        sums.add_up([str(tmp_path / "a.parquet")], tmp_path / "v.parquet", session, 86_400)


@pytest.mark.parametrize(
    ("master", "words"),
    [
        ("spark://127.0.0.1:{closed}", "no master answers at spark://127.0.0.1"),
        ("spark://nowhere.invalid:7077", "no master answers"),
        ("spark://[:7077", "no master answers"),
        ("https://host:7077", "is no master"),
        ("local; rm -rf", "is no master"),
    ],
)
def test_a_master_that_does_not_answer_is_said_before_spark_is_started(
    monkeypatch: pytest.MonkeyPatch, master: str, words: str
) -> None:
    monkeypatch.setattr(spark, "_made", lambda *_: pytest.fail("Spark was started"))
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        closed = unused.getsockname()[1]
    with pytest.raises(EngineError, match=words), spark.session(master.format(closed=closed)):
        pass


def test_ctrl_c_ends_it_as_it_does_on_duckdb(tmp_path: Path) -> None:
    for number in range(200):
        (tmp_path / f"{number:03}.csv").write_text("origin,destination,depart,containers\nNajin,Busan,2023-09-07,1\n")
    command = [sys.executable, "-m", "geo.cli", "sum", f"{tmp_path}/*.csv", "-o", f"{tmp_path}/v.parquet"]
    # A shell that runs a command beside others lets it ignore Ctrl+C, and so may whoever runs these tests.
    process = subprocess.Popen(
        [sys.executable, "-c", OBEYS, *command, "--engine", "spark", "--master", "local[1]"],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    try:
        while process.poll() is None and not list(tmp_path.glob("v.parquet.parts/*.json")):
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.2)
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of it
        told, _ = process.communicate(timeout=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == 130, told
    assert told.endswith("Stopped. Files that were finished are kept: the same command does the rest.\n")
    assert "Traceback" not in told
    assert not (tmp_path / "v.parquet").exists()
    assert list(tmp_path.glob("v.parquet.parts/*.json"))
