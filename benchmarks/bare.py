"""The bare deck.gl page: `bare.js` bundled on the fly with the player's own packages, and its frames a second."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pandas as pd
from playwright.sync_api import Browser

from benchmarks.browser import opened
from benchmarks.processor import chromium_seconds
from benchmarks.views import Pace, Size, View
from geo.scene.deck import HEIGHT, TILT

SOURCE = Path(__file__).with_name("bare.js")
PACKAGES = Path(__file__).parents[1] / "geo" / "player" / "node_modules"
HOW = "needs the player's packages: run make player (with node installed)"
SETTLE_MS = 1_000
_FRAMES = "() => [performance.now(), window.waybillBare.frames]"


class NotBuilt(RuntimeError):
    """The bare page cannot be built here; the message says what to run."""


def bundle(folder: Path) -> Path:
    """Builds the page's script into `folder`. Raises NotBuilt without node or the player's packages."""
    esbuild = PACKAGES / ".bin" / "esbuild"
    if shutil.which("node") is None or not esbuild.exists() or not (PACKAGES / "@deck.gl" / "layers").exists():
        raise NotBuilt(HOW)
    out = folder / "bare.js"
    flags = ["--bundle", "--format=iife", "--minify", '--define:process.env.NODE_ENV="production"']
    command = [str(esbuild), str(SOURCE), *flags, f"--outfile={out}", "--log-level=error"]
    # esbuild looks for packages beside the source; these lie elsewhere.
    subprocess.run(command, check=True, env={**os.environ, "NODE_PATH": str(PACKAGES)})
    return out


def pace(browser: Browser, script: Path, arcs: pd.DataFrame, size: Size, view: View, seconds: float) -> Pace:
    """What it draws in `seconds`, after a second to settle, by the count of deck.gl's own onAfterRender."""
    with opened(browser) as page:
        box = f'<div id="map" style="position:relative;width:{size.width}px;height:{size.height}px"></div>'
        page.set_content(f'<!doctype html><body style="margin:0">{box}</body>')
        page.add_script_tag(path=str(script))
        place = {"longitude": view.longitude, "latitude": view.latitude, "zoom": view.zoom}
        page.evaluate(
            "startBare",
            {"arcs": arcs.to_dict("records"), "view": place, "height": HEIGHT, "tilt": TILT, "parent": "map"},
        )
        page.wait_for_function("() => window.waybillBare.frames > 2")
        page.wait_for_timeout(SETTLE_MS)
        (began, before), spent = page.evaluate(_FRAMES), chromium_seconds()
        page.wait_for_timeout(seconds * 1000)
        (ended, after), all_spent = page.evaluate(_FRAMES), chromium_seconds()
        return Pace.of(after - before, (ended - began) / 1000, spent, all_spent)
