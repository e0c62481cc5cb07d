"""The house's import rules, read from the syntax trees.

Imports point down, between the floors and inside each folder: nowhere do two files, or two folders side by side, know
each other. Some libraries have one door each.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("web", "cli"),
    ("brief",),
    ("explain", "voyages"),
    ("scene",),
    ("dataset",),
    ("library", "reconcile", "engine"),
    ("tables", "volume"),
    ("files",),
    ("matching",),
    ("gazetteer", "sea", "player", "sheet"),
    ("parsing", "hosts", "formatting", "timeline"),
    ("data_folder", "library_folder"),
    ("columns", "problems", "safe_text", "atomic_files", "child_process", "arrays", "errors"),
)
"""The folders and files of geo/, the highest floor first."""
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
DOORS = {
    "pydeck": ("geo/scene/deck.py",),
    "streamlit": ("geo/web/", "geo/player/__init__.py", "app.py"),
    "duckdb": ("geo/engine/",),
    "ibis": ("geo/engine/",),
    "pyspark": ("geo/engine/spark.py",),
    "highspy": ("geo/reconcile/solve/program.py",),
}


def module_of(path: str) -> str:
    """The dotted name of a file: geo/scene/build.py is geo.scene.build, geo/scene/__init__.py is geo.scene."""
    return path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")


def imports_of(source: str, package: str) -> set[str]:
    """Every module that `source` imports, absolute, wherever in the file; `package` anchors relative imports."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            anchor = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*anchor, *([node.module] if node.module else [])])
            names.update({base, *(f"{base}.{alias.name}" for alias in node.names)})
    return names


def room_of(module: str) -> str:
    """The room of a module of ours: "scene" for geo.scene.build; "" for geo itself and for other libraries."""
    parts = module.split(".")
    return parts[1] if parts[0] == "geo" and len(parts) > 1 and parts[1] in FLOOR_OF else ""


def broken_rules(path: str, source: str) -> list[str]:
    """The rules that a file at `path` (relative to the root) breaks, as sentences."""
    here = room_of(module_of(path))
    broken = []
    for module in sorted(imports_of(source, ".".join(path.split("/")[:-1]))):
        there = room_of(module)
        library = module.split(".")[0]
        if library in DOORS and not path.startswith(DOORS[library]):
            broken.append(f"{path} imports {library}; only {' and '.join(DOORS[library])} may")
        if here and there and here != there and FLOOR_OF[there] <= FLOOR_OF[here]:
            broken.append(f"{path} imports {module}: imports point down, and {there} is not below {here}")
    return broken


def circles(imports: Mapping[str, Iterable[str]]) -> list[str]:
    """The circles among modules and, at each level of folders, among what lies side by side.

    imports: module -> the modules of ours that it imports.
    """
    told = []
    folders = {
        "",
        *(".".join(module.split(".")[:depth]) for module in imports for depth in range(1, module.count(".") + 1)),
    }
    for folder in sorted(folders):
        inside = f"{folder}." if folder else ""
        graph: dict[str, set[str]] = {}
        for module, others in imports.items():
            for other in others:
                if module.startswith(inside) and other.startswith(inside):
                    one, two = (name[len(inside) :].split(".")[0] for name in (module, other))
                    if one != two:
                        graph.setdefault(one, set()).add(two)
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            told.append(f"in {folder or 'the root'}: {' <- '.join(error.args[1])}")
    return told


FILES = [path for path in sorted([*(ROOT / "geo").rglob("*.py"), ROOT / "app.py"]) if "node_modules" not in path.parts]
SOURCES = {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in FILES}


@pytest.mark.parametrize("path", SOURCES)
def test_every_file_keeps_the_rules(path: str) -> None:
    assert broken_rules(path, SOURCES[path]) == []


def test_nothing_goes_round_in_a_circle() -> None:
    modules = {module_of(path) for path in SOURCES}
    imports = {
        module_of(path): {
            name
            for name in imports_of(source, ".".join(path.split("/")[:-1]))
            if name in modules and name != module_of(path) and not module_of(path).startswith(f"{name}.")
        }
        for path, source in SOURCES.items()
    }
    assert circles(imports) == []


def test_who_uses_the_engine_waits_for_it_only_then() -> None:
    users = {
        path: source
        for path, source in SOURCES.items()
        if not path.startswith("geo/engine/") and any(room_of(each) == "engine" for each in imports_of(source, ""))
    }
    assert users.keys() == {"geo/__init__.py", "geo/cli/legs.py", "geo/cli/sum.py", "geo/web/map/behind.py"}
    for path, source in users.items():
        tree = ast.parse(source)
        at_once = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
        read = "\n".join(ast.unparse(node) for node in at_once)
        assert not any(room_of(each) == "engine" for each in imports_of(read, "")), path


def test_every_room_has_a_floor() -> None:
    rooms = {
        path.name.removesuffix(".py") for path in (ROOT / "geo").iterdir() if path.suffix == ".py" or path.is_dir()
    }
    assert rooms - {"__init__", "__pycache__"} == set(FLOOR_OF)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geo/scene/build.py", "import pydeck as pdk"),
        ("geo/reconcile/solve/ranges.py", "import highspy"),
        ("geo/tables/read.py", "from streamlit import cache_data"),
        ("geo/volume.py", "def f():\n    import streamlit"),
        ("geo/volume.py", "from geo.reconcile import volumes"),
        ("geo/tables/read.py", "from geo.scene.scene import Scene"),
        ("geo/tables/read.py", "from ..scene import scene"),
        ("geo/matching/score.py", "from geo.files import read"),
        ("geo/volume.py", "from geo import scene"),
        ("geo/volume.py", "from geo.engine import expression"),
        ("geo/volume.py", "import ibis"),
        ("geo/web/shared/cards.py", "from geo import cli"),
        ("geo/errors.py", "import geo.columns"),
    ],
)
def test_a_broken_rule_is_seen(path: str, source: str) -> None:
    assert broken_rules(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geo/scene/deck.py", "import pydeck"),
        ("geo/scene/build.py", "from geo.volume import knots\nfrom geo.errors import SceneError"),
        ("geo/web/map/page.py", "import streamlit as st\nfrom geo.tables import read"),
        ("geo/player/__init__.py", "import streamlit.components.v2"),
        ("geo/scene/build.py", "from .style import Style"),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert broken_rules(path, source) == []


@pytest.mark.parametrize(
    "imports",
    [
        {"geo.a": ["geo.b"], "geo.b": ["geo.a"]},
        {"geo.a.one": ["geo.b.two"], "geo.b.three": ["geo.a.four"]},
        {"geo.a.x.one": ["geo.a.two"], "geo.a.two": ["geo.a.x.three"]},
    ],
)
def test_a_circle_is_seen(imports: dict[str, list[str]]) -> None:
    assert circles(imports)


def test_a_folder_may_be_used_from_several_places() -> None:
    assert (
        circles({"geo.a.one": ["geo.b.two"], "geo.b.two": ["geo.b.three"], "geo.c": ["geo.b.three", "geo.a.one"]}) == []
    )


def test_the_page_list_stays_a_page_list() -> None:
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 60
