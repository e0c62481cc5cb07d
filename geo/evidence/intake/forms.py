"""What kind of file some bytes are. Told by the bytes alone: names lie."""

from __future__ import annotations

import re
import zipfile

from geo.errors import UnreadableFile
from geo.evidence.intake import packing

_REFUSED = {
    b"\xd0\xcf\x11\xe0": ("is an old Excel workbook", "Save it as .xlsx and load that."),
    b"%PDF": ("is a PDF", "Copy its table into a sheet and save that."),
    b"\x89PNG": ("is a picture", "Load the table that it shows."),
    b"\xff\xd8\xff": ("is a picture", "Load the table that it shows."),
    b"BZh": ("is packed with bzip2", "Unpack it, or pack it with gzip."),
    b"\xfd7zXZ": ("is packed with xz", "Unpack it, or pack it with gzip."),
    b"7z\xbc\xaf": ("is packed with 7-Zip", "Unpack it, or pack it as .zip."),
    b"Rar!": ("is packed with RAR", "Unpack it, or pack it as .zip."),
    b"\x28\xb5\x2f\xfd": ("is packed with Zstandard", "Unpack it, or pack it with gzip."),
}
_TAR, _TAR_AT = b"ustar", 257
_GEOJSON = re.compile(rb'\A(?:\xef\xbb\xbf)?\s*\{(?=.*"type"\s*:\s*"Feature(?:Collection)?")', re.DOTALL)


def form_of(head: bytes, name: str) -> str:
    """One of `dialect.FORMS` for a file that begins so, gzip and zip aside. Raises UnreadableFile for other kinds."""
    for magic, (what, hint) in _REFUSED.items():
        if head.startswith(magic):
            raise UnreadableFile(name, what, hint)
    if head[_TAR_AT:].startswith(_TAR):
        raise UnreadableFile(name, "is a tar archive", "Unpack it, or pack its table as .zip.")
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"SQLite format 3\0"):
        return "geopackage"
    return "geojson" if _GEOJSON.match(head) else "text"


def packing_of(head: bytes) -> str:
    """One of `dialect.PACKINGS`."""
    if head.startswith((packing.ZIP, packing.EMPTY_ZIP)):
        return "zip"
    return "gzip" if head.startswith(packing.GZIP) else ""


def is_workbook(archive: zipfile.ZipFile) -> bool:
    """Whether a zip archive is an .xlsx, .xlsb or .ods workbook."""
    names = set(archive.namelist())
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin"}) or {"mimetype", "content.xml"} <= names
