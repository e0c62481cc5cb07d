"""A file of Waybill made anew from the brief inside it, and compared: the same bytes, or exactly what changed."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch
from geo.brief.formats.metadata import READERS
from geo.brief.outputs import BRIEF, BRIEF_HASH, TOOLS, Format, Output, formats, portable, render
from geo.brief.pictures import Picture, prepared
from geo.brief.spec.brief import Brief, parse_brief
from geo.brief.spec.data import DataChanged, Told
from geo.brief.toolchain import differing, drawn_with
from geo.errors import BriefError
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
