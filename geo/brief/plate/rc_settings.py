"""matplotlib's settings while a plate is made: nothing from the user's own configuration may change its bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import matplotlib as mpl
from matplotlib import rc_context

SETTINGS = {
    "text.usetex": False,
    "text.hinting": "no_hinting",
    "svg.fonttype": "none",
    "svg.hashsalt": "waybill",
    "svg.image_inline": True,
    "pdf.fonttype": 42,
    "pdf.compression": 6,
    "path.simplify": True,
    "path.simplify_threshold": 1 / 9,
    "hatch.linewidth": 1.1,
    "agg.path.chunksize": 0,
}


@contextmanager
def settings() -> Iterator[None]:
    """matplotlib's defaults with SETTINGS, for as long as the context lasts."""
    with rc_context({**_defaults(), **SETTINGS}):  # type: ignore[dict-item]
        yield


@cache
def _defaults() -> dict[str, object]:
    """Those that a user's own file may have changed, and that decide how something is drawn."""
    drawn = ("agg", "figure", "font", "hatch", "lines", "patch", "path", "pdf", "savefig", "svg", "text")
    # What matplotlib is about to drop is told as a warning on being set.
    gone = {"text.hinting_factor", "savefig.directory"}
    return {k: v for k, v in dict.items(mpl.rcParamsDefault) if k.split(".")[0] in drawn and k not in gone}
