"""A page of another site, in the reader's own browser: it can neither ask, nor listen, nor frame, nor pose as us."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.browser import ARGS
from benchmarks.served import LOCAL
from tests.browser.chromium import Chromium
from tests.browser.map_page import READY_MS

EVIL = "evil.example"


class _Site(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>elsewhere</title><p>elsewhere</p>")

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the name that it has there
        """Nothing to say."""


@pytest.fixture
def elsewhere() -> Iterator[str]:
    """The address of another site, at 127.0.0.1 too."""
    with ThreadingHTTPServer((LOCAL, 0), _Site) as site:
        threading.Thread(target=site.serve_forever, daemon=True).start()
        yield f"http://{EVIL}:{site.server_port}/"
        site.shutdown()


@pytest.fixture(scope="module")
def rebound(chromium: Chromium, program: str) -> Iterator[Browser]:
    """A browser for which the other site's name, as its name server has it, leads to this machine."""
    arguments = [each for each in ARGS if not each.startswith("--host-resolver-rules")]
    rules = f"MAP {EVIL} {LOCAL}, MAP * ~NOTFOUND , EXCLUDE {LOCAL}"
    arguments.append(f"--host-resolver-rules={rules}")
    browser = chromium.playwright.chromium.launch(executable_path=program, args=arguments)
    yield browser
    browser.close()


@pytest.fixture
def page(rebound: Browser, elsewhere: str) -> Iterator[Page]:
    """The other site's page."""
    context = rebound.new_context()
    shown = context.new_page()
    shown.goto(elsewhere)
    yield shown
    context.close()


def ended(page: Page, script: str, address: str) -> Any:  # noqa: ANN401 -- what a script makes
    """What a script of the page comes to with an address."""
    return page.evaluate(script, address)


_SOCKET = """address => new Promise(done => {
  const socket = new WebSocket(address.replace('http', 'ws') + '_stcore/stream', ['streamlit']);
  socket.onopen = () => done('open');
  socket.onerror = () => done('refused');
})"""
_FETCH = "address => fetch(address + '_stcore/health').then(answer => answer.text(), () => 'refused')"
_SENT = """address => fetch(address + '_stcore/upload_file/a/b', {method: 'POST', mode: 'no-cors', body: 'x'})
  .then(answer => answer.type, () => 'refused')"""
_IMAGE = """address => new Promise(done => {
  const image = new Image();
  image.onload = () => done('shown');
  image.onerror = () => done('refused');
  image.src = address + 'favicon.png';
})"""
_FRAME = """address => {
  document.body.append(Object.assign(document.createElement('iframe'), {src: address, name: 'held'}));
}"""


def test_a_page_of_another_site_is_not_answered(page: Page, server: str) -> None:
    assert ended(page, _SOCKET, server) == "refused"
    assert ended(page, _FETCH, server) == "refused"
    assert ended(page, _SENT, server) == "refused"
    assert ended(page, _IMAGE, server) == "refused"
    # The same from our own page, so that none of it is refused to everybody.
    page.goto(server)
    assert ended(page, _SOCKET, server) == "open"
    assert ended(page, _FETCH, server) == "ok"
    assert ended(page, _SENT, server) == "basic"
    assert ended(page, _IMAGE, server) == "shown"


def test_a_page_that_rebinds_its_name_reads_nothing(page: Page, server: str) -> None:
    rebound = f"http://{EVIL}:{urlsplit(server).port}/"
    answer = page.goto(rebound)
    assert answer is not None
    assert answer.status == 421
    expect(page.locator("body")).to_contain_text(f"Waybill does not answer to the name '{EVIL}:")
    expect(page.locator("body")).to_contain_text("--allow-host NAME")
    assert "does not answer" in ended(page, _FETCH, rebound)
    assert ended(page, _SOCKET, rebound) == "refused"


def test_a_frame_of_another_site_cannot_hold_the_page(page: Page, server: str) -> None:
    with page.expect_console_message(lambda said: "frame-ancestors" in said.text):
        ended(page, _FRAME, server)
    assert all(frame.title() != "Waybill" for frame in page.frames)


def test_our_own_page_is_held_by_our_own(page: Page, server: str) -> None:
    page.goto(server)
    ended(page, _FRAME, server)
    expect(page.frame_locator("iframe[name=held]").get_by_test_id("stApp")).to_be_attached(timeout=READY_MS)
