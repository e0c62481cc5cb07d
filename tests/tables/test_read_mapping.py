"""A mapping names the columns, fixes texts, answers places and orders dates; what is left open is told."""

from __future__ import annotations

import io
from dataclasses import replace

import pandas as pd
import pytest

from geo.errors import Cancelled, MappingError, MissingColumns
from geo.files.read import read_sheet
from geo.matching.mapping import ColumnMap
from geo.sheet import Dialect
from geo.tables.read import read, take
from geo.tables.swapped_axes import exchanged, swapped_ends

COLUMNS = {"POL": "origin", "POD": "destination", "ETD": "depart", "Boxes": "containers"}
HEAD = "POL,POD,ETD,Boxes\n"
LEGS = "origin,destination,depart,containers\n"


def test_foreign_headers_are_ours_by_the_mapping_alone() -> None:
    content = f"{HEAD}Najin,Vladivostok,2023-09-07,5\n".encode()
    with pytest.raises(MissingColumns):
        read(content, "legs")
    reading = read(content, mapping=ColumnMap("legs", COLUMNS))
    assert (reading.kind, reading.kept, reading.ignored) == ("legs", 1, ())
    with pytest.raises(MissingColumns, match="containers"):
        read(content, mapping=ColumnMap("legs", {name: to for name, to in COLUMNS.items() if name != "Boxes"}))
    with pytest.raises(MappingError):
        read(content, mapping=ColumnMap("legs", {**COLUMNS, "ETA": "arrive"}))


def test_headers_in_another_case_are_the_same_to_a_mapping() -> None:
    content = f"{HEAD.upper()}Najin,Vladivostok,2023-09-07,5\n".encode()
    assert read(content, mapping=ColumnMap("legs", COLUMNS)).kept == 1


def test_a_column_called_line_is_ours_in_our_own_files_alone() -> None:
    rows = "Maersk,Najin,Vladivostok,2023-09-07,5,x\nMSC,Najin,Vladivostok,2023-09-07,5,x\n"
    foreign = read(f"Line,{LEGS.strip()},colour\n{rows}".encode())
    assert (foreign.ignored, foreign.problems) == (("Line", "colour"), [])
    kept = read(f"line,{LEGS.strip()},note\n{rows}".encode())
    assert kept.ignored == ()


def test_a_fixed_text_fills_a_column_that_the_file_lacks() -> None:
    mapping = ColumnMap("legs", COLUMNS, fixed={"unit": "TEU", "mode": "rail", "claimant": "me"})
    row = read(f"{HEAD}Najin,Vladivostok,2023-09-07,5\n".encode(), mapping=mapping).table.iloc[0]
    assert (row["unit"], row["mode"], row["claimant"]) == ("teu", 2, "me")


def test_the_order_of_day_and_month_is_decided_from_the_whole_column_and_noted() -> None:
    text = f"{LEGS}Najin,Vladivostok,07/09/2023,5\nNajin,Vladivostok,13/09/2023,5\n"
    reading = read(text.encode())
    assert reading.table["depart"].dt.strftime("%d.%m.").tolist() == ["07.09.", "13.09."]
    assert (reading.mapping.dates, reading.undecided) == ({"depart": "day first"}, ())
    assert read(text.encode(), mapping=reading.mapping).table.equals(reading.table)


def test_an_order_that_nobody_can_tell_is_asked_for() -> None:
    content = f"{LEGS}Najin,Vladivostok,07/09/2023,5\nNajin,Vladivostok,2023-09-08,6\n".encode()
    open_ = read(content)
    assert (open_.undecided, open_.kept) == (("depart",), 1)
    told = read(content, mapping=ColumnMap("legs", open_.mapping.columns, dates={"depart": "month first"}))
    assert (told.undecided, told.table["depart"].dt.month.tolist()) == ((), [7, 9])


@pytest.mark.parametrize("answer", ["day first", "month first"])
def test_a_column_that_contradicts_itself_is_told_with_an_example_of_each_order(answer: str) -> None:
    days = ["25/09/2023", "09/26/2023", "05/06/2023"]
    content = (LEGS + "".join(f"Najin,Vladivostok,{day},5\n" for day in [*days, "2023-09-01"])).encode()
    reading = read(content)
    assert (reading.undecided, reading.kept) == (("depart",), 1)
    rule = "The values contradict each other: 25/09/2023 has the day first, 09/26/2023 the month"
    assert dict(reading.contradictions) == {"depart": f"{rule}."}
    assert [each.rule for each in reading.problems] == [rule] * 3
    told = read(content, mapping=ColumnMap("legs", reading.mapping.columns, dates={"depart": answer}))
    assert (told.kept, dict(told.contradictions)) == (3, {})
    assert "there is no month" in told.problems[0].rule


