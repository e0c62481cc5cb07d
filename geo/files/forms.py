"""What form a file is of, by how it begins; and in words what it is where it is no table that is read here."""

from __future__ import annotations

import codecs
import re
import zipfile

from geo.errors import UnreadableFile
from geo.files.archives import TABLES

GZIP, ZIP, EMPTY_ZIP = b"\x1f\x8b", b"PK\x03\x04", b"PK\x05\x06"
_CSV = "Export its table as CSV and load that."
_PICTURE = ("is a picture", "Load the table that it shows.")
_DOCUMENT = "Copy its table into a sheet and save that."
_PART = ("is one part of a shapefile", "Pack its .shp, .dbf and .prj into one .zip and load that.")
_BYTES: dict[bytes, tuple[str, str]] = {
    b"%PDF": ("is a PDF", _DOCUMENT),
    b"\x89PNG": _PICTURE,
    b"\xff\xd8\xff": _PICTURE,
    b"GIF8": _PICTURE,
    b"II*\0": _PICTURE,
    b"MM\0*": _PICTURE,
    b"BZh": ("is packed with bzip2", "Unpack it, or pack it with gzip."),
    b"\xfd7zXZ": ("is packed with xz", "Unpack it, or pack it with gzip."),
    b"7z\xbc\xaf": ("is packed with 7-Zip", "Unpack it, or pack it as .zip."),
    b"Rar!": ("is packed with RAR", "Unpack it, or pack it as .zip."),
    b"\x28\xb5\x2f\xfd": ("is packed with Zstandard", "Unpack it, or pack it with gzip."),
    b"{\\rtf": ("is a text document (RTF)", _DOCUMENT),
    b"\0\0\x27\x0a": _PART,
    b"\0\1\0\0Standard": ("is an Access database", _CSV),
    b"\x89HDF": ("is an HDF5 or NetCDF file", _CSV),
    b"CDF\x01": ("is a NetCDF file", _CSV),
    b"CDF\x02": ("is a NetCDF file", _CSV),
    b"ARROW1": ("is an Arrow file", "Save its table as Parquet or CSV and load that."),
    b"fgb\x03": ("is a FlatGeobuf file", "Export it as GeoPackage or GeoJSON."),
    b"$FL2": ("is an SPSS file", _CSV),
    b"<stata_dta>": ("is a Stata file", _CSV),
    b"{| ": ("is a table in the form of a wiki", _DOCUMENT),
    b"{|\n": ("is a table in the form of a wiki", _DOCUMENT),
}
_TAR, _TAR_AT = b"ustar", 257
_OLE = b"\xd0\xcf\x11\xe0"
"""Old Excel, and much else that the reader of workbooks then names."""
_PARTS = (".dbf", ".shx", ".prj")
_PAGE = (
    *("html", "head", "body", "meta", "title", "link", "style", "script", "div", "center", "p", "b", "font", "span"),
    *("h1", "h2", "h3", "h4", "table", "caption", "thead", "tbody", "tr"),
)
"""Elements with which a web page may begin, or a part of one that holds a table."""
_DOCTYPE = re.compile(r"\s*<!doctype\s+html", re.IGNORECASE)
_TABLE = re.compile(r"<(?:table|tr|td)\b", re.IGNORECASE)
_ELEMENTS: dict[str, tuple[str, str]] = {
    "gpx": (
        "is a GPX file: where somebody went, point by point, which names no ports and counts nothing",
        "Write a row for each voyage: origin, destination, depart, containers.",
    ),
    "svg": _PICTURE,
    "rss": ("is a feed of news", "Write what it reports as a table."),
    "gml": ("is a GML file", "Export it as GeoPackage or GeoJSON."),
    "featurecollection": ("is a GML file", "Export it as GeoPackage or GeoJSON."),
}
"""The first element of an XML text, in lower case -> what it is, what to do."""
_READ = {"kml": "kml", "workbook": "xml-workbook"}
_XML = ("is an XML file", "Export its table as CSV, JSON or .xlsx.")
_MARKUP = re.compile(r"\s*<(?:[?!]|[A-Za-z])")
_BEFORE = re.compile(r"\s*(?:<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL | re.IGNORECASE)
_ELEMENT = re.compile(r"\s*<(?:[\w.-]+:)?([\w.-]+)(?=[\s/>])")
_FEATURE = re.compile(r'\s*\{(?=.*"type"\s*:\s*"Feature(?:Collection)?")', re.DOTALL)
_JSON = re.compile(r'[\s\x1e]*(?:\{\s*"|\{\s*\}|\[\s*(?:\{\s*["}]|\[\s*["\[{\d-]|\]))')
_FROM_LINE_TWO = re.compile(r"\}\s*[\n\x1e]\s*\{")


def form_of(head: bytes, name: str) -> str:
    """One of `sheet.FORMS` for a file that begins so, zip and gzip aside. Raises UnreadableFile for other kinds."""
    for magic, (what, hint) in _BYTES.items():
        if head.startswith(magic):
            raise UnreadableFile(name, what, hint)
    if head[_TAR_AT:].startswith(_TAR):
        raise UnreadableFile(name, "is a tar archive", "Unpack it, or pack its table as .zip.")
    if name.lower().endswith(_PARTS):
        raise UnreadableFile(name, *_PART)
    if head.startswith(_OLE):
        return "workbook"
    if head.startswith(b"PAR1"):
        return "parquet"
    if head.startswith(b"SQLite format 3\0"):
        return "geopackage"
    return _of_text(_beginning(head), name)


def _beginning(head: bytes) -> str:
    """The head of a text in Unicode, any byte in another charset as some character: marks of structure are ASCII."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[len(mark) :].decode(encoding, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def _of_text(text: str, name: str) -> str:
    if _MARKUP.match(text):
        return _of_markup(text, name)
    if not _JSON.match(text):
        return "text"
    if _FEATURE.match(text) and not _FROM_LINE_TWO.search(text.partition('"features"')[0]):
        return "geojson"
    return "records"


def _of_markup(text: str, name: str) -> str:
    """Of an XML or HTML text, or why it is not read. What only looks so, like a column called "<5 days", is a text."""
    at = 0
    while before := _BEFORE.match(text, at):
        at = before.end()
    element = _ELEMENT.match(text, at)
    found = element[1].lower() if element else ""
    if found in _READ:
        return _READ[found]
    if found in _ELEMENTS:
        raise UnreadableFile(name, *_ELEMENTS[found])
    if found == "html" or _DOCTYPE.match(text) or (found in _PAGE and _TABLE.search(text)):
        return "web-page"
    if re.match(r"\s*<\?xml\b", text) or (element and f"</{element[1]}" in text):
        raise UnreadableFile(name, *_XML)
    return "text"


def packing_of(head: bytes) -> str:
    """One of `sheet.PACKINGS`."""
    if head.startswith((ZIP, EMPTY_ZIP)):
        return "zip"
    return "gzip" if head.startswith(GZIP) else ""


_OFFICE = {
    "word/document.xml": ("is a Word document", _DOCUMENT),
    "ppt/presentation.xml": ("is a PowerPoint file", _DOCUMENT),
    "Index/Document.iwa": ("is a file of Apple's Numbers, Pages or Keynote", "Export it as .xlsx or CSV."),
}


def form_of_archive(archive: zipfile.ZipFile, name: str) -> str:
    """The form that is a zip archive of several parts: "workbook", "shapefile", or "" for other archives.

    Raises UnreadableFile for documents that are no tables.
    """
    names = set(archive.namelist())
    if names & {"xl/workbook.xml", "xl/workbook.bin"} or {"mimetype", "content.xml"} <= names:
        return "workbook"
    for part, (what, hint) in _OFFICE.items():
        if part in names:
            raise UnreadableFile(name, what, hint)
    ends = {each.lower() for each in names if not each.startswith("__MACOSX/")}
    shapes = any(each.endswith(".shp") for each in ends) and not any(each.endswith(TABLES) for each in ends)
    return "shapefile" if shapes else ""
