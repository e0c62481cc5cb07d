"""axe-core finds nothing serious on any page in either theme, and the page links show where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.browser.map_page import READY_MS, SHOWN, MapPage

Open = Callable[..., MapPage]
THEMES = ("light", "dark")
GRAVE = {"serious", "critical"}
# Beside what axe asks by itself. Its other experimental rules take figures for headings.
OPTIONS = {"resultTypes": ["violations"], "rules": {"label-content-name-mismatch": {"enabled": True}}}
RING = "link => (one => [one.outlineStyle, one.outlineWidth, one.outlineColor])(getComputedStyle(link))"
MESSY = "POL;POD;ETD;Boxes\nNajin;Vladivostok;07/09/2023;300\nNajin;Nowhere;25/09/2023;dozens\n"


def _grave(shown: MapPage, name: str) -> list[str]:
    """What axe finds to be serious or critical, with the place and its reason."""
    shown.until_idle()
    found = Axe().run(shown.page, options=OPTIONS).response
    assert found["passes"], "axe looked at nothing"
    return [
        f"{name}: {rule['id']} ({rule['impact']}) at {node['target']}: {node['failureSummary']}\n  {node['html'][:200]}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize("colours", THEMES)
def test_axe_finds_nothing_serious_on_any_page(open_map: Open, colours: str) -> None:
    shown = open_map(colours=colours)
    found: list[str] = []
    for name, marker in SHOWN.items():
        shown.until_idle()
        shown.page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
        expect(shown.page.locator(marker).first).to_be_visible(timeout=READY_MS)
        found += _grave(shown, name)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("colours", THEMES)
def test_axe_finds_nothing_serious_in_the_panels_over_the_map(open_map: Open, colours: str) -> None:
    shown = open_map("?data=wider&mode=maritime", colours=colours)
    shown.until_settled()
    expect(shown.page.get_by_role("button", name="Clear filters")).to_be_visible()
    shown.press("r")
    expect(shown.player.locator(".wb-route").first).to_be_visible()
    found = _grave(shown, "routes")
    shown.player.get_by_role("button", name="Matrix of origins and destinations").click()
    expect(shown.player.locator(".wb-cell").first).to_be_visible()
    found += _grave(shown, "matrix")
    shown.player.get_by_role("listbox").focus()
    shown.page.keyboard.press("Enter")
    expect(shown.player.locator(".wb-place-panel .wb-route").first).to_be_visible()
    found += _grave(shown, "place")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("colours", THEMES)
def test_axe_finds_nothing_serious_while_a_file_is_understood(open_map: Open, colours: str) -> None:
    shown = open_map(on="Data", colours=colours)
    shown.drop({"messy.csv": MESSY})
    expect(shown.page.locator(".st-key-columns_1")).to_be_visible(timeout=READY_MS)
    found = _grave(shown, "columns")
    shown.press_button("Use these columns")
    expect(shown.page.locator(".st-key-action")).to_contain_text("1 row in 1 file ready", timeout=READY_MS)
    found += _grave(shown, "problems")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("colours", THEMES)
def test_the_page_links_show_where_the_keyboard_is(open_map: Open, colours: str) -> None:
    shown = open_map(colours=colours)
    links = shown.page.locator(".st-key-pages a")
    expect(links).to_have_count(len(SHOWN))
    ink = links.first.locator("span").first.evaluate("words => getComputedStyle(words).color")
    links.first.focus()
    for name in SHOWN:
        link = links.filter(has_text=name)
        expect(link).to_be_focused()
        assert link.evaluate(RING) == ["solid", "2px", ink]
        shown.page.keyboard.press("Tab")
    assert all(style == "none" for style, _, _ in links.evaluate_all(f"links => links.map({RING})"))
