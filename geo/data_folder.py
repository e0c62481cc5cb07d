"""Where the committed facts lie: geo/data in an installed wheel, data/ beside the package in a checkout."""

from __future__ import annotations

from pathlib import Path

from geo.errors import UnreadableFile

_PACKAGE = Path(__file__).resolve().parent


def path(name: str) -> Path:
    """The path of a file of data/, such as path("totals.csv"). Raises UnreadableFile when there is none."""
    for folder in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (file := folder / name).is_file():
            return file
    raise UnreadableFile(name, "it is not among the files of data/", "Install Waybill again, or clone all of it.")
