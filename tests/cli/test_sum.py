"""`waybill sum` writes sums that `waybill load` takes, and says in words what it cannot do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from geo.library import Library

LEGS = "origin,destination,depart,containers\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"


def test_sums_are_loaded_like_any_other_file(run: Callable, file: Callable, tmp_path: Path, own_library: Path) -> None:
    file(LEGS + GOOD, "one.csv")
    file(LEGS + GOOD + "Nowhere at all,Vladivostok,2023-09-07,5\n", "two.csv")
    out = tmp_path / "volumes.parquet"
    result = run("sum", tmp_path / "*.csv", "-o", out, "--every", "1w")
    assert result.exit_code == 1
    assert "2 files, 3 rows: 2 legs in 1 sum" in result.stdout
    assert "1 row set aside" in result.stderr
    assert "origin: a place is the code" in result.stderr
    assert run("load", out).exit_code == 0
    (made,) = Library.open(own_library).imports()
    table = Library.open(own_library).table(made.id)
    assert (table["sum_of"].tolist(), table["containers_best"].tolist()) == ([2.0], [600.0])
    again = run("sum", tmp_path / "???.csv", "-o", out, "--every", "1w", "--force")
    assert "2 files (2 of them done before)" in again.stdout


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing/*.csv", "-o", "v.parquet"], "matches no file"),
        (["legs.csv", "-o", "v.csv"], "written as Parquet"),
        (["legs.csv", "-o", "v.parquet", "--every", "soon"], "a length of time"),
        (["legs.csv", "-o", "v.parquet", "--master", "local"], "--engine spark"),
        (["legs.csv", "-o", "there.parquet"], "there already"),
        (["other.csv", "-o", "v.parquet"], "no column 'origin'"),
    ],
)
def test_what_cannot_be_done_is_said(
    run: Callable, file: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], told: str
) -> None:
    monkeypatch.chdir(tmp_path)
    file(LEGS + GOOD)
    file("a,b\n1,2\n", "other.csv")
    file("", "there.parquet")
    result = run("sum", *words)
    assert result.exit_code == 2
    assert told in result.stderr
    assert not (tmp_path / "v.parquet").exists()


def test_its_help_loads_nothing_heavy() -> None:
    code = (
        "import sys\nfrom geo.cli import app\n"
        "try:\n    app(['sum', '--help'])\nexcept SystemExit:\n    pass\n"
        "print('loaded:', sorted({'numpy', 'pyarrow', 'ibis', 'duckdb', 'pandas', 'pyspark'} & set(sys.modules)))"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "loaded: []"
