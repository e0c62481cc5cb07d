"""Where two governments cannot both be right the arc is dashed, and what lies under the pointer says who they are."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
from playwright.sync_api import expect

from tests.browser.arc_pixels import Pixels, arc_mask, middle, warmth
from tests.browser.conftest import Open
from tests.browser.map_page import MapPage

CORRIDOR = "KPRJN>RUVVO>1"
TOTALS = """id,claimant,said_on,origin,destination,start,end,quantity,unit,mode
seoul,Seoul,2024-02-26,KPRJN,RUVVO,2023-08-01,2024-02-26,"about 6,700",container,maritime
washington,<b>Washington</b>,2024-02-23,KPRJN,RUVVO,2023-09-01,2024-02-23,"more than 10,000",container,maritime
"""
BEFORE = datetime(2023, 12, 1, tzinfo=UTC)
LOUD = 60
"""Warmth between a dash and the gap after it, 0-255: more than drift makes, which lightens by 13 % at the most."""


def _opened(shown: MapPage) -> None:
    shown.load(totals=TOTALS)
    shown.choose("Data set", "totals.csv")
    # The route is contested among everything loaded as well.
    expect(shown.player.locator(".wb-title")).to_have_text("totals.csv")
    shown.until_idle()
    expect(shown.player.locator(f"[data-corridor='{CORRIDOR}']")).to_have_attribute("data-contested", "1")
    shown.press("f")


def _along(picture: Pixels) -> Pixels:
    """Warmth along the middle of the arc, for a stretch of some dashes."""
    mask, warm = arc_mask(picture), warmth(picture)
    at = int(middle(picture)[0])
    rows = {x: np.flatnonzero(mask[:, x]) for x in range(at - 50, at + 50)}
    return np.array([warm[int(found.mean()), x] for x, found in rows.items() if found.size])


def test_a_contested_arc_is_dashed_and_says_so_and_is_whole_until_the_sources_part(open_map: Open) -> None:
    shown = open_map()
    _opened(shown)
    _is_dashed_and_says_so(shown)
    shown.page.mouse.move(0, 0)
    shown.go_to(BEFORE)
    expect(shown.player.locator(f"[data-corridor='{CORRIDOR}']")).to_have_attribute("data-contested", "0")
    expect(shown.player.locator(".wb-sentence")).not_to_contain_text("contested")
    shown.bare_map()
    assert np.ptp(_along(shown.picture())) < LOUD


def _is_dashed_and_says_so(shown: MapPage) -> None:
    player = shown.player
    expect(player.locator(".wb-sentence")).to_contain_text("contested, 6,030–10,001 or more containers")
    expect(player.locator(".wb-legend")).to_contain_text("Dashed: sources contradict one another")
    shown.bare_map()
    dashed = _along(shown.picture())
    assert np.ptp(dashed) > LOUD
    # Still: the same dashes, wherever the clock rests.
    assert np.array_equal(dashed, _along(shown.picture()))

    at = shown.on_page(middle(shown.picture()))
    tip = player.locator(".wb-tooltip")
    tip.evaluate("tip => { tip.style.visibility = ''; }")
    shown.page.mouse.move(at[0] - 3, at[1])
    shown.page.mouse.move(*at, steps=3)
    expect(tip).to_contain_text("contested: 6,030–10,001 or more containers")
    expect(tip).to_contain_text("(Seoul, 26 Feb 2024)")
    expect(tip).to_contain_text("(<b>Washington</b>, 23 Feb 2024) cannot both be true.")
    expect(tip).to_contain_text("Minimum set by")
