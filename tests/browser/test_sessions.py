"""A session that loses its connection for a moment keeps its files; one whose page was closed leaves nothing behind."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from benchmarks.browser import opened
from benchmarks.processor import resident_bytes
from benchmarks.served import ROOT, served
from tests.browser.conftest import Open
from tests.browser.map_page import READY_MS, MapPage

SOCKETS = """
window.sockets = [];
window.WebSocket = class extends WebSocket { constructor(...given) { super(...given); window.sockets.push(this); } };
"""
LEGS = "origin,destination,depart,containers\nRUVVO,Busan,2023-08-10,120\n"
LOAD = "Load and show on the map"
KEPT_SECONDS = 4
LARGE = 60_000_000


def test_a_page_that_loses_its_connection_for_a_moment_keeps_its_files(open_map: Open) -> None:
    shown = open_map(script=SOCKETS, allowed=("WebSocket onclose",))
    shown.to("Data")
    shown.drop({"one.csv": LEGS})
    expect(shown.page.locator(".st-key-file_1")).to_contain_text("1 leg", timeout=READY_MS)
    shown.until_idle()
    shown.page.evaluate("window.sockets.at(-1).close()")
    shown.page.wait_for_function("window.sockets.length > 1 && window.sockets.at(-1).readyState === WebSocket.OPEN")
    shown.drop({"two.csv": LEGS.replace("120", "130")})
    expect(shown.page.locator(".st-key-file_2")).to_contain_text("1 leg", timeout=READY_MS)
    expect(shown.page.locator(".st-key-file_1")).to_contain_text("1 leg")
    expect(shown.page.locator(".st-key-preview .waybill")).to_have_attribute("data-state", "ready", timeout=READY_MS)
    shown.press_button("Load and show on the map")
    expect(shown.player.locator("[data-corridor='RUVVO>KRPUS>0']")).to_have_attribute("data-volume-best", "250")


def test_a_server_that_was_started_anew_asks_for_the_files_once_more(browser: Browser, tmp_path: Path) -> None:
    given = tmp_path / "<b>one.csv"
    given.write_text(LEGS, "utf-8")
    with opened(browser) as page:
        with served(tmp_path, ROOT / "app.py") as server:
            page.goto(f"{server.address}data")
            chosen = page.get_by_test_id("stFileUploader").locator("input[type=file]")
            chosen.set_input_files(given)
            expect(page.get_by_role("button", name=LOAD)).to_be_enabled(timeout=READY_MS)
        with served(tmp_path, ROOT / "app.py", port=int(server.address.rstrip("/").rpartition(":")[2])):
            told = page.get_by_test_id("stAlert")
            expect(told).to_contain_text("Waybill was started again", timeout=READY_MS)
            expect(told).to_contain_text("<b>one.csv is no longer here")
            # For a moment the zone of before and the new one are both there.
            expect(chosen).to_have_count(1, timeout=READY_MS)
            expect(page.get_by_role("button", name=LOAD)).to_have_count(0, timeout=READY_MS)
            MapPage(page).until_idle()
            chosen.set_input_files(given)
            expect(page.get_by_role("button", name=LOAD)).to_be_enabled(timeout=READY_MS)
            expect(told).to_have_count(0)


def test_what_a_closed_page_held_is_freed_without_another_page(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL", str(KEPT_SECONDS))
    large = tmp_path / "large.csv"
    row = f"RUVVO,Busan,2023-08-10,120,{'x' * 5_000}\n"
    large.write_text(f"origin,destination,depart,containers,note\n{row * (LARGE // len(row))}", "utf-8")
    with served(tmp_path, ROOT / "app.py") as server:
        with opened(browser) as page:
            page.goto(f"{server.address}data")
            page.get_by_test_id("stFileUploader").locator("input[type=file]").set_input_files(large)
            expect(page.locator(".st-key-file_1")).to_contain_text("kept", timeout=READY_MS)
            page.locator(".waybill[data-state=ready]").wait_for(timeout=READY_MS)
            held = resident_bytes(server.pid)
        ends = time.monotonic() + READY_MS / 1_000
        while resident_bytes(server.pid) > held - LARGE and time.monotonic() < ends:
            time.sleep(0.2)
        assert resident_bytes(server.pid) < held - LARGE
