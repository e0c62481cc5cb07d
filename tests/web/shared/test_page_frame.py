"""What is seen first is our page's frame, in its reader's colours; the player's files are fetched once."""

from __future__ import annotations

import asyncio
import gzip
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

    def __init__(self, text: str, kind: str, status: int = 200) -> None:
        self.text, self.kind, self.status = text, kind, status
        self.asked: list[Message] = []

    async def __call__(self, scope: Message, receive: object, send: Any) -> None:  # noqa: ANN401, ARG002
        self.asked.append(scope)
        headers = [(b"content-type", self.kind.encode()), (b"etag", b'"theirs"'), (b"cache-control", b"public")]
        half = len(self.text) // 2
        await send({"type": "http.response.start", "status": self.status, "headers": headers})
        await send({"type": "http.response.body", "body": self.text[:half].encode(), "more_body": True})
        await send({"type": "http.response.body", "body": self.text[half:].encode()})


def answer(
    inner: _Streamlit, path: str, headers: Iterable[tuple[bytes, bytes]] = HTML
) -> tuple[int, dict[str, str], str]:
    """(status, headers, text) of one request."""
    status, told, content = raw_answer(inner, path, headers)
    return status, told, content.decode()


def raw_answer(
    inner: _Streamlit, path: str, headers: Iterable[tuple[bytes, bytes]]
) -> tuple[int, dict[str, str], bytes]:
    """The same with the body as it was sent."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": list(headers)}
    asyncio.run(PageFrame(inner)(scope, receive, send))
    told = {name.decode(): value.decode() for name, value in sent[0]["headers"]}
    return sent[0]["status"], told, b"".join(each.get("body", b"") for each in sent[1:])


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


ASKS_GZIP = [(b"accept-encoding", b"gzip, deflate, br")]


def test_a_file_of_the_player_is_compressed_once_for_all_visits(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    compress = gzip.compress

    def counted(content: bytes, *rest: int, **more: int) -> bytes:
        made.append(len(content))
        return compress(content, *rest, **more)

    page_frame.compressed.cache_clear()
    monkeypatch.setattr(page_frame.gzip, "compress", counted)
    page_frame.compress_all()
    before = len(made)
    assert before == len(list(page_frame.player.BUNDLE.iterdir()))
    inner = _Streamlit("what Streamlit would send", "application/javascript")
    status, headers, content = raw_answer(inner, f"{FILES}index.js", ASKS_GZIP)
    assert (status, headers["content-encoding"], headers["vary"]) == (200, "gzip", "Accept-Encoding")
    assert int(headers["content-length"]) == len(content)
    assert headers["etag"] == answer(inner, f"{FILES}index.js", [])[1]["etag"]
    assert gzip.decompress(content) == (page_frame.player.BUNDLE / "index.js").read_bytes()
    assert len(made) == before
    # Streamlit's own would only be compressed to be thrown away.
    assert dict(inner.asked[0]["headers"]) == {}


@pytest.mark.parametrize(
    ("name", "asks", "status"),
    [
        ("none.js", ASKS_GZIP, 200),
        ("index.js", ASKS_GZIP, 404),
        ("index.js", [*ASKS_GZIP, (b"range", b"bytes=0-9")], 200),
        ("index.js", [(b"accept-encoding", b"br")], 200),
    ],
)
def test_any_other_answer_is_streamlits(name: str, asks: list[tuple[bytes, bytes]], status: int) -> None:
    inner = _Streamlit("its own", "application/javascript", status)
    found, headers, content = raw_answer(inner, f"{FILES}{name}", asks)
    assert (found, content) == (status, b"its own")
    assert "content-encoding" not in headers


@pytest.mark.parametrize("name", ["../__init__.py", "none.js", "..%2Fx", ""])
def test_only_files_of_the_bundle_have_a_name_of_their_state(name: str) -> None:
    inner = _Streamlit("x", "text/plain")
    status, headers, _ = answer(inner, f"{FILES}{name}", [(b"if-none-match", b'W/""')])
    assert (status, headers["etag"]) == (200, '"theirs"')
