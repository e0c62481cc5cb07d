"""What stands before Streamlit: requests and websockets of others go no further, and every answer has its headers."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from geo.hosts import LOOPBACK, VARIABLE
from geo.web.shared import server

OURS = [(b"host", b"localhost:8501"), (b"origin", b"http://localhost:8501")]
Message = dict[str, Any]
Send = Callable[[Message], Awaitable[None]]


async def _inner(scope: Message, receive: object, send: Send) -> None:  # noqa: ARG001
    """Stands for Streamlit: it answers whatever reaches it."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
    elif scope["type"] == "lifespan":
        await send({"type": "lifespan.startup.complete"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/html")]})
        await send({"type": "http.response.body", "body": b"secret"})


def answers(kind: str, headers: list[tuple[bytes, bytes]]) -> list[Message]:
    """All that is sent back."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": f"{kind}.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": kind, "method": "POST", "path": "/", "headers": headers}
    scope["extensions"] = {"websocket.http.response": {}}
    asyncio.run(server.AllowedHosts(_inner, LOOPBACK)(scope, receive, send))
    return sent


def test_what_is_ours_goes_through_with_the_headers() -> None:
    start, body = answers("http", OURS)
    assert (start["status"], body["body"]) == (200, b"secret")
    headers = {name.decode(): value.decode() for name, value in start["headers"]}
    assert headers["content-type"] == "text/html"
    assert {name.lower(): value for name, value in server.HEADERS.items()}.items() <= headers.items()
    assert answers("websocket", OURS) == [{"type": "websocket.accept"}]
    assert answers("lifespan", []) == [{"type": "lifespan.startup.complete"}]


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([], 421),
        ([(b"host", b"evil.example")], 421),
        ([(b"host", b"evil.example"), (b"origin", b"http://evil.example")], 421),
        ([*OURS, (b"host", b"evil.example")], 421),
        ([OURS[0], (b"origin", b"http://evil.example")], 403),
        ([*OURS, (b"origin", b"http://evil.example")], 403),
        ([OURS[0], (b"origin", b"null")], 403),
    ],
)
def test_what_is_not_ours_ends_here(headers: list[tuple[bytes, bytes]], status: int) -> None:
    for kind, prefix in (("http", "http.response"), ("websocket", "websocket.http.response")):
        start, body = answers(kind, headers)
        assert (start["type"], start["status"]) == (f"{prefix}.start", status)
        assert body["body"].startswith(b"Waybill ")
        assert b"secret" not in body["body"]
        said = dict(start["headers"])
        assert said[b"content-type"].startswith(b"text/plain")
        assert said[b"x-content-type-options"] == b"nosniff"


def test_names_that_cannot_be_end_the_start_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "team.example, *")
    with pytest.raises(SystemExit, match=r"^WAYBILL_HOSTS: '\*' is not a host name"):
        server.middleware()


@pytest.mark.parametrize(("headless", "opened"), [(True, []), (False, ["http://localhost:8599/"])])
def test_a_browser_opens_unless_the_server_is_headless_and_the_first_page_is_made_ready(
    headless: bool, opened: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    options = {"server.headless": headless, "server.port": 8599, "browser.serverAddress": "localhost"}
    options |= {"server.sslCertFile": None, "server.baseUrlPath": ""}
    addresses: list[str] = []
    monkeypatch.setattr(server.st, "get_option", options.__getitem__)
    monkeypatch.setattr(server.webbrowser, "open", addresses.append)
    made = threading.Event()
    monkeypatch.setattr(server, "warm", made.set)

    async def start() -> None:
        async with server.lifespan(None):
            await asyncio.get_running_loop().shutdown_default_executor()

    asyncio.run(start())
    assert addresses == opened
    assert made.wait(60)