@pytest.mark.parametrize(("dialect", "asked"), [({}, True), ({"decimal": ","}, False), ({"decimal": "."}, False)])
def test_figures_that_may_be_either_are_asked_for_until_somebody_says(dialect: dict[str, str], asked: bool) -> None:
    content = f"{LEGS}Najin,Vladivostok,2023-09-07,1.200\nNajin,Vladivostok,2023-09-07,30\n".encode()
    reading = read(content, dialect=Dialect(**dialect) if dialect else None)  # type: ignore[arg-type]
    assert (reading.unsure is not None) == asked
    assert reading.kept == (2 if dialect.get("decimal") == "," else 1)


def test_a_detected_decimal_mark_does_not_settle_what_thousands_look_like() -> None:
    rows = "43.115;131.882;35.10;129.04;2023-09-07;1.200\n"
    head = "origin_lat;origin_lon;destination_lat;destination_lon;depart;containers\n"
    reading = read((head + rows).encode())
    assert reading.dialect.decimal == "."
    assert (reading.kept, reading.unsure and reading.unsure.text) == (0, "1.200")
    assert read((head + rows).encode(), dialect=replace(reading.dialect, decimal=",")).kept == 1


DEGREES = "origin_lat,origin_lon,destination_lat,destination_lon,depart,containers\n"


@pytest.mark.parametrize(
    ("lat", "lon", "rules"),
    [
        ("129.04", "35.1", ["latitude and longitude look swapped"]),
        ("129°E", "35°N", ["latitude and longitude look swapped"] * 2),
        ("95.0", "200.0", ["a latitude is between -90 and 90", "a longitude is between -180 and 180"]),
        ("129.04", "131.0", ["a latitude is between -90 and 90"]),
        ("129.04", "", ["a latitude is between -90 and 90", "a position needs both latitude and longitude"]),
    ],
)
def test_degrees_look_swapped_only_where_exchanging_them_makes_sense(lat: str, lon: str, rules: list[str]) -> None:
    reading = read(f"{DEGREES}{lat},{lon},43.1,131.9,2023-09-07,5\n".encode())
    assert sorted(each.rule for each in reading.problems) == sorted(rules)
    assert bool(swapped_ends(reading)) == rules[0].endswith("swapped")


def test_a_wholly_swapped_file_is_put_right_by_exchanging_two_columns() -> None:
    content = (DEGREES + "129.04,35.1,43.1,131.9,2023-09-07,5\n29.0,35.1,43.1,131.9,2023-09-07,6\n").encode()
    reading = read(content)
    assert (reading.kept, dict(swapped_ends(reading))) == (1, {"origin": 1})
    after = read(content, mapping=exchanged(reading.mapping, swapped_ends(reading)))
    assert (after.kept, dict(swapped_ends(after))) == (2, {})
    assert after.table.geometry.iloc[0].coords[0] == pytest.approx((129.04, 35.1))
    one_of_many = read((DEGREES + "129.04,35.1,43.1,131.9,2023-09-07,5\n" + "1.5,2,3,4,2023-09-07,5\n" * 2).encode())
    assert (one_of_many.kept, dict(swapped_ends(one_of_many))) == (2, {})


def test_a_place_in_doubt_holds_its_rows_back_until_it_is_answered() -> None:
    rows = "Kingston,Vladivostok,2023-09-07,1\nKINGSTON,Vladivostok,2023-09-08,2\nNirgends,Vladivostok,2023-09-09,3\n"
    content = f"{LEGS}{rows}Nirgends,Nirgends,2023-09-09,3\n".encode()
    reading = read(content)
    assert [(each.text, each.rows, bool(each.candidates)) for each in reading.unplaced] == [
        ("Nirgends", 2, False),
        ("KINGSTON", 1, True),
        ("Kingston", 1, True),
    ]
    assert reading.kept == 0
    answers = {"Kingston": "JMKIN", "Nirgends": "10, 20"}
    told = read(content, mapping=ColumnMap("legs", reading.mapping.columns, places=answers))
    assert told.table["origin"].tolist() == ["JMKIN", "JMKIN", "10.00000N20.00000E"]
    assert told.own_places[["code", "name"]].values.tolist() == [["10.00000N20.00000E", "Nirgends"]]
    assert told.unplaced == ()


def test_coordinates_make_places_of_the_files_own_called_by_their_most_frequent_name() -> None:
    mapping = ColumnMap("legs", {**COLUMNS, "lat": "origin_lat", "lon": "origin_lon"})
    head = "POL,lat,lon,POD,ETD,Boxes\n"
    names = {7: "Pier 2", 8: "Pier 1", 9: "Pier 1"}
    rows = "".join(f"{name},43.1,131.9,KPRJN,2023-09-0{day},5\n" for day, name in names.items())
    reading = read((head + rows).encode(), mapping=mapping)
    place = reading.own_places.iloc[0]
    assert (len(reading.own_places), place["name"], place["aliases"]) == (1, "Pier 1", "Pier 2")
    assert (place.geometry.x, place.geometry.y) == (131.9, 43.1)
    assert set(reading.table["origin"]) == {place["code"]}


