"""The picture for a briefing: one button, a file whose name says what it is, and nothing blank in it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import expect

from geo.brief.outputs import BRIEF, BROWSER, TOOLS
from geo.brief.reproduce import OF_THE_MAP, again, carried
from tests.browser.map_page import MapPage

SEA, LAND = np.array([0xC9, 0xDB, 0xE7]), np.array([0xF7, 0xF4, 0xEE])
GROUND = np.array([0xFA, 0xFB, 0xFC])


@pytest.fixture
def map_page(resting_map: MapPage) -> MapPage:
    """Shared: no test of this file leaves more behind than a clock that was moved."""
    return resting_map


def _save(shown: MapPage, scale: int) -> tuple[str, Image.Image]:
    shown.player.get_by_role("combobox", name="Size of the picture").select_option(label=f"{scale}×")
    with shown.page.expect_download() as saved:
        shown.button("Save a picture, PNG").click()
    expect(shown.player.locator(".wb-status")).to_contain_text(f"Saved {saved.value.suggested_filename}")
    with Image.open(saved.value.path()) as picture:
        assert picture.format == "PNG"
        picture.load()
    return saved.value.suggested_filename, picture


def _near(pixels: np.ndarray, colour: np.ndarray) -> float:
    """Share of the pixels within a few steps of a colour."""
    return float((abs(pixels - colour).max(axis=2) <= 3).mean())


def test_a_picture_at_each_size_holds_map_arc_and_ground(map_page: MapPage) -> None:
    stage = map_page.player.locator(".wb-stage").bounding_box()
    assert stage is not None
    sizes = []
    for scale in (1, 2, 3):
        name, picture = _save(map_page, scale)
        assert name == "waybill-rason-vladivostok-2023-11-02.png"
        sizes.append(picture.size)
        assert picture.width >= stage["width"] * scale - 2 * scale
        assert picture.height > stage["height"] * scale  # title, legend and sources stand around the map
        opaque = np.asarray(picture.convert("RGBA"))[..., 3]
        assert (opaque == 255).all()
        pixels = np.asarray(picture.convert("RGB"), dtype=np.int16)
        assert _near(pixels, GROUND) > 0.02
        assert _near(pixels, SEA) > 0.1
        assert _near(pixels, LAND) > 0.1
        assert (pixels[..., 0] - pixels[..., 2] > 100).mean() > 0.003  # the arc's own hue
        assert (pixels.sum(axis=2) < 200).mean() > 0.001  # and words
    for scale, size in zip((2, 3), sizes[1:], strict=True):
        assert abs(np.array(size) - scale * np.array(sizes[0])).max() <= scale


def test_the_name_and_the_picture_follow_the_clock(map_page: MapPage) -> None:
    map_page.go_to(datetime(2023, 8, 12, tzinfo=UTC))
    name, early = _save(map_page, 1)
    assert name == "waybill-rason-vladivostok-2023-08-11.png"
    map_page.press("End")
    _, late = _save(map_page, 1)
    warm = [
        (np.asarray(one.convert("RGB"), dtype=np.int16)[..., 0] - np.asarray(one.convert("RGB"))[..., 2] > 60).sum()
        for one in (early, late)
    ]
    assert warm[0] < warm[1]


def test_saving_leaves_the_map_as_it_was(map_page: MapPage) -> None:
    before = map_page.picture()
    _save(map_page, 3)
    # Drawn again, each canvas has the screen's pixels and no more.
    map_page.press("Home", "End", "+", "-")
    map_page.page.wait_for_function(
        "canvases => canvases.every(canvas => Math.abs(canvas.width - canvas.clientWidth) <= 1)",
        # The locator always has twice as many.
        arg=map_page.player.locator("canvas:not(.wb-locator)").element_handles(),
    )
    expect(map_page.player.locator(".wb-status")).to_be_empty()
    assert abs(map_page.picture() - before).mean() < 1


def test_a_picture_of_the_map_can_be_made_again_as_a_plate(map_page: MapPage, tmp_path: Path) -> None:
    map_page.go_to(datetime(2023, 10, 1, tzinfo=UTC))
    with map_page.page.expect_download() as saved:
        map_page.button("Save a picture, PNG").click()
    file = tmp_path / "map.png"
    saved.value.save_as(file)
    _, facts = carried(file.read_bytes(), file.name)
    assert {"plate", "data", "link", BRIEF, TOOLS} <= set(facts)
    assert facts[TOOLS] == BROWSER
    made = again(file)
    assert made.brief.moments == ("2023-09-30",)
    assert made.brief.view
    assert made.changes == (OF_THE_MAP,)
    assert made.content is not None
    _, plate = carried(made.content, "again.png")
    assert (plate["data"], plate[BRIEF]) == (facts["data"], made.brief.toml())
    map_page.press("End")
