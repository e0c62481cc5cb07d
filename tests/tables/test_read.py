"""A CSV becomes a table and its problems; rows read are rows kept plus rows set aside."""

from __future__ import annotations

import io
import math
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo import columns
from geo.errors import MissingColumns
from geo.tables.by_kind import read_events, read_legs, read_places, read_totals
from geo.tables.read import Kind, read
from tests import zoo

LEGS = "origin,destination,depart,containers\n"
TOTALS = "id,claimant,said_on,origin,destination,window,quantity,part_of,nature\n"
GOOD = "Najin,Vladivostok,2023-09-07,300\n"
OTHER = "Najin,Vladivostok,2023-09-08,300\n"


def utc(text: str) -> pd.Timestamp:
    return pd.Timestamp(text, tz="UTC")


def test_four_columns_are_a_legs_file() -> None:
    legs, problems = read_legs((LEGS + GOOD).encode())
    assert problems == []
    leg = legs.iloc[0]
    assert (leg["origin"], leg["destination"], leg["row"], leg["unit"], leg["mode"]) == (
        "KPRJN",
        "RUVVO",
        2,
        "container",
        0,
    )
    assert (leg["depart"], leg["depart_latest"]) == (utc("2023-09-07"), utc("2023-09-08"))
    assert pd.isna(leg["arrive"])
    assert (leg["containers_low"], leg["containers_best"], leg["containers_high"]) == (300, 300, 300)
    assert leg["length_km"] == pytest.approx(162.515, abs=0.001)
    assert leg["length_nm"] * 1.852 == pytest.approx(leg["length_km"])


@pytest.mark.parametrize(
    ("kind", "schema", "text"),
    [
        ("legs", columns.LEG_TABLE, LEGS),
        ("totals", columns.TOTAL_TABLE, TOTALS),
        ("places", columns.PLACE_TABLE, "code,name,lon,lat\n"),
        ("events", columns.EVENT_TABLE, "date,title\n"),
    ],
)
def test_tables_have_the_dtypes_of_the_schema_even_without_rows(kind: Kind, schema: dict[str, str], text: str) -> None:
    rows = {
        "legs": GOOD,
        "totals": "a,Seoul,2023-11-02,KPRJN,RUVVO,2023-09,about 5,,\n",
        "places": "x,X,1,2\n",
        "events": "2023-09-13,Summit\n",
    }
    for content in (text, text + rows[kind]):
        reading = read(content.encode())
        assert reading.kind == kind
        found = {name: str(dtype) for name, dtype in reading.table.dtypes.items() if name != "geometry"}
        assert found == schema
        assert list(reading.table.columns)[: len(schema)] == list(schema)
        if kind != "events":
            assert isinstance(reading.table, gpd.GeoDataFrame)
            assert reading.table.crs == "EPSG:4326"


def test_arrival_is_the_end_of_its_day_and_vague_departure_is_a_period() -> None:
    text = "origin,destination,depart,arrive,containers,said_on\nKPRJN,RUVVO,2023-08~,2023-09-08,~300,2023-10-13\n"
    leg = read_legs(text.encode())[0].iloc[0]
    assert (leg["depart"], leg["depart_latest"]) == (utc("2023-07-01"), utc("2023-10-01"))
    assert (leg["arrive_earliest"], leg["arrive"]) == (utc("2023-09-08"), utc("2023-09-09"))
    assert (leg["containers_low"], leg["containers_high"], leg["containers_words"]) == (270, 330, "~300")
    assert leg["said_on"] == utc("2023-10-13")


BAD_CELLS = {
    "unknown place": ("Najinn,RUVVO,2023-09-07,300", "origin", "Nearest spellings: Najin"),
    "ambiguous place": ("KPRJN,Kingston,2023-09-07,300", "destination", "JMKIN"),
    "no place": (",RUVVO,2023-09-07,300", "origin", "No place is given"),
    "the date must exist": ("KPRJN,RUVVO,2023-09-31,300", "depart", "30 days"),
    "no date": ("KPRJN,RUVVO,,300", "depart", "2023-09-07"),
    "dozens": ("KPRJN,RUVVO,2023-09-07,dozens", "containers", "the least and the most"),
    "no quantity": ("KPRJN,RUVVO,2023-09-07,", "containers", "about 300"),
    "same place": ("KPRJN,Rason,2023-09-07,300", "destination", "another destination"),
    "formula": ("=1+1,RUVVO,2023-09-07,300", "origin", "not in the gazetteer"),
}


