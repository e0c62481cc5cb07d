"""The wheel in an environment of its own, far from the repository: `waybill serve` opens the page with its player."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from collections.abc import Iterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from playwright.sync_api import Browser, expect

from benchmarks.served import LOCAL
from tests.browser.conftest import Watch, wait_until_healthy
from tests.browser.map_page import READY_MS, MapPage

ROOT = Path(__file__).parents[2]
WINDOWS = os.name == "nt"


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the programs of a fresh environment are, with Waybill's wheel and the libraries of this one."""
    folder = tmp_path_factory.mktemp("installed")
    (wheel,) = WheelBuilder(str(ROOT)).build(directory=str(folder), versions=["standard"])
    venv.create(folder / "venv", symlinks=not WINDOWS)
    scheme = sysconfig.get_preferred_scheme("prefix")
    here = {"base": str(folder / "venv"), "platbase": str(folder / "venv")}
    packages, scripts = (Path(sysconfig.get_path(name, scheme, here)) for name in ("purelib", "scripts"))
    shared = {sysconfig.get_path(name) for name in ("purelib", "platlib")}
    # Without the .pth files of that folder: its editable Waybill stays out of reach.
    (packages / "libraries.pth").write_text("\n".join(shared), "utf-8")
    python = scripts / Path(sys.executable).name
    command = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "-q", wheel]
    subprocess.run(command, check=True, env=_environment(folder))
    return scripts


@pytest.fixture(scope="module")
def installed(programs: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the page, served from an empty folder."""
    empty, home = tmp_path_factory.mktemp("empty"), tmp_path_factory.mktemp("home")
    with socket.socket() as free:
        free.bind((LOCAL, 0))
        port = free.getsockname()[1]
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(
            [programs / "waybill", "serve", "--port", str(port)],
            cwd=empty, env=_environment(home), stdout=log, stderr=subprocess.STDOUT,
        )  # fmt: skip
    try:
        wait_until_healthy(process, f"http://{LOCAL}:{port}/_stcore/health", home / "log")
        yield f"http://{LOCAL}:{port}/"
        assert list(empty.iterdir()) == []
    finally:
        process.terminate()
        process.wait(30)


def _environment(home: Path) -> dict[str, str]:
    """This one without what leads back to the repository, and with a library of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHONPATH", "WAYBILL_"))}
    return {**kept, "HOME": str(home), "WAYBILL_LIBRARY": str(home / "library")}


def test_the_package_is_that_of_the_wheel(programs: Path, tmp_path: Path) -> None:
    asked = "import geo, importlib.metadata as m; print(geo.__file__, m.version('waybill-map') == geo.__version__)"
    python = programs / Path(sys.executable).name
    said = subprocess.run(
        [python, "-c", asked], cwd=tmp_path, env=_environment(tmp_path), capture_output=True, text=True, check=True
    )
    file, same = said.stdout.rsplit(maxsplit=1)
    assert programs.parent in Path(file).parents
    assert same == "True"


def test_the_page_opens_with_its_player(installed: str, browser: Browser) -> None:
    watch = Watch(())
    context = browser.new_context(viewport={"width": 1440, "height": 900}, reduced_motion="reduce")
    page = context.new_page()
    watch.over(page)
    page.goto(installed, timeout=READY_MS)
    shown = MapPage(page)
    expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
    expect(shown.player.locator(".wb-sentence")).to_contain_text("about 2,000 containers")
    with urllib.request.urlopen(f"{installed}_stcore/bidi-components/geo.player/index.js", timeout=30) as bundle:
        assert bundle.read() == (ROOT / "geo" / "player" / "dist" / "index.js").read_bytes()
    expect(page.locator("link[rel*=icon]").first).to_have_attribute("href", re.compile(r"^data:image/svg\+xml"))
    context.close()
    assert watch.faults == []
