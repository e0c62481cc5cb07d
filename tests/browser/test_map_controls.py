"""What stands over the map: zoom, fit, search, ruler, presentation; the wheel; and another data set."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import expect

from tests.browser.conftest import Open
from tests.browser.map_page import CORRIDOR, END, MapPage

SCROLLED = "() => document.querySelector('[data-testid=stMain]').scrollTop"


def _zoom(shown: MapPage) -> float:
    shown.until_settled()
    return float(shown.link()["view"][0].split(",")[2])


def _middle(shown: MapPage) -> tuple[float, float]:
    box = shown.player.locator(".wb-stage").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_buttons_zoom_and_fit_and_a_lost_map_offers_the_way_back(map_page: MapPage) -> None:
    first = _zoom(map_page)
    with map_page.sending():
        map_page.button("Zoom in").click()
    map_page.page.wait_for_function(
        "before => Number(new URLSearchParams(location.search).get('view').split(',')[2]) > before + .9", arg=first
    )
    lost = map_page.player.locator(".wb-lost")
    expect(lost).to_be_hidden()
    map_page.press("/")
    search = map_page.player.get_by_role("searchbox", name="Name of a place")
    expect(search).to_be_focused()
    search.fill("khabar")
    expect(map_page.player.locator(".wb-place")).to_have_count(1)
    search.press("Enter")
    expect(search).to_be_hidden()
    expect(lost).to_be_visible()
    lost.click()
    expect(lost).to_be_hidden()
    map_page.page.wait_for_function(
        "before => Math.abs(Number(new URLSearchParams(location.search).get('view').split(',')[2]) - before) < .05",
        arg=first,
    )


def test_share_gives_the_link_of_the_page_and_a_page_to_send(map_page: MapPage) -> None:
    page = map_page.page
    map_page.go_to(datetime(2023, 9, 17, tzinfo=UTC))
    map_page.until_link(at="2023-09-17T00:00:00.000Z")
    page.get_by_role("button", name="Share").click()
    expect(page.get_by_role("heading", name="What leaves with the files")).to_be_visible()
    code = page.get_by_test_id("stCode").locator("code")
    expect(code).to_have_count(2)
    (shown,) = [parse_qs(urlsplit(text).query) for text in code.all_inner_texts() if text.startswith("http")]
    assert shown == map_page.link()
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Offline web page (HTML)").click()
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert "by 16 Sept 2023" in text
    expect(code.last).to_contain_text(waiting.value.suggested_filename)


def test_the_wheel_is_the_page_s_and_with_ctrl_the_map_s(map_page: MapPage) -> None:
    first, page = _zoom(map_page), map_page.page
    page.mouse.move(*_middle(map_page))
    page.mouse.wheel(0, 120)
    page.wait_for_function(f"() => ({SCROLLED})() > 60")
    expect(map_page.player.locator(".wb-wheel")).to_be_visible()
    assert _zoom(map_page) == first
    page.mouse.wheel(0, -400)
    page.wait_for_function(f"() => ({SCROLLED})() === 0")
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_function(
        "before => Number(new URLSearchParams(location.search).get('view').split(',')[2]) > before", arg=first
    )
    assert page.evaluate(SCROLLED) == 0


def test_a_distance_is_measured_and_selects_nothing(map_page: MapPage) -> None:
    map_page.until_settled()
    x, y = _middle(map_page)
    map_page.press("m")
    words = map_page.player.locator(".wb-ruler-words")
    expect(words).to_contain_text("Click two places")
    map_page.page.mouse.click(x - 100, y - 60)
    expect(words).to_contain_text("next place")
    map_page.page.mouse.click(x + 100, y + 60)
    expect(words).to_have_text(re.compile(r"^[\d,.]+ km · [\d,.]+ nm$"))
    expect(map_page.player.locator(".wb-ruler circle")).to_have_count(2)
    map_page.press("Escape")
    expect(words).to_be_hidden()
    expect(map_page.player.locator(".wb-clear")).to_be_hidden()


def test_routes_are_ranked_searched_and_seen_alone(open_map: Open) -> None:
    shown = open_map("?data=wider")
    shown.until_settled()
    shown.press("r")
    rows = shown.player.locator(".wb-route")
    expect(rows).to_have_count(8)
    expect(rows.first).to_contain_text("North Korea → Russia")
    expect(rows.first.locator(".wb-spark path")).to_have_count(3)
    shown.player.get_by_role("searchbox", name="Search routes").fill("vostochny")
    expect(rows).to_have_count(1)
    rows.first.click()
    expect(rows.first).to_have_attribute("aria-pressed", "true")
    expect(shown.page.locator(".st-key-cards_head")).to_contain_text("Reports behind the selection")
    shown.until_idle()
    with shown.page.expect_download() as saved:
        shown.player.get_by_role("button", name="CSV", exact=True).click()
    lines = saved.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "From,To,Mode,Low,Best,High,Unit,Since,By,Note"
    assert [line.split(",")[:2] for line in lines[1:]] == [["Rason", "Vostochny and Dunay"]]


def test_the_matrix_of_routes_scrolls_inside_itself_and_is_walked_by_keys(open_map: Open) -> None:
    shown = open_map("?data=wider", size=(390, 844))
    shown.until_settled()
    shown.press("r")
    shown.player.get_by_role("button", name="Matrix of origins and destinations").click()
    cells, matrix = shown.player.locator(".wb-cell"), shown.player.locator(".wb-matrix")
    expect(cells).to_have_count(8)
    expect(matrix.locator("tbody th")).to_have_text(["North Korea", "Rason", "Russia"])
    cells.first.focus()
    for step, at in (("ArrowRight", range(1, 6)), ("ArrowLeft", range(4, 1, -1)), ("ArrowRight", range(3, 6))):
        for each in at:
            shown.page.keyboard.press(step)
            expect(cells.nth(each)).to_be_focused()
            # Beside the heads that stay, not under them.
            head, cell, box = (
                part.bounding_box() for part in (matrix.locator("tbody th").nth(1), cells.nth(each), matrix)
            )
            assert head is not None
            assert cell is not None
            assert box is not None
            assert abs(head["x"] - box["x"]) < 2
            assert cell["x"] >= head["x"] + head["width"] - 1
            assert cell["x"] + cell["width"] <= box["x"] + box["width"] + 1
    shown.page.keyboard.press("Enter")
    expect(cells.nth(5)).to_have_attribute("aria-pressed", "true")


def test_a_presentation_is_moved_by_keys_and_escape_ends_it(map_page: MapPage) -> None:
    map_page.until_settled()
    map_page.press("p")
    expect(map_page.player).to_have_attribute("data-present", "true")
    for hidden in (".wb-toolbar", ".wb-side", ".wb-transport", ".wb-extras"):
        expect(map_page.player.locator(hidden)).to_be_hidden()
    box = map_page.player.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"]) == (0, 0, 1440)
    map_page.press("Home")
    expect(map_page.player.locator(".wb-now")).to_contain_text("1 Aug 2023")
    map_page.press("p")
    expect(map_page.player).to_have_attribute("data-present", "false")
    expect(map_page.player.locator(".wb-side")).to_be_visible()


def test_another_data_set_fits_the_map_at_its_end_and_is_remembered(open_map: Open) -> None:
    shown = open_map("?at=2023-09-10T00:00:00Z&view=0,0,5,0,0&selected=" + CORRIDOR)
    shown.until_settled()
    expect(shown.player.locator(".wb-lost")).to_be_visible()
    shown.choose("Data set", "Wider set, 2022–2025")
    expect(shown.player).to_have_attribute("data-time", re.compile("^2025-"), timeout=60_000)
    shown.until_link(data="wider", selected=None)
    expect(shown.player.locator(".wb-lost")).to_be_hidden()
    expect(shown.page.locator(".st-key-stage")).to_contain_text("Reports shown on the map")
    shown.until_settled()
    assert not shown.link()["view"][0].startswith("0.0")

    # The same browser, at a bare address.
    shown.page.goto(shown.page.url.split("?")[0])
    expect(shown.player).to_have_attribute("data-time", re.compile("^2025-"), timeout=60_000)
    shown.until_settled()
    shown.choose("Data set", "Founding article, 2023")
    expect(shown.player).to_have_attribute("data-time", f"{END:%Y-%m-%dT%H:%M:%S}.000Z")


def test_nothing_is_cut_off_on_a_phone_or_a_laptop(open_map: Open) -> None:
    for size in ((1440, 900), (390, 844)):
        shown = open_map(size=size, own=True)
        shown.until_settled()
        over = shown.player.evaluate(
            """root => [...root.querySelectorAll('*')].filter(one => {
              const box = one.getBoundingClientRect(), home = root.getBoundingClientRect();
              const hidden = one.closest('.wb-mirror, svg, canvas, [aria-hidden=true]') || !one.checkVisibility();
              return box.width && !hidden && (box.right > home.right + 6 || box.left < home.left - 6);
            }).map(one => one.className)"""
        )
        assert over == []
        knob, plot = (shown.player.locator(each).bounding_box() for each in (".wb-head", ".wb-axis"))
        assert knob is not None
        assert plot is not None
        assert plot["y"] + plot["height"] <= size[1]
