"""The Brief page in a browser: the frame dragged on the map, words where they stand, a film that is cancelled."""

from __future__ import annotations

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from geo.brief.reproduce import brief_in, carried
from tests.browser.conftest import Open
from tests.browser.map_page import READY_MS


class BriefPage:
    """The picture and what can be done on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.plate: Locator = page.get_by_test_id("plate")
        self.map: Locator = page.get_by_role("group", name="Map area.")
        self.settled()

    def settled(self) -> None:
        """Waits until the picture stands and no run of the page is under way, after which its buttons are new ones."""
        expect(self.plate).to_have_attribute("data-state", "still", timeout=READY_MS)
        running = self.page.get_by_test_id("stApp")
        expect(running).to_have_attribute("data-test-script-state", "notRunning", timeout=READY_MS)

    def drawn(self, before: str) -> None:
        """Waits for another picture than that one."""
        expect(self.plate).not_to_have_attribute("data-id", before, timeout=READY_MS)
        self.settled()

    def name(self) -> str:
        return self.plate.get_attribute("data-id") or ""

    def view(self) -> tuple[float, ...]:
        """Of the brief that the picture which is downloaded carries."""
        with self.page.expect_download() as saved:
            self.page.get_by_role("button", name="PNG", exact=True).click()
        _, facts = carried(saved.value.path().read_bytes(), "brief.png")
        return brief_in(facts, "brief.png").view

    def drag(self, start: tuple[float, float], end: tuple[float, float]) -> None:
        """From one point of the map to another, in its widths and heights; waits for the picture that comes of it."""
        self.map.scroll_into_view_if_needed()
        box = self.map.bounding_box()
        assert box
        before = self.name()
        (x, y), (x2, y2) = (
            (box["x"] + across * box["width"], box["y"] + down * box["height"]) for across, down in (start, end)
        )
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(x2, y2, steps=4)
        expect(self.map).to_have_attribute("data-state", "moving")
        assert self.name() == before
        self.page.mouse.up()
        self.drawn(before)


@pytest.mark.parametrize(("colours", "size"), [("light", (1440, 900)), ("dark", (390, 844))])
def test_the_map_is_dragged_and_zoomed_on_the_picture(open_map: Open, colours: str, size: tuple[int, int]) -> None:
    brief = BriefPage(open_map("?data=founding", on="Brief", colours=colours).page)
    brief.page.set_viewport_size({"width": size[0], "height": size[1]})
    assert brief.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    brief.drag((0.5, 0.5), (0.75, 0.5))
    moved = brief.view()
    # Out, since the map of two ports this near to each other is as close as a map gets.
    brief.drag((0.99, 0.99), (1.5, 1.2))
    zoomed = brief.view()
    wide, near = moved[2] - moved[0], zoomed[2] - zoomed[0]
    assert near == pytest.approx(wide * 1.5, rel=0.1)
    assert zoomed[0] == pytest.approx(moved[0], abs=0.1 * wide)  # The corner opposite stays.
    before = brief.name()
    brief.page.get_by_role("button", name="All data").and_(brief.page.locator(".vf-button")).click()
    brief.drawn(before)
    assert brief.view() == ()


def test_the_keyboard_frames_too(open_map: Open) -> None:
    brief = BriefPage(open_map("?data=founding", on="Brief").page)
    before = brief.name()
    brief.map.focus()
    for key in ("+", "ArrowRight"):
        brief.page.keyboard.press(key)
    brief.drawn(before)
    assert brief.view()


def test_a_title_is_written_where_it_stands(open_map: Open) -> None:
    brief = BriefPage(open_map("?data=founding", on="Brief").page)
    for button, words in (("Title: Rason", "What Rason shipped"), ("Add handling line", "TLP:GREEN")):
        before = brief.name()
        brief.page.get_by_role("button", name=button).click()
        brief.page.keyboard.type(words)
        brief.page.keyboard.press("Enter")
        brief.drawn(before)
    expect(brief.plate.get_by_role("img", name=re.compile("^What Rason shipped"))).to_be_visible()
    expect(brief.page.get_by_role("button", name="Handling line: TLP:GREEN")).to_be_visible()


def test_the_preview_is_the_file_that_is_downloaded(open_map: Open) -> None:
    brief = BriefPage(open_map("?data=founding", on="Brief").page)
    shown = brief.page.evaluate(
        "async picture => [...new Uint8Array(await (await fetch(picture)).arrayBuffer())]",
        brief.plate.locator(".vf-image").get_attribute("src"),
    )
    with brief.page.expect_download() as saved:
        brief.page.get_by_role("button", name="PNG", exact=True).click()
    content = saved.value.path().read_bytes()
    assert bytes(shown) == content
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.size == (1920, 1080)


def test_a_film_is_cancelled_in_view_of_the_button_that_began_it(open_map: Open) -> None:
    brief = BriefPage(open_map("?data=founding", on="Brief").page)
    button = brief.page.get_by_role("button", name="Make MP4")
    button.click()
    cancel = brief.page.get_by_role("button", name="Cancel")
    expect(cancel).to_be_in_viewport(timeout=READY_MS)
    # The pressed one has the focus, and Streamlit keeps what has it.
    expect(brief.page.get_by_role("button", name="Make WebM")).to_have_count(0)
    cancel.click()
    expect(brief.page.get_by_text("MP4: cancelled. Nothing was kept.")).to_be_in_viewport(timeout=READY_MS)
    expect(button).to_be_visible()
