"""A browser that loses its graphics, or never had them, shows the figures and a plain sentence."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from tests.browser.arc_pixels import arc_mask
from tests.browser.conftest import Open
from tests.browser.map_page import CORRIDOR, MapPage, agrees, reported

NO_WEBGL2 = """
for (const Canvas of [HTMLCanvasElement, globalThis.OffscreenCanvas].filter(Boolean)) {
  const get = Canvas.prototype.getContext;
  Canvas.prototype.getContext = function (kind, ...rest) {
    return kind === 'webgl2' ? null : get.call(this, kind, ...rest);
  };
}
"""
LOSE = """all => all.forEach(canvas => canvas.getContext('webgl2')?.getExtension('WEBGL_lose_context').loseContext())"""
# What Chromium itself says of a context that goes.
LOST = ("CONTEXT_LOST_WEBGL", "context lost")


def test_a_lost_context_comes_back_and_draws_again(open_map: Open) -> None:
    # Chromium remembers of a tab that it lost its graphics.
    shown = open_map(allowed=LOST, own=True)
    shown.go_to(datetime(2023, 10, 1, tzinfo=UTC))
    shown.bare_map()
    before, pixels = shown.read(), int(arc_mask(shown.picture()).sum())
    shown.record()
    for kind in (".map-arcs", ".map-land"):
        frames = shown.read().frames
        shown.player.locator(f"{kind} canvas").evaluate_all(LOSE)
        shown.until_recorded("kept.some(one => one.state !== 'ready')")
        expect(shown.player).to_have_attribute("data-state", "ready")
        shown.player.evaluate("() => { window.waybillRecord.length = 0; }")
        after = shown.read()
        assert after.frames > frames
        assert (after.time, after.corridors) == (before.time, before.corridors)
        shown.bare_map()
        assert abs(int(arc_mask(shown.picture()).sum()) - pixels) < 0.02 * pixels
    assert shown.press("ArrowRight").founding.best > before.founding.best
    shown.press("Home")
    assert arc_mask(shown.picture()).sum() < 0.15 * pixels


@pytest.fixture
def without(open_map: Open) -> MapPage:
    """The page in a browser that has no WebGL2."""
    return open_map(script=NO_WEBGL2, wait="error", allowed=("WebGL", "webgl", "deck:", "luma"))


def test_without_webgl2_there_is_a_sentence_and_a_table(without: MapPage) -> None:
    words = without.player.locator(".wb-fallback-words")
    expect(words).to_contain_text("WebGL2")
    expect(words).to_contain_text("use another browser")
    row = without.player.locator(".wb-fallback tbody tr")
    expect(row).to_have_count(1)
    for text in ("Rason → Vladivostok", "by sea", "about 2,000", "1,800–2,200"):
        expect(row).to_contain_text(text)
    # The list for screen readers says the same.
    assert without.read().corridors[CORRIDOR].best == 2000


def test_without_webgl2_the_table_follows_the_clock(without: MapPage) -> None:
    without.go_to(datetime(2023, 9, 17, tzinfo=UTC))
    assert agrees(without.read().founding, reported(datetime(2023, 9, 17, tzinfo=UTC)))
    expect(without.player.locator(".wb-fallback tbody tr")).to_contain_text("0–2,200")
