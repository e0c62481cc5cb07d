"""The guides of docs/guide, followed step by step; GUIDE=keep takes their pictures anew."""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from geo.web.guide.page import GUIDES
from tests.browser.conftest import Open
from tests.browser.map_page import READY_MS, MapPage

FOLDER = Path(__file__).parents[2] / "docs" / "guide"
SIZE = (1280, 800)
COLOURS = 96


def text(name: str) -> str:
    return (FOLDER / f"{name}.md").read_text("utf-8")


def take(shown: MapPage | bytes, name: str, part: Locator | None = None) -> None:
    """The picture of a step, in few colours, where pictures are to be kept; else it has to be there."""
    file = FOLDER / name
    if os.environ.get("GUIDE") == "keep":
        content = shown if isinstance(shown, bytes) else (part or shown.page).screenshot()
        picture = Image.open(io.BytesIO(content)).convert("RGB")
        picture.thumbnail((1280, 1280))
        picture.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
    with Image.open(file) as kept:
        assert kept.width <= SIZE[0]


def named_in(name: str, *labels: str) -> None:
    """What a guide calls the things that are pressed."""
    for label in labels:
        assert f"**{label}**" in text(name), label


def test_from_an_article_to_a_slide(open_map: Open) -> None:
    name = "article-to-slide"
    (table,) = re.findall(r"```csv\n(.*?)```", text(name), re.DOTALL)
    rows = "\n".join(line.strip() for line in table.strip().splitlines())
    named_in(name, "Load and show on the map", "Make a slide or a film", "Check before sharing", "Templates to fill in")
    shown = open_map(size=SIZE)
    shown.until_settled()
    shown.to("Data")
    expect(shown.page.get_by_text("Templates to fill in")).to_be_visible()
    shown.drop({"article.csv": rows})
    shown.press_button("Load and show on the map")
    title = shown.player.locator(".wb-sentence")
    expect(title).to_contain_text("Rason → Vladivostok: about 2,000 containers by 2 Nov 2023", timeout=READY_MS)
    shown.until_settled()
    take(shown, "map.png")
    shown.page.get_by_role("link", name="Make a slide or a film").click()
    expect(shown.page.get_by_text("Check before sharing")).to_be_visible(timeout=READY_MS)
    with shown.page.expect_download() as slide:
        shown.page.get_by_role("button", name="PNG").first.click()
    take(slide.value.path().read_bytes(), "slide.png")


def test_your_own_csv(open_map: Open) -> None:
    name = "your-own-csv"
    named_in(name, "Three mistakes", "Try with an example", "Load and show on the map")
    shown = open_map(on="Data", size=SIZE)
    shown.press_button("Three mistakes")
    expect(shown.page.get_by_role("button", name="Use these columns", exact=True)).to_be_enabled(timeout=READY_MS)
    shown.until_idle()
    take(shown, "understood.png")
    shown.press_button("Use these columns")
    table = shown.page.locator(".st-key-question_places_1")
    expect(table).to_contain_text("Vladivostock is not in the gazetteer", timeout=READY_MS)
    table.get_by_role("button", name=re.compile(r"^Vladivostok, RU \(RUVVO\)")).click()
    told = shown.page.get_by_text("7 read, 5 kept, 2 rejected", exact=True)
    expect(told).to_be_visible(timeout=READY_MS)
    shown.until_idle()
    told.evaluate("part => part.scrollIntoView({block: 'start'})")
    take(shown, "set-aside.png")
    shown.press_button("Load and show on the map")
    expect(shown.player).to_have_attribute("data-state", "ready", timeout=READY_MS)


def test_sources_that_disagree(open_map: Open) -> None:
    name = "sources-that-disagree"
    named_in(name, "Wider set, 2022–2025", "Evidence", "Where they disagree")
    shown = open_map("?data=wider&at=2024-02-27T00:00:00Z", size=SIZE)
    shown.until_settled()
    expect(shown.player.locator(".wb-sentence")).to_contain_text("contested")
    shown.page.get_by_role("link", name="Evidence", exact=True).click()
    main = shown.page.get_by_test_id("stMain")
    expect(main).to_contain_text("Where they disagree")
    expect(shown.page.get_by_test_id("stVegaLiteChart")).to_have_count(2)
    shown.until_idle()
    take(shown, "evidence.png")
    switches = shown.page.locator("[class*='st-key-says_']").get_by_test_id("stCheckbox")
    switches.filter(has_text="more than 10,000 by 23 Feb 2024").locator("label").click()
    expect(main).to_contain_text("1 report switched off")
    expect(main).to_contain_text("Why this range")
    shown.until_idle()
    take(shown, "one-side.png")


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
def test_the_page_shows_all_guides_with_their_pictures(open_map: Open, size: tuple[int, int]) -> None:
    shown = open_map(on="Guide", size=size)
    for name, title in GUIDES.items():
        shown.page.get_by_role("tab", name=title).click()
        panel = shown.page.get_by_role("tabpanel", name=title)
        pictures = panel.get_by_role("img")
        expect(pictures).to_have_count(text(name).count("!["))
        for picture in pictures.all():
            expect(picture).to_have_js_property("complete", value=True)
            assert picture.evaluate("image => image.naturalWidth") > 0
        assert shown.page.evaluate("() => document.body.scrollWidth <= innerWidth")
