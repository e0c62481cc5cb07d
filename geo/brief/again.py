"""A file of Waybill made anew from the brief inside it, and compared: the same bytes, or exactly what changed."""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from html import unescape
from pathlib import Path

from geo.brief.brief import Brief, parse_brief
from geo.brief.brief_data import DataChanged, Told
from geo.brief.brief_outputs import BRIEF, BRIEF_HASH, TOOLS, Format, Output, formats, portable, render
from geo.brief.brief_plates import Picture, prepared
from geo.brief.drawn_with import differing, drawn_with
from geo.errors import BriefError
from geo.library.package import tool_version

MOST_BYTES = 512 << 20
_OWN = re.compile(rb"<waybill:([A-Za-z][A-Za-z0-9-]*)>(.*?)</waybill:\1>", re.DOTALL)
_MOST_FACTS = 1 << 20
_COMMENT, _FULL = b"\x21\xfe", b"\xff"
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
_JSON = b'{"brief": "'
"""How a film's comment begins: its facts as JSON with sorted names."""
OTHER = (
    "the data, the versions and the fonts are the same: the file was changed after it was made, "
    "or copied by a program that rewrites files"
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


def again(path: str | Path, folders: Sequence[Path] = (), *, changed: bool = False) -> Again:
    """Makes a file anew. folders: where its data may lie, beside its own; changed: take data that changed.

    Raises BriefError where the file carries no brief, or one that nothing can be drawn from; UnreadableFile.
    """
    file = Path(path)
    content = _content(file)
    kind, facts = carried(content, file.name)
    brief = brief_in(facts, file.name)
    try:
        made = prepared(replace(brief, folder=file.parent), folders, changed=changed)
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
        raise BriefError(name, "it is no file that Waybill makes", hint)
    try:
        facts = _READERS[kind](content)
    except (OSError, ValueError, SyntaxError, KeyError, RecursionError) as error:
        raise BriefError(
            name, "it is damaged: what it says about itself cannot be read", "Take another copy."
        ) from error
    return formats()[kind], facts


def brief_in(facts: Mapping[str, str], name: str) -> Brief:
    """The brief that a file carries. Raises BriefError where there is none, or it was altered."""
    text = facts.get(BRIEF, "")
    if not text:
        hint = "It was made another way, or a program took the metadata off: send the file itself, or its brief.toml."
        raise BriefError(name, "it carries no brief", hint)
    if hashlib.sha256(text.encode("utf-8", "replace")).hexdigest() != facts.get(BRIEF_HASH, ""):
        raise BriefError(
            name, "the brief inside is not the one it was made with: its SHA-256 differs", "Take another copy."
        )
    brief = parse_brief(text, f"the brief in {name[:80]}")
    if brief != portable(brief):
        # Who sends a picture is not to choose what is read on the disk of who opens it.
        raise BriefError(name, "the brief inside names files outside its folder", "Take the brief out, and see to it.")
    return brief


def _differences(brief: Brief, facts: Mapping[str, str], kind: Format, pictures: Sequence[Picture]) -> list[str]:
    """pictures: none where the data are not at hand, and then nobody knows which fonts would be used."""
    found = []
    if brief.version != tool_version():
        found.append(f"Waybill: version {brief.version or 'unknown'} then, {tool_version()} now")
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
            raise BriefError(file.name[:80], "there is no such file", "Give the path of a file that Waybill made.")
        if file.stat().st_size > MOST_BYTES:
            raise BriefError(file.name[:80], f"it is larger than {MOST_BYTES >> 20} MB", "Waybill makes no such file.")
        return file.read_bytes()
    except OSError as error:
        raise BriefError(file.name[:80], f"it cannot be read ({error.strerror})", "See to its rights.") from error


def _kind(content: bytes) -> str | None:
    if content.startswith(b"RIFF") and content[8:_RIFF] == b"WEBP":
        return "webp"
    if content[4:8] == b"ftyp":
        return "mp4"
    head = content[:512].lstrip().lower()
    return next((kind for begin, kind in _BEGINNINGS if content.startswith(begin) or head.startswith(begin)), None)


def _of_xml(packet: bytes) -> dict[str, str]:
    """Our own elements in XMP or SVG. No XML parser: what is inside is ours, or it is not taken."""
    return {name.decode(): unescape(text.decode("utf-8", "replace")) for name, text in _OWN.findall(packet)}


def _of_png(content: bytes) -> dict[str, str]:
    from PIL import PngImagePlugin

    with PngImagePlugin.PngImageFile(io.BytesIO(content)) as picture:
        texts = picture.text
        return {name.removeprefix("waybill-"): str(text) for name, text in texts.items()}


def _of_picture(content: bytes) -> dict[str, str]:
    from PIL import Image

    with Image.open(io.BytesIO(content), formats=("JPEG", "WEBP")) as picture:
        packet = picture.info.get("xmp", b"")
        return _of_xml(packet if isinstance(packet, bytes) else b"")


def _of_pdf(content: bytes) -> dict[str, str]:
    import pikepdf

    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            packet = document.Root.get("/Metadata")
            return _of_xml(packet.read_bytes()) if isinstance(packet, pikepdf.Stream) else {}
    except pikepdf.PdfError as error:
        raise ValueError("no PDF") from error


def _of_page(content: bytes) -> dict[str, str]:
    from geo.brief.page import facts_of

    return facts_of(content)


def _of_slides(content: bytes) -> dict[str, str]:
    from geo.brief.slides_package import carried

    return carried(io.BytesIO(content))


def _of_film(content: bytes) -> dict[str, str]:
    """From the bytes: asking ffmpeg would give a stranger's file to a decoder for a few words."""
    begin = content.find(_JSON)
    if begin < 0:
        return {}
    said = content[begin : begin + _MOST_FACTS].decode("latin-1")
    return _of_json(json.JSONDecoder().raw_decode(said)[0])


def _of_gif(content: bytes) -> dict[str, str]:
    """The last comment extension (GIF89a, section 24): blocks of up to 255 bytes, each with its length before it."""
    begin = content.rfind(_COMMENT + _FULL + _JSON)
    said, at = b"", begin + len(_COMMENT)
    while begin >= 0 and at < len(content) and content[at]:
        said += content[at + 1 : at + 1 + content[at]]
        at += 1 + content[at]
    return _of_json(json.loads(said)) if said else {}


def _of_json(facts: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in facts.items()} if isinstance(facts, dict) else {}


_READERS = {
    "png": _of_png,
    "jpeg": _of_picture,
    "webp": _of_picture,
    "svg": _of_xml,
    "pdf": _of_pdf,
    "html": _of_page,
    "pptx": _of_slides,
    "mp4": _of_film,
    "webm": _of_film,
    "gif": _of_gif,
}
