"""SVG with real text, and PDF with embedded fonts, live links, a title, an alternative text and tags."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Mapping
from xml.sax.saxutils import escape, quoteattr

import pikepdf
from matplotlib.figure import Figure
from pikepdf import Array, Dictionary, Name, String

from geo.brief.plate.frame import Frame

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
