"""What a file says about itself, read out of bytes that anybody may have made: our own words, and nothing else.

One pass over the bytes, no decoder of pictures, films or documents, and no more than `MOST_CARRIED` of words: the file
of a stranger costs the time to read it and the memory to hold it. What is written in another form is not found.
"""

from __future__ import annotations

import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from html import unescape

from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch

_OWN = re.compile(rb"<waybill:([A-Za-z][A-Za-z0-9-]*+)>([^<]*+)</waybill:\1>")
"""Text is written without "<", so that an opening without its end costs no more than the way to the next one."""
_PNG_BEGIN, _PNG_END, _PNG_TEXT, _PNG_OURS = 8, b"IEND", b"iTXt", b"waybill-"
_PNG_PLAIN = b"\0\0\0\0"
"""Between a keyword's zero and its text: not packed, no language, no other keyword. So we write it."""
_EACH = 64
"""Bytes that a text costs beside its letters."""
_COMMENT, _FULL = b"\x21\xfe", b"\xff"
_JSON = b'{"brief": "'
"""How a film's comment begins: its facts as JSON with sorted names."""


def of_xml(content: bytes) -> dict[str, str]:
    """Our own elements, in SVG or in an XMP packet: those lie in JPEG, WebP and PDF as they are."""
    found = ((match[1], match[2]) for match in _OWN.finditer(content))
    return {name.decode(): unescape(text.decode("utf-8", "replace")) for name, text in limited(found)}


def of_png(content: bytes) -> dict[str, str]:
    """Text chunks of ours (PNG, 11.3.3.4). Raises ValueError where a chunk is damaged."""
    ours = (chunk.split(b"\0", 1) for kind, chunk in _chunks(content) if kind == _PNG_TEXT)
    texts = (
        (keyword.removeprefix(_PNG_OURS), rest[0].removeprefix(_PNG_PLAIN))
        for keyword, *rest in ours
        if keyword.startswith(_PNG_OURS) and rest and rest[0].startswith(_PNG_PLAIN)
    )
    return {name.decode("latin-1"): text.decode("utf-8", "replace") for name, text in limited(texts)}


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Type and data of each chunk up to the last (PNG, 5.3)."""
    at, view = _PNG_BEGIN, memoryview(content)
    while at + 12 <= len(content):
        size, kind = int.from_bytes(content[at : at + 4]), content[at + 4 : at + 8]
        end = at + 8 + size
        if zlib.crc32(view[at + 4 : end]) != int.from_bytes(content[end : end + 4]):
            raise ValueError("a chunk is not as it was written")
        # Of pictures it is not even copied.
        yield kind, content[at + 8 : end] if kind == _PNG_TEXT else b""
        if kind == _PNG_END:
            return
        at = end + 4
    raise ValueError("the picture ends early")


def of_film(content: bytes) -> dict[str, str]:
    """The comment of an MP4 or WebM, wherever it lies."""
    begin = content.find(_JSON)
    return of_json(content[begin : begin + MOST_CARRIED]) if begin >= 0 else {}


def of_gif(content: bytes) -> dict[str, str]:
    """The last comment extension (GIF89a, section 24): blocks of up to 255 bytes, each with its length before it."""
    begin = content.rfind(_COMMENT + _FULL + _JSON)
    if begin < 0:
        return {}
    blocks = ((b"", block) for block in _blocks(content, begin + len(_COMMENT)))
    return of_json(b"".join(block for _, block in limited(blocks)))


def _blocks(content: bytes, at: int) -> Iterator[bytes]:
    while at < len(content) and content[at]:
        yield content[at + 1 : at + 1 + content[at]]
        at += 1 + content[at]


def of_json(said: bytes) -> dict[str, str]:
    """An object of texts that stands at the beginning. Raises ValueError, RecursionError."""
    facts, _ = json.JSONDecoder().raw_decode(said[:MOST_CARRIED].decode("latin-1"))
    return {str(name): str(text) for name, text in facts.items()} if isinstance(facts, dict) else {}


def limited(facts: Iterable[tuple[bytes, bytes]]) -> Iterator[tuple[bytes, bytes]]:
    """The same, name and text. Raises CarriesTooMuch as soon as they are too much together."""
    size = 0
    for name, text in facts:
        size += _EACH + len(name) + len(text)
        if size > MOST_CARRIED:
            raise CarriesTooMuch
        yield name, text


def of_page(content: bytes) -> dict[str, str]:
    """A page's block of facts."""
    from geo.brief.formats.page import facts_of

    return facts_of(content)


def of_slides(content: bytes) -> dict[str, str]:
    """The part of a presentation that is for them."""
    from geo.brief.formats.slides_package import carried

    return carried(io.BytesIO(content))


READERS: Mapping[str, Callable[[bytes], dict[str, str]]] = {
    "png": of_png,
    "jpeg": of_xml,
    "webp": of_xml,
    "svg": of_xml,
    "pdf": of_xml,
    "html": of_page,
    "pptx": of_slides,
    "mp4": of_film,
    "webm": of_film,
    "gif": of_gif,
}
"""Format -> what reads it. They raise ValueError and RecursionError for what is damaged, and CarriesTooMuch."""
