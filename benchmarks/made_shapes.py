"""JSON, KML, zipped shapefiles, web pages and XML, made up at random, some of them hostile; see `made_files`."""

from __future__ import annotations

import json
import random
import struct
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from benchmarks.made_files import HUGE, NAMES, TEXTS
from tests.files.books import zipped

POSITIONS: tuple[object, ...] = ([130.3, 42.2], [1e9, 1e9], [], ["x"], [1], None, [131.9, 43.1, 5], [[1, 2], [3, 4]])
KEYS = (*NAMES, "coordinates", "from", "to", "path", "geometry", "type", "properties", "latlng", "data", "columns")


def records(chance: random.Random, bait: Path) -> bytes:
    """JSON of any shape that holds objects somewhere, now and then cut or nested without end."""
    del bait
    rows = [_value(chance, 3) for _ in range(chance.randint(1, 6))]
    if chance.random() < 0.3:
        text = "\n".join(map(json.dumps, rows))
    else:
        text = json.dumps(chance.choice((rows, {"data": rows}, {"a": {"b": rows}, "columns": rows}, [rows, *rows])))
    if chance.random() < 0.15:
        more = chance.choice(("[", '{"a":', "\x1e", "}")) * chance.randint(0, 5_000)
        text = text[: chance.randint(0, len(text))] + more
    return text.encode(chance.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16")))


def _value(chance: random.Random, depth: int) -> object:
    kind = chance.randrange(6 if depth else 3)
    if kind >= 4:
        return {chance.choice(KEYS): _value(chance, depth - 1) for _ in range(chance.randint(0, 5))}
    if kind == 3:
        return [_value(chance, depth - 1) for _ in range(chance.randint(0, 3))]
    return chance.choice((*TEXTS, *POSITIONS, 1, 1e300, True, None, "\ud800"))


def kml(chance: random.Random, bait: Path) -> bytes:
    """Placemarks in folders, with data of any name; some with entities and links to a file of this machine."""
    marks = "".join(_placemark(chance) for _ in range(chance.randint(0, 6)))
    extra = chance.choice(
        ("", "", "", f"<NetworkLink><Link><href>{bait.as_uri()}</href></Link></NetworkLink>", "&outside;", "<Folder>")
    )
    folders = chance.choice((1, 1, 2, 150, 400))
    body = f"{'<Folder><name>x</name>' * folders}{marks}{extra}{'</Folder>' * folders}"
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    head = f'<!DOCTYPE kml [<!ENTITY outside SYSTEM "{bait.as_uri()}"><!ENTITY e0 "x">{entities}]>'
    text = f'<?xml version="1.0"?>{head if chance.random() < 0.2 else ""}<kml><Document>{body}</Document></kml>'
    content = text.encode(chance.choice(("utf-8", "utf-8", "utf-16")), "replace")
    return zipped({chance.choice(("doc.kml", "../../doc.kml")): content}) if chance.random() < 0.3 else content


def _placemark(chance: random.Random) -> str:
    texts = [escape("".join(mark for mark in chance.choice(TEXTS) if mark.isprintable())) for _ in range(3)]
    data = f"<ExtendedData><Data name={quoteattr(chance.choice(NAMES))}><value>{texts[0]}</value></Data></ExtendedData>"
    at = chance.choice(("130.3,42.2,0 131.9,43.1", "1e9,1e9 x", "", "1", "130.3,42.2", "nan,inf 1,2"))
    shape = chance.choice(("LineString", "Point", "LinearRing", "gx:Track"))
    inner = f"<coordinates>{at}</coordinates>" if shape != "gx:Track" else f"<gx:coord>{at}</gx:coord>"
    return f"<Placemark><name>{texts[1]}</name>{data}<{shape}>{inner}</{shape}></Placemark>"


def shapefile(chance: random.Random, bait: Path) -> bytes:
    """Its parts in a .zip, with numbers of records, parts and points that may be anything."""
    rows = chance.randint(0, 5)
    fields = [(chance.choice(NAMES).encode()[:10], chance.choice("CNFDL?"), chance.randint(0, 20)) for _ in range(3)]
    width = 1 + sum(size for _, _, size in fields)
    described = b"".join(struct.pack("<11sc4xBB14x", name, kind.encode(), size, 0) for name, kind, size in fields)
    cells = b"".join(chance.choice((b" ", b"*")) + chance.randbytes(width - 1) for _ in range(rows))
    many = chance.choice((rows, rows, rows, 2**32 - 1))
    head = struct.pack("<4xIHH17xB2x", many, 33 + len(described), chance.choice((width, width, 0, 65_535)), 0x57)
    shapes = b"".join(_shape(chance, number) for number in range(rows))
    parts: dict[str, str | bytes] = {
        "../../a.shp": struct.pack(">i", 9994) + bytes(96) + shapes,
        "../../a.dbf": head + described + b"\r" + cells,
        "../../a.prj": chance.choice(("", 'GEOGCS["WGS 84"]', f'PROJCS["x",EXTENSION["PROJ4","+nadgrids={bait}"]]')),
        "../../a.cpg": chance.choice(("UTF-8", "zip", "rot13", "1251", "9" * 90)),
    }
    return zipped({name: part for name, part in parts.items() if chance.random() < 0.95})


def _shape(chance: random.Random, number: int) -> bytes:
    parts, points = chance.choice(((1, 2), (1, 2), (2, 3), (0, 0), (-1, 2**31 - 1), (2**31 - 1, 2)))
    at = struct.pack("<4d", 130.3, 42.2, chance.choice((131.9, 1e300, float("nan"))), 43.1)
    line = struct.pack("<i32x2ii", chance.choice((3, 3, 13, 23, 5, 99)), parts, points, 0) + at
    content = chance.choice((line, line, struct.pack("<i2d", 1, 130.3, 42.2), struct.pack("<i", 0), b""))
    size = chance.choice((len(content), len(content), len(content), chance.choice(HUGE) % 2**31))
    return struct.pack(">ii", number + 1, size // 2) + content


TAGS = ("table", "tr", "td", "th", "span hidden", "sup", "h2", "caption", "div", "select", "script", "template", "br")
ODD = ("0", "2", "-1", "65535", "999999999", "x", "٣")


def marked_up(chance: random.Random, bait: Path) -> bytes:
    """A web page, or a workbook as XML, with cells that reach anywhere and elements that end nowhere."""
    if chance.random() < 0.3:
        return _xml_workbook(chance, bait)
    parts = []
    for _ in range(chance.randint(2, 40)):
        tag, text = chance.choice(TAGS), escape(chance.choice(TEXTS))
        span = f" {chance.choice(('rowspan', 'colspan'))}={chance.choice(ODD)}" if chance.random() < 0.3 else ""
        end = f"</{tag.split()[0]}>" if chance.random() < 0.5 else ""
        parts.append(f"<{tag}{span}>{text}{end}")
    charset = chance.choice(("utf-8", "utf-16", "utf-7", "rot13", "cp1251", "x" * 90))
    text = f"<html><meta charset={charset}><table><tr><td>origin<td>destination{''.join(parts)}"
    return text.encode(chance.choice(("utf-8", "utf-8", "cp949", "utf-16")), "replace")


def _xml_workbook(chance: random.Random, bait: Path) -> bytes:
    rows = ""
    for _ in range(chance.randint(1, 8)):
        cells = "".join(
            f'<Cell ss:{chance.choice(("Index", "MergeAcross", "MergeDown", "x"))}="{chance.choice(ODD)}">'
            f'<Data ss:Type="{chance.choice(("String", "Number", "DateTime", "Boolean"))}">'
            f"{escape(''.join(mark for mark in chance.choice(TEXTS) if mark.isprintable()))}</Data></Cell>"
            for _ in range(chance.randint(0, 5))
        )
        rows += (
            f'<Row ss:Index="{chance.choice(ODD)}">{cells}</Row>' if chance.random() < 0.3 else f"<Row>{cells}</Row>"
        )
    head = f'<!DOCTYPE x [<!ENTITY f SYSTEM "{bait.as_uri()}">]>' if chance.random() < 0.2 else ""
    sheet = f'<Worksheet ss:Name="A"><Table>{rows}</Table></Worksheet>'
    text = f'<?xml version="1.0"?>{head}<Workbook xmlns:ss="x">{sheet}</Workbook>'
    return text.encode("utf-8", "replace")
