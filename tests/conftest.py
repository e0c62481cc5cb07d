"""What every test shares: no test reaches beyond this machine."""

from __future__ import annotations

import ipaddress
import socket
import sys

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

BROWSER = "tests/browser/"
MAIN = sys.modules["__main__"]

# No test judges by the clock: a shared machine may stall in the middle of an example.
settings.register_profile("waybill", deadline=None)
settings.load_profile("waybill")


class ByFile(LoadScopeScheduling):
    """Among several workers, a file's tests stay together, and so do all that drive Chromium: two would starve it."""

    def _split_scope(self, nodeid: str) -> str:
        file = nodeid.partition("::")[0]
        return BROWSER if file.startswith(BROWSER) else file


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> ByFile:
    """Whatever --dist says."""
    return ByFile(config, log)


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
