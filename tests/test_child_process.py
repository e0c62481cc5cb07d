"""A process of our own: it runs our code alone, whatever lies in the folder or the settings it is started with."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from geo import child_process

MAIN = """
import os, sys

def main():
    print(os.environ["WAYBILL_TEST"], sys.stdin.read(), sys.flags.isolated, "json" in sys.modules)
"""


def test_it_runs_the_main_of_a_module_between_two_pipes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "one_of_ours.py").write_text(MAIN)
    monkeypatch.syspath_prepend(tmp_path)
    process = child_process.start("one_of_ours", {"WAYBILL_TEST": "set"})
    assert process.communicate(b"asked", timeout=60)[0].split() == [b"set", b"asked", b"1", b"True"]


def test_what_lies_in_its_folder_or_its_settings_is_not_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ours.py").write_text("def main():\n    import json\n    print(json.__file__)\n")
    strange = tmp_path / "strange"
    strange.mkdir()
    (strange / "json.py").write_text("raise SystemExit('run')\n")
    monkeypatch.chdir(strange)
    monkeypatch.setenv("PYTHONPATH", str(strange))
    monkeypatch.setattr(sys, "path", [*(each for each in sys.path if each), str(tmp_path)])
    process = child_process.start("ours", {})
    told = process.communicate(b"", timeout=60)[0].decode().strip()
    assert told.endswith("__init__.py")
