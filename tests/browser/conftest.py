"""The page served once, Chromium with OpenGL in software, and pages that watch over what they ask for and say.

A page fails its test when anything goes to another host than loopback, when the console holds an error or a warning,
when an exception is left uncaught, or when a dialog opens.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from benchmarks.browser import PROGRAMS
from benchmarks.served import LOCAL
from tests.browser.chromium import Chromium, Look, Resting
from tests.browser.map_page import READY_MS, SHOWN, WAIT_MS, MapPage
from tests.browser.watch import Watch

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BLANK = "_stcore/health"
RUNNING = pytest.StashKey[Chromium]()
START_SECONDS = 90.0
MOST_REMOVALS = 100

Open = Callable[..., MapPage]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder drives Chromium."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the server keeps imports: empty before each test, and in no user's folder."""
    return tmp_path_factory.mktemp("library") / "imports"


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, library: Path) -> Iterator[str]:
    """The page's address. Streamlit runs once for all tests, on a free port."""
    home = tmp_path_factory.mktemp("server")
    with socket.socket() as free:
        free.bind((LOCAL, 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    environment = {**os.environ, "HOME": str(home), "WAYBILL_LIBRARY": str(library)}
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_until_healthy(process, f"http://{LOCAL}:{port}/_stcore/health", home / "log")
        yield f"http://{LOCAL}:{port}/"
    finally:
        process.terminate()
        process.wait(30)


def wait_until_healthy(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Until a server that was started answers; fails the test with what it said where it ends, or never does."""
    waited = 0.0
    while waited < START_SECONDS:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            pass
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            waited += 0.2
            continue
        break
    process.kill()
    pytest.fail(f"the server did not start:\n{log.read_text('utf-8', 'replace')}")


@pytest.fixture(scope="session")
def program() -> str:
    """Chromium's path."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.fail("no Chromium; run .ci/programs, or set CHROMIUM to its program")
    return found


@pytest.fixture(scope="module")
def chromium(request: pytest.FixtureRequest, program: str) -> Chromium:
    """What the browser tests share, until a test of another folder is next."""
    stash = request.config.stash
    if RUNNING not in stash:
        stash[RUNNING] = Chromium(program)
        expect.set_options(timeout=WAIT_MS)
    return stash[RUNNING]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Iterator[None]:
    """Playwright's event loop must not run on under the tests of other folders."""
    try:
        return (yield)
    finally:
        if (nextitem is None or HERE not in nextitem.path.parents) and RUNNING in item.config.stash:
            item.config.stash[RUNNING].close()
            del item.config.stash[RUNNING]


@pytest.fixture(scope="module")
def browser(chromium: Chromium) -> Browser:
    """Chromium, with a profile of its own."""
    return chromium.browser


@pytest.fixture
def open_map(server: str, chromium: Chromium, library: Path) -> Iterator[Open]:
    """Opens the page: open_map(query="…", colours="dark", still=False, size=(390, 844), pixels=2, script="…", wait=…).

    still asks for reduced motion, so that the clock rests at the span's end; on names another page to begin with, by
    its own address; allowed are parts of what the console may say in this test. The first page of a test is in the tab
    that all share, unless it wants pixels, a script or a tab of its own.
    """
    contexts: list[BrowserContext] = []
    shown: list[MapPage] = []
    watches: list[Watch] = []

    def opened(
        query: str = "",
        *,
        colours: str = "light",
        still: bool = True,
        size: tuple[int, int] = (1440, 900),
        pixels: int = 1,
        script: str = "",
        allowed: tuple[str, ...] = (),
        wait: str = "ready",
        own: bool = False,
        on: str = "Map",
    ) -> MapPage:
        look = Look(size, colours == "dark", still, pixels)
        if own or shown or script or pixels != 1:
            contexts.append(look.context(chromium.browser))
            if script:
                contexts[-1].add_init_script(script)
            page = contexts[-1].new_page()
        else:
            page = chromium.tab(look)
        watches.append(Watch(allowed))
        watches[-1].over(page)
        shown.append(MapPage(page))
        if on == "Map":
            page.goto(server + query, timeout=READY_MS)
            expect(shown[-1].player).to_have_attribute("data-state", wait, timeout=READY_MS)
        else:
            page.goto(server + on.lower() + query, timeout=READY_MS)
            expect(page.locator(SHOWN[on]).first).to_be_visible(timeout=READY_MS)
            # What is still arriving may yet move what a test is about to press.
            shown[-1].until_idle()
        return shown[-1]

    yield opened
    for watch in watches:
        watch.end()
    for each in shown:
        each.end()
    for context in contexts:
        context.close()
    chromium.leave(server + BLANK)
    # A library has no state but its files: without them it is empty for the next test.
    # A session that ends may still write in it, and what is written then would be left.
    for _ in range(MOST_REMOVALS):
        shutil.rmtree(library, ignore_errors=True)
        if not library.exists():
            break
    assert [fault for watch in watches for fault in watch.faults] == []


@pytest.fixture
def map_page(open_map: Open) -> MapPage:
    """The founding article at rest: light, 1440 × 900, the clock at the span's end."""
    return open_map()


@pytest.fixture
def resting_map(server: str, chromium: Chromium) -> Iterator[MapPage]:
    """As `map_page`, and shared: for tests that load nothing, filter nothing, and leave the view as it is."""
    if chromium.resting is None or not chromium.resting.again():
        page, watch = chromium.tab(Look()), Watch(())
        watch.over(page)
        shown = MapPage(page)
        page.goto(server, timeout=READY_MS)
        expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)
        chromium.resting = Resting(shown, watch)
    resting = chromium.resting
    yield resting.shown
    faults, resting.watch.faults = resting.watch.faults, []
    assert faults == []
