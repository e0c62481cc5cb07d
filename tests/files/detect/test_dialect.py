"""How files from elsewhere are written is seen, with a reason for each thing; what is given overrides what is seen."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.files.detect import delimiters
from geo.files.read import read_sheet
from geo.sheet import Dialect

Rows = list[tuple[str, ...]]
FOREIGN = (
    "Hafen,Ziel,Datum,Menge\nRajin,Wostotschny,07.09.23,12\nNajin,Wanino,08.09.23,300\nRason,Nachodka,09.09.23,7\n"
)
OWN = "origin,destination,depart,containers\nKPRJN,RUVVO,2023-09-07,300\n"


def rows_of(content: str) -> Rows:
    """The cells below the header."""
    return list(zip(*(column.to_pylist() for column in read_sheet(content.encode()).columns.values()), strict=True))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", "||", "::", "~|~", "; ", " | ", "^", "~", "<>", "##"])
@pytest.mark.parametrize("content", [FOREIGN, OWN], ids=["foreign", "own"])
def test_delimiters(delimiter: str, content: str) -> None:
    sheet = read_sheet(content.replace(",", delimiter).encode())
    assert [cell.strip() for cell in sheet.header] == content.split("\n", maxsplit=1)[0].split(",")
    assert (len(sheet), sheet.broken) == (content.count("\n") - 1, ())
    assert sheet.reasons["delimiter"].endswith(".")


def test_a_delimiter_of_two_characters_in_a_quoted_cell() -> None:
    assert rows_of('port||note\nRajin||"a||b"\nRason||\n') == [("Rajin", "a||b"), ("Rason", "")]
    assert rows_of('port; note\nRajin; "a; b"\nRason; x\n') == [("Rajin", "a; b"), ("Rason", "x")]


TWO_WORDS = (
    "Origin Port,Destination Port,Departure Date,Number of Containers\nPort Said,Busan New Port,2023-09-07,300\n",
    "Vessel Name,Port of Loading,Port of Discharge,ETD,No of Containers\nMaia 1,Busan,Port Said,9/7/2023 2:30 PM,300\n",
    "mode of transport,from,to,date,nr of containers\nsea,Busan,Vladivostok,2023-09-07,300\n",
    "cargo: type,origin city,destination city,depart: on,containers: no\nfish,Busan,Pusan,2023-09-07,300\n",
)


@pytest.mark.parametrize("rows", [0, 1, 3])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", ", "])
@pytest.mark.parametrize("content", TWO_WORDS)
def test_words_within_names_do_not_choose_the_delimiter(content: str, delimiter: str, rows: int) -> None:
    names, row = content.replace(",", delimiter).splitlines(keepends=True)
    sheet = read_sheet((names + row * rows).encode())
    assert [name.strip() for name in sheet.header] == content.partition("\n")[0].split(",")
    assert (len(sheet), sheet.broken) == (rows, ())


def test_our_names_do_not_outweigh_rows_that_are_split_otherwise() -> None:
    sheet = read_sheet(b"depart note|origin,destination,depart|sum\n" + b"Tuesday|Busan to Pusan|300\n" * 5)
    assert (sheet.dialect.delimiter, len(sheet), sheet.broken) == ("|", 5, ())


@given(st.lists(st.text(st.sampled_from('0ax,;|\t" '), max_size=6), min_size=1, max_size=6))
@example(["0\t,"])
@example(["0\t,", "1\t,", "2\t,"])
@example([";,", ";,a"])
def test_no_row_speaks_against_a_header_of_our_own_names(rows: list[str]) -> None:
    names = OWN.partition("\n")[0]
    for above in ("", "Voyages; from a ledger\n"):
        assert delimiters.find_marks(f"{above}{names}\n" + "\n".join(rows)).delimiter == ","


def test_a_title_that_names_columns_is_outdone_by_the_header_below_it() -> None:
    table = OWN.replace(",", "\t")
    assert delimiters.find_marks("Columns: origin, destination, depart, containers\n" + table * 2).delimiter == "\t"


def test_looking_at_lines_has_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = ['"a""b",' * 20 + "\n"] * 60
    assert len(delimiters.rows_of(lines, ",", '"', '"')) == 60
    monkeypatch.setattr(delimiters, "_STEPS", 200)
    assert len(delimiters.rows_of(lines, ",", '"', '"')) == 3


QUOTES = {
    "doubled": ('port;note\nRajin;"a ""b""; c"\n', '"', '"', 'a "b"; c'),
    "backslash": ('port;note\nRajin;"a \\"b\\"; \\\\ c\\d"\n', '"', "\\", 'a "b"; \\ c\\d'),
    "single": ("'port';'note'\n'Rajin';'it''s; so'\n'x';'y'\n", "'", "'", "it's; so"),
    "single, backslash": ("'port';'note'\n'Rajin';'it\\'s; so'\n'x';'y'\n", "'", "\\", "it's; so"),
    "single, names without": ("port;note\n'Rajin';'a; b'\n'Rason';'c'\n", "'", "'", "a; b"),
    "single, our names without": ("origin;note\n'Rajin';'a; b'\n'Rason';'c'\n", "'", "'", "a; b"),
    "inches": ('port;note\nRajin;5" pipe\nRason;6" pipe\n', '"', '"', '5" pipe'),
    "apostrophes": ("port;note\nRajin;l'eau\nRason;'til noon\n", '"', '"', "l'eau"),
}


@pytest.mark.parametrize(("content", "quote", "escape", "cell"), QUOTES.values(), ids=QUOTES)
def test_quotes(content: str, quote: str, escape: str, cell: str) -> None:
    sheet = read_sheet(content.encode())
    assert (sheet.dialect.quote, sheet.dialect.escape) == (quote, escape)
    assert sheet.columns["note"].to_pylist()[0] == cell


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_and_line_numbers(end: str) -> None:
    sheet = read_sheet(OWN.replace("\n", "\n\n").replace("\n", end).encode())
    assert (sheet.dialect.line_end, sheet.lines.tolist()) == (end, [3])
    assert read_sheet(b"port,note\rRajin,1\nRason,2\r\nRajin,3\n").lines.tolist() == [2, 3, 4]


def test_a_header_below_lines_that_end_otherwise() -> None:
    sheet = read_sheet(("Voyages\n" + "Source: MND\n\n" + OWN).replace("\n", "\r").replace("\r", "\n", 1).encode())
    assert (sheet.dialect.header_line, sheet.lines.tolist()) == (4, [5])


HEADERS: dict[str, tuple[str, int, int, tuple[str, ...]]] = {
    "first line": (FOREIGN, 1, 1, ("Hafen", "Ziel", "Datum", "Menge")),
    "title": ("Voyages in 2023\nSource: MND\n\n" + FOREIGN, 4, 1, ("Hafen", "Ziel", "Datum", "Menge")),
    "title with commas": ("Voyages in 2023,,,\n,,,\n" + FOREIGN, 3, 1, ("Hafen", "Ziel", "Datum", "Menge")),
    "title above our names": ("Ships, ports and days\n" + OWN, 2, 1, ("origin", "destination", "depart", "containers")),
    "comments": ("# made by hand\n# twice\n" + OWN, 3, 1, ("origin", "destination", "depart", "containers")),
    "units": (
        "port,date,qty\n(name),(dd.mm.yyyy),(TEU)\nRajin,07.09.2023,5\nRason,08.09.2023,6\n",
        1,
        2,
        ("port (name)", "date (dd.mm.yyyy)", "qty (TEU)"),
    ),
    "groups": (
        "From,,To,,Date\nport,country,port,country,\nRajin,KP,Wanino,RU,2023-09-07\nRason,KP,Wanino,RU,2023-09-08\n",
        1,
        2,
        ("From port", "From country", "To port", "To country", "Date"),
    ),
    "groups and units": (
        "Route,,Load,\nFrom,Departure,Boxes,Type\n(port),(UTC),(number),\nRajin,2023-09-07,5,x\nRason,2023-09-08,6,y\n",
        1,
        3,
        ("Route From (port)", "Route Departure (UTC)", "Load Boxes (number)", "Load Type"),
    ),
    "parts below names": (
        "From,To,Cargo,,Sailed\n,,Boxes,Ship,\nRajin,Wanino,300,Angara,2023-09-07\nRason,Wanino,20,Maria,2023-09-08\n",
        1,
        2,
        ("From", "To", "Cargo Boxes", "Cargo Ship", "Sailed"),
    ),
    "months below years": (
        "Origin,Destination,2023,,2024,\n,,Nov,Dec,Jan,Feb\nRajin,Wanino,1,2,3,4\nRason,Wanino,5,6,7,8\n",
        1,
        2,
        ("Origin", "Destination", "2023 Nov", "2023 Dec", "2024 Jan", "2024 Feb"),
    ),
    "parts below our own names": (
        "Origin,Destination,Volume,,Depart\n,,Containers,TEU,\nRajin,Wanino,3,4,2023-09-07\nRason,Wanino,2,3,2023-09-08\n",
        1,
        2,
        ("Origin", "Destination", "Volume Containers", "Volume TEU", "Depart"),
    ),
    "none": (
        "Rajin,Wanino,2023-09-07,12\nRason,Wanino,2023-09-08,7\nRajin,Wanino,2023-09-09,9\n",
        0,
        1,
        ("column 1", "column 2", "column 3", "column 4"),
    ),
    "names over two lines": (
        '"port of\nloading",date\nRajin,2023-09-07\nRason,2023-09-08\n',
        1,
        2,
        ("port of\nloading", "date"),
    ),
}


@pytest.mark.parametrize(("content", "line", "lines", "names"), HEADERS.values(), ids=HEADERS)
def test_headers(content: str, line: int, lines: int, names: tuple[str, ...]) -> None:
    sheet = read_sheet(content.encode())
    assert (sheet.dialect.header_line, sheet.dialect.header_lines, sheet.header) == (line, lines, names)
    above = content.split("\n")[: max(line - 1, 0)]
    assert sheet.preamble == tuple(each for each in above if each.strip())
    assert len(sheet) == content.count("\n") - max(line - 1, 0) - (lines if line else 0)
    again = read_sheet(content.encode(), dialect=sheet.dialect)
    assert (again.header, again.lines.tolist(), again.preamble) == (sheet.header, sheet.lines.tolist(), sheet.preamble)


def test_names_below_groups_are_kept_by_themselves() -> None:
    for name, lower in (
        ("groups", ("port", "country", "port", "country", "")),
        ("groups and units", ("From (port)", "Departure (UTC)", "Boxes (number)", "Type")),
        ("units", ()),
        ("names over two lines", ()),
    ):
        assert read_sheet(HEADERS[name][0].encode()).lower == lower


NO_MORE_LINES = {
    "a bad first row": "port,date,qty\nRajin,unknown,many\nRason,08.09.2023,6\nRajin,09.09.2023,7\n",
    "units in every row": "unit,state,qty\nTEU,-,-\nTEU,-,-\nTEU,-,7\n",
    "a row with gaps": "port,ship,,date\n,Angara,x,\nRajin,Maria,y,2023-09-08\nRason,,z,2023-09-09\n",
    "our names and a vague row": "origin,destination,depart\nKPRJN,RUVVO,summer\nKPRJN,RUVVO,2023\nx,y,z\n",
}


@pytest.mark.parametrize("content", NO_MORE_LINES.values(), ids=NO_MORE_LINES)
def test_a_row_is_never_taken_for_names(content: str) -> None:
    sheet = read_sheet(content.encode())
    assert (sheet.dialect.header_lines, len(sheet)) == (1, 3)


DECIMALS = {
    "comma and groups": (("1.234,5", "7"), ","),
    "comma": (("12,5", "3,25", "7"), ","),
    "narrow spaces": (("1\u202f234,5", "7"), ","),
    "point and groups": (("1,234.5", "7"), "."),
    "point": (("0.75", "12.5"), "."),
    "apostrophes": (("1'234.5",), "."),
    "groups alone": (("1,234", "5"), ""),
    "points alone": (("1.234", "5"), ""),
    "both": (("1,5", "1.5"), ""),
    "many groups": (("1,234,567",), "."),
}


@pytest.mark.parametrize(("cells", "mark"), DECIMALS.values(), ids=DECIMALS)
def test_decimal_marks(cells: tuple[str, ...], mark: str) -> None:
    sheet = read_sheet("\n".join(["Hafen;Menge", *(f"Rajin;{cell}" for cell in cells)]).encode())
    assert sheet.dialect.decimal == mark
    assert sheet.reasons["decimal"].endswith(".")


def test_repeated_headers_and_footers_are_set_aside_by_name() -> None:
    text = FOREIGN + "Hafen, ziel ,Datum,Menge\nRajin,Wanino,10.09.23,8\nSumme,,,327\n\nSource: a ledger\nas of 2023\n"
    sheet = read_sheet(text.encode())
    assert [(each.line, each.rule.split(" ")[0]) for each in sheet.broken] == [
        (5, "the"),
        (9, "only"),
        (10, "only"),
    ]
    assert sheet.columns["Hafen"].to_pylist()[-1] == "Summe"


def test_what_is_given_overrides_what_is_seen() -> None:
    given = Dialect(delimiter=";", header_line=0)
    sheet = read_sheet(OWN.encode(), dialect=given)
    assert (sheet.header, len(sheet), sheet.dialect, dict(sheet.reasons)) == (("column 1",), 2, given, {})


def test_a_repeated_header_in_line_of_another_case_is_no_row() -> None:
    sheet = read_sheet((OWN + OWN.upper()).encode())
    assert (len(sheet), [each.line for each in sheet.broken]) == (2, [3])
