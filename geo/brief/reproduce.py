"""A file of Waybill made anew from the brief inside it, and compared: the same bytes, or exactly what changed."""

from __future__ import annotations

import hashlib
import io
import json
import re
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch
from geo.brief.outputs import BRIEF, BRIEF_HASH, BROWSER, TOOLS, Format, Output, formats, portable, render
from geo.brief.pictures import Picture, prepared
from geo.brief.spec.brief import Brief, parse_brief
from geo.brief.spec.data import DataChanged, Told
from geo.brief.toolchain import differing, drawn_with
from geo.errors import BriefError, Progress
from geo.library.package import tool_version

MOST_BYTES = 512 << 20
_RIFF = 12
_BEGINNINGS = (
    (b"\x89PNG\r\n", "png"),
    (b"\xff\xd8\xff", "jpeg"),
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "pptx"),
    (b"GIF89a", "gif"),
    (b"\x1a\x45\xdf\xa3", "webm"),
    (b"<?xml", "svg"),
    (b"<svg", "svg"),
    (b"<!doctype html", "html"),
)
OTHER = (
    "the data, the versions and the fonts are the same: the file was changed after it was made, "
    "or copied by a program that rewrites files"
)
OF_THE_MAP = (
    "it is a picture of the map, drawn by a browser: made again it is a plate of the same data, moment and view"
)


@dataclass(frozen=True, slots=True, eq=False)
class Again:
    """What came of it.

    content  the file made anew; None where the data cannot be had as they were
    same     it is the same bytes
    changes  what is not as it was, a sentence each
    told     rows set aside in its files
    """

    brief: Brief
    format: Format
    content: bytes | None
    same: bool
    changes: tuple[str, ...]
    told: tuple[Told, ...]


def again(
    path: str | Path, folders: Sequence[Path] = (), *, changed: bool = False, progress: Progress | None = None
) -> Again:
    """Makes a file anew. folders: where its data may lie, beside its own; changed: take data that changed.

    progress: of the reconciling, which it may stop.

    Raises BriefError where the file carries no brief, or one that nothing can be drawn from; UnreadableFile.
    """
    file = Path(path)
    content = _content(file)
    kind, facts = carried(content, file.name)
    brief = brief_in(facts, file.name)
    try:
        made = prepared(replace(brief, folder=file.parent), folders, changed=changed, progress=progress)
    except DataChanged as error:
        differ = _differences(brief, facts, kind, ())
        return Again(brief, kind, None, same=False, changes=(*error.changes, *differ), told=())
    redrawn = () if made.changes else _redrawn(facts, made.pictures)
    fresh = render(Output(file, kind, made.pictures, made.brief))
    same = fresh == content
    changes = (*made.changes, *redrawn, *_differences(brief, facts, kind, made.pictures))
    return Again(made.brief, kind, fresh, same, () if same else changes or (OTHER,), made.told)


def carried(content: bytes, name: str) -> tuple[Format, Mapping[str, str]]:
    """The format of a file of ours by its bytes, and what it carries. Raises BriefError for another file."""
    kind = _kind(content)
    if kind is None or kind not in formats():
        hint = f"Give a picture, a page or a film made by `waybill brief`: {', '.join(formats())}."
        raise BriefError(name, "it is not a file that Waybill makes", hint)
    try:
        facts = READERS[kind](content)
    except CarriesTooMuch as error:
        rule = f"it says more about itself than {MOST_CARRIED >> 20} MB"
        raise BriefError(name, rule, "Waybill makes no such file. Take another copy.") from error
    except (ValueError, RecursionError) as error:
        rule = "it is damaged: what it says about itself cannot be read"
        raise BriefError(name, rule, "Take another copy.") from error
    return formats()[kind], facts


def brief_in(facts: Mapping[str, str], name: str) -> Brief:
    """The brief that a file carries. Raises BriefError where there is none, or it was altered."""
    text = facts.get(BRIEF, "")
    if not text:
        hint = "It was made another way, or a program took the metadata off: send the file itself, or its brief.toml."
        raise BriefError(name, "there is no brief in it", hint)
    if hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != facts.get(BRIEF_HASH, ""):
        raise BriefError(
            name, "the brief inside is not the one it was made with: its SHA-256 differs", "Take another copy."
        )
    brief = parse_brief(text, f"the brief in {name[:80]}")
    if brief != portable(brief):
        # Who sends a picture is not to choose what is read on the disk of who opens it.
        raise BriefError(name, "the brief inside names files outside its folder", "Take the brief out, and check it.")
    return brief


def _differences(brief: Brief, facts: Mapping[str, str], kind: Format, pictures: Sequence[Picture]) -> list[str]:
    """pictures: none where the data are not at hand, and then nobody knows which fonts would be used."""
    found = []
    if brief.version != tool_version():
        found.append(f"Waybill: version {brief.version or 'unknown'} then, {tool_version()} now")
    if facts.get(TOOLS) == BROWSER:
        return [*found, OF_THE_MAP]
    now = drawn_with(kind.name, [each.plate for each in pictures])
    return found + differing(facts.get(TOOLS, ""), now, fonts=bool(pictures))


def _redrawn(facts: Mapping[str, str], pictures: Sequence[Picture]) -> Sequence[str]:
    """What to say where the imports hold other rows than those drawn then, though they are of the same bytes."""
    then, now = facts.get("data", ""), pictures[0].plate.data_hash
    if not then or then == now:
        return []
    return [f"rows of the imports: data {then[:12]} then, {now[:12]} now, though the files loaded are the same"]


def _content(file: Path) -> bytes:
    try:
        if not file.is_file():
            raise BriefError(file.name[:80], "the file does not exist", "Give the path of a file that Waybill made.")
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise BriefError(file.name[:80], f"it cannot be read ({error.strerror})", "Check its permissions.") from error
    if len(content) > MOST_BYTES:
        raise BriefError(file.name[:80], f"it is larger than {MOST_BYTES >> 20} MB", "Waybill makes no such file.")
    return content


def _kind(content: bytes) -> str | None:
    if content.startswith(b"RIFF") and content[8:_RIFF] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        return "mp4"
    head = content[:512].lstrip().lower()
    return next((kind for begin, kind in _BEGINNINGS if content.startswith(begin) or head.startswith(begin)), None)


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
