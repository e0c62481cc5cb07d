"""What a CSV brings is text, wherever it appears."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

from tests.browser.arc_pixels import middle
from tests.browser.conftest import Open
from tests.browser.map_page import MapPage

EVIL = "<img src=x onerror=alert(1)>"
SCRIPT = "<script>alert(2)</script>"
PLACES = f"""code,name,lon,lat
evil,{EVIL},131.0,43.0
other,<b>bold</b> & co,134.0,45.0
"""
LEGS = f"""origin,destination,depart,arrive,containers,mode,claimant,outlet,said_on,words,cargo,vessel,note
evil,other,2023-08-10,2023-08-20,300,maritime,{EVIL},{SCRIPT},2023-10-01,{EVIL} says,{EVIL},![x](x),{SCRIPT}
evil,{EVIL}{EVIL},2023-08-10,2023-08-20,300,maritime,{EVIL},,,,,,
"""
EVENTS = f"""date,title,note,source,url
2023-08-12,{EVIL},{SCRIPT},{EVIL},https://localhost/x
"""


def _nothing_came_alive(shown: MapPage) -> None:
    """Beside the page's own watch: no dialog, no error and no stray request."""
    assert shown.page.locator("img[src='x']").count() == 0
    assert shown.page.locator("script", has_text="alert(").count() == 0
    assert shown.page.locator(".wb-cards b, .waybill b").count() == 0
    assert [url for url in shown.asked if urlsplit(url).path.endswith("/x")] == []


def test_markup_in_a_name_is_text_everywhere(open_map: Open) -> None:
    map_page = open_map(on="Data")
    page, player = map_page.page, map_page.player
    map_page.drop({"places.csv": PLACES, f"{EVIL}.csv": LEGS, "events.csv": EVENTS})
    section = page.locator(".st-key-file_2")
    expect(section.get_by_role("heading", name=f"{EVIL}.csv")).to_be_visible()
    # Questions and problems: the row whose place is not known, as it was given.
    expect(section).to_contain_text(f"{EVIL}{EVIL} is not in the gazetteer")
    expect(section.locator("[role=gridcell]").filter(has_text=f"{EVIL}{EVIL}")).not_to_have_count(0)
    # The names on the map of what would be loaded.
    expect(player.locator("[data-corridor='evil>other>1']")).to_contain_text(f"{EVIL} → <b>bold</b> & co")
    _nothing_came_alive(map_page)
    map_page.press_button("Load and show on the map")
    expect(page.locator(".wb-card")).to_have_count(1)
    map_page.until_settled()
    map_page.choose("Data set", "Everything loaded")
    expect(player.locator("[data-corridor]")).to_have_count(2)
    expect(player.locator("[data-corridor='evil>other>1']")).to_have_count(1)
    _nothing_came_alive(map_page)

    # Cards: claimant, outlet, words, and the names of the places in the summary.
    card = page.locator(".wb-card").filter(has_text="says")
    for text in (EVIL, SCRIPT, f"{EVIL} says", f"{EVIL} → <b>bold</b> & co"):
        expect(card).to_contain_text(text)
    # On the time bar, and in what its mark says.
    player.get_by_role("button", name=f"12 Aug 2023: {EVIL}").focus()
    note = player.locator(".wb-event-card")
    for text in (EVIL, SCRIPT, f"Source: {EVIL}"):
        expect(note).to_contain_text(text)
    # The file alone: now the one corridor's name stands in the header.
    map_page.choose("Data set", f"{EVIL}.csv")
    expect(player.locator(".wb-sentence")).to_contain_text(f"{EVIL} → <b>bold</b> & co: 300 containers")
    page.get_by_role("tab", name="Voyages (1)").click()
    expect(page.locator("[role=gridcell]").filter(has_text=re.compile(f"^{re.escape(EVIL)}$"))).not_to_have_count(0)
    # Filters offer it by name.
    sidebar = page.get_by_test_id("stSidebar")
    sidebar.get_by_role("combobox", name="From").click()
    expect(page.get_by_role("option", name=EVIL, exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    _nothing_came_alive(map_page)

    # Over the arc and over its port.
    map_page.press("End", "f")
    map_page.bare_map()
    tip = player.locator(".wb-tooltip")
    tip.evaluate("tip => { tip.style.visibility = ''; }")
    x, y = map_page.on_page(middle(map_page.picture()))
    page.mouse.move(x - 4, y)
    page.mouse.move(x, y)
    expect(tip.locator(".wb-tooltip-title")).to_have_text(f"{EVIL} → <b>bold</b> & co")
    mirror = player.locator("[data-corridor='evil>other>1']")
    expect(mirror).to_contain_text(f"{EVIL} → <b>bold</b> & co, by sea: 300 containers")
    _nothing_came_alive(map_page)

    # In a picture's file name there is nothing but letters, digits and hyphens.
    with page.expect_download() as saved:
        map_page.press("s")
    assert re.fullmatch(r"waybill-[a-z0-9-]+\.png", saved.value.suggested_filename)
    _nothing_came_alive(map_page)
