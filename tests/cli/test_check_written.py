"""What `waybill check --kept` and `--set-aside` write, and never write over."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from geo.tables.read import read
from tests.cli.sample_rows import BAD, FOREIGN, GOOD, LEGS


def test_kept_and_set_aside_rows_are_written(run: Callable, file: Callable, tmp_path: Path) -> None:
    path, kept, aside = file(LEGS + GOOD + BAD), tmp_path / "kept.csv", tmp_path / "aside.csv"
    assert run("check", path, "--kept", kept, "--set-aside", aside).exit_code == 1
    assert kept.read_text().startswith("line,origin,destination,depart,arrive,containers_low,containers_best,")
    assert read(kept).table["origin"].tolist() == ["KPRJN"]
    rows = pd.read_csv(aside, dtype=str)
    assert rows["line"].tolist() == ["3"]
    assert "dozens" in rows["containers"].tolist()
    assert "not in the gazetteer" in rows["why"][0]
    # Mended, the rows set aside load as they are.
    aside.write_text(aside.read_text().replace("Nowhere", "Najin").replace(",dozens", ",24-96"))
    assert run("check", aside).exit_code == 0


def test_what_a_spreadsheet_would_run_is_made_harmless(run: Callable, file: Callable, tmp_path: Path) -> None:
    path = file(LEGS + "=HYPERLINK(1),Vladivostok,2023-09-07,@SUM(1)\n")
    run("check", path, "--set-aside", tmp_path / "aside.csv")
    text = (tmp_path / "aside.csv").read_text()
    assert "'=HYPERLINK" in text
    assert "'@SUM" in text


def test_a_file_that_is_there_is_not_replaced_unasked(run: Callable, file: Callable, tmp_path: Path) -> None:
    path, out = file(LEGS + GOOD), tmp_path / "out.csv"
    out.write_text("mine")
    result = run("check", path, "--kept", out)
    assert result.exit_code == 2
    assert "--force" in result.stderr
    assert out.read_text() == "mine"
    assert run("check", path, "--kept", out, "--force").exit_code == 0
    assert out.read_text().startswith("line,")
    assert [each.name for each in tmp_path.glob(".*")] == []


def test_the_file_itself_is_never_replaced(run: Callable, file: Callable, tmp_path: Path) -> None:
    path = file(LEGS + GOOD)
    link = tmp_path / "link.csv"
    link.symlink_to(path)
    for out in (path, link):
        assert run("check", path, "--kept", out, "--force").exit_code == 2
    both = tmp_path / "out.csv"
    assert run("check", path, "--kept", both, "--set-aside", both).exit_code == 2
    assert run("check", path, "--kept", tmp_path / "no folder" / "out.csv").exit_code == 2
    assert path.read_text() == LEGS + GOOD


def test_checking_keeps_nothing(run: Callable, file: Callable, own_library: Path) -> None:
    run("check", file(FOREIGN), "--yes")
    assert not own_library.exists()


def test_a_full_disk_is_told_of_the_file_to_be_written(
    run: Callable, file: Callable, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    path = file(LEGS + GOOD)
    monkeypatch.setattr(os, "fsync", full)
    result = run("check", path, "--kept", tmp_path / "kept.csv")
    assert result.exit_code == 2
    assert f"{tmp_path / 'kept.csv'}: it cannot be read or written (No space left" in result.stderr.replace("\n", " ")
    assert "Make room" in result.stderr
    assert not (tmp_path / "kept.csv").exists()
