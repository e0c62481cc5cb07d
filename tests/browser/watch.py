"""What a page asks for and says beside what a test looks at."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Dialog, Error, Page, Request, WebSocket

from benchmarks.served import LOCAL

QUIET = {"log", "info", "debug", "clear", "startGroup", "startGroupCollapsed", "endGroup", "timeEnd", "count", "dir"}


OTHERS = ("Blocked aria-hidden on an element because its descendant retained focus",)
"""What Streamlit's own list of a select box makes Chromium say, where the map has the focus as it opens."""


OWN_FOLDER = re.compile(r"/[a-z]+/_stcore/(health|host-config)$")
"""What Streamlit asks for first below a page's own address, and learns that it lies at the root."""


class Watch:
    """What went wrong on a page without any assertion of the test's own."""

    def __init__(self, allowed: tuple[str, ...]) -> None:
        self.allowed = allowed
        self.faults: list[str] = []
        self._ends: list[Callable[[], None]] = []

    def over(self, page: Page) -> None:
        hears = {
            "request": self._request,
            "websocket": self._websocket,
            "console": self._console,
            "pageerror": self._pageerror,
            "dialog": self._dialog,
        }
        for event, heard in hears.items():
            page.on(event, heard)  # type: ignore[call-overload]
            self._ends.append(partial(page.remove_listener, event, heard))

    def end(self) -> None:
        """Watches no longer."""
        while self._ends:
            self._ends.pop()()

    def _fault(self, words: str) -> None:
        if not any(part in words for part in (*self.allowed, *OTHERS)):
            self.faults.append(words)

    def _pageerror(self, error: Error) -> None:
        self._fault(f"uncaught: {error}")

    def _host(self, url: str) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("data", "blob", "about") and parts.hostname != LOCAL:
            self._fault(f"asked for {url}")

    def _request(self, request: Request) -> None:
        self._host(request.url)

    def _websocket(self, websocket: WebSocket) -> None:
        self._host(websocket.url)

    def _console(self, message: ConsoleMessage) -> None:
        asked_below = OWN_FOLDER.search(urlsplit(str(message.location.get("url"))).path)
        if message.type not in QUIET and not (asked_below and "404" in message.text):
            self._fault(f"console {message.type}: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self._fault(f"a dialog opened: {dialog.message}")
        dialog.dismiss()
