"""Placemarks of KML and KMZ become rows; what fetches, nests or never ends is refused."""

from __future__ import annotations

import pytest

from geo.errors import TooLarge, UnreadableFile
from geo.files import limits
from geo.files.read import read_sheet
from tests.files.books import zipped
from tests.files.cells import ENDS, rows_of

KML = """<?xml version="1.0" encoding="UTF-8"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Map</name>
<Folder><name>Ports</name><Placemark><name>Rajin</name><Point><coordinates>130.3,42.23</coordinates></Point></Placemark>
</Folder><Folder><name>Voyages</name><Placemark><name>A &amp; B</name><description><![CDATA[<b>300</b>]]></description>
<TimeSpan><begin>2023-09-07</begin><end>2023-09-09</end></TimeSpan>
<ExtendedData><Data name="containers"><value>300</value></Data><SchemaData><SimpleData name="ship">Angara</SimpleData>
</SchemaData></ExtendedData><LineString><coordinates>
 130.3,42.23,0 131,42.5,0
 132.33,42.88,0 </coordinates></LineString></Placemark>
<Placemark><MultiGeometry><LineString><coordinates>1,2 3,4</coordinates></LineString><LineString><coordinates>5,6 7,8
</coordinates></LineString></MultiGeometry></Placemark>
<Placemark><gx:Track><when>2023-09-01</when><when>2023-09-02</when><gx:coord>1 2 0</gx:coord><gx:coord>3 4 0</gx:coord>
</gx:Track></Placemark></Folder></Document></kml>"""


@pytest.mark.parametrize("content", [KML.encode(), zipped({"doc.kml": KML.encode(), "files/icon.png": b"x"})])
def test_kml_and_kmz(content: bytes) -> None:
    sheet = read_sheet(content, "x.kmz")
    assert (sheet.choices, sheet.dialect.form) == (("Voyages", "Ports"), "kml")
    assert sheet.header == (*ENDS, "name", "description", "begin", "end", "containers", "ship")
    assert rows_of(sheet) == [
        ("130.3", "42.23", "132.33", "42.88", "A & B", "<b>300</b>", "2023-09-07", "2023-09-09", "300", "Angara"),
        ("1", "2", "7", "8", "", "", "", "", "", ""),
        ("1", "2", "3", "4", "", "", "2023-09-01", "2023-09-02", "", ""),
    ]
    ports = read_sheet(content, said={"sheet": "Ports"})
    assert (ports.header, rows_of(ports)) == (("lon", "lat", "name"), [("130.3", "42.23", "Rajin")])
    assert len(read_sheet(content, at_most=1)) == 1


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))


MARK = '<?xml version="1.0"?>'


HOSTILE_KML = {
    "entities": (f'{MARK}<!DOCTYPE kml [<!ENTITY e0 "x">{BOMB}]><kml>&e8;</kml>', "document type"),
    "a file": (f'{MARK}<!DOCTYPE kml [<!ENTITY f SYSTEM "file:///etc/passwd">]><kml>&f;</kml>', "document type"),
    "a document type elsewhere": (f'{MARK}<!DOCTYPE kml SYSTEM "http://example.org/x.dtd"><kml/>', "document type"),
    "a link": (KML.replace("<Folder>", "<NetworkLink><Link/></NetworkLink><Folder>", 1), "never fetched"),
    "depth": (f"<kml>{'<Folder>' * 500}{'</Folder>' * 500}</kml>", "nested too deeply"),
    "an end too early": (KML[:900], "broken XML"),
    "no placemarks": ("<kml><Document/></kml>", "without placemarks"),
}


@pytest.mark.parametrize(("text", "words"), HOSTILE_KML.values(), ids=HOSTILE_KML)
def test_kml_that_names_others_or_never_ends_is_refused(text: str, words: str) -> None:
    for content in (text.encode(), zipped({"doc.kml": text.encode()})):
        with pytest.raises(UnreadableFile, match=words) as refused:
            read_sheet(content, "x.kml")
        assert refused.value.hint


def test_a_text_without_end_in_kml_is_refused() -> None:
    text = KML.replace("<b>300</b>", "x\n" * (40 * limits.MIB)).encode()
    with pytest.raises(TooLarge, match="the size of a text"):
        read_sheet(text, "x.kml")
