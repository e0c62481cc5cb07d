"""The Evidence page in a browser: who disagrees, a switch that redraws map and chart, one moment on both pages."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import MapPage

AT = "at=2024-02-27T00:00:00Z"
HEAD = ".wb-range"


def _opened(open_map: Open) -> MapPage:
    """The Evidence page of the wider set, from its map."""
    shown = open_map(f"?data=wider&{AT}")
    shown.until_settled()
    shown.page.get_by_role("link", name="Evidence", exact=True).click()
    expect(shown.page.locator(HEAD)).to_be_visible()
    # What still arrives moves what stands below it away from under a click.
    shown.until_idle()
    return shown


def test_who_disagrees_is_read_at_once(open_map: Open) -> None:
    shown = _opened(open_map)
    page = shown.page
    expect(page.locator(HEAD)).to_contain_text("6,030–30,800 containers")
    expect(page.locator(HEAD)).to_contain_text("by 26 Feb 2024")
    expect(page.get_by_test_id("stMain")).to_contain_text(
        "South Korean military, about 6,700 by 26 Feb 2024, and United States Government, more than 10,000 by "
        "23 Feb 2024, cannot both hold for North Korea → Russia."
    )
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    # The map beside it speaks of the same moment, and nothing has asked any other host: the watch would fail.
    expect(shown.player).to_have_attribute("data-time", "2024-02-27T00:00:00.000Z")


def test_a_report_switched_off_ends_the_contradiction_on_both_pages(open_map: Open) -> None:
    shown = _opened(open_map)
    page = shown.page
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("Where they disagree")
    switches = page.locator("[class*='st-key-says_']").get_by_test_id("stCheckbox")
    switches.filter(has_text="more than 10,000 by 23 Feb 2024").locator("label").click()
    expect(main).to_contain_text("No contradiction")
    expect(main).to_contain_text("1 report switched off")
    expect(page.locator(HEAD)).not_to_contain_text("contested")
    expect(page.locator(HEAD)).to_contain_text("6,030–19,000 containers")
    shown.until_idle()
    assert shown.link()["without_report"] == ["us-10000-containers"]

    shown.to("Map")
    expect(shown.player).to_have_attribute("data-state", "ready")
    expect(main).to_contain_text("1 report switched off")
    expect(shown.player).to_have_attribute("data-time", "2024-02-27T00:00:00.000Z")
    expect(shown.player.locator(".wb-sentence")).not_to_contain_text("contested")
    shown.until_settled()
    shown.press_button("Switch all on")
    expect(shown.player.locator(".wb-sentence")).to_contain_text("contested")


VOYAGES = b"""origin,destination,depart,arrive,containers,mode,vessel,imo,claimant
KPRJN,RUVVO,2024-09-01,2024-09-05,400,maritime,Angara,9179842,Desk A
NLRTM,DEHAM,2024-09-03,2024-09-04,100,maritime,Angara,9179842,Desk B
"""


def test_voyages_are_charted_by_source_and_what_does_not_fit_is_reckoned(open_map: Open) -> None:
    shown = open_map()
    page = shown.page
    page.get_by_role("link", name="Data", exact=True).click()
    page.locator("input[type=file]").set_input_files({"name": "voyages.csv", "mimeType": "text/csv", "buffer": VOYAGES})
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("2 with a warning")
    page.get_by_role("button", name="Load and show on the map").click()
    shown.until_settled()
    page.get_by_role("link", name="Evidence", exact=True).click()
    expect(main).to_contain_text("One ship in two places")
    expect(main).to_contain_text("Angara (IMO 9179842) is reported in")
    expect(page.get_by_test_id("stVegaLiteChart")).to_have_count(1)
    expect(page.get_by_test_id("stVegaLiteChart")).to_contain_text("Desk A")
    # A route narrows the section and stands in the link.
    page.get_by_role("combobox", name="Route").click()
    page.get_by_role("option", name="Rotterdam → Hamburg").click()
    expect(main).to_contain_text("Reports on voyages 2")
    shown.until_link(selected="NLRTM>DEHAM>1")
