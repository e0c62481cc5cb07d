"""A page served by Streamlit on loopback, as long as it is measured."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCAL = "127.0.0.1"
START_SECONDS = 90.0
PAGE = Path(__file__).with_name("page.py")


@dataclass(frozen=True, slots=True)
class Server:
    """Where the page is, and the process that serves it."""

    address: str
    pid: int


@contextmanager
def served(
    folder: Path, page: Path = PAGE, options: Mapping[str, str] | None = None, *, port: int = 0
) -> Iterator[Server]:
    """A server of `page`. `folder` is its home: its library, and what `tables.make` wrote for `page.py`.

    options: further variables of its environment. port: 0 for any that is free. Raises RuntimeError where it does not
    start.
    """
    with socket.socket() as free:
        free.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        free.bind((LOCAL, port))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", str(page), f"--server.port={port}", "--server.headless=true"]
    environment = {
        **os.environ,
        "HOME": str(folder),
        "WAYBILL_BENCHMARK": str(folder),
        "WAYBILL_LIBRARY": str(folder / "library"),
        **(options or {}),
    }
    log = folder / f"{page.stem}.log"
    with log.open("wb") as output:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        _wait(process, f"http://{LOCAL}:{port}/_stcore/health", log)
        yield Server(f"http://{LOCAL}:{port}/", process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(process: subprocess.Popen[bytes], address: str, log: Path) -> None:
    ends = time.monotonic() + START_SECONDS
    while time.monotonic() < ends and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
    raise RuntimeError(f"the benchmark's page did not start:\n{log.read_text('utf-8', 'replace')}")
