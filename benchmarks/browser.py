"""Chromium as the browser tests start it, and what a page tells of itself through `probe.js`."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.served import LOCAL

PROGRAMS = ("chromium", "chromium-browser", "google-chrome")
# The browser tests start Chromium so, too. The host rules leave nothing but loopback to be found; the others keep
# Chromium from asking after itself.
ARGS = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
    "--no-first-run",
    "--use-angle=gl-egl",
    "--ignore-gpu-blocklist",
    f"--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE {LOCAL}",
)
VIEWPORT = (1440, 900)
READY_MS = 120_000
PROBE = Path(__file__).with_name("probe.js").read_text("utf-8")

_RENDERER = """() => {
  const gl = document.createElement('canvas').getContext('webgl2');
  const told = gl && gl.getExtension('WEBGL_debug_renderer_info');
  return gl ? String(gl.getParameter(told ? told.UNMASKED_RENDERER_WEBGL : gl.RENDERER)) : 'no WebGL2';
}"""


@dataclass(frozen=True, slots=True)
class Heap:
    """MB of a page after its garbage is collected: JavaScript objects, and the array buffers beside them."""

    objects: float
    buffers: float


@contextmanager
def chromium(*, gpu: bool) -> Iterator[Browser]:
    """Chromium, with OpenGL in software unless `gpu`. Raises RuntimeError where there is none."""
    program = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, PROGRAMS)), None)
    if program is None:
        raise RuntimeError("no Chromium; run .ci/programs, or set CHROMIUM to its program")
    environment: dict[str, str | float | bool] = {**os.environ}
    if not gpu:
        environment["LIBGL_ALWAYS_SOFTWARE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGS), env=environment)
        yield browser
        browser.close()


@contextmanager
def opened(browser: Browser) -> Iterator[Page]:
    """A page with a browser cache of its own, watched by the probe."""
    context = browser.new_context(viewport={"width": VIEWPORT[0], "height": VIEWPORT[1]}, device_scale_factor=1)
    context.set_default_timeout(READY_MS)
    context.add_init_script(PROBE)
    yield context.new_page()
    context.close()


def renderer(browser: Browser) -> str:
    """The name of what draws, as WebGL gives it."""
    with opened(browser) as page:
        return str(page.evaluate(_RENDERER))


def heap(page: Page) -> Heap:
    """Collects the page's garbage and measures what is left."""
    session = page.context.new_cdp_session(page)
    try:
        session.send("Performance.enable")
        session.send("HeapProfiler.collectGarbage")
        metrics = {each["name"]: float(each["value"]) for each in session.send("Performance.getMetrics")["metrics"]}
        usage = session.send("Runtime.getHeapUsage")
    finally:
        session.detach()
    return Heap(metrics["JSHeapUsedSize"] / 1e6, float(usage.get("backingStorageSize", 0.0)) / 1e6)
