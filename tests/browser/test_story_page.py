"""A story as a file, opened by double click: steps by keys, buttons and address, with the author's notes on the map."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from geo.brief.outputs import planned, render
from geo.brief.pictures import prepared
from tests.brief.test_story import STORY, story_of
from tests.browser.map_page import READY_MS, WAIT_MS
from tests.browser.watch import QUIET


@pytest.fixture
def story(browser: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page at its first step, offline; fails the test on any fault, and on any request but for the file."""
    file = tmp_path / "story.html"
    (output,) = planned(prepared(story_of(tmp_path, STORY)), [file])
    file.write_bytes(render(output))
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, reduced_motion="reduce")
    context.set_default_timeout(WAIT_MS)
    page = context.new_page()
    faults: list[str] = []
    page.on("request", lambda asked: None if asked.url.startswith(file.as_uri()) else faults.append(asked.url))
    page.on("console", lambda said: None if said.type in QUIET else faults.append(said.text))
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(file.as_uri())
    expect(page.get_by_test_id("waybill-player")).to_have_attribute("data-state", "ready", timeout=READY_MS)
    yield page
    context.close()
    assert faults == []


def at(page: Page, number: int) -> None:
    expect(page.locator("#count")).to_have_text(f"{number} of 3")
    expect(page.locator(".step.now")).to_have_count(1)
    assert page.evaluate("location.hash") == f"#step={number}"


def test_keys_buttons_and_address_lead_from_step_to_step(story: Page) -> None:
    at(story, 1)
    expect(story.locator(".step.now h2")).to_have_text("By sea")
    expect(story.get_by_role("button", name="Previous step")).to_be_disabled()
    story.keyboard.press("ArrowRight")
    at(story, 2)
    expect(story.locator(".step.now h2")).to_have_text("By rail")
    expect(story.locator("#told")).to_contain_text("Step 2 of 3. By rail")
    story.get_by_role("button", name="Next step").click()
    at(story, 3)
    story.keyboard.press("ArrowRight")
    at(story, 3)
    story.keyboard.press("PageUp")
    at(story, 2)
    story.evaluate("location.hash = '#step=1'")
    at(story, 1)
    # Also where the player has the focus, whose own arrows move its clock.
    story.get_by_test_id("waybill-player").focus()
    before = story.get_by_test_id("waybill-player").get_attribute("data-time")
    story.keyboard.press("Shift+ArrowLeft")
    at(story, 1)
    expect(story.get_by_test_id("waybill-player")).not_to_have_attribute("data-time", str(before))
    story.keyboard.press("ArrowRight")
    at(story, 2)


def test_each_step_shows_its_moment_its_notes_and_its_reports(story: Page) -> None:
    player = story.get_by_test_id("waybill-player")
    expect(player).to_have_attribute("data-time", "2024-04-05T00:00:00.000Z")
    expect(story.locator(".wb-callout")).to_have_count(1)
    expect(story.locator(".reports:visible")).to_have_attribute("data-scene", "0")
    story.keyboard.press("ArrowRight")
    expect(story.locator(".wb-callout")).to_have_count(2)
    expect(story.locator(".wb-callout").nth(1)).to_contain_text("Author’s note")
    expect(story.locator(".wb-callout").nth(1)).to_contain_text("The bridge")
    expect(story.locator(".reports:visible")).to_have_attribute("data-scene", "1")
    expect(story.locator(".why:visible")).to_have_attribute("data-step", "1")


def test_presenting_leaves_the_map_and_the_text(story: Page) -> None:
    button = story.get_by_role("button", name="Present", exact=True)
    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(story.locator("aside")).to_be_hidden()
    expect(story.locator(".step.now")).to_be_visible()
    button.click()
    expect(story.locator("aside")).to_be_visible()
