"""Every public name is there, documented and loaded only when used."""

from __future__ import annotations

import doctest
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import FunctionType, ModuleType

import pytest

import geo
from geo.reconcile.volumes import Curve


@pytest.mark.parametrize("name", geo.__all__)
def test_every_public_name_leads_to_something_documented(name: str) -> None:
    assert getattr(geo, name).__doc__
    assert name in dir(geo)


def test_every_name_without_an_underscore_is_public() -> None:
    given = {
        name for name, value in vars(geo).items() if not name.startswith("_") and not isinstance(value, ModuleType)
    }
    given -= {"annotations", "import_module", "TYPE_CHECKING"}
    assert given <= set(geo.__all__)


FUNCTIONS = [name for name in geo.__all__ if isinstance(getattr(geo, name), FunctionType)]


@pytest.mark.parametrize("shown", [*(getattr(geo, name) for name in FUNCTIONS), geo.Places.find, Curve.at])
def test_every_public_function_has_an_example_that_runs(shown: Callable[..., object]) -> None:
    (example,) = doctest.DocTestFinder(recurse=False).find(shown, shown.__qualname__)
    assert example.examples, f"{shown.__qualname__} has no example"
    said: list[str] = []
    assert doctest.DocTestRunner(verbose=False).run(example, out=said.append).failed == 0, "".join(said)


def test_no_file_of_ours_takes_the_place_of_a_public_name() -> None:
    assert set(geo.__all__) & {path.stem for path in Path(geo.__file__).parent.iterdir()} == set()


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nothing"):
        geo.nothing  # noqa: B018


HEAVY = {"numpy", "pandas", "pyarrow", "geopandas", "duckdb", "shapely", "pyproj", "rich", "streamlit", "pydeck"}


@pytest.mark.parametrize(
    "program",
    ["import geo", "from typer.testing import CliRunner; from geo.cli import app; CliRunner().invoke(app, ['--help'])"],
)
def test_what_starts_often_loads_no_table_library(program: str) -> None:
    said = f"import sys; {program}; print(sorted({HEAVY} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout == "[]\n"


def test_the_gazetteer_is_one_object_at_hand() -> None:
    codes = {geo.places.find(spelling).place for spelling in ("Najin", "KPRJN", "rajin port")}
    assert codes == {"KPRJN"}
    assert geo.places is geo.Places.load()
