"""Where the library of imports lies, and whether anything was ever kept there: known without loading what reads it."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

VARIABLE = "WAYBILL_LIBRARY"


def where() -> str:
    """A path or an fsspec URL: `WAYBILL_LIBRARY`, or the user's data folder."""
    return os.environ.get(VARIABLE) or str(platformdirs.user_data_path("waybill") / "library")


def is_unused() -> bool:
    """Whether nothing was kept there yet: a folder of this machine that does not exist, or is empty."""
    place = where()
    if "://" in place:
        return False
    try:
        return next(Path(place).expanduser().iterdir(), None) is None
    except FileNotFoundError:
        return True
    except OSError:
        return False  # what is wrong with it is told by who opens it