@pytest.mark.parametrize(
    ("lat", "lon", "column"), [("131.9", "43.1", "origin_lat"), ("43.1", "", "origin_lon"), ("x", "1", "origin_lat")]
)
def test_bad_coordinates_set_their_row_aside(lat: str, lon: str, column: str) -> None:
    mapping = ColumnMap("legs", {**COLUMNS, "lat": "origin_lat", "lon": "origin_lon"})
    reading = read(f"POL,lat,lon,POD,ETD,Boxes\n,{lat},{lon},KPRJN,2023-09-07,5\n".encode(), mapping=mapping)
    assert column in [each.column for each in reading.problems]
    assert reading.kept == 0


def test_where_a_row_has_no_coordinates_its_text_counts() -> None:
    mapping = ColumnMap("legs", {**COLUMNS, "lat": "origin_lat", "lon": "origin_lon"})
    text = "POL,lat,lon,POD,ETD,Boxes\nNajin,,,RUVVO,2023-09-07,5\nNirgends,,,RUVVO,2023-09-07,5\n"
    reading = read(text.encode(), mapping=mapping)
    assert reading.table["origin"].tolist() == ["KPRJN"]
    assert [(each.row, each.column) for each in reading.problems] == [(3, "origin")]


def test_rows_set_aside_load_again_with_the_same_mapping() -> None:
    mapping = ColumnMap("legs", {**COLUMNS, "line": "note"}, fixed={"unit": "TEU"})
    reading = read(b"POL,POD,ETD,Boxes,line\nNajn,RUVVO,2023-09-07,5,=red\nx\n", mapping=mapping)
    again = reading.set_aside_csv()
    assert again.startswith("line,why,POL,POD,ETD,Boxes,line (yours),overflow\n")
    mended = read(again.replace("Najn,", "Najin,").encode(), mapping=mapping)
    assert (mended.rows, mended.kept, mended.ignored) == (2, 1, ())
    assert mended.table["note"].tolist() == ["=red"]
    assert [each.column for each in mended.problems] == ["overflow"]


def test_the_cells_of_a_ragged_row_stand_in_their_columns_and_the_rest_in_the_overflow() -> None:
    head = "origin,destination,depart,containers,note\n"
    rows = [
        "KPRJN,RUVVO,2023-09-07,1,200,from the port,seen",
        "KPRJN,RUVVO,2023-09-08,5",
        "KPRJN,RUVVO,2023-09-09,7,",
        "x,",
    ]
    aside = read((head + "\n".join(rows) + "\n").encode()).set_aside
    assert aside.columns.tolist() == [
        "line",
        "why",
        "origin",
        "destination",
        "depart",
        "containers",
        "note",
        "overflow",
    ]
    assert aside.iloc[:, 2:].to_numpy().tolist() == [
        ["KPRJN", "RUVVO", "2023-09-07", "1", "200", "from the port,seen"],
        ["KPRJN", "RUVVO", "2023-09-08", "5", "", "KPRJN,RUVVO,2023-09-08,5"],
        ["x", "", "", "", "", "x,"],
    ]


def test_a_ragged_row_loads_again_once_its_shift_is_corrected_and_not_before() -> None:
    content = "origin,destination,depart,containers,note\nKPRJN,RUVVO,2023-09-07,1,200,seen\nKPRJN,RUVVO,2023-09-08,5\n"
    again = read(content.encode()).set_aside_csv()
    untouched = read(again.encode())
    assert (untouched.kept, [each.column for each in untouched.problems]) == (0, ["overflow", "overflow"])
    assert untouched.unplaced == ()
    mended = again.replace("1,200,seen\n", '"1,200",seen,\n').replace('5,,"KPRJN,RUVVO,2023-09-08,5"', "5,,")
    assert (read(mended.encode()).kept, read(mended.encode()).problems) == (2, [])


def test_names_in_a_shifted_row_are_no_questions() -> None:
    head = "line,why,origin,destination,depart,containers,overflow\n"
    reading = read(f"{head}2,x,Nirgends,RUVVO,2023-09-07,5,\n3,x,Nirgendwo,RUVVO,2023-09-07,5,y\n".encode())
    assert [each.text for each in reading.unplaced] == ["Nirgends"]


def test_a_ragged_row_of_a_download_keeps_what_its_overflow_held() -> None:
    head = "line,why,origin,destination,depart,containers,overflow\n"
    reading = read(f"{head}2,x,KPRJN,RUVVO,2023-09-07,5,a,b\n".encode())
    assert reading.set_aside.iloc[:, 2:].to_numpy().tolist() == [["KPRJN", "RUVVO", "2023-09-07", "5", "a,b"]]


