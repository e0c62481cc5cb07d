"""The watch that every test of this folder relies on sees what it should."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser.watch import Watch

BAD = (
    ("fetch('https://example.com/a').catch(() => null)", "request", "asked for https://example.com/a"),
    ("fetch('http://192.0.2.1/').catch(() => null)", "request", "asked for http://192.0.2.1/"),
    ("void Object.assign(new Image(), {src: 'http://example.com/x'})", "request", "asked for http://example.com/x"),
    ("void new WebSocket('wss://example.com/s')", "websocket", "asked for wss://example.com/s"),
    ("console.warn('hm')", "console", "console warning: hm"),
    ("console.error('ah')", "console", "console error: ah"),
    ("void setTimeout(() => { throw new Error('oh') })", "pageerror", "uncaught: oh"),
    ("alert(1)", "dialog", "a dialog opened: 1"),
)


@pytest.mark.parametrize(("script", "event", "fault"), BAD)
def test_it_sees(browser: Browser, script: str, event: str, fault: str) -> None:
    page, watch = browser.new_page(), Watch(())
    watch.over(page)
    with page.expect_event(event):
        page.evaluate(script)
    page.close()
    assert fault in watch.faults


def test_it_lets_pass_what_is_allowed_and_what_is_said_in_passing(browser: Browser) -> None:
    page, watch = browser.new_page(), Watch(("context lost",))
    watch.over(page)
    page.evaluate("console.log('well'); console.info('so'); console.warn('a context lost'); void fetch('data:,x')")
    page.close()
    assert watch.faults == []
