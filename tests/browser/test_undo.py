"""Undo and redo: filters, clock, view and selection step back and forth, and the map follows in place."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import CLOSES, CORRIDOR, END, OPENS, MapPage

MOMENT = "%Y-%m-%dT%H:%M:%S.000Z"


def _at(shown: MapPage) -> str:
    return shown.link().get("at", [""])[0]


def _until_another(shown: MapPage, name: str, before: dict[str, list[str]]) -> None:
    """Waits until the address bar holds another value than before, and no run is under way."""
    shown.page.wait_for_function(
        "([name, before]) => new URLSearchParams(location.search).get(name) !== before",
        arg=[name, before.get(name, [None])[0]],
    )
    shown.until_idle()


def test_clock_selection_filter_and_view_step_back_and_forth(open_map: Open) -> None:
    shown = open_map()
    undo, redo = (shown.page.get_by_role("button", name=name, exact=True) for name in ("Undo", "Redo"))
    shown.until_settled()
    expect(undo).to_be_disabled()
    expect(redo).to_be_disabled()
    opened = shown.link()

    shown.go_to(OPENS)
    shown.until_link(at=OPENS.strftime(MOMENT))
    shown.until_idle()
    first = shown.link()
    shown.go_to(CLOSES)
    shown.until_link(at=CLOSES.strftime(MOMENT))
    shown.until_idle()
    second = shown.link()
    assert first["at"] != second["at"]
    shown.player.locator(".wb-sentence").click()
    shown.until_link(selected=CORRIDOR)
    shown.choose("From", "Rason")
    shown.until_link(selected=CORRIDOR, **{"from": "KPRJN"})
    shown.press("+")
    _until_another(shown, "view", second)
    last = shown.link()

    def step(name: str) -> None:
        before = shown.page.url
        shown.press_button(name)
        shown.page.wait_for_function("before => location.href !== before", arg=before)
        shown.until_idle()

    step("Undo")
    shown.until_link(view=second["view"][0], selected=CORRIDOR, **{"from": "KPRJN"})
    step("Undo")
    shown.until_link(selected=CORRIDOR, **{"from": None})
    step("Undo")
    shown.until_link(selected=None)
    assert shown.link() == second
    while _at(shown) != first["at"][0]:  # each press of a key was a moment of its own
        step("Undo")
    expect(shown.player).to_have_attribute("data-time", OPENS.strftime(MOMENT))
    assert shown.link() == first
    while undo.is_enabled():
        step("Undo")
    assert shown.link() == opened
    expect(shown.player).to_have_attribute("data-time", END.strftime(MOMENT))
    while redo.is_enabled():
        step("Redo")
    assert shown.link() == last
    expect(shown.player).to_have_attribute("data-time", CLOSES.strftime(MOMENT))


def test_what_is_done_again_after_a_step_back_counts(open_map: Open) -> None:
    shown = open_map()
    heading = shown.page.locator(".st-key-cards_head .wb-heading")
    shown.player.locator(".wb-sentence").click()
    shown.until_link(selected=CORRIDOR)
    shown.until_idle()
    shown.press_button("Undo")
    shown.until_link(selected=None)
    expect(heading).to_contain_text("Reports shown on the map")
    shown.until_idle()
    shown.player.locator(".wb-sentence").click()
    shown.until_link(selected=CORRIDOR)
    expect(heading).to_contain_text("Reports behind the selection")
    expect(shown.page.get_by_role("button", name="Redo", exact=True)).to_be_disabled()
