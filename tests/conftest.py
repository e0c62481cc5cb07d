"""What every test shares: no test reaches beyond this machine, and examples are the same each time."""

from __future__ import annotations

import ipaddress
import os
import shutil
import socket
import sys
import tempfile

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

MAIN = sys.modules["__main__"]
LONGEST = (
    "tests/engine/test_on_spark.py",
    "tests/browser/",
    "tests/brief/test_reproduce.py",
    "tests/tables/test_read_laws.py",
    "tests/brief/formats/test_images.py",
    "tests/tables/test_corrections.py",
    "tests/web/",
    "tests/files/test_containers.py",
    "tests/brief/",
    "tests/cli/",
    "tests/library/",
    "tests/reconcile/",
    "tests/engine/",
)
"""Files and folders that take long, by how their paths begin, the longest first: no worker is left alone with one."""

# No test judges by the clock: a shared machine may stall in the middle of an example. A test that wants fewer or more
# examples than the 100 of "ci" takes them from `tests.examples`, so that "random" multiplies those as well.
settings.register_profile("ci", deadline=None, derandomize=True, max_examples=100)
settings.register_profile("random", deadline=None, print_blob=True, max_examples=1000)
settings.load_profile("ci")


# What routes were found before is nothing that a test may rest on, nor leave among its user's files.
CACHE = tempfile.mkdtemp(prefix="waybill-cache-")
os.environ["WAYBILL_CACHE"] = CACHE
# Nor where the legs lie that a test sums.
STATE = tempfile.mkdtemp(prefix="waybill-state-")
os.environ["WAYBILL_STATE"] = STATE


def pytest_sessionfinish() -> None:
    """The folders go with the run."""
    for folder in (CACHE, STATE):
        shutil.rmtree(folder, ignore_errors=True)


class ByFile(LoadScopeScheduling):
    """Among several workers, a file's tests stay together: they share what they make."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0]


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Whatever --dist says."""
    return ByFile(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The files that take longest come first."""

    def rank(item: pytest.Item) -> int:
        return next((rank for rank, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=rank)


def _is_local(address: object) -> bool:
    if not isinstance(address, tuple):  # a Unix socket's path
        return True
    host = str(address[0])
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host in {"localhost", ""}


@pytest.fixture(autouse=True)
def own_main() -> None:
    """Streamlit's AppTest leaves its page as `__main__`, and a process that is spawned would run that again."""
    sys.modules["__main__"] = MAIN


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuses every connection that is not to loopback, so that a stray request fails the test that makes it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: tuple[str, int]) -> None:
        if not _is_local(address):
            pytest.fail(f"a test tried to connect to {address!r}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)
