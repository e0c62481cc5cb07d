"""Workbooks as one XML text (SpreadsheetML 2003) become the sheets that an .xlsx would."""

from __future__ import annotations

import pytest

from geo.errors import DialectError, UnreadableFile
from geo.files.read import read_sheet
from tests.files.cells import rows_of


def cell(text: str, kind: str = "String", more: str = "", inner: str = "") -> str:
    return f'<Cell {more}><Data ss:Type="{kind}">{text}</Data>{inner}</Cell>'


def book(**sheets: str) -> str:
    written = "".join(f'<Worksheet ss:Name="{name}"><Table>{rows}</Table></Worksheet>' for name, rows in sheets.items())
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">{written}</Workbook>'
    )


NAMES = "".join(map(cell, ("Origin", "Destination", "Depart", "Containers", "Late")))
DOWN, SECOND = 'ss:MergeDown="1"', 'ss:Index="2"'
ROWS = (
    f"<Row>{cell('Voyages')}</Row><Row ss:Index='3'>{NAMES}</Row>"
    f"<Row>{cell('Rajin', more=DOWN)}{cell('Vladivostok')}"
    f"{cell('2023-09-07T00:00:00.000', 'DateTime')}"
    f"{cell('300', 'Number', inner='<Comment><ss:Data>doubtful</ss:Data></Comment>')}{cell('1', 'Boolean')}</Row>"
    f"<Row>{cell('Dunay &amp; Co', more=SECOND)}{cell('2023-09-08T06:30:00.000', 'DateTime')}"
    f"{cell('12.5', 'Number')}</Row>"
)


def test_a_workbook_as_xml_is_read_as_a_workbook() -> None:
    content = book(Cover=f"<Row>{cell('by us')}</Row>", Voyages=ROWS).encode()
    sheet = read_sheet(content, "report.xls")
    assert (sheet.choices, sheet.dialect.sheet, sheet.dialect.form) == (("Cover", "Voyages"), "Voyages", "xml-workbook")
    assert (sheet.header, sheet.preamble) == (("Origin", "Destination", "Depart", "Containers", "Late"), ("Voyages",))
    assert sheet.lines.tolist() == [4, 5]
    assert rows_of(sheet) == [
        ("Rajin", "Vladivostok", "2023-09-07", "300", "true"),
        ("Rajin", "Dunay & Co", "2023-09-08T06:30:00", "12.5", ""),
    ]
    assert "“Origin” of rows 4 to 5" in sheet.reasons["merged"]
    assert rows_of(read_sheet(content, dialect=sheet.dialect)) == rows_of(sheet)
    assert len(read_sheet(content, at_most=1)) == 1
    assert rows_of(read_sheet(content.decode().encode("utf-16"))) == rows_of(sheet)


def test_other_sheets_hostile_numbers_and_broken_xml() -> None:
    with pytest.raises(DialectError, match="the file has 'Voyages'"):
        read_sheet(book(Voyages=ROWS).encode(), said={"sheet": "x"})
    with pytest.raises(UnreadableFile, match="is broken XML"):
        read_sheet(book(Voyages=ROWS).encode()[:-30])
    document_type = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    hostile = book(Voyages=ROWS).replace('<?xml version="1.0"?>', document_type).replace("Rajin", "&f;")
    with pytest.raises(UnreadableFile, match="document type"):
        read_sheet(hostile.encode())
    for index in ("999999999999", "-5", "x", "٣"):
        odd = book(Voyages=ROWS.replace("ss:Index='3'", f"ss:Index='{index}'"))
        assert rows_of(read_sheet(odd.encode()))[0][:2] == ("Rajin", "Vladivostok")


def test_two_sheets_of_one_name_are_two() -> None:
    first, second = book(Voyages=ROWS), book(Voyages=ROWS.replace("Rajin", "Chongjin"))
    sheet_of = second[second.index("<Worksheet") : second.index("</Workbook>")]
    content = first.replace("</Workbook>", f"{sheet_of}</Workbook>").encode()
    assert read_sheet(content).choices == ("Voyages", "Voyages (2)")
    assert rows_of(read_sheet(content, said={"sheet": "Voyages (2)"}))[0][0] == "Chongjin"
