"""Tables on the page: Streamlit's own CSV of them is gone, ours runs nothing, and no text turns its line around."""

from __future__ import annotations

import csv

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import MapPage

EVIL = "\u202egnp.exe"
LEGS = f"""origin,destination,depart,containers,claimant,vessel,cargo,url
RUVVO,KRPUS,2023-08-10,120,{EVIL},"=HYPERLINK(""http://x.example"",""a"")",@SUM(A1),https://good.example@evil.example/
RUVVO,KRPUS,2023-08-11,80,נמל,+1+1,-2+3,https://good.example/a
Nowhereville,KRPUS,2023-08-11,80,x,=1+1,{EVIL},
"""


def toolbar(map_page: MapPage) -> list[str]:
    """What the toolbars of the tables on the page offer."""
    buttons = map_page.page.get_by_test_id("stElementToolbarButton").get_by_role("button")
    expect(buttons).not_to_have_count(0)
    return [str(each.get_attribute("aria-label")) for each in buttons.all()]


def test_what_leaves_runs_nothing_and_what_is_shown_hides_nothing(open_map: Open) -> None:
    map_page = open_map(on="Data")
    page = map_page.page
    map_page.drop({f"legs{EVIL}.csv": LEGS})
    section = page.locator(".st-key-file_1")
    expect(section.get_by_role("heading", name="legs‹U+202E›gnp.exe.csv")).to_be_visible()
    cells = section.locator("[role=gridcell]")
    expect(cells.filter(has_text="‹U+202E›gnp.exe")).not_to_have_count(0)
    expect(cells.filter(has_text="'=1+1")).not_to_have_count(0)
    assert not [name for name in toolbar(map_page) if "download" in name.lower()]

    map_page.press_button("Load and show on the map")
    expect(page.locator(".wb-card")).to_have_count(2)
    map_page.until_settled()
    card = page.locator(".wb-card").filter(has_text="‹U+202E›gnp.exe")
    expect(card).to_contain_text("https://good.example@evil.example/")
    expect(card.get_by_role("link")).to_have_count(0)
    link = page.locator(".wb-card").filter(has_text="נמל").get_by_role("link")
    expect(link).to_have_text("Read the report at good.example")

    page.get_by_role("tab", name="Legs (2)").click()
    map_page.until_idle()
    assert not [name for name in toolbar(map_page) if "download" in name.lower()]
    with page.expect_download() as saved:
        page.get_by_role("button", name="Download CSV").locator("visible=true").click()
    assert saved.value.suggested_filename == "legs.csv"
    with saved.value.path().open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["Vessel"] for row in rows] == ['\'=HYPERLINK("http://x.example","a")', "'+1+1"]
    assert [row["Source"] for row in rows] == [EVIL, "נמל"], "data keep their signs"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert "\u202e" not in page.locator("body").inner_text()
