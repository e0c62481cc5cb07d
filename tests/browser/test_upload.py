"""A reader's own CSV: what is good is drawn, what is not is told and given back."""

from __future__ import annotations

import csv
import io

from playwright.sync_api import expect

from tests.browser.map_page import CORRIDOR, MapPage

LEGS = """origin,destination,depart,arrive,containers,claimant
RUVVO,Busan,2023-08-10,2023-08-14,120,A port authority
Rajin,Nowhereville,2023-08-10,,40,A port authority
Busan,RUVVO,2023-08-20,2023-08-23,some,A port authority
"""


def test_good_rows_are_drawn_and_bad_rows_come_back(map_page: MapPage) -> None:
    page = map_page.page
    view = map_page.read()
    map_page.load(legs=LEGS)
    expect(map_page.player.locator("[data-corridor='RUVVO>KRPUS>0']")).to_have_attribute("data-volume-best", "120")
    reading = map_page.read()
    assert set(reading.corridors) == {CORRIDOR, "RUVVO>KRPUS>0"}
    assert reading.time == view.time
    assert (reading.founding.low, reading.founding.best, reading.founding.high) == (1800, 2000, 2200)

    expect(page.get_by_test_id("stSidebar")).to_contain_text("1 of 3 legs kept, 2 set aside")
    expect(page.get_by_test_id("stExpander")).to_contain_text("legs.csv: 1 of 3 legs kept, 2 set aside")
    cells = page.get_by_test_id("stExpander").locator("[role=gridcell]")
    for given in ("3", "destination", "Nowhereville", "4", "containers", "some"):
        expect(cells.filter(has_text=given)).not_to_have_count(0)

    with page.expect_download() as saved:
        page.get_by_role("button", name="Download the rows set aside").click()
    assert saved.value.suggested_filename == "rows-set-aside.csv"
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sent = list(csv.DictReader(io.StringIO(LEGS)))
    assert [row["line"] for row in rows] == ["3", "4"]
    assert [{name: row[name] for name in sent[0]} for row in rows] == sent[1:]

    # What is loaded is taken away again, and what stood there before is left.
    page.get_by_role("button", name="Remove").click()
    expect(map_page.player.locator("[data-corridor]")).to_have_count(1)
    expect(page.get_by_test_id("stExpander")).to_have_count(0)


def test_a_file_that_is_no_table_is_told_and_changes_nothing(map_page: MapPage) -> None:
    before = map_page.read().corridors
    map_page.load(notes="just,some\nwords,here\n")
    sidebar = map_page.page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("button", name="Remove")).to_be_visible()
    expect(sidebar.locator(".wb-file")).to_contain_text("notes.csv")
    assert map_page.read().corridors == before
