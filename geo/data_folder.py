"""The committed facts: geo/data in an installed wheel, data/ beside the package in a checkout; and the sets in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from geo.errors import UnreadableFile

_PACKAGE = Path(__file__).resolve().parent


@dataclass(frozen=True, slots=True)
class Bundled:
    """A data set that comes with Waybill: its title, and its files, one of each kind, as `path` takes them."""

    title: str
    files: tuple[str, ...]


BUNDLED: Mapping[str, Bundled] = {
    "founding": Bundled("Founding article, 2023", ("legs.csv", "totals.csv", "events.csv")),
    "wider": Bundled("Wider set, 2022–2025", ("wider/legs.csv", "wider/totals.csv", "wider/events.csv")),
}
"""The registry of data sets that come with Waybill, by id. The first is the one that everything opens with."""
FOUNDING = next(iter(BUNDLED))


def path(name: str) -> Path:
    """The path of a file of data/, such as path("totals.csv"). Raises UnreadableFile when there is none."""
    for folder in (_PACKAGE / "data", _PACKAGE.parent / "data"):
        if (file := folder / name).is_file():
            return file
    raise UnreadableFile(name, "it is not among the files of data/", "Install Waybill again, or clone all of it.")