@pytest.mark.parametrize(("row", "column", "hint"), BAD_CELLS.values(), ids=BAD_CELLS)
def test_a_bad_cell_sets_its_row_aside_with_rule_and_hint(row: str, column: str, hint: str) -> None:
    reading = read(f"{LEGS}{GOOD}{row}\n{OTHER}".encode())
    (problem,) = reading.problems
    assert (problem.row, problem.column) == (3, column)
    assert problem.given == row.split(",")[LEGS.strip().split(",").index(column)]
    assert problem.rule
    assert hint in problem.hint
    assert reading.table["row"].tolist() == [2, 4]
    assert reading.set_aside["line"].tolist() == ["3"]


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("mode", "horse"),
        ("mode", "5"),
        ("said_on", "yesterday"),
        ("arrive", "2023-09-06"),
        ("arrive", "soon"),
    ],
)
def test_bad_optional_cells(column: str, cell: str) -> None:
    reading = read(f"origin,destination,depart,containers,{column}\nKPRJN,RUVVO,2023-09-07,300,{cell}\n".encode())
    assert [(problem.column, problem.given) for problem in reading.problems] == [(column, cell)]
    assert (len(reading.table), len(reading.set_aside)) == (0, 1)


@pytest.mark.parametrize(
    ("column", "cell"), [("mode", "Maritime"), ("mode", "2"), ("imo", "IMO 9161003"), ("imo", "9161003"), ("mode", "")]
)
def test_good_optional_cells(column: str, cell: str) -> None:
    assert not read(f"{LEGS.strip()},{column}\n{GOOD.strip()},{cell}\n".encode()).problems


@pytest.mark.parametrize(
    ("column", "cell"),
    [
        ("imo", "9161004"),
        ("imo", "916100"),
        ("mmsi", "12345"),
        ("url", "javascript:alert(1)"),
        ("url", "https://x.org/<script>"),
        ("depart", "2027-01-02"),
        ("arrive", "2023-09-07T00:05"),
    ],
)
def test_what_cannot_well_be_is_kept_with_a_warning(column: str, cell: str) -> None:
    cells = {"origin": "KPRJN", "destination": "RUVVO", "depart": "2023-09-07T00:00", "containers": "300"} | {
        column: cell
    }
    content = f"{','.join(cells)}\n{','.join(cells.values())}\n".encode()
    reading = read(content, today=date(2026, 11, 23))
    assert [(each.column, each.given, each.severity) for each in reading.problems] == [(column, cell, "warning")]
    assert (reading.kept, len(reading.table), len(reading.set_aside)) == (1, 1, 0)


def test_a_row_that_is_there_twice_is_kept_and_flagged_once() -> None:
    reading = read(f"{LEGS}{GOOD}{OTHER}{GOOD}".encode())
    assert [(each.row, each.column, each.severity) for each in reading.problems] == [(4, "", "warning")]
    assert reading.kept == 3


def test_arriving_the_day_before_is_refused_and_on_the_same_day_is_not() -> None:
    head = "origin,destination,depart,containers,arrive\nKPRJN,RUVVO,"
    assert read(f"{head}2023-09-07,1,2023-09-06\n".encode()).problems
    assert not read(f"{head}2023-09-07,1,2023-09-07\n".encode()).problems
    assert not read(f"{head}2023-09-07T10:00,1,2023-09-07T10:00\n".encode()).problems.set_aside
    assert read(f"{head}2023-09-07T10:00,1,2023-09-07T09:59\n".encode()).problems


def test_row_numbers_are_line_numbers_through_quoted_newlines_blank_lines_and_ragged_rows() -> None:
    third = GOOD.replace("07", "09")
    text = f'{LEGS}{GOOD}\n"Najin","Vladivostok","2023-\n09-07",300\n{OTHER},,,\nKPRJN,RUVVO,2023-09-07\n{third}'
    text += "KPRJN,RUVVO,2023-09-07,1,000\n"
    reading = read(text.encode())
    assert reading.table["row"].tolist() == [2, 6, 9]
    assert [problem.row for problem in reading.problems] == [4, 8, 10]
    assert reading.rows == 6 == len(reading.table) + len(reading.set_aside)


def test_a_thousands_comma_without_quotes_is_never_read_as_one() -> None:
    reading = read(f"{LEGS}KPRJN,RUVVO,2023-09-07,1,000\n".encode())
    assert len(reading.table) == 0
    again = read(reading.set_aside_csv().encode())
    assert len(again.table) == 0, "loading the download back must not turn 1,000 into 1"


def test_an_open_quote_costs_its_own_row_only() -> None:
    reading = read(f'{LEGS}{GOOD}"KPRJN,RUVVO,2023-09-07,300\n{OTHER}{GOOD}'.encode())
    assert reading.table["row"].tolist() == [2, 4, 5]
    assert [problem.row for problem in reading.problems.set_aside] == [3]


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_and_line_ends(encode: str, delimiter: str, newline: str) -> None:
    text = (" Origin ,DESTINATION,depart,containers\n" + GOOD).replace(",", delimiter).replace("\n", newline)
    reading = read(text.encode(encode))
    assert (len(reading.table), reading.problems) == (1, ())


def test_foreign_columns_are_ignored_and_named() -> None:
    reading = read(f"{LEGS.strip()},Ship colour,\n{GOOD.strip()},red,x\n".encode())
    assert reading.ignored == ("Ship colour", "column 6")
    assert len(reading.table) == 1


def test_missing_columns_name_what_is_missing_and_what_is_there() -> None:
    with pytest.raises(MissingColumns, match=r"'containers'.*'origin'") as missing:
        read(b"origin,destination,depart\nKPRJN,RUVVO,2023-09-07\n", "legs")
    assert missing.value.missing == ("containers",)


