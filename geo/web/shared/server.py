"""What stands between the network and Streamlit: only our own names are answered, and no other site frames a page."""

from __future__ import annotations

import asyncio
import os
import threading
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware import Middleware
from starlette.responses import PlainTextResponse
from starlette.websockets import WebSocket

from geo import hosts
from geo.errors import HostError
from geo.web.shared.page_frame import PageFrame
from geo.web.shared.warm import warm

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS = {
    "X-Content-Type-Options": "nosniff",  # A file is what it is sent as, and never guessed to be a script.
    "X-Frame-Options": "SAMEORIGIN",  # For browsers that do not know the next one.
    "Content-Security-Policy": "frame-ancestors 'self'",
    "Cross-Origin-Resource-Policy": "same-origin",  # No other page shows our pictures, or learns which there are.
}


class AllowedHosts:
    """Refuses requests and websockets of other names and other pages; adds `HEADERS` to every answer."""

    def __init__(self, app: ASGIApp, names: frozenset[str]) -> None:
        self.app = app
        self.names = names

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request, one websocket, or the server's own start and end."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope)
        refusal = hosts.refusal(given.getlist("host"), given.getlist("origin"), self.names)
        if refusal is None:
            await self.app(scope, receive, _with_headers(send))
            return
        answer = PlainTextResponse(f"{refusal.reason}\n", refusal.status, dict(HEADERS))
        if scope["type"] == "websocket":
            await WebSocket(scope, receive, send).send_denial_response(answer)
        else:
            await answer(scope, receive, send)


def _with_headers(send: Send) -> Send:
    async def sent(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.append(name, value)
        await send(message)

    return sent


def middleware() -> list[Middleware]:
    """For `st.App`. Ends the start in a sentence where the operator's names cannot be names."""
    try:
        names = hosts.answered(os.environ)
    except HostError as error:
        raise SystemExit(f"{hosts.VARIABLE}: {error}") from None
    return [Middleware(AllowedHosts, names=names), Middleware(PageFrame)]


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Makes what the first page needs, and opens a browser window once the server listens, unless it is headless."""
    # In a thread that does not hold up the end of the server.
    threading.Thread(target=warm, name="warm", daemon=True).start()
    if not st.get_option("server.headless"):
        scheme = "https" if st.get_option("server.sslCertFile") else "http"
        path = st.get_option("server.baseUrlPath").strip("/")
        address = f"{scheme}://{st.get_option('browser.serverAddress')}:{st.get_option('server.port')}/{path}"
        asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
    yield
