"""What the server keeps of files that were dropped on the Data page and never loaded, once their tabs are closed."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
from playwright.sync_api import Browser
from pyarrow import csv

from benchmarks import targets
from benchmarks.browser import opened
from benchmarks.figures import Figure
from benchmarks.processor import most_bytes, resident_bytes
from benchmarks.served import ROOT, Server, served
from benchmarks.trade import trade, write_csv

UPLOADS = 10
LEGS = 1_000_000
SIZE = 250e6
"""Bytes of the file: a note of this many legs fills it up."""
READ_MS = 300_000
ENDED_SECONDS = 150.0
"""Streamlit keeps a session for two minutes after its connection is lost, so that a page can come back to it."""


def memory_figures(
    browser: Browser, folder: Path, say: Callable[[str], None], uploads: int = UPLOADS
) -> Iterator[Figure]:
    """The server's memory before, at its most, and after `uploads` large files, each in a session of its own."""
    path = folder / "memory.csv"
    write_noted(path)
    with served(folder, ROOT / "app.py") as server:
        _visit(browser, server, None)
        start = resident_bytes(server.pid)
        for turn in range(uploads):
            say(f"memory: upload {turn + 1} of {uploads}; the server has {resident_bytes(server.pid) / 1e6:,.0f} MB")
            mark(path, turn)
            _visit(browser, server, path)
        say("memory: until the sessions have ended")
        time.sleep(ENDED_SECONDS)
        most, end = most_bytes(server.pid), resident_bytes(server.pid)
    path.unlink()
    size = f"{uploads} files of {SIZE / 1e6:.0f} MB, previewed, not loaded"
    yield Figure(uploads, "server, one page seen", "MB", start / 1e6, of="uploads")
    yield Figure(uploads, "server, at its most", "MB", most / 1e6, of="uploads", note=size)
    yield Figure(
        uploads, "more than at its start, tabs closed", "MB", (end - start) / 1e6,
        target=targets.memory_back(), of="uploads",
    )  # fmt: skip


def write_noted(path: Path) -> None:
    """A CSV of about `SIZE` bytes: legs in our own columns, each with a note that is nobody else's."""
    write_csv(trade(LEGS, "days"), path)
    table = csv.read_csv(path)
    room = int((SIZE - path.stat().st_size) / LEGS)
    notes = np.char.ljust(np.char.add("note ", np.arange(LEGS).astype("U9")), room - 1, ".")
    csv.write_csv(table.append_column("note", pa.array(notes)), path)


def mark(path: Path, turn: int) -> None:
    """Makes the file another one, by its first note: the same bytes twice would be the same import."""
    with path.open("r+b") as file:
        file.seek(file.read(4096).index(b"note "))
        file.write(f"note {turn:04}".encode())


def _visit(browser: Browser, server: Server, path: Path | None) -> None:
    """Opens the Data page, drops the file and waits for its preview; then the tab is closed."""
    with opened(browser) as page:
        page.goto(f"{server.address}data")
        zone = page.get_by_test_id("stFileUploader")
        zone.wait_for()
        if path is not None:
            zone.locator("input[type=file]").set_input_files(path)
            page.locator(".waybill[data-state=ready]").wait_for(timeout=READ_MS)
