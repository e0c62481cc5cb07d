"""A zipped shapefile, record after record: the ends of its lines from .shp, its columns from .dbf.

The parts are read from the archive as streams. Nothing is unpacked to a disk, and names within are only compared.
"""

from __future__ import annotations

import codecs
import re
import struct
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

from geo.errors import DialectError, GeoError, TooLarge, UnreadableFile
from geo.files import archives, limits
from geo.files.child import main
from geo.files.child.geojson import ENDS, POINT
from geo.files.child.main import Answer, Request

_BATCH = 2_000
_LONGEST = 64 * limits.MIB
"""Of a record: the outline of a large country is some megabytes."""
_SMALL = 64 * limits.KIB
"""Of a .prj and a .cpg, which are a line."""
_POINTS, _LINES = (1, 11, 21), (3, 13, 23)
_FILE_CODE, _HEADER = 9994, 100
NAN = float("nan")
Ends = tuple[float, ...]


def answers(path: str, request: Request) -> Iterator[Answer]:
    """{"layers"}: a list of names. {"rows": layer, "most"}: {"header", "crs"}, then {"rows", "ends" or none}."""
    with Path(path).open("rb") as file:
        archive = archives.directory(file, "")
        layers = _layers(archive)
        if "layers" in request:
            yield main.JSON, list(layers)
            return
        chosen = str(request["rows"])
        if chosen not in layers:
            raise DialectError("sheet", chosen, f"the file has {', '.join(map(repr, layers))}")
        try:
            yield from _rows(layers[chosen], request.get("most"))
        except GeoError:
            raise
        except archives.FAULTS as error:
            raise UnreadableFile("", f"is a broken shapefile: {error}", "Export it again.") from error


@dataclass(frozen=True, slots=True)
class _Layer:
    """The members of a shapefile by their ending: ".shp", ".dbf", perhaps ".prj" and ".cpg"."""

    archive: zipfile.ZipFile
    parts: dict[str, zipfile.ZipInfo]

    def opened(self, end: str) -> IO[bytes]:
        """A part as a stream. Raises UnreadableFile, TooLarge."""
        info = self.parts[end]
        if info.flag_bits & 1:
            raise UnreadableFile("", "is protected by a password", "Pack it without one.")
        archives.check_unpacked("", info.file_size, info.compress_size)
        return self.archive.open(info)

    def small(self, end: str) -> bytes:
        """All of a small part; b"" where there is none."""
        if end not in self.parts:
            return b""
        with self.opened(end) as part:
            return part.read(_SMALL)


def _layers(archive: zipfile.ZipFile) -> dict[str, _Layer]:
    """Name -> its members, of each pair of .shp and .dbf. Raises UnreadableFile."""
    stems: dict[str, dict[str, zipfile.ZipInfo]] = {}
    for info in archive.infolist():
        stem, dot, end = info.filename.rpartition(".")
        if not info.filename.startswith("__MACOSX/"):
            stems.setdefault(stem.lower(), {}).setdefault(f"{dot}{end.lower()}", info)
    found: dict[str, _Layer] = {}
    for parts in stems.values():
        if {".shp", ".dbf"} <= set(parts):
            name = parts[".shp"].filename[: -len(".shp")]
            short = name.rpartition("/")[2]
            found[name if short in found else short] = _Layer(archive, parts)
    if not found:
        raise UnreadableFile("", "is a shapefile without its .dbf, which holds the columns", "Pack all its parts.")
    return found


def _rows(layer: _Layer, most: int | None) -> Iterator[Answer]:
    with ExitStack() as stack:
        table = _Table(stack.enter_context(layer.opened(".dbf")))
        encoding = _encoding(layer, table)
        crs = layer.small(".prj").decode("utf-8", "replace").strip() or None
        yield main.JSON, {"header": [each.name(encoding) for each in table.fields], "crs": crs}
        records = zip(_shapes(stack.enter_context(layer.opened(".shp"))), table.records(), strict=False)
        rows = islice(((ends, cells) for ends, cells in records if cells is not None), most)
        while batch := list(islice(rows, _BATCH)):
            texts = [
                [each.text(cell, encoding) for each, cell in zip(table.fields, cells, strict=True)]
                for _, cells in batch
            ]
            yield main.JSON, {"rows": texts, "ends": _columns([ends for ends, _ in batch])}


def _columns(shapes: list[Ends]) -> dict[str, list[float]]:
    """The ends of n shapes by column: points where any is one, else lines."""
    names = POINT if any(len(ends) == len(POINT) for ends in shapes) else ENDS
    if not any(shapes):
        return {}
    none = (NAN,) * len(names)
    columns = zip(*(ends if len(ends) == len(names) else none for ends in shapes), strict=True)
    return dict(zip(names, map(list, columns), strict=True))


def _shapes(part: IO[bytes]) -> Iterator[Ends]:
    """(lon, lat) of a point, both ends of a line, () of all else, record after record."""
    head = part.read(_HEADER)
    if len(head) < _HEADER or struct.unpack_from(">i", head)[0] != _FILE_CODE:
        raise UnreadableFile("", "is a broken shapefile: its .shp does not begin as one", "Export it again.")
    while len(record := part.read(8)) == 8:
        size = 2 * struct.unpack(">ii", record)[1]
        if not 0 <= size <= _LONGEST:
            raise TooLarge("", "the size of a shape", limits.in_words(size % 2**32), limits.in_words(_LONGEST))
        content = part.read(size)
        if len(content) < size:
            raise UnreadableFile("", "is a broken shapefile: its .shp ends too early", "Export it again.")
        yield _ends(content)


