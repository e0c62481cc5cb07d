"""What is seen before Streamlit has drawn anything, and files of the player that a browser need not fetch twice.

Streamlit's page is empty until its script has run and the server has answered. Into it goes the frame of our page in
the reader's colours. Nothing is fetched ahead: that held up Streamlit's own files, and the map came later. Where
Streamlit's page is another than we know, it stays.
"""

from __future__ import annotations

import asyncio
import gzip
from email.utils import formatdate
from functools import cache
from pathlib import Path
from string import Template
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders

from geo import player

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

ROOM = '<div id="root"></div>'
TITLE = "<title>Streamlit</title>"
FRAME = Template(Path(__file__).with_name("page_frame.html").read_text("utf-8"))
FILES = f"/_stcore/bidi-components/{player.NAME}/"
NOT_PAGES = ("/_stcore/", "/static/", "/media/", "/component/", "/app/")
ASKED_AGAIN = ("if-none-match", "if-modified-since", "accept-encoding")
"""Of a request for a page: what would have it answered by less than its text."""
MAP = "map"
LEVEL = 6
"""Of gzip: 9 takes twice as long for hardly fewer bytes."""


class PageFrame:
    """Adds the frame to the page, and answers that a file of the player is still the one that the browser has."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request; whatever else there is goes by."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
        elif FILES in scope["path"]:
            await self._file(scope, receive, send)
        elif "text/html" in Headers(scope=scope).get("accept", "") and not _among(scope["path"]):
            asked = {**scope, "headers": [each for each in scope["headers"] if each[0].decode() not in ASKED_AGAIN]}
            await self.app(asked, receive, _Framed(send, scope["path"]))
        else:
            await self.app(scope, receive, send)

    async def _file(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Streamlit says nothing by which a browser could keep them: each visit would fetch a megabyte again."""
        name = scope["path"].rpartition(FILES)[2]
        tag = _tag(name)
        if tag and tag in Headers(scope=scope).get("if-none-match", ""):
            headers = [(b"etag", tag.encode()), (b"cache-control", b"no-cache")]
            await send({"type": "http.response.start", "status": 304, "headers": headers})
            await send({"type": "http.response.body", "body": b""})
            return

        asked = Headers(scope=scope)
        if tag and "gzip" in asked.get("accept-encoding", "") and "range" not in asked:
            content = await asyncio.to_thread(compressed, name, tag)
            send = _Compressed(send, content)
            scope = {**scope, "headers": [each for each in scope["headers"] if each[0] != b"accept-encoding"]}

        async def tagged(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200 and tag:
                headers = MutableHeaders(scope=message)
                headers["etag"] = tag
                headers["cache-control"] = "no-cache"
            await send(message)

        await self.app(scope, receive, tagged)


def _tag(name: str) -> str:
    """What a file of the bundle is called in this state of it; "" where there is none of that name."""
    path = player.BUNDLE / name
    if "/" in name or "\\" in name or not path.is_file():
        return ""
    found = path.stat()
    return f'W/"{found.st_mtime_ns:x}-{found.st_size:x}"'


@cache
def compressed(name: str, tag: str) -> bytes:  # noqa: ARG001 -- of another state there is another tag
    """A file of the bundle as gzip. Streamlit would compress it anew for each visit, while the map waits for it."""
    return gzip.compress((player.BUNDLE / name).read_bytes(), LEVEL, mtime=0)


def compress_all() -> None:
    """Makes `compressed` of the whole bundle, so that the first visit need not wait for it."""
    for path in player.BUNDLE.iterdir():
        if tag := _tag(path.name):
            compressed(path.name, tag)


class _Compressed:
    """Sends an answer with another body."""

    def __init__(self, send: Send, content: bytes) -> None:
        self.send = send
        self.content = content
        self.replaced = False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            self.replaced = True
            headers = MutableHeaders(scope=message)
            headers["content-encoding"] = "gzip"
            headers["content-length"] = str(len(self.content))
            headers.add_vary_header("Accept-Encoding")
            await self.send(message)
            await self.send({"type": "http.response.body", "body": self.content})
        elif not self.replaced:
            await self.send(message)


def _among(path: str) -> bool:
    return any(each in path for each in NOT_PAGES)


class _Framed:
    """Sends an answer on; one that is a page gets the frame, and is sent once it is whole."""

    def __init__(self, send: Send, path: str) -> None:
        self.send = send
        self.path = path
        self.start: Message | None = None
        self.body = bytearray()

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_page(message):
            self.start = message
        elif message["type"] == "http.response.body" and self.start is not None:
            self.body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._send_whole(self.start)
        else:
            await self.send(message)

    async def _send_whole(self, start: Message) -> None:
        content = framed(self.body.decode("utf-8"), self.path).encode()
        headers = MutableHeaders(scope=start)
        for name in ("etag", "last-modified", "accept-ranges"):
            del headers[name]
        headers["content-length"] = str(len(content))
        headers["date"] = formatdate(usegmt=True)
        await self.send(start)
        await self.send({"type": "http.response.body", "body": content})


def _is_page(start: Message) -> bool:
    headers = Headers(raw=start["headers"])
    kind = headers.get("content-type", "")
    return start["status"] == 200 and kind.startswith("text/html") and "content-encoding" not in headers


def framed(page: str, path: str) -> str:
    """Streamlit's page with the frame of ours. path: that it is asked by."""
    if ROOM not in page:
        return page
    base = "/".join(("", *filter(None, st.get_option("server.baseUrlPath").split("/"))))
    on_map = path.removeprefix(base).strip("/") in ("", MAP)
    told = {**colours(), "map": str(on_map).lower()}
    page = page.replace(ROOM, f"{FRAME.substitute(told)}{ROOM}", 1)
    return page.replace(TITLE, "<title>Waybill</title>", 1)


def colours() -> dict[str, str]:
    """Those of the theme, light and dark, by their names in `page_frame.html`."""
    told = {}
    for theme in ("light", "dark"):
        told[f"{theme}_ground"] = st.get_option(f"theme.{theme}.backgroundColor")
        told[f"{theme}_text"] = st.get_option(f"theme.{theme}.textColor")
        told[f"{theme}_line"] = st.get_option(f"theme.{theme}.borderColor")
        told[f"{theme}_side"] = st.get_option(f"theme.{theme}.sidebar.backgroundColor")
    return {name: value or "Canvas" for name, value in told.items()}
