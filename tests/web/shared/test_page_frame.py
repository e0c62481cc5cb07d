"""What is seen first is our page's frame, in its reader's colours; the player's files are fetched once."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

import pytest
import streamlit

from geo.web.shared import page_frame
from geo.web.shared.page_frame import FILES, PageFrame, framed

Message = dict[str, Any]
HTML = [(b"accept", b"text/html,*/*")]
PAGE = "<html><head><title>Streamlit</title></head><body>" + page_frame.ROOM + "</body></html>"


class _Streamlit:
    """Stands for it: gives one text as one type, and keeps what it was asked."""

    def __init__(self, text: str, kind: str) -> None:
        self.text, self.kind = text, kind
        self.asked: list[Message] = []

    async def __call__(self, scope: Message, receive: object, send: Any) -> None:  # noqa: ANN401, ARG002
        self.asked.append(scope)
        headers = [(b"content-type", self.kind.encode()), (b"etag", b'"theirs"'), (b"cache-control", b"public")]
        half = len(self.text) // 2
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": self.text[:half].encode(), "more_body": True})
        await send({"type": "http.response.body", "body": self.text[half:].encode()})


def answer(
    inner: _Streamlit, path: str, headers: Iterable[tuple[bytes, bytes]] = HTML
) -> tuple[int, dict[str, str], str]:
    """(status, headers, text) of one request."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": list(headers)}
    asyncio.run(PageFrame(inner)(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:]).decode()


def test_the_page_that_streamlit_serves_has_the_room_that_the_frame_is_put_into() -> None:
    index = page_frame.Path(streamlit.__file__).with_name("static") / "index.html"
    page = framed(index.read_text("utf-8"), "/")
    assert page.count('id="wb-frame"') == 1
    assert page.index('id="wb-frame"') < page.index(page_frame.ROOM)
    assert "<title>Waybill</title>" in page


def test_a_page_is_framed_whole_and_never_answered_from_what_the_browser_had() -> None:
    inner = _Streamlit(PAGE, "text/html; charset=utf-8")
    had = [(b"if-none-match", b'"theirs"'), (b"accept-encoding", b"gzip"), *HTML]
    status, headers, text = answer(inner, "/", had)
    assert status == 200
    assert "Opening the map" in text
    assert headers["content-length"] == str(len(text.encode()))
    assert "etag" not in headers
    assert [name for name, _ in inner.asked[0]["headers"]] == [b"accept"]


@pytest.mark.parametrize(("path", "on_map"), [("/", True), ("/map", True), ("/evidence", False), ("/data", False)])
def test_only_the_map_page_has_its_map_framed(path: str, on_map: bool) -> None:
    page = framed(PAGE, path)
    assert f"classList.toggle('with-map', {str(on_map).lower()})" in page


def test_the_frame_has_the_colours_of_the_theme(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {"theme.dark.backgroundColor": "#010203", "server.baseUrlPath": "/team/"}
    monkeypatch.setattr("streamlit.get_option", lambda name: told.get(name, ""))
    page = framed(PAGE, "/team/map")
    assert "#wb-frame.dark { --ground: #010203;" in page
    assert "--text: Canvas" in page
    assert "classList.toggle('with-map', true)" in page


def test_what_is_no_page_goes_by_as_it_is() -> None:
    inner = _Streamlit(PAGE, "text/csv")
    status, headers, text = answer(inner, "/elsewhere")
    assert (status, headers["etag"], text) == (200, '"theirs"', PAGE)
    page = _Streamlit(PAGE, "text/html")
    assert answer(page, "/media/a.html")[2] == PAGE
    assert answer(page, "/", [(b"accept", b"application/json")])[2] == PAGE
    assert framed("<html>of another version</html>", "/") == "<html>of another version</html>"


def test_a_file_of_the_player_is_fetched_once_and_then_only_asked_after() -> None:
    inner = _Streamlit("player", "application/javascript")
    status, headers, text = answer(inner, f"{FILES}index.js", [])
    assert (status, text, headers["cache-control"]) == (200, "player", "no-cache")
    kept = [(b"if-none-match", headers["etag"].encode())]
    status, again, text = answer(inner, f"{FILES}index.js", kept)
    assert (status, again["etag"], text) == (304, headers["etag"], "")
    assert len(inner.asked) == 1
    assert answer(inner, f"{FILES}land-50m.bin", kept)[0] == 200


@pytest.mark.parametrize("name", ["../__init__.py", "none.js", "..%2Fx", ""])
def test_only_files_of_the_bundle_have_a_name_of_their_state(name: str) -> None:
    inner = _Streamlit("x", "text/plain")
    status, headers, _ = answer(inner, f"{FILES}{name}", [(b"if-none-match", b'W/""')])
    assert (status, headers["etag"]) == (200, '"theirs"')
