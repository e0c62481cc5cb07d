"""The house's import rules, read from the syntax trees: imports point down, and two libraries have one door each.

web | cli  ->  brief  ->  scene | library | volume  ->  evidence | sea | player | hosts  ->  errors | legible | links
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FLOORS = (
    ("web", "cli"),
    ("brief",),
    ("scene", "library", "volume"),
    ("evidence", "sea", "player", "hosts"),
    ("errors", "legible", "links"),
)
FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}
# The Scene draws volumes, and volumes know no Scene: on their shared floor this one direction is allowed.
ALLOWED_SIDEWAYS = {("scene", "volume")}
DOORS = {"pydeck": ("geo/scene/deck.py",), "streamlit": ("geo/web/", "geo/player/__init__.py", "app.py")}
FILES = sorted([*(ROOT / "geo").rglob("*.py"), ROOT / "app.py"])
FILES = [path for path in FILES if "node_modules" not in path.parts]


def imports_of(source: str, package: str) -> set[str]:
    """Every module that `source` imports, absolute, wherever in the file; `package` anchors relative imports."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            anchor = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*anchor, *([node.module] if node.module else [])])
            found.update({base, *(f"{base}.{alias.name}" for alias in node.names)})
    return found


def room_of(module: str) -> str:
    """The room of a module of ours: "scene" for geo.scene.build; "" for geo itself and for other libraries."""
    parts = module.split(".")
    return parts[1] if parts[0] == "geo" and len(parts) > 1 and parts[1] in FLOOR_OF else ""


def broken_rules(path: str, source: str) -> list[str]:
    """The rules that a file at `path` (relative to the root) breaks, as sentences."""
    here = room_of(path.removesuffix(".py").replace("/", "."))
    broken = []
    for module in sorted(imports_of(source, ".".join(path.split("/")[:-1]))):
        there = room_of(module)
        library = module.split(".")[0]
        if library in DOORS and not path.startswith(DOORS[library]):
            broken.append(f"{path} imports {library}; only {' and '.join(DOORS[library])} may")
        if here and there and here != there and (here, there) not in ALLOWED_SIDEWAYS:
            if FLOOR_OF[there] == FLOOR_OF[here]:
                broken.append(f"{path} imports {module}: {here} and {there} do not know each other")
            elif FLOOR_OF[there] < FLOOR_OF[here]:
                broken.append(f"{path} imports {module}: imports point down, not up to {there}")
    return broken


@pytest.mark.parametrize("path", [str(path.relative_to(ROOT)) for path in FILES])
def test_every_file_keeps_the_rules(path: str) -> None:
    assert broken_rules(path, (ROOT / path).read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geo/scene/build.py", "import pydeck as pdk"),
        ("geo/evidence/reading.py", "from streamlit import cache_data"),
        ("geo/volume.py", "def f():\n    import streamlit"),
        ("geo/evidence/reading.py", "from geo.sea import coast"),
        ("geo/evidence/reading.py", "from geo.scene.scene import Scene"),
        ("geo/evidence/reading.py", "from ..scene import scene"),
        ("geo/volume.py", "from geo import scene"),
        ("geo/web/cards.py", "from geo import cli"),
        ("geo/errors.py", "import geo.evidence.columns"),
    ],
)
def test_a_broken_rule_is_seen(path: str, source: str) -> None:
    assert broken_rules(path, source)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("geo/scene/deck.py", "import pydeck"),
        ("geo/scene/build.py", "from geo.volume import knots\nfrom geo.errors import SceneError"),
        ("geo/web/map_page.py", "import streamlit as st\nfrom geo.evidence import reading"),
        ("geo/player/__init__.py", "import streamlit.components.v2"),
        ("geo/scene/build.py", "from .style import Style"),
    ],
)
def test_what_is_allowed_passes(path: str, source: str) -> None:
    assert broken_rules(path, source) == []


def test_the_page_list_stays_a_page_list() -> None:
    assert len((ROOT / "app.py").read_text("utf-8").splitlines()) < 60
