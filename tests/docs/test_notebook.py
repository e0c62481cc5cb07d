"""The sample notebook runs from top to bottom, and every map in it draws itself."""

from __future__ import annotations

import ast
import json
from pathlib import Path
from typing import Any

import pytest

from tests.docs.pages import ROOT

NOTEBOOK = json.loads((ROOT / "docs" / "notebook.ipynb").read_text("utf-8"))
CODE = ["".join(cell["source"]) for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]


def shown(source: str, names: dict[str, Any]) -> object:
    """Runs a cell; what its last line, where that is an expression, comes to."""
    tree = ast.parse(source)
    last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
    exec(compile(tree, "notebook", "exec"), names)  # our own notebook
    return eval(compile(ast.Expression(last.value), "notebook", "eval"), names) if isinstance(last, ast.Expr) else None


def test_it_runs_and_its_maps_draw_themselves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names: dict[str, Any] = {}
    values: list[Any] = [shown(source, names) for source in CODE]
    drawn = [value._repr_mimebundle_() for value in values if hasattr(value, "_repr_mimebundle_")]
    assert [each["text/html"].startswith("<iframe") for each in drawn] == [True] * 3
    assert values[2] == (1800.0, 2000.0, 2200.0)
    assert (tmp_path / "plate.png").is_file()
    assert "'POL' as origin" in values[4]


def test_it_is_kept_without_outputs() -> None:
    cells = [cell for cell in NOTEBOOK["cells"] if cell["cell_type"] == "code"]
    assert [(cell["outputs"], cell["execution_count"]) for cell in cells] == [([], None)] * len(cells)
