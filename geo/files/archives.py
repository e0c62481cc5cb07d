"""gzip and zip -> the one file within. Unpacked as a stream, so that a bomb is refused before it is large.

Names of members are only ever compared and shown: nothing is written to a disk.
"""

from __future__ import annotations

import gzip
import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, cast

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.content import BLOCK, Content

_FAULTS = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, NotImplementedError, RuntimeError, OSError)
_FAULTS_TOO = (ValueError, struct.error, UnicodeError, OverflowError, KeyError)
FAULTS: tuple[type[Exception], ...] = (*_FAULTS, *_FAULTS_TOO)
"""What the standard library raises for broken archives."""
_SHOWN = 5
TABLES = (".csv", ".tsv", ".tab", ".xlsx", ".xls", ".xlsb", ".ods", ".parquet", ".geojson", ".gpkg", ".kml", ".ndjson")
TEXTS = (".txt", ".dat", ".json", ".jsonl")
"""The ends of names that tables have, and those that notes beside them have as well."""
ONLY = "It is the only file in the archive."


@dataclass(frozen=True, slots=True, eq=False)
class Unpacked(Content):
    """What comes out of a packed file. packed: bytes that it takes there."""

    name: str
    packed: int
    opened: Callable[[], IO[bytes]]

    def parts(self, size: int = BLOCK) -> Iterator[bytes]:
        """See `Content.parts`. Raises TooLarge, UnreadableFile."""
        out = 0
        try:
            with self.opened() as stream:
                while part := stream.read(size):
                    out += len(part)
                    check_unpacked(self.name, out, self.packed)
                    yield part
        except FAULTS as error:
            raise UnreadableFile(
                self.name, f"is a broken archive: {error}", "Pack it again, or load it unpacked."
            ) from error


def check_unpacked(name: str, unpacked: int, packed: int) -> None:
    """Refuses what becomes too large, in bytes or by the ratio of a bomb. Raises TooLarge."""
    if unpacked > limits.UNPACKED_BYTES:
        limit = limits.in_words(limits.UNPACKED_BYTES)
        raise TooLarge(name, "the unpacked size", limits.in_words(unpacked), limit)
    if unpacked > limits.RATIO_FROM and unpacked > packed * limits.UNPACKED_RATIO:
        limit = f"{limits.UNPACKED_RATIO} to 1 beyond {limits.in_words(limits.RATIO_FROM)}"
        raise TooLarge(name, "the unpacked size by the packed", f"{unpacked // max(packed, 1):,} to 1", limit)


def gunzipped(content: Content, packed: int) -> Unpacked:
    """What a gzip file holds."""

    def opened() -> IO[bytes]:
        stream = io.BufferedReader(_Stream(content.parts(limits.MIB)))
        return cast("IO[bytes]", gzip.GzipFile(fileobj=stream))

    return Unpacked(content.name, packed, opened)


class _Stream(io.RawIOBase):
    """Parts of bytes as a file to read from."""

    def __init__(self, parts: Iterator[bytes]) -> None:
        self._parts, self._rest = parts, b""

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        self._rest = self._rest or next(self._parts, b"")
        taken = self._rest[: len(buffer)]
        buffer[: len(taken)] = taken
        self._rest = self._rest[len(taken) :]
        return len(taken)


def directory(file: IO[bytes], name: str) -> zipfile.ZipFile:
    """An archive whose directory says nothing unheard-of. Raises TooLarge, UnreadableFile."""
    size = _check_directory(file, name)
    try:
        archive = zipfile.ZipFile(file)
    except FAULTS as error:
        raise UnreadableFile(
            name, f"is a broken zip archive: {error}", "Pack it again, or load it unpacked."
        ) from error
    check_unpacked(name, sum(each.file_size for each in archive.infolist()), size)
    return archive


def _check_directory(file: IO[bytes], name: str) -> int:
    """The size of a directory stands in the archive's last record, and in one before that for large archives.

    -> the size of the archive.
    """
    size = file.seek(0, io.SEEK_END)
    file.seek(max(0, size - 2**17))
    tail = file.read()
    sizes = []
    for mark, form, at in ((b"PK\x05\x06", "<L", 12), (b"PK\x06\x06", "<Q", 40)):
        found = tail.rfind(mark)
        if found >= 0 and found + at + struct.calcsize(form) <= len(tail):
            sizes.append(struct.unpack_from(form, tail, found + at)[0])
    large = max((size for size in sizes if size != 2**32 - 1), default=0)
    if large > limits.DIRECTORY_BYTES:
        limit = limits.in_words(limits.DIRECTORY_BYTES)
        raise TooLarge(name, "the directory of the archive", limits.in_words(large), limit)
    return size


def _is_file(member: str) -> bool:
    """Folders end with a slash, what a Mac adds to each file has a folder of its own, and broken names are empty."""
    return member != "" and not member.endswith("/") and not member.startswith("__MACOSX/")


def unzipped(archive: zipfile.ZipFile, name: str, member: str = "") -> tuple[Unpacked, str, str]:
    """(what the one table in an archive holds, its name there, why that one); member: which, where somebody chose."""
    files = [each for each in archive.infolist() if _is_file(each.filename)]
    chosen = [each for each in files if each.filename == member] if member else _tables(files)
    if len(chosen) != 1:
        many = chosen or files
        raise UnreadableFile(
            name, f"holds {len(many)} files{': ' if many else ''}{_named(many)}", "Pack one file, or unpack them."
        )
    info = chosen[0]
    if info.flag_bits & 1:
        raise UnreadableFile(name, f"{info.filename!r} in it is protected by a password", "Load it unpacked.")
    check_unpacked(name, info.file_size, info.compress_size)
    left = [each for each in files if each is not info]
    why = f"{info.filename!r} is the only table in the archive; left in it: {_named(left)}." if left else ONLY
    return Unpacked(name, info.compress_size, lambda: archive.open(info)), info.filename, why


def _tables(files: list[zipfile.ZipInfo]) -> list[zipfile.ZipInfo]:
    """Those that are tables by the ends of their names; a text is one where nothing else is. All, where none is."""
    if len(files) < 2:
        return files
    seen = [each for each in files if not each.filename.rpartition("/")[2].startswith(".")]
    for ends in (TABLES, TEXTS):
        if found := [each for each in seen if each.filename.lower().endswith(ends)]:
            return found
    return files


def _named(files: list[zipfile.ZipInfo]) -> str:
    return ", ".join(repr(each.filename) for each in files[:_SHOWN]) + (" …" if len(files) > _SHOWN else "")