def _ends(content: bytes) -> Ends:
    """Of one shape; of one that is cut short, none: its row is kept, and lacks them."""
    try:
        (kind,) = struct.unpack_from("<i", content)
        if kind in _POINTS:
            return struct.unpack_from("<2d", content, 4)
        parts, points = struct.unpack_from("<2i", content, 36) if kind in _LINES else (0, 0)
        if parts < 1 or points < 2:
            return ()
        at = 44 + 4 * parts
        return (*struct.unpack_from("<2d", content, at), *struct.unpack_from("<2d", content, at + 16 * (points - 1)))
    except struct.error:
        return ()


@dataclass(frozen=True, slots=True)
class _Field:
    """A column of a .dbf: its name as it stands, its kind by one letter, and how many bytes its cells have."""

    raw: bytes
    kind: str
    size: int

    def name(self, encoding: str) -> str:
        """In characters."""
        return self.raw.decode(encoding, "replace").strip()

    def text(self, cell: bytes, encoding: str) -> str:
        """A cell as a person would write it."""
        text = cell.rstrip(b"\0 ").decode(encoding, "replace").strip()
        if self.kind == "D":
            return f"{text[:4]}-{text[4:6]}-{text[6:]}" if len(text) == 8 and text.isdigit() else text
        if self.kind == "L":
            return {"T": "true", "Y": "true", "F": "false", "N": "false"}.get(text.upper(), "")
        return _plain(text) if self.kind in "NF" else text


def _plain(number: str) -> str:
    """Without the zeros that only fill a column: "12.5000" is 12.5."""
    return re.sub(r"\.?0+$", "", number) if re.fullmatch(r"[+-]?\d+\.\d+", number) else number.strip("*")


class _Table:
    """A .dbf from its beginning. language: the byte of its header that says the charset."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        head = part.read(32)
        if len(head) < 32:
            raise UnreadableFile("", "is a broken shapefile: its .dbf is cut", "Export it again.")
        self._rows, header, self._size = struct.unpack_from("<IHH", head, 4)
        self.language = head[29]
        rest = part.read(max(header - 32, 0))
        self.fields = list(_fields(rest))
        if len(self.fields) > limits.COLUMNS:
            raise TooLarge("", "the number of columns", f"{len(self.fields):,}", f"{limits.COLUMNS:,}")
        if not self.fields or sum(each.size for each in self.fields) + 1 > self._size:
            raise UnreadableFile("", "is a broken shapefile: the columns of its .dbf do not fit", "Export it again.")

    def records(self) -> Iterator[list[bytes] | None]:
        """The cells of each row; None for one that was deleted."""
        for _ in range(self._rows):
            record = self._part.read(self._size)
            if len(record) < self._size:
                return
            cells, at = [], 1
            for each in self.fields:
                cells.append(record[at : at + each.size])
                at += each.size
            yield None if record[:1] == b"*" else cells


def _fields(header: bytes) -> Iterator[_Field]:
    for at in range(0, len(header) - 31, 32):
        field = header[at : at + 32]
        if field[:1] == b"\r":
            return
        yield _Field(field[:11].split(b"\0")[0], chr(field[11]), field[16])


_LANGUAGES = {1: "cp437", 2: "cp850", 3: "cp1252", 0x57: "cp1252", 0x26: "cp866", 0x65: "cp866", 0xC9: "cp1251"}
_LANGUAGES |= {0x4D: "gbk", 0x4E: "cp949", 0x4F: "cp950", 0x13: "cp932", 0x7A: "gbk", 0x79: "cp949", 0x7B: "cp932"}
_LANGUAGES |= {0xC8: "cp1250", 0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257"}


def _encoding(layer: _Layer, table: _Table) -> str:
    """What the .cpg says, or the .dbf itself; else UTF-8 where all of it is that, or Western European."""
    said = layer.small(".cpg").decode("ascii", "ignore").strip().lower()
    name = _LANGUAGES.get(table.language, "")
    if re.fullmatch(r"utf-?8|65001", said):
        name = "utf-8"
    elif latin := re.search(r"8859[ _-]?(\d{1,2})$", said):
        name = f"iso8859-{latin[1]}"
    elif page := re.search(r"\d{3,5}$", said):
        name = f"cp{page[0]}"
    try:
        return codecs.lookup(name).name if name else _seen(layer)
    except LookupError:
        return _seen(layer)


def _seen(layer: _Layer) -> str:
    """UTF-8 or Western European, by the bytes of its rows."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with layer.opened(".dbf") as part:
        head = part.read(32)
        part.read(max(struct.unpack_from("<H", head, 8)[0] - 32, 0))
        try:
            while block := part.read(limits.MIB):
                decoder.decode(block)
        except UnicodeDecodeError:
            return "cp1252"
    return "utf-8"
