"""`python -m benchmarks.sums_page SUMS…`: what a reader waits for the map of sums, beside that of 100,000 legs.

The sets are loaded into one library and opened one after the other, once before they are measured: the server has then
made their scenes. The bytes are those that the page was sent until its first frame.
"""

from __future__ import annotations

import statistics
import tempfile
from pathlib import Path
from typing import Annotated

import typer
from playwright.sync_api import Browser

from benchmarks.browser import READY_MS, chromium, opened
from benchmarks.served import ROOT, served
from benchmarks.trade import trade, write_csv
from geo.library import Library
from geo.tables.read import read

LEGS = 100_000


def _visit(browser: Browser, address: str) -> tuple[float, float]:
    """Seconds until the first frame with arcs in it, and MB that came until then."""
    with opened(browser) as page:
        page.set_default_timeout(10 * READY_MS)
        page.goto(address, wait_until="commit")
        page.wait_for_function("() => window.waybillProbe.done")
        done, sent = page.evaluate("[window.waybillProbe.done, window.waybillProbe.sockets.reduce((a, b) => a + b, 0)]")
        return done / 1000, sent / 1e6


def main(
    sums: Annotated[list[Path], typer.Argument(help="Files that `waybill sum` wrote.")],
    repeat: Annotated[int, typer.Option(min=1, help="Visits that are measured, after one that is not.")] = 3,
) -> None:
    """Loads the files and a made set of 100,000 legs on 2,000 corridors, and opens each."""
    with tempfile.TemporaryDirectory() as within:
        folder = Path(within)
        small = folder / f"{LEGS}-legs.csv"
        write_csv(trade(LEGS), small)
        library = Library.open(folder / "library")
        sets = {}
        for path in (small, *sums):
            reading = read(path)
            sets[path.name] = library.keep(reading, path, path.name).id
            print(f"{path.name}: {reading.kept:,} rows", flush=True)
            del reading
        with served(folder, ROOT / "app.py") as server, chromium(gpu=False) as browser:
            addresses = {name: f"{server.address}?data={identifier}" for name, identifier in sets.items()}
            seen: dict[str, list[tuple[float, float]]] = {}
            for name, address in addresses.items():
                print(f"{name}: the first of all visits {_visit(browser, address)[0]:.1f} s", flush=True)
                seen[name] = [_visit(browser, address) for _ in range(repeat)]
        first = {name: statistics.median(seconds for seconds, _ in each) for name, each in seen.items()}
        for name, seconds in first.items():
            ratio = seconds / first[small.name]
            print(f"{name}: first frame after {seconds:.1f} s ({ratio:.1f} times), {seen[name][-1][1]:.1f} MB sent")


if __name__ == "__main__":
    typer.run(main)
