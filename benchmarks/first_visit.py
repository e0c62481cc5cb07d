"""How long a reader waits for the page: for anything at all, and for the map, beside an empty page of Streamlit's."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks import targets
from benchmarks.browser import opened
from benchmarks.figures import Figure
from benchmarks.served import ROOT, served

EMPTY = """import streamlit as st

st.set_page_config(layout="wide")
st.write("Nothing else.")
"""
PEER = "an empty Streamlit page"
_DRAWN = "() => window.waybillProbe.done"
_WRITTEN = """() => document.querySelector('[data-testid="stMarkdown"]') && performance.now()"""
_FIRST = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


def first_visit_figures(browser: Browser, folder: Path, repeat: int, say: Callable[[str], None]) -> Iterator[Figure]:
    """Seconds from navigation, of a browser that was here before and of one that was not."""
    empty = folder / "empty.py"
    empty.write_text(EMPTY, "utf-8")
    with served(folder, ROOT / "app.py") as ours, served(folder, empty) as theirs:
        pages = ((ours.address, _DRAWN), (theirs.address, _WRITTEN))
        for name, again in (("first visit", False), ("again", True)):
            say(f"page: {name}")
            seen: tuple[list[tuple[float, float]], ...] = ([], [])
            for _ in range(repeat):
                for (address, until), found in zip(pages, seen, strict=True):
                    found.append(_visit(browser, address, until, again=again))
            (first, drawn), (their_first, written) = (
                [statistics.median(values) for values in zip(*found, strict=True)] for found in seen
            )
            yield Figure(1, f"anything seen, {name}", "s", first, their_first, PEER, targets.anything_seen(), of="page")
            yield Figure(1, f"the map, {name}", "s", drawn, written, PEER, targets.map_seen(), of="page")


def _visit(browser: Browser, address: str, until: str, *, again: bool) -> tuple[float, float]:
    """Seconds until something is seen, and until what the page is for is there."""
    with opened(browser) as page:
        if again:
            _open(page, address, until)
            page.goto("about:blank")
        return _open(page, address, until)


def _open(page: Page, address: str, until: str) -> tuple[float, float]:
    page.goto(address, wait_until="commit")
    there = float(page.wait_for_function(until).json_value())
    return float(page.wait_for_function(_FIRST).json_value()) / 1000, there / 1000
