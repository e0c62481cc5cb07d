"""The Data page as a reader meets it: from the drop of a file to the map, and back."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from geo.errors import Progress
from geo.library import Library
from geo.tables.read import read
from geo.web.data import columns, jobs
from geo.web.data.upload import Held
from tests.web.hands import (
    AGREE,
    IMG,
    KEPLER,
    LOAD,
    OWN,
    cards,
    drop,
    go,
    html,
    imports,
    key,
    labels,
    load,
    press,
    sound,
    text,
)

FLOWS = b"origin,dest,boxes,time\n1,2,120,2023-09-01\n2,1,300,2023-09-05\n"
LOCATIONS = b"id,name,lat,lon\n1,Alpha harbour,43.1,131.9\n2,Beta harbour,35.1,129.0\n"


def test_the_empty_page_says_what_a_file_may_be(data: AppTest) -> None:
    assert "Nothing leaves the machine that runs Waybill" in html(data)
    assert "everyone who can open this page sees everything loaded" in html(data)
    assert "Nothing is loaded yet" in html(data)
    assert LOAD not in labels(data)


def test_own_columns_load_in_two_clicks(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN))
    assert AGREE not in labels(data)
    assert "UTF-8, commas, header in line 1, 1 leg" in html(data)
    assert imports(library) == []
    press(data, LOAD)
    assert imports(library) == [("mine.csv", 1, 0)]
    assert cards(data) == 1
    assert "300 containers" in text(data)


def test_foreign_headers_need_agreement_and_nothing_is_loaded_without_it(data: AppTest, library: Path) -> None:
    drop(data, ("kepler.csv", KEPLER))
    assert LOAD not in labels(data)
    assert "boxes</p>" in html(data)
    assert "120 · 300" in html(data), "a few values of each column"
    assert "is a standard name for" in html(data), "each guess says why"
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
    assert "2 routes" in text(go(data, "map"))
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
    assert f"As you confirmed, for every row: unit container, depart {day}" in html(data)
    press(data, LOAD)
    assert imports(library) == [("locations.csv", 2, 0), ("flows.csv", 2, 0)]
    assert Library.open(library).mapping(Library.open(library).imports()[1].id).fixed == {
        "unit": "container",
        "depart": day,
    }


def test_another_day_is_typed_in_place_of_the_one_that_is_offered(data: AppTest) -> None:
    drop(data, ("kepler.csv", KEPLER.replace(b",time", b"").replace(b",2023-09-01", b"").replace(b",2023-09-05", b"")))
    one = next(each for each in data.text_input if each.label == "Depart, for every row")
    one.set_value("2021-03-04")
    sound(data.run())
    assert "holds no dates." not in html(data)
    press(press(data, AGREE), LOAD)
    assert "4 Mar 2021" in text(data)
    go(data, "data")
    drop(data, ("later.csv", b"source_lat,source_lng,target_lat,target_lng,boxes\n43.1,131.8,35.1,129.0,7\n"))
    assert "the same choices are filled in, with depart 2021-03-04 for every row" in html(data)


def test_what_figures_count_is_asked_and_never_assumed(data: AppTest, library: Path) -> None:
    drop(data, ("values.csv", b"POL,POD,ETD,Value\nNajin,Vladivostok,2023-09-07,1200500\n"))
    assert "values.csv: say what “Value” counts." in html(data)
    assert next(each for each in data.button if each.label == AGREE).disabled
    asked = next(each for each in data.selectbox if each.label.startswith("What does “Value” count"))
    assert (asked.value, asked.options[0], asked.options[-1]) == (None, "USD", "Other")
    asked.select("USD")
    press(press(sound(data.run()), AGREE), LOAD)
    assert "1,200,500 USD" in text(data)
    assert Library.open(library).mapping(Library.open(library).imports()[0].id).fixed == {"unit": "USD"}


def test_another_unit_is_typed(data: AppTest) -> None:
    drop(data, ("trees.csv", b"POL,POD,ETD,Qty\nNajin,Vladivostok,2023-09-07,12\n"))
    next(each for each in data.selectbox if each.label.startswith("What does “Qty” count")).select("Other")
    sound(data.run())
    next(each for each in data.text_input if each.label == "Unit").set_value("logs")
    press(press(sound(data.run()), AGREE), LOAD)
    assert "12 logs" in text(data)


def test_voyages_without_figures_take_one_click(data: AppTest) -> None:
    drop(
        data, ("voyages.csv", b"Vessel,From,To,Departed\nAngara,Rason,Dunay,2023-09-08\nMaria,Rason,Dunay,2023-09-12\n")
    )
    next(each for each in data.checkbox if each.label.startswith("Each row is one voyage")).check()
    press(press(sound(data.run()), AGREE), LOAD)
    assert "2 voyages" in text(data)


def test_what_the_rows_are_is_asked_where_nothing_tells(data: AppTest) -> None:
    drop(data, ("odd.csv", b"Colour,Shape\nred,round\n"))
    assert "The columns do not show what the rows are" in html(data)
    assert "odd.csv: choose what the rows are." in html(data)
    box = data.selectbox(key=key(data, "kind", "selectbox"))
    assert box.value is None
    box.set_value("events")
    sound(data.run())
    assert "odd.csv: date, title are still missing." in html(data)


def test_a_column_is_changed_by_hand_and_required_ones_are_named(data: AppTest, library: Path) -> None:
    drop(data, ("kepler.csv", KEPLER))
    boxes = next(each for each in data.selectbox if "boxes" in each.label)
    boxes.set_value("")
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
    assert "boxes" not in mapping.columns


def test_a_mapping_is_offered_again_for_the_same_names(data: AppTest) -> None:
    drop(data, ("kepler.csv", KEPLER))
    press(press(data, AGREE), LOAD)
    go(data, "data")
    drop(data, ("later.csv", KEPLER.replace(b"120", b"121")))
    assert "You have matched these columns before; the same choices are filled in" in html(data)
    assert LOAD not in labels(data)
    assert LOAD in labels(press(data, AGREE))


def test_the_agreement_can_be_taken_back(data: AppTest) -> None:
    drop(data, ("kepler.csv", KEPLER))
    press(press(data, AGREE), "Change the columns")
    assert (AGREE in labels(data), LOAD in labels(data)) == (True, False)


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
    press(data, "Recheck these rows")
    assert "1 of 2 rows fixed" in html(data)
    assert "3 read, 2 kept, 1 rejected" in html(data)
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
    press(data, "Recheck these rows")
    assert "2 read, 2 kept" in html(data)
    press(data, LOAD)
    assert "1,500 containers" in text(data)


def problem_tables(page: AppTest) -> list[pd.DataFrame]:
    """Tables of problems and of their rows."""
    return [each.value for each in page.dataframe if {"Rule", "Given"} & set(each.value.columns)]


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
    assert "and was not added again" in text(data)
    assert imports(library) == [("mine.csv", 1, 0)]


def test_a_file_that_lacks_a_column_does_not_hold_up_the_others(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN), ("half.csv", b"POL,POD,what\nRUVVO,CNSHA,x\n"))
    assert "half.csv: depart, containers are still missing." in html(data)
    press(data, "Load the other files and show them")
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
    assert "is left out: made by a newer Waybill" in text(data)


@pytest.mark.parametrize("part", ["table", "places"])
def test_an_import_that_was_changed_on_the_disk_is_left_out_and_told(data: AppTest, library: Path, part: str) -> None:
    kept = Library.open(library).keep(read(OWN, name="mine.csv"), OWN, "mine.csv")
    path = library / kept.path(part)
    path.write_bytes(path.read_bytes() + b" ")
    assert cards(go(data, "map")) == 4
    assert "mine.csv is left out" in text(data)
    assert "changed after it was kept" in text(data)
    assert "waybill library verify" in text(data)


def test_a_full_disk_is_told_of_the_library_and_the_file_is_shown_for_the_session(
    data: AppTest, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drop(data, ("mine.csv", OWN))

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        press(data, LOAD)
    assert f"{library}: the disk is full" in text(data)
    assert cards(data) == 1
    assert imports(library) == []


def test_a_file_is_taken_off_the_list(data: AppTest, library: Path) -> None:
    drop(data, ("mine.csv", OWN))
    press(data, "Remove")
    assert LOAD not in labels(data)
    assert imports(library) == []


def test_cancelled_work_stays_cancelled_until_it_is_wanted(data: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    def take(*_given: object, progress: Progress, **_named: object) -> object:
        """Work during which the reader presses Cancel."""
        held: Held = data.session_state["desk"].files[0]
        jobs.stop(held)
        progress(0.5, "half way")
        raise AssertionError("the work went on after Cancel")

    with monkeypatch.context() as patched:
        patched.setattr(jobs, "take", take)
        drop(data, ("mine.csv", OWN))
        assert "Cancelled" in html(data)
        sound(data.run())
        assert "Cancelled" in html(data)
        assert next(each for each in data.button if each.label == LOAD).disabled
    press(data, "Read again")
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
    assert "1 leg kept · 1 rejected" in html(data)
    press(data, "Details")
    made = Library.open(library).imports()[0]
    assert made.sha256 in html(data)
    assert made.id in html(data)
    assert "Download the original" in [each.label for each in data.get("download_button")]
    press(press(data, "Withdraw"), "Restore")
    assert [entry.what for entry in Library.open(library).history()] == ["kept", "withdrawn", "restored"]
