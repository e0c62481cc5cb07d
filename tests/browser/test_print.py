"""Paper and forced colours: the map is printed as it is seen, and colours that say something stay."""

from __future__ import annotations

import base64
import io

import numpy as np
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Open

SEA, LAND, ARC = (0xC9, 0xDB, 0xE7), (0xF7, 0xF4, 0xEE), (0xB3, 0x59, 0x00)
KEEP = """player => window.addEventListener('beforeprint', () => {
  const picture = player.querySelector('.wb-printed');
  window.waybillPrinted = [picture.width / picture.height, picture.toDataURL('image/png')];
})"""


def _near(picture: np.ndarray, colour: tuple[int, int, int], within: int = 12) -> float:
    """The share of pixels of about this colour."""
    return float((abs(picture[..., :3].astype(int) - colour).max(axis=-1) <= within).mean())


def test_a_map_is_printed_as_it_is_seen_in_light_colours(open_map: Open) -> None:
    shown = open_map(colours="dark", size=(900, 700))
    shown.until_settled()
    stage = shown.player.locator(".wb-stage").bounding_box()
    assert stage is not None
    shown.player.evaluate(KEEP)
    shown.page.pdf(format="A4")
    ratio, address = shown.page.evaluate("window.waybillPrinted")
    picture = np.asarray(Image.open(io.BytesIO(base64.b64decode(address.split(",")[1]))).convert("RGB"))
    assert abs(ratio - stage["width"] / stage["height"]) < 0.02
    assert _near(picture, SEA) > 0.1
    assert _near(picture, LAND) > 0.1
    assert _near(picture, ARC, 40) > 0.005
    # On the screen nothing is left of it.
    expect(shown.player.locator(".wb-printed")).to_have_count(0)
    expect(shown.player).to_have_attribute("data-theme", "dark")

    shown.page.emulate_media(media="print")
    for gone in (shown.page.get_by_test_id("stSidebar"), shown.player.locator(".wb-toolbar"), shown.button("Play")):
        expect(gone).to_be_hidden()
    for kept in (".wb-legend", ".wb-plot", ".wb-sentence"):
        expect(shown.player.locator(kept)).to_be_visible()
    assert shown.page.locator(".wb-card").count() == 4
    cut = shown.page.evaluate(
        "() => getComputedStyle(document.querySelector('.st-key-cards')).overflowY + "
        "getComputedStyle(document.querySelector('[data-testid=stMain]')).overflowY"
    )
    assert cut == "visiblevisible"
    shown.page.emulate_media(media="screen")


def _pixels(part: Locator) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(part.screenshot())).convert("RGB"))


def test_with_forced_colours_swatches_keep_theirs_and_what_is_pressed_is_seen(open_map: Open) -> None:
    shown = open_map("?data=wider")
    shown.until_settled()
    shown.page.emulate_media(forced_colors="active")
    assert _near(_pixels(shown.player.locator(".wb-mode", has_text="By sea")), ARC) > 0.05
    assert _near(_pixels(shown.player.locator(".wb-stage")), SEA) > 0.02
    pressed, other = (_pixels(shown.button(name)) for name in ("Since start", "Window"))
    assert abs(np.median(pressed, axis=(0, 1)) - np.median(other, axis=(0, 1))).max() > 60
    shown.press("r")
    row = shown.player.locator(".wb-route", has_text="Rason → Russia").first
    plain = _pixels(row)
    row.click()
    expect(row).to_have_attribute("aria-pressed", "true")
    shown.page.mouse.move(0, 0)
    assert abs(np.median(plain, axis=(0, 1)) - np.median(_pixels(row), axis=(0, 1))).max() > 60
    shown.page.emulate_media(forced_colors="none")
