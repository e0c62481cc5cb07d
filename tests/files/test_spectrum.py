"""The cases that every reader of CSV is asked about: commas, quotes and line breaks in cells, and nothing in them."""

from __future__ import annotations

import pytest

from geo.files.read import read_sheet

CASES: dict[str, tuple[str, list[str], list[list[str]]]] = {
    "comma in quotes": (
        'first,last,address\nJohn,Doe,"120 any st., Anytown, WW"\n',
        ["first", "last", "address"],
        [["John", "Doe", "120 any st., Anytown, WW"]],
    ),
    "empty": ('a,b,c\n1,"",""\n2,3,4\n', ["a", "b", "c"], [["1", "", ""], ["2", "3", "4"]]),
    "empty with crlf": ('a,b,c\r\n1,"",""\r\n2,3,4\r\n', ["a", "b", "c"], [["1", "", ""], ["2", "3", "4"]]),
    "escaped quotes": (
        'a,b\n1,"ha ""ha"" ha"\n3,4\n',
        ["a", "b"],
        [["1", 'ha "ha" ha'], ["3", "4"]],
    ),
    "json": (
        'key,val\n1,"{""kind"": ""box"", ""sides"": [102.0, 0.5]}"\n',
        ["key", "val"],
        [["1", '{"kind": "box", "sides": [102.0, 0.5]}']],
    ),
    "location coordinates": (
        "lat,lon,name\n43.1089,131.8883,Vladivostok\n-33.86,151.21,Sydney\n",
        ["lat", "lon", "name"],
        [["43.1089", "131.8883", "Vladivostok"], ["-33.86", "151.21", "Sydney"]],
    ),
    "newlines": (
        'a,b,c\n1,2,3\n"Once upon \na time",5,6\n7,8,9\n',
        ["a", "b", "c"],
        [["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]],
    ),
    "newlines crlf": (
        'a,b,c\r\n1,2,3\r\n"Once upon \r\na time",5,6\r\n7,8,9\r\n',
        ["a", "b", "c"],
        [["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]],
    ),
    "quotes and newlines": (
        'a,b\n1,"ha \n""ha"" \nha"\n3,4\n',
        ["a", "b"],
        [["1", 'ha \n"ha" \nha'], ["3", "4"]],
    ),
    "simple": ("a,b,c\n1,2,3", ["a", "b", "c"], [["1", "2", "3"]]),
    "simple lf": ("a,b,c\n1,2,3\n", ["a", "b", "c"], [["1", "2", "3"]]),
    "simple crlf": ("a,b,c\r\n1,2,3\r\n", ["a", "b", "c"], [["1", "2", "3"]]),
    "utf8": ("a,b,c\n1,2,3\n4,5,ʤ\n", ["a", "b", "c"], [["1", "2", "3"], ["4", "5", "ʤ"]]),
}


@pytest.mark.parametrize(("text", "header", "rows"), CASES.values(), ids=CASES)
def test_spectrum(text: str, header: list[str], rows: list[list[str]]) -> None:
    sheet = read_sheet(text.encode())
    assert list(sheet.header) == header
    assert [list(row) for row in zip(*(each.to_pylist() for each in sheet.columns.values()), strict=True)] == rows
    assert sheet.broken == ()