def test_paths_bytes_and_open_files_give_the_same(tmp_path: Path) -> None:
    file = tmp_path / "legs [1]*.csv"
    file.write_text(LEGS + GOOD)
    with file.open("rb") as opened:
        opened.read()
        readings = [read(file), read(str(file)), read(file.read_bytes()), read(opened), read(io.StringIO(LEGS + GOOD))]
    assert len({reading.sha256 for reading in readings}) == 1
    assert all(len(reading.table) == 1 for reading in readings)


@pytest.mark.parametrize("text", zoo.HOSTILE_TEXT.values(), ids=zoo.HOSTILE_TEXT)
def test_hostile_text_is_kept_as_text_and_loads_again(text: str) -> None:
    frame = pd.DataFrame(
        [{"origin": "KPRJN", "destination": "RUVVO", "depart": "2023-09-07", "containers": "none known", "note": text}]
    )
    content = frame.to_csv(index=False).encode()
    reading = read(content)
    assert reading.rows == 1 == len(reading.set_aside)
    again = read(reading.set_aside_csv().encode())
    if "overflow" not in reading.set_aside:
        assert again.set_aside["note"].tolist() == reading.set_aside["note"].tolist()
    assert not any(
        str(cell).startswith(("=", "+", "-", "@", "\t", "\r"))
        for cell in pd.read_csv(io.StringIO(reading.set_aside_csv()), dtype=str).stack()
    )


def test_totals_keep_low_best_high_and_the_vague_window() -> None:
    row = 'a,Seoul,2023-11-02,KPRJN,RUVVO,[2022-06..2023-08]/2023-11-02,">1,000",,Estimate\n'
    totals, problems = read_totals((TOTALS + row).encode())
    assert problems == []
    total = totals.iloc[0]
    assert (total["low"], total["best"], total["high"]) == (1001, 1001, math.inf)
    assert (total["start_earliest"], total["start"], total["end"]) == (
        utc("2022-06-01"),
        utc("2023-08-01"),
        utc("2023-11-03"),
    )
    assert (total["quantity_words"], total["nature"]) == (">1,000", "estimate")


def test_a_total_without_an_id_gets_one_that_is_its_own() -> None:
    row = ",Seoul,2023-11-02,KPRJN,RUVVO,2023-09,5,,\n"
    totals, _ = read_totals((TOTALS + row + row).encode())
    assert totals["id"].is_unique
    assert (totals["id"] != "").all()


PARTS = {
    "two of one id": (["a,,", "a,,"], [3]),
    "part of nothing": (["a,b,", "c,,"], [2]),
    "part of itself": (["a,a,"], [2]),
    "part of itself, and a later one of that id is not": (["a,a,", "a,b,", "b,,"], [2, 3]),
    "a circle": (["a,b,", "b,a,", "c,a,"], [2, 3, 4]),
    "part of a row set aside": (["a,,guess", "b,a,", "c,b,"], [2, 3, 4]),
    "a chain": (["a,,", "b,a,", "c,b,capacity"], []),
}


@pytest.mark.parametrize(("rows", "bad"), PARTS.values(), ids=PARTS)
def test_part_of_leads_to_a_total_that_is_kept(rows: list[str], bad: list[int]) -> None:
    lines = [row.split(",") for row in rows]
    text = TOTALS + "".join(f"{a},Seoul,2023-11-02,KP,RU,2023-09,5,{b},{c}\n" for a, b, c in lines)
    reading = read(text.encode())
    assert sorted({problem.row for problem in reading.problems}) == bad
    assert len(reading.table) == len(rows) - len(bad)


@pytest.mark.parametrize("lon", ["181", "nan", "inf", "1e2", "east", "", "12.5.5", "9" * 400])
def test_positions_out_of_range_are_set_aside(lon: str) -> None:
    text = f'code,name,lon,lat\na,A,"{lon}",1\nb,B,-180,-90\n'
    places, problems = read_places(text.encode())
    assert [problem.column for problem in problems] == ["lon"]
    assert places["code"].tolist() == ["b"]


def test_events_are_days() -> None:
    events, problems = read_events(b"date,title\n2023-09-13,Summit\n2023-09-14,\n")
    assert events["date"].tolist() == [utc("2023-09-13")]
    assert [problem.column for problem in problems] == ["title"]


@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=6), st.booleans())
def test_nothing_is_lost_whatever_the_file_holds(rows: list[list[str]], quoted: bool) -> None:
    quote = ['"{}"' if quoted else "{}"][0]
    body = "\n".join(",".join(quote.format(cell.replace('"', '""')) for cell in row) for row in rows)
    content = f"{LEGS}{GOOD}{body}".encode("utf-8", "replace").replace(b"\0", b"")
    reading = read(content)
    assert reading.rows == len(reading.table) + len(reading.set_aside)
    assert {problem.row for problem in reading.problems.set_aside} == {int(line) for line in reading.set_aside["line"]}
    assert reading.table["row"].tolist()[:1] == [2]
