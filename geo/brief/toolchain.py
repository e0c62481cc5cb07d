"""What shapes the bytes of a file beside its brief and its data: versions of what computes and draws, and fonts.

A file carries this as one line, "font NanumGothic 4a5f…, matplotlib 3.10.1, numpy 2.4.6", so that whoever makes it anew
is told what differs.
"""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib import metadata
from pathlib import Path

import pyproj

from geo.brief.plate.fonts import Fonts, fallback_files
from geo.brief.plate.plate import Plate

FONT = "font "
_HASH = 12
"""Digits of a font's SHA-256 that are told."""
_NUMBERS = ("highspy", "numpy")
_MAP = ("matplotlib", "pyproj", "shapely")
_PICTURE = (*_NUMBERS, *_MAP)
_PACKAGES: Mapping[str, tuple[str, ...]] = {
    "png": (*_PICTURE, "pillow"),
    "jpeg": (*_PICTURE, "pillow"),
    "webp": (*_PICTURE, "pillow"),
    "svg": _PICTURE,
    "pdf": (*_PICTURE, "fonttools", "pikepdf"),
    "pptx": (*_PICTURE, "lxml", "python-pptx"),
    "mp4": _PICTURE,
    "webm": _PICTURE,
    "gif": (*_PICTURE, "pillow"),
    "html": (*_NUMBERS, "shapely"),
}
_FILMS = ("mp4", "webm", "gif")
_ZIPPED = ("pdf", "pptx")


def drawn_with(kind: str, plates: Sequence[Plate]) -> str:
    """For a file of this format with pictures of these plates. Raises BriefError for a script that no font here has."""
    found = {name: metadata.version(name) for name in _PACKAGES[kind]}
    if kind != "html":
        found["PROJ"] = pyproj.proj_version_str
        found |= _fonts(plates)
    if kind in _FILMS:
        found["ffmpeg"] = _ffmpeg()
    if kind in _ZIPPED:
        found["zlib"] = zlib.ZLIB_RUNTIME_VERSION
    return ", ".join(f"{name} {version}" for name, version in sorted(found.items(), key=lambda pair: pair[0].lower()))


def differing(then: str, now: str, *, fonts: bool = True) -> list[str]:
    """A sentence for each thing that is not as it was. fonts: whether they are known now."""
    before, after = _read(then), _read(now)
    names = sorted(before | after, key=str.lower)
    return [
        f"{name}: {before.get(name, 'none')} then, {after.get(name, 'none')} now"
        for name in names
        if before.get(name) != after.get(name) and (fonts or not name.startswith(FONT))
    ]


def _read(told: str) -> dict[str, str]:
    pairs = (each.rpartition(" ") for each in told[:4_000].split(", ") if " " in each)
    return {name[:80]: version[:40] for name, _, version in pairs}


def _fonts(plates: Sequence[Plate]) -> dict[str, str]:
    """Those beyond matplotlib's own, which its version tells."""
    from geo.brief.plate.figure import fonts_of

    found: dict[str, str] = {}
    every: dict[Fonts, None] = dict.fromkeys(fonts_of(plate) for plate in plates)
    for fonts in every:
        for family, file in fallback_files(fonts):
            name = f"{FONT}{family.replace(',', ' ')}{' bold' if 'bold' in Path(file).stem.lower() else ''}"
            found[name] = _hash(file, Path(file).stat().st_mtime_ns)
    return found


@lru_cache(maxsize=64)
def _hash(file: str, changed: int) -> str:
    del changed
    with Path(file).open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()[:_HASH]


@lru_cache(maxsize=1)
def _ffmpeg() -> str:
    import imageio_ffmpeg  # type: ignore[import-untyped]

    return str(imageio_ffmpeg.get_ffmpeg_version()).replace(",", " ").replace(" ", "-")
