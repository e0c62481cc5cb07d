"""The Data page as a reader meets it: from the drop of a file to the map, and back."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.evidence.intake.progress import Progress
from geo.library import Library
from geo.web.data import columns, work
from geo.web.data.held import Held
from tests.evidence.intake.books import Cell, xlsx, xlsx_rows, zipped
from tests.web.hands import cards, drop, go, html, labels, load, press, sound, text

IMG = "<img src=x onerror=alert(1)>"
OWN = b"origin,destination,depart,containers,claimant\nRUVVO,CNSHA,2023-09-01,300,Port watch\n"
KEPLER = b"""source_lat,source_lng,target_lat,target_lng,count,time
43.115,131.882,35.1,129.04,120,2023-09-01
35.1,129.04,31.22,121.49,300,2023-09-05
"""
FLOWS = b"origin,dest,count,time\n1,2,120,2023-09-01\n2,1,300,2023-09-05\n"
LOCATIONS = b"id,name,lat,lon\n1,Alpha harbour,43.1,131.9\n2,Beta harbour,35.1,129.0\n"
UNKNOWN = b"""origin,destination,depart,containers
Rajin,Nowhereville,2023-09-01,40
Nowhereville,Rajin,2023-09-02,41
Rajin,RUVVO,2023-09-03,42
"""
EITHER_WAY = "origin,destination,depart,containers\nRUVVO,CNSHA,07/09/2023,30\nCNSHA,RUVVO,08/09/2023,40\n"
POINTS = b"""origin;destination;depart;containers
RUVVO;CNSHA;2023-09-07;1.200
CNSHA;RUVVO;2023-09-08;2.100
"""
AGREE, LOAD = "Use these columns", "Load and show on the map"


def imports(library: Path) -> list[tuple[str, int, int]]:
    """Name, rows kept and rows set aside of every import."""
    return [(each.name, each.kept, each.set_aside) for each in Library.open(library).imports()]


def key(page: AppTest, part: str, kind: str) -> str:
    """The key of the one widget of a kind whose key has this part."""
    return next(str(each.key) for each in page.get(kind) if part in str(each.key))


def test_the_empty_page_says_what_a_file_may_be(data: AppTest) -> None:
    assert "Nothing leaves this machine" in html(data)
    assert "Nothing is loaded yet" in html(data)
    assert LOAD not in labels(data)


def test_own_columns_load_in_two_clicks(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN))
    assert AGREE not in labels(data)
    assert "UTF-8, commas, names in line 1, 1 leg" in html(data)
    assert imports(library) == []
    press(data, LOAD)
    assert imports(library) == [("mine.csv", 1, 0)]
    assert cards(data) == 1
    assert "300 containers" in text(data)


def test_foreign_headers_need_agreement_and_nothing_is_loaded_without_it(data: AppTest, library: Path) -> None:
    drop(data, ("kepler.csv", KEPLER))
    assert LOAD not in labels(data)
    assert "count</p>" in html(data)
    assert "120 · 300" in html(data), "a few values of each column"
    assert "is a usual name for" in html(data), "each guess says why"
    press(data, AGREE)
    assert "2 read, 2 kept" in html(data)
    assert imports(library) == []
    press(data, LOAD)
    assert imports(library) == [("kepler.csv", 2, 0)]
    assert "420 containers" in text(data)


def test_flows_and_locations_dropped_together_go_together(data: AppTest, library: Path) -> None:
    drop(data, ("flows.csv", FLOWS), ("locations.csv", LOCATIONS))
    press(press(data, AGREE), LOAD)
    assert imports(library) == [("locations.csv", 2, 0), ("flows.csv", 2, 0)]
    assert data.selectbox(key="filter_data").options[-1] == "flows.csv"
    assert "Alpha harbour" in data.multiselect(key="filter_origin").options

    # The flows stand by themselves: without the file of places, theirs still have names.
    go(data, "data")
    press(data, "Withdraw", which=1)
    assert "2 corridors" in text(go(data, "map"))
    assert "Alpha harbour" in data.multiselect(key="filter_origin").options


def test_a_file_without_dates_takes_one_click_for_a_day_of_its_readers(data: AppTest, library: Path) -> None:
    drop(data, ("flows.csv", FLOWS.replace(b",time", b"").replace(b",2023-09-01", b"").replace(b",2023-09-05", b"")))
    drop(data, ("locations.csv", LOCATIONS))
    assert imports(library) == []
    assert "flows.csv holds no dates." in html(data)
    assert "your statement, not the file’s" in html(data)
    (both,) = [label for label in labels(data) if label.startswith(AGREE)]
    assert re.fullmatch(rf"{AGREE} and \d+ \w+ \d{{4}}", both)
    press(data, both)
    day = f"{columns.today():%Y-%m-%d}"
    assert f"As you agreed, for every row: depart {day}" in html(data)
    press(data, LOAD)
    assert imports(library) == [("locations.csv", 2, 0), ("flows.csv", 2, 0)]
    assert Library.open(library).mapping(Library.open(library).imports()[1].id).fixed == {"depart": day}


def test_another_day_is_typed_in_place_of_the_one_that_is_offered(data: AppTest) -> None:
    drop(data, ("kepler.csv", KEPLER.replace(b",time", b"").replace(b",2023-09-01", b"").replace(b",2023-09-05", b"")))
    one = next(each for each in data.text_input if each.label == "Depart, for every row")
    one.set_value("2021-03-04")
    sound(data.run())
    assert "holds no dates." not in html(data)
    press(press(data, AGREE), LOAD)
    assert "4 Mar 2021" in text(data)
    go(data, "data")
    drop(data, ("later.csv", b"source_lat,source_lng,target_lat,target_lng,count\n43.1,131.8,35.1,129.0,7\n"))
    assert "the same is filled in, with depart 2021-03-04 for every row" in html(data)


def test_what_the_rows_are_is_asked_where_nothing_tells(data: AppTest) -> None:
    drop(data, ("odd.csv", b"Colour,Shape\nred,round\n"))
    assert "Its columns do not tell what its rows are" in html(data)
    assert "odd.csv: choose what its rows are." in html(data)
    box = data.selectbox(key=key(data, "kind", "selectbox"))
    assert box.value is None
    box.set_value("events")
    sound(data.run())
    assert "odd.csv: date, title are still to be found." in html(data)


def test_a_column_is_changed_by_hand_and_required_ones_are_named(data: AppTest, library: Path) -> None:
    drop(data, ("kepler.csv", KEPLER))
    count = next(each for each in data.selectbox if "count" in each.label)
    count.set_value("")
    sound(data.run())
    assert "No column gives containers" in html(data)
    assert next(each for each in data.button if each.label == AGREE).disabled
    one = next(each for each in data.text_input if each.label == "Containers, for every row")
    one.set_value("7")
    sound(data.run())
    press(press(data, AGREE), LOAD)
    assert "14 containers" in text(data)
    mapping = Library.open(library).mapping(Library.open(library).imports()[0].id)
    assert dict(mapping.fixed)["containers"] == "7"
    assert "count" not in mapping.columns


def test_a_mapping_is_offered_again_for_the_same_names(data: AppTest) -> None:
    drop(data, ("kepler.csv", KEPLER))
    press(press(data, AGREE), LOAD)
    go(data, "data")
    drop(data, ("later.csv", KEPLER.replace(b"120", b"121")))
    assert "You mapped these names before; the same is filled in" in html(data)
    assert LOAD not in labels(data)
    assert LOAD in labels(press(data, AGREE))


def test_the_agreement_can_be_taken_back(data: AppTest) -> None:
    drop(data, ("kepler.csv", KEPLER))
    press(press(data, AGREE), "Change the columns")
    assert (AGREE in labels(data), LOAD in labels(data)) == (True, False)


def test_an_unknown_place_holds_its_rows_back_until_it_is_answered(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", UNKNOWN))
    assert "<strong>Nowhereville</strong> is not in the gazetteer; 2 rows are held back" in html(data)
    assert "3 read, 1 kept, 2 set aside" in html(data)
    assert all(each.value is None for each in data.selectbox if "pick" in str(each.key)), "nothing is preselected"
    data.text_input(key=key(data, "typed", "text_input")).set_value("42.5, 131.0")
    sound(data.run())
    assert "3 read, 3 kept" in html(data)
    assert "2 rows looked at again" in html(data)
    press(data, "Take back")
    assert "3 read, 1 kept, 2 set aside" in html(data)
    data.text_input(key=key(data, "typed", "text_input")).set_value("KRPUS")
    sound(data.run())
    press(data, LOAD)
    assert imports(library) == [("mine.csv", 3, 0)]


def test_answers_given_before_are_offered_and_never_taken_silently(data: AppTest) -> None:
    drop(data, ("mine.csv", UNKNOWN))
    data.text_input(key=key(data, "typed", "text_input")).set_value("42.5, 131.0")
    sound(data.run())
    press(data, LOAD)
    go(data, "data")
    drop(data, ("later.csv", UNKNOWN.replace(b"40", b"50")))
    assert "3 read, 1 kept, 2 set aside" in html(data)
    press(data, "Answer as you did before")
    assert "3 read, 3 kept" in html(data)


@pytest.mark.parametrize("answer", ["Nowhereville", "San Juan", "95, 200", IMG])
def test_an_answer_that_is_no_place_takes_nothing_in_and_says_why(data: AppTest, answer: str) -> None:
    drop(data, ("mine.csv", UNKNOWN))
    data.text_input(key=key(data, "typed", "text_input")).set_value(answer)
    sound(data.run())
    assert 'role="status"' in html(data)
    assert "3 read, 1 kept, 2 set aside" in html(data)
    assert IMG not in html(data)


def test_an_ambiguous_place_gives_its_candidates_with_country_and_position(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN.replace(b"CNSHA", b"San Juan")))
    assert "may be any of several places" in html(data)
    box = data.selectbox(key=key(data, "pick", "selectbox"))
    assert len(box.options) > 1
    assert all("°" in option and "(" in option for option in box.options)
    box.select_index(0)
    sound(data.run())
    assert "1 read, 1 kept" in html(data)


@pytest.mark.parametrize(("beside", "first"), [("Rotterdam", "DE"), ("New York", "US")])
def test_what_a_name_may_be_is_offered_by_its_distance_to_the_other_places(
    data: AppTest, beside: str, first: str
) -> None:
    rows = f"{beside},Antwerp,2023-09-01,3\nHamburg,Vladivostok,2023-09-02,4\n"
    drop(data, ("mine.csv", f"origin,destination,depart,containers\n{rows}".encode()))
    box = data.selectbox(key=key(data, "pick", "selectbox"))
    assert box.value is None
    assert box.options[0].startswith(f"Hamburg, {first} ")


@pytest.mark.parametrize(("order", "moment"), [("day first", "8 Sept 2023"), ("month first", "9 Aug 2023")])
def test_dates_in_either_order_are_asked_for(data: AppTest, order: str, moment: str) -> None:
    drop(data, ("mine.csv", EITHER_WAY.encode()))
    assert "2 read, 0 kept, 2 set aside" in html(data)
    box = data.radio(key=key(data, "order", "radio"))
    assert box.value is None
    assert [option.replace("\\", "") for option in box.options] == [
        "Day first: 07/09/2023 is 7 Sept 2023",
        "Month first: 07/09/2023 is 9 July 2023",
    ]
    box.set_value(order)
    sound(data.run())
    assert "2 read, 2 kept" in html(data)
    press(data, LOAD)
    assert f"By {moment}" in text(data)


def test_swapped_columns_are_exchanged_by_one_click(data: AppTest) -> None:
    swapped = KEPLER.replace(b"43.115,131.882", b"131.882,43.115").replace(b"35.1,129.04,31", b"129.04,35.1,31")
    press(drop(data, ("kepler.csv", swapped)), AGREE)
    assert "Latitude and longitude of the origin look swapped in 2 rows" in html(data)
    press(data, "Exchange the two columns")
    assert "2 read, 2 kept" in html(data)
    assert "look swapped" not in html(data)


def test_dates_that_contradict_each_other_are_asked_for_as_such(data: AppTest) -> None:
    drop(data, ("mine.csv", EITHER_WAY.replace("07/09", "25/09").replace("08/09", "09/26").encode()))
    asked = data.radio(key=key(data, "order", "radio")).label.replace("\\", "")
    assert "25/09/2023 has the day first, 09/26/2023 the month" in asked
    assert "Both orders fit" not in asked


@pytest.mark.parametrize(("mark", "kept"), [(",", 2), (".", 0)])
def test_figures_of_either_kind_are_asked_for_once(data: AppTest, library: Path, mark: str, kept: int) -> None:
    drop(data, ("mine.csv", POINTS))
    assert "2 read, 0 kept, 2 set aside" in html(data)
    box = data.radio(key=key(data, "decimals", "radio"))
    assert box.value is None
    assert box.options == [
        "1.200 is 1,200: a comma stands before decimals",
        "1.200 is 1.2: a point stands before decimals",
    ]
    box.set_value(mark)
    sound(data.run())
    assert f"2 read, {kept} kept" in html(data)
    assert not [each for each in data.radio if "decimals" in str(each.key)]
    assert f"decimal {'comma' if mark == ',' else 'point'}" in html(data)
    if kept:
        press(data, LOAD)
        assert "3,300 containers" in text(data)
        assert Library.open(library).dialect(Library.open(library).imports()[0].id).decimal == ","


def test_a_row_is_mended_in_the_grid_and_checked_again(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN + b"RUVVO,CNSHA,someday,40,x\nRUVVO,CNSHA,2023-09-03,many,x\n"))
    grid = next(each for each in data.dataframe if each.editing_mode == "fixed")
    assert list(grid.value["line"]) == ["3", "4"]
    data.session_state[grid.key] = {
        "edited_rows": {0: {"depart": "2023-09-02"}, 1: {"containers": "lots"}},
        "added_rows": [],
        "deleted_rows": [],
    }
    sound(data.run())
    press(data, "Check these rows again")
    assert "1 of 2 rows taken" in html(data)
    assert "3 read, 2 kept, 1 set aside" in html(data)
    press(data, LOAD)
    assert imports(library) == [("mine.csv", 2, 1)]
    assert "340 containers" in text(data)


def test_a_comma_too_many_is_a_shift_to_correct_and_not_a_row_to_retype(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN + b"RUVVO,CNSHA,2023-09-02,1,200,Port watch\n"))
    grid = next(each for each in data.dataframe if each.editing_mode == "fixed")
    assert grid.value.iloc[0, 2:].tolist() == ["RUVVO", "CNSHA", "2023-09-02", "1", "200", "Port watch"]
    data.session_state[grid.key] = {
        "edited_rows": {0: {"containers": "1,200", "claimant": "Port watch", "overflow": ""}},
        "added_rows": [],
        "deleted_rows": [],
    }
    sound(data.run())
    press(data, "Check these rows again")
    assert "2 read, 2 kept" in html(data)
    press(data, LOAD)
    assert "1,500 containers" in text(data)


def problem_tables(page: AppTest) -> list[pd.DataFrame]:
    """Tables of problems and of their rows."""
    return [each.value for each in page.dataframe if {"What is allowed", "Given"} & set(each.value.columns)]


def test_problems_are_grouped_filtered_and_shown_in_the_file(data: AppTest) -> None:
    bad = b"RUVVO,CNSHA,someday,40,x\nRUVVO,CNSHA,never,41,x\nRUVVO,CNSHA,2023-09-03,many,x\n"
    drop(data, ("mine.csv", OWN + bad))
    groups = problem_tables(data)[0]
    assert groups["Problems"].tolist() == [2, 1]
    assert groups["Column"].tolist() == ["depart", "containers"]
    chosen = {"selection": {"rows": [0], "columns": [], "cells": []}}
    data.session_state[next(each.key for each in data.dataframe if "groups" in str(each.key))] = chosen
    sound(data.run())
    rows = problem_tables(data)[1]
    assert rows[["Line", "Given"]].to_dict("list") == {"Line": [3, 4], "Given": ["someday", "never"]}
    data.session_state[next(each.key for each in data.dataframe if "rows_" in str(each.key))] = {
        "selection": {"rows": [1], "columns": [], "cells": []}
    }
    sound(data.run())
    assert '<div class="wb-line wb-here"><span>4</span>RUVVO,CNSHA,never,41,x</div>' in html(data)
    assert "<span>3</span>RUVVO,CNSHA,someday,40,x" in html(data)

    data.selectbox(key=key(data, "column_", "selectbox")).set_value("containers")
    sound(data.run())
    assert problem_tables(data)[0]["Column"].tolist() == ["containers"]
    grid = next(each for each in data.dataframe if each.editing_mode == "fixed")
    assert list(grid.value["line"]) == ["5"]


def test_how_it_is_read_can_be_changed(data: AppTest) -> None:
    drop(
        data,
        (
            "mine.csv",
            "origin,destination,depart,containers,claimant\nRUVVO,CNSHA,2023-09-01,3,Hafen Süd\n".encode("cp1252"),
        ),
    )
    box = next(each for each in data.selectbox if each.label == "Encoding")
    box.set_value("cp1251")
    press(data, "Read it so")
    assert "Windows-1251" in html(data)
    assert "As you chose it." in html(data)
    press(data, "As it was detected")
    assert "Windows-1252" in html(data)


def test_another_sheet_of_a_workbook_can_be_chosen(data: AppTest) -> None:
    names: list[Cell | tuple[float, int]] = ["origin", "destination", "depart", "containers"]
    sheets = {"First": "RUVVO", "Second": "CNSHA"}
    book = xlsx({name: xlsx_rows([names, [port, "KRPUS", "2023-09-01", 3]]) for name, port in sheets.items()})
    drop(data, ("book.xlsx", book))
    assert "A workbook, sheet “First”, names in line 1" in html(data)
    next(each for each in data.selectbox if each.label == "Sheet").set_value("Second")
    data.run()
    assert "A workbook, sheet “Second”, names in line 1" in html(data)
    press(data, LOAD)
    assert data.multiselect(key="filter_origin").options[-1] == "Shanghai"


def test_what_was_taken_out_of_an_archive_and_turned_is_said(data: AppTest) -> None:
    point = {"type": "Point", "coordinates": [14682898.3, 5324585.5]}
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::3857"}}
    row = {"type": "Feature", "properties": {"code": "XXAAA", "name": "Here"}, "geometry": point}
    content = json.dumps({"type": "FeatureCollection", "crs": crs, "features": [row]})
    drop(data, ("x.zip", zipped({"x.geojson": content, "README.txt": "x"})))
    assert "“x.geojson” unpacked from zip, GeoJSON, positions turned into degrees" in html(data)
    assert "left in it: &#x27;README.txt&#x27;" in html(data)


def test_cells_between_spaces_are_said_to_be(data: AppTest) -> None:
    drop(data, ("mine.txt", b"origin destination depart containers\nRUVVO KRPUS 2023-09-01 3\n" * 2))
    assert "UTF-8, spaces, names in line 1" in html(data)


def test_in_another_sheet_the_names_are_looked_for_anew(data: AppTest) -> None:
    rows = [["origin", "destination", "depart", "containers"], ["RUVVO", "KRPUS", "2023-09-01", 3]]
    book = xlsx(
        {
            "Cover": xlsx_rows([["Voyages"], ["by us"]]),
            "Low": xlsx_rows([["By month"], [None], *rows]),
            "Moves": xlsx_rows(rows),
        }
    )
    drop(data, ("book.xlsx", book))
    assert "A workbook, sheet “Low”, names in line 3, 1 leg" in html(data)
    assert "“Low” is the first sheet whose names we know; the others are “Cover” and “Moves”." in html(data)
    for name, line in (("Moves", 1), ("Low", 3)):
        next(each for each in data.selectbox if each.label == "Sheet").set_value(name)
        data.run()
        assert f"A workbook, sheet “{name}”, names in line {line}, 1 leg" in html(data)


def test_a_charset_that_does_not_fit_is_told_and_can_be_changed(data: AppTest) -> None:
    drop(data, ("mine.csv", OWN.replace(b"Port watch", b"Hafen S\xfcd")))
    for charset, aside in (("utf-8", 1), ("cp1252", 0)):
        next(each for each in data.selectbox if each.label == "Encoding").set_value(charset)
        press(data, "Read it so")
        assert len(data.error) == 0
        assert f"1 read, {1 - aside} kept" in html(data)


@pytest.mark.parametrize("content", [b"", b"\x00\x01\x02", b"\xff\xfe\x00"])
def test_a_file_that_is_no_table_is_one_plain_sentence(data: AppTest, content: bytes) -> None:
    drop(data, ("../../etc/passwd.csv", content), ("mine.csv", OWN))
    assert "passwd.csv: " in text(data)
    assert "etc/" not in html(data) + text(data)
    assert cards(press(data, LOAD)) == 1, "the other file loads all the same"


def test_hostile_names_and_cells_stay_text(data: AppTest) -> None:
    header = f"origin,destination,depart,containers,{IMG},=cmd(),![x](https://a.example/x.png)"
    row = f"RUVVO,{IMG},2023-09-02,5,{IMG},=1+1,x"
    drop(data, (f"{IMG}.csv", f"{header}\n{row}\nRUVVO,CNSHA,![x](y),{IMG},,,\n".encode()))
    assert IMG not in html(data)
    marked = [*data.caption, *data.info, *data.error, *data.warning]
    said = [*(box.value for box in marked), *(box.label for box in [*data.expander, *data.button, *data.radio])]
    assert not [each for each in said if IMG in each or "![x](" in each]
    assert "&lt;img src=x onerror=alert(1)&gt;" in html(data)


def test_the_same_bytes_are_noticed_whatever_the_name(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN), ("again.csv", OWN))
    assert "again.csv is already here as mine.csv" in text(data)
    press(data, LOAD)
    load(data, ("mine.csv", OWN))
    assert "it is the same import" in text(data)
    assert imports(library) == [("mine.csv", 1, 0)]


def test_a_file_that_lacks_a_column_does_not_hold_up_the_others(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN), ("half.csv", b"POL,POD,what\nRUVVO,CNSHA,x\n"))
    assert "half.csv: depart, containers are still to be found." in html(data)
    press(data, "Load the others and show them")
    assert imports(library) == [("mine.csv", 1, 0)]
    assert "half.csv" in html(go(data, "data"))


def test_an_import_that_cannot_be_read_is_named(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN))
    press(data, LOAD)
    manifest = next(library.glob("packages/*/manifest.json"))
    manifest.write_text(re.sub(r'"format": \d+', '"format": 999', manifest.read_text()))
    go(data, "data")
    assert "is not listed" in text(data)
    assert "newer" in text(data)
    assert cards(go(data, "map")) == 4


def test_a_file_is_taken_off_the_list(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN))
    press(data, "Remove")
    assert LOAD not in labels(data)
    assert imports(library) == []


def test_cancelled_work_stays_cancelled_until_it_is_wanted(data: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(*_given: object, progress: Progress, **_named: object) -> object:
        """Work during which the reader presses Cancel."""
        held: Held = data.session_state["desk"].files[0]
        work.stop(held)
        progress(0.5, "half way")
        raise AssertionError("the work went on after Cancel")

    with monkeypatch.context() as patched:
        patched.setattr(work, "take", take)
        drop(data, ("mine.csv", OWN))
        assert "Cancelled" in html(data)
        sound(data.run())
        assert "Cancelled" in html(data)
        assert next(each for each in data.button if each.label == LOAD).disabled
    press(data, "Read it again")
    assert "Cancelled" not in html(data)
    assert "1 read, 1 kept" in html(data)


def test_a_library_that_cannot_be_opened_leaves_the_session_at_work(data: AppTest, library: Path) -> None:
    library.write_text("no folder")
    drop(data, ("mine.csv", OWN))
    assert "What you load now is shown for this session" in text(data)
    press(data, LOAD)
    assert cards(data) == 1
    assert "for this session only" in text(data)
    assert "In this session only" in html(go(data, "data"))


def test_an_import_tells_all_about_itself(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN + b"RUVVO,CNSHA,someday,40,x\n"))
    press(data, LOAD)
    go(data, "data")
    assert "1 leg kept · 1 set aside" in html(data)
    press(data, "Details")
    made = Library.open(library).imports()[0]
    assert made.sha256 in html(data)
    assert made.id in html(data)
    assert "Download the original" in [each.label for each in data.get("download_button")]
    press(press(data, "Withdraw"), "Restore")
    assert [entry.what for entry in Library.open(library).history()] == ["kept", "withdrawn", "restored"]
