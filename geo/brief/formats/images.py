"""Plates as files: PNG, JPEG, WebP, SVG and PDF. Equal plates are equal bytes; each file says what it was made from."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from matplotlib.figure import Figure
from pikepdf import Array, Dictionary, Name, String
from PIL import Image, PngImagePlugin

from geo.brief.formats.files import check_carried, put
from geo.brief.plate.figure import Drawn, compose
from geo.brief.plate.plate import Frame
from geo.brief.plate.rc_settings import settings
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

    return svg(drawn.figure, plate.frame, facts)


def _pdf(drawn: Drawn, plate: Plate, facts: Mapping[str, str]) -> bytes:

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

    del plate
    out = io.BytesIO()
    pixels(drawn).save(out, "WEBP", lossless=True, quality=40, method=2, exif=_exif(facts), xmp=xmp(facts))
    return out.getvalue()


# What a subset leaves out of somebody's font (hints for its makers, such as "TSI0") is no news to a reader.
logging.getLogger("fontTools.subset").setLevel(logging.ERROR)
_LINK = re.compile(r'<a xlink:href="https?://([^/?#"]*)[^"]*"')
NAMESPACE = "https://waybill.invalid/ns/1.0/"
"""Of our own properties in XMP and SVG: a name, not an address."""


def xmp(facts: Mapping[str, str]) -> bytes:
    """The facts as an XMP packet without dates, so that it is the same every time."""
    own = "".join(
        f"<waybill:{name}>{escape(text)}</waybill:{name}>"
        for name, text in facts.items()
        if name not in ("title", "description", "software")
    )
    lang = '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/"'
        f' xmlns:waybill="{NAMESPACE}">'
        f"<dc:title>{lang.format(escape(facts['title']))}</dc:title>"
        f"<dc:description>{lang.format(escape(facts['description']))}</dc:description>"
        f"<xmp:CreatorTool>{escape(facts['software'])}</xmp:CreatorTool>{own}"
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def svg(figure: Figure, frame: Frame, facts: Mapping[str, str]) -> bytes:
    """SVG of the frame's own size, whose texts are text and whose parts are named groups."""
    out = io.BytesIO()
    figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    text = out.getvalue().decode("utf-8")
    head, tag, rest = text.partition("<svg ")
    attributes, _, body = rest.partition(">")
    wide, tall = (f"{side:g}{frame.unit}" for side in (frame.width, frame.height))
    attributes = re.sub(r'width="[^"]*" height="[^"]*"', f'width="{wide}" height="{tall}"', attributes, count=1)
    # The host of a link, shown to whoever points at it.
    body = _LINK.sub(r'\g<0> xlink:title="\1"', body)
    own = "".join(
        f"<waybill:{name}>{escape(value)}</waybill:{name}>"
        for name, value in facts.items()
        if name not in ("title", "description")
    )
    inside = (
        f"\n <title>{escape(facts['title'])}</title>\n <desc>{escape(facts['description'])}</desc>"
        f"\n <metadata xmlns:waybill={quoteattr(NAMESPACE)}>{own}</metadata>"
    )
    return f'{head}{tag}role="img" xml:lang="en" {attributes}>{inside}{body}'.encode()


def pdf(figure: Figure, facts: Mapping[str, str]) -> bytes:
    """PDF with TrueType fonts embedded as Type 42, tagged as one figure with its links."""
    out = io.BytesIO()
    blank = {"CreationDate": None, "ModDate": None, "Producer": None, "Creator": None}
    figure.savefig(out, format="pdf", metadata=blank)
    out.seek(0)
    with pikepdf.open(out) as document:
        _tag(document, facts)
        done = io.BytesIO()
        document.save(
            done, deterministic_id=True, compress_streams=True, object_stream_mode=pikepdf.ObjectStreamMode.generate
        )
    return done.getvalue()


def _tag(document: pikepdf.Pdf, facts: Mapping[str, str]) -> None:
    """Title, language, metadata, and the smallest structure that says what a reader hears: a figure, then its links."""
    root, page = document.Root, document.pages[0]
    root.Lang = String("en")
    root.MarkInfo = Dictionary(Marked=True)
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    packet = document.make_stream(xmp(facts))
    packet.Type, packet.Subtype = Name.Metadata, Name.XML
    root.Metadata = packet
    document.docinfo = document.make_indirect(
        Dictionary(
            Title=String(facts["title"]),
            Subject=String(facts["description"]),
            Keywords=String(f"data {facts['data']}"),
            Creator=String(facts["software"]),
            Producer=String(facts["software"]),
        )
    )
    page.contents_add(b"/Figure <</MCID 0>> BDC\n", prepend=True)
    page.contents_add(b"\nEMC")
    tree = document.make_indirect(Dictionary(Type=Name.StructTreeRoot))
    whole = document.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=tree))
    picture = document.make_indirect(
        Dictionary(Type=Name.StructElem, S=Name.Figure, P=whole, Pg=page.obj, K=0, Alt=String(facts["description"]))
    )
    width, height = (float(each) for each in list(page.mediabox)[2:])
    picture.A = Dictionary(O=Name.Layout, Placement=Name.Block, BBox=Array([0, 0, width, height]))
    children, parents = _links(document, whole, picture)
    whole.K = Array(children)
    tree.K = whole
    tree.ParentTree = document.make_indirect(Dictionary(Nums=Array(parents)))
    tree.ParentTreeNextKey = len(children)
    page.obj.StructParents = 0
    page.obj.Tabs = Name.S
    root.StructTreeRoot = tree


def _links(document: pikepdf.Pdf, whole: pikepdf.Object, picture: pikepdf.Object) -> tuple[list[object], list[object]]:
    """Each link as an element with words of its own. -> the elements, and the tree's numbers of what stands in them."""
    page = document.pages[0]
    children: list[object] = [picture]
    parents: list[object] = [0, Array([picture])]
    for place, link in enumerate(page.obj.get("/Annots", []), start=1):
        address = str(link.A.URI) if "/A" in link else ""
        link.Contents = String(f"Source: {address}")
        link.StructParent = place
        reference = Dictionary(Type=Name.OBJR, Obj=link, Pg=page.obj)
        element = document.make_indirect(
            Dictionary(Type=Name.StructElem, S=Name.Link, P=whole, Pg=page.obj, K=Array([reference]))
        )
        children.append(element)
        parents += [place, element]
    return children, parents
