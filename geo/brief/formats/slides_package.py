"""The file around the slides: properties, what it was made from, and the same bytes every time."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape, quoteattr

from pptx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from pptx.opc.package import Part
from pptx.opc.packuri import PackURI
from pptx.presentation import Presentation

from geo.brief.formats.files import MOST_CARRIED, CarriesTooMuch
from geo.brief.formats.images import NAMESPACE
from geo.brief.plate.fonts import tame
from geo.brief.plate.palettes import Ink
from geo.errors import BriefError, UnreadableFile
from geo.files.archives import FAULTS, directory

MADE = datetime(2000, 1, 1)  # noqa: DTZ001 -- what python-pptx takes, and means as UTC
"""The date in every file: equal plates are equal bytes, whenever they are made."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first that a ZIP can tell."""
_MOST_PROPERTY = 255
"""Letters of a property: PowerPoint shows no more."""
_OWN = re.compile(rb'<fact name="([A-Za-z][A-Za-z0-9-]*+)">([^<]*+)</fact>')
"""Text is written without "<", so that an opening without its end costs no more than the way to the next one."""
_CUSTOM = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
_CUSTOM_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_FACTS = "/customXml/item1.xml"
_UNREADABLE: tuple[type[Exception], ...] = (*FAULTS, UnreadableFile)
_DROPPED = (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.PRINTER_SETTINGS)


def clean(text: str) -> str:
    """The text without letters that XML cannot hold."""
    return "".join(c for c in text if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c < "\ufffe")
                   or c > "\uffff")  # fmt: skip


def describe(presentation: Presentation, facts: Mapping[str, str]) -> None:
    """Properties that PowerPoint shows, custom ones, and all facts in full in a part of their own."""
    core = presentation.core_properties
    core.title, core.subject = (tame(facts[name], _MOST_PROPERTY) for name in ("title", "description"))
    core.keywords = tame(f"data {facts['data']}", _MOST_PROPERTY)
    core.author = core.last_modified_by = tame(facts["software"], _MOST_PROPERTY)
    core.comments = core.category = ""
    core.created = core.modified = core.last_printed = MADE
    core.revision = 1
    package = presentation.part.package
    told = {name: text for name, text in facts.items() if name not in ("title", "description")}
    properties = "".join(
        f'<property fmtid="{_FORMAT_ID}" pid="{number}" name={quoteattr(f"waybill-{name}")}>'
        f"<vt:lpwstr>{escape(tame(text, _MOST_PROPERTY))}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(told.items(), start=2)
    )
    custom = f'{_DECLARED}<Properties xmlns="{_CUSTOM}" xmlns:vt="{_TYPES}">{properties}</Properties>'
    part = Part(PackURI("/docProps/custom.xml"), _CUSTOM_TYPE, package, custom.encode())
    package.relate_to(part, f"{_RELATIONS}/custom-properties")
    held = Part(PackURI(_FACTS), CONTENT_TYPE.XML, package, _listed(facts))
    presentation.part.relate_to(held, f"{_RELATIONS}/customXml")


def _listed(facts: Mapping[str, str]) -> bytes:
    """All facts, less the last plates where there is no room for them: their slides say the same."""
    pieces = {
        name: f"<fact name={quoteattr(name)}>{escape(clean(text))}</fact>".encode() for name, text in facts.items()
    }
    head, tail = f'{_DECLARED}<waybill xmlns="{NAMESPACE}">'.encode(), b"</waybill>"
    plates = [name for name in pieces if name.startswith("plate-")]
    while plates and sum(map(len, (head, *pieces.values(), tail))) > MOST_CARRIED:
        del pieces[plates.pop()]
    return head + b"".join(pieces.values()) + tail


_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_APP = (
    f'{_DECLARED}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    "<Application>Waybill</Application></Properties>"
)


def plain(presentation: Presentation, ink: Ink) -> None:
    """The empty presentation that comes with python-pptx without what is not ours, its links in the colour of text."""
    package = presentation.part.package
    for holder in (package, presentation.part):
        rels = holder._rels  # noqa: SLF001 -- there is no other way to drop one that nothing refers to
        for key in [key for key, rel in rels.items() if rel.reltype in _DROPPED]:
            rels.pop(key)
    text = "{:02X}{:02X}{:02X}".format(*ink.text)
    for part in package.iter_parts():
        if str(part.partname) == "/docProps/app.xml":
            part.blob = _APP.encode()
        elif str(part.partname) == "/ppt/theme/theme1.xml":
            links = re.compile(rb"<a:(hlink|folHlink)>.*?</a:\1>", re.DOTALL)
            part.blob = links.sub(rb'<a:\1><a:srgbClr val="' + text.encode() + rb'"/></a:\1>', part.blob)


def packed(presentation: Presentation) -> bytes:
    """The file, its parts in the order of their names and without dates."""
    loose, out = io.BytesIO(), io.BytesIO()
    presentation.save(loose)
    with zipfile.ZipFile(loose) as source, zipfile.ZipFile(out, "w") as target:
        # A reader finds the content types first.
        for name in sorted(source.namelist(), key=lambda each: (each != "[Content_Types].xml", each)):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 3
            entry.external_attr = 0o600 << 16
            target.writestr(entry, source.read(name), compresslevel=9)
    return out.getvalue()


def carried(file: str | Path | IO[bytes]) -> dict[str, str]:
    """What a file of slides says that it was made from: title, description, software, data, "plate-1", …

    Raises BriefError where it is no such file, and CarriesTooMuch.
    """
    given = str(file) if isinstance(file, (str, Path)) else "slides"
    try:
        content = Path(file).read_bytes() if isinstance(file, (str, Path)) else file.read()
        with directory(io.BytesIO(content), given) as source:
            entry = source.getinfo(_FACTS[1:])
            if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise zipfile.BadZipFile("packed as no presentation is")
            with source.open(entry) as held:
                part = held.read(MOST_CARRIED + 1)
    except _UNREADABLE as error:
        hint = "Choose a file that Waybill has made."
        raise BriefError(given, "it does not say what it was made from", hint) from error
    if len(part) > MOST_CARRIED:
        raise CarriesTooMuch
    return {name.decode(): unescape(text.decode("utf-8", "replace")) for name, text in _OWN.findall(part)}
