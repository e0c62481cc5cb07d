"""Plates as files: PNG, JPEG, WebP, SVG and PDF. Equal plates are equal bytes; each file says what it was made from."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal

from PIL import Image, PngImagePlugin

from geo.brief.formats.files import check_carried, put
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.sheet import settings
from geo.errors import BriefError

if TYPE_CHECKING:
    from geo.brief.plate.plate import Plate

Format = Literal["png", "jpeg", "webp", "svg", "pdf"]
FORMATS: tuple[Format, ...] = ("png", "jpeg", "webp", "svg", "pdf")
_OTHER_NAMES = {"jpg": "jpeg"}
_MAKER = "Waybill"
_JPEG_QUALITY = 92
_MOST_IN_JPEG, _SHORT = 60_000, 1_500
"""Bytes that a segment of a JPEG can hold, less some; letters of each text where all of them are more."""
_UNPRINTED = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML and PNG texts cannot hold."""
_TITLE, _DESCRIPTION, _MAKER_TAG = 0x010D, 0x010E, 0x0131
"""EXIF tags DocumentName, ImageDescription, Software."""


def save_plate(
    plate: Plate,
    target: str | Path | IO[bytes],
    format: str | None = None,  # noqa: A002 -- the word that every library of pictures uses
    *,
    carry: Mapping[str, str] | None = None,
) -> Drawn:
    """Draws a plate into a file, or an open one, and returns what was drawn.

    format: of `FORMATS`, or None to go by the file's name. carry: further texts for the file's metadata, such as the
    brief that the plate is from: names of letters, digits and "-". A file is written whole or not at all, over one of
    its name. Raises BriefError.

    >>> import geo, io
    >>> file = io.BytesIO()
    >>> drawn = geo.save_plate(geo.plates_of(geo.Brief(frame="640x360"))[0], file, "png")
    >>> drawn.title, file.getvalue()[1:4]
    ('Rason → Vladivostok: about 2,000 containers by 2 Nov 2023, as reported', b'PNG')
    """
    kind = _kind(target, format)
    drawn = compose(plate)
    content = encode(drawn, plate, kind, carry or {})
    put(content, target)
    return drawn


def _kind(target: str | Path | IO[bytes], given: str | None) -> Format:
    name = given or (Path(target).suffix[1:] if isinstance(target, (str, Path)) else "")
    name = _OTHER_NAMES.get(name.lower(), name.lower())
    for kind in FORMATS:
        if kind == name:
            return kind
    raise BriefError(f"format {name or 'not given'}", f"a plate is one of {', '.join(FORMATS)}", "Name one of them.")


def encode(drawn: Drawn, plate: Plate, kind: Format, carry: Mapping[str, str]) -> bytes:
    """The bytes of a plate that has been drawn."""
    check_carried(carry)
    facts = {
        "title": drawn.title,
        "description": drawn.description,
        "software": f"{_MAKER} {plate.version}".strip(),
        "plate": plate.describe(),
        "data": plate.data_hash,
        **carry,
    }
    facts = {name: _UNPRINTED.sub("\N{REPLACEMENT CHARACTER}", text) for name, text in facts.items()}
    makers: Mapping[Format, Callable[[Drawn, Plate, Mapping[str, str]], bytes]] = {
        "png": _png,
        "jpeg": _jpeg,
        "webp": _webp,
        "svg": _svg,
        "pdf": _pdf,
    }
    with settings():
        return makers[kind](drawn, plate, facts)


def _svg(drawn: Drawn, plate: Plate, facts: Mapping[str, str]) -> bytes:
    from geo.brief.formats.vector import svg

    return svg(drawn.figure, plate.frame, facts)


def _pdf(drawn: Drawn, plate: Plate, facts: Mapping[str, str]) -> bytes:
    from geo.brief.formats.vector import pdf

    del plate
    return pdf(drawn.figure, facts)


def pixels(drawn: Drawn) -> Image.Image:
    """The plate as an RGB picture of the frame's size."""
    with settings():
        canvas = drawn.figure.canvas
        canvas.draw()
        rgba = canvas.buffer_rgba()  # type: ignore[attr-defined]
        height, width = rgba.shape[:2]
        return Image.frombuffer("RGBA", (width, height), rgba, "raw", "RGBA", 0, 1).convert("RGB")


def _png(drawn: Drawn, plate: Plate, facts: Mapping[str, str]) -> bytes:
    chunks = PngImagePlugin.PngInfo()
    for name, text in facts.items():
        keyword = {"title": "Title", "description": "Description", "software": "Software"}.get(name, f"waybill-{name}")
        chunks.add_itxt(keyword, text, zip=False)
    out = io.BytesIO()
    pixels(drawn).save(out, "PNG", pnginfo=chunks, compress_level=3, dpi=(plate.frame.dpi, plate.frame.dpi))
    return out.getvalue()


def _comment(facts: Mapping[str, str]) -> bytes:
    return json.dumps(dict(facts), sort_keys=True).encode("ascii")


def _exif(facts: Mapping[str, str]) -> bytes:
    exif = Image.Exif()
    # These tags are ASCII; everything is in the comment and the XMP as it stands.
    exif[_TITLE] = facts["title"].encode("ascii", "replace").decode("ascii")
    exif[_DESCRIPTION] = facts["description"].encode("ascii", "replace").decode("ascii")
    exif[_MAKER_TAG] = facts["software"].encode("ascii", "replace").decode("ascii")
    return exif.tobytes()


def _jpeg(drawn: Drawn, plate: Plate, facts: Mapping[str, str]) -> bytes:
    from geo.brief.formats.vector import xmp

    out = io.BytesIO()
    dpi = (round(plate.frame.dpi), round(plate.frame.dpi))
    told = dict(facts)
    if max(len(xmp(told)), len(_comment(told))) > _MOST_IN_JPEG:
        told = {name: text[:_SHORT] for name, text in facts.items()}
    pixels(drawn).save(
        out, "JPEG", quality=_JPEG_QUALITY, subsampling=0, dpi=dpi, exif=_exif(told), xmp=xmp(told),
        comment=_comment(told),
    )  # fmt: skip
    return out.getvalue()


def _webp(drawn: Drawn, plate: Plate, facts: Mapping[str, str]) -> bytes:
    from geo.brief.formats.vector import xmp

    del plate
    out = io.BytesIO()
    pixels(drawn).save(out, "WEBP", lossless=True, quality=40, method=2, exif=_exif(facts), xmp=xmp(facts))
    return out.getvalue()
