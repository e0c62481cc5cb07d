"""A reader's own CSV: what is good is drawn, what is not is told and given back, and it can be taken back."""

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
    time = map_page.read().time
    map_page.until_settled()
    map_page.to("Data")
    map_page.drop({"legs.csv": LEGS})
    section = page.locator(".st-key-file_1")
    expect(section).to_contain_text("3 read, 1 kept, 2 rejected")
    cells = section.locator("[role=gridcell]")
    for given in ("destination", "Nowhereville", "containers", "some"):
        expect(cells.filter(has_text=given)).not_to_have_count(0)

    map_page.until_idle()
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download rejected rows").click()
    assert saved.value.suggested_filename == "rows-set-aside.csv"
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    sent = list(csv.DictReader(io.StringIO(LEGS)))
    assert [row["line"] for row in rows] == ["3", "4"]
    assert [{name: row[name] for name in sent[0]} for row in rows] == sent[1:]

    map_page.press_button("Load and show on the map")
    expect(map_page.player.locator("[data-corridor='RUVVO>KRPUS>0']")).to_have_attribute("data-volume-best", "120")
    map_page.until_settled()
    map_page.choose("Data set", "Everything loaded")
    expect(map_page.player.locator("[data-corridor]")).to_have_count(2)
    map_page.until_link(data="everything")
    map_page.press("End")
    reading = map_page.read()
    assert set(reading.corridors) == {CORRIDOR, "RUVVO>KRPUS>0"}
    assert reading.time == time
    assert (reading.founding.low, reading.founding.best, reading.founding.high) == (1800, 2000, 2200)

    # What is loaded is taken back again, and what stood there before is left.
    map_page.until_idle()
    map_page.to("Data")
    map_page.press_button("Withdraw")
    expect(page.get_by_role("button", name="Restore")).to_be_visible()
    map_page.until_idle()
    map_page.to("Map")
    expect(map_page.player.locator("[data-corridor]")).to_have_count(1)


def test_a_file_that_is_no_table_is_told_and_changes_nothing(map_page: MapPage) -> None:
    before = map_page.read().corridors
    map_page.until_settled()
    map_page.to("Data")
    map_page.drop({"notes.csv": ""})
    expect(map_page.page.get_by_test_id("stAlert")).to_contain_text("notes.csv")
    expect(map_page.page.get_by_role("button", name="Load and show on the map")).to_be_disabled()
    map_page.until_idle()
    map_page.to("Map")
    expect(map_page.player.locator("[data-corridor]")).to_have_count(len(before))