def test_a_total_row_that_repeats_the_sum_above_it_is_set_aside_for_that_alone() -> None:
    rows = "KPRJN,RUVVO,2023-09-07,5\nKPRJN,RUVVO,2023-09-08,7\n"
    reading = read(f"{LEGS}{rows}Total,,,12\n".encode())
    assert [(each.row, each.rule) for each in reading.problems] == [(4, "a total row is not data")]
    assert (reading.kept, reading.unplaced) == (2, ())
    other = read(f"{LEGS}{rows}Total,,,13\n".encode())
    assert "looks like a total" in other.problems[0].hint
    assert (other.kept, len(other.set_aside), other.unplaced) == (2, 1, ())


@pytest.mark.parametrize(
    ("above", "total", "checked"),
    [
        ("KPRJN,RUVVO,2023-09-08,7\n", "13", True),
        ("KPRJN,RUVVO,2023-09-08,\n", "13", True),
        ("KPRJN,RUVVO,2023-09-08,1.200\n", "1205", False),
        ("KPRJN,RUVVO,2023-09-08,7,x,y\n", "12", False),
        ("Port watch\n", "13", True),
        ("KPRJN,RUVVO,2023-09-08,7\n", "1.200", False),
    ],
)
def test_a_total_row_is_said_to_be_no_sum_only_where_every_row_above_it_was_read(
    above: str, total: str, checked: bool
) -> None:
    rows = f"KPRJN,RUVVO,2023-09-07,5\n{above}Total,,,{total}\nKPRJN,RUVVO,2023-09-09,many\n"
    (problem,) = [each for each in read(f"{LEGS}{rows}".encode()).problems if each.row == 4]
    assert (problem.column, problem.given, problem.rule) == ("origin", "Total", "a total row is not data")
    assert ("is not the sum of the rows above" in problem.hint) == checked
    assert ("cannot be checked" in problem.hint) != checked


def test_a_place_whose_name_says_total_keeps_its_own_problems() -> None:
    mapping = ColumnMap("legs", {name: name for name in LEGS.strip().split(",")}, places={"Suma": "42.3, 130.4"})
    reading = read(f"{LEGS}KPRJN,RUVVO,2023-09-07,5\nSuma,RUVVO,someday,7\n".encode(), mapping=mapping)
    assert [each.column for each in reading.problems] == ["depart"]


def test_exact_figures_win_over_words() -> None:
    text = "origin,destination,depart,containers,containers_low,containers_best,containers_high\n"
    text += "KPRJN,RUVVO,2023-09-07,dozens,24,36,\nKPRJN,RUVVO,2023-09-08,about 10,,,\nKPRJN,RUVVO,2023-09-09,x,9,5,6\n"
    reading = read(text.encode())
    assert reading.table[["containers_low", "containers_best", "containers_high"]].values.tolist() == [
        [24, 36, float("inf")],
        [9, 10, 11],
    ]
    assert [(each.row, each.column) for each in reading.problems] == [(4, "containers_best")]


def test_a_window_may_stand_in_two_columns() -> None:
    text = "claimant,said_on,origin,destination,start,end,quantity\nme,2023-11-02,KPRJN,RUVVO,2023-08-01,2023-08-31,5\n"
    text += "me,2023-11-02,KPRJN,RUVVO,2023-08-01,,5\nme,2023-11-02,KPRJN,RUVVO,2023-09-01,2023-08-31,5\n"
    reading = read(text.encode(), "totals")
    assert reading.table["end"].astype(str).tolist() == ["2023-09-01 00:00:00+00:00"]
    assert [each.row for each in reading.problems.set_aside if each.column in ("start", "end")] == [3, 4]


def test_progress_rises_to_one_and_may_stop_the_work() -> None:
    content = f"{LEGS}Najin,Vladivostok,2023-09-07,5\n".encode()
    told: list[float] = []
    read(content, progress=lambda share, _: told.append(share))
    assert told == sorted(told)
    assert told[-1] == 1.0

    def stop(_share: float, doing: str) -> None:
        if "figures" in doing:
            raise Cancelled

    with pytest.raises(Cancelled):
        read(content, progress=stop)


def test_tables_in_parts_are_the_table() -> None:
    rows = "".join(f"Najin,Vladivostok,2023-09-{day:02},{day if day % 4 else 'x'}\n" for day in range(1, 31))
    reading = take(read_sheet(f"{LEGS}{rows}".encode()))
    parts = list(reading.tables(rows=7))
    assert len(parts) == 5
    pd.testing.assert_frame_equal(pd.concat(parts, ignore_index=True), reading.table)
    assert "".join(reading.kept_parts(rows=7)) == reading.kept_csv()
    assert len(pd.read_csv(io.StringIO(reading.kept_csv()))) == reading.kept
